"""WARCs that other tools wrote are shown like ours; warcio says what is in them."""

from __future__ import annotations

import gzip
import io
import re
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.replay.kept import keep_warc
from tests.web.archive_host.conftest import Host

SHELF = Path(__file__).parents[2] / "fixtures" / "warc"
THEIRS = sorted(path.name for path in SHELF.glob("their-*"))
PAGE = b"<p>" + b"the same again " * 50 + b"</p>"
URL = "http://a.example/page"


def responses(warc: bytes) -> list[tuple[str, str, bytes]]:
    """URL, timestamp and decoded body of each response as warcio reads it."""
    return [
        (
            record.rec_headers.get_header("WARC-Target-URI").strip("<>"),
            record.rec_headers.get_header("WARC-Date")[:19].translate({ord(c): None for c in "-T:"}),
            record.content_stream().read(),
        )
        for record in ArchiveIterator(io.BytesIO(warc))
        if record.rec_type == "response"
    ]


@pytest.mark.parametrize("name", THEIRS)
def test_what_warcio_reads_is_what_is_sent(host: Host, name: str) -> None:
    warc = (SHELF / name).read_bytes()
    keep_warc(host.archive, warc, "20260123T080000Z-other-00c0de")
    host.sync()
    found = responses(warc)
    assert found
    for url, timestamp, body in found:
        got = host.get(f"/web/{timestamp}id_/{url.replace(' ', '%20')}")
        assert (got.status, got.body) == (200, body)


def written(kind: str, date: str, **said: str | None) -> bytes:
    """One record by warcio: a response with PAGE, or a revisit of the one of 08:00."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.0")
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("X-At", date)], protocol="HTTP/1.1")
    if kind == "response":
        record = writer.create_warc_record(
            URL, "response", payload=io.BytesIO(PAGE), http_headers=head, warc_headers_dict={"WARC-Date": date}
        )
    else:
        record = writer.create_revisit_record(
            URL,
            digest="sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A",
            refers_to_uri=URL,
            refers_to_date="2026-01-23T08:00:00Z",
            http_headers=None if said.get("head") == "none" else head,
            warc_headers_dict={"WARC-Date": date},
        )
    writer.write_record(record)
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")  # warcio's
@pytest.mark.parametrize("head", ["its own", "none"])
@pytest.mark.parametrize("apart", [False, True])
def test_a_revisit_by_another_tool_has_the_bytes_of_its_original(host: Host, head: str, apart: bool) -> None:
    """Its original is named by URL and date; it stands in the same WARC, or in one that came before."""
    first, second = written("response", "2026-01-23T08:00:00Z"), written("revisit", "2026-01-23T09:00:00Z", head=head)
    if apart:
        keep_warc(host.archive, first, "20260123T080000Z-other-00c0de")
        keep_warc(host.archive, second, "20260123T090000Z-other-00c0de")
    else:
        keep_warc(host.archive, first + second, "20260123T080000Z-other-00c0de")
    host.sync()
    got = host.get(f"/web/20260123090000id_/{URL}")
    assert (got.status, got.body) == (200, PAGE)
    assert got["memento-datetime"] == "Fri, 23 Jan 2026 09:00:00 GMT"
    assert got["x-archive-orig-x-at"] == ("2026-01-23T09:00:00Z" if head == "its own" else "2026-01-23T08:00:00Z")


@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("form", ["/replay/{at}/{url}", "/view/{at}/{url}", "/web/{at}mp_/{url}"])
def test_a_capture_of_the_year_1_is_not_led_to_for_ever(host: Host, form: str) -> None:
    keep_warc(host.archive, written("response", "0001-01-01T00:00:00Z"), "20260123T080000Z-other-00c0de")
    host.sync()
    assert host.get(form.format(at="00010101000000", url=URL)).status != 302


@pytest.mark.parametrize("name", ["urn:x\rSet-Cookie: a=1", 'urn:"x', "urn:\u4e2d", "urn:" + "x" * 10_000])
def test_a_record_id_says_nothing_in_a_head_of_ours(host: Host, name: str) -> None:
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <{name}>\r\nWARC-Date: 2026-01-23T08:00:00Z\r\n"
        f"WARC-Target-URI: {URL}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(response)}\r\n\r\n"
    )
    warc = gzip.compress(head.encode() + response + b"\r\n\r\n")
    keep_warc(host.archive, warc, "20260123T080000Z-other-00c0de")
    host.sync()
    path = f"/web/20260123080000id_/{URL}"
    etag = host.get(path)["etag"] or ""
    assert re.fullmatch('"[!-~]{1,300}"', etag)
    assert '"' not in etag[1:-1]
    assert host.get(path, headers=[("If-None-Match", etag)]).status == 304
    assert host.get(path, headers=[("If-Range", etag), ("Range", "bytes=0-2")]).body == PAGE[:3]


@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
def test_a_revisit_whose_original_is_not_here_is_told_where_it_is_all_there_is(host: Host) -> None:
    keep_warc(host.archive, written("revisit", "2026-01-23T09:00:00Z"), "20260123T090000Z-other-00c0de")
    host.sync()
    got = host.get(f"/web/20260123090000id_/{URL}")
    assert got.status == 502
    assert "a revisit without its original" in got.text
