"""What `facilitator intake --new` does: a new session of each file, and the same as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from facilitator.cli.errors import BAD_INPUT, Failure
from facilitator.cli.intaking import Asked, places, read_files, skipped
from facilitator.cli.output import emit, note, say
from facilitator.cli.sources import shown
from facilitator.cli.takes import taken_in
from facilitator.intake.drafts import Draft, Stamp
from facilitator.intake.errors import SourceError
from facilitator.intake.kinds.postmortem import KIND as POSTMORTEM
from facilitator.intake.markdown.document import Document
from facilitator.intake.markdown.new_session import session_of
from facilitator.intake.markdown.reading import read_document
from facilitator.intake.reader import Options
from facilitator.intake.reading import Found, drafts
from facilitator.intake.report import Report
from facilitator.intake.sources.decoding import decoded
from facilitator.model.moments import Approximation, local
from facilitator.model.session import Intake, Session
from facilitator.model.text import clean, one_line
from facilitator.store.draft_files import keep
from facilitator.store.ids import new_id

if TYPE_CHECKING:
    from facilitator.store.store import Store


_MARKDOWN = frozenset((".md", ".markdown", ".mdx", ".mkd", ".mdown", ".qmd", ".rmd"))
"""What stands in the name of a file that is a document, and becomes a session as one."""

_PAGES = frozenset((".html", ".htm"))
_MOST_LOOKED_AT = 10_000
_NOT_A_DOCUMENT = "not Markdown"
_NOTHING = "nothing is filled in: no entry, no action and no words under its headings"


def make_sessions(
    store: "Store", files: Sequence[str], asked: Asked, *, home: Session, take: str, as_json: bool
) -> int:
    """Make a session of each file and say so, or say what would be in it; return the exit code.

    `home` is a new session as the settings have it, and `take` says which drafts of records become its entries. A file
    that cannot be read is told, and the others are read.
    """
    maker = _Maker(store, home, asked, take)
    failed = False
    for file in files:
        try:
            for each in maker.made(file):
                _show(each, as_json=as_json)
        except Failure as error:
            failed = True
            if not as_json:
                error.show()
            else:
                _emit({"file": shown(file), "error": clean(error.message)})
                note(error.message)
    return BAD_INPUT if failed else 0


class _Maker:
    """Makes sessions of files, one after the other."""

    def __init__(self, store: "Store", home: Session, asked: Asked, take: str) -> None:
        self._store, self._home, self._asked, self._take = store, home, asked, take

    def made(self, file: str) -> list[dict[str, Any]]:
        """Return what was found in a file, or in each document of a folder or an archive."""
        found: list[dict[str, Any]] = []

        def read_one(source: Found, options: Options, report: Report) -> None:
            of_documents = source.reader.kind == POSTMORTEM
            found.extend(
                self._documents(source, options, report) if of_documents else self._records(source, options, report)
            )

        named = not self._asked.kind and _is_of_documents(Path(file))
        asked = replace(self._asked, kind=POSTMORTEM) if named else self._asked
        read_files([file], asked, read_one)
        return found

    def _documents(self, source: Found, options: Options, report: Report) -> Iterator[dict[str, Any]]:
        for member in source.source.members():
            alone = member.name == source.source.name
            if not alone and Path(member.name.lower()).suffix not in _MARKDOWN | _PAGES:
                yield _nothing_of(member.name, _NOT_A_DOCUMENT)
                continue
            own = Report()
            try:
                text = decoded(source.source.read(member), partial(own.skip, member.name, ""))
            except SourceError as error:
                if alone:
                    raise
                yield _nothing_of(member.name, str(error))
                continue
            document = read_document(text, member.name, options.now.date(), own, day=options.day)
            filled = bool(document.entries or document.actions or document.sections or document.others)
            if not filled:
                own.skip(member.name, "", _NOTHING)
            result = {"file": member.name, "kind": POSTMORTEM, **_of_document(document), "skipped": places(own)}
            report.read += len(document.entries)
            if self._asked.keep and filled:
                zone = options.zone or self._home.zone
                session = session_of(document, new_id=new_id, now=options.now, zone=zone)
                result["id"] = self._store.create(session).session.id
            yield result

    def _records(self, source: Found, options: Options, report: Report) -> Iterator[dict[str, Any]]:
        read = list(drafts(source, replace(options, zone=options.zone or self._home.zone), report))
        times = [each.stamp.local for each in read if each.stamp is not None]
        result: dict[str, Any] = {
            "file": source.source.name,
            "kind": source.reader.kind,
            "title": one_line(source.source.name),
            "date": min(times).date().isoformat() if times else None,
            "severity": None,
            "zone": None,
            "entries": [_entry(each.stamp, each.text, each.line) for each in read if each.stamp is not None],
            "actions": [],
            "sections": {},
            "skipped": places(report),
        }
        if self._asked.keep and read:
            result["id"] = self._kept(source, options, read).id
        yield result

    def _kept(self, source: Found, options: Options, read: Sequence[Draft]) -> Session:
        """Make a session with the drafts of a source beside it."""
        session = replace_home(self._home, one_line(source.source.name), options.now)
        opened = self._store.create(session)
        zone = options.zone or session.zone
        kept = keep(self._store.path, session.id, read)
        intake = Intake(
            text=source.source.name, kind=source.reader.kind, read=options.now, digest=kept.digest, count=kept.count,
            zone=zone,
        )  # fmt: skip
        return self._store.save(opened, taken_in(self._store.path, session, [intake], self._take).session).session


def _is_of_documents(path: Path) -> bool:
    """Return whether a file is called as documents are, or a folder has at least as many of them as of others."""
    if path.is_file():
        return not _MARKDOWN.isdisjoint(suffix.lower() for suffix in path.suffixes)
    suffixes = [each.suffix.lower() for each in islice(path.rglob("*"), _MOST_LOOKED_AT) if each.suffix]
    return 0 < len(suffixes) <= 2 * sum(each in _MARKDOWN for each in suffixes)


def _nothing_of(file: str, reason: str) -> dict[str, Any]:
    return {
        "file": file,
        "kind": POSTMORTEM,
        **_of_document(Document()),
        "skipped": [{"file": file, "place": "", "reason": reason}],
    }


def replace_home(home: Session, title: str, now: datetime) -> Session:
    """Return a new session as the settings have it, with a title."""
    return msgspec.structs.replace(home, id=new_id(), title=title, created=now)


def _of_document(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "severity": document.severity,
        "zone": document.zone or None,
        "entries": [_entry(each.stamp, each.text, each.line) for each in document.entries],
        "actions": [
            {
                "description": each.description,
                "owner": each.owner,
                "due": each.due.isoformat() if each.due else None,
                "ticket": each.ticket,
                "status": each.status,
                "line": each.line,
            }
            for each in document.actions
        ],
        "sections": {str(section): list(texts) for section, texts in document.sections.items()},
    }


def _entry(stamp: Stamp, text: str, line: int) -> dict[str, Any]:
    return {
        "at": _utc(stamp),
        "local": stamp.local.isoformat(timespec="minutes" if not stamp.local.second else "seconds"),
        "precision": stamp.precision,
        "about": stamp.approximation is not Approximation.EXACT,
        "until": _end(stamp),
        "text": text,
        "line": line,
    }


def _utc(stamp: Stamp) -> str | None:
    """Return when it was in UTC; None where the document says no zone, or one outside of the calendar."""
    if not stamp.zone:
        return None
    try:
        return _told(stamp.moment("").at)
    except (ValueError, OverflowError):
        return None


def _end(stamp: Stamp) -> str | None:
    """Return the end of a span: in UTC where there is a zone, else as it stands there."""
    if stamp.until is None:
        return None
    try:
        end = stamp.end("") if stamp.zone else None
    except (ValueError, OverflowError):
        end = None
    return _told(end) if end is not None else stamp.until.isoformat(timespec="minutes")


def _told(at: datetime) -> str:
    return local(at, "UTC").isoformat(timespec="seconds").replace("+00:00", "Z")


def _emit(result: dict[str, Any]) -> None:
    emit(json.dumps(result, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def _show(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        _emit(found)
        return
    if "id" in found:
        say(found["id"])
    entries, actions = len(found["entries"]), len(found["actions"])
    zone = f", times in {found['zone']}" if found["zone"] else ""
    say(f"  {found['file']}: {found['title'] or 'no title'}")
    say(f"  {entries} {'entry' if entries == 1 else 'entries'}, {actions} action{'s' if actions != 1 else ''}{zone}")
    for line in skipped(found["skipped"], found["file"]):
        say(line)
