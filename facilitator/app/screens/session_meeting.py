"""The live hour: the clock of the meeting, who was heard, what is seen of a session on a shared screen."""

import msgspec
from textual import work

from facilitator.app import filing
from facilitator.app.commands import MEETING, ROOM, TOLD
from facilitator.app.filing import Edit
from facilitator.app.meeting import keys
from facilitator.app.meeting.offers import Offered, agenda_words, offered, place_of
from facilitator.app.meeting.presentation import View
from facilitator.app.meeting.table import CLOSING, OPENING, planned
from facilitator.app.meeting.timekeeper import told as switch_told
from facilitator.app.screens.ask import Answer, DecideScreen, LineScreen
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.app.screens.room import Noted, RoomScreen
from facilitator.app.screens.session_previous import SessionPrevious
from facilitator.app.screens.survey import SurveyScreen
from facilitator.app.screens.told import ToldScreen
from facilitator.app.widgets.clock_face import ClockFace
from facilitator.model import edits, meeting_clock, meetings, voices
from facilitator.model.cue_values import Heard
from facilitator.model.meeting_clock import MeetingClock, Urgency
from facilitator.model.meeting_items import Box, Survey
from facilitator.model.session import Entry, Parked, Question
from facilitator.model.text import one_line
from facilitator.model.voices import Voices
from facilitator.store.ids import new_id

_WORDS = {
    View.NORMAL: "",
    View.PRESENTER: "For a shared screen: no private notes, no voices. Once more: roles in place of names.",
    View.ROLES: "Roles stand in place of names. Once more shows everything.",
}


