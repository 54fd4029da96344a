"""What the document and the terminal say about the paths to an effect, and that no two sentences say the same."""

import pytest
from hypothesis import HealthCheck, given, settings

from facilitator.documents.drawn.cells import cells
from facilitator.documents.drawn.paths_text import paths_lines
from facilitator.documents.drawn.pieces import Tone, plain
from facilitator.documents.markdown import markdown
from facilitator.documents.paths import LISTED, RULE, paths
from facilitator.documents.paths_told import cuts_told, facts, needed, which_paths
from facilitator.documents.pictures.figures import nothing
from facilitator.model.session import Action, ActionStatus, Factor, Join, Session, Why
from tests.documents.hostile_sessions import Twins, twins
from tests.documents.picturing import saying, session_of, why
from tests.documents.reading import part, read, tables
from tests.hostile import HOSTILE

AND, OR = Join.AND, Join.OR
TREE = (
    why("top"), why("solo", "top"), why("both", "top", AND), why("x", "both"), why("y", "both"),
    why("a", "x"), why("b", "x"), why("c", "y"), why("d", "y"), why("e", "y"),
)  # fmt: skip
"""Seven paths: "solo", and each of a and b with each of c, d and e."""

ACTIONS = (
    Action(id="1", text="validate a", factors=("fa",), status=ActionStatus.DONE),
    Action(id="2", text="test b and c", factors=("fb", "fc"), status=ActionStatus.IN_PROGRESS),
    Action(id="3", text="stop all", factors=("fx",)),
    Action(id="4", text="stop all again", factors=("fx",)),
    Action(id="5", text="elsewhere"),
    Action(id="6", text="not", factors=("fx",), status=ActionStatus.WONT_DO),
)


def _factors(*names: str) -> tuple[Factor, ...]:
    return tuple(Factor(id=f"f{name}", text=f"factor {name}", whys=(name,)) for name in names)


def _session(*actions: Action, guards: dict[str, str] | None = None) -> Session:
    held = tuple(Factor(id=name, text=name, mitigator=True, whys=(on,)) for name, on in (guards or {}).items())
    return session_of(*TREE, factors=(*_factors("a", "b", "c", "x"), *held), actions=actions)


def _said(session: Session) -> str:
    return part(markdown(session, nothing), "### What was enough for it")


def test_single_points_come_first_and_each_condition_is_told_once():
    said = _said(_session(*ACTIONS))
    assert said.startswith(RULE)
    closed = "With these 4 actions 6 of 7 paths are closed, 3 of them by what is done so far."
    assert read(said).texts[1:9] == [
        "Effect: text top",
        f"7 paths lead here, 1 of them a single point of failure. {closed}",
        "C1: text solo (enough alone)",
        *(f"C{number}: text {name}" for number, name in enumerate("abcde", 2)),
    ]
    assert (
        tables(said)[0]
        == [
            ["Path", "Conditions, all of them needed", "Closed by"],
            ["1", "C1 alone", "nothing yet"],
            ["2", "C2, C4", "what is done"],
            ["3", "C2, C5", "what is done"],
            ["4", "C2, C6", "what is done"],
            ["5", "C3, C4", "what is in progress"],
            ["6", "C3, C5", "what is planned"],
            ["7", "C3, C6", "what is planned"],
        ]
        or tables(said)[0][6][2] == "what is in progress"
    )


def test_what_each_action_and_each_safeguard_cuts_is_told_once_for_those_that_cut_the_same():
    (found,) = paths(_session(*ACTIONS, guards={"limit": "y", "spare": "e", "none": "nowhere"}))
    assert cuts_told(found, name_paths=True) == [
        "Each of A3 and A4 by itself closes 6 of 7 paths (paths 2 to 7).",
        "A2 by itself closes 4 of 7 paths (paths 2, 5 to 7).",
        "A1 by itself closes 3 of 7 paths (paths 2 to 4).",
        "Safeguard M1 would have cut 6 of 7 paths (paths 2 to 7), had it held.",
        "Safeguard M2 would have cut 2 of 7 paths (paths 4, 7), had it held.",
    ]
    assert cuts_told(found, name_paths=False)[0] == "Each of A3 and A4 by itself closes 6 of 7 paths."


def test_a_safeguard_that_is_spoken_of_has_its_name_where_it_is_told():
    document = markdown(_session(guards={"limit": "y"}), nothing)
    assert part(document, "### What kept it from being worse") == "- limit *(M1)*"


def test_of_one_path_it_is_said_whether_it_is_closed_and_by_what():
    whys = (why("top", None, AND), why("a", "top"), why("b", "top"))
    guard = Factor(id="g", text="g", mitigator=True, whys=("a",))
    actions = (Action(id="1", text="x", factors=("fa",)), Action(id="2", text="y", factors=("fb",)))
    session = session_of(*whys, factors=(*_factors("a", "b"), guard), actions=actions)
    said = _said(session)
    closed = "With these 2 actions the path is closed, but not yet by what is done."
    assert read(said).texts[2:] == [
        f"One path leads here: 2 conditions, all of them needed. {closed}",
        "C1: text a",
        "C2: text b",
        "Each of A1 and A2 by itself closes the path.\nSafeguard M1 would have cut the path, had it held.",
    ]
    assert "| Path" not in said


