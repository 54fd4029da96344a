"""The query line: what it means, what is wrong with it, and what may be typed next."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.library.completing import complete
from facilitator.library.expressions import (
    All,
    Dates,
    Days,
    Expression,
    Not,
    Number,
    Order,
    PendingActions,
    Query,
    Some,
    Sort,
    Value,
    Words,
)
from facilitator.library.fields import FIELDS
from facilitator.library.query import LONGEST, QueryError, parse
from tests.library.asking import TODAY, asked


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("", All()),
        ("Redis", Words(("redis",))),
        ("redis time-out", All((Words(("redis",)), Words(("time", "out"))))),
        ('"out of memory"', Words(("out", "of", "memory"))),
        ('"not closed', Words(("not", "closed"))),
        ("mem*", Words(("mem",), prefix=True)),
        ("Café", Words(("cafe",))),
        ("-redis", Not(Words(("redis",)))),
        ("NOT NOT redis", Words(("redis",))),
        ("a b OR c", All((Words(("a",)), Some((Words(("b",)), Words(("c",))))))),
        ("(a b) OR c", Some((All((Words(("a",)), Words(("b",)))), Words(("c",))))),
        ("foo() AND bar", All((Words(("foo",)), Words(("bar",))))),
        ("a - b", All((Words(("a",)), Words(("b",))))),
        ("14:22", Words(("14", "22"))),
        ("https://example.org", Words(("https", "example", "org"))),
        ("severity:1..2", Some((Value("severity", "sev1"), Value("severity", "sev2")))),
        ("severity:<=SEV1", Value("severity", "sev1")),
        ('service:"Support desk",web', Some((Value("service", "support desk"), Value("service", "web")))),
        ("service:check*", Value("service", "check", prefix=True)),
        ("cause:config", Value("cause", "configuration")),
        ("cause:something-else", Value("cause", "something else")),
        ("status:review", Value("status", "in review")),
        ("kind:near", Value("kind", "near miss")),
        ("owner:@alice", Value("owner", "alice")),
        ("mttr:>2h", Number("mttr", low=7200, low_open=True)),
        ("mttr:1h30m..", Number("mttr", low=5400)),
        ("budget:<=20%", Number("budget", high=20)),
        ("users:10k..1.5m", Number("users", 10_000, 1_500_000)),
        ("since:12m", Days(first=date(2025, 11, 15))),
        ("since:2026", Days(first=date(2026, 1, 1))),
        ("until:2026-02", Days(last=date(2026, 2, 28))),
        ("until:2d", Days(last=date(2026, 11, 13))),
        ("date:2026-01..2026-06", Days(date(2026, 1, 1), date(2026, 6, 30))),
        ("date:>2026-01", Days(first=date(2026, 2, 1))),
        ("date:yesterday", Days(date(2026, 11, 14), date(2026, 11, 14))),
        ("pending:>60d", PendingActions(Dates.BORN, last=TODAY - timedelta(61))),
        ("pending:<1w", PendingActions(Dates.BORN, first=TODAY - timedelta(6))),
        ("pending:1w..60d", PendingActions(Dates.BORN, TODAY - timedelta(60), TODAY - timedelta(7))),
        ("has:overdue", PendingActions(Dates.DUE, last=TODAY - timedelta(1))),
        ("has:pending", Value("has", "pending")),
    ],
)
def test_a_line_means(line: str, where: Expression) -> None:
    assert asked(line) == Query(where)


def test_order_and_limit_stand_anywhere() -> None:
    assert asked("sort:mttr redis limit:5") == Query(Words(("redis",)), Order(Sort.MTTR), 5)
    assert asked("sort:severity-desc").order == Order(Sort.SEVERITY, turned=True)
    assert asked("redis").sorted_by.by is Sort.RELEVANCE
    assert asked("-redis sort:relevance").sorted_by.by is Sort.DATE


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("redis servce:x", 6, "no field is called 'servce'; did you mean 'service'?"),
        ("qqqq:x", 0, "put it in quotes"),
        ("service:", 8, "needs a value, such as service:checkout"),
        ("x severity:5", 11, "a severity is 1 to 4"),
        ("status:fnal", 7, "did you mean 'final'?"),
        ("kind:e", 5, "may be successful-experiment or expected-failure"),
        ("mttr:2", 5, "a number with a unit"),
        ("mttr:>", 6, "nothing stands after >"),
        ("mttr:2h..1h", 5, "ends before it begins"),
        ("mttr:5x", 5, "no unit of time is called 'x'"),
        ("budget:lots", 7, "20%"),
        ("users:many", 6, "10k"),
        ("since:soon", 6, "a date is written as"),
        ("date:2026-02-30", 5, "the calendar has no 2026-02-30"),
        ("pending:60", 8, "an age is a number with d, w, m"),
        ("has:cheese", 4, "has: nothing is called 'cheese'"),
        ("tag:!!", 4, "no letter or digit"),
        ("sort:titel", 5, "there is no order"),
        ("limit:0", 6, "from 1 to 10,000"),
        ("limit:1 limit:2", 8, "limit: is there twice"),
        ("-sort:date", 0, "stand by themselves"),
        ("(limit:3)", 1, "stand by themselves"),
        ("OR x", 0, "OR stands between"),
        ("x OR", 2, "something must stand after OR"),
        ("x NOT", 2, "something must stand after NOT"),
        ("x (y", 2, "this bracket is never closed"),
        ("!!!", 0, "no letter or digit to search for"),
        ("t*", 0, "two letters at least"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(line: str, column: int, message: str) -> None:
    with pytest.raises(QueryError) as raised:
        asked(line)
    assert message in str(raised.value)
    assert raised.value.column == column


@pytest.mark.parametrize(
    "line",
    ["x" * 10_000, "a OR " * 390 + "a", "(" * 1000, "-" * 1999, "x " * 900, "service:" + "a," * 900, "NOT " * 499],
)
def test_too_much_is_told(line: str) -> None:
    with pytest.raises(QueryError) as raised:
        asked(line)
    assert 0 <= raised.value.column <= LONGEST


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                [*(f"{name}:" for name in FIELDS), " ", "OR", "-", "(", ")", '"', "..", ">", "2h", "a", "*", ","]
            )
        ).map("".join),
    ),
    st.dates(),
)
def test_any_line_is_read_or_told_what_is_wrong(line: str, today: date) -> None:
    wrong = None
    try:
        parse(line, today)
    except QueryError as error:
        wrong = error
    assert wrong is None or (0 <= wrong.column <= len(line) and str(wrong))


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_of_each_field_can_be_read(name: str) -> None:
    asked(f"{name}:{FIELDS[name].example}")


def values(field: str) -> dict[str, int]:
    return {"checkout": 3, "check in": 1, "search": 5} if field == "service" else {}


@pytest.mark.parametrize(
    ("line", "start", "texts"),
    [
        ("se", 0, ["severity:", "service:"]),
        ("redis -se", 7, ["severity:", "service:"]),
        ("service:", 8, ["search", "checkout", '"check in"']),
        ("service:check", 8, ["checkout", '"check in"']),
        ('service:"check', 8, ["checkout", '"check in"']),
        ("service:search,che", 15, ["checkout", '"check in"']),
        ("status:i", 7, ["in-review"]),
        ("cause:de", 6, ["dependency", "deployment"]),
        ("mttr:", 5, [">2h"]),
        ("qq:", 3, []),
    ],
)
def test_fields_and_values_are_completed(line: str, start: int, texts: list[str]) -> None:
    found = complete(line, len(line), values)
    assert (found.start, [each.text for each in found.options]) == (start, texts)
    for text in texts:
        if not text.endswith(":"):
            asked(line[: found.start] + text)
