"""Character references in attribute values: out of them, and into them (HTML Standard §13.2.5.72-80)."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

_REFERENCE: Final = re.compile(
    r"&(?:\#(?:[xX](?P<hex>[0-9a-fA-F]++)|(?P<decimal>[0-9]++));?"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]*+)(?P<end>;?)(?P<equals>=?))"
)
_MOST_DIGITS: Final = 8  # as many zeros as one likes may come before them
_SPECIAL: Final = re.compile(r"[&<>\"]")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def unescape(value: str) -> str:
    """Return an attribute's value with its character references decoded, as they are in attributes.

    >>> unescape("a?x=1&copy=2&amp;y=3&lt&#x6a;&#106&notit;")
    'a?x=1&copy=2&y=3<jj&notit;'
    """
    return _REFERENCE.sub(_decoded, value)


def escape(value: str) -> str:
    """Return text for a quoted attribute value, or for the text of an element.

    >>> escape('<a href="?x&y">')
    '&lt;a href=&quot;?x&amp;y&quot;&gt;'
    """
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], value) if _SPECIAL.search(value) else value


def _decoded(found: re.Match[str]) -> str:
    if name := found["name"]:
        if found["end"]:
            return html5.get(f"{name};", found[0]) + found["equals"] if f"{name};" in html5 else found[0]
        return html5[name] if name in html5 and not found["equals"] else found[0]
    digits = (found["hex"] or found["decimal"]).lstrip("0")
    if not 0 < len(digits) <= _MOST_DIGITS:
        return "\ufffd"
    number = int(digits, 16 if found["hex"] else 10)
    if number > 0x10FFFF or 0xD800 <= number < 0xE000:
        return "\ufffd"
    if 0x80 <= number < 0xA0:
        return bytes((number,)).decode("cp1252", "ignore") or chr(number)
    return chr(number)
