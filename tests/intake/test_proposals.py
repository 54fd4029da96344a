"""What is proposed for the timeline of an incident, why, and what is not."""

import random
import sys
from datetime import UTC, datetime, timedelta
from types import FrameType

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.drafts import Draft, Signal, Stamp
from facilitator.intake.sifting.proposal_values import Proposal, ProposalRule
from facilitator.intake.sifting.proposals import propose
from facilitator.intake.sifting.wordings import parsed
from facilitator.model.moments import Precision
from facilitator.model.session import Milestone
from facilitator.settings.proposals import all_rules, built_in
from tests.hostile import HOSTILE
from tests.intake.channels import Channel, channel

RULES = all_rules()
NOON = datetime.fromisoformat("2026-11-17T12:00")
ALERT = "[FIRING] CheckoutErrorRateHigh (critical)"


def said(*texts: str, apart: int = 60, place: str = "ops", people: tuple[str, ...] = ("ana", "bo")) -> list[Draft]:
    """Return messages of a channel, so many seconds apart."""
    return [
        Draft(
            id=f"slack:{place}/{number:04}",
            text=text,
            stamp=Stamp(NOON + timedelta(seconds=apart * number), "UTC", Precision.SECOND),
            who=people[number % len(people)],
            place=place,
        )
        for number, text in enumerate(texts)
    ]


def of(drafts: list[Draft], text: str) -> Proposal | None:
    """Return what is proposed of the message with a text."""
    ids = {draft.id for draft in drafts if draft.text == text}
    return next((each for each in propose(drafts, RULES) if each.id in ids), None)


def marked(
    drafts: list[Draft], zone: str = "UTC", since: datetime | None = None, until: datetime | None = None
) -> dict[str, str]:
    """Return the texts that are suggested for milestones."""
    texts = {draft.id: draft.text for draft in drafts}
    found = propose(drafts, RULES, zone=zone, since=since, until=until)
    return {each.milestone: texts[each.id] for each in found if each.milestone}


def figures(read: Channel, services: tuple[str, ...]) -> tuple[float, float, int]:
    """Return precision, recall, and how many milestones are right."""
    found = propose(read.drafts, RULES, services=services)
    ids = {each.id for each in found}
    marks = {each.milestone: each.id for each in found if each.milestone}
    right = len(ids & read.wanted)
    return (
        right / len(ids),
        right / len(read.wanted),
        sum(marks.get(each) == id for each, id in read.milestones.items()),
    )


@pytest.mark.parametrize(
    ("name", "services", "least_precision", "least_recall"),
    [("payments", ("payments-api", "ledger-db"), 0.6, 0.9), ("search", ("search-web",), 0.75, 0.8)],
)
def test_what_a_person_would_pick_is_proposed(
    name: str, services: tuple[str, ...], least_precision: float, least_recall: float
) -> None:
    read = channel(name, f"ops-{name}")
    precision, recall, milestones = figures(read, services)
    print(f"{name}: precision {precision:.2f}, recall {recall:.2f}, milestones {milestones} of {len(read.milestones)}")
    assert precision >= least_precision
    assert recall >= least_recall
    assert milestones == len(read.milestones)


def test_channels_without_an_incident_give_next_to_nothing() -> None:
    read = channel("noise", "")
    found = propose(read.drafts, RULES)
    print(f"noise: {len(found)} of {len(read.drafts)}")
    assert len(found) <= 2


@pytest.mark.parametrize(
    ("text", "milestone"),
    [
        ("ack", Milestone.ACKNOWLEDGED),
        ("I'm on it", Milestone.ACKNOWLEDGED),
        ("Im on it", Milestone.ACKNOWLEDGED),
        ("looking into it", Milestone.ACKNOWLEDGED),
        ("declaring SEV2", Milestone.DECLARED),
        ("Incident channel opened: #inc-12", Milestone.DECLARED),
        ("calling it a SEV-1", Milestone.DECLARED),
        ("rolled back", Milestone.MITIGATED),
        ("Failover done.", Milestone.MITIGATED),
        ("ok, mitigated", Milestone.MITIGATED),
        ("resolved", Milestone.RESOLVED),
        ("all clear!", Milestone.RESOLVED),
        ("error rate is back to normal", Milestone.RESOLVED),
    ],
)
def test_words_mark_milestones_after_an_alert(text: str, milestone: Milestone) -> None:
    drafts = said(ALERT, "hm", text)
    assert marked(drafts) == {Milestone.DETECTED: ALERT, milestone: text}


