"""`palimpsest feed`: what was found, as files for feed readers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption

ALL = "all"


def feed(
    outlet: Annotated[
        str | None, typer.Argument(metavar="OUTLET", help="Only this outlet's; else every outlet's, and all in one.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder that a web server serves.")] = Path(
        "feeds"
    ),
    since: Annotated[str, typer.Option("--since", metavar="WHEN", help="How far back: an age or a date.")] = "30d",
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most this many entries a feed.")] = 500,
    url: Annotated[
        str | None,
        typer.Option(
            "--url", metavar="URL", help="Where the folder will be found; it stands in the feeds.", show_default=False
        ),
    ] = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write Atom and JSON Feed files of what was found.

    <outlet>.atom and <outlet>.json for each outlet, all.atom and all.json over all. A file is replaced in one step, and
    left alone where nothing is new. Cosmetic changes of a day are one entry, and so are pages that could not be looked
    at. Entries keep their ids for ever.

    Example: palimpsest feed --out /srv/www/feeds --url https://archive.example.org/feeds
    """
    from datetime import UTC

    from audit.feeds import FeedHead, atom, entry_id, json_feed
    from audit.found_entries import newest_entries
    from config.words import counted
    from palimpsest.feed_files import FeedNotWritten, write_feed
    from palimpsest.output import plain, print_json
    from palimpsest.place import audited, place_of, settings_with
    from palimpsest.since import moment

    base = None if url is None else _folder_address(url)
    place = audited(place_of(settings_with(archive), outlet=outlet))
    known = place.archive.outlets()
    if outlet is None and ALL in known:
        raise FeedNotWritten(f"an outlet is called {ALL}, as the feed of all is; ask for the outlets one by one.")
    start = moment(since, place.clock.now(), "--since")
    assert start is not None  # it has a default
    start = start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    feeds: dict[str, str | None] = {outlet: outlet} if outlet else {**{name: name for name in known}, ALL: None}
    written = []
    for name, of in feeds.items():
        found = newest_entries(place.catalog, of, start, limit)
        title = f"{of or 'Palimpsest'}: what changed"
        for suffix, format_of in (("atom", atom), ("json", json_feed)):
            address = None if base is None else f"{base}/{name}.{suffix}"
            head = FeedHead(entry_id("feed", place.archive.id, name), title, address)
            written.append((write_feed(out, f"{name}.{suffix}", format_of(head, found)), len(found)))
    if as_json:
        files = [{"path": str(file.path), "entries": count, "changed": file.changed} for file, count in written]
        print_json({"files": files})
        return
    for file, count in written:
        before = "" if file.changed else ", as before"
        typer.echo(f"{plain(str(file.path))}: {counted(count, 'entry', 'entries')}{before}")


def _folder_address(url: str) -> str:
    from config.outlet import page_address

    try:
        if "?" in url:
            raise ValueError(f"{url!r} is a page's address with a query, and no folder's")
        return page_address(url).rstrip("/")
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--url") from error
