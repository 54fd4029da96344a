"""All checks of a session: they never raise, never change it, and have their words where they say."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.checks.catalogue import RULES
from facilitator.checks.checklist import checklist
from facilitator.checks.compiled import Rules, compiled
from facilitator.checks.finding import Category, Finding
from facilitator.checks.mutes import mute, unmuted
from facilitator.checks.session_checks import check
from facilitator.model.edits import find, get_field
from facilitator.model.moments import Moment
from facilitator.model.session import Action, Entry, Factor, Impact, Session, Why
from facilitator.model.text import clean
from facilitator.settings.rules import all_rules
from facilitator.store.codec import loads
from tests.checks.scenes import CHECKOUT, NOW, session
from tests.hostile import HOSTILE
from tests.strategies import sessions, times

LANGUAGE: Rules = compiled(all_rules())
PATTERNS = ("CUST-[0-9]+",)
EXAMPLES = sorted((Path(__file__).parents[2] / "sessions").glob("*.json"))

PHRASES = (
    "Improve the alerts and add a test", "password=hunter2", "human error", "Bob forgot the flag", "a@acme.io",
    "errors for 45 minutes", "rolled back", "alert fires", "for CUST-12", "10.0.3.7", "some users for a while",
    "lasted two hours and a half", "Fix, add", "; and", "a day", "for half an hour", "in PST", "obviously",
    "db.internal",
)  # fmt: skip


def texts() -> st.SearchStrategy[str]:
    """Words that checks look for, with whatever between them."""
    parts = st.one_of(st.sampled_from(PHRASES), st.sampled_from(HOSTILE), st.text(max_size=8))
    return st.lists(parts, max_size=4).map(lambda each: clean(" ".join(each)))


@st.composite
def spoken(draw: st.DrawFn) -> Session:
    """Sessions of any form in whose texts there is something to find."""
    given = draw(sessions(4))
    lists: dict[str, Any] = {}
    for name in ("timeline", "whys", "factors", "actions", "lessons"):
        lists[name] = tuple(msgspec.structs.replace(each, text=draw(texts())) for each in getattr(given, name))
    return msgspec.structs.replace(given, summary=draw(texts()), impact=Impact(prose=draw(texts())), **lists)


def text_of(finding: Finding, of: Session) -> Any:
    """The text that a finding is in."""
    if not finding.about:
        return get_field(of, finding.field)
    return getattr(find(of, finding.about), finding.field)


@settings(max_examples=60)
@given(spoken(), times())
def test_checks_never_raise_never_change_the_session_and_have_their_words_in_its_texts(given: Session, now: datetime):
    before = msgspec.json.encode(given)
    found = check(given, now, LANGUAGE, PATTERNS)
    points = checklist(given, now)
    assert msgspec.json.encode(given) == before
    assert len(set(found)) == len(found)
    assert points
    for each in found:
        assert each.why
        assert each.question.endswith("?")
        if not each.words:
            assert (each.start, each.end) == (0, 0)
        elif each.field == "links":
            assert any(link[each.start : each.end] == each.words for link in text_of(each, given))
        else:
            assert text_of(each, given)[each.start : each.end] == each.words


@settings(max_examples=20)
@given(spoken())
def test_every_finding_can_be_muted(given: Session):
    found = check(given, NOW, LANGUAGE, PATTERNS)
    done = given
    for number, each in enumerate(found):
        done = mute(done, each, "known", partial("MUTE{}".format, number))
    assert unmuted(check(done, NOW, LANGUAGE, PATTERNS), done)[0] == ()


def test_every_rule_that_finds_something_is_in_the_catalogue():
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule.name and rule.why.endswith(".") and rule.source for rule in RULES)
    assert {rule.category for rule in RULES} == {Category.TIMELINE, Category.DEPTH, Category.ACTION, Category.SENSITIVE}
    known = {*ids, *(rule.id for rule in LANGUAGE.rules)}
    for path in EXAMPLES:
        assert {each.rule for each in check(loads(path.read_bytes()), NOW, LANGUAGE)} <= known


def test_they_come_in_reading_order_and_language_takes_what_it_says_better():
    given = session(
        *CHECKOUT,
        summary="It was down for 3 hours; ask a@acme.io.",
        whys=(Why(id="w", text="errors"), Why(id="v", parent="w", text="It was human error.")),
        actions=(Action(id="a", text="Improve testing", owner="SRE"),),
    )
    found = check(given, NOW, LANGUAGE)
    places = [each.about for each in found]
    assert [each.rule for each in found][:2] == ["timeline.stated-duration", "sensitive.mail"]
    assert places == sorted(places, key=["", "w", "v", "a"].index)
    about_the_why = {each.category for each in found if each.about == "v"}
    assert about_the_why
    assert Category.DEPTH not in about_the_why


def test_only_the_last_why_of_a_branch_stops_at_a_person():
    whys = (
        Why(id="w", text="orders failed"),
        Why(id="v", parent="w", text="It was human error by the engineer"),
        Why(id="u", parent="v", text="both prompts look the same"),
    )

    def stops(*given: Why) -> list[str]:
        found = check(session(*CHECKOUT, whys=given), NOW, LANGUAGE)
        return [each.about for each in found if each.category is Category.STOPS]

    assert stops(*whys) == []
    assert stops(*whys[:2]) == ["v"]
    assert stops(*whys, Why(id="t", parent="u", text="It was human error by the engineer")) == ["t"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_worked_examples_have_few_findings_and_no_blame(path: Path):
    found = check(loads(path.read_bytes()), datetime(2026, 11, 23, tzinfo=UTC), LANGUAGE)
    assert len(found) <= 5
    assert not [each for each in found if each.category in (Category.SENSITIVE, Category.PERSON, Category.STOPS)]


def test_moments_at_the_ends_of_the_calendar_are_no_trouble():
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    timeline = tuple(
        Entry(id=f"e{number}", at=Moment(at, zone), text="errors", until=last)
        for number, (at, zone) in enumerate([(first, "PST"), (first, "CET"), (NOW, "UTC"), (last, "Pacific/Auckland")])
    )
    given = session(*timeline, resolved=Moment(last), factors=(Factor(id="f", text="x"),), zone="Pacific/Auckland")
    for now in (first, NOW, last):
        assert check(given, now, LANGUAGE) is not None
        assert checklist(given, now)
    assert timedelta(0) < last - first
