"""Files for reviewers: what somebody wrote in one finds its place, whatever an editor or a mail program did to it."""

import re
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.documents.review_form import review_form
from facilitator.model import edits
from facilitator.model.review_items import ApprovedPart
from facilitator.model.session import Session
from facilitator.review.approvals import Standing, approve, digest, standing
from facilitator.review.comments import Signed, ask
from facilitator.review.filing import Outcome, UnsignedError, with_filled
from facilitator.review.form_words import Head
from facilitator.review.forms import Filled, Written, forms_in, heads_in
from tests.review.review_example import ALICE, NOW, example, ids

ACTIONS, IMPACT = ApprovedPart.ACTIONS, ApprovedPart.IMPACT
HEAD = Head(id="01F", session="S1", made=NOW, name="alice", until=NOW + timedelta(hours=48), parts=(ACTIONS, IMPACT))
LATER = Signed("", NOW + timedelta(hours=3))

Where = tuple[str, str, str]


def written(session: Session | None = None, head: Head = HEAD) -> str:
    return review_form(session or example(), head)


FORM = written()


def read(text: str, original: str | None = None) -> Filled:
    (filled,) = forms_in(text, lambda _: Written(original or FORM, True, True))
    return filled


def found(text: str) -> list[Where]:
    return [(each.about, each.place, each.text) for each in read(text).remarks]


def after(text: str, line: str, said: str) -> str:
    """Return a file in which something is written right below a line that holds some words."""
    place = text.index("\n", text.index(line)) + 1
    return f"{text[:place]}{said}\n{text[place:]}"


def as_quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.split("\n"))


def as_wrapped(text: str) -> str:
    """Return what a mail program makes of a text that it quotes: lines of 72 characters at most."""
    lines = [part for line in text.split("\n") for part in textwrap.wrap(line, 70, break_long_words=False) or [""]]
    return "".join(f"> {line}\n" for line in lines)


def test_what_nobody_wrote_in_is_empty() -> None:
    filled = read(written())
    assert filled.is_empty
    assert (filled.head.session, filled.name, filled.unsure) == ("S1", "alice", ())
    assert filled.head.parts == HEAD.parts
    assert (filled.head.made, filled.head.until) == (HEAD.made, HEAD.until)
    assert forms_in("# Checkout\n", lambda _: Written("", True, True)) == ()


def test_comments_go_to_what_they_stand_below() -> None:
    text = after(written(), "place 1 summary", "Shorter, please.")
    text = after(text, "v3.2 is deployed", "By whom\nor what?")
    text = after(text, "I have read it", "Thanks!")
    text = after(text, "Your name", "A word before.")
    text = after(text, "### Contributing factors", "Is that all?")
    assert found(text) == [
        ("", "", "A word before."),
        ("", "summary", "Shorter, please."),
        ("E1", "", "By whom\nor what?"),
        ("", "factors", "Is that all?"),
        ("", "", "Thanks!"),
    ]


def test_several_in_one_place_are_lists_paragraphs_and_numbers() -> None:
    text = after(
        written(),
        "place 5 timeline",
        "- one\n  more of it\n- two\n\n  of two\n- [3] three\n4: four\nand more\n\nfive\n\nfive too\n\n\\[6\\] **six**",
    )
    assert found(text) == [
        ("", "timeline", "one\n  more of it"),
        ("", "timeline", "two\n\n  of two"),
        ("E1", "", "three"),
        ("E2", "", "four\nand more"),
        ("", "timeline", "five\n\nfive too"),
        ("F1", "", "**six**"),
    ]


@pytest.mark.parametrize(
    ("said", "comments"),
    [
        (" - one\n - two", ["one", "two"]),
        ("\t1. one\n\t2. two\n\t4. July", ["one", "two\n    4. July"]),
        ("- one\n  - of one\n\n- two\n\nAnd thanks.", ["one\n  - of one", "two", "And thanks."]),
        ("Two things.\n- one\n- two", ["Two things.", "one", "two"]),
        ("Who owns:\n\n* one\n* two", ["Who owns:\none", "Who owns:\ntwo"]),
        ("- [ ] one\n- [x] two", ["one", "two"]),
        ("- 14. July\n- 5 of them", ["14. July", "5 of them"]),
    ],
)
def test_each_item_of_a_list_is_a_comment(said: str, comments: list[str]) -> None:
    for text in (after(FORM, "place 2 impact", said), FORM.replace("place 2 impact -->", f"place 2 impact --> {said}")):
        assert found(text) == [("", "impact", each) for each in comments]


