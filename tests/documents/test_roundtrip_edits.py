"""What people and their editors do to a document, and what is read of it."""

import base64
import re
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from facilitator.documents.formats import render
from facilitator.documents.pictures.figures import linked
from facilitator.documents.roundtrip.carried import carried, digest
from facilitator.documents.roundtrip.merging import merged, merged_without_base
from facilitator.documents.roundtrip.reading import Outcome, opened, read
from facilitator.documents.roundtrip.writing import round_trip
from facilitator.model import edits
from facilitator.model.changes import diff
from facilitator.model.meeting_items import Account, Note
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.private import published
from facilitator.model.session import (
    Action,
    ActionStatus,
    BranchEnd,
    Confidence,
    Entry,
    Factor,
    Join,
    Lesson,
    LessonKind,
    Milestone,
    Parked,
    Question,
    ResponseNote,
    Session,
    Severity,
    Why,
)
from facilitator.store.store import Store
from tests.documents.checkout_example import CHECKOUT

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DOCUMENT = round_trip(CHECKOUT)
SESSIONS = Path(__file__).parents[2] / "sessions"


def line(beginning: str, text: str = DOCUMENT) -> str:
    """Return the one line of a document with these words."""
    (found,) = (each for each in text.split("\n") if beginning in each and "<!--" in each and "*Evidence" not in each)
    return found


