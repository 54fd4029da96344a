"""What `facilitator redact` shows and decides, and what may be exported for the readers of a profile."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from facilitator.cli.errors import Failure
from facilitator.cli.item_names import item_called
from facilitator.cli.output import note
from facilitator.model.review_items import Consent, Decision, Redaction
from facilitator.model.session import Session
from facilitator.model.text import clean, one_line
from facilitator.redaction.accepted import Accepted
from facilitator.redaction.consent import Yes, consent_of, state_of
from facilitator.redaction.decisions import decide, forget, release, withhold
from facilitator.redaction.idle import idle, idle_told
from facilitator.redaction.profiles import Profile
from facilitator.redaction.redacting import Redacted, Replacement, replacements
from facilitator.redaction.since import told_since
from facilitator.redaction.spots import spots
from facilitator.redaction.staying import named_shortly, staying_told
from facilitator.redaction.told import (
    SECRET,
    in_place,
    left_out_told,
    place_told,
    secrets_in,
    shown,
    unchecked_told,
    words_shown,
)
from facilitator.redaction.unchecked import unchecked
from facilitator.settings.wording import did_you_mean, quoted
from facilitator.store.ids import new_id
from facilitator.store.publishing import for_readers as published_for

if TYPE_CHECKING:
    from facilitator.settings.settings import Settings


def profile_called(name: str, settings: "Settings") -> Profile:
    """Return the profile with a name. Raises Failure, which names the nearest one and all of them."""
    known = {each.name: each for each in settings.profile}
    if name not in known:
        advice = did_you_mean(name, known)
        raise Failure(f"no profile is called {quoted(name)}{advice}; there are {', '.join(known)}")
    return known[name]


def for_readers(session: Session, name: str, settings: "Settings") -> Session:
    """Return a session as the readers of a profile get it. Raises Failure when nobody has said yes to that."""
    profile = profile_called(name, settings)
    state = consent_of(session, profile, settings.sensitive)
    how = f"look at it with: facilitator redact {session.id} --profile {name}; then add --consent --by NAME"
    if state.yes is Yes.NONE:
        raise Failure(f"nobody has said yes to publishing this session in the profile {quoted(name)}; {how}")
    if state.yes is Yes.VOID:
        who = f" of {one_line(state.last.by)}" if state.last is not None and state.last.by else ""
        raise Failure(
            f"the yes{who} to publishing this session in the profile {quoted(name)} is void: it changed; {how}"
        )
    return published_for(session, profile, settings.sensitive)


def decided(session: Session, profile: str, given: Mapping[str, Sequence[str]]) -> Session:
    """Return the session with what was decided on the command line; say what could not be forgotten. Raises Failure."""
    for words in given["forget"]:
        before = session
        session = forget(session, _words(words), profile)
        if session is before:
            note(f"nothing was decided about {quoted(words_shown(_words(words)))}, and nothing was forgotten")
    for words in given["keep"]:
        redaction = Redaction(words=_words(words), profile=profile, decision=Decision.KEEP)
        session = decide(session, redaction, new_id)
    for words in given["also"]:
        session = decide(session, Redaction(words=_words(words), profile=profile), new_id)
    for pair in given["replace"]:
        words, sign, other = pair.rpartition("=")
        if not sign or not one_line(other):
            raise Failure(f"--replace needs WORDS=OTHER, not {quoted(pair)}")
        redaction = Redaction(words=_words(words), profile=profile, replacement=one_line(other))
        session = decide(session, redaction, new_id)
    for name in given["withhold"]:
        session = withhold(session, item_called(session, name), "", new_id)
    for name in given["release"]:
        session = release(session, item_called(session, name))
    return session


def _words(words: str) -> str:
    if not one_line(words):
        raise Failure("no words were given")
    return clean(words).strip()


def lines(session: Session, profile: Profile, result: Redacted) -> Iterator[bytes]:
    """Yield every replacement as a line of JSON; `accepted` are those that somebody agreed to in the preview."""
    accepted = Accepted(session, profile)
    for each in result.replacements:
        plain: dict[str, Any] = msgspec.structs.asdict(each)
        plain |= {"words": shown(each), "kept": each.kept, "accepted": each in accepted}
        if each.kind in SECRET:
            plain["final"] = each.proposed if not each.kept else shown(each)
        yield msgspec.json.encode({"session": session.id, "profile": profile.name, **plain}) + b"\n"


def told(session: Session, profile: Profile, result: Redacted) -> Iterator[str]:
    """Yield every replacement in its place, and what was not looked at, in words."""
    texts = {(each.about, each.place, each.number): each.text for each in spots(session)}
    by_text: dict[tuple[str, str, int], list[Replacement]] = {}
    for each in result.replacements:
        by_text.setdefault((each.about, each.place, each.number), []).append(each)
    secrets = secrets_in(result.replacements)
    for key, found in by_text.items():
        yield place_told(session, key[0], key[1], secrets)
        for each in found:
            yield f"  {each.kind}: {in_place(texts[key], each, found)}"
    withheld = [each for each in session.withheld if profile.withholds]
    for mark in withheld:
        yield f"left out: {left_out_told(session, mark.about)}"
    accepted = Accepted(session, profile)
    agreed_to = sum(each in accepted for each in result.replacements)
    looked_at = f" ({agreed_to} accepted)" if agreed_to else ""
    count = sum(not each.kept for each in result.replacements)
    kept = len(result.replacements) - count
    stay = f", {kept} kept" if kept else ""
    yield f"{count} replaced{looked_at}{stay}, {len(withheld)} left out in the profile {profile.name}"
    unmatched = idle(session, profile, result)
    if unmatched:
        yield "decided, but nowhere in the session now:"
    for decision in unmatched:
        yield f"  {idle_told(decision)}"
    yield "not checked:"
    for one in unchecked(result, profile):
        yield f"  {unchecked_told(one)}"


def note_nowhere(session: Session, profile: Profile, result: Redacted, given: Mapping[str, Sequence[str]]) -> None:
    """Say on stderr which words that were decided about on the command line match nothing in the session now."""
    asked = [*given["keep"], *given["also"], *(pair.rpartition("=")[0] for pair in given["replace"])]
    about = {_words(words).casefold() for words in asked}
    for each in idle(session, profile, result) if about else ():
        if each.words.casefold() in about:
            words, how = quoted(words_shown(each.words)), "--forget takes that back"
            if each.decision is Decision.KEEP:
                note(f"nothing that is replaced is {words} now; where it comes up, it stays; {how}")
            else:
                note(f"{words} is nowhere in the session now; where it comes up, it is replaced; {how}")


def note_staying(session: Session, found: Sequence[Replacement]) -> None:
    """Say on stderr which keys, passwords and tokens stay in what is published, because somebody decided so."""
    said = staying_told(found, lambda about, place: named_shortly(session, about, place))
    if said:
        note(f"mind: {said}")


def note_published(session: Session, name: str, settings: "Settings") -> None:
    """Say on stderr which keys, passwords and tokens stay in what is published for the readers of a profile."""
    if any(not each.accepted for each in session.redactions):
        note_staying(session, replacements(session, profile_called(name, settings), settings.sensitive))


def note_yes(session: Session, profile: Profile, result: Redacted, then: Callable[[Consent], Redacted | None]) -> None:
    """Say on stderr whether there is a yes; of one that is void what changed, where `then` knows what it was to."""
    state = state_of(session, profile, result)
    if state.last is None:
        return
    before = then(state.last) if state.yes is Yes.VOID else None
    since = f": {told_since(before, result)}" if before is not None else ""
    note(f"the yes of {one_line(state.last.by) or 'somebody'} is {state.yes}{since}")
