"""Files that reviewers filled in, and how they are read: comments with their places, approvals, the name.

A file may have been edited, quoted in a mail, broken anew; marks may be missing, places moved. What belongs to no place
is a comment on the session, so nothing is lost.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from facilitator.intake.marks import Mark, cleaned, marks_in
from facilitator.intake.witness.text import told
from facilitator.model.review_items import PARTS, ApprovedPart
from facilitator.model.text import MAX_TEXT, one_line, paragraphs
from facilitator.review.comments import LONGEST_NAME
from facilitator.review.form_lines import BOX, SESSION, Known, Line, Said, known_lines, parted, pieces
from facilitator.review.form_parts import Part, divided
from facilitator.review.form_words import (
    APPROVE,
    DONE,
    KIND,
    NOTHING,
    NUMBERS,
    PLACE,
    PLACES,
    Head,
    head_of,
)
from facilitator.review.rewritten import what_is_other

_TICKS = frozenset(("x", "✓", "✔", "y", "v", "ok", "yes", "ja", "oui", "si", "sí"))
_ROW = re.compile(r"\s*\|\s*([A-Z]\d{1,4})\s*\|.*\\?\[(\d{1,6})\\?\]")
_ANY_BOX = re.compile(r"\[([^\]\n]{0,5})\](?=[^\[]*$)")
_DIGEST = re.compile(r"[0-9a-f]{32}")
_EXCERPT = 80


class Remark(msgspec.Struct, frozen=True):
    """What a reviewer said: about the item with an id, or the field `place`, or the session, and where in the file.

    `quoted` are the words of the line to which it belongs, as far as they are known.
    """

    text: str
    about: str
    place: str
    quoted: str
    line: int


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was filled in.

    `name` is what stands in it, else whom it was made for. `approved` are the parts whose boxes are ticked, each with
    the digest of what stood in the file. `read` tells that the reviewer has nothing to add. `is_current` tells that the
    session is as the file has it. `unsure` are the numbers of lines outside of the places for comments that may be the
    reviewer's.
    """

    head: Head
    name: str
    remarks: tuple[Remark, ...] = ()
    approved: Mapping[ApprovedPart, str] = {}
    read: bool = False
    is_current: bool = True
    unsure: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in it."""
        return not (self.remarks or self.approved or self.read)


class Written(msgspec.Struct, frozen=True):
    """A file as it was written: its text, and whether the session is still as it is there.

    `is_same` tells that it is the text of just this file; else it is the nearest one that can be made. `digests` are
    those of the session itself for those in the file, where what the file holds was redacted.
    """

    text: str
    is_same: bool
    is_current: bool
    digests: Mapping[str, str] = {}


def forms_in(text: str, written: Callable[[Head], Written]) -> tuple[Filled, ...]:
    """Return the files for reviewers in a text, each as it was filled in; a mail that was answered may hold several."""
    text = cleaned(text)
    marks = marks_in(text, KIND)
    heads = [(at, head) for at, each in enumerate(marks) if (head := head_of(each)) is not None]
    found: list[Filled] = []
    for number, (at, head) in enumerate(heads):
        after = heads[number + 1][0] if number + 1 < len(heads) else len(marks)
        start = marks[at].start if number else 0
        end = marks[after].start if after < len(marks) else len(text)
        found.append(_filled(pieces(text, marks[at:after], start, end), head, written(head)))
    return tuple(found)


def heads_in(text: str) -> tuple[Head, ...]:
    """Return what the files for reviewers in a text say of themselves."""
    return tuple(head for each in marks_in(cleaned(text), KIND) if (head := head_of(each)) is not None)


def _filled(file: Sequence[Line | Mark], head: Head, written: Written) -> Filled:
    text = cleaned(written.text)
    original = pieces(text, marks_in(text, KIND), 0, len(text))
    known = known_lines(original)
    places = _places(file)
    if written.is_same:
        places = _places(original) | places
    else:
        known = _renumbered(known, _places(original), places)
    found = parted(file, known, is_whole=written.is_same)
    names = (_names(original) if written.is_same else {}) | _names(file)
    remarks = [each for said in found.said for each in _remarks(said, places, names, _quotes(known))]
    approved, is_read, unmarked = _ticked(file, original if written.is_same else ())
    remarks += unmarked
    name = one_line(found.name).strip("*_ ")[:LONGEST_NAME]
    return Filled(
        head=head,
        name=name if told(name) else head.name,
        remarks=tuple({(each.about, each.place, _plain(each.text)): each for each in reversed(remarks)}.values())[::-1],
        approved={part: written.digests.get(each, each) for part, each in approved.items()},
        read=is_read,
        is_current=written.is_current,
        unsure=found.unsure,
    )


def _places(file: Sequence[Line | Mark]) -> dict[int, str]:
    """Return the ids of items and the names of fields that numbers stand for."""
    found: dict[int, str] = {}
    for each in file:
        if isinstance(each, Mark) and each.part == NUMBERS:
            found |= {int(number): item for number, item in each.values.items() if number.isdecimal()}
        elif isinstance(each, Mark) and each.part == PLACE and each.names[0:1] and each.names[0].isdecimal():
            found[int(each.names[0])] = each.names[1] if len(each.names) > 1 else ""
    return found


def _renumbered(known: Sequence[Known], old: Mapping[int, str], new: Mapping[int, str]) -> list[Known]:
    """Return lines of another text of the file with the numbers that this one has for what they are about."""
    numbers = {item: number for number, item in new.items()}
    return [
        msgspec.structs.replace(each, place=numbers.get(old[each.place], SESSION) if each.place in old else SESSION)
        for each in known
    ]


def _quotes(known: Sequence[Known]) -> dict[int, str]:
    """Return how the lines of items begin, by their numbers."""
    return {
        each.place: one_line(re.sub(r"[|\\*]|\[\d+\]", " ", each.raw))[:_EXCERPT]
        for each in reversed(known)
        if not each.is_place
    }


def _names(file: Sequence[Line | Mark]) -> dict[str, int]:
    """Return the numbers of items by their names in tables, such as A1."""
    rows = (_ROW.match(each.text) for each in file if isinstance(each, Line))
    return {row[1]: int(row[2]) for row in rows if row is not None}


def _remarks(
    said: Said, places: Mapping[int, str], names: Mapping[str, int], quotes: Mapping[int, str]
) -> Iterator[Remark]:
    """Yield the comments in lines that stand below each other."""
    for number, lines in divided(said, places, names) if not said.was else (Part(said.place, [*said.lines]),):
        written = what_is_other(said.was, said.lines[0].text) if said.was else "\n".join(line.text for line in lines)
        text = paragraphs(written).strip()[:MAX_TEXT]
        if not told(text):
            continue
        item = places.get(number, "")
        is_field = item in PLACES.values()
        quoted = "" if is_field or number == SESSION else quotes.get(number, "")
        first = next(line.number for line in lines if line.text.strip())
        yield Remark(text, "" if is_field else item, item if is_field else "", quoted, first)


def _ticked(
    file: Sequence[Line | Mark], original: Sequence[Line | Mark]
) -> tuple[dict[ApprovedPart, str], bool, list[Remark]]:
    """Return the parts that are approved, whether the box of nothing to add is ticked, and ticks without a mark."""
    digests = _digests(original) | _digests(file)
    approved: dict[ApprovedPart, str] = {}
    unmarked: list[Remark] = []
    is_read = False
    before: list[Line] = []
    for each in file:
        if isinstance(each, Line):
            before.append(each)
            words = each.text[found.end() :] if (found := BOX.match(each.text)) else ""
            if found is None or not _is_tick(found[1]):
                continue
            part = next((part for part in ApprovedPart if words.casefold().endswith(f" {part}")), None)
            part = part or next((part for part in ApprovedPart if f" {part}" in words.casefold()), None)
            if words.casefold().startswith(NOTHING.casefold()):
                is_read = True
            elif part in digests:
                approved[part] = digests[part]
            elif part is not None:
                unmarked.append(Remark(each.text.strip(), "", "", "", each.number))
        else:
            box = _ANY_BOX.search(" ".join(line.text for line in before[-4:]))
            if box is not None and _is_tick(box[1]):
                is_read = is_read or each.part == DONE
                approved |= _digests([each])
            before = []
    return approved, is_read, unmarked


def _digests(file: Sequence[Line | Mark]) -> dict[ApprovedPart, str]:
    """Return what the boxes of a file are about, by their marks."""
    return {
        PARTS[each.names[0]]: each.names[1]
        for each in file
        if isinstance(each, Mark)
        and each.part == APPROVE
        and len(each.names) > 1
        and each.names[0] in PARTS
        and _DIGEST.fullmatch(each.names[1])
    }


def _is_tick(written: str) -> bool:
    return written.strip().casefold() in _TICKS


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
