r"""What can be typed in any phase: "? who owns the runbook @alice", an open question; "// rewrite it", for later.

The last word "@alice" or @"Alice Berg" of a question is who will find out. A backslash keeps it as text: "\@alice".
"""

import re

import msgspec

from facilitator.capture.reading import Reading
from facilitator.capture.tokens import Grammar, quoted, split, unquoted
from facilitator.model.session import Parked, Question
from facilitator.model.text import one_line

_GRAMMAR = Grammar(last=re.compile(r"@."))


def read_question(line: str, old: Question | None = None) -> Reading[Question]:
    """Return the open question of a cleaned line; with `old`, that question as its edited line changes it."""
    words = split(line.removeprefix("?").strip())
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
    words = split(one_line(question.text))
    text = _GRAMMAR.written(one_line(question.text), last=bool(words) and owner_of(words[-1]) is not None)
    owner = f"@{quoted(one_line(question.owner))}" if question.owner else ""
    return " ".join(part for part in ("?", text, owner) if part)


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


def owner_of(word: str) -> str | None:
    """Return the person whom a word such as "@alice" or @"Alice Berg" names, or None."""
    return unquoted(word[1:]) if word[0] == "@" else None
