"""`facilitator redact`: what is replaced in a session for its readers, decisions about it, and a yes to the result."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, id_argument, json_option, store_option
from facilitator.cli.output import emit, note, say
from facilitator.cli.places import find_store, store_to_write

if TYPE_CHECKING:
    from facilitator.model.review_items import Consent
    from facilitator.model.session import Session
    from facilitator.redaction.redacting import Redacted
    from facilitator.settings.settings import Settings
    from facilitator.store.opening import Opened
    from facilitator.store.store import Store

_CHANGES = ("keep", "replace", "also", "forget", "withhold", "release")


@click.command(
    "redact",
    epilog=examples(
        "facilitator redact 01K9XQ --profile public",
        "facilitator redact 01K9XQ --profile public --keep checkout-db-1 --also 'Acme Corp'",
        "facilitator redact 01K9XQ --profile public --replace 'Acme Corp=a large customer'",
        "facilitator redact 01K9XQ --profile public --withhold A3",
        "facilitator redact 01K9XQ --profile public --consent --by Alice",
    ),
)
@id_argument
@click.option(
    "--profile", "profile_name", metavar="NAME", required=True, help="For whom: internal, company, public ..."
)
@click.option("--keep", metavar="WORDS", multiple=True, help="Leave these words as they are; may be repeated.")
@click.option("--replace", metavar="WORDS=OTHER", multiple=True, help="Write other words for these; may be repeated.")
@click.option("--also", metavar="WORDS", multiple=True, help="Replace these words too; may be repeated.")
@click.option("--forget", metavar="WORDS", multiple=True, help="Take back what was decided about these words.")
@click.option("--withhold", metavar="ITEM", multiple=True, help="Leave an item out: its id, or A3, F2, T5 by number.")
@click.option("--release", metavar="ITEM", multiple=True, help="Publish a withheld item after all.")
@click.option("--consent", is_flag=True, help="Say yes to publishing the session as it is shown.")
@click.option("--by", metavar="NAME", default="", help="Who says yes; else the author of the configuration.")
@json_option
@store_option
@click.pass_context
def command(ctx: click.Context, /, *, beginning: str, profile_name: str, **given: Any) -> None:
    """Show what is replaced in the session with this ID for the readers of a profile, each in its place.

    Nothing is changed but what you decide: --keep, --replace and --also are kept for this profile. Keys and passwords
    are shown only by how they begin. What was not looked at is said at the end. With --json every replacement is one
    line. --consent is your yes to the result; it is void as soon as the text changes.
    """
    if given["by"] and not given["consent"]:
        raise click.UsageError("--by goes with --consent")
    from facilitator.cli import redactions
    from facilitator.cli.checking import settings_told
    from facilitator.redaction.redacting import redacting
    from facilitator.store.publishing import agreed

    settings = settings_told()
    profile = redactions.profile_called(profile_name, settings)
    store = store_to_write(find_store(ctx))
    opened = store.open(store.resolve(beginning))
    if any(given[name] for name in _CHANGES):
        opened = _decide(store, opened, profile_name, given)
    session = opened.session
    result = redacting(session, profile, settings.sensitive)
    for line in redactions.lines(session, profile, result) if given["as_json"] else ():
        emit(line)
    for text in redactions.told(session, profile, result) if not given["as_json"] else ():
        say(text)
    redactions.note_nowhere(session, profile, result, given)
    if not given["as_json"] and not given["consent"]:

        def then(consent: "Consent") -> "Redacted | None":
            return agreed(store.history(session.id), consent, profile, settings.sensitive)

        redactions.note_yes(session, profile, result, then)
    if given["consent"]:
        by = given["by"] or settings.author
        if not by:
            raise Failure("--consent needs the name of whoever says yes: --by NAME")
        _consent(store, opened, settings, profile_name, by)
    redactions.note_staying(session, result.replacements)


def _decide(store: "Store", opened: "Opened", profile: str, given: dict[str, Any]) -> "Opened":
    from facilitator.cli import redactions

    session = redactions.decided(opened.session, profile, given)
    return _save(store, opened, session, "redaction decided")


def _consent(store: "Store", opened: "Opened", settings: "Settings", profile_name: str, by: str) -> None:
    from facilitator.cli.redactions import profile_called
    from facilitator.model.text import one_line
    from facilitator.redaction.consent import with_consent
    from facilitator.store.ids import new_id

    profile = profile_called(profile_name, settings)
    name = one_line(by).removeprefix("@")
    now = datetime.now(UTC)
    session = with_consent(opened.session, profile, settings.sensitive, by=name, at=now, new_id=new_id)
    _save(store, opened, session, "yes to publishing")
    note(f"{name} said yes; facilitator publish {session.id} --profile {profile_name} publishes it")


def _save(store: "Store", opened: "Opened", session: "Session", label: str) -> "Opened":
    from facilitator.model.changes import diff
    from facilitator.store.ids import new_id
    from facilitator.store.steps import Recorded

    if opened.read_only:
        raise Failure(f"{opened.path} can only be read: {opened.read_only}")
    changes = diff(opened.session, session)
    if not changes:
        return opened
    return store.save(opened, session, [Recorded(id=new_id(), at=datetime.now(UTC), label=label, changes=changes)])
