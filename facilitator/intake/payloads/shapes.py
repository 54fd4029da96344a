"""Shapes of JSON objects: by which fields a kind of record is recognised, wherever it lies, and what reads it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from facilitator.intake.drafts import Draft
from facilitator.intake.payloads.json_text import begun, from_text, values
from facilitator.intake.payloads.records import Desk, Record, field_at
from facilitator.intake.reader import Options, Reader, Sample
from facilitator.intake.report import Report
from facilitator.intake.source import Source
from facilitator.model.text import one_line

_DEEPEST = 5
_MOST_LOOKED_AT = 200
_LONGEST_INNER = 1_000_000
_PLAIN = (str, int, float)
_SURE = 75
"""A shape that counts for less is taken only where nothing inside of the object has one."""
_DEEPER = 3
"""How much less sure a record is for each object that it lies in."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One form of record.

    `needs` are the fields it must have, as paths with points: one that ends in "[]" must be a list, in "{}" an object,
    any other a text, a number or a truth value; "name=a|b" must be one of these words. A field of a name with "|" may
    have either. `under` are the names of fields that it must lie in, if any. `sure` is what it counts for, to 100.
    """

    read: Callable[[Record, Desk], Iterator[Draft]]
    needs: Sequence[str]
    under: Sequence[str] = ()
    sure: int = 90
    test: Callable[[Mapping[str, Any]], bool] | None = None

    def fits(self, value: Mapping[str, Any], name: str) -> bool:
        """Return whether an object that lies in a field called `name` has this shape."""
        if self.under and name not in self.under:
            return False
        for need in self.needs:
            if not _has(value, need):
                return False
        return self.test is None or self.test(value)


def reader(kind: str, label: str, shapes: Sequence[Shape]) -> Reader:
    """Return the reader of everything that has one of these shapes; the first that fits is taken."""

    def recognises(sample: Sample) -> int:
        return recognised(sample, shapes)

    def read(source: Source, _options: Options, report: Report) -> Iterator[Draft]:
        return read_all(source, report, kind, label, shapes)

    return Reader(kind, label, recognises, read)


def recognised(sample: Sample, shapes: Sequence[Shape]) -> int:
    """Return how sure it is that a sample holds records of these shapes, from 0 to 100."""
    value = sample.json if sample.json is not None else begun(sample.text)
    if is_description(value):
        return 0
    found = [shape.sure - _DEEPER * depth for shape, depth in _looked_at(value, "", 0, shapes, [_MOST_LOOKED_AT])]
    return max(found, default=0)


def is_description(value: Any) -> bool:
    """Return whether a value describes an API or its values (OpenAPI, JSON schema) and holds no record."""
    if not isinstance(value, dict):
        return False
    return bool(
        isinstance(value.get("openapi") or value.get("swagger"), str) or ("$schema" in value and "properties" in value)
    )


def read_all(source: Source, report: Report, kind: str, label: str, shapes: Sequence[Shape]) -> Iterator[Draft]:
    """Yield the drafts of every object of these shapes in a source; what is none of them goes into the report."""
    desk = Desk(kind, report)
    for found in values(source, report):
        record = Record({}, found.file, found.place, found.line)
        if is_description(found.value):
            desk.skip(record, "a description of an API (OpenAPI or JSON schema), not a record")
            continue
        hits = 0
        for shape, inner in _walk(found.value, record, 0, shapes, desk):
            hits += 1
            yield from shape.read(inner, desk)
        if not hits and not isinstance(found.value, list):
            desk.skip(record, f"not a record of {label}")


def _walk(value: Any, at: Record, depth: int, shapes: Sequence[Shape], desk: Desk) -> Iterator[tuple[Shape, Record]]:
    """Yield what has a shape in a value, in its order, with the record for it."""
    if isinstance(value, str):
        value = _inner_json(value)
    if isinstance(value, dict):
        shape = _shape_of(value, at.name, shapes)
        hits = 0
        if depth < _DEEPEST and not _is_sure(shape):
            for name, inner in value.items():
                if isinstance(inner, dict | list) or (isinstance(inner, str) and inner[:1] == "{"):
                    for found in _walk(inner, _below(at, value, str(name)), depth + 1, shapes, desk):
                        hits += 1
                        yield found
        if shape and not hits:
            yield shape, replace(at, value=value)
    elif isinstance(value, list):
        yield from _walk_list(value, at, depth, shapes, desk)


def _walk_list(
    items: list[Any], at: Record, depth: int, shapes: Sequence[Shape], desk: Desk
) -> Iterator[tuple[Shape, Record]]:
    """Yield what has a shape in a list; the items without are reported where others have one, or at the top."""
    missed: list[Record] = []
    hits = 0
    for number, item in enumerate(items, 1):
        here = replace(at, place=_joined(at.place, f"item {number}"))
        before = hits
        for found in _walk(item, here, depth, shapes, desk) if isinstance(item, dict) else ():
            hits += 1
            yield found
        if hits == before:
            missed.append(here)
    if hits or depth == 0:
        for here in missed:
            desk.skip(here, "not a record of this kind")


def _looked_at(
    value: Any, name: str, depth: int, shapes: Sequence[Shape], left: list[int]
) -> Iterator[tuple[Shape, int]]:
    """Yield the shapes in the first values of a sample, with how deep they lie."""
    left[0] -= 1
    if isinstance(value, str):
        value = _inner_json(value)
    inside: Iterable[tuple[str, Any]] = ()
    if isinstance(value, dict):
        shape = _shape_of(value, name, shapes)
        if shape:
            yield shape, depth
        if depth < _DEEPEST and not _is_sure(shape):
            inside, depth = value.items(), depth + 1
    elif isinstance(value, list):
        inside = ((name, item) for item in value[:5] if isinstance(item, dict))
    for key, inner in inside:
        if left[0] > 0 and (isinstance(inner, dict | list) or (isinstance(inner, str) and inner[:1] == "{")):
            yield from _looked_at(inner, str(key), depth, shapes, left)


def _shape_of(value: Mapping[str, Any], name: str, shapes: Sequence[Shape]) -> Shape | None:
    return next((shape for shape in shapes if shape.fits(value, name)), None)


def _is_sure(shape: Shape | None) -> bool:
    """Return whether nothing inside of an object can say more of it: a message may hold another system's alert."""
    return shape is not None and shape.sure >= _SURE


