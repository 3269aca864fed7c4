"""Our CDXJ equals cdxj-indexer's, line for line."""

from __future__ import annotations

import gc
import io
import logging
import warnings
from pathlib import Path

import pytest
from cdxj_indexer.main import CDXJIndexer
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.errors import WarcInvalid
from storage.warc import encode_group, warc_record
from storage.warc_index import index_warc
from tests.storage.exchanges import RESPONSES, START, exchange, odd_exchanges, original_of, write_warc


def theirs(path: Path) -> list[str]:
    lines = path.with_suffix(".theirs")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # warcio leaves the files open that it makes digests from
        CDXJIndexer(str(lines), [str(path)], sort=True).process_all()
        gc.collect(1)  # the young ones do: all of them took ten times what is tested
    return lines.read_text().splitlines()


def ours(path: Path) -> list[str]:
    return index_warc(path, warc_key=f"demo/objects/{path.name}", crawl_id="c").cdxj


def test_the_lines_of_odd_exchanges_are_equal(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "odd.warc.gz", odd_exchanges()).path
    assert ours(path) == theirs(path)
    assert len(ours(path)) > 30


def test_the_lines_of_revisits_are_equal(tmp_path: Path) -> None:
    path = tmp_path / "revisits.warc.gz"
    page = exchange(RESPONSES["page"])
    group = encode_group(page, warcinfo_id="urn:uuid:w")
    data = group.data
    for response in (page.response, b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"):
        revisit = encode_group(exchange(response), warcinfo_id="urn:uuid:w", original=original_of(group, page))
        assert revisit.is_revisit
        data += revisit.data
    path.write_bytes(data)
    assert ours(path) == theirs(path)
    assert ['"warc/revisit"' in line for line in ours(path)].count(True) == 2


def test_the_lines_of_odd_urls_are_equal(tmp_path: Path) -> None:
    urls = [
        *("http://a.example/é ü", "http://A.example:80/B/../c?z&a=1#f", "http://[::1]:8080/", "http://1.2.3.4/x"),
        *("http://a.example:bad/", "https://www3.a.example/?sid=" + "a" * 32, "http://例.example/", "http://a/%2541"),
    ]
    path = write_warc(tmp_path / "urls.warc.gz", [exchange(url=url) for url in urls]).path
    assert ours(path) == theirs(path)


@pytest.mark.parametrize("gzipped", [True, False])
def test_the_lines_of_a_warc_that_warcio_wrote_are_equal(
    tmp_path: Path, gzipped: bool, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / ("theirs.warc.gz" if gzipped else "theirs.warc")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzipped)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "warcio"}))
        for kind, url, block, extra in (
            ("response", "http://a.example/", b"HTTP/1.1 200 OK\r\nContent-Type: text/html; a=b\r\n\r\nhi", {}),
            ("response", "<http://b.example/x y>", b"HTTP/1.1 404 No\r\n\r\n", {}),
            ("response", "dns:a.example", b"20260123080000\na.example. 60 IN A 192.0.2.1\n", {"type": "text/dns"}),
            ("resource", "urn:text:http://a.example/", b"some text", {"type": "text/plain;charset=utf-8"}),
            ("metadata", "http://a.example/m", b"{}", {"type": "application/json"}),
            ("metadata", "http://a.example/m", b"via: x\r\n", {"type": "application/warc-fields"}),
            ("request", "http://a.example/", b"GET / HTTP/1.1\r\n\r\n", {}),
        ):
            writer.write_record(
                writer.create_warc_record(
                    url, kind, payload=io.BytesIO(block), length=len(block), warc_content_type=extra.get("type", "")
                )
            )
        writer.write_record(
            writer.create_revisit_record(
                "http://a.example/again",
                "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
                "http://a.example/",
                "2026-01-23T08:00:00Z",
                http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"),
            )
        )
    with caplog.at_level(logging.ERROR):  # warcio warns of the space in a URL
        assert ours(path) == theirs(path)
    assert len(ours(path)) == 6


pieces = st.sampled_from(
    [
        *(b"HTTP/1.1", b"200", b" ", b"OK", b"\r\n", b"\n", b"\r", b"\t", b":", b";", b"Content-Type", b"content-type"),
        *(b"text/html", b"\xa0", b"\x85", b"\x1c", b"\xc3\xa9", b"\xff", b"charset=x", b"A: 1", b"", b"304 Not"),
    ]
)


@settings(max_examples=40)
@given(st.lists(st.lists(pieces, max_size=12).map(b"".join), min_size=5, max_size=20))
def test_heads_of_any_kind_are_understood_as_warcio_does(
    tmp_path_factory: pytest.TempPathFactory, heads: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("heads") / "heads.warc.gz"
    head_only = (
        ("WARC-Record-ID", "<urn:uuid:1>"),
        ("WARC-Target-URI", "http://a.example/"),
        ("WARC-Date", "2026-01-23"),
    )
    data = b""
    for start in (b"", b"HTTP/1.1 200 OK\r\n"):
        for head in heads:
            data += warc_record("response", head_only, start + head)  # no payload digest, so it is computed as well
    path.write_bytes(data)
    found = theirs(path)
    assert ours(path) == found


def test_a_record_without_a_date_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "undated.warc.gz"
    good = encode_group(exchange(), warcinfo_id="urn:uuid:w").data
    path.write_bytes(
        good + warc_record("response", (("WARC-Target-URI", "http://a.example/"),), b"HTTP/1.1 200 OK\r\n\r\n")
    )
    with pytest.raises(WarcInvalid, match=f"undated.warc.gz at byte {len(good)}: its WARC-Date"):
        ours(path)


def test_lines_are_sorted_and_written_once(tmp_path: Path) -> None:
    exchanges = [exchange(url=f"http://{host}.example/") for host in "cab"]
    lines = ours(write_warc(tmp_path / "a.warc.gz", exchanges).path)
    assert lines == sorted(lines)
    assert [line.split(" ")[0] for line in lines] == ["example,a)/", "example,b)/", "example,c)/"]
    assert lines[0].split(" ")[1] == START.strftime("%Y%m%d%H%M%S")
