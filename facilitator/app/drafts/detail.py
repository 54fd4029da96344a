"""The marked draft in full: what was said, by whom, where and when, and why it is proposed."""

from collections.abc import Collection, Mapping

from facilitator.app.drafts.rows import on_clock, state_of, teller
from facilitator.app.rows import Line, Tone
from facilitator.intake.drafts import Draft
from facilitator.intake.sifting.axis import kind_of, second_of
from facilitator.intake.sifting.filters import State
from facilitator.intake.sifting.sifted import Sifted, proposed_for
from facilitator.model.session import Intake
from facilitator.model.text import one_line, paragraphs

_LONGEST = 3_000


def detail(
    draft: Draft, sifted: Sifted, states: Mapping[State, Collection[str]], intakes: Mapping[str, Intake]
) -> tuple[Line, ...]:
    """Return the lines that show a draft."""
    second = second_of(draft.stamp, sifted.shelf.zone)
    time = f"{on_clock(second, sifted.shelf.zone):%a %b %d %H:%M:%S} {sifted.shelf.zone}" if second is not None else ""
    where = ", ".join(filter(None, (one_line(draft.place) or kind_of(draft.id), one_line(draft.file))))
    unit = "message" if kind_of(draft.id) == "slack" else "line"
    origin = f"{where}, {unit} {draft.line}" if draft.line else where
    head = "  ".join(filter(None, (time, one_line(draft.who), origin)))
    lines = [Line(head, Tone.MUTED)]
    reasons, marks = proposed_for(sifted, draft.id)
    state = state_of(draft.id, states)
    if state is State.TAKEN:
        lines.append(Line("It is on the timeline.", Tone.HINT))
    elif state is State.LEFT:
        lines.append(Line("It is set aside; the same key brings it back.", Tone.HINT))
    elif reasons:
        as_what = f"  as {', '.join(marks)}" if marks else ""
        lines.append(Line(f"proposed: {', '.join(reasons)}{as_what}", Tone.ASK))
    group = sifted.groups.get(draft.id)
    if group is not None:
        others = [teller(sifted.by_id[each]) for each in group.ids if each != draft.id]
        lines.append(Line(f"told as well by {', '.join(others)} ({group.why}); both become one entry", Tone.HINT))
    counts = [f"{draft.reactions} reactions"] if draft.reactions else []
    counts += [f"{draft.replies} replies"] if draft.replies else []
    if counts:
        lines.append(Line(", ".join(counts), Tone.MUTED))
    lines += [Line(each, Tone.BODY) for each in paragraphs(draft.text[:_LONGEST]).split("\n")]
    if draft.link:
        lines.append(Line(one_line(draft.link), Tone.MUTED))
    if draft.id in intakes and intakes[draft.id].ahead:
        lines.append(Line(f"its clock was corrected by {-intakes[draft.id].ahead} s", Tone.MUTED))
    return tuple(lines)
