"""The list of a preview: every replacement, what is left out, what was not checked, and the question at the end."""

from collections.abc import Sequence

from facilitator.app.drawing import drawable, wrapped
from facilitator.app.redaction.preview import Preview
from facilitator.app.rows import Row, Tone, heading
from facilitator.model.item import Item
from facilitator.redaction.accepted import Accepted
from facilitator.redaction.consent import Yes
from facilitator.redaction.redacting import Replacement
from facilitator.redaction.told import SECRET, item_shown, shown, unchecked_told

REPLACEMENT, LEFT_OUT, YES = "replacement:", "left out:", "yes"
"""What the keys of rows begin with: a number follows, or the id of an item."""

UNDECIDED = "·"
"""The mark of what nobody has looked at."""

LONGEST_LEAD = 12
"""The widest that the column at the left gets."""


def preview_rows(preview: Preview, room: int) -> list[Row]:
    """Return the rows of a preview.

    `room` is how many cells a row has for its words: what was not checked is said in full, on several rows.
    """
    found, accepted = preview.result.replacements, preview.accepted
    rows = [_row(preview, each, number, accepted) for number, each in enumerate(found)]
    if not rows:
        rows = [Row("", "nothing is replaced in it", tone=Tone.MUTED)]
    if preview.left_out:
        rows.append(heading("Left out", first=True))
        rows += [_left_out(each, preview) for each in preview.left_out]
    rows.append(heading("Not checked", first=True))
    for each in preview.unchecked:
        rows += _told("?", unchecked_told(each), room)
    rows.append(heading("The yes", first=True))
    if preview.staying:
        rows += _told("!", preview.staying, room, Tone.WARN)
    if preview.since:
        rows += _told("!", f"since the last yes: {preview.since}", room)
    rows.append(_yes(preview))
    return rows


def replacement_of(key: str, preview: Preview) -> Replacement | None:
    """Return the replacement whose row has this key, or None."""
    number = key.removeprefix(REPLACEMENT) if key.startswith(REPLACEMENT) else ""
    found: Sequence[Replacement] = preview.result.replacements
    return found[int(number)] if number.isdigit() and int(number) < len(found) else None


def _told(mark: str, words: str, room: int, tone: Tone = Tone.MUTED) -> list[Row]:
    lines = wrapped(drawable(words), room)
    return [Row("", line, mark=" " if number else mark, tone=tone) for number, line in enumerate(lines)]


def _row(preview: Preview, each: Replacement, number: int, accepted: Accepted) -> Row:
    words = f"{shown(each)} stays" if each.kept else f"{shown(each)} → {each.final or 'nothing'}"
    mark = "=" if each.kept else "✓" if accepted.looked_at(each) else UNDECIDED
    lead = preview.named(each.about, each.place)
    tone = Tone.WARN if each.kept and each.kind in SECRET else Tone.BODY
    return Row(f"{REPLACEMENT}{number}", words, lead=_in_few_words(lead), mark=mark, tone=tone)


def _in_few_words(lead: str) -> str:
    """Return as many words of a lead as its column has room for."""
    if len(lead) <= LONGEST_LEAD:
        return lead
    words = lead[: LONGEST_LEAD - 1].rpartition(" ")[0] if " " in lead[: LONGEST_LEAD - 1] else ""
    return f"{words} …" if words else f"{lead[: LONGEST_LEAD - 1]}…"


def _left_out(item: Item, preview: Preview) -> Row:
    return Row(f"{LEFT_OUT}{item.id}", item_shown(preview.session, item), mark="-", tone=Tone.MUTED)


def _yes(preview: Preview) -> Row:
    last = preview.consent.last
    who = last.by if last is not None and last.by else "somebody"
    lead, words = {
        Yes.GIVEN: ("export it", f"{who} said yes"),
        Yes.VOID: ("say yes", f"void: the yes of {who}"),
        Yes.NONE: ("say yes", "to just this text"),
    }[preview.consent.yes]
    mark = "✓" if preview.consent.yes is Yes.GIVEN else "○"
    return Row(YES, words, lead=lead, mark=mark, tone=Tone.WARN if preview.consent.yes is Yes.VOID else Tone.STRONG)
