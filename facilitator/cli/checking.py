"""The checks as a command runs them: with the rules of the settings, on a session of the store or on a document."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import click

from facilitator.checks.compiled import Rules, compiled
from facilitator.checks.finding import Finding
from facilitator.checks.sensitive import hiding, without
from facilitator.cli.output import note
from facilitator.cli.places import open_store, read_settings
from facilitator.cli.reports import Report, Told, Where
from facilitator.cli.sources import read_document, shown
from facilitator.model.text import one_line

if TYPE_CHECKING:
    from facilitator.model.session import Session
    from facilitator.settings.settings import Settings

LONGEST = 60
"""How many characters of an item name the place of a finding."""


class Checker(NamedTuple):
    """What is looked for: rules about language, patterns of one's own for what is sensitive, and what is silent."""

    rules: Rules
    patterns: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    def document(self, source: str) -> Report:
        """Check a Markdown file, or stdin. Raises Failure when it cannot be read."""
        from facilitator.checks.catalogue import RULES
        from facilitator.documents.checked import check_document, void_mutes

        name, text = shown(source), read_document(source)
        placed = check_document(text, self.rules, self.patterns)
        known = {*(rule.id for rule in RULES), *(rule.id for rule in self.rules.rules), *self.silent}
        for each in void_mutes(text, known):
            note(f"{name}:{each.line}: {each.why}")
        found = [
            Told(
                finding=each.finding,
                place=f"{name}:{each.line}:{each.column}",
                where=Where(line=each.line, column=each.column, end_line=each.end_line, end_column=each.end_column),
                muted=each.muted or None,
            )
            for each in placed
            if each.finding.rule not in self.silent
        ]
        return Report(source=source, kind="document", name=name, found=tuple(found))

    def session(self, ctx: click.Context, beginning: str) -> Report:
        """Check the session with this beginning of an id. Raises StoreError when there is none."""
        from facilitator.checks.mutes import mute_of
        from facilitator.checks.session_checks import check

        store = open_store(ctx)
        session = store.open(store.resolve(beginning)).session
        found = [
            each
            for each in check(session, datetime.now(UTC), self.rules, self.patterns)
            if each.rule not in self.silent
        ]
        hidden = hiding(found)
        told = []
        for each in found:
            muted = mute_of(each, session)
            where = Where(about=each.about, field=each.field)
            reason = muted.reason if muted is not None else None
            told.append(Told(finding=each, place=place_told(each, session, hidden), where=where, muted=reason))
        return Report(
            source=session.id, kind="session", name=one_line(without(session.title, hidden)), found=tuple(told)
        )


def checker() -> Checker:
    """Return what is looked for according to the settings of the user."""
    return checker_of(settings_told())


def checker_of(settings: "Settings") -> Checker:
    """Return what is looked for according to settings."""
    from facilitator.settings.rules import all_rules

    rules = compiled(all_rules(settings.rule, settings.silent_rules))
    return Checker(rules, settings.sensitive, settings.silent_rules)


def settings_told() -> "Settings":
    """Return the settings; what is wrong with them is told on stderr, where whoever reads a result can see it."""
    _, settings, problems = read_settings()
    for problem in problems:
        note(str(problem))
    return settings


def place_told(finding: Finding, session: "Session", hidden: Mapping[str, str]) -> str:
    """Return where in a session a finding is, in words: "entry '14:22 alert fires'", "summary", "the session".

    `hidden` goes from what must not be shown to what is shown in its place.
    """
    from facilitator.model.edits import find
    from facilitator.model.told import field_told, item_named, kind_told

    item = find(session, finding.about) if finding.about else None
    if item is None:
        return field_told(finding.field) if finding.field else "the session"
    field = f", {field_told(finding.field)}" if finding.field not in ("", "text") else ""
    return f"{kind_told(item)} '{_short(without(item_named(item, session), hidden))}'{field}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3].rstrip()}..."
