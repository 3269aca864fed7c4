"""Rows come from the WARC alone: the same that were recorded, and honest ones of what other tools wrote."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.digests import sha256
from storage.entity import entity_of
from storage.errors import WarcInvalid
from storage.exchange import Outcome, Purpose, Role
from storage.rows import CaptureRow
from storage.surt import surt
from storage.tables import read_captures, write_captures
from storage.warc import encode_group
from storage.warc_index import index_warc
from storage.warc_reader import iterate
from tests.storage.exchanges import PAGE, RESPONSES, START, exchange, failure, odd_exchanges, original_of, write_warc

CRAWL = "20260123T080000Z-demo-00c0de"


def rows_of(path: Path) -> list[CaptureRow]:
    return index_warc(path, warc_key=f"demo/objects/{path.name}", crawl_id=CRAWL).rows


def test_each_recorded_exchange_is_one_row_with_its_facts(tmp_path: Path) -> None:
    written = write_warc(tmp_path / "a.warc.gz", odd_exchanges())
    rows = rows_of(written.path)
    assert len(rows) == len(written.groups)
    for row, (one, group, offset) in zip(rows, written.groups, strict=True):
        assert (row.record_id, row.request_id) == (group.record_id, group.request_id)
        assert (row.offset, row.length) == (offset + group.offset, group.length)
        assert (row.payload_digest, row.body_digest) == (group.payload_digest, group.body_digest)
        assert (row.outcome, row.status, row.revisit_profile) == (group.outcome, group.status, group.revisit_profile)
        assert (row.url, row.surt, row.captured_at) == (one.url, surt(one.url), one.started_at)
        assert (row.role, row.purpose, row.attempts, row.error) == (one.role, one.purpose, one.attempts, one.error)
        assert (row.warc_key, row.crawl_id, row.ip) == ("demo/objects/a.warc.gz", CRAWL, one.ip)
        if one.response:
            assert row.block_digest == sha256(one.response)
            assert row.status == entity_of(one.response).head.status
    assert read_captures(write_captures(rows)) == rows


def test_everything_that_the_crawl_knew_comes_back(tmp_path: Path) -> None:
    one = exchange(
        RESPONSES["page"],
        role=Role.PART,
        purpose=Purpose.AUDIT,
        via="http://news.example/",
        key="demo:pla:1",
        article_url="http://news.example/a/1.html",
        conditional=True,
        attempts=3,
    )
    (row,) = rows_of(write_warc(tmp_path / "a.warc.gz", [one]).path)
    assert (row.role, row.purpose, row.via, row.key) == (Role.PART, Purpose.AUDIT, one.via, one.key)
    assert (row.article_url, row.conditional, row.attempts) == (one.article_url, True, 3)
    assert (row.etag, row.last_modified, row.mime) == ('"a-1"', "Fri", "text/html")
    assert (row.body_length, row.body_digest) == (len(PAGE), sha256(PAGE))


@pytest.mark.parametrize(
    ("name", "location"),
    [("redirect", "http://news.example/b?x=%C3%A9%201"), ("bad location", "http://[oops/"), ("plain", None)],
)
def test_a_redirect_says_where_it_leads(tmp_path: Path, name: str, location: str | None) -> None:
    (row,) = rows_of(write_warc(tmp_path / "a.warc.gz", [exchange(RESPONSES[name])]).path)
    assert row.location == location


def test_a_value_that_is_too_long_to_use_is_left_out(tmp_path: Path) -> None:
    response = b"HTTP/1.1 200 OK\r\nETag: %s\r\nLast-Modified: Fri\r\n\r\n" % (b"x" * 10_000)
    (row,) = rows_of(write_warc(tmp_path / "a.warc.gz", [exchange(response)]).path)
    assert (row.etag, row.last_modified) == (None, "Fri")


def test_revisits_refer_to_their_originals(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    page = exchange(RESPONSES["page"])
    first = encode_group(page, warcinfo_id="urn:uuid:w")
    data = first.data
    for hour, response in enumerate((RESPONSES["page"], RESPONSES["not modified"]), start=1):
        again = exchange(response, started_at=START + timedelta(hours=hour))
        data += encode_group(again, warcinfo_id="urn:uuid:w", original=original_of(first, page)).data
    path.write_bytes(data)
    original, same, not_modified = rows_of(path)
    for row in (same, not_modified):
        assert row.outcome is Outcome.REVISIT
        assert (row.refers_to_id, row.refers_to_url) == (original.record_id, original.url)
        assert (row.refers_to_at, row.payload_digest) == (original.captured_at, original.payload_digest)
    assert (same.revisit_profile, same.status, same.body_digest) == ("identical-payload-digest", 200, sha256(PAGE))
    assert (not_modified.revisit_profile, not_modified.status) == ("server-not-modified", 304)
    assert not_modified.body_digest is None


def test_a_failed_attempt_stands_on_its_metadata_record(tmp_path: Path) -> None:
    exchanges = [failure(Outcome.DNS, request=b"", attempts=0), failure(Outcome.RESET)]
    unsent, sent = rows_of(write_warc(tmp_path / "a.warc.gz", exchanges).path)
    assert (unsent.outcome, unsent.request_id, unsent.attempts) == (Outcome.DNS, None, 0)
    assert sent.request_id is not None
    for row in (unsent, sent):
        assert (row.status, row.mime, row.payload_digest) == (None, None, None)
        assert row.error == "it did not answer"


def test_a_group_that_lost_its_response_is_refused(tmp_path: Path) -> None:
    written = write_warc(tmp_path / "a.warc.gz", [exchange(), exchange()])
    data = written.path.read_bytes()
    response = next(record for record in iterate(written.path) if record.type == "response")
    path = tmp_path / "lost.warc.gz"
    path.write_bytes(data[: response.offset] + data[response.offset + response.length :])
    with pytest.raises(WarcInvalid, match=r"lost.warc.gz at byte \d+: the response .* is not before it"):
        rows_of(path)


def theirs(path: Path, *, gzipped: bool = True, request_first: bool = False) -> None:
    """A WARC as warcio writes it: SHA-1, over the chunks too, and no metadata of ours."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzipped, warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "warcio"}))
        block = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        block += RESPONSES["gzip in chunks"].partition(b"\r\n\r\n")[2]
        url = "http://a.example/x y"
        response = writer.create_warc_record(url, "response", payload=io.BytesIO(block), length=len(block))
        request = writer.create_warc_record(url, "request", payload=io.BytesIO(b"GET /x HTTP/1.1\r\n\r\n"), length=19)
        request.rec_headers.replace_header("WARC-Concurrent-To", response.rec_headers["WARC-Record-ID"])
        for record in [request, response] if request_first else [response, request]:
            writer.write_record(record)
        writer.write_record(
            writer.create_revisit_record(
                "http://a.example/again",
                response.rec_headers["WARC-Payload-Digest"],
                response.rec_headers["WARC-Target-URI"],
                response.rec_headers["WARC-Date"],
                http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"),
            )
        )
        dns = b"20260123080000\na.example. 60 IN A 192.0.2.1\n"
        writer.write_record(
            writer.create_warc_record(
                "dns:a.example", "response", payload=io.BytesIO(dns), length=len(dns), warc_content_type="text/dns"
            )
        )


