"""What in a text is to be replaced: keys, addresses with tokens, mail, hosts, customers, words of one's own.

Everything is found in time in proportion to the length of the text. What is here is about publication: it finds more
than the checks, which speak up at every key and must not speak too often.

The forms of keys are the program's own. detect-secrets 1.5 was measured as a second pair of eyes, as it is used by
default, on 228 sentences with secrets that were written apart from these rules, before they were mended by them. It
found 32 % of them, 21 % without its detectors of entropy; the rules found 84 %, and both together no more. It takes 700
to 1,600 ms for 100 kB, where the rules take 10 to 40, and 120 ms or more to import. So it is not used.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from string import hexdigits
from typing import NamedTuple

from facilitator.checks.own_patterns import own_patterns
from facilitator.checks.searching import around
from facilitator.checks.secret_values import is_drawn, is_no_value, is_word, kinds
from facilitator.checks.secrets import secrets
from facilitator.checks.sensitive import addresses, hosts, mails
from facilitator.redaction.chosen import chosen_passwords
from facilitator.redaction.columns import Column, telling_columns
from facilitator.redaction.customer_ids import customer_ids
from facilitator.redaction.host_names import host_names
from facilitator.redaction.lone import lone_keys
from facilitator.redaction.profiles import Kind


class Found(NamedTuple):
    """Words to replace: where, of which kind, and what they are: "a GitHub token".

    `subject` is what they stand for where they are one of several ways to say it, such as the whole name of a person.
    """

    start: int
    end: int
    kind: Kind
    what: str
    subject: str = ""


_URL = re.compile(r"://[^\s<>\"'`|\])]{3,4000}")
_WRITTEN = re.compile(r"[+]|%(?:20|22|3A)|^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}", re.IGNORECASE)
_TELLING = re.compile(
    r"(?:^|[_.-])(?:token|key|sig|signature|secret|pass\w{0,5}|pwd|auth|code|session\w{0,3}|sid|jwt|credential|ticket|otp|hmac|"
    r"access|invite|policy|sas|st|se|sv)(?:$|[_.-])|token$|signature$|^x-amz-|^x-goog-|apikey|secret|password",
    re.IGNORECASE,
)
_DOOR_PATH = re.compile(
    r"(?:hooks?\w{0,3}\.[\w.-]{1,80}|/(?:[\w-]{0,20}hooks?\w{0,3}|bot(?=\d)|robot|catch|trigger|key|tokens?|"
    r"secret|invite|reset|shared?|integration|"
    r"activate|verify|confirm|magic|login|unsubscribe|one-time|signed|soap/v[\d.]{1,4}))/?",
    re.IGNORECASE,
)
_HAS_DRAWN = re.compile(r"=[0-9a-f]{24,}(?:&|$)|=(?=\w*\d)(?=\w*[A-Z])(?=\w*[a-z])\w{16,}(?:&|$)")
_HEXADECIMAL = re.compile(r"[0-9a-f]{32,64}")
_PHONE = re.compile(
    r"\+(?<![\w+.]\+)\d{1,3}[ ()./-]{0,2}\d(?:[ ()./-]{0,2}\d){6,12}(?!\w)|\(\d{3}\) ?\d{3}-\d{4}(?![\w-])"
)
_PHONE_AT_HOME = re.compile(
    r"[02-9](?<![\w.-]\d)(?:(?<!0)\d\d([-.])[2-9]\d\d\1\d{4}|"
    r"(?P<called>(?<=0)\d{1,5}[ /-]\d{3,8}(?:[ -]\d{2,8}){0,3}|\d\d \d{3} \d{4}))(?![\w-]|\.\d)"
)
_MOBILE = re.compile(r"0(?<![\w.-]0)(?:\d{2,4}/\d{5,9}|7\d{3} \d{6})(?![\w-]|\.\d)")
_CALLED = re.compile(
    r"(?:phone|mobile|calls?|called|cell|tel|fax|hotline|number|sms to|whatsapp)"
    r"(?: (?:is|was|on|at|number))?[.:]?[ *]{0,3}\Z",
    re.IGNORECASE,
)
_KEY_OF = re.compile(r"(?:ssh-|ecdsa-sha2-)[a-z0-9-]{2,20} AAAA[A-Za-z0-9+/=]{20,2000} ([\w.+-]{1,64}@[\w.-]{1,100})")
_CLOUD = re.compile(r"\d\d{11}(?:(?<=:\d{12})(?=:)|(?<!\w\d{12})(?=\.dkr\.ecr\.)|(?<=amazonaws\.com/\d{12})(?=/))")
_IN_HARDWARE = re.compile(r"[:.-][0-9A-Fa-f]{2}(?:[:-]|[0-9a-f]{2}\.)")
_HARDWARE = re.compile(
    r"(?<![\w:.-])(?:[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})(?![\w:-]|\.\w)"
)
_TICKET = re.compile(r"[A-Z](?<![\w/-][A-Z])[A-Z0-9]{1,9}-\d{1,7}(?![\w-])")


def credentials(text: str) -> Iterator[Found]:
    """Yield the keys and passwords in a text; some may lie within others."""
    for start, end, what in secrets(text, is_broad=True):
        is_password = "password" in what or what == "a secret"
        yield Found(start, end, Kind.CREDENTIAL if is_password else Kind.KEY, what)
    for start, end in lone_keys(text):
        yield Found(start, end, Kind.KEY, "a key")
    for start, end in chosen_passwords(text):
        yield Found(start, end, Kind.CREDENTIAL, "a password")


def _addressed(text: str) -> Iterator[Found]:
    """Yield what of addresses opens a door: the query, when a part of it does, and who asks."""
    for found in _URL.finditer(text) if "://" in text else ():
        address = found[0].rstrip(".,;:!?")
        body, mark, query = address.partition("?")
        if not mark:
            body, mark, query = address.partition("#")
        if query and (_opens(query) or (_DOOR_PATH.search(body) and _HAS_DRAWN.search(query))):
            begin = found.start() + len(body) + 1
            yield Found(begin, begin + len(query), Kind.URL, "a token in an address")
        begin = _door_in_path(body)
        if begin:
            yield Found(found.start() + begin, found.start() + len(body), Kind.URL, "a token in an address")
        who, at, _ = body[3:].partition("/")[0].rpartition("@")
        name, colon, _ = who.partition(":")
        if at and (is_drawn(name, 20 if colon else 12) or _HEXADECIMAL.fullmatch(name)):
            yield Found(found.start() + 3, found.start() + 3 + len(name), Kind.URL, "a token in an address")


def _opens(query: str) -> bool:
    for part in re.split("[&;]", query):
        name, _, value = part.partition("=")
        if (
            value
            and not is_no_value(value)
            and (_is_long_and_drawn(value) or (_TELLING.search(name) and len(value) > 3))
        ):
            return True
    return False


def _door_in_path(body: str) -> int:
    """Return where in an address the path begins to open a door, as after "/hooks/"; 0 when it does not."""
    telling = _DOOR_PATH.search(body)
    if telling is None:
        return 0
    place = telling.end()
    for part in body[place:].split("/"):
        if (len(part) > 4 and any(map(str.isdigit, part)) and not is_word(part)) or is_drawn(part, 16):
            return place
        place += len(part) + 1
    return 0


def _is_long_and_drawn(value: str) -> bool:
    return is_drawn(value, 28) and kinds(value) > 2 and not _WRITTEN.search(value)


def _mail(text: str) -> Iterator[Found]:
    for start, end in mails(text, is_broad=True):
        yield Found(start, end, Kind.MAIL, "a mail address")
    for found in _PHONE.finditer(text) if "+" in text or "(" in text else ():
        yield Found(*found.span(), Kind.MAIL, "a phone number")
    for found in _MOBILE.finditer(text):
        yield Found(*found.span(), Kind.MAIL, "a phone number")
    for found in _PHONE_AT_HOME.finditer(text):
        if found["called"] is None or _CALLED.search(text, max(0, found.start() - 24), found.start()):
            yield Found(*found.span(), Kind.MAIL, "a phone number")
    for found in _KEY_OF.finditer(text) if " AAAA" in text else ():
        yield Found(*found.span(1), Kind.MAIL, "the owner of a key")


def _customers(text: str) -> Iterator[Found]:
    for start, end, what in customer_ids(text):
        yield Found(start, end, Kind.CUSTOMER, what)


def _columns(text: str) -> Iterator[Found]:
    for start, end, column in telling_columns(text):
        if column is Column.SECRETS:
            yield Found(start, end, Kind.CREDENTIAL, "a password")
        else:
            yield Found(start, end, Kind.CUSTOMER, "a customer")


def _hosts(text: str) -> Iterator[Found]:
    for start, end in hosts(text):
        yield Found(start, end, Kind.HOST, "a host")
    for start, end in host_names(text):
        yield Found(start, end, Kind.HOST, "a host")
    for found in _CLOUD.finditer(text) if "arn:" in text or "amazonaws" in text else ():
        yield Found(*found.span(), Kind.HOST, "a cloud account")


def _ip(text: str) -> Iterator[Found]:
    for start, end in addresses(text, is_broad=True):
        yield Found(start, end, Kind.ADDRESS, "an IP address")
    for found in around(_IN_HARDWARE, hexdigits, 4, _HARDWARE, text):
        yield Found(*found.span(), Kind.ADDRESS, "the address of a network card")


FINDERS: Sequence[tuple[frozenset[Kind], Callable[[str], Iterable[Found]]]] = (
    (frozenset((Kind.KEY, Kind.CREDENTIAL)), credentials),
    (frozenset((Kind.URL,)), _addressed),
    (frozenset((Kind.MAIL,)), _mail),
    (frozenset((Kind.CUSTOMER,)), _customers),
    (frozenset((Kind.CREDENTIAL, Kind.CUSTOMER)), _columns),
    (frozenset((Kind.HOST,)), _hosts),
    (frozenset((Kind.ADDRESS,)), _ip),
)
"""What finds which kinds, in a text."""


def found_in(text: str, kinds: frozenset[Kind]) -> Iterator[Found]:
    """Yield what a text holds of these kinds that its own form tells; finds may overlap."""
    for finds, finder in FINDERS:
        if finds & kinds:
            yield from (each for each in finder(text) if each.kind in kinds)


def own(text: str, patterns: Sequence[str]) -> Iterator[Found]:
    """Yield what the patterns of a team find in a text."""
    for pattern in own_patterns(tuple(patterns)):
        for found in pattern.finditer(text):
            yield Found(*found.span(), Kind.OWN, "what you named as sensitive")


def tickets(text: str, prefixes: frozenset[str]) -> Iterator[Found]:
    """Yield the ids of tickets in a text that begin as one of a session does, such as "ENG"."""
    for found in _TICKET.finditer(text) if prefixes else ():
        if found[0].partition("-")[0] in prefixes:
            yield Found(*found.span(), Kind.TICKET, "a ticket")
