"""Names replaced by roles, for a screen that others see: "the incident commander", "engineer 2", "person 3"."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from facilitator.model.alias_words import MONTHS, NAME_WORDS, ROLE_WORDS, TEAM_WORDS, TITLES
from facilitator.model.roles import called_by, is_called_by_role
from facilitator.model.session import Session
from facilitator.model.text import one_line

ANYBODY = "somebody"
"""Who is meant where several people have a name."""

_SHORTEST = 3
"""How many letters a name has at least that is replaced in small letters too; one letter alone is no name."""

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters of scripts whose words are not set apart by spaces, or to which other words are joined."""

_IS_SPACELESS = re.compile(f"[{_SPACELESS}]")
_APART = re.compile(r"[\s._-]+")
_DETAILS = re.compile(r"[,;:(/\[].*", re.DOTALL)
_BEFORE_MONTH, _AFTER_MONTH = re.compile(r"\d(?:st|nd|rd|th)?\.?[ -]?\Z"), re.compile(r"\.?,?[ -]?\d")
_NUMBERED = re.compile(r"person \d+")
_GAP, _INITIAL_GAP = r"(?:\s+|[._-])", r"[\s._-]+"
_MAIL = r"(?:@[\w-]+(?:\.[\w-]+)+)?"


class _Person(msgspec.Struct, frozen=True):
    """Somebody whom the session knows, with the role if there is one."""

    name: str
    role: str = ""


class _Name(msgspec.Struct, frozen=True):
    """A name of somebody, the `whole` one or a part of it."""

    text: str
    whole: bool = False


class Named(NamedTuple):
    """Where somebody is named in a text, and which of the people it is; None where it may be several."""

    start: int
    end: int
    person: int | None


class Somebody(msgspec.Struct, frozen=True):
    """Somebody whom a session knows: the name, and what they are called instead, which is "person 3" without a role."""

    name: str
    alias: str
    has_role: bool = False


class People:
    """The people whom a session knows, made once for a session, and where they are named in texts.

    They are numbered as the participants are, then as the session names others. Found are whole names, first names and
    surnames as words of their own, handles, and mail addresses made of names. A name of two letters, or one that is a
    word too, such as Mark, is only found with a capital, and one that is both, such as Do, only as a handle. Names of
    teams, services and roles are none.
    """

    def __init__(self, session: Session) -> None:
        self.people: tuple[Somebody, ...] = ()
        people = _people(session)
        called = _called(people)
        self._alone: dict[str, int] = {}
        self._pattern: re.Pattern[str] | None = None
        if not called:
            return
        words, joined = (
            [
                (each, number)
                for name, number in called
                if _is_joined(name.text) is kind
                for each in _patterns(name.text)
            ]
            for kind in (False, True)
        )
        self._pattern = _one_pattern((each for each, _ in words), (each for each, _ in joined))
        aliases = _aliases(people, self._pattern)
        self.people = tuple(
            Somebody(person.name, alias, not _NUMBERED.fullmatch(alias))
            for person, alias in zip(people, aliases, strict=True)
        )
        self._numbers = [number for _, number in (*words, *joined)]
        self._alone = {
            name.text.casefold(): number
            for name, number in called
            if name.whole or name.text.casefold() not in NAME_WORDS
        }
        self._longest = max(map(len, self._alone), default=0) + len('@""')

    def alone(self, text: str) -> Named | None:
        """Return whose name a text is, when it is nothing else."""
        if not self._alone or len(text) > self._longest or (number := self._alone.get(_plain(text))) is None:
            return None
        return Named(0, len(text), number if number >= 0 else None)

    def named(self, text: str) -> Iterator[Named]:
        """Return where people are named in a text, in its order."""
        place = 0
        # Not `finditer`: behind the first letter of what is no name, there may be one within it.
        while self._pattern is not None and (found := self._pattern.search(text, place)) is not None:
            place = found.start() + 1
            if (name := _longest_name(found)) is not None:
                number = self._numbers[(name.lastindex or 1) - 1]
                yield Named(name.start(), name.end(), number if number >= 0 else None)
                place = name.end()

    def alias(self, person: int | None) -> str:
        """Return what somebody is called instead."""
        return ANYBODY if person is None else self.people[person].alias


