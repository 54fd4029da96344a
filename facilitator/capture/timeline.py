r"""Lines of the timeline: "14:22 burn rate alert fires #detected source:grafana https://...".

A time stamp, then the sentence. "#detected" and the other milestones, "source:..." and "link:..." count anywhere;
addresses at the end of the line are evidence. A backslash keeps a word as text: "\#detected".
"""

import re
from dataclasses import dataclass
from typing import cast

import msgspec

from facilitator.capture.context import Context
from facilitator.capture.frames import before, frame_of_new, frame_of_old
from facilitator.capture.instants import Frame, When, describe, near_day, zone_name
from facilitator.capture.reading import Choice, Reading
from facilitator.capture.stamps import find_stamp
from facilitator.capture.tokens import Grammar, Mark, is_address, put_last, quoted, split
from facilitator.capture.when import read_when
from facilitator.capture.worded import HOUR_WORDS
from facilitator.capture.written import written, written_zone
from facilitator.model.clocks import clock, day
from facilitator.model.metrics import milestone_moment
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.session import Entry, Milestone
from facilitator.model.text import one_line

_GRAMMAR = Grammar(
    what="milestone",
    names={str(milestone): Mark("milestone", milestone) for milestone in Milestone},
    keys=frozenset({"source", "link"}),
    many=frozenset({"milestone", "link"}),
    # All that a time stamp may go on with: a zone, the end of a span, a separator, a time after a day.
    first=re.compile(
        r"[\d~≈+\-–—:|,;<>(\[]|[A-Za-z]{2,20}/|[A-Z]{1,5}(?!\w)|(?i:z|utc|gmt|to|until|till|on|at|am|pm|a\.m\.?|p\.m\.?"
        r"|ca\.?|circa|about|around|approx\.?|approximately|just|shortly|before|after|noon|midday|midnight|half|a|quarter|later"
        rf"|{'|'.join(HOUR_WORDS)})(?!\w)|(?i:noon|midnight|midday|half)-"
    ),
    last=re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://"),
)


@dataclass(frozen=True, slots=True)
class _Body:
    """What the words after a time stamp say."""

    text: str
    milestones: tuple[Milestone, ...]
    source: str
    links: tuple[str, ...]
    notes: tuple[str, ...]


def read_entry(line: str, context: Context, old: Entry | None = None) -> Reading[Entry]:
    """Return the entry of a cleaned line; with `old`, that entry as its edited line changes it."""
    frame = frame_of_old(context, old) if old else frame_of_new(context)
    reading = (_unchanged(line, old, context, frame) if old else None) or read_when(line, frame)
    if reading.value is not None:
        return _settled(line, reading.value, reading.understood, context, old)
    bodies = {choice.value.end: _body(line[choice.value.end :], context, old) for choice in reading.choices}
    choices = tuple(
        Choice(choice.label, _filed(bodies[choice.value.end], choice.value, old))
        for choice in reading.choices
        if bodies[choice.value.end].text
    )
    body = next(iter(bodies.values())) if bodies else _body(line, context, old)
    return Reading(None, _said(body, context, old), reading.question, choices)


def typed_entry(entry: Entry, context: Context) -> str:
    """Return the line of an entry: its stamp, its text, milestones, source, and addresses of evidence."""
    links = [one_line(link) for link in entry.links]
    bare = all(is_address(link) and '"' not in link for link in links)
    parts = [
        _stamp(entry, context),
        _written_text(entry, context),
        *(f"#{milestone}" for milestone in entry.milestones),
        f"source:{quoted(one_line(entry.source))}" if entry.source else "",
        *(links if bare else (f"link:{quoted(link)}" for link in links)),
    ]
    return " ".join(part for part in parts if part)


def _written_text(entry: Entry, context: Context) -> str:
    """Return the text of an entry as it is written behind its stamp."""
    stamp, text = _stamp(entry, context), one_line(entry.text)
    frame = frame_of_new(context)
    alone = find_stamp(f"{stamp} {text}", near=near_day(frame, frame.home), today=frame.today)
    words = split(text)
    first = alone is None or alone.end != len(stamp) + 1
    return _GRAMMAR.written(text, first=first, last=bool(words) and is_address(words[-1]))


def _stamp(entry: Entry, context: Context) -> str:
    frame = frame_of_new(context)
    return written(entry.at, entry.until, frame, usual_day=near_day(frame, written_zone(entry.at, frame)))


