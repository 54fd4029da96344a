"""The review: comments where they are about something, who is asked and who approves, and the next step."""

from typing import Any

from textual import work

from facilitator.app import filing
from facilitator.app.commands import COMMENT, REDACT
from facilitator.app.desk import Desk
from facilitator.app.filing import Edit
from facilitator.app.panels.findings import finding_of
from facilitator.app.panels.places import FINDINGS, REVIEW
from facilitator.app.panels.reviewing import (
    APPROVAL,
    ASKED,
    PART,
    STEP,
    lacking_of,
    part_of,
    phase_of,
    request_of,
    thread_of,
)
from facilitator.app.panels.reviewing import (
    COMMENT as COMMENT_ROW,
)
from facilitator.app.review import row_key
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.app.screens.session_similar import SessionSimilar
from facilitator.app.screens.signing import signed
from facilitator.app.step_words import deleted_words, shortened
from facilitator.capture.reviewing import Asked, Said
from facilitator.model import edits
from facilitator.model.phases import Phase, wanted
from facilitator.model.review_items import ApprovedPart, Comment
from facilitator.model.session import Session, Status
from facilitator.model.text import one_line
from facilitator.review import comments
from facilitator.review.approvals import ROLES, approve, digest
from facilitator.review.comments import Signed
from facilitator.review.steps import Lacking, drafted
from facilitator.store.ids import new_id

MINUTE = 60.0
"""How often the time that is left for review is told anew, in seconds."""

_LONGEST = 50
_OWN = "own"


