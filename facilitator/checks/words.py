"""Words: a text as sentences of words, with what is quoted, code, an address or a line of a log left out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

QUOTED = "\ue000"
"""The word that stands for something quoted, code or an address: it is there, and nobody here said it."""

NUMBER = "\ue001"
"""The word that stands for a number, a date or a time."""

_LOG = re.compile(
    r"^[ \t>]*(?:"
    r"(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S{0,20}\]?[ \t]+)(?:\S{1,40}[ \t]+){0,2}?"
    r"[\[<(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|CRITICAL|CRIT|FATAL|PANIC)\b"
    r"|[\[<(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|PANIC)[\])>]?:?[ \t]"
    r"|[IWEF]\d{4} \d\d:\d\d:\d\d"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d \S{1,60} \S{1,60}: "
    r"|level=|\$ |>[ \t]"
    r")[^\n]*",
    re.MULTILINE,
)
_HEARD_NOT = re.compile(
    r"`[^`\n]*`"
    r'|"[^"\n]*"'
    r"|“[^“”\n]*”"
    r"|«[^«»\n]*»"
    "|(?<![\\w\u2018])\u2018[^\u2018\u2019\n]*\u2019(?!\\w)"
    r"|(?<!\w)'[^'\n]*'(?!\w)"
    r"|https?://[^\s)>\]]+"
    r"|[\w.+-]{1,64}@[\w-]{1,64}\.\w{1,64}"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")
_NEEDS = re.compile("[`\"“«\u2018'@<]|://")
_TOKEN = re.compile(
    "(?P<quoted>\ue000+)"
    r"|(?P<number>[#~+]?\d(?:[\d:.,/%-]{0,40}[\d%])?(?:(?:am|pm|st|nd|rd|th|ms|s|m|h|x|k)\b)?(?!\w))"
    r"|(?P<word>@?[^\W_]+(?:['’._:-]+[^\W_]+)*)"
    r"|(?P<break>\n[ \t]*\n|\n(?=[ \t]*(?:[-*+•>|#\d@A-Z\ue000]|$))|\|)"
    r"|(?P<end>(?<![.!?…])[.!?…]++(?=[\s)*_\"'”’]|$))"
    r"|(?P<mark>[;:,()\[\]–—/&]|(?<!-)-++(?=\s))"
)
_PARTS = {
    "cannot": ("can", "not"), "can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "ain't": ("is", "not"), "cant": ("can", "not"), "wont": ("will", "not"), "let's": ("let", "us"),
    "who's": ("who", "is"), "dont": ("do", "not"), "didnt": ("did", "not"), "doesnt": ("does", "not"),
    "wasnt": ("was", "not"), "werent": ("were", "not"), "hadnt": ("had", "not"), "havent": ("have", "not"),
    "shouldnt": ("should", "not"), "couldnt": ("could", "not"), "wouldnt": ("would", "not"), "isnt": ("is", "not"),
    "shoulda": ("should", "have"), "coulda": ("could", "have"), "woulda": ("would", "have"),
    "shouldve": ("should", "have"), "couldve": ("could", "have"), "wouldve": ("would", "have"),
    "noone": ("no", "one"), "no-one": ("no", "one"),
}  # fmt: skip
_ENDINGS = (("'ve", "have"), ("'ll", "will"), ("'re", "are"), ("'m", "am"), ("'d", "had"))
_MODALS = frozenset(("should", "could", "would", "must", "might"))
_ABBREVIATIONS = frozenset(
    (
        "e.g",
        "i.e",
        "eg",
        "ie",
        "etc",
        "vs",
        "approx",
        "cf",
        "incl",
        "resp",
        "mr",
        "mrs",
        "ms",
        "dr",
        "a.m",
        "p.m",
        "min",
        "max",
    )
)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, for lists of words that are read by people."""
    return frozenset(text.split())


