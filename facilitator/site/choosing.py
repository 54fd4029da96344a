"""Which sessions a site shows, and which text of them: what was published for its readers, and nothing else.

A session is shown when it is final. For readers who are not of the house somebody must have said yes to it. Of a
session that was changed since it was published the site shows the last version that was published, byte for byte.
"""

import re
from collections.abc import Callable
from html import unescape

import msgspec

from facilitator.documents.markdown import markdown
from facilitator.documents.page.html_page import placed
from facilitator.documents.pictures.figures import FIGURES
from facilitator.library.facts import CLOSED
from facilitator.model.review_items import Version
from facilitator.model.session import Session, Status
from facilitator.model.text import handle, one_line
from facilitator.redaction.consent import Yes, state_of
from facilitator.redaction.detecting import found_in
from facilitator.redaction.profiles import INTERNAL, Profile
from facilitator.redaction.redacting import redacting
from facilitator.review.versions import Readers, as_told, digest, latest
from facilitator.site.names import page_of
from facilitator.site.postmortem import LeftOut, Postmortem, Work
from facilitator.site.reading import read
from facilitator.store.publishing import as_published

FORMAT = "markdown"
"""The format of the versions that a site shows."""

_HOUSE = ""
"""The profile of the copy of the house, in which nothing is replaced."""

_TAG = re.compile(r"<[^>]*>")

Kept = Callable[[Session, Version], bytes | None]
"""Gives the bytes of a version as they were published, or None when they are not here."""


class Audience(msgspec.Struct, frozen=True):
    """For whom a site is made: the profile, and the team's own patterns for what is sensitive."""

    profile: Profile
    patterns: tuple[str, ...] = ()

    @property
    def in_house(self) -> bool:
        """Whether they are of the house, and may see what is still to be done."""
        return self.profile.name == INTERNAL.name


def postmortem_of(session: Session, audience: Audience, kept: Kept) -> Postmortem | LeftOut:
    """Return what readers get to see of a session, or why they get nothing."""
    profile = audience.profile.name

    def left_out(reason: str) -> LeftOut:
        return LeftOut(session.id, session.title, reason)

    if session.status is not Status.FINAL:
        return left_out(not_final(session.status))
    if not audience.in_house and not any(each.profile == profile for each in session.consents):
        return left_out(f"nobody has said yes to the profile {profile}")
    version = _version(session, audience)
    told = as_told(session, Readers(version.profile if version else profile, FORMAT), version)
    now = redacting(told, audience.profile, audience.patterns)
    document = as_published(told, now)
    if version is None:
        if not audience.in_house and state_of(session, audience.profile, now).yes is not Yes.GIVEN:
            return left_out(f"the yes to the profile {profile} is void: the session was changed since")
        return _as_it_is(document, audience)
    written = markdown(told if version.profile == _HOUSE else document)
    if digest(written.encode()) == version.digest:
        return _signed(_as_it_is(document, audience), version)
    content = kept(session, version)
    if content is None:
        reason = f"the text of version {version.number}, as it was published, is not in the store"
        return LeftOut(session.id, session.title, reason, for_now=True)
    shown = read(content.decode("utf-8", "replace"), session.id, page_of(session.id), {})
    if version.profile == _HOUSE and _has_secrets(shown, audience):
        return left_out(f"version {version.number} has keys or passwords in it; publish it for the profile {profile}")
    return _signed(msgspec.structs.replace(shown, outdated=True, work=_work(document, audience)), version)


def not_final(status: Status) -> str:
    """Return why a session with a status is not shown."""
    return "it is a draft" if status is Status.DRAFT else f"it is {status}"


def _version(session: Session, audience: Audience) -> Version | None:
    """Return the last version for these readers; for those in the house the copy of the house will do."""
    found = latest(session, Readers(audience.profile.name, FORMAT))
    if found is None and audience.in_house:
        return latest(session, Readers(_HOUSE, FORMAT))
    return found


def _as_it_is(now: Session, audience: Audience) -> Postmortem:
    """Return what a session says now, with its figures; it is given as these readers get it."""
    figures = {name: figure.svg(now) for name, figure in FIGURES.items() if figure.when(now)}
    shown = read(markdown(now, placed), now.id, page_of(now.id), figures)
    return msgspec.structs.replace(shown, work=_work(now, audience))


def _has_secrets(shown: Postmortem, audience: Audience) -> bool:
    texts = (shown.title, shown.summary, unescape(_TAG.sub(" ", shown.body)))
    return any(found_in("\n".join(texts), audience.profile.replaces))


def _signed(shown: Postmortem, version: Version) -> Postmortem:
    return msgspec.structs.replace(shown, published=version.at, version=version.number)


def _work(now: Session, audience: Audience) -> tuple[Work, ...]:
    """Return what is still to be done, as it is today: that is no part of a document."""
    if not audience.in_house:
        return ()
    return tuple(
        Work(one_line(each.text), handle(one_line(each.owner)), each.due, str(each.priority or ""))
        for each in now.actions
        if each.status not in CLOSED
    )
