"""What a review requires can be changed, value by value."""

from pathlib import Path

import pytest

from facilitator.checks.finding import Category
from facilitator.model.review_items import ApprovedPart
from facilitator.review.rules import LANGUAGE, ReviewRules
from facilitator.review.steps import SECTIONS
from facilitator.settings.settings import Settings, load

DOCS = Path(__file__).parents[2] / "docs" / "configuration.md"


def loaded(tmp_path: Path, text: str) -> tuple[ReviewRules, list[str]]:
    """Return the rules of a configuration, and what is wrong with it."""
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    settings, problems = load(path)
    return settings.review, [str(problem) for problem in problems]


def test_a_draft_circulates_for_two_days_and_three_roles_approve_it() -> None:
    usual = Settings().review
    assert usual.hours == 48
    assert usual.final.approvals == (ApprovedPart.ACTIONS, ApprovedPart.IMPACT, ApprovedPart.SECURITY)
    assert {*usual.final.sections, *usual.in_review.sections} <= SECTIONS


def test_what_is_named_counts_and_the_rest_stays(tmp_path: Path) -> None:
    rules, problems = loaded(
        tmp_path,
        """
        [review]
        hours = 24
        [review.in_review]
        sections = "Milestone.Start"
        window = true
        [review.final]
        findings = ["language", "sensitive", "judgement", "action"]
        approvals = ["Whole", "customer impact"]
        owners = false
        """,
    )
    usual = ReviewRules()
    assert problems == []
    assert (rules.hours, rules.in_review.sections, rules.in_review.window) == (24, ("milestone.start",), True)
    assert rules.final.findings == (*LANGUAGE, Category.SENSITIVE, Category.ACTION)
    assert rules.final.approvals == (ApprovedPart.WHOLE, ApprovedPart.IMPACT)
    assert (rules.final.owners, rules.final.comments) == (False, True)
    assert rules.final.sections == usual.final.sections
    assert loaded(tmp_path, "[review.final]\nfindings = 'all'")[0].final.findings == tuple(Category)
    assert loaded(tmp_path, "[review.final]\napprovals = []")[0].final.approvals == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("review = 24", "line 1: review: must be a table that begins with [review], not a number"),
        ("review.hours = 0", "line 1: review.hours: must be a whole number of hours, 1 to 1440"),
        ("review.hours = true", "line 1: review.hours: must be a whole number of hours, 1 to 1440"),
        ("review.hour = 4", "line 1: review.hour: unknown key 'hour'; did you mean 'hours'?"),
        ("review.final = 1", "line 1: review.final: must be a table that begins with [review.final], not a number"),
        ("[review.final]\nowner = true", "line 2: review.final.owner: unknown key 'owner'; did you mean 'owners'?"),
        ("[review.final]\nowners = 1", "line 2: review.final.owners: must be true or false, not a number"),
        (
            "[review.final]\nsections = ['sumary']",
            "line 2: review.final.sections: unknown section 'sumary'; did you mean 'summary'?",
        ),
        (
            "[review.in_review]\nfindings = ['lanquage']",
            "line 2: review.in_review.findings: unknown kind of finding 'lanquage'; did you mean 'language'?",
        ),
        (
            "[review.final]\napprovals = ['legal']",
            "line 2: review.final.approvals: unknown part 'legal'; write one of: actions, impact, security, whole",
        ),
    ],
)
def test_what_is_wrong_is_told_and_the_usual_counts(tmp_path: Path, text: str, message: str) -> None:
    rules, problems = loaded(tmp_path, text)
    assert problems == [f"config.toml, {message}"]
    assert rules == ReviewRules()


def test_the_documentation_names_every_section() -> None:
    text = DOCS.read_text("utf-8")
    named = {each for each in SECTIONS if not each.startswith("milestone.")} | {"milestone.start"}
    assert [each for each in sorted(named) if f"`{each}`" not in text] == []
