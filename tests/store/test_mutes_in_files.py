"""A muted finding whose item cannot be found: it is mended from the last good copy, or goes."""

import msgspec

from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Mute
from facilitator.store.mending import mended, problems
from tests.store.doctored import SESSION

MUTE = Mute(id="M", rule="timeline.gap", about="E", reason="everybody slept")
WHOLE = msgspec.structs.replace(
    SESSION, timeline=(Entry(id="E", at=Moment(SESSION.created), text="quiet"),), mutes=(MUTE,)
)
TORN = msgspec.structs.replace(WHOLE, mutes=(msgspec.structs.replace(MUTE, about="EE"),))


def test_what_it_is_about_comes_back_from_the_last_good_copy() -> None:
    assert problems(TORN)
    assert mended(TORN, WHOLE).mutes == (MUTE,)


def test_it_goes_where_nobody_knows_what_it_was_about() -> None:
    assert mended(TORN).mutes == ()
    assert mended(TORN, TORN).mutes == ()
    assert problems(mended(TORN)) == ()
