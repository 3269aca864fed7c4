"""What every endpoint of the window is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from web.freshness import Freshness
from web.holdings import Holdings
from web.origins import Origins
from web.security.gate import Gate
from web.security.limits import Limits


@dataclass(frozen=True)
class Window:
    """The holdings that are shown, the origins, how fresh the catalog is, and what a client may ask for.

    `gate` is None where nobody has to show a token. Else links to the archive's host hand the session over.
    """

    holdings: Holdings
    origins: Origins
    freshness: Freshness
    limits: Limits
    gate: Gate | None = None


def the_window(request: Request) -> Window:
    """Return what the app was made with."""
    window = request.app.state.window
    assert isinstance(window, Window)
    return window


Given = Annotated[Window, Depends(the_window)]
