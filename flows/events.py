"""What a crawl tells Prefect's automations: one event for the crawl, one for each thing that it announces.

    palimpsest.crawl.finished | degraded | failed      resource palimpsest.outlet.<outlet>
                                                       (failed also where the flow raised and there is no report)
    palimpsest.change.found                            resource palimpsest.article.<article key, else URL>,
    palimpsest.absence.found | ended                   related to palimpsest.outlet.<outlet> in the role `outlet`
    palimpsest.repost.found                            (changes alike in many articles are one event, of the heaviest)
    palimpsest.image.replaced
    palimpsest.alarm.raised                            resource palimpsest.outlet.<outlet>, and related to it, too

Payloads are small: ids, URLs and words of our own, never text of an article. What an automation can choose by stands in
labels of the resource too, since Prefect's triggers see those alone.
"""

from __future__ import annotations

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from prefect.events import emit_event
from prefect.events.worker import EventsWorker

from flows.steps.report import CrawlReport, CrawlStatus
from storage.announced import AnnouncedKind, AnnouncedRow

MOST_EVENTS = 500  # a template that changes overnight may change every article: the archive's log has them all
LONGEST_ERROR = 1000
PATIENCE_SECONDS = 60.0
KINDS = {
    CrawlStatus.OK: "palimpsest.crawl.finished",
    CrawlStatus.DEGRADED: "palimpsest.crawl.degraded",
    CrawlStatus.FAILED: "palimpsest.crawl.failed",
}
FOUND = {
    AnnouncedKind.CHANGE: "palimpsest.change.found",
    AnnouncedKind.ALIKE: "palimpsest.change.found",
    AnnouncedKind.ABSENCE: "palimpsest.absence.found",
    AnnouncedKind.RETURN: "palimpsest.absence.ended",
    AnnouncedKind.REPOST: "palimpsest.repost.found",
    AnnouncedKind.IMAGE: "palimpsest.image.replaced",
    AnnouncedKind.ALARM: "palimpsest.alarm.raised",
}
_MAJOR = "major"
MOST_LISTED = 100  # articles that one event lists: the archive's log has them all
_JUDGED = ("weight", "disclosure", "undisclosed")
_TOLD = {
    AnnouncedKind.CHANGE: ("change_id", "findings_id", *_JUDGED),
    AnnouncedKind.ALIKE: ("articles", "change_id", "findings_id", *_JUDGED),
    AnnouncedKind.ABSENCE: ("shown",),
    AnnouncedKind.RETURN: ("shown",),
    AnnouncedKind.REPOST: ("earlier_url", "similar"),
    AnnouncedKind.IMAGE: ("image_url", "old_digest", "new_digest"),
    AnnouncedKind.ALARM: ("articles", "looked_at"),
}
_SENDER = logging.getLogger(EventsWorker.__name__)
_NAMESPACE = uuid.UUID("6c2a1f1e-6f0a-4f43-9d0b-0d8f4d6f3b58")


def emit_failure(outlet: str, run_id: str, error: Exception) -> None:
    """Send the event of a crawl that did not come to its report."""
    words = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
    _emit(KINDS[CrawlStatus.FAILED], _outlet(outlet), {"crawl_id": None, "error": words}, run_id)


def emit_finished(report: CrawlReport) -> None:
    """Send the event of one crawl. Again sends the same event, which the server knows by its id."""
    payload = {
        "crawl_id": report.crawl_id,
        "counts": dict(report.counts),
        "missed": list(report.missed),
        "changes": len(report.changes),
        "absences": len(report.absences),
    }
    _emit(KINDS[report.status], _outlet(report.outlet), payload, report.crawl_id)


def emit_found(outlet: str, rows: Iterable[AnnouncedRow]) -> None:
    """Send an event for each line that tells something new, and wait until they are sent.

    More than `MOST_EVENTS` are not sent; alarms and major changes come first. Changes that are alike in many articles
    are one event, which lists them; so is a change that several URLs of its article show. An event's id follows from
    its line's alone: whoever is told twice sees the same id, and the server keeps it once.
    """
    rows = list(rows)
    members: dict[str, list[AnnouncedRow]] = defaultdict(list)
    for row in rows:
        if row.repeats is not None:
            members[row.repeats].append(row)
    news = sorted((row for row in rows if row.repeats is None), key=_urgency)
    for row in news[:MOST_EVENTS]:
        resource, related = _article(row), [_outlet(outlet, role="outlet")]
        if row.kind is AnnouncedKind.ALARM:
            resource = _outlet(outlet)
        labels = {f"palimpsest.{name}": value for name, value in _labels(row).items() if value is not None}
        _emit(FOUND[row.kind], {**resource, **labels}, _payload(outlet, row, members[row.id]), row.id, related)
    if news:
        # Prefect sends them from a thread of its own. What is committed as told should be on its way at least.
        _SENDER.addFilter(_is_news)  # twice is once
        EventsWorker.drain_all(timeout=PATIENCE_SECONDS, at_exit=False)


def _is_news(record: logging.LogRecord) -> bool:
    """Leave out what Prefect warns of as soon as one waits: that there is something to wait for."""
    return not record.getMessage().startswith("Still processing items")


def _urgency(row: AnnouncedRow) -> tuple[bool, bool]:
    return row.kind is not AnnouncedKind.ALARM, row.weight != _MAJOR


def _article(row: AnnouncedRow) -> dict[str, str]:
    named = row.article_key or row.url
    return {"prefect.resource.id": f"palimpsest.article.{named}", "prefect.resource.name": named}


def _labels(row: AnnouncedRow) -> dict[str, str | None]:
    return {
        "weight": row.weight,
        "disclosure": row.disclosure,
        "undisclosed": None if row.undisclosed is None else str(row.undisclosed).lower(),
        "shown": row.shown,
        "articles": None if row.articles is None else str(row.articles),
        **{f"type.{found.replace(' ', '-')}": "true" for found in row.types},
    }


def _payload(outlet: str, row: AnnouncedRow, members: Sequence[AnnouncedRow]) -> dict[str, Any]:
    about: dict[str, Any] = {
        "id": row.id,
        "outlet": outlet,
        "url": row.url,
        "article_key": row.article_key,
        "after": None if row.after is None else row.after.isoformat(),
        "at": row.at.isoformat(),
    }
    about |= {name: getattr(row, name) for name in _TOLD[row.kind]}
    if row.kind in (AnnouncedKind.CHANGE, AnnouncedKind.ALIKE):
        about["types"] = list(row.types)
    if row.kind is AnnouncedKind.ALIKE or members:
        about["listed"] = [{"url": one.url, "change_id": one.change_id} for one in members[:MOST_LISTED]]
    return about


def _outlet(outlet: str, *, role: str | None = None) -> dict[str, str]:
    named = {"prefect.resource.id": f"palimpsest.outlet.{outlet}", "prefect.resource.name": outlet}
    return named if role is None else {**named, "prefect.resource.role": role}


def _emit(
    kind: str,
    resource: dict[str, str],
    payload: dict[str, Any],
    about: str,
    related: list[dict[str, str]] | None = None,
) -> None:
    emit_event(kind, resource=resource, payload=payload, id=uuid.uuid5(_NAMESPACE, f"{kind} {about}"), related=related)
