"""The second step: what this crawl is to look at, written down for the child."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from config.outlet import Outlet
from config.software import software
from crawlers.plan import Crawl, write_plan
from flows.steps.derived_objects import CrawlFacts
from flows.steps.place import Place
from flows.steps.progress import Progress, ProgressEvent, silent
from flows.steps.recover import RecoverReport
from storage.catalog.crawls import CrawlFound, crawls, last_crawl
from storage.catalog.due import articles_due
from storage.catalog.plan_facts import known_requisites, known_sources, originals, seen_urls
from storage.due import Due
from storage.exchange import Purpose
from storage.keys import new_crawl_id

DEADLINE = timedelta(hours=5)
"""After so long a crawl closes by itself. It is shorter than `flows.steps.capture.DEADLINE`, the parent's patience."""

THOROUGH_EVERY = timedelta(hours=23)
"""Outlets date articles back, to below pages of listings that show nothing unknown: once a day all pages are looked at.
It is less than a day so that a daily crawl that begins a moment early is thorough too."""


@dataclass(frozen=True)
class Planned:
    """A crawl that is ready to run, and the crawls that were recovered before it."""

    facts: CrawlFacts
    folder: Path
    due: int
    recovered: tuple[str, ...] = ()

    @property
    def crawl_id(self) -> str:
        """The crawl's id, which is also its folder's name."""
        return self.facts.crawl_id


def plan(
    place: Place,
    outlet: Outlet,
    *,
    limit: int | None = None,
    recovered: RecoverReport | None = None,
    progress: Progress = silent,
) -> Planned:
    """Plan a crawl of `outlet`: what is due, what is known, what revisits may refer to.

    `limit` is the most articles that are fetched; `recovered` is what came home before, for the report.
    """
    place.catalog.sync(place.archive, [outlet.id])
    started = place.clock.now()
    crawl_id = new_crawl_id(outlet.id, started, secrets.token_hex(3))
    folder = place.spool / crawl_id
    last = last_crawl(place.catalog, outlet.id)
    thorough = last is None or _left_something(last) or not _was_thorough(place, outlet, started - THOROUGH_EVERY)
    due = articles_due(place.catalog, outlet, started, random.Random(crawl_id))  # noqa: S311  a sample, no secret
    crawl = Crawl(
        crawl_id=crawl_id,
        outlet=outlet,
        archive_id=place.archive.id,
        started=started,
        user_agent=user_agent(place.contact),
        software=software(),
        # Beside the archives' own states: a host is owed its pauses whichever archive a crawl is for.
        state=place.state.absolute().parent,
        clock_offset=place.clock.offset,
        limit=limit,
        deadline=DEADLINE,
        thorough=thorough,
        log_tip=max(last.commits) if last else 0,
    )
    write_plan(
        folder,
        crawl,
        due=_due(place, outlet, due, asked_anew=None if last is None or thorough else _not_seen(last)),
        seen=seen_urls(place.catalog, outlet.id),
        originals=originals(place.catalog, outlet.id),
        requisites=known_requisites(place.catalog, outlet.id),
    )
    progress(ProgressEvent("plan", 1, 1, f"{len(due)} known articles are due"))
    facts = CrawlFacts(outlet.id, crawl_id, started, after=crawl.log_tip)
    return Planned(facts, folder, len(due), recovered.recovered if recovered else ())


def _due(place: Place, outlet: Outlet, articles: list[Due], *, asked_anew: frozenset[str] | None) -> Iterator[Due]:
    """Yield articles, and sources with validators where "not modified" would mean that nothing on them is new.

    Not the sources that are `asked_anew`; None stands for all of them.
    """
    yield from articles
    if asked_anew is not None:
        for known in known_sources(place.catalog, outlet.id):
            if (known.etag or known.last_modified) and known.url not in asked_anew:
                yield Due(
                    url=known.url,
                    role=known.role,
                    purpose=Purpose.DISCOVER,
                    conditional=True,
                    etag=known.etag,
                    last_modified=known.last_modified,
                )


def _left_something(last: CrawlFound) -> bool:
    """Return whether the last crawl may have left unknown articles below listing pages that it did not follow."""
    result = last.report.get("result")
    return bool(result["next_thorough"]) if isinstance(result, dict) and "next_thorough" in result else True


def _was_thorough(place: Place, outlet: Outlet, since: datetime) -> bool:
    """Return whether a crawl that began since then walked every listing to its last page."""
    results = (crawl.report.get("result") for crawl in crawls(place.catalog, outlet.id, since=since))
    return any(isinstance(result, dict) and result.get("thorough", False) for result in results)


def _not_seen(last: CrawlFound) -> frozenset[str]:
    """Return the sources that the last crawl did not see to their end.

    Their first page may be in the archive all the same, with validators, and nothing on it was looked at: it could not
    be read, say, by that version of ours.
    """
    result = last.report.get("result")
    sources = result.get("sources", ()) if isinstance(result, dict) else ()
    return frozenset(source["url"] for source in sources if not source["ok"])


def user_agent(contact: str | None) -> str:
    """Return how we introduce ourselves to outlets.

    >>> user_agent("archive@example.org")
    'Palimpsest/0.1 (news archiving; +archive@example.org)'
    """
    version = ".".join(software().partition("/")[2].partition("+")[0].split(".")[:2])
    return f"Palimpsest/{version} (news archiving{f'; +{contact}' if contact else ''})"
