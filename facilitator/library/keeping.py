"""Keeping an index: what was read of files that changed is put into it, in the place of what was there."""

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from facilitator.library.numbering import SPARE_BITS
from facilitator.library.reading import Read, read
from facilitator.library.rows import Row, delete, file_row, insert, row
from facilitator.store.storage import Revision


def files(db: sqlite3.Connection) -> dict[str, Revision]:
    """Return the files as they are in an index. Raises sqlite3.Error."""
    rows = db.execute("SELECT name, modified, size, inode FROM files").fetchall()
    return {os.fsdecode(name): Revision(modified, size, inode) for name, modified, size, inode in rows}


def keep(db: sqlite3.Connection, folder: Path, found: Mapping[str, Read | None]) -> None:
    """Put files of a store, as they are now or are no more, into its index: all or nothing. Raises sqlite3.Error."""
    db.execute("BEGIN IMMEDIATE")
    try:
        _Keeping(db, folder, found).apply()
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


class _Keeping:
    """Files on their way into an index."""

    def __init__(self, db: sqlite3.Connection, folder: Path, found: Mapping[str, Read | None]) -> None:
        self._db, self._folder, self._found = db, folder, found

    def apply(self) -> None:
        """Let each session that the files have to do with come from the file that counts."""
        touched: set[str] = set()
        for name, now in self._found.items():
            key = os.fsencode(name)
            before = self._db.execute("SELECT id FROM files WHERE name = ?", (key,)).fetchone()
            touched.update(each for each in before or () if each is not None)
            self._db.execute("DELETE FROM files WHERE name = ?", (key,))
            if now is not None:
                self._db.execute("INSERT INTO files VALUES(?, ?, ?, ?, ?, ?)", file_row(now))
                if now.session is not None:
                    touched.add(now.session.id)
        for identity in touched:
            self._elect(identity)

    def _elect(self, identity: str) -> None:
        rows = self._db.execute("SELECT link, name FROM files WHERE id = ?", (identity,)).fetchall()
        ranked = sorted((bool(link), len(os.fsdecode(name)), os.fsdecode(name)) for link, name in rows)
        there = self._db.execute("SELECT number, file FROM sessions WHERE id = ?", (identity,)).fetchone()
        name = ranked[0][2] if ranked else None
        if there is not None and name == there[1] and name not in self._found:
            return
        now = (self._found[name] if name in self._found else read(self._folder, name)) if name is not None else None
        if there is not None:
            delete(self._db, there[0])
        if now is not None and now.session is not None and now.session.id == identity:
            made = row(now, now.session)
            number = self._free(made, there[0] if there is not None else None)
            insert(self._db, [(number, made)])

    def _free(self, made: Row, before: int | None) -> int:
        """Return a number for a row: that of before, if its moment is the same."""
        if before is not None and before >> SPARE_BITS == made.base >> SPARE_BITS:
            return before
        last = made.base + (1 << SPARE_BITS) - 1
        said = "SELECT max(number) FROM sessions WHERE number BETWEEN ? AND ?"
        highest = self._db.execute(said, (made.base, last)).fetchone()[0]
        return made.base if highest is None else int(highest) + 1
