"""`facilitator merge-driver`: what git calls to merge two versions of a session."""

from pathlib import Path

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples
from facilitator.cli.output import note
from facilitator.model.session import Conflict, Session
from facilitator.model.text import one_line
from facilitator.store import codec
from facilitator.store.errors import UnreadableError


class Unmerged(Failure):
    """The two versions cannot be merged; git leaves the file to the user, as after any conflict."""

    exit_code = 1


@click.command(
    "merge-driver",
    epilog=examples(
        "facilitator merge-driver base.json ours.json theirs.json",
        "git config merge.facilitator.driver 'facilitator merge-driver %O %A %B --path %P'",
        "echo '*.json merge=facilitator' >> .gitattributes",
    ),
)
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.option("--path", "name", metavar="NAME", help="The name of the file in the repository, for messages.")
def command(*, base: Path, ours: Path, theirs: Path, name: str | None) -> None:
    """Merge two versions of a session for git: OURS and THEIRS, which both were BASE, into OURS.

    Nothing that either wrote is lost. Where both wrote in one field, both values are kept in the session, to be settled
    in the app; they are named on stderr. Ends with 1, and leaves OURS as it is, when a version cannot be read, is of a
    newer format or another session, or has fields that this version of the program would drop.
    """
    shown = name or str(ours)
    mine = _version(ours, f"{shown} (ours)")
    others = _version(theirs, f"{shown} (theirs)")
    if mine.id != others.id:
        raise Unmerged(f"{shown}: these are two sessions, {mine.id} and {others.id}; keep each in a file of its own")
    merged = _merged(_base(base, mine, others, f"{shown} (base)"), mine, others)
    if merged != mine:
        try:
            ours.write_bytes(codec.dumps(merged))
        except ValueError as error:
            raise Unmerged(f"{shown}: the two versions do not fit together: {error}") from error
    known = {conflict.id for conflict in (*mine.conflicts, *others.conflicts)}
    for conflict in merged.conflicts:
        if conflict.id not in known:
            note(
                f"{shown}: {_told(conflict, merged)} was changed on both sides; both are kept, to be settled in the app"
            )


def _merged(base: Session, mine: Session, theirs: Session) -> Session:
    from facilitator.model.merge import merge

    return merge(base, mine, theirs)


def _base(path: Path, mine: Session, theirs: Session, shown: str) -> Session:
    """Return the session that both were; where git has none, because both added the file, one made from the two."""
    if not path.is_file() or not _read(path, shown).strip():
        from facilitator.model.ancestry import ancestor

        return ancestor(theirs, mine, {})
    base = _loaded(path, shown)
    if base.id != mine.id:
        raise Unmerged(f"{shown} is another session, {base.id}; {mine.id} did not come from it")
    return base


def _version(path: Path, shown: str) -> Session:
    session = _loaded(path, shown)
    unknown = codec.unknown_fields(_read(path, shown))
    if unknown:
        places = ", ".join(unknown[:3])
        raise Unmerged(
            f"{shown} has fields that this version does not know and would drop: {places}; update facilitator"
        )
    return session


def _loaded(path: Path, shown: str) -> Session:
    try:
        return codec.loads(_read(path, shown), shown)
    except UnreadableError as error:
        raise Unmerged(str(error)) from error


def _read(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unmerged(f"{shown} cannot be read: {error.strerror or error}") from error


def _told(conflict: Conflict, session: Session) -> str:
    from facilitator.model.edits import find
    from facilitator.model.told import field_told, item_told, kind_told

    item = find(session, conflict.about) if conflict.about else None
    if item is None:
        return f"'{field_told(conflict.field)}'"
    return f"'{field_told(conflict.field)}' of {kind_told(item)} '{one_line(item_told(item, session))[:60]}'"
