"""What is replaced for whom: accepted words are gone everywhere, the original stays, once is enough."""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.documents.formats import FORMATS, render
from facilitator.documents.occasion import NotYetError
from facilitator.documents.pictures.figures import files
from facilitator.model.aliases import ANYBODY
from facilitator.model.edits import EditError
from facilitator.model.meeting_items import Account, Meeting, Note
from facilitator.model.moments import Moment
from facilitator.model.review_items import Decision, Pseudonym, Redaction
from facilitator.model.session import (
    Action,
    Conflict,
    Entry,
    Factor,
    Participant,
    Question,
    Session,
    Why,
)
from facilitator.redaction.decisions import decide, release, undecide, withhold
from facilitator.redaction.profiles import COMPANY, INTERNAL, PROFILES, PUBLIC, Kind, Naming, Profile
from facilitator.redaction.redacting import redacted, redacting, replacements
from facilitator.redaction.spots import spots, with_texts
from facilitator.redaction.unchecked import unchecked
from facilitator.store.publishing import for_readers
from tests.strategies import sessions

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
KEY = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"


def entry(number: int, text: str, **fields: object) -> Entry:
    return msgspec.convert(
        {"id": f"E{number}", "rank": float(number), "at": {"at": NOON}, "text": text, **fields}, Entry
    )


SESSION = Session(
    id="S",
    title="db-1.prod.internal ran full, says Dana",
    created=NOON,
    services=("checkout",),
    facilitator="Mara Lind",
    authors=("Dana Reyes",),
    summary=f"Dana Reyes put {KEY} into 10.0.3.7, and dana@acme.io told cust_9f3k21. See ENG-77.",
    trigger="DB_PASSWORD=hunter2x was in the image, and hunter2x opened it.",
    participants=(Participant(id="P1", text="Dana Reyes", role="incident commander"), Participant(id="P2", text="Bo")),
    timeline=(
        entry(1, "Bo saw 10.0.3.7 in https://x.example.com/a?sig=k3Jx9fLq2Zt8Wm4", source="#ops of @quinn",
              origins=["slack:C1/1"]),
        entry(2, "10.0.3.8 and 10.0.3.7 refused cust_9f3k21", links=["https://db-1.prod.internal/d"]),
    ),
    whys=(Why(id="W1", text="the disk was full", evidence=("E1",)),),
    factors=(Factor(id="F1", text="nobody owned db-1.prod.internal", evidence=("E1",), whys=("W1",)),),
    actions=(Action(id="A1", text="Rotate it", owner="dana reyes", ticket="ENG-77", factors=("F1",)),),
    questions=(Question(id="Q1", text="who pages Bo?", about="E1"),),
    accounts=(Account(id="C1", entry="E1", teller="P2", seen="a red graph"),),
    notes=(Note(id="N1", text="private of Dana"),),
    conflicts=(Conflict(id="X1", field="summary", other=f"{KEY} once more"),),
    meetings=(Meeting(id="M1", facilitator="P1", attendance=("P1", "P2")),),
)  # fmt: skip
WORDS = (KEY, "hunter2x", "Dana", "Reyes", "10.0.3.7", "10.0.3.8", "dana@acme.io", "cust_9f3k21", "db-1", "ENG-77",
         "@quinn", "k3Jx9fLq2Zt8Wm4", "slack:C1", "Mara")  # fmt: skip


def new_id() -> str:
    return "Z1"


def exports(session: Session) -> dict[str, str]:
    """Everything that can be made of a session to leave the program."""
    found = dict(files(session))
    for name in FORMATS:
        try:
            found[name] = render(session, name)
        except NotYetError:
            continue
    return found


def test_for_everybody_nothing_sensitive_is_left_in_any_format():
    before = msgspec.json.encode(SESSION)
    documents = exports(redacted(SESSION, PUBLIC))
    assert len(documents) > 4
    for name, document in documents.items():
        plain = document.replace("\\", "")
        assert not [words for words in WORDS if words.casefold() in plain.casefold()], name
    assert msgspec.json.encode(SESSION) == before


