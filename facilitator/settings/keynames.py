"""The names of keys, as a terminal program hears them."""

import unicodedata

from facilitator.settings.wording import did_you_mean, quoted

MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")
"""The modifiers in the order in which they stand before a key."""

NAMED = frozenset(
    (
        *("backspace", "delete", "down", "end", "enter", "escape", "home", "insert", "left", "menu", "pagedown"),
        *("pageup", "pause", "print_screen", "right", "space", "tab", "up"),
        *(f"f{number}" for number in range(1, 36)),
    )
)
"""The keys that stand for no character."""

_CHARACTER_NAMES = {"/": "slash", "\\": "backslash", "@": "at", "-": "minus", "+": "plus", "_": "underscore"}
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_MEANT = {
    "control": "ctrl", "ctl": "ctrl", "strg": "ctrl", "option": "alt", "opt": "alt", "cmd": "super",
    "command": "super", "win": "super", "esc": "escape", "return": "enter", "del": "delete", "ins": "insert",
    "pgup": "pageup", "page_up": "pageup", "pgdn": "pagedown", "pgdown": "pagedown", "page_down": "pagedown",
    "spacebar": "space", "bksp": "backspace", "question": "question_mark", "dot": "full_stop",
    "period": "full_stop", "hash": "number_sign",
}  # fmt: skip
_HEARD_AS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape"}


class KeyNameError(ValueError):
    """A name that no key has; the message says why, and what was probably meant."""


def canonical_keys(keys: str) -> str:
    """Return keys separated by commas, each by the name under which it arrives ("?" is "question_mark").

    A comma as a key is written "comma". Raises KeyNameError for the first name that no key has.
    """
    names = [canonical_key(key.strip()) for key in keys.split(",")]
    return ",".join(dict.fromkeys(names))


def canonical_key(key: str) -> str:
    """Return the name under which one key arrives, such as "ctrl+s". Raises KeyNameError when no key has it.

    A character beyond ASCII stays as it is.
    """
    if not key:
        raise KeyNameError("a key is missing; a comma as a key is written 'comma'")
    before, plus, last = (key[:-1].removesuffix("+"), "+", "+") if key.endswith("+") else key.rpartition("+")
    given = [each.strip().lower() for each in before.split("+")] if before and plus else []
    modifiers = sorted({_modifier(each) for each in given})
    name = _base(last.strip(), alone=not modifiers)
    full = "+".join((*modifiers, name))
    if full in _HEARD_AS:
        raise KeyNameError(f"a terminal hears {quoted(key)} as '{_HEARD_AS[full]}'")
    if modifiers == ["shift"] and name not in NAMED:
        instead = f"'{name.upper()}'" if len(name) == 1 and name.isalpha() else "the character that it gives"
        raise KeyNameError(f"no terminal sends {quoted(key)}; write {instead}")
    return full


def _modifier(name: str) -> str:
    if name in MODIFIERS:
        return name
    meant = _MEANT.get(name)
    advice = f"; did you mean '{meant}'?" if meant in MODIFIERS else did_you_mean(name, MODIFIERS)
    advice = advice or f"; the modifiers are {', '.join(MODIFIERS)}"
    raise KeyNameError(f"unknown modifier {quoted(name)}{advice}")


def _base(name: str, *, alone: bool) -> str:
    if len(name) == 1:
        if name.isalnum():
            return name if alone else name.lower()
        if name.isprintable():
            return _named_character(name) if name.isascii() else name
    lowered = name.lower()
    if lowered in NAMED or lowered in _CHARACTERS:
        return lowered
    meant = _MEANT.get(lowered)
    advice = f"; did you mean '{meant}'?" if meant else did_you_mean(lowered, NAMED | _CHARACTERS)
    raise KeyNameError(f"no key is called {quoted(name)}{advice}")


def _named_character(character: str) -> str:
    return _CHARACTER_NAMES.get(character) or unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")


_CHARACTERS = frozenset(_named_character(character) for character in _PUNCTUATION)
