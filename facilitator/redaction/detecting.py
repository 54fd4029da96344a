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
from string import ascii_lowercase, digits, hexdigits
from typing import NamedTuple

from facilitator.checks.own_patterns import own_patterns
from facilitator.checks.searching import around, lowered
from facilitator.checks.secret_values import is_drawn, is_no_value, is_word, kinds
from facilitator.checks.secrets import secrets
from facilitator.checks.sensitive import addresses, hosts, mails
from facilitator.redaction.chosen import chosen_passwords
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
    r"(?:hooks?\w{0,3}\.[\w.-]{1,80}|/(?:[\w-]{0,20}hooks?\w{0,3}|bot(?=\d)|robot|catch|trigger|key|tokens?|secret|invite|reset|"
    r"activate|verify|confirm|magic|unsubscribe|one-time|signed|soap/v[\d.]{1,4}))/?",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"\+(?<![\w+.]\+)\d{1,3}[ ()./-]{0,2}\d(?:[ ()./-]{0,2}\d){6,12}(?!\w)|\(\d{3}\) ?\d{3}-\d{4}(?![\w-])"
)
_KEY_OF = re.compile(r"(?:ssh-|ecdsa-sha2-)[a-z0-9-]{2,20} AAAA[A-Za-z0-9+/=]{20,2000} ([\w.+-]{1,64}@[\w.-]{1,100})")
_CUSTOMERS = (
    "cust|cus|customer|acct|acc|account|tenant|client|subscriber|merchant|member|patient|organi[sz]ation|org|workspace"
)
_STEM = re.compile(
    r"cus|acc|tenan|clien|subscr|merch|member|patien|org|worksp|contr|policy|invoi|order|passp|user|usr|uid|team"
)
_CUSTOMER = re.compile(
    rf"(?<![a-z0-9])(?:(?:{_CUSTOMERS}|user|usr|uid|team)_[a-z0-9]{{1,40}}|(?:{_CUSTOMERS})-[a-z0-9]{{3,40}})(?![a-z0-9])"
)
_MARKED = re.compile(
    rf"(?<![a-z0-9])(?:(?:{_CUSTOMERS}|contract|policy|invoice|order|passport|user)"
    r"(?:[ _-]?\(?(?:id|ids|uuid|no\.?|nr\.?|number|num|ref|reference))"
    r"(?: (?:is|was|of))?[\"'`]?[ \t]?[:#=]?[ \t]?[\"'`#]?"
    r"((?=[a-z0-9-]{0,24}\d{2})[a-z0-9][a-z0-9-]{2,34}[a-z0-9])(?![\w-])|"
    rf"(?:{_CUSTOMERS})s?[\"'`]?[ \t]?[:#=/(]?[ \t]?[\"'`#]?"
    r"((?:[a-z]{1,3}-)?\d{4,20}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?![\w-]))"
)
_IBAN = re.compile(r"[A-Z](?<![A-Za-z0-9][A-Z])[A-Z]\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])")
_CARD = re.compile(r"\d(?<![\w.-]\d)\d{3}([ -]?)\d{4}\1\d{4}\1\d{1,7}(?!\w|[.-]\w)")
_CLOUD = re.compile(r"\d\d{11}(?:(?<=:\d{12})(?=:)|(?<!\w\d{12})(?=\.dkr\.ecr\.)|(?<=amazonaws\.com/\d{12})(?=/))")
_SERVER = (
    "db|sql|web|srv|svc|server|host|node|vm|esx|kube|k8s|worker|master|replica|primary|secondary|standby|proxy|lb|"
    "haproxy|nginx|cache|redis|mysql|pg|postgres|kafka|zk|mon|prometheus|grafana|jenkins|ci|build|runner|backup|nfs|storage|"
    "mail|mx|smtp|ns|dns|ldap|vpn|bastion|jump|gw|fw|router|switch|prod|prd|stg|staging|dev|test|log|logs|elastic|es|mongo"
)
_IN_HOST = re.compile(r"[.-][a-z0-9.-]{2}")
_LIKE_A_HOST = re.compile(r"(?:(?<![\w.@/-])|(?<=://))[a-z][a-z0-9]{0,40}[.-][a-z0-9.-]{2,250}(?!\w)")
_NAMED_HOST = re.compile(
    rf"(?:{_SERVER})\d{{0,4}}-(?:[a-z0-9]{{1,20}}-){{1,5}}(?:[a-z]{{1,12}}\d{{1,4}}|\d{{1,4}}[a-z]?)|"
    rf"(?:{_SERVER})\d{{1,4}}(?:-[a-z0-9]{{1,20}}){{1,5}}"
)
_WHOLE_HOST = re.compile(
    rf"(?:[a-z-]{{1,40}}\d[a-z0-9-]{{0,40}}|(?:{_SERVER})(?:-[a-z0-9-]{{1,60}})?)(?:\.[a-z0-9-]{{1,63}}){{1,6}}\.[a-z]{{2,12}}|"
    r"(?:[a-z0-9-]{1,63}\.){2,6}(?:consul|private|svc)|"
    r"(?:[a-z0-9-]{1,63}\.){1,6}(?:amazonaws\.com|windows\.net|cloudapp\.net|azmk8s\.io|mongodb\.net|cloudant\.com)"
)
_NOBODYS_HOST = re.compile(
    r"(?:^|\.)(?:example\.(?:com|org|net)|[a-z]+\.(?:py|js|ts|go|rs|md|json|ya?ml|html?|txt|log|gz|so|jar|sh|rb|java|c|h|css|"
    r"svg|png|conf|cfg|ini|toml|xml|lock|tar|zip|deb|rpm|whl|service|socket|test|invalid|io\.k8s)|googleapis\.com|k8s\.io|kubernetes\.io|"
    r"github\.com|githubusercontent\.com)$"
)
_IN_HARDWARE = re.compile(r"[:.-][0-9A-Fa-f]{2}(?:[:-]|[0-9a-f]{2}\.)")
_HARDWARE = re.compile(
    r"(?<![\w:.-])(?:[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})(?![\w:-]|\.\w)"
)
_TICKET = re.compile(r"(?<![\w/-])[A-Z][A-Z0-9]{1,9}-\d{1,7}(?![\w-])")


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
        if query and _opens(query):
            begin = found.start() + len(body) + 1
            yield Found(begin, begin + len(query), Kind.URL, "a token in an address")
        begin = _door_in_path(body)
        if begin:
            yield Found(found.start() + begin, found.start() + len(body), Kind.URL, "a token in an address")
        who, at, _ = body[3:].partition("/")[0].rpartition("@")
        if at and ":" not in who and is_drawn(who, 12):
            yield Found(found.start() + 3, found.start() + 3 + len(who), Kind.URL, "a token in an address")


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
    for found in _KEY_OF.finditer(text) if " AAAA" in text else ():
        yield Found(*found.span(1), Kind.MAIL, "the owner of a key")


