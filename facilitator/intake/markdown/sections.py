"""What the parts of a document say, as plain texts: one text a paragraph, an item, a row or a block of code."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from facilitator.intake.markdown.document import Section
from facilitator.intake.markdown.headings import Meaning
from facilitator.intake.markdown.inline import inline, plain
from facilitator.intake.markdown.lines import Kind, Line
from facilitator.intake.markdown.parts import Part
from facilitator.intake.markdown.placeholders import is_blank
from facilitator.model.text import MAX_TEXT, clean

_WORDED = {Meaning.TIMELINE: Section.TIMELINE, Meaning.ACTIONS: Section.ACTIONS}


def texts_of(lines: Iterable[Line], without: AbstractSet[int] = frozenset()) -> list[str]:
    """Return the texts of some lines; those whose numbers are in `without` are left out."""
    texts: list[str] = []
    last: Line | None = None
    for line in lines:
        if line.number in without:
            last = None
            continue
        text = clean(line.raw.rstrip()) if line.kind is Kind.CODE else _text(line)
        if not text or (line.kind is not Kind.CODE and is_blank(line.raw) and len(text) > 1):
            last = None if line.kind is not Kind.TEXT else last
            continue
        if last is not None and texts and _same_block(last, line):
            joined = f"{texts[-1]}{chr(10) if line.kind is Kind.CODE else ' '}{text}"
            texts[-1] = joined if len(joined) <= MAX_TEXT else texts[-1]
        else:
            texts.append(text[:MAX_TEXT])
        last = line
    return texts


def _text(line: Line) -> str:
    if line.kind is Kind.ROW:
        return " – ".join(each for cell in line.cells if (each := plain(cell)))
    text = _with_links(line.raw)
    if line.kind is Kind.ITEM and line.level > 1 and text:
        return f"{'  ' * (line.level - 1)}{text}"
    return text


def _with_links(raw: str) -> str:
    """Return a line as plain text, with the addresses behind its words after it, so that they are not lost."""
    read = inline(raw)
    hidden = [link for link in read.links if link.startswith("http") and link not in read.text]
    return f"{read.text} ({', '.join(hidden)})" if hidden and read.text else read.text or " ".join(hidden)


def _same_block(last: Line, line: Line) -> bool:
    if line.kind is Kind.CODE or last.kind is Kind.CODE:
        return line.kind is last.kind and line.number == last.number + 1
    return line.kind is Kind.TEXT and not line.first


def sections_of(
    parts: Sequence[Part], taken: Mapping[int, Section], without: AbstractSet[int]
) -> tuple[dict[Section, tuple[str, ...]], list[tuple[str, str]]]:
    """Return the texts by section, and those of other headings as pairs of heading and text.

    `taken` names the parts, by their place, that were read as a timeline or as actions; lines in `without` were read
    as something else.
    """
    found: dict[Section, list[str]] = {}
    others: list[tuple[str, str]] = []
    for number, part in enumerate(parts):
        if number in taken:
            continue
        texts = texts_of(part.lines, without)
        if not texts:
            continue
        section = _section(part)
        if section is Section.OTHER:
            others.append((part.heading, "\n".join(texts)[:MAX_TEXT]))
        else:
            found.setdefault(section, []).extend(texts)
    return {section: tuple(texts) for section, texts in found.items()}, others


def _section(part: Part) -> Section:
    if isinstance(part.meaning, Section):
        return part.meaning
    if part.meaning == Meaning.MAYBE:
        return Section.BACKGROUND
    if part.meaning is not None and part.meaning in _WORDED:
        return _WORDED[part.meaning]
    return Section.SUMMARY if not part.heading else Section.OTHER
