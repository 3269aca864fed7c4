"""`palimpsest status`: how the outlets of an archive are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from palimpsest.options import ArchiveOption, JsonOption, OutletOption

if TYPE_CHECKING:
    from pathlib import Path

    from config.outlet import Outlet
    from storage.catalog.status import OutletStatus

COLUMNS = ("outlet", "last crawl", "how", "articles", "states", "changes", "missing", "captures", "waiting")


def status(archive: ArchiveOption = None, outlet: OutletOption = None, as_json: JsonOption = False) -> None:
    """Show how each outlet's last crawl went.

    Also what the archive holds of it, and what waits for somebody. Moments are in UTC.

    Exit code 1 means that the last crawl of an outlet failed, or missed what the outlet's file expects, or that a crawl
    was due by the file's schedule two hours ago or more and has not come.

    Example: palimpsest status --json
    """
    from dataclasses import asdict

    from flows.steps.recover import spools_of
    from palimpsest.output import plain, print_json, print_table
    from palimpsest.place import place_of, settings_with
    from storage.catalog.status import status as status_of

    settings = settings_with(archive)
    place = place_of(settings, outlet=outlet)
    found = status_of(place.catalog, outlet)
    overdue = _overdue(found, _described(settings.outlets), place.clock.now())
    spools = {one.outlet: [folder.name for folder in spools_of(place, one.outlet)] for one in found}
    if as_json:
        print_json(
            [
                {
                    **asdict(one),
                    "degraded": one.degraded,
                    "overdue_since": overdue.get(one.outlet),
                    "spools": spools[one.outlet],
                }
                for one in found
            ]
        )
    else:
        typer.echo(f"{place.archive.url} · archive {place.archive.id}")
        print_table(
            COLUMNS,
            [_cells(one, one.outlet in overdue, len(spools[one.outlet])) for one in found],
            empty=f"{outlet or 'No outlet'} has {'not ' if outlet else ''}been crawled into this archive yet.",
        )
        for one in found:
            for words in _words(one, overdue.get(one.outlet)):
                typer.echo(f"  {one.outlet}: {plain(words)}")
    if overdue or any(one.degraded for one in found):
        raise typer.Exit(1)


def _described(folder: Path) -> Mapping[str, Outlet]:
    """Return the outlets with a file. How an archive is can be asked where no file, or a broken one, describes it."""
    from config.errors import ConfigError
    from config.outlet_file import load_outlets
    from palimpsest.output import plain

    try:
        return load_outlets(folder)
    except ConfigError as wrong:
        reason, *_ = str(wrong).splitlines()
        typer.echo(plain(f"What is due is not known: {reason.rstrip(':')} (palimpsest outlets)"), err=True)
        return {}


def _overdue(found: list[OutletStatus], described: Mapping[str, Outlet], now: datetime) -> dict[str, datetime]:
    """Return since when a crawl is overdue, by outlet; not of outlets that no file describes."""
    return {
        one.outlet: since
        for one in found
        if one.outlet in described and (since := one.overdue_since(described[one.outlet], now))
    }


def _cells(one: OutletStatus, is_overdue: bool, spools: int) -> tuple[str, ...]:
    from palimpsest.reports import when

    waiting = (
        ("to confirm", one.needs_confirming),
        ("to re-read", one.needs_rereading),
        ("spools on this machine", spools),
    )
    # No report: who looks from another machine can't tell a crawl that runs from one that died.
    how = str(one.last_crawl.report.get("status", "under way or cut off"))
    return (
        one.outlet,
        when(one.last_crawl.finished),
        f"{how}, overdue" if is_overdue else how,
        f"{one.articles:,}",
        f"{one.states:,}",
        f"{one.changes:,}",
        ", ".join(f"{kind} {count}" for kind, count in one.missing.items()),
        f"{one.captures:,}",
        ", ".join(f"{count} {what}" for what, count in waiting if count),
    )


def _words(one: OutletStatus, overdue_since: datetime | None) -> Iterator[str]:
    from palimpsest.reports import when

    if overdue_since:
        yield f"a crawl was due {when(overdue_since)} and has not come"
    for kind in ("missed", "warnings"):
        yield from map(str, one.last_crawl.report.get(kind, ()))
