"""`facilitator edit`: the prose or a list of a session in the user's editor."""

from datetime import UTC, datetime

import click

from facilitator.capture.sheets.guides import Section as ListSection
from facilitator.cli.drafts import through_editor
from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, id_argument, store_option
from facilitator.cli.output import note
from facilitator.cli.places import find_store, read_settings, store_to_write
from facilitator.cli.prose import Section, read, written
from facilitator.model.edits import get_field, set_field
from facilitator.model.phases import Phase
from facilitator.model.session import Session
from facilitator.store.opening import Opened
from facilitator.store.store import Store

_PROSE, _DOCUMENT = "prose", "document"


@click.command(
    "edit",
    epilog=examples(
        "facilitator edit 01K9XQ",
        "facilitator edit 01K9XQ --section timeline",
        "facilitator edit 01K9XQ --section document",
        'EDITOR="code --wait" facilitator edit 01K9XQ',
    ),
)
@id_argument
@click.option(
    "--section",
    type=click.Choice((_PROSE, _DOCUMENT, *map(str, ListSection))),
    default=_PROSE,
    show_default=True,
    help="What to edit: the prose, the whole document as Markdown, or a list as text with an item a line.",
)
@click.option("-y", "--yes", is_flag=True, help="Do not ask when more than a third of a list is deleted.")
@store_option
@click.pass_context
def command(ctx: click.Context, *, beginning: str, section: str, yes: bool) -> None:
    """Edit the session with this ID as text: its prose, with summary, impact, trigger and so on, or one of its lists.

    With --section document it is the document, as 'facilitator export --round-trip' writes it, without the diagrams.
    The editor is the one in VISUAL or EDITOR. What you wrote is never lost: when it cannot be stored, it is kept in a
    file and you are told where.
    """
    store = store_to_write(find_store(ctx))
    opened = store.open(store.resolve(beginning))
    if opened.read_only:
        raise Failure(f"{opened.path} can only be read: {opened.read_only}")
    if section == _PROSE:
        note(_edit_prose(store, opened))
    elif section == _DOCUMENT:
        note(_edit_document(store, opened, yes=yes))
    else:
        note(_edit_list(store, opened, ListSection(section), yes=yes))


def _edit_prose(store: Store, opened: Opened) -> str:
    before = opened.session
    sections = _sections(before)

    def store_prose(changed: dict[str, str]) -> str:
        session = before
        for path, text in changed.items():
            session = set_field(session, path, text)
        _save(store, opened, session)
        stored = [path for path in changed if get_field(before, path) != changed[path]]
        return f"{', '.join(stored)} changed" if stored else "nothing changed"

    text = written(before.title, sections)
    return through_editor(text, lambda edited: read(edited, before.title, sections), store_prose)


def _edit_document(store: Store, opened: Opened, *, yes: bool) -> str:
    from facilitator.cli.commands.restore import counted
    from facilitator.cli.merging import from_editor, tell_left
    from facilitator.documents.pictures.figures import nothing
    from facilitator.documents.roundtrip.reading import Outcome
    from facilitator.documents.roundtrip.writing import round_trip
    from facilitator.model.changes import diff

    before = opened.session

    def store_document(edited: tuple[Session, Outcome]) -> str:
        session, outcome = edited
        _save(store, opened, session)
        tell_left(outcome)
        changes = diff(before, session)
        return f"document: {counted(changes)}" if changes else "nothing changed"

    return through_editor(
        round_trip(before, nothing), lambda edited: from_editor(before, edited, yes=yes), store_document
    )


def _edit_list(store: Store, opened: Opened, section: ListSection, *, yes: bool) -> str:
    from facilitator.capture.context import Context
    from facilitator.capture.sheets import sheet
    from facilitator.cli import sheets
    from facilitator.model.moments import local

    before = opened.session
    today = local(datetime.now(UTC), before.zone).date()
    context = Context(session=before, today=today, categories=read_settings()[1].categories)

    def store_list(outcome: sheet.Outcome) -> str:
        _save(store, opened, sheets.result(before, outcome))
        return sheets.summary(section, outcome)

    text = sheet.written(section, context)
    return through_editor(text, lambda edited: sheets.read(edited, section, context, yes=yes), store_list)


def _sections(session: Session) -> tuple[Section, ...]:
    from facilitator.capture.fields import fields

    prose = (each for phase in Phase for each in fields(phase) if each.prose)
    return tuple(Section(each.path, f"{each.label}: {each.hint}", get_field(session, each.path)) for each in prose)


def _save(store: Store, opened: Opened, session: Session) -> None:
    """Save what was changed, if anything was.

    Others may have saved the session meanwhile: both are merged. A field that both changed has two versions then.
    """
    if session == opened.session:
        return
    known = {conflict.id for conflict in session.conflicts}
    saved = store.save(opened, session)
    for conflict in saved.session.conflicts:
        if conflict.id not in known:
            note(f"'{conflict.field}' was changed by somebody else too; both versions are kept, choose in the app")