def test_what_stands_in_the_place_of_words():
    shown = redacted(SESSION, PUBLIC)
    assert shown.title == "host-1 ran full, says the incident commander"
    assert shown.summary == (
        "the incident commander put [GitHub token removed] into address-1, and [mail address removed] told customer 1. "
        "See [ticket removed]."
    )
    assert shown.trigger == "DB_PASSWORD=[password removed] was in the image, and [password removed] opened it."
    assert (shown.facilitator, shown.authors) == ("the facilitator", ("the incident commander",))
    assert shown.timeline[0].text == "person 1 saw address-1 in https://x.example.com/a?removed"
    assert (shown.timeline[0].source, shown.timeline[0].origins) == ("#ops of somebody", ())
    assert shown.timeline[1].text == "address-2 and address-1 refused customer 1"
    assert shown.timeline[1].links == ("https://host-1/d",)
    assert (shown.actions[0].owner, shown.actions[0].ticket) == ("the incident commander", "")
    assert shown.conflicts == ()


def test_in_the_house_only_what_opens_a_door_is_replaced():
    shown = redacted(SESSION, INTERNAL)
    assert {each.kind for each in replacements(SESSION, INTERNAL)} == {Kind.KEY, Kind.CREDENTIAL, Kind.URL}
    assert "Dana Reyes put [GitHub token removed] into 10.0.3.7" in shown.summary
    assert shown.actions[0].ticket == "ENG-77"


def test_a_company_reads_hosts_but_no_people_and_no_customers():
    shown = redacted(SESSION, COMPANY)
    assert shown.title == "db-1.prod.internal ran full, says the incident commander"
    assert "10.0.3.7" in shown.summary
    assert "cust_9f3k21" not in shown.summary


def test_a_replacement_says_where_it_is():
    for each in replacements(SESSION, PUBLIC):
        (text,) = [
            spot.text
            for spot in spots(SESSION)
            if (spot.about, spot.place, spot.number) == (each.about, each.place, each.number)
        ]
        assert text[each.start : each.end] == each.words


@pytest.mark.parametrize("name", PROFILES)
def test_doing_it_again_changes_nothing(name: str):
    once = redacted(SESSION, PROFILES[name])
    assert redacted(once, PROFILES[name]) == once


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions(), st.sampled_from((KEY, "cust_9f3k21", "10.0.3.7", "db-7.corp", "Dana Reyes", "password: hunter2x")))
def test_any_session_is_redacted_once_and_for_all(session: Session, words: str):
    session = msgspec.structs.replace(
        session,
        participants=(*session.participants, Participant(id="PX", text="Dana Reyes", role="incident commander")),
        summary=f"{session.summary} {words}",
        lessons=tuple(msgspec.structs.replace(each, text=f"{words} {each.text}") for each in session.lessons),
    )
    before = msgspec.json.encode(session)
    shown = redacted(session, PUBLIC)
    assert msgspec.json.encode(session) == before
    texts = [each.text for each in spots(shown)]
    assert not [text for text in texts if words.removeprefix("password: ") in text]
    assert [each for each in replacements(shown, PUBLIC) if each.kind in (Kind.KEY, Kind.CREDENTIAL, Kind.HOST)] == []


def test_every_text_of_a_session_can_be_replaced():
    def marked(*place_and_text: str | int) -> str:
        return f"<{place_and_text[-1]}>" if place_and_text[-1] else ""

    changed = with_texts(SESSION, marked)
    assert {each.text for each in spots(changed)} == {f"<{each.text}>" for each in spots(SESSION)}
    kept = ("id", "created", "zone", "meetings")
    assert all(getattr(changed, name) == getattr(SESSION, name) for name in kept)
    assert changed.timeline[0].at == Moment(NOON)
    assert changed.whys[0].evidence == ("E1",)


def test_words_that_are_kept_stay_and_say_so():
    session = decide(SESSION, Redaction(words="10.0.3.7", profile="public", decision=Decision.KEEP), new_id)
    shown = redacting(session, PUBLIC)
    assert "10.0.3.7" in shown.session.summary
    assert {each.final for each in shown.replacements if each.words == "10.0.3.7"} == {"10.0.3.7"}
    assert "10.0.3.8" not in shown.session.timeline[1].text
    assert redacted(undecide(session, Redaction(words="10.0.3.7", profile="public")), PUBLIC) == redacted(
        SESSION, PUBLIC
    )


def test_a_decision_about_a_person_counts_for_every_part_of_the_name():
    session = decide(SESSION, Redaction(words="Dana Reyes", profile="public", replacement="the lead"), new_id)
    shown = redacted(session, PUBLIC)
    assert (shown.title, shown.actions[0].owner) == ("host-1 ran full, says the lead", "the lead")


