r"""Words that are more than text: "#detected", "source:grafana", "@alice", addresses; and how to keep those as text.

The rule for people: a backslash before a word keeps it as text ("\#detected", "\fri", "\@alice"). It is taken away only
from a word that would otherwise be read, so that "\d+" and "C:\temp" stay what they are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_KEYS = "source|link|due|done|effect|ticket|category"
# A quoted value is one word with what stands before it, escaped or not. Possessive, so that it never goes back.
_WORD = re.compile(rf'\\*+(?:[@#]|(?i:{_KEYS}):)"[^"\\]*+(?:\\.[^"\\]*+)*+"(?= |$)|[^ ]+')
_KEYED = re.compile(rf"((?i:{_KEYS})):(?!//)(.+)", re.DOTALL)
_NAMED = re.compile(r"#[A-Za-z][\w-]*")
_QUOTED_CHARACTER = re.compile(r"\\(.)")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://[^ ]+")
_LOOSE_END = re.compile(r"[,;]$")
_MOST_NOTES = 3
PREFIXED = re.compile(r"\?|//|#(?= |$)")
"""How a line begins that would be an open question, be parked, or be a private note; of its first word or of all."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a token says: which field of the item, and its value."""

    kind: str
    value: object


@dataclass(frozen=True, slots=True)
class Grammar:
    """The tokens of one phase.

    `names` are what may stand after "#", `keys` what before ":"; tokens of these kinds count anywhere in a line.
    `many` are the kinds that may come several times. `what` is what an unknown "#name" is said not to be. `first` and
    `last` match words that may mean something at the beginning and at the end of the sentence.
    """

    what: str = ""
    names: Mapping[str, Mark] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()
    first: re.Pattern[str] | None = None
    last: re.Pattern[str] | None = None

    def sort_out(self, words: Iterable[str]) -> "Sorted":
        """Return the tokens among `words`, and the other words as they were typed, in order."""
        rest: list[str] = []
        marks: list[Mark] = []
        notes: list[str] = []
        for word in words:
            mark = self.mark(word)
            if mark is None:
                rest.append(word)
                if word[0] == "#" and self.names and len(notes) < _MOST_NOTES and _NAMED.fullmatch(word):
                    notes.append(self._unknown(word))
            elif mark.kind not in self.many and any(mark.kind == each.kind for each in marks):
                rest.append(word)
                notes[_MOST_NOTES:] = []
                notes.append(f"only one {mark.kind}: {word} kept as text")
            else:
                marks.append(mark)
        return Sorted(rest, marks, notes)

    def mark(self, word: str) -> Mark | None:
        """Return what a word says as a token, or None when it is text."""
        if word[0] == "#" and self.names:
            found = set(self._beginning_with(word[1:]))
            return found.pop() if len(found) == 1 else None
        keyed = _KEYED.fullmatch(word) if self.keys and ":" in word[:9] else None
        if keyed and keyed[1].lower() in self.keys:
            value = unquoted(keyed[2])
            return Mark(keyed[1].lower(), value) if value else None
        return None

    def text(self, words: Sequence[str]) -> str:
        """Return words that are no tokens as the text that they are, without the backslashes that kept them so."""
        end = len(words) - 1
        return " ".join(
            word[1:] if word[0] == "\\" and self._special(word, first=number == 0, last=number == end) else word
            for number, word in enumerate(words)
        )

    def written(self, text: str, *, first: bool = False, last: bool = False) -> str:
        """Return the words that are read as `text`, with backslashes where they are needed.

        `first` and `last` say whether the first and the last word would be read as something else there.
        """
        words = split(text)
        end = len(words) - 1
        return " ".join(
            f"\\{word}"
            if self._special(word, first=number == 0, last=number == end)
            and (word[0] == "\\" or self.mark(word) or (first and number == 0) or (last and number == end))
            else word
            for number, word in enumerate(words)
        )

    def _special(self, word: str, *, first: bool, last: bool) -> bool:
        """Return whether a word would be read as something else there, if it had no backslash before it."""
        core = word.lstrip("\\")
        if not core:
            return False
        if core[0] == "#" and self.names and len(core) > 1:
            return True
        keyed = _KEYED.fullmatch(core) if self.keys else None
        if keyed and keyed[1].lower() in self.keys:
            return True
        at_start = first and self.first is not None and self.first.match(core) is not None
        return at_start or (last and self.last is not None and self.last.match(core) is not None)

    def _beginning_with(self, name: str) -> list[Mark]:
        """Return what a name stands for: itself, or all that begin so when it has two letters at least."""
        name = (unquoted(name) or "").lower()
        if name in self.names:
            return [self.names[name]]
        return [mark for each, mark in self.names.items() if each.startswith(name)] if len(name) > 1 else []

    def _unknown(self, word: str) -> str:
        name = word[1:].lower()
        near = [f"#{each}" for each in self.names if each.startswith(name)] if len(name) > 1 else []
        return f"{word} may be {' or '.join(near)}: kept as text" if near else f"no {self.what} {word}: kept as text"


@dataclass(frozen=True, slots=True)
class Sorted:
    """The words of a line that are text, what the tokens say, and what must be said about others."""

    rest: list[str]
    marks: list[Mark]
    notes: list[str]

    def values(self, kind: str) -> list[object]:
        """Return the values of the tokens of one kind, in order, each once."""
        return list(dict.fromkeys(mark.value for mark in self.marks if mark.kind == kind))


def put_last(words: Sequence[str], known: Sequence[str], text: Sequence[str], gone: Sequence[str] = ()) -> list[str]:
    """Return words with those of `known` last and without those of `gone`, where something was typed behind them.

    Both are words by which an item's particulars were written, and `text` are those of its text: a word that the text
    has too is meant only as often as it stands there beyond the text.
    """
    rest = list(words)
    found: list[str] = []
    for word in reversed([*gone, *known]):
        if rest.count(word) > text.count(word):
            del rest[len(rest) - 1 - rest[::-1].index(word)]
            found.insert(0, word)
    return [*rest, *(word for word in found if word not in gone)]


def split(line: str) -> list[str]:
    """Return the words of a line that was made with `text.one_line`; a quoted value is one word."""
    return _WORD.findall(line) if '"' in line else line.split()


def quoted(value: str) -> str:
    """Return `value` as it is written after "@" or "source:": bare, or in quotes when it would not be read whole."""
    bare = value and " " not in value and '"' not in value and not value.startswith("//")
    if bare and not _LOOSE_END.search(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def unquoted(written: str) -> str | None:
    """Return the value that is written after "@" or "source:", or None when there is none."""
    if written[:1] != '"':
        return _LOOSE_END.sub("", written) or None
    if len(written) < 3 or written[-1] != '"':
        return None
    return _QUOTED_CHARACTER.sub(r"\1", written[1:-1])


def is_address(word: str) -> bool:
    """Return whether a word is the address of a page."""
    return "://" in word and _ADDRESS.fullmatch(word) is not None
