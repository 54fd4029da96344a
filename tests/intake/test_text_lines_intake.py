"""Lines of text: whatever the encoding and the line ends, and never one without a bound."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.errors import SourceError
from facilitator.intake.report import Report
from facilitator.intake.source import Member
from facilitator.intake.texts.separated import records
from facilitator.intake.texts.text_lines import LONGEST_LINE, text_lines
from tests.intake.text_source import TextSource


def lines(data: bytes):
    report = Report()
    source = TextSource("a.txt", data)
    return list(text_lines(source, next(source.members()), report)), report


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_come_in_every_encoding(encoding: str, end: str):
    assert lines(f"the first ñ{end}the second{end}".encode(encoding))[0] == [(1, "the first ñ"), (2, "the second")]


def test_old_line_ends_and_a_missing_one_are_read():
    assert lines(b"a\rb\rc")[0] == [(1, "a"), (2, "b"), (3, "c")]


def test_what_is_not_utf_8_is_told_once():
    read, report = lines("é\nplain\né".encode("cp1252"))
    assert [line for _, line in read] == ["é", "plain", "é"]
    assert [each.place for each in report.skipped] == ["line 1"]


def test_a_line_past_the_bound_is_skipped_and_the_numbers_go_on():
    read, report = lines(b"a\n" + b"x" * (3 * LONGEST_LINE) + b"\nb\n" + b"y" * (LONGEST_LINE + 1))
    assert read == [(1, "a"), (3, "b")]
    assert [each.place for each in report.skipped] == ["line 2", "line 4"]


def test_bytes_that_are_no_text_are_reported():
    read, report = lines(bytes(range(32)) * 100)
    assert not read
    assert report.skipped[0].reason == "it is not text"


class Damaged:
    """A source whose stream breaks off, as that of a damaged archive does."""

    name = "a.txt"

    def members(self):
        yield Member("a.txt", 100)

    def read(self, member):
        raise SourceError("damaged")

    def open(self, member):
        return Breaking(b"a\nb\n")


class Breaking(BytesIO):
    def read(self, size=-1):
        piece = super().read(3)
        if not piece:
            raise SourceError("damaged from here on")
        return piece


def test_what_cannot_be_read_on_is_reported_and_what_was_there_is_read():
    report = Report()
    assert list(text_lines(Damaged(), Member("a.txt", 100), report)) == [(1, "a"), (2, "b")]
    assert [each.reason for each in report.skipped] == ["damaged from here on"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=("Cs", "Cc"))), max_size=8))
def test_what_is_joined_comes_apart_again(written: list[str]):
    read, _ = lines("".join(f"{line}\n" for line in written).encode())
    assert [line for _, line in read] == [
        line.removeprefix("\ufeff") if n == 0 else line for n, line in enumerate(written)
    ]


def test_quotes_that_are_never_closed_end_in_time():
    many = [(number, f'a,x",b"c,"{number}') for number in range(1, 20_001)]
    report = Report()
    assert not list(records(many, ",", "a.csv", report))
    assert sum(report.reasons.values()) == 20_000
