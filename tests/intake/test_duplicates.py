"""The same thing told by several sources, and what that says about their clocks."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.drafts import Draft, Signal, Stamp
from facilitator.intake.sifting import duplicates as module
from facilitator.intake.sifting.duplicates import MOST_COMPARED, compared, duplicates
from facilitator.intake.sifting.named import told
from facilitator.intake.sifting.skew import shifted, skews
from facilitator.model.moments import Precision
from tests.intake.channels import channel

NOON = datetime.fromisoformat("2026-11-17T12:00")


LAST = datetime.fromisoformat("9999-12-31T23:59:59")


def at(seconds: float) -> Stamp:
    return Stamp(NOON + timedelta(seconds=seconds), "UTC", Precision.SECOND)


def slack(id: str, text: str, seconds: float, who: str = "bot", place: str = "ops") -> Draft:
    return Draft(id=f"slack:{place}/{id}", text=text, stamp=at(seconds), who=who, place=place)


def pager(id: str, text: str, seconds: float, signal: Signal = Signal.FIRES, key: str = "", file: str = "a") -> Draft:
    return Draft(
        id=f"pagerduty:{id}", text=text, stamp=at(seconds), signal=signal, key=key, place="checkout", file=file
    )


def groups(*drafts: Draft) -> list[tuple[str, ...]]:
    return [each.ids for each in duplicates(drafts)]


ALERT = pager("P1", "CheckoutErrorRateHigh: 5xx above 2%", 0, key="P1")


def test_an_alert_in_its_system_and_in_a_channel_is_one() -> None:
    bot = slack("1", "Triggered #4821 CheckoutErrorRateHigh, assigned to Priya", 4)
    found = duplicates([bot, ALERT, slack("2", "hm", 6, "jo")])
    assert [(each.head, each.ids) for each in found] == [(ALERT.id, (ALERT.id, bot.id))]
    assert "4 seconds apart" in found[0].why


def test_an_alert_and_its_end_are_two() -> None:
    end = slack("1", "[RESOLVED] CheckoutErrorRateHigh: 5xx above 2%", 60)
    assert groups(ALERT, end) == []
    assert groups(ALERT, pager("P2", "CheckoutErrorRateHigh", 60, Signal.ENDS, "P1", file="b")) == []


def test_records_with_one_key_are_one_in_two_files_and_not_in_one() -> None:
    again = pager("W1", "triggered", 2, key="P1", file="b")
    assert groups(ALERT, again) == [(ALERT.id, again.id)]
    assert "key P1" in duplicates([ALERT, again])[0].why
    assert groups(ALERT, pager("P9", "other", 2, key="P1")) == []
    assert groups(ALERT, msgspec.structs.replace(again, stamp=at(3600))) == []


def test_a_deploy_and_what_its_bot_says_are_one_by_the_change() -> None:
    sha = "3f9c2ab77d41e0c5b8a6f1029384756afbecd012"
    deploy = Draft(
        id="github:1", text="api deployed", stamp=at(0), signal=Signal.CHANGED, key=f"push/{sha}", place="o/api"
    )
    bot = slack("1", "Deploy of 3f9c2ab is live", 420)
    assert groups(deploy, bot) == [(deploy.id, bot.id)]
    assert "3f9c2ab" in duplicates([deploy, bot])[0].why
    assert groups(deploy, slack("1", "Deploy of 4f9c2ab is live", 420)) == []


def test_a_link_makes_one_only_of_what_tells_the_same() -> None:
    alert = msgspec.structs.replace(ALERT, link="https://pd.example.com/incidents/P1")
    firing = slack("1", "alert: https://pd.example.com/incidents/P1", 100)
    asking = slack("2", "anyone looking at https://pd.example.com/incidents/P1 ?", 30, "jo")
    assert groups(alert, firing) == [(alert.id, firing.id)]
    assert groups(alert, asking) == []


def test_two_messages_of_people_in_one_channel_are_never_one() -> None:
    same = "rolling back the payments release to v411 right now"
    assert groups(slack("1", same, 0, "ana"), slack("2", same, 5, "bo")) == []
    assert groups(slack("1", same, 0, "ana"), slack("2", same, 5, "ana")) == []
    assert groups(slack("1", same, 0, "ana"), slack("2", same, 5, "bo", "other")) == []
    one, other = slack("1", same, 0, "ana"), slack("2", same, 5, "ana", "other")
    assert groups(one, other) == [(one.id, other.id)]


def test_a_record_goes_with_one_message_of_a_channel() -> None:
    first, second = (slack(str(number), "[FIRING] CheckoutErrorRateHigh", 10 * number) for number in (1, 2))
    assert groups(ALERT, first, second) == [(ALERT.id, first.id)]


def test_numbers_tell_apart_what_is_alike() -> None:
    node = pager("N", "disk full on es-data-07 in frankfurt", 0)
    assert groups(node, slack("1", "alert: disk full on es-data-08 in frankfurt", 5)) == []
    assert groups(node, slack("1", "alert: disk full on es-data-07 in frankfurt", 5)) != []


def test_a_channel_alone_has_no_duplicates() -> None:
    assert duplicates(channel("payments", "ops").drafts) == ()


def some(count: int, sources: int, apart: float) -> list[Draft]:
    return [
        Draft(
            id=f"k{number % sources}:{number}",
            text=f"[FIRING] DiskAlmostFull on host number {number % 3}",
            stamp=at(number * apart),
            place="p",
        )
        for number in range(count)
    ]


def test_the_work_grows_with_the_number_of_drafts() -> None:
    def compared_of(drafts: Sequence[Draft]) -> int:
        placed = [
            module._Told(draft, (draft.stamp or at(0)).local.timestamp(), module.source_of(draft), told(draft))
            for draft in drafts
        ]
        return len(list(compared(placed)))

    few, many = compared_of(some(200, 3, 0)), compared_of(some(2000, 3, 0))
    assert few
    assert many <= 2000 * MOST_COMPARED * 10
    assert many <= 11 * few


DRAFTS = st.builds(
    Draft,
    id=st.sampled_from(["slack:1", "slack:2", "pd:1", "pd:2", "gh:1", "gh:2", ""]) | st.text(max_size=4),
    text=st.lists(
        st.sampled_from(
            ["firing", "resolved", "DiskFullOnHost", "#42", "INC-7", "3f9c2ab", "on", "the", "checkout", "9"]
        ),
        max_size=8,
    ).map(" ".join),
    stamp=st.none() | st.builds(Stamp, local=st.integers(0, 900).map(lambda each: NOON + timedelta(seconds=each))),
    who=st.sampled_from(["", "ana", "bo"]),
    place=st.sampled_from(["", "ops", "dev"]),
    signal=st.none() | st.sampled_from(Signal),
    key=st.sampled_from(["", "K", "L"]),
)


@settings(max_examples=80)
@given(st.lists(DRAFTS, max_size=12), st.randoms(use_true_random=False))
def test_groups_are_the_same_in_any_order_and_share_no_draft(drafts: list[Draft], chance: random.Random) -> None:
    unique = list({draft.id: draft for draft in drafts}.values())
    found = duplicates(unique)
    mixed = unique.copy()
    chance.shuffle(mixed)
    assert duplicates(mixed) == found
    ids = [id for each in found for id in each.ids]
    assert len(ids) == len(set(ids))
    by_id = {draft.id: draft for draft in unique}
    for each in found:
        assert each.head in each.ids
        assert each.why
        assert len(each.ids) > 1
        people = [(id.partition(":")[0], by_id[id].place) for id in each.ids if by_id[id].signal is None]
        assert len(people) == len(set(people))


def pairs(seconds: Sequence[float], precision: Precision = Precision.SECOND) -> list[Draft]:
    alerts = [pager(f"P{number}", f"CheckoutErrorRate{number}High", 3600 * number) for number in range(len(seconds))]
    told_late = [
        slack(f"{number}", f"[FIRING] CheckoutErrorRate{number}High", 3600 * number + late)
        for number, late in enumerate(seconds)
    ]
    return [
        *alerts,
        *(msgspec.structs.replace(each, stamp=Stamp(_local(each), "UTC", precision)) for each in told_late),
    ]


def _local(draft: Draft) -> datetime:
    assert draft.stamp is not None
    return draft.stamp.local


def test_a_clock_that_is_always_as_late_is_told() -> None:
    drafts = pairs([95, 97, 96, 99])
    (found,) = skews(drafts, duplicates(drafts))
    assert (found.source, found.other, found.pairs) == ("pagerduty", "slack", 4)
    assert found.seconds == -96.5
    assert found.spread == 1
    assert found.said == "pagerduty is 96 s behind slack, by 4 pairs, within 1 s"


def test_what_is_inconsistent_small_or_rare_says_nothing() -> None:
    for seconds in ([5, 6, 4, 5], [30, 200, 90, 280], [95, 95]):
        drafts = pairs(seconds)
        assert duplicates(drafts)
        assert skews(drafts, duplicates(drafts)) == ()
    drafts = pairs([60, 60, 60], Precision.MINUTE)
    assert skews(drafts, duplicates(drafts)) == ()


def test_a_stamp_is_shifted_whole() -> None:
    stamp = Stamp(NOON, "+02:00", until=NOON + timedelta(minutes=5))
    assert shifted(stamp, -90) == Stamp(
        NOON - timedelta(seconds=90), "+02:00", until=NOON + timedelta(minutes=5, seconds=-90)
    )
    assert shifted(Stamp(LAST), 60) == Stamp(LAST)
    assert shifted(stamp, float("nan")) == stamp
    assert shifted(stamp, float("inf")) == stamp


def test_an_alert_that_two_systems_name_is_one_although_a_channel_tells_it_twice() -> None:
    text = "Triggered through the API. [#4711] PaymentErrorRateHigh on payments-api"
    paged = pager("P1", text, 40, key="K")
    fired = Draft(
        id="alertmanager:1",
        text="PaymentErrorRateHigh: 5xx rate of payments-api is 23%, above 5% on 2 hosts",
        stamp=at(0),
        signal=Signal.FIRES,
        place="payments-api",
        file="b",
    )
    bots = [
        slack("1", "[FIRING:1] PaymentErrorRateHigh (payments-api prod)", 3, "Alertmanager"),
        slack("2", "Triggered #4711 PaymentErrorRateHigh on payments-api", 45, "PagerDuty"),
    ]
    assert groups(paged, fired) == [(fired.id, paged.id)]
    assert any({paged.id, fired.id} <= set(ids) for ids in groups(paged, fired, *bots))
    assert groups(paged, msgspec.structs.replace(fired, stamp=at(-700))) == []
    named = pager("P2", "disk-almost-full on node 7", 40)
    other = msgspec.structs.replace(fired, text="disk-almost-full: 97 % of /data")
    assert groups(named, other) == [(other.id, named.id)]
    assert groups(named, msgspec.structs.replace(other, text="disk-nearly-full: 97 % of /data")) == []


def test_a_deployment_goes_with_what_was_said_nearest_to_it() -> None:
    made = Draft(
        id="github:9", text="v2.41.0 deployed to production", stamp=at(11), signal=Signal.CHANGED, place="acme/api"
    )
    begun = slack("1", "Deploy payments-api v2.41.0 to production started by mei.tan", 20)
    done = slack("2", "Deploy payments-api v2.41.0 to production succeeded", 70)
    assert groups(made, begun, done) == [(made.id, begun.id)]
    assert groups(made, done) == [(made.id, done.id)]
