"""The review: comments where they are about something, who is asked and who approves, and the next step."""

from textual import work

from facilitator.app import filing
from facilitator.app.commands import REDACT
from facilitator.app.filing import Edit
from facilitator.app.panels.places import FINDINGS, REVIEW
from facilitator.app.panels.reviewing import (
    APPROVAL,
    ASKED,
    PART,
    STEP,
    THREAD,
    first_row,
    lacking_of,
    part_of,
    phase_of,
    request_of,
    thread_of,
)
from facilitator.app.screens.ask import Answer, DecideScreen, LineScreen
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.app.screens.session_comments import NOT_SHARED, SessionComments
from facilitator.app.step_words import deleted_words
from facilitator.model import edits
from facilitator.model.phases import Phase, wanted
from facilitator.model.review_items import ApprovedPart, Comment
from facilitator.model.session import Status
from facilitator.model.text import one_line
from facilitator.review import comments
from facilitator.review.approvals import ROLES, approve
from facilitator.review.comments import Signed, Thread
from facilitator.review.steps import Lacking, drafted
from facilitator.store.ids import new_id

MINUTE = 60.0
"""How often the time that is left for review is told anew, in seconds."""

_NOT_FINAL_ANY_MORE = "Versions that were published are kept. A site leaves it out until it is final again."
_REVIEW_ENDS = "The time for review ends. Comments, answers and approvals stay."


