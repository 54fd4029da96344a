r"""What can be typed in any phase.

"? who owns the runbook @alice" is an open question, "// rewrite it" is for later, "# ask Bo first" a private note.
The last word "@alice" or @"Alice Berg" of a question is who will find out. A backslash keeps it as text: "\@alice".
"""

import re

import msgspec

from facilitator.capture.reading import Reading
from facilitator.capture.tokens import Grammar, put_last, quoted, split, unquoted
from facilitator.model.item import Item
from facilitator.model.meeting_items import Note
from facilitator.model.session import Parked, Question
from facilitator.model.text import one_line

_GRAMMAR = Grammar(last=re.compile(r"@."))

Aside = Question | Parked | Note
"""What can be typed in any phase."""


def read_aside(line: str, phase: str) -> Reading[Item] | None:
    """Return what a cleaned line is in any phase, or None for a line that its phase reads."""
    if line.startswith("?"):
        return read_question(line)
    if line.startswith("//"):
        return read_parked(line)
    return read_note(line, phase) if line == "#" or line.startswith("# ") else None


def reread_aside(line: str, old: Aside) -> Reading[Item]:
    """Return what can be typed in any phase as its edited line changes it."""
    match old:
        case Question():
            return read_question(line, old)
        case Parked():
            return read_parked(line, old)
        case Note():
            return read_note(line, old.phase, old)


def typed_aside(item: Aside) -> str:
    """Return the line of what can be typed in any phase."""
    match item:
        case Question():
            return typed_question(item)
        case Parked():
            return typed_parked(item)
        case Note():
            return typed_note(item)


def read_question(line: str, old: Question | None = None) -> Reading[Question]:
    """Return the open question of a cleaned line; with `old`, that question as its edited line changes it."""
    words = split(line.removeprefix("?").strip())
    if old is not None and old.owner:
        words = with_owner_last(words, old.owner, split(_written_text(old)))
    owner = owner_of(words[-1]) if words else None
    text = _GRAMMAR.text(words[:-1] if owner else words)
    question = old or Question(text=text)
    value = msgspec.structs.replace(
        question,
        text=question.text if one_line(question.text) == text else text,
        owner=question.owner if one_line(question.owner) == (owner or "") else owner or "",
    )
    understood = ("an open question", *((f"owner @{owner}",) if owner else ()))
    if not text and (old is None or old.text):
        return Reading(None, understood, "What is not known yet? Type it after the question mark")
    return Reading(value, understood)


def typed_question(question: Question) -> str:
    """Return the line of an open question: "? who owns the runbook @alice"."""
    owner = owner_word(question.owner) if question.owner else ""
    return " ".join(part for part in ("?", _written_text(question), owner) if part)


def read_parked(line: str, old: Parked | None = None) -> Reading[Parked]:
    """Return what a cleaned line parks; with `old`, that as its edited line changes it."""
    text = line.removeprefix("//").strip()
    parked = old or Parked(text=text)
    if not text and (old is None or old.text):
        return Reading(None, ("for the parking lot",), "What is to be kept for later? Type it after the two slashes")
    kept = parked.text if one_line(parked.text) == text else text
    return Reading(msgspec.structs.replace(parked, text=kept), ("for the parking lot",))


def typed_parked(parked: Parked) -> str:
    """Return the line of something parked: "// rewrite the deploy tool"."""
    return f"// {one_line(parked.text)}".rstrip()


def read_note(line: str, phase: str, old: Note | None = None) -> Reading[Note]:
    """Return the private note of a cleaned line, for a phase; with `old`, that note as its edited line changes it."""
    text = line.removeprefix("#").strip()
    note = old or Note(phase=str(phase), text=text)
    understood = ("a private note, in no document",)
    if not text and (old is None or old.text):
        return Reading(None, understood, "What is the note? Type it after the hash and a space")
    kept = note.text if one_line(note.text) == text else text
    return Reading(msgspec.structs.replace(note, text=kept), understood)


def typed_note(note: Note) -> str:
    """Return the line of a private note: "# ask Bo first"."""
    return f"# {one_line(note.text)}".rstrip()


def with_owner_last(words: list[str], owner: str, text: list[str]) -> list[str]:
    """Return the words of an edited line with the owner last that was known, where text was typed behind.

    The owner goes where another one was typed behind. `text` are the words of the text as it was written.
    """
    known = owner_word(owner)
    if not words or words[-1] == known:
        return words
    return put_last(words, (), text, [known]) if owner_of(words[-1]) else put_last(words, [known], text)


def owner_word(owner: str) -> str:
    """Return the word that names a person: "@alice", @"Alice Berg"."""
    return f"@{quoted(one_line(owner))}"


def _written_text(question: Question) -> str:
    words = split(one_line(question.text))
    return _GRAMMAR.written(one_line(question.text), last=bool(words) and owner_of(words[-1]) is not None)


def owner_of(word: str) -> str | None:
    """Return the person whom a word such as "@alice" or @"Alice Berg" names, or None."""
    return unquoted(word[1:]) if word[0] == "@" else None
