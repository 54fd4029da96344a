"""Similar sessions: what comes first, why, and that nothing but the sessions decides it."""

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.library.alike import forms, terms
from facilitator.library.comparing import MOST_COMPARED
from facilitator.library.likeness import COUNTED
from facilitator.library.search import Library
from facilitator.library.similar import Alike, similar
from facilitator.model.meeting_items import Account, Note
from facilitator.model.moments import Moment
from facilitator.model.session import Action, ActionStatus, Entry, Factor, Session
from tests.hostile import HOSTILE
from tests.library.asking import NOON, TODAY, a_session, sessions, stores, write

OTHERS = (
    "Disk full on logs",
    "DNS answers are stale",
    "Mail is late",
    "Search is slow",
    "Clock drift",
    "Quota reached",
)


def library_of(folder: Path, held: Sequence[Session]) -> Library:
    """Return a library of a store that holds these, and others that have nothing to do with them."""
    others = [a_session(100 + number, title=title) for number, title in enumerate(OTHERS)]
    for each in (*held, *others):
        write(folder / "store", each)
    return Library(folder / "store", cache=folder / "cache")


def found(library: Library, wanted: Session | str, limit: int = 5) -> Alike:
    """Return what the index finds, and make sure that the files say the same."""
    assert library.refresh()
    by_index = similar(library, wanted, TODAY, limit=limit)
    assert similar(library, wanted, TODAY, limit=limit, ready=False) == by_index
    return by_index


def ids(alike: Alike) -> list[str]:
    return [each.id for each in alike.sessions]


def cause(text: str, category: str = "") -> tuple[Factor, ...]:
    return (Factor(id="F", text=text, category=category, root_cause=True),)


def test_the_same_cause_comes_before_the_same_service_with_another(tmp_path: Path) -> None:
    wanted = a_session(
        0, title="Checkout is down", services=("checkout",), factors=cause("no canary took traffic", "deployment")
    )
    same = a_session(
        1, title="Payments fail", services=("payments",), factors=cause("the canary took no traffic", "deployment")
    )
    look_alike = a_session(
        2, title="Checkout is down", services=("checkout",), factors=cause("certificate expired", "process")
    )
    first, second = found(library_of(tmp_path, [wanted, same, look_alike]), wanted).sessions[:2]
    assert (first.id, second.id) == (same.id, look_alike.id)
    assert first.score > second.score > 0
    assert "same cause category: deployment" in first.reasons
    assert "factor like: the canary took no traffic" in first.reasons
    assert {"same service: checkout", "but another cause category: process"} <= set(second.reasons)


def test_reasons_say_what_is_shared_and_how_far_the_actions_are(tmp_path: Path) -> None:
    actions = tuple(
        Action(id=f"A{number}", text="x", status=status)
        for number, status in enumerate((ActionStatus.DONE, ActionStatus.OPEN, ActionStatus.WONT_DO))
    )
    past = a_session(
        1, title="OOM in Redis", summary="libmysql \x1b[31mleaks", services=("Checkout",), tags=("redis",),
        actions=actions, factors=cause("Nobody limits the memory of Redis"),
    )  # fmt: skip
    wanted = a_session(2, title="libmysql eats the heap", services=("checkout",), tags=("Redis",), summary="redis")
    (only,) = found(library_of(tmp_path, [past]), wanted).sessions
    assert only.reasons[:2] == ("same service: Checkout", "same tag: redis")
    assert only.reasons[-1] == "1 of 3 actions still open"
    (rare,) = [each for each in only.reasons if each.startswith("rare words: ")]
    assert {"libmysql", "Redis"} <= set(rare.removeprefix("rare words: ").split(", "))
    assert any(each.startswith("words alike: ") and "(heap here)" in each for each in only.reasons)
    assert (only.actions, only.actions_open, only.causes) == (3, 1, ("Nobody limits the memory of Redis",))


def test_rare_words_weigh_more_than_common_ones(tmp_path: Path) -> None:
    crowd = [a_session(number, title=f"Kafka lags in zone{number}") for number in range(3, 20)]
    rare = a_session(1, title="Broker hits libmysql")
    assert ids(found(library_of(tmp_path, [rare, *crowd]), "kafka hits libmysql"))[0] == rare.id


