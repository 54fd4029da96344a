"""The parts of a document: each heading, bold line or label that means something opens one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from facilitator.intake.markdown.document import Section
from facilitator.intake.markdown.headings import Meaning, exact_meaning, meaning_of
from facilitator.intake.markdown.inline import plain
from facilitator.intake.markdown.lines import Kind, Line
from facilitator.intake.markdown.stamps import find_stamp

BOLD, LABEL = 7, 8
"""The levels of a bold line and of a label, which are below those of headings."""

_BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<text>[^*_\n][^*\n]{0,118}?)(?:\*\*|__)\s*:?\s*")
_LABEL = re.compile(
    r"(?:\*\*|__)(?P<label>[^*\n]{1,80}?)(?P<colon>:?)\s*(?:\*\*|__)(?P<after>\s*[:–—-]?)\s*(?P<rest>.*)", re.DOTALL
)
_PLAIN_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z’'&/ -]{2,50}?)\s?:(?=\s|$)\s*(?P<rest>.*)", re.DOTALL)
_LESSONS = frozenset({Section.WELL, Section.WRONG, Section.LUCKY, Section.LESSONS})
_MAJOR = _LESSONS | {Section.CAUSES, Section.SUMMARY, Section.FACTORS, Section.WHYS, Meaning.ACTIONS, Meaning.TIMELINE}
_STAYS_IN_ACTIONS = _LESSONS | {Section.SUMMARY, Section.WHYS, Meaning.TIMELINE}


@dataclass(slots=True)
class Part:
    """A heading and the lines below it. `meaning` is a section, a word of `Meaning`, or None."""

    meaning: Section | str | None
    heading: str
    level: int
    line: int
    lines: list[Line] = field(default_factory=list)

    @property
    def labelled(self) -> bool:
        """Whether a label opened it, or nothing at all did."""
        return self.level in (0, LABEL)


def parts_of(lines: Iterable[Line]) -> tuple[str, int, list[Part]]:
    """Return the first heading of the highest level as a title, its line, and the parts; the first has no heading."""
    parts = [Part(None, "", 0, 0)]
    title, title_line = "", 0
    for line in lines:
        current = parts[-1]
        if line.kind is Kind.HEADING:
            text = plain(line.raw)
            if not title and not title_line and line.level <= 2 and _is_title(line, text, current):
                title, title_line = text, line.number
                current.line = current.line or line.number
                continue
            meaning = meaning_of(text) if find_stamp(text) is None else None
            if _opens(current, meaning, line, text):
                parts.append(Part(meaning, text, line.level, line.number))
            else:
                current.lines.append(line)
            continue
        opened = _opened_by_text(line, current)
        if opened is None:
            current.lines.append(line)
            continue
        part, rest = opened
        parts.append(part)
        if rest:
            part.lines.append(replace(line, raw=rest, kind=Kind.TEXT if line.kind is Kind.ITEM else line.kind))
    return title, title_line, parts


def _is_title(line: Line, text: str, current: Part) -> bool:
    if current.heading or line.level != 1 or current.level:
        return False
    meaning = exact_meaning(text)
    return meaning is None or meaning == Meaning.MAYBE or (meaning is Section.CAUSES and not current.lines)


def _opens(current: Part, meaning: Section | str | None, line: Line, text: str) -> bool:
    """Return whether a heading opens a part, rather than standing within the current one."""
    if current.level == 0:
        return True
    below = line.level > current.level if current.level < BOLD else line.level > 6
    if current.meaning in (Meaning.TIMELINE, Meaning.MAYBE):
        if find_stamp(text) is not None:
            return False
        return not below or meaning in _MAJOR
    if not below:
        return True
    if current.meaning == Meaning.ACTIONS:
        return meaning in _STAYS_IN_ACTIONS
    return current.meaning is None or meaning is not None


def _opened_by_text(line: Line, current: Part) -> tuple[Part, str] | None:
    """Return the part that a bold line or a label opens, with the text behind the label; None when it opens none."""
    if line.quoted or line.kind in (Kind.CODE, Kind.ROW) or not line.raw or len(line.raw) > 5000:
        return None
    if line.kind is Kind.TEXT and not line.first and not line.raw.startswith(("**", "__")):
        return None
    if line.kind is Kind.TEXT and line.level == 0:
        bold = _BOLD_LINE.fullmatch(line.raw)
        if bold is not None:
            return _part(current, bold["text"].rstrip(": "), BOLD, "", line)
    labelled = _LABEL.fullmatch(line.raw)
    if labelled is not None and (labelled["colon"] or labelled["after"].strip() or not labelled["rest"]):
        if line.kind is Kind.ITEM and (line.level > 1 or not _in_labels(current)):
            return None
        return _part(current, labelled["label"], LABEL, labelled["rest"].strip(), line)
    worded = _PLAIN_LABEL.fullmatch(line.raw) if line.kind is Kind.TEXT and line.level == 0 else None
    if worded is not None and (current.labelled or not worded["rest"]):
        return _part(current, worded["label"], LABEL, worded["rest"].strip(), line)
    return None


def _in_labels(current: Part) -> bool:
    """Return whether items of a list may be labels of parts: not where a heading says what the list is."""
    return current.labelled or current.meaning in (None, Meaning.META, Section.SUMMARY)


def _part(current: Part, label: str, level: int, rest: str, line: Line) -> tuple[Part, str] | None:
    meaning = exact_meaning(plain(label))
    if meaning is None or meaning == Meaning.META:
        return None
    if not current.labelled and current.level < level:
        if current.meaning == Meaning.TIMELINE and meaning not in _MAJOR:
            return None
        if current.meaning == Meaning.ACTIONS and meaning not in _STAYS_IN_ACTIONS:
            return None
        if meaning == Meaning.MAYBE:
            return None
    return Part(meaning, plain(label), level, line.number), rest
