"""Publishing a session: the document for its readers, its version, and the bytes that are kept of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from facilitator.cli.errors import Failure
from facilitator.cli.output import note
from facilitator.cli.review_edits import save
from facilitator.documents.formats import FILE_FORMATS, FORMATS, encode, file_name
from facilitator.documents.occasion import Occasion
from facilitator.model.review_items import Version
from facilitator.model.session import Session
from facilitator.model.text import handle
from facilitator.review.comments import Signed, name_of
from facilitator.review.versions import Published, Readers, ReasonMissingError, latest, numbered
from facilitator.store.ids import new_id
from facilitator.store.opening import Opened
from facilitator.store.published_files import keep_version, load_version
from facilitator.store.publishing import next_version
from facilitator.store.store import Store

if TYPE_CHECKING:
    from facilitator.settings.settings import Settings


def published(
    store: Store,
    opened: Opened,
    readers: Readers,
    settings: "Settings",
    write: Callable[[bytes], None],
    *,
    by: str,
    why: str,
) -> Published:
    """Publish a session: keep the bytes, `write` them, and save it only then; return what came of it.

    Raises what `write` raises; Failure for a session that can only be read, without somebody's yes to a profile, and
    for a correction without a reason; PublishedError where the bytes cannot be kept. Then nothing was changed.
    """
    session = opened.session
    if opened.read_only:
        raise Failure(f"{opened.path} can only be read: {opened.read_only}")
    now = datetime.now(UTC)
    render = _renderer(readers, settings, now)
    try:
        found = next_version(store.path, session, readers, render, Signed(by, now), new_id=new_id, why=why)
    except ReasonMissingError as error:
        raise Failure(f"{error}; add --why REASON") from error
    if found.is_new:
        if latest(session, readers) is not None and not found.version.changed and readers.format in FORMATS:
            note("what was published before is not in this store, so it is not told what was changed")
        keep_version(store.path, session.id, found.version, suffix_of(session, readers.format), found.content)
    write(found.content)
    save(store, opened, [("published", found.session)])
    return found


def again(store: Store, session: Session, number: int) -> tuple[Version, bytes]:
    """Return a version, and its bytes as they were published. Raises Failure and PublishedError."""
    found = numbered(session, number)
    if not found:
        last = max((each.number for each in session.versions), default=0)
        there = f"the last one is {last}" if last else "nothing of it was published yet"
        raise Failure(f"there is no version {number}; {there}")
    if len(found) > 1:
        makers = ", ".join(f"{handle(name_of(each.by))} {each.profile} {each.format}" for each in found)
        note(f"there are {len(found)} versions {number}, made at once: {makers}; this is the first")
    return found[0], load_version(store.path, session.id, found[0])


def suffix_of(session: Session, format_name: str) -> str:
    """Return how the names of files in a format end, such as ".md". Raises UnknownFormatError."""
    found = FORMATS.get(format_name) or FILE_FORMATS.get(format_name)
    if found is None:
        file_name(session, format_name)
        raise Failure(f"no format is called {format_name!r}")
    return found.suffix


def _renderer(readers: Readers, settings: "Settings", now: datetime) -> Callable[[Session], bytes]:
    occasion = Occasion(now, settings.ground_rules)

    def render(session: Session) -> bytes:
        if readers.profile:
            from facilitator.cli.redactions import for_readers

            session = for_readers(session, readers.profile, settings)
        return encode(session, readers.format, occasion)

    return render
