"""Reading WARCs: every record of ours and of other tools, and a clear no to what is broken."""

from __future__ import annotations

import gzip
import io
import random
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from storage.errors import WarcInvalid, WarcTruncated
from storage.gzip_members import members
from storage.warc_reader import iterate, last_whole_group, read_at
from tests.storage.exchanges import RESPONSES, exchange, odd_exchanges, write_warc

FIRST = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:a>\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"
PLAIN = FIRST + (b"WARC/1.1\nwarc-type : Metadata\nX-Folded: a\n  b\nContent-Length: 0\n\n\n\n")


class Dribble(io.RawIOBase):
    """A file that gives a few bytes at a time, as a network does, and cannot be searched."""

    def __init__(self, data: bytes, most: int) -> None:
        self.data, self.most = data, most

    def read(self, size: int = -1) -> bytes:
        count = min(self.most, size) if size > 0 else self.most
        piece, self.data = self.data[:count], self.data[count:]
        return piece


def test_every_record_is_where_warcio_says_it_is(tmp_path: Path) -> None:
    written = write_warc(tmp_path / "a.warc.gz", odd_exchanges())
    ours = [(r.type, r.offset, r.length, r.block) for r in iterate(written.path)]
    theirs = []
    with written.path.open("rb") as file:
        found = ArchiveIterator(file, no_record_parse=True)
        for record in found:
            block = record.raw_stream.read()
            theirs.append((record.rec_type, found.get_record_offset(), found.get_record_length(), block))
    assert ours == theirs


@pytest.mark.parametrize("most", [1, 7, 300, 1 << 16])
def test_it_does_not_matter_how_the_bytes_come(tmp_path: Path, most: int) -> None:
    written = write_warc(tmp_path / "a.warc.gz", odd_exchanges()[::5])
    assert list(iterate(Dribble(written.path.read_bytes(), most), where="x")) == list(iterate(written.path))


def test_a_record_is_read_from_its_own_bytes_alone(tmp_path: Path) -> None:
    written = write_warc(tmp_path / "a.warc.gz", odd_exchanges()[:6])
    data = written.path.read_bytes()
    for record in iterate(written.path):
        stored = data[record.offset : record.offset + record.length]
        assert read_at(stored, where="a.warc.gz", offset=record.offset) == record
    with pytest.raises(WarcInvalid, match="0 records"):
        read_at(b"")
    with pytest.raises(WarcInvalid, match="2 records"):
        read_at(data[: written.ends[0]] * 2)


def test_records_that_are_not_compressed_and_written_by_others_are_read() -> None:
    first, second = iterate(io.BytesIO(PLAIN))
    assert (first.type, first.block, first.offset, first.length) == ("resource", b"hello", 0, len(FIRST) - 4)
    assert (second.type, second.get("x-folded"), second.offset) == ("metadata", "a b", len(FIRST))
    assert first.get_id("WARC-Record-ID") == "urn:a"


def test_gzip_of_any_make_is_read() -> None:
    with_name = io.BytesIO()
    with gzip.GzipFile("name.warc", "wb", fileobj=with_name, mtime=1) as file:
        file.write(FIRST)
    for member in (gzip.compress(FIRST, 1), gzip.compress(FIRST, 9, mtime=5), with_name.getvalue()):
        found = list(iterate(io.BytesIO(member * 3)))
        assert [record.offset for record in found] == [0, len(member), 2 * len(member)]


def test_members_that_look_like_several_are_one_and_several_are_several() -> None:
    inner = gzip.compress(b"a" * 100, mtime=0)
    stored = zlib.compressobj(0, wbits=31)  # not compressed, so the members inside show
    outer = stored.compress(inner * 5) + stored.flush()
    for joined, count in ((outer, 1), (outer * 3, 3), (inner + outer + inner, 3), (b"", 0)):
        found = list(members(io.BytesIO(joined), where="x"))
        assert len(found) == count
        assert sum(member.length for member in found) == len(joined)


@given(st.lists(st.tuples(st.binary(max_size=2000), st.integers(0, 9)), max_size=8), st.integers(1, 4000))
def test_members_are_found_whatever_is_in_them(parts: list[tuple[bytes, int]], most: int) -> None:
    packed = [gzip.compress(data, level) for data, level in parts]
    found = list(members(Dribble(b"".join(packed), most), where="x"))
    assert [(bytes(member.data), member.length) for member in found] == [
        (data, len(raw)) for (data, _), raw in zip(parts, packed, strict=True)
    ]


