"""`palimpsest changes`: what was edited, what disappeared, what was posted again."""

from __future__ import annotations

from typing import Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption, OutletOption


def changes(
    since: Annotated[str, typer.Option("--since", metavar="WHEN", help="An age (7d, 36h) or a date.")] = "7d",
    outlet: OutletOption = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most this many of each kind.")] = 200,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what changed, disappeared or was re-posted.

    The newest is at the top. A change happened between the two moments that are given: nobody saw the moment itself.
    An absence is an observation and no claim: an article that is "unreachable" is not gone. Moments are in UTC.

    Example: palimpsest changes --since 2026-01-01 --outlet chinamil --json
    """
    from palimpsest.changes_shown import as_entries, to_json
    from palimpsest.output import print_entries, print_json, print_table, to_terminal
    from palimpsest.place import place_of, settings_with
    from palimpsest.since import moment
    from storage.catalog.absences import absences as absences_of
    from storage.catalog.changes import ChangeFilter
    from storage.catalog.changes import changes as changes_of
    from storage.catalog.reposts import reposts as reposts_of

    place = place_of(settings_with(archive))
    start = moment(since, place.clock.now(), "--since")
    changed = changes_of(place.catalog, ChangeFilter(outlet=outlet, since=start), limit=limit)
    absent = absences_of(place.catalog, outlet=outlet, since=start, limit=limit)
    reposted = reposts_of(place.catalog, outlet=outlet, since=start, limit=limit)
    if as_json:
        print_json(to_json(changed, absent, reposted))
        return
    entries = list(as_entries(changed, absent, reposted))
    if entries and to_terminal():
        print_entries(entries)
        return
    print_table(
        ("what", "article", "how", "when", "url"),
        [(entry.mark, entry.heading, *entry.lines) for entry in entries],
        empty=f"Nothing was observed to change since {since}. An older --since looks further back.",
    )
