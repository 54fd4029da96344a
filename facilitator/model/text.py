"""The door through which text enters: everything typed, pasted or read from a file is cleaned here."""

import re
import unicodedata

_BY_ROLE = re.compile(
    r"the .{1,60}|an? [^\W\d_][\w '’-]{1,60}|[^\W\d][^@]{0,60} \d{1,4}|somebody|\\?\[(?:[\w ]{1,60} )?removed\\?\]"
)

MAX_TEXT = 100_000
"""The longest text that one field of a session keeps, in characters."""

_NEWLINES = re.compile("\r\n?|[\x85\u2028\u2029]")
# A whole terminal sequence goes, not only its first byte, so that no "[31m" or "]52;c;..." stays behind as text.
_SEQUENCES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"
    "|(?:\x1b[\\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?"
    "|\x1b[ -/]*[0-~]?"
)
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls, except tab and newline
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks, overrides and isolates
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # byte order mark, annotations, tags
    "\ud800-\udfff]"  # lone surrogates
)
# Whatever is taken out or replaced begins with one of these.
_SUSPECT = re.compile(f"[\u2028\u2029{_UNSAFE.pattern[1:]}")


def clean(text: str) -> str:
    r"""Return `text` without anything that a terminal or another reader could take for a command.

    Terminal sequences, control characters, direction overrides and lone surrogates go; newlines become `\n`; the
    rest is normalised to NFC. Cleaning twice changes nothing more.
    """
    if text.isascii() and text.isprintable():
        return text
    if _SUSPECT.search(text) is not None:
        text = _NEWLINES.sub("\n", text)
        text = _UNSAFE.sub("", _SEQUENCES.sub("", text))
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return `text` cleaned, with every run of white space as one space and none at the ends."""
    return " ".join(clean(text).split())


def paragraphs(text: str) -> str:
    """Return `text` cleaned, tabs as spaces, no space at line ends, no blank lines at either end."""
    lines = [line.rstrip() for line in clean(text).expandtabs(4).split("\n")]
    return "\n".join(lines).strip("\n")


def handle(owner: str) -> str:
    """Return an owner as people write one: "@alice"; nothing for nobody. Owners are kept without the sign.

    Somebody who is called by a role, such as "the incident commander", "an engineer" or "person 3", has no handle, nor
    has what stands for words that were taken out, such as "[removed]".
    """
    return f"@{owner}" if owner and not _BY_ROLE.fullmatch(owner) else owner
