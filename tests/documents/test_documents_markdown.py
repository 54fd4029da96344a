"""The nine sections: what stands where, and nothing for what is empty."""

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from facilitator.documents.formats import render
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.session import (
    Action,
    ActionStatus,
    Detection,
    Entry,
    Factor,
    Impact,
    Lesson,
    LessonArea,
    Milestone,
    Parked,
    Participant,
    Question,
    Response,
    ReviewKind,
    Session,
)
from tests.documents.checkout_example import CHECKOUT
from tests.documents.reading import headings, items, part, read, tables

APPROVED = Path(__file__).parent / "approved"
EMPTY = Session(id="s", title="Checkout errors", created=datetime(2026, 11, 16, tzinfo=UTC))


def _with(**fields: object) -> Session:
    return msgspec.structs.replace(EMPTY, **fields)


def _document(**fields: object) -> str:
    return render(_with(**fields), "markdown")


def _at(
    day: int,
    hour: int,
    minute: int = 0,
    precision: Precision = Precision.MINUTE,
    approximation: Approximation = Approximation.EXACT,
) -> Moment:
    return Moment(datetime(2026, 11, day, hour, minute, tzinfo=UTC), "UTC", precision, approximation)


def _header(**fields: object) -> dict[str, str]:
    return dict(tables(_document(**fields))[0])


def test_the_checkout_incident_is_the_approved_document():
    assert render(CHECKOUT, "markdown") == (APPROVED / "checkout.md").read_text()


def test_the_sections_stand_in_the_order_of_the_template():
    sections = [heading for heading in headings(render(CHECKOUT, "markdown")) if heading.startswith(("# ", "## "))]
    assert sections == [
        "# Checkout errors after v3.2",
        "## Incident summary",
        "## Impact",
        "## Timeline",
        "## Root cause analysis",
        "## Detection",
        "## Response",
        "## Lessons learned",
        "## Action items",
        "## Open questions",
    ]


def test_a_title_alone_is_a_title_and_a_status():
    assert render(EMPTY, "markdown") == "# Checkout errors\n\n| Status | Draft |\n| ------ | ----- |\n"


def test_a_session_without_a_title_still_has_a_heading():
    assert headings(_document(title=" \x1b ")) == ["# Untitled postmortem"]


@pytest.mark.parametrize(
    ("fields", "when"),
    [
        ({"started": _at(15, 14), "resolved": _at(15, 14, 40)}, "2026-11-15, 14:00 to 14:40 UTC (40 min)"),
        ({"started": _at(15, 23), "resolved": _at(16, 1)}, "2026-11-15, 23:00 to 2026-11-16, 01:00 UTC (2 h)"),
        ({"started": _at(15, 14), "zone": "Asia/Kolkata"}, "from 2026-11-15, 19:30 Asia/Kolkata"),
        ({"started": _at(15, 14), "zone": "no such zone"}, "from 2026-11-15, 14:00 UTC"),
        ({"resolved": _at(15, 14)}, "until 2026-11-15, 14:00 UTC"),
        ({"started": _at(15, 14), "resolved": _at(15, 13)}, "2026-11-15, 14:00 to 13:00 UTC"),
        ({"started": _at(15, 0, precision=Precision.DAY)}, "from Nov 15, 2026"),
        (
            {"started": _at(15, 14, approximation=Approximation.BEFORE), "resolved": _at(15, 15)},
            "2026-11-15, before 14:00 to 15:00 UTC (about 1 h)",
        ),
        ({"timeline": (Entry(id="e", at=_at(15, 14), text="x"),)}, "2026-11-15"),
    ],
)
def test_the_header_says_when_it_happened(fields, when):
    assert _header(**fields)["When"] == when


def test_milestones_go_before_the_window_as_stated():
    entry = Entry(id="e", at=_at(15, 14, 5), text="x", milestones=(Milestone.START,))
    assert _header(started=_at(15, 14), timeline=(entry,))["When"] == "from 2026-11-15, 14:05 UTC"


