"""How much of what the archive's host has one client may ask for."""

from __future__ import annotations

import re
from typing import Final

from starlette.types import Scope

from web.archive_host.routing import raw_path
from web.security.limits import Rate
from web.serving import MOST_AT_ONCE

RATES: Final = {
    "page": Rate(a_minute=240, burst=120, at_once=MOST_AT_ONCE),
    "index": Rate(a_minute=1200, burst=600, at_once=MOST_AT_ONCE),
    "part": Rate(a_minute=3000, burst=2000, at_once=MOST_AT_ONCE),
}
"""By kind. A page has hundreds of parts, and a service worker asks for all of them at once, of several pages. How much
is done at once is bounded by the threads that do it."""

_PAGE: Final = re.compile(rb"/(?:view|replay)/")
_INDEX: Final = re.compile(rb"/cdx\Z|/timegate/|/timemap/")


def kind_of(scope: Scope) -> str | None:
    """Return what a request is for, None where it costs nothing: our own files."""
    path = raw_path(scope)
    if _PAGE.match(path):
        return "page"
    if _INDEX.match(path):
        return "index"
    return "part" if path.startswith(b"/web/") else None
