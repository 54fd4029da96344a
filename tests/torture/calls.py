"""System calls of Python's `os` that are seen, or answered, by somebody else for a while."""

import contextlib
import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from unittest import mock

CALLS = (
    "open", "close", "write", "writev", "fsync", "replace", "rename", "unlink", "utime", "link", "mkdir", "chmod",
    "fchmod", "stat", "lstat", "fstat", "lseek", "read",
)  # fmt: skip
"""The calls of which a save consists, but for those on the lock."""

Hook = Callable[..., Any]
"""Gets the name of a call, the call itself and its arguments, and answers in its place."""


@contextlib.contextmanager
def hooked(hook: Hook) -> Iterator[None]:
    """Let `hook` answer the calls."""
    with contextlib.ExitStack() as stack:
        for name in CALLS:
            stack.enter_context(mock.patch.object(os, name, partial(hook, name, getattr(os, name))))
        yield
