"""TimeMaps: every capture of a URL that has a response (RFC 7089 §5), written as the catalog is read.

* `link`: `application/link-format` (RFC 6690), the form of RFC 7089.
* `json`: `original_uri`, `timegate_uri`, `timemap_uri`, `mementos.first`, `.last` and `.list`, as Memento aggregators
  write it.
* `cdxj`: lines of a timestamp and JSON after headers that begin with `!`, as MemGator writes it.

A TimeMap has at most `PAGE` mementos (and those of the same microsecond as the last); then it names the next one, which
begins at a timestamp of 20 digits. What is the end of a page is only known at its end, and is told there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from replay.memento_links import Links
from replay.timestamps import EXACT, format_exact, format_timestamp, http_date, parse_timestamp
from storage.catalog.catalog import Catalog
from storage.catalog.index_walk import EARLIEST, Indexed, Range, walk
from storage.catalog.mementos import Around, Captured, around, urls_of
from storage.instants import EPOCH, from_microseconds, microseconds, same_second
from storage.surt import same_host, surt
from storage.warc_fields import target_uri

PAGE: Final = 10_000
MEDIA_TYPES: Final = {"link": "application/link-format", "json": "application/json", "cdxj": "application/cdxj+ors"}


def timemap(catalog: Catalog, url: str, output: str, since: str, links: Links) -> Iterator[bytes] | None:
    """Return the text of a TimeMap in pieces, None where the archive has no capture of `url` from `since` on.

    `output` is a key of MEDIA_TYPES; `since` a timestamp, empty for the beginning. Raises TimestampInvalid.
    """
    begin = microseconds(parse_timestamp(since)) if since else EARLIEST
    with catalog.reading() as connection:
        bounds = around(connection, urls_of(connection, url), EPOCH)
    rows = _Page(_of_host(url, walk(catalog, Range(surt(url), since=begin))), PAGE, since)
    if bounds.first is None or not rows.is_there:
        return None
    writer = {"link": _link_format, "json": _json, "cdxj": _cdxj}[output]
    return writer(rows, bounds, url, since, links)


def _of_host(url: str, pages: Iterator[list[Indexed]]) -> Iterator[list[Indexed]]:
    for page in pages:
        if kept := [one for one in page if same_host(one.url, url)]:
            yield kept


class _Named(NamedTuple):
    """A capture of a TimeMap. `exact`: it shares its second with another, and so is named to the microsecond."""

    at: datetime
    url: str
    exact: bool

    @property
    def captured(self) -> Captured:
        """The capture without its name."""
        return self.at, self.url


class _Page:
    """The captures of one TimeMap. When it was read to its end, `next` is the timestamp of the next, or empty."""

    def __init__(self, pages: Iterator[list[Indexed]], most: int, since: str) -> None:
        self._pages = pages
        self._most = most
        self._since = parse_timestamp(since) if len(since) > EXACT else None  # where the page before ended
        self._first = next(pages, [])
        self.next = ""
        self.until: datetime | None = None

    @property
    def is_there(self) -> bool:
        """Whether there is any capture."""
        return bool(self._first)

    def pieces(self) -> Iterator[list[_Named]]:
        """Yield the captures, many at a time and never none."""
        count = 0
        last = 0
        before = self._since
        some = self._first
        while some:
            following = next(self._pages, [])
            piece = []
            for found, then in zip(some, [*some[1:], *following[:1], None], strict=False):
                moment = from_microseconds(found.at)
                if count >= self._most and found.at != last:
                    self.next = format_exact(moment)
                    break
                count, last = count + 1, found.at
                beside = (before, None if then is None else from_microseconds(then.at))
                exact = any(other is not None and same_second(other, moment) for other in beside)
                piece.append(_Named(moment, found.url, exact))
                before = moment
            self.until = from_microseconds(last)
            if piece:  # the page may end where the one before did
                yield piece
            if self.next:
                return
            some = following


def _link_format(rows: _Page, bounds: Around, url: str, since: str, links: Links) -> Iterator[bytes]:
    yield f'<{url}>; rel="original",\n<{links.timegate_url(url)}>; rel="timegate"'.encode()
    begins: datetime | None = None
    for piece in rows.pieces():
        begins = begins or piece[0].at
        lines = [links.memento(one.at, one.url, _rel(one.captured, bounds), exact=one.exact) for one in piece]
        yield "".join(f",\n{line}" for line in lines).encode("ascii")
    assert begins is not None
    assert rows.until is not None
    interval = f'from="{http_date(begins)}"; until="{http_date(rows.until)}"'
    kind = 'type="application/link-format"'
    yield f',\n<{links.timemap_url(url, "link", since)}>; rel="self"; {kind}; {interval}'.encode()
    if rows.next:
        begin = http_date(parse_timestamp(rows.next))
        yield f',\n<{links.timemap_url(url, "link", rows.next)}>; rel="timemap"; {kind}; from="{begin}"'.encode()
    yield b"\n"


def _rel(captured: Captured, bounds: Around) -> str:
    names = ["first"] if captured == bounds.first else []
    return " ".join([*names, *(["last"] if captured == bounds.last else []), "memento"])


def _json(rows: _Page, bounds: Around, url: str, since: str, links: Links) -> Iterator[bytes]:
    def told(captured: Captured, *, exact: bool = False) -> dict[str, str]:
        at, its_url = captured
        return {"datetime": f"{at:%Y-%m-%dT%H:%M:%SZ}", "uri": links.memento_url(at, target_uri(its_url), exact=exact)}

    assert bounds.first is not None
    assert bounds.last is not None
    head: dict[str, Any] = _about(url, since, links, "json")
    ends = {
        name: told(captured, exact=captured in bounds.not_alone)
        for name, captured in (("first", bounds.first), ("last", bounds.last))
    }
    # What is known only at the end is written there, so the object is put together by hand.
    yield (json.dumps(head)[:-1] + ', "mementos": ' + json.dumps(ends)[:-1] + ', "list": [').encode("ascii")
    begun = False
    for piece in rows.pieces():
        yield (
            (",\n" if begun else "\n") + ",\n".join(json.dumps(told(one.captured, exact=one.exact)) for one in piece)
        ).encode()
        begun = True
    yield b"\n]}"
    if rows.next:
        more = {"next": {"uri": links.timemap_url(url, "json", rows.next), "from": rows.next}}
        yield f', "pages": {json.dumps(more)}'.encode()
    yield b"}\n"


def _cdxj(rows: _Page, bounds: Around, url: str, since: str, links: Links) -> Iterator[bytes]:
    about = _about(url, since, links, "cdxj")
    head = [
        '!context ["http://tools.ietf.org/html/rfc7089"]',
        f"!id {json.dumps({'uri': about.pop('self')})}",
        '!keys ["memento_datetime_YYYYMMDDhhmmss"]',
        *(f"!meta {json.dumps({name: value})}" for name, value in about.items()),
    ]
    yield ("\n".join(head) + "\n").encode("ascii")
    for piece in rows.pieces():
        lines = []
        for one in piece:
            said = {
                "uri": links.memento_url(one.at, target_uri(one.url), exact=one.exact),
                "rel": _rel(one.captured, bounds),
                "datetime": http_date(one.at),
            }
            lines.append(f"{format_timestamp(one.at)} {json.dumps(said)}\n")
        yield "".join(lines).encode("ascii")
    if rows.next:
        yield f"!meta {json.dumps({'next': links.timemap_url(url, 'cdxj', rows.next)})}\n".encode("ascii")


def _about(url: str, since: str, links: Links, output: str) -> dict[str, Any]:
    return {
        "original_uri": url,
        "self": links.timemap_url(url, output, since),
        "timegate_uri": links.timegate_url(url),
        "timemap_uri": {f"{name}_format": links.timemap_url(url, name) for name in MEDIA_TYPES},
    }
