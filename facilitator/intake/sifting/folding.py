"""Text as it is compared where case and accents make no difference."""

import unicodedata


def folded(text: str) -> str:
    """Return a text in small letters, without accents: "Café" and "CAFE" are one."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
