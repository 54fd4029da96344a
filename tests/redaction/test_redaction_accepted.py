"""What somebody looked at is noted in the session, and changes nothing that is published."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

import msgspec
from hypothesis import HealthCheck, given, settings

from facilitator.model.moments import Moment
from facilitator.model.review_items import Decision, Redaction
from facilitator.model.session import Entry, Participant, Session
from facilitator.redaction.accepted import Accepted, accept
from facilitator.redaction.consent import Yes, consent_of, digest, with_consent
from facilitator.redaction.decisions import decide, forget, undecide
from facilitator.redaction.profiles import COMPANY, PUBLIC
from facilitator.redaction.redacting import redacting, replacements
from facilitator.redaction.staying import named_shortly, staying_told
from tests.strategies import sessions

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
KEY = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
SESSION = Session(
    id="S",
    title="Mark marks db-1.corp",
    created=NOON,
    summary=f"{KEY}, and Mark Wolf saw 10.0.3.7 and 110.0.3.75 on my-db-1.corporate.example",
    participants=(Participant(id="P", text="Mark Wolf", role="scribe"),),
)


def ids(beginning: str = "Z") -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{beginning}{next(numbers)}"


def all_accepted(session: Session) -> Session:
    new_id = ids("Y")
    for each in replacements(session, PUBLIC):
        session = accept(session, each, PUBLIC, new_id)
    return session


def left(session: Session) -> list[str]:
    accepted = Accepted(session, PUBLIC)
    return [each.words for each in replacements(session, PUBLIC) if not accepted.looked_at(each)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions())
def test_whatever_is_accepted_the_text_and_the_yes_stay(session: Session):
    session = msgspec.structs.replace(session, summary=SESSION.summary, participants=SESSION.participants, consents=())
    agreed = with_consent(session, PUBLIC, by="Al", at=NOON, new_id=ids())
    accepted = all_accepted(agreed)
    assert redacting(accepted, PUBLIC) == redacting(agreed, PUBLIC)
    assert consent_of(accepted, PUBLIC).yes is Yes.GIVEN
    assert left(accepted) == []


def test_words_are_accepted_once_wherever_they_stand_and_for_their_readers_alone():
    mark = next(each for each in replacements(SESSION, PUBLIC) if each.words == "Mark")
    accepted = accept(accept(SESSION, mark, PUBLIC, ids()), mark, PUBLIC, ids())
    assert len(accepted.redactions) == 1
    assert not {"Mark", "Mark Wolf"} & {*left(accepted)}
    other = Accepted(accepted, COMPANY)
    assert not any(other.looked_at(each) for each in replacements(accepted, COMPANY))


def test_nothing_of_a_key_is_kept():
    accepted = all_accepted(SESSION)
    assert KEY[4:] not in str(accepted.redactions)
    gone = msgspec.structs.replace(accepted, summary="")
    assert KEY.encode() not in msgspec.json.encode(gone)


def test_what_counts_in_one_place_is_forgotten_too():
    kept = decide(
        all_accepted(SESSION),
        Redaction(words="10.0.3.7", profile="public", place="summary", decision=Decision.KEEP),
        ids("K"),
    )
    assert [each.words for each in replacements(kept, PUBLIC) if each.kept] == ["10.0.3.7"]
    assert left(forget(forget(kept, "10.0.3.7", "public"), KEY, "public")) == [KEY, "10.0.3.7"]


def test_of_keys_that_stay_the_first_places_are_told():
    key, other = KEY, "AKIA" + "QX7ZP3LMN5RT8VWY"
    entries = tuple(
        Entry(id=f"E{number}", rank=float(number), at=Moment(NOON.replace(minute=number)), text=f"{key} again")
        for number in range(6)
    )
    session = msgspec.structs.replace(SESSION, summary=f"{other}, mail a@acme.io", timeline=entries)
    new_id = ids("K")
    for words in (key, other, "a@acme.io"):
        session = decide(session, Redaction(words=words, profile="public", decision=Decision.KEEP), new_id)
    told = staying_told(replacements(session, PUBLIC), lambda about, place: named_shortly(session, about, place))
    assert told == "2 keys stay in it: AKIA… in summary; ghp_… in 12:00, 12:01, 12:02, 12:03 and 2 more"
    assert staying_told(replacements(SESSION, PUBLIC), lambda _about, place: place) == ""


def test_it_is_to_be_looked_at_again_when_other_words_stand_for_it():
    accepted = all_accepted(SESSION)
    changed = msgspec.structs.replace(accepted, participants=(Participant(id="P", text="Mark Wolf", role="deputy"),))
    assert {*left(changed)} == {"Mark", "Mark Wolf"}


def test_a_decision_takes_its_place_and_forgetting_forgets_it_too():
    accepted = all_accepted(SESSION)
    kept = decide(accepted, Redaction(words="10.0.3.7", profile="public", decision=Decision.KEEP), lambda: "K1")
    assert "10.0.3.7" not in {each.words for each in kept.redactions if each.accepted}
    assert [each.words for each in replacements(kept, PUBLIC) if each.kept] == ["10.0.3.7"]
    assert left(undecide(kept, Redaction(words="10.0.3.7", profile="public"))) == ["10.0.3.7"]
    assert left(undecide(accepted, Redaction(words=KEY, profile="public"))) == [KEY]


def test_words_that_somebody_added_are_not_taken_back_by_accepting_them():
    added = decide(SESSION, Redaction(words="saw", profile="public", replacement="looked at"), lambda: "A1")
    saw = next(each for each in replacements(added, PUBLIC) if each.words == "saw")
    accepted = accept(added, saw, PUBLIC, ids())
    assert digest(redacting(accepted, PUBLIC).session) == digest(redacting(added, PUBLIC).session)
