"""That a list which is asked for ends after it begins."""

from __future__ import annotations

from datetime import date

from web.window.errors import Refused


def require_order(since: date | None, until: date | None) -> None:
    """Raise Refused where a list would have to end before it begins: nothing found would read as nothing happened."""
    if since is not None and until is not None and until < since:
        raise Refused(f"Nothing is from {since} on and up to {until}: from= is later than to=.")