def test_the_name_of_an_item_places_a_comment_as_its_number_does() -> None:
    text = after(FORM, "place 11 actions", "- A1: Who?\n- F1: Which?\n- A9: none\n- [10] When:\n  - now\n\nA1 is fine")
    assert found(text) == [
        ("A1", "", "Who?"),
        ("F1", "", "Which?"),
        ("", "actions", "A9: none"),
        ("A1", "", "When:\n  - now"),
        ("", "actions", "A1 is fine"),
    ]


@pytest.mark.parametrize("said", ["2026 was bad", "14:22 is wrong", "[99] unknown", "#hashtag", "1. first"])
def test_what_only_looks_like_a_number_is_a_part_of_the_comment(said: str) -> None:
    assert found(after(written(), "place 2 impact", said)) == [("", "impact", said.removeprefix("1. "))]


@pytest.mark.parametrize("said", ["", "   ", "-", "n/a", "...", "---"])
def test_what_says_nothing_is_no_comment(said: str) -> None:
    assert found(after(written(), "place 2 impact", said)) == []


def test_signs_alone_are_a_comment() -> None:
    assert found(after(written(), "v3.2 is deployed", "👍")) == [("E1", "", "👍")]


@pytest.mark.parametrize(
    ("was", "now", "comment"),
    [
        (
            "The alert fires  [4]",
            "The SECOND alert fires [4]",
            ("E2", "", "instead of “14:22 The alert fires”: “14:22 The SECOND alert fires”"),
        ),
        (
            "Checkout failed for 40 minutes.",
            "Checkout failed for 41 minutes.",
            ("", "summary", "instead of “… failed for 40 minutes.”: “… failed for 41 minutes.”"),
        ),
        (
            "- The rollback took two minutes [8]",
            "- The rollback took two minutes [8] Who did it?",
            ("L1", "", "Who did it?"),
        ),
        ("The alert fires  [4] |", "The alert fires | Which? |", ("E2", "", "Which?")),
        ("Checkout failed for 40 minutes.", "Checkout failed for 40 minutes. Or 41.", ("", "summary", "Or 41.")),
    ],
)
def test_a_line_that_was_written_anew_is_a_comment_on_it_with_what_is_other(was: str, now: str, comment: Where) -> None:
    assert found(written().replace(was, now)) == [comment]
    assert read(as_quoted(written()).replace(was, now)).remarks[0].text == comment[2]


def test_a_line_that_was_written_anew_swallows_no_comment_and_is_swallowed_by_none() -> None:
    text = written().replace("| The alert fires  [4]", "| The SECOND alert fires [4]")
    text = after(after(text, "v3.2 is deployed", "By whom?"), "SECOND alert", "I saw two.")
    assert found(text) == [
        ("E1", "", "By whom?"),
        ("E2", "", "instead of “14:22 The alert fires”: “14:22 The SECOND alert fires”"),
        ("E2", "", "I saw two."),
    ]


ROWS = [at for at, line in enumerate(FORM.split("\n")) if line.startswith("|")]


@pytest.mark.parametrize("change", [str, as_quoted, lambda text: re.sub(" +", " ", text)])
@pytest.mark.parametrize("said", ["Which?", "\nWhich?\n", "[8] Which?", "| Which? | |"])
def test_no_row_becomes_a_comment_when_somebody_writes_between_rows(change: Callable[[str], str], said: str) -> None:
    for at in ROWS:
        lines = FORM.split("\n")
        lines.insert(at + 1, said)
        assert [each.text.strip("| ") for each in read(change("\n".join(lines))).remarks] == ["Which?"]


