"""Whether a value can be a secret: drawn by lot, written by a person, or only a word that says where one goes."""

import math
import re
from collections import Counter

LEAST_ENTROPY = 3.0
"""How many bits each character of a drawn value tells at least."""

_STANDS_FOR_ONE = re.compile(
    r"<|![a-z]{3,12}$|\$[A-Z_{(]|\$$|\{\{|\{[A-Za-z_.]{1,40}\}|%[A-Za-z_]{2,40}%|%\(|%[A-Za-z]$|\[[^\]]{0,80}\]?$|\*{3,}|x{4,}$|X{4,}$|•|…|\.{3}|_{3,}"
    r"|(?:[A-Z]{2,12}_){1,4}(?:HERE|ME|KEY|TOKEN|PASSWORD|SECRET)$"
    r"|01[0-9A-HJKMNP-TV-Z]{24}$"  # an id of ours, as in the marks of a form
)
_NOBODYS = frozenset(
    (
        "password", "passwd", "pass", "passphrase", "pwd", "secret", "token", "key", "redacted", "removed", "hidden",
        "masked", "censored", "xxx", "changeme", "change_me", "true", "false", "null", "none", "nil", "undefined",
        "string", "str", "text", "bool", "boolean", "bytes", "required", "optional", "unknown", "missing", "invalid",
        "expired", "rotated", "revoked", "leaked", "reset", "example", "placeholder", "empty", "unset", "default",
        "password)", "sha256", "sha512", "sha1", "md5", "base64", "utf8", "oauth2", "oauth", "bcrypt", "argon2",
        "argon2id", "pbkdf2", "scrypt", "ed25519", "aes256", "tls12", "tls13", "http2", "ipv4", "ipv6", "postgres",
    )
)  # fmt: skip
_NO_SECRET = re.compile(
    r"[-–—=]{2,}|(?:your|my|the|some|example|dummy|fake|redacted|hidden|removed)[_ -]|"
    r"[A-Za-z]{2,10}-\d+[.,:;)]*$|#\d+$|v?\d+(?:\.\d+)+[\w.-]{0,20}$|[\d:./+-]+[TZ]?[\d:.+-]*Z?$|"
    r"(?:https?|file|s3|gs|vault|ssm|arn|op|sm)://|arn:|vault:|/(?:[\w.@{}-]{1,60}/){1,12}|\.{1,2}/|"
    r"[a-z]+(?:['’._/-][a-z]+)*[.:)]*$|"
    r"[a-z_.]{1,60}!?\(|[a-z_][\w.]{1,60}\([^()]{0,60}\)|(?:os|process|env|self|this|config|settings|secrets|var|local|data|params|request)\.[a-z_]",
    re.IGNORECASE,
)
_WORDY = re.compile(r"(?:[A-Z]?[a-z]{1,20}|[A-Z]{1,20}){1,4}\d{0,4}|\d{1,8}|v\d{1,3}|[a-z]\d[a-z]|")
_APART = re.compile(r"[-_./:@+=~]")
_PAIRS = frozenset(
    pairs[0] + second
    for pairs in [
        "abcdfgiklmnprstuvwy",
        "baeilorsu",
        "cacehiklortu",
        "dadeiorsu",
        "eabcdefgilmnpqrstvwxy",
        "faefilortu",
        "gaeghinorsu",
        "haeiortu",
        "iabcdefglmnoprstvxz",
        "keins",
        "ladeilostuvy",
        "mabeimopsu",
        "nacdefgiklnostuvy",
        "oabcdfgiklmnoprstuvwy",
        "padeiloprstu",
        "qu",
        "racdegiklmnorstuvy",
        "sacehiklopstuy",
        "tacehiloprstuwy",
        "uabcdegilmnprst",
        "vaei",
        "waehinors",
        "xeipt",
        "yemost",
        "ze",
    ]
    for second in pairs[1:]
)
"""The pairs of letters in written words, 97 of 100; those in words drawn by lot are one of these 4 times in 10."""

_WRITTEN_SHARE = 0.6
_SHORT_PART = 6
LONGEST_JUDGED = 100
"""How much of a value is looked at, which is enough to tell what it is."""
_TESTS = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())


def entropy(text: str) -> float:
    """Return how many bits each character of a text tells, by how often each is there; 0 for an empty text."""
    counts = Counter(text)
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts.values())


def kinds(value: str) -> int:
    """Return how many kinds of characters there are: small and capital letters, digits, signs."""
    return sum(any(map(test, value)) for test in _TESTS)


def is_no_value(value: str) -> bool:
    """Tell whether a value only says where a secret goes: "<password>", "$DB_PASS", "***"."""
    return _STANDS_FOR_ONE.match(value) is not None or len(set(value)) == 1 or value.casefold().strip(".,)") in _NOBODYS


def is_word(value: str) -> bool:
    """Tell whether a value is a word, a number, a place or a version rather than a password."""
    return is_no_value(value) or _NO_SECRET.match(value) is not None


def is_written(value: str) -> bool:
    """Tell whether a value is made of words and numbers: "checkoutPool-2", and not "hmixNJLxgf6"."""
    return all(map(_is_wordy, _APART.split(value)))


def _is_wordy(part: str) -> bool:
    if _WORDY.fullmatch(part) is None:
        return False
    letters = part.rstrip("0123456789").lower()
    pairs = sum(letters[place : place + 2] in _PAIRS for place in range(len(letters) - 1))
    return len(letters) < _SHORT_PART or pairs >= _WRITTEN_SHARE * (len(letters) - 1)


def is_drawn(value: str, least: int = 8) -> bool:
    """Tell whether a value looks drawn by lot rather than written: "k3Jx9…", and not "checkout-db-2"."""
    value = value[:LONGEST_JUDGED]
    if len(value) < least or " " in value or (not any(map(str.isdigit, value)) and len(value) < 24):
        return False
    count = kinds(value)
    if not (count > 2 or (len(value) >= 20 and count > 1)) or (is_word(value) and value[0] not in "/+"):
        return False
    return entropy(value) >= LEAST_ENTROPY and not is_written(value)
