"""Errors as the commands report them: on stderr, in one line, with the exit code that scripts can count on."""

from typing import IO, Any

import click

from facilitator.model.text import clean

NOTHING_FOUND = 1
"""The exit code when there is nothing to show, or something was found that needs attention."""

BAD_INPUT = 2
"""The exit code for a wrong command line, and for input that cannot be used."""

INTERRUPTED = 130
"""The exit code after Ctrl+C, as shells have it."""

READER_GONE = 141
"""The exit code when the reader of the output went away, as shells have it."""


class Failure(click.ClickException):
    """The command cannot do what was asked; the message says what, where and what to do."""

    exit_code = BAD_INPUT

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message to `file`, or to stderr."""
        click.echo(f"facilitator: {clean(self.message)}", file=file, err=True)


class NothingFound(Failure):
    """There is nothing to show."""

    exit_code = NOTHING_FOUND


def explain(error: Exception) -> str | None:
    """Return what to tell the user about an error, or None when it is a defect of the program."""
    # The floors below are imported already when one of their errors is on its way.
    from facilitator.documents.formats import UnknownFormatError
    from facilitator.documents.occasion import NotYetError
    from facilitator.documents.page.extras import ExtraMissingError
    from facilitator.settings.settings import SettingsError
    from facilitator.settings.templates import TemplateFileError
    from facilitator.store.errors import ForeignFileError, SaveError, StoreError

    # Those two speak of an edit that the app keeps in memory; a command keeps nothing there.
    if isinstance(error, SaveError):
        return f"{error.path}: {error.error.strerror or error.error}; nothing was written"
    if isinstance(error, ForeignFileError):
        return f"{error.path} was replaced at the same moment: {error.reason}; nothing was written"
    told = (StoreError, SettingsError, UnknownFormatError, NotYetError, ExtraMissingError, TemplateFileError)
    if isinstance(error, told):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return None
