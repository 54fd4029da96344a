"""What is said of keys and passwords before a session leaves."""

from facilitator.checks.credentials import credentials_of, warning
from facilitator.checks.mutes import mute
from facilitator.checks.sensitive import hiding, hushed, sensitive_findings, without
from facilitator.model.meeting_items import Note
from facilitator.model.session import Action, Factor
from tests.checks.scenes import CHECKOUT, entry, session

KEY = "AKIA" + "IOSFODNN7EXAMPLE"
LEAK = session(*CHECKOUT[:7], entry(9, "14:36", f"{KEY} is in the log"), *CHECKOUT[7:])


def test_the_first_is_named_with_its_place_and_the_others_are_counted():
    assert warning(LEAK) == "holds what looks like an AWS access key, in the timeline at 14:36"
    two = session(*LEAK.timeline, actions=(Action(id="a", text="Rotate password=hunter2"),))
    assert warning(two) == f"{warning(LEAK)}, and 1 more"
    assert warning(session(actions=two.actions)).endswith("a password, in action A1")
    assert warning(session(summary="password=hunter2")).endswith("a password, in the summary")
    assert warning(session(factors=(Factor(id="f", text="password=hunter2"),))).endswith("in factor 1")


def test_nothing_is_said_of_other_sensitive_data_of_private_notes_and_of_what_is_muted():
    assert warning(session(summary="ask a@acme.io at 10.0.3.7", notes=(Note(id="n", text=KEY),))) == ""
    (found,) = credentials_of(LEAK)
    assert warning(mute(LEAK, found.finding, "revoked", lambda: "M")) == ""


def test_keys_and_passwords_are_hidden_in_every_text_of_a_finding():
    found = sensitive_findings(session(summary=f"{KEY} password=hunter2 a@acme.io"))
    hidden = hiding(found)
    assert hidden == {KEY: "AKIA…", "hunter2": "…"}
    assert [hushed(each, hidden).words for each in found] == ["AKIA…", "…", "a@acme.io"]
    assert without(f"rotate {KEY}", hidden) == "rotate AKIA…"
