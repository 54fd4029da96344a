"""The review: the step, what is lacking for the next one, who was asked, approvals, comments, versions."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from facilitator.app.panels.labels import label
from facilitator.app.panels.panel import Panel
from facilitator.app.remarks import said
from facilitator.app.review import Review
from facilitator.app.review_words import answers, ends_on, window
from facilitator.app.rows import Line, Row, Tone, heading
from facilitator.capture.fields import fields
from facilitator.model.clocks import day
from facilitator.model.edits import find
from facilitator.model.phases import Phase, wanted
from facilitator.model.review_items import Approval, ApprovedPart, Comment, ReviewRequest, Version
from facilitator.model.session import Session, Status
from facilitator.model.text import one_line
from facilitator.model.told import kind_told
from facilitator.review.approvals import ROLES, Digests, Standing, is_stale, standing
from facilitator.review.comments import Thread, threads
from facilitator.review.rules import ReviewRules
from facilitator.review.steps import Lacking, lacking

STEP = "step"
"""The key of the row of the step."""

LACKING = "lacking:"
"""What the key of something that is lacking begins with; its number follows."""

ASKED, APPROVAL, PART, THREAD, VERSION = "asked:", "approval:", "part:", "comment:", "version:"
"""What the keys of the other rows begin with; an id follows, of a part without an approval its name."""

NOT_SHARED = (
    heading("Review", first=True),
    Row("", "The review is not shown on a shared screen. f2 goes back to yours.", tone=Tone.MUTED),
)
"""What stands here where others see the screen."""

_NEXT: dict[Status, Status] = {
    Status.DRAFT: Status.IN_REVIEW,
    Status.IN_REVIEW: Status.FINAL,
    Status.FINAL: Status.FINAL,
}
_MISSING: dict[Status, str] = {Status.IN_REVIEW: "to be sent round", Status.FINAL: "to be published"}
_LONGEST_ABOUT = 16
_SECTIONS: dict[str, Phase] = {
    "impact": Phase.INCIDENT,
    "timeline": Phase.TIMELINE,
    "detection": Phase.RESPONSE,
    "response": Phase.RESPONSE,
    "factors": Phase.FACTORS,
    "lessons": Phase.LESSONS,
    "actions": Phase.ACTIONS,
}


class ReviewState:
    """What a session lacks for its next step, worked out once for what it is made of."""

    def __init__(self, rules: ReviewRules, review: Callable[[], Review], now: Callable[[], datetime]) -> None:
        self.rules, self.now, self._review = rules, now, review
        self.digest = Digests()
        self._known: tuple[Session, Status, Review, datetime] | None = None
        self._lacking: tuple[Lacking, ...] = ()
        self._rows: tuple[tuple[Lacking, ...], Session, list[Row]] | None = None

    def rows(self, session: Session) -> list[Row]:
        """Return the rows for a session; to tell what is stale takes a while in a long one."""
        missing, known = self.lacking(session), self._rows
        if known is None or known[0] is not missing or known[1] is not session:
            self._rows = known = missing, session, review_rows(session, self)
        return known[2]

    def lacking(self, session: Session, step: Status | None = None) -> tuple[Lacking, ...]:
        """Return what a session lacks to take a step, by default the next one."""
        step, review, now = step or next_step(session), self._review(), self.now()
        minute = now.replace(second=0, microsecond=0)
        known = self._known
        if known is None or known[0] is not session or known[2] is not review or known[1::2] != (step, minute):
            self._known = session, step, review, minute
            self._lacking = lacking(session, step, self.rules, review.shown, now, digest_of=self.digest)
        return self._lacking


def next_step(session: Session) -> Status:
    """Return the step that comes next; after publication, a correction."""
    return _NEXT[session.status]


def review_panel(state: ReviewState) -> Panel:
    """Return the panel of the review."""

    def focus(session: Session, key: str) -> tuple[Line, ...]:
        found = lacking_of(key, state.lacking(session))
        return (Line(f"{found.advice[:1].upper()}{found.advice[1:]}.", Tone.HINT),) if found is not None else ()

    return Panel(
        rows=state.rows, invitation="a comment, or a reply to the marked one; @name asks somebody", focus=focus
    )


def review_rows(session: Session, state: ReviewState) -> list[Row]:
    """Return the rows for a session."""
    rows = [heading("Review", first=True), _step(session, state)]
    missing = state.lacking(session)
    if missing:
        rows.append(heading(f"Still lacks {_MISSING[next_step(session)]}: {len(missing)}"))
        rows += [
            Row(f"{LACKING}{number}", each.what, _mended_at(session, each), "·") for number, each in enumerate(missing)
        ]
    if session.review_requests:
        rows.append(heading(f"Asked: {answers(session)}"))
        rows += [_asked(each, session) for each in session.review_requests]
    rows.append(heading("Approvals"))
    rows += _approvals(session, state)
    rows += _threads(session)
    if session.versions:
        rows.append(heading("Versions"))
        newest = sorted(session.versions, key=lambda each: (each.number, each.at), reverse=True)
        rows += [_version(each, session) for each in newest]
    return rows


def lacking_of(key: str, missing: Sequence[Lacking]) -> Lacking | None:
    """Return what is lacking whose row has this key, or None."""
    number = key.removeprefix(LACKING) if key.startswith(LACKING) else ""
    return missing[int(number)] if number.isdigit() and int(number) < len(missing) else None


def thread_of(session: Session, key: str) -> Thread | None:
    """Return the thread whose row has this key, or None."""
    wanted = key.removeprefix(THREAD) if key.startswith(THREAD) else ""
    return next((each for each in threads(session) if wanted and each.comment.id == wanted), None)


def request_of(session: Session, key: str) -> ReviewRequest | None:
    """Return who was asked whose row has this key, or None."""
    found = find(session, key.removeprefix(ASKED)) if key.startswith(ASKED) else None
    return found if isinstance(found, ReviewRequest) else None


def part_of(session: Session, key: str) -> ApprovedPart | None:
    """Return the part that the row with this key is about, or None."""
    if key.startswith(PART):
        return next((each for each in ApprovedPart if each.name == key.removeprefix(PART)), None)
    found = find(session, key.removeprefix(APPROVAL)) if key.startswith(APPROVAL) else None
    return found.part if isinstance(found, Approval) else None


def phase_of(place: str) -> Phase | None:
    """Return the phase in which a part of a document is written, which a comment may be about, or None."""
    return _SECTIONS.get(place)


def first_row(phase: Phase, place: str) -> str | None:
    """Return the key of the row with which a part of a document begins in its phase; None where it is all of that."""
    return next((each.path for each in fields(phase) if each.path.partition(".")[0] == place), None)


def where(session: Session, comment: Comment) -> str:
    """Return what a comment is about in few words: "14:22", "F1", "summary", "session"."""
    item = find(session, comment.about) if comment.about else None
    if item is not None:
        named = label(session, item)
        return named if named not in ("", "?", "with") else kind_told(item)
    labels = {each.path: each.label.lower() for phase in Phase for each in fields(phase)}
    return "something deleted" if comment.about else labels.get(comment.place, comment.place or "session")


def _step(session: Session, state: ReviewState) -> Row:
    told = {
        Status.DRAFT: f"next it is sent round, for {state.rules.hours} h",
        Status.IN_REVIEW: "next it is published",
        Status.FINAL: "a correction is a version of its own" if session.versions else "it was not published yet",
    }[session.status]
    tail = ""
    if ending := window(session, state.now()):
        told, tail = f"{ending}, {told}", ends_on(session)
    return Row(STEP, told, lead=str(session.status), mark="•", tail=tail, tone=Tone.STRONG)


def _mended_at(session: Session, missing: Lacking) -> str:
    """Return in a word where something that is lacking is seen to."""
    item = find(session, missing.about[0]) if missing.about else None
    if isinstance(item, Comment):
        return "comments"
    if item is not None:
        return label(session, item) or kind_told(item)
    phases = (phase for phase in Phase if phase is not Phase.DOCUMENT)
    phase = next((each for each in phases if any(one.key == missing.key for one in wanted(session, each))), None)
    if phase is not None and missing.key:
        return phase.partition(" ")[0].lower()
    return next((f"#{each.word}" for each in ApprovedPart if each == missing.key), "review")


def _asked(request: ReviewRequest, session: Session) -> Row:
    what = f"to approve {request.part}" if request.part else "to review"
    if request.answered is None:
        since = f"asked {day(request.at, session.zone)}{f' by {request.by}' if request.by else ''}"
        return Row(f"{ASKED}{request.id}", what, lead=request.text, mark="○", tail=since)
    said_words = f": “{request.said}”" if request.said else ""
    tail = f"answered {day(request.answered, session.zone)}"
    return Row(f"{ASKED}{request.id}", f"{what}{said_words}", lead=request.text, mark="✓", tail=tail, tone=Tone.MUTED)


def _approvals(session: Session, state: ReviewState) -> Iterable[Row]:
    for part in ApprovedPart:
        given, lead = [each for each in session.approvals if each.part is part], f"#{part.word}"
        for each in given:
            stale = is_stale(session, each, state.digest)
            who = f"{each.by}, {each.role}" if each.role else each.by
            text = f": {one_line(each.text)}" if each.text else ""
            words = f"{part} — stale, changed since {who} approved" if stale else f"{part} — {who}{text}"
            key, on = f"{APPROVAL}{each.id}", day(each.at, session.zone)
            yield Row(key, words, lead, "!" if stale else "✓", on, tone=Tone.WARN if stale else Tone.BODY)
        required = part in state.rules.final.approvals or any(each.part is part for each in session.review_requests)
        if not given and required and standing(session, part, state.digest) is not Standing.GIVEN:
            yield Row(f"{PART}{part.name}", f"{part}", lead, "○", ROLES[part])


def _threads(session: Session) -> Iterable[Row]:
    found = threads(session)
    is_open = [each for each in found if not each.comment.resolved]
    yield heading(f"Comments: {len(is_open)} open" if found else "Comments: none yet")
    for each in (*is_open, *(each for each in found if each.comment.resolved)):
        comment = each.comment
        who = f"{comment.by or 'somebody'}, {day(comment.at, session.zone)}"
        about = where(session, comment)
        lead = about if len(about) <= _LONGEST_ABOUT else f"{about[: _LONGEST_ABOUT - 1]}…"
        below = tuple(Line(f"↳ {said(reply, session.zone)}") for reply in each.replies)
        mark, tone = ("✓", Tone.MUTED) if comment.resolved else ("•", Tone.BODY)
        yield Row(f"{THREAD}{comment.id}", one_line(comment.text), lead, mark, who, tone=tone, below=below)


def _version(version: Version, session: Session) -> Row:
    readers = version.profile or "in house"
    told = one_line(version.text) or "published"
    tail = f"{readers}, {version.format}, {day(version.at, session.zone)}"
    below = (Line(version.changed),) if version.changed else ()
    return Row(f"{VERSION}{version.id}", told, lead=f"version {version.number}", tail=tail, below=below)
