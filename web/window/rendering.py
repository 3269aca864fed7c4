"""Templates into pages. What is put into one is escaped, and cannot steer a terminal or turn a line round."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from markupsafe import Markup, escape

from articles.visible import visible
from audit.found_words import how_alike
from config.words import capital, counted
from web.security.window_gate import KNOWN
from web.templating import environment_of
from web.window import edit_values, links, times
from web.window.context import the_window
from web.window.differences import as_difference

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"

NAVIGATION: Final = (
    *(("/", "Overview"), ("/changes", "Changes"), ("/search", "Search")),
    *(("/outlets", "Outlets"), ("/docs", "API")),
)
"""Address and name of what stands at the head of every page."""


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page made from a template and values; templates also get those of `_given` and the filters below."""
    body = environment().get_template(template).render({**_given(request), **values})
    return HTMLResponse(body, status_code=status)


def _given(request: Request) -> Mapping[str, Any]:
    window = the_window(request)
    return {
        "window": window,
        "standing": window.freshness.standing,
        "now": window.holdings.clock.now(),
        "path": request.url.path,
        "known": window.gate is None or request.scope.get(KNOWN, False),
        "view_link": lambda at, url: links.view_link(window, at, url),
        "latest_link": lambda url: links.latest_link(window, url),
        "replay_link": lambda at, url, mode="mp_": links.replay_link(window, at, url, mode),
        "full_replay_link": lambda at, url: links.full_replay_link(window, at, url),
    }


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the environment of all templates."""
    made = environment_of(HERE / "templates", _seen)
    made.filters.update(
        moment=times.moment,
        own_moment=times.own_moment,
        day=times.day,
        ago=times.ago,
        zone_name=times.zone_name,
        duration=times.duration,
        plain_moment=times.plain_moment,
        exact=times.exact,
        local=times.local,
        day_there=times.day_there,
        long_day=times.long_day,
        number=lambda value: f"{value:,}",
        counted=counted,
        coded=_coded,
        capital=capital,
        alike=how_alike,
        difference=as_difference,
    )
    made.tests["moment"] = lambda value: isinstance(value, datetime)
    made.globals.update(
        asset=asset,
        navigation=NAVIGATION,
        with_query=links.with_query,
        outlet_link=links.outlet_link,
        article_link=links.article_link,
        change_link=links.change_link,
        two_articles_link=links.two_articles_link,
        calendar_link=links.calendar_link,
        live_link=links.live_link,
        time_of=edit_values.time_of,
        image_of=edit_values.image_of,
        plain_value=edit_values.plain_value,
        reason_in=edit_values.reason_in,
    )
    made.globals["parts"] = made.get_template("parts.html").module
    return made


def _seen(text: str) -> str:
    r"""Return a text as it may be shown: all that steers made visible, line ends kept.

    >>> _seen("a\u202eb\nc")
    'a\\u202eb\nc'
    """
    return "\n".join(map(visible, text.split("\n")))


def _coded(text: str) -> Markup:
    """Return a text of ours with what stands between backticks as code.

    >>> _coded("`a<b` is one")
    Markup('<code>a&lt;b</code> is one')
    """
    parts = text.split("`")
    marked = (Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts))
    return Markup("").join(marked)


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """Return the address of a file of ours, with a part of its hash: a browser may keep it for ever."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
