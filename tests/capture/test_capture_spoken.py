"""Times that are spoken rather than written, and the day and half of the day that the surroundings decide."""

from datetime import UTC, date, datetime

import pytest

from facilitator.capture.context import Context
from facilitator.capture.lines import read
from facilitator.capture.reading import Reading
from facilitator.model.item import Item
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.phases import Phase
from facilitator.model.session import Entry, Session


def moment(text: str, approximation: str = "exact") -> Moment:
    """Return the moment of "20 22:31" in November 2026."""
    day, clock = text.split()
    hour, minute = clock.split(":")
    at = datetime(2026, 11, int(day), int(hour), int(minute), tzinfo=UTC)
    return Moment(at, approximation=Approximation(approximation))


def reading(line: str, *, above: str = "", started: str = "", resolved: str = "") -> Reading[Item]:
    session = Session(
        id="S",
        title="t",
        created=datetime(2026, 11, 22, tzinfo=UTC),
        started=moment(started) if started else None,
        resolved=moment(resolved) if resolved else None,
        timeline=(Entry(id="above", at=moment(above), text="above"),) if above else (),
    )
    return read(line, Phase.TIMELINE, Context(session=session, today=date(2026, 11, 22)))


def entry(line: str, **told: str) -> Entry:
    found = reading(line, **told)
    assert isinstance(found.value, Entry), (line, found)
    return found.value


def labels(line: str, **told: str) -> list[str]:
    found = reading(line, **told)
    assert found.value is None
    return [choice.label for choice in found.choices]


@pytest.mark.parametrize("resolved", ["", "21 01:00"])
def test_the_window_of_the_incident_decides_the_day_after_midnight(resolved: str) -> None:
    told = {"above": "20 23:58", "started": "20 22:31", "resolved": resolved}
    found = reading("00:05 pods restart", **told)
    assert found.value == Entry(at=moment("21 00:05"), text="pods restart")
    assert found.understood[0] == "00:05 UTC, Nov 21, the next day"


@pytest.mark.parametrize(
    "told",
    [
        {"above": "20 23:58"},
        {"above": "20 23:58", "started": "20 22:31", "resolved": "21 00:01"},
        {"above": "20 23:58", "started": "20 00:01", "resolved": "21 01:00"},
    ],
)
def test_a_window_that_does_not_decide_the_day_leaves_the_question(told: dict[str, str]) -> None:
    found = reading("00:05 pods restart", **told)
    assert (found.value, found.question) == (None, "Is 00:05 on the next day?")
    assert len(found.choices) == 2


def test_a_number_that_may_be_text_is_asked_about_with_its_likely_day() -> None:
    assert labels("500 errors at the edge", above="20 22:40", started="20 22:31")[:2] == [
        "the time 05:00 UTC, Nov 21",
        "text, about 22:40, as the entry above",
    ]


def test_a_line_without_a_time_is_proposed_beside_the_entry_above_at_the_start_and_before_it() -> None:
    found = reading("checkout is slow", above="20 22:40", started="20 22:31")
    assert [choice.label for choice in found.choices] == [
        "about 22:40, as the entry above",
        "about 22:31, when the incident started",
        "before 22:31, before the incident started",
    ]
    assert found.choices[2].value == Entry(at=moment("20 22:31", "before"), text="checkout is slow")
    assert labels("checkout is slow", above="20 22:31", started="20 22:31") == [
        "about 22:31, as the entry above",
        "before 22:31, before the incident started",
    ]


@pytest.mark.parametrize(
    ("line", "label", "at"),
    [
        ("then 23:50 pager fires", "23:50, as the line says", moment("20 23:50")),
        ("pager fires just after 23:20", "after 23:20, as the line says", moment("20 23:20", "after")),
        ("on Nov 19 at 23:50 the job ran", "Nov 19 23:50, as the line says", moment("19 23:50")),
        ("then 00:05 pods restart", "Nov 21 00:05, as the line says", moment("21 00:05")),
        ("pager (11:50 pm) fires", "23:50, as the line says", moment("20 23:50")),
    ],
)
def test_a_clear_time_inside_of_a_line_is_proposed_first(line: str, label: str, at: Moment) -> None:
    first = reading(line, above="20 22:40", started="20 22:31").choices[0]
    assert (first.label, first.value) == (label, Entry(at=at, text=line))


@pytest.mark.parametrize(
    "line", ["ran 2026 jobs", "see http://h:8080/x", "ratio of 3:1", "pods 25:10 gone", "noon ideas"]
)
def test_what_is_no_clear_time_is_not_proposed(line: str) -> None:
    assert not any("as the line says" in label for label in labels(line, above="20 22:40"))


