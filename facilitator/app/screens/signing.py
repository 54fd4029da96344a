"""Whose name stands below what is said: that of the configuration, else asked once."""

from typing import Any

from textual.screen import Screen

from facilitator.app.screens.ask import LineScreen
from facilitator.app.surroundings import Surroundings
from facilitator.review.comments import Signed, name_of

_NOTE = "Comments, approvals and a yes carry a name. It is kept until you leave; 'author' in the configuration stays."


async def signed(screen: Screen[Any], surroundings: Surroundings) -> Signed | None:
    """Return who works here, and the moment; None when nobody says who. To be called from a worker."""
    author = surroundings.author
    while not author.name:
        said = await screen.app.push_screen_wait(LineScreen("Who are you?", placeholder="your name", note=_NOTE))
        if said is None:
            return None
        author.name = name_of(said)
    return Signed(author.name, surroundings.now())
