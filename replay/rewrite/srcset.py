"""The candidates of a `srcset` attribute (HTML Standard §4.8.4.3.10), each with its URL replaced."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

# The URL is all up to white space. One that ends in commas has no descriptors; else they end at a comma that is in no
# brackets, and brackets do not nest.
_CANDIDATE: Final = re.compile(
    r"(?P<url>[^\t\n\f\r ,][^\t\n\f\r ]*+)(?:(?<=,)|(?P<descriptors>(?:[^(,]|\([^)]*+\)?)*+))", re.DOTALL
)
_BETWEEN: Final = "\t\n\f\r ,"
_DESCRIPTORS: Final = re.compile(r"\d+w(?:\s+\d+h)?|\d+h\s+\d+w|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?x|", re.ASCII)


def urls_of(value: str) -> list[str]:
    """Return the URLs of all candidates, as they are written."""
    return [candidate["url"].rstrip(",") for candidate in _CANDIDATE.finditer(value.rstrip(_BETWEEN))]


def rewrite_srcset(value: str, mapped: Callable[[str], str | None]) -> str:
    """Return the attribute with each URL as `mapped` has it, without the candidates for which it returns None.

    >>> rewrite_srcset("a.jpg 1x, b,c.jpg 2x,data:image/png;base64,AA== 3x, d.jpg, e.jpg (x, y) 4w", str.upper)
    'A.JPG 1x, B,C.JPG 2x, DATA:IMAGE/PNG;BASE64,AA== 3x, D.JPG'
    """
    kept = []
    for candidate in _CANDIDATE.finditer(value.rstrip(_BETWEEN)):
        descriptors = (candidate["descriptors"] or "").strip(_BETWEEN)
        url = mapped(candidate["url"].rstrip(",")) if _DESCRIPTORS.fullmatch(descriptors) else None
        if url:
            # A comma at the end would be taken for the one between candidates.
            url = url.rstrip(",") + "%2C" * (len(url) - len(url.rstrip(",")))
            kept.append(f"{url} {descriptors}" if descriptors else url)
    return ", ".join(kept)