class SessionReview(SessionComments):
    """Leads through the review in a place of its own: approvals, answers, the next step."""

    def on_mount(self) -> None:
        """Keep telling how much time is left."""
        self.set_interval(MINUTE, self._tell_time)

    def _tell_time(self) -> None:
        if self._stands and self.session.review_until is not None:
            self._show_top()

    async def _enter_on_empty_line(self) -> None:
        """Go where something lacking is mended or a comment is about, approve, or take the step."""
        if self.place != REVIEW or self._just_filed:
            await super()._enter_on_empty_line()
            return
        key = self._key
        missing = lacking_of(key, self.circulation.lacking(self.session))
        thread, request = thread_of(self.session, key), request_of(self.session, key)
        if key == STEP:
            self.take_step()
        elif missing is not None:
            self._go_to_lacking(missing)
        elif part_of(self.session, key) is not None or (request is not None and request.part is not None):
            self.approve()
        elif request is not None:
            self.settle_marked()
        elif thread is not None and (phase := phase_of(thread.comment.place)) is not None and not thread.comment.about:
            self.go(phase)
            self.redraw(first_row(phase, thread.comment.place))
        elif thread is not None and (thread.comment.about or thread.comment.place):
            self.go_to_row(thread.comment.about or thread.comment.place)
        else:
            self.say("It is about the session as a whole, and has no row of its own.")

    def _go_to_lacking(self, missing: Lacking) -> None:
        about = missing.about[0] if missing.about else ""
        part = next((each for each in ApprovedPart if each == missing.key), None)
        if isinstance(edits.find(self.session, about), Comment):
            self.redraw(f"{THREAD}{about}")
        elif about:
            self.go_to_row(about)
        elif part is not None:
            stale = next((each for each in self.session.approvals if each.part is part), None)
            self.redraw(f"{APPROVAL}{stale.id}" if stale is not None else f"{PART}{part.name}")
        elif missing.key:
            phases = (phase for phase in Phase if phase is not Phase.DOCUMENT)
            self.go(next(each for each in phases if any(one.key == missing.key for one in wanted(self.session, each))))
            self.redraw(missing.key)
        else:
            waiting = next((each.id for each in self.session.review_requests if each.answered is None), "")
            self.redraw(f"{ASKED}{waiting}" if waiting else STEP)

    def mark_beside(self) -> bool:
        """Mark what stands beside the phases: mute a finding, resolve a thread; return whether the mark is there."""
        if self.place == FINDINGS:
            self.mute_finding()
        elif self.place == REVIEW:
            self.settle_marked()
        return self.place in (FINDINGS, REVIEW)

    @work(group="settle-marked", exclusive=True)
    async def settle_marked(self) -> None:
        """Resolve the marked thread or open it again, note an answer, or make the session a draft again."""
        key, session = self._key, self.session
        thread, request = thread_of(session, key), request_of(session, key)
        if thread is not None:
            self._settle_thread(thread)
        elif key == STEP and session.status is not Status.DRAFT:
            await self._make_draft()
        elif request is not None and request.answered is None:
            asked = LineScreen(f"What did {request.text} answer?", value="no remarks", opener="session.mark")
            said = await self.app.push_screen_wait(asked)
            if said is not None and edits.find(self.session, request.id) is not None:
                now = self._surroundings.now()
                after = edits.change(self.session, request.id, answered=now, said=one_line(said))
                self.apply(Edit(after, "note an answer", key))
        else:
            self.say("Go to a comment to resolve it, or to somebody who was asked and has answered.")

    async def _make_draft(self) -> None:
        """Make the session a draft again, once somebody has said that this is meant."""
        status = self.session.status
        text = _NOT_FINAL_ANY_MORE if status is Status.FINAL else _REVIEW_ENDS
        sure = Answer("d", "make it a draft")
        asked = DecideScreen(f"It is {status}. Make it a draft again?", text, (sure,), opener="session.mark")
        if not await self.app.push_screen_wait(asked):
            return
        if self.session.status is not status:
            self.say(f"Somebody else made it {self.session.status} meanwhile. Nothing was changed.")
            return
        self.apply(Edit(drafted(self.session), "set status", STEP))
        self.say("A draft again. Undo takes that back.")

    def _settle_thread(self, thread: Thread) -> None:
        """Resolve a thread, and mark what comes next; or open it again, and stay on it.

        Next is another open one, and after the last the step: the same key once more must not open it again.
        """
        here, is_open = thread.comment.id, [each.id for each in comments.open_comments(self.session)]
        if here not in is_open:
            self._resolve(here, resolved=False)
            return
        at = is_open.index(here)
        beside = [*is_open[at + 1 :], *reversed(is_open[:at])]
        self._resolve(here, resolved=True, look_at=f"{THREAD}{beside[0]}" if beside else STEP)
        if not beside:
            self.say("Resolved, and none is open any more. Undo opens it again.")

    @work(group="approve", exclusive=True)
    async def approve(self) -> None:
        """Note that somebody approves a part, as it is now."""
        if self.presentation.shared:
            self.say(NOT_SHARED)
            return
        key, session = self._key, self.session
        request = request_of(session, key)
        part = part_of(session, key) or (request.part if request is not None else None)
        if part is None:
            options = [Option(each.name, f"{each}: {ROLES[each]}") for each in ApprovedPart]
            chosen = await self.app.push_screen_wait(PickScreen("Approve what?", options, opener="session.link"))
            if not chosen:
                return
            part = ApprovedPart[chosen[0]]
        waiting = (each for each in session.review_requests if each.part is part and each.answered is None)
        first = request or next(waiting, None)
        name = first.text if first is not None else ""
        note = f"As a rule: {ROLES[part]}."
        asked = LineScreen(f"Who approves {part}?", value=name, note=note, opener="session.link")
        said = await self.app.push_screen_wait(asked)
        if said is None:
            return
        if not comments.name_of(said):
            self.say("An approval needs a name. Nothing was noted.")
            return
        by = Signed(said, self._surroundings.now())
        after = approve(self.session, part, by, new_id, read=self.circulation.digest(session, part))
        self.apply(Edit(after, "add an approval", f"{APPROVAL}{after.approvals[-1].id}"))
        self.say(f"{comments.name_of(said)} approves {part}, as it is now.")

    def show_again(self) -> bool:
        """Delete the marked comment, approval or request, or what other places have; return whether there was one."""
        if self.place != REVIEW:
            return super().show_again()
        for kind in (THREAD, APPROVAL, ASKED):
            item = edits.find(self.session, self._key.removeprefix(kind)) if self._key.startswith(kind) else None
            if item is not None:
                thread = thread_of(self.session, self._key)
                gone = {item.id, *(each.id for each in (thread.replies if thread is not None else ()))}
                what = filing.removed(self.session, item, "").label
                self.apply(Edit(edits.without(self.session, gone), what, self._key))
                self.say(deleted_words(self.editor.history))
                return True
        return False

    @work(group="publish", exclusive=True)
    async def take_step(self) -> None:
        """Send the session round, or publish it."""
        from facilitator.app.screens.publishing import take_step

        await take_step(self, self._surroundings)

    @work(group="redact", exclusive=True)
    async def action_redact(self) -> None:
        """Show what is replaced before publication; after a yes, export it."""
        if self.presentation.shared:
            self.say(f"Redaction is not for a shared screen. {self._key_of(REDACT)} works once it is yours again.")
            return
        from facilitator.app.screens.export import export
        from facilitator.app.screens.readers import previewed

        profile = await previewed(self, self._surroundings)
        self.redraw(self._key)
        if profile is not None:
            await export(self, self._surroundings, profile)