def test_a_row_that_is_quoted_once_more_is_no_comment() -> None:
    row = next(line for line in FORM.split("\n") if "The alert fires" in line)
    assert found(after(FORM, "place 1 summary", f"{row}\nWhich?")) == [("E2", "", "Which?")]


def test_a_broken_line_that_begins_like_another_is_no_comment() -> None:
    session = edits.change(example(), "L1", text="Staging has no production load, and that was known for a long time")
    text = written(session)
    assert read(text.replace("load, and", "load\n> , and").replace("> ,", ">"), text).is_empty


EDITED = after(
    after(
        after(written(), "The alert fires", "Which alert fires,\nand where?"), "place 9 lessons", "- Good.\n- Really!"
    ),
    "place 12",
    "One\n\ntwo",
)
SAID = [
    ("E2", "", "Which alert fires,\nand where?"),
    ("", "lessons", "Good."),
    ("", "lessons", "Really!"),
    ("", "", "One\n\ntwo"),
]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"\ufeff{text}",
        as_quoted,
        lambda text: as_quoted(as_quoted(text)),
        lambda text: text.replace("<!--", "<!–").replace("-->", "–>"),
        lambda text: re.sub(r"\[(\d+)\]", r"\\[\1\\]", text),
        lambda text: text.replace("**", "__").replace("- [ ]", "* [ ]"),
        lambda text: re.sub(" +", " ", text),
        lambda text: "\n".join(line.rstrip() for line in text.split("\n")),
        lambda text: re.sub(r"<!-- review:(?:numbers|end).*-->\n", "", text),
        lambda text: re.sub(r"<!-- review:place.*-->", "", text),
        lambda text: re.sub(r"(?m)^\S.*<!-- review:place", "<!-- review:place", text),
    ],
)
def test_editors_and_mail_programs_do_no_harm(change: Callable[[str], str]) -> None:
    assert found(change(EDITED)) == SAID


def test_sections_may_be_moved_and_left_out() -> None:
    parts = re.split(r"(?m)^(?=## )", EDITED)
    first, last = parts[0], parts[-1]
    moved = [first, *parts[-2:0:-1], last]
    assert sorted(found("".join(moved))) == sorted(SAID)
    without = "".join(part for part in parts if not part.startswith(("## Impact", "## Root")))
    assert found(without) == SAID


def test_the_answer_to_a_mail_is_read_between_the_lines() -> None:
    mail = as_wrapped(written())
    mail = after(mail, "| 14:22      | The alert", "Which one?")
    mail = after(mail, "About 4,000 people", "More like 5,000.")
    mail = f"Hi Bob,\n\nfine with me.\n\nOn Mon, 23 Nov 2026 at 11:00, Bob Lind\n<bob@example.com> wrote:\n{mail}"
    mail += "\n-- \nAlice\n"
    assert found(mail) == [
        ("", "", "Hi Bob,\n\nfine with me."),
        ("", "impact", "More like 5,000."),
        ("E2", "", "Which one?"),
    ]


def test_what_was_quoted_twice_is_read_once() -> None:
    twice = f"{EDITED}\n{as_quoted(EDITED)}"
    one, other = forms_in(twice, lambda _: Written(written(), True, True))
    assert [each.text for each in one.remarks] == [each.text for each in other.remarks]
    outcome = with_filled(example(), one, LATER)
    assert with_filled(outcome.session, other, LATER).session == outcome.session


_NOISE = st.text(st.sampled_from("abc \n-*#>[]|'\"é👍\u202e13:"), max_size=20)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 80), _NOISE, _NOISE), max_size=4), st.sampled_from([str, as_quoted]))
def test_nothing_is_lost_wherever_it_stands(said: list[tuple[int, str, str]], change: Callable[[str], str]) -> None:
    lines = FORM.split("\n")
    for number, (at, before, behind) in enumerate(said):
        lines.insert(min(at, len(lines)), f"{before} word{number}x {behind}")
    filled = read(change("\n".join(lines)))
    kept = " ".join((filled.name, *(each.text for each in filled.remarks)))
    assert [number for number in range(len(said)) if f"word{number}x" not in kept] == []


