"""The words around a finding: its sentence, and as much of it as there is room for."""

import re

_END = re.compile(r"[.!?]+(?=\s)|[;\n]")
_FARTHEST = 1_000
"""How many characters around a place are looked at for the beginning and the end of its sentence."""


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence begins and ends that the characters from `start` to before `end` stand in."""
    first = max(0, start - _FARTHEST)
    begin = max((found.end() for found in _END.finditer(text, first, start)), default=first)
    ending = _END.search(text, max(start, end - 1), end + _FARTHEST)
    stop = ending.end() if ending else min(len(text), end + _FARTHEST)
    return min(start, begin), max(end, stop)


def excerpt(text: str, start: int, end: int, room: int) -> str:
    """Return these characters with as many words of their sentence around them as fit, at most `room` characters.

    What is left out is shown as "…". Only words that are longer than `room` themselves make it longer.
    """
    begin, stop = sentence(text, start, end)
    begin += len(text[begin:start]) - len(text[begin:start].lstrip())
    whole = text[begin:stop].strip().rstrip(".;")
    if len(whole) <= room:
        return " ".join(whole.split())
    before, after = text[begin:start].split(), text[end:stop].split()
    # What is joined to the words without a space, such as a comma or a quotation mark, belongs to them.
    lead = before.pop() if before and not text[start - 1].isspace() else ""
    trail = after.pop(0) if after and not text[end : end + 1].isspace() else ""
    words = [f"{lead}{' '.join(text[start:end].split())}{trail}"]
    left = room - len(words[0]) - 4
    earlier = 0
    while before or after:
        is_earlier = bool(before) and (not after or 2 * earlier < len(words))
        word = before[-1] if is_earlier else after[0]
        left -= len(word) + 1
        if left < 0:
            break
        words.insert(0 if is_earlier else len(words), before.pop() if is_earlier else after.pop(0))
        earlier += is_earlier
    return f"{'… ' if before else ''}{' '.join(words)}{' …' if after else ''}"
