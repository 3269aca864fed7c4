"""What a crawl tells Prefect's automations: one event for the crawl, one for each thing that changed.

    palimpsest.crawl.finished | degraded | failed      resource palimpsest.outlet.<outlet>
                                                       (failed also where the flow raised and there is no report)
    palimpsest.article.changed | absent                resource palimpsest.outlet.<outlet>

Payloads are small: ids, URLs and names of fields, never text of an article.
"""

from __future__ import annotations

import uuid
from typing import Any

from prefect.events import emit_event

from flows.steps.report import CrawlReport, CrawlStatus

MOST_EVENTS = 500  # a template that changes overnight may change every article: the report has them all
LONGEST_ERROR = 1000
KINDS = {
    CrawlStatus.OK: "palimpsest.crawl.finished",
    CrawlStatus.DEGRADED: "palimpsest.crawl.degraded",
    CrawlStatus.FAILED: "palimpsest.crawl.failed",
}
_NAMESPACE = uuid.UUID("6c2a1f1e-6f0a-4f43-9d0b-0d8f4d6f3b58")


def emit_failure(outlet: str, run_id: str, error: Exception) -> None:
    """Send the event of a crawl that did not come to its report."""
    words = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
    _emit(outlet, run_id, KINDS[CrawlStatus.FAILED], "", {"crawl_id": None, "error": words})


def emit_events(report: CrawlReport) -> None:
    """Send the events of one crawl. Again sends the same events, which the server knows by their ids."""
    outlet, crawl_id = report.outlet, report.crawl_id
    _emit(
        outlet,
        crawl_id,
        KINDS[report.status],
        crawl_id,
        {
            "crawl_id": crawl_id,
            "counts": dict(report.counts),
            "missed": list(report.missed),
            "changes": len(report.changes),
            "absences": len(report.absences),
        },
    )
    for change in report.changes[:MOST_EVENTS]:
        payload = {
            "change_id": change.change_id,
            "url": change.url,
            "article_key": change.article_key,
            "fields": list(change.fields),
            "confirmed": change.confirmed,
        }
        _emit(outlet, crawl_id, "palimpsest.article.changed", change.change_id, payload)
    for absence in report.absences[:MOST_EVENTS]:
        payload = {
            "url": absence.url,
            "article_key": absence.article_key,
            "kind": absence.kind,
            "first_missing": absence.first_missing.isoformat(),
            "confirmed": absence.confirmed,
        }
        _emit(outlet, crawl_id, "palimpsest.article.absent", f"{crawl_id} {absence.url}", payload)


def _emit(outlet: str, work_id: str, kind: str, about: str, payload: dict[str, Any]) -> None:
    emit_event(
        kind,
        resource={"prefect.resource.id": f"palimpsest.outlet.{outlet}", "prefect.resource.name": outlet},
        payload=payload,
        id=uuid.uuid5(_NAMESPACE, f"{kind} {work_id} {about}"),
    )
