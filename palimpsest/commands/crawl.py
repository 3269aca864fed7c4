"""`palimpsest crawl`: one crawl, now, without a Prefect server."""

from __future__ import annotations

from typing import Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption


def crawl(
    outlet: Annotated[str, typer.Argument(help="The outlet's id: see `palimpsest outlets`.")],
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Fetch at most this many articles.")
    ] = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Crawl one outlet now, and commit what it sent.

    A crawl that was cut off before is recovered first. Ctrl-C stops: what was captured is kept, and the next crawl of
    the outlet commits it.

    Exit code 1: the crawl failed; its report is in the archive all the same.

    Example: palimpsest crawl chinamil --limit 20
    """
    import asyncio

    from config.outlet_file import load_outlets, pick_outlet
    from flows.steps.crawl import crawl as run
    from flows.steps.place import open_place
    from flows.steps.report import CrawlStatus
    from palimpsest.output import print_json
    from palimpsest.place import settings_with
    from palimpsest.progress import shown_progress
    from palimpsest.reports import print_report

    settings = settings_with(archive)
    chosen = pick_outlet(load_outlets(settings.outlets), outlet)
    place = open_place(settings, create=True)
    try:
        with shown_progress() as progress:
            report = asyncio.run(run(place, chosen, limit=limit, progress=progress))
    except KeyboardInterrupt:
        typer.echo("Stopped. What was captured is kept, and the next crawl of the outlet commits it.", err=True)
        raise typer.Exit(130) from None
    if as_json:
        print_json(report.to_json())
    else:
        print_report(report)
    if report.status is CrawlStatus.FAILED:
        raise typer.Exit(1)
