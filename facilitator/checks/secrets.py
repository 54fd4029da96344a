"""Credentials and keys: by the form that their makers give them, by what sends them, and by the name beside them.

Every expression begins with fixed characters, repeats a bounded number of times or to the end of a run of characters
that it cannot begin within, so that it takes time in proportion to the length of the text.
"""

import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple

from facilitator.checks.key_forms import FORMS
from facilitator.checks.named_secrets import named_secrets
from facilitator.checks.secret_values import is_drawn, is_no_value

_SHORT = 2_000
_LONG_WORD = re.compile(r"(?<!\S)\S{14,}")

_PRIVATE = re.compile(r"-{4,5} ?BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)? ?-{4,5}|PuTTY-User-Key-File-\d:")
_PRIVATE_END = re.compile(r"-{4,5} ?END [A-Z0-9 ]{0,60}-{4,5}(?:\\n)?|Private-MAC: ?[0-9a-f]{1,80}")
_PRIVATE_LINES = re.compile(r"(?:(?:\s|\\r|\\n|[>|]){1,12}[A-Za-z0-9+/=]{16,100}){1,200}")
_LONGEST_BLOCK = 20_000
_AROUND = 300

_IN_ADDRESS = re.compile(r"(?<=[A-Za-z0-9])://(?:[^\s/:@?#\"']{0,100}:([^\s/\"']{1,200})|([^\s/:@?#\"'<>]{16,200}))@")
_OFTEN_LEFT = frozenset(("changeme", "change_me", "secret", "default", "postgres"))
"""What says where a password goes in a document, but in an address is the password that nobody changed."""

_SENT = re.compile(r"[Bb](?:earer|EARER|asic)[ :]{1,2}[\"'`]?([A-Za-z0-9._~+/-]{8,2000}={0,2})")
_HEADER = re.compile(
    r"[Aa]uthorization[\"'`\\]{0,3}[ \t]{0,3}[:=][ \t]{0,3}[\\\"'`]{0,3}(?:[A-Za-z0-9-]{3,20}[ =]{1,2}){0,2}"
    r"[\"'`]?([A-Za-z0-9._~+/:=-]{16,2000})"
)
_REST, _VALUE = r"[^\n|;]{0,160}?", r"([\"']?)([^\s\"'`]{4,100})\1"
_TYPED = (
    (" -p", re.compile(rf"\b(?:mysql\w{{0,12}}|mariadb[\w-]{{0,12}}|xtrabackup)\b{_REST} -p{_VALUE}")),
    (" -p ", re.compile(rf"\b(?:sshpass|login|useradd|mongo\w{{0,9}}|sqoop|plink|pscp|7z|az|oc)\b{_REST} -p {_VALUE}")),
    (" -a ", re.compile(rf"\bredis-cli\b{_REST} -a {_VALUE}")),
    (" -w ", re.compile(rf"\bldap\w{{3,12}}\b{_REST} -w {_VALUE}")),
    (" -P ", re.compile(rf"\b(?:sqlcmd|bcp|isql|ipmitool|plink|unzip|zip)\b{_REST} -P {_VALUE}")),
    ("-u", re.compile(r"(?<![\w-])-u ?([\"']?)[\w.@+-]{1,64}:([^\s\"'`:/][^\s\"'`:]{3,200})")),
    ("-user", re.compile(r"(?<!\w)--(?:proxy-)?user[ =]([\"']?)[\w.@+-]{1,64}:([^\s\"'`:/]{4,200})")),
    ("htpasswd", re.compile(r"\bhtpasswd -\w{0,5}b\w{0,5} (\S{1,100}) \S{1,64} ([^\s\"'`]{4,100})")),
    ("chpasswd", re.compile(r"\becho ([\"']?)[\w.-]{1,32}:([^\s\"'`]{4,100})[\"']? ?\| ?(?:sudo )?chpasswd")),
    ("as the pass", re.compile(r"\b(?:with|using|and) ([\"'`]?)([^\s\"'`]{6,100})\1 as the pass(?:word|phrase)\b")),
    ("reds ", re.compile(r"\b([Cc])reds (?:were|are|was) [\w.@-]{1,40} ?[/:] ?([^\s\"'`,]{6,100})")),
    ("_password ", re.compile(r"\brabbitmqctl (change|clear)_password [\w.-]{1,60} ([^\s\"'`]{4,100})")),
    ("add_user ", re.compile(r"\brabbitmqctl (add)_user [\w.-]{1,60} ([^\s\"'`]{4,100})")),
    ("IDENTIFIED BY ", re.compile(r"IDENTIFIED BY (?:PASSWORD )?([\"'])([^\s\"'`]{3,100})\1")),
    ("PASSWORD '", re.compile(r"\bPASSWORD (')([^\s\"'`]{3,100})'")),
    ("requirepass ", re.compile(r"\b(require)pass ([^\s\"'`]{4,100})")),
    (" -c ", re.compile(rf"\bsnmp\w{{2,10}}\b{_REST} -c {_VALUE}")),
    ("sqlplus ", re.compile(r"\b(sqlplus)(?: -\w{1,8})? [\w$]{1,40}/([^\s@\"'/]{3,100})")),
    ("@tcp(", re.compile(r"(?<![\w.-])([\w.-]{1,64}):([^\s:@/\"'`]{3,100})@tcp\(")),
    ("@unix(", re.compile(r"(?<![\w.-])([\w.-]{1,64}):([^\s:@/\"'`]{3,100})@unix\(")),
    ("-keygen ", re.compile(rf"\b(?:ssh-keygen)\b{_REST} -[NP] ?{_VALUE}")),
    (" -A ", re.compile(rf"\bsnmp\w{{2,10}}\b{_REST} -A {_VALUE}")),
    (" -X ", re.compile(rf"\bsnmp\w{{2,10}}\b{_REST} -X {_VALUE}")),
    ("-server community ", re.compile(r"\bsnmp-server (community) ([^\s\"'`]{3,100})")),
    (" login ", re.compile(r"\bmachine \S{1,200} login (\S{1,100}) password ([^\s\"'`]{3,100})")),
    ("thin:", re.compile(r"(thin):[\w$-]{1,40}/([^\s@\"'/]{3,100})@")),
    ("={", re.compile(r"(?i:pwd|password) ?(=)\{(?![A-Za-z_.]{1,60}\})([^{}\n]{3,100})\}")),
    ("net user ", re.compile(r"\bnet (user) \S{1,64} ([^\s\"'`/]{4,100})")),
    (" <<< ", re.compile(r"\b(?:\w{0,6}passwd|kinit|sudo -S|su)\b[^\n|]{0,60} <<< ([\"']?)([^\s\"'`$]{4,100})")),
    (" /user:", re.compile(rf"\bnet use\b{_REST} /user:([\"']?)[\w.\\@-]{{1,64}}\1 ([^\s\"'`/]{{4,100}})")),
    ("sudo -S", re.compile(r"\becho ([\"']?)([^\s\"'`|]{4,100})[\"']? ?\| ?sudo -S")),
    ("word-stdin", re.compile(
        r"\becho (?:-n )?([\"']?)([^\s\"'`|$]{4,100})[\"']? ?\|[^\n|]{0,100}--password-stdin")),
    ("pass:", re.compile(r"(?<=\s)-pass(in|out)? pass:([^\s\"'`]{4,100})")),
    ("%", re.compile(r"(?<=\s)-U ?([\"']?)[\w.\\/@-]{1,64}%([^\s\"'`]{4,100})")),
    (" using ", re.compile(r"\bconnect\b[^\n]{0,60} (user) [\w.@-]{1,64} using ([^\s\"'`]{4,100})")),
    (":543", re.compile(r"(?<![\w.-])([\w.*-]{1,100}):543\d:[\w*-]{1,60}:[\w*-]{1,60}:([^\s\"'`]{4,100})")),
)  # fmt: skip
"""What people type after the name of a program, each with characters that are always there; group 2 is the password."""


