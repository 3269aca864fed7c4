"""One member whose end is known, and what is not one."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from storage.errors import WarcInvalid
from storage.gzip_members import sole_member
from storage.warc_reader import iterate, read_at
from tests.storage.exchanges import PAGE, RESPONSES, exchange, write_warc

INNER = gzip.compress(PAGE, mtime=0)


@pytest.mark.parametrize("data", [b"", b"a", PAGE, INNER, b"x" + INNER * 3, bytes(300_000)])
@pytest.mark.parametrize("level", [0, 1, 9])
def test_what_a_member_holds_is_given_back(data: bytes, level: int) -> None:
    assert sole_member(gzip.compress(data, level, mtime=0)) == data


@pytest.mark.parametrize("data", [b"a", PAGE, INNER])
def test_what_is_not_one_whole_member_is_none(data: bytes) -> None:
    member = gzip.compress(data, 0, mtime=0)
    others = [b"", b"plain", member[:-1], member[1:], member + b"\0", member * 2, member + gzip.compress(b"b") + member]
    others += [member[:place] + bytes([member[place] ^ 1]) + member[place + 1 :] for place in (12, -8, -1)]
    for stored in others:
        assert sole_member(stored) is None


@pytest.mark.parametrize("name", ["page", "gzip", "a gzipped WARC in its body"])
def test_a_record_is_read_alone_and_two_are_refused(tmp_path: Path, name: str) -> None:
    whole = write_warc(tmp_path / "a.warc.gz", [exchange(RESPONSES[name])]).path.read_bytes()
    for record in iterate(tmp_path / "a.warc.gz"):
        stored = whole[record.offset : record.offset + record.length]
        assert read_at(stored, offset=record.offset) == record
        with pytest.raises(WarcInvalid, match="2 records are here"):
            read_at(stored * 2)
        with pytest.raises(WarcInvalid, match=r"x\.warc\.gz at byte 1005: "):
            read_at(stored[5:], where="x.warc.gz", offset=1005)