class SessionMeeting(SessionPrevious):
    """Leads through a meeting."""

    def on_clock_face_changed(self, event: ClockFace.Changed) -> None:
        """Say once that the time of a box is up; the clock itself goes on saying so."""
        self._time_up = event.urgency is Urgency.OVER
        if self._time_up and self._notice == self._passing:
            self._notice = ""
        self._show_line()

    async def _enter_on_empty_line(self) -> None:
        """Choose the marked row where it is one to choose, else edit it."""
        table, key = self.desk.table, self._key
        if table is None or self._just_filed:
            await super()._enter_on_empty_line()
            return
        item = edits.find(self.session, key)
        edit = table.chosen(self._surroundings.agendas, new_id)
        if edit is not None:
            self.apply(edit)
        elif key.startswith(keys.RULE):
            self._rows.move_by(1)
        elif key in (keys.OTHER_AGENDA, keys.ANOTHER_MEETING):
            self._plan(another=key == keys.ANOTHER_MEETING)
        elif key == keys.SURVEY:
            self._ask_survey()
        elif isinstance(item, Parked):
            self._decide_parked(item)
        else:
            await super()._enter_on_empty_line()

    @work(group="meeting", exclusive=True)
    async def action_meeting(self) -> None:
        """Offer what can be done with the clock now."""
        clock = self._timekeeper.clock(self.session)
        if clock is None or not clock.boxes:
            self.go(OPENING)
            self.say("A meeting needs an agenda: Enter takes the marked one." if clock is None else "Type a time box.")
            return
        offers = offered(clock)
        answers = tuple(Answer(each.key, each.words) for each in offers)
        words = agenda_words(clock, self._timekeeper.now(self.session))
        chosen = await self.app.push_screen_wait(DecideScreen("Meeting", words, answers, opener=MEETING.id))
        offer = next((each for each in offers if each.key == chosen), None)
        if offer is not None and self._timekeeper.clock(self.session) != clock:
            self.say(f"Somebody else set the clock meanwhile. {self._key_of(MEETING)} shows where it is now.")
        elif offer is not None:
            self._take(offer)

    def _take(self, offer: Offered) -> None:
        """Do to the clock what was chosen, and go where it goes."""
        before = self._timekeeper.clock(self.session)
        left = before.box if before is not None else None
        edited = self._timekeeper.after(self.session, offer.change, new_id)
        if before is None or edited is None:
            self.say("The clock is there already.")
            return
        if offer.parks and left is not None:
            edited = edits.add(edited, msgspec.structs.replace(meeting_clock.rest_of(left), id=new_id()))
        switch = next(each for each in reversed(edited.switches) if each not in self.session.switches)
        self.apply(Edit(edited, switch_told(switch, edited), self._key))
        self._follow(before)

    def _follow(self, before: MeetingClock) -> None:
        """Go to the place of the box in which the clock is now, when it went on to another."""
        clock = meeting_clock.meeting_clock(self.session, before.meeting)
        if clock.over:
            self.go(CLOSING)
            self.say("The meeting is over. What was covered stands below.")
        elif clock.box is not None and (clock.place != before.place or before.since is None):
            place = place_of(clock.box)
            if place is not None and place != self.place:
                self.go(place)
            self.say(f"{clock.box.text}: {clock.box.minutes} minutes.")
        self._clock.tick()

    def turn_to(self, box: Box) -> None:
        """Set the clock to a time box."""
        before = self._timekeeper.clock(self.session)
        edited = self._timekeeper.after(
            self.session, lambda clock, now: meeting_clock.go_to(clock, now, box.id), new_id
        )
        if before is None or edited is None:
            self.say("The clock is there already.")
            return
        self.apply(Edit(edited, f"turn to {box.text}", self._key))
        self._follow(before)

    def action_presenter(self) -> None:
        """Show a session for a shared screen, without names, or everything again."""
        view = self.presentation.turn()
        self.set_class(self.presentation.shared, "-presenter")
        self.redraw(self._key)
        self.call_after_refresh(self._clock.tick)
        self.say(_WORDS[view])

    def _named(self, name: str) -> str:
        return self.presentation.words(name, self.session)

    @property
    def _heard(self) -> Voices:
        return self._surroundings.voices.get(self.session.id, Voices())

    @_heard.setter
    def _heard(self, heard: Voices) -> None:
        self._surroundings.voices[self.session.id] = heard

    @work(group="room", exclusive=True)
    async def action_room(self) -> None:
        """Note who was heard, or what goes on in the room."""
        people, shared = meetings.people_here(self.session), self.presentation.shared
        asked = RoomScreen(people, self._heard, shared=shared, named=self._named, opener=ROOM.id)
        noted = await self.app.push_screen_wait(asked)
        if noted is not None:
            self._note(noted)

    def _note(self, noted: Noted) -> None:
        if noted.take_back:
            self._heard = Voices(self._heard.heard[:-1])
            self.say("" if self.presentation.shared else "Taken back.")
        elif noted.happening is not None:
            self._cues.tell((noted.happening,))
            self.say("")
        else:
            self._heard = voices.hear(self._heard, noted.heard)
            one = voices.one_voice(self._heard)
            if one:
                self._cues.tell((Heard.ONE_VOICE,))
            person = next(each for each in self.session.participants if each.id == noted.heard)
            self._show_cue()
            self.say("" if self.presentation.shared else f"{person.text} was heard.")

    @work(group="told", exclusive=True)
    async def action_told(self) -> None:
        """Show what people tell of the marked entry."""
        entry = self.desk.item
        if not isinstance(entry, Entry):
            self.say("Only entries are told: go to one in the timeline.")
            return
        teller = await self._who_tells()
        if teller is not None:
            await self.app.push_screen_wait(ToldScreen(self, entry, teller, who=self._who_tells))
            self.redraw(entry.id)

    async def _who_tells(self) -> str | None:
        """Return the id of the person who tells, or "" for somebody without a name; None when it was left."""
        people = meetings.people_here(self.session)
        options = [Option(each.id, self._named(each.text)) for each in people]
        options.append(Option("somebody", "somebody, without a name"))
        chosen = await self.app.push_screen_wait(PickScreen("Who tells?", options, opener=TOLD.id))
        if not chosen:
            return None
        return "" if chosen[0] == "somebody" else chosen[0]

    @work(group="plan", exclusive=True)
    async def _plan(self, *, another: bool) -> None:
        """Choose an agenda: for the present meeting, or for another one after it."""
        options = [Option(each.name, f"{each.name}: {each.about}") for each in self._surroundings.agendas]
        chosen = await self.app.push_screen_wait(PickScreen("Choose an agenda", options))
        agenda = next((each for each in self._surroundings.agendas if chosen and each.name == chosen[0]), None)
        if agenda is not None:
            instead = None if another else meetings.present(self.session)
            self.apply(planned(self.session, agenda, new_id, instead_of=instead))

    @work(group="survey", exclusive=True)
    async def _ask_survey(self) -> None:
        """Ask one person after the other, until it is left."""
        meeting = meetings.held_last(self.session)
        if meeting is None:
            return

        def hand_in(given: Survey) -> None:
            answered = msgspec.structs.replace(given, meeting=meeting.id)
            self.apply(Edit(meetings.answer(self.session, answered, new_id()), "hand in a survey", keys.SURVEY))

        await self.app.push_screen_wait(SurveyScreen(hand_in))
        self.redraw(keys.SURVEY)

    @work(group="parked", exclusive=True)
    async def _decide_parked(self, parked: Parked) -> None:
        """Find a place for something parked: an action, an open question, or let it go with a reason."""
        answers = (
            Answer("a", "an action: who will do it, and by when?"),
            Answer("q", "an open question: who will find out?"),
            Answer("l", "let it go, and say why"),
        )
        chosen = await self.app.push_screen_wait(DecideScreen("What becomes of it?", parked.text, answers))
        if edits.find(self.session, parked.id) is None:
            return
        if chosen == "a":
            made = filing.taken_further(self.session, parked, new_id)
            if made is not None:
                self.apply(made)
                await self._edit_row(self.session.actions[-1].id)
        elif chosen == "q":
            question = Question(id=new_id(), text=parked.text)
            session = edits.add(edits.remove(self.session, parked.id), question)
            self.apply(Edit(session, "make an open question", question.id))
            await self._edit_row(question.id)
        elif chosen == "l":
            said = await self.app.push_screen_wait(LineScreen("Why is it let go?", placeholder="a reason to remember"))
            if said is not None and edits.find(self.session, parked.id) is not None:
                session = edits.change(self.session, parked.id, outcome=one_line(said))
                self.apply(Edit(session, "let a parked topic go", parked.id))

    async def _edit_row(self, key: str) -> None:
        """Edit a new row in place, with room to name its owner."""
        self.redraw(key)
        await self._edit_in_place()
        if self._editor_in_place is not None:
            self._editor_in_place.insert(" ")
