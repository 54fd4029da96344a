"""The views of the library: the same store and the same query, seen as sessions, as actions, as trends."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from textual.screen import Screen


class View(StrEnum):
    """A view of the library, by the name that the bar at the top has for it."""

    SESSIONS = "Sessions"
    ACTIONS = "Actions"
    TRENDS = "Trends"


class Views:
    """The views, each made when it is first gone to and kept from then on, and the query that they have in common."""

    def __init__(self, place: str, make: "Mapping[View, Callable[[Views], Screen[None]]]") -> None:
        self.place = place
        """Where the store is, as it is shown."""
        self.text = ""
        """What is typed into the query line."""
        self._make = make
        self._made: dict[View, Screen[None]] = {}

    @property
    def names(self) -> tuple[View, ...]:
        """The views there are, in their order."""
        return tuple(self._make)

    def at(self, view: View) -> Screen[None]:
        """Return the screen of a view."""
        if view not in self._made:
            self._made[view] = self._make[view](self)
        return self._made[view]

    def beside(self, view: View, step: int) -> View:
        """Return the view that is so many steps further, round and round."""
        return self.names[(self.names.index(view) + step) % len(self.names)]