def test_words_that_a_person_accepted_are_called_as_the_program_calls_them():
    session, ids = SESSION, iter(("Z1", "Z2", "Z3"))
    for words in ("Dana Reyes", "10.0.3.7", KEY):
        session = decide(session, Redaction(words=words), ids.__next__)
    assert redacted(session, PUBLIC) == redacted(SESSION, PUBLIC)


def test_whose_folder_it_is_is_not_told():
    session = Session(id="S", title="t", created=NOON, summary=r"/home/jdoe/x, C:\Users\vera\y and /home/ubuntu/z")
    assert redacted(session, PUBLIC).summary == rf"/home/{ANYBODY}/x, C:\Users\{ANYBODY}\y and /home/ubuntu/z"


def test_a_decision_in_one_place_counts_there_alone():
    keep = Redaction(words="10.0.3.7", about="E2", place="text", decision=Decision.KEEP)
    shown = redacted(decide(SESSION, keep, new_id), PUBLIC)
    assert shown.timeline[1].text == "address-2 and 10.0.3.7 refused customer 1"
    assert "10.0.3.7" not in shown.timeline[0].text
    other = Redaction(words="full", place="title", replacement="hot")
    assert redacted(decide(SESSION, other, new_id), PUBLIC).title == "host-1 ran hot, says the incident commander"
    assert redacted(decide(SESSION, other, new_id), PUBLIC).whys[0].text == "the disk was full"


def test_words_that_the_program_did_not_find_are_replaced_within_others_too():
    session = decide(SESSION, Redaction(words="CHECKOUT"), new_id)
    session = msgspec.structs.replace(session, resolution="checkouts and the checkout_db; owner: Owen", tags=("ow",))
    session = decide(session, Redaction(words="ow", replacement="it"), lambda: "Z2")
    shown = redacted(session, PUBLIC)
    assert shown.services == ("[removed]",)
    assert shown.resolution == "[removed]s and the [removed]_db; owner: Owen"
    assert shown.tags == ("it",)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(categories=("Ll", "Lu", "Nd")), min_size=4, max_size=12), st.lists(st.text(max_size=20)))
def test_words_that_a_person_added_are_nowhere(words: str, around: list[str]):
    text = words.join(["", *around, ""])
    session = Session(id="S", title="t", created=NOON, summary=text)
    shown = redacted(decide(session, Redaction(words=words, replacement="—"), new_id), INTERNAL)
    assert words not in shown.summary


def test_what_overlaps_is_one_so_that_no_part_of_a_secret_is_left():
    session = Session(id="S", title="t", created=NOON, summary=f"token {KEY} in")
    session = decide(session, Redaction(words=f"{KEY[-6:]} in"), new_id)
    assert redacted(session, INTERNAL).summary == "token [GitHub token removed]"


def test_own_patterns_and_words_of_a_profile_are_replaced():
    profile = Profile(name="partner", replaces=frozenset((Kind.OWN,)), words=("Acme Corp",))
    session = Session(id="S", title="ACME corp and T-77", created=NOON)
    assert redacted(session, profile, ("T-[0-9]+",)).title == "[removed] and [removed]"


def test_names_are_stable_and_distinct():
    map_of = {"bo": "person 4", "10.0.3.8": "address-1", "dana reyes": "the incident commander"}
    session = msgspec.structs.replace(
        SESSION, pseudonyms=tuple(Pseudonym(id=f"Y{words}", words=words, text=text) for words, text in map_of.items())
    )
    shown = redacting(session, PUBLIC)
    assert shown.session.timeline[1].text == "address-1 and address-2 refused customer 1"
    assert shown.session.participants[1].text == "person 4"
    assert not {"bo", "10.0.3.8"} & shown.pseudonyms.keys()
    earlier = msgspec.structs.replace(session, participants=(Participant(id="P0", text="Al"), *session.participants))
    after = redacted(earlier, PUBLIC)
    assert [each.text for each in after.participants] == ["person 1", "the incident commander", "person 4"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(("Ana Berg", "Bo Chen", "Cy Dahl", "Di Ek", "Ed Fox")), unique=True), st.booleans())
