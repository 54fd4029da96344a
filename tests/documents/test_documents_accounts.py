"""What people told of an entry, beside each other and below the timeline."""

import msgspec

from facilitator.documents.formats import render
from facilitator.documents.google_sre import google_sre
from facilitator.documents.markdown import markdown
from facilitator.model.meeting_items import Account
from facilitator.model.session import Session
from tests.documents.checkout_example import CHECKOUT
from tests.documents.meeting_example import PLANNED
from tests.documents.reading import headings, items, part, read, tables

HEADING = "### As told at 14:22: Burn rate alert fires (checkout error rate 3x SLO)"


def told(*accounts: Account) -> Session:
    return msgspec.structs.replace(CHECKOUT, accounts=accounts)


def test_several_accounts_of_an_entry_stand_side_by_side():
    (table,) = tables(part(markdown(PLANNED), HEADING))
    assert table == [
        ["As told by", "Alice", "Bob"],
        ["Saw", "the error rate | climbing on the board", "my pager"],
        ["Took it to mean", "a bad deployment", "the usual noise of a Sunday"],
        ["Expected next", "a second page", ""],
        ["Options on the table", "roll back, or wait", ""],
    ]


def test_a_single_account_is_a_short_list():
    below = part(markdown(PLANNED), "### As told at 14:32: Rollback decision made")
    assert read(below).texts[0] == "As told by: Bob"
    assert items(below) == [(1, "Saw: only v3.2 pods")]


def test_accounts_stand_below_the_timeline_in_its_order():
    found = headings(markdown(PLANNED))
    timeline = found.index("## Timeline")
    assert found[timeline + 1 : timeline + 4] == [
        HEADING,
        "### As told at 14:32: Rollback decision made",
        "## Root cause analysis",
    ]


def test_two_accounts_of_one_person_are_two_columns():
    twice = told(
        Account(id="c1", entry="e2", teller="p1", seen="a red graph"),
        Account(id="c2", entry="e2", teller="p1", seen="a page"),
    )
    assert tables(part(markdown(twice), HEADING)) == [
        [["As told by", "Alice", "Alice"], ["Saw", "a red graph", "a page"]]
    ]


def test_a_teller_who_is_not_known_has_no_name():
    assert "**As told by:** Somebody" in markdown(told(Account(id="c1", entry="e2", teller="gone", seen="a graph")))


def test_nothing_is_shown_without_accounts_that_say_something():
    plain = markdown(told())
    assert "As told" not in plain
    assert markdown(told(Account(id="c1", entry="e2", teller="p1", seen=" \n"))) == plain
    assert markdown(told(Account(id="c1", entry="gone", teller="p1", seen="a graph"))) == plain


def test_private_accounts_are_left_out_also_where_others_are_shown():
    hidden = Account(id="c2", entry="e2", teller="p2", seen="what nobody else should read", private=True)
    shown = markdown(told(Account(id="c1", entry="e2", teller="p1", seen="a graph"), hidden))
    assert "a graph" in shown
    assert "nobody else" not in shown
    assert "Bob" not in part(shown, HEADING)


def test_the_google_template_has_no_place_for_accounts():
    assert google_sre(PLANNED) == google_sre(msgspec.structs.replace(PLANNED, accounts=()))
    assert "As told" not in render(PLANNED, "google-sre")
