"""`facilitator review`: where a session stands on its way to publication, and everything that is said about it."""

import json
from datetime import UTC, datetime
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from facilitator.cli.errors import NOTHING_FOUND, Failure
from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, note
from facilitator.cli.places import find_store, store_to_write

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from facilitator.cli.review_files import Redact
    from facilitator.model.session import Session
    from facilitator.settings.settings import Settings
    from facilitator.store.opening import Opened
    from facilitator.store.store import Store

_CHANGES = ("draft", "begin", "ask", "unask", "comment", "reply", "resolve", "answer")
_SIGNED = ("comment", "reply", "answer")


def _complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    from facilitator.cli.completing import matching_ids

    found = [] if ctx.params.get("reads") else matching_ids(ctx, incomplete)
    return found or [CompletionItem(incomplete, type="file")]


@click.command(
    "review",
    epilog=examples(
        "facilitator review 01K9XQ",
        "facilitator review 01K9XQ --begin --hours 24 --ask @alice --ask security=@bob",
        "facilitator review 01K9XQ --for @alice -o alice.md",
        "facilitator review 01K9XQ --for @bob --profile company -o bob.md",
        "facilitator review --read alice.md bob.md",
        "facilitator review 01K9XQ --comment 'Who saw it first?' --about T3 --by Bob",
        "facilitator review 01K9XQ --reply C1 'The gateway team' --by Alice --resolve C1",
    ),
)
@click.argument("words", metavar="[ID|FILE]...", nargs=-1, shell_complete=_complete)
@click.option("--begin", is_flag=True, help="Send it round for review; says first what it lacks for that.")
@click.option("--hours", type=click.IntRange(1, 1440), metavar="N", help="How long it circulates, with --begin.")
@click.option("--anyway", is_flag=True, help="Send it round although something is lacking.")
@click.option("--ask", metavar="[PART=]WHO", multiple=True, help="Ask for comments or an approval; may be repeated.")
@click.option("--unask", metavar="WHO", multiple=True, help="Take back what WHO was asked and has not answered.")
@click.option("--comment", metavar="TEXT", help="Say something about the session, or --about a part of it.")
@click.option("--about", metavar="ITEM|SECTION", help="What the comment is about: A3, F2, T5, summary ...")
@click.option("--reply", metavar="COMMENT TEXT", nargs=2, multiple=True, help="Answer a comment, such as C1.")
@click.option("--resolve", metavar="COMMENT", multiple=True, help="Mark a comment as resolved; may be repeated.")
@click.option("--answer", is_flag=True, help="Note that --by has answered what they were asked.")
@click.option("--said", metavar="TEXT", help="What they answered, with --answer.")
@click.option("--by", metavar="NAME", default="", help="Whose words these are; else the author of the configuration.")
@click.option(
    "--for", "for_whom", metavar="WHO", help="Write a file in which WHO can comment and approve; '' for anybody."
)
@click.option("-o", "--output", metavar="FILE|-", type=click.Path(), help="The file for --for, a new one.")
@click.option("--profile", metavar="NAME", help="Redact the file for --for, as 'facilitator redact' shows it.")
@click.option("--read", "reads", is_flag=True, help="Read the files that came back, or stdin (-), into their sessions.")
@click.option("--dry-run", is_flag=True, help="With --read, list what would be read, and change nothing.")
@click.option("--draft", is_flag=True, help="Take it back to a draft.")
@json_option
@store_option
@click.pass_context
def command(ctx: click.Context, /, *, words: tuple[str, ...], **given: Any) -> None:
    """Show where the review of the session with this ID stands: who answered, comments, approvals, what is lacking.

    With options, it is sent round, people are asked, comments are made, answered and resolved. A PART is actions,
    impact, security or whole. --for writes the document with numbered places for comments, for people without the
    program; --read takes in what they wrote. Reading a file again changes nothing. Ends with 1 when it is not sent
    round because something is lacking.
    """
    _check(words, given)
    from facilitator.cli.checking import settings_told
    from facilitator.model.session import Status

    settings = settings_told()
    store = store_to_write(find_store(ctx))
    if given["reads"]:
        _read(store, words, given["by"], settings, dry_run=given["dry_run"])
        return
    opened = store.open(store.resolve(words[0]))
    changes = any(_is_given(given[name]) for name in _CHANGES)
    if changes:
        if given["begin"] and opened.session.status is Status.FINAL and not given["anyway"]:
            raise Failure("this session is final; in review it leaves the site. Add --anyway if it is meant")
        if given["begin"] and not given["anyway"] and not _is_ready(opened, settings):
            ctx.exit(NOTHING_FOUND)
        opened = _change(store, opened, settings.review.hours, given | {"by": given["by"] or settings.author})
    if given["for_whom"] is not None:
        _write(opened, given["for_whom"], given["output"], given["profile"], settings)
    elif given["as_json"] or not changes:
        _show(opened, settings, as_json=given["as_json"])


