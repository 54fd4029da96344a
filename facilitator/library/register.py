"""The register of actions: those of all sessions of a store, or of the sessions that a query asks for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from operator import add
from typing import Any

import msgspec

from facilitator.library import ledger, naive
from facilitator.library.briefs import done_lines
from facilitator.library.compiling import Sql
from facilitator.library.completed import with_days
from facilitator.library.expressions import All, Days, Query, Some, Value
from facilitator.library.facts import facts
from facilitator.library.index import Index
from facilitator.library.ledger import BETWEEN, Line, lines, owner_name
from facilitator.library.numbering import date_of, day_of
from facilitator.library.search import Library
from facilitator.library.tallies import (
    Asked,
    By,
    Grouping,
    Register,
    Sort,
    Tallies,
    Tally,
    View,
    age_group,
    by_key,
    in_view,
    is_of,
    of_lines,
    order,
    tallied,
    tally_of_closed,
)
from facilitator.library.words import folded
from facilitator.model.session import Session


def _said(*parts: str) -> str:
    """Return a statement of parts, all of which are made here: what somebody wrote stands in its places."""
    return " ".join(parts)


_EVERYTHING = Query()
_ONE_DAY = day_of(date.fromordinal(1))
_COUNTS = "count(*), coalesce(sum(due < ?), 0), coalesce(sum(due BETWEEN ? AND ?), 0)"
_PENDING = _said("SELECT", _COUNTS, "FROM pending")
_PENDING_BY_SERVICES = _said("SELECT services,", _COUNTS, "FROM pending JOIN briefs ON number = session")
_CLOSED_BY_SERVICES = "SELECT services, sum(done), sum(wont_do) FROM briefs"
_LINES = """
SELECT number, id, title, services, actions FROM ledger JOIN sessions USING(number) JOIN briefs USING(number)
"""
_ID = "(SELECT id FROM sessions WHERE number = session)"
_LAST = f"due IS NULL, due, session / {_ONE_DAY} DESC, item"
_ORDERS = {
    Sort.DUE: _LAST,
    Sort.AGE: f"born, {_LAST}",
    Sort.PRIORITY: f"priority, {_LAST}",
    Sort.OWNER: f"owner = '', name, {_LAST}",
    Sort.SESSION: f"session / {_ONE_DAY} DESC, {_ID}, item",
}


def register(library: Library, asked: Asked, today: date, *, ready: bool = True) -> Register:
    """Return the register. Unless `ready`, as `refresh` told it, the files answer.

    An action that does not say when it was done has the day of its history when follow-ups are asked for. Raises
    OSError when the store cannot be listed.
    """
    if asked.view is View.FOLLOW_UP:
        counted = register(library, msgspec.structs.replace(asked, view=View.PENDING, limit=0), today, ready=ready)
        done = with_days(library.folder, done_lines(library, asked.query, ready=ready))
        return of_lines(done, asked, today)._replace(tally=counted.tally)
    return library.answer(
        lambda index: _Indexed(index, asked, today).register(),
        lambda sessions: of_lines(_chosen(asked.query, (each for _, each in sessions)), asked, today),
        ready=ready,
    )


def registers(library: Library, asked: Sequence[Asked], today: date, *, ready: bool = True) -> list[Register]:
    """Return several registers that differ in their view, order and limit alone: what they share is found once.

    None may ask for follow-ups. Raises OSError as `register`.
    """

    def indexed(index: Index) -> list[Register]:
        one, found = _Indexed(index, asked[0], today), []
        for each in asked:
            one.turn(each)
            found.append(one.register())
        return found

    def otherwise(sessions: Iterator[tuple[str, Session]]) -> list[Register]:
        every = list(_chosen(asked[0].query, (each for _, each in sessions)))
        return [of_lines(every, each, today) for each in asked]

    return library.answer(indexed, otherwise, ready=ready)


def tallies(library: Library, asked: Asked, by: By, today: date, *, ready: bool = True) -> Tallies:
    """Return how many actions there are by owner, age, type or service, in any view. Raises OSError.

    Of an age only those that are pending are counted: it is not known when the others were closed. An action counts
    for each service of its session.
    """
    return library.answer(
        lambda index: _Indexed(index, asked, today).tallies(by),
        lambda sessions: tallied(_chosen(asked.query, (each for _, each in sessions)), asked, by, today),
        ready=ready,
    )


def previous_actions(
    library: Library, services: Sequence[str], before: date, *, but: str = "", ready: bool = True
) -> Register:
    """Return the actions of sessions on one of these services whose incident was before a day; pending ones as lines.

    `but` is the id of a session that is left out. Raises OSError.
    """
    wanted = tuple(Value("service", name) for each in services if (name := folded(each)))
    if not wanted or before == date.min:
        return Register((), 0, Tally())
    asked = Asked(Query(All((Some(wanted), Days(None, before - timedelta(days=1))))), View.ALL)
    found = register(library, asked, before, ready=ready)
    kept = [each for each in found.lines if each.session != but]
    return of_lines(kept, msgspec.structs.replace(asked, view=View.PENDING), before)


def session_ids(library: Library, *, ready: bool = True) -> list[str]:
    """Return the ids of all sessions. Raises OSError."""
    return library.answer(
        lambda index: [each for (each,) in index.rows(Sql("SELECT id FROM sessions"))],
        lambda sessions: [each.id for _, each in sessions],
        ready=ready,
    )


def told_previous(found: Register) -> str:
    """Return how many of the previous actions are open: "3 of 7 open"; nothing where there are none."""
    return f"{found.tally.pending:,} of {found.tally.total:,} open" if found.tally.total else ""


def _chosen(query: Query, sessions: Iterable[Session]) -> Iterator[Line]:
    """Yield the lines of the sessions that a query asks for."""
    if query == _EVERYTHING:
        for each in sessions:
            yield from lines(each, facts(each))
        return
    for record, _ in naive.evaluate(query, map(naive.record, sessions)):
        yield from lines(record.session, record.facts)


class _Indexed:
    """What the index answers to one question."""

    def __init__(self, index: Index, asked: Asked, today: date) -> None:
        self._index, self._asked, self._today = index, asked, today
        self._name = asked.name
        day = today.toordinal()
        self._days = (day, day, asked.until(today).toordinal())
        self._known: Tally | None = None
        self._numbers: str | None = None
        if asked.query != _EVERYTHING:
            self._numbers = _listed(index.numbers(asked.query))

    def turn(self, asked: Asked) -> None:
        """Ask for something that differs in view, order and limit alone."""
        self._known = self._known or self._tally()
        self._asked = asked

    def register(self) -> Register:
        """Return the lines that are asked for, and the tally of all."""
        asked, tally = self._asked, self._known or self._tally()
        if asked.view is View.ALL:
            every = (each for each in self._lines(self._where("number")) if is_of(each, self._name))
            found = [each for each in every if in_view(each, asked, self._today)]
            listed = len(found)
        else:
            items: dict[int, set[str]] = {}
            for number, item in self._rows("SELECT session, item FROM pending", self._in_view(), self._ending()):
                items.setdefault(number, set()).add(item)
            found = self._lines(Sql("number IN (SELECT value FROM json_each(?))", (_listed(items),)), items)
            listed = self._listed_of(tally)
        found.sort(key=order(asked.sort))
        return Register(tuple(found[: asked.limit]), listed, tally)

    def _listed_of(self, tally: Tally) -> int:
        """Return how many actions there are in a view of those that are pending."""
        if self._asked.filed is not None:
            ((count,),) = self._rows("SELECT count(*) FROM pending", self._in_view())
            return int(count)
        counts = {
            View.OVERDUE: tally.overdue,
            View.DUE_SOON: tally.soon,
            View.LATER: tally.pending - tally.overdue - tally.soon,
        }
        return counts.get(self._asked.view, tally.pending)

    def tallies(self, by: By) -> Tallies:
        """Return the counts of groups."""
        grouping = Grouping()
        match by:
            case By.AGE:
                for day, *counts in self._counted("born"):
                    group = age_group(self._today.toordinal() - day)
                    grouping.add(group, group, counts)
            case By.SERVICE:
                self._by_service(grouping)
            case By.OWNER:
                for name, owner, *counts in self._counted("name, max(owner)"):
                    grouping.add(name, owner, counts)
                for each, count in self._closed():
                    grouping.add(owner_name(each.owner), each.owner, _counts(each, count))
            case By.TYPE:
                for kind, *counts in self._counted("type"):
                    grouping.add(kind or "", kind or "", counts)
                for each, count in self._closed():
                    grouping.add(each.type or "", each.type or "", _counts(each, count))
        return grouping.tallies()

    def _tally(self) -> Tally:
        (counts,) = self._rows(_PENDING, self._of_owner(self._days))
        if self._name is not None:
            closed = (tally_of_closed(each.status, count) for each, count in self._closed())
            return sum(closed, Tally(*counts))
        ((done, wont_do),) = self._rows("SELECT sum(done), sum(wont_do) FROM briefs", self._where("number"))
        return Tally(*counts) + Tally(done=done or 0, wont_do=wont_do or 0)

    def _by_service(self, grouping: Grouping) -> None:
        """Count by lists of services, of which there are fewer than of sessions."""
        pending = self._rows(_PENDING_BY_SERVICES, self._of_owner(self._days), "GROUP BY services")
        found = [(services, (*counts, 0, 0)) for services, *counts in pending]
        if self._name is None:
            closed = self._rows(_CLOSED_BY_SERVICES, self._where("number"), "GROUP BY services")
            found += [(services, (0, 0, 0, done, wont_do)) for services, done, wont_do in closed]
        else:
            told = self._rows("SELECT services, closed FROM briefs", self._where("number", ["closed != ''"]))
            found += [(services, _counts(*each)) for services, tokens in told for each in self._parsed([tokens])]
        by_list: dict[str, list[int]] = {}
        for services, counts in found:
            held = by_list.get(services)
            by_list[services] = [*map(add, held, counts)] if held is not None else [*counts]
        for services, total in by_list.items():
            for key, name in by_key(ledger.names_in(services)).items():
                grouping.add(key, name, total)

    def _counted(self, by: str) -> list[tuple[Any, ...]]:
        """Return how many actions are pending by columns of theirs."""
        return self._rows(_said("SELECT", by, ",", _COUNTS, "FROM pending"), self._of_owner(self._days), " GROUP BY 1")

    def _closed(self) -> Iterator[tuple[ledger.Closed, int]]:
        """Return what is known of the actions that are closed, each with how often it is there."""
        return self._parsed([told for (told,) in self._rows("SELECT closed FROM briefs", self._where("number"))])

    def _parsed(self, told: list[str]) -> Iterator[tuple[ledger.Closed, int]]:
        for token, count in Counter(BETWEEN.join(filter(None, told)).split(BETWEEN)).items():
            if token:
                each = ledger.closed_in(token)
                if self._name is None or owner_name(each.owner) == self._name:
                    yield each, count

    def _lines(self, where: Sql, items: dict[int, set[str]] | None = None) -> list[Line]:
        """Return the lines of sessions; with `items` only these of each."""
        found: list[Line] = []
        for number, identity, title, services, actions in self._rows(_LINES, where):
            about = (identity, title, date_of(number), ledger.names_in(services))
            found += [
                Line(*about, action)
                for action in ledger.actions_in(actions)
                if items is None or action.item in items[number]
            ]
        return found

    def _ending(self) -> str:
        """Return the order and the limit of pending actions; neither, where all of them are listed."""
        if self._asked.limit is None:
            return ""
        return f" ORDER BY {_ORDERS[self._asked.sort]} LIMIT {max(0, self._asked.limit)}"

    def _in_view(self) -> Sql:
        today, _, until = self._days
        said: list[str] = []
        places: list[object] = []
        if self._asked.view is View.OVERDUE:
            said, places = ["due < ?"], [today]
        elif self._asked.view is View.DUE_SOON:
            said, places = ["due BETWEEN ? AND ?"], [today, until]
        elif self._asked.view is View.LATER:
            said, places = ["(due IS NULL OR due > ?)"], [until]
        for sign, day in zip((">=", "<="), self._asked.filed or (), strict=False):
            if day is not None:
                said.append(f"born {sign} ?")
                places.append(day.toordinal())
        return self._of_owner((), said, places)

    def _of_owner(self, before: Sequence[object], said: Sequence[str] = (), places: Sequence[object] = ()) -> Sql:
        """Return the condition on pending actions; `before` is what stands in the places before it."""
        if self._name is None:
            return self._where("session", said, (*before, *places))
        return self._where("session", [*said, "name = ?"], (*before, *places, self._name))

    def _where(self, number: str, said: Sequence[str] = (), places: Sequence[object] = ()) -> Sql:
        """Return a condition, together with that on the sessions."""
        if self._numbers is None:
            return Sql(" AND ".join(said) or "1", tuple(places))
        among = _said(number, "IN (SELECT value FROM json_each(?))")
        return Sql(" AND ".join((*said, among)), (*places, self._numbers))

    def _rows(self, start: str, where: Sql, ending: str = "") -> list[tuple[Any, ...]]:
        return self._index.rows(Sql(_said(start, "WHERE", where.text, ending), where.places))


def _listed(numbers: Iterable[int]) -> str:
    return msgspec.json.encode(list(numbers)).decode()


def _counts(closed: ledger.Closed, count: int) -> tuple[int, ...]:
    """Return so many actions of a state that is not pending in the order of a tally."""
    return msgspec.structs.astuple(tally_of_closed(closed.status, count))