@pytest.mark.parametrize(
    "text",
    [
        "not resolved yet", "it isn't resolved", "how do we roll back?", "how do we roll back", "is it resolved?",
        "resolved in March?", "that was resolved last week", "should be resolved soon", "if it is mitigated we can go",
        "once rolled back, tell me", "we hope it is resolved today", 'he said "resolved"', "`resolved`?",
        "can't be mitigated", "nobody has rolled back", "has anybody rolled back?", "> all clear",
        "rolled back on staging", "conflicts resolved", "when it's resolved we eat",
        "the old incident was resolved in 2 days",
    ],
)  # fmt: skip
def test_what_is_denied_asked_or_only_thought_of_marks_nothing(text: str) -> None:
    assert marked(said(ALERT, "hm", text)) == {Milestone.DETECTED: ALERT}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("let's roll back", "is a decision"),
        ("we'll fail over", "is a decision"),
        ("decided: we wait", "is a decision"),
        ("Deployed api v12 to production", "is a deploy"),
        ("config of the gateway was changed", "is a change of configuration"),
        ("see https://grafana.example.com/d/abc/x", "links to a graph"),
        ("customers are reporting failures", "tells what customers see"),
        ("status page updated", "is what the public was told"),
        ("could it be the cache?", "is a guess at what is behind it"),
        ("I think it's the cache", "is a guess at what is behind it"),
        ("paging the database team", "is where somebody joins or is called in"),
        ("restarted the queue workers", "tells what was done"),
    ],
)
def test_each_says_why_and_only_while_something_is_wrong(text: str, why: str) -> None:
    found = of(said(ALERT, "hm", text), text)
    assert found is not None
    assert why in found.reasons
    assert of(said("good morning", "hm", text), text) is None


def test_a_channel_for_incidents_needs_no_alert() -> None:
    assert propose(said("hello", "let's roll back", place="inc-204"), RULES)


def test_a_question_that_nobody_answers_counts_and_an_answered_one_does_not() -> None:
    asked = "who has the key of the vault?"
    assert of([*said(ALERT, asked)], asked) is not None
    assert of([*said(ALERT, asked, "me")], asked) is None
    lonely = said(ALERT, asked)
    assert of([*lonely, Draft(id="slack:ops/9", text="me", who="cy", place="ops", thread=lonely[1].id)], asked) is None


def test_a_service_counts_where_it_is_first_named() -> None:
    drafts = said(ALERT, "hm", "errors in Ledger DB", "yes ledger-db")
    found = {each.id: each.reasons for each in propose(drafts, RULES, services=["ledger-db", "nothing"])}
    assert "names a service for the first time" in found[drafts[2].id]
    assert drafts[3].id not in found


def test_many_reactions_are_many_for_the_channel() -> None:
    drafts = said(ALERT, *(["fine"] * 99), apart=30)
    liked = [msgspec.structs.replace(draft, replies=number) for number, draft in enumerate(drafts)]
    ids = [each.id for each in propose(liked, RULES) if any("replies" in why for why in each.reasons)]
    assert len(ids) == 3
    same = [msgspec.structs.replace(draft, replies=50) for draft in drafts]
    assert len(propose(same, RULES)) == 1


def test_repeats_of_a_bot_count_once_and_of_ends_the_last() -> None:
    drafts = said(*[ALERT, "[RESOLVED] CheckoutErrorRateHigh"] * 4, people=("alertmanager",))
    assert [each.id for each in propose(drafts, RULES)] == [drafts[0].id, drafts[7].id]


