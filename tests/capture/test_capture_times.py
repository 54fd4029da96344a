"""Every way in which a time is typed at the start of a timeline line."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from facilitator.capture.context import Context
from facilitator.capture.lines import read
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.phases import Phase
from facilitator.model.session import Entry, Milestone, Session

TODAY = date(2026, 11, 18)  # a Wednesday
ABOVE = Entry(id="above", at=Moment(datetime(2026, 11, 15, 14, 20, tzinfo=UTC)), text="deploy")


def context(zone: str = "UTC", above: Entry | None = ABOVE, started: Moment | None = None) -> Context:
    timeline = (above,) if above else ()
    session = Session(
        id="S",
        title="t",
        created=datetime(2026, 11, 18, tzinfo=UTC),
        zone=zone,
        started=started,
        timeline=timeline,
    )
    return Context(session=session, today=TODAY)


def entry(line: str, where: Context | None = None) -> Entry:
    reading = read(line, Phase.TIMELINE, where or context())
    assert isinstance(reading.value, Entry), (line, reading)
    return reading.value


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 15, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+00:00" if len(text) == 11 else text).astimezone(UTC)


@pytest.mark.parametrize(
    ("stamp", "when", "zone"),
    [
        ("14:22", "11-15T14:22", "UTC"),
        ("14.22", "11-15T14:22", "UTC"),
        ("14h22", "11-15T14:22", "UTC"),
        ("1422", "11-15T14:22", "UTC"),
        ("0922", "11-15T09:22", "UTC"),
        ("9:22", "11-15T09:22", "UTC"),
        ("2:22pm", "11-15T14:22", "UTC"),
        ("2:22 PM", "11-15T14:22", "UTC"),
        ("2:22 p.m.", "11-15T14:22", "UTC"),
        ("2pm", "11-15T14:00", "UTC"),
        ("Nov 15 12:05am", "11-15T00:05", "UTC"),
        ("12:05pm", "11-15T12:05", "UTC"),
        ("24:00", "11-16T00:00", "UTC"),
        ("at 14:22", "11-15T14:22", "UTC"),
        ("[14:22]", "11-15T14:22", "UTC"),
        ("14:22 UTC", "11-15T14:22", "UTC"),
        ("14:22 utc", "11-15T14:22", "UTC"),
        ("14:22Z", "11-15T14:22", "UTC"),
        ("14:22z", "11-15T14:22", "UTC"),
        ("1422Z", "11-15T14:22", "UTC"),
        ("14:22 GMT", "11-15T14:22", "GMT"),
        ("14:22 CET", "11-15T13:22", "CET"),
        ("2026-07-01 14:22 CET", "07-01T13:22", "CET"),
        ("14:22 CEST", "11-15T12:22", "CEST"),
        ("14:22 BST", "11-15T13:22", "BST"),
        ("14:22 IST", "11-15T08:52", "IST"),
        ("14:22 EET", "11-15T12:22", "EET"),
        ("14:22 PST", "11-15T22:22", "PST"),
        ("2:22pm EST", "11-15T19:22", "EST"),
        ("14:22 MDT", "11-15T20:22", "MDT"),
        ("14:22 CST", "11-15T20:22", "CST"),
        ("14:22 PT", "11-15T22:22", "PT"),
        ("2026-07-01 14:22 PT", "07-01T21:22", "PT"),
        ("14:22 JST", "11-15T05:22", "JST"),
        ("14:22 AEDT", "11-16T03:22", "AEDT"),
        ("14:22 NZDT", "11-16T01:22", "NZDT"),
        ("14:22+02:00", "11-15T12:22", "+02:00"),
        ("14:22 +0200", "11-15T12:22", "+02:00"),
        ("14:22+2", "11-15T12:22", "+02:00"),
        ("14:22 UTC+2", "11-15T12:22", "+02:00"),
        ("14:22 -05:00", "11-15T19:22", "-05:00"),
        ("14:22 UTC-5", "11-15T19:22", "-05:00"),
        ("14:22 Europe/Paris", "11-15T13:22", "Europe/Paris"),
        ("2026-07-01 14:22 Europe/Paris", "07-01T12:22", "Europe/Paris"),
        ("yesterday 23:50", "11-17T23:50", "UTC"),
        ("Yesterday at 23:50", "11-17T23:50", "UTC"),
        ("today 09:10", "11-18T09:10", "UTC"),
        ("Monday 14:22", "11-16T14:22", "UTC"),
        ("mon 14:22", "11-16T14:22", "UTC"),
        ("wed 14:22", "11-18T14:22", "UTC"),
        ("last wed 14:22", "11-11T14:22", "UTC"),
        ("fri 2pm", "11-13T14:00", "UTC"),
        ("2026-11-14 14:22", "11-14T14:22", "UTC"),
        ("2026/11/14 14:22", "11-14T14:22", "UTC"),
        ("2026-11-14T14:22Z", "11-14T14:22", "UTC"),
        ("2026-11-14T14:22-05:00", "11-14T19:22", "-05:00"),
        ("2026-11-14, 14:22", "11-14T14:22", "UTC"),
        ("2026-11-14 - 14:22", "11-14T14:22", "UTC"),
        ("14 Nov 14:22", "11-14T14:22", "UTC"),
        ("14 November 2026 14:22", "11-14T14:22", "UTC"),
        ("14-Nov-2026 14:22", "11-14T14:22", "UTC"),
        ("14th Nov 14:22", "11-14T14:22", "UTC"),
        ("Nov 14 14:22", "11-14T14:22", "UTC"),
        ("Nov 14 1422", "11-14T14:22", "UTC"),
        ("Nov 14 2026 14:22", "11-14T14:22", "UTC"),
        ("Nov 14, 14:22", "11-14T14:22", "UTC"),
        ("nov 14 at 14:22", "11-14T14:22", "UTC"),
        ("Sat Nov 14 14:22", "11-14T14:22", "UTC"),
        ("Saturday, 14 November 2026 14:22", "11-14T14:22", "UTC"),
        ("14.11.2026 14:22", "11-14T14:22", "UTC"),
        ("14.11. 14:22", "11-14T14:22", "UTC"),
        ("14/11/2026 14:22", "11-14T14:22", "UTC"),
        ("11/14/2026 14:22", "11-14T14:22", "UTC"),
        ("11/14/26 14:22", "11-14T14:22", "UTC"),
        ("14/11 14:22", "11-14T14:22", "UTC"),
        ("Nov 14, 2026 2:22 PM PST", "11-14T22:22", "PST"),
        ("14:22 UTC, Nov 14", "11-14T14:22", "UTC"),
        ("14:22 on Nov 14", "11-14T14:22", "UTC"),
        ("Jan 3 14:22", "01-03T14:22", "UTC"),
        ("+5m", "11-15T14:25", "UTC"),
        ("+1h30m", "11-15T15:50", "UTC"),
        ("+1h 30 min", "11-15T15:50", "UTC"),
        ("+2 hours", "11-15T16:20", "UTC"),
        ("+1d", "11-16T14:20", "UTC"),
    ],
)
@pytest.mark.parametrize("separator", [" ", ": ", " - ", " – ", " | "])
def test_a_time_is_read_as_it_is_typed(stamp: str, when: str, zone: str, separator: str) -> None:
    filed = entry(f"{stamp}{separator}rollback begins")
    assert filed == Entry(at=Moment(utc(when), zone), text="rollback begins")


@pytest.mark.parametrize(
    ("stamp", "when", "precision", "approximation"),
    [
        ("14:22:05", "2026-11-15T14:22:05+00:00", "second", "exact"),
        ("14:22:05.250", "2026-11-15T14:22:05.250+00:00", "second", "exact"),
        ("2026-11-15T14:22:05,25Z", "2026-11-15T14:22:05.250+00:00", "second", "exact"),
        ("2026-11-15 14:22:05-05:00", "2026-11-15T19:22:05+00:00", "second", "exact"),
        ("+90s", "2026-11-15T14:21:30+00:00", "second", "exact"),
        ("14:??", "2026-11-15T14:00+00:00", "hour", "exact"),
        ("14:xx", "2026-11-15T14:00+00:00", "hour", "exact"),
        ("2026-11-14", "2026-11-14T00:00+00:00", "day", "exact"),
        ("Nov 14", "2026-11-14T00:00+00:00", "day", "exact"),
        ("~14:30", "2026-11-15T14:30+00:00", "minute", "about"),
        ("~ 14:30", "2026-11-15T14:30+00:00", "minute", "about"),
        ("around 14:30", "2026-11-15T14:30+00:00", "minute", "about"),
        ("about 2:30pm", "2026-11-15T14:30+00:00", "minute", "about"),
        ("ca. 14:30", "2026-11-15T14:30+00:00", "minute", "about"),
        ("approx 14:30", "2026-11-15T14:30+00:00", "minute", "about"),
        ("~2026-11-14 14:30", "2026-11-14T14:30+00:00", "minute", "about"),
        ("Nov 14 around 14:30", "2026-11-14T14:30+00:00", "minute", "about"),
        ("~Nov 14", "2026-11-14T00:00+00:00", "day", "about"),
        ("before 14:00", "2026-11-15T14:00+00:00", "minute", "before"),
        ("after 14:00", "2026-11-15T14:00+00:00", "minute", "after"),
        ("~+5m", "2026-11-15T14:25+00:00", "minute", "about"),
    ],
)
def test_a_time_is_as_exact_as_it_was_told(stamp: str, when: str, precision: str, approximation: str) -> None:
    moment = Moment(datetime.fromisoformat(when), "UTC", Precision(precision), Approximation(approximation))
    filed = entry(f"{stamp} pods restart")
    assert msgspec.structs.replace(filed.at, zone="UTC") == moment
    assert filed.text == "pods restart"


@pytest.mark.parametrize(
    ("stamp", "start", "end"),
    [
        ("14:30-14:35", "11-15T14:30", "11-15T14:35"),
        ("14:30 - 14:35", "11-15T14:30", "11-15T14:35"),
        ("14:30–14:35", "11-15T14:30", "11-15T14:35"),
        ("14:30 to 14:35", "11-15T14:30", "11-15T14:35"),
        ("14:30 until 14:35", "11-15T14:30", "11-15T14:35"),
        ("1430-1435", "11-15T14:30", "11-15T14:35"),
        ("14:30-35", "11-15T14:30", "11-15T14:35"),
        ("14:30:00-14:35", "11-15T14:30", "11-15T14:35"),
        ("14:30:00-14:35:00", "11-15T14:30", "11-15T14:35"),
        ("2:30-2:35pm", "11-15T14:30", "11-15T14:35"),
        ("2:30pm-2:35", "11-15T14:30", "11-15T14:35"),
        ("11:30-1:15pm", "11-15T11:30", "11-15T13:15"),
        ("14:30-14:35 CET", "11-15T13:30", "11-15T13:35"),
        ("14:30 CET - 14:35 CET", "11-15T13:30", "11-15T13:35"),
        ("14:30-14:35 -05:00", "11-15T19:30", "11-15T19:35"),
        ("09:30-10:00", "11-15T09:30", "11-15T10:00"),
        ("23:50-00:10", "11-15T23:50", "11-16T00:10"),
        ("23:50 - Nov 16 00:10", "11-15T23:50", "11-16T00:10"),
        ("Nov 14 23:50 - Nov 16 00:10", "11-14T23:50", "11-16T00:10"),
        ("Nov 14 - Nov 16", "11-14T00:00", "11-16T00:00"),
        ("2026-11-14 - 2026-11-16", "11-14T00:00", "11-16T00:00"),
    ],
)
def test_a_span_has_an_end(stamp: str, start: str, end: str) -> None:
    filed = entry(f"{stamp} rollback")
    assert (filed.at.at, filed.until, filed.text) == (utc(start), utc(end), "rollback")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("14:22 - 404 errors everywhere", "404 errors everywhere"),
        ("14:22 -5 pods", "-5 pods"),
        ("14:22 5 pods left", "5 pods left"),
        ("14:22 met the team", "met the team"),
        ("14:22 est. end unknown", "est. end unknown"),
        ("14:22 and/or both", "and/or both"),
        ("14:22 Japan loses its link", "Japan loses its link"),
        ("14:22 IST-Dienst antwortet nicht", "IST-Dienst antwortet nicht"),
        ("14:22 to be continued", "to be continued"),
        ("14:22, then silence", "then silence"),
        ("14:22 ) odd", ") odd"),
        ("+5m 30 pods", "30 pods"),
        ("14.22 pods restart", "pods restart"),
        ("0922 pods restart", "pods restart"),
        ("1422 Kubernetes restarts", "Kubernetes restarts"),
        ("1422 status page updated", "status page updated"),
        ("Nov 15 14:22 3 pods", "3 pods"),
        (r"14:22 \UTC stays", r"\UTC stays".removeprefix("\\")),
        (r"14:22 \d+ matches", r"\d+ matches"),
    ],
)
def test_what_follows_a_time_stays_text(line: str, text: str) -> None:
    assert entry(line).text == text


@pytest.mark.parametrize(
    ("line", "question", "labels"),
    [
        ("25:10 x", "There is no hour 25", ["01:10 UTC, Nov 16"]),
        ("14:75 x", "There is no minute 75", []),
        ("99:99 x", "There is no minute 99", []),
        ("13:55 PM x", "13:55 does not go with pm", ["13:55 UTC, Nov 15"]),
        ("0:30 pm x", "00:30 does not go with pm", ["12:30 UTC, Nov 15", "00:30 UTC, Nov 15"]),
        ("Feb 30 14:22 x", "Feb 30 is not in the calendar", ["14:22 UTC, Feb 28", "14:22 UTC, Mar 1"]),
        ("2026-13-01 14:22 x", "There is no month 13", []),
        ("0001-01-01 14:22 x", "The year 0001 is out of range", []),
        (
            "Mon Nov 15 14:22 x",
            "The day of the week does not fit: it is Sun Nov 15",
            ["14:22 UTC, Nov 15"],
        ),
        ("11/12/2026 14:22 x", "Which day is meant?", ["14:22 UTC, Dec 11", "14:22 UTC, Nov 12"]),
        ("14:30-25:10 x", "There is no hour 25", ["14:30-Nov 16 01:10 UTC, Nov 15"]),
        (
            "14:35-14:30 x",
            "The end of the span is not after its start",
            ["14:30-14:35 UTC, Nov 15", "14:35-Nov 16 14:30 UTC, Nov 15"],
        ),
        (
            "14:30-14:30 x",
            "The end of the span is not after its start",
            ["14:30 UTC, Nov 15", "14:30-Nov 16 14:30 UTC, Nov 15"],
        ),
        (
            "Nov 15 14:30 - Nov 14 14:30 x",
            "The end of the span is not after its start",
            ["14:30 UTC, Nov 15"],
        ),
        (
            "14:22-05:00 x",
            "Is that an offset from UTC, or the end of a span?",
            ["14:22 -05:00 = 19:22 UTC, Nov 15", "14:22-Nov 16 05:00 UTC, Nov 15"],
        ),
        (
            "no time at all",
            "When was it? Begin with a time such as 14:22",
            ["about 14:20, as the entry above"],
        ),
        (
            "2026 requests failed",
            "Is 2026 a time, or does it belong to the text?",
            ["the time 20:26 UTC, Nov 15", "text, about 14:20, as the entry above"],
        ),
        (
            "404 errors",
            "Is 404 a time, or does it belong to the text?",
            ["the time 04:04 UTC, Nov 15", "text, about 14:20, as the entry above"],
        ),
        (
            "1500 ms latency",
            "Is 1500 a time, or does it belong to the text?",
            ["the time 15:00 UTC, Nov 15", "text, about 14:20, as the entry above"],
        ),
        (
            "1422 failed requests",
            "Is 1422 a time, or does it belong to the text?",
            ["the time 14:22 UTC, Nov 15", "text, about 14:20, as the entry above"],
        ),
        (
            "Nov 14 500 errors",
            "Is 500 a time, or does it belong to the text?",
            ["the time 05:00 UTC, Nov 14", "text, on Nov 14"],
        ),
        (
            "yesterday we saw it",
            "At what time? Type it after yesterday",
            ["on Tue Nov 17, time of day not known", "text, about 14:20, as the entry above"],
        ),
    ],
)
def test_what_is_not_clear_is_asked(line: str, question: str, labels: list[str]) -> None:
    reading = read(line, Phase.TIMELINE, context())
    assert (reading.value, reading.question) == (None, question)
    assert [choice.label for choice in reading.choices] == labels


def test_the_answers_keep_every_word() -> None:
    reading = read("2026 requests failed #det", Phase.TIMELINE, context())
    values = [choice.value for choice in reading.choices]
    assert [value.text for value in values if isinstance(value, Entry)] == ["requests failed", "2026 requests failed"]
    assert all(isinstance(value, Entry) and value.milestones == (Milestone.DETECTED,) for value in values)
    on_day = read("Nov 14 500 errors", Phase.TIMELINE, context()).choices[1].value
    assert isinstance(on_day, Entry)
    assert (on_day.text, on_day.at.precision) == ("500 errors", Precision.DAY)


LATE = Entry(id="late", at=Moment(at(23, 58)), text="late")


def test_a_change_of_day_is_proposed_and_not_guessed() -> None:
    reading = read("00:05 pods restart", Phase.TIMELINE, context(above=LATE))
    assert reading.value is None
    assert reading.question == "Is 00:05 on the next day?"
    assert [choice.label for choice in reading.choices] == [
        "Nov 16 00:05 UTC, 7 min after the entry above",
        "Nov 15 00:05 UTC, 23 h 53 min before the entry above",
    ]
    next_day, same_day = (choice.value for choice in reading.choices)
    assert next_day == Entry(at=Moment(at(0, 5, day=16)), text="pods restart")
    assert same_day == Entry(at=Moment(at(0, 5)), text="pods restart")


def test_no_change_of_day_is_proposed_when_the_day_is_typed_or_the_time_is_near() -> None:
    assert entry("Nov 15 00:05 x", context(above=LATE)).at.at == at(0, 5)
    assert entry("23:40 x", context(above=LATE)).at.at == at(23, 40)
    assert entry("12:00 x", context(above=LATE)).at.at == at(12, 0)


def test_a_time_without_a_day_is_on_the_day_of_the_entry_above_in_the_zone_typed() -> None:
    # 23:58 UTC is 00:58 the next day in Central Europe.
    assert entry("01:10 CET x", context(above=LATE)).at.at == at(0, 10, day=16)


def test_without_entries_the_day_is_that_of_the_start_else_today() -> None:
    started = Moment(at(13, 55, day=12))
    assert entry("14:22 x", context(above=None, started=started)).at.at == at(14, 22, day=12)
    assert entry("14:22 x", context(above=None)).at.at == at(14, 22, day=18)
    reading = read("14:22 x", Phase.TIMELINE, context(above=None))
    assert reading.understood == ("14:22 UTC, Nov 18", "today")


def test_without_entries_a_line_without_a_time_is_proposed_at_the_start() -> None:
    started = Moment(at(13, 55, day=12))
    reading = read("deploy", Phase.TIMELINE, context(above=None, started=started))
    assert [choice.label for choice in reading.choices] == [
        "about 13:55, when the incident started",
        "before 13:55, before the incident started",
    ]
    assert read("deploy", Phase.TIMELINE, context(above=None)).choices == ()


def test_a_relative_time_counts_from_the_start_when_there_is_no_entry() -> None:
    started = Moment(at(13, 55, day=12))
    reading = read("+5m x", Phase.TIMELINE, context(above=None, started=started))
    assert isinstance(reading.value, Entry)
    assert reading.value.at.at == at(14, 0, day=12)
    assert reading.understood[1] == "5 min after the start"
    nothing = read("+5m x", Phase.TIMELINE, context(above=None))
    assert nothing.question == "There is no entry above to count from. Begin with a time such as 14:22"


def test_a_relative_time_is_no_more_exact_than_what_it_counts_from() -> None:
    about = Entry(id="a", at=Moment(at(14, 0), approximation=Approximation.ABOUT), text="x")
    hour = Entry(id="a", at=Moment(at(14, 0), precision=Precision.HOUR), text="x")
    day = Entry(id="a", at=Moment(at(0, 0), precision=Precision.DAY), text="x")
    assert entry("+5m x", context(above=about)).at.approximation is Approximation.ABOUT
    assert entry("+5m x", context(above=hour)).at.approximation is Approximation.ABOUT
    assert "only the day is known" in read("+5m x", Phase.TIMELINE, context(above=day)).question


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        (
            "2026-10-25 02:30 x",
            [
                "02:30 Europe/Paris, Oct 25 (UTC+02:00, which is 00:30 UTC)",
                "02:30 Europe/Paris, Oct 25 (UTC+01:00, which is 01:30 UTC)",
            ],
        ),
        (
            "2026-03-29 02:30 x",
            [
                "03:30 Europe/Paris, Mar 29 (UTC+02:00, which is 01:30 UTC)",
                "01:30 Europe/Paris, Mar 29 (UTC+01:00, which is 00:30 UTC)",
            ],
        ),
    ],
)
def test_a_time_that_came_twice_or_never_is_asked_about(line: str, labels: list[str]) -> None:
    reading = read(line, Phase.TIMELINE, context("Europe/Paris", above=None))
    assert reading.value is None
    assert "when the clocks were changed" in reading.question
    assert [choice.label for choice in reading.choices] == labels


@pytest.mark.parametrize(
    ("line", "zone", "phrase"),
    [
        ("14:28 x", "UTC", "14:28 UTC, Nov 15"),
        ("~14:30-14:35 x", "UTC", "~14:30-14:35 UTC, Nov 15"),
        ("2025-11-15 14:28 x", "UTC", "14:28 UTC, Nov 15, 2025"),
        ("Nov 15 x", "UTC", "Nov 15"),
        ("14:22 CET x", "UTC", "14:22 CET = 13:22 UTC, Nov 15"),
        ("14:22 IST x", "UTC", "14:22 IST = 08:52 UTC, Nov 15"),
        ("14:22 CST x", "Europe/Paris", "14:22 CST (UTC-06:00) = 21:22 Europe/Paris, Nov 15"),
        ("20:22 PST x", "UTC", "20:22 PST = 04:22 UTC, Nov 15 there"),
        ("14:22 +01:00 x", "Europe/Paris", "14:22 +01:00, Nov 15"),
        ("22:20 UTC x", "Europe/Paris", "22:20 UTC = 23:20 Europe/Paris, Nov 15"),
    ],
)
def test_day_and_zone_are_said_back(line: str, zone: str, phrase: str) -> None:
    assert read(line, Phase.TIMELINE, context(zone)).understood[0] == phrase


def test_a_time_in_the_future_is_filed_and_said() -> None:
    reading = read("2026-12-24 14:00 x", Phase.TIMELINE, context())
    assert reading.value is not None
    assert "in the future" in reading.understood


def test_the_session_zone_keeps_its_own_rules() -> None:
    # As the zone of a session "CET" is the zone of the database, with summer time.
    filed = entry("2026-07-01 14:22 x", context("CET", above=None))
    assert filed.at.at == at(12, 22, day=1, month=7)
    assert read("2026-07-01 14:22 x", Phase.TIMELINE, context("CET", above=None)).understood[0] == "14:22 CET, Jul 1"
