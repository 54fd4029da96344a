"""Templates: those of the program, those in the folder of the user, and files; what each makes of a session."""

import os
import subprocess
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

import msgspec

from facilitator.documents.formats import named
from facilitator.documents.templates.values import template_values
from facilitator.model.private import published
from facilitator.model.session import Session
from facilitator.settings.settings import config_path
from facilitator.settings.template_process import SECONDS, Outcome, Task

MAX_BYTES = 1_000_000
"""The largest template that is read."""

_OURS = Path(__file__).parents[1] / "data" / "templates"
_TARGETS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".txt": "text"}
_JINJA = {".j2", ".jinja", ".jinja2"}
_ON_THE_CLOCK = 4 * SECONDS


class TemplateFileError(Exception):
    """A template that cannot be found, read or filled in. The message says which, in which line, and why."""


class TemplateFile(msgspec.Struct, frozen=True):
    """A template by its name: the name of its file without `.j2` and without what it writes."""

    name: str
    path: Path
    own: bool = False

    @property
    def suffix(self) -> str:
        """What the files that it makes end with: ".md", ".html" or ".txt"."""
        return _suffix(self.path)


def templates(folder: Path | None = None) -> Mapping[str, TemplateFile]:
    """Return the templates of the program, then those in a folder of the user, by name; an own one goes first."""
    found = {each.name: each for each in _in(_OURS, own=False)}
    found.update({each.name: each for each in _in(folder, own=True)} if folder is not None else {})
    return found


def templates_folder() -> Path:
    """Return where the user's templates are: beside the configuration file."""
    return config_path(os.environ).parent / "templates"


def known_templates() -> Mapping[str, TemplateFile]:
    """Return the templates of the program and of the user, by name."""
    return templates(templates_folder())


def find_template(given: str, folder: Path | None = None) -> TemplateFile:
    """Return the template with a name, or in a file. Raises TemplateFileError when there is none."""
    known = templates(folder)
    if given in known:
        return known[given]
    path = Path(given).expanduser()
    if not path.is_file():
        near = get_close_matches(given, known, 1)
        advice = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
        raise TemplateFileError(f"{given}: there is no such file, and no template of this name; {advice}")
    if not _suffix(path):
        raise TemplateFileError(
            f"{path}: what a template writes is told by its name, which ends with .md, .html or .txt; .j2 may follow"
        )
    return TemplateFile(_name(path), path, own=True)


def read_template(template: TemplateFile) -> str:
    """Return the source of a template. Raises TemplateFileError."""
    try:
        data = template.path.read_bytes()
    except OSError as error:
        raise TemplateFileError(f"{template.path}: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        raise TemplateFileError(f"{template.path}: it is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TemplateFileError(f"{template.path}, line {line}: this is not UTF-8") from error


def fill_in(template: TemplateFile, session: Session) -> str:
    """Return what a template makes of what may be published of a session. Raises TemplateFileError.

    It is done in a process of its own, which has a few seconds and a bounded memory.
    """
    task = Task(read_template(template), _TARGETS[template.suffix], template_values(published(session)))
    place = str(template.path)
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "facilitator.settings.template_process"],
            input=msgspec.json.encode(task),
            capture_output=True,
            timeout=_ON_THE_CLOCK,
            check=False,
        )
        outcome = msgspec.json.decode(ended.stdout, type=Outcome)
    except subprocess.TimeoutExpired as error:
        raise TemplateFileError(f"{place}: {_TOO_LONG}") from error
    except msgspec.DecodeError as error:
        raise TemplateFileError(f"{place}: {_TOO_LONG}") from error
    if outcome.reason:
        raise TemplateFileError(f"{place}{f', line {outcome.line}' if outcome.line else ''}: {outcome.reason}")
    return outcome.made


_TOO_LONG = f"it takes longer than {SECONDS} seconds, or too much memory; what do its loops go through?"


def template_file_name(session: Session, template: TemplateFile) -> str:
    """Return a name for the file that a template makes of a session: date, title, template."""
    return named(session, f".{template.name}{template.suffix}")


def _in(folder: Path, *, own: bool) -> list[TemplateFile]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError:
        return []
    return [TemplateFile(_name(path), path, own) for path in paths if _suffix(path)]


def _bare(path: Path) -> Path:
    return path.with_suffix("") if path.suffix.lower() in _JINJA else path


def _suffix(path: Path) -> str:
    suffix = _bare(path).suffix.lower()
    return suffix if suffix in _TARGETS else ""


def _name(path: Path) -> str:
    return _bare(path).stem
