"""What had better not leave the house: credentials, keys, mail addresses, IP addresses, names of internal hosts.

Redaction is not done here: a finding says where each stands. Left alone, because they are nobody's: the addresses and
names that are set aside for documentation (192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32, example.com
and its like), loopback, "any address", netmasks, public resolvers such as 8.8.8.8, and numbers of versions.

The forms of keys are the program's own and not taken from a library: detect-secrets 1.5, the best kept one, takes 120
ms to import with the libraries that it needs, and 0.3 to 2 ms a line, and its patterns for addresses are not linear;
see `redaction.detecting` for what it finds.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from string import hexdigits
from typing import NamedTuple

import msgspec

from facilitator.checks.finding import Category, Finding
from facilitator.checks.own_patterns import own_patterns
from facilitator.checks.searching import around
from facilitator.checks.secrets import secrets
from facilitator.checks.texts import texts
from facilitator.model.session import Session

KEY, PASSWORD = "sensitive.key", "sensitive.password"
MAIL, ADDRESS, HOST, OWN = "sensitive.mail", "sensitive.address", "sensitive.host", "sensitive.own"

CREDENTIALS = (KEY, PASSWORD)
"""The rules about what opens a door, which are never shown in full."""

SHORTEST = 4
"""How many characters a credential has at least to be looked for in other texts: shorter ones are in every word."""

MOST_FOUND = 200
"""How many findings of one kind one text has at most."""

_AT_HOST = re.compile(r"@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-]|\.[\w-])")
_MAILBOX = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}\Z")
_MAIL_OF_NOBODY = re.compile(
    r"^git@|noreply|no-reply|@(?:.{0,200}\.)?(?:example|test|invalid|localhost)(?:\.(?:com|org|net|edu))?$",
    re.IGNORECASE,
)
_NO_MAIL = re.compile(r"^git@|@localhost$|^(?:you|user|username|name|someone|test|foo|me)@(?:example|test)\.")
_IPV4 = re.compile(r"\d(?<![\w.:]\d)(?<!\D-\d)\d{0,2}\.(?:\d{1,3}\.){2}\d{1,3}(?!\w|\.\d|-(?!\d{1,3}\.\d{1,3}\.))")
_IN_IPV6 = re.compile(r":[0-9A-Fa-f]{0,4}:")
_IPV6 = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{3,39}(?:%[a-z][\w.-]{0,14}\w)?(?![\w:-]|\.\w)")
_VERSION = re.compile(
    r"(?:\bv|version|versions|release|releases|build|driver|firmware|(?:upgrad|updat)\w{1,3} (?:from|to))[ \t:]{0,2}$",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?<![\w.@/-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,8}"
    r"(?:internal|local|corp|lan|intranet|intra|localdomain|home\.arpa)(?![\w-]|\.\w)"
    r"|(?<![\w.-])ip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}(?:\.[a-z0-9-]{1,63}){0,8}(?![\w-])"
)
_HOST_IN_ADDRESS = re.compile(
    r"://(?:[^\s/@]{1,100}@)?((?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,8}"
    r"(?:internal|local|corp|lan|intranet|intra|localdomain|home\.arpa))(?![\w-]|\.\w)"
)
_HOST_SIGNS = (".internal", ".local", ".corp", ".lan", ".intra", ".home.arpa", "ip-")
_FILES = frozenset(("env", "config", "settings", "application", "values", "compose", "appsettings", "local", "vite"))
_EVERYWHERE = frozenset(("host.docker.internal", "gateway.docker.internal", "metadata.google.internal"))
_LIKE_A_VERSION = re.compile(r"\d\.\d\.\d\.\d")
_NETMASK = ("0.", "255.")
_FOR_DOCUMENTS = ("192.0.2.", "198.51.100.", "203.0.113.", "2001:0db8:")
_EVERYBODYS = frozenset(("8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "169.254.169.254"))


class _Found(NamedTuple):
    """Something sensitive: the rule, its place, and what it is."""

    rule: str
    start: int
    end: int
    what: str


def sensitive_findings(session: Session, patterns: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Return where a session holds something sensitive, in reading order.

    `patterns` are expressions of one's own for what identifies customers; one that is none is left out. What is never
    published, such as private notes, is not looked at.
    """
    return tuple(
        msgspec.structs.replace(finding, about=text.about, field=text.field)
        for text in texts(session)
        for finding in sensitive(text.text, patterns)
    )


