"""What changed since a yes that is void is told in a line, in the words of its readers."""

from datetime import UTC, datetime

import msgspec

from facilitator.model.moments import Moment
from facilitator.model.review_items import Decision, Redaction, Version
from facilitator.model.session import Action, Entry, Participant, Session, Status
from facilitator.redaction.profiles import PUBLIC
from facilitator.redaction.redacting import redacting
from facilitator.redaction.since import told_since

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
SESSION = Session(
    id="S",
    title="t",
    created=NOON,
    summary="Dana saw it",
    participants=(Participant(id="P", text="Dana", role="scribe"),),
    timeline=(Entry(id="E1", rank=1.0, at=Moment(NOON), text="Dana restarts 10.0.3.7"),),
    actions=(Action(id="A1", text="Set a limit"), Action(id="A2", text="Page on lag", owner="dana")),
)


def since(**changed: object) -> str:
    after = msgspec.structs.replace(SESSION, **changed)
    return told_since(redacting(SESSION, PUBLIC), redacting(after, PUBLIC))


def test_replacements_are_counted_and_the_first_places_named_without_what_is_replaced():
    entry = msgspec.structs.replace(SESSION.timeline[0], text="Dana restarts 10.0.3.7 and 10.0.3.8")
    said = since(timeline=(entry,), summary="It was seen", actions=SESSION.actions[:1], title="u")
    assert said == (
        "1 replacement new, 2 replacements gone; changed: title, summary, "
        "entry '12:00 the scribe restarts address-1...', words and 1 more"
    )
    assert "Dana" not in said


def test_what_is_no_replacement_is_told_too():
    action = msgspec.structs.replace(SESSION.actions[1], owner="")
    assert since(actions=(SESSION.actions[0], action)) == "1 replacement gone; changed: action 'Page on lag', owner"
    later = msgspec.structs.replace(SESSION.timeline[0], at=Moment(NOON.replace(hour=13)))
    assert "no replacement is new or gone; changed: entry '13:00" in since(timeline=(later,))


def test_of_a_key_that_stays_nothing_is_shown():
    key = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
    entry = msgspec.structs.replace(SESSION.timeline[0], text=f"{key} is read")
    keep = Redaction(id="R", words=key, profile="public", decision=Decision.KEEP)
    said = since(timeline=(entry,), redactions=(keep,))
    assert "entry '12:00 … is read', words" in said


def test_what_does_not_make_a_yes_void_is_no_change():
    assert since(status=Status.FINAL, versions=(Version(id="V", at=NOON, number=1),)) == ""
    assert since() == ""
