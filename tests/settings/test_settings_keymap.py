"""The keymap: what is wrong with it is said, and the rest holds."""

import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import Keys, _character_to_key, _normalize_key_list

from facilitator.settings.keymap import check_keymap, valid_keymap
from facilitator.settings.keynames import KeyNameError, canonical_key, canonical_keys

KNOWN = {
    "app.quit": "ctrl+q",
    "app.undo": "ctrl+z",
    "app.redo": "ctrl+y",
    "timeline.add": "a,insert",
    "timeline.delete": "d",
    "actions.delete": "d",
    "actions.add": "a",
}


def said(keymap: dict[str, str]) -> list[str]:
    return [str(each) for each in check_keymap(keymap, KNOWN)]


def test_good_choices_hold_with_the_names_under_which_keys_arrive() -> None:
    keymap = {"app.undo": "ctrl+U, F5", "timeline.add": "?", "actions.add": "shift+ctrl+n"}
    assert said(keymap) == []
    assert valid_keymap(keymap, KNOWN) == {
        "app.undo": "ctrl+u,f5",
        "timeline.add": "question_mark",
        "actions.add": "ctrl+shift+n",
    }


def test_an_unknown_binding_is_named_with_the_nearest() -> None:
    assert said({"app.undoo": "f5"}) == [
        "keymap: 'app.undoo': no binding has the id 'app.undoo'; did you mean 'app.undo'?"
    ]
    assert valid_keymap({"app.undoo": "f5"}, KNOWN) == {}


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("contrl+s", "unknown modifier 'contrl'; did you mean 'ctrl'?"),
        ("control+s", "unknown modifier 'control'; did you mean 'ctrl'?"),
        ("zz+s", "unknown modifier 'zz'; the modifiers are alt, ctrl, hyper, meta, shift, super"),
        ("esc", "no key is called 'esc'; did you mean 'escape'?"),
        ("pagedwn", "no key is called 'pagedwn'; did you mean 'pagedown'?"),
        ("ctrl+f77", "no key is called 'f77'; did you mean 'f7'?"),
        ("shift+a", "no terminal sends 'shift+a'; write 'A'"),
        ("shift+1", "no terminal sends 'shift+1'; write the character that it gives"),
        ("ctrl+i", "a terminal hears 'ctrl+i' as 'tab'"),
        ("ctrl+m", "a terminal hears 'ctrl+m' as 'enter'"),
        ("ctrl+[", "a terminal hears 'ctrl+[' as 'escape'"),
        ("", "a key is missing; a comma as a key is written 'comma'"),
        ("f5,", "a key is missing; a comma as a key is written 'comma'"),
    ],
)
def test_a_key_that_no_terminal_sends_is_explained(key: str, message: str) -> None:
    assert said({"app.undo": key}) == [f"keymap: 'app.undo': {message}"]
    assert valid_keymap({"app.undo": key}, KNOWN) == {}


def test_a_plus_is_a_key_too() -> None:
    assert canonical_keys("+,ctrl++,ctrl+plus") == "plus,ctrl+plus"


def test_messages_about_keys_carry_no_control_sequence() -> None:
    problems = said({"app.undo": "\x1b[31mred", "\x1b]0;x\x07": "f5"})
    assert len(problems) == 2
    assert all(each.isprintable() for each in problems)


def test_two_choices_of_one_key_leave_the_first() -> None:
    keymap = {"timeline.add": "f5", "timeline.delete": "f5"}
    assert said(keymap) == ["keymap: 'timeline.delete': 'f5' already belongs to 'timeline.add'; choose another key"]
    assert valid_keymap(keymap, KNOWN) == {"timeline.add": "f5"}


def test_a_choice_of_a_default_key_falls() -> None:
    assert said({"timeline.add": "ctrl+z"}) == [
        "keymap: 'timeline.add': 'ctrl+z' already belongs to 'app.undo' by default; choose another key"
    ]


def test_a_global_choice_clashes_with_every_panel() -> None:
    assert valid_keymap({"app.undo": "d"}, KNOWN) == {}


def test_panels_that_are_never_heard_together_may_share_a_key() -> None:
    keymap = {"timeline.add": "f5", "actions.add": "f5"}
    assert said(keymap) == []
    assert valid_keymap(keymap, KNOWN) == keymap


def test_two_bindings_may_swap_their_keys() -> None:
    keymap = {"app.undo": "ctrl+y", "app.redo": "ctrl+z"}
    assert said(keymap) == []
    assert valid_keymap(keymap, KNOWN) == keymap


def test_half_a_swap_falls_when_the_other_half_is_wrong() -> None:
    keymap = {"app.undo": "ctrl+y", "app.redo": "ctrl+zz"}
    assert valid_keymap(keymap, KNOWN) == {}
    assert len(said(keymap)) == 2


def test_the_way_out_cannot_be_taken_nor_lost() -> None:
    assert said({"app.undo": "ctrl+q"}) == [
        "keymap: 'app.undo': 'ctrl+q' always ends the program and cannot be given to anything else"
    ]
    assert valid_keymap({"app.quit": "f10"}, KNOWN) == {"app.quit": "f10,ctrl+q"}
    assert valid_keymap({"app.quit": "ctrl+q"}, KNOWN) == {"app.quit": "ctrl+q"}


@given(
    st.dictionaries(
        st.sampled_from(sorted(KNOWN)), st.sampled_from(["a", "d", "f5", "ctrl+z", "ctrl+y", "ctrl+q", "x,y"])
    )
)
def test_what_is_valid_has_no_more_problems_and_nothing_falls_in_silence(keymap: dict[str, str]) -> None:
    valid = valid_keymap(keymap, KNOWN)
    assert check_keymap(valid, KNOWN) == ()
    assert len(check_keymap(keymap, KNOWN)) == len(keymap) - len(valid)


@pytest.mark.parametrize("character", [*string.digits, *string.ascii_letters, *string.punctuation, "ä", "§", "日"])
def test_characters_have_the_names_that_the_app_hears(character: str) -> None:
    if character == ",":
        assert canonical_key("comma") == _character_to_key(",")
    else:
        assert _normalize_key_list(canonical_key(character)) == _character_to_key(character)


REFUSED = {"<any>", "<ignore>", "<scroll-down>", "<scroll-up>", "return", "ctrl-at", "ctrl+h", "ctrl+i", "ctrl+m"}


@pytest.mark.parametrize("key", sorted({str(key.value) for key in Keys} - REFUSED))
def test_every_key_of_the_app_has_its_name(key: str) -> None:
    assert canonical_key(key) in (key, "ctrl+at")


@pytest.mark.parametrize("key", sorted(REFUSED))
def test_what_is_no_key_of_its_own_is_refused(key: str) -> None:
    with pytest.raises(KeyNameError):
        canonical_key(key)


@given(st.text(max_size=20))
def test_a_name_is_read_once_and_for_all(keys: str) -> None:
    with suppress(KeyNameError):
        once = canonical_keys(keys)
        assert canonical_keys(once) == once
