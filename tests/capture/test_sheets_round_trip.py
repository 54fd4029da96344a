"""Sheets: a list as text and back. What is not changed in the text is not changed in the session."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.capture.context import Context
from facilitator.capture.sheets.sheet import Outcome, Problem, Section, marked, read, written
from facilitator.model import edits
from facilitator.model.edits import LINK_FIELDS
from facilitator.model.item import Item
from facilitator.model.meeting_items import Box, Meeting
from facilitator.model.moments import Moment, Precision
from facilitator.model.session import (
    Action,
    Entry,
    Factor,
    Lesson,
    Parked,
    Participant,
    Question,
    ResponseNote,
    Session,
    Why,
)
from tests.editing import EMPTY, NOON, edited
from tests.hostile import HOSTILE
from tests.strategies import numbers, sessions

MODEST = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TODAY = date(2026, 11, 20)

KINDS: dict[Section, tuple[type[Item], ...]] = {
    Section.TIMELINE: (Entry,),
    Section.WHYS: (Why,),
    Section.FACTORS: (Factor,),
    Section.LESSONS: (Lesson,),
    Section.RESPONSE: (ResponseNote,),
    Section.ACTIONS: (Action,),
    Section.PARKED: (Question, Parked),
    Section.PEOPLE: (Participant,),
    Section.AGENDA: (Box,),
}
sections = st.sampled_from(Section)
sessions_made_by_edits = numbers(30).map(lambda steps: edited(EMPTY, steps))


def context(session: Session) -> Context:
    return Context(session=session, today=TODAY)


def outcome(session: Session, section: Section, text: str) -> Outcome:
    ids = count(1)
    return read(text, section, context(session), lambda: f"NEW{next(ids)}")


def body(text: str) -> tuple[str, list[str]]:
    """Return the guide of a sheet, and the lines below it."""
    guide, _, rest = text.partition("-->\n")
    return f"{guide}-->\n", rest.split("\n")


def item_lines(lines: Sequence[str]) -> list[int]:
    """Return which lines are neither empty nor headings."""
    return [at for at, line in enumerate(lines) if line.strip() and not line.startswith("## ")]


def full(text: str) -> Session:
    """Return a session with two of everything that has lines, all with this text."""
    session = msgspec.structs.replace(EMPTY, title=text)
    moments = (Moment(NOON), Moment(NOON, "Europe/Paris", Precision.SECOND))
    made: list[Item] = []
    for number in (1, 2):
        at = moments[number - 1]
        fields: dict[str, Any] = {"text": text}
        made += [
            Participant(id=f"P{number}", role=text, **fields),
            Entry(id=f"E{number}", at=at, source=text, links=(text,), **fields),
            ResponseNote(id=f"R{number}", **fields),
            Why(id=f"W{number}", parent="W1" if number == 2 else None, **fields),
            Factor(id=f"F{number}", category=text, **fields),
            Lesson(id=f"L{number}", **fields),
            Action(id=f"A{number}", owner=text, ticket=text, **fields),
            Question(id=f"Q{number}", owner=text, **fields),
            Parked(id=f"K{number}", **fields),
            Meeting(id=f"M{number}", **fields),
            Box(id=f"B{number}", meeting="M1", **fields),
        ]
    for item in made:
        session = edits.add(session, item)
    return session


@MODEST
@given(sessions(3) | sessions_made_by_edits, sections)
def test_nothing_changed_in_the_text_is_nothing_changed_in_the_session(session: Session, section: Section) -> None:
    found = outcome(session, section, written(section, context(session)))
    assert found.problems == ()
    assert found.session is session
    assert (found.added, found.changed, found.moved, found.deleted, found.whys) == (0, 0, 0, 0, ())


@pytest.mark.parametrize("section", Section)
def test_hostile_text_comes_back_as_it_was(section: Section) -> None:
    for text in (
        *HOSTILE,
        "",
        "<!-- x -->",
        "\\<!-- x",
        "## 2026-11-15",
        "\\## Meeting 1",
        "# note",
        "#",
        "? x",
        "// x",
    ):
        session = full(text)
        found = outcome(session, section, written(section, context(session)))
        assert found.session is session, (text, found.problems)


@pytest.mark.parametrize("section", Section)
@pytest.mark.parametrize("text", ["one\ntwo", "<!-- x", "-->", "", "## 14:22", "\\", "#", "+ x", "\\\\## y"])
def test_what_an_editor_does_to_white_space_changes_nothing(section: Section, text: str) -> None:
    session = full(text)
    lines = written(section, context(session)).split("\n")
    changed = "\r\n".join(f"{line}  " for line in lines) + "\n\n"
    assert outcome(session, section, changed.replace("\r\n", "\n")).session is session
    assert outcome(session, section, changed).session is session


@MODEST
@given(sessions(3) | sessions_made_by_edits, sections, st.data())
def test_a_removed_line_deletes_its_item_and_only_that(session: Session, section: Section, data: st.DataObject) -> None:
    guide, lines = body(written(section, context(session)))
    places = item_lines(lines)
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    found = outcome(session, section, guide + "\n".join((*lines[:at], *lines[at + 1 :])))
    assert found.problems == ()
    assert found.deleted == 1
    gone = {each.id for each in _items(session, section)} - {each.id for each in _items(found.session, section)}
    assert len(gone) == 1
    assert found.changed == found.added == 0
    kept = {each.id: _bare(each) for each in _items(session, section) if each.id not in gone}
    assert {each.id: _bare(each) for each in _items(found.session, section)} == kept


@MODEST
@given(sessions(3), st.sampled_from([each for each in Section if each is not Section.AGENDA]), st.data())
def test_a_new_line_is_a_new_item_and_leaves_the_others(
    session: Session, section: Section, data: st.DataObject
) -> None:
    new = {
        Section.TIMELINE: "2026-11-15 14:22 a page about queues",
        Section.LESSONS: "+ a page about queues",
        Section.RESPONSE: "- a page about queues",
        Section.PARKED: "// a page about queues",
    }.get(section, "a page about queues")
    guide, lines = body(written(section, context(session)))
    at = data.draw(st.integers(0, len(lines)))
    found = outcome(session, section, guide + "\n".join((*lines[:at], new, *lines[at:])))
    assert found.problems == ()
    assert (found.added, found.changed, found.deleted) == (1, 0, 0)
    old = {each.id: each for each in _items(session, section)}
    for each in _items(found.session, section):
        if each.id in old:
            assert _bare(each) == _bare(old[each.id])
        else:
            assert getattr(each, "text", "") == "a page about queues"


@MODEST
@given(
    sessions(3),
    st.sampled_from(
        [Section.FACTORS, Section.ACTIONS, Section.PEOPLE, Section.LESSONS, Section.RESPONSE, Section.PARKED]
    ),
    st.randoms(use_true_random=False),
)
def test_moved_lines_are_items_in_another_order(session: Session, section: Section, random: Any) -> None:
    guide, lines = body(written(section, context(session)))
    shuffled = [lines[at] for at in item_lines(lines)]
    if len(set(shuffled)) < len(shuffled):
        return
    random.shuffle(shuffled)
    found = outcome(session, section, guide + "\n".join(shuffled))
    assert found.problems == ()
    assert (found.added, found.changed, found.deleted) == (0, 0, 0)
    _, after = body(written(section, context(found.session)))
    heads = {line[:1] for line in shuffled} if section in (Section.LESSONS, Section.RESPONSE, Section.PARKED) else {""}
    shown = [after[at] for at in item_lines(after)]
    for head in heads:
        assert [line for line in shown if line.startswith(head)] == [each for each in shuffled if each.startswith(head)]
    old = {each.id: _bare(each) for each in _items(session, section)}
    assert {each.id: _bare(each) for each in _items(found.session, section)} == old


@MODEST
@given(sessions(3) | sessions_made_by_edits, sections, st.randoms(use_true_random=False), st.integers(0, 9))
def test_whys_and_all_else_keep_their_ids_however_lines_move(
    session: Session, section: Section, random: Any, width: int
) -> None:
    guide, lines = body(written(section, context(session)))
    if section is Section.WHYS:
        lines = [" " * (2 * random.randrange(width + 1)) + line.strip() for line in lines if line.strip()]
    random.shuffle(lines)
    found = outcome(session, section, guide + "\n".join(lines))
    if found.problems:
        assert found.session is session
        return
    assert {each.id for each in _items(found.session, section)} == {each.id for each in _items(session, section)}
    again = outcome(found.session, section, written(section, context(found.session)))
    assert again.session is found.session


@MODEST
@given(sessions(2), sections, st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=6).map("\n".join))
def test_whatever_stands_in_the_file_is_read_or_pointed_out(session: Session, section: Section, text: str) -> None:
    sheet = written(section, context(session))
    for whole in (text, f"{sheet}\n{text}", f"{text}\n{sheet}"):
        found = outcome(session, section, whole)
        assert all(each.message for each in found.problems)
        if found.problems:
            assert found.session is session
        else:
            again = outcome(found.session, section, written(section, context(found.session)))
            assert again.session is found.session


@MODEST
@given(sessions(2), sections, st.lists(st.tuples(st.integers(0, 40), st.text(max_size=20)), max_size=3))
def test_marked_problems_are_comments_that_go_again(
    session: Session, section: Section, wrong: list[tuple[int, str]]
) -> None:
    sheet = written(section, context(session))
    guide, lines = body(sheet)
    first = guide.count("\n") + 1
    problems = [Problem(min(first + number, first + len(lines) - 1), "x", text) for number, text in wrong]
    shown = marked(sheet, problems)
    assert outcome(session, section, shown).session is session
    assert marked(shown, []) == sheet


def _items(session: Session, section: Section) -> list[Item]:
    return [each for kind in KINDS[section] for each in edits.items(session, kind)]


def _bare(item: Item) -> Item:
    """Return an item without its place and what it loses when another one is deleted."""
    gone: dict[str, Any] = dict.fromkeys(LINK_FIELDS.get(type(item), ()), ())
    if isinstance(item, Why):
        gone["parent"] = None
    if isinstance(item, Question):
        gone["about"] = ""
    return msgspec.structs.replace(item, rank=0.0, **gone)
