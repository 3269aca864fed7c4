"""The last step: the readings, the crawl's log and its report are committed, and the spool goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from audit.edit import Weight
from audit.upkeep import bring_up_to_date
from config.outlet import Outlet
from crawlers.result import unseen_in_words
from crawlers.spool import Spool
from flows.steps.capture import CaptureReport
from flows.steps.commit_readings import commit_readings, store_log
from flows.steps.expectations import missed_expectations
from flows.steps.place import Place
from flows.steps.plan import Planned
from flows.steps.progress import Progress, ProgressEvent, silent
from flows.steps.read import ReadReport
from flows.steps.report import AbsenceLine, ChangeLine, CrawlReport, CrawlStatus, ImageLine, RepostLine
from storage.catalog.absences import absences
from storage.catalog.articles import ArticleFilter, articles, first_seen_between, unknown_keys, was_seen_before
from storage.catalog.changes import ChangeFilter, changes
from storage.catalog.disappeared import disappeared
from storage.catalog.images import replaced_images
from storage.catalog.reposts import reposts
from storage.exchange import Outcome

FAILURES = frozenset(outcome.value for outcome in Outcome) - {
    Outcome.RESPONSE.value,
    Outcome.REVISIT.value,
    Outcome.ROBOTS.value,  # a "no" that we obey is no failure
}
DAY = timedelta(days=1)


def finish(
    place: Place,
    outlet: Outlet,
    planned: Planned,
    captured: CaptureReport,
    read: ReadReport,
    progress: Progress = silent,
) -> CrawlReport:
    """Commit what is left of the crawl and return its report. Also a crawl that failed leaves its report here."""
    status, missed, warnings = _judged(place, outlet, planned, captured, read)
    finished = place.clock.now()
    result = captured.result
    # What only reading tells (soft-404s with status 200) is in the catalog from the next crawl on.
    lost = disappeared(place.catalog, outlet.id, finished)
    alarm = lost if lost.is_alarming(outlet.expectations.max_disappeared_share) else None
    warnings = (*((str(alarm),) if alarm else ()), *warnings)
    kept: dict[str, Any] = {
        "status": status.value,
        "complete": result is not None and result.complete,
        "missed": list(missed),
        "warnings": list(warnings),
        "result": result.to_json() if result else None,
        "exit_code": captured.exit_code,
        **(alarm.to_json() if alarm else {}),
    }
    counts = _counts(captured, read)
    commit_readings(
        place,
        outlet,
        planned.facts,
        read.waiting,
        listings=read.listings,
        others=store_log(place, planned.facts, planned.folder),
        counts=counts,
        report=kept,
    )
    place.catalog.sync(place.archive, [outlet.id])
    spool = Spool(planned.folder)
    spool.discard({warc.name for warc in spool.sealed()})
    bring_up_to_date(place.catalog, lambda stage, done, total: progress(ProgressEvent(stage, done, total)))
    report = _report(place, planned, status, finished, counts, missed, warnings)
    progress(ProgressEvent("finish", 1, 1, status.value))
    return report


def _judged(
    place: Place, outlet: Outlet, planned: Planned, captured: CaptureReport, read: ReadReport
) -> tuple[CrawlStatus, tuple[str, ...], tuple[str, ...]]:
    result = captured.result
    warnings = [*read.warnings, *read.unreadable]
    if captured.unreadable is not None:
        return CrawlStatus.FAILED, (captured.unreadable,), tuple(warnings)
    if result is None:
        cut = "it was cut off at the deadline" if captured.late else f"its process ended with {captured.exit_code}"
        return CrawlStatus.FAILED, (f"the crawl wrote no result: {cut}{_last_words(planned)}",), tuple(warnings)
    warnings += [*result.incomplete, *result.warnings, *result.errors]
    if not any(source.ok for source in result.sources):
        said, *_ = unseen_in_words(result.sources) or ["no source was reached"]
        others = tuple(words for words in warnings if words != said)
        return CrawlStatus.FAILED, (f"no source of the outlet could be read: {said}",), others
    missed = missed_expectations(
        outlet,
        articles=read.articles,
        filled=read.filled,
        new_in_a_day=_new_in_a_day(place, outlet, read),
        attempted=sum(result.outcomes.values()),
        failed=sum(count for outcome, count in result.outcomes.items() if outcome in FAILURES),
    )
    degraded = bool(missed) or not result.complete or bool(result.errors) or bool(read.unreadable)
    return CrawlStatus.DEGRADED if degraded else CrawlStatus.OK, missed, tuple(dict.fromkeys(warnings))


def _last_words(planned: Planned) -> str:
    """Return the last line that the child wrote to its standard error, which says why it died if anything does."""
    try:
        lines = (planned.folder / "child.err").read_text(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return f": {lines[-1][:300]}" if lines else ""


def _new_in_a_day(place: Place, outlet: Outlet, read: ReadReport) -> int | None:
    """Count the articles of the last 24 hours; None while the archive has not watched the outlet for so long.

    What this crawl read is not yet in the catalog, except for full tables of it.
    """
    now = place.clock.now()
    if not was_seen_before(place.catalog, outlet.id, now - DAY):
        return None
    before = first_seen_between(place.catalog, outlet.id, now - DAY, now)
    return before + len(unknown_keys(place.catalog, outlet.id, read.keys))


def _counts(captured: CaptureReport, read: ReadReport) -> dict[str, int]:
    result = captured.result
    counts: dict[str, int] = {"exchanges": result.exchanges, "bytes": result.bytes} if result else {}
    counts |= {f"articles {look}": count for look, count in (result.looks if result else {}).items()}
    counts |= {f"read: {outcome}": count for outcome, count in read.outcomes.items()}
    counts["warcs"] = captured.warcs
    return counts


def _report(
    place: Place,
    planned: Planned,
    status: CrawlStatus,
    finished: datetime,
    counts: Mapping[str, int],
    missed: tuple[str, ...],
    warnings: tuple[str, ...],
) -> CrawlReport:
    facts = planned.facts
    catalog, outlet, since = place.catalog, facts.outlet_id, facts.started
    return CrawlReport(
        outlet=outlet,
        crawl_id=planned.crawl_id,
        status=status,
        started=facts.started,
        finished=finished,
        counts=dict(counts),
        missed=missed,
        warnings=warnings,
        new=tuple(
            (found.url, found.headline or "") for found in articles(catalog, ArticleFilter(outlet=outlet, since=since))
        ),
        changes=tuple(
            ChangeLine(
                change_id=found.change_id,
                url=found.url,
                article_key=found.article_key or "",
                headline=found.headline or "",
                fields=found.fields,
                last_seen_before=found.last_seen_before,
                first_seen_after=found.first_seen_after,
                confirmed=found.confirmed,
                weight=None if found.weight is None else str(Weight(found.weight)),
                types=found.types or (),
                disclosure=found.disclosure,
                undisclosed=found.undisclosed,
            )
            for found in changes(catalog, ChangeFilter(outlet=outlet, since=since))
        ),
        absences=tuple(
            AbsenceLine(
                url=found.url,
                article_key=found.article_key or "",
                kind=found.kind.value,
                last_seen=found.last_seen,
                first_missing=found.first_missing,
                confirmed=found.confirmed,
            )
            for found in absences(catalog, outlet=outlet, since=since)
            if found.last_missing >= since  # else this crawl saw the article again
        ),
        reposts=tuple(
            RepostLine(found.later_url, found.earlier_url, found.similarity)
            for found in reposts(catalog, outlet=outlet, since=since)
        ),
        images=tuple(
            ImageLine(found.url, found.headline or "", found.image_url, found.last_seen_before, found.first_seen_after)
            for found in replaced_images(catalog, outlet=outlet, since=since)
        ),
        recovered=planned.recovered,
    )
