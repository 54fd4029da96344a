"""The line above a preview: the session, its readers, what is replaced, and whether there is a yes."""

from rich.cells import cell_len

from facilitator.app.drawing import drawable
from facilitator.app.redaction.preview import Preview
from facilitator.app.widgets.bar import Part
from facilitator.redaction.consent import ConsentState, Yes

_LEAST_LEFT = 12


def header(preview: Preview, width: int) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the left and the right of the line, of which the right fits into `width` cells, where it can at all.

    The yes is said first, in as few words as it takes; then what is counted gives way, its end first.
    """
    profile, state = preview.profile, preview.consent
    ways, counts = _yes_told(state), preview.summary.split(", ")

    def taken(yes: str, count: int) -> int:
        return cell_len(drawable(f"{yes}  {profile.name}: {', '.join(counts[:count])} "))

    yes = next((each for each in ways if taken(each, len(counts)) <= width), ways[-1])
    count = next((each for each in range(len(counts), 1, -1) if taken(yes, each) <= width), 1)
    right = (
        (yes, "bold $warning" if state.yes is Yes.VOID else "$success"),
        (f"  {profile.name}", "bold $primary"),
        (f": {', '.join(counts[:count])} ", "$secondary"),
    )
    left = (
        (f" {preview.session.title}", "bold"),
        ("   Redaction", "$primary"),
        (f" {profile.about}" if profile.about else "", "$secondary"),
    )
    return (left if width - taken(yes, count) >= _LEAST_LEFT else ()), right


def _yes_told(state: ConsentState) -> tuple[str, ...]:
    """Return in words whether there is a yes, the longest first."""
    who = state.last.by if state.last is not None and state.last.by else "somebody"
    first = who.split(" ")[0]
    short = who if first == who else f"{first} …"
    if state.yes is Yes.NONE:
        return ("",)
    if state.yes is Yes.GIVEN:
        return f"   yes of {who}", f" yes of {short}", " yes"
    return f"   void: the yes of {who}", f" void: the yes of {short}", f" void: yes of {short}", " void"
