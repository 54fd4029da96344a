"""Which column of a record holds what: by the names that tools give them, and by what is in them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from facilitator.intake.errors import MissingError, Need
from facilitator.intake.texts.record_times import Base, of_cell

_NAMES = {
    "time": "datetime timestamp realtimetimestamp time timens tsns ts when occurredat occurred eventtime"
    " eventtimestamp eventdate eventdatetime dateandtime datetimeutc timestamputc timeutc utctime"
    " timecreated timegenerated dateoccurred starttime startedat started startsat start begintime begin"
    " createdat createdtime creationtime creationdate created openedat opened firedat triggeredat"
    " reportedat loggedat receivedat receivetimestamp sentat publishedat postedat date day updatedat"
    " updated lastupdated modifiedat modified epoch epochms unixtime unixtimestamp unix zeit zeitpunkt"
    " zeitstempel uhrzeit datum fecha hora fechahora heure horodatage ora tijd tijdstip dato tid czas",
    "date": "date datum fecha data dato day tag jour giorno",
    "text": "message msg text eventmessage logmessage shortmessage textpayload event title summary description"
    " headline subject what happened update body content entry log logline line note notes comment details"
    " detail activity incident info fullmessage raw nachricht meldung beschreibung ereignis texto mensaje"
    " descripcion descripción evento événement evenement titre messaggio descrizione bericht omschrijving"
    " opis zdarzenie",
    "who": "who user username author actor owner person reporter creator createdby initiator performedby"
    " operator engineer responder sender from login displayname byuser by wer benutzer autor usuario"
    " auteur utilisateur utente",
    "place": "source service servicename host hostname application app appname component channel system server"
    " node container containername pod podname instance unit syslogidentifier sourcename logger logstream"
    " logstreamname site where resource quelle dienst",
    "link": "link permalink url htmlurl weburl uri href",
    "level": "level severity loglevel levelname severitytext lvl priority",
    "until": "end endtime timeend endedat ended endsat until finish finishedat finished bis fin",
    "zone": "zone timezone tz",
}  # fmt: skip
NAMES: Mapping[str, Sequence[str]] = {role: tuple(names.split()) for role, names in _NAMES.items()}
"""The names of each role, the likeliest first, as `plain_name` gives them."""

ROLES = ("time", "date", "text", "detail", "who", "place", "link", "zone", "until")
"""What somebody may say that a column holds."""

_KNOWN = {name for names in NAMES.values() for name in names}
_TITLES = {"title", "summary", "event", "headline", "subject", "incident", "titre"}
_DETAILS = {"description", "message", "details", "detail", "body", "content", "note", "notes", "comment", "text"}
_IN_BRACKETS = re.compile(r"[(\[][^)\]]{0,40}[)\]]")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_UTC = re.compile(r"(?:\b|_)(?:utc|gmt)\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LETTER = re.compile(r"[^\W\d_]")
_NO_CONTENT_FORMS = ("clock", "epoch", "cell")
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Roles:
    """Which columns hold what, the first in which something stands being taken.

    `date` is a column of days beside one of times of day. `detail` says more than `text`. `utc` are the columns whose
    names say that they are in UTC.
    """

    time: tuple[str, ...]
    text: tuple[str, ...]
    date: str = ""
    detail: str = ""
    until: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    zone: tuple[str, ...] = ()
    utc: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a name as names are compared: "@timestamp" is "timestamp", "Created At (UTC)" is "createdat"."""
    return _NOT_A_LETTER.sub("", _IN_BRACKETS.sub("", name)).casefold()


def known_names(names: Sequence[str]) -> int:
    """Return how many of these names are known names of columns."""
    return sum(1 for name in names if plain_name(name) in _KNOWN)


@lru_cache(maxsize=4096)
def is_inherited(name: str) -> bool:
    """Return whether what a list is in says this for its entries too: who, where, which zone."""
    return any(plain_name(name) in NAMES[role] for role in ("who", "place", "link", "zone"))


def has_times(rows: Sequence[Mapping[str, str]], base: Base) -> bool:
    """Return whether a column of these rows holds times."""
    rows = rows[:_LOOKED_AT]
    return bool(_times(rows, list(dict.fromkeys(name for row in rows for name in row)), base, {})[1])


