"""What every endpoint of the window is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from web.freshness import Freshness
from web.holdings import Holdings
from web.origins import Origins


@dataclass(frozen=True)
class Window:
    """The holdings that are shown, the two origins, and how fresh the catalog is.

    `asks_token` tells whether whoever comes has to show one: links to the archive's host then hand the session over.
    """

    holdings: Holdings
    origins: Origins
    freshness: Freshness
    asks_token: bool = False


def the_window(request: Request) -> Window:
    """Return what the app was made with."""
    window = request.app.state.window
    assert isinstance(window, Window)
    return window


Given = Annotated[Window, Depends(the_window)]
