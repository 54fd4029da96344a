"""How wide text is, roughly and rather too wide, and how it is broken into lines.

The reader's fonts are not known, so widths are those of a wide sans serif (DejaVu), by classes of characters.
"""

import unicodedata

_CLASSES = (
    ("iljI|'", 0.32),
    (" .,:;!`", 0.36),
    ('ftr()[]{}/\\-"*°·', 0.46),
    ("abcdeghknopqsuvxyzJ", 0.63),
    ("ABCEFKLPRSTVXYZ$?_^~=<>+#&", 0.75),
    ("DGHNOQU…", 0.84),
    ("mwMW@%—", 1.0),
)
_WIDTHS = {character: width for characters, width in _CLASSES for character in characters}
_SPACE = _WIDTHS[" "]
_USUAL = 0.66
_BROAD = 1.0
_BOLD = 1.1
_NO_WIDTH = {"Mn", "Me", "Cf"}
_CLOSING = {"Pe", "Pf", "Po"}
_MARKS_KEPT = 8
_HALVINGS = 5


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is in a font of `size`, both in pixels."""
    return sum(map(_character_width, text)) * size * (_BOLD if bold else 1.0)


def wrapped(text: str, width: float, size: float, *, most: int, bold: bool = False) -> list[str]:
    """Return a text of one line as lines no wider than `width`, in a font of `size`; "…" ends what is cut.

    There are no more than `most` lines, and as few as can be, about equally long. Lines end between words where they
    can, else within one.
    """
    room = width / size / (_BOLD if bold else 1.0)
    enough = int((most + 1) * room / min(_WIDTHS.values())) * _MARKS_KEPT
    pieces = [piece for word in _words(text[:enough]) for piece in _pieces(word, room)]
    lines = _filled(pieces, room)
    if len(lines) > most or len(text) > enough:
        return _cut(lines[:most], room)
    narrow, broad = max(room / 2, *(piece[1] for piece in pieces)) if pieces else room, room
    for _ in range(_HALVINGS if len(lines) > 1 else 0):
        tried = (narrow + broad) / 2
        if len(found := _filled(pieces, tried)) == len(lines):
            lines, broad = found, tried
        else:
            narrow = tried
    return lines


def _filled(pieces: list[tuple[str, float]], room: float) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for piece, width in pieces:
        if line and used + width > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line += piece
        used += width + (_SPACE if piece.endswith(" ") else 0.0)
    return [*lines, line.rstrip()]


def _words(text: str) -> list[str]:
    """Return the parts after which a line may end; together they are the text. A lone sign stays with its number."""
    words: list[str] = []
    for word in text.split(" "):
        if words and word and not word[0].isalnum() and len(word) == 1:
            words[-1] += word
        else:
            words += _ideographs(word)
        words[-1] += " "
    if words:
        words[-1] = words[-1].removesuffix(" ")
    return words


def _ideographs(word: str) -> list[str]:
    """Part a word after each broad character, as East Asian text may be, but not before a sign that closes."""
    if word.isascii():
        return [word]
    parts = [""]
    for character in word:
        closing = unicodedata.category(character) in _CLOSING
        if not parts[-1] and len(parts) > 1 and (closing or _character_width(character) == 0.0):
            parts.pop()
        joined = parts[-1].endswith("\N{ZERO WIDTH JOINER}")
        parts[-1] += character
        if joined or unicodedata.east_asian_width(character) in "WF":
            parts.append("")
    return [part for part in parts if part] or [""]


def _pieces(word: str, room: float) -> list[tuple[str, float]]:
    """Part a word that is wider than a line; each piece with its width, without a space at its end."""
    widths = [_character_width(character) for character in word]
    whole = sum(widths) - (_SPACE if word.endswith(" ") else 0.0)
    if whole <= room:
        return [(word, whole)]
    pieces: list[tuple[str, float]] = []
    start, used = 0, 0.0
    for place, width in enumerate(widths):
        if used + width > room and place > start and word[place] != " ":
            pieces.append((word[start:place], used))
            start, used = place, 0.0
        used += width
    return [*pieces, (word[start:], min(used, room))]


def _cut(lines: list[str], room: float) -> list[str]:
    last = lines[-1]
    used = sum(map(_character_width, last)) + _WIDTHS["…"]
    while last and used > room:
        used -= _character_width(last[-1])
        last = last[:-1]
    return [*lines[:-1], f"{last.rstrip()}…"]


def _character_width(character: str) -> float:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if character < "\u0300":
        return _USUAL
    if unicodedata.category(character) in _NO_WIDTH:
        return 0.0
    return _BROAD if character >= "\u0530" else _USUAL
