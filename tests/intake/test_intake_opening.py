import gzip
import io
import os
import random
import struct
import tarfile
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.errors import SourceError
from facilitator.intake.report import Report
from facilitator.intake.source import Member
from facilitator.intake.sources import bounds
from facilitator.intake.sources.decoding import NOT_UTF_8, decoded
from facilitator.intake.sources.opening import opened, sample
from tests.intake.text_source import TextSource

TEXT = b"14:05 the error rate rises\n" * 3
NOISE = random.Random(7).randbytes(50_000).hex().encode()


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return held.getvalue()


def tarred(*infos: tuple[tarfile.TarInfo, bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for info, data in infos:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return held.getvalue()


def contents(place: Path | bytes, name: str = "") -> tuple[dict[str, bytes], set[tuple[str, str]]]:
    """Return what can be read of a source, and why the rest cannot."""
    report = Report()
    with opened(place, report, name) as source:
        found = {member.name: source.read(member) for member in source.members()}
    return found, {(skipped.file, skipped.reason) for skipped in report.skipped}


def reason(skipped: set[tuple[str, str]], name: str) -> str:
    return next(why for file, why in skipped if file == name)


class TestAFile:
    def test_is_a_source_with_one_member(self, tmp_path):
        (tmp_path / "notes.txt").write_bytes(TEXT)
        assert contents(tmp_path / "notes.txt") == ({"notes.txt": TEXT}, set())

    def test_bytes_from_a_pipe_are_one_too(self):
        assert contents(TEXT) == ({"-": TEXT}, set())
        assert contents(TEXT, "pasted") == ({"pasted": TEXT}, set())

    def test_an_empty_one_is_refused(self, tmp_path):
        (tmp_path / "empty.json").touch()
        with pytest.raises(SourceError, match=r"empty\.json is empty"):
            contents(tmp_path / "empty.json")

    def test_one_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(SourceError, match=r"there is no nowhere\.zip"):
            contents(tmp_path / "nowhere.zip")

    def test_a_large_one_is_read_piece_by_piece_and_refused_as_a_whole(self, tmp_path):
        with (tmp_path / "large.log").open("wb") as file:
            file.write(b"first line\n")
            file.truncate(bounds.LARGEST_WHOLE + 1)
        report = Report()
        with opened(tmp_path / "large.log", report) as source:
            (member,) = source.members()
            with source.open(member) as stream:
                assert stream.readline() == b"first line\n"
            with pytest.raises(SourceError, match="larger than 256 MB"):
                source.read(member)

    def test_a_pipe_in_the_file_system_is_read_once(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        writer = os.open(tmp_path / "pipe", os.O_RDWR)
        with pytest.MonkeyPatch.context() as patch:
            real = Path.open

            def opening(path, mode):
                stream = real(path, mode)
                os.write(writer, TEXT)
                os.close(writer)
                return stream

            patch.setattr(Path, "open", opening)
            assert contents(tmp_path / "pipe")[0] == {"pipe": TEXT}

    @pytest.mark.parametrize(
        ("start", "what"), [(b"7z\xbc\xaf\x27\x1c", "7-Zip"), (b"Rar!\x1a\x07\x00", "RAR"), (b"BZh91AY", "bzip2")]
    )
    def test_other_archives_are_named(self, start, what):
        with pytest.raises(SourceError, match=what):
            contents(start + NOISE)

    def test_an_office_document_is_named(self):
        with pytest.raises(SourceError, match="Office document"):
            contents(zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")))


class TestGzip:
    def test_is_unpacked(self, tmp_path):
        (tmp_path / "app.log.gz").write_bytes(gzip.compress(TEXT))
        assert contents(tmp_path / "app.log.gz") == ({"app.log": TEXT}, set())

    def test_cut_off_is_read_as_far_as_it_goes(self):
        found, skipped = contents(gzip.compress(NOISE)[:-20_000], "noise.gz")
        assert NOISE.startswith(found["noise"])
        assert len(found["noise"]) > 10_000
        assert "cut off" in reason(skipped, "noise.gz")

    def test_a_bomb_is_refused(self):
        bomb = gzip.compress(bytes(bounds.FREE * 2))
        with pytest.raises(SourceError, match="bomb"):
            contents(bomb, "bomb.gz")


class TestAZip:
    def test_gives_its_members_by_name(self):
        found, skipped = contents(zipped(("b/2.json", b"[2]"), ("a.json", b"[1]"), ("b/", b"")))
        assert found == {"a.json": b"[1]", "b/2.json": b"[2]"}
        assert list(found) == ["a.json", "b/2.json"]
        assert not skipped

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd", "/etc/passwd", "C:\\x.json", "a\\..\\..\\b.json", "x/" * 40 + "y"]
    )
    def test_members_that_lead_out_are_left_out(self, name):
        found, skipped = contents(zipped((name, TEXT), ("fine.json", TEXT)))
        assert list(found) == ["fine.json"]
        assert len(skipped) == 1

    def test_links_encrypted_empty_and_nested_members_are_left_out_with_a_reason(self):
        link = zipfile.ZipInfo("link.json")
        link.external_attr = 0o120777 << 16
        link.create_system = 3
        data = bytearray(zipped((link.filename, b""), ("inner.zip", TEXT), ("empty.json", b""), ("fine.json", TEXT)))
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr(link, "/etc/passwd")
            archive.writestr("inner.zip", TEXT)
            archive.writestr("empty.json", b"")
            archive.writestr("fine.json", TEXT)
            archive.writestr("secret.json", TEXT)
        data = bytearray(held.getvalue())
        entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"secret.json"))
        data[entry + 8] |= 1
        found, skipped = contents(bytes(data))
        assert found == {"fine.json": TEXT}
        assert "link" in reason(skipped, "link.json")
        assert "encrypted" in reason(skipped, "secret.json")
        assert reason(skipped, "empty.json") == "empty"
        assert "archive in the archive" in reason(skipped, "inner.zip")

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_of_a_name_that_is_there_twice_the_last_is_read(self):
        found, skipped = contents(zipped(("a.json", b"[1]"), ("a.json", b"[2]")))
        assert found == {"a.json": b"[2]"}
        assert "more than once" in reason(skipped, "a.json")

    def test_what_systems_add_for_themselves_is_not_mentioned(self):
        found, skipped = contents(zipped(("__MACOSX/._a.json", TEXT), (".DS_Store", TEXT), ("a.json", TEXT)))
        assert list(found) == ["a.json"]
        assert not skipped

    def test_a_bomb_is_left_out_and_the_rest_is_read(self):
        found, skipped = contents(zipped(("bomb.json", bytes(bounds.FREE * 2)), ("fine.json", TEXT)))
        assert list(found) == ["fine.json"]
        assert "bomb" in reason(skipped, "bomb.json")

    def test_many_small_bombs_are_bounded_in_total(self):
        small = bytes(bounds.FREE - 1)
        data = zipped(*((f"{number}.json", small) for number in range(30)))
        report = Report()
        with opened(data, report) as source:
            total = sum(member.size for member in source.members())
        assert 0 < total <= max(bounds.FREE, bounds.RATIO * len(data))
        assert any("zip bomb" in why for why in report.reasons)

    def test_more_than_it_states_never_comes_out(self):
        data = bytearray(zipped(("a.json", TEXT * 100)))
        entry = data.rindex(b"PK\x01\x02")
        struct.pack_into("<I", data, entry + 24, 10)
        found, skipped = contents(bytes(data))
        assert found == {"a.json": (TEXT * 100)[:10]}
        assert "damaged" in reason(skipped, "a.json")

    def test_a_damaged_member_is_read_as_far_as_it_goes(self):
        data = bytearray(zipped(("a.txt", NOISE), ("b.txt", TEXT), method=zipfile.ZIP_STORED))
        data[2000] ^= 1
        found, skipped = contents(bytes(data))
        assert len(found["a.txt"]) == len(NOISE)
        assert found["b.txt"] == TEXT
        assert "checksum" in reason(skipped, "a.txt")

    def test_a_member_that_lies_before_the_archive_is_reported(self):
        data = bytearray(zipped(("a.json", TEXT), ("b.json", TEXT)))
        data[20:40] = b""  # all places move, so that the first would lie before the beginning
        found, skipped = contents(bytes(data))
        assert found == {"a.json": b"", "b.json": TEXT}
        assert "damaged" in reason(skipped, "a.json")

    def test_members_without_a_name_are_passed_over(self):
        data = zipped(("a.json", TEXT), ("b.json", TEXT)).replace(b"a.json", b"\x00.json")
        assert contents(data)[0] == {"b.json": TEXT}

    def test_damage_is_reported_once_however_often_it_is_read(self):
        data = bytearray(zipped(("a.txt", TEXT), method=zipfile.ZIP_STORED))
        data[50] ^= 1
        report = Report()
        with opened(bytes(data), report) as source:
            sample(source)
            for member in [*source.members()] * 2:
                source.read(member)
        assert report.reasons.total() == 1

    def test_rare_packing_is_named(self):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
            archive.writestr("a.json", TEXT)
            archive.writestr("b.json", TEXT, zipfile.ZIP_STORED)
        found, skipped = contents(held.getvalue())
        assert list(found) == ["b.json"]
        assert "method 14" in reason(skipped, "a.json")

    def test_one_with_nothing_to_read_is_refused(self):
        with pytest.raises(SourceError, match="nothing in it"):
            contents(zipped())


class TestAZipThatIsCutOff:
    @pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
    def test_is_read_as_far_as_it_goes(self, method):
        data = zipped(("a.json", TEXT), ("b.json", NOISE), ("c.json", TEXT), method=method)
        found, skipped = contents(data[: len(data) // 2], "export.zip")
        assert found["a.json"] == TEXT
        assert NOISE.startswith(found["b.json"])
        assert len(found["b.json"]) > 1000
        assert "c.json" not in found
        assert "cut off" in reason(skipped, "export.zip")

    def test_members_whose_sizes_follow_them_are_found_too(self):
        class Unseekable(io.RawIOBase):
            def __init__(self) -> None:
                super().__init__()
                self.data = bytearray()

            def writable(self):
                return True

            def write(self, data):
                self.data += bytes(data)
                return len(data)

        stream = Unseekable()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("a.json", "b.json", "c.json"):
                archive.writestr(name, TEXT)
        data = bytes(stream.data)
        found, _ = contents(data[: data.rindex(b"PK\x01\x02") - 60])
        assert found["a.json"] == found["b.json"] == TEXT

    def test_a_length_that_no_file_has_is_survived(self):
        head = struct.pack("<4s5HIIIHH", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, 1, 20)
        data = head + b"a" + struct.pack("<HHQQ", 1, 16, 2**64 - 1, 2**64 - 1) + TEXT
        report = Report()
        with opened(data, report) as source, source.open(next(source.members())) as stream:
            assert stream.read() == TEXT

    @settings(max_examples=60, deadline=None)
    @given(st.integers(0, 2000), st.integers(0, 255), st.integers(1, 2000))
    def test_and_damaged_anywhere_never_raises_anything_else(self, at, byte, length):
        data = bytearray(zipped(("a.json", TEXT), ("b/2026-11-15.json", b"[1, 2]" * 50), ("c", NOISE[:900])))
        data[at % len(data)] = byte
        with suppress(SourceError):
            contents(bytes(data[: length % len(data) + 1]))


class TestATar:
    def test_compressed_or_not_gives_its_members(self):
        data = tarred((tarfile.TarInfo("./b/2.json"), TEXT), (tarfile.TarInfo("a.json"), b"[1]"))
        assert contents(data, "x.tar")[0] == {"a.json": b"[1]", "b/2.json": TEXT}
        assert contents(gzip.compress(data), "x.tgz")[0] == {"a.json": b"[1]", "b/2.json": TEXT}

    def test_links_devices_and_ways_out_are_left_out(self):
        link, device = tarfile.TarInfo("link"), tarfile.TarInfo("device")
        link.type, link.linkname, device.type = tarfile.SYMTYPE, "/etc/passwd", tarfile.CHRTYPE
        data = tarred(
            (link, b""), (device, b""), (tarfile.TarInfo("../out.json"), TEXT), (tarfile.TarInfo("in.json"), TEXT)
        )
        found, skipped = contents(gzip.compress(data))
        assert list(found) == ["in.json"]
        assert {name for name, _ in skipped} == {"link", "device", "../out.json"}

    def test_cut_off_is_read_as_far_as_it_goes(self):
        data = gzip.compress(tarred((tarfile.TarInfo("a.json"), TEXT), (tarfile.TarInfo("b.json"), NOISE)))
        found, skipped = contents(data[: len(data) // 2], "x.tar.gz")
        assert found["a.json"] == TEXT
        assert NOISE.startswith(found["b.json"])
        assert "cut off" in " ".join(why for _, why in skipped)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), max_size=4), st.integers(512, 4000))
    def test_damaged_anywhere_never_raises_anything_else(self, changes, length):
        data = bytearray(tarred((tarfile.TarInfo("a.json"), TEXT), (tarfile.TarInfo("b" * 150), b"[1]" * 200)))
        for at, byte in changes:
            data[at % len(data)] = byte
        with suppress(SourceError):
            contents(bytes(data[:length]))


class TestAFolder:
    def test_gives_the_files_below_it(self, tmp_path):
        (tmp_path / "general").mkdir()
        (tmp_path / "general" / "2026-11-15.json").write_bytes(b"[]")
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git" / "HEAD").write_bytes(TEXT)
        (tmp_path / "empty.json").touch()
        found, skipped = contents(tmp_path)
        assert found == {"general/2026-11-15.json": b"[]"}
        assert skipped == {("empty.json", "empty")}

    def test_links_out_of_it_are_not_followed(self, tmp_path):
        inside, outside = tmp_path / "inside", tmp_path / "outside"
        inside.mkdir()
        outside.mkdir()
        (outside / "secret.json").write_bytes(TEXT)
        (inside / "a.json").write_bytes(b"[1]")
        (inside / "same.json").symlink_to(inside / "a.json")
        (inside / "secret.json").symlink_to(outside / "secret.json")
        (inside / "folder").symlink_to(outside)
        (inside / "loop").symlink_to(inside)
        (inside / "nowhere").symlink_to(inside / "gone")
        os.mkfifo(inside / "pipe")
        found, skipped = contents(inside)
        assert found == {"a.json": b"[1]", "same.json": b"[1]"}
        assert {name for name, _ in skipped} == {"secret.json", "folder", "loop", "nowhere", "pipe"}

    def test_a_name_of_control_characters_is_cleaned(self, tmp_path):
        (tmp_path / "a\x1b[31m.json").write_bytes(b"[1]")
        assert contents(tmp_path)[0] == {"a.json": b"[1]"}

    def test_an_empty_one_is_refused(self, tmp_path):
        with pytest.raises(SourceError, match="nothing in it"):
            contents(tmp_path)


class TestDecoded:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
    def test_by_its_mark_or_as_it_shows(self, encoding):
        text = "14:05 the naïve café — 障害 came back, and many plain words are here with it " * 2
        plain = text.replace("障害", "x") if encoding == "utf-16-le" else text
        assert decoded(plain.encode(encoding)) == plain

    def test_windows_with_a_note(self):
        notes: list[str] = []
        assert decoded("naïve – “yes”".encode("cp1252"), notes.append) == "naïve – “yes”"
        assert notes == [NOT_UTF_8]

    @pytest.mark.parametrize("data", [bytes(100), zlib.compress(NOISE), b"\x89PNG\r\n\x1a\n" + bytes(50)])
    def test_what_is_no_text_is_refused(self, data):
        with pytest.raises(SourceError, match="not text"):
            decoded(data)

    @given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
    def test_utf_8_comes_back(self, text):
        assert decoded(text.encode()) == text.removeprefix("\ufeff")

    @given(st.binary(max_size=300))
    def test_bytes_become_text_or_are_refused(self, data):
        with suppress(SourceError):
            assert isinstance(decoded(data), str)


class TestSample:
    def test_of_json_is_its_value(self):
        assert sample(TextSource("a", b'{"a": [1]}')).json == {"a": [1]}

    def test_of_json_lines_and_long_lists_is_their_first_object(self):
        line = b'{"a": 1, "b": "' + b"x" * 100 + b'"}'
        for data in (b"\n".join([line] * 9), b"[" + b",".join([line] * 50_000) + b"]"):
            assert sample(TextSource("a", data)).json["a"] == 1

    def test_of_text_is_its_beginning(self):
        told = sample(TextSource("a", TEXT * 10_000))
        assert told.text.startswith("14:05")
        assert len(told.text) == 65_536
        assert told.json is None

    def test_of_an_archive_is_that_of_the_first_member_that_tells_something(self):
        data = zipped(("README", b"read me"), ("a.png", b"\x89PNG" + bytes(99)), ("x/b.json", b'[{"ts": "1"}]'))
        with opened(data, Report()) as source:
            told = sample(source)
        assert told.json == [{"ts": "1"}]
        assert set(told.members) == {"README", "a.png", "x/b.json"}

    @settings(deadline=None)
    @given(st.binary(max_size=300))
    def test_of_anything_never_raises(self, data):
        assert sample(TextSource("a", data)).name == "a"

    def test_of_deep_nesting_never_raises(self):
        assert sample(TextSource("a", b"[" * 60_000)).json is None


@settings(max_examples=150, deadline=None)
@given(st.binary(min_size=1, max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"PK\x05\x06"]))
def test_opening_bytes_raises_nothing_but_source_errors(data, start):
    with suppress(SourceError):
        found, _ = contents(start + data)
        assert found


def test_a_member_that_is_not_there_is_refused():
    with opened(zipped(("a.json", TEXT)), Report()) as source, pytest.raises(SourceError, match="no member"):
        source.read(Member("b.json", 1))
