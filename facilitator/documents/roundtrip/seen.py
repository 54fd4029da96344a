"""What is seen in a document: the pieces of Markdown of which each belongs to one field, and what belongs to none."""

from collections.abc import Collection
from dataclasses import dataclass, field

from facilitator.documents.roundtrip.marks import unmarked
from facilitator.documents.roundtrip.words import settled
from facilitator.model.item import Item


@dataclass(slots=True, eq=False)
class Piece:
    """An item as it is seen: its mark, and the Markdown of its fields; a field that is not there is not shown.

    `group` says among which items of its kind its place counts. `parent` is the piece of the why that it answers.
    """

    kind: type[Item]
    fields: dict[str, str]
    line: int
    mark: str = ""
    group: str = ""
    parent: "Piece | None" = None

    @property
    def text(self) -> str:
        """What the item says, by which it is found again without its mark."""
        said = self.fields.get("text") or " ".join(self.fields.values())
        return settled(said)


@dataclass(frozen=True, slots=True)
class Rest:
    """Markdown that belongs to no field: under which heading, about which item, if any, and in which line."""

    place: str
    raw: str
    line: int
    about: str = ""
    made: bool = False
    """Whether the document makes it of something else, so that it says nothing of its own."""


@dataclass(slots=True)
class Seen:
    """All that is seen in a document. `known` are the ids that marks may have.

    `fields` are those of the session by their path. `marks` are the ids in all marks, wherever they stand, and `joined`
    those that stand behind another mark, as when two lines were made one.
    """

    known: Collection[str]
    marks: frozenset[str] = frozenset()
    joined: set[str] = field(default_factory=set)
    fields: dict[str, str] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    rest: list[Rest] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def put(self, path: str, raw: str) -> None:
        """Note the Markdown of a field of the session; what is there already stays above it."""
        before = self.fields.get(path, "")
        self.fields[path] = f"{before}\n\n{raw}" if before and raw else before or raw

    def bare(self, raw: str, place: str, line: int) -> tuple[str, str]:
        """Return Markdown without comments, and the id in its mark; what people say in comments is noted as rest."""
        text, ids, said = unmarked(raw, self.known.__contains__)
        mark = ids[0] if ids else ""
        self.joined.update(ids[1:])
        self.rest += [Rest(place, each, line, mark) for each in said]
        return text.strip(), mark

    def leave(self, place: str, raw: str, line: int, about: str = "", *, made: bool = False) -> None:
        """Note Markdown that belongs to no field."""
        text, ids, said = unmarked(raw, self.known.__contains__)
        self.rest += [Rest(place, each, line, ids[0] if ids else about) for each in said]
        if text.strip():
            self.rest.append(Rest(place, text.strip(), line, about or (ids[0] if ids else ""), made))
