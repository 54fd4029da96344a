"""What somebody made of a document, as an edit of the session from which it was written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

import msgspec

from facilitator.capture.sheets.ranks import arranged
from facilitator.documents.references import References, refer
from facilitator.documents.roundtrip import values
from facilitator.documents.roundtrip.items import LABELS, READS, is_new
from facilitator.documents.roundtrip.pairs import paired
from facilitator.documents.roundtrip.people import with_participants
from facilitator.documents.roundtrip.seen import Piece, Seen
from facilitator.documents.roundtrip.values import Scope, UnclearError
from facilitator.documents.roundtrip.words import line, prose, same
from facilitator.model import edits
from facilitator.model.clocks import clock, day
from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Factor, Session, Why

_NO_COLUMNS = frozenset({"again", "join", "number"})


class Left(msgspec.Struct, frozen=True):
    """Something that found no place: what it is, its words, the item and field that it is about, and its line."""

    what: str
    words: str
    line: int
    about: str = ""
    place: str = ""


@dataclass(slots=True)
class Placing:
    """Places what is seen in an edited document into `base`, of which `was` is what its own document shows.

    `seed` is that from which the ids of new items are made, so that reading twice makes the same. With `careful`
    nothing is deleted, because it is not known what the document had.
    """

    base: Session
    was: Seen
    now: Seen
    today: date
    seed: str
    careful: bool = False
    left: list[Left] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _ids: dict[int, str] = field(default_factory=dict)
    _before: dict[int, Piece] = field(default_factory=dict)
    _old: dict[str, Item] = field(default_factory=dict)
    _new: dict[str, Item] = field(default_factory=dict)
    _columns: dict[str, None] = field(default_factory=dict)

    def placed(self) -> Session:
        """Return the session as the document has it. What found no place is in `left`."""
        self._before = paired(self.was.pieces, self.now.pieces)
        self._old = {item.id: item for name in LISTS.values() for item in getattr(self.base, name)}
        self._name_new()
        scope = self._scope()
        session = self._with_fields(self.base, scope)
        gone = self._gone()
        for piece in self.now.pieces:
            self._place(piece, scope)
        session = self._with_items(session)
        if self._columns:
            self.notes.append(
                f"a column is missing, so nothing that stood there was changed: {', '.join(self._columns)}"
            )
        return edits.without(session, gone) if gone else session

    def _name_new(self) -> None:
        """Give an id to every piece: that of the item that it was, or a new one that follows from what it says."""
        said: Counter[tuple[str, str]] = Counter()
        for piece in self.now.pieces:
            before = self._before.get(id(piece))
            if before is not None:
                self._ids[id(piece)] = before.mark
            elif is_new(piece):
                key = (LISTS[piece.kind], piece.text)
                made = ""
                while not made or made in self._old:
                    made = self._made(key[0], f"{key[1]} {said[key]}")
                    said[key] += 1
                self._ids[id(piece)] = made

    def _scope(self) -> Scope:
        names = refer(self.base)
        factors = dict(zip(names.factors, (factor.id for factor in self.base.factors), strict=True))
        for piece in self.now.pieces:
            number = line(piece.fields.get("number", "")) if piece.kind is Factor else ""
            if number and id(piece) in self._ids:
                factors[number] = self._ids[id(piece)]
        return Scope(self.base, names, self.today, factors, _told(self.base, names))

    def _with_fields(self, session: Session, scope: Scope) -> Session:
        for path, raw in self.now.fields.items():
            before = self.was.fields.get(path, "")
            if path == "header" or same(raw, before):
                continue
            try:
                if path == "participants":
                    session = with_participants(session, raw, self._made, careful=self.careful)
                else:
                    session = edits.set_field(session, path, values.session_value(path, raw, scope))
            except UnclearError as error:
                self._leave(path, raw, 0, place=path, why=str(error))
        if "header" not in self.now.fields:
            self.notes.append("the table at the top is missing; nothing that stands there was changed")
        return session

    def _made(self, name: str, said: str) -> str:
        return f"M{sha256(f'{self.seed} {name} {said}'.encode()).hexdigest()[:25].upper()}"

    def _gone(self) -> set[str]:
        """Return the items that are not in the document any more; none whose mark is, or of a list that is lost."""
        if self.careful:
            return set()
        kept = {each.mark for each in self._before.values()}
        gone = {piece.mark: piece.kind for piece in self.was.pieces if piece.mark and piece.mark not in kept}
        astray = gone.keys() & (self.now.marks - self.now.joined)
        if astray:
            self.notes.append(f"nothing was changed in what stands where it cannot be read: {_counted(gone, astray)}")
        present = {piece.kind for piece in self.now.pieces}
        lost = {mark for mark, kind in gone.items() if kind not in present} - astray
        if not any("<t" in each.raw.casefold() for each in self.now.rest if not each.made):
            lost = set()
        if lost:
            told = _counted(gone, lost)
            self.notes.append(f"nothing was deleted of what is missing where there is HTML that cannot be read: {told}")
        return gone.keys() - astray - lost

    def _place(self, piece: Piece, scope: Scope) -> None:
        before = self._before.get(id(piece))
        item_id = self._ids.get(id(piece))
        if item_id is None:
            said = "; ".join(f"{LABELS.get(name, name)}: {prose(raw)}" for name, raw in piece.fields.items() if raw)
            self.left.append(Left("a line without words", said, piece.line))
            return
        old = self._old.get(item_id) if before is not None else None
        changed: dict[str, Any] = {}
        if piece.kind is Entry:
            moment = self._moment(piece, before, old, scope)
            if moment is None and old is None:
                del self._ids[id(piece)]
                return
            changed |= moment or {}
        self._columns |= dict.fromkeys(_missing(piece, before))
        for name in _changed(piece, before):
            raw = piece.fields[name]
            try:
                changed |= READS[piece.kind][name](raw, old, scope)
            except UnclearError as error:
                self._leave(LABELS.get(name, name), raw, piece.line, about=item_id, place=name, why=str(error))
        changed |= self._again(piece, before)
        if piece.kind is Why:
            changed |= self._parent(piece, before)
        if old is None:
            self._new[item_id] = piece.kind(id=item_id, rank=0.0, **changed)
        elif changed:
            self._new[item_id] = msgspec.structs.replace(old, **changed)

    def _moment(self, piece: Piece, before: Piece | None, old: Item | None, scope: Scope) -> dict[str, Any] | None:
        """Return the moment of an entry, and the end of its span, if they changed; None when they cannot be read."""
        raw, day = piece.fields.get("time"), piece.fields.get("day", "")
        is_same_time = before is not None and (raw is None or same(raw, before.fields.get("time", "")))
        if is_same_time and before is not None and day in ("", before.fields.get("day", "")):
            return {}
        try:
            moment, until = values.when(raw or "", day, scope)
        except (UnclearError, ValueError) as error:
            words = f"{line(raw or '')} {line(piece.fields.get('text', ''))}" if old is None else raw or ""
            what = "time" if old is not None else "a new entry without a time"
            self._leave(what, words, piece.line, about=old.id if old is not None else "", place="at", why=str(error))
            return None
        if isinstance(old, Entry) and (old.at.at, old.until) == (moment.at, until):
            moment = Moment(moment.at, old.at.zone, moment.precision, moment.approximation)
        return {"at": moment, "until": until}

    def _again(self, piece: Piece, before: Piece | None) -> dict[str, Any]:
        """Return the text of a factor, if it was changed only where it stands a second time, as a root cause."""
        raw = piece.fields.get("again")
        if raw is None or before is None or same(raw, before.fields.get("again", raw)):
            return {}
        if same(raw, piece.fields.get("text", "")):
            return {}
        if same(piece.fields.get("text", ""), before.fields.get("text", "")) and line(raw):
            return {"text": values.text(raw)}
        self._leave("root cause", raw, piece.line, about=piece.mark, place="text", why="its words are others above")
        return {}

    def _parent(self, piece: Piece, before: Piece | None) -> dict[str, Any]:
        above = self._ids.get(id(piece.parent)) if piece.parent is not None else None
        if before is not None:
            was = before.parent.mark if before.parent is not None else None
            if above == was:
                return {}
        return {"parent": above}

    def _with_items(self, session: Session) -> Session:
        """Return the session with the items that are new or changed, in the order of the document."""
        taken: set[Any] = set()
        for item in self._new.values():
            if isinstance(item, Entry):
                old = self._old.get(item.id)
                taken |= {*item.milestones} - {*(old.milestones if isinstance(old, Entry) else ())}
        for kind in READS:
            pieces = [piece for piece in self.now.pieces if piece.kind is kind and id(piece) in self._ids]
            items = {each.id: self._new.get(each.id, each) for each in getattr(session, LISTS[kind])}
            items |= {key: item for key, item in self._new.items() if type(item) is kind}
            if kind is Entry and taken:
                items = _with_milestones(items, taken, self._new, self._old)
            items |= self._ranked(kind, pieces, items)
            if any(self._old.get(key) is not item for key, item in items.items()):
                session = msgspec.structs.replace(session, **{LISTS[kind]: edits.ordered(tuple(items.values()))})
        return session

    def _ranked(self, kind: type[Item], pieces: Sequence[Piece], items: Mapping[str, Item]) -> dict[str, Item]:
        """Return the items of which the rank changes, so that they stand in the order of the document."""
        groups: dict[Any, list[str]] = {}
        for piece in pieces:
            item = items[self._ids[id(piece)]]
            groups.setdefault(_group(item, piece), []).append(item.id)
        before: dict[Any, list[str]] = {}
        if kind is not Entry:
            for piece in self.was.pieces:
                if piece.kind is kind and piece.mark in self._old:
                    before.setdefault(_group(self._old[piece.mark], piece), []).append(piece.mark)
        ranked: dict[str, Item] = {}
        for group, ids in groups.items():
            known = [each for each in ids if each in self._old]
            keys = [(items[each].rank, each) for each in ids]
            # A list whose ranks do not tell its order, as in a file of somebody else, stays as it is too.
            as_before = known == [each for each in before.get(group, []) if each in {*known}]
            if known == ids and (keys == sorted(keys) or as_before):
                continue
            placed, _ = arranged([items[each] for each in ids], known)
            ranked |= {each.id: each for each in placed if items[each.id] is not each}
        return ranked

    def _leave(self, what: str, raw: str, at: int, *, about: str = "", place: str = "", why: str = "") -> None:
        if said := prose(raw):
            self.left.append(Left(f"{what} ({why})" if why else what, said, at, about, place))
        else:  # there are no words that could get lost
            self.notes.append(f"{f'line {at}, ' if at else ''}{what}: {why}; it stays as it was")


def _counted(kinds: Mapping[str, type[Item]], of: Iterable[str]) -> str:
    """Return how many items of each kind there are: "actions (3), lessons (1)"."""
    found = Counter(LISTS[kinds[each]].replace("_", " ") for each in of)
    return ", ".join(f"{name} ({count:,})" for name, count in sorted(found.items()))


def _changed(piece: Piece, before: Piece | None) -> list[str]:
    """Return the fields of a piece that were changed, or that say something where there was nothing before."""
    said = {name: piece.fields[name] for name in READS[piece.kind] if name in piece.fields}
    if before is None:
        return [name for name, raw in said.items() if raw]
    return [name for name, raw in said.items() if not same(raw, before.fields.get(name, ""))]


def _missing(piece: Piece, before: Piece | None) -> list[str]:
    """Return how the columns are called that a piece had something in, and that are not there any more."""
    if before is None or before.group != piece.group:
        return []
    gone = [name for name, raw in before.fields.items() if raw and name not in piece.fields]
    return [LABELS.get(name, name) for name in gone if name in READS[piece.kind] and name not in _NO_COLUMNS]


def _group(item: Item, piece: Piece) -> Any:
    """Return among which items of its kind the rank of an item counts."""
    if isinstance(item, Entry):
        return item.at.at
    return item.parent if isinstance(item, Why) else piece.group


def _with_milestones(
    items: Mapping[str, Item], taken: set[Any], new: Mapping[str, Item], old: Mapping[str, Item]
) -> dict[str, Item]:
    """Return entries of which none has a milestone that another one was given; of two, the first has it."""
    found: dict[str, Item] = {}
    given: set[Any] = set()
    for key, item in items.items():
        if not isinstance(item, Entry):
            continue
        was = old.get(key)
        had = was.milestones if isinstance(was, Entry) else ()
        gained = {each for each in item.milestones if each not in had and key in new} - given
        given |= gained
        kept = tuple(each for each in item.milestones if each not in taken or each in gained)
        found[key] = msgspec.structs.replace(item, milestones=kept) if kept != item.milestones else item
    return found


def _told(session: Session, names: References) -> dict[str, tuple[str, ...]]:
    """Return the entries by the times by which people name them, with the day and without."""
    told: dict[str, list[str]] = {}
    for entry in session.timeline:
        plain = clock(entry.at, names.zone)
        for time in dict.fromkeys((names.time(entry.at), plain, f"{day(entry.at.at, names.zone)} {plain}")):
            told.setdefault(time, []).append(entry.id)
    return {time: tuple(ids) for time, ids in told.items()}