def test_the_header_names_who_took_part():
    header = _header(
        review_kind=ReviewKind.NEAR_MISS,
        held=date(2026, 11, 17),
        authors=("Ann", "Ben"),
        participants=(Participant(id="1", text="Ann", role="on-call"), Participant(id="2", text="Ben")),
    )
    assert header == {
        "Status": "Draft",
        "Review of": "a near miss",
        "Postmortem held": "2026-11-17",
        "Authors": "Ann, Ben",
        "Participants": "Ann (on-call), Ben",
    }


@pytest.mark.parametrize(
    ("impact", "shown"),
    [
        (Impact(users=0), ["Users affected: 0"]),
        (Impact(users=1_234_567), ["Users affected: 1,234,567"]),
        (Impact(error_budget=12.5, sla_breached=True), ["Error budget consumed: 12.5%", "SLA breached: yes"]),
        (Impact(sla_breached=False), ["SLA breached: no"]),
        (Impact(error_budget=float("nan"), features=("",)), []),
        (Impact(prose="- literal"), ["- literal"]),
    ],
)
def test_impact_says_what_is_known(impact, shown):
    assert (
        read(part(_document(impact=impact), "## Impact")).texts == shown
        if shown
        else "Impact" not in _document(impact=impact)
    )


def test_the_timeline_shows_times_as_they_are_known_in_the_zone_of_the_session():
    timeline = (
        Entry(id="1", at=_at(15, 13, approximation=Approximation.BEFORE), text="a"),
        Entry(id="2", at=_at(15, 13, 30, approximation=Approximation.ABOUT), text="b"),
        Entry(id="3", at=_at(15, 13, 30), until=_at(15, 13, 35).at, text="c"),
        Entry(id="4", at=_at(15, 14, precision=Precision.HOUR), text="d"),
    )
    assert tables(_document(timeline=timeline, zone="Europe/Paris"))[1] == [
        ["Time (Europe/Paris)", "What happened"],
        ["before 14:00", "a"],
        ["~14:30", "b"],
        ["14:30-14:35", "c"],
        ["15:??", "d"],
    ]


def test_a_timeline_of_several_days_has_a_row_for_each():
    timeline = (
        Entry(id="1", at=_at(14, 0, precision=Precision.DAY), text="a"),
        Entry(id="2", at=_at(15, 23, 50), until=_at(16, 0, 10).at, text="b"),
        Entry(id="3", at=_at(16, 1), text="c"),
    )
    assert tables(_document(timeline=timeline))[1] == [
        ["Time (UTC)", "What happened"],
        ["2026-11-14", ""],
        ["Nov 14", "a"],
        ["2026-11-15", ""],
        ["23:50-Nov 16 00:10", "b"],
        ["2026-11-16", ""],
        ["01:00", "c"],
    ]


def test_the_day_is_shown_when_the_only_day_is_not_that_of_the_header():
    timeline = (Entry(id="1", at=_at(16, 1), text="c"),)
    assert tables(_document(timeline=timeline, started=_at(15, 23)))[1][1] == ["2026-11-16", ""]


def test_milestones_and_sources_have_columns_when_there_are_any():
    entry = Entry(
        id="1",
        at=_at(15, 14),
        text="up",
        milestones=(Milestone.RESOLVED, Milestone.MITIGATED),
        source="#inc",
        links=("https://example.com/x", "javascript:x"),
    )
    document = _document(timeline=(entry,))
    assert tables(document)[1][1] == ["14:00", "up", "mitigated, resolved", "#inc, example.com/x, javascript:x"]
    assert read(document).links == ["https://example.com/x"]


def test_factors_and_actions_name_each_other():
    factors = (
        Factor(id="f1", text="one", category="code"),
        Factor(id="f2", text="luck", mitigator=True),
        Factor(id="f3", text="two", root_cause=True),
    )
    actions = (
        Action(id="a1", text="do", factors=("f3", "f1", "f3", "nowhere")),
        Action(id="a2", text="keep", factors=("f2",)),
        Action(id="a3", text="not", factors=("f1",), status=ActionStatus.WONT_DO, note="too late"),
    )
    document = _document(factors=factors, actions=actions)

    assert tables(document)[1:] == [
        [
            ["#", "Contributing factor", "Category", "Actions"],
            ["F1", "one", "code", "A1, A3 (won't do)"],
            ["F2", "two", "", "A1"],
        ],
        [["#", "Action", "Status", "Addresses"], ["A1", "do", "open", "F2, F1"], ["A2", "keep", "open", "M1"]],
    ]
    assert part(document, "### What kept it from being worse") == "- luck *(M1, addressed by A2)*"
    assert part(document, "### Root cause") == "two *(F2)*"
    assert read(part(document, "### Decided not to do")).texts == ["not (A3, addresses F1)\nReason: too late"]


