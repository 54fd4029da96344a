"""What a file may say of meetings, and what is made of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from facilitator.model.meeting_items import Meeting, Switch
from facilitator.model.session import Participant, Session
from facilitator.store import codec
from facilitator.store.errors import UnreadableError
from facilitator.store.mending import mended, problems

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)


def plain(**fields: Any) -> dict[str, Any]:
    return codec.encode(Session(id="S1", title="Checkout errors", created=NOON, **fields))


def test_times_of_meetings_are_put_into_utc():
    tables = plain(meetings=(Meeting(id="M"),), switches=(Switch(id="X", meeting="M", at=NOON),))
    tables["meetings"]["M"]["held"] = "2026-11-15T14:00:00+02:00"
    tables["switches"]["X"]["at"] = "2026-11-15T17:30:00+05:30"
    session = codec.decode(tables)
    assert (session.meetings[0].held, session.switches[0].at) == (NOON, NOON)
    assert session.switches[0].at.tzinfo is UTC


@pytest.mark.parametrize(
    ("at", "reason"),
    [("2026-11-15T12:00:00", "the time has no zone"), ("0001-01-01T00:00:00+14:00", "the calendar ends")],
)
def test_a_time_that_is_none_is_named_with_its_place(at: str, reason: str):
    tables = plain(switches=(Switch(id="X", at=NOON),))
    tables["switches"]["X"]["at"] = at
    with pytest.raises(UnreadableError, match=reason) as caught:
        codec.decode(tables)
    assert "`$.switches.X`" in caught.value.reason


def test_somebody_who_is_no_participant_is_taken_from_those_who_are_there():
    meeting = Meeting(id="M", attendance=("P", "gone"), new_here=("gone",))
    session = codec.decode(plain(participants=(Participant(id="P", text="Ann"),), meetings=(meeting,)))
    assert problems(session) == ("2 links lead to items that are not there",)
    assert mended(session).meetings == (Meeting(id="M", attendance=("P",)),)
    assert problems(mended(session)) == ()
