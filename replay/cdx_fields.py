"""A capture as the CDX server tells of it: the fields of a CDXJ line, by the names that pywb gives them.

The lines are those of cdxj-indexer, as in the archive's own CDXJ (storage.cdxj), but for three things: `filename` is
the WARC's whole name in the archive, so that a reader needs one address for all of them; the media type is in lower
case; and of a WARC that another tool wrote the digest is the one that we made.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii as quoted
from typing import Final

from replay.errors import QueryInvalid
from storage.catalog.index_walk import Indexed
from storage.exchange import Outcome

FIELDS: Final = ("urlkey", "timestamp", "url", "mime", "status", "digest", "length", "offset", "filename")
_ALIASES: Final = {
    "k": "urlkey", "t": "timestamp", "u": "url", "original": "url", "m": "mime", "mimetype": "mime", "s": "status",
    "statuscode": "status", "d": "digest", "l": "length", "o": "offset", "f": "filename",
}  # fmt: skip


def field_named(name: str) -> str:
    """Return the field that a name or one of pywb's short names means. Raises QueryInvalid.

    >>> field_named("statuscode")
    'status'
    """
    name = _ALIASES.get(name, name)
    if name not in FIELDS:
        raise QueryInvalid(f"there is no field {name[:40]!r}: there are {', '.join(FIELDS)}")
    return name


def digits_of(at: int) -> str:
    """Return the 14 digits of a moment in microseconds since 1970.

    >>> digits_of(1769184000999999)
    '20260123160000'
    """
    moment = time.gmtime(at // 1_000_000)
    return (
        f"{moment.tm_year:04d}{moment.tm_mon:02d}{moment.tm_mday:02d}"
        f"{moment.tm_hour:02d}{moment.tm_min:02d}{moment.tm_sec:02d}"
    )


def fields_of(found: Indexed) -> dict[str, str]:
    """Return a capture's fields, those that are known, in the order of a line."""
    values = {
        "urlkey": found.surt,
        "timestamp": digits_of(found.at),
        "url": found.url,
        "mime": "warc/revisit" if found.outcome == Outcome.REVISIT else found.mime,
        "status": None if found.status is None else str(found.status),
        "digest": found.digest,
        "length": str(found.length),
        "offset": str(found.offset),
        "filename": found.warc_key,
    }
    return {name: value for name, value in values.items() if value is not None}


def cdxj_line(fields: Mapping[str, str], chosen: tuple[str, ...] | None = None) -> str:
    """Return the line of CDXJ, without its end: `<SURT> <timestamp> <JSON>`; of the JSON the chosen fields alone.

    >>> cdxj_line({"urlkey": "a)/", "timestamp": "2026", "url": "http://a/", "status": "200"}, ("status",))
    'a)/ 2026 {"status": "200"}'
    """
    told = FIELDS[2:] if chosen is None else chosen
    return f"{fields['urlkey']} {fields['timestamp']} {json_line(fields, told)}"


def json_line(fields: Mapping[str, str], chosen: tuple[str, ...] | None = None) -> str:
    """Return the fields, or those that were chosen, as one JSON object. What is not known is left out."""
    told = fields if chosen is None else [name for name in chosen if name in fields]
    return "{" + ", ".join([f'"{name}": {quoted(fields[name])}' for name in told if name in fields]) + "}"


def text_line(fields: Mapping[str, str], chosen: tuple[str, ...] | None = None) -> str:
    """Return the chosen fields with spaces between them, `-` for what is not known; all of them as a line of CDXJ."""
    return cdxj_line(fields) if chosen is None else " ".join([fields.get(name, "-") for name in chosen])
