"""What docs/tickets.md says of forms is what the program has."""

from facilitator.documents.tickets.writing import FORMS
from tests.docs.tables import ROOT, as_markdown, tables

PAGE = (ROOT / "docs" / "tickets.md").read_text(encoding="utf-8")


def test_the_forms_are_those_of_the_program() -> None:
    wanted = [(f"`{each.name}`", each.label) for each in FORMS.values()]
    (shown,) = tables(PAGE)[("Form", "For")]
    assert shown == wanted, f"docs/tickets.md needs this table:\n{as_markdown(wanted)}"
