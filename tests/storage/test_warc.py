"""The WARC writer: exact blocks, digests by the standard, honest revisits, and no way in for a stranger's line."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from storage.capture_metadata import facts_of
from storage.digests import EMPTY, sha256
from storage.entity import entity_of
from storage.exchange import Exchange, Original, Outcome
from storage.warc import NOT_MODIFIED, SAME_PAYLOAD, Group, encode_group, warc_record, warcinfo
from storage.warc_fields import clean, parse_date, parse_fields, target_uri
from storage.warc_reader import Record, iterate
from tests.storage.exchanges import CUT_OFF, PAGE, RESPONSES, START, exchange, failure, odd_exchanges, original_of

WARCINFO = "urn:uuid:00000000-0000-4000-8000-000000000000"


def records(data: bytes) -> list[Record]:
    return list(iterate(io.BytesIO(data), where="test"))


def encoded(one: Exchange, original: Original | None = None) -> tuple[Group, list[Record]]:
    group = encode_group(one, warcinfo_id=WARCINFO, original=original)
    return group, records(group.data)


def by_warcio(data: bytes) -> Iterator[tuple[str, list[tuple[str, str]], bytes]]:
    """The records as warcio reads them, its own parsing of HTTP switched off."""
    for record in ArchiveIterator(io.BytesIO(data), no_record_parse=True):
        yield record.rec_type, record.rec_headers.headers, record.raw_stream.read()


@pytest.mark.parametrize("name", [*RESPONSES, *CUT_OFF])
def test_the_blocks_are_the_bytes_of_the_wire(name: str) -> None:
    one = exchange((RESPONSES | CUT_OFF)[name], complete=name in RESPONSES)
    group, found = encoded(one)
    assert [record.type for record in found] == ["request", "response", "metadata"]
    assert [record.block for record in found[:2]] == [one.request, one.response]
    assert [(kind, block) for kind, _, block in by_warcio(group.data)] == [(r.type, r.block) for r in found]


def test_each_record_is_a_gzip_member_and_the_group_says_where_its_capture_is() -> None:
    for one in odd_exchanges():
        group, found = encoded(one)
        assert [record.offset for record in found] == [0, *(r.offset + r.length for r in found)][:-1]
        (standing,) = records(group.data[group.offset : group.offset + group.length])
        assert standing.get_id("WARC-Record-ID") == group.record_id
        assert standing.type == ("response" if one.response else "metadata")
        assert found[-1].type == "metadata"
        assert found[-1].get_id("WARC-Record-ID") == group.metadata_id
        assert gzip.decompress(group.data)


@pytest.mark.parametrize("name", RESPONSES)
def test_digests_are_those_of_the_standard(name: str) -> None:
    group, (request, response, metadata) = encoded(exchange(RESPONSES[name]))
    entity = entity_of(RESPONSES[name])
    for record in (request, response, metadata):
        assert record.get("WARC-Block-Digest") == sha256(record.block)
    assert response.get("WARC-Payload-Digest") == sha256(entity.payload) == group.payload_digest
    assert group.body_digest == facts_of(parse_fields(metadata.block)).body_digest == entity.body_digest


def test_the_records_of_a_group_know_each_other_and_what_they_share() -> None:
    one = exchange(
        tls="TLSv1.3", tls_cipher="TLS_AES_256_GCM_SHA384", ip="2001:DB8:0:0::1%eth0", certificates=(b"der",)
    )
    group, found = encoded(one)
    request, response, metadata = found
    for record in found:
        assert record.get_id("WARC-Warcinfo-ID") == WARCINFO
        assert record.get("WARC-Target-URI") == one.url
        assert record.get("WARC-Date") == "2026-01-23T08:00:00.123456Z"
        assert record.get("WARC-IP-Address") == "2001:db8::1"
    assert request.get_id("WARC-Concurrent-To") == response.get_id("WARC-Record-ID") == group.record_id
    assert response.get_id("WARC-Concurrent-To") == request.get_id("WARC-Record-ID") == group.request_id
    assert metadata.get_id("WARC-Concurrent-To") == group.record_id
    for record in (request, response):
        assert [v for k, v in record.headers if k == "WARC-Protocol"] == ["http/1.1", "tls/1.3"]
        assert record.get("WARC-Cipher-Suite") == "TLS_AES_256_GCM_SHA384"
    assert dict(parse_fields(metadata.block))["certificate"] == "ZGVy"
    assert len({record.get("WARC-Record-ID") for record in found}) == 3


def test_moments_of_other_zones_are_written_in_utc() -> None:
    at = datetime(2026, 1, 23, 16, 0, tzinfo=timezone(timedelta(hours=8)))
    _, found = encoded(exchange(started_at=at))
    assert found[0].get("WARC-Date") == "2026-01-23T08:00:00.000000Z"


def test_a_failed_attempt_is_a_metadata_record_with_its_request_if_one_was_sent() -> None:
    group, (request, metadata) = encoded(failure(Outcome.TIMEOUT))
    assert (request.type, metadata.type) == ("request", "metadata")
    assert group.record_id == group.metadata_id == metadata.get_id("WARC-Record-ID")
    assert metadata.get_id("WARC-Concurrent-To") == group.request_id == request.get_id("WARC-Record-ID")
    assert (group.offset, group.length) == (metadata.offset, metadata.length)
    assert (group.status, group.payload_digest, group.body_digest) == (None, None, None)
    facts = facts_of(parse_fields(metadata.block))
    assert (facts.outcome, facts.error) == (Outcome.TIMEOUT, "it did not answer")
    _, (only,) = encoded(failure(Outcome.DNS, request=b""))
    assert only.type == "metadata"
    assert only.get("WARC-Concurrent-To") is None


def test_an_outcome_never_claims_a_response_that_is_not_there() -> None:
    group, _ = encoded(exchange(b"", outcome=Outcome.RESPONSE))
    assert group.outcome is Outcome.FAILED


@pytest.mark.parametrize(("told", "written"), [("length", "length"), ("time", "time"), (None, "unspecified")])
def test_what_was_cut_off_says_so(told: str | None, written: str) -> None:
    one = exchange(CUT_OFF["in the body"], complete=False, outcome=Outcome.TRUNCATED, truncated=told)
    group, (_, response, metadata) = encoded(one)
    assert response.get("WARC-Truncated") == written
    assert facts_of(parse_fields(metadata.block)).truncated == written
    assert group.outcome is Outcome.TRUNCATED


def test_the_same_payload_is_a_revisit_that_keeps_its_own_head() -> None:
    first = exchange(RESPONSES["page"])
    original = original_of(encoded(first)[0], first)
    again = exchange(RESPONSES["page"].replace(b'"a-1"', b'"b-2"'), started_at=START + timedelta(hours=1))
    group, (_, revisit, metadata) = encoded(again, original)
    assert (group.is_revisit, group.revisit_profile, group.outcome) == (True, SAME_PAYLOAD, Outcome.REVISIT)
    assert revisit.type == "revisit"
    assert revisit.block == again.response[: -len(PAGE)]
    assert revisit.block.endswith(b"\r\n\r\n")
    assert revisit.get("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit.get_id("WARC-Refers-To") == original.record_id
    assert revisit.get("WARC-Refers-To-Target-URI") == original.url
    assert parse_date(revisit.get("WARC-Refers-To-Date") or "") == original.captured_at
    assert revisit.get("WARC-Payload-Digest") == original.payload_digest == group.payload_digest
    assert revisit.get("WARC-Block-Digest") == sha256(revisit.block)
    assert facts_of(parse_fields(metadata.block)).body_digest == entity_of(first.response).body_digest
    assert len(group.data) < len(encoded(again)[0].data)


def test_not_modified_is_a_revisit_with_all_that_finds_its_original() -> None:
    first = exchange(RESPONSES["page"])
    original = original_of(encoded(first)[0], first)
    group, (_, revisit, metadata) = encoded(exchange(RESPONSES["not modified"]), original)
    assert (group.revisit_profile, group.status, revisit.type) == (NOT_MODIFIED, 304, "revisit")
    assert revisit.block == RESPONSES["not modified"]
    assert revisit.get("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert revisit.get("WARC-Refers-To-Target-URI") == original.url
    assert revisit.get("WARC-Refers-To-Date") == "2026-01-23T08:00:00.123456Z"
    assert revisit.get("WARC-Payload-Digest") == group.payload_digest == original.payload_digest
    assert group.body_digest is None
    assert facts_of(parse_fields(metadata.block)).body_digest is None  # its empty body is not the page's


def test_not_modified_without_an_original_is_a_response() -> None:
    group, (_, response, _) = encoded(exchange(RESPONSES["not modified"]))
    assert (group.is_revisit, response.type, group.payload_digest) == (False, "response", EMPTY)


def test_no_revisit_is_written_where_it_would_not_be_smaller_or_not_be_true() -> None:
    small = exchange(RESPONSES["plain"])
    group, (_, response, _) = encoded(small, original_of(encoded(small)[0], small))
    assert (group.is_revisit, response.type) == (False, "response")
    page = exchange(RESPONSES["page"])
    original = original_of(encoded(page)[0], page)
    for other in (
        exchange(RESPONSES["page"] + b"!"),
        replace(page, complete=False, outcome=Outcome.TRUNCATED, truncated="time"),
        exchange(RESPONSES["no content"]),
    ):
        group, found = encoded(other, original)
        assert (group.is_revisit, found[1].type, found[1].block) == (False, "response", other.response)


def test_a_payload_that_comes_in_other_chunks_is_still_the_same() -> None:
    long = exchange(b"HTTP/1.1 200 OK\r\n\r\n" + PAGE)
    chunked = exchange(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    )
    group, found = encoded(chunked, original_of(encoded(long)[0], long))
    assert group.is_revisit
    assert found[1].block == b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def test_a_payload_that_came_in_chunks_is_not_referred_to_by_a_head_that_says_otherwise() -> None:
    chunked = exchange(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    )
    original = original_of(encoded(chunked)[0], chunked)
    assert encoded(chunked, original)[0].is_revisit
    assert not encoded(exchange(b"HTTP/1.1 200 OK\r\n\r\n" + PAGE), original)[0].is_revisit


def test_interim_heads_and_what_the_source_said_are_kept_apart_from_the_response() -> None:
    one = exchange(
        interim=b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n",
        announced=(("title", "A\r\nWARC-Type: response"), ("time", "08:00")),
        via="http://news.example/list?a=b c",
        key="demo:pla:16435531",
        article_url="http://news.example/a/1.html",
        conditional=True,
        attempts=2,
        duration_ms=1234,
        extra=(("charset", "utf-8"),),
    )
    _, (_, response, metadata) = encoded(one)
    assert response.block == one.response
    fields = parse_fields(metadata.block)
    assert ("interim", "SFRUUC8xLjEgMTAzIEVhcmx5IEhpbnRzDQpMaW5rOiA8L2EuY3NzPg0KDQo=") in fields
    assert [value for name, value in fields if name == "announced"] == ["title=A WARC-Type: response", "time=08:00"]
    assert fields[-1] == ("charset", "utf-8")
    facts = facts_of(fields)
    assert facts.via == "http://news.example/list?a=b%20c"
    assert (facts.key, facts.conditional, facts.attempts) == ("demo:pla:16435531", True, 2)
    assert facts.article_url == one.article_url


def test_an_extra_line_cannot_take_the_name_of_one_of_ours() -> None:
    for name in ("role", "Body-Digest", "two words", ""):
        with pytest.raises(ValueError, match="field"):
            encoded(exchange(extra=((name, "x"),)))


hostile = st.text(alphabet=st.sampled_from("a:\r\n\x00\x0b\x0c\x1c\x85\u2028\ud800 é<>%#/WARC-"), max_size=30)


@given(hostile, hostile, hostile, hostile)
def test_nothing_that_a_stranger_controls_begins_a_line(url: str, via: str, error: str, title: str) -> None:
    one = exchange(url=f"http://a/{url}", via=via, error=error, announced=(("title", title),), tls_cipher=title)
    group, found = encoded(one)
    assert [record.type for record in found] == ["request", "response", "metadata"]
    names = [name for record in found for name, _ in record.headers]
    assert {name.lower() for name in names} <= {
        *("warc-type", "warc-record-id", "warc-warcinfo-id", "warc-target-uri", "warc-date", "warc-ip-address"),
        *("warc-concurrent-to", "warc-protocol", "warc-cipher-suite", "warc-payload-digest", "content-type"),
        *("warc-block-digest", "content-length"),
    }
    assert len([r for r in gzip.decompress(group.data).splitlines() if r.startswith(b"WARC-Type:")]) == 3
    fields = parse_fields(found[2].block)
    assert [name for name, _ in fields].count("role") == 1
    assert len(found[2].block.decode().splitlines()) == len(fields)
    uri = found[0].get("WARC-Target-URI") or ""
    assert uri.isascii()
    assert uri.isprintable()
    assert not set(uri) & set(' <>"')


@given(st.text(max_size=60))
def test_a_target_uri_and_a_clean_value_stay_as_they_are(text: str) -> None:
    assert target_uri(target_uri(text)) == target_uri(text)
    assert clean(clean(text)) == clean(text)


def test_a_record_begins_with_its_version_and_type() -> None:
    raw = gzip.decompress(warc_record("resource", (("WARC-Date", "2026"),), b"block"))
    assert raw.startswith(b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Date: 2026\r\n")
    assert raw.endswith(b"Content-Length: 5\r\n\r\nblock\r\n\r\n")


def test_the_name_of_a_field_is_a_token() -> None:
    for name in ("a b", "a:b", "", "é", "a\r\n"):
        with pytest.raises(ValueError, match="is no name of a field"):
            warc_record("resource", ((name, "x"),), b"")


def test_a_warcinfo_describes_the_crawl() -> None:
    at = datetime(2026, 1, 23, tzinfo=UTC)
    record_id, data = warcinfo("a.warc.gz", at, (("software", "Palimpsest/1"), ("simulated-clock", "P1D")))
    (record,) = records(data)
    assert record.get_id("WARC-Record-ID") == record_id
    assert record.get("WARC-Filename") == "a.warc.gz"
    assert parse_fields(record.block)[:2] == [("software", "Palimpsest/1"), ("simulated-clock", "P1D")]


def test_the_same_exchange_and_ids_give_the_same_bytes() -> None:
    ids = [f"urn:uuid:{n}" for n in range(3)]
    one = exchange(RESPONSES["gzip"])
    made = [encode_group(one, warcinfo_id=WARCINFO, new_id=iter(ids).__next__).data for _ in range(2)]
    assert made[0] == made[1]
