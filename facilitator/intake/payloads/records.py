"""What readers of alerts and incidents share: fields of a JSON value taken without trust, and drafts made from them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from facilitator.intake.drafts import Draft, Signal, Stamp, origin, origin_of_text
from facilitator.intake.payloads.written_times import stamp_of
from facilitator.intake.report import Report
from facilitator.model.text import MAX_TEXT, one_line, paragraphs

_LONGEST_FIELD = 500
_LONGEST_ID = 120
_MOST_NAMES = 20
_LONGEST_LINK = 2000
_NUMBER_SIZE = 10**40
_LINK = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)
_UNFILLED = re.compile(r"%s|\$\{?[A-Z][A-Z0-9_]*\}?|\{\{[^{}]*\}\}|\*insert [^*]*\*|null|None|undefined", re.ASCII)
"""A variable of a template that was never filled in says nothing."""
_UNFILLED_BEGINS = tuple("%${*nNu")

_STATES = {
    Signal.FIRES: "firing fires fired alerting alert alarm triggered trigger open opened active activated activate "
    "problem down critical error failed failure no_data nodata ongoing anomalous created raised new",
    Signal.ENDS: "resolved resolve resolves ok closed close clear cleared recovered recovery up normal inactive "
    "deactivated completed fixed healthy passing success ended cancelled canceled",
    Signal.ACKNOWLEDGED: "acknowledged acknowledge ack acknowledgement acked",
    Signal.ESCALATED: "escalated escalate escalatenext",
}
_DONE = {
    "acknowledge": "acknowledged",
    "ack": "acknowledged",
    "resolve": "resolved",
    "close": "closed",
    "trigger": "triggered",
    "create": "created",
    "escalate": "escalated",
    "unacknowledge": "unacknowledged",
}
_SIGNALS = {word: signal for signal, words in _STATES.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Record:
    """One JSON object of a source. `name` is the field under which it, or the list it is in, lies ("" at the top).

    `outer` is the object around it. `place` says where it is, for the report; `line` is its line, or 0.
    """

    value: Mapping[str, Any]
    file: str
    place: str = ""
    line: int = 0
    name: str = ""
    outer: Mapping[str, Any] = field(default_factory=dict)

    def inner(self, value: Mapping[str, Any], name: str, number: int = 0) -> "Record":
        """Return a record for an object inside of this one."""
        here = f"{name} {number}" if number else name
        place = f"{self.place}, {here}" if self.place else here
        return Record(value, self.file, place, self.line, name, self.value)


def field_at(value: Any, *path: str) -> Any:
    """Return what lies at the end of a path of names, or None.

    In a list, a name is that of an element {"key": name, "value": …} or {"name": …}; a number is a place from 0.
    """
    for name in path:
        # JSON makes no other mapping than this one, and asking for any takes four times as long.
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list):
            value = _element(value, name)
        else:
            return None
    return value


def _element(items: Sequence[Any], name: str) -> Any:
    if name.isdecimal() and name.isascii() and len(name) < 6:
        return items[int(name)] if int(name) < len(items) else None
    for item in items:
        if isinstance(item, Mapping) and name in (item.get("key"), item.get("name")):
            return item.get("value")
    return None


def as_text(value: Any) -> str:
    """Return a text or a number as cleaned text; empty for anything else and for a template that was not filled in."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return str(value) if abs(value) < _NUMBER_SIZE else ""
    if not isinstance(value, str):
        return ""
    text = value.strip() if _is_plain(value) else paragraphs(value[: MAX_TEXT + 1])[:MAX_TEXT].strip()
    return "" if text[:1] in _UNFILLED_BEGINS and len(text) < 80 and _UNFILLED.fullmatch(text) else text


def _is_plain(text: str) -> bool:
    """Return whether a text has nothing to clean, which most have."""
    return len(text) <= MAX_TEXT and text.isascii() and text.isprintable()


def text_at(value: Any, *path: str) -> str:
    """Return the text at the end of a path, cleaned; empty when there is none."""
    return as_text(field_at(value, *path))


def line_at(value: Any, *path: str) -> str:
    """Return the text at the end of a path as one line of a bounded length."""
    text = text_at(value, *path)
    if len(text) > _LONGEST_FIELD or "  " in text or not _is_plain(text):
        return one_line(text)[:_LONGEST_FIELD].strip()
    return text


def first_line(value: Any, *paths: str) -> str:
    """Return the first text that there is at these paths, each written with points: "service.summary"."""
    return next((text for path in paths if (text := line_at(value, *path.split(".")))), "")