def test_a_path_that_only_several_actions_close_together_is_said_to_be_so():
    whys = (
        why("top"), why("p", "top", AND), why("p1", "p"), why("p2", "p"),
        why("q", "top", AND), why("q1", "q"), why("q2", "q"),
    )  # fmt: skip
    same = (Factor(id="s1", text="one", whys=("p1", "q1")), Factor(id="s2", text="two", whys=("p2", "q2")))
    gates = (Factor(id="fp", text="p", whys=("p",)), Factor(id="fq", text="q", whys=("q",)))
    actions = (Action(id="1", text="x", factors=("fp",)), Action(id="2", text="y", factors=("fq",)))
    (found,) = paths(session_of(*whys, factors=(*same, *gates), actions=actions))
    assert facts(found)[1] == "With these 2 actions the path is closed, but not yet by what is done."
    assert cuts_told(found, name_paths=True) == [
        "Each of A1 and A2 by itself closes none.",
        "Only several actions together close the path.",
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (ActionStatus.DONE, "With this action the path is closed, already by what is done."),
        (ActionStatus.OPEN, "With this action the path is closed, but not yet by what is done."),
    ],
)
def test_one_action_is_this_action(status: ActionStatus, said: str):
    action = Action(id="1", text="x", factors=("fa",), status=status)
    session = session_of(why("top"), why("a", "top"), factors=_factors("a"), actions=(action,))
    (found,) = paths(session)
    assert facts(found) == ["One path leads here: a single point of failure.", said]


@pytest.mark.parametrize(("names", "said"), [("a", "it"), ("ab", "any of them")])
def test_without_an_action_that_is_said(names: str, said: str):
    elsewhere = Action(id="1", text="x", factors=("nowhere",))
    (found,) = paths(session_of(why("top"), *(why(name, "top") for name in names), actions=(elsewhere,)))
    assert facts(found)[1:] == [f"No action closes {said} yet."]
    assert cuts_told(found, name_paths=True) == []


def test_longer_paths_past_what_is_taken_away_are_told():
    whys = (
        why("top"), why("mid", "top"), why("a", "mid"),
        why("both", "top", AND), why("a2", "both"), why("b", "both"),
    )  # fmt: skip
    factors = (Factor(id="f", text="same", whys=("a", "a2")), *_factors("mid"))
    session = session_of(*whys, factors=factors, actions=(Action(id="1", text="x", factors=("fmid",)),))
    (found,) = paths(session)
    assert facts(found)[-1] == "1 longer path past what it takes away stays open."


def test_only_the_first_paths_are_listed_with_their_conditions():
    session = session_of(why("top"), *(why(f"n{number:02}", "top") for number in range(LISTED + 5)))
    said = _said(session)
    assert len(tables(said)[0]) == 1 + LISTED
    assert said.endswith("and 5 more paths")
    assert "text n19" in said
    assert "text n20" not in said


def test_with_too_many_paths_the_single_points_are_told_and_nothing_of_what_closes_them():
    whys: list[Why] = [why("top"), why("solo", "top"), why("all", "top", AND)]
    for gate in range(5):
        whys += [why(f"g{gate}", "all"), *(why(f"g{gate}.{number}", f"g{gate}") for number in range(6))]
    session = session_of(*whys, factors=_factors("solo"), actions=(Action(id="1", text="x", factors=("fsolo",)),))
    assert read(_said(session)).texts[1:] == [
        "Effect: text top",
        "1 single point of failure; too many other paths lead here to be counted.",
        "C1: text solo (enough alone)",
    ]


def test_conditions_have_the_same_name_below_every_effect():
    whys = (why("one"), why("a", "one"), why("two", None, AND), why("b", "two"), why("c", "two"))
    factors = (Factor(id="f", text="same", whys=("a", "c")),)
    first, second = paths(session_of(*whys, factors=factors))
    assert [(each.name, each.text) for each in first.conditions] == [("C1", "same")]
    assert [(each.name, each.text) for each in second.conditions] == [("C1", "same"), ("C2", "text b")]


def test_without_answers_there_is_nothing_to_say():
    assert paths_lines(session_of(why("top")), 80) == ()
    assert "### What was enough for it" not in markdown(session_of(why("top")), nothing)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("C1",), "C1 alone"),
        (("C1", "C2"), "C1, C2"),
        (("C1", "C2", "C3", "C7", "C9", "C10", "C11", "C12"), "C1 to C3, C7, C9 to C12"),
    ],
)
def test_neighbours_are_told_together(names: tuple[str, ...], said: str):
    assert needed(names) == said


def test_paths_are_named_where_that_helps():
    assert [which_paths(numbers, 9) for numbers in ((), (2,), (1, 3, 4, 5), tuple(range(1, 10)))] == [
        "", "path 2", "paths 1, 3 to 5", "",
    ]  # fmt: skip
    assert which_paths((LISTED + 1,), 99) == ""


def test_the_terminal_tells_the_same_in_rows():
    drawn = plain(paths_lines(_session(*ACTIONS, guards={"limit": "y"}), 80))
    for line in (
        "    C1  text solo (enough alone)",
        "     1  nothing yet          C1 alone",
        "     2  what is done         C2, C4",
        "  6 of 7  A3  stop all (paths 2 to 7)",
        "  6 of 7  M1  limit (paths 2 to 7)",
    ):
        assert line in drawn.split("\n")
    warned = [piece.text for line in paths_lines(_session(*ACTIONS), 80) for piece in line if piece.tone is Tone.WARN]
    assert [each.strip() for each in warned] == ["nothing yet"]


@pytest.mark.parametrize("width", [20, 30, 40, 80, 120])
def test_no_line_is_wider_than_asked(width: int):
    session = _session(*ACTIONS, guards={"a limit with a long name that has to be wrapped": "y"})
    lines = plain(paths_lines(session, width)).split("\n")
    assert max(map(cells, lines)) <= max(width, 28)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str):
    harmless, hostile = _said(saying("x")), _said(saying(text))
    assert read(hostile).skeleton == read(harmless).skeleton


@given(twins())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_session_is_drawn(pair: Twins):
    for width in (20, 80):
        assert bool(paths_lines(pair.hostile, width)) == bool(paths(pair.hostile))
