"""Passwords that people chose, and short codes, in sentences that speak of one.

Only redaction looks for these, where a person sees each before it is replaced; the checks would speak too often.
"""

import re
from collections.abc import Iterator

from facilitator.checks.searching import lowered, places
from facilitator.checks.secret_values import is_no_value, is_word, kinds

_NO_PAIR = frozenset(("sudo", "users", "user", "password", "passwd", "root", "latest"))
_DIGESTS = frozenset(("sha1", "sha256", "sha384", "sha512", "md5"))
_AROUND = 100
_BEGINNINGS = (
    "pass", "pw", "log", "cred", "code", "pin", "set ", "changed ", "admin:", "root:", "readonly:", "deploy:",
)  # fmt: skip
"""What all that speaks of a password begins with."""

_SPEAKS_OF_ONE = re.compile(
    r"pass[wp]|pwd?\b|log(?:ged)? ?in\b|cred(?:s\b|ential)|code|pins?\b|set (?:it |that )?to\b|"
    r"changed (?:it|them) to\b|(?:admin|root|readonly|deploy):(?=\S)"
)
_CHOSEN = re.compile(
    r"(?<![^\s\"'`(])(?=[^\s\"'`]{0,30}\d)(?=[^\s\"'`]{0,30}[A-Za-z])"
    r"[A-Za-z0-9](?:[\w.-]{2,30}[!@#$%^&*?+]|[@$!][A-Za-z0-9])[\w!@#$%^&*?+=-]{0,30}+(?!://)"
)
_PLAIN_WORD = re.compile(
    r"(?:password|passphrase|pass|pw|pwd)(?: (?:for|of|on|to) [a-z0-9_ -]{1,30}?)?"
    r" (?:is|was|were)(?: (?:just|still|literally|simply|set to|now))? "
    r"[\"'“`]?"
    r"(?P<value>(?!(?:wrong|weak|short|long|strong|same|correct|fine|old|new|unique|there|gone|not|lost|safe|public|plain|in|"
    r"on|too|never|also|always|only|no|none|his|hers|ours|theirs|mine|bad|good|sent|kept|put|set|back|right|ok|okay|it|that|this|"
    r"what|why|where|how|weeks?|days?|months?|years?|shared)(?![a-z])|"
    r"[a-z]{0,20}(?:ed|en|ing|ly|ous|able|ible|ent|ant|id|ic|al|own|ong|one|ty|ful|ware)(?![a-z]))[a-z][a-z0-9]{3,24})"
    r"[\"'”`]?(?=[.,;)\n]|\Z)",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?:(?P<said>\blog(?:ged)? ?in|creds|credentials|accounts?|users?|username)\b[^\n:/]{0,40}?[\s(\"'`:]{1,2}|"
    r"(?<![\w/.-]))"
    r"(?P<name>[a-z][\w.@-]{1,30})[\"'`]?(?P<sign> / |/|:)[\"'`]?(?P<value>[^\s\"'`),;/]{3,60}+)(?!/)",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"pass(?:word|phrase|code)s?(?: (?:for|of|on|to) [a-z0-9_ -]{1,30}?)?(?: (?:was|is|has been|were))?"
    r"(?:(?: (?:(?:re)?set|changed|rotated))? to|(?<= is)|(?<= was)|(?<= been)|(?<= were)|:) "
    r"(?:[\"'`“*]{1,2}(?P<quoted>[a-z]{5,24}|[a-z]{3,12}(?:[ _.-][a-z]{3,12}){1,7})[\"'`”*]|"
    r"\(?(?P<bare>[a-z]{3,12}(?:-[a-z]{3,12}){2,7})(?![\w-]))|"
    r"(?:default|old|new|initial|admin|root|shared|master|same) pass(?:word|phrase),? "
    r"[\"'`“*]{1,2}(?P<default>[a-z]{5,24}(?:[_.-][a-z]{3,12}){0,7})[\"'`”*]|"
    r"pass(?:word|phrase) from [\"'`“](?P<old>[^\"'`”\n]{4,60})[\"'`”]|"
    r"log(?:ged)? ?in as [\w.@-]{1,40} (?:with|using) [\"'`“](?P<entered>[^\"'`”\n]{4,60})[\"'`”]",
    re.IGNORECASE,
)
_USUAL = frozenset(
    ("root", "admin", "administrator", "pi", "guest", "postgres", "sa", "oracle", "ubuntu", "vagrant", "test")
)
_APPOSED = re.compile(
    r"passphrase [\"'](?P<phrase>[^\"'\n]{6,80})[\"']|"
    r"(?:pass(?:word|phrase|code)|passwd|pw|login)(?:[,:]? ?[(\"'`]|, |"
    r" (?:was |been |is |got |had |has )*(?:changed|reset|set|rotated)(?: back)? "
    r"(?:from|to) )[\"'`]?(?P<first>[^\s\"'`),]{5,40})(?:[\"'`]? to [\"'`]?(?P<second>[^\s\"'`),]{5,40}))?|"
    r"(?<!\S)[\"'`(]?(?P<before>[^\s\"'`),]{5,40})[\"'`)]? (?:as|was|is) (?:the |a |its |their |our )?(?:[a-z]{2,12} )?"
    r"pass(?:word|phrase|code)",
    re.IGNORECASE,
)
_OF_DOOR = re.compile(
    r"(?:one[- ]time|backup|recovery|verification|security|sms|2fa|mfa|otp|login|door|safe|access|entry)[ _-]\Z"
)
_CODE = re.compile(
    r"(?:s|s? ?\(?pin\)?)?\b(?: (?:of|for|to) (?:the |an? |our )?[a-z]{2,15})?"
    r"(?: (?:is|was|were|of|are))?[:=]?[ ]?[\"'`]?"
    r"((?:\d{4,10}|[a-z0-9]{4,6}-[a-z0-9]{4,6})"
    r"(?:(?:, ?| and )(?:\d{4,10}|[a-z0-9]{4,6}-[a-z0-9]{4,6})){0,16})(?!\w|[.:-]\w)"
)


def chosen_passwords(text: str) -> Iterator[tuple[int, int]]:
    """Yield where in a text passwords that people chose, and short codes, stand in sentences that speak of one."""
    small = lowered(text)
    done = 0
    for place in places(small, _BEGINNINGS):
        found = _SPEAKS_OF_ONE.match(small, place)
        if found is None:
            continue
        begin = max(small.rfind("\n", max(0, found.start() - _AROUND), found.start()) + 1, found.start() - _AROUND, 0)
        if found[0].startswith(("code", "pin")):
            yield from _codes(small, begin, found)
        elif found.start() >= done:
            done = small.find("\n", found.end(), found.end() + _AROUND)
            done = done if done != -1 else min(len(small), found.end() + _AROUND)
            yield from _said_in(text, begin, done)


def _codes(small: str, begin: int, found: re.Match[str]) -> Iterator[tuple[int, int]]:
    is_pin = found[0] != "code" and not small[begin : found.start()][-1:].isalnum()
    if is_pin or _OF_DOOR.search(small, begin, found.start()):
        code = _CODE.match(small, found.end())
        if code is not None and any(map(str.isdigit, code[1])):
            yield code.span(1)


def _said_in(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    for chosen in _CHOSEN.finditer(text, begin, end):
        if kinds(chosen[0]) > 2 and not is_word(chosen[0]):
            yield chosen.span()
    for words in (_PLAIN_WORD, _PHRASE):
        for found in words.finditer(text, begin, end):
            group = found.lastgroup or 0
            if not is_no_value(found[group]):
                yield found.span(group)
    for pair in _PAIR.finditer(text, begin, end):
        value = pair["value"].rstrip(".:?")
        if len(value) > 2 and not is_no_value(value) and _is_pair(pair, value):
            yield pair.start("value"), pair.start("value") + len(value)
    yield from _apposed(text, begin, end)


def _apposed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    for apposed in _APPOSED.finditer(text, begin, end):
        for name, value in apposed.groupdict().items():
            if value and (name == "phrase" or _mixed(value.rstrip(".:;?"))):
                yield apposed.start(name), apposed.start(name) + len(value.rstrip(".:;?"))


def _is_pair(pair: re.Match[str], value: str) -> bool:
    """Tell whether a name and a value are those by which somebody logs in."""
    name = pair["name"].lower()
    if name in _DIGESTS:
        return False
    is_usual = name in _USUAL and value.casefold() not in _NO_PAIR
    return is_usual or (pair["sign"] == " / " and bool(pair["said"])) or _mixed(value)


def _mixed(value: str) -> bool:
    is_ticket = value.isupper() and is_word(value)
    plain = value.replace("-", "")
    return any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and not is_ticket and not is_word(plain)
