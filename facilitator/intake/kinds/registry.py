"""All kinds of records that can be read. Their modules are loaded when something is read."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module

from facilitator.intake.errors import SourceError, UnknownKindError
from facilitator.intake.reader import Reader, Sample

KINDS: Mapping[str, str] = {
    "slack": "Slack export, as a zip or a folder",
    "chat": "chat that was pasted or saved as text",
    "pagerduty": "PagerDuty: incident, log entries, notes, webhooks",
    "opsgenie": "Opsgenie: incident, alerts, logs, notes, timeline",
    "alertmanager": "Alertmanager: webhook, or its list of alerts",
    "prometheus": "Prometheus: alerts, or a range of ALERTS",
    "grafana": "Grafana: webhook of its alerting",
    "statuspage": "Statuspage: incidents and their updates",
    "incident_io": "incident.io: incident, updates, follow-ups",
    "rootly": "Rootly: incident, events, retrospective",
    "firehydrant": "FireHydrant: incident, events, retrospective",
    "datadog": "Datadog: incident, timeline, monitor webhook",
    "alert": "an alert of another system, as JSON",
    "github": "GitHub: deployments, releases, runs, webhooks",
    "git_log": "what git log prints",
    "columns": "CSV, TSV, or lines of JSON",
    "witness": "a witness form",
    "postmortem": "a postmortem in Markdown",
    "log": "log lines",
    "plain": "a timeline as plain text",
}
"""Each kind, and what it is called; where two are equally sure of a source, the one that stands first reads it."""

SURE_ENOUGH = 30
"""From here on a reader is believed that a source is of its kind."""


def reader(kind: str) -> Reader:
    """Return the reader of a kind. Raises SourceError for a kind that does not exist."""
    if kind not in KINDS:
        near = get_close_matches(kind, KINDS, n=1)
        advice = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(KINDS)}."
        raise SourceError(f"no kind of records is called {kind!r}. {advice}")
    return _readers()[kind]


def recognised(sample: Sample) -> Reader:
    """Return the reader of a source. Raises UnknownKindError for one that no reader is sure of."""
    scores = {kind: each.recognises(sample) for kind, each in _readers().items()}
    best = max(scores, key=scores.__getitem__)
    if scores[best] < SURE_ENOUGH:
        raise UnknownKindError(
            f"{sample.name} is not of a kind that is known; 'facilitator intake --help' lists those that --kind takes"
        )
    return _readers()[best]


@cache
def _readers() -> dict[str, Reader]:
    readers = [import_module(f"facilitator.intake.kinds.{kind}").READER for kind in KINDS]
    return {each.kind: each for each in readers}
