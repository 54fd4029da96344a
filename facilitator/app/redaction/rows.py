"""The list of a preview: every replacement, what is left out, what was not checked, and the question at the end."""

from collections.abc import Collection, Sequence

from facilitator.app.drawing import drawable, wrapped
from facilitator.app.redaction.preview import Preview
from facilitator.app.rows import Row, Tone, heading
from facilitator.model.item import Item
from facilitator.model.told import item_named
from facilitator.redaction.consent import Yes
from facilitator.redaction.redacting import Replacement
from facilitator.redaction.told import shown, unchecked_told

REPLACEMENT, LEFT_OUT, YES = "replacement:", "left out:", "yes"
"""What the keys of rows begin with: a number follows, or the id of an item."""

UNDECIDED = "·"
"""The mark of what nobody has looked at."""

LONGEST_LEAD = 12
"""The widest that the column at the left gets."""


def preview_rows(preview: Preview, accepted: Collection[str], room: int) -> list[Row]:
    """Return the rows of a preview; `accepted` are the words that somebody has agreed to replace.

    `room` is how many cells a row has for its words: what was not checked is said in full, on several rows.
    """
    found = preview.result.replacements
    rows = [_row(preview, each, number, accepted) for number, each in enumerate(found)]
    if not rows:
        rows = [Row("", "nothing is replaced in it", tone=Tone.MUTED)]
    if preview.left_out:
        rows.append(heading("Left out", first=True))
        rows += [_left_out(each, preview) for each in preview.left_out]
    rows.append(heading("Not checked", first=True))
    for each in preview.unchecked:
        lines = wrapped(drawable(unchecked_told(each)), room)
        rows += [Row("", line, mark=" " if number else "?", tone=Tone.MUTED) for number, line in enumerate(lines)]
    rows.append(heading("The yes", first=True))
    rows.append(_yes(preview))
    return rows


def replacement_of(key: str, preview: Preview) -> Replacement | None:
    """Return the replacement whose row has this key, or None."""
    number = key.removeprefix(REPLACEMENT) if key.startswith(REPLACEMENT) else ""
    found: Sequence[Replacement] = preview.result.replacements
    return found[int(number)] if number.isdigit() and int(number) < len(found) else None


def subject_of(replacement: Replacement) -> str:
    """Return the words for which a decision about a replacement counts everywhere."""
    return replacement.subject or replacement.words


def _row(preview: Preview, each: Replacement, number: int, accepted: Collection[str]) -> Row:
    words = f"{shown(each)} stays" if each.kept else f"{shown(each)} → {each.final or 'nothing'}"
    decided = each.decision is not None or subject_of(each) in accepted
    mark = "=" if each.kept else "✓" if decided else UNDECIDED
    lead = preview.named(each.about, each.place)
    return Row(f"{REPLACEMENT}{number}", words, lead=_in_few_words(lead), mark=mark)


def _in_few_words(lead: str) -> str:
    """Return as many words of a lead as its column has room for."""
    if len(lead) <= LONGEST_LEAD:
        return lead
    words = lead[: LONGEST_LEAD - 1].rpartition(" ")[0] if " " in lead[: LONGEST_LEAD - 1] else ""
    return f"{words} …" if words else f"{lead[: LONGEST_LEAD - 1]}…"


def _left_out(item: Item, preview: Preview) -> Row:
    return Row(f"{LEFT_OUT}{item.id}", item_named(item, preview.session), mark="-", tone=Tone.MUTED)


def _yes(preview: Preview) -> Row:
    last = preview.consent.last
    who = last.by if last is not None and last.by else "somebody"
    lead, words = {
        Yes.GIVEN: ("export it", f"{who} said yes"),
        Yes.VOID: ("say yes", f"once more, that of {who} is void"),
        Yes.NONE: ("say yes", "to just this text"),
    }[preview.consent.yes]
    mark = "✓" if preview.consent.yes is Yes.GIVEN else "○"
    return Row(YES, words, lead=lead, mark=mark, tone=Tone.WARN if preview.consent.yes is Yes.VOID else Tone.STRONG)
