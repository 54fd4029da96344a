"""Who is here, typed at the opening of a meeting: "1 3 4", "134", "all -3", "none", "ana", "Dan Eze, on call".

The numbers are those of the participants in their order, counted from 1.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from facilitator.capture.people import read_names, read_participant
from facilitator.capture.reading import Choice, Reading
from facilitator.model.session import Participant, Session
from facilitator.model.text import one_line

_SINGLE_DIGITS = 9
"""Up to so many participants "134" is three of them."""

_LONGEST = 2_000
_LONGEST_NUMBER = 6
_MOST_NAMED = 4
"""How many people are named in what is understood; of more it says how many they are."""

_MOST_WORDS = 5
"""How many words a name has at most that is typed without a comma."""

_ALL = frozenset({"all", "everybody", "everyone"})
_NONE = frozenset({"none", "nobody"})
_AND = frozenset({"and", "&"})
_BUT = frozenset({"but", "except", "without"})
_SIGNS = "-+\u2013\u2014\u2212"
_SIGN = re.compile(f"[{_SIGNS}] ?")
_APART = re.compile(f" ?, ?| (?=[{_SIGNS}])")
_HOW = "Type numbers such as 1 3, -3 for somebody who is not here, all, or a name, a comma and a role"


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who is here after a line: the ids of participants, and somebody new, who has no id yet and is here too."""

    here: tuple[str, ...]
    new: Participant | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """Whom a word names, by their ids, and whether they are taken out."""

    ids: tuple[str, ...]
    out: bool


@dataclass(frozen=True, slots=True)
class _Room:
    """Everybody who takes part, and the ids of those who are here before the line."""

    people: tuple[Participant, ...]
    present: tuple[str, ...]

    def after(self, said: Iterable[_Said], new: Participant | None = None) -> Attendance:
        """Return who is here then, in the order of the participants; those whom nobody knows come last."""
        here = set(self.present)
        for each in said:
            here = here - {*each.ids} if each.out else here | {*each.ids}
        known = [each.id for each in self.people]
        unknown = [each for each in self.present if each in here and each not in known]
        return Attendance((*(each for each in known if each in here), *unknown), new)

    def reading(self, said: Iterable[_Said]) -> Reading[Attendance]:
        """Return what was said as a reading that tells who comes, who goes, and how many are here then."""
        value = self.after(said)
        before, after = set(self.present), set(value.here)
        comes = [each for each in self.people if each.id in after - before]
        goes = [each for each in self.people if each.id in before - after]
        told = [f"{what}: {_names(who)}" for what, who in (("here", comes), ("not here", goes)) if who]
        count = sum(each.id in after for each in self.people)
        return Reading(value, (*(told or ["as before"]), f"{count} of {len(self.people)} here"))

    def whole(self, name: str) -> list[Participant]:
        """Return those who are called so, by the whole name, else by one of its words."""
        return self._first_way(name, (lambda each, said: each == said, lambda each, said: said in each.split()))

    def beginning(self, name: str) -> list[Participant]:
        """Return those who are called so, by the whole name or a word of it; else those of whom one begins so."""
        return self._first_way(
            name,
            (
                lambda each, said: each == said,
                lambda each, said: said in each.split(),
                lambda each, said: each.startswith(said),
                lambda each, said: any(word.startswith(said) for word in each.split()),
            ),
        )

    def _first_way(self, name: str, ways: Sequence[Callable[[str, str], bool]]) -> list[Participant]:
        said = name.removeprefix("@").casefold()
        if not any(each.isalpha() for each in said):
            return []
        names = [(one_line(each.text).casefold(), each) for each in self.people]
        found = ([each for text, each in names if way(text, said)] for way in ways)
        return next(filter(None, found), [])


def read_attendance(line: str, session: Session, present: tuple[str, ...]) -> Reading[Attendance]:
    """Return who is here after a typed line, when those with the ids `present` were.

    Numbers, names and beginnings of names add people; "-" before one takes that one out. Another name, with a role
    after a comma or with capitals, is somebody new. What is neither is asked about. Never raises, whatever was typed.
    """
    if len(line) > _LONGEST:
        return Reading(question=f"That is too long: {_LONGEST:,} characters can say who is here. Shorten it")
    line = one_line(line)
    if not line:
        return Reading()
    room = _Room(session.participants, present)
    return _by_number(line, room) or _by_name(line, room) or _somebody_new(line, room)


def _by_number(line: str, room: _Room) -> Reading[Attendance] | None:
    """Return what numbers, "all", "none" and names with a sign mean; None for a line without any of these."""
    said: list[_Said] = []
    wrong: list[str] = []
    telling = without = False
    for sign, word in _words(line, room):
        if not sign and said and word.casefold() in _AND | _BUT:
            without = without or word.casefold() in _BUT
            continue
        telling = telling or bool(sign) or word.casefold() in _ALL | _NONE or _is_number(word)
        one = _said(word, room, out=sign == "-" or (without and not sign))
        if one is not None:
            said.append(one)
        elif _is_number(word):
            wrong.append(word)
        else:
            return None
    if not telling:
        return None
    return _no_such_number(wrong[0], said, room) if wrong else room.reading(said)