def edit(*changes: tuple[str, str], text: str = DOCUMENT) -> Outcome:
    """Read a document in which words were replaced, each of which is there."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read(text, NOW)


def only(outcome: Outcome, wanted: Session) -> None:
    """Check that a document brought just this."""
    assert outcome.left == ()
    assert outcome.session == wanted


@pytest.mark.parametrize("file", sorted(SESSIONS.glob("*.json")), ids=lambda file: file.stem[:10])
def test_worked_examples_come_back(file: Path) -> None:
    session = Store(SESSIONS).open(Store(SESSIONS).resolve(file.stem)).session
    for text in (round_trip(session), round_trip(session, linked("pictures"))):
        only(read(text, NOW), published(session))


def test_without_its_comments_a_document_is_the_usual_one() -> None:
    text = DOCUMENT.replace(carried(published(CHECKOUT)), "")
    assert re.sub(r" <!-- \w+ -->", "", text).strip() == render(CHECKOUT, "markdown").strip()


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: re.sub(r"(?<!\\)$", "   ", text, flags=re.MULTILINE),
        lambda text: re.sub(r" +\|", " |", text),
        lambda text: text.replace("*(", "_(").replace(")*", ")_").replace("*Evidence:*", "_Evidence:_"),
        lambda text: text.replace("'", "’").replace(' "', " “").replace('"', "”"),
        lambda text: re.sub(r" (<!-- [\w-]+ -->)", r"\n\1", text),
        lambda text: re.sub(r"<!-- (\w+) -->", r"<!--\1-->", text),
        lambda text: text.replace("\n- ", "\n* "),
        lambda text: re.sub(r"```mermaid.*?```\n", "", text, flags=re.DOTALL),
        lambda text: f"\ufeff{text}\n\n",
        lambda text: re.sub(r"^#", "##", text, flags=re.MULTILINE),
        lambda text: re.sub(r"\n(\| (?:14:32|A2|F3) )", r"\n\n\1", text),
    ],
    ids=(
        "crlf",
        "spaces",
        "tables",
        "emphasis",
        "quotes",
        "wrapped",
        "tight",
        "bullets",
        "no-diagrams",
        "mark",
        "deeper",
        "parted",
    ),
)
def test_what_only_looks_different_is_no_change(rewritten: Callable[[str], str]) -> None:
    head, tail = DOCUMENT.split("<!-- round-trip", 1)
    only(read(f"{rewritten(head)}<!-- round-trip{tail}", NOW), CHECKOUT)


def test_facts_at_the_top_and_prose() -> None:
    outcome = edit(
        ("| SEV2 ", "| sev1 "),
        ("| In review ", "| Final "),
        ("- **Users affected:** ", "- **Users affected:** 1"),
        (CHECKOUT.summary.split()[0], "Indeed, *checkout* [broke](https://example.com/x).\n\nIt"),
    )
    session = outcome.session
    assert (session.severity, str(session.status)) == (Severity.SEV1, "final")
    assert session.impact.users == int(f"1{CHECKOUT.impact.users}")
    assert session.summary.startswith("Indeed, checkout broke (https://example.com/x).\n\nIt ")
    assert outcome.left == ()


def test_people_who_come_go_and_change_their_role() -> None:
    assert "Alice (incident commander), Bob (on-call), Dana" in DOCUMENT
    outcome = edit(
        ("Alice (incident commander), Bob (on-call), Dana", "Dana (scribe, and more), Alice (incident commander), Eve"),
    )
    people = outcome.session.participants
    assert [(each.text, each.role) for each in people] == [
        ("Dana", "scribe, and more"),
        ("Alice", "incident commander"),
        ("Eve", ""),
    ]
    assert [each.id for each in people][:2] == ["p3", "p1"]
    assert outcome.left == ()


def test_an_entry_at_another_time_of_another_kind() -> None:
    row = line("Burn rate alert")
    outcome = edit((row, row.replace("14:22 ", "~14:25-14:30 ").replace("detected", "detected, declared")))
    entry = edits.get(outcome.session, Entry, "e2")
    assert (entry.at.at, entry.until) == tuple(datetime(2026, 11, 15, 14, each, tzinfo=UTC) for each in (25, 30))
    assert entry.at.approximation is Approximation.ABOUT
    assert entry.milestones == (Milestone.DETECTED, Milestone.DECLARED)
    assert edits.get(outcome.session, Entry, "e4").milestones == ()
    assert entry.links == edits.get(CHECKOUT, Entry, "e2").links
    assert outcome.left == ()


def test_rows_that_were_added_deleted_copied_and_swapped() -> None:
    lost, copied = line("On-call acknowledges"), line("Rollback decision made")
    outcome = edit(
        (f"{lost}\n", "| 14:23 | A second page goes out | | pager, https://pager.example.com/2 |\n"),
        (copied, copied + "\n" + copied.replace("Rollback decision made", "Rollback command looked up")),
    )
    said = [entry.text for entry in outcome.session.timeline]
    assert said == [
        *(CHECKOUT.timeline[0].text, CHECKOUT.timeline[1].text, "A second page goes out"),
        "SEV2 declared, incident channel opened",
        CHECKOUT.timeline[4].text,
        *("Rollback decision made", "Rollback command looked up", "Rollback initiated", "Rollback complete"),
        "Error rate at baseline, resolved",
    ]
    new = outcome.session.timeline[2]
    assert (new.source, new.links) == ("pager", ("https://pager.example.com/2",))
    assert edits.get(outcome.session, Entry, "e6").text == "Rollback decision made"
    assert len({entry.id for entry in outcome.session.timeline}) == 10
    assert outcome.left == ()
    assert (
        read(DOCUMENT.replace(f"{lost}\n", "| 14:23 | A page | | |\n"), NOW).session
        == read(DOCUMENT.replace(f"{lost}\n", "| 14:23 | A page | | |\n"), NOW + timedelta(days=1)).session
    )


def test_a_row_that_lost_its_comment_is_still_that_item() -> None:
    row = line("Burn rate alert")
    bare = re.sub(r" <!-- e2 -->", "", row)
    only(edit((row, bare)), CHECKOUT)
    outcome = edit((row, bare.replace("alert fires", "alert fires at last")))
    assert edits.get(outcome.session, Entry, "e2").text == "Burn rate alert fires at last (checkout error rate 3x SLO)"
    everything = re.sub(r" <!-- \w+ -->", "", DOCUMENT)
    only(read(everything, NOW), CHECKOUT)


def test_lists_in_another_order() -> None:
    first, second = line("22 minutes went by"), line("Contracts between services live")
    outcome = edit((first, "HERE"), (second, first), ("HERE", second))
    wrong = [each.id for each in outcome.session.lessons if each.kind is LessonKind.WRONG]
    assert wrong == ["l3", "l2"]
    assert {each.text for each in CHECKOUT.lessons} == {each.text for each in outcome.session.lessons}


def test_an_item_that_moved_below_another_heading() -> None:
    lesson, action = line("It was a Sunday"), line("Add deployment smoke test")
    outcome = edit(
        (f"{lesson}\n", ""),
        (line("Rollback took 2 minutes"), f"{line('Rollback took 2 minutes')}\n{lesson}"),
        (f"{action}\n", ""),
        (
            line("Freeze deployments"),
            f"- Add deployment smoke test <!-- a2 -->\\\n  **Reason:** Too slow\n{line('Freeze')}",
        ),
    )
    assert edits.get(outcome.session, Lesson, "l4").kind is LessonKind.WELL
    moved = edits.get(outcome.session, Action, "a2")
    assert (moved.status, moved.note, moved.owner) == (ActionStatus.WONT_DO, "Too slow", "bob")


def test_actions_factors_and_questions() -> None:
    action, factor, question = line("Document payment method lifecycle"), line("No test exercised"), line("Which other")
    outcome = edit(
        (action, action.replace("@dana", "@erin ").replace("F3", "F3, F2")),
        (factor, factor.replace("testing", "process")),
        (question, question.replace("(@dana)", "(@bob)").replace(" <!--", " \\\n  **Answer:** None. <!--")),
        (
            line("No process requires", DOCUMENT.split("### Root cause")[0]),
            line("No process requires", DOCUMENT.split("### Root cause")[0])
            + "\n| F9 | Nobody had time | organisation | | |",
        ),
    )
    assert edits.get(outcome.session, Action, "a4").owner == "erin"
    assert edits.get(outcome.session, Action, "a4").factors == ("f3", "f2", "f4")
    assert edits.get(outcome.session, Factor, "f2").category == "process"
    assert edits.get(outcome.session, Question, "q1").owner == "bob"
    assert edits.get(outcome.session, Question, "q1").answer == "None."
    assert [(each.text, each.category) for each in outcome.session.factors if each.id.startswith("M")] == [
        ("Nobody had time", "organisation")
    ]


def test_a_root_cause_is_chosen_in_its_own_section() -> None:
    section = DOCUMENT.split("### Root cause\n")[1].split("\n## ")[0]
    other = "- The payment method lifecycle was not documented *(F3)*\n- It was nobody's job"
    session = edit((section, f"\n{other}\n")).session
    assert [each.text for each in session.factors if each.root_cause] == [
        "The payment method lifecycle was not documented",
        "It was nobody's job",
    ]
    renamed = edit((section, section.replace("No process requires", "No rule requires"))).session
    assert edits.get(renamed, Factor, "f4").text.startswith("No rule requires")


def test_answers_are_added_deleted_and_hung_elsewhere() -> None:
    fifth = line("There is no process requiring")
    session = edit((fifth, f"{fifth}\n6. **Why?** Nobody had asked for one *(possible)*")).session
    new = session.whys[-1]
    assert (new.text, new.parent, new.confidence) == ("Nobody had asked for one", "w5", Confidence.POSSIBLE)
    assert edit((f"{line('Nothing told the authors')}\n", "")).session.whys[3].parent == "w2"
    branched = edit((fifth, f"5. **Why?** All of these together:\n   - {fifth[11:]}\n   - Nobody asked")).session
    assert edits.get(branched, Why, "w4").join is Join.AND
    assert [each.parent for each in branched.whys if each.text == "Nobody asked"] == ["w4"]
    assert edits.get(branched, Why, "w5").end is BranchEnd.ACTIONABLE


def test_what_has_no_place_is_told_and_kept() -> None:
    row = line("Burn rate alert")
    outcome = edit(
        (row, row.replace("14:22 ", "around lunch ")),
        ("## Detection", "## What customers said\n\nNot *much*.\n\n## Detection"),
        (
            "## Lessons learned",
            "## Lessons learned\n\n[status]: https://status.example.com\n\n<!-- is this enough? -->",
        ),
        ("- **Time to detect (MTTD):** 22 min", "- **Time to detect (MTTD):** 20 min"),
        (line("Rollback initiated"), line("Rollback initiated") + "\n| soon | Coffee | | |"),
    )
    words = "\n".join(each.text for each in outcome.session.comments)
    for said in ("around lunch", "What customers said", "Not much.", "https://status.example.com", "is this enough?"):
        assert said in words
    for said in ("20 min", "soon Coffee"):
        assert said in words
    assert len(outcome.left) == len(outcome.session.comments) == 6
    assert outcome.session.comments[0].about == "e2"
    assert outcome.session.comments[0].at == NOW
    assert msgspec.structs.replace(outcome.session, comments=()) == CHECKOUT


def test_where_a_paragraph_ends_is_what_somebody_wrote() -> None:
    (first, rest) = CHECKOUT.summary.split(" ", 1)
    assert edit((first + " ", first + "\n")).session == CHECKOUT
    assert edit((first + " ", first + "\n\n")).session.summary == f"{first}\n\n{rest}"


@pytest.mark.parametrize(
    "hidden",
    [
        lambda row: f"> look\n{row}",
        lambda row: f"    {row}",
        lambda row: f"```\n{row}",
        lambda row: f"\n## Later\n\n{row}",
    ],
    ids=["quotation", "indented", "fence", "own section"],
)
def test_what_is_there_and_cannot_be_read_is_not_deleted(hidden: Callable[[str], str]) -> None:
    row = line("Rollback initiated")
    outcome = edit((row, hidden(row)))
    assert msgspec.structs.replace(outcome.session, comments=()) == CHECKOUT
    assert any("cannot be read" in each and "timeline" in each for each in outcome.notes)
    assert "Rollback initiated" in outcome.session.comments[0].text


def test_of_two_lines_that_became_one_the_second_is_gone() -> None:
    notes = (ResponseNote(id="r1", rank=1.0, text="Paged at once"), ResponseNote(id="r2", rank=2.0, text="All came"))
    text = round_trip(msgspec.structs.replace(CHECKOUT, response_notes=notes))
    (note,) = edit((" <!-- r1 -->\n- ", " <!-- r1 --> and "), text=text).session.response_notes
    assert (note.id, note.text) == ("r1", "Paged at once and All came")


def test_without_a_title_the_title_stays_and_nothing_is_kept_of_nothing() -> None:
    outcome = edit((f"# {CHECKOUT.title}\n", ""))
    only(outcome, CHECKOUT)
    assert outcome.notes == ("title: it cannot be empty: a session needs a title; it stays as it was",)


@pytest.mark.parametrize("words", ["<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x", "<<<<<<< HEAD", "||||||| x", ">>>>>>>"])
def test_words_that_look_like_a_conflict_are_words(words: str) -> None:
    session = msgspec.structs.replace(CHECKOUT, summary=words)
    only(read(round_trip(session), NOW), session)


def test_a_heading_underlined_by_seven_signs_is_a_heading() -> None:
    only(edit((f"# {CHECKOUT.title}\n", "Outages\n=======\n")), msgspec.structs.replace(CHECKOUT, title="Outages"))


def test_a_heading_of_another_name_in_the_same_place_is_that_section() -> None:
    outcome = edit(("## Incident summary", "## In short"))
    only(outcome, CHECKOUT)
    assert outcome.notes == ("the heading 'In short' was read as 'Incident summary'",)


def test_a_column_that_is_gone_empties_nothing() -> None:
    table = DOCUMENT.split("## Action items\n\n")[1].split("\n\n")[0]
    cut = "\n".join(" | ".join(each.split(" | ")[:2] + each.split(" | ")[3:]) for each in table.split("\n"))
    outcome = edit((table, cut))
    only(outcome, CHECKOUT)
    assert outcome.notes == ("a column is missing, so nothing that stood there was changed: owner",)


def test_a_pipe_that_nobody_escaped_costs_no_word() -> None:
    row = line("On-call acknowledges")
    session = edit((row, row.replace("On-call acknowledges", "cat log | grep -c x"))).session
    assert edits.get(session, Entry, "e3").text == "cat log | grep -c x"
    assert edits.get(session, Entry, "e3").milestones == (Milestone.ACKNOWLEDGED,)


def test_a_table_that_became_html_deletes_nothing() -> None:
    table = DOCUMENT.split("## Timeline\n\n")[1].split("\n\n")[0]
    outcome = edit((table, "<table><tr><td>14:00</td><td>v3.2 deployed</td></tr></table>"))
    assert outcome.session.timeline == CHECKOUT.timeline
    assert any("HTML" in each for each in outcome.notes)


def test_marks_in_the_words_of_people_are_words() -> None:
    base = edits.change(CHECKOUT, "l1", text="done <!-- l2 --> --> <!-- round-trip:session 1 x 0123456789abcdef -->")
    only(read(round_trip(base), NOW), base)


def test_what_is_private_is_in_no_document() -> None:
    secret = "the-secret-word"
    session = msgspec.structs.replace(
        CHECKOUT,
        notes=(Note(id="n1", text=secret),),
        accounts=(Account(id="c1", entry="e2", seen=secret, private=True),),
    )
    text = round_trip(session)
    packed = re.search(r"\{([^{}]+)\}\n-->$", text.strip())
    assert packed is not None
    assert secret not in text
    assert secret.encode() not in zlib.decompress(base64.b64decode("".join(packed[1].split())))
    assert merged(opened(text), published(session), session, NOW).session == session


def test_an_entry_of_which_something_is_told_in_private_is_kept() -> None:
    session = msgspec.structs.replace(CHECKOUT, accounts=(Account(id="c1", entry="e3", seen="red", private=True),))
    text = round_trip(session).replace(f"{line('On-call acknowledges')}\n", "")
    kept = merged(opened(text), published(session), session, NOW).session
    assert edits.find(kept, "e3") is not None
    assert edits.find(read(text, NOW).session, "e3") is None


def test_others_go_on_meanwhile() -> None:
    text = DOCUMENT.replace("Rollback took 2 minutes", "Rolling back took 2 minutes")
    text = text.replace(f"{line('It was a Sunday')}\n", "")
    now = edits.change(CHECKOUT, "l2", text="22 minutes went by in silence")
    now = edits.add(now, Parked(id="k9", text="Later"))
    found = merged(opened(text), CHECKOUT, now, NOW).session
    assert [each.text for each in found.lessons] == [
        "Rolling back took 2 minutes",
        "22 minutes went by in silence",
        CHECKOUT.lessons[2].text,
    ]
    assert edits.find(found, "k9") is not None
    both = edits.change(CHECKOUT, "l1", text="It took two minutes to roll back, by hand")
    (conflict,) = merged(opened(text), CHECKOUT, both, NOW).session.conflicts
    assert (conflict.about, conflict.field, conflict.other) == ("l1", "text", "Rolling back took 2 minutes")


def test_reading_again_brings_nothing_that_was_changed_since() -> None:
    text = DOCUMENT.replace("Rollback took 2 minutes", "Rolling back took 2 minutes")
    text = text.replace(line("Rollback decision made"), f"{line('Rollback decision made')}\n| 14:33 | Coffee | | |")
    once = merged(opened(text), CHECKOUT, CHECKOUT, NOW).session
    (coffee,) = (each.id for each in once.timeline if each.text == "Coffee")
    later = edits.change(edits.change(once, "l1", text="Two minutes"), coffee, text="Tea")
    assert merged(opened(text), CHECKOUT, later, NOW, [diff(CHECKOUT, once)]).session == later


def test_without_its_state_a_document_deletes_nothing() -> None:
    damaged = DOCUMENT.replace("{\n", "{\nAAAA", 1).replace(f"{line('It was a Sunday')}\n", "")
    damaged = damaged.replace("Rollback took 2 minutes", "Rolling back took 2 minutes")
    document = opened(damaged)
    assert document.carried.session is None
    assert document.carried.id == CHECKOUT.id
    assert document.carried.digest == digest(CHECKOUT)
    now = edits.change(CHECKOUT, "l2", text="Changed since")
    past = {"l1": (edits.get(CHECKOUT, Lesson, "l1"),), "l2": (edits.get(CHECKOUT, Lesson, "l2"),)}
    session = merged_without_base(document, now, NOW, past, (CHECKOUT,)).session
    assert [each.text for each in session.lessons] == [
        "Rolling back took 2 minutes",
        "Changed since",
        *(each.text for each in CHECKOUT.lessons[2:]),
    ]
    assert session.conflicts == ()


def test_a_document_with_very_much_that_has_no_place_is_read() -> None:
    junk = "| a | <!-- e1 --> <!-- --> **x** \\| [y](z) |\n" * 1_000
    outcome = read(DOCUMENT.replace("## Impact", f"{junk}\n## Impact"), NOW)
    assert outcome.session.timeline == CHECKOUT.timeline
    assert "x | y (z)" in outcome.session.summary + "".join(each.text for each in outcome.session.comments)


def test_precision_and_days_are_kept() -> None:
    at = datetime(2026, 11, 15, 14, tzinfo=UTC)
    base = Session(
        id="S",
        title="x",
        created=NOW,
        zone="Europe/Paris",
        timeline=(
            Entry(id="E1", rank=1.0, at=Moment(at, "PST", Precision.HOUR), text="one", origins=("slack:1",)),
            Entry(id="E2", rank=2.0, at=Moment(at + timedelta(days=1, seconds=7), "UTC", Precision.SECOND), text="two"),
        ),
        actions=(Action(id="A1", rank=1.0, text="do", due=date(2026, 12, 1)),),
        response_notes=(ResponseNote(id="R1", rank=1.0, text="note"),),
    )
    text = round_trip(base)
    only(read(text, NOW), base)
    second = line("| two", text)
    moved = read(text.replace(second, second.replace("15:00:07", "15:02:07")), NOW).session.timeline[1]
    assert moved.at.at == at + timedelta(days=1, minutes=2, seconds=7)
    first = line("| one", text)
    elsewhere = text.replace(f"{first}\n", "").replace(second, f"{second}\n{first}")
    assert read(elsewhere, NOW).session.timeline[-1].at.at.date() == date(2026, 11, 16)
