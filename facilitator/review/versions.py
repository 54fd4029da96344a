"""Versions: what was published, when and why, and what is not as in the version before."""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from html import unescape

import msgspec

from facilitator.model import edits
from facilitator.model.review_items import Version
from facilitator.model.session import Session, Status
from facilitator.model.text import one_line, paragraphs
from facilitator.review.comments import Signed, name_of

_TOP = "beginning"
_RULE = re.compile("-{3,}")
_HTML = re.compile(r"<h2(?: [^<>]*)?>(.*?)</h2>")
_TAG = re.compile(r"<[^<>]*>")
_KEY = re.compile(r' {2}"(\w+)":')
_UNDERLINE = re.compile("-{3,}")


class Readers(msgspec.Struct, frozen=True):
    """For whom something is published, by the name of a profile or empty for the copy of the house, and as what."""

    profile: str
    format: str


class Published(msgspec.Struct, frozen=True):
    """What came of publishing: the session, the bytes, and their version.

    `is_new` tells that this version is new; else the same was published before, and nothing was changed since.
    """

    session: Session
    content: bytes
    version: Version
    is_new: bool


class ReasonMissingError(ValueError):
    """What was published is to be published anew, and nobody says why."""


def digest(content: bytes) -> str:
    """Return what tells bytes from others: their SHA-256, in hexadecimal."""
    return sha256(content).hexdigest()


def publish(
    session: Session,
    readers: Readers,
    render: Callable[[Session], bytes],
    signed: Signed,
    new_id: Callable[[], str],
    *,
    before: bytes | None = None,
    why: str = "",
) -> Published:
    """Return what comes of publishing a session as `render` writes it: the session is final, and has one version more.

    `before` are the bytes of the last version for these readers, where they are still there. A document tells of every
    correction up to its own, so it is the same when it is written once more; and only of those for the same readers.
    Raises ReasonMissingError for a correction without a reason.
    """
    final = msgspec.structs.replace(session, status=Status.FINAL)
    last = latest(session, readers)
    base = render(as_told(final, readers, last))
    if last is not None and last.digest == digest(base):
        return Published(final, base, last, is_new=False)
    changed = changes(before, base) if last is not None and before is not None else ""
    if last is not None and not one_line(why):
        told = f" ({changed})" if changed else ""
        raise ReasonMissingError(f"a correction of version {last.number} needs a reason: why is it published?{told}")
    version = Version(
        id=new_id(),
        at=signed.at,
        by=name_of(signed.by),
        number=max((each.number for each in session.versions), default=0) + 1,
        text=paragraphs(why).strip(),
        changed=changed,
        profile=readers.profile,
        format=readers.format,
    )
    final = edits.add(final, version)
    content = render(as_told(final, readers, version))
    final = edits.change(final, version.id, digest=digest(content))
    return Published(final, content, edits.get(final, Version, version.id), is_new=True)


def as_told(session: Session, readers: Readers, newest: Version | None) -> Session:
    """Return a session with the versions that are told to its readers, the newest without a digest, as it was then."""
    shown = (
        msgspec.structs.replace(each, digest="") if newest is not None and each.id == newest.id else each
        for each in session.versions
        if _readers(each) == readers
    )
    return msgspec.structs.replace(session, versions=tuple(shown))


def latest(session: Session, readers: Readers) -> Version | None:
    """Return the last version for these readers, or None."""
    found = [each for each in session.versions if _readers(each) == readers]
    return max(found, key=lambda each: (each.number, each.at, each.id), default=None)


def numbered(session: Session, number: int) -> tuple[Version, ...]:
    """Return the versions with a number: one, or those that two terminals made at once, the earliest first."""
    found = [each for each in session.versions if each.number == number]
    return tuple(sorted(found, key=lambda each: (each.at, each.id)))


def corrections(session: Session) -> tuple[Version, ...]:
    """Return the versions but the first for each group of readers, in the order in which they were published."""
    firsts: set[Readers] = set()
    found: list[Version] = []
    for each in sorted(session.versions, key=lambda each: (each.number, each.at, each.id)):
        if _readers(each) in firsts:
            found.append(each)
        firsts.add(_readers(each))
    return tuple(found)


def changes(before: bytes, after: bytes) -> str:
    """Return in one line what lies between two documents: "Timeline: 2 lines added; Impact: 1 line changed".

    Lines are counted by the section of the Markdown, HTML, plain text or JSON in which they stand; empty ones are not
    counted. Nothing for documents that are no text.
    """
    from difflib import SequenceMatcher

    try:
        old, new = list(_in_sections(before.decode())), list(_in_sections(after.decode()))
    except UnicodeDecodeError:
        return ""
    counts: dict[str, list[int]] = {}
    matcher = SequenceMatcher(None, [line for _, line in old], [line for _, line in new], autojunk=False)
    for what, first, last, start, end in matcher.get_opcodes():
        if what == "equal":
            continue
        removed, added = old[first:last], new[start:end]
        both = min(len(removed), len(added))
        for number, (section, _) in enumerate(added):
            counts.setdefault(section, [0, 0, 0])[0 if number < both else 1] += 1
        for section, _ in removed[both:]:
            counts.setdefault(section, [0, 0, 0])[2] += 1
    if not any(section != _TOP for section, _ in (*old, *new)):
        return "; ".join(_told(*each) for each in counts.values())
    return "; ".join(f"{section}: {_told(*each)}" for section, each in counts.items())


def _readers(version: Version) -> Readers:
    return Readers(version.profile, version.format)


def _told(changed: int, added: int, removed: int) -> str:
    said: list[str] = []
    for count, what in ((changed, "changed"), (added, "added"), (removed, "removed")):
        if count:
            said.append(f"{count} {what}" if said else f"{count} {'line' if count == 1 else 'lines'} {what}")
    return ", ".join(said)


def _in_sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of a document that are not empty, each with the section in which it stands."""
    section, is_json = _TOP, text.startswith("{")
    lines = [line.rstrip() for line in text.split("\n")]
    for line, below in zip(lines, (*lines[1:], ""), strict=True):
        section = (_key(line) if is_json else _heading(line, below)) or section
        if line.strip():
            yield section, _RULE.sub("---", " ".join(line.split()))  # columns of tables are padded


def _key(line: str) -> str:
    """Return the key of a session in JSON whose value begins in a line, in words, or nothing."""
    found = _KEY.match(line)
    return found[1].replace("_", " ") if found is not None else ""


def _heading(line: str, below: str) -> str:
    """Return the section that begins with a line of Markdown, HTML or plain text, or nothing; `below` is the next line.

    No line of people looks like these: it is escaped, or indented.
    """
    if line.startswith("## "):
        return line.removeprefix("## ").strip()
    if (found := _HTML.match(line)) is not None:
        return one_line(unescape(_TAG.sub("", found[1])))
    is_underlined = line[:1].strip() != "" and _UNDERLINE.fullmatch(below) is not None and len(below) == len(line)
    return line if is_underlined else ""
