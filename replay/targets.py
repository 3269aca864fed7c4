"""The URL that a replay URL is about: everything after the timestamp, byte for byte, with its query.

Frameworks decode paths, and with that `%2F` and `/` become the same; so the bytes of the request line are taken.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from replay.errors import TargetInvalid
from storage.http_message import text_of
from storage.warc_fields import target_uri

LONGEST: Final = 1 << 16
_COLLAPSED: Final = re.compile(r"(https?):/*(?=[^/])", re.IGNORECASE)
_ENCODED: Final = re.compile(rb"https?%3a(?:%2f|/)", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://|(?![0-9]*(?:[/?]|$)))")  # and no host with its port


def target_of(raw: bytes) -> str:
    """Return the URL that the bytes of a request's path and query name, as captures are indexed by it.

    Slashes that a proxy collapsed are put back, a URL that was percent-encoded whole is taken out of that, and one
    without a scheme is of `http`. What no URI may hold is percent-encoded (storage.warc_fields). Raises TargetInvalid.

    >>> target_of(b"http:/a.example/x%2Fy?q=1"), target_of(b"a.example:80/"), target_of(b"https%3A%2F%2Fa.example%2F")
    ('http://a.example/x%2Fy?q=1', 'http://a.example:80/', 'https://a.example/')
    >>> target_of(b"ftp://a.example/x"), target_of(b"localhost:8080?q=1")
    ('ftp://a.example/x', 'http://localhost:8080?q=1')
    """
    if len(raw) > LONGEST:
        raise TargetInvalid(f"the URL has {len(raw)} bytes, and none of more than {LONGEST} is looked for")
    if _ENCODED.match(raw):
        raw = unquote_to_bytes(raw)
    url = target_uri(text_of(raw))
    if not url:
        raise TargetInvalid("there is no URL after the last slash")
    if match := _COLLAPSED.match(url):
        return f"{match.group(1).lower()}://{url[match.end() :]}"
    return url if _SCHEME.match(url) else f"http://{url}"
