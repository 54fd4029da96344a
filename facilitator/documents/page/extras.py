"""Formats that need a library which is not installed with the program unless it is asked for."""

from importlib.util import find_spec


class ExtraMissingError(ValueError):
    """A format needs what is not installed. The message says what, and how to get it."""


def need(module: str, extra: str, what: str) -> None:
    """Raise ExtraMissingError when the library `module`, which makes `what`, is not installed."""
    if find_spec(module) is None:
        raise ExtraMissingError(f"{what} needs a library that is not installed: pip install 'facilitator[{extra}]'")
