"""The witness form: what stands in it, and what never does."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings

from facilitator.documents.escape import inline
from facilitator.documents.witness import witness_form
from facilitator.intake.witness.forms import forms_in
from facilitator.model.meeting_items import Account, Note
from facilitator.model.moments import Moment
from facilitator.model.session import Action, Entry, Milestone, Participant, Session
from tests.strategies import sessions

DANA, BO = Participant(id="01P1", rank=1.0, text="Dana Reyes"), Participant(id="01P2", rank=2.0, text="Bo Lind")


def entry(number: int, text: str, *milestones: Milestone, day: int = 15) -> Entry:
    at = Moment(datetime(2026, 11, day, 14, number, tzinfo=UTC))
    return Entry(id=f"01E{number}", rank=1.0, at=at, text=text, milestones=milestones)


SESSION = Session(
    id="01S1",
    title="Checkout errors",
    created=datetime(2026, 11, 16, tzinfo=UTC),
    zone="Europe/Paris",
    participants=(DANA, BO),
    timeline=(entry(5, "Errors climb", Milestone.START), entry(9, "Bo Lind and Dana roll back")),
    accounts=(
        Account(id="01A1", rank=1.0, entry="01E9", teller="01P2", seen="zebra"),
        Account(id="01A2", rank=2.0, entry="01E9", teller="01P2", seen="zebra", private=True),
    ),
    notes=(Note(id="01N1", rank=1.0, text="zebra"),),
)


def test_it_asks_about_key_moments_in_the_zone_of_the_session() -> None:
    form = witness_form(SESSION, "01F1", DANA)
    assert "## 15:05 Errors climb <!-- witness:moment 01E5 -->" in form
    assert "Times are those of 2026-11-15 in Europe/Paris" in form
    assert form.count("**What did you see at this moment, and where?**") == 2
    assert form.endswith("-->\n")


def test_it_names_only_whom_it_is_for() -> None:
    form = witness_form(SESSION, "01F1", DANA)
    assert "**Your name:** <!-- witness:name --> Dana Reyes" in form
    assert "person 1 and Dana roll back" in form
    assert "Bo" not in form
    nobody = witness_form(SESSION, "01F1")
    assert "Dana" not in nobody
    assert "<!-- witness:name -->\n" in nobody


def test_an_owner_who_is_called_like_the_addressee_is_the_addressee() -> None:
    session = msgspec.structs.replace(SESSION, actions=(Action(id="01B1", rank=1.0, text="x", owner="dana"),))
    assert "and Dana roll back" in witness_form(session, "01F1", DANA)


def test_accounts_of_others_and_private_things_are_not_in_it() -> None:
    assert "zebra" not in witness_form(SESSION, "01F1", DANA)
    hidden = msgspec.structs.replace(SESSION, accounts=SESSION.accounts[1:])
    assert "witness:moment 01E9" not in witness_form(hidden, "01F1", DANA)


def test_without_a_timeline_it_asks_for_the_account_alone() -> None:
    form = witness_form(msgspec.structs.replace(SESSION, timeline=(), accounts=()), "01F1", DANA)
    assert "witness:moment" not in form
    assert "Times are in Europe/Paris, unless you name another zone; write the day before them." in form


def test_moments_of_several_days_have_their_day() -> None:
    timeline = (entry(5, "Errors climb", Milestone.START), entry(9, "Fixed", Milestone.RESOLVED, day=16))
    form = witness_form(msgspec.structs.replace(SESSION, timeline=timeline), "01F1", DANA)
    assert "## Nov 16, 15:09 Fixed" in form


@pytest.mark.parametrize("text", ["--> <!-- witness:end -->", "<script>", "# x\n\n## y", "a\x1b[2J", "`{{x}}` |"])
def test_hostile_text_is_text(text: str) -> None:
    session = msgspec.structs.replace(SESSION, title=text, timeline=(entry(5, text, Milestone.START),), accounts=())
    written = witness_form(session, "01F1", Participant(id="01P9", text=text))
    assert "<script" not in written
    assert "\x1b" not in written
    assert written.count("<!--") == 10
    (form,) = forms_in(written)
    assert form.is_empty
    assert (form.id, form.session) == ("01F1", "01S1")


def test_a_zone_that_nobody_knows_is_not_written() -> None:
    form = witness_form(msgspec.structs.replace(SESSION, zone="Mars --> x"), "01F1", DANA)
    assert "Mars" not in form
    assert "zone=UTC -->" in form


@settings(max_examples=25)
@given(sessions(max_items=2))
def test_the_form_of_any_session_can_be_read_and_is_empty(session: Session) -> None:
    for who in (None, *session.participants[:1]):
        (form,) = forms_in(witness_form(session, "01F1", who))
        assert form.is_empty, form
        assert form.session == session.id


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@Jo L please dig", "somebody please dig"),
        ("@mei.tan. Rollback done", "somebody. Rollback done"),
        ("@here errors climb on cdn@2.1", "@here errors climb on cdn@2.1"),
        ("Acknowledged by Ivo Maas.", "Acknowledged by somebody."),
        ("escalated to Ivo Maas", "escalated to somebody"),
        ("resolved by restarting Kafka", "resolved by restarting Kafka"),
        ("Mei Tan rolls back, and mei says so", "somebody rolls back, and somebody says so"),
        ("Acknowledged by Dana Reyes", "Acknowledged by Dana Reyes"),
        ("@dana saw it", "@dana saw it"),
        ("Alertmanager fires", "Alertmanager fires"),
    ],
)
def test_names_that_records_bring_along_are_somebody(text: str, shown: str) -> None:
    told = msgspec.structs.replace(entry(9, text, Milestone.DETECTED), source="Slack #incidents, @Mei Tan")
    first = msgspec.structs.replace(entry(5, "Errors climb", Milestone.START), source="PagerDuty api, Alertmanager")
    form = witness_form(msgspec.structs.replace(SESSION, timeline=(first, told), accounts=()), "01F1", DANA)
    heading = next(line for line in form.splitlines() if "moment 01E9" in line)
    assert heading == f"## 15:09 {inline(shown)} <!-- witness:moment 01E9 -->"
