"""The timeline strip as an SVG picture: how dense the entries are, the milestones, the silences."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple

from facilitator.documents.drawn.strip_clocks import told_ends
from facilitator.documents.pictures.measure import text_width
from facilitator.documents.pictures.strip_flags import POLE, SIZE, STEP, Flag, flags
from facilitator.documents.pictures.strip_phases import Phase, phases
from facilitator.documents.pictures.svg import Box, Drawing
from facilitator.model.clocks import clock
from facilitator.model.metrics import spoken
from facilitator.model.moments import find_zone
from facilitator.model.session import Session
from facilitator.model.strip import Silence, Strip, strip

_SCALE = 720
_MARGIN, _BESIDE = 28.0, 28.0
_HILL, _ABOVE = 60.0, 24.0
_REACH = 20
_FEW = 2.5
_BREAK, _LEAST = 30, 16
_BREAK_PAD, _BREAK_TOP, _BREAK_HEIGHT = 3.0, 14.0, 15.0
_AXIS = 6.0
_KINDS = {"undetected": "alarm", "responding": "accent", "recovering": "muted"}
_BELOW, _LEGEND = 30.0, 22.0
_DOT, _DIAMOND = 3.0, 7.0
_SPAN = 9.0
_MOST_DOTS = 90
"""Where there are more, they would hide the axis; the hills tell enough."""


class _Frame(NamedTuple):
    """Where the scale begins and the axis lies, and where the picture ends at the right."""

    left: float
    axis: float
    width: float


def strip_svg(session: Session) -> str:
    """Return the timeline of a session as a document of SVG, for light and dark pages; clocks are in its zone."""
    drawn = strip(session.timeline, _SCALE, gap=_BREAK, least=_LEAST)
    zone = session.zone if find_zone(session.zone) else "UTC"
    before, behind = next(told_ends(session.timeline, zone, longest_zone=len(zone)), ("", ""))
    poles = flags(drawn.marks, [clock(session.timeline[mark.entry].at, zone) for mark in drawn.marks])
    left = _MARGIN + (text_width(before, SIZE) + _BESIDE if before else 0.0)
    right = max([text_width(behind, SIZE) + _BESIDE, *(flag.column + flag.width - _SCALE for flag in poles)])
    frame = _Frame(left, _MARGIN + _HILL, left + _SCALE + right + _MARGIN)
    drawing = Drawing()
    _draw_density(drawing, drawn, frame)
    _draw_silences(drawing, drawn.silences, frame)
    found = list(phases(drawn.marks))
    _draw_spans(drawing, drawn.covered, frame)
    _draw_axis(drawing, drawn, found, frame)
    drawing.text("muted", _MARGIN, frame.axis + 4, [before], size=SIZE)
    drawing.text("muted", left + _SCALE + _BESIDE, frame.axis + 4, [behind], size=SIZE)
    for flag in poles:
        _draw_flag(drawing, flag, frame)
    bottom = frame.axis + max([0.0, *(_BELOW + flag.bottom for flag in poles)])
    if found:
        _draw_legend(drawing, found, left, bottom + _LEGEND)
        bottom += _LEGEND
    return drawing.svg(
        "timeline",
        frame.width,
        bottom + _MARGIN,
        title=f"Timeline: {session.title}",
        description=_description(session, drawn, found),
    )


def _draw_density(drawing: Drawing, drawn: Strip, frame: _Frame) -> None:
    """Draw a hill wherever there are entries; those nearer than its foot are one hill."""
    heights = _heights(drawn)
    highest = max(_FEW, *heights)
    hill: list[str | float] = []
    for number, height in enumerate([*heights, 0.0]):
        x = frame.left + number - _REACH
        if height:
            hill += ["L" if hill else "M", x, frame.axis - height / highest * _HILL]
        elif hill:
            drawing.path("effect", *hill, "Z")
            hill = []


def _heights(drawn: Strip) -> list[float]:
    """Return how dense the entries are, from one foot of a hill before the scale to one behind it, pixel by pixel."""
    kernel = [(1 - (step / (_REACH + 1)) ** 2) ** 2 for step in range(-_REACH, _REACH + 1)]
    heights = [0.0] * (drawn.columns + 2 * _REACH)
    for column, count in enumerate(drawn.counts):
        if count:
            for step, share in enumerate(kernel):
                heights[column + step] += count * share
    return heights


def _draw_axis(drawing: Drawing, drawn: Strip, found: Sequence[Phase], frame: _Frame) -> None:
    """Draw the line of time in parts between breaks, the phases as bands on it, and a dot for each place of entries."""
    edges = [0, *(edge for each in drawn.breaks for edge in (each.column, each.column + each.size)), _SCALE]
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        drawing.path("line", "M", frame.left + first, frame.axis, "L", frame.left + last, frame.axis)
    for each in drawn.breaks:
        _draw_break(drawing, frame.left + each.column + each.size / 2, each.span, frame)
    for phase in found:
        box = Box(
            frame.left + phase.first.column, frame.axis - _AXIS / 2, phase.last.column - phase.first.column, _AXIS
        )
        drawing.box(_KINDS[phase.name], box, radius=_AXIS / 2)
    dots = sorted(set(drawn.places))
    for column in dots if len(dots) <= _MOST_DOTS else ():
        drawing.circle("more", frame.left + column, frame.axis, _DOT)


def _draw_spans(drawing: Drawing, covered: Sequence[bool], frame: _Frame) -> None:
    """Draw a thin band below the axis wherever an entry with an end lasts."""
    first = 0
    for lasts, columns in groupby(covered):
        size = sum(1 for _ in columns)
        if lasts:
            drawing.box("muted", Box(frame.left + first, frame.axis + _SPAN, size, 2), radius=1)
        first += size


def _draw_break(drawing: Drawing, middle: float, span: timedelta, frame: _Frame) -> None:
    for x in (middle - 4, middle + 2):
        drawing.path("line", "M", x - 3, frame.axis + 7, "L", x + 3, frame.axis - 7)
    told = spoken(span, units=1)
    width = text_width(told, SIZE - 1) + 2 * _BREAK_PAD
    box = Box(middle - width / 2, frame.axis + _BREAK_TOP, width, _BREAK_HEIGHT)
    drawing.box("more", box, radius=_BREAK_PAD)  # a box for each, so that two side by side are not one duration
    drawing.text("muted", middle, frame.axis + 25, [told], size=SIZE - 1, middle=True)


def _draw_silences(drawing: Drawing, silences: Sequence[Silence], frame: _Frame) -> None:
    """Draw a bracket above each silence, with its length where there is room for it."""
    for silence in silences:
        first, last = frame.left + silence.first + _REACH, frame.left + silence.last - _REACH
        if last - first < 2 * _REACH:
            continue
        level = frame.axis - _ABOVE
        span = spoken(silence.span)
        told = next((each for each in (f"{span} without an entry", span) if text_width(each, SIZE) < last - first), "")
        ends = ("M", first, level + 5, "V", level - 5, "M", last, level + 5, "V", level - 5)
        drawing.path("single", *ends, "M", first, level, "H", last)
        drawing.text("alarm", (first + last) / 2, level - 8, [told], size=SIZE, middle=True)


def _draw_flag(drawing: Drawing, flag: Flag, frame: _Frame) -> None:
    x, top = frame.left + flag.column, frame.axis + _BELOW + flag.top
    drawing.path("line", "M", x, frame.axis + _DIAMOND, "V", top + len(flag.marks) * STEP - 4)
    for at in sorted({frame.left + mark.column for mark in flag.marks}):
        up, down = frame.axis - _DIAMOND, frame.axis + _DIAMOND
        steps = ("M", at, up, "L", at + _DIAMOND, frame.axis, "L", at, down, "L", at - _DIAMOND, frame.axis, "Z")
        drawing.path("gate", *steps)
    drawing.text("ink", x + POLE, top + SIZE, flag.names, size=SIZE, step=STEP, bold=True)
    drawing.text("muted", x + POLE + flag.name_width + 6, top + SIZE, flag.clocks, size=SIZE, step=STEP)


def _draw_legend(drawing: Drawing, found: Sequence[Phase], left: float, y: float) -> None:
    for phase in found:
        told = f"{phase.name} {spoken(phase.span)}"
        drawing.box(_KINDS[phase.name], Box(left, y - 9, 18, _AXIS), radius=_AXIS / 2)
        drawing.text("muted", left + 26, y, [told], size=SIZE)
        left += 26 + text_width(told, SIZE) + 24


def _description(session: Session, drawn: Strip, found: Sequence[Phase]) -> str:
    count = len(session.timeline)
    parts = [f"{count} entr{'y' if count == 1 else 'ies'}"]
    parts += [f"{phase.name} {spoken(phase.span)}" for phase in found]
    parts += [f"{spoken(silence.span)} without an entry" for silence in drawn.silences]
    return "; ".join(parts)