class Secret(NamedTuple):
    """Something that opens a door: where it is in the text, and what it is, such as "a GitHub token"."""

    start: int
    end: int
    what: str


def secrets(text: str, *, is_broad: bool = False) -> Iterator[Secret]:
    """Return what a text holds of credentials and keys; some may lie within others.

    A `broad` search finds more, and more that is none, for where a person looks at each; see `named_secrets`.
    """
    yield from _private_keys(text)
    yield from _formed(text)
    yield from _sent(text)
    yield from _typed(text)
    for start, end, is_password in named_secrets(text, is_broad=is_broad):
        yield Secret(start, end, "a password" if is_password else "a secret")


def _private_keys(text: str) -> Iterator[Secret]:
    for private in _PRIVATE.finditer(text) if "PRIVATE KEY" in text or "PuTTY-User-Key" in text else ():
        begins = _PRIVATE.search(text, private.end(), private.end() + _LONGEST_BLOCK)
        ending = _PRIVATE_END.search(text, private.end(), begins.start() if begins else private.end() + _LONGEST_BLOCK)
        lines = None if ending else _PRIVATE_LINES.match(text, private.end())
        yield Secret(private.start(), (ending or lines or private).end(), "a private key")


def _formed(text: str) -> Iterator[Secret]:
    """Return the keys that are known by their form. None is short, so most texts are ruled out by their long words."""
    words = text if len(text) <= _SHORT else "\n".join(dict.fromkeys(_LONG_WORD.findall(text)))
    for form in FORMS:
        if any(sign in words for sign in form.signs):
            for found in form.found(text):
                yield Secret(found.start(), found.end(), form.what)


def _sent(text: str) -> Iterator[Secret]:
    """Return the passwords in addresses, and the tokens of requests."""
    for found in _IN_ADDRESS.finditer(text) if "://" in text and "@" in text else ():
        group = 1 if found[1] else 2
        if group == 2 and is_drawn(found[2]):
            yield Secret(*found.span(2), "a key in an address")
        if group == 1 and (not is_no_value(found[1]) or found[1].lower() in _OFTEN_LEFT):
            yield Secret(*found.span(1), "a password in an address")
    for found in _SENT.finditer(text) if "earer" in text or "asic" in text or "BEARER" in text else ():
        if _opens(found[1]) if found[0][0] in "bB" and found[0][1] in "aA" else is_drawn(found[1]):
            yield Secret(*found.span(1), "a token of a request")
    for found in _HEADER.finditer(text) if "uthorization" in text else ():
        if is_drawn(found[1]):
            yield Secret(*found.span(1), "a token of a request")


def _opens(encoded: str) -> bool:
    """Tell whether a text is a name and a password as "Basic" sends them."""
    try:
        return b":" in binascii.a2b_base64(encoded + "=" * (-len(encoded) % 4)) and len(encoded) >= 8
    except binascii.Error:
        return False


def _typed(text: str) -> Iterator[Secret]:
    """Return the passwords in command lines, in which only what is around the signs of one is looked at."""
    for sign, pattern in _TYPED:
        place = text.find(sign)
        while place != -1:
            begin = text.rfind("\n", max(0, place - _AROUND), place) + 1 or max(0, place - _AROUND)
            end = text.find("\n", place, place + _AROUND)
            end = end if end != -1 else min(len(text), place + _AROUND)
            for found in pattern.finditer(text, begin, end):
                if not is_no_value(found[2]):
                    yield Secret(*found.span(2), "a password")
            place = text.find(sign, end)