@pytest.mark.parametrize(
    ("stamp", "above", "at", "approximation"),
    [
        ("noon", "20 11:40", "20 12:00", "exact"),
        ("midnight", "20 23:40", "21 00:00", "exact"),
        ("midnight", "20 00:40", "20 00:00", "exact"),
        ("at midnight", "20 23:40", "21 00:00", "exact"),
        ("around noon", "20 11:40", "20 12:00", "about"),
        ("half past eleven", "20 22:40", "20 23:30", "exact"),
        ("half past 11", "20 11:20", "20 11:30", "exact"),
        ("half past 23", "20 11:20", "20 23:30", "exact"),
        ("half past eleven pm", "20 11:20", "20 23:30", "exact"),
        ("half past eleven", "21 00:10", "20 23:30", "exact"),
        ("Quarter to three", "20 14:40", "20 14:45", "exact"),
        ("a quarter past three", "20 14:40", "20 15:15", "exact"),
        ("quarter past twelve", "20 23:40", "21 00:15", "exact"),
        ("eleven o'clock", "20 22:40", "20 23:00", "exact"),
        ("just after 23:20", "20 22:40", "20 23:20", "after"),
        ("just before 23:20", "20 22:40", "20 23:20", "before"),
        ("10 min later", "20 22:40", "20 22:50", "exact"),
        ("about 10 min later", "20 22:40", "20 22:50", "about"),
        ("5 minutes later", "20 22:40", "20 22:45", "exact"),
        ("an hour later", "20 22:40", "20 23:40", "exact"),
        ("half an hour later", "20 22:40", "20 23:10", "exact"),
        ("2 h later", "20 22:40", "21 00:40", "exact"),
        ("two hours later", "20 22:40", "21 00:40", "exact"),
        ("23:30ish", "20 22:40", "20 23:30", "about"),
        ("~23:30ish", "20 22:40", "20 23:30", "about"),
        ("11:30pm-ish", "20 22:40", "20 23:30", "about"),
        ("T+45", "20 22:40", "20 23:16", "exact"),
        ("T+45m", "20 22:40", "20 23:16", "exact"),
        ("T+1h30m", "20 22:40", "21 00:01", "exact"),
        ("T-10m", "20 22:40", "20 22:21", "exact"),
        ("same time", "20 22:40", "20 22:40", "exact"),
        ("yesterday at noon", "20 22:40", "21 12:00", "exact"),
    ],
)
@pytest.mark.parametrize("separator", [" ", ", ", ": "])
def test_a_spoken_time_is_read(stamp: str, above: str, at: str, approximation: str, separator: str) -> None:
    filed = entry(f"{stamp}{separator}the pager fires", above=above, started="20 22:31")
    assert filed == Entry(at=moment(at, approximation), text="the pager fires")


@pytest.mark.parametrize(
    ("stamp", "start", "end"),
    [
        ("between 23:00 and 23:20", "20 23:00", "20 23:20"),
        ("Between 11pm and 11:20", "20 23:00", "20 23:20"),
        ("between 23:50 and 00:10", "20 23:50", "21 00:10"),
        ("between half past eleven and quarter to twelve", "20 23:30", "20 23:45"),
        ("from 23:00 to 23:20", "20 23:00", "20 23:20"),
        ("noon to half past twelve", "20 12:00", "20 12:30"),
    ],
)
def test_a_spoken_span_has_an_end(stamp: str, start: str, end: str) -> None:
    filed = entry(f"{stamp} the errors rise", above="20 22:40")
    assert filed == Entry(at=moment(start), until=moment(end).at, text="the errors rise")


def test_words_that_leave_the_half_of_the_day_open_are_asked_about() -> None:
    found = reading("half past three the pager fires", above="20 21:00")
    assert (found.value, found.question) == (None, "Which moment is meant by half past three?")
    assert labels("half past three the pager fires", above="20 21:00") == ["15:30 UTC, Nov 20", "03:30 UTC, Nov 21"]
    assert labels("half past three it fires") == ["03:30 UTC, Nov 22", "15:30 UTC, Nov 22"]
    assert labels("yesterday midnight it fires") == ["00:00 UTC, Nov 21", "00:00 UTC, Nov 22"]
    window = {"above": "20 21:00", "started": "20 14:00", "resolved": "20 22:00"}
    assert entry("half past three it fires", **window).at == moment("20 15:30")


def test_same_time_is_as_exact_as_the_entry_above() -> None:
    above = Entry(id="a", at=Moment(moment("20 22:00").at, "CET", Precision.HOUR, Approximation.AFTER), text="x")
    session = Session(id="S", title="t", created=above.at.at, timeline=(above,))
    found = read("same time, the pager fires", Phase.TIMELINE, Context(session=session, today=date(2026, 11, 22)))
    assert found.value == Entry(at=above.at, text="the pager fires")
    assert found.understood[1] == "the time of the entry above"


def test_a_time_since_the_start_needs_a_start() -> None:
    found = reading("T+45 it fires", above="20 21:00")
    assert found.question == "It is not known when the incident started. Begin with a time such as 14:22"
    assert reading("T+45 it fires", started="20 21:00").understood[1] == "45 min after the start"
    assert reading("T-5m it fires", started="20 21:00").understood[1] == "5 min before the start"


@pytest.mark.parametrize(
    "line",
    [
        "noon deploys are risky", "midnight batch job is slow", "noontime was calm", "half of the pods restart",
        "quarter of users are affected", "quarter past due invoices", "between us and them",
        "between 10 and 20 pods fail",
        "between 1000 and 2000 requests fail", "between 14:20 and the rollback", "same time as the deploy",
        "same time zone bug", "5 minutes later than expected it ran", "5 minutes of silence", "just after the deploy",
        "T+1 settlement fails", "T+1.5 is odd", "an hour later than usual", "later we saw it", "500ish users complain",
        "half past due", "two pods fail", "quarter to three replicas",
    ],
)  # fmt: skip
def test_prose_is_asked_about_and_never_silently_a_time(line: str) -> None:
    found = reading(line, above="20 14:20", started="20 14:00")
    assert found.value is None
    assert line in [choice.value.text for choice in found.choices if isinstance(choice.value, Entry)]
