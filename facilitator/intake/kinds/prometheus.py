"""Prometheus: its alerts and rules, and a range query of ALERTS, whose runs of samples are when an alert was firing."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import isfinite
from typing import Any

import msgspec

from facilitator.intake.drafts import Draft, Signal, Stamp
from facilitator.intake.payloads.labels import fingerprint, labels_of, place_of, title_of, words_of
from facilitator.intake.payloads.records import Desk, Record, field_at, line_at, link_at, list_at, time_at, with_state
from facilitator.intake.payloads.shapes import Shape, reader
from facilitator.intake.payloads.written_times import stamp_of
from facilitator.model.moments import Approximation

_FINE = 60.0
"""Samples up to this many seconds apart tell a time well enough to say it without "about"."""


def _alert(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an active alert. Prometheus says since when its condition holds; when it ended it does not say."""
    alert = record.value
    labels = labels_of(alert)
    key, at = fingerprint(labels), time_at(alert, "activeAt")
    pending = line_at(alert, "state") == "pending"
    begun = at.moment("UTC").at.isoformat() if at else ""
    yield from desk.draft(
        record,
        (key, begun, "fires"),
        with_state(title_of(alert), "pending") if pending else words_of(alert),
        at,
        paths=("activeAt",),
        signal=None if pending else Signal.FIRES,
        place=place_of(labels),
        link=link_at(alert, "generatorURL"),
        key=key,
    )


def _matrix(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read the intervals in which alerts were firing, from the series of a range query."""
    series = []
    for number, value in enumerate(list_at(record.value, "data", "result"), 1):
        here = record.inner(value if isinstance(value, Mapping) else {}, "series", number)
        metric = labels_of(here.value, "metric")
        if "alertname" not in metric or metric.get("alertstate", "firing") != "firing":
            desk.skip(here, "not a series of ALERTS that are firing")
            continue
        times = sorted({at for sample in list_at(here.value, "values") if (at := _active_at(sample)) is not None})
        if not times:
            desk.skip(here, "no samples")
            continue
        series.append((here, metric, times))
    step = min((gap for _, _, times in series for gap in _gaps(times)), default=_FINE)
    last = max((times[-1] for _, _, times in series), default=0.0)
    for here, metric, times in series:
        for first, end in _runs(times, step):
            yield from _interval(here, desk, metric, _when(first, step), _when(end, step, open_end=end == last))


def _interval(
    record: Record, desk: Desk, metric: dict[str, str], start: Stamp | None, end: Stamp | None
) -> Iterator[Draft]:
    key, name = fingerprint(metric), metric["alertname"]
    place = place_of(metric)
    begun = start.local.isoformat() if start else ""
    yield from desk.draft(record, (key, begun, "fires"), name, start, signal=Signal.FIRES, place=place, key=key)
    text = with_state(name, "no longer firing")
    yield from desk.draft(record, (key, begun, "ends"), text, end, signal=Signal.ENDS, place=place, key=key)


def _active_at(sample: Any) -> float | None:
    """Return the time of a sample that says that the alert was firing, in Unix seconds."""
    if not isinstance(sample, list) or len(sample) != 2 or stamp_of(sample[0]) is None:
        return None
    try:
        at, value = float(sample[0]), float(sample[1])
    except (TypeError, ValueError, OverflowError):
        return None
    return at if isfinite(at) and value > 0 else None


def _gaps(times: list[float]) -> Iterator[float]:
    return (later - earlier for earlier, later in pairwise(times))


def _runs(times: list[float], step: float) -> Iterator[tuple[float, float]]:
    """Yield the first and last time of each run of samples; more than two steps without one end a run."""
    first = times[0]
    for earlier, later in pairwise(times):
        if later - earlier > 2 * step:
            yield first, earlier
            first = later
    yield first, times[-1]


def _when(at: float, step: float, *, open_end: bool = False) -> Stamp | None:
    """Return the time of a sample. After the last sample of all an alert may have gone on: it ended after that."""
    stamp = stamp_of(at)
    if stamp is None:
        return None
    if open_end:
        return msgspec.structs.replace(stamp, approximation=Approximation.AFTER)
    return msgspec.structs.replace(stamp, approximation=Approximation.ABOUT) if step > _FINE else stamp


def _is_alerts(value: Mapping[str, Any]) -> bool:
    first = next(iter(list_at(value, "data", "result")), None)
    return field_at(first, "metric", "alertname") is not None


_SHAPES = (
    Shape(_alert, ("labels{}", "labels.alertname", "state=firing|pending|inactive", "activeAt"), sure=96),
    Shape(_matrix, ("data.resultType=matrix", "data.result[]"), sure=96, test=_is_alerts),
)

READER = reader("prometheus", "Prometheus", _SHAPES)