def _words(line: str, room: _Room) -> Iterator[tuple[str, str]]:
    """Yield the words of a line, each with the sign before it; the words of a name that is known are one."""
    for piece in filter(None, _APART.split(line)):
        found = _SIGN.match(piece)
        sign = "" if found is None else "+" if found[0][0] == "+" else "-"
        words = piece[found.end() :].split(" ") if found else piece.split(" ")
        while words:
            sizes = range(min(_MOST_WORDS, len(words)), 1, -1)
            size = next((each for each in sizes if len(room.beginning(" ".join(words[:each]))) == 1), 1)
            yield sign, " ".join(words[:size])
            sign, words = "", words[size:]


def _said(word: str, room: _Room, *, out: bool) -> _Said | None:
    """Return whom one word names, or None."""
    if word.casefold() in _ALL:
        return _Said(tuple(each.id for each in room.people), out)
    if word.casefold() in _NONE:
        return None if out else _Said((*room.present, *(each.id for each in room.people)), out=True)
    if _is_number(word):
        numbers = _numbers(word, len(room.people))
        return _Said(tuple(room.people[each - 1].id for each in numbers), out) if numbers else None
    named = room.beginning(word)
    return _Said((named[0].id,), out) if len(named) == 1 else None


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal()


def _numbers(word: str, count: int) -> list[int]:
    """Return the numbers of participants that a word of digits means; none when one of them does not exist."""
    if len(word) <= _LONGEST_NUMBER and 1 <= int(word) <= count:
        return [int(word)]
    return _digits(word, count) if count <= _SINGLE_DIGITS else []


def _digits(word: str, count: int) -> list[int]:
    digits = [int(each) for each in word]
    return digits if all(1 <= each <= count for each in digits) else []


def _no_such_number(word: str, said: Sequence[_Said], room: _Room) -> Reading[Attendance]:
    count = len(room.people)
    if not count:
        return Reading(question="Nobody takes part yet. Type a name, a comma and a role")
    digits = dict.fromkeys(_digits(word, count)) if len(word) <= _LONGEST_NUMBER else {}
    people = [room.people[each - 1] for each in digits]
    value = room.after((*said, _Said(tuple(each.id for each in people), out=False)))
    choices = (Choice(f"{' '.join(map(str, digits))}: {_names(people)}", value),) if people else ()
    shown = word if len(word) <= _LONGEST_NUMBER else f"{word[:_LONGEST_NUMBER]}…"
    return Reading(question=f"There is no number {shown}: they go from 1 to {count}", choices=choices)


def _by_name(line: str, room: _Room) -> Reading[Attendance] | None:
    """Return what a line of one name means, or of several with commas; None when it names nobody who is known."""
    found = room.beginning(line)
    if len(found) == 1:
        return room.reading([_added(found[0])])
    if found:
        return Reading(question="Which one is here?", choices=(*_each(found, room), *_as_new(line, room)))
    listed = [room.whole(name) for name in read_names(line)]
    if len(listed) > 1 and all(len(each) == 1 for each in listed):
        return room.reading([_added(each[0]) for each in listed])
    new = _new(line)
    known = room.whole(one_line(new.text)) if new is not None else []
    if new is None or not known:
        return None
    same = [each for each in known if one_line(each.role).casefold() == new.role.casefold()]
    if len(same) == 1:
        return room.reading([_added(same[0])])
    choices = (*_each(known, room), *_as_new(line, room, sure=True))
    return Reading(question="Is that one of those who take part already, or somebody new?", choices=choices)


def _somebody_new(line: str, room: _Room) -> Reading[Attendance]:
    new = _new(line)
    if new is None:
        return Reading(question=f"Who is here? {_HOW}")
    if new.role or _is_capitalised(new.text):
        return Reading(room.after((), new), ("somebody new, here", new.text, new.role or "no role"))
    question = "Nobody who takes part is called so. Is that somebody new?"
    return Reading(question=question, choices=_as_new(line, room, sure=True))


def _new(line: str) -> Participant | None:
    """Return the participant of a line that begins with a name, after an at sign or a quotation mark perhaps."""
    line = line.removeprefix("@")
    if not line.removeprefix('"')[:1].isalpha():
        return None
    found = read_participant(line).value
    return found if isinstance(found, Participant) else None


def _as_new(line: str, room: _Room, *, sure: bool = False) -> tuple[Choice[Attendance], ...]:
    """Return the choice to add somebody new; none where that is not likely."""
    new = _new(line)
    if new is None or not (sure or _is_capitalised(new.text)):
        return ()
    return (Choice(f"somebody new: {_told(new)}", room.after((), new)),)


def _each(people: Iterable[Participant], room: _Room) -> tuple[Choice[Attendance], ...]:
    return tuple(Choice(_told(each), room.after([_added(each)])) for each in people)


def _added(person: Participant) -> _Said:
    return _Said((person.id,), out=False)


def _is_capitalised(name: str) -> bool:
    """Tell whether words look like a name: few, the first and the last with a capital, or of a script without them."""
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or name[-1] in "?!:;":
        return False
    return all(word[0].isalpha() and not word[0].islower() for word in (words[0], words[-1]))


def _told(person: Participant) -> str:
    name, role = one_line(person.text), one_line(person.role)
    return f"{name}, {role}" if role else name


def _names(people: Sequence[Participant]) -> str:
    named = ", ".join(one_line(each.text) for each in people[:_MOST_NAMED])
    more = len(people) - _MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named
