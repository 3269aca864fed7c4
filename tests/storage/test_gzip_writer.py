"""A gzip member that stores what is compressed already is read by everybody, and is hardly larger."""

from __future__ import annotations

import gzip
import io
import random
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.entity import entity_of
from storage.gzip_members import members
from storage.gzip_writer import gzip_member
from storage.warc import packed_length
from tests.storage.exchanges import RESPONSES


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_it_holds_the_one_and_then_the_other(text: bytes, packed: bytes) -> None:
    member = gzip_member(text, packed)
    assert gzip.decompress(member) == text + packed
    (found,) = members(io.BytesIO(member), where="x")
    assert found.length == len(member)
    assert gzip_member(text, packed) == member


@pytest.mark.parametrize("size", [1, 65534, 65535, 65536, 131070, 131071, 1_000_000])
def test_stored_blocks_join_at_every_size(tmp_path: Path, size: int) -> None:
    packed = random.Random(size).randbytes(size)
    member = gzip_member(b"head" * 50, packed)
    assert gzip.decompress(member) == b"head" * 50 + packed
    assert len(member) < size + 100 + 5 * (size // 65535 + 1)
    path = tmp_path / "a.gz"
    path.write_bytes(member * 2)
    subprocess.run(["gzip", "-t", str(path)], check=True)


def test_only_what_was_really_compressed_is_stored() -> None:
    def packed(name: str) -> int:
        return packed_length(entity_of(RESPONSES[name]), RESPONSES[name])

    assert packed("gzip") == len(RESPONSES["gzip"].partition(b"\r\n\r\n")[2])
    assert packed("an image") > 0
    assert packed("page") == packed("not the gzip it says") == packed("unknown coding") == 0