def test_ticked_boxes_approve_what_was_read() -> None:
    text = written().replace("- [ ] I approve the cust", "- [x] I approve the cust")
    assert read(text).approved == {IMPACT: digest(example(), IMPACT)}
    assert found(text) == []
    for tick in ("[X]", "[ x ]", "[✓]", "[yes]", "\\[x]"):
        assert [*read(text.replace("[x]", tick)).approved] == [IMPACT]
    for tick in ("[no]", "[]", "[-]"):
        assert not read(text.replace("[x]", tick)).approved
    assert [*read(as_wrapped(text.replace("- [x] I", "- [x]  I"))).approved] == [IMPACT]


def test_a_box_without_its_mark_is_taken_where_the_text_is_known() -> None:
    text = re.sub(r"<!-- review:approve.*", "", written().replace("[ ] I approve the cust", "[x] I approve the cust"))
    assert read(text).approved == {IMPACT: digest(example(), IMPACT)}
    (filled,) = forms_in(text, lambda _: Written(written(), False, False))
    assert not filled.approved
    assert [each.text for each in filled.remarks] == ["- [x] I approve the customer impact"]


def test_the_box_of_nothing_to_add() -> None:
    session = ask(example(), "Alice", Signed("Bo", NOW), ids())
    filled = read(written(session).replace("[ ] I have read", "[x] I have read"), written(session))
    outcome = with_filled(session, filled, LATER)
    assert [(each.answered, each.said) for each in outcome.session.review_requests] == [(LATER.at, "no remarks")]
    again = ask(outcome.session, "Alice", Signed("Bo", LATER.at), ids("AGAIN"))
    assert with_filled(again, filled, LATER).session == again


def filed(session: Session, text: str, *, is_same: bool = True) -> Outcome:
    (filled,) = forms_in(text, lambda head: Written(written(head=head), is_same, True))
    return with_filled(session, filled, LATER)


def test_reading_a_file_again_changes_nothing() -> None:
    text = EDITED.replace("[ ] I approve the cust", "[x] I approve the cust")
    session = ask(example(), "alice", Signed("Bo", NOW), ids())
    first = filed(session, text)
    assert (len(first.comments), first.approved, first.stale, first.name) == (4, (IMPACT,), (), "alice")
    assert {(each.by, each.at) for each in first.session.comments} == {("alice", LATER.at)}
    assert first.session.review_requests[0].answered == LATER.at
    for again in (text, as_quoted(text), text.replace("One\n\ntwo", "One\ntwo")):
        assert filed(first.session, again).session == first.session
    more = filed(first.session, after(text, "place 1 summary", "And this."))
    assert [each.text for each in more.session.comments[4:]] == ["And this."]


def test_an_approval_of_an_older_text_is_stale_at_once() -> None:
    changed = edits.set_field(example(), "impact.users", 5000)
    outcome = filed(changed, written().replace("[ ] I approve", "[x] I approve"))
    assert (outcome.approved, outcome.stale) == ((ACTIONS, IMPACT), (IMPACT,))
    assert standing(outcome.session, IMPACT) is Standing.STALE
    assert standing(outcome.session, ACTIONS) is Standing.GIVEN


def test_an_old_file_takes_no_later_approval_back() -> None:
    text = written().replace("[ ] I approve the cust", "[x] I approve the cust")
    changed = edits.set_field(example(), "impact.users", 5000)
    later = approve(changed, IMPACT, Signed("Alice", LATER.at), ids())
    outcome = filed(later, text)
    assert (outcome.session, outcome.approved, outcome.later) == (later, (), (IMPACT,))
    earlier = approve(example(), IMPACT, Signed("Alice", NOW - timedelta(days=1)), ids())
    assert filed(earlier, text).approved == (IMPACT,)


def test_a_comment_on_what_is_gone_is_one_on_the_session() -> None:
    gone = edits.remove(example(), "E2")
    outcome = filed(gone, EDITED)
    assert len(outcome.unplaced) == 1
    comment = edits.find(outcome.session, outcome.unplaced[0])
    assert comment == outcome.session.comments[0]
    assert outcome.session.comments[0].text == (
        "on “14:22 The alert fires”, which is not there any more: Which alert fires,\nand where?"
    )
    assert filed(outcome.session, EDITED).session == outcome.session