def sensitive(text: str, patterns: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Return what is sensitive in a text, in its order; it takes time in proportion to the length of the text.

    The words of a finding are what it is about: show `masked` ones where others can see them.
    """
    kinds = (
        _keys(text),
        _own(text, patterns),
        (_Found(MAIL, *span, "a mail address") for span in mails(text)),
        (_Found(ADDRESS, *span, "an IP address") for span in addresses(text)),
        (_Found(HOST, *span, "the name of an internal host") for span in hosts(text)),
    )
    return tuple(_finding(each, text) for each in _apart(kinds))


def masked(finding: Finding) -> str:
    """Return the words of a finding as they can be shown: of a credential only how it begins."""
    if finding.rule not in CREDENTIALS:
        return finding.words
    return f"{finding.words[:4]}…" if finding.rule == KEY else "…"


def hiding(findings: Iterable[Finding]) -> dict[str, str]:
    """Return the keys and passwords that were found, the longest first, each with what to show in its place."""
    found = {each.words: masked(each) for each in findings if each.rule in CREDENTIALS and len(each.words) >= SHORTEST}
    return {words: found[words] for words in sorted(found, key=len, reverse=True)}


def without(text: str, hidden: Mapping[str, str]) -> str:
    """Return a text in which nothing is shown that must not be; `hidden` is what `hiding` returns."""
    for words, shown in hidden.items():
        text = text.replace(words, shown)
    return text


def hushed(finding: Finding, hidden: Mapping[str, str]) -> Finding:
    """Return a finding as it can be shown, without the keys and passwords of `hidden` and its own."""
    words = masked(finding) if finding.rule in CREDENTIALS else without(finding.words, hidden)
    why, question, rewrite = (without(each, hidden) for each in (finding.why, finding.question, finding.rewrite))
    return msgspec.structs.replace(finding, words=words, why=why, question=question, rewrite=rewrite)


def credential_findings(text: str) -> Iterator[tuple[str, Finding]]:
    """Yield the keys and passwords in a text, in its order, each with what it is: "a GitHub token"."""
    for each in _apart((_keys(text),)):
        yield each.what, _finding(each, text)


def _finding(found: _Found, text: str) -> Finding:
    why, question = _SAID[found.rule]
    return Finding(
        rule=found.rule,
        category=Category.SENSITIVE,
        start=found.start,
        end=found.end,
        words=text[found.start : found.end],
        why=why.format(f"{found.what[0].upper()}{found.what[1:]}"),
        question=question,
    )


def _apart(kinds: Iterable[Iterator[_Found]]) -> list[_Found]:
    """Return what was found in the order of the text, without what overlaps a find of a kind that comes before."""
    kept: list[_Found] = []
    for kind in kinds:
        found = sorted(islice(kind, MOST_FOUND), key=lambda each: (each.start, -each.end))
        for each in found:
            place = bisect(kept, each.start, key=lambda other: other.start)
            before, after = kept[max(0, place - 1) : place], kept[place : place + 1]
            if all(other.end <= each.start for other in before) and all(each.end <= other.start for other in after):
                kept.insert(place, each)
    return kept


def _keys(text: str) -> Iterator[_Found]:
    for start, end, what in secrets(text):
        yield _Found(PASSWORD if "password" in what or what == "a secret" else KEY, start, end, what)


def _own(text: str, patterns: Sequence[str]) -> Iterator[_Found]:
    for pattern in own_patterns(tuple(patterns)):
        for found in pattern.finditer(text):
            yield _Found(OWN, *found.span(), "what you named as sensitive")


def mails(text: str, *, is_broad: bool = False) -> Iterator[tuple[int, int]]:
    """Yield where mail addresses of somebody stand in a text; a broad search yields those for examples too."""
    nobody = _NO_MAIL if is_broad else _MAIL_OF_NOBODY
    for host in _AT_HOST.finditer(text):
        mailbox = _MAILBOX.search(text, max(0, host.start() - 64), host.start())
        if mailbox is not None and not nobody.search(mailbox[0] + host[0]):
            yield mailbox.start(), host.end()


def addresses(text: str, *, is_broad: bool = False) -> Iterator[tuple[int, int]]:
    """Yield where IP addresses of hosts stand in a text; a broad search yields those for documents too."""
    for found in _IPV4.finditer(text) if text.count(".") >= 3 else ():
        is_version = _VERSION.search(text, max(0, found.start() - 20), found.start()) is not None
        if not is_version and _is_of_a_host(found[0], is_broad=is_broad):
            yield found.span()
    for found in around(_IN_IPV6, hexdigits, 4, _IPV6, text):
        if _is_of_a_host(found[0], is_broad=is_broad):
            yield found.span()


def _is_of_a_host(words: str, *, is_broad: bool) -> bool:
    """Tell whether words are the IP address of some host, rather than one that stands for many or for none."""
    import ipaddress

    if (
        words in _EVERYBODYS
        or _LIKE_A_VERSION.fullmatch(words)
        or (":" in words and not any(sign.isdigit() for sign in words))
    ):
        return False
    try:
        address = ipaddress.ip_address(words)
    except ValueError:
        return False
    if address.is_loopback or address.is_unspecified or address.is_multicast:
        return False
    if words.startswith(_NETMASK):
        return False
    return is_broad or not (words.startswith(_FOR_DOCUMENTS) or address.exploded.startswith(_FOR_DOCUMENTS))


def hosts(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names of internal hosts stand in a text."""
    if not any(sign in text for sign in _HOST_SIGNS):
        return
    for found in _HOST.finditer(text):
        if not _is_a_file(found[0]):
            yield found.span()
    for found in _HOST_IN_ADDRESS.finditer(text) if "://" in text else ():
        if not _is_a_file(found[1]):
            yield found.span(1)


def _is_a_file(name: str) -> bool:
    """Tell whether a name is that of a file, or of a host that is called so everywhere."""
    first, _, rest = name.rpartition(".")
    return first in _FILES or name in _EVERYWHERE or (not rest and not name.startswith("ip-"))


_SAID: dict[str, tuple[str, str]] = {
    KEY: (
        "{} stands here; whoever reads this can use it.",
        "Has it been revoked, and would it be enough to say which key it was?",
    ),
    PASSWORD: (
        "{} seems to stand here; whoever reads this can use it.",
        "Has it been changed, and would it be enough to say what it opened?",
    ),
    MAIL: ("{} stands here, which is data about a person.", "Would the role say as much as the address does?"),
    ADDRESS: (
        "{} stands here, which tells how the inside of the network is built.",
        "Would what the host does say as much as its address?",
    ),
    HOST: (
        "{} stands here, which tells how the inside of the network is built.",
        "Would what the host does say as much as its name?",
    ),
    OWN: (
        "{} stands here.",
        "Who will read this, and would a number or a kind say as much?",
    ),
}
"""What is said of each rule: why, with a place for what was found, and a question."""
