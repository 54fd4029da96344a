"""Taking the next step of a session: sent round for review, then published, then corrected."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from facilitator.app.editor import SaveState
from facilitator.app.filing import Edit
from facilitator.app.panels.reviewing import STEP, next_step
from facilitator.app.review_words import ends_on
from facilitator.app.screens.ask import Answer, DecideScreen, LineScreen
from facilitator.app.screens.export import occasion_of, write_somewhere
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.app.screens.readers import ask_readers
from facilitator.app.screens.session_typing import SessionTyping
from facilitator.app.screens.signing import signed
from facilitator.app.surroundings import Surroundings
from facilitator.documents.formats import FILE_FORMATS, FORMATS, LABELS, encode, file_name
from facilitator.documents.occasion import NotYetError
from facilitator.documents.page.extras import ExtraMissingError
from facilitator.model.session import Session, Status
from facilitator.redaction.consent import Yes, consent_of
from facilitator.redaction.profiles import Profile
from facilitator.review.comments import Signed
from facilitator.review.steps import Lacking, begun, lacking, not_redacted
from facilitator.review.versions import Published, Readers, ReasonMissingError, latest
from facilitator.settings.replace import replace_files
from facilitator.store.ids import new_id
from facilitator.store.published_files import PublishedError, keep_version
from facilitator.store.publishing import for_readers, next_version

_OPENER = "session.further"
_MOST = 12


class _For(NamedTuple):
    """Who publishes, and for whom."""

    by: Signed
    profile: Profile | None


async def take_step(screen: SessionTyping, given: Surroundings) -> None:
    """Take the next step, with what is lacking for it told before. To be called from a worker.

    Before it is published, it is asked for whom: in a profile, what is sensitive is replaced and so not lacking.
    """
    if screen.presentation.shared:
        screen.say("The review is not for a shared screen.")
        return
    if screen.editor.saving.state is SaveState.READ_ONLY:
        screen.say("This session is open for reading only, so it takes no step.")
        return
    status, step = screen.session.status, next_step(screen.session)
    asked = await _ask_for(screen, given) if step is Status.FINAL else None
    if step is Status.FINAL and asked is None:
        return
    missing = await _missing(screen, given, step, is_redacted=asked is not None and asked.profile is not None)
    if not await _may_go_on(screen, missing, step):
        return
    if screen.session.status is not status:
        screen.say(f"Somebody else made it {screen.session.status} meanwhile. No step was taken.")
        return
    if asked is None:
        after = begun(screen.session, given.now(), given.review.hours)
        screen.apply(Edit(after, "send round for review", STEP))
        screen.say(f"In review until {ends_on(after)}. @name asks somebody; undo takes it back.")
    else:
        await _publish(screen, given, asked)


async def _ask_for(screen: SessionTyping, given: Surroundings) -> _For | None:
    """Ask who publishes and for whom; None when nobody says so."""
    by = await signed(screen, given)
    chosen = await ask_readers(screen, given, _OPENER) if by is not None else None
    return _For(by, chosen.profile) if by is not None and chosen is not None else None


async def _missing(screen: SessionTyping, given: Surroundings, step: Status, *, is_redacted: bool) -> Sequence[Lacking]:
    session, review = screen.session, screen.reviewer.latest
    if review.session is not session:
        review = await asyncio.to_thread(screen.reviewer.look, session)
    findings = not_redacted(review.shown) if is_redacted else review.shown
    return await asyncio.to_thread(lacking, session, step, given.review, findings, given.now())


async def _may_go_on(screen: SessionTyping, missing: Sequence[Lacking], step: Status) -> bool:
    """Tell what is lacking; ask whether to go on all the same, and before publishing once more."""
    if not missing:
        return True
    count = len(missing)
    lines = [f"· {each.what}" for each in missing[:_MOST]]
    if count > _MOST:
        lines.append(f"and {count - _MOST} more")
    doing = "sending it round" if step is Status.IN_REVIEW else "publishing"
    answer = Answer("g", "go on all the same")
    asked = DecideScreen(f"Still lacking before {doing}: {count}", "\n".join(lines), (answer,), opener=_OPENER)
    if not await screen.app.push_screen_wait(asked):
        return False
    if step is Status.IN_REVIEW:
        return True
    sure = Answer("p", "publish it all the same")
    text = "Readers will have it as it is. What is corrected later is a version of its own, with its reason."
    last = DecideScreen("Publish it like this?", text, (sure,), opener=_OPENER)
    return await screen.app.push_screen_wait(last) is not None


async def _publish(screen: SessionTyping, given: Surroundings, asked: _For) -> None:
    """Ask in which format and, for a correction, why; write the file, and keep the version."""
    by, profile = asked
    options = [Option(name, LABELS[name]) for name in LABELS if name in FILE_FORMATS or not FORMATS[name].for_meetings]
    picked = await screen.app.push_screen_wait(PickScreen("In which format?", options, opener=_OPENER))
    if not picked:
        return
    readers = Readers(profile.name if profile is not None else "", picked[0])
    before = screen.session
    try:
        made = await _made(screen, given, by, readers, profile)
    except (NotYetError, ExtraMissingError, PublishedError) as error:
        screen.say(f"Not published: {error}")
        return
    if made is None:
        return
    name = file_name(for_readers(made.session, profile, given.sensitive), readers.format)
    store, suffix = screen.editor.store_path, (FORMATS.get(readers.format) or FILE_FORMATS[readers.format]).suffix

    def write(path: Path) -> int:
        if screen.session.versions != before.versions:
            raise PublishedError("somebody else published it meanwhile. Look at that version first.")
        keep_version(store, made.session.id, made.version, suffix, made.content)
        replace_files({path: made.content}, mode=0o644)
        return 0

    try:
        path = await write_somewhere(screen, name, write)
    except PublishedError as error:
        screen.say(f"Not published: {error}")
        return
    if path is None:
        return
    number = made.version.number
    if made.is_new:
        screen.apply(Edit(made.session, f"publish version {number}", STEP), before)
    said = f"Version {number} is published" if made.is_new else f"Nothing changed: version {number} is written again"
    screen.say(f"{said}: {path.name}, in {path.parent}")


async def _made(
    screen: SessionTyping, given: Surroundings, by: Signed, readers: Readers, profile: Profile | None
) -> Published | None:
    """Return what is published, once the reason for a correction is known; None when nobody gives one.

    Raises PublishedError where it was changed since somebody said yes to it, and what writing in a format raises.
    """
    session, why, occasion = screen.session, "", occasion_of(given)
    store = screen.editor.store_path
    if profile is not None:
        state = await asyncio.to_thread(consent_of, session, profile, given.sensitive)
        if state.yes is not Yes.GIVEN:
            raise PublishedError("it was changed since the yes. Look at it once more, and say yes to that.")

    def render(final: Session) -> bytes:
        return encode(for_readers(final, profile, given.sensitive), readers.format, occasion)

    def publish() -> Published:
        return next_version(store, session, readers, render, by, new_id=new_id, why=why)

    while True:
        try:
            return await asyncio.to_thread(publish)
        except ReasonMissingError:
            last = latest(session, readers)
            number = last.number if last is not None else 1
            note = f"It corrects version {number}; readers are told the reason, so write it for them."
            asked = LineScreen("Why is it published once more?", note=note, opener=_OPENER)
            said = await screen.app.push_screen_wait(asked)
            if said is None:
                return None
            why = said