def test_actions_have_no_numbers_when_nothing_refers_to_them():
    action = Action(id="a", text="do", owner="alice", due=date(2026, 11, 22), ticket="ENG-1")
    assert tables(_document(actions=(action,)))[1] == [
        ["Action", "Owner", "Due", "Ticket", "Status"],
        ["do", "@alice", "2026-11-22", "ENG-1", "open"],
    ]


def test_several_root_causes_are_a_list():
    factors = (Factor(id="1", text="one", root_cause=True), Factor(id="2", text="two", root_cause=True))
    assert items(part(_document(factors=factors), "### Root causes")) == [(1, "one (F1)"), (1, "two (F2)")]


def test_metrics_are_given_with_their_times_or_the_reason_why_not():
    timeline = (
        Entry(id="1", at=_at(15, 14), text="a", milestones=(Milestone.START,)),
        Entry(
            id="2", at=_at(15, 14, 22, approximation=Approximation.ABOUT), text="b", milestones=(Milestone.DETECTED,)
        ),
    )
    assert read(part(_document(timeline=timeline), "## Detection")).texts == [
        "Time to detect (MTTD): about 22 min (14:00 to ~14:22)",
        "Not measured: MTTA (no entry is marked acknowledged), MTTR (no entry is marked resolved).",
    ]


def test_a_timeline_without_milestones_says_nothing_about_metrics():
    document = _document(timeline=(Entry(id="1", at=_at(15, 14), text="a"),))
    assert headings(document) == ["# Checkout errors", "## Timeline"]


def test_prose_in_a_list_keeps_its_paragraphs():
    detection = Detection(appropriate=False, faster="first\nline\n\nsecond")
    page = read(part(_document(detection=detection, response=Response(runbooks="a\n\nb")), "## Detection"))
    assert page.texts == [
        "Was that the right way to find out? no",
        "What would have been faster? first\nline",
        "second",
    ]
    assert page.skeleton.count("list_item_open li") == 2


def test_lessons_say_their_area():
    lessons = (Lesson(id="1", text="x", area=LessonArea.TOOLING), Lesson(id="2", text="y"))
    document = _document(lessons=lessons)
    assert part(document, "### What went well") == "- *Tooling:* x\n- y"
    assert "### What went wrong" not in document


def test_questions_are_published_and_the_parking_lot_is_not():
    document = _document(
        questions=(Question(id="1", text="Who?", owner="ann"), Question(id="2", text="How?", answer="So.")),
        parking_lot=(Parked(id="3", text="rewrite it all"),),
    )
    assert read(part(document, "## Open questions")).texts == ["Who? (@ann)", "How?\nAnswer: So."]
    assert "rewrite" not in document


def test_five_thousand_entries_are_five_thousand_rows():
    timeline = tuple(Entry(id=f"{number}", at=_at(15, 14), text=f"entry {number}") for number in range(5_000))
    document = _document(timeline=timeline)
    assert document.count("| 14:00 ") == 5_000
    assert document.endswith("| 14:00      | entry 4999    |\n")


def test_what_became_of_actions_has_columns_of_its_own() -> None:
    done = Action(id="A1", text="do", status=ActionStatus.DONE, done=date(2026, 11, 20), effect="yes,\nno | page")
    document = _document(actions=(done, Action(id="A2", text="keep", done=date(2026, 1, 1))))
    assert tables(document)[-1] == [
        ["Action", "Status", "Done on", "Did it work?"],
        ["do", "done", "2026-11-20", "yes, no | page"],
        ["keep", "open", "", ""],
    ]
