"""The frame of the program: commands are imported when they are called, and errors end with a clear message."""

import gc
import importlib
import io
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from facilitator.cli.errors import INTERRUPTED, READER_GONE, Failure, explain
from facilitator.settings.wording import did_you_mean


class ReaderGoneError(Exception):
    """Whoever read our output has stopped reading."""


class Program(click.Group):
    """A group of commands, each in a module of its own that is imported when it is called."""

    def __init__(self, *args: Any, summaries: Mapping[str, str], **kwargs: Any) -> None:
        """Make the group; `summaries` goes from the names of the commands to what each does, in one line."""
        super().__init__(*args, **kwargs)
        self._summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order in which the help lists them."""
        return [*self._summaries, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, or None."""
        if cmd_name not in self._summaries:
            return super().get_command(ctx, cmd_name)
        module = cmd_name.replace("-", "_")
        command = importlib.import_module(f"facilitator.cli.commands.{module}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` begin with; an unknown one is named with the nearest right one."""
        name = args[0]
        if name not in self._summaries and not name.startswith("-") and not ctx.resilient_parsing:
            ctx.fail(f"No command is called {name!r}{did_you_mean(name, self._summaries)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands into the help, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._summaries[name]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the program on `args`, or on those of the process, and end the process with its exit code."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a locale without a character is no reason to fail
        extra["standalone_mode"] = False
        gc.disable()  # what a command imports is no garbage, and it ends before there is any; the app enables it again
        try:
            sys.exit(self._exit_code(args, prog_name or "facilitator", *rest, **extra))
        finally:
            gc.enable()

    def _exit_code(self, *args: Any, **extra: Any) -> int:
        try:
            code = super().main(*args, **extra)
            sys.stdout.flush()
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except (click.Abort, KeyboardInterrupt):
            return INTERRUPTED
        except (ReaderGoneError, BrokenPipeError):
            _discard_output()
            return READER_GONE
        except Exception as error:
            message = explain(error)
            if message is None:
                raise
            Failure(message).show()
            return Failure.exit_code
        return code if isinstance(code, int) else 0


def _discard_output() -> None:
    """Let what is still buffered go nowhere, so that nothing complains when the process ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
