"""The objects of a JSON list that is broken somewhere: those before the break, and those after it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any


class Literal(str):
    """A number as it is written, which a float would change."""

    __slots__ = ()


_DECODER = json.JSONDecoder(parse_float=Literal)
_BETWEEN = re.compile(r"[\s,\[\]]*")
_OBJECT = re.compile(r"(?<=[,\[}\]\s])\{")


def objects_in(text: str, wrong: Callable[[int, str], None]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Return the objects that stand in a list, or on lines of their own, with their numbers from 1.

    Of an answer of Slack they are its messages. After a break the next object with a time stamp is looked for, so long
    as that does not take more than reading the text a few times. `wrong` is told of what is lost.
    """
    at, number, lost = 0, 0, False
    patience = 4 * len(text) + 1_000_000
    while (at := _after(text, at)) < len(text):
        try:
            found, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            if not lost:
                number += 1
                wrong(number, "broken: reading goes on with the next message that is whole")
            lost = True
            patience -= _looked_at(error, at, len(text))
            if patience < 0:
                wrong(number, "too much of it is broken: the rest of the file is not read")
                return
            at = _next_object(text, at + 1)
            continue
        at = end
        if lost and not (isinstance(found, Mapping) and isinstance(found.get("ts"), str)):
            patience -= 100  # a part of the message that is broken
            continue
        lost = False
        if not isinstance(found, Mapping):
            number += 1
            wrong(number, "not a message")
            continue
        answered = found.get("messages")
        for each in answered if isinstance(answered, list) else [found]:
            number += 1
            if isinstance(each, Mapping):
                yield number, each
            else:
                wrong(number, "not a message")
    if number and not lost and text.lstrip().startswith("[") and not text.rstrip().endswith("]"):
        wrong(number + 1, "the file ends too early")


def _after(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _next_object(text: str, at: int) -> int:
    found = _OBJECT.search(text, at)
    return found.start() if found else len(text)


def _looked_at(error: Exception, at: int, length: int) -> int:
    """Return about how many characters were read before the break was found."""
    if not isinstance(error, json.JSONDecodeError) or error.msg.startswith("Unterminated"):
        return max(0, length - at)
    return max(0, error.pos - at) + 100
