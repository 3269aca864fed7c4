"""Archives of real WARCs, ours and other tools', as crawls would have left them."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from storage import keys
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.commits import Draft, Kind, ObjectRef, ObjectRole
from storage.exchange import Exchange, Original
from storage.folder_store import FolderStore
from storage.rows import CaptureRow
from storage.tables import write_captures
from storage.warc import encode_group, warcinfo
from storage.warc_index import index_warc
from tests.storage.exchanges import START, exchange, original_of

URL = "http://news.example/a/1.html"
PNG = bytes.fromhex(  # of one pixel
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def answered(
    body: bytes | str = b"", *, url: str = URL, hours: float = 0, status: str = "200 OK", head: str = "", **said: Any
) -> Exchange:
    """An exchange with a plain response. `head` is further lines of its head, each with its CRLF."""
    data = body if isinstance(body, bytes) else body.encode()
    lines = head if "content-type:" in head.lower() else f"Content-Type: text/html; charset=utf-8\r\n{head}"
    response = f"HTTP/1.1 {status}\r\n{lines}Content-Length: {len(data)}\r\n\r\n".encode("latin-1") + data
    return exchange(response, url=url, started_at=at(hours), **said)


def redirected(to: str, **said: Any) -> Exchange:
    return answered(b"moved", status="301 Moved Permanently", head=f"Location: {to}\r\n", **said)


def new_archive(folder: Path) -> Archive:
    return Archive.open(FolderStore(folder), create=True, single_writer=True)


def keep(archive: Archive, *exchanges: Exchange, outlet: str = "demo", revisits: bool = False) -> list[CaptureRow]:
    """Commit exchanges as one WARC of a crawl. With `revisits` what can be one is a revisit of the first of its URL."""
    began = min(one.started_at for one in exchanges)
    crawl = keys.new_crawl_id(outlet, began, f"{archive.log(outlet).tip():06x}")
    name = keys.warc_key(crawl, 0).rpartition("/")[2]
    warcinfo_id, data = warcinfo(name, began, (("software", "test"), ("isPartOf", crawl)))
    originals: dict[str, Original] = {}
    for one in exchanges:
        group = encode_group(one, warcinfo_id=warcinfo_id, original=originals.get(one.url) if revisits else None)
        data += group.data
        if group.payload_digest and one.complete:
            originals.setdefault(one.url, original_of(group, one))
    return keep_warc(archive, data, crawl)


def keep_warc(archive: Archive, warc: bytes, crawl: str, name: str | None = None) -> list[CaptureRow]:
    """Commit the bytes of a WARC, whoever wrote it, and return its rows. `name` is another one for it than ours."""
    key = keys.warc_key(crawl, 0)
    key = key if name is None else f"{key.rpartition('/')[0]}/{name}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / key.rpartition("/")[2]
        path.write_bytes(warc)
        rows = index_warc(path, warc_key=key, crawl_id=crawl).rows
    made = [(key, warc, ObjectRole.WARC)]
    if rows:
        made.append((keys.captures_key(crawl, 0), write_captures(rows), ObjectRole.CAPTURES))
    objects = tuple(ObjectRef.of(archive.store.create(key, body), role) for key, body, role in made)
    began = keys.parse_crawl_id(crawl).at
    archive.log(keys.parse_crawl_id(crawl).outlet).append(
        Draft(Kind.CAPTURE, crawl, began, began, "test/1", objects, {"captures": len(rows)}, {})
    )
    return rows


def catalog_of(archive: Archive, folder: Path) -> Catalog:
    catalog = Catalog.open(f"sqlite:///{folder / 'catalog.sqlite'}")
    catalog.sync(archive)
    return catalog