def test_no_two_people_share_a_name(names: list[str], by_role: bool):
    people = tuple(Participant(id=name, text=name, role="engineer" if by_role else "") for name in names)
    session = Session(id="S", title="t", created=NOON, participants=people, summary=" and ".join(names))
    profile = msgspec.structs.replace(PUBLIC, naming=Naming.ROLES if by_role else Naming.PSEUDONYMS)
    shown = redacted(session, profile)
    called = [each.text for each in shown.participants]
    assert len({*called}) == len(names)
    assert shown.summary == " and ".join(called)


def test_a_withheld_item_and_what_tells_of_it_is_gone():
    session = withhold(SESSION, "E1", "", new_id)
    shown = redacted(session, COMPANY)
    assert [each.id for each in shown.timeline] == ["E2"]
    assert (shown.whys[0].evidence, shown.factors[0].evidence, shown.accounts) == ((), (), ())
    assert shown.questions[0].about == ""
    for name, document in exports(shown).items():
        assert not [words for words in ("E1", "red graph", "#ops") if words in document], name
    assert redacted(session, INTERNAL).timeline[0].id == "E1"
    assert release(session, "E1").withheld == ()
    assert redacted(withhold(SESSION, "W1", "", new_id), PUBLIC).factors[0].whys == ()
    with pytest.raises(EditError):
        withhold(SESSION, "nothing", "", new_id)


def test_nothing_private_of_the_redaction_itself_is_published():
    session = decide(withhold(SESSION, "A1", "secret reason", new_id), Redaction(words="ENG"), lambda: "Z2")
    for document in exports(redacted(session, PUBLIC)).values():
        assert "secret reason" not in document
    assert "redactions" not in json.loads(render(redacted(session, PUBLIC), "json"))


def test_what_was_not_checked_is_said():
    words = "Ingrid Holm of Hansen & Söhne GmbH drew ![graph](a.png), see PAY-4411"
    session = msgspec.structs.replace(SESSION, resolution=words)
    said = {each.what: each.examples for each in unchecked(redacting(session, PUBLIC), PUBLIC)}
    assert said["these may be names of people whom the session does not know"] == ("Ingrid Holm",)
    assert said["pictures and files that are named are not looked into"] == ("![graph]", "a.png")
    assert said["names of services, features and regions stay"] == ("checkout",)
    assert said["these may be names of companies"] == ("Hansen & Söhne GmbH",)
    assert said["these may be ids of tickets"] == ("PAY-4411",)
    assert "hosts" in dict.fromkeys(
        example for each in unchecked(redacting(session, INTERNAL), INTERNAL) for example in each.examples
    )


def test_an_id_in_a_chat_is_somebodys():
    session = msgspec.structs.replace(SESSION, summary="U02ABC3DE and <@U02ABC3DE> saw UTF8 and U0")
    assert redacted(session, PUBLIC).summary == "somebody and <somebody> saw UTF8 and U0"


def test_a_handle_becomes_what_stands_for_it_without_its_sign():
    session = msgspec.structs.replace(SESSION, summary="ask @jdoe, JDoe or x@jdoe", participants=(), timeline=())
    said = decide(session, Redaction(words="jdoe", replacement="an engineer"), new_id)
    assert redacted(said, INTERNAL).summary == "ask an engineer, an engineer or x@an engineer"
    other = decide(session, Redaction(words="jdoe", replacement="bo"), new_id)
    assert redacted(other, INTERNAL).summary == "ask @bo, bo or x@bo"


def test_nobody_is_called_by_a_role_twice():
    people = {
        "Dana Reyes": "the incident commander",
        "Mara Lind": "facilitator, data team",
        "Cy Dahl": "DBA (backup)",
        "Di Ek": "engineer",
        "Ed Fox": "Engineer; nights",
        "Flo Gil": "on call",
        "Gus Hill": "database work that evening",
    }
    participants = tuple(Participant(id=name, text=name, role=role) for name, role in people.items())
    shown = for_readers(msgspec.structs.replace(SESSION, participants=participants), PUBLIC, ())
    assert [(each.text, each.role) for each in shown.participants] == [
        ("the incident commander", ""),
        ("the facilitator", "data team"),
        ("the DBA", "backup"),
        ("engineer 1", ""),
        ("engineer 2", "nights"),
        ("the person on call", ""),
        ("person 1", "database work that evening"),
    ]
