"""`palimpsest history`: one article's states, changes and absences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from palimpsest.options import ArchiveOption, JsonOption

if TYPE_CHECKING:
    from storage.catalog.history import History, UrlHistory


def history(
    key_or_url: Annotated[str, typer.Argument(metavar="KEY-OR-URL", help="An article key, or the URL of an article.")],
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one article's states, changes and absences.

    All that the archive observed at every URL that shows the article, the oldest first, in UTC. URLs of one article key
    are variants of each other: their histories stand side by side and are never merged. Each change tells how much it
    weighs, what types of edits it holds, and whether the page as captured discloses it.

    Exit code 1: the archive knows no such article.

    Example: palimpsest history chinamil:cbf:16438812
    """
    from audit.found_words import same_text
    from palimpsest.output import plain, print_json
    from palimpsest.place import audited, place_of, settings_with
    from storage.catalog.history import history as history_of

    place = audited(place_of(settings_with(archive)))
    found = history_of(place.catalog, key_or_url)
    if as_json:
        print_json(None if found is None else _json(found))
    elif found is not None:
        typer.echo(f"{plain(found.article_key or '(no article key)')} · {found.outlet}")
        for url in found.urls:
            _show(url)
        for repost in found.reposts:
            typer.echo(f"\nRe-posted: {plain(repost.later_url)}, {plain(same_text(repost))}")
            if repost.similarity < 1:
                words = f"palimpsest diff {repost.later_url} --with {repost.earlier_url}"
                typer.echo(f"The edits between the two: {plain(words)}")
    if found is None:
        if not as_json:
            typer.echo(
                f"The archive has never looked at {plain(key_or_url)} as an article. `palimpsest articles` lists those "
                "that it knows, with their URLs.",
                err=True,
            )
        raise typer.Exit(1)


def _json(found: History) -> dict[str, Any]:
    from dataclasses import asdict

    from audit.found_words import change_json

    urls = [{**asdict(url), "changes": [change_json(change) for change in url.changes]} for url in found.urls]
    return {**asdict(found), "urls": urls}


def _show(url: UrlHistory) -> None:
    from audit.announcements import returns
    from audit.field_lines import lines_of
    from audit.found_words import interval, kind_of, standing, was_missing, weighed
    from config.words import counted
    from palimpsest.output import Entry, plain, print_entries
    from palimpsest.reports import when

    looks = ", ".join(f"{count:,} {shown}" for shown, count in url.tallies.items())
    typer.echo(f"\n{plain(url.url)}\nwhat our looks at it showed: {looks}")
    if url.stands_at is not None:
        typer.echo(
            f"redirects led to another spelling of it, at which the article was seen last: {plain(url.stands_at)}"
        )
    timed = []
    for number, state in enumerate(url.states, 1):
        until = "" if state.last_seen == state.first_seen else f" to {when(state.last_seen)}"
        sure = "" if state.confirmed else ", not confirmed by a second whole look"
        lines = (
            f"seen {when(state.first_seen)}{until}, {counted(state.sightings, 'time')}{sure}",
            f"read by {state.reader_id}{' (which is not the current reader)' if state.outdated else ''}, content id",
            state.content_id,
        )
        timed.append((state.first_seen, 1, Entry(f"state {number}", state.headline or "(no headline)", lines)))
    for change in url.changes:
        between = f"between {when(change.last_seen_before)} and {when(change.first_seen_after)}"
        timed.append(
            (change.first_seen_after, 0, Entry(kind_of(change), between, (*lines_of(change), weighed(change))))
        )
    timed += (
        (absence.first_missing, 0, Entry(str(absence.kind), interval(absence, when), (standing(absence),)))
        for absence in url.absences
    )
    timed += (
        (back.returned_at or back.last_missing, 0, Entry("returned", was_missing(back, when)))
        for back in returns(url.absences)
    )
    print_entries(entry for _, _, entry in sorted(timed, key=lambda item: item[:2]))
