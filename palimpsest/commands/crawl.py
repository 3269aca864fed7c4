"""`palimpsest crawl`: one crawl, now, without a Prefect server."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption


def crawl(
    outlet: Annotated[str, typer.Argument(metavar="OUTLET", help="The outlet's id: see `palimpsest outlets`.")],
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Fetch at most this many articles.")
    ] = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Crawl one outlet now, and commit what it sent.

    A crawl that was cut off before is recovered first. Ctrl-C stops in a few seconds, a second one at once: what was
    captured is kept, and the next crawl of the outlet commits it.

    Exit code 1: the crawl failed; its report is in the archive all the same.

    Example: palimpsest crawl chinamil --limit 20
    """
    from articles.outlet_check import against_readers
    from config.outlet_file import load_outlets, pick_outlet
    from flows.steps.crawl import crawl as run
    from flows.steps.place import open_place
    from flows.steps.report import CrawlStatus
    from palimpsest.interrupts import CODE, run_until_interrupted
    from palimpsest.output import print_json
    from palimpsest.place import settings_with
    from palimpsest.progress import shown_progress
    from palimpsest.reports import print_report

    settings = settings_with(archive)
    chosen = pick_outlet(load_outlets(settings.outlets, against_readers), outlet)
    place = open_place(settings, create=True)
    try:
        with shown_progress() as progress:
            report = run_until_interrupted(run(place, chosen, limit=limit, progress=progress), _tell_of_stopping)
    except KeyboardInterrupt:
        typer.echo(
            f"Stopped. What was captured is kept in {place.spool}; the next crawl of {outlet} commits it.", err=True
        )
        raise typer.Exit(CODE) from None
    if as_json:
        print_json(report.to_json())
    else:
        print_report(report)
    if report.status is CrawlStatus.FAILED:
        raise typer.Exit(1)


def _tell_of_stopping() -> None:
    # Not typer.echo, which goes past the bars' own way to standard error: they would be drawn over it.
    sys.stderr.write("Stopping: what is under way gets a few seconds. Ctrl-C again ends it at once.\n")
