"""The named fields of WARC records: written so that nobody can slip one in, read as leniently as the standard allows.

Most values come from strangers: URLs out of pages, header values, error texts that quote them. A line break in one
would begin a field, or a record, of the stranger's choosing, so no control character ever reaches a WARC header or an
`application/warc-fields` block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import quote

Fields = Sequence[tuple[str, str]]

# C0, DEL and C1 controls, and the two characters that str.splitlines and some parsers take for line ends.
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_NAME: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_NOT_IN_A_URI: Final = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z|~]+")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?)?)?[Zz]?")

_USUAL_DATE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z", re.ASCII)


def clean(value: str) -> str:
    """Return a value fit for a field: one line, no control characters, no space at its ends, valid UTF-8.

    >>> clean("a\\r\\nWARC-Type: response")
    'a WARC-Type: response'
    """
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", value)).strip()


def target_uri(url: str) -> str:
    """Return `url` as it is written into WARC-Target-URI, and so into every index: an ASCII URI.

    Only what no URI may hold is percent-encoded, as UTF-8: controls, spaces, double quotes, back slashes, back ticks,
    `<>^{}`, and all that is not ASCII. The rest stays as it was sent, a lone `%` and `|` too: encoding them would name
    another resource. Idempotent; a URL that Scrapy requests is unchanged.

    >>> target_uri("http://a.example/caf\u00e9 1?q=50%&r=[|]\\r\\n")
    'http://a.example/caf%C3%A9%201?q=50%&r=[|]'
    """
    return _NOT_IN_A_URI.sub(_percent_encoded, url.strip(" \t\r\n"))


def _percent_encoded(match: re.Match[str]) -> str:
    return quote(match.group(0).encode("utf-8", "surrogatepass"), safe="")


def parse_date(text: str) -> datetime:
    """Read a WARC-Date of 1.0 or 1.1 (which may stop at the year, and may have nanoseconds, which are cut off).

    Raises ValueError.

    >>> parse_date("2016-09-19T17:20:24.123456789Z")
    datetime.datetime(2016, 9, 19, 17, 20, 24, 123456, tzinfo=datetime.timezone.utc)
    """
    if _USUAL_DATE.fullmatch(text):
        return datetime.fromisoformat(text)
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text[:40]!r} is no date of WARC/1.1, such as 2026-01-23T16:00:00Z")
    year, month, day, hour, minute, second, fraction = match.groups()
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    return datetime(
        int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0), micro, UTC
    )


def format_fields(fields: Iterable[tuple[str, str]]) -> bytes:
    """Return fields as lines, `Name: value` CRLF. Values are cleaned; a name that is no token raises ValueError."""
    fields = list(fields)
    text = "".join([f"{_checked(name)}: {value}\r\n" for name, value in fields])
    # Nearly always nothing needs to be cleaned, and a look at all lines at once tells.
    bare = text.replace("\r\n", "")
    if len(text) - len(bare) == 2 * len(fields) and bare.isascii() and bare.isprintable():
        return text.encode("ascii")
    return "".join([f"{name}: {clean(value)}\r\n" for name, value in fields]).encode("utf-8")


@lru_cache(maxsize=256)
def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a field")
    return name


def parse_fields(block: bytes) -> list[tuple[str, str]]:
    """Read lines of fields, in order, repeated ones too. A line without a colon is left out.

    Folded lines (allowed in WARC/1.0, deprecated in 1.1) are joined; bytes that are not UTF-8 are read as Latin-1.

    >>> parse_fields(b"a: 1\\r\\nB : 2\\r\\n  more\\r\\na: 3\\r\\n")
    [('a', '1'), ('B', '2 more'), ('a', '3')]
    """
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError:
        text = block.decode("latin-1")
    lines = text.split("\n")
    if "\n " not in text and "\n\t" not in text:  # nothing is folded
        parts = [line.partition(":") for line in lines]
        return [(name.strip(), value.strip()) for name, colon, value in parts if colon]
    folded: list[tuple[str, list[str]]] = []
    for line in lines:
        if line[:1] in (" ", "\t"):
            if folded:
                folded[-1][1].append(line)
            continue
        name, colon, value = line.partition(":")
        if colon:
            folded.append((name.strip(), [value]))
    return [(name, " ".join(filter(None, (part.strip() for part in values)))) for name, values in folded]


def field(fields: Iterable[tuple[str, str]], name: str) -> str | None:
    """Return the first value of that name, compared without case, or None."""
    wanted = name.lower()
    return next((value for key, value in fields if key.lower() == wanted), None)
