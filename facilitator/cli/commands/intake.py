"""`facilitator intake`: chats, alerts, deployments and documents become drafts, entries, or new sessions."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, note, say
from facilitator.cli.places import find_store, read_settings, store_to_write
from facilitator.cli.sources import STDIN

if TYPE_CHECKING:
    from facilitator.cli.intaking import Asked, Read
    from facilitator.cli.takes import Taken, Tried
    from facilitator.intake.drafts import Draft
    from facilitator.intake.reader import Options
    from facilitator.intake.reading import Found
    from facilitator.intake.report import Report
    from facilitator.model.session import Intake, Session
    from facilitator.store.opening import Opened
    from facilitator.store.store import Store

TAKES = ("proposals", "all", "none")


def _zone(ctx: click.Context, param: click.Parameter, written: str | None) -> str:
    """Return the name of the zone that is written. Raises BadParameter."""
    from facilitator.capture.zones import zone_name

    zone = zone_name(written) if written else ""
    if written and not zone:
        raise click.BadParameter(f"no time zone is called '{written}'; write one such as Europe/Paris", ctx, param)
    return zone


def _day(ctx: click.Context, param: click.Parameter, written: str | None) -> date | None:
    """Return the day that is written. Raises BadParameter."""
    from facilitator.capture.dates import day_alone

    day = day_alone(written, datetime.now(UTC).date()) if written else None
    if written and day is None:
        raise click.BadParameter(f"'{written}' is no day; write it as 2026-11-15", ctx, param)
    return day


def _columns(ctx: click.Context, param: click.Parameter, written: Sequence[str]) -> dict[str, str]:
    """Return what each column holds. Raises BadParameter."""
    from facilitator.intake.texts.column_roles import ROLES
    from facilitator.settings.wording import did_you_mean

    pairs = [each.partition("=") for each in written]
    for role, equals, column in pairs:
        if not (role.strip() and equals and column.strip()):
            raise click.BadParameter("write what it holds and its name: --column time=Timestamp", ctx, param)
        if role.strip() not in ROLES:
            near = did_you_mean(role.strip(), ROLES) or f"; write one of: {', '.join(ROLES)}"
            raise click.BadParameter(f"a column cannot hold '{role.strip()}'{near}", ctx, param)
    return {role.strip(): column.strip() for role, _, column in pairs}


@click.command(
    "intake",
    epilog=examples(
        "facilitator intake 01K9XQ slack.zip --channel incidents --since '15 Nov 13:30' --until '15 Nov 16:00'",
        "facilitator intake 01K9XQ pagerduty.json deploys.json --take proposals",
        "pbpaste | facilitator intake 01K9XQ - --date 2026-11-15 --tz Europe/Paris",
        "facilitator intake --new postmortems/*.md --dry-run --json",
    )
    + "\n\nThe kinds of records, for --kind: slack, chat, pagerduty, opsgenie, alertmanager, prometheus, grafana, "
    "statuspage, incident_io, rootly, firehydrant, datadog, alert, github, git_log, columns, witness, postmortem, log, "
    "plain.",
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
    help="Which column holds the time, text, who, link and so on; remembered for files that leave it open.",
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
    if sources.count(STDIN) > 1:
        raise click.UsageError("stdin (-) can be read only once")
    if as_new:
        asked = _asked(None, since, until, given, keep=not dry_run)
        ctx.exit(_make(ctx, sources, asked, take=take, as_json=as_json))
    if len(sources) < 2:
        raise click.UsageError("Missing argument 'FILE': name the session and then what to read; or use --new")
    store = store_to_write(find_store(ctx))
    opened = store.open(store.resolve(sources[0]))
    if opened.read_only and not dry_run:
        raise Failure(f"{opened.path} can only be read: {opened.read_only}")
    asked = _asked(opened.session, since, until, given, keep=not dry_run)
    if dry_run:
        done, would = _tried(store, opened.session, sources[1:], asked)
        _show(done, would, opened.session.zone, as_json=as_json)
        note("nothing was changed")
        return
    done, taken = _read_in(store, opened, sources[1:], asked, take)
    _show(done, taken, opened.session.zone, as_json=as_json)
    if taken.new and not taken.entries:
        note("to sift the drafts: ctrl+b in the app; to take what is proposed: --take proposals")


def _read_in(
    store: "Store", opened: "Opened", files: Sequence[str], asked: "Asked", take: str
) -> "tuple[list[Read], Taken]":
    """Read files in for a session, and take of them what is wanted, in one edit."""
    from facilitator.cli.intaking import read_files
    from facilitator.cli.takes import taken_in
    from facilitator.store.intakes import read_in

    before = opened.session

    def read_one(found: "Found", options: "Options", report: "Report") -> "Intake":
        return read_in(store.path, before.id, found, options, report)

    done = read_files(files, asked, read_one)
    taken = taken_in(store.path, before, [each.intake for each in done if each.intake is not None], take)
    if taken.session != before:
        store.save(opened, taken.session)
    return done, taken


def _asked(
    session: "Session | None", since: str | None, until: str | None, given: dict[str, object], *, keep: bool
) -> "Asked":
    """Return what the command line asks for.

    Bounds without a zone are on the clock of the session; without a day they are on that of --date, else on the day on
    which the incident started.
    """
    from facilitator.cli.intaking import Asked
    from facilitator.cli.typed import typed_moment
    from facilitator.intake.reader import Options
    from facilitator.model.moments import Precision, find_zone
    from facilitator.model.session import Session
    from facilitator.settings.columns import columns_path

    config, settings, _ = read_settings()
    now, day = datetime.now(UTC), given["day"] if isinstance(given["day"], date) else None
    clock = str(given["zone"] or (session.zone if session else settings.zone))
    frame = Session(id="", title="", created=now, zone=clock)
    noon = datetime.combine(day, time(12), find_zone(clock)) if day else None
    near = noon or (session.started.at if session and session.started else now)
    first = typed_moment("--since", since, frame, near) if since else None
    last = typed_moment("--until", until, frame, first.at if first else near) if until else None
    whole_day = timedelta(days=1, microseconds=-1) if last and last.precision is Precision.DAY else timedelta()
    if first and last and first.at > last.at + whole_day:
        raise Failure(f"--since {since} is after --until {until}; write the day with them, such as '15 Nov 13:30'")
    options = Options(
        now=now,
        zone=str(given["zone"]),
        day=day,
        since=first.at if first else None,
        until=last.at + whole_day if last else None,
        channels=[each.lstrip("#") for each in given["channels"]] if isinstance(given["channels"], tuple) else (),
        columns=given["columns"] if isinstance(given["columns"], dict) else {},
    )
    return Asked(str(given["kind"]), options, columns_path(config), keep)


def _make(ctx: click.Context, files: Sequence[str], asked: "Asked", *, take: str, as_json: bool) -> int:
    """Make a session of each file; return the exit code."""
    from facilitator.cli.importing import make_sessions
    from facilitator.model.session import Session

    _, settings, _ = read_settings()
    authors = (settings.author,) if settings.author else ()
    home = Session(id="", title="", created=asked.options.now, zone=settings.zone, authors=authors)
    return make_sessions(store_to_write(find_store(ctx)), files, asked, home=home, take=take, as_json=as_json)


def _tried(store: "Store", session: "Session", files: Sequence[str], asked: "Asked") -> "tuple[list[Read], Tried]":
    """Read files and keep nothing; return what would come of it."""
    from msgspec.structs import replace

    from facilitator.cli.intaking import read_files
    from facilitator.cli.takes import tried
    from facilitator.intake.reading import drafts

    read: list[Draft] = []

    def read_one(found: "Found", options: "Options", report: "Report") -> None:
        for draft in drafts(found, options, report):
            stamp = draft.stamp
            told = replace(stamp, zone=stamp.zone or options.zone) if stamp is not None else None
            read.append(replace(draft, stamp=told))

    done = read_files(files, asked, read_one)
    return done, tried(store.path, session, read)


def _show(done: "Sequence[Read]", came: "Taken | Tried", zone: str, *, as_json: bool) -> None:
    """Print what was read, skipped, and taken, or what would be, with its times in `zone`."""
    from facilitator.cli.intaking import plain, told
    from facilitator.cli.takes import Taken
    from facilitator.model.moments import local

    entries = came.entries if isinstance(came, Taken) else ()
    times = [] if isinstance(came, Taken) else [each and local(each, zone) for each in (came.first, came.last)]
    if as_json:
        result: dict[str, object] = {"files": [plain(each) for each in done], "new": came.new, "moved": came.moved}
        if isinstance(came, Taken):
            result |= {"entries": [each.id for each in entries]}
        else:
            first, last = (each.isoformat(timespec="seconds") if each else None for each in times)
            result |= {"first": first, "last": last, "proposed": came.proposed}
        emit(json.dumps(result, indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        return
    for each in done:
        for line in told(each):
            say(line)
    read = sum(each.report.read for each in done)
    if not isinstance(came, Taken):
        first, last = (f"{each:%Y-%m-%d %H:%M}" if each else "" for each in times)
        span = f"from {first} to {last} ({zone}); " if first else ""
        say(f"{span}{came.proposed:,} would be proposed")
    if came.new < read:
        moved = f"{came.moved:,} with another time" if came.moved else ""
        new = f"{came.new:,} of them new" if came.new else ""
        say(", ".join(filter(None, (new, moved))) or "nothing new: it was read in before")
    if entries:
        say(f"{len(entries):,} taken as {'entry' if len(entries) == 1 else 'entries'} of the timeline")
