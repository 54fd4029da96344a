"""The Google SRE template: its sections, in its order."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from facilitator.documents.formats import render
from facilitator.model.session import Action, ActionStatus, ActionType, Factor, Session
from tests.documents.checkout_example import CHECKOUT
from tests.documents.reading import headings, part, read, tables

APPROVED = Path(__file__).parent / "approved"
EMPTY = Session(id="s", title="Checkout errors", created=datetime(2026, 11, 16, tzinfo=UTC))


def _document(**fields: object) -> str:
    return render(msgspec.structs.replace(EMPTY, **fields), "google-sre")


def test_the_checkout_incident_is_the_approved_document():
    assert render(CHECKOUT, "google-sre") == (APPROVED / "checkout.google-sre.md").read_text()


def test_the_sections_are_those_of_the_template():
    assert headings(render(CHECKOUT, "google-sre")) == [
        "# Postmortem for checkout, payments on 2026-11-15",
        "## Summary",
        "## Impact",
        "## Root Causes",
        "## Trigger",
        "## Resolution",
        "## Detection",
        "## Action Items",
        "## Lessons Learned",
        "### What went well",
        "### What went wrong",
        "### Where we got lucky",
        "## Timeline",
    ]


def test_a_title_alone_takes_the_place_of_the_service():
    assert _document() == "# Postmortem for Checkout errors\n\nStatus: draft\n"
    assert headings(_document(title="")) == ["# Untitled postmortem"]


def test_the_title_stands_below_a_heading_that_names_the_services():
    assert read(_document(services=("api",))).texts == ["Postmortem for api", "Checkout errors\nStatus: draft"]


def test_root_causes_come_before_other_factors():
    factors = (
        Factor(id="1", text="other"),
        Factor(id="2", text="root", root_cause=True),
        Factor(id="3", text="saved us", mitigator=True),
    )
    assert part(_document(factors=factors), "## Root Causes") == "root\n\nContributing factors:\n\n- other"
    assert part(_document(factors=factors[:1]), "## Root Causes") == "- other"


def test_action_items_have_the_columns_of_the_template():
    actions = (
        Action(id="1", text="do", owner="ann", type=ActionType.PREVENT, ticket="ENG-1", status=ActionStatus.DONE),
        Action(id="2", text="later", status=ActionStatus.DONE),
        Action(id="3", text="never", status=ActionStatus.WONT_DO),
    )
    assert tables(_document(actions=actions)) == [
        [
            ["Action Item", "Type", "Bug", "Owner"],
            ["do", "prevent", "ENG-1 DONE", "@ann"],
            ["later", "", "n/a DONE", ""],
        ]
    ]
