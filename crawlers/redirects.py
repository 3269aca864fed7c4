"""Which redirects are followed. Each hop is a capture of its own, whether it is followed or not.

A source and a requisite are followed as browsers do. An article is followed only to another address of the same
article, or another spelling of its own, and not where the crawl has asked already: a redirect to anything else is what
the crawl came to see, and the spider judges it.
"""

from __future__ import annotations

from typing import Any, Final

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from articles.leads import Leads, leads
from crawlers.context import context_of
from crawlers.urls import absolute, host_of
from storage.exchange import Role

_VALIDATORS: Final = ("If-None-Match", "If-Modified-Since")
"""They are of the URL that was asked for: "not modified" from where it leads would refer to a page that we have not."""


class ObservedRedirects(RedirectMiddleware):
    """Needs a spider with `outlet`."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the request of the next hop, or the redirect itself where it is not followed."""
        if 300 <= response.status < 400 and not self._follows(request, response):
            return response
        following = super().process_response(request, response)
        if isinstance(following, Request):
            for name in _VALIDATORS:
                following.headers.pop(name, None)
        return following

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002 - Scrapy's signature
        """Send no Referer: we send none anywhere."""
        request.headers.pop("Referer", None)

    def _engine_started(self) -> None:
        """Scrapy looks here for its middleware of referers, which is off."""

    def _follows(self, request: Request, response: Response) -> bool:
        spider: Any = self.crawler.spider
        target = target_of(response)
        if target is None:
            return False
        context = context_of(request.url, request.meta)
        if context.role in (Role.ARTICLE, Role.PART):
            match = spider.outlet.match(target)
            is_its_own = match is not None and match.key == context.key
            if not is_its_own and leads(request.url, target) is not Leads.SAME:
                return False
            return context.role is Role.PART or bool(spider.frontier.first_time(f"article {target}"))
        if context.role is Role.REQUISITE:
            return bool(spider.outlet.requisites.other_hosts or host_of(target) == host_of(request.url))
        return True


def target_of(response: Response) -> str | None:
    """Return where a redirect leads, made absolute, or None where it says nothing that can be asked for."""
    location = response.headers.get("Location")
    return None if location is None else absolute(response.url, location.decode("utf-8", "replace"))
