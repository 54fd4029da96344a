"""Findings: what is wrong with a file of a store, and what can be done about it."""

from enum import StrEnum

import msgspec


class Cure(StrEnum):
    """What a repair does about a finding; the first is done before the others."""

    REBUILD = "rebuild"
    MEND = "mend"
    TAKE_IN = "take in"
    MOVE_ASIDE = "move aside"
    NONE = "none"


class Finding(msgspec.Struct, frozen=True):
    """Something wrong with a file.

    `file` is its path in the store as the system has it, empty for the store itself. `what` and `advice` are clauses.
    `cure` is what a repair would do; with `NONE` it is only reported. `of` is the id of the session that a copy is of.
    """

    file: str
    what: str
    advice: str
    cure: Cure = Cure.NONE
    of: str = ""


class Report(msgspec.Struct, frozen=True):
    """What was found in a store: how many sessions can be read, and what is wrong, by file."""

    sessions: int
    findings: tuple[Finding, ...] = ()

    @property
    def curable(self) -> tuple[Finding, ...]:
        """The findings that a repair can do something about."""
        return tuple(each for each in self.findings if each.cure is not Cure.NONE)
