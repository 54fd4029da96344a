"""Alerts of the many other systems: one table says by which fields each is known, and where its words and times are."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from facilitator.intake.drafts import Draft, Signal, Stamp
from facilitator.intake.payloads.alert_systems import SYSTEMS, System
from facilitator.intake.payloads.records import (
    Desk,
    Record,
    first_line,
    first_text,
    link_at,
    signal_of,
    time_at,
    with_detail,
    with_state,
)
from facilitator.intake.payloads.shapes import Shape, is_description, reader
from facilitator.intake.payloads.written_times import stamp_of
from facilitator.intake.reader import Sample

_DESCRIPTION = 5


def _read(record: Record, desk: Desk, system: System) -> Iterator[Draft]:
    """Read an alert: where it has a beginning and an end, up to two drafts, else the one of its state."""
    alert = record.value
    state = first_line(alert, *system.state)
    signal = _signal(state, system)
    title = first_line(alert, *system.title)
    number, key = first_line(alert, *system.ident), first_line(alert, *system.key, *system.ident)
    about = {"place": first_line(alert, *system.place), "link": link_at(alert, *system.link), "key": key}
    who = first_line(alert, *system.who)
    text = with_detail(title, first_text(alert, *system.detail))
    started, ended = _time(record, system.started), _time(record, system.ended)
    if started is not None:
        parts = _parts(system, number, "fires", started)
        yield from desk.draft(record, parts, text, started, signal=Signal.FIRES, **about)
    if ended is not None and signal is not Signal.FIRES:
        words = with_state(title, state or "ended")
        parts = _parts(system, number, "ends", started or ended)
        yield from desk.draft(record, parts, words, ended, signal=Signal.ENDS, who=who, **about)
    elif started is None or signal not in (Signal.FIRES, None):
        at = _time(record, system.at)
        if at is None and started is not None:
            return
        whole = system.told or signal in (Signal.FIRES, None, Signal.CHANGED)
        words = text if whole else with_state(title, state)
        yield from desk.draft(
            record, _parts(system, number, state, at), words, at, paths=system.at + system.started,
            signal=signal, who=who, **about,
        )  # fmt: skip


def _signal(state: str, system: System) -> Signal | None:
    for words, signal in ((system.ends, Signal.ENDS), (system.fires, Signal.FIRES), (system.acks, Signal.ACKNOWLEDGED)):
        if state.casefold() in words:
            return signal
    return system.always or signal_of(state)


def _parts(system: System, number: str, state: str, at: Stamp | None) -> tuple[str, ...]:
    return (f"{system.name}/{number}", state, at.local.isoformat() if at else "") if number else ()


def _time(record: Record, paths: tuple[str, ...]) -> Stamp | None:
    """Return the first time at these paths; "date+time" is one that is written in two fields."""
    for path in paths:
        if "+" in path:
            both = " ".join(first_line(record.value, part) for part in path.split("+"))
            found = stamp_of(both)
        else:
            found = time_at(record.value, path)
        if found is not None:
            return found
    return None


_SHAPES = tuple(Shape(partial(_read, system=system), system.needs, sure=system.sure) for system in SYSTEMS)

_READER = reader("alert", "a known system of alerts", _SHAPES)


def _recognises(sample: Sample) -> int:
    """Return how sure it is; a description of an API is taken, so that the report can say what it is."""
    return max(_READER.recognises(sample), _DESCRIPTION if is_description(sample.json) else 0)


READER = replace(_READER, recognises=_recognises)