@pytest.mark.parametrize("gzipped", [True, False])
@pytest.mark.parametrize("request_first", [True, False])
def test_other_tools_warcs_give_rows_with_digests_of_ours(tmp_path: Path, gzipped: bool, request_first: bool) -> None:
    path = tmp_path / "theirs.warc"
    theirs(path, gzipped=gzipped, request_first=request_first)
    first, again = rows_of(path)
    entity = entity_of(RESPONSES["gzip in chunks"])
    assert (first.role, first.purpose, first.outcome) == (Role.OTHER, Purpose.DISCOVER, Outcome.RESPONSE)
    assert (first.payload_digest, first.body_digest) == (entity.payload_digest, sha256(PAGE))
    assert (first.url, first.status) == ("http://a.example/x%20y", 200)
    assert first.request_id == next(r.get_id("WARC-Record-ID") for r in iterate(path) if r.type == "request")
    assert (again.outcome, again.revisit_profile) == (Outcome.REVISIT, "identical-payload-digest")
    assert (again.refers_to_id, again.payload_digest) == (first.record_id, first.payload_digest)
    assert again.request_id is None


def test_the_role_of_an_import_is_what_the_caller_says(tmp_path: Path) -> None:
    path = tmp_path / "theirs.warc.gz"
    theirs(path)
    index = index_warc(path, warc_key="x", crawl_id=CRAWL, role=Role.ARTICLE, purpose=Purpose.NEW)
    assert {(row.role, row.purpose) for row in index.rows} == {(Role.ARTICLE, Purpose.NEW)}


def test_ours_and_theirs_in_one_file_keep_apart(tmp_path: Path) -> None:
    path = tmp_path / "both.warc.gz"
    theirs(path)
    ours = write_warc(tmp_path / "ours.warc.gz", [exchange(), failure()])
    foreign = len(rows_of(path))
    path.write_bytes(path.read_bytes() + ours.path.read_bytes() + path.read_bytes())
    rows = rows_of(path)
    assert [row.role for row in rows] == [Role.OTHER] * foreign + [Role.ARTICLE] * 2 + [Role.OTHER] * foreign
    assert rows[foreign].request_id == ours.groups[0][1].request_id


def test_a_word_that_this_version_does_not_know_is_named(tmp_path: Path) -> None:
    one = replace(exchange(), role="hologram")  # type: ignore[arg-type]
    path = write_warc(tmp_path / "a.warc.gz", [one]).path
    with pytest.raises(WarcInvalid, match=r"a.warc.gz at byte \d+: 'hologram' is no role that this version"):
        rows_of(path)


def test_years_and_nanoseconds_are_dates(tmp_path: Path) -> None:
    path = tmp_path / "dates.warc"
    path.write_bytes(
        b"".join(
            b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:%d>\r\nWARC-Target-URI: http://a.example/\r\n"
            b"WARC-Date: %s\r\nContent-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\r\n\r\n" % (n, date)
            for n, date in enumerate([b"2016", b"2016-09-19T17:20:24.123456789Z", b"2016-09-19T17:20:24Z"])
        )
    )
    assert [row.captured_at for row in rows_of(path)] == [
        datetime(2016, 1, 1, tzinfo=UTC),
        datetime(2016, 9, 19, 17, 20, 24, 123456, tzinfo=UTC),
        datetime(2016, 9, 19, 17, 20, 24, tzinfo=UTC),
    ]
