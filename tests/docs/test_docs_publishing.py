"""The page on review shows a part of a reviewer's file as the program writes it, and says what becomes of it."""

import re
from datetime import UTC, datetime

from facilitator.documents.review_form import review_form
from facilitator.review.form_words import Head
from facilitator.review.forms import Written, forms_in
from tests.docs.tables import ROOT
from tests.docs.test_docs_witness import SHOWN

PAGE = (ROOT / "docs" / "publishing.md").read_text("utf-8")
HEAD = Head(id="01M7HTB", session=SHOWN.id, made=datetime(2026, 11, 18, tzinfo=UTC), name="heidi")
FORM = review_form(SHOWN, HEAD)


def test_the_part_that_is_shown_is_one_that_is_written() -> None:
    (shown,) = re.findall(r"^```markdown\n(.*?)\n```", PAGE, re.MULTILINE | re.DOTALL)
    assert shown in FORM


def test_what_is_written_becomes_what_the_page_says() -> None:
    text = f"A word above.\n\n{FORM}"
    text = text.replace("detected  [2] |\n", "detected  [2] |\nBelow it.\n")
    text = text.replace("place 3 timeline -->\n", "place 3 timeline -->\n[1] By its number.\n\n- One.\n- Two.\n")
    (filled,) = forms_in(text, lambda _: Written(FORM, True, True))
    first, second = (entry.id for entry in SHOWN.timeline)
    assert [(each.about, each.place, each.text) for each in filled.remarks] == [
        ("", "", "A word above."),
        (second, "", "Below it."),
        (first, "", "By its number."),
        ("", "timeline", "One."),
        ("", "timeline", "Two."),
    ]