def first_text(value: Any, *paths: str) -> str:
    """Return as `first_line` does, in as many lines as there are."""
    return next((text for path in paths if (text := text_at(value, *path.split(".")))), "")


def link_at(value: Any, *paths: str) -> str:
    """Return the first link that there is at these paths, if it is one for a browser; otherwise empty."""
    for path in paths:
        raw = field_at(value, *path.split("."))
        if isinstance(raw, str) and len(raw) <= _LONGEST_LINK:
            link = one_line(raw)
            if _LINK.fullmatch(link):
                return link
    return ""


def time_at(value: Any, *paths: str) -> Stamp | None:
    """Return the first time that can be read at these paths, or None."""
    for path in paths:
        stamp = stamp_of(field_at(value, *path.split(".")))
        if stamp is not None:
            return stamp
    return None


def list_at(value: Any, *path: str) -> list[Any]:
    """Return the list at the end of a path; an empty one when there is none."""
    found = field_at(value, *path)
    return found if isinstance(found, list) else []


def names_at(items: Sequence[Any], *paths: str) -> str:
    """Return the names of the first of some things, with commas: "checkout, payments"."""
    names = (first_line(item, *paths or ("name",)) for item in items[:_MOST_NAMES])
    return ", ".join(filter(None, names))[:_LONGEST_FIELD].strip()


def objects_at(record: Record, name: str) -> Iterator[Record]:
    """Yield the objects of the list that a record has under `name`."""
    for number, value in enumerate(list_at(record.value, name), 1):
        if isinstance(value, Mapping):
            yield record.inner(value, name, number)


def signal_of(state: object) -> Signal | None:
    """Return what the word for a state says: "firing", "Resolved", "ALARM", "acknowledged"; None for other words."""
    return _SIGNALS.get(state.strip().casefold().replace(" ", "_")) if isinstance(state, str) else None


def with_detail(title: str, detail: str) -> str:
    """Return a title and what is said beyond it, each once."""
    if not detail or one_line(detail) in one_line(title):
        return title
    if not title or one_line(detail).startswith(one_line(title)):
        return detail
    return f"{title}\n{detail}"


def with_state(title: str, state: str) -> str:
    """Return a title with the word for a state after it, unless the title says it: "Checkout slow (resolved)"."""
    state = " ".join(state.replace("_", " ").split())
    state = _DONE.get(state.casefold(), state.casefold() if state.isupper() else state)
    if not title or not state or state.casefold() in title.casefold():
        return title
    return f"{title} ({state})"


@dataclass(slots=True)
class Desk:
    """Where the drafts of one reading are made: none without words and time, none twice.

    `kind` begins every id. What no draft can be made of goes into the report.
    """

    kind: str
    report: Report
    _seen: set[str] = field(default_factory=set)

    def skip(self, record: Record, reason: str) -> None:
        """Report that no draft was made of something."""
        self.report.skip(record.file, record.place, reason)

    def draft(
        self,
        record: Record,
        parts: Sequence[object],
        text: str,
        when: Stamp | None,
        *,
        paths: Sequence[str] = (),
        signal: Signal | None = None,
        who: str = "",
        place: str = "",
        link: str = "",
        key: str = "",
    ) -> Iterator[Draft]:
        """Yield a draft, or nothing when it would have no words or no time, or is the same record again.

        `parts` are what its source calls it by; without the first of them the id is made from the words. `paths` are
        where `when` was looked for, to say why there is none.
        """
        text = text.strip() if _is_plain(text) else paragraphs(text)[:MAX_TEXT].strip()
        if not text:
            self.skip(record, "no text")
            return
        if when is None:
            self.skip(record, self._why_no_time(record, paths))
            return
        id = self._id(parts, text, when, place)
        if id in self._seen:
            self.skip(record, "the same record again")
            return
        self._seen.add(id)
        yield Draft(
            id=id, text=text, stamp=when, who=who, place=place, link=link, file=record.file, line=record.line,
            signal=signal, key=key,
        )  # fmt: skip

    def _why_no_time(self, record: Record, paths: Sequence[str]) -> str:
        for path in paths:
            raw = field_at(record.value, *path.split("."))
            if isinstance(raw, str | int | float) and raw not in ("", 0):
                written = one_line(str(raw)[:80])
                if written:
                    return f"a time that cannot be read: {written}"
        return "no time"

    def _id(self, parts: Sequence[object], text: str, when: Stamp, place: str) -> str:
        words = [each if _is_plain(each) else one_line(each) for each in map(str, parts)]
        if words and words[0] and sum(map(len, words)) <= _LONGEST_ID:
            return origin(self.kind, *words)
        return origin_of_text(self.kind, *words, text, when.local.isoformat(), when.zone, place)
