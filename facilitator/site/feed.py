"""The feed of a site, as Atom (RFC 4287): the postmortems that were published last."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from html import escape
from uuid import NAMESPACE_URL, uuid5

from facilitator.site.page import newest_first
from facilitator.site.postmortem import Postmortem

NAME = "feed.xml"
MOST = 50
"""How many postmortems are in the feed."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def feed(found: Sequence[Postmortem], title: str, profile: str, address: str) -> str:
    """Return the feed. Nothing in it is of the time at which it was made: the same postmortems give the same bytes.

    `address` is that of the folder of the site, with a "/" at its end, or empty: then the links are relative, which
    readers of feeds resolve by where the feed is.
    """
    newest = sorted(newest_first(found), key=_updated, reverse=True)[:MOST]
    last = _updated(newest[0]) if newest else _BEGINNING
    itself = f'\n<link rel="self" type="application/atom+xml" href="{escape(address)}{NAME}" />' if address else ""
    entries = "".join(_entry(each, address) for each in newest)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        f"<id>{_id(f'{profile} {address} {title}')}</id>\n<title>{escape(title)}</title>\n"
        f"<updated>{_told(last)}</updated>\n<author><name>{escape(title)}</name></author>{itself}\n"
        f'<link rel="alternate" type="text/html" href="{escape(address)}index.html" />\n{entries}</feed>\n'
    )


def _entry(each: Postmortem, address: str) -> str:
    summary = f'<summary type="text">{escape(each.summary)}</summary>\n' if each.summary else ""
    terms = "".join(f'<category term="{escape(group.words)}" />\n' for group in each.groups)
    return (
        f"<entry>\n<id>{_id(each.id)}</id>\n<title>{escape(each.title)}</title>\n"
        f"<updated>{_told(_updated(each))}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{escape(address)}{each.page}.html" />\n'
        f"{summary}{terms}</entry>\n"
    )


def _updated(each: Postmortem) -> datetime:
    """Return when the text was published, else the day of the incident, which is all that is known."""
    if each.published is not None:
        return each.published
    return datetime.combine(each.day, time.min, UTC) if each.day else _BEGINNING


def _told(moment: datetime) -> str:
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _id(name: str) -> str:
    """Return an id that is the same wherever the site is."""
    return uuid5(NAMESPACE_URL, f"facilitator:{name}").urn