class Sentence(NamedTuple):
    """A sentence as words in lower case, marks between them included, each with its place in the text.

    What stands at `starts[n]` to `ends[n]` of `text` is the word `words[n]`; a contraction is two words. `begins` is
    the first word that is no time, number or label such as "Root cause:". `asked` tells that it ends as a question.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    begins: int
    asked: bool

    def written(self, place: int) -> str:
        """Return a word as it is written."""
        return self.text[self.starts[place] : self.ends[place]]


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text. It takes time in proportion to the length of the text."""
    masked = _masked(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _TOKEN.finditer(masked):
        kind, word = found.lastgroup, found[0]
        if kind == "word":
            _add(word, found.start(), words, starts, ends)
        elif kind in ("end", "break"):
            if kind == "end" and words and words[-1] in _ABBREVIATIONS:
                continue
            if words:
                yield _sentence(text, words, starts, ends, asked="?" in word)
                words, starts, ends = [], [], []
        else:
            words.append(
                QUOTED if kind == "quoted" else NUMBER if kind == "number" else "-" if word[0] in "-–—" else word
            )
            starts.append(found.start())
            ends.append(found.end())
    if words:
        yield _sentence(text, words, starts, ends, asked=False)


def _add(word: str, start: int, words: list[str], starts: list[int], ends: list[int]) -> None:
    end = start + len(word)
    low = word.lower()
    if len(low) != len(word):  # a letter that is several in lower case
        low = word
    if "’" in low:
        low = low.replace("’", "'")
    first, second = _PARTS.get(low, ("", ""))
    if not first and "'" in low:
        first, second = _contraction(low)
    elif not first and low.endswith("n't"):
        first, second = low[:-3], "not"
    if first:
        cut = max(start, min(end, start + len(first)))
        words += (first, second)
        starts += (start, cut)
        ends += (cut, end)
    else:
        words.append(low)
        starts.append(start)
        ends.append(end)


def _contraction(low: str) -> tuple[str, str]:
    if low.endswith("n't"):
        return low[:-3], "not"
    if low.endswith("n't've"):
        return low[:-6], "not"
    for ending, word in _ENDINGS:
        if low.endswith(ending):
            stem = low[: -len(ending)]
            return stem, "have" if stem in _MODALS else word
    return "", ""


def _sentence(text: str, words: list[str], starts: list[int], ends: list[int], *, asked: bool) -> Sentence:
    return Sentence(text, words, starts, ends, _beginning(words), asked)


def _beginning(words: list[str]) -> int:
    """Return the place after times, dates and a label."""
    place = 0
    size = len(words)
    while place < size and (words[place] in (NUMBER, "-", "/", ",", ":", "[", "]", "(", ")") or words[place] in _ZONES):
        place += 1
    for mark in range(place + 1, min(place + 5, size - 1)):
        if words[mark] == ":" and QUOTED not in words[place:mark]:
            return mark + 1
    return place if place < size else 0


_ZONES = words_of("""
utc gmt cet cest pst pdt est edt cst cdt mst mdt bst ist jst am pm mon tue wed thu fri sat sun jan feb mar apr jun jul
aug sep oct nov dec january february april june july august september october november december monday tuesday
wednesday thursday friday saturday sunday
""")


def _masked(text: str) -> str:
    """Return a text of the same length in which signs stand for what nobody here said."""
    if not _NEEDS.search(text) and "\n" not in text and not _LOG.match(text):
        return text
    text = _without(_without(text, "```", "```"), "<!--", "-->")
    text = _LOG.sub(_signs, text)
    text = _TAG.sub(_spaces, text)
    return _HEARD_NOT.sub(_signs, text)


def _without(text: str, begin: str, end: str) -> str:
    """Return a text with signs for each part between two marks; one that is never closed is a part of the text."""
    if begin not in text:
        return text
    parts: list[str] = []
    place = 0
    while (opened := text.find(begin, place)) >= 0 and (closed := text.find(end, opened + len(begin))) >= 0:
        parts += (text[place:opened], QUOTED * (closed + len(end) - opened))
        place = closed + len(end)
    return "".join((*parts, text[place:]))


def _signs(found: re.Match[str]) -> str:
    return QUOTED * len(found[0])


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])
