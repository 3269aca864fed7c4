"""`palimpsest status`: how the outlets of an archive are."""

from __future__ import annotations

import typer

from palimpsest.options import ArchiveOption, JsonOption, OutletOption


def status(archive: ArchiveOption = None, outlet: OutletOption = None, as_json: JsonOption = False) -> None:
    """Show how each outlet's last crawl went.

    Also what the archive holds of it, and what waits for somebody. Moments are in UTC.

    Exit code 1 means that the last crawl of an outlet failed, or missed what the outlet's file expects.

    Example: palimpsest status --json
    """
    from dataclasses import asdict

    from flows.steps.recover import spools_of
    from palimpsest.output import plain, print_json, print_table
    from palimpsest.place import place_of, settings_with
    from palimpsest.reports import when
    from storage.catalog.status import status as status_of

    place = place_of(settings_with(archive), outlet=outlet)
    found = status_of(place.catalog, outlet)
    if as_json:
        print_json(
            [
                {
                    **asdict(one),
                    "degraded": one.degraded,
                    "spools": [folder.name for folder in spools_of(place, one.outlet)],
                }
                for one in found
            ]
        )
    else:
        typer.echo(f"{place.archive.url} · archive {place.archive.id}")
        print_table(
            ("outlet", "last crawl", "how", "articles", "states", "changes", "missing", "captures", "waiting"),
            [
                (
                    one.outlet,
                    when(one.last_crawl.finished),
                    one.last_crawl.report.get("status", "cut off"),
                    f"{one.articles:,}",
                    f"{one.states:,}",
                    f"{one.changes:,}",
                    ", ".join(f"{kind} {count}" for kind, count in one.missing.items()),
                    f"{one.captures:,}",
                    ", ".join(
                        f"{count} {what}"
                        for what, count in (
                            ("to confirm", one.needs_confirming),
                            ("to re-read", one.needs_rereading),
                            ("spools on this machine", len(spools_of(place, one.outlet))),
                        )
                        if count
                    ),
                )
                for one in found
            ],
            empty=f"{outlet or 'No outlet'} has {'not ' if outlet else ''}been crawled into this archive yet.",
        )
        for one in found:
            for words in (*one.last_crawl.report.get("missed", ()), *one.last_crawl.report.get("warnings", ())):
                typer.echo(f"  {one.outlet}: {plain(str(words))}")
    if any(one.degraded for one in found):
        raise typer.Exit(1)