def test_who_wrote_it_is_said_in_it_or_to_the_command() -> None:
    assert filed(example(), EDITED.replace("--> alice", "--> @Alice Berg")).name == "Alice Berg"
    assert filed(example(), EDITED.replace("--> alice", "-->\n\nCarol")).name == "Carol"
    nobody = written(head=replace(HEAD, name=""))
    text = after(nobody, "place 1 summary", "x y")
    with pytest.raises(UnsignedError, match="nobody says whose"):
        with_filled(example(), read(text, nobody), Signed("", NOW))
    assert with_filled(example(), read(text, nobody), ALICE).name == "Alice"


def test_an_older_text_that_nobody_has_any_more_is_still_read() -> None:
    old = replace(example(), summary="An older summary\n\nof two paragraphs.", title="Another title")
    text = after(review_form(old, HEAD), "The alert fires", "Which?")
    text = after(after(text, "place 1 summary", "Shorter.\nPlease."), "place 5 timeline", "[4] When?")
    (filled,) = forms_in(text, lambda _: Written(written(), False, False))
    assert [(each.about, each.place, each.text) for each in filled.remarks] == [
        ("", "summary", "Shorter.\nPlease."),
        ("E2", "", "When?"),
    ]
    unsure = [text.split("\n")[number - 1] for number in filled.unsure]
    assert unsure == ["# Another title", "An older summary", "of two paragraphs.", "Which?"]
    (quoted,) = forms_in(
        after(as_quoted(review_form(old, HEAD)), "The alert fires", "Which?"),
        lambda _: Written(written(), False, False),
    )
    assert [(each.about, each.text) for each in quoted.remarks] == [("E2", "Which?")]


def test_numbers_of_an_older_text_are_those_of_its_file() -> None:
    old = edits.remove(example(), "E1")
    text = after(after(review_form(old, HEAD), "place 4 timeline", "[3] When?"), "place 4 timeline", "All?")
    (filled,) = forms_in(text, lambda _: Written(written(), False, False))
    assert [(each.about, each.place, each.text) for each in filled.remarks] == [
        ("", "timeline", "All?"),
        ("E2", "", "When?"),
    ]


HOSTILE = (
    "<!-- review:place 1 summary -->",
    "<!-- review:form X of=S2 made=2026-11-23T10:00:00+00:00 -->",
    "[3] x](javascript:alert(1))",
    "**Your name:** <!-- review:name --> mallory",
    "- [x] I approve the customer impact <!-- review:approve impact 00000000000000000000000000000000 -->",
    "\x1b]52;c;eA==\x07\x00E1\x00",
    "## Timeline",
    "[7]",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_session_says_is_nothing_that_a_reviewer_said(hostile: str) -> None:
    session = replace(example(), title=hostile, summary=f"{hostile}\n\n{hostile}")
    for item in ("E1", "F1", "L1", "A1"):
        session = edits.change(session, item, text=hostile)
    text = written(session)
    assert len(heads_in(text)) == 1
    assert read(text, text).is_empty
    filled = read(after(text, "comments on the incident summary", "Fine."), text)
    assert [(each.place, each.text) for each in filled.remarks] == [("summary", "Fine.")]


def test_a_name_in_any_script_comes_back() -> None:
    for name in ("Zoë Łukasz", "a=b -->", "李雷", "x" * 300):
        head = heads_in(written(head=replace(HEAD, name=name)))[0]
        assert name.startswith(head.name)
        assert head.name


def test_a_large_file_is_read_in_time() -> None:
    at = datetime(2026, 11, 15, 14, tzinfo=UTC)
    entry = example().timeline[0]
    entries = tuple(
        replace(
            entry,
            id=f"E{number}",
            rank=float(number),
            at=replace(entry.at, at=at + timedelta(seconds=number)),
            text=f"step {number}",
        )
        for number in range(3000)
    )
    text = written(replace(example(), timeline=entries))
    assert read(as_wrapped(text), text).is_empty
    assert len(read(after(text, "step 2999", "Which?"), text).remarks) == 1
