"""Findings are set aside with a reason, for as long as their words stand there."""

from functools import partial

import msgspec
import pytest

from facilitator.checks.actions import action_findings
from facilitator.checks.mutes import mute, mute_of, unmuted
from facilitator.checks.sensitive import sensitive_findings
from facilitator.checks.timeline import timeline_findings
from facilitator.model import edits
from facilitator.model.changes import diff
from facilitator.model.edits import EditError
from facilitator.model.meeting_items import Account
from facilitator.model.merge import merge
from facilitator.model.private import published
from facilitator.model.replay import replay
from facilitator.model.session import Action, Mute
from facilitator.store.mending import mended, problems
from tests.checks.scenes import CHECKOUT, NOW, session

VAGUE = session(*CHECKOUT, actions=(Action(id="a", text="Improve testing"), Action(id="b", text="Improve alerts")))


def muted() -> tuple[str, ...]:
    """The ids of the actions whose findings are muted when that of the first is."""
    first = action_findings(VAGUE)[0]
    done = mute(VAGUE, first, "the  team knows\nwhat is meant", lambda: "M")
    return tuple(each.about for each in unmuted(action_findings(done), done)[1])


def test_a_muted_finding_is_set_aside_and_others_of_its_rule_are_not():
    assert muted() == ("a",)
    done = mute(VAGUE, action_findings(VAGUE)[0], " a  reason ", lambda: "M")
    assert done.mutes == (Mute(id="M", rank=1.0, rule="action.vague", about="a", words="Improve", reason="a reason"),)
    assert [each.about for each in unmuted(action_findings(done), done)[0]] == ["b"]
    assert action_findings(done) == action_findings(VAGUE)


def test_it_is_void_when_the_words_are_gone():
    done = mute(VAGUE, action_findings(VAGUE)[0], "fine", lambda: "M")
    other = edits.change(done, "a", text="Investigate testing")
    assert unmuted(action_findings(other), other)[1] == ()


def test_muting_again_changes_the_reason():
    first = action_findings(VAGUE)[0]
    twice = mute(mute(VAGUE, first, "one", lambda: "M"), first, "two", lambda: "N")
    assert [each.reason for each in twice.mutes] == ["two"]
    found = mute_of(first, twice)
    assert found is not None
    assert found.reason == "two"


def test_what_is_in_no_text_can_be_muted_too():
    gap = session(*CHECKOUT[:1], *CHECKOUT[3:])
    (finding,) = timeline_findings(gap, NOW)
    done = mute(gap, finding, "nobody looked", lambda: "M")
    assert unmuted(timeline_findings(done, NOW), done) == ((), (finding,))


def test_a_mute_holds_no_second_copy_of_what_is_sensitive():
    secret = session(summary="password=hunter2 and a@acme.io")
    for number, finding in enumerate(sensitive_findings(secret)):
        secret = mute(secret, finding, "revoked", partial("M{}".format, number))
    assert len(unmuted(sensitive_findings(secret), secret)[1]) == 2
    kept = msgspec.json.encode(secret.mutes)
    assert b"hunter2" not in kept
    assert b"acme" not in kept


def test_an_item_that_is_not_there_cannot_be_meant():
    with pytest.raises(EditError):
        mute(session(), action_findings(VAGUE)[0], "", lambda: "M")


def test_a_mute_goes_with_its_item_and_with_what_that_is_a_part_of():
    account = edits.add(VAGUE, Account(id="A", entry="e1", seen="a graph"))
    both = edits.add(edits.add(account, Mute(id="M", rule="judgement", about="A")), Mute(id="N", rule="r", about="a"))
    assert edits.remove(both, "e1").mutes == (Mute(id="N", rank=1.0, rule="r", about="a"),)
    assert edits.remove(edits.remove(both, "a"), "A").mutes == ()


def test_who_mutes_keeps_what_another_one_removes_with_all_that_it_is_a_part_of():
    base = edits.add(VAGUE, Account(id="A", entry="e1", seen="a graph"))
    mine = edits.add(base, Mute(id="M", rule="judgement", about="A", reason="said with a smile"))
    merged = merge(base, edits.remove(base, "e1"), mine)
    assert merged == merge(base, mine, edits.remove(base, "e1"))
    assert [len(each) for each in (merged.timeline, merged.accounts, merged.mutes)] == [len(CHECKOUT), 1, 1]
    back = replay(mine, diff(base, edits.remove(base, "e1")))
    assert back == mine


def test_mutes_are_not_published():
    done = mute(VAGUE, action_findings(VAGUE)[0], "a reason that stays here", lambda: "M")
    assert published(done).mutes == ()
    assert published(done).actions is done.actions


def test_the_doctor_takes_away_mutes_of_what_is_not_there():
    loose = msgspec.structs.replace(
        VAGUE, mutes=(Mute(id="01" * 13, rule="r", about="gone"), Mute(id="02" * 13, rule="r"))
    )
    assert "1 muted finding is about items that are not there" in problems(loose)
    assert [each.about for each in mended(loose).mutes] == [""]
