"""What the checks find in a Markdown document, and where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.checks.compiled import compiled
from facilitator.checks.finding import Category
from facilitator.checks.rules import Context, Rule
from facilitator.documents.checked import Placed, Void, check_document, void_mutes
from tests.hostile import HOSTILE

RULES = compiled(
    (
        Rule(
            id="slip", category=Category.PERSON, said=("PEOPLE forgot",), why="A slip.", question="What made it easy?"
        ),
        Rule(
            id="human",
            category=Category.STOPS,
            said=("human error",),
            contexts=(Context.ROOT_CAUSE, Context.WHY_ANSWER),
            why="It stops here.",
            question="What made it likely?",
        ),
    )
)


def found(text: str) -> list[tuple[str, int, int, str]]:
    return [(each.finding.rule, each.line, each.column, each.finding.words) for each in check_document(text, RULES)]


def test_findings_stand_at_line_and_column_of_their_words() -> None:
    text = "# Cache\n\nIt was slow.\n\n- fine\n- then, as *so* often, we forgot the\n  replica\n\n"
    text += "| a |\n|---|\n| we forgot |\n"
    assert found(text) == [("slip", 6, 24, "we forgot"), ("slip", 11, 3, "we forgot")]


def test_the_end_is_behind_the_last_word_across_lines_and_marks() -> None:
    (each,) = check_document("As\nnoted, **we\n  forgot** it", RULES)
    assert (each.line, each.column, each.end_line, each.end_column) == (2, 10, 3, 9)
    assert each.finding.words == "we forgot"
    assert (each.finding.start, each.finding.end) == (12, 23)


def test_headings_decide_which_rules_count() -> None:
    text = (
        "## Summary\n\nSome call it human error.\n\n## Root cause\n\nIt was human error.\n\n**Trigger:** human error\n"
    )
    assert found(text) == [("human", 7, 8, "human error"), ("human", 9, 14, "human error")]


@pytest.mark.parametrize(
    "text",
    [
        "> we forgot it",
        "`we forgot it`",
        "```\nwe forgot it\n```",
        "    we forgot it",
        "<p>we forgot it</p>",
        "![we forgot it](x.png)",
        "[notes](https://example.com 'we forgot it')",
        "<!-- we forgot it -->",
        "---\ntitle: we forgot it\n---\n",
    ],
)
def test_what_nobody_here_said_is_not_read(text: str) -> None:
    assert found(text) == []


def test_sensitive_data_are_found_everywhere() -> None:
    text = "a\n\n```\nlogin as ops@shop-systems.com\n```\n\n> and CUST-77\n"
    placed = check_document(text, RULES, ["CUST-[0-9]+"])
    assert [(each.finding.category, each.line, each.column) for each in placed] == [
        (Category.SENSITIVE, 4, 10),
        (Category.SENSITIVE, 7, 7),
    ]


@pytest.mark.parametrize(
    "named",
    [
        "Authors: Tove Quist, Wim de Boer\n",
        "**Authors**: Tove Quist and Wim\n",
        "## Attendees\n\n- Tove (scribe)\n- @wim\n\n## What happened\n",
    ],
)
def test_people_whom_the_document_names_are_known(named: str) -> None:
    slip = "\nTove forgot it. Wim forgot it, and Quarry forgot it.\n"
    assert found(slip) == []
    assert [words for *_, words in found(named + slip)] == ["Tove forgot", "Wim forgot"]


def test_a_comment_mutes_one_rule_in_one_block() -> None:
    text = (
        "<!-- facilitator: mute slip: said by the customer -->\n\n- we forgot one\n- we forgot two\n\n"
        "We forgot three. <!-- facilitator: mute slip: as above -->\n\n"
        "<!-- facilitator: mute other-rule: no -->\nWe forgot four.\n\n"
        "<!-- facilitator: mute slip -->\n\nWe forgot five.\n"
    )
    assert [(each.line, each.muted) for each in check_document(text, RULES)] == [
        (3, "said by the customer"),
        (4, "said by the customer"),
        (6, "as above"),
        (9, ""),
        (13, ""),
    ]


def test_a_comment_mutes_several_rules():
    text = "<!-- facilitator: mute human, slip: as\n  above: said -->\n\nWe forgot it.\n"
    assert [each.muted for each in check_document(text, RULES)] == ["as above: said"]
    assert void_mutes(text, {"slip", "human"}) == ()


def test_a_comment_that_mutes_nothing_says_why():
    text = (
        "<!-- facilitator: mute slip -->\n\nWe forgot it.\n\n"
        "<!-- facilitator: mute slip, slpi: no -->\n<!-- facilitator: mute judgement: no -->\n\nWe forgot it.\n\n"
        "so <!-- facilitator: silence slip --> it is\n\n"
        "```\n<!-- facilitator: mute code -->\n```\n\n<!-- facilitator: mute slip: no more -->\n"
    )
    assert void_mutes(text, {"slip", "human"}) == (
        Void(1, "'slip' is not muted without a reason; write: facilitator: mute slip: REASON"),
        Void(5, "no rule is called 'slpi'; did you mean 'slip'?"),
        Void(6, "'judgement' is a category, and only rules can be muted; the output names the rule in brackets"),
        Void(10, "this comment mutes nothing; write: facilitator: mute RULE: REASON"),
        Void(16, "'slip' is not muted, because no text follows this comment"),
    )


def test_the_wording_of_actions_is_looked_at_where_actions_are_named():
    text = (
        "Improve testing.\n\n## Action items\n\nImprove what follows.\n\n- Improve testing\n- Add a test for the flag\n"
        "- Monitoring for the queue\n\n"
        "| Action | Owner | Type |\n|---|---|---|\n| Improve docs | Improve Ltd | Improve |\n"
    )
    assert found(text) == [
        ("action.vague", 7, 3, "Improve"),
        ("action.no-verb", 9, 3, "Monitoring"),
        ("action.vague", 13, 3, "Improve"),
    ]


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        ("1. Human error.\n2. Why? Human error.\n3. The prompt lies.\n", []),
        ("1. The prompt lies.\n2. Human error.\n", [4]),
        ("- it failed\n  - human error\n    - the prompt lies\n  - human error\n", [6]),
        ("Human error.\n", [3]),
    ],
)
def test_of_the_whys_only_the_last_of_a_branch_stops(items: str, lines: list[int]):
    assert [line for _, line, *_ in found(f"## Five whys\n\n{items}")] == lines


def shows(text: str, each: Placed) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join([lines[each.line - 1][each.column - 1 :], *lines[each.line : each.end_line]])


_PIECES = st.sampled_from(
    (
        "we forgot it. ",
        "Ann forgot. ",
        "\n\n",
        "\n- ",
        "\n> ",
        "\n# ",
        "*",
        "`",
        "**",
        "[",
        "](x)",
        "\n| a |\n|---|\n| ",
        "\r\n",
    )
)


@settings(max_examples=300)
@given(st.lists(st.one_of(_PIECES, st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=12).map("".join))
def test_a_place_always_points_at_the_words(text: str) -> None:
    for each in check_document(text, RULES):
        if each.finding.rule == "slip":
            assert shows(text, each)[:2].lower() == each.finding.words[:2].lower()
            assert (each.line, each.column) < (each.end_line, each.end_column)
        assert 0 <= each.finding.start < each.finding.end
