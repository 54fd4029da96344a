"""What is no document that can be read back is refused, with what to do about it."""

from datetime import UTC, datetime

import msgspec
import pytest

from facilitator.documents.formats import render
from facilitator.documents.roundtrip.carried import carried
from facilitator.documents.roundtrip.reading import LONGEST, MOST_LINES, RoundTripError, read
from facilitator.documents.roundtrip.writing import round_trip
from facilitator.model.session import Why
from tests.documents.checkout_example import CHECKOUT

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DOCUMENT = round_trip(CHECKOUT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (render(CHECKOUT, "markdown"), "--round-trip"),
        ("", "empty"),
        ("x" * (LONGEST + 1), "longer than"),
        (DOCUMENT + "\n- a" * MOST_LINES, "lines"),
        ("a\n<<<<<<< HEAD\n" + DOCUMENT + "=======\n>>>>>>> main\n", "line 2: git has left two versions"),
        ("a\n<<<<<<< HEAD\n" + DOCUMENT, "line 2: git has left two versions"),
        (DOCUMENT.replace("\n## Impact", "\n=======\n## Impact", 1), "git has left two versions"),
        (f"||||||| 1a2b3c\n{DOCUMENT}", "line 1: git has left two versions"),
        (f">>>>>>>\r\n{DOCUMENT}", "line 1: git has left two versions"),
        (DOCUMENT.replace("{\n", "{\nAAAA", 1), "it was changed"),
        (DOCUMENT.replace("\n}\n-->", ""), "a part of it is missing"),
        (DOCUMENT.replace("round-trip:session 1 ", "round-trip:session 2 "), "update facilitator"),
        (DOCUMENT.replace("round-trip:session 1 ", "round-trip:session x "), "damaged"),
        (DOCUMENT + round_trip(msgspec.structs.replace(CHECKOUT, title="x")), "several exports"),
        ("\x00" * 500 + "<!-- e1 -->", "missing"),
    ],
    ids=[
        "plain",
        "empty",
        "long",
        "lines",
        "conflict",
        "ours",
        "middle",
        "base",
        "theirs",
        "tampered",
        "cut",
        "newer",
        "head",
        "two",
        "binary",
    ],
)
def test_what_cannot_be_read_back_is_said_with_what_to_do(text: str, said: str) -> None:
    with pytest.raises(RoundTripError, match=said):
        read(text, NOW)


def test_a_state_that_no_store_could_hold_is_refused() -> None:
    twice = msgspec.structs.replace(CHECKOUT, lessons=(CHECKOUT.lessons[0], CHECKOUT.lessons[0]))
    circle = (Why(id="a", text="x", parent="b"), Why(id="b", text="y", parent="a"))
    for session in (twice, msgspec.structs.replace(CHECKOUT, whys=circle)):
        with pytest.raises(RoundTripError, match="it was changed"):
            read(DOCUMENT.replace(carried(CHECKOUT), carried(session)), NOW)