_GOES_WITH = (
    ("hours", "begin"), ("anyway", "begin"), ("about", "comment"), ("said", "answer"), ("output", "for_whom"),
    ("profile", "for_whom"), ("dry_run", "reads"),
)  # fmt: skip
_EXCLUDED = (("draft", "begin"), ("as_json", "for_whom"))
_SPELT = {"for_whom": "for", "reads": "read", "as_json": "json", "dry_run": "dry-run"}


def _is_given(value: object) -> bool:
    return value not in (None, False, ())


def _check(words: tuple[str, ...], given: dict[str, Any]) -> None:
    """Raise UsageError for options that do not go together."""
    for name, owner in _GOES_WITH:
        if _is_given(given[name]) and not _is_given(given[owner]):
            raise click.UsageError(f"--{_SPELT.get(name, name)} goes with --{_SPELT.get(owner, owner)}")
    for one, other in _EXCLUDED:
        if _is_given(given[one]) and _is_given(given[other]):
            raise click.UsageError(f"--{_SPELT.get(one, one)} and --{_SPELT.get(other, other)} exclude each other")
    if not given["reads"]:
        if len(words) != 1:
            raise click.UsageError("name one session" if words else "Missing argument 'ID': name the session")
        return
    if any(_is_given(given[name]) for name in (*_CHANGES, "for_whom", "as_json")):
        raise click.UsageError("--read goes with --by and --dry-run alone")
    if not words:
        raise click.UsageError("Missing argument 'FILE': name the files to read")


def _change(store: "Store", opened: "Opened", hours: int, given: dict[str, Any]) -> "Opened":
    from facilitator.cli.review_edits import changes, save
    from facilitator.review.comments import Signed, name_of

    name = name_of(given["by"])
    if not name and any(_is_given(given[each]) for each in _SIGNED):
        raise Failure("whose words are these? Add --by NAME, or set an author in the configuration")
    session = opened.session
    made, said = [], []
    for change in changes(given, given["hours"] or hours, Signed(name, datetime.now(UTC))):
        try:
            session = change.edit(session)
        except ValueError as error:
            raise Failure(f"{error}; nothing was changed") from error
        made.append((change.label, session))
        said.append(change.said)
    opened = save(store, opened, made)
    for each in said:
        note(each)
    return opened


def _is_ready(opened: "Opened", settings: "Settings") -> bool:
    """Tell whether nothing is lacking to send a session round, and say what is."""
    from facilitator.cli.reviews import stands, told_lacking
    from facilitator.model.session import Status

    found = stands(opened.session, settings, Status.IN_REVIEW)
    if found.lacking:
        note("this is lacking, and nothing was changed; --anyway sends it round all the same:")
        for line in told_lacking(found.lacking, opened.session):
            click.echo(line, err=True)
    return not found.lacking


def _show(opened: "Opened", settings: "Settings", *, as_json: bool) -> None:
    import msgspec

    from facilitator.cli.reviews import plain, show, stands

    found = stands(opened.session, settings)
    if as_json:
        shown = msgspec.to_builtins(plain(found))
        emit(json.dumps(shown, indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    else:
        show(found)


def _write(opened: "Opened", who: str, output: str | None, profile: str | None, settings: "Settings") -> None:
    from facilitator.checks.credentials import warning
    from facilitator.cli.handed_out import hand_out, slug
    from facilitator.cli.redactions import profile_called
    from facilitator.cli.review_files import file_for
    from facilitator.redaction.consent import Yes, consent_of

    session, redact = opened.session, _redact(settings)
    readers = profile_called(profile, settings) if profile is not None else None
    content = file_for(session, who, profile or "", redact)
    if readers is not None and consent_of(session, readers, settings.sensitive).yes is not Yes.GIVEN:
        note(
            f"nobody has said yes to what the profile {readers.name} replaces; before the file leaves, look at it: "
            f"facilitator redact {session.id} --profile {quote(readers.name)}"
        )
    session = redact(session, profile or "") or session
    if warned := warning(session):
        note(f"warning: the session {warned}; facilitator check {session.id} tells where")
    if output in (None, "-"):
        emit(content)
        return
    path = hand_out(output or "", f"review-{slug(who) or session.id}.md", content)
    note(f"written to {path}; when it comes back: facilitator review --read {quote(str(path))}")


def _redact(settings: "Settings") -> "Redact":
    """Return what gives a session as the readers of a profile get it."""
    from facilitator.store.publishing import for_readers

    known = {each.name: each for each in settings.profile}

    def redact(session: "Session", name: str) -> "Session | None":
        return for_readers(session, known.get(name), settings.sensitive) if name in known or not name else None

    return redact


def _read(store: "Store", words: tuple[str, ...], by: str, settings: "Settings", *, dry_run: bool) -> None:
    from facilitator.cli.review_files import Reading, read_files
    from facilitator.cli.sources import is_document

    meant = "" if len(words) == 1 or is_document(words[0]) else store.resolve(words[0])
    reading = Reading(store, by, _redact(settings), dry_run)
    read_files(reading, words[1:] if meant else words, meant)
    if dry_run:
        note("nothing was changed")
