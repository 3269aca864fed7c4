"""A row leads to the page that was seen, whatever records it is spread over."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage.entity import entity_of
from storage.errors import BodyTooLarge, MessageInvalid, WarcInvalid
from storage.exchange import Exchange, Outcome
from storage.folder_store import FolderStore
from storage.payload import page_of
from storage.rows import CaptureRow
from storage.warc import encode_group
from storage.warc_index import index_warc
from tests.storage.exchanges import CUT_OFF, PAGE, RESPONSES, START, exchange, failure, original_of

KEY = "demo/objects/a.warc.gz"


def stored(tmp_path: Path, *exchanges: Exchange) -> tuple[FolderStore, list[CaptureRow]]:
    """A store with one WARC; each exchange may be a revisit of the first."""
    first = encode_group(exchanges[0], warcinfo_id="urn:uuid:w")
    data = first.data
    if len(exchanges) > 1:
        original = original_of(first, exchanges[0])
        for one in exchanges[1:]:
            data += encode_group(one, warcinfo_id="urn:uuid:w", original=original).data
    local = tmp_path / "local.warc.gz"
    local.write_bytes(data)
    store = FolderStore(tmp_path / "archive")
    store.create(KEY, local)
    return store, index_warc(local, warc_key=KEY, crawl_id="c").rows


@pytest.mark.parametrize("name", ["page", "gzip", "deflate"])
def test_a_page_is_out_of_its_codings_with_its_head(tmp_path: Path, name: str) -> None:
    store, (row,) = stored(tmp_path, exchange(RESPONSES[name]))
    page = page_of(store, row)
    assert (page.url, page.body, page.status) == (row.url, PAGE, 200)
    assert (page.captured_at, page.record_id) == (START, row.record_id)
    assert page.header("content-type") == {"deflate": None}.get(name, "text/html")


def test_chunks_are_joined(tmp_path: Path) -> None:
    store, (row,) = stored(tmp_path, exchange(RESPONSES["chunked"]))
    assert page_of(store, row).body == b"abcde"


def test_a_revisit_has_its_own_head_and_the_payload_of_its_original(tmp_path: Path) -> None:
    again = exchange(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
        % (len(PAGE), PAGE),
        started_at=START + timedelta(hours=1),
    )
    store, (first, second) = stored(tmp_path, exchange(RESPONSES["page"]), again)
    page = page_of(store, second, first)
    assert (page.body, page.status, page.captured_at) == (PAGE, 200, again.started_at)
    assert page.headers == (("Content-Type", "text/plain"),)
    assert page.record_id == second.record_id


def test_not_modified_is_the_page_as_it_was_with_its_head_brought_up_to_date(tmp_path: Path) -> None:
    whole = exchange(
        b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "old"\r\nContent-Encoding: gzip\r\n\r\n'
        + gzip.compress(PAGE)
    )
    later = exchange(
        b'HTTP/1.1 304 Not Modified\r\nETag: "new"\r\nContent-Length: 0\r\n\r\n', started_at=START + timedelta(hours=1)
    )
    store, (first, second) = stored(tmp_path, whole, later)
    page = page_of(store, second, first)
    assert (page.status, page.body) == (200, PAGE)
    assert dict(page.headers) == {"ETag": '"new"', "Content-Type": "text/html", "Content-Encoding": "gzip"}


def test_a_truncated_page_is_given_as_far_as_it_came(tmp_path: Path) -> None:
    for name, body in (("in the body", b"only so much"), ("in a chunk", b"ab")):
        one = exchange(CUT_OFF[name], complete=False, outcome=Outcome.TRUNCATED, truncated="disconnect")
        folder = tmp_path / name
        folder.mkdir()
        store, (row,) = stored(folder, one)
        assert page_of(store, row).body == body


def test_what_has_no_response_is_no_page(tmp_path: Path) -> None:
    store, (row,) = stored(tmp_path, failure())
    with pytest.raises(MessageInvalid, match=f"{row.url}.*brought no response"):
        page_of(store, row)


def test_a_body_that_cannot_be_decoded_is_said_to_be_so(tmp_path: Path) -> None:
    store, (row,) = stored(tmp_path, exchange(RESPONSES["not the gzip it says"]))
    with pytest.raises(MessageInvalid, match="is not gzip"):
        page_of(store, row)


def test_a_body_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(5_000_000))
    store, (row,) = stored(tmp_path, exchange(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + bomb))
    with pytest.raises(BodyTooLarge):
        page_of(store, row, limit=1_000_000)


def test_a_row_that_does_not_fit_its_record_is_refused(tmp_path: Path) -> None:
    page, again = exchange(RESPONSES["page"]), exchange(RESPONSES["page"], started_at=START + timedelta(hours=1))
    store, (first, second) = stored(tmp_path, page, again)
    with pytest.raises(WarcInvalid, match=r"the record here is urn:uuid:.*, not urn:uuid:other"):
        page_of(store, replace(first, record_id="urn:uuid:other"))
    with pytest.raises(WarcInvalid, match="is not the one that sha256:00"):
        page_of(store, replace(first, payload_digest="sha256:00"))
    with pytest.raises(WarcInvalid, match="a revisit without its original"):
        page_of(store, second)
    with pytest.raises(WarcInvalid, match="holds another payload"):
        page_of(store, second, replace(first, payload_digest=entity_of(RESPONSES["plain"]).payload_digest))
    with pytest.raises(WarcInvalid):
        page_of(store, replace(first, offset=first.offset + 1, length=first.length - 1))
