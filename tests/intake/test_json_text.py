"""The JSON values of a source: whole, in lines, one after another, cut off, broken, in any encoding."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.intake.errors import SourceError
from facilitator.intake.payloads.json_text import begun, values
from facilitator.intake.report import Report
from facilitator.intake.source import Member
from tests.intake.text_source import TextSource


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with these files; what is None cannot be read."""

    files: dict[str, bytes | None]
    name: str = "folder"

    def members(self) -> Iterator[Member]:
        for name, data in self.files.items():
            yield Member(name, len(data or b""))

    def read(self, member: Member) -> bytes:
        data = self.files[member.name]
        if data is None:
            raise SourceError(f"{member.name} is too large")
        return data

    def open(self, member: Member) -> BinaryIO:
        return BytesIO(self.read(member))


def _values(data: bytes | str) -> tuple[list[Any], list[tuple[str, str]]]:
    report = Report()
    found = values(TextSource("a", data if isinstance(data, bytes) else data.encode()), report)
    return [(each.value, each.place) for each in found], [(each.place, each.reason) for each in report.skipped]


def test_a_document_is_one_value() -> None:
    assert _values('\n {"a": [1]} \n') == ([({"a": [1]}, "")], [])


def test_lines_and_documents_after_another_are_values_with_their_line() -> None:
    assert _values('{"a": 1}\n\n{\n "a": 2\n}\n{"a": 3}') == (
        [({"a": 1}, "line 1"), ({"a": 2}, "line 3"), ({"a": 3}, "line 6")],
        [],
    )


def test_a_bad_line_is_reported_and_the_rest_is_read() -> None:
    found, skipped = _values('{"a": 1}\n{"a": \n<b>\n{"a": 3}\n')
    assert found == [({"a": 1}, "line 1"), ({"a": 3}, "line 4")]
    assert skipped == [("line 2", "JSON that is broken or cut off")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_are_known_by_their_mark(encoding: str) -> None:
    assert _values('{"a": "é"}'.encode(encoding))[0] == [({"a": "é"}, "")]


def test_raw_line_breaks_in_texts_are_read() -> None:
    assert _values('{"a": "x\n\ty"}')[0] == [({"a": "x\n\ty"}, "")]


def test_a_list_that_is_cut_off_gives_its_whole_items() -> None:
    found, skipped = _values('{"notes": [{"a": 1}, {"a": 2}, {"a"')
    assert found == [({"notes": [{"a": 1}]}, "item 1"), ({"notes": [{"a": 2}]}, "item 2")]
    assert skipped == [("line 1", "JSON that is broken or cut off")]
    assert begun('[{"a": 1}, {"a') == {"a": 1}


def test_so_much_that_is_no_json_is_given_up() -> None:
    found, skipped = _values("{\n" * 30_000)
    assert not found
    assert skipped[-1] == ("line 10000", "no JSON for so long that the rest was left")


def test_a_member_that_cannot_be_read_does_not_stop_the_others() -> None:
    report = Report()
    files: dict[str, bytes | None] = {"a.json": b"[1]", "big.json": None, "b.png": b"x", "c.json": b'{"b": 2}'}
    assert [(each.file, each.value) for each in values(Folder(files), report)] == [
        ("a.json", [1]),
        ("c.json", {"b": 2}),
    ]
    assert [(each.file, each.reason) for each in report.skipped] == [
        ("big.json", "big.json is too large"),
        ("b.png", "not a file of JSON"),
    ]
    with pytest.raises(SourceError):
        list(values(Folder({"big.json": None}), report))


@given(
    st.lists(
        st.dictionaries(st.text(max_size=3), st.text(max_size=5) | st.integers(), max_size=2), min_size=1, max_size=5
    )
)
def test_lines_come_back_as_they_were(rows: list[dict[str, object]]) -> None:
    found, skipped = _values("\n".join(map(json.dumps, rows)))
    assert [value for value, _ in found] == rows
    assert not skipped
