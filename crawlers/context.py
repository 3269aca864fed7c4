"""How a request came about: what the spider knows and the wire does not.

The spider puts a `CaptureContext` into `request.meta["capture"]`; the download handler writes it into the exchange, and
leaves what the recorder made of it in `request.meta["recorded"]` (a `crawlers.recorder.Recorded`), which is also
`response.meta["recorded"]` and, in an errback, `failure.request.meta["recorded"]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from storage.exchange import Exchange, Outcome, Purpose, Role

CONTEXT: Final = "capture"  # the key in request.meta
RECORDED: Final = "recorded"


@dataclass(frozen=True)
class CaptureContext:
    """Why a URL is asked for. The fields mean what they mean in `storage.exchange.Exchange`."""

    role: Role = Role.OTHER
    purpose: Purpose = Purpose.DISCOVER
    via: str | None = None
    key: str | None = None
    announced: tuple[tuple[str, str], ...] = ()
    article_url: str | None = None
    conditional: bool = False


def context_of(url: str, meta: Mapping[str, Any]) -> CaptureContext:
    """Return the context of a request to `url` with this `request.meta`.

    A request that nobody gave a context was made by Scrapy itself: robots.txt, by its place. After a redirect `via` is
    the URL that redirected, as Scrapy's redirect middleware keeps it.

    >>> context_of("http://a.example/robots.txt", {}).role
    <Role.ROBOTS: 'robots'>
    >>> moved = {"capture": CaptureContext(Role.ARTICLE, via="http://a.example/"), "redirect_urls": ["http://a.example/1"]}
    >>> context_of("http://a.example/2", moved).via
    'http://a.example/1'
    """
    context: CaptureContext | None = meta.get(CONTEXT)
    if context is None:
        context = CaptureContext(Role.ROBOTS if urlsplit(url).path == "/robots.txt" else Role.OTHER)
    redirected_by = meta.get("redirect_urls")
    return replace(context, via=redirected_by[-1]) if redirected_by else context


def unsent(url: str, context: CaptureContext, outcome: Outcome, error: str, at: datetime) -> Exchange:
    """Return the exchange of an attempt for which nothing was sent, such as one that robots.txt forbids."""
    return Exchange(
        url=url,
        started_at=at,
        request=b"",
        response=b"",
        interim=b"",
        complete=False,
        outcome=outcome,
        role=context.role,
        purpose=context.purpose,
        error=error,
        via=context.via,
        key=context.key,
        announced=context.announced,
        article_url=context.article_url,
        conditional=context.conditional,
        attempts=0,
    )
