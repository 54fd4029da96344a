"""Charts are made of counts that can be checked, and each of their parts is a query for the sessions in it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from facilitator.library import chart_words
from facilitator.library.briefs import briefs
from facilitator.library.charts import FEW, Bands, Chart, Columns, Days, Ratios, Stacks, Strips, charts, period_term
from facilitator.library.expressions import Days as DaysAsked
from facilitator.library.impact import Impact, Impacts, Verdict
from facilitator.library.ledger import Brief
from facilitator.library.query import parse
from facilitator.library.scales import KINDS
from facilitator.library.search import Library
from facilitator.library.trends import By, trends
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone, ReviewKind, Session, Severity
from tests.library.asking import NOON, TODAY, a_session, asked, write

AWKWARD = ("support desk", 'say "no"', "a..b", "-x", "(y)", "c,d", "日本", ">2")
MTTR = KINDS[0]


def a_brief(number: int, day: date, mttr: float | None = None, actions: tuple[int, int, int] = (0, 0, 0)) -> Brief:
    return Brief(
        f"S{number}", f"Number {number}", day, Severity.SEV2, ReviewKind.INCIDENT, ("checkout",), ("code",), None, mttr,
        None, *actions,
    )  # fmt: skip


def made(sessions: list[Brief], impact: Impacts | None = None, most: int = 16) -> dict[str, Chart]:
    return {each.name: each for each in charts(trends(sessions), sessions, impact, most)}


def months(count: int, mttr: float | None = None) -> list[Brief]:
    return [a_brief(number, date(2024 + number // 12, number % 12 + 1, 3), mttr) for number in range(count)]


def an_impact(
    before: int = 3, after: int = 0, verdict: Verdict = Verdict.UNDECIDED, high: float | None = 2.4
) -> Impact:
    return Impact(
        "S1", "A", 1, "Page on memory", date(2026, 1, 1), ("checkout", "support desk"), ("code",), before, 400, after,
        200, 0.2, 0.0, 0.0, 0.0, high, 1, verdict,
    )  # fmt: skip


def an_incident(number: int, service: str) -> Session:
    began = NOON - timedelta(days=number)
    marks = ((Milestone.START, 0), (Milestone.DETECTED, 5), (Milestone.RESOLVED, 50))
    timeline = tuple(
        Entry(id=f"E{minutes}", at=Moment(began + timedelta(minutes=minutes)), text="x", milestones=(mark,))
        for mark, minutes in marks
    )
    return a_session(number, services=(service,), cause="deployment", timeline=timeline)


def test_every_part_of_a_chart_is_a_query_for_its_sessions(tmp_path: Path) -> None:
    for number in range(24):
        write(tmp_path / "store", an_incident(number, AWKWARD[number % len(AWKWARD)]))
    library = Library(tmp_path / "store", cache=tmp_path / "cache")
    library.refresh()
    sessions = list(briefs(library, asked("")))
    found = made(sessions)
    for name in ("Causes over time", "Services"):
        assert [(each.value, library.count(asked(each.term))) for each in found[name].marks] == [
            (each.value, int(each.value)) for each in found[name].marks
        ]
    assert len(found["Services"].marks) == len(AWKWARD)
    for name, body in (("Time to resolve (MTTR)", Columns), ("Time to detect (MTTD)", Columns)):
        chart = found[name]
        assert isinstance(chart.body, body)
        counts = [len(each.values) if each is not None else 0 for each in chart.body.spreads]
        assert [library.count(asked(each.term)) for each in chart.marks] == counts
    for each in found["What came again"].marks:
        assert library.count(asked(each.term)) == int(each.value.partition(" ")[0]) == 3
    library.close()


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026 Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("0987", date(987, 1, 1), date(987, 12, 31)),
    ],
)
def test_a_period_is_a_query_for_its_days(name: str, first: date, last: date) -> None:
    assert parse(period_term(name), TODAY).where == DaysAsked(first, last)


def test_few_sessions_are_shown_one_by_one_and_nothing_is_summed_up() -> None:
    few = made(months(FEW - 1, mttr=600.0))
    assert isinstance(few["Causes over time"].body, Days)
    assert isinstance(few[MTTR.heading].body, Strips)
    assert few[MTTR.heading].marks[0].name == "2024-01-03  Number 0"
    assert "median" not in few[MTTR.heading].finding
    enough = made(months(FEW, mttr=600.0))
    assert isinstance(enough["Causes over time"].body, Bands)
    assert isinstance(enough[MTTR.heading].body, Columns)
    assert chart_words.too_few(1) == "1 session: too few for a trend"


def test_distributions_have_no_more_periods_than_have_room() -> None:
    sessions = months(23, mttr=600.0)
    names = {most: [each.name for each in made(sessions, most=most)[MTTR.heading].marks] for most in (23, 8, 7, 1)}
    assert (names[23][0], names[8][0], names[7]) == ("2024-01", "2024 Q1", ["2024", "2025"])
    assert names[1] == names[7]


def test_what_nobody_noted_is_said_and_not_drawn() -> None:
    found = made(months(FEW))
    assert found[MTTR.heading] == Chart(MTTR.heading, chart_words.MISSING["mttr"], "", (), None)
    assert (found["Actions"].finding, found["Actions"].body) == ("No session has an action.", None)
    assert found["Did it help?"].marks == ()


def test_actions_are_told_with_what_was_given_up() -> None:
    chart = made([a_brief(number, date(2026, number + 1, 1), actions=(1, 2, 1)) for number in range(FEW)])["Actions"]
    assert chart.finding == "16 of 24 done, 67 %; 8 given up"
    assert isinstance(chart.body, Stacks)
    assert (chart.body.done, chart.body.pending) == ((2,) * FEW, (1,) * FEW)
    assert chart.marks[0].told == "2 of 3 done; 1 given up"


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("high", [None, 0.4, 2.4])
def test_no_claim_about_an_action_without_exposure_and_interval(verdict: Verdict, high: float | None) -> None:
    impact = an_impact(verdict=verdict, high=high)
    chart = made(months(FEW), Impacts((impact,), {}))["Did it help?"]
    (mark,) = chart.marks
    assert isinstance(chart.body, Ratios)
    assert chart.body.intervals == ((0.0, 0.0, high),)
    told = f"{mark.value} {mark.told}"
    for part in ("0 to", "any" if high is None else f"{high}", "(95 %)", "3 in 400 days before", "0 in 200 days after"):
        assert part in told
    assert ("cannot be told" in told) is (verdict is Verdict.UNDECIDED)
    assert asked(mark.term) == asked('kind:incident service:checkout,"support desk" cause:code')
    assert "What else changed nobody counted" in chart.note


def test_how_many_comparisons_stand_out_by_chance_is_said() -> None:
    chart = made(months(FEW), Impacts((an_impact(), an_impact(verdict=Verdict.FEWER)), {}))["Did it help?"]
    assert chart.finding == "2 actions compared: 1 fewer after, 1 cannot be told"
    assert "Up to 0.1 of 2 stand out by chance" in chart.note
    reason = "its session names no service"
    assert made(months(FEW), Impacts((), {reason: 2}))["Did it help?"].finding == f"Nothing to compare: {reason}."


def test_what_came_again_says_how_often_and_in_which_time() -> None:
    days = [date(2025, 9, 1), date(2026, 3, 1), date(2026, 10, 31)]
    found = made([a_brief(number, day) for number, day in enumerate(days)])["What came again"]
    assert found.finding == "checkout: code, 3 in 14 months; 2 of 3 came again within a year"
    assert found.body == Days(days[0], days[2], (tuple(days),))


def test_longer_periods_than_years_there_are_not() -> None:
    found = trends([a_brief(1, date(2020, 5, 1)), a_brief(2, date(2026, 5, 1))], By.YEAR)
    assert [each.name for each in found.groups] == ["2020", "2021", "2022", "2023", "2024", "2025", "2026"]
