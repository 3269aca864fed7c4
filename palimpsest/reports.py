"""A crawl's report in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import typer

from audit.changes_csv import IMAGE_REPLACED
from audit.found_words import how_alike
from crawlers.counts import counts_in_words
from flows.steps.report import CrawlReport
from palimpsest.output import Entry, plain, print_entries, print_table, to_terminal
from storage.instants import to_the_minute


def when(moment: datetime | None) -> str:
    """Return a moment to the minute, and nothing where there is none."""
    return "" if moment is None else to_the_minute(moment)


def print_report(report: CrawlReport) -> None:
    """Print what a crawl came to."""
    took = (report.finished - report.started).total_seconds()
    typer.echo(f"{report.outlet}: {report.status.value} · crawl {report.crawl_id} · {took:.1f} s")
    typer.echo(f"  {counts_in_words(report.counts)}")
    for crawl_id in report.recovered:
        typer.echo(f"  recovered {crawl_id}, which had been cut off")
    for words in (*report.missed, *report.warnings):
        typer.echo(f"  ! {plain(words)}")
    entries = list(_entries(report))
    if entries and to_terminal():
        typer.echo()
        print_entries(entries, apart=False)
    elif entries:
        print_table(("what", "article", "how", "url"), [(e.mark, e.heading, *e.lines) for e in entries], empty="")


def _entries(report: CrawlReport) -> Iterator[Entry]:
    yield from (Entry("new", headline, ("first seen in this crawl", url)) for url, headline in report.new)
    for change in report.changes:
        sure = "" if change.confirmed else " (seen once)"
        yield Entry("changed", change.headline, (f"in {', '.join(change.fields)}{sure}", change.url))
    for absence in report.absences:
        seen = f"last seen {when(absence.last_seen)}, first missing {when(absence.first_missing)}"
        sure = "" if absence.confirmed else ", not yet confirmed"
        yield Entry(absence.kind, absence.article_key, (f"{seen}{sure}", absence.url))
    for repost in report.reposts:
        yield Entry("re-posted", "", (f"{how_alike(repost.similarity)} as {repost.earlier}", repost.later))
    for image in report.images:
        yield Entry(IMAGE_REPLACED, image.headline, (f"other bytes under {image.image_url}", image.url))
