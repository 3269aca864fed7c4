"""`palimpsest history`: one article's states, changes and absences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption

if TYPE_CHECKING:
    from storage.catalog.history import UrlHistory


def history(
    key_or_url: Annotated[str, typer.Argument(metavar="KEY-OR-URL", help="An article key, or the URL of an article.")],
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show everything the archive observed of one article, at every URL that shows it.

    URLs of one article key are variants of each other: their histories stand side by side and are never merged. Exit
    code 1: the archive knows no such article.

    Example: palimpsest history chinamil:cbf:16438812
    """
    from dataclasses import asdict

    from palimpsest.output import plain, print_json
    from palimpsest.place import place_of, settings_with
    from storage.catalog.history import history as history_of

    place = place_of(settings_with(archive))
    found = history_of(place.catalog, key_or_url)
    if as_json:
        print_json(None if found is None else asdict(found))
    elif found is not None:
        typer.echo(f"{found.article_key or '(no article key)'} · {found.outlet}")
        for url in found.urls:
            _show(url)
        for repost in found.reposts:
            typer.echo(f"\nRe-posted: {plain(repost.later_url)} has the text of {plain(repost.earlier_url)}")
    if found is None:
        if not as_json:
            typer.echo(
                f"The archive has never looked at {plain(key_or_url)} as an article. `palimpsest articles` lists those "
                "that it knows, with their URLs.",
                err=True,
            )
        raise typer.Exit(1)


def _show(url: UrlHistory) -> None:
    from palimpsest.changes_shown import difference, interval, standing
    from palimpsest.output import plain
    from palimpsest.reports import when

    looks = ", ".join(f"{shown} {count}" for shown, count in url.tallies.items())
    typer.echo(f"\n{plain(url.url)}\n  looks: {looks}")
    changes = {change.first_seen_after: change for change in url.changes}
    for number, state in enumerate(url.states, 1):
        change = changes.get(state.first_seen)
        if change is not None:
            typer.echo(f"  changed between {when(change.last_seen_before)} and {when(change.first_seen_after)}")
            for value in change.values:
                typer.echo(f"    {value.field}: {plain(difference(value))}")
        sure = "" if state.confirmed else ", seen whole once"
        typer.echo(
            f"  state {number}: {when(state.first_seen)} to {when(state.last_seen)}, "
            f"{state.sightings} sightings{sure}\n"
            f"    {plain(state.headline or '')}\n    {state.content_id} by {state.reader_id}"
        )
    for absence in url.absences:
        typer.echo(f"  {absence.kind}: {interval(absence)} ({plain(standing(absence))})")
