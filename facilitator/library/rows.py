"""The rows of the index: how the tables are made, and what of a session stands in them."""

import os
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from facilitator.library import ledger
from facilitator.library.facets import facets
from facilitator.library.facts import Facts, facts
from facilitator.library.numbering import base_of, severity_number
from facilitator.library.texts import WEIGHTS, Column, columns
from facilitator.model.session import Session

if TYPE_CHECKING:
    from facilitator.library.reading import Read

NUMBERS = ("mttd", "mtta", "mttr", "duration", "budget", "users")
"""The numbers of a session, each a column of the table of sessions."""

_TEXTS = (*Column, "facet")

SCHEMA = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE files(
    name BLOB PRIMARY KEY, modified INTEGER, size INTEGER, inode INTEGER, link INTEGER, id TEXT
) WITHOUT ROWID;
CREATE TABLE sessions(
    number INTEGER PRIMARY KEY, id TEXT, file TEXT, title TEXT, severity INTEGER, {" REAL, ".join(NUMBERS)} REAL
);
CREATE TABLE pending(
    session INTEGER, item TEXT, born INTEGER, due INTEGER, owner TEXT, name TEXT, type TEXT,
    priority INTEGER
);
CREATE VIRTUAL TABLE found USING fts5({", ".join(_TEXTS)}, tokenize='ascii');
{ledger.SCHEMA}"""
INDEXES = (
    "CREATE INDEX files_by_id ON files(id)",
    "CREATE UNIQUE INDEX sessions_by_id ON sessions(id)",
    "CREATE INDEX pending_by_session ON pending(session)",
    "CREATE INDEX pending_by_born ON pending(born, session)",
    "CREATE INDEX pending_by_due ON pending(due, session)",
    *(f"CREATE INDEX sessions_by_{name} ON sessions({name})" for name in ("severity", *NUMBERS)),
)


RANK = f"bm25({', '.join([*(str(weight) for weight in WEIGHTS.values()), '0.0'])})"
SET_RANK = f"INSERT INTO found(found, rank) VALUES('rank', '{RANK}')"
_INSERT_SESSION = f"INSERT INTO sessions VALUES({', '.join('?' * (5 + len(NUMBERS)))})"
_INSERT_TEXTS = f"INSERT INTO found(rowid, {', '.join(_TEXTS)}) VALUES({', '.join('?' * (1 + len(_TEXTS)))})"
_DELETE = (
    "DELETE FROM found WHERE rowid = ?",
    "DELETE FROM sessions WHERE number = ?",
    "DELETE FROM pending WHERE session = ?",
    *ledger.DELETE,
)


class Row(NamedTuple):
    """What of one session stands in the index. `base` is the number of its row, but for the lowest bits."""

    base: int
    session: tuple[object, ...]
    texts: tuple[str, ...]
    ledger: ledger.Rows

    @property
    def id(self) -> str:
        """The id of the session."""
        return str(self.session[0])


def row(read: "Read", session: Session) -> Row:
    """Return what stands in the index of the session in a file."""
    known: Facts = facts(session)
    numbers = (known.numbers.get(name) for name in NUMBERS)
    return Row(
        base_of(known.when),
        (session.id, read.name, session.title, severity_number(session.severity), *numbers),
        (*columns(session), " ".join(facets(known))),
        ledger.rows(session),
    )


def insert(db: sqlite3.Connection, rows: "list[tuple[int, Row]]") -> None:
    """Put rows with these numbers into the tables."""
    db.executemany(_INSERT_TEXTS, [(number, *each.texts) for number, each in rows])
    db.executemany(_INSERT_SESSION, [(number, *each.session) for number, each in rows])
    db.executemany(
        f"INSERT INTO pending VALUES({', '.join('?' * 8)})",
        [(number, *item) for number, each in rows for item in each.ledger.pending],
    )
    db.executemany(ledger.INSERT_BRIEF, [(number, *each.ledger.brief) for number, each in rows])
    db.executemany(ledger.INSERT_ACTIONS, [(number, each.ledger.actions) for number, each in rows])


def delete(db: sqlite3.Connection, number: int) -> None:
    """Remove a row from all tables."""
    for statement in _DELETE:
        db.execute(statement, (number,))


def file_row(read: "Read") -> tuple[object, ...]:
    """Return the row of a file. Its name is kept in bytes: it need not be text."""
    seen = read.revision
    identity = read.session.id if read.session is not None else None
    return (os.fsencode(read.name), seen.modified, seen.size, seen.inode, read.link, identity)
