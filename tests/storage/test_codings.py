"""Content codings are undone within a limit, and a body that lies about its own says so."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.codings import content_decode
from storage.errors import BodyTooLarge


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


@given(st.binary(max_size=200_000))
def test_what_was_encoded_comes_back(data: bytes) -> None:
    for codings, encoded in (
        (["gzip"], gzip.compress(data, mtime=0)),
        (["x-gzip"], gzip.compress(data[:9], mtime=0) + gzip.compress(data[9:], mtime=0)),
        (["deflate"], zlib.compress(data)),
        (["deflate"], raw_deflate(data)),
        (["br"], brotli.compress(data, quality=1)),
        (["identity", "deflate", "gzip"], gzip.compress(zlib.compress(data), mtime=0)),
        ([], data),
    ):
        assert content_decode(codings, encoded) == content_decode([], data), codings


def test_what_follows_the_last_gzip_member_is_ignored() -> None:
    assert content_decode(["gzip"], gzip.compress(b"a") + b"\0\0junk").data == b"a"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_body_that_ends_too_soon_gives_what_there_is_and_says_so(coding: str) -> None:
    text = b"".join(b"line %d of a page\n" % n for n in range(5000))
    encoded = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[coding](text)
    decoded = content_decode([coding], encoded[: len(encoded) // 2])
    assert decoded.problem is not None
    assert "ends before" in decoded.problem
    assert text.startswith(decoded.data)
    assert decoded.data


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_is_not_what_its_header_says_is_a_problem(coding: str) -> None:
    decoded = content_decode([coding], b"<html>plain text, whatever the header says</html>")
    assert decoded.problem is not None


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_bomb_goes_off_at_the_limit(coding: str) -> None:
    bomb = bytes(50_000_000)
    encoded = {"gzip": gzip.compress, "deflate": zlib.compress, "br": lambda data: brotli.compress(data, quality=1)}[
        coding
    ](bomb)
    with pytest.raises(BodyTooLarge, match="decodes to more than 1000000"):
        content_decode([coding], encoded, limit=1_000_000)


def test_gzip_members_by_the_million_are_refused() -> None:
    assert (
        content_decode(["gzip"], gzip.compress(b"", mtime=0) * 5000).problem
        == "the body has more than 1000 gzip members"
    )


def test_an_empty_body_is_empty_whatever_its_coding() -> None:
    assert content_decode(["gzip", "nonsense"], b"").problem is None
