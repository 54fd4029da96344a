"""Names replaced by roles, for a screen that others see."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facilitator.model.alias_words import MONTHS, NAME_WORDS, TEAM_WORDS
from facilitator.model.aliases import by_role
from facilitator.model.meeting_items import Meeting
from facilitator.model.session import Action, Participant, Question, Session

MODEST = settings(max_examples=150, deadline=None)


def session(*people: str, **fields: Any) -> Session:
    """Return a session with participants, each a name and after a slash the role."""
    participants = tuple(
        Participant(id=f"P{number}", text=name, role=role)
        for number, (name, _, role) in enumerate((each.partition("/") for each in people), 1)
    )
    return Session(id="S", title="t", created=datetime(2026, 11, 15, tzinfo=UTC), participants=participants, **fields)


def shown(text: str, *people: str, **fields: Any) -> str:
    return by_role(session(*people, **fields))(text)


ROOM = ("Alice Berg/incident commander", "Carol Diaz/engineer", "Dan Eze/engineer", "Eve van der Meer")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alice Berg declares a SEV2", "the incident commander declares a SEV2"),
        ("Alice declares a SEV2", "the incident commander declares a SEV2"),
        ("alice asks CAROL", "the incident commander asks engineer 1"),
        ("Berg's runbook", "the incident commander's runbook"),
        (
            "@alice, @alice.berg and @AliceBerg",
            "the incident commander, the incident commander and the incident commander",
        ),
        ('? who knows @"Alice Berg"', "? who knows the incident commander"),
        ("mail to alice.berg@shop.example, please", "mail to the incident commander, please"),
        ("alice_berg and alice-berg", "the incident commander and the incident commander"),
        ("Alice\nBerg", "the incident commander"),
        ("Dan and carol pair", "engineer 2 and engineer 1 pair"),
        ("Eve van der Meer", "person 4"),
        ("meer, Eve", "person 4, person 4"),
        ("der Pager", "der Pager"),
        ("Alicee, Malice, danger, evening", "Alicee, Malice, danger, evening"),
    ],
)
def test_names_are_replaced_by_roles_and_words_are_not(text: str, expected: str):
    assert shown(text, *ROOM) == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Incident commander", "the incident commander"),
        ("SRE lead", "the SRE lead"),
        ("IC", "the IC"),
        ("the scribe", "the scribe"),
        ("on call", "the person on call"),
        ("on-call engineer", "the on-call engineer"),
        ("payments engineer, nights", "the payments engineer"),
        ("DBA (backup)", "the DBA"),
        ("", "person 1"),
        ("???", "person 1"),
        ("the one who knows most about how all of this came to be", "person 1"),
        ("covers for Bob Chen", "person 1"),
        ("lead of the data team", "the lead of the data team"),
        ("our data team lead", "the data team lead"),
        ("head of support", "the head of support"),
        ("the one, who saw it first", "person 1"),
        ("the one. the support engineer", "person 1"),
        ("database work that evening", "person 1"),
        ("search for backups", "person 1"),
        ("restore", "person 1"),
        ("Walter", "person 1"),
        ("Walter's deputy", "person 1"),
        ("engineer who was on call", "person 1"),
        ("on", "person 1"),
    ],
)
def test_a_role_is_used_where_it_reads_well(role: str, expected: str):
    assert shown("Alice", f"Alice Berg/{role}", "Bob Chen") == expected


@pytest.mark.parametrize("name", ["Will", "Mark", "Grace", "May", "Page", "Root"])
def test_a_name_that_is_a_word_is_replaced_only_with_a_capital(name: str):
    replaced = by_role(session(f"{name}/scribe"))
    text = f"we {name.lower()} see"
    assert replaced(text) is text
    assert replaced(f"then {name} sees {name.upper()}") == "then the scribe sees the scribe"
    assert replaced(f"asked @{name.lower()}") == "asked the scribe"
    assert replaced(name.lower()) == "the scribe"


def test_two_words_that_make_a_name_stay_words_in_lower_case():
    assert shown("a grace period for Grace Page", "Grace Page/scribe") == "a grace period for the scribe"


@pytest.mark.parametrize("text", ["May 15", "on 15 May", "15th May", "May 2026", "mar. 3", "2026-May-15"])
def test_a_month_beside_a_number_is_no_name(text: str):
    assert shown(text, "May Young", "Mar Gil") == text
    assert shown("May gave 15 reasons", "May Young/scribe") == "the scribe gave 15 reasons"


def test_the_longest_name_goes_first():
    people = ("Ana Berg/scribe", "Ana Berg Cole/lead")
    assert shown("Ana Berg Cole and Ana Berg", *people) == "the lead and the scribe"


def test_a_name_that_several_people_have_is_somebody():
    people = ("Ana Berg/scribe", "Ana Cole/lead")
    assert shown("Ana asks Berg and @ana", *people) == "somebody asks the scribe and somebody"
    assert shown("Ana asks Ana Berg", "Ana/lead", "Ana Berg/scribe") == "the lead asks the scribe"


def test_short_names_are_replaced_with_care():
    assert shown("Bo and bo and @bo", "Bo Chen/lead") == "the lead and bo and the lead"
    assert shown("Do it, Do, ask @do or Mai Do", "Mai Do/lead") == "Do it, Do, ask the lead or the lead"
    assert shown("a and A", "A/lead") == "a and A"
    assert shown("A", "A/lead") == "the lead"


def test_names_are_found_in_scripts_without_spaces_and_not_within_letters_with_marks():
    assert shown("田中さんが再起動", "田中 太郎/lead") == "the leadさんが再起動"
    assert shown("김철수가 확인", "김철수/lead") == "the lead가 확인"
    assert shown("Jose\u0301 is not Jose", "Jose/lead") == "Jose\u0301 is not the lead"
    assert shown("🚒\ufe0fAna", "Ana/lead") == "🚒\ufe0fthe lead"
    assert shown("JOSÉ NÚÑEZ", "José Núñez/lead") == "the lead"
    assert shown("O’Neil and o'neil", "O'Neil Ray/lead") == "the lead and the lead"


def test_titles_and_details_of_a_name_are_no_names():
    people = ("Dr. Eve Cole (Platform)/lead",)
    assert (
        shown("Dr. Eve Cole; Eve Cole; Eve; Dr. No; Platform", *people)
        == "the lead; the lead; the lead; Dr. No; Platform"
    )


def test_owners_authors_and_reviewers_are_people_too():
    made = session(
        "Ana Berg/lead",
        facilitator="Fay Olsen",
        authors=("Ana Berg", "Gus Hill"),
        reviewers=("Hana Ito",),
        actions=(Action(id="A", text="x", owner="ana"), Action(id="B", text="x", owner="kim")),
        questions=(Question(id="Q", text="x", owner="lea"),),
    )
    replaced = by_role(made)
    assert [replaced(each) for each in ("ana", "@kim", "Lea", "Fay", "Gus Hill", "hana ito")] == [
        "the lead", "person 3", "person 4", "the facilitator", "person 5", "person 6",
    ]  # fmt: skip


def test_who_leads_a_meeting_or_takes_its_notes_is_called_so():
    made = session(
        "Ana Berg", "Bo Chen", "Cy Diaz/lead", meetings=(Meeting(id="M", facilitator="P1", note_taker="P2"),)
    )
    assert by_role(made)("Ana, Bo Chen, Cy") == "the facilitator, the note-taker, the lead"


@pytest.mark.parametrize("owner", ["payments team", "SRE", "checkout", "incident commander", "?"])
def test_teams_services_and_roles_stay(owner: str):
    made = session(
        "Ana Berg/incident commander", services=("checkout",), actions=(Action(id="A", text="x", owner=owner),)
    )
    text = f"@{owner} and the {owner}"
    assert by_role(made)(text) is text


def test_who_is_named_by_what_they_do_is_no_name_and_whoever_else_is():
    people = ("On-call engineer/database work that evening", "Priya Engineer/restore", "Bo Chen")
    text = "On-call engineer asks Bo Chen, the on-call engineer asks Priya Engineer"
    shown_as = "On-call engineer asks person 2, the on-call engineer asks person 1"
    assert shown(text, *people) == shown_as


def test_a_session_without_people_changes_nothing():
    text = "Alice"
    assert by_role(session())(text) is text


names = st.lists(
    st.text(st.sampled_from("abcdeßéøñжщ"), min_size=2, max_size=6).map(str.capitalize), min_size=1, max_size=3
).map(" ".join)
people = st.lists(
    st.tuples(names, st.sampled_from(["", "lead", "on call", "SRE 2", "Lead", "a scribe", "?"])), min_size=1, max_size=6
)
fillers = st.sampled_from(
    [" ", ", ", "@", "\n", "(", "): ", "'s ", " [/b] ", "x", "9", "_", "\u0301", "日", "🚒", "-", "."]
)


@MODEST
@given(people, st.data())
@example([("Ab", ""), ("Ab Cd", "lead")], None)
@example([("Aa", ""), ("Aa Aa", "")], "\u0301Aa Aa")
@example([("Aa", ""), ("Aa Aa", "")], "Aa Aa\u0301")
@example([("Aa", ""), ("Aa Ab Aa", "")], "Aa Ab Aa\u0301")
@example([("Ann", ""), ("Anna", "")], "Anna\u0301")
def test_no_whole_name_remains_and_a_second_time_changes_nothing(known: list[tuple[str, str]], data: Any):
    replaced: Callable[[str], str] = by_role(session(*(f"{name}/{role}" for name, role in known)))
    words = [name for name, _ in known if name.casefold() not in NAME_WORDS | MONTHS]
    pieces = st.lists(fillers | st.sampled_from([*words, *map(str.upper, words), "the"]), max_size=9)
    text = " ".join(words) if data is None else data if isinstance(data, str) else "".join(data.draw(pieces))
    out = replaced(text)
    for name in words:
        assert not re.search(rf"(?<![\w\u0301]){re.escape(name)}(?![\w\u0301])", out), (text, out)
    assert replaced(out) == out


@MODEST
@given(st.text(), people)
def test_a_text_without_names_is_the_same_object(text: str, known: list[tuple[str, str]]):
    replaced = by_role(session(*(f"{name}/{role}" for name, role in known)))
    folded = text.casefold()
    if not any(word.casefold() in folded or word.lower() in folded for name, _ in known for word in name.split()):
        assert replaced(text) is text


@MODEST
@given(st.text(), st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_whatever_people_are_called_it_never_fails(text: str, known: list[tuple[str, str]]):
    participants = tuple(Participant(id=f"P{n}", text=name, role=role) for n, (name, role) in enumerate(known))
    made = Session(id="S", title="t", created=datetime(2026, 11, 15, tzinfo=UTC), participants=participants)
    assert isinstance(by_role(made)(text + "".join(name for name, _ in known)), str)


def test_the_lists_of_words_are_in_lower_case():
    assert all(word == word.casefold() for words in (NAME_WORDS, MONTHS, TEAM_WORDS) for word in words)