def _customers(text: str) -> Iterator[Found]:
    small = lowered(text)
    for stem in _STEM.finditer(small):
        named = _CUSTOMER.match(small, stem.start())
        if named is not None and len(named[0]) > 6 and _is_numbered(text[named.start() : named.end()]):
            yield Found(*named.span(), Kind.CUSTOMER, "a customer")
        marked = _MARKED.match(small, stem.start())
        if marked is not None:
            yield Found(*marked.span(1 if marked[1] else 2), Kind.CUSTOMER, "a customer")
    for found in _IBAN.finditer(text):
        if _is_account(found[0].replace(" ", "")):
            yield Found(*found.span(), Kind.CUSTOMER, "a bank account")
    for found in _CARD.finditer(text):
        if _is_card("".join(filter(str.isdigit, found[0]))):
            yield Found(*found.span(), Kind.CUSTOMER, "the number of a card")


def _is_numbered(name: str) -> bool:
    """Tell whether a name such as "cus_n9hUVAaTU" has digits enough for an id, or one in the midst of capitals."""
    digits = sum(map(str.isdigit, name))
    return digits > 1 or (digits == 1 and name != name.lower() and name != name.upper() and len(name) > 10)


def _is_account(number: str) -> bool:
    """Tell whether the two digits of an international account number check the rest."""
    digits = "".join(str(int(sign, 36)) for sign in number[4:] + number[:4])
    return 15 <= len(number) <= 34 and int(digits) % 97 == 1


def _is_card(number: str) -> bool:
    """Tell whether the last digit of the number of a card checks the others."""
    doubled = (int(each) * (1 + place % 2) for place, each in enumerate(reversed(number)))
    return len(set(number)) > 1 and number[0] in "23456" and sum(each // 10 + each % 10 for each in doubled) % 10 == 0


def _hosts(text: str) -> Iterator[Found]:
    for start, end in hosts(text):
        yield Found(start, end, Kind.HOST, "a host")
    for found in around(_IN_HOST, ascii_lowercase + digits, 41, _LIKE_A_HOST, text):
        name = found[0].rstrip(".-")
        if _NAMED_HOST.fullmatch(name) or (_WHOLE_HOST.fullmatch(name) and not _NOBODYS_HOST.search(name)):
            yield Found(found.start(), found.start() + len(name), Kind.HOST, "a host")
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
