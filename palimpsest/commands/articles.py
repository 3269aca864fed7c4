"""`palimpsest articles`: what the archive holds."""

from __future__ import annotations

from typing import Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption, OutletOption


def articles(
    search: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="Only articles that said this, in any state.", show_default=False),
    ] = None,
    outlet: OutletOption = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="NAME", help="Among authors and editors.", show_default=False)
    ] = None,
    changed: Annotated[bool, typer.Option("--changed", help="Only articles with more than one state.")] = False,
    missing: Annotated[bool, typer.Option("--missing", help="Only articles that do not show themselves now.")] = False,
    since: Annotated[
        str | None, typer.Option("--since", metavar="WHEN", help="First seen since: 7d, or a date.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most this many.")] = 50,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """List articles, those first seen last at the top.

    Example: palimpsest articles "Indo-Pacific" --person "Huang Panyue" --limit 10
    """
    from dataclasses import asdict

    from palimpsest.output import print_json, print_table
    from palimpsest.place import place_of, settings_with
    from palimpsest.reports import when
    from palimpsest.since import moment
    from storage.catalog.articles import ArticleFilter, count_articles
    from storage.catalog.articles import articles as articles_of

    place = place_of(settings_with(archive))
    wanted = ArticleFilter(
        outlet=outlet,
        search=search,
        person=person,
        since=moment(since, place.clock.now(), "--since"),
        changed=True if changed else None,
        missing=True if missing else None,
    )
    found = articles_of(place.catalog, wanted, limit=limit)
    if as_json:
        print_json([asdict(article) for article in found])
        return
    print_table(
        ("published", "headline", "editors", "states", "last seen", "now", "url"),
        [
            (
                (article.published_at or "")[:16].replace("T", " "),
                article.headline,
                ", ".join(article.editors),
                article.states,
                when(article.last_seen),
                article.missing or "",
                article.url,
            )
            for article in found
        ],
        empty="No article of the archive is meant by that.",
    )
    if (total := count_articles(place.catalog, wanted)) > len(found):
        typer.echo(f"{len(found)} of {total:,}; --limit shows more.")
