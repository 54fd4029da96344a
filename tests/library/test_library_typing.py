"""A query line while it is typed, and what it was understood as."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.library.begun import begun, is_plain, unfinished
from facilitator.library.query import QueryError, parse
from facilitator.library.telling import told

TODAY = date(2026, 11, 15)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("redis tim", "redis tim*"),
        ("redis tim ", "redis tim"),
        ("redis t", "redis"),
        ("redis -t", "redis"),
        ("re", "re*"),
        ("r", "r"),
        ("timeout redis-cl", "timeout redis-cl*"),
        ('"out of mem', '"out of mem"*'),
        ("-stag", "-stag*"),
        ("redis OR", "redis OR*"),
        ("mttr:>2h", "mttr:>2h"),
        ("service:check", "service:check"),
        ("", ""),
    ],
)
def test_the_last_word_counts_as_a_beginning_until_a_space_follows(typed: str, meant: str):
    assert begun(typed, TODAY) == parse(meant, TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("service:che", "service:che*"),
        ("redis owner:al", "redis owner:al*"),
        ("redis sinc", "redis"),
        ("redis -own", "redis"),
        ("mtt", ""),
    ],
)
def test_the_end_may_be_the_beginning_of_a_value_or_of_the_name_of_a_field(typed: str, meant: str):
    assert unfinished(typed, TODAY) == parse(meant, TODAY)


@pytest.mark.parametrize("typed", ["mttr:>2h", "since:12m", "severity:1", "redis", "service:checkout ", "tag:", "s"])
def test_what_is_no_beginning_of_a_value_is_not_taken_for_one(typed: str):
    assert unfinished(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("redis timeout", True), ("tag:redis", False), ('"a b"', False), ("-redis", False), ("a OR b", False), ("", True)],
)
def test_plain_words_are_told_from_queries(typed: str, plain: bool):
    assert is_plain(typed, parse(typed, TODAY)) is plain


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("redis timeout", ""),
        ("since:12m", "from 2025-11-15 on"),
        ("redis cause:config", "cause configuration"),
        ("mttr:>2h sort:mttr", "MTTR over 2 h · longest MTTR first"),
        ("duration:1h..4h", "duration 1 h to 4 h"),
        ("date:2026-01..2026-06 limit:5", "2026-01-01 to 2026-06-30 · 5 at most"),
        ("service:search,checkout", "service search or checkout"),
        ("-status:draft budget:>20%", "not status draft · budget over 20 %"),
        ("users:>10k sort:users-asc", "users over 10,000 · fewest users first"),
        ("pending:>60d", "an open action filed up to 2026-09-15"),
        ("has:overdue", "an open action due up to 2026-11-14"),
        ("owner:al*", "owner al…"),
        ("tag:a OR redis", ""),
    ],
)
def test_a_query_says_what_it_was_understood_as(typed: str, said: str):
    assert told(parse(typed, TODAY)) == said


@given(st.text(alphabet='ab1 :"()-*.>,ORNTservicemttr', max_size=40))
@settings(max_examples=150)
def test_whatever_is_typed_is_understood_or_refused(typed: str):
    try:
        query = begun(typed, TODAY)
    except QueryError:
        with pytest.raises(QueryError):
            parse(typed, TODAY)
    else:
        assert "\n" not in told(query)