def test_a_large_member_is_read(tmp_path: Path) -> None:
    body = random.Random(1).randbytes(3_000_000) * 3
    one = exchange(b"HTTP/1.1 200 OK\r\n\r\n" + body)
    written = write_warc(tmp_path / "a.warc.gz", [one, exchange()])
    assert [r.block for r in iterate(written.path) if r.type == "response"] == [one.response, RESPONSES["plain"]]


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"\x1f", WarcTruncated, "at byte 0: only 1 bytes of a gzip member"),
        (gzip.compress(FIRST)[:-1], WarcTruncated, "is not whole"),
        (gzip.compress(FIRST) + b"\0" * 512, WarcInvalid, "no gzip member begins here"),
        (gzip.compress(FIRST, mtime=0)[:-8] + bytes(8), WarcInvalid, "at byte 0: .* broken"),
        (gzip.compress(PLAIN), WarcInvalid, "more than one record.*recompress"),
        (gzip.compress(FIRST.replace(b"5", b"4")), WarcInvalid, "goes on after the 4 bytes"),
        (gzip.compress(FIRST.replace(b"5", b"90")), WarcInvalid, "Content-Length is 90, but"),
        (gzip.compress(FIRST.replace(b"5", b"-5")), WarcInvalid, "which is no length"),
        (gzip.compress(b"hello"), WarcInvalid, "no WARC record begins here"),
        (gzip.compress(b"WARC/1.0\r\nA: b\r\n"), WarcInvalid, "no WARC record begins here"),
        (b"hello", WarcInvalid, "at byte 0: no WARC record begins here"),
        (FIRST[:-8], WarcTruncated, "at byte 0: .* the file ends after 1 bytes"),
        (PLAIN[:40], WarcTruncated, "its header has no end"),
        (PLAIN.replace(b"5", b"4", 1), WarcInvalid, "at byte 81: .*wrong Content-Length"),
        (b"\x1f\x8b\x08junk that is no deflate at all", WarcInvalid, "broken"),
    ],
)
def test_what_is_broken_names_the_file_and_the_place(data: bytes, error: type[WarcInvalid], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        list(iterate(io.BytesIO(data), where="their.warc.gz"))
    assert str(caught.value).startswith("their.warc.gz at byte ")


@given(st.binary(max_size=200), st.integers(0, 199), st.sampled_from([PLAIN, gzip.compress(FIRST, mtime=0) * 2]))
def test_any_bytes_are_read_or_refused(junk: bytes, place: int, good: bytes) -> None:
    for data in (junk, good[:place] + junk, good[:place] + junk[:1] + good[place + 1 :]):
        with suppress(WarcInvalid):
            list(iterate(io.BytesIO(data), where="x"))


def test_a_file_cut_at_any_byte_keeps_its_whole_groups(tmp_path: Path) -> None:
    picked = [one for n, one in enumerate(odd_exchanges()) if n % 13 == 0]
    written = write_warc(tmp_path / "a.warc.gz", picked)
    data = written.path.read_bytes()
    cut = tmp_path / "cut.warc.gz.open"
    for length in range(len(data) + 1):
        cut.write_bytes(data[:length])
        assert last_whole_group(cut) == max([end for end in written.ends if end <= length], default=0), length


def test_what_power_loss_leaves_behind_is_cut_off(tmp_path: Path) -> None:
    written = write_warc(tmp_path / "a.warc.gz", odd_exchanges()[:3])
    data = written.path.read_bytes()
    last = written.ends[-2]
    holes = tmp_path / "holes.warc.gz.open"
    for tail in (
        bytes(4096),
        data[last:-20] + bytes(20),
        data[last : last + 30] + bytes(500),
        b"\x1f\x8b\x08" + bytes(99),
    ):
        holes.write_bytes(data[:last] + tail)
        assert last_whole_group(holes) == last
    holes.write_bytes(data[: written.ends[0] - 10] + bytes(10) + data[written.ends[0] :])
    assert last_whole_group(holes) == 0


def test_a_group_without_its_last_record_is_no_group(tmp_path: Path) -> None:
    written = write_warc(tmp_path / "a.warc.gz", [exchange(), exchange()])
    offsets = [record.offset for record in iterate(written.path)]
    cut = tmp_path / "cut.warc.gz.open"
    cut.write_bytes(written.path.read_bytes()[: offsets[-1]])
    assert last_whole_group(cut) == written.ends[1]
