"""Comments: on any row of a session, and what is typed in its review."""

from typing import Any

from textual import work

from facilitator.app import filing
from facilitator.app.commands import COMMENT
from facilitator.app.desk import Desk
from facilitator.app.filing import Edit
from facilitator.app.panels.findings import finding_of
from facilitator.app.panels.places import FINDINGS, REVIEW
from facilitator.app.panels.reviewing import ASKED, THREAD, thread_of
from facilitator.app.review import row_key
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.app.screens.session_similar import SessionSimilar
from facilitator.app.screens.signing import signed
from facilitator.app.step_words import shortened
from facilitator.capture.reviewing import Asked, Said
from facilitator.model import edits
from facilitator.model.phases import Phase
from facilitator.model.review_items import Comment
from facilitator.model.session import Session
from facilitator.review import comments
from facilitator.store.ids import new_id

NOT_SHARED = "Comments and approvals are not for a shared screen."

_LONGEST = 50
_REPLY, _DONE, _OWN = "reply", "done", "own"


class SessionComments(SessionSimilar):
    """Takes comments on any row, and what is typed in the review: comments, replies, who is asked."""

    def _file(self, line: str, value: Any, desk: Desk) -> None:
        if isinstance(value, Said | Asked):
            self._file_in_review(line, value, desk)
        else:
            super()._file(line, value, desk)

    @work(group="review")
    async def _file_in_review(self, line: str, value: Said | Asked, desk: Desk) -> None:
        """File a comment, a reply, or who is asked; where nobody says who says so, the line is given back."""
        if self.presentation.shared:
            self._line.put_back(line)
            self.say(NOT_SHARED)
            return
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
            self._made(comments.comment(desk.session, value.text, by, new_id), "add a comment", desk, THREAD)
        self._just_filed = True
        self._line.next_line()

    def _made(self, session: Session, label: str, desk: Desk, kind: str = "") -> None:
        """Make an edit of what was said, and look at the newest item of its kind, or where the mark is."""
        newest = {ASKED: session.review_requests, THREAD: session.comments}.get(kind, ())
        self.apply(Edit(session, label, f"{kind}{newest[-1].id}" if newest else desk.key), desk.session)

    @work(group="comment", exclusive=True)
    async def action_comment(self) -> None:
        """Comment on the marked row, answer what stands there, or resolve it."""
        if self.presentation.shared:
            self.say(NOT_SHARED)
            return
        typed, self._line.value = self._line.value.strip(), ""
        done = await self._comment(typed)
        if not done and typed:
            self._line.put_back(typed)

    async def _comment(self, typed: str) -> bool:
        """Ask for what is missing of a comment on the marked row, and make it; return whether it was made."""
        about, place, described = self._subject()
        if not (about or place) and self.place not in (Phase.DOCUMENT, REVIEW):
            self.say("This row cannot be commented on. In Document and in Review a comment is on the whole session.")
            return False
        answered = await self._answered(about or place, described, can_resolve=not typed)
        if answered is None:
            return False
        verb, reply_to = answered
        if verb == _DONE:
            self._resolve(reply_to, resolved=True)
            return True
        if not typed:
            found = edits.find(self.session, reply_to) if reply_to else None
            title = f"Answer “{_brief(found)}”" if isinstance(found, Comment) else f"Comment on {described}"
            said = await self.app.push_screen_wait(LineScreen(title, opener=COMMENT.id))
            typed = said or ""
        by = await signed(self, self._surroundings) if typed else None
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
        except ValueError as error:
            self.say(f"Nothing was said: {error}.")
            return False
        self.apply(Edit(after, "add a comment", self._key))
        return True

    async def _answered(self, about: str, described: str, *, can_resolve: bool) -> tuple[str, str] | None:
        """Return what is to be done and with which comment, none for one of its own; None when nothing is chosen."""
        here = thread_of(self.session, self._key) if self.place == REVIEW else None
        if here is not None:
            return _REPLY, here.comment.id
        newest = [each.comment for each in reversed(self.remarks.at(self.session, about))]
        if not newest:
            return _OWN, ""
        options = [Option(f"{_REPLY} {each.id}", f"Answer “{_brief(each)}”") for each in newest]
        if can_resolve:
            options += [Option(f"{_DONE} {each.id}", f"Resolve “{_brief(each)}”") for each in newest]
        options.append(Option(_OWN, "A comment of its own"))
        chosen = await self.app.push_screen_wait(PickScreen(f"On {described}", options, opener=COMMENT.id))
        verb, _, comment_id = chosen[0].partition(" ") if chosen else ("", "", "")
        return (verb, comment_id) if verb else None

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

    def _resolve(self, comment_id: str, *, resolved: bool, look_at: str = "") -> None:
        self._just_filed = False
        label = "resolve a comment" if resolved else "open a comment again"
        self.apply(Edit(comments.resolve(self.session, comment_id, resolved=resolved), label, look_at or self._key))
        self.say("Resolved. Undo opens it again." if resolved else "Open again.")


def _brief(comment: Comment) -> str:
    return shortened(comment.text, _LONGEST)
