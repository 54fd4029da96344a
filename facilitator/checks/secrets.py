"""Credentials and keys by the form that their makers give them, and passwords by what stands before them.

Every expression begins with fixed characters, repeats a bounded number of times or to the end of a run of characters
that it cannot begin within, so that it takes time in proportion to the length of the text.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple


class Secret(NamedTuple):
    """Something that opens a door: where it is in the text, and what it is, such as "a GitHub token"."""

    start: int
    end: int
    what: str


class _Form(NamedTuple):
    """The form of one kind of key: what it is, which characters every one holds, and the expression."""

    what: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]


def _form(what: str, signs: str, pattern: str) -> _Form:
    return _Form(what, tuple(signs.split()), re.compile(rf"(?<![A-Za-z0-9_]){pattern}"))


_FORMS = (
    _form("an AWS access key", "AKIA ASIA ABIA ACCA", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    _form("a Google API key", "AIza", r"AIza[\w-]{35}(?![\w-])"),
    _form("a Google OAuth token", "ya29.", r"ya29\.[\w-]{20,}"),
    _form("a Google OAuth secret", "GOCSPX-", r"GOCSPX-[\w-]{28}(?![\w-])"),
    _form("a GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", r"gh[pousr]_[A-Za-z0-9]{36,}"),
    _form("a GitHub token", "github_pat_", r"github_pat_\w{22,}"),
    _form("a GitLab token", "glpat- gldt- glrt- glft- glsoat- glcbt-", r"gl(?:pat|dt|rt|ft|soat|cbt)-[\w-]{20,}"),
    _form("a Slack token", "xox", r"xox[abeoprs]-[A-Za-z0-9-]{10,}"),
    _form("a Slack token", "xapp-", r"xapp-\d-[A-Za-z0-9-]{10,}"),
    _form("a Slack webhook", "hooks.slack.com", r"hooks\.slack\.com/(?:services|workflows)/T\w{6,20}/[\w/]{10,80}"),
    _form("a Discord webhook", "/api/webhooks/", r"discord(?:app)?\.com/api/webhooks/\d{15,22}/[\w-]{50,80}"),
    _form("a Stripe key", "sk_live_ rk_live_ sk_test_ rk_test_", r"[sr]k_(?:live|test)_[A-Za-z0-9]{16,}"),
    _form("a Stripe webhook secret", "whsec_", r"whsec_[A-Za-z0-9+/]{24,}"),
    _form("an npm token", "npm_", r"npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
    _form("a PyPI token", "pypi-", r"pypi-[\w-]{50,}"),
    _form("a SendGrid key", "SG.", r"SG\.[\w-]{16,32}\.[\w-]{32,64}"),
    _form("a Twilio key", "SK", r"SK[0-9a-f]{32}(?![0-9a-zA-Z])"),
    _form("an API key", "sk-", r"sk-(?:proj-|svcacct-|ant-[a-z0-9]{3,10}-|or-v1-)?(?=[\w-]{0,40}\d)[\w-]{20,}"),
    _form("a DigitalOcean token", "dop_v1_ doo_v1_", r"do[op]_v1_[0-9a-f]{64}"),
    _form("a Shopify token", "shpat_ shpss_ shpca_ shppa_", r"shp(?:at|ss|ca|pa)_[0-9a-fA-F]{32}"),
    _form("a Vault token", "hvs. hvb.", r"hv[sb]\.[\w-]{24,}"),
    _form("a Hugging Face token", "hf_", r"hf_[A-Za-z0-9]{34,}"),
    _form("a Linear key", "lin_api_", r"lin_api_[A-Za-z0-9]{32,}"),
    _form("an Atlassian token", "ATATT3", r"ATATT3[\w=-]{50,}"),
    _form("a Grafana token", "glsa_ glc_", r"gl(?:sa|c)_[A-Za-z0-9+/=_]{32,}"),
    _form("a New Relic key", "NRAK-", r"NRAK-[A-Z0-9]{27}"),
    _form("a Databricks token", "dapi", r"dapi[0-9a-f]{32}(?![0-9a-zA-Z])"),
    _form("an age key", "AGE-SECRET-KEY-", r"AGE-SECRET-KEY-1[A-Z0-9]{58}"),
    _form("a Telegram token", ":AA", r"\d{8,10}:AA[\w-]{33}(?![\w-])"),
    _form("a JSON Web Token", "eyJ", r"eyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]{0,2000})?"),
    _form("an Azure key", "AccountKey= SharedAccessKey=", r"(?:Account|SharedAccess)Key=[A-Za-z0-9+/=]{40,}"),
)  # fmt: skip

_SIGNS = re.compile("|".join(re.escape(sign) for form in _FORMS for sign in form.signs))
_NAMES = re.compile(r"[sS][sS][wWpP]|[pP][wW][dD]|[eE][cC][rR][eE]|[oO][kK][eE][nN]|[kK][eE][yY]|[eE][dD][eE][nN]")
"""What is in every name of a password or a secret; most texts have none of it."""

_PRIVATE = re.compile(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_PRIVATE_END = re.compile(r"-----END [A-Z0-9 ]{0,60}-----")
_LONGEST_BLOCK = 20_000
_IN_ADDRESS = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/:@]{0,100}:([^\s/@]{1,200})@")
_BEARER = re.compile(r"\b(?:[Bb]earer|[Bb]asic) ([A-Za-z0-9._~+/-]{16,2000}={0,2})")
_ASSIGNED = re.compile(
    r"(password|passwd|passphrase|pwd|secret|token|api[_ -]?key|access[_ -]?key|private[_ -]?key|credentials?)"
    r"(?:[_-]\w{0,20})?[\"']?[ \t]{0,3}(:?=>?|:|\bis\b|\bwas\b)[ \t]{0,3}"
    r"(?:([\"'`])([^\"'`\n]{6,200})\3|[\"'`]?([^\s\"'`,;]{6,200}))",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:password|passphrase)[ \t]{1,3}([\"'`“])([^\s\"'`”]{6,100})[\"'`”]", re.IGNORECASE)
_PASSWORD = frozenset(("password", "passwd", "passphrase", "pwd"))
_NO_SECRET = re.compile(
    r"[<${%*\[(]|x{4,}|\.{3}|-{2,}|(?:true|false|null|none|nil|redacted|hidden|removed|required|optional|unknown|missing|"
    r"expired|rotated|revoked|invalid|example|placeholder|password|secret|token|string|your[_-])|"
    r"[A-Z]{2,10}-\d+$|v?\d+(?:\.\d+)+$|[\d:./-]+[TZ]?[\d:.]*$|(?:https?|file|s3|gs)://|/|[a-z]+(?:[._/-][a-z]+)*[.:)]*$",
    re.IGNORECASE,
)
_LEAST_ENTROPY = 3.0


def secrets(text: str) -> Iterator[Secret]:
    """Return what a text holds of credentials and keys; some may lie within others."""
    yield from _private_keys(text)
    for form in _FORMS if _SIGNS.search(text) else ():
        if any(sign in text for sign in form.signs):
            for found in form.pattern.finditer(text):
                yield Secret(found.start(), found.end(), form.what)
    yield from _sent(text)
    if _NAMES.search(text):
        yield from _assigned(text)
        yield from _named(text)


def _private_keys(text: str) -> Iterator[Secret]:
    for private in _PRIVATE.finditer(text) if "PRIVATE KEY" in text else ():
        ending = _PRIVATE_END.search(text, private.end(), private.end() + _LONGEST_BLOCK)
        yield Secret(private.start(), ending.end() if ending else private.end(), "a private key")


def _sent(text: str) -> Iterator[Secret]:
    """Return the passwords in addresses, and the tokens of requests."""
    for found in _IN_ADDRESS.finditer(text) if "://" in text else ():
        if not _stands_for_one(found[1]):
            yield Secret(*found.span(1), "a password in an address")
    for found in _BEARER.finditer(text) if "earer " in text or "asic " in text else ():
        if any(map(str.isdigit, found[1])) and entropy(found[1]) >= _LEAST_ENTROPY:
            yield Secret(*found.span(1), "a token of a request")


def entropy(text: str) -> float:
    """Return how many bits each character of a text tells, by how often each is there; 0 for an empty text."""
    counts = Counter(text)
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts.values())


def _assigned(text: str) -> Iterator[Secret]:
    for found in _ASSIGNED.finditer(text):
        name, sign, quote = found[1].casefold(), found[2], found[3]
        start, value = (found.start(4), found[4]) if quote else (found.start(5), found[5].rstrip(".)]}>:!?"))
        word = name in _PASSWORD
        told = bool(quote) and word and sign not in ("is", "was")
        if len(value) < 6 or _stands_for_one(value) or (not told and _NO_SECRET.match(value)):
            continue
        kinds = _kinds(value)
        if word and (kinds > 1 or sign not in ("is", "was")):
            yield Secret(start, start + len(value), "a password")
        elif not word and _is_mixed(value, kinds):
            yield Secret(start, start + len(value), "a secret")


def _named(text: str) -> Iterator[Secret]:
    """Return the passwords that follow the word itself in quotation marks, when they are no word: "hunter2"."""
    for found in _NAMED.finditer(text):
        if any(map(str.isdigit, found[2])) and _kinds(found[2]) > 1 and not _NO_SECRET.match(found[2]):
            yield Secret(*found.span(2), "a password")


def _kinds(value: str) -> int:
    """Return how many kinds of characters there are: small and capital letters, digits, signs."""
    tests = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
    return sum(any(map(test, value)) for test in tests)


def _is_mixed(value: str, kinds: int) -> bool:
    """Tell whether a value looks drawn by lot rather than written."""
    return len(value) >= 8 and entropy(value) >= _LEAST_ENTROPY and (kinds > 2 or (len(value) >= 20 and kinds > 1))


def _stands_for_one(value: str) -> bool:
    """Tell whether a value only says where a secret goes: "<password>", "$DB_PASS", "***"."""
    return value[0] in "<${%*[" or len(set(value)) == 1 or value.casefold() in ("password", "pass", "redacted", "xxx")
