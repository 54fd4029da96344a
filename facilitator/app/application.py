"""The application: what all screens share."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from os import devnull
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App, SystemCommand
from textual.screen import Screen

from facilitator.app.commands import EVERYWHERE, LISTS, QUIT, SESSION, Command, bindings, known_bindings
from facilitator.app.explained import Explained
from facilitator.app.librarian import Librarian
from facilitator.app.meeting.seconds import seconds
from facilitator.app.screens.dialog import Dialog
from facilitator.app.screens.home import HomeScreen
from facilitator.app.surroundings import Author, Surroundings
from facilitator.app.themes import DARK, OWN
from facilitator.app.views import View, Views
from facilitator.model.cue_values import Cue
from facilitator.model.session import Session
from facilitator.settings.columns import columns_path
from facilitator.settings.keymap import check_keymap, valid_keymap
from facilitator.settings.settings import Problem, Settings, SettingsError, remember_theme
from facilitator.store.errors import StoreError
from facilitator.store.locate import Location
from facilitator.store.store import Store

if TYPE_CHECKING:
    from facilitator.checks.compiled import Rules
    from facilitator.intake.sifting.proposal_values import ProposalRules


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


class FacilitatorApp(App[int]):
    """Guides through postmortems. The store, the settings and the clock are given, so that tests have their own."""

    TITLE = "Facilitator"
    CSS_PATH = "facilitator.tcss"
    BINDINGS = bindings(EVERYWHERE)
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "f24"
    animation_level = "none"

    def __init__(
        self,
        store: Store,
        location: Location,
        settings: Settings,
        *,
        problems: tuple[Problem, ...] = (),
        session_id: str | None = None,
        config: Path | None = None,
        now: Callable[[], datetime] = utc_now,
        seconds: Callable[[], float] = seconds,
    ) -> None:
        super().__init__()
        known = known_bindings()
        self.keymap_in_use: Mapping[str, str] = valid_keymap(settings.keymap, known)
        self._problems = (*problems, *check_keymap(settings.keymap, known))
        self._settings, self._location, self._session_id, self._config = settings, location, session_id, config
        self.surroundings = Surroundings(
            store=store,
            library=Librarian(store.path, cache=store.cache),
            views=settings.views,
            now=now,
            seconds=seconds,
            agendas=settings.agenda,
            ground_rules=settings.ground_rules,
            categories=settings.categories,
            keymap=self.keymap_in_use,
            wording=settings.wording,
            cues=self._cues,
            rules=self._rules,
            sensitive=settings.sensitive,
            profiles=settings.profile,
            review=settings.review,
            author=Author(settings.author),
            proposals=self._proposals,
            columns=columns_path(config) if config is not None else Path(devnull),
        )
        self.views = Views(
            str(location.path),
            {
                View.SESSIONS: lambda views: HomeScreen(self.surroundings, views, self.begin),
                View.ACTIONS: self._register_view,
                View.TRENDS: self._trends_view,
            },
        )
        for theme in OWN:
            self.register_theme(theme)
        self.theme = settings.theme if settings.theme in self.available_themes else DARK.name
        if settings.theme and settings.theme not in self.available_themes:
            self._problems = (*self._problems, _unknown_theme(settings.theme, self.available_themes))

    async def on_mount(self) -> None:
        """Show home, and on it the session that was asked for."""
        self.set_keymap(self.keymap_in_use)
        home = self.views.at(View.SESSIONS)
        self.install_screen(home, View.SESSIONS)
        await self.push_screen(home)
        if self._session_id is not None:
            self._open(self._session_id)
        for problem in self._problems:
            self.notify(problem.message, title=problem.place, severity="warning", timeout=12, markup=False)
        self.theme_changed_signal.subscribe(self, lambda theme: self._remember(theme.name))

    def on_unmount(self) -> None:
        """Close the index."""
        self.surroundings.library.close()

    def begin(self, session_id: str, title: str, now: datetime) -> Session:
        """Return a new session with what the settings say of its author and zone."""
        authors = (self._settings.author,) if self._settings.author else ()
        return Session(id=session_id, title=title, created=now, zone=self._settings.zone, authors=authors)

    def _register_view(self, views: Views) -> Screen[None]:
        from facilitator.app.screens.register import RegisterScreen

        return RegisterScreen(self.surroundings, views)

    def _trends_view(self, views: Views) -> Screen[None]:
        from facilitator.app.screens.trends import TrendsScreen

        return TrendsScreen(self.surroundings, views)

    def _cues(self) -> tuple[Cue, ...]:
        from facilitator.settings.cues import all_cues

        return all_cues(self._settings.cue, self._settings.silent_cues)

    def _rules(self) -> "Rules":
        from facilitator.checks.compiled import compiled
        from facilitator.settings.rules import all_rules

        return compiled(all_rules(self._settings.rule, self._settings.silent_rules))

    def _proposals(self) -> "ProposalRules":
        from facilitator.settings.proposals import all_rules

        return all_rules(self._settings.proposal, self._settings.silent_proposals)

    def _open(self, session_id: str) -> None:
        from facilitator.app.screens.session import SessionScreen

        try:
            opened = self.surroundings.store.open(session_id)
        except (StoreError, OSError) as error:
            self.notify(str(error), severity="error", timeout=15, markup=False)
            return
        self.push_screen(SessionScreen(opened, self.surroundings))

    def _remember(self, theme: str) -> None:
        if self._config is None or theme == self._settings.theme:
            return
        try:
            remember_theme(self._config, theme)
        except SettingsError as error:
            self.notify(str(error), severity="warning", markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every command of the present screen in the palette, by the name that its key has."""
        here: Iterable[Command] = SESSION
        if isinstance(screen, Explained):
            here = [command for _, commands in screen.help_groups() for command in commands]
        for each in (*here, *EVERYWHERE):
            if each.palette:
                target = "app" if each in EVERYWHERE else "screen"
                yield SystemCommand(each.label, each.doc, self._runner(f"{target}.{each.action}"))

    def _runner(self, action: str) -> Callable[[], None]:
        def run() -> None:
            self.call_later(self.run_action, action)

        return run

    def action_command_palette(self) -> None:
        """Offer all commands; the key that opened them closes them again."""
        from facilitator.app.screens.palette import Palette

        self.push_screen(Palette())

    def action_help(self) -> None:
        """Show the keys of the screen, and what can be typed there."""
        from facilitator.app.panels.places import REVIEW
        from facilitator.app.screens.help import HelpScreen
        from facilitator.app.screens.session_frame import SessionFrame
        from facilitator.capture.lines import help_lines
        from facilitator.capture.reviewing import help_lines as review_lines

        screen = self.screen
        where = f"{self._location.path}  ({self._location.reason})"
        if isinstance(screen, SessionFrame):
            groups = [("This session", SESSION), ("Lists", LISTS), ("Everywhere", EVERYWHERE)]
            typed = review_lines() if screen.place == REVIEW else help_lines(screen.phase)
            self.push_screen(HelpScreen(typed, groups, self.keymap_in_use, where))
        elif isinstance(screen, Explained):
            own = [*screen.help_groups(), ("Lists", LISTS), ("Everywhere", EVERYWHERE)]
            self.push_screen(HelpScreen(screen.help_lines(), own, self.keymap_in_use, where))

    def action_change_theme(self) -> None:
        """Choose a theme, the program's own first."""
        from facilitator.app.screens.pick import Option, PickScreen

        own = [theme.name for theme in OWN]
        names = [*own, *sorted(set(self.available_themes) - set(own))]

        def take(chosen: tuple[str, ...] | None) -> None:
            if chosen:
                self.theme = chosen[0]

        options = [Option(name, name, on=name == self.theme) for name in names]
        self.push_screen(PickScreen("Theme", options, opener="app.theme"), take)

    async def action_quit(self) -> None:
        """Leave, after asking about whatever is not on disk yet. Pressed again while that is asked, it stays."""
        if isinstance(self.screen, Dialog) and self.screen.opener == QUIT.id:
            self.screen.action_cancel()
            return
        self.run_worker(self._quit(), group="quit")

    async def _quit(self) -> None:
        from facilitator.app.screens.leaving import may_leave
        from facilitator.app.screens.session_frame import SessionFrame

        for screen in reversed(self.screen_stack):
            if isinstance(screen, SessionFrame) and not await may_leave(self, screen.editor, screen.typed):
                return
        self.exit(0)


def _unknown_theme(name: str, known: Iterable[str]) -> Problem:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return Problem("theme", f"there is no theme {name!r}{hint}")
