"""Nothing private is in any export of any session."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from facilitator.documents.formats import FORMATS, render
from facilitator.documents.google_sre import google_sre
from facilitator.documents.markdown import markdown
from facilitator.documents.occasion import ANY, NotYetError
from facilitator.documents.pictures.figures import files
from facilitator.documents.session_json import session_json
from facilitator.model.meeting_items import Account, Meeting, Note, Survey
from facilitator.model.moments import Moment
from facilitator.model.private import NEVER_PUBLISHED, published
from facilitator.model.session import Conflict, Entry, Participant, Session
from tests.documents import meeting_example
from tests.strategies import sessions

MARK = "ꙮ"
NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)


def exports(session: Session) -> dict[str, str]:
    """Everything that can be made of a session to leave the program."""
    return {
        **{name: written(session, name, render) for name in FORMATS},
        **{f"{name} as it is": written(session, name, as_it_is) for name in FORMATS},
        "markdown as the screen and the shell make it": markdown(session),
        "google-sre as it is": google_sre(session),
        "json as the shell shows it": session_json(session),
        **files(session),
    }


def written(session: Session, name: str, how: Callable[[Session, str], str] = render) -> str:
    """A document, or nothing when it is about meetings that there are not yet."""
    try:
        return how(session, name)
    except NotYetError:
        return ""


def as_it_is(session: Session, name: str) -> str:
    """A document made by its own function, which is given all of the session."""
    return FORMATS[name].render(session, ANY)


def with_private_texts(session: Session, words: str) -> Session:
    """Return the session with one more of everything private, all about what is there."""
    private = f"{MARK}{words}"
    entry = session.timeline[0].id if session.timeline else ""
    meeting = session.meetings[0].id if session.meetings else ""
    hidden = Account(id="XA", entry=entry, seen=private, meant=private, expected=private, options=private, private=True)
    disputed = Account(id="XB", entry=entry, seen=private)
    conflicts = (
        Conflict(id="XC", about="XN", field="text", other=private),
        Conflict(id="XD", about="XA", field="seen", other=private),
        Conflict(id="XE", about="XS", field="text", other=private),
        Conflict(id="XF", about="XB", field="private", other=True),
        Conflict(id="XG", about="XB", field="meant", other=private),
    )
    return msgspec.structs.replace(
        session,
        notes=(*session.notes, Note(id="XN", phase=private, text=private)),
        surveys=(*session.surveys, Survey(id="XS", meeting=meeting, spoke=1, text=private)),
        accounts=(*session.accounts, hidden, disputed),
        conflicts=(*session.conflicts, *conflicts),
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions(), st.text(max_size=20))
def test_no_text_of_what_is_private_is_in_any_export(session: Session, words: str):
    plain = exports(session)
    assume(not any(MARK in document for document in plain.values()))
    private = exports(with_private_texts(session, words))
    assert not [name for name, document in private.items() if MARK in document]
    assert private == plain


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions())
def test_what_is_published_has_nothing_private_and_all_the_rest(session: Session):
    shown = published(session)
    assert (shown.notes, shown.surveys, shown.mutes, shown.intakes) == ((), (), (), ())
    assert not any(account.private for account in shown.accounts)
    assert not any(meeting.new_here for meeting in shown.meetings)
    changed = {*NEVER_PUBLISHED, "accounts", "meetings", "conflicts"}
    same = set(Session.__struct_fields__) - changed
    assert all(getattr(shown, name) is getattr(session, name) for name in same)
    assert [each.id for each in shown.meetings] == [each.id for each in session.meetings]
    assert published(shown) is shown


SESSION = Session(
    id="S",
    title="Checkout errors",
    created=NOON,
    participants=(Participant(id="P", text="Ann"),),
    timeline=(Entry(id="E", at=Moment(NOON), text="errors begin"),),
    accounts=(Account(id="A", entry="E", seen="a red graph"),),
    meetings=(Meeting(id="M", attendance=("P",), new_here=("P",)),),
)


def test_accounts_are_published_unless_they_are_marked():
    shown = json.loads(render(SESSION, "json"))
    assert [each["seen"] for each in shown["accounts"]] == ["a red graph"]


def test_who_is_there_is_published_and_who_is_new_to_it_is_not():
    (meeting,) = json.loads(render(SESSION, "json"))["meetings"]
    assert meeting == {"id": "M", "attendance": ["P"]}
    disputed = Conflict(id="C", about="M", field="new_here", other=["P"])
    assert published(msgspec.structs.replace(SESSION, conflicts=(disputed,))).conflicts == ()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_given_only_what_is_published(name: str):
    secret = msgspec.structs.replace(SESSION, notes=(Note(id="N", text=MARK),))
    assert written(secret, name) == written(SESSION, name)


@pytest.mark.parametrize("name", ["pack", "ics", "minutes", "markdown"])
def test_what_is_told_of_meetings_holds_nothing_private(name: str):
    here = with_private_texts(meeting_example.HELD, "secret")
    here = msgspec.structs.replace(
        here, meetings=tuple(msgspec.structs.replace(each, new_here=("p1",)) for each in here.meetings)
    )
    for how in (render, as_it_is):
        document = how(here, name)
        assert document == how(meeting_example.HELD, name)
        assert MARK not in document
