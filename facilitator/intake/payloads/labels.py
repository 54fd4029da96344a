"""Labels of Prometheus: what identifies an alert, and where it was seen, told by the labels that it has."""

from collections.abc import Mapping
from typing import Any

from facilitator.intake.payloads.records import as_text, first_line, first_text, with_detail

_OFFSET, _PRIME, _ALL = 14695981039346656037, 1099511628211, 2**64 - 1
_PLACES = ("service", "app", "job", "namespace", "instance", "host", "cluster")
_NOT_OF_ALERTS = ("__name__", "alertstate")


def fingerprint(labels: Mapping[str, str]) -> str:
    """Return the number by which Alertmanager knows an alert with these labels, in hexadecimal; empty without labels.

    It is the 64-bit FNV-1a hash of the sorted names and values, each ended by the byte 255.
    """
    pairs = sorted((name, value) for name, value in labels.items() if name not in _NOT_OF_ALERTS)
    if not pairs or sum(len(name) + len(value) for name, value in pairs) > 100_000:
        return ""
    number = _OFFSET
    for pair in pairs:
        for part in pair:
            for byte in part.encode(errors="surrogatepass") + b"\xff":
                number = ((number ^ byte) * _PRIME) & _ALL
    return f"{number:016x}"


def place_of(labels: Mapping[str, Any]) -> str:
    """Return the service, or what comes nearest to it."""
    return first_line(labels, *_PLACES)


def title_of(alert: Mapping[str, Any]) -> str:
    """Return the name and the summary of an alert with labels and annotations, in one line."""
    name = first_line(alert, "labels.alertname")
    summary = first_line(alert, "annotations.summary", "annotations.title", "annotations.message", "summary")
    if not name or not summary or name.casefold() in summary.casefold():
        return summary or name
    return f"{name}: {summary}"


def words_of(alert: Mapping[str, Any]) -> str:
    """Return the name, the summary and the description of an alert."""
    return with_detail(title_of(alert), first_text(alert, "annotations.description", "annotations.message"))


def labels_of(alert: Mapping[str, Any], name: str = "labels") -> dict[str, str]:
    """Return the labels of an alert; what is no text is not among them."""
    labels = alert.get(name)
    if not isinstance(labels, Mapping):
        return {}
    return {str(key): value for key, value in labels.items() if isinstance(value, str) and as_text(value)}