def settled(rows: Sequence[Mapping[str, str]], base: Base, wanted: Mapping[str, str]) -> Roles:
    """Return the roles of the columns of the first rows; `wanted` are the columns that somebody named.

    Raises MissingError when no column of times, or none of words, can be told.
    """
    rows = rows[:_LOOKED_AT]
    names = list(dict.fromkeys(name for row in rows for name in row))
    asked = _asked(names, wanted)
    date, times = _times(rows, names, base, asked)
    taken = {*times, date}
    roles = {role: _named(names, role, taken) for role in ("who", "place", "link", "zone", "until")}
    for role in roles:
        if role in asked:
            roles[role] = (asked[role],)
    texts = (asked["text"],) if "text" in asked else _texts(rows, names, taken, roles)
    if not times or not texts:
        what = " and ".join(each for each, there in (("the times", times), ("the words", texts)) if not there)
        raise MissingError(Need.COLUMNS, f"it is not clear which column holds {what}", [name for name in names if name])
    utc = frozenset(name for name in (*times, *roles["until"], date) if _UTC.search(name))
    detail = asked.get("detail") or _detail(names, texts)
    return Roles(times, texts, date, detail, utc=utc, **roles)


def _asked(names: Sequence[str], wanted: Mapping[str, str]) -> dict[str, str]:
    by_name = {name.strip().casefold(): name for name in reversed(names)}
    found = {}
    for role, name in wanted.items():
        column = by_name.get(name.strip().casefold())
        if column is None:
            raise MissingError(
                Need.COLUMNS, f"there is no column {name!r} for {role}", [each for each in names if each]
            )
        found[role] = column
    return found


def _times(
    rows: Sequence[Mapping[str, str]], names: Sequence[str], base: Base, asked: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """Return the column of days ("" where the times have theirs), and the columns of times."""
    if "time" in asked:
        return asked.get("date", ""), (asked["time"],)
    named = [name for name in _named(names, "time", set()) if _share(rows, name, base, ()) >= 0.5]
    dates = [name for name in _named(names, "date", set()) if _share(rows, name, base, _NO_CONTENT_FORMS) >= 0.5]
    clocks = [name for name in named if _share(rows, name, base, ()) > 2 * _share(rows, name, base, ("clock",))]
    if "date" in asked:
        return asked["date"], tuple(clocks[:1]) or tuple(named[:1])
    full = [name for name in named if name not in clocks]
    if clocks and dates and (not full or set(full) <= set(dates)):
        return dates[0], (clocks[0],)
    if full or clocks:
        return "", tuple(full or clocks[:1])
    shares = {name: _share(rows, name, base, _NO_CONTENT_FORMS) for name in names}
    best = [name for name in names if shares[name] >= 0.8]
    return "", tuple(best[:1])


def _share(rows: Sequence[Mapping[str, str]], name: str, base: Base, without: Sequence[str]) -> float:
    """Return how many of the cells of a column that are not empty are times, from 0 to 1."""
    cells = [cell for row in rows if (cell := row.get(name, "").strip())]
    found = [of_cell(cell, base) for cell in cells]
    return sum(1 for each in found if each is not None and each.form not in without) / len(cells) if cells else 0.0


def _named(names: Sequence[str], role: str, taken: set[str]) -> tuple[str, ...]:
    """Return the columns with a name of this role, those by their whole name before those by the end of it."""
    order = {name: place for place, name in enumerate(NAMES[role])}
    found = []
    for name in names:
        if name in taken:
            continue
        place = order.get(plain_name(name))
        if place is None and "." in name:
            place = order.get(plain_name(name.rpartition(".")[2]))
            place = None if place is None else place + len(order) * (1 + name.count("."))
        if place is not None:
            found.append((place, name))
    return tuple(name for _, name in sorted(found, key=lambda each: each[0]))


def _texts(
    rows: Sequence[Mapping[str, str]], names: Sequence[str], taken: set[str], roles: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the columns of words: by name, else the one with the most words in it."""
    named = tuple(name for name in _named(names, "text", taken) if _has_letters(rows, name))
    if named:
        return named
    others = {*taken, *(name for each in roles.values() for name in each), *_named(names, "level", set())}
    counted = {name: _words(rows, name) for name in names if name not in others}
    best = max(counted, key=lambda name: counted[name], default="")
    return (best,) if best and (counted[best] >= 1.5 or (len(counted) == 1 and counted[best] > 0)) else ()


def _has_letters(rows: Sequence[Mapping[str, str]], name: str) -> bool:
    return any(_LETTER.search(row.get(name, "")[:300]) for row in rows)


def _words(rows: Sequence[Mapping[str, str]], name: str) -> float:
    """Return how many words a cell of the column has on average."""
    cells = [cell for row in rows if (cell := row.get(name, "").strip())]
    return sum(len(_WORDS.findall(cell[:300])) for cell in cells) / len(cells) if cells else 0.0


def _detail(names: Sequence[str], texts: tuple[str, ...]) -> str:
    if plain_name(texts[0]) not in _TITLES:
        return ""
    return next((name for name in texts[1:] if plain_name(name) in _DETAILS and name in names), "")
