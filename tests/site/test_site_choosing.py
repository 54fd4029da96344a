"""What is on a site was published for its readers; everything else is left out, with the reason."""

import msgspec
import pytest

from facilitator.model.item import Item
from facilitator.model.review_items import ApprovedPart, Version, Withheld
from facilitator.model.session import Action, ActionStatus, Participant, Session, Status
from facilitator.redaction.profiles import COMPANY, INTERNAL, PUBLIC
from facilitator.review.approvals import approve
from facilitator.review.comments import Signed
from facilitator.site.choosing import Audience, postmortem_of
from facilitator.site.postmortem import Kind, LeftOut, Postmortem, Work
from tests.site.site_sessions import START, agreed, final, published

HOUSE, PUBLIC_READERS = Audience(INTERNAL), Audience(PUBLIC)
COPY_OF_THE_HOUSE = Audience(msgspec.structs.replace(INTERNAL, name=""))
KEY = "ghp_" + "a8Kz" * 9


def nothing_kept(_session: Session, _version: Version) -> None:
    return None


def shown(session: Session, audience: Audience, content: bytes | None = None) -> Postmortem:
    found = postmortem_of(session, audience, lambda _session, _version: content)
    assert isinstance(found, Postmortem), found
    return found


def reason(session: Session, audience: Audience, content: bytes | None = None) -> str:
    found = postmortem_of(session, audience, lambda _session, _version: content)
    assert isinstance(found, LeftOut)
    assert (found.id, found.title) == (session.id, session.title)
    return found.reason


def changed(session: Session, **fields: object) -> Session:
    return msgspec.structs.replace(session, **fields)


@pytest.mark.parametrize(("status", "why"), [(Status.DRAFT, "it is a draft"), (Status.IN_REVIEW, "it is in review")])
def test_only_final_sessions_are_shown(status: Status, why: str) -> None:
    session = agreed(final(1), PUBLIC)
    assert shown(session, PUBLIC_READERS).title == "Incident 1"
    assert reason(changed(session, status=status), PUBLIC_READERS) == why
    assert reason(changed(session, status=status), HOUSE) == why


def test_outside_of_the_house_somebody_must_have_said_yes_to_that_profile() -> None:
    session = final(1)
    assert shown(session, HOUSE).version == 0
    assert reason(session, PUBLIC_READERS) == "nobody has said yes to the profile public"
    assert reason(agreed(session, COMPANY), PUBLIC_READERS) == "nobody has said yes to the profile public"
    late = changed(agreed(session, PUBLIC), summary="Edited since")
    assert reason(late, PUBLIC_READERS) == "the yes to the profile public is void: the session was changed since"


def test_readers_get_the_redacted_text_and_nothing_that_is_withheld() -> None:
    session = final(
        1,
        f"Key {KEY} of 10.0.3.7",
        services=("checkout", "10.0.3.7"),
        actions=(Action(id="a1", text="Keep this to ourselves"), Action(id="a2", text="Check before rollout")),
        withheld=(Withheld(id="h1", about="a1"),),
    )
    found = shown(agreed(session, PUBLIC), PUBLIC_READERS)
    said = msgspec.json.encode(found).decode()
    assert KEY not in said
    assert "10.0.3.7" not in said
    assert "ourselves" not in said
    assert "Check before rollout" in said
    assert "10.0.3.7" in shown(session, HOUSE).title
    assert KEY not in msgspec.json.encode(shown(session, HOUSE)).decode()


def test_what_was_published_and_not_changed_since_is_shown_with_its_version_and_figures() -> None:
    session, version, content = published(agreed(final(1), PUBLIC), PUBLIC_READERS)
    found = shown(session, PUBLIC_READERS)
    assert (found.version, found.published, found.outdated) == (1, version.at, False)
    assert set(found.figures) == {"timeline", "whys", "fishbone", "fault-tree"}
    assert found.body == shown(session, PUBLIC_READERS, content).body


