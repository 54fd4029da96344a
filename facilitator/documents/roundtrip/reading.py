"""Reading a document back: the session as somebody left it in the document, and what found no place in it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise

import msgspec

from facilitator.documents.escape import inline
from facilitator.documents.markdown import markdown
from facilitator.documents.pictures.figures import FIGURES, fenced, nothing
from facilitator.documents.roundtrip.blocks import TooDeepError
from facilitator.documents.roundtrip.carried import Carried, digest, split
from facilitator.documents.roundtrip.marks import mark, marks_in, unwrapped
from facilitator.documents.roundtrip.placing import Left, Placing
from facilitator.documents.roundtrip.sections import look
from facilitator.documents.roundtrip.seen import Rest, Seen
from facilitator.documents.roundtrip.words import TYPOGRAPHIC, prose, settled
from facilitator.model.edits import LISTS
from facilitator.model.moments import local
from facilitator.model.review_items import Comment
from facilitator.model.session import Session
from facilitator.model.text import MAX_TEXT, clean

LONGEST = 4_000_000
"""The longest document that is read, in characters."""

MOST_LINES = 100_000
"""The most lines of a document that are read: these take some ten seconds, and no session has as many."""

MANY = 20
"""How many things that found no place are kept as a comment each, where they are in one place."""

_VERY_MANY = 5_000

_RULE = "======="
_GIT = re.compile(r"(?:<{7}|>{7})(?: |\Z)|={7}\Z|\|{7} [^|]*\Z")

NO_SIGN = (
    "it holds no comments of facilitator, so it cannot be told what was changed in it. Export with --round-trip, and "
    "edit that document; or make a new session of this one with 'facilitator intake --new FILE'"
)
"""What is said of a document that was exported in the usual way, or is not ours."""


class RoundTripError(ValueError):
    """A document that cannot be read back; the message says why, and what to do."""


class Document(msgspec.Struct, frozen=True):
    """A document as it was read: its text without what it carries, and that."""

    text: str
    carried: Carried


class Outcome(msgspec.Struct, frozen=True):
    """What a document comes to.

    `base` is the session as the document was written, `session` as it was left. What found no `place` is in `left`, and
    kept in the session as comments. `notes` are remarks on how it was read.
    """

    base: Session
    session: Session
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()


def opened(text: str) -> Document:
    """Return a document.

    Raises RoundTripError for one that was not written to be read back, is too long, or holds a conflict of git.
    """
    if len(text) > LONGEST:
        raise RoundTripError(f"it is longer than {LONGEST:,} characters")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise RoundTripError("it is empty")
    if text.count("\n") > MOST_LINES:
        raise RoundTripError(f"it has more than {MOST_LINES:,} lines")
    if at := _conflict(text):
        raise RoundTripError(f"line {at}: git has left two versions there; choose, take out its marks, and merge again")
    rest, carried = split(text)
    if carried is None:
        if not marks_in(rest):
            raise RoundTripError(NO_SIGN)
        carried = Carried(problem="it is missing")
    return Document(unwrapped(_plain(rest)), carried)


def read(text: str, at: datetime) -> Outcome:
    """Return what a document comes to on its own; `at` is now, aware. Unedited, it is what was published.

    Raises RoundTripError for one that does not say from which state it was made.
    """
    document = opened(text)
    if document.carried.session is None:
        raise RoundTripError(f"the comment at its end cannot be read: {document.carried.problem}")
    return read_back(document, document.carried.session, at)


def read_back(document: Document, base: Session, at: datetime, *, by: str = "", careful: bool = False) -> Outcome:
    """Return what a document comes to that was written from `base`; `by` is whose comments come of it.

    With `careful` it is only compared with `base`, because it is not known from what it was written: then nothing is
    deleted for not being there. The same document, read again, gives the same items. Raises RoundTripError for one with
    blocks too deep in each other.
    """
    ids = frozenset(item.id for name in LISTS.values() for item in getattr(base, name))
    was, parts = look(_plain(markdown(base, nothing, mark)), ids)
    try:
        now, _ = look(document.text, ids, parts)
    except TooDeepError as error:
        raise RoundTripError(str(error)) from error
    seed = f"{base.id} {document.carried.digest or digest(base)}"
    placing = Placing(base, was, now, local(at, base.zone).date(), seed, careful)
    session = placing.placed()
    left = tuple(_together((*placing.left, *_unplaced(was, now, base, session))))
    notes = (*now.notes, *placing.notes)
    return Outcome(base, with_comments(session, left, at, by), left, notes)


def with_comments(session: Session, left: Sequence[Left], at: datetime, by: str = "") -> Session:
    """Return the session with a comment for everything that found no place, by whoever merges it.

    One that is there already stays.
    """
    present = {comment.id for comment in session.comments}
    items = {item.id for name in LISTS.values() for item in getattr(session, name)}
    rank = max((comment.rank for comment in session.comments), default=0.0)
    new: list[Comment] = []
    for each in left:
        words = f"In the document, {each.what}: {each.words}"
        for number in range(0, len(words), MAX_TEXT):
            key = f"{session.id} {each.about} {each.place} {number} {words}"
            comment_id = f"M{sha256(key.encode()).hexdigest()[:25].upper()}"
            if comment_id in present:
                continue
            present.add(comment_id)
            about = each.about if each.about in items else ""
            text = words[number : number + MAX_TEXT]
            rank += 1.0
            new.append(
                Comment(
                    id=comment_id, rank=rank, at=at.astimezone(UTC), by=by, text=text, about=about, place=each.place
                )
            )
    return msgspec.structs.replace(session, comments=(*session.comments, *new)) if new else session


def _conflict(text: str) -> int:
    """Return the line, counted from 1, in which a mark of git stands that nobody took out; 0 without one.

    Seven equals signs below a line of seven characters are no mark: so long is the rule below a heading.
    """
    lines = text.split("\n")
    for number, (above, line) in enumerate(pairwise(("", *lines)), 1):
        if _GIT.match(line) and not (line == _RULE and len(above) == len(_RULE)):
            return number
    return 0


def _unplaced(was: Seen, now: Seen, base: Session, session: Session) -> Iterator[Left]:
    """Yield what belongs to no field and was not in the document as it was written."""
    # So much that somebody else's document is in it: then it is compared and kept as it is written, which is quicker.
    read = settled if len(now.rest) < len(was.rest) + _VERY_MANY else _bare
    known = Counter(read(each.raw) for each in was.rest)
    new: list[tuple[Rest, str]] = []
    for each in now.rest:
        said = read(each.raw)
        if known[said]:
            known[said] -= 1
        elif said:
            new.append((each, said))
    if any(each.made for each, _ in new):
        figures = {_bare(fenced(figure, each)) for figure in FIGURES.values() for each in (base, session)}
        labels = tuple(f"![{inline(figure.label)}](" for figure in FIGURES.values())
        new = [
            (each, said)
            for each, said in new
            if not each.made or not (_bare(each.raw) in figures or each.raw.startswith(labels))
        ]
    if any(each.made for each, _ in new):
        # What the document makes of other parts may be as it would be made of these now.
        again, _ = look(markdown(session, nothing, mark), frozenset(now.known))
        made = {read(each.raw) for each in again.rest}
        new = [(each, said) for each, said in new if not each.made or said not in made]
    for rest, _ in new:
        where = f"under '{rest.place}'" if rest.place else "at the top"
        what = f"{where}, which is made from other parts" if rest.made else where
        words = prose(rest.raw) if read is settled else ""
        yield Left(what, words or rest.raw, rest.line, rest.about)


def _together(left: Sequence[Left]) -> Iterator[Left]:
    """Yield what found no place; what is very much in one place, such as a table of others, as one."""
    places = Counter((each.what, each.about) for each in left)
    joined: dict[tuple[str, str], list[Left]] = {}
    for each in left:
        key = (each.what, each.about)
        if places[key] > MANY:
            joined.setdefault(key, []).append(each)
        else:
            yield each
    for several in joined.values():
        yield msgspec.structs.replace(several[0], words="\n".join(each.words for each in several))


def _bare(source: str) -> str:
    return " ".join(source.translate(TYPOGRAPHIC).split())


def _plain(text: str) -> str:
    """Return Markdown without what would command a terminal; tabs, which may be indents, stay."""
    return text if text.isascii() and text.isprintable() else "\n".join(clean(line) for line in text.split("\n"))
