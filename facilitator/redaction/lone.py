"""Keys that no form and no name tells: what looks drawn by lot, by the nearest word that says what such a thing is.

Only redaction looks for these, where a person sees each before it is replaced; the checks would speak too often. What
is drawn from small letters, capitals and digits is a key unless a word beside it says otherwise ("commit", "etag").
What is hexadecimal, or a UUID, is nearly always the name of something: it is a key only where a word says so ("token").
"""

import re
from collections.abc import Iterator

from facilitator.checks.searching import lowered
from facilitator.checks.secret_values import (
    LEAST_ENTROPY,
    LONGEST_JUDGED,
    entropy,
    is_no_value,
    is_word,
    is_written,
    kinds,
)

_WORD = re.compile(r"(?<!\S)\S{16,}")
_RUN = re.compile(r"[A-Za-z0-9+/_=~.-]{16,4000}")
_ADDRESS_END = re.compile(r"[\"'<>`|]")
_NAMES = re.compile(r"0x|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$|[0-9a-f]+$|[0-9A-F]+$|[a-z0-9]+$|[A-Z0-9]+$")
"""What things are mostly named by: a number in hexadecimal, a UUID, letters of one case and digits."""

_NAME_OF_A_THING = re.compile(r"[a-z]{2,20}-[a-z0-9-]{1,60}$")
_PUBLIC = re.compile(
    r"AAAA[BCE][23]|MII[A-K]|iVBOR|data:|(?:sha(?:1|256|384|512)|h1|md5)[-:=]|eyJ|pk_|nonce-|i-0|vol-|ami-|subnet-|sg-|eni-"
)
_OF_NO_KEY = (
    "sha256:", "sha512:", "sha1:", "sha256-", "sha384-", "sha512-", "sha1-", "md5:", "h1:", "base64,", "$", "\\",
)  # fmt: skip
"""What stands right before a checksum, a picture or a variable."""

_PUBLIC_BLOCK = re.compile(
    r"-----BEGIN (?!(?:[A-Z0-9]{1,20} ){0,3}PRIVATE)[A-Z0-9 ]{3,60}-----[A-Za-z0-9+/=\s\\:,.()>]{0,20000}-----END"
)
_SAYS = re.compile(
    r"(?P<name>(?:cache|partition|primary|foreign|sort|public|object|deduplication|dedup|routing|idempotency|message|"
    r"storage|row|shard|lookup|s3|redis|registry|translation|host)[ _-]?keys?|"
    r"(?!secret[ _-]?id)(?:key|token|session|secret|auth|client|login)[ _-]?"
    r"(?:ids?\b|name|hash|arn|version|file|path|fingerprint|count)|"
    r"uuid|guid|ulid|(?<![a-z])ids?\b|_id|[a-z]id(?=\"?[ =:])|sha\d{0,3}\b|hash|digest|checksum|sum\b|md5|etag|"
    r"commit|revision|\brev\b|revert|integrity|nonce|trace|span|request|image|container|pod|node|version|fingerprint|"
    r"ssh-|serial|build|blob|chunk|cache|branch|message|correlation|lineage|release|instance|volume|offset|index|tag\b|"
    r"user\b|account|customer|tenant|order|event|job\b|ray\b|amz-id|sentry|issue|dashboard|document|file|path|class|"
    r"function|method|module|package|import|metric|rolled|deployed|deploy\b|merge|cherry|head\b|parent|tree|object|layer|"
    r"match|boot|machine|device|transaction|tx\b|block|address|topic|group|queue|shard|snapshot|backup\b|bucket|lock)|"
    r"(?P<door>secret[ _-]?id|passw|passphrase|passcode|pwd\b|secret|token|credential|creds\b|key|auth(?!or)|bearer|"
    r"login|licen[cs]e|seed\b|totp|2fa|mfa\b|otp\b|unseal|cookie|webhook|sas\b|jwt|\bpat\b|dsn\b|encrypt|"
    r"(?<=[ ,])response=|signing|(?<=\s)-[kptauw] )"
)
_BEFORE, _AFTER = 72, 60
_THEN = re.compile(
    r"[\"'`),;]{0,3}(?: (?:is|was|are|were|as)\b[^\n]{0,16}?| \| ?[^\n|]{0,40}?| \()"
    r"\b(?:passw|secret|token|api[ -]?key|credential|login|key\b|--password-stdin)"
)
_QUOTED_VALUE = re.compile(r"(?:\w\((?:[^()\n]{0,80}[, ])?|[\w\"'\])][ \t]{0,4}(?:=>|:?=|:)[ \t]{0,4})[\"']\Z")
_ACCOUNT = re.compile(r"(?:AC|SK)[0-9a-z]{32}$")


def lone_keys(text: str) -> Iterator[tuple[int, int]]:
    """Yield where in a text something looks drawn by lot and is not the name of something."""
    small = lowered(text)
    if "-----BEGIN " in text:
        text = _PUBLIC_BLOCK.sub(lambda found: " " * len(found[0]), text)
    for word in _WORD.finditer(text):
        for run in _RUN.finditer(text, *word.span()):
            start, end = run.start(), run.start() + len(run[0].rstrip(".-"))
            if _is_in_address(text, word.start(), start):
                continue
            assigned = text.find("=", start, end - 16) + 1
            start = assigned or start
            if _is_key(text, small, start, end):
                yield start, end


def _is_in_address(text: str, begin: int, start: int) -> bool:
    """Tell whether a place is in an address, of which the keys are known by other means."""
    address = text.rfind("://", begin, start + 3)
    return text[start - 1 : start] == "%" or (address != -1 and _ADDRESS_END.search(text, address, start) is None)


def _is_key(text: str, small: str, start: int, end: int) -> bool:
    value = text[start : min(end, start + LONGEST_JUDGED)]
    if not any(map(str.isdigit, value)) or _PUBLIC.match(text, max(0, start - 7)) or _PUBLIC.match(value):
        return False
    if text.endswith(_OF_NO_KEY, max(0, start - 7), start):
        return False
    if is_no_value(value) or is_written(value) or _is_path(value) or entropy(value) < LEAST_ENTROPY:
        return False
    said = _said(small, start)
    if said == "door":
        return kinds(value) > 1 and not is_word(value) and _NAME_OF_A_THING.match(value) is None
    if said == "name":
        return False
    if _NAMES.match(value) is None and len(value) >= 20 and kinds(value.replace("-", "").replace("_", "")) > 2:
        return any(map(str.islower, value)) and any(map(str.isupper, value)) and sum(map(str.isdigit, value)) > 1
    return (
        (len(value) >= 32 and _QUOTED_VALUE.search(text, max(0, start - 90), start) is not None)
        or _ACCOUNT.match(value) is not None
        or _THEN.match(small, end, end + _AFTER) is not None
    )


def _said(small: str, start: int) -> str:
    """Return what the nearest word before a place says of it: that it opens a "door", is a "name", or nothing."""
    begin = max(small.rfind("\n", max(0, start - _BEFORE), start) + 1, start - _BEFORE, 0)
    said = ""
    for found in _SAYS.finditer(small, begin, start):
        said = found.lastgroup or ""
    return said


def _is_path(value: str) -> bool:
    parts = value.split("/")
    return len(parts) > 1 and any(len(each) > 2 and each.isalpha() and each.islower() for each in parts)
