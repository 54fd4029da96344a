"""Why trees and fault trees as Mermaid flowcharts, for pages that draw them (GitHub, GitLab, wikis).

Text becomes labels that show exactly that text. Mermaid reads labels as Markdown, with codes such as `#35;` for
characters, and looks for comments, directives, icons, formulas and styles all over the source, in labels too.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from facilitator.documents.pictures.gates import Symbol, drawn
from facilitator.documents.pictures.part import Part, part
from facilitator.documents.pictures.shapes import word
from facilitator.documents.pictures.svg import shortened
from facilitator.documents.pictures.words import NOTHING_SAID, factor_names, remarks
from facilitator.model.forest import forest
from facilitator.model.session import Join, Session

SHOWN = 200
"""How many nodes a diagram shows. Mermaid draws no diagram of more than 500 lines between nodes."""

LONGEST = 48_000
"""How long the source may be, in characters. Mermaid draws none of more than 50,000."""

_LONGEST_LABEL = 300
_MARK = re.compile(
    r"""
    (?=[\x00-\x7f])[^\w\s,.'()/:?%!-] # ASCII that is neither a letter, a digit, a space nor one of these
    | (?<![^\W_])_ | _(?![^\W_])        # emphasis, unless within a word
    | ^- | (?<=-)-                      # lists, rules
    | (?<=%)% | (?<=www)\.              # comments, addresses
    | :(?![\s\d]|$) | (?<=/)/           # addresses, icons
    """,
    re.VERBOSE | re.IGNORECASE,
)
_INSIDE = re.compile("(?<=ﬂ)(?=°)|(?<=¶)(?=ß)")
"""Where Mermaid would take text for a code in its own writing; a word joiner, which is not seen, keeps it apart."""

_NUMBERED = re.compile(r"^([0-9]{1,9})([.)])(?=\s|$)")
_STYLED = re.compile("style|classdef", re.IGNORECASE)

_Lines = Callable[[int, Part], Iterable[str]]


def label(text: str) -> str:
    """Return a text of one line as a label in quotes, cut with "…" when it is long."""
    said = shortened(text, _LONGEST_LABEL) or NOTHING_SAID
    coded = _NUMBERED.sub(lambda match: match[1] + _code(match[2]), _MARK.sub(lambda match: _code(match[0]), said))
    coded = _INSIDE.sub("\N{WORD JOINER}", coded)
    return f'"{coded.replace(":", _code(":")) if _STYLED.search(coded) else coded}"'


def whytree_mermaid(session: Session) -> str:
    """Return the why trees as a flowchart, or nothing when there are none. Shows the part nearest to the effects."""
    if not session.whys:
        return ""
    trees = forest(session.whys)
    factors = factor_names(session)
    tops = frozenset(trees.tops)

    def lines(number: int, shown: Part) -> Iterator[str]:
        why = session.whys[number]
        noted = remarks(why, factors)
        said = label(f"{shortened(why.text, _LONGEST_LABEL - 60)} ({noted})" if noted else why.text)
        yield f"w{number}[[{said}]]" if number in tops else f"w{number}[{said}]"
        start = f"w{number}"
        if len(shown.below[number]) + (number in shown.hidden) > 1:
            yield f"w{number} --- g{number}{_gate(why.join)}"
            start = f"g{number}"
        yield from (f"{start} --> w{each}" for each in shown.below[number])
        yield from _hidden(number, start, shown)

    return _flowchart("LR", lines, trees.below, trees.tops, name="Why tree")


def faulttree_mermaid(session: Session, effect: str = "") -> str:
    """Return the fault trees as a flowchart, or only that of the effect with this id; nothing when there are none."""
    found = drawn(session, effect)
    if not found.symbols:
        return ""
    tops = frozenset(found.tops)

    def lines(number: int, shown: Part) -> Iterator[str]:
        symbol = found.symbols[number]
        yield f"n{number}{_shape(symbol, effect=number in tops)}"
        start = f"n{number}"
        if symbol.join:
            yield f"n{number} --- g{number}{_gate(symbol.join)}"
            start = f"g{number}"
        yield from (f"{start} --- n{each}" for each in shown.below[number])
        yield from _hidden(number, start, shown)

    return _flowchart("TB", lines, found.below, found.tops, name="Fault tree")


def _flowchart(direction: str, lines: _Lines, below: Sequence[Sequence[int]], tops: Sequence[int], *, name: str) -> str:
    """Return the flowchart of a forest, as much of it as Mermaid draws."""
    limit = SHOWN
    while True:
        shown = part(below, tops, limit)
        left_out = f". Not shown: {shown.left_out:,}" if shown.left_out else ""
        source = [f"flowchart {direction}", f"accTitle: {name}{left_out}"]
        source += [line for number in shown.order for line in lines(number, shown)]
        if len(tops) > len(shown.tops):
            source.append(f"more({label(f'{len(tops) - len(shown.tops):,} more effects, not shown')})")
        length = sum(map(len, source)) + 3 * len(source)
        if length <= LONGEST or limit == 1:
            return "\n  ".join(source) + "\n"
        limit = max(1, limit * LONGEST // length)


def _shape(symbol: Symbol, *, effect: bool) -> str:
    if effect:
        return f"[[{label(symbol.text)}]]"
    if not symbol.event:
        return f"[{label(symbol.text)}]"
    said = label(f"C{symbol.event}: {shortened(symbol.text, _LONGEST_LABEL - 40)}{' (enough alone)' * symbol.single}")
    return f"{{{{{said}}}}}" if symbol.single else f"([{said}])"


def _gate(join: Join) -> str:
    return f'[/"{word(join)}"\\]' if join is Join.AND else f'{{"{word(join)}"}}'


def _hidden(number: int, start: str, shown: Part) -> Iterator[str]:
    if number in shown.hidden:
        yield f"{start} -.- m{number}({label(f'{shown.hidden[number]:,} more below, not shown')})"


def _code(characters: str) -> str:
    return "".join(f"#{ord(each)};" for each in characters)