@dataclass(frozen=True, slots=True)
class _Need:
    """A need, taken apart: the names on the way, those of which one must be there, and what must lie there."""

    way: tuple[str, ...]
    lasts: tuple[str, ...]
    words: frozenset[str]
    kind: type | None


@cache
def _need(written: str) -> _Need:
    path, _, words = written.partition("=")
    *way, last = path.rstrip("[]{}").split(".")
    kind = list if path.endswith("[]") else dict if path.endswith("{}") else None
    return _Need(tuple(way), tuple(last.split("|")), frozenset(words.casefold().split("|") if words else ()), kind)


def _has(value: Mapping[str, Any], written: str) -> bool:
    need = _need(written)
    inner = field_at(value, *need.way) if need.way else value
    if inner is None:
        return False
    for last in need.lasts:
        found = inner.get(last) if isinstance(inner, dict) else field_at(inner, last)
        if found is None:
            continue
        if need.words:
            if isinstance(found, str | int) and str(found).casefold() in need.words:
                return True
        elif need.kind is not None:
            if isinstance(found, need.kind):
                return True
        elif isinstance(found, _PLAIN) and found != "":
            return True
    return False


def _inner_json(text: str) -> Any:
    """Return the object that a text holds as JSON, as messages of queues do, else None."""
    if len(text) > _LONGEST_INNER or text[:1] != "{" or text[-1:] != "}":
        return None
    return from_text(text)


def _below(at: Record, outer: Mapping[str, Any], name: str) -> Record:
    return replace(at, place=_joined(at.place, one_line(name[:60])), name=name, outer=outer)


def _joined(place: str, part: str) -> str:
    return f"{place}, {part}"[:200] if place else part[:200]
