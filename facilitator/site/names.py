"""Names of pages: the same for the same thing, whatever else there is, and safe in every file system and address."""

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

_ID = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")
_LONGEST = 40
_DIGITS = 10
# Names of devices, which are no files on a share that Windows sees.
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def page_of(session_id: str) -> str:
    """Return the name of the page of a session: its id in small letters, or what is made from one of another form.

    It has nothing from the title, which may change, and may say more than the readers of a profile get.
    """
    if session_id.isupper() and _is_safe(session_id.lower()):
        return session_id.lower()
    return f"s-{_digest(session_id)}"


@lru_cache(maxsize=8192)
def group_of(key: str) -> str:
    """Return the name of the page of a group, such as a service; `key` is what its name is compared by."""
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    if slug.replace("-", " ") == key and _is_safe(slug):
        return slug
    return f"{slug[:_LONGEST].strip('-') or 'x'}-{_digest(key)}"


def _is_safe(name: str) -> bool:
    return len(name) <= _LONGEST and bool(_ID.fullmatch(name)) and not _RESERVED.fullmatch(name)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
