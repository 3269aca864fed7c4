"""Style sheets that a page has within an address (`data:text/css,…`)."""

from __future__ import annotations

import binascii
import re
from typing import Final
from urllib.parse import unquote_to_bytes

_SHEET: Final = re.compile(
    r"[\x00-\x20]*+data:[\t\n\r ]*+text/css[\t\n\r ]*+(?P<parameters>(?:;[^,;#]*+)*+),(?P<css>[^#]*+)", re.IGNORECASE
)
_BASE64: Final = re.compile(r";\s*+base64\s*+\Z", re.IGNORECASE)


def sheet_in(address: str) -> str | None:
    """Return the style sheet that an address holds, None where it is another address or can't be read.

    >>> sheet_in("data:text/css,a%7Bcolor:red}#end"), sheet_in("data:text/css;base64,YXt9"), sheet_in("a.css")
    ('a{color:red}', 'a{}', None)
    """
    found = _SHEET.match(address)
    if found is None:
        return None
    css = unquote_to_bytes(found["css"])
    if _BASE64.search(found["parameters"]):
        try:
            css = binascii.a2b_base64(css)
        except binascii.Error:
            return None
    return css.decode("utf-8", "replace")