def _unchanged(line: str, old: Entry, context: Context, frame: Frame) -> Reading[When] | None:
    """Return the moment that the entry has, when its line still begins with the same stamp."""
    stamp = _stamp(old, context)
    if line != stamp and not line.startswith(f"{stamp} "):
        return None
    found = find_stamp(line, near=near_day(frame, frame.home), today=frame.today)
    if found is None or found.end not in (len(stamp), len(stamp) + 1):
        return None
    when = When(old.at, old.until, found.end)
    return Reading(when, (describe(when, frame),))


def _settled(line: str, when: When, understood: tuple[str, ...], context: Context, old: Entry | None) -> Reading[Entry]:
    body = _body(line[when.end :], context, old)
    entry = _filed(body, when, old)
    understood = (*understood, *_beside(entry, context, old), *_said(body, context, old))
    if body.text or (old is not None and not one_line(old.text)):
        return Reading(entry, understood)
    lead = "" if when.moment.approximation in (Approximation.BEFORE, Approximation.AFTER) else "at "
    lead = "on " if when.moment.precision is Precision.DAY else lead
    question = f"What happened {lead}{clock(when.moment, zone_name(context.session.zone))}? Type it after the time"
    return Reading(None, understood, question)


def _body(words: str, context: Context, old: Entry | None) -> _Body:
    found = _GRAMMAR.sort_out(split(words))
    rest = found.rest if old is None else _with_links_last(found.rest, old, context)
    end = len(rest)
    while end and is_address(rest[end - 1]):
        end -= 1
    links = [str(mark.value) for mark in found.marks if mark.kind == "link"]
    sources = found.values("source")
    return _Body(
        text=_GRAMMAR.text(rest[:end]),
        milestones=cast("tuple[Milestone, ...]", tuple(found.values("milestone"))),
        source=str(sources[0]) if sources else "",
        links=(*links, *rest[end:]),
        notes=tuple(found.notes),
    )


def _with_links_last(words: list[str], old: Entry, context: Context) -> list[str]:
    """Return the words of an edited line with the evidence of the old entry last, where text was typed behind it."""
    end = len(words)
    while end and is_address(words[end - 1]):
        end -= 1
    links = (one_line(link) for link in old.links)
    behind = [link for link in links if link not in words[end:]]
    return put_last(words, behind, split(_written_text(old, context))) if behind else words


def _filed(body: _Body, when: When, old: Entry | None) -> Entry:
    """Return the entry of these words at that moment: a new one, or the old one with what its line says."""
    entry = old or Entry(at=when.moment, text=body.text)
    same_links = tuple(one_line(link) for link in entry.links) == body.links
    return msgspec.structs.replace(
        entry,
        at=when.moment,
        until=when.until,
        text=entry.text if one_line(entry.text) == body.text else body.text,
        milestones=body.milestones,
        source=entry.source if one_line(entry.source) == body.source else body.source,
        links=entry.links if same_links else body.links,
    )


def _said(body: _Body, context: Context, old: Entry | None) -> tuple[str, ...]:
    """Return what was understood of the words after the stamp."""
    said = [_moved(milestone, context, old) for milestone in body.milestones]
    if body.source:
        said.append(f"from {body.source}")
    if body.links:
        said.append(f"{len(body.links)} link{'s' if len(body.links) > 1 else ''}")
    return (*said, *body.notes)


def _moved(milestone: Milestone, context: Context, old: Entry | None) -> str:
    """Return the name of a milestone, and from when it moves here if another entry has it."""
    if old is not None and milestone in old.milestones:
        return str(milestone)
    moment = milestone_moment(context.session, milestone)
    return f"{milestone} moves here from {_plain(moment, context)}" if moment else str(milestone)


def _beside(entry: Entry, context: Context, old: Entry | None) -> tuple[str, ...]:
    """Return between which entries this one stands: "before 14:32" when it is earlier than the one above."""
    above = context.entry_above if old is None else None
    if above is not None and entry.at.at < above.at.at:
        return (f"before {_other_day(above.at, entry.at, context)}{_plain(above.at, context)}",)
    earlier = before(context.session, entry)
    return (f"after {_other_day(earlier.at, entry.at, context)}{_plain(earlier.at, context)}",) if earlier else ()


def _plain(moment: Moment, context: Context) -> str:
    plain = msgspec.structs.replace(moment, approximation=Approximation.EXACT)
    return clock(plain, zone_name(context.session.zone))


def _other_day(moment: Moment, than: Moment, context: Context) -> str:
    zone = zone_name(context.session.zone)
    if moment.precision is Precision.DAY or day(moment.at, zone) == day(than.at, zone):
        return ""
    return f"{day(moment.at, zone)} "
