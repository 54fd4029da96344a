"""Reading records in from the screen: which file, what only a person can tell, then the drafts."""

import asyncio
from dataclasses import replace
from pathlib import Path

from textual import work

from facilitator.app.filing import Edit
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.drafts_view import DraftsView
from facilitator.app.screens.path import PathScreen, is_there, path_of
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.capture.dates import day_alone
from facilitator.capture.zones import zone_name
from facilitator.intake.errors import MissingError, Need, SourceError, UnknownKindError
from facilitator.intake.kinds.registry import KINDS
from facilitator.intake.reader import Options, Reader
from facilitator.intake.reading import found
from facilitator.intake.report import Report
from facilitator.model.moments import local
from facilitator.model.session import Intake
from facilitator.settings.columns import known_columns, remember_columns
from facilitator.store.draft_files import DraftsError
from facilitator.store.ids import new_id
from facilitator.store.intakes import read_in, with_intake

PASTED = "pasted text"
_TELL_EVERY = 0.3
_MOST_ASKED = 6
_RECOGNISED = "tab completes. Slack, PagerDuty, Alertmanager, GitHub, CSV, logs, a postmortem … are recognised."


class ReadingIn(DraftsView):
    """Reads a file, a folder, an archive or pasted text in, and asks what cannot be known."""

    @work(group="ask-file", exclusive=True)
    async def action_read(self) -> None:
        """Ask which file, and read it in."""
        value, note = "", _RECOGNISED
        while True:
            said = await self.app.push_screen_wait(PathScreen("Read in which file, folder or archive?", value, note))
            if said is None:
                return
            path = path_of(said)
            if is_there(path):
                self.read_in(path)
                return
            value, note = said, f"There is no {path}."

    @work(group="read-in", exclusive=True)
    async def read_in(self, place: Path | bytes) -> None:
        """Read something in; what only a person can tell is asked, and it is read again."""
        options, kind = Options(now=self._surroundings.now()), ""
        for _ in range(_MOST_ASKED):
            try:
                intake, reader, report = await self._read(place, options, kind)
            except MissingError as error:
                answered = await self._answered(error, options)
                if answered is None:
                    self._say("Nothing was read in.")
                    return
                options = answered
            except UnknownKindError as error:
                kind = await self._kind_of(str(error))
                if not kind:
                    return
            except (SourceError, DraftsError) as error:
                self._say(f"Nothing was read in: {error}")
                return
            else:
                self._take_in(intake, reader, report)
                return
        self._say("Nothing was read in: it stays unclear what is meant.")

    async def _kind_of(self, why: str) -> str:
        """Ask what a source is that nobody recognises; return its kind, or nothing."""
        self._say(f"Nothing was read in yet: {why.partition(';')[0]}.")
        options = [Option(kind, f"{kind}: {what}") for kind, what in KINDS.items()]
        chosen = await self.app.push_screen_wait(PickScreen("What is it?", options, opener="drafts.read"))
        if not chosen:
            self._say("Nothing was read in.")
        return chosen[0] if chosen else ""

    async def _read(self, place: Path | bytes, options: Options, kind: str) -> tuple[Intake, Reader, Report]:
        report = Report()
        store, session = self._desk.editor.store_path, self._desk.session

        def read() -> tuple[Intake, Reader]:
            with found(place, report, kind=kind, name=PASTED if isinstance(place, bytes) else "") as source:
                return read_in(store, session.id, source, options, report), source.reader

        reading = asyncio.create_task(asyncio.to_thread(read))
        try:
            while not (await asyncio.wait([reading], timeout=_TELL_EVERY))[0]:
                self._say(f"{report.read:,} read …")
            intake, reader = await reading
        finally:
            report.stopped = True  # whoever leaves meanwhile does not wait for the rest
            reading.add_done_callback(_give_up)
        return intake, reader, report

    def _take_in(self, intake: Intake, reader: Reader, report: Report) -> None:
        session = with_intake(self._desk.session, intake, new_id)
        skipped = sum(report.reasons.values())
        most = report.reasons.most_common(2)
        reasons = ", ".join(f"{count} {reason}" if len(report.reasons) > 1 else reason for reason, count in most)
        aside = f"; {skipped:,} skipped: {reasons}" if skipped else ""
        if session is self._desk.session:
            self._say(f"{intake.text} is read in already{aside}." if intake.count else f"Nothing to read{aside}.")
            return
        self._desk.apply(Edit(session, "read records in", ""))
        self._sift(f"{reader.label}: {intake.count:,} drafts{aside}. Undo takes that back.")

    async def _answered(self, error: MissingError, options: Options) -> Options | None:
        """Ask what is missing; return the options with the answer, or None when nothing is answered."""
        if error.need is Need.COLUMNS:
            return await self._with_columns(error, options)
        session = self._desk.session
        if error.need is Need.ZONE:
            title, value = "In which time zone are its times?", session.zone
        else:
            day = local(session.started.at, session.zone).date() if session.started else options.now.date()
            title, value = "On which day does it begin?", day.isoformat()
        note = str(error)
        while True:
            said = await self.app.push_screen_wait(LineScreen(title, value=value, note=note, opener="drafts.read"))
            if said is None:
                return None
            if error.need is Need.ZONE and (zone := zone_name(said)):
                return replace(options, zone=zone)
            if error.need is Need.DAY and (first := day_alone(said, options.now.date())) is not None:
                return replace(options, day=first)
            value, note = said, f"{said!r} is not clear. Such as Europe/Paris or UTC, and 2026-11-15."

    async def _with_columns(self, error: MissingError, options: Options) -> Options | None:
        path = self._surroundings.columns
        known = known_columns(path, error.found) if not options.columns else None
        if known is not None:
            return replace(options, columns=known)
        columns: dict[str, str] = {}
        for role, title in (("time", "Which column holds the time?"), ("text", "Which column holds the words?")):
            choices = [Option(each, each) for each in error.found]
            chosen = await self.app.push_screen_wait(PickScreen(title, choices, opener="drafts.read"))
            if not chosen:
                return None
            columns[role] = chosen[0]
        remember_columns(path, columns)
        return replace(options, columns=columns)


def _give_up(reading: "asyncio.Task[tuple[Intake, Reader]]") -> None:
    """Look at how a reading ended that nobody waits for any more, so that it is not told on the terminal."""
    if not reading.cancelled():
        reading.exception()
