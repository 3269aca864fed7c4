"""Raw HTTP/1.x bytes are understood in one defined way, however odd."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.entity import entity_of
from storage.http_message import dechunk, split_head, transfer_decode
from tests.storage.exchanges import PAGE, RESPONSES, ZIPPED


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"HTTP/1.1 200 OK", 200),
        (b"HTTP/1.1 404", 404),
        (b"HTTP/1.0  301\tMoved", 301),
        (b"ICY 200 OK", 200),
        (b"HTTP/1.1 2000 OK", None),
        (b"HTTP/1.1 abc", None),
        (b"", None),
    ],
)
def test_a_status_is_three_digits_after_the_version(raw: bytes, status: int | None) -> None:
    assert split_head(raw + b"\r\n\r\n").status == status


def test_the_version_is_that_of_a_response_and_of_a_request() -> None:
    assert split_head(b"HTTP/1.0 200 OK\r\n\r\n").version == "1.0"
    assert split_head(b"GET /a HTTP/1.1\r\n\r\n").version == "1.1"
    assert split_head(b"SSH-2.0-x\r\n\r\n").version is None


def test_fields_keep_their_order_and_case_and_duplicates() -> None:
    head = split_head(RESPONSES["odd case"])
    assert head.fields == ((b"cOnTeNt-tYpE", b"text/HTML"), (b"X-a", b"1"), (b"X-A", b"2"))
    assert head.get("x-A") == "1"


def test_folded_lines_belong_to_the_field_before_and_lines_without_a_colon_to_none() -> None:
    folded = split_head(RESPONSES["folded"])
    assert folded.get("content-type") == "text/plain; charset=x"
    assert folded.get("x") == "a b"
    assert split_head(b"HTTP/1.1 200 OK\r\n folded onto nothing\r\nno colon\r\n folded\r\nA: 1\r\n\r\n").fields == (
        (b"A", b"1"),
    )


def test_values_are_utf_8_where_they_can_be_and_latin_1_otherwise() -> None:
    head = split_head("HTTP/1.1 200 OK\r\nA: 例\r\nB: ".encode() + b"caf\xe9\r\n\r\n")
    assert (head.get("a"), head.get("b")) == ("例", "café")


def test_a_head_without_its_end_is_all_head() -> None:
    head = split_head(b"HTTP/1.1 200 OK\r\nContent-Le")
    assert (head.complete, head.length, head.status) == (False, 27, 200)


@pytest.mark.parametrize("ending", [b"\r\n\r\n", b"\n\n", b"\n\r\n", b"\r\n\n"])
def test_the_head_ends_at_the_first_empty_line_of_either_kind(ending: bytes) -> None:
    message = b"HTTP/1.1 200 OK\r\nA: 1" + ending + b"\r\n\r\nbody"
    assert message[split_head(message).length :] == b"\r\n\r\nbody"


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=6), st.sampled_from([b"\r\n", b"\n"]))
def test_chunks_joined_are_what_was_cut(chunks: list[bytes], end: bytes) -> None:
    framed = b"".join(b"%X;x=y%s%s%s" % (len(chunk), end, chunk, end) for chunk in chunks)
    whole = dechunk(framed + b"0" + end + b"Trailer: t" + end + end)
    assert (whole.data, whole.complete) == (b"".join(chunks), True)
    cut = dechunk(framed)
    assert (cut.data, cut.complete) == (b"".join(chunks), False)


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (b"5\r\nab", b"ab"),  # cut in a chunk
        (b"2\r\nab\r\n", b"ab"),  # no last chunk
        (b"2\r\nab\r\n0\r\nTrailer", b"ab"),  # cut in the trailers
        (b"2\r\nabXX2\r\n", b"ab"),  # no line end after a chunk
        (b"2\r\nab\r\nzz\r\ncd", b"ab"),  # a size that is none
        (b"<p>never chunked</p>", b"<p>never chunked</p>"),
        (b"FFFFFFFFFFFFFFFFFFFF\r\nab", b"FFFFFFFFFFFFFFFFFFFF\r\nab"),  # a size that no number is
        (b"fffffffffffff\r\nab", b"ab"),  # one that no machine holds
        (b"", b""),
    ],
)
def test_broken_chunks_give_what_came_before_and_say_that_it_is_not_all(body: bytes, data: bytes) -> None:
    decoded = dechunk(body)
    assert (decoded.data, decoded.complete) == (data, False)


@pytest.mark.timeout(20)
def test_heads_made_to_take_long_do_not() -> None:
    for line in (b"a:\n", b" x\n", b"a: b\n c\n", b"\t\n", b"x\n", b":\n"):
        head = split_head(b"HTTP/1.1 200 OK\nA: b\n" + line * (2_000_000 // len(line)) + b"\n")
        assert head.complete
        assert head.get("a") is not None
    assert dechunk(b"1\r\nx\r\n" * 300_000).data == b"x" * 300_000


def test_only_a_last_coding_of_chunked_is_taken_off() -> None:
    body = b"3\r\nabc\r\n0\r\n\r\n"
    for value, data in (
        (b"chunked", b"abc"),
        (b"gzip, Chunked", b"abc"),
        (b"chunked, gzip", body),
        (b"identity", body),
    ):
        head = split_head(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: " + value + b"\r\n\r\n")
        assert transfer_decode(head, body).data == data


def test_the_payload_is_out_of_its_chunks_and_still_in_its_content_coding() -> None:
    entity = entity_of(RESPONSES["gzip in chunks"])
    assert entity.payload == ZIPPED
    assert entity.body.data == PAGE
    assert entity.whole


def test_the_body_of_a_response_without_content_coding_has_the_digest_of_its_payload() -> None:
    entity = entity_of(RESPONSES["page"])
    assert entity.body_digest == entity.payload_digest
    assert entity_of(RESPONSES["gzip"]).body_digest == entity.body_digest


def test_a_body_that_cannot_be_decoded_has_no_digest() -> None:
    for name in ("not the gzip it says", "unknown coding"):
        entity = entity_of(RESPONSES[name])
        assert entity.body_digest is None
        assert entity.body.problem


@given(st.binary(max_size=300))
def test_any_bytes_at_all_can_be_taken_apart(raw: bytes) -> None:
    for message in (raw, b"HTTP/1.1 200 OK\r\n" + raw, RESPONSES["chunked"][:47] + raw):
        entity = entity_of(message)
        assert len(entity.payload) <= len(message)
        assert isinstance(entity.body.data, bytes)
