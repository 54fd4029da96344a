"""For whom a session is published, and what of it is replaced for them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import msgspec


class Kind(StrEnum):
    """What is replaced, the worst first: of two finds in one place, the words count as the one that comes earlier."""

    KEY = "keys"
    CREDENTIAL = "passwords and secrets"
    URL = "tokens in addresses"
    OWN = "own words"
    MAIL = "mail and phone"
    CUSTOMER = "customers"
    HOST = "hosts"
    ADDRESS = "IP addresses"
    PERSON = "people"
    TICKET = "tickets"


class Naming(StrEnum):
    """What people are called instead."""

    ROLES = "roles"
    PSEUDONYMS = "pseudonyms"


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a session is published.

    `replaces` are the kinds that are replaced, `words` words of the team's own that are replaced too, in any case.
    `naming` is how people are called. `withholds` tells that items that are marked as withheld are left out.
    """

    name: str
    about: str = ""
    replaces: frozenset[Kind] = frozenset()
    words: tuple[str, ...] = ()
    naming: Naming = Naming.ROLES
    withholds: bool = True


_DOORS = frozenset((Kind.KEY, Kind.CREDENTIAL, Kind.URL))

INTERNAL = Profile(name="internal", about="for the team and its neighbours", replaces=_DOORS, withholds=False)
COMPANY = Profile(
    name="company",
    about="for everybody in the company",
    replaces=_DOORS | {Kind.OWN, Kind.MAIL, Kind.CUSTOMER, Kind.PERSON},
)
PUBLIC = Profile(name="public", about="for everybody", replaces=frozenset(Kind))

PROFILES: Mapping[str, Profile] = MappingProxyType({each.name: each for each in (INTERNAL, COMPANY, PUBLIC)})
"""The profiles that everybody has, by name, the narrowest first."""
