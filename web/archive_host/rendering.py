"""Our own pages on the archive's host, from templates. They look like the window's."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from articles.visible import visible
from config.words import capital, counted
from web.holdings import Holdings
from web.origins import Origins
from web.templating import environment_of
from web.window import times
from web.window.rendering import NAVIGATION
from web.window.rendering import STATIC as WINDOW_STATIC

HERE: Final = Path(__file__).parent
_STATIC: Final = HERE / "static"


def routes(holdings: Holdings, origins: Origins) -> list[BaseRoute]:  # noqa: ARG001  (all route modules' signature)
    """Return the route of the files that our pages are shown with: our own, then the window's."""
    files = StaticFiles(directory=_STATIC)
    files.all_directories.append(WINDOW_STATIC)
    return [Mount("/static", files)]


def page(template: str, origins: Origins, *, status: int = 200, policy: dict[str, str], **values: Any) -> HTMLResponse:
    """Return a page of ours. `policy` are directives of its Content-Security-Policy beside those that all have."""
    body = _environment().get_template(template).render(origins=origins, **values)
    directives = {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": f"'self' {origins.window}",
        **policy,
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in directives.items()),
        "Referrer-Policy": "no-referrer",  # addresses of pages name what somebody looks into
        "X-Content-Type-Options": "nosniff",
        # Whoever opened this window, or embeds it as something else, would learn from it what the archive holds.
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Origin-Agent-Cluster": "?1",
        "Cache-Control": "private, no-cache",
    }
    return HTMLResponse(body, status, headers)


def _asset(name: str) -> str:
    """Return the address of a file of ours or the window's, with a part of its hash: a browser may keep it for ever."""
    file = next(folder / name for folder in (_STATIC, WINDOW_STATIC) if (folder / name).is_file())
    return f"/static/{name}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = environment_of(HERE / "templates", visible)
    made.filters.update(moment=times.moment, counted=counted, capital=capital)
    made.globals.update(asset=lru_cache(_asset), navigation=NAVIGATION)
    return made
