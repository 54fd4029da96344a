"""The sessions that ship with the project: whole, finished where they say so, and worth opening first."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from facilitator.documents.formats import render
from facilitator.model import edits, links, metrics, moments, phases, text
from facilitator.model.item import Item
from facilitator.model.private import NEVER_PUBLISHED
from facilitator.model.session import (
    ActionStatus,
    Entry,
    Factor,
    Join,
    LessonKind,
    Milestone,
    ReviewKind,
    Session,
    Status,
    Why,
)
from facilitator.store import naming
from facilitator.store.locate import is_store
from facilitator.store.store import Store
from facilitator.store.summaries import Summary

FOLDER = Path(__file__).parents[2] / "sessions"
STEMS = (
    "2017-01-31-gitlab-database-incident-with-six-failed-safeguards",
    "2026-10-13-database-primary-out-of-memory",
    "2026-11-15-checkout-errors-after-v3-2",
    "2026-11-18-wildcard-certificate-nine-hours-from-expiry",
)
GITLAB, MEMORY, CHECKOUT, NEAR_MISS = STEMS


def read(stem: str, cache: Path) -> Session:
    store = Store(FOLDER, cache=cache)
    return store.open(store.resolve(stem)).session


@pytest.fixture(params=STEMS)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Session:
    return read(request.param, tmp_path)


def spans(session: Session) -> list[timedelta]:
    measured = [metrics.measure(session, metric) for metric in metrics.Metric]
    return [each.span for each in measured if isinstance(each, metrics.Measured)]


OF_MEETINGS = {"accounts", "meetings", "boxes", "switches", "surveys", "notes"}
"""What a session has when it is used in a meeting; the examples are documents."""


def lists(session: Session) -> list[tuple[Item, ...]]:
    return [
        getattr(session, name)
        for name in edits.LISTS.values()
        if name not in {*NEVER_PUBLISHED, "approvals", "versions", "precedents", "conflicts", *OF_MEETINGS}
    ]


def why_depths(session: Session) -> list[int]:
    parents = {why.id: why.parent for why in session.whys}

    def depth(why_id: str) -> int:
        above = parents[why_id]
        return 0 if above is None else depth(above) + 1

    return [depth(why.id) for why in session.whys]


def minutes(*numbers: int) -> list[timedelta]:
    return [timedelta(minutes=number) for number in numbers]


def test_every_file_of_the_store_opens_and_can_be_saved(tmp_path: Path) -> None:
    assert is_store(FOLDER)
    store = Store(FOLDER, cache=tmp_path)
    found = store.summaries()
    assert [each for each in found if not isinstance(each, Summary)] == []
    opened = [store.open(each.id) for each in found if isinstance(each, Summary)]
    assert [each.read_only for each in opened] == [""] * len(STEMS)
    assert sorted(each.path.stem for each in opened) == list(STEMS)
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == list(STEMS)


def test_a_file_is_named_for_its_day_and_title(tmp_path: Path) -> None:
    assert [naming.stem(read(stem, tmp_path)) for stem in STEMS] == list(STEMS)


def test_a_file_is_what_the_store_writes_for_its_session(session: Session, tmp_path: Path) -> None:
    copy = Store(tmp_path / "copy", cache=tmp_path).create(session).path
    assert copy.read_bytes() == (FOLDER / copy.name).read_bytes()


def test_every_link_leads_to_an_item_of_the_right_kind(session: Session) -> None:
    targets: dict[type[Item], list[str]] = {
        Entry: [link for why in session.whys for link in why.evidence]
        + [link for factor in session.factors for link in factor.evidence],
        Why: [link for factor in session.factors for link in factor.whys]
        + [why.parent for why in session.whys if why.parent is not None],
        Factor: [link for action in session.actions for link in action.factors],
    }
    for kind, ids in targets.items():
        assert ids
        assert set(ids) <= {item.id for item in edits.items(session, kind)}


def test_no_item_stands_alone(session: Session) -> None:
    for factor in session.factors:
        assert factor.whys or factor.evidence or factor.mitigator, factor.text
        assert factor.category, factor.text
    for action in session.actions:
        assert action.factors, action.text
    assert all(why.parent or edits.children(session, why.id) for why in session.whys)


def test_lists_are_in_reading_order_with_unique_ids(session: Session) -> None:
    seen = [session.id]
    for items in lists(session):
        assert items
        assert edits.ordered(items) == items
        seen += [item.id for item in items]
    assert len(seen) == len(set(seen))


def test_texts_are_clean_single_lines(session: Session) -> None:
    for items in lists(session):
        for item in items:
            words = str(msgspec.to_builtins(item)["text"])
            assert words == text.one_line(words)
            assert not words.endswith("."), words


def test_a_milestone_is_marked_once(session: Session) -> None:
    marked = [milestone for entry in session.timeline for milestone in entry.milestones]
    assert len(marked) == len(set(marked))


def test_the_facilitator_is_neutral(session: Session) -> None:
    roles = [each.role for each in session.participants if each.text == session.facilitator]
    assert len(roles) == 1
    assert "facilitator" in roles[0]
    assert not {"incident commander", "on call"} & {part.strip() for part in roles[0].split(",")}
    assert session.facilitator not in session.authors


def test_all_three_kinds_of_lessons_and_a_mitigator(session: Session) -> None:
    assert {lesson.kind for lesson in session.lessons} == set(LessonKind)
    assert all(lesson.area for lesson in session.lessons)
    assert any(factor.mitigator for factor in session.factors)


def test_whys_branch_and_join(session: Session) -> None:
    joined = [why for why in session.whys if why.join is Join.AND]
    assert joined
    assert all(len(edits.children(session, why.id)) > 1 for why in joined)


@pytest.mark.parametrize("name", ["markdown", "google-sre", "json"])
def test_every_format_renders(session: Session, name: str) -> None:
    document = render(session, name)
    assert session.title in document
    wanted = [action for action in session.actions if action.status is not ActionStatus.WONT_DO]
    assert all(action.ticket in document for action in wanted)


@pytest.mark.parametrize("stem", [GITLAB, CHECKOUT])
def test_a_final_session_lacks_nothing(stem: str, tmp_path: Path) -> None:
    session = read(stem, tmp_path)
    assert session.status is Status.FINAL
    assert {phase: phases.lacks(session, phase) for phase in phases.Phase if phases.lacks(session, phase)} == {}
    assert links.factors_without_action(session) == ()
    assert all(action.owner and action.due and action.ticket and action.type for action in session.actions)
    assert {milestone for entry in session.timeline for milestone in entry.milestones} == set(Milestone)


def test_the_checkout_incident_is_the_one_of_the_book(tmp_path: Path) -> None:
    session = read(CHECKOUT, tmp_path)
    assert len(session.timeline) == 8
    assert spans(session) == minutes(22, 2, 18, 40)
    assert max(why_depths(session)) == 5
    due = {(action.owner, action.ticket): str(action.due) for action in session.actions}
    assert due["alice", "ENG-1234"] == "2026-11-22"
    assert due["bob", "ENG-1235"] == "2026-11-29"
    assert due["charlie", "ENG-1236"] == "2026-12-06"


def test_the_memory_incident_has_six_factors_and_an_action_for_each(tmp_path: Path) -> None:
    session = read(MEMORY, tmp_path)
    factors = [factor for factor in session.factors if not factor.mitigator]
    assert session.status is Status.IN_REVIEW
    assert len(factors) == len(session.actions) == 6
    assert len({factor.category for factor in factors}) == 6
    assert links.factors_without_action(session) == ()
    assert spans(session) == minutes(2, 3, 43, 45)
    assert {ActionStatus.DONE, ActionStatus.IN_PROGRESS, ActionStatus.OPEN} == {each.status for each in session.actions}


def test_the_gitlab_incident_shows_the_depth_of_a_large_one(tmp_path: Path) -> None:
    session = read(GITLAB, tmp_path)
    assert len(session.timeline) >= 15
    assert {entry.at.zone for entry in session.timeline} == {session.zone} == {"UTC"}
    assert len([factor for factor in session.factors if not factor.mitigator]) >= 6
    assert len(edits.children(session, None)) == 2
    assert any(len(edits.children(session, why.id)) > 2 for why in session.whys)
    assert {why.join for why in session.whys if len(edits.children(session, why.id)) > 1} == set(Join)
    assert spans(session)[-1] == timedelta(hours=18, minutes=33)
    approximate = [entry for entry in session.timeline if entry.at.approximation != moments.Approximation.EXACT]
    assert approximate
    assert any(entry.at.precision is moments.Precision.HOUR for entry in session.timeline)
    declined = [action for action in session.actions if action.status is ActionStatus.WONT_DO]
    assert all(action.note for action in declined)


def test_the_near_miss_shows_what_is_missing(tmp_path: Path) -> None:
    session = read(NEAR_MISS, tmp_path)
    assert session.review_kind is ReviewKind.NEAR_MISS
    assert session.status is Status.DRAFT
    assert session.zone == "Europe/Copenhagen"
    missing = [phase for phase in phases.Phase if phases.lacks(session, phase)]
    assert missing == [phases.Phase.TIMELINE, phases.Phase.FACTORS, phases.Phase.ACTIONS, phases.Phase.DOCUMENT]
    assert any(not question.answer for question in session.questions)
    assert any(entry.until for entry in session.timeline)


def test_actions_are_typed_and_prioritised(session: Session) -> None:
    assert all(action.type and action.priority for action in session.actions)