def test_what_readers_are_told_of_people_and_approvals_is_no_change() -> None:
    people = (Participant(id="p1", text="Ana Berg", role="facilitator, data team"),)
    plain = final(1, participants=people, facilitator="Ana Berg")
    approved = approve(plain, ApprovedPart.ACTIONS, Signed("Bo Chen", START), lambda: "ok1")
    session, _, content = published(agreed(approved, PUBLIC), PUBLIC_READERS)
    assert b"the facilitator (data team)" in content
    found = shown(session, PUBLIC_READERS)
    assert not found.outdated
    assert found.body == shown(session, PUBLIC_READERS, content).body


def test_what_was_changed_since_is_shown_as_it_was_published() -> None:
    session, _, content = published(agreed(final(1), PUBLIC), PUBLIC_READERS)
    late = changed(session, title="Not yet", summary="Not yet", services=("notyet",), cause="notyet", tags=("notyet",))
    found = shown(late, PUBLIC_READERS, content)
    assert (found.title, found.outdated, found.version) == ("Incident 1", True, 1)
    assert [each.words for each in found.of(Kind.SERVICE)] == ["checkout"]
    assert not found.figures
    said = msgspec.json.encode(found).decode().lower()
    assert "not yet" not in said
    assert "notyet" not in said


def test_without_the_text_that_was_published_nothing_is_shown() -> None:
    session, _, _ = published(agreed(final(1), PUBLIC), PUBLIC_READERS)
    late = changed(session, summary="Not yet")
    assert reason(late, PUBLIC_READERS) == "the text of version 1, as it was published, is not in the store"
    found = postmortem_of(late, PUBLIC_READERS, nothing_kept)
    assert isinstance(found, LeftOut)
    assert found.for_now


def test_a_correction_replaces_the_version_before() -> None:
    first, _, _ = published(agreed(final(1), PUBLIC), PUBLIC_READERS)
    edited = agreed(changed(first, summary="Corrected.", consents=()), PUBLIC)
    second, version, _ = published(edited, PUBLIC_READERS, why="It was wrong")
    found = shown(second, PUBLIC_READERS)
    assert (found.version, found.summary) == (version.number, "Corrected.")
    assert "It was wrong" in found.body


def test_a_yes_that_was_taken_back_takes_the_page_with_it() -> None:
    session, _, content = published(agreed(final(1), PUBLIC), PUBLIC_READERS)
    taken = changed(session, consents=())
    assert reason(taken, PUBLIC_READERS, content) == "nobody has said yes to the profile public"


def test_in_the_house_the_copy_of_the_house_will_do_unless_it_has_keys() -> None:
    session, _, content = published(final(1), COPY_OF_THE_HOUSE)
    assert shown(session, HOUSE).version == 1
    late = changed(session, summary="Not yet")
    assert shown(late, HOUSE, content).summary == "Summary of 1."
    leaky, _, leaked = published(final(1, summary=f"The key {KEY} was in the log."), COPY_OF_THE_HOUSE)
    assert KEY not in shown(leaky, HOUSE).body
    late = changed(leaky, title="Edited")
    assert reason(late, HOUSE, leaked).startswith("version 1 has keys or passwords in it")
    assert reason(session, PUBLIC_READERS, content) == "nobody has said yes to the profile public"


def test_open_actions_are_for_the_house_and_as_they_are_now() -> None:
    actions: tuple[Item, ...] = (
        Action(id="a1", text="Open"),
        Action(id="a2", text="Done", status=ActionStatus.DONE),
        Action(id="a3", text="Given up", status=ActionStatus.WONT_DO),
        Action(id="a4", text="Begun", owner="alice", status=ActionStatus.IN_PROGRESS),
    )
    session = agreed(final(1, actions=actions), PUBLIC)
    assert shown(session, HOUSE).work == (Work("Open"), Work("Begun", "@alice"))
    assert shown(session, PUBLIC_READERS).work == ()
