"""`palimpsest articles`: what the archive holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption, OutletOption

if TYPE_CHECKING:
    from palimpsest.output import Entry
    from storage.catalog.articles import ArticleFound


def articles(
    search: Annotated[
        str | None,
        typer.Argument(metavar="TEXT", help="Only articles that said this, in any state.", show_default=False),
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
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most this many.")] = 50,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """List and search the articles of the archive.

    Those that were first seen last are at the top. "Published" is what the page prints, in its own time zone; "last
    seen" is ours, in UTC.

    Example: palimpsest articles "Indo-Pacific" --person "Huang Panyue" --limit 10
    """
    from dataclasses import asdict

    from palimpsest.output import print_entries, print_json, print_table, to_terminal
    from palimpsest.place import place_of, settings_with
    from palimpsest.reports import when
    from palimpsest.since import moment
    from storage.catalog.articles import ArticleFilter, count_articles
    from storage.catalog.articles import articles as articles_of

    place = place_of(settings_with(archive), outlet=outlet)
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
    if found and to_terminal():
        print_entries(map(_entry, found))
    else:
        print_table(
            ("published", "headline", "editors", "states", "last seen", "now", "url"),
            [
                (
                    article.published_at,
                    article.headline,
                    ", ".join(article.editors),
                    article.states,
                    when(article.last_seen),
                    article.missing or "shown",
                    article.url,
                )
                for article in found
            ],
            empty="No article of the archive is meant by that.",
        )
    if (total := count_articles(place.catalog, wanted)) > len(found):
        typer.echo(f"\n{len(found)} of {total:,} articles; --limit shows more.", err=not to_terminal())


def _entry(article: ArticleFound) -> Entry:
    from config.words import counted
    from palimpsest.output import Entry
    from palimpsest.reports import when

    mark = str(article.missing) if article.missing else "changed" if article.changes else "shown"
    at = article.published_at
    published = f"published {at[:10]} {at[11:16]}{at[19:]}" if at else "no date of its own"
    people = ", ".join(article.editors)
    facts = (
        published,
        f"editor {people}" if people else "",
        counted(article.states, "state"),
        f"last seen {when(article.last_seen)}",
    )
    return Entry(mark, article.headline or "(no headline)", (" · ".join(filter(None, facts)), article.url))