def test_of_several_candidates_one_is_the_best_and_the_others_are_ordinary() -> None:
    drafts = said(ALERT, "declaring SEV2", "looks resolved to me", "hm", "INC-7 resolved, back to normal", "fine")
    assert marked(drafts)[Milestone.RESOLVED] == "INC-7 resolved, back to normal"
    other = of(drafts, "looks resolved to me")
    assert other is not None
    assert other.milestone is None


def test_records_mark_by_their_signals_whatever_they_say() -> None:
    signals = [Signal.CHANGED, Signal.FIRES, Signal.ACKNOWLEDGED, Signal.DECLARED, Signal.MITIGATED, Signal.ENDS]
    drafts = [
        Draft(id=f"x:{number}", text="record", stamp=Stamp(NOON + timedelta(minutes=number), "UTC"), signal=signal)
        for number, signal in enumerate(signals)
    ]
    assert [each.milestone for each in propose(drafts, RULES)] == list(Milestone)
    routine = [msgspec.structs.replace(draft, signal=Signal.ROUTINE, text=ALERT) for draft in drafts]
    assert propose(routine, RULES) == ()


def test_only_what_lies_in_the_window_is_proposed_and_the_change_before_it() -> None:
    drafts = said("Deployed api v3 to production", "hm", "resolved", "hm", "rolled back", ALERT, apart=1800)
    since, until = NOON.replace(tzinfo=UTC) + timedelta(minutes=50), NOON.replace(tzinfo=UTC) + timedelta(minutes=130)
    found = {each.id for each in propose(drafts, RULES, since=since, until=until)}
    assert {drafts[0].id, drafts[2].id, drafts[4].id} <= found
    assert marked(drafts, since=since, until=until) == {Milestone.MITIGATED: "rolled back"}
    assert all(each.id != drafts[5].id for each in propose(drafts, RULES, since=since, until=until))


def test_a_zone_is_used_for_times_that_have_none() -> None:
    alert, deploy = said(ALERT, "Deployed api v3 to production")
    bare = msgspec.structs.replace(deploy, stamp=Stamp(NOON + timedelta(minutes=50)))
    assert marked([alert, bare], zone="+01:00")[Milestone.START] == deploy.text
    assert Milestone.START not in marked([alert, bare], zone="UTC")


def test_own_rules_come_first_and_silent_ones_not_at_all() -> None:
    own = ProposalRule(id="page", why="names a ticket", weight=80, patterns=("CUST-[0-9]{2,6}",), kinds=("slack",))
    drafts = said("see CUST-1234", "hm")
    assert propose(drafts, all_rules([own]))[0].reasons == ("names a ticket",)
    assert propose([msgspec.structs.replace(drafts[0], id="git:1")], all_rules([own])) == ()
    assert propose(said(ALERT), all_rules(silent=["alert"])) == ()


def test_all_phrases_of_the_program_can_be_read() -> None:
    rules = built_in()
    lists = {name: frozenset(words) for name, words in rules.lists.items()}
    for rule in rules.rules:
        assert (
            [parsed(each, lists) for each in (*rule.phrases, *rule.unless)] or rule.links or rule.signals or rule.looks
        )
    assert [parsed(each, lists) for each in rules.elsewhen]
    assert len({rule.id for rule in rules.rules}) == len(rules.rules)


MIXED = channel("search", "ops").drafts


@settings(max_examples=20)
@given(st.integers(), st.integers(0, 40))
def test_order_makes_no_difference(seed: int, size: int) -> None:
    drafts = list(MIXED[:size])
    shuffled = drafts.copy()
    random.Random(seed).shuffle(shuffled)
    assert propose(shuffled, RULES, services=["search"]) == propose(drafts, RULES, services=["search"])


