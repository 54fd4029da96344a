"""The settings: what the configuration file says, and what is wrong with it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import msgspec

from facilitator.checks.rules import Rule
from facilitator.model.agendas import AGENDAS, Agenda
from facilitator.model.cue_values import Cue
from facilitator.model.ground_rules import GROUND_RULES
from facilitator.model.moments import find_zone
from facilitator.model.session import CATEGORIES
from facilitator.model.text import one_line
from facilitator.model.whys import Wording
from facilitator.redaction.profiles import PROFILES, Profile
from facilitator.review.rules import ReviewRules
from facilitator.settings.lines import line_of
from facilitator.settings.replace import replace_file
from facilitator.settings.views import PROGRAM as PROGRAM_VIEWS
from facilitator.settings.views import SavedView, read_views
from facilitator.settings.wording import Wrong, did_you_mean, kind, nearest, quoted

if TYPE_CHECKING:
    from facilitator.intake.sifting.proposal_values import ProposalRule

MAX_BYTES = 1_000_000
"""The largest configuration file that is read."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the user has chosen.

    `theme` is empty for the default one. `author` and `zone` are given to new sessions. `keymap` goes from binding
    ids to keys as written, not yet checked (see `keymap.check_keymap`). `categories` holds those that everybody
    has, then the user's own. `wording` is how the whys ask. `cue` holds the user's own cues, `silent_cues` the ids
    of those of the program that are not wanted (see `cues.all_cues`). `agenda` holds those that everybody has, then
    the user's own. `ground_rules` are the user's own, or those that everybody has. `sensitive` are patterns of the
    user's own for what identifies customers and the like. `profile` holds for whom a session is published, and what
    of it is replaced for them: the profiles that everybody has, then the user's own. `review` tells what a review
    requires. `proposal` holds the user's own rules by which drafts are proposed, `silent_proposals` the ids of
    those of the program that are not wanted. `views` are queries that have names, the user's own before those of
    the program.
    """

    theme: str = ""
    author: str = ""
    zone: str = "UTC"
    keymap: Mapping[str, str] = {}
    categories: tuple[str, ...] = CATEGORIES
    wording: Wording = Wording.POSSIBLE
    cue: tuple[Cue, ...] = ()
    silent_cues: tuple[str, ...] = ()
    agenda: tuple[Agenda, ...] = AGENDAS
    ground_rules: tuple[str, ...] = GROUND_RULES
    rule: tuple[Rule, ...] = ()
    silent_rules: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    profile: tuple[Profile, ...] = tuple(PROFILES.values())
    review: ReviewRules = ReviewRules()
    proposal: "tuple[ProposalRule, ...]" = ()
    silent_proposals: tuple[str, ...] = ()
    views: tuple[SavedView, ...] = PROGRAM_VIEWS


class Problem(msgspec.Struct, frozen=True):
    """Something wrong in the configuration: where ("config.toml, line 3: them"), and what to do about it."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class SettingsError(Exception):
    """The configuration file could not be read or written."""


def config_path(environ: Mapping[str, str]) -> Path:
    """Return where the configuration file is: `FACILITATOR_CONFIG`, else in the user's configuration folder."""
    chosen = environ.get("FACILITATOR_CONFIG", "")
    if chosen:
        with suppress(RuntimeError):  # "~" without a home
            return Path(chosen).expanduser()
        return Path(chosen)
    import platformdirs

    return platformdirs.user_config_path("facilitator", appauthor=False) / "config.toml"


def load(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings in the file at `path`, and what is wrong with it; never raises.

    A missing file gives the defaults. A key or value that is wrong is named, and the rest still counts.
    """
    try:
        text = read_text(path)
    except FileNotFoundError:
        return Settings(), ()
    except SettingsError as error:
        return Settings(), (Problem(path.name, str(error)),)
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Settings(), (_broken(path, error),)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in table.items():
        if key not in _READERS:
            problems.append(Problem(_place(path, text, key), _unknown(key)))
            continue
        values[key], wrong = _READERS[key](value)
        problems += [Problem(_place(path, text, key, *below), message) for below, message in wrong]
    return Settings(**values), tuple(problems)


def remember_theme(path: Path, theme: str) -> None:
    """Write `theme` into the configuration file and change nothing else in it, neither comments nor layout.

    The file, and the folder that it is in, are made when missing. Raises SettingsError when the file cannot be
    written, or holds something that is not TOML; it is then as it was.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    theme = one_line(theme)
    path = path.resolve()  # a link to a file kept elsewhere stays a link
    try:
        text = read_text(path)
    except FileNotFoundError:
        text = ""
    try:
        document = tomlkit.parse(text)
        if "theme" in document:
            document["theme"] = theme
            text = tomlkit.dumps(document)
        else:  # before the first key, where it belongs to no table and comes between no comment and what it is about
            line = f"theme = {tomlkit.string(theme).as_string()}"
            text = f"{line}\r\n{text}" if "\r\n" in text else f"{line}\n{text}"
    except (TOMLKitError, RecursionError) as error:
        raise SettingsError(f"{path} is not valid TOML, so the theme was not written into it: {error}") from error
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, text.encode())
    except OSError as error:
        raise SettingsError(f"the theme could not be written to {path}: {error.strerror or error}") from error


