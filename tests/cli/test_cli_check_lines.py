"""`facilitator check --jsonl`: lines of JSON in, lines of JSON out."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from facilitator.checks.compiled import compiled
from facilitator.checks.finding import Category
from facilitator.checks.rules import Rule
from facilitator.cli.sentence_lines import MAX_LINE, BadLine, answers

Run = Callable[..., Result]
BLAME = tuple(Category)[:6]
RULES = compiled((Rule(id="slip", category=Category.PERSON, said=("PEOPLE forgot",), why="A slip.", question="How?"),))


def line(number: int | str, text: str, **more: str) -> str:
    return json.dumps({"id": number, "text": text, **more}) + "\n"


def answered(raw: bytes) -> list[bytes | BadLine]:
    return list(answers(io.BytesIO(raw), RULES))


def test_each_line_is_answered_in_order(run: Run, home: Path) -> None:
    text = "Maria forgot to drain the node."
    (home / "in.jsonl").write_text(
        line("a", text, context="summary") + line(2, "The node failed to start.") + line("c", text)
    )
    result = run("check", "--jsonl", "in.jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    rows = [json.loads(each) for each in result.stdout.splitlines()]
    assert [(each["id"], bool(each["findings"])) for each in rows] == [("a", True), (2, False), ("c", True)]
    for each in rows[0]["findings"]:
        assert list(each) == ["rule", "category", "start", "end", "question"]
        assert each["category"] in BLAME
        assert 0 <= each["start"] < each["end"] <= len(text)
    assert run("check", "--jsonl", "-", stdin=(home / "in.jsonl").read_text()).stdout == result.stdout


def test_the_context_decides(run: Run) -> None:
    text = "We should add a test."
    rows = "".join(line(context, text, context=context) for context in ("action", "timeline", "chat", "why_answer"))
    result = run("check", "--jsonl", "-", stdin=rows)
    assert [json.loads(each)["id"] for each in result.stdout.splitlines()] == [
        "action",
        "timeline",
        "chat",
        "why_answer",
    ]


def test_only_blame_is_looked_for(run: Run) -> None:
    result = run("check", "--jsonl", "-", stdin=line(1, "Mail ops@shop-systems.com or 10.20.30.40.", context="action"))
    assert json.loads(result.stdout) == {"id": 1, "findings": []}


def test_a_bad_line_is_named_and_the_others_are_answered(run: Run) -> None:
    rows = [
        line(1, "fine"),
        "{not json}\n",
        line(3, "fine", context="headline"),
        '{"id": 4}\n',
        '{"text": "x"}\n',
        '{"id": null, "text": "x"}\n',
        '{"id": 1, "text": 5}\n',
        "[]\n",
        "\n",
        line(10, "Maria forgot it."),
    ]
    result = run("check", "--jsonl", "-", stdin="".join(rows))
    assert result.exit_code == 2
    assert [json.loads(each)["id"] for each in result.stdout.splitlines()] == [1, 10]
    named = [each.split(":")[1].strip() for each in result.stderr.splitlines()]
    assert named == [f"line {number}" for number in (2, 3, 4, 5, 6, 7, 8)]


@pytest.mark.parametrize(
    "raw", [b'{"id": 1, "text": "caf\xe9"}', b"\x89PNG\x00\x01", b"[" * 100_000, b'{"id": 1e999, "text": ""}']
)
def test_bytes_that_are_no_json_are_bad_lines(raw: bytes) -> None:
    first, second = answered(raw + b"\n" + line(2, "we forgot").encode())
    assert isinstance(first, BadLine)
    assert first.number == 1
    assert isinstance(second, bytes)
    assert json.loads(second)["findings"][0]["rule"] == "slip"


def test_a_line_that_is_too_long_is_passed_over() -> None:
    long = line(1, "x" * (2 * MAX_LINE + 5)).encode()
    first, second = answered(long + line(2, "we forgot").encode())
    assert first == BadLine(1, f"it is longer than {MAX_LINE:,} bytes")
    assert isinstance(second, bytes)
    assert answered(long.rstrip()) == [BadLine(1, f"it is longer than {MAX_LINE:,} bytes")]
    fits = b'{"id": 1, "text": "' + b"x" * (MAX_LINE - 21) + b'"}\n'
    assert len(fits.rstrip()) == MAX_LINE
    assert isinstance(answered(fits)[0], bytes)


def test_lines_are_answered_as_they_come() -> None:
    class Growing(io.BytesIO):
        """A file without an end that counts the lines that were taken."""

        def __init__(self) -> None:
            super().__init__()
            self.taken = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.taken += 1
            return line(self.taken, "fine").encode()

    file = Growing()
    rows = answers(file, RULES)
    for number in range(1, 4):
        answer = next(rows)
        assert isinstance(answer, bytes)
        assert (json.loads(answer)["id"], file.taken) == (number, number)


def test_a_mark_at_the_beginning_and_an_end_without_newline_are_fine() -> None:
    (answer,) = answered(b"\xef\xbb\xbf" + line("ä", "we forgot").rstrip().encode())
    found = {"rule": "slip", "category": "person_as_cause", "start": 0, "end": 9, "question": "How?"}
    assert isinstance(answer, bytes)
    assert answer == f"{json.dumps({'id': 'ä', 'findings': [found]}, ensure_ascii=False)}\n".encode()


@given(st.lists(st.tuples(st.one_of(st.text(), st.integers(-(2**53), 2**53)), st.text()), max_size=5))
def test_any_text_is_answered_with_places_in_it(rows: list[tuple[str | int, str]]) -> None:
    raw = "".join(json.dumps({"id": each, "text": text}) + "\n" for each, text in rows).encode()
    found = answered(raw)
    assert len(found) == len(rows)
    for (name, text), answer in zip(rows, found, strict=True):
        assert isinstance(answer, bytes)
        value = json.loads(answer)
        assert value["id"] == name
        assert all(text[each["start"] : each["end"]] for each in value["findings"])


def test_a_missing_file_is_said(run: Run) -> None:
    result = run("check", "--jsonl", "missing.jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "facilitator: missing.jsonl: No such file or directory\n"
