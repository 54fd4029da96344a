"""The page on witness forms shows a form as the program writes it, and says what becomes of it."""

import re
from datetime import UTC, date, datetime

from facilitator.documents.witness import witness_form
from facilitator.intake.witness.filing import teller_of, with_form
from facilitator.intake.witness.forms import forms_in
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone, Participant, Session
from tests.docs.tables import ROOT

WHO = Participant(id="01M7HT36A8MX2DH5ZAMVZC9B8H", rank=1.0, text="Alice")
SHOWN = Session(
    id="01M7HT1AR0RXV1WP4PKXZDTJC1",
    title="Checkout errors after v3.2",
    created=datetime(2026, 11, 15, 15, tzinfo=UTC),
    participants=(WHO, Participant(id="01M7HT36A9GKT3A3GJYMDN8Y8W", rank=2.0, text="Bob", role="on call")),
    timeline=(
        Entry(
            id="01M7HT9AKG4M15C3SCJTTQT248",
            rank=1.0,
            at=Moment(datetime(2026, 11, 15, 14, 0, tzinfo=UTC)),
            text="v3.2 deployed to production, on all pods at once",
            milestones=(Milestone.START,),
        ),
        Entry(
            id="01M7HTARG8HHNQJXBY1ZN40D7C",
            rank=1.0,
            at=Moment(datetime(2026, 11, 15, 14, 22, tzinfo=UTC)),
            text="Burn rate alert pages Bob",
            milestones=(Milestone.DETECTED,),
        ),
    ),
)
PAGE = ROOT / "docs" / "witness.md"


def shown_form() -> str:
    (form,) = re.findall(r"^```markdown\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return str(form)


def test_the_form_that_is_shown_is_the_one_that_is_written() -> None:
    (form,) = forms_in(shown_form())
    assert shown_form() == witness_form(SHOWN, form.id, WHO)
    assert form.is_empty


def test_parts_become_what_the_page_says() -> None:
    text = shown_form().replace("day or zone.\n", "day or zone.\n\n14:22 saw it\n\nIt was loud.\n")
    text = text.replace("witness:asked -->\n", "witness:asked -->\n\nThe pager.\n")
    mark = f"witness:seen {SHOWN.timeline[0].id} -->\n"
    text = text.replace(mark, f"{mark}none\n")
    (form,) = forms_in(text)
    session = with_form(SHOWN, form, teller_of(SHOWN, form), {}, date(2026, 11, 16)).session
    assert [(each.seen, each.private) for each in session.accounts] == [("none", True)]
    assert [each.text for each in session.notes] == [
        "Alice tells: It was loud.",
        "Alice on what we should have asked: The pager.",
    ]
