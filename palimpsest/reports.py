"""A crawl's report in the terminal."""

from __future__ import annotations

from datetime import datetime

import typer

from flows.steps.report import CrawlReport
from palimpsest.output import plain, print_table


def when(moment: datetime | None) -> str:
    """Return a moment as people read it, in UTC to the minute.

    >>> from datetime import UTC
    >>> when(datetime(2026, 1, 23, 7, 59, 34, tzinfo=UTC))
    '2026-01-23 07:59Z'
    """
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%MZ}"


def print_report(report: CrawlReport) -> None:
    """Print what a crawl came to."""
    took = (report.finished - report.started).total_seconds()
    typer.echo(f"{report.outlet}: {report.status.value} · crawl {report.crawl_id} · {took:.1f} s")
    typer.echo("  " + " · ".join(f"{name} {count:,}" for name, count in report.counts.items() if count))
    for crawl_id in report.recovered:
        typer.echo(f"  recovered {crawl_id}, which had been cut off")
    for words in (*report.missed, *report.warnings):
        typer.echo(f"  ! {plain(words)}")
    rows: list[tuple[str, ...]] = [("new", headline, "", url) for url, headline in report.new]
    for change in report.changes:
        what = ", ".join(change.fields) + ("" if change.confirmed else " (seen once)")
        rows.append(("changed", change.headline, what, change.url))
    for absence in report.absences:
        what = f"last seen {when(absence.last_seen)}, first missing {when(absence.first_missing)}"
        kind = absence.kind if absence.confirmed else f"{absence.kind} (to be confirmed)"
        rows.append((kind, absence.article_key, what, absence.url))
    rows += [("re-posted", "", f"same text as {earlier}", later) for later, earlier in report.reposts]
    if rows:
        print_table(("what", "article", "how", "url"), rows, empty="")
