"""For whom a session is published: the house, or the readers of a profile, for whom somebody must say yes."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from facilitator.app.screens.pick import Option, PickScreen
from facilitator.app.screens.session_typing import SessionTyping
from facilitator.app.surroundings import Surroundings
from facilitator.model.session import Session
from facilitator.redaction.consent import ConsentState, Yes, consent_of
from facilitator.redaction.profiles import PUBLIC, Profile

_HOUSE = "house"


class Chosen(NamedTuple):
    """For whom; None is the copy of the house, in which nothing is replaced."""

    profile: Profile | None


async def ask_readers(
    screen: SessionTyping, given: Surroundings, opener: str, *, in_house: bool = True
) -> Chosen | None:
    """Ask for whom; where nobody has said yes yet, show the redaction first. None when nobody was chosen.

    To be called from a worker.
    """
    session = screen.session
    states = await asyncio.to_thread(_states, session, given.profiles, given.sensitive)
    options = [Option(_HOUSE, "in house: nothing is replaced")] if in_house else []
    options += [Option(each.name, f"{each.name}, {each.about}: {told(states[each.name])}") for each in given.profiles]
    chosen = await screen.app.push_screen_wait(PickScreen("For whom?", options, opener=opener))
    if not chosen:
        return None
    if chosen[0] == _HOUSE:
        return Chosen(None)
    profile = next(each for each in given.profiles if each.name == chosen[0])
    if states[profile.name].yes is not Yes.GIVEN or screen.session is not session:
        found = await previewed(screen, given, profile)
        return Chosen(found) if found is not None else None
    return Chosen(profile)


async def previewed(screen: SessionTyping, given: Surroundings, profile: Profile | None = None) -> Profile | None:
    """Show the redaction; return the profile for which somebody has said yes, or None."""
    from facilitator.app.screens.redaction import RedactionScreen

    if profile is None:
        last = max(screen.session.consents, key=lambda each: each.at, default=None)
        wanted = last.profile if last is not None else PUBLIC.name
        profile = next((each for each in given.profiles if each.name == wanted), given.profiles[-1])
    return await screen.app.push_screen_wait(RedactionScreen(screen, given, profile))


def told(state: ConsentState) -> str:
    """Return in words whether somebody said yes."""
    who = state.last.by if state.last is not None and state.last.by else "somebody"
    return {Yes.GIVEN: f"yes of {who}", Yes.VOID: f"the yes of {who} is void: it changed since"}.get(
        state.yes, "nobody said yes yet"
    )


def _states(session: Session, profiles: Sequence[Profile], patterns: Sequence[str]) -> dict[str, ConsentState]:
    return {each.name: consent_of(session, each, patterns) for each in profiles}