def test_different_words_for_one_thing_are_found(tmp_path: Path) -> None:
    past = a_session(1, title="TLS handshakes fail", summary="the cert was past its expiry")
    (only,) = found(library_of(tmp_path, [past]), "certificates expired").sessions
    assert only.id == past.id


def test_numbers_and_dates_are_not_compared_but_codes_are(tmp_path: Path) -> None:
    past = a_session(1, title="Gateway answers 503", summary="2026-03-01 on 17 hosts")
    library = library_of(tmp_path, [past])
    assert ids(found(library, "503 everywhere")) == [past.id]
    for text in ("2026-03-01", "17", "the incident"):
        assert ids(found(library, text)) == []


def test_words_are_told_as_they_are_written_with_their_accents(tmp_path: Path) -> None:
    past = a_session(1, title="Café", factors=cause("der Server im Café überhitzt"))
    wanted = a_session(2, title="CAFE", factors=cause("uberhitzt im cafe"))
    (only,) = found(library_of(tmp_path, [past]), wanted).sessions
    assert "factor like: der Server im Café überhitzt" in only.reasons
    (rare,) = [each for each in only.reasons if each.startswith("rare words: ")]
    assert {"Café", "überhitzt"} <= set(rare.removeprefix("rare words: ").split(", "))


@pytest.mark.parametrize(
    ("title", "asked", "told"),
    [
        ("A release stalls", "three deployments/7", "words alike: release (deployments here)"),
        ("The PostgreSQL replica is behind", "PostgreSQL", "rare words: PostgreSQL"),
        ("The postgreSQL replica is behind", "POSTGRESQL", "rare words: postgreSQL"),
    ],
)
def test_what_is_alike_is_told_in_whatever_form_and_case_it_stands(
    tmp_path: Path, title: str, asked: str, told: str
) -> None:
    (only,) = found(library_of(tmp_path, [a_session(1, title=title)]), asked).sessions
    assert told in only.reasons


def test_one_word_or_the_name_of_a_service_is_no_recurrence(tmp_path: Path) -> None:
    past = [a_session(number, title="Checkout is down", services=("checkout",)) for number in (1, 2)]
    past.append(a_session(3, title="Redis out of memory", services=("checkout",)))
    library = library_of(tmp_path, past)
    bare = a_session(9, title="Checkout", services=("checkout",))
    assert found(library, bare).sessions
    assert found(library, bare).recurrence == ""
    assert found(library, a_session(9, title="Redis memory")).recurrence == "the second like this in a day"


def test_neither_itself_nor_a_copy_is_similar(tmp_path: Path) -> None:
    wanted = a_session(1, title="Redis out of memory", summary="the cache had no limit")
    copy = msgspec.structs.replace(wanted, id="S2")
    other = a_session(3, title="Redis out of memory")
    library = library_of(tmp_path, [wanted, copy, other])
    write(library.folder, wanted, "S1-copy.json")
    assert ids(found(library, wanted)) == [other.id]
    assert set(ids(found(library, "redis out of memory"))) == {"S1", "S2", "S3"}


def test_a_session_that_is_not_in_the_store_can_be_compared(tmp_path: Path) -> None:
    past = a_session(1, title="Redis out of memory")
    library = library_of(tmp_path, [past])
    assert ids(found(library, a_session(50, title="Redis out of memory again"))) == [past.id]
    assert found(library, a_session(51, title="")).sessions == ()
    assert found(library, "").sessions == ()
    assert found(library, "redis memory", limit=0).sessions == ()


def test_what_is_private_is_neither_compared_nor_shown(tmp_path: Path) -> None:
    secret = "zanzibar"
    private = a_session(
        1, title="Disk trouble", notes=(Note(id="N", text=secret),),
        accounts=(Account(id="C", seen=secret, private=True),),
    )  # fmt: skip
    library = library_of(tmp_path, [private])
    assert ids(found(library, secret)) == []
    assert ids(found(library, a_session(2, title="", notes=(Note(id="N", text="disk trouble"),)))) == []


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((), ""),
        ((10,), "the second like this in 10 days"),
        ((400, 30), "the third like this in 13 months"),
        ((-5,), ""),
    ],
)
def test_recurrence_is_told(tmp_path: Path, days: tuple[int, ...], told: str) -> None:
    def one(number: int, back: int) -> Session:
        return a_session(
            number, title="Redis out of memory", summary=f"cache without limit {number}", cause="infrastructure",
            services=("checkout",), started=Moment(NOON - timedelta(days=back)),
        )  # fmt: skip

    past = [one(number, back) for number, back in enumerate(days, 1)]
    other = msgspec.structs.replace(one(9, 20), cause="process")
    assert found(library_of(tmp_path, [*past, other]), one(0, 0)).recurrence == told


