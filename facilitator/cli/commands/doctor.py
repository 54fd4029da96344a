"""`facilitator doctor`: what is wrong with the files of a store, and repairs."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from facilitator.cli.errors import NOTHING_FOUND, Failure
from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, note, say
from facilitator.cli.places import open_store
from facilitator.model.text import clean, one_line

if TYPE_CHECKING:
    from facilitator.store.diagnosis import Finding, Report
    from facilitator.store.repairing import Repair


@click.command(
    "doctor",
    epilog=examples(
        "facilitator doctor",
        "facilitator doctor --repair",
        "facilitator doctor --repair --yes          in scripts",
        "facilitator doctor --json | jq -r '.findings[].file'",
    ),
)
@click.option("--repair", "with_repair", is_flag=True, help="Repair what can be repaired.")
@json_option
@click.option("-y", "--yes", is_flag=True, help="Do not ask before a repair.")
@store_option
@click.pass_context
def command(ctx: click.Context, *, with_repair: bool, as_json: bool, yes: bool) -> None:
    """Check every file of the store, and repair what can be repaired.

    Without --repair nothing is written. A repair takes nothing away: what is left in a broken file is put together with
    what is known of the session otherwise, and the file as it was is kept in .facilitator/aside/. Ends with 1 when
    something is wrong, after a repair when something still is.
    """
    from facilitator.store.doctor import examine
    from facilitator.store.repairing import repair

    store = open_store(ctx)
    report = examine(store.path)
    repairs: tuple[Repair, ...] = ()
    if with_repair and report.curable and _may_repair(report, yes=yes, quiet=as_json):
        outcome = repair(store, report)
        repairs, report = outcome.repairs, outcome.left
    if as_json:
        emit(json.dumps(_plain(store.path, report, repairs), indent=2).encode() + b"\n")
    else:
        for line in (*_done(store.path, repairs), *_found(report.findings), _summary(store.path, report, repairs)):
            say(line)
    ctx.exit(NOTHING_FOUND if report.findings else 0)


def _may_repair(report: "Report", *, yes: bool, quiet: bool) -> bool:
    """Ask whether to repair, unless that was said already; what would be repaired is shown first."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise Failure("nothing was repaired: without a terminal nobody can be asked; add --yes")
    if not quiet:
        for line in _found(report.curable):
            say(line)
    if click.confirm(f"Repair {_counted(len(report.curable), 'finding')}?", err=True):
        return True
    note("nothing was repaired")
    return False


def _found(findings: "Iterable[Finding]") -> Iterator[str]:
    """Yield the findings as lines, grouped by file."""
    for file, group in groupby(findings, key=attrgetter("file")):
        yield one_line(file) or "the store"
        for each in group:
            yield f"  {one_line(each.what)}; {one_line(each.advice)}"


def _done(store: Path, repairs: "Iterable[Repair]") -> Iterator[str]:
    for each in repairs:
        yield one_line(each.findings[0].file)
        for finding in each.findings:
            yield f"  {'not repaired' if each.failure else 'repaired'}: {one_line(finding.what)}"
        if each.failure:
            yield f"  {one_line(each.failure)}"
        if each.aside is not None:
            yield f"  as it was: {one_line(str(each.aside.relative_to(store)))}"


def _summary(store: Path, report: "Report", repairs: "Iterable[Repair]") -> str:
    done = sum(len(each.findings) for each in repairs if not each.failure)
    repaired = f"{_counted(done, 'finding')} repaired, " if done else ""
    where = f"{_counted(report.sessions, 'session')} in {store}"
    if not report.findings:
        return f"{repaired}nothing is wrong{' any more' if done else ''}: {where}"
    left = f"{_counted(len(report.findings), 'finding')}{' left' if done else ''}: {where}"
    curable = len(report.curable)
    hint = f"; {curable} can be repaired with: facilitator doctor --repair" if curable and not done else ""
    return f"{repaired}{left}{hint}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _plain(store: Path, report: "Report", repairs: "Iterable[Repair]") -> dict[str, Any]:
    return {
        "store": clean(str(store)),
        "sessions": report.sessions,
        "findings": [
            {
                "file": clean(each.file),
                "what": one_line(each.what),
                "advice": one_line(each.advice),
                "repairable": each in report.curable,
            }
            for each in report.findings
        ],
        "repairs": [
            {
                "file": clean(each.findings[0].file),
                "what": [one_line(finding.what) for finding in each.findings],
                "repaired": not each.failure,
                "failure": one_line(each.failure),
                "aside": clean(str(each.aside)) if each.aside is not None else None,
            }
            for each in repairs
        ],
    }