class SessionReview(SessionSimilar):
    """Takes comments on any row, and leads through the review in a place of its own."""

    def on_mount(self) -> None:
        """Keep telling how much time is left."""
        self.set_interval(MINUTE, self._tell_time)

    def _tell_time(self) -> None:
        if self._stands and self.session.review_until is not None:
            self._show_top()

    def _file(self, line: str, value: Any, desk: Desk) -> None:
        if isinstance(value, Said | Asked):
            self._file_in_review(line, value, desk)
        else:
            super()._file(line, value, desk)

    @work(group="review")
    async def _file_in_review(self, line: str, value: Said | Asked, desk: Desk) -> None:
        """File a comment, a reply, or who is asked; where nobody says who says so, the line is given back."""
        by = await signed(self, self._surroundings)
        if by is None:
            self._line.put_back(line)
            return
        thread = thread_of(desk.session, desk.key)
        if isinstance(value, Asked):
            session = desk.session
            for name in value.names:
                session = comments.ask(session, name, by, new_id, part=value.part)
            self._made(session, "ask for review", desk, ASKED)
        elif thread is not None:
            session = comments.reply(desk.session, thread.comment.id, value.text, by, new_id)
            self._made(session, "add a comment", desk)
        else:
            self._made(comments.comment(desk.session, value.text, by, new_id), "add a comment", desk, COMMENT_ROW)
        self._just_filed = True
        self._line.next_line()

    def _made(self, session: Session, label: str, desk: Desk, kind: str = "") -> None:
        """Make an edit of what was said, and look at the newest item of its kind, or where the mark is."""
        newest = {ASKED: session.review_requests, COMMENT_ROW: session.comments}.get(kind, ())
        self.apply(Edit(session, label, f"{kind}{newest[-1].id}" if newest else desk.key), desk.session)

    @work(group="comment", exclusive=True)
    async def action_comment(self) -> None:
        """Comment on the marked row, answer what stands there, or resolve it."""
        if self.presentation.shared:
            self.say("Comments are not for a shared screen.")
            return
        typed, self._line.value = self._line.value.strip(), ""
        done = await self._comment(typed)
        if not done and typed:
            self._line.put_back(typed)

    async def _comment(self, typed: str) -> bool:
        """Ask for what is missing of a comment on the marked row, and make it; return whether it was made."""
        session, about, place, described = self.session, *self._subject()
        if not (about or place) and self.place not in (Phase.DOCUMENT, REVIEW):
            self.say("This row cannot be commented on. In Document and in Review a comment is on the whole session.")
            return False
        here = thread_of(session, self._key) if self.place == REVIEW else None
        found = (here,) if here is not None else self.remarks.at(session, about or place)
        reply_to = here.comment.id if here is not None else ""
        if found and here is None:
            newest = [each.comment for each in reversed(found)]
            options = [Option(f"reply {each.id}", f"Answer “{_brief(each)}”") for each in newest]
            options += [] if typed else [Option(f"done {each.id}", f"Resolve “{_brief(each)}”") for each in newest]
            options.append(Option(_OWN, "A comment of its own"))
            chosen = await self.app.push_screen_wait(PickScreen(f"On {described}", options, opener=COMMENT.id))
            if not chosen:
                return False
            verb, _, reply_to = chosen[0].partition(" ")
            if verb == "done":
                self._resolve(reply_to, resolved=True)
                return True
        if not typed:
            answered = edits.find(session, reply_to) if reply_to else None
            title = f"Answer “{_brief(answered)}”" if isinstance(answered, Comment) else f"Comment on {described}"
            said = await self.app.push_screen_wait(LineScreen(title, opener=COMMENT.id))
            if said is None:
                return False
            typed = said
        by = await signed(self, self._surroundings)
        if by is None:
            return False
        try:
            if reply_to:
                after = comments.reply(self.session, reply_to, typed, by, new_id)
            else:
                after = comments.comment(self.session, typed, by, new_id, about=about, place=place)
        except edits.EditError:
            self.say("Somebody else deleted that meanwhile. Nothing was said.")
            return False
        self.apply(Edit(after, "add a comment", self._key))
        return True

    def _subject(self) -> tuple[str, str, str]:
        """Return what a comment on the marked row is about: the id of an item, or a field, and how it is called."""
        desk, key = self.desk, self._key
        if self.place in (Phase.DOCUMENT, REVIEW):
            return "", "", "the whole session"
        found = finding_of(key, self.reviewer.latest) if self.place == FINDINGS else None
        if found is not None:
            key = row_key(found.first)
        item, field = edits.find(self.session, key), desk.panel.field(key)
        if item is not None:
            return item.id, "", f"“{shortened(filing.described(self.session, item), _LONGEST)}”"
        return "", field.path if field is not None else "", field.label.lower() if field is not None else ""

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
        elif thread is not None and (thread.comment.about or thread.comment.place):
            self.go_to_row(thread.comment.about or thread.comment.place)
        else:
            self.say("It is about the session as a whole, and has no row of its own.")

    def _go_to_lacking(self, missing: Lacking) -> None:
        about = missing.about[0] if missing.about else ""
        part = next((each for each in ApprovedPart if each == missing.key), None)
        if isinstance(edits.find(self.session, about), Comment):
            self.redraw(f"{COMMENT_ROW}{about}")
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
            self._resolve(thread.comment.id, resolved=not thread.comment.resolved)
        elif key == STEP and session.status is not Status.DRAFT:
            self.apply(Edit(drafted(session), "set status", STEP))
            self.say("A draft again. Undo takes that back.")
        elif request is not None and request.answered is None:
            asked = LineScreen(f"What did {request.text} answer?", value="no remarks", opener="session.mark")
            said = await self.app.push_screen_wait(asked)
            if said is not None and edits.find(self.session, request.id) is not None:
                now = self._surroundings.now()
                after = edits.change(self.session, request.id, answered=now, said=one_line(said))
                self.apply(Edit(after, "note an answer", key))
        else:
            self.say("Go to a comment to resolve it, or to somebody who was asked and has answered.")

    def _resolve(self, comment_id: str, *, resolved: bool) -> None:
        self._just_filed = False
        label = "resolve a comment" if resolved else "open a comment again"
        self.apply(Edit(comments.resolve(self.session, comment_id, resolved=resolved), label, self._key))
        self.say("Resolved. Undo opens it again." if resolved else "Open again.")

    @work(group="approve", exclusive=True)
    async def approve(self) -> None:
        """Note that somebody approves a part, as it is now."""
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
        name = first.text if first is not None else self._surroundings.author.name
        note = f"As a rule: {ROLES[part]}."
        asked = LineScreen(f"Who approves {part}?", value=name, note=note, opener="session.link")
        said = await self.app.push_screen_wait(asked)
        if said is None:
            return
        by = Signed(said, self._surroundings.now())
        after = approve(self.session, part, by, new_id, read=digest(session, part))
        self.apply(Edit(after, "add an approval", f"{APPROVAL}{after.approvals[-1].id}"))
        self.say(f"{comments.name_of(said)} approves {part}, as it is now.")

    def show_again(self) -> bool:
        """Delete the marked comment, approval or request, or what other places have; return whether there was one."""
        if self.place != REVIEW:
            return super().show_again()
        for kind in (COMMENT_ROW, APPROVAL, ASKED):
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


def _brief(comment: Comment) -> str:
    return shortened(comment.text, _LONGEST)
