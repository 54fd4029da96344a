"""A yes is to one text: it is void when that changes, and there again when that comes back."""

from datetime import UTC, datetime, timedelta
from itertools import count

import msgspec

from facilitator.model.review_items import Version
from facilitator.model.session import Participant, Session, Status
from facilitator.redaction.consent import Yes, consent_of, digest, with_consent
from facilitator.redaction.profiles import COMPANY, PUBLIC
from facilitator.redaction.redacting import redacted

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
SESSION = Session(
    id="S", title="10.0.3.7 was down", created=NOON, participants=(Participant(id="P", text="Dana"),), summary="Dana"
)


def consented(session: Session) -> Session:
    numbers = count(1)
    return with_consent(session, PUBLIC, by="Alice", at=NOON, new_id=lambda: f"Z{next(numbers)}")


def test_a_yes_counts_for_its_profile_until_the_text_changes():
    assert consent_of(SESSION, PUBLIC).yes is Yes.NONE
    session = consented(SESSION)
    state = consent_of(session, PUBLIC)
    assert (state.yes, state.last.by if state.last else "") == (Yes.GIVEN, "Alice")
    assert consent_of(session, COMPANY).yes is Yes.NONE
    changed = msgspec.structs.replace(session, summary="Dana came")
    assert consent_of(changed, PUBLIC).yes is Yes.VOID
    assert consent_of(msgspec.structs.replace(changed, summary="Dana"), PUBLIC).yes is Yes.GIVEN


def test_what_readers_do_not_see_does_not_make_it_void():
    session = consented(SESSION)
    version = Version(id="V", at=NOON + timedelta(hours=1), number=1, text="first")
    published = msgspec.structs.replace(session, status=Status.FINAL, versions=(version,), review_until=NOON)
    assert consent_of(published, PUBLIC).yes is Yes.GIVEN
    assert digest(redacted(published, PUBLIC)) == digest(redacted(SESSION, PUBLIC))


def test_a_pattern_that_finds_more_makes_it_void():
    assert consent_of(consented(SESSION), PUBLIC, ("was d[a-z]+",)).yes is Yes.VOID


def test_the_names_that_were_given_are_kept_and_only_once():
    session = consented(SESSION)
    assert {each.words: each.text for each in session.pseudonyms} == {"dana": "person 1", "10.0.3.7": "address-1"}
    again = with_consent(session, PUBLIC, by="Bo", at=NOON, new_id=lambda: "Z9")
    assert again.pseudonyms == session.pseudonyms