WORDS = [
    "alert",
    "firing",
    "resolved",
    "rolled",
    "back",
    "not",
    "we",
    "let's",
    "roll",
    "SEV2",
    "incident",
    "declaring",
    "?",
    ".",
    ",",
    "-",
    '"',
    "`",
    "```",
    "\n",
    "http://x/d/",
    "ack",
    "é",
]
DRAFTS = st.builds(
    Draft,
    id=st.text(max_size=6),
    text=st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=40),
    stamp=st.none()
    | st.builds(Stamp, local=st.datetimes(), zone=st.sampled_from(["", "UTC", "+02:00", "Europe/Paris", "?"])),
    who=st.text(max_size=3),
    place=st.text(max_size=3),
    signal=st.none() | st.sampled_from(Signal),
    thread=st.text(max_size=3),
    replies=st.integers(0, 3),
    reactions=st.integers(0, 3),
)


@settings(max_examples=60)
@given(
    st.lists(DRAFTS, max_size=8),
    st.lists(st.text(max_size=5), max_size=3),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_nothing_raises_and_each_is_proposed_once(
    drafts: list[Draft], services: list[str], since: datetime | None
) -> None:
    found = propose(drafts, RULES, services=services, since=since)
    ids = [each.id for each in found]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {draft.id for draft in drafts}
    marks = [each.milestone for each in found if each.milestone]
    assert len(marks) == len(set(marks))
    assert all(each.reasons and 0 < each.weight <= 100 for each in found)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_do_no_harm(text: str) -> None:
    propose(said(ALERT, text, f"rolled back {text}"), RULES, services=[text])


def calls(drafts: list[Draft]) -> int:
    counted = 0

    def count(_frame: FrameType, happened: str, _what: object) -> None:
        nonlocal counted
        counted += happened in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        propose(drafts, RULES, services=["ledger-db"])
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("text", [ALERT, "let's roll back", "who?", "rolled back not yet", "fine", "ledger-db is down"])
def test_work_grows_with_the_number_of_drafts(text: str) -> None:
    calls(said("x"))
    few, many = (calls(said(*[text] * size)) for size in (200, 800))
    assert many <= 5 * few + 500


@pytest.mark.parametrize(
    "unit", ["roll ", "not ", '"', "“", "`", "?", ".", "a.", "let's ", "rolled back ", "a.b", "-", "(", "\n"]
)
def test_work_does_not_grow_with_what_is_longer_than_a_message(unit: str) -> None:
    calls(said("x"))
    assert calls(said(unit * 20_000)) <= 60_000


def test_who_says_mitigated_wins_over_who_says_that_a_remedy_is_in_place() -> None:
    drafts = said(ALERT, "error rate back under 1%, mitigated", "rollback finished, all pods on v2", "hm")
    assert marked(drafts)[Milestone.MITIGATED] == "error rate back under 1%, mitigated"
    assert marked([*drafts[:1], *drafts[2:]])[Milestone.MITIGATED] == drafts[2].text


def test_no_milestone_goes_against_what_is_known_of_the_start_and_the_end() -> None:
    drafts = said("Deployed api v3 to production", ALERT, "rolled back", "all clear, resolved", "hm", apart=600)
    noon = NOON.replace(tzinfo=UTC)
    end = noon + timedelta(minutes=30)
    known = marked(drafts, since=noon + timedelta(seconds=50), until=end + timedelta(seconds=50))
    assert (known[Milestone.START], known[Milestone.RESOLVED]) == (drafts[0].text, drafts[3].text)
    other = marked(drafts, since=noon + timedelta(seconds=70), until=end + timedelta(seconds=70))
    assert {Milestone.START, Milestone.RESOLVED}.isdisjoint(other)
    assert other[Milestone.MITIGATED] == "rolled back"


def test_detected_goes_to_the_first_system_that_names_the_alert() -> None:
    texts = {"alertmanager:1": "PaymentErrorRateHigh: 5xx rate 23%", "pagerduty:1": "Triggered: PaymentErrorRateHigh"}
    drafts = [
        Draft(id=id, text=text, stamp=Stamp(NOON + timedelta(seconds=40 * number), "UTC"), signal=Signal.FIRES)
        for number, (id, text) in enumerate(texts.items())
    ]
    assert marked(drafts) == {Milestone.DETECTED: texts["alertmanager:1"]}