def test_a_crowd_of_common_words_still_finds_something(tmp_path: Path) -> None:
    crowd = [
        a_session(number, title="Redis timeout" if number % 2 else "Redis slow", summary=f"zone{number}",
                  started=Moment(NOON - timedelta(days=number)))
        for number in range(2 * COUNTED + 20)
    ]  # fmt: skip
    library = library_of(tmp_path, crowd)
    newest = found(library, "redis timeout", limit=MOST_COMPARED).sessions
    assert 1 < len(newest) <= MOST_COMPARED
    assert newest[0].title == "Redis timeout"


def test_files_that_went_or_changed_are_left_out(tmp_path: Path) -> None:
    held = [a_session(number, title="Redis out of memory", summary=f"n{number}") for number in range(3)]
    library = library_of(tmp_path, held)
    assert library.refresh()
    (library.folder / "S0.json").unlink()
    (library.folder / "S1.json").write_text("{", encoding="utf-8")
    assert ids(similar(library, "redis out of memory", TODAY)) == ["S2"]


def test_without_a_store_nothing_is_similar(tmp_path: Path) -> None:
    library = Library(tmp_path / "none", cache=tmp_path / "cache")
    assert similar(library, "redis", TODAY, ready=False) == Alike()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_it(tmp_path: Path, text: str) -> None:
    library = library_of(tmp_path, [a_session(1, title="Redis out of memory")])
    assert library.refresh()
    similar(library, text, TODAY)


@given(st.text(max_size=12))
def test_a_word_is_among_the_forms_of_what_it_is_compared_by(word: str) -> None:
    for each in word.lower().split():
        for term in terms(each):
            assert term in terms(each)
            assert forms(term)


@given(
    st.sampled_from(
        ["expired", "nodes", "policies", "deployment", "hung", "crashes", "renewed", "limits", "日", "x509"]
    )
)
def test_forms_have_the_word_itself(word: str) -> None:
    assert any(word in forms(term) for term in terms(word))


@settings(max_examples=40, deadline=None)
@given(stores(6), sessions(99), st.one_of(st.none(), st.text(max_size=30)))
def test_the_order_of_the_store_decides_nothing(held: tuple[Session, ...], wanted: Session, text: str | None) -> None:
    asked = wanted if text is None else text
    answers = []
    with tempfile.TemporaryDirectory() as place:
        for number, order in enumerate((held, held[::-1])):
            library = Library(Path(place) / f"store{number}", cache=Path(place) / "cache")
            library.folder.mkdir()
            for each in order:
                write(library.folder, each)
            assert library.refresh()
            answers += [similar(library, asked, TODAY, limit=9, ready=ready) for ready in (True, True, False)]
            # The same sessions, taken in one by one.
            for each in order:
                write(library.folder, msgspec.structs.replace(each, title="other"))
                library.took_in(f"{each.id}.json")
                write(library.folder, each)
                library.took_in(f"{each.id}.json")
            answers.append(similar(library, asked, TODAY, limit=9))
            library.close()
    assert all(each == answers[0] for each in answers)
    assert all(each.id != wanted.id and 0 < each.score <= 1 and each.reasons for each in answers[0].sessions)
    assert [each.score for each in answers[0].sessions] == sorted(
        (each.score for each in answers[0].sessions), reverse=True
    )


def test_entries_of_the_timeline_count_too(tmp_path: Path) -> None:
    past = a_session(1, title="Trouble", timeline=(Entry(id="E", at=Moment(NOON), text="libmysql segfaults"),))
    library = library_of(tmp_path, [past])
    assert ids(found(library, "libmysql segfault")) == [past.id]
    assert similar(library, "libmysql", date(2026, 1, 1)).recurrence == ""
