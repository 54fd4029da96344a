"""Survive bytes on the input that are no UTF-8."""

import codecs
from functools import partial

from textual.drivers import linux_driver

_UTF8 = codecs.getincrementaldecoder("utf-8")


def replace_bad_input() -> None:
    """Let Textual's input thread replace what it cannot decode; one byte 0xFF ends the program otherwise.

    The loop that reads makes its decoder itself, from a name of its module, so that name is what can be changed.
    """
    vars(linux_driver)["getincrementaldecoder"] = lambda _encoding: partial(_UTF8, errors="replace")
