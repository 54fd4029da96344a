"""Secrets that are known by the name beside them: in settings, code, requests, command lines and sentences.

The text is read in small letters, from the few words that are in every such name. From there on everything repeats a
bounded number of times.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from facilitator.checks.searching import lowered, places
from facilitator.checks.secret_values import LONGEST_JUDGED, is_drawn, is_no_value, is_word, is_written, kinds

_BEGINNINGS = (
    "pass", "kennwort", "pw", "pswd", "secret", "token", "cred", "key", "auth", "cookie", "sess", "sid", "csrf", "jwt",
    "sig", "genie", "community", "snmp ",
)  # fmt: skip
"""What every stem begins with."""

_STEM = re.compile(
    r"pass(?:w(?:or)?d|phrase|code|wort)?|kennwort|pwd|pswd|pw\b|secret|token|credential|creds\b|key|auth(?![a-z])|"
    r"cookie|sess(?:ion)?|sid\b|csrf|jwt|sig(?:nature)?\b|genie|community[ _-]string|snmp community(?: string)?"
)
_BEFORE = re.compile(r"[\w.-]{1,60}\Z")
_WORDS_BEFORE = re.compile(r"(?:[a-z0-9]{1,20}[ -]){1,3}\Z")
_AFTER = re.compile(r"[\w-]{0,30}")

_SIGN = re.compile(
    r"[\\\"'`*\])_]{0,4}(?:"
    r"(?P<value>\n[ \t]{0,16}(?:- )?[\"']?value[\"']?[ \t]{0,3}[:=][ \t]{0,8}|"
    r"[ \t]{1,3}(?:value|content)[ \t]{0,2}=[ \t]{0,2})|"
    r"(?P<told>(?: (?:for|of|on|to|in|from|at|used by) [^\n:=.,;|]{1,48}?)?"
    r"(?: (?:is|was|has been|had been|were|became|being))?(?: (?:re)?set| changed| rotated| switched)?"
    r"(?: (?:is|was|to|as|left at|left as|"
    r"of(?! (?:the|an?|our|its|this|that|my|his|her|their|all|every|each)\b)))"
    r"(?: (?:now|still|just|literally|simply|only))?:?[ \t\"'`]{0,1}(?<=[ \"'`])(?![ \t]))|"
    r"(?P<sign>(?: (?:for|of|on|to|in|from|at) [^\n:=.,;|]{1,48}?)?[ \t]{0,8}"
    r"(?::[ ]?[a-z]{2,12}[ ]?=(?=[ ]?[^\s=])|:=|=>|->|={1,3}|:|\|)"
    r"(?:[ \t]{0,12}\n?[ \t]{0,12}(?:```[a-z]{0,8}\n)?))|"
    r"(?P<tag>>)|(?P<call>[ \t]?\([ \t]?|,[ \t]{0,2}(?=[\"'])|[ \t]{1,2}\((?=\S))|"
    r"(?P<bare>[ \t]{1,6}))"
)
_QUOTED = re.compile(
    r"[\[({]?\\{0,2}(?:\"(?:\"\")?([^\"\n]{3,600}?)\\{0,2}\"|'([^'\n]{3,600}?)'|`{1,3}([^`\n]{3,600}?)`|"
    r"“([^”\n]{4,200})”|\u2018([^’\n]{4,200})’|"
    r"\*\*([^*\s]{4,200})\*\*)"
)
_PLAIN = re.compile(r"[^\s\"'`,;<>|]{3,600}")
_TAIL = ".,:;\\"
_BRACKETS = {")": "(", "]": "[", "}": "{"}

_OF_NO_SECRET = re.compile(
    r"s?[_-]?(?:secret[_-]?(?:ref|name|key)|stdin|ids?\b|id_|names?\b|file|path|dir|ur[il]\b|endpoint|types?\b|ttl|expir|exp\b|length|len\b|size|count|limit|"
    r"policy|hash|arn|version|algo|reset|rotat|manage|store|vault|field|hint|min|max|budget|usage|used|based|less|iz|"
    r"is[ei]|refs?\b|prompt|protect|auth|column|format|scope|lifetime|age\b|valid|status|exist|enabled|required|"
    r"bucket|server|service|host|provider|source|request|review|error|fail|change|issu|refresh|user\b)"
)
_AFTER_KEY = re.compile(
    r"s?(?:[_-](?:base|b64|base64|data|value|plain|pem|secret|prod|production|live|dev|staging|test|old|new|backup|"
    r"primary|secondary|v\d)|[_-]?\d{1,2})?"
)
_NO_KEYS = re.compile(
    r"(?:public|pub|primary|foreign|cache|partition|sort|composite|row|object|s3|host|idempotency|natural|surrogate|unique|"
    r"index|map|dict|json|lookup|dedup|deduplication|group|grouping|shard|redis|registry|config|sorting|join|fingerprint|"
    r"mon|don|tur|hoc|joc|whis|jo|message|event|routing_key_)[ _.-]?\Z"
)
_PASSWORDS = re.compile(
    r"passw|passphrase|passcode|pwd|pswd|kennwort|(?:^|[_.-]|[a-z])pass(?:$|[_.-])|(?:^|[_.-])pw$|community|^passe$"
)
_NO_PASSWORDS = re.compile(r"(?:by|com|tres|sur|under|over|en)pass|pass(?:ed|es|ing|ive|age|enger|port)")
_SESSION = re.compile(r"cookie|sess|sid$|csrf|jwt|sig$|signature$")
_ENDS = re.compile(r"[ \t]*(?:[\n;,)<&|\"'`}\]]|\.?\Z|\\n)|\.(?:\s|\Z)| (?:and|but|for|on|in|from|;)\b")
_A_PLACE = re.compile(
    r"/|\.{1,2}/|[a-z]{2,8}://|[A-Za-z_]\w{0,40}(?:\.\w{1,40}){0,6}!?[(\[]|\w+\.\w+\.\w+$|"
    r"(?:yes|no|ok|on|off|was|is|not|see|must|in)$",
    re.IGNORECASE,
)
_LEFT = 64


class _Class(Enum):
    PASSWORD = auto()
    SECRET = auto()
    KEY = auto()
    SESSION = auto()
    NONE = auto()


class NamedSecret(NamedTuple):
    """A secret beside its name: where it is, and whether it is a password, which a person may have chosen."""

    start: int
    end: int
    is_password: bool


def named_secrets(text: str, *, is_broad: bool = False) -> Iterator[NamedSecret]:
    """Return what of a text is a secret by the name that stands before it.

    A `broad` search also takes words that are assigned to the name of a password, and short keys: "pwd=swordfish".
    """
    small = lowered(text)
    done = 0
    for place in places(small, _BEGINNINGS):
        stem = _STEM.match(small, place) if place >= done else None
        if stem is None:
            continue
        after = _AFTER.match(small, stem.end())
        rest = after[0] if after else ""
        end = stem.end() + len(rest)
        sign = _SIGN.match(small, end)
        if sign is None:
            continue
        before = _BEFORE.search(small, max(0, stem.start() - _LEFT), stem.start())
        left = before[0] if before else ""
        first = stem.start() - len(left)
        kind = _kind(left, stem[0], rest, small, first)
        if kind is not _Class.NONE:
            found = _value(text, sign, kind, f"{left}{stem[0]}{rest}", first, is_broad=is_broad)
            if found is not None:
                done = found.end
                yield found


def _kind(left: str, stem: str, rest: str, small: str, first: int) -> _Class:
    """Return what a name is the name of."""
    name = f"{left}{stem}{rest}"
    if _PASSWORDS.search(name) and not _NO_PASSWORDS.search(name):
        ends = (
            name.rfind(each) + len(each)
            for each in ("pass", "pwd", "pswd", "pw", "wort", "string", "community", "passe")
            if each in name
        )
        tail = name[max(ends, default=len(name)) :]
        tail = tail.removeprefix("word").removeprefix("wd").removeprefix("phrase").removeprefix("code")
        return _Class.NONE if _OF_NO_SECRET.match(tail) else _Class.PASSWORD
    if stem.startswith(("secret", "token", "cred")) or stem == "genie":
        return _Class.NONE if _OF_NO_SECRET.match(rest) and not rest.endswith("key") else _Class.SECRET
    if stem == "auth":
        return _Class.SECRET if not rest and left.endswith(("_", "x-")) else _Class.NONE
    if stem == "key":
        words = _WORDS_BEFORE.search(small, max(0, first - _LEFT), first)
        said = f"{words[0] if words else ''}{left}"
        if not _AFTER_KEY.fullmatch(rest) or _NO_KEYS.search(said):
            return _Class.NONE
        return _Class.SECRET if said.strip("-_. ") else _Class.KEY
    return _Class.SESSION if _SESSION.search(f"{left}{stem}") or stem.startswith(("sess", "cookie")) else _Class.NONE


def _value(
    text: str, sign: re.Match[str], kind: _Class, name: str, first: int, *, is_broad: bool
) -> NamedSecret | None:
    how = sign.lastgroup or ""
    begin = sign.end()
    if how == "told" and text[begin - 1 : begin] in "\"'`":
        begin -= 1
    quoted = _QUOTED.match(text, begin)
    if quoted is not None:
        group = quoted.lastindex or 1
        start, value = quoted.start(group), quoted[group].rstrip("\\")
    else:
        plain = _PLAIN.match(text, begin + (text[begin : begin + 1] in ("(", "[")))
        if plain is None:
            return None
        start, value = plain.start(), _trimmed(plain[0], text[first - 1 : first])
    if how == "tag" and (text[first - 1 : first] != "<" or not text.startswith("</", start + len(value))):
        return None
    if not _counts(value, how, kind, name, is_quoted=quoted is not None):
        is_assigned = how in ("sign", "value", "tag") or name.startswith("-")
        is_alone = quoted is not None or sign[0][-1:] == "=" or _ENDS.match(text, start + len(value)) is not None
        if not (is_broad and is_assigned and is_alone and _may_be(value, kind, name)):
            return None
    return NamedSecret(start, start + len(value), kind is _Class.PASSWORD)


def _trimmed(value: str, before: str) -> str:
    """Return a value without what ends the sentence or the parameter that it stands in."""
    if before in ("?", "&"):
        value = re.split("[&#]", value, maxsplit=1)[0]
    value = value.rstrip(_TAIL)
    while value and value[-1] in _BRACKETS and _BRACKETS[value[-1]] not in value:
        value = value[:-1].rstrip(_TAIL)
    return value


def _counts(value: str, how: str, kind: _Class, name: str, *, is_quoted: bool) -> bool:
    """Tell whether a value is a secret, after this sign and a name of this kind."""
    if kind is _Class.PASSWORD:
        return _is_password(value, how, name, is_quoted=is_quoted)
    if kind is _Class.SESSION and how not in ("sign", "value", "told"):
        return False
    least = {_Class.SECRET: 8, _Class.KEY: 20, _Class.SESSION: 24 if how == "told" else 16}[kind]
    if how in ("bare", "told", "call") and not is_quoted:
        least = max(least, 16)
    return is_drawn(value, least)


def _may_be(value: str, kind: _Class, name: str) -> bool:
    """Tell whether a value that is assigned to a name of this kind may be a secret, where a person looks at it."""
    value = value[:LONGEST_JUDGED]
    if is_no_value(value) or _A_PLACE.match(value):
        return False
    if kind is _Class.PASSWORD:
        return len(value) > 2 and not (value.isdigit() and len(value) < 4)
    is_setting = "_" in name.strip("_") or name.endswith(("secretkey", "clientsecret", "apikey", "accesskey"))
    is_setting = is_setting and value.replace("-", "").isalnum() and not value.replace("-", "").isalpha()
    return kind is _Class.SECRET and len(value) >= 8 and " " not in value and (is_setting or not is_written(value))


def _is_password(value: str, how: str, name: str, *, is_quoted: bool) -> bool:
    if len(value) < (4 if how == "value" else 6) or is_no_value(value):
        return False
    is_assigned = how in ("sign", "value", "tag")
    if is_quoted and is_assigned:
        return True
    mixed = kinds(value) > (1 if any(map(str.isdigit, value)) else 2)
    if is_quoted and how == "told" and mixed:
        return True
    if how == "bare" and name.startswith("-") and kinds(value) > 2:
        return True
    if how == "bare" and not name.startswith("-"):
        return mixed and not is_word(value) and not name.endswith(("words", "phrases", "codes"))
    if how == "call":
        return mixed and not is_word(value)
    return not is_word(value) and (kinds(value) > 1 or how != "told")
