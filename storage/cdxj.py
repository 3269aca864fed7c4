"""CDXJ lines, equal to those of cdxj-indexer 1.5: what pywb and the others look captures up in.

A line is `<SURT> <14 digits> <JSON>`: url, mime, status, digest, length, offset and filename, each where it is known,
all as strings. There is one for each response and revisit, and for resource and metadata records that are not
`application/warc-fields`. Lines are sorted by code point, and a line that is there twice is written once.

The mime and the status are what warcio's parser makes of a head, which is not always what RFC 9112 says (a line of
white space ends the head, for one). A line that differs would not be wrong, but nobody could compare the two indexes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii as quoted
from typing import Final

from storage.errors import WarcInvalid
from storage.surt import surt
from storage.warc_fields import parse_date
from storage.warc_reader import Record

_HTTP: Final = ("response", "revisit")
_OTHERS: Final = ("resource", "metadata")
_NO_PUNCTUATION: Final = str.maketrans("", "", "-:T")
_AFTER_TYPE: Final = re.compile(r"[;\s]")


@dataclass(frozen=True)
class _Head:
    """A head as warcio reads it; one that says nothing has no status. `length` counts the bytes that it consumes."""

    status: str | None
    content_type: str | None
    length: int


def cdxj_line(record: Record, *, filename: str, where: str) -> str | None:
    """Return the record's line, without its line end, or None where a record of its kind has none.

    `filename` is what the line calls the WARC. Raises WarcInvalid, which names `where`, for a date that is none.
    """
    kind = record.type
    if kind not in _HTTP and (kind not in _OTHERS or _is_fields(record)):
        return None
    url = target_of(record)
    head = _read_head(record.block) if kind in _HTTP and url and url.startswith(("http:", "https:")) else None
    values = {
        "url": url,
        "mime": _mime(record, kind, head),
        "status": head.status if head else None,
        "digest": record.get("WARC-Payload-Digest") or _missing_digest(record, kind, head),
        "length": str(record.length),
        "offset": str(record.offset),
        "filename": filename,
    }
    try:
        moment = parse_date(record.get("WARC-Date") or "")
    except ValueError as wrong:
        raise WarcInvalid(f"its WARC-Date: {wrong}", where=where, offset=record.offset) from wrong
    # What json.dumps gives for a flat dict of strings, without what it does for all the others.
    fields = ", ".join([f'"{name}": {quoted(value)}' for name, value in values.items() if value is not None])
    digits = moment.isoformat()[:19].translate(_NO_PUNCTUATION)
    return f"{surt(url or '')} {digits} {{{fields}}}"


def sorted_lines(lines: Iterable[str]) -> list[str]:
    """Return the lines in the order of an index, each once.

    >>> sorted_lines(["b", "a", "b"])
    ['a', 'b']
    """
    return sorted(set(lines))


def target_of(record: Record) -> str | None:
    """Return WARC-Target-URI without the angle brackets of WARC/1.0, and with its spaces encoded, or None."""
    url = record.get_id("WARC-Target-URI")
    return url.replace(" ", "%20") if url else url


def _is_fields(record: Record) -> bool:
    if record.head.count(b"Content-Type") == 1 and b"\nContent-Type: application/warc-fields\r\n" in record.head:
        return True  # as it is in the records that end our groups: a third of all
    return record.get("Content-Type") == "application/warc-fields"


def _mime(record: Record, kind: str, head: _Head | None) -> str | None:
    if kind == "revisit":
        return "warc/revisit"
    value = (head.content_type if head else None) if kind in _HTTP else record.get("Content-Type")
    return _AFTER_TYPE.split(value, maxsplit=1)[0].strip() if value else value


def _missing_digest(record: Record, kind: str, head: _Head | None) -> str | None:
    """Return the digest that cdxj-indexer makes for a record that states none: SHA-1, over the chunks too."""
    if kind == "revisit":
        return None
    payload = record.block[head.length :] if head else record.block
    return "sha1:" + base64.b32encode(hashlib.sha1(payload, usedforsecurity=False).digest()).decode("ascii")


def _read_head(block: bytes) -> _Head | None:
    """Read a head as warcio does: what ends a line is LF, what ends the head is a line of nothing but white space."""
    if not block:
        return None
    position, line = _line(block, 0)
    if not line:
        return _Head(None, None, position)
    start = line.split(" ", 1)
    stated = start[1].strip() if len(start) > 1 else ""
    content_type: str | None = None
    wanted = False  # the field that a folded line would go on with is the content type
    first = True
    says_nothing = not stated
    position, line = _line(block, position)
    while line:
        if not first and line[0] in " \t":
            if wanted and content_type is not None:
                content_type += line
        else:
            name, colon, value = line.partition(":")
            says_nothing = says_nothing and not colon
            wanted = bool(colon) and content_type is None and name.rstrip(" \t").lower() == "content-type"
            if wanted:
                content_type = value.lstrip()
        first = False
        position, line = _line(block, position)
    return _Head(None if says_nothing else stated.split(" ", 1)[0], content_type, position)


def _line(block: bytes, start: int) -> tuple[int, str]:
    """Return where the line that begins at `start` ends, and its text without white space at the end."""
    end = block.find(b"\n", start) + 1 or len(block)
    raw = block[start:end]
    try:
        return end, raw.decode("utf-8").rstrip()
    except UnicodeDecodeError:
        return end, raw.decode("latin-1").rstrip()