def by_role(session: Session) -> Callable[[str], str]:
    """Return what replaces, in any text, the names of people by their roles, or by "person 3" where none is known.

    See `People` for who is found. A text without names is given back as the same object.
    """
    people = People(session)
    if not people.people:
        return _unchanged

    def replaced(text: str) -> str:
        if (whole := people.alone(text)) is not None:
            return people.alias(whole.person)
        parts: list[str] = []
        kept = 0
        for each in people.named(text):
            parts += (text[kept : each.start], people.alias(each.person))
            kept = each.end
        return "".join((*parts, text[kept:])) if parts else text

    return replaced


def _one_pattern(words: Iterable[str], joined: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of words of their own, and of what other words are joined to; its last group tells which.

    The groups are empty and at the ends, so that the first character decides which of them are tried at all.
    """
    ways = ["|".join(f"{each}()" for each in patterns) for patterns in (words, joined)]
    bounds = (r"(?<!\w)(?:{})", "{}")
    return re.compile("|".join(bound.format(way) for bound, way in zip(bounds, ways, strict=True) if way))


def _unchanged(text: str) -> str:
    return text


def _people(session: Session) -> list[_Person]:
    """Return everybody whom the session knows, each once: the participants, then those who are none."""
    leads = {meeting.facilitator for meeting in session.meetings}
    writes = {meeting.note_taker for meeting in session.meetings}
    facilitator = _plain(session.facilitator)
    people: list[_Person] = []
    replaced: set[str] = set()
    for each in session.participants:
        if _is_alias(each.text, each.role):
            replaced.add(_joined(_plain(each.text)))
            continue
        led = each.id in leads or (facilitator and facilitator == _plain(each.text))
        role = each.role or ("facilitator" if led else "note-taker" if each.id in writes else "")
        people.append(_Person(one_line(each.text), role))
    known = {_joined(person.name) for person in people} | {word for person in people for word in _words(person.name)}
    no_names = {_plain(each) for each in (*session.services, *session.tags, *(person.role for person in people))}
    others = (
        (session.facilitator, "facilitator"),
        *((action.owner, "") for action in session.actions),
        *((question.owner, "") for question in session.questions),
        *((name, "") for name in (*session.authors, *session.reviewers)),
        *((each.by, "") for each in (*session.approvals, *session.versions)),
    )
    for name, role in others:
        plain = _plain(name)
        if _is_alias(name, role):
            replaced.add(_joined(plain))
        if (
            not _joined(plain)
            or _joined(plain) in known | replaced
            or plain in no_names
            or not TEAM_WORDS.isdisjoint(_words(plain))
        ):
            continue
        known.add(_joined(plain))
        people.append(_Person(one_line(name).removeprefix("@"), role))
    return people


def _is_alias(name: str, role: str) -> bool:
    """Tell whether a name is what somebody is called instead already."""
    plain, said = _plain(name), called_by(role).casefold()
    return (
        plain == ANYBODY
        or is_called_by_role(plain)
        or _NUMBERED.fullmatch(plain) is not None
        or (bool(said) and (plain == f"the {said}" or re.fullmatch(rf"{re.escape(said)} \d+", plain) is not None))
    )


def _called(people: Sequence[_Person]) -> list[tuple[_Name, int]]:
    """Return the names of people, the longest first, with the number of the person; -1 where it may be several."""
    ways: dict[str, tuple[_Name, set[int]]] = {}
    for number, person in enumerate(people):
        for name in _names(person.name):
            known, numbers = ways.get(name.text.casefold(), (name, set()))
            if known.whole == name.whole:
                ways[name.text.casefold()] = known, numbers | {number}
            elif name.whole:
                ways[name.text.casefold()] = name, {number}
    found = [(name, next(iter(numbers)) if len(numbers) == 1 else -1) for name, numbers in ways.values()]
    return sorted(found, key=lambda each: -len(each[0].text))


def _names(name: str) -> Iterator[_Name]:
    """Yield the names in a name: "Dr. Ana B. Berg" is also Ana B. Berg, Ana Berg, Ana, and Berg."""
    name = _DETAILS.sub("", name).strip(" .-_")
    if not any(each.isalpha() for each in name):
        return
    yield _Name(name, whole=True)
    words = [word.strip("._-") for word in name.split()]
    while len(words) > 1 and words[0].casefold() in TITLES:
        words = words[1:]
        yield _Name(" ".join(words), whole=True)
    if len(words) > 2:
        yield _Name(f"{words[0]} {words[-1]}")
    for word in words if len(words) > 1 and words[-1].casefold() not in ROLE_WORDS else ():
        if len(word) > 1 and word.casefold() not in TITLES and not (word.islower() and not name.islower()):
            yield _Name(word)


def _patterns(name: str) -> Iterator[str]:
    """Yield the patterns of a name, as a handle and in a text, where a mail address may go on behind it.

    Each begins with a character or a class of some, by which most of them are ruled out at once.
    """
    parts = [part for part in _APART.split(name) if part]
    goes_on = "" if _IS_SPACELESS.match(name[-1]) else r"(?!\w)"
    yield f"@{_loosely(parts)}{goes_on}"
    if len(parts) > 1:
        yield f'@"{_loosely(parts)}"'
        yield f"@{_loosely([''.join(parts)])}{goes_on}"
    is_word = NAME_WORDS.issuperset(part.casefold() for part in parts)
    letters = sum(each.isalpha() for each in name)
    if not is_word and (letters >= _SHORTEST or _IS_SPACELESS.match(name)):
        yield f"{_loosely(parts)}{_MAIL}{goes_on}"
    elif letters > 1 and not (is_word and letters < _SHORTEST):
        forms = {_sequence(parts), *(_sequence([change(part) for part in parts]) for change in (str.title, str.upper))}
        lower = _sequence([part.lower() for part in parts])
        yield from (f"{form}{_MAIL}{goes_on}" for form in sorted(forms) if form != lower or len(parts) > 1)


def _loosely(parts: Sequence[str]) -> str:
    """Return the pattern of the parts of a name in small or capital letters."""
    first, rest = parts[0][0], _sequence([parts[0][1:], *parts[1:]])
    return f"[{''.join(sorted(map(re.escape, _cases(first))))}]{f'(?i:{rest})' if rest else ''}"


def _sequence(parts: Sequence[str]) -> str:
    """Return the pattern of the parts of a name, one after the other as they stand in texts, handles and addresses."""
    rest = (f"{_INITIAL_GAP if len(before) <= 1 else _GAP}{_escaped(part)}" for before, part in pairwise(parts))
    return "".join((_escaped(parts[0]), *rest))


def _escaped(part: str) -> str:
    return re.sub("['’]", "['’]", re.escape(part))


def _cases(letter: str) -> set[str]:
    return {letter, letter.lower()[:1], letter.upper()[:1], letter.title()[:1]}


def _longest_name(found: re.Match[str]) -> re.Match[str] | None:
    """Return the longest name that begins where something was found that looks like one, or None."""
    text, name = found.string, found
    while not _is_name(name) or (name is not found and _goes_on(text, name.end())):
        shorter = name.re.match(text, name.start(), name.end() - 1)
        if shorter is None:
            return None
        name = shorter
    return name


def _goes_on(text: str, place: int) -> bool:
    """Tell whether a word goes on at a place; a match that was cut short has not looked there."""
    return bool(re.match(r"\w", text[place : place + 1]))


def _is_name(found: re.Match[str]) -> bool:
    """Tell whether what looks like a name is one: no part of a word that is written with marks, and no month."""
    text, start, end = found.string, found.start(), found.end()
    if _is_mark(text[end : end + 1]) or (not _IS_SPACELESS.match(text[start]) and _is_mark(text[start - 1 : start])):
        return False
    if found[0].casefold() not in MONTHS:
        return True
    return not (_BEFORE_MONTH.search(text, max(0, start - 6), start) or _AFTER_MONTH.match(text, end))


def _is_mark(character: str) -> bool:
    """Tell whether a character, or none, belongs to the letter before it; the look of an emoji does not."""
    return bool(character) and unicodedata.category(character) in ("Mn", "Mc") and not "\ufe00" <= character <= "\ufe0f"


def _aliases(people: Iterable[_Person], pattern: re.Pattern[str]) -> list[str]:
    """Return what people are called instead. A role in which somebody is named tells too much."""
    roles = [called_by(person.role) for person in people]
    roles = ["" if pattern.search(f"the {role}") else role for role in roles]
    count = Counter(role.casefold() for role in roles)
    so_far: Counter[str] = Counter()
    aliases = []
    for number, role in enumerate(roles, 1):
        key = role.casefold()
        so_far[key] += 1
        aliases.append(
            f"person {number}" if not role else f"the {role}" if count[key] == 1 else f"{role} {so_far[key]}"
        )
    return aliases


def _is_joined(name: str) -> bool:
    """Tell whether a name begins with a character of a script that is written without spaces."""
    return _IS_SPACELESS.match(name) is not None


def _plain(name: str) -> str:
    return one_line(name).removeprefix("@").strip('"').casefold()


def _joined(name: str) -> str:
    return _APART.sub("", _plain(name))


def _words(name: str) -> list[str]:
    return _DETAILS.sub("", _plain(name)).split()
