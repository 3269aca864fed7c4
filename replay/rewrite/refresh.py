"""`<meta http-equiv=refresh>` read as the HTML Standard reads it (§4.2.5.3, "shared declarative refresh steps")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_REFRESH: Final = re.compile(
    r"""[\t\n\f\r ]*+(?:(?P<seconds>[0-9]++)|(?=\.))[0-9.]*+
        (?:(?:[\t\n\f\r ]*+[;,][\t\n\f\r ]*+|[\t\n\f\r ]++)
           (?:[uU][rR][lL][\t\n\f\r ]*+=[\t\n\f\r ]*+)?(?P<url>"[^"]*+|'[^']*+|[^"'].*)?)?""",
    re.VERBOSE | re.DOTALL,
)
_LONGEST_WAIT: Final = 9  # digits


@dataclass(frozen=True)
class Refresh:
    """What a page asked for: to go on to `reference` (relative, as written; empty for itself) after so many seconds."""

    seconds: int
    reference: str


def parse_refresh(content: str) -> Refresh | None:
    """Return what the `content` of a refresh asks for, None where browsers would pay no heed to it.

    >>> parse_refresh("0; URL='next.html' and more"), parse_refresh("5"), parse_refresh("soon")
    (Refresh(seconds=0, reference='next.html'), Refresh(seconds=5, reference=''), None)
    """
    found = _REFRESH.match(content)
    if found is None:
        return None
    seconds = int((found["seconds"] or "0")[:_LONGEST_WAIT])
    return Refresh(seconds, (found["url"] or "").lstrip("\"'").rstrip("\t\n\f\r "))
