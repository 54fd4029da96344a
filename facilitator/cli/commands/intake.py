"""`facilitator intake`: chats, alerts, deployments and documents become drafts, entries, or new sessions."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, note, say
from facilitator.cli.places import find_store, read_settings, store_to_write

if TYPE_CHECKING:
    from pathlib import Path

    from facilitator.cli.intaking import Asked, Read
    from facilitator.intake.reader import Options
    from facilitator.intake.reading import Found
    from facilitator.intake.report import Report
    from facilitator.model.session import Entry, Intake, Session

TAKES = ("proposals", "all", "none")


def _zone(ctx: click.Context, param: click.Parameter, written: str | None) -> str:
    """Return the name of the zone that is written. Raises BadParameter."""
    from facilitator.capture.zones import zone_called

    zone = zone_called(written.strip()) if written else None
    if written and zone is None:
        raise click.BadParameter(f"no time zone is called '{written}'; write one such as Europe/Paris", ctx, param)
    return str(zone) if zone is not None else ""


def _day(ctx: click.Context, param: click.Parameter, written: str | None) -> date | None:
    """Return the day that is written. Raises BadParameter."""
    from facilitator.capture.dates import Toward, find_day

    if not written:
        return None
    today = datetime.now(UTC).date()
    found = find_day(written.strip(), 0, near=today, today=today, toward=Toward.BACK)
    if found is None or found.wrong or found.end != len(written.strip()) or len(found.options) != 1:
        raise click.BadParameter(f"'{written}' is no day; write it as 2026-11-15", ctx, param)
    return found.options[0]


def _columns(ctx: click.Context, param: click.Parameter, written: Sequence[str]) -> dict[str, str]:
    """Return what each column holds. Raises BadParameter."""
    pairs = [each.partition("=") for each in written]
    for role, equals, column in pairs:
        if not (role.strip() and equals and column.strip()):
            raise click.BadParameter("write what it holds and its name: --column time=Timestamp", ctx, param)
    return {role.strip(): column.strip() for role, _, column in pairs}


@click.command(
    "intake",
    epilog=examples(
        "facilitator intake 01K9XQ slack.zip --channel incidents --since '15 Nov 13:30' --until '15 Nov 16:00'",
        "facilitator intake 01K9XQ pagerduty.json deploys.json --take proposals",
        "pbpaste | facilitator intake 01K9XQ - --date 2026-11-15 --tz Europe/Paris",
        "facilitator intake --new postmortems/*.md --dry-run --json",
    ),
)
@click.argument("sources", metavar="[ID] FILE...", nargs=-1, type=click.Path(), required=True)
@click.option(
    "--new", "as_new", is_flag=True, help="Make a new session of each file, such as a postmortem in Markdown."
)
@click.option("--kind", metavar="KIND", default="", help="What the files are, where that is not recognised.")
@click.option("--tz", "zone", metavar="ZONE", callback=_zone, help="The zone of times that have none of their own.")
@click.option("--date", "day", metavar="DAY", callback=_day, help="The day of times that have none of their own.")
@click.option("--since", metavar="TIME", help="Leave out what was before.")
@click.option("--until", metavar="TIME", help="Leave out what was after.")
@click.option("--channel", "channels", metavar="NAME", multiple=True, help="Read this channel only; may be repeated.")
@click.option(
    "--column", "columns", metavar="WHAT=NAME", multiple=True, callback=_columns,
    help="Which column holds the time, text, who, link and so on; remembered for files with the same columns.",
)  # fmt: skip
@click.option(
    "--take", type=click.Choice(TAKES), default="none", show_default=True,
    help="Which drafts become entries of the timeline at once.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would be read, and change nothing.")
@json_option
@store_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    sources: tuple[str, ...],
    as_new: bool,
    take: str,
    dry_run: bool,
    as_json: bool,
    since: str | None,
    until: str | None,
    **given: object,
) -> None:
    """Read what was recorded elsewhere into the session with this ID, as drafts for its timeline.

    A FILE is a Slack export, a chat, alerts, deployments, git log, CSV, log lines, a postmortem in Markdown, a folder
    or an archive of such, or - for stdin. What it is, is recognised. Drafts are sifted in the app (ctrl+b), or taken at
    once (--take). What is skipped is told, with its place and the reason. One intake is one edit: undo takes it back.
    """
    if as_new:
        ctx.exit(_make(ctx, sources, _asked(None, since, until, given), dry_run=dry_run, as_json=as_json))
    if len(sources) < 2:
        raise click.UsageError("Missing argument 'FILE': name the session and then what to read; or use --new")
    store = store_to_write(find_store(ctx))
    opened = store.open(store.resolve(sources[0]))
    if opened.read_only:
        raise Failure(f"{opened.path} can only be read: {opened.read_only}")
    before = opened.session
    asked = _asked(before, since, until, given)
    if dry_run:
        _show(_tried(sources[1:], asked), [], as_json=as_json)
        return
    from facilitator.store.intakes import read_in

    def read_one(found: "Found", options: "Options", report: "Report") -> "Intake":
        return read_in(store.path, before.id, found, options, report)

    from facilitator.cli.intaking import read_files

    done = read_files(sources[1:], asked, read_one)
    session, entries = _taken(store.path, before, [each.intake for each in done if each.intake is not None], take)
    if session != before:
        store.save(opened, session)
    _show(done, entries, as_json=as_json)
    if not entries and not as_json and any(each.report.read for each in done):
        note("to sift the drafts: ctrl+b in the app; to take what is proposed: --take proposals")


def _asked(session: "Session | None", since: str | None, until: str | None, given: dict[str, object]) -> "Asked":
    """Return what the command line asks for; times without a zone are on the clock of the session."""
    from facilitator.cli.intaking import Asked
    from facilitator.cli.typed import typed_into
    from facilitator.intake.reader import Options
    from facilitator.model.session import Session
    from facilitator.settings.columns import columns_path

    config, settings, _ = read_settings()
    now = datetime.now(UTC)
    zone = str(given["zone"] or (session.zone if session else settings.zone))
    window = Session(id="", title="", created=now, zone=zone, started=session.started if session else None)
    if since:
        window = typed_into(window, {"started": since}, now)
    if until:
        window = typed_into(window, {"resolved": until}, now)
    options = Options(
        now=now,
        zone=str(given["zone"]),
        day=given["day"] if isinstance(given["day"], date) else None,
        since=window.started.at if since and window.started else None,
        until=window.resolved.at if until and window.resolved else None,
        channels=[each.lstrip("#") for each in given["channels"]] if isinstance(given["channels"], tuple) else (),
        columns=given["columns"] if isinstance(given["columns"], dict) else {},
    )
    return Asked(str(given["kind"]), options, columns_path(config))


def _make(ctx: click.Context, files: Sequence[str], asked: "Asked", *, dry_run: bool, as_json: bool) -> int:
    """Make a session of each file; return the exit code."""
    from facilitator.cli.importing import make_sessions
    from facilitator.model.session import Session

    _, settings, _ = read_settings()
    authors = (settings.author,) if settings.author else ()
    home = Session(id="", title="", created=asked.options.now, zone=settings.zone, authors=authors)
    location = find_store(ctx)
    store = store_to_write(location)
    return make_sessions(store, files, asked, home=home, dry_run=dry_run, as_json=as_json)


def _tried(files: Sequence[str], asked: "Asked") -> "list[Read]":
    """Read files and keep nothing."""
    from facilitator.cli.intaking import read_files
    from facilitator.intake.reading import drafts

    def read_one(found: "Found", options: "Options", report: "Report") -> None:
        for _ in drafts(found, options, report):
            pass

    return read_files(files, asked, read_one)


def _taken(
    store: "Path", session: "Session", intakes: "Sequence[Intake]", take: str
) -> "tuple[Session, tuple[Entry, ...]]":
    """Return the session with what was read in and what of it is taken, and the entries that were."""
    from facilitator.intake.filters import State
    from facilitator.intake.sifting import sift, states
    from facilitator.intake.sifting import take as taken
    from facilitator.settings.proposals import all_rules
    from facilitator.store.ids import new_id
    from facilitator.store.intakes import drafts_of, with_intake

    before = session
    for intake in intakes:
        session = with_intake(session, intake, new_id)
    if take == "none":
        return session, ()
    _, settings, _ = read_settings()
    new = {each.digest for each in intakes}
    found = drafts_of(store, session)
    drafts = [each for each in found.drafts if found.intakes[each.id].digest in new]
    sifted = sift(drafts, session, all_rules(settings.proposal, settings.silent_proposals))
    wanted = states(sifted, session)[State.PROPOSED]
    ids = [each.id for each in sifted.drafts if take == "all" or each.id in wanted]
    session = taken(sifted, session, ids, new_id)
    known = {each.id for each in before.timeline}
    return session, tuple(each for each in session.timeline if each.id not in known)


def _show(done: "Sequence[Read]", entries: "Sequence[Entry]", *, as_json: bool) -> None:
    """Print what was read, skipped, and taken."""
    from facilitator.cli.intaking import plain, told

    if as_json:
        result = {"files": [plain(each) for each in done], "entries": [each.id for each in entries]}
        emit(json.dumps(result, indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        return
    for each in done:
        for line in told(each):
            say(line)
    if entries:
        say(f"{len(entries):,} taken as {'entry' if len(entries) == 1 else 'entries'} of the timeline")
