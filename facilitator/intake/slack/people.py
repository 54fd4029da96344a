"""Who is who: the names of the people and bots of a workspace."""

from collections.abc import Mapping

import msgspec

from facilitator.intake.slack.records import BROKEN
from facilitator.model.text import one_line

_LONGEST_NAME = 200


class Profile(msgspec.Struct):
    """The names that somebody chose."""

    display_name: str | None = None
    real_name: str | None = None


class User(msgspec.Struct):
    """Somebody, or a bot, as users.json has them."""

    id: str
    name: str | None = None
    real_name: str | None = None
    profile: Profile | None = None


_ALL = msgspec.json.Decoder(list[User])
_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
_ONE = msgspec.json.Decoder(User)


def names_in(data: bytes) -> tuple[dict[str, str], int]:
    """Return the names in a users.json by their ids, and how many of its entries could not be read.

    Raises ValueError or RecursionError when it is no list.
    """
    wrong = 0
    try:
        users = _ALL.decode(data)
    except BROKEN:
        users = []
        for raw in _RAWS.decode(data):
            try:
                users.append(_ONE.decode(raw))
            except BROKEN:
                wrong += 1
    return {user.id: name for user in users if (name := _name(user))}, wrong


def name_of(profile: Mapping[str, object]) -> str:
    """Return the name in a profile that stands in a message, or ""."""
    return best_name(*(profile.get(key) for key in ("display_name", "real_name", "name")))


def best_name(*names: object) -> str:
    """Return the first of the names that says something, cleaned."""
    for name in names:
        if isinstance(name, str) and (plain := one_line(name[:_LONGEST_NAME])):
            return plain
    return ""


def _name(user: User) -> str:
    profile = user.profile or Profile()
    return best_name(profile.display_name, user.real_name, profile.real_name, user.name)
