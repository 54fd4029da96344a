"""All kinds of records: each has a reader, and what is of a kind is recognised as that."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from facilitator.intake import kinds
from facilitator.intake.errors import SourceError
from facilitator.intake.kinds.registry import KINDS, SURE_ENOUGH, reader, recognised
from facilitator.intake.reader import Sample
from facilitator.intake.sources.sampling import sample
from tests.hostile import HOSTILE
from tests.intake import payload_samples, system_samples
from tests.intake.payload_samples import Payload
from tests.intake.text_source import TextSource

PAYLOADS: Sequence[Payload] = [
    each
    for module in (payload_samples, system_samples)
    for value in vars(module).values()
    if isinstance(value, tuple)
    for each in value
    if isinstance(each, Payload)
]
TEXTS = {
    "chat": "Ana Lima  [2:05 PM]\nthe error rate rises\n\nben  [2:08 PM]\nrolled back v411\n",
    "git_log": "commit 8c2f1d9a4b7e6f5a3c2d1e0f9a8b7c6d5e4f3a2b\nAuthor: Ana <a@b.example>\n"
    "Date:   Sun Nov 15 14:03:00 2026 +0100\n\n    limit retries\n",
    "columns": "time,message\n2026-11-15T14:03:00Z,slow\n2026-11-15T14:09:00Z,back\n",
    "postmortem": "# Orders stood still\n\n## Summary\n\nOrders waited.\n\n## Timeline (UTC)\n\n- 14:02 disk is full\n"
    "- 14:41 orders flow\n\n## Root cause\n\nNo alert.\n\n## Action items\n\n- Alert on the disk\n",
    "log": "2026-11-15T14:03:00Z ERROR checkout: timeout\n2026-11-15T14:03:01Z INFO checkout: retry\n" * 5,
    "plain": "2026-11-15 14:03 UTC checkout is slow\n14:09 rolled back\n14:30 all green\n",
}


def test_every_module_of_a_kind_is_listed_and_has_a_reader_of_that_name() -> None:
    folder = Path(kinds.__path__[0])
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "registry"}
    assert modules == set(KINDS)
    for kind, label in KINDS.items():
        assert reader(kind).kind == kind
        assert reader(kind).label.strip()
        assert label.strip()


def test_no_two_kinds_have_one_label() -> None:
    assert len({reader(kind).label for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize(
    ("kind", "advice"),
    [("pagerdutty", "Did you mean pagerduty?"), ("githb", "Did you mean github?"), ("qqq", "There are: slack, chat,")],
)
def test_an_unknown_kind_is_told_with_the_nearest(kind: str, advice: str) -> None:
    with pytest.raises(SourceError, match="no kind of records is called") as caught:
        reader(kind)
    assert advice in str(caught.value)


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_is_recognised(kind: str) -> None:
    assert recognised(sample(TextSource("file", TEXTS[kind].encode()))).kind == kind


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda each: f"{each.kind}-{each.name}")
def test_a_payload_is_recognised(payload: Payload) -> None:
    if not payload.drafts:
        return
    assert recognised(sample(TextSource("payload.json", json.dumps(payload.value).encode()))).kind == payload.kind


def test_there_are_payloads_to_recognise() -> None:
    assert len(PAYLOADS) > 40


@pytest.mark.parametrize("text", ["", "nothing here has a time\n" * 9, "<html><body>Sign in</body></html>", "{}", "[]"])
def test_what_is_of_no_kind_is_told_with_what_to_do(text: str) -> None:
    with pytest.raises(SourceError, match=r"file\.x is not of a kind that is known; 'facilitator intake --help'"):
        recognised(sample(TextSource("file.x", text.encode())))


ODD: tuple[Any, ...] = (None, 1, 1e308, True, "x", [], {}, [[]], [1, None], {"a": {"b": []}}, {"": ""}, [{"ts": 1}])


@pytest.mark.parametrize("kind", KINDS)
def test_no_reader_raises_over_what_is_not_of_its_kind(kind: str) -> None:
    recognises = reader(kind).recognises
    for text in (*HOSTILE, *TEXTS.values(), ""):
        assert 0 <= recognises(Sample("file", ["file"], text)) <= 100
    for value in ODD:
        score = recognises(Sample("file.json", ["file.json"], json.dumps(value), value))
        assert score < SURE_ENOUGH, value
