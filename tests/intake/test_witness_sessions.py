"""What a witness form makes of a session: private accounts and notes, once, and nothing of anybody's is overwritten."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.documents.formats import FORMATS, render
from facilitator.documents.occasion import NotYetError
from facilitator.intake.witness.filing import Outcome, UnnamedError, brought, key_moments, teller_of, with_form
from facilitator.intake.witness.forms import Answer, Form
from facilitator.intake.witness.text import Line
from facilitator.model import edits
from facilitator.model.account_questions import QUESTIONS
from facilitator.model.changes import Change, diff
from facilitator.model.meeting_items import Account
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone, Participant, Session
from facilitator.store import codec

ENTRIES = FIRST, SECOND, GONE = "01E1", "01E2", "01E9"
DANA, BO = Participant(id="01P1", rank=1.0, text="Dana Reyes"), Participant(id="01P2", rank=2.0, text="Bo")
TODAY = date(2026, 11, 20)


def entry(entry_id: str, minute: int) -> Entry:
    at = Moment(datetime(2026, 11, 15, 14, minute, tzinfo=UTC))
    return Entry(id=entry_id, rank=1.0, at=at, text=f"Entry {minute}")


SESSION = Session(
    id="01S1",
    title="Checkout errors",
    created=datetime(2026, 11, 16, tzinfo=UTC),
    participants=(DANA, BO),
    timeline=(entry(FIRST, 5), entry(SECOND, 9)),
)


def form(*answers: tuple[str, str, str], own: str = "", **fields: object) -> Form:
    lines = tuple(Line(number, line) for number, line in enumerate(own.split("\n"), 1)) if own else ()
    told = tuple(Answer(entry_id, field, text, 1) for entry_id, field, text in answers)
    made = Form(id="01F1", session="01S1", addressee="01P1", name="Dana Reyes", answers=told, own=lines)
    return msgspec.structs.replace(made, **fields)


class Table:
    """A session as a store keeps it: forms are read into it, each in a step of its history."""

    def __init__(self, session: Session = SESSION) -> None:
        self.session = session
        self.steps: list[tuple[Change, ...]] = []

    def read(self, given_form: Form) -> Outcome:
        before = brought(self.steps)
        outcome = with_form(self.session, given_form, teller_of(self.session, given_form), before, TODAY)
        changes = diff(self.session, outcome.session)
        self.steps += [changes] if changes else []
        self.session = outcome.session
        codec.dumps(self.session)
        return outcome


def test_answers_become_private_accounts() -> None:
    table = Table()
    outcome = table.read(form((FIRST, "seen", "red"), (FIRST, "options", "none"), (SECOND, "meant", "over")))
    assert [
        (each.entry, each.teller, each.seen, each.meant, each.options, each.private) for each in table.session.accounts
    ] == [(FIRST, "01P1", "red", "", "none", True), (SECOND, "01P1", "", "over", "", True)]
    assert len(outcome.added) == 2
    assert outcome.changed == outcome.hidden == outcome.notes == ()
    assert (outcome.disputed, outcome.new_teller) == (0, False)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from((FIRST, SECOND, "01E9")), st.sampled_from(list(QUESTIONS))), st.text(min_size=1)
    )
)
def test_reading_the_same_form_again_changes_nothing(answers: dict[tuple[str, str], str]) -> None:
    given_form = form(*((entry_id, field, text) for (entry_id, field), text in answers.items()), own="It was loud.")
    table = Table()
    table.read(given_form)
    session = table.session
    assert table.read(given_form).session is session
    again = with_form(session, given_form, DANA, {}, TODAY)
    assert again.session is session


def test_reading_an_edited_form_updates_the_account() -> None:
    table = Table()
    table.read(form((FIRST, "seen", "red"), (FIRST, "meant", "deploy")))
    (account,) = table.session.accounts
    outcome = table.read(form((FIRST, "seen", "red, at 3x"), (FIRST, "expected", "more")))
    assert table.session.accounts == (msgspec.structs.replace(account, seen="red, at 3x", expected="more"),)
    assert (outcome.changed, outcome.disputed) == ((account.id,), 0)
    assert table.read(form((FIRST, "seen", "red"))).session is table.session


def test_what_the_facilitator_changed_stays_and_the_form_is_kept_beside_it() -> None:
    table = Table()
    table.read(form((FIRST, "seen", "red")))
    (account,) = table.session.accounts
    table.session = edits.change(table.session, account.id, seen="the dashboard was red")
    assert table.read(form((FIRST, "seen", "red"))).session is table.session
    outcome = table.read(form((FIRST, "seen", "orange")))
    assert outcome.disputed == 1
    assert table.session.accounts[0].seen == "the dashboard was red"
    assert [(each.about, each.field, each.other) for each in table.session.conflicts] == [
        (account.id, "seen", "orange")
    ]
    assert table.read(form((FIRST, "seen", "orange"))).session is table.session
    settled = msgspec.structs.replace(table.session, conflicts=())
    table.session = settled
    assert table.read(form((FIRST, "seen", "orange"))).session is settled


def test_the_longer_words_of_the_form_are_shown_and_those_of_the_facilitator_kept() -> None:
    table = Table()
    table.read(form((FIRST, "seen", "red")))
    (account,) = table.session.accounts
    table.session = edits.change(table.session, account.id, seen="amber")
    table.read(form((FIRST, "seen", "green and then red")))
    assert table.session.accounts[0].seen == "green and then red"
    assert [each.other for each in table.session.conflicts] == ["amber"]
    assert table.read(form((FIRST, "seen", "green and then red"))).session is table.session


def test_without_a_history_both_versions_are_kept_once() -> None:
    session = Table().read(form((FIRST, "seen", "red"))).session
    first = with_form(session, form((FIRST, "seen", "deep orange")), DANA, {}, TODAY)
    assert first.session.accounts[0].seen == "deep orange"
    assert [each.other for each in first.session.conflicts] == ["red"]
    assert with_form(first.session, form((FIRST, "seen", "red")), DANA, {}, TODAY).session is first.session


def test_an_account_that_was_made_public_is_private_again_when_there_is_more_in_it() -> None:
    table = Table()
    table.read(form((FIRST, "seen", "red")))
    (account,) = table.session.accounts
    table.session = edits.change(table.session, account.id, private=False)
    assert table.read(form((FIRST, "seen", "red"))).session is table.session
    outcome = table.read(form((FIRST, "seen", "red"), (FIRST, "meant", "my mistake")))
    assert outcome.hidden == (account.id,)
    assert table.session.accounts[0].private


def test_a_conflict_about_a_public_account_is_not_published() -> None:
    told = Account(id="01A1", rank=1.0, entry=FIRST, teller="01P1", seen="the dashboard was red")
    table = Table(msgspec.structs.replace(SESSION, accounts=(told,)))
    outcome = table.read(form((FIRST, "seen", "orange")))
    assert (outcome.hidden, outcome.disputed) == (("01A1",), 1)
    assert "orange" not in render(table.session, "json")


def test_what_was_told_in_the_meeting_already_is_completed() -> None:
    told = Account(id="01A1", rank=1.0, entry=FIRST, teller="01P1", seen="red", private=True)
    table = Table(msgspec.structs.replace(SESSION, accounts=(told,)))
    outcome = table.read(form((FIRST, "meant", "over")))
    assert table.session.accounts == (msgspec.structs.replace(told, meant="over"),)
    assert (outcome.added, outcome.changed) == ((), ("01A1",))


def test_accounts_of_others_stay_as_they_are() -> None:
    told = Account(id="01A1", rank=1.0, entry=FIRST, teller="01P2", seen="green")
    table = Table(msgspec.structs.replace(SESSION, accounts=(told,)))
    table.read(form((FIRST, "seen", "red")))
    assert table.session.accounts[0] == told
    assert [each.teller for each in table.session.accounts] == ["01P2", "01P1"]


def test_what_was_removed_after_reading_stays_removed_until_there_is_more() -> None:
    table = Table()
    given_form = form((FIRST, "seen", "red"), own="It was loud.")
    table.read(given_form)
    removed = edits.without(table.session, [table.session.accounts[0].id, table.session.notes[0].id])
    table.session = removed
    outcome = table.read(given_form)
    assert (outcome.session, outcome.removed) == (removed, 2)
    assert len(table.read(form((FIRST, "seen", "red"), (FIRST, "meant", "over"))).session.accounts) == 1


def test_everything_else_becomes_private_notes() -> None:
    table = Table()
    given_form = form(
        (GONE, "seen", "blue"),
        own="14:07 ran\n\nIt was\nloud.\n- and dark",
        asked="What the pager said",
        beside=("Best, Dana",),
        headings={GONE: "14:00 Deployed"},
        start=datetime(2026, 11, 15, 14, 0),  # noqa: DTZ001
    )
    table.read(given_form)
    assert [each.text for each in table.session.notes] == [
        "Dana Reyes tells: It was loud.",
        "Dana Reyes tells: and dark",
        "Dana Reyes on 14:00 Deployed: What did you see at this moment, and where? blue",
        "Dana Reyes on what we should have asked: What the pager said",
        "Dana Reyes wrote beside the form: Best, Dana",
    ]
    assert table.session.accounts == ()
    session = edits.change(table.session, "01P1", text="Dana R.")
    table.session = session
    assert table.read(given_form).session is session


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_of_a_form_is_published(name: str) -> None:
    given_form = form((FIRST, "seen", "zebra"), own="zebra", asked="zebra", beside=("zebra",))
    session = Table().read(given_form).session
    try:
        assert "zebra" not in render(session, name)
    except NotYetError:
        assert name in ("ics", "minutes")


def test_who_tells_is_found_by_name_or_by_whom_the_form_was_made_for() -> None:
    assert teller_of(SESSION, form(name="@dana  reyes")) == DANA
    assert teller_of(SESSION, form(name="")) == DANA
    assert teller_of(SESSION, form(name="Dana")) == DANA
    assert teller_of(SESSION, form(name="bo")) == BO
    assert teller_of(SESSION, form(name="", addressee=""), "Bo") == BO
    with pytest.raises(UnnamedError):
        teller_of(SESSION, form(name="", addressee="01GONE"))


def test_somebody_new_is_added_once_and_only_with_an_account() -> None:
    table = Table()
    assert table.read(form(name="Kim Lee", addressee="")).session is SESSION
    outcome = table.read(form((FIRST, "seen", "red"), name="Kim Lee", addressee=""))
    assert outcome.new_teller
    assert [each.text for each in table.session.participants] == ["Dana Reyes", "Bo", "Kim Lee"]
    assert table.session.accounts[0].teller == table.session.participants[-1].id
    session = edits.change(table.session, outcome.teller.id, text="Kim Lee-Ross")
    table.session = session
    assert table.read(form((FIRST, "seen", "red"), name="Kim Lee", addressee="")).session is session


def test_key_moments_are_those_with_milestones_then_those_told_by_others() -> None:
    entries = tuple(entry(f"01E{minute}", minute) for minute in range(10, 30))
    session = msgspec.structs.replace(SESSION, timeline=entries)
    assert [each.id for each in key_moments(session, "01P1")] == ["01E10", "01E29"]
    told = tuple(Account(id=f"01A{n}", rank=1.0, entry=f"01E{n}", teller="01P2", seen="x") for n in range(15, 30))
    own = Account(id="01A99", rank=1.0, entry="01E11", teller="01P1", seen="x")
    marked = edits.change(
        msgspec.structs.replace(session, accounts=(*told, own)), "01E28", milestones=(Milestone.RESOLVED,)
    )
    assert [each.id for each in key_moments(marked, "01P1")] == [*(f"01E{n}" for n in range(15, 22)), "01E28"]
    assert key_moments(msgspec.structs.replace(SESSION, timeline=()), "") == ()