def read_text(path: Path) -> str:
    """Return the text of the configuration file.

    Raises FileNotFoundError when there is none, and SettingsError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror or error}); the defaults are used") from error
    if len(raw) > MAX_BYTES:
        raise SettingsError(f"is larger than {MAX_BYTES:,} bytes; the defaults are used")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"is not UTF-8 text (line {line}); save it as UTF-8") from error


def _text(value: object) -> tuple[str, list[Wrong]]:
    if isinstance(value, str):
        return one_line(value), []
    return "", [((), f"must be text in quotes, not {kind(value)}")]


def _zone(value: object) -> tuple[str, list[Wrong]]:
    name, wrong = _text(value)
    if wrong or find_zone(name) is not None:
        return name or "UTC", wrong
    meant = did_you_mean(name, ["UTC", *available_timezones()])
    advice = meant or "; write UTC, a name such as 'Europe/Paris', or an offset such as '+02:00'"
    return "UTC", [((), f"unknown zone {quoted(name)}{advice}")]


def _categories(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    if not isinstance(value, list):
        return CATEGORIES, [((), f"must be a list such as ['capacity', 'vendor'], not {kind(value)}")]
    names: list[str] = list(CATEGORIES)
    wrong: list[Wrong] = []
    for each in value:
        name = one_line(each).lower() if isinstance(each, str) else ""
        if not isinstance(each, str):
            wrong.append(((), f"a category is text in quotes, not {kind(each)}"))
        elif not re.fullmatch(r"\w[\w-]*", name):
            one_word = re.sub(r"[^\w-]+", "-", name).strip("-_")
            wrong.append(((), f"a category is one word, not {quoted(each)}" + (one_word and f"; write '{one_word}'")))
        elif name not in names:
            names.append(name)
    return tuple(names), wrong


def _keymap(value: object) -> tuple[dict[str, str], list[Wrong]]:
    if not isinstance(value, dict):
        return {}, [((), f"must be a table of binding ids and keys, not {kind(value)}")]
    keys: dict[str, str] = {}
    wrong: list[Wrong] = []
    waiting: list[tuple[tuple[str, ...], object]] = [((str(key),), each) for key, each in reversed(value.items())]
    while waiting:
        path, each = waiting.pop()
        if isinstance(each, dict):  # TOML reads a key such as app.undo as a table "app" with a key "undo"
            waiting += [((*path, str(key)), below) for key, below in reversed(each.items())]
        elif isinstance(each, str):
            keys[".".join(path)] = one_line(each)
        elif isinstance(each, list) and each and all(isinstance(key, str) for key in each):
            keys[".".join(path)] = ",".join(one_line(key) for key in each)
        else:
            wrong.append((path, f"must be a key in quotes, such as 'ctrl+s', not {kind(each)}"))
    return keys, wrong


def _wording(value: object) -> tuple[Wording, list[Wrong]]:
    text, wrong = _text(value)
    if wrong or text in tuple(Wording):
        return Wording(text) if text in tuple(Wording) else Wording.POSSIBLE, wrong
    return Wording.POSSIBLE, [((), f"the whys ask in one of these ways: {', '.join(Wording)}; not {quoted(text)}")]


def _cues(value: object) -> tuple[tuple[Cue, ...], list[Wrong]]:
    from facilitator.settings.cues import read_cues

    return read_cues(value)


def _silent_cues(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    from facilitator.settings.cues import read_silent

    return read_silent(value)


def _agendas(value: object) -> tuple[tuple[Agenda, ...], list[Wrong]]:
    from facilitator.settings.agendas import read_agendas

    return read_agendas(value)


def _ground_rules(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    from facilitator.settings.ground_rules import read_ground_rules

    return read_ground_rules(value)


def _rules(value: object) -> tuple[tuple[Rule, ...], list[Wrong]]:
    from facilitator.settings.rules import read_rules

    return read_rules(value)


def _silent_rules(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    from facilitator.settings.rules import read_silent

    return read_silent(value)


def _sensitive(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    from facilitator.settings.sensitive import read_sensitive

    return read_sensitive(value)


def _profiles(value: object) -> tuple[tuple[Profile, ...], list[Wrong]]:
    from facilitator.settings.profiles import read_profiles

    return read_profiles(value)


def _review(value: object) -> tuple[ReviewRules, list[Wrong]]:
    from facilitator.settings.review import read_review

    return read_review(value)


def _proposals(value: object) -> "tuple[tuple[ProposalRule, ...], list[Wrong]]":
    from facilitator.settings.proposals import read_proposals

    return read_proposals(value)


def _silent_proposals(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    from facilitator.settings.proposals import read_silent

    return read_silent(value)


_READERS: dict[str, Callable[[object], tuple[Any, list[Wrong]]]] = {
    "theme": _text,
    "author": _text,
    "zone": _zone,
    "keymap": _keymap,
    "categories": _categories,
    "wording": _wording,
    "cue": _cues,
    "silent_cues": _silent_cues,
    "agenda": _agendas,
    "ground_rules": _ground_rules,
    "rule": _rules,
    "silent_rules": _silent_rules,
    "sensitive": _sensitive,
    "profile": _profiles,
    "review": _review,
    "proposal": _proposals,
    "silent_proposals": _silent_proposals,
    "views": read_views,
}


def _unknown(key: str) -> str:
    meant = nearest(key, _READERS)
    advice = f"did you mean '{meant}'?" if meant else f"the keys are {', '.join(sorted(_READERS))}"
    return f"unknown key {quoted(key)}; {advice}"


def _place(path: Path, text: str, *keys: str) -> str:
    line = line_of(text, *keys)
    return f"{path.name}{f', line {line}' if line else ''}: {one_line('.'.join(keys))}"


def _broken(path: Path, error: Exception) -> Problem:
    if isinstance(error, RecursionError):
        return Problem(path.name, "is nested too deeply; the defaults are used")
    found = re.fullmatch(r"(.*?)\s*\(at (?:line (\d+), column \d+|end of document)\)", str(error), re.DOTALL)
    what, line = (found[1], found[2]) if found else (str(error), None)
    where = f", line {line}" if line else ", at its end"
    return Problem(f"{path.name}{where}", f"is not valid TOML: {one_line(what)}; the defaults are used")
