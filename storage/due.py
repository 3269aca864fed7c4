"""What is due: the catalog finds it, the plan of a crawl carries it, the spider looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.exchange import Purpose, Role


@dataclass(frozen=True)
class Due:
    """A URL to look at again, and what its last look found.

    For an article, `url` is that of its first page and `parts` are those of the others, in order; an article of more
    than one page is always fetched whole. `conditional` allows to ask with `etag` and `last_modified` (as the server
    wrote them). `content_id` is what the article's *current* reader made of the last look, None where no reader of
    today made one: a look that gives another one is confirmed by a second.

    A source (role listing, feed, sitemap) is fetched at every crawl, and needs a row only where validators are known
    *and* the last crawl was complete: "not modified" means that nothing on it is new.
    """

    url: str
    role: Role
    purpose: Purpose
    conditional: bool = False
    etag: str | None = None
    last_modified: str | None = None
    content_id: str | None = None
    parts: tuple[str, ...] = ()
