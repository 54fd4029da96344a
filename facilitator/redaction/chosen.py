"""Passwords that people chose, and short codes, in sentences that speak of one.

Only redaction looks for these, where a person sees each before it is replaced; the checks would speak too often.
"""

import re
from collections.abc import Iterator

from facilitator.checks.searching import lowered
from facilitator.checks.secret_values import is_no_value, is_word, kinds

_NO_PAIR = frozenset(("sudo", "users", "user", "password", "passwd", "root", "latest"))
_AROUND = 100
_SPEAKS_OF_ONE = re.compile(
    r"pass[wp]|pwd?\b|log(?:ged)? ?in\b|cred(?:s\b|ential)|code|pins?\b|(?<=set )(?:it |that )?to\b|"
    r"changed (?:it|them) to\b"
)
_CHOSEN = re.compile(
    r"(?<![^\s\"'`(])(?=[^\s\"'`]{0,30}\d)(?=[^\s\"'`]{0,30}[A-Za-z])"
    r"[A-Za-z0-9][\w.-]{2,30}[!@#$%^&*?+][\w!@#$%^&*?+-]{0,30}"
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
    r"(?:(?:\blog(?:ged)? ?in|creds|credentials|accounts?|users?|username)\b[^\n:/]{0,40}?[\s(\"'`:]{1,2}|(?<![\w/.-]))"
    r"(?P<name>[a-z][\w.@-]{1,30})[\"'`]?(?P<sign> ?/ ?|:)[\"'`]?(?P<value>[^\s\"'`),;/]{3,60})",
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
    r"(?:s|s? ?\(?pin\)?)?\b(?: (?:is|was|were|of|are))?[:=]?[ ]?[\"'`]?"
    r"((?:\d{4,10}|[a-z0-9]{4,6}-[a-z0-9]{4,6})"
    r"(?:(?:, ?| and )(?:\d{4,10}|[a-z0-9]{4,6}-[a-z0-9]{4,6})){0,16})(?![\w.:-])"
)


def chosen_passwords(text: str) -> Iterator[tuple[int, int]]:
    """Yield where in a text passwords that people chose, and short codes, stand in sentences that speak of one."""
    small = lowered(text)
    done = 0
    for found in _SPEAKS_OF_ONE.finditer(small):
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
    for word in _PLAIN_WORD.finditer(text, begin, end):
        if not is_no_value(word["value"]):
            yield word.span("value")
    for pair in _PAIR.finditer(text, begin, end):
        value = pair["value"].rstrip(".:?")
        is_pair = pair["sign"] == " / " or (pair["name"].lower() in _USUAL and value.casefold() not in _NO_PAIR)
        if len(value) > 2 and not is_no_value(value) and (is_pair or _mixed(value)):
            yield pair.start("value"), pair.start("value") + len(value)
    for apposed in _APPOSED.finditer(text, begin, end):
        for name, value in apposed.groupdict().items():
            if value and (name == "phrase" or _mixed(value.rstrip(".:;?"))):
                yield apposed.start(name), apposed.start(name) + len(value.rstrip(".:;?"))


def _mixed(value: str) -> bool:
    is_ticket = value.isupper() and is_word(value)
    plain = value.replace("-", "")
    return any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and not is_ticket and not is_word(plain)
