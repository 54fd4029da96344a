"""Which item of an edited document is which of the document as it was: by its mark, else by what it says."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from facilitator.documents.roundtrip.seen import Piece
from facilitator.documents.roundtrip.words import same
from facilitator.model.item import Item

_ALIKE = 0.75
_MOST_PAIRS = 4_000
_COMPARED = 400


def paired(was: Sequence[Piece], now: Sequence[Piece]) -> dict[int, Piece]:
    """Return for pieces of the edited document, by their `id()`, what they were; the others are new.

    A mark that is there twice, as in a row that was copied, is that of the piece that changed least. One that lost its
    mark is found by its words, if these were not changed much.
    """
    found: dict[int, Piece] = {}
    by_mark = {piece.mark: piece for piece in was if piece.mark}
    claims: dict[str, list[Piece]] = {}
    for piece in now:
        before = by_mark.get(piece.mark)
        if before is not None and before.kind is piece.kind:
            claims.setdefault(piece.mark, []).append(piece)
    for mark, pieces in claims.items():
        best = pieces[0] if len(pieces) == 1 else max(pieces, key=lambda each: _alike(by_mark[mark], each))
        found[id(best)] = by_mark[mark]
    lost = [piece for piece in was if piece.mark and piece.mark not in claims]
    loose = [piece for piece in now if id(piece) not in found]
    if lost and loose:
        for kind in dict.fromkeys(piece.kind for piece in lost):
            _find_again(kind, lost, loose, found)
    return found


def _find_again(kind: type[Item], lost: Sequence[Piece], loose: Sequence[Piece], found: dict[int, Piece]) -> None:
    left = [(piece, piece.text) for piece in lost if piece.kind is kind]
    new = [(piece, piece.text) for piece in loose if piece.kind is kind and piece.text]
    by_text: dict[str, list[Piece]] = {}
    for piece, text in left:
        by_text.setdefault(text, []).append(piece)
    for piece, text in new:
        if by_text.get(text):
            found[id(piece)] = by_text[text].pop(0)
    taken = {id(each) for each in found.values()}
    left = [each for each in left if id(each[0]) not in taken]
    new = [each for each in new if id(each[0]) not in found]
    if len(left) * len(new) > _MOST_PAIRS:
        return
    ranked = []
    for at, (_, text) in enumerate(new):
        matcher = SequenceMatcher(None, b=text[:_COMPARED], autojunk=False)
        for of, (_, before) in enumerate(left):
            matcher.set_seq1(before[:_COMPARED])
            if matcher.real_quick_ratio() >= _ALIKE and (ratio := matcher.ratio()) >= _ALIKE:
                ranked.append((-ratio, at, of))
    for _, at, of in sorted(ranked):
        piece, before_piece = new[at][0], left[of][0]
        if id(piece) not in found and id(before_piece) not in taken:
            found[id(piece)] = before_piece
            taken.add(id(before_piece))


def _alike(was: Piece, now: Piece) -> int:
    return sum(same(was.fields.get(name, ""), raw) for name, raw in now.fields.items())
