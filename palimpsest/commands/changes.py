"""`palimpsest changes`: what was edited, what disappeared, what was posted again."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palimpsest.options import ArchiveOption, JsonOption, OutletOption

if TYPE_CHECKING:
    from palimpsest.changes_listed import Listed
    from storage.catalog.catalog import Catalog
    from storage.catalog.changes import ChangeFilter


_NAMES = {"reposts": "re-posts", "images": "replaced images"}


class ChangesFormat(StrEnum):
    """How the list is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    ATOM = "atom"
    JSONFEED = "jsonfeed"


class Sort(StrEnum):
    """What comes first: the newest or the heaviest."""

    TIME = "time"
    WEIGHT = "weight"


def changes(
    since: Annotated[str, typer.Option("--since", metavar="WHEN", help="An age (7d, 36h) or a date.")] = "7d",
    outlet: OutletOption = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--type", metavar="TYPE", help="Only edits of this type (number, headline, …); may be given again."
        ),
    ] = None,
    min_weight: Annotated[
        str | None,
        typer.Option(
            "--min-weight", metavar="WEIGHT", help="cosmetic, minor, substantive or major.", show_default=False
        ),
    ] = None,
    undisclosed: Annotated[
        bool, typer.Option("--undisclosed", help="Only what the page as captured does not tell its readers.")
    ] = False,
    show_all: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Every change in a line of its own: cosmetic ones, those alike in many articles, and those that"
            " several URLs of one article show.",
        ),
    ] = False,
    sort: Annotated[Sort, typer.Option("--sort", help="The newest or the heaviest first.")] = Sort.TIME,
    written: Annotated[ChangesFormat, typer.Option("--format", help="How it is written.")] = ChangesFormat.TABLE,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most this many of each kind.")] = 200,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what changed, disappeared or was re-posted.

    The newest is at the top. A change happened between the two moments that are given: nobody saw the moment itself.
    "Not disclosed on the page as captured" says what the page showed us, and no more than that. An absence is an
    observation and no claim: an article that is "unreachable" is not gone. Moments are in UTC.

    An alarm is at the top: many articles of an outlet were no longer found within a week. How many of them have been
    seen again since is said; feeds have alarms that were announced.

    --type, --min-weight and --undisclosed ask about edits, so that absences, re-posts and images are left out; but
    --type "image replaced" lists images with other bytes under the same address.

    Example: palimpsest changes --since 2026-01-01 --outlet chinamil --json

    Example: palimpsest changes --since 30d --type number --type "quoted words" --undisclosed --sort weight

    Example: palimpsest changes --since 30d --format csv > changes.csv

    Example: palimpsest changes --undisclosed --format atom > undisclosed.atom
    """
    from dataclasses import replace

    from audit.alike import alike
    from audit.at_several_urls import at_several_urls
    from audit.changes_csv import CSV_COLUMNS, csv_rows
    from audit.feeds import FeedHead, atom, entry_id, json_feed
    from audit.found_entries import entries_of
    from audit.found_words import to_json
    from palimpsest.changes_listed import listed
    from palimpsest.output import print_csv, print_json
    from palimpsest.place import audited, place_of, settings_with
    from palimpsest.since import moment
    from palimpsest.words import edit_types, weight
    from storage.catalog.absences import absences as absences_of
    from storage.catalog.announced import announced_alarms
    from storage.catalog.changes import ChangeFilter, Order, count_changes
    from storage.catalog.changes import changes as changes_of
    from storage.catalog.disappeared import alarms
    from storage.catalog.images import replaced_images
    from storage.catalog.reposts import reposts as reposts_of

    if as_json and written not in (ChangesFormat.TABLE, ChangesFormat.JSON):
        raise typer.BadParameter(f"it asks for {written}, and --json for JSON", param_hint="--format")
    asked = ChangeFilter(
        outlet=outlet,
        types=edit_types(kinds, "--type"),
        min_weight=weight(min_weight, "--min-weight"),
        undisclosed=True if undisclosed else None,
    )
    about_edits = asked != ChangeFilter(outlet=outlet)
    place = audited(place_of(settings_with(archive), outlet=outlet))
    start = moment(since, place.clock.now(), "--since")
    asked = replace(asked, since=start)
    as_table = written is ChangesFormat.TABLE and not as_json
    groups_them = as_table and not show_all
    folds = groups_them and asked.min_weight is None
    one_more = limit + 1  # tells whether there are more
    meant = replace(asked, cosmetic=False) if folds else asked
    found = changes_of(place.catalog, meant, order=Order(sort.value), limit=one_more)
    absent = [] if about_edits else absences_of(place.catalog, outlet=outlet, since=start, limit=one_more)
    reposted = [] if about_edits else reposts_of(place.catalog, outlet=outlet, since=start, limit=one_more)
    images = replaced_images(place.catalog, outlet=outlet, since=start, limit=one_more) if asked.images_too else []
    lists: dict[str, list[Any]] = {"changes": found, "absences": absent, "reposts": reposted, "images": images}
    more = [name for name, of_kind in lists.items() if len(of_kind) > limit]
    for of_kind in lists.values():
        del of_kind[limit:]
    raised = [] if about_edits else alarms(place.catalog, outlet=outlet, since=start)
    if as_table:
        folded = count_changes(place.catalog, replace(asked, cosmetic=True)) if folds else 0
        groups = alike(place.catalog, found) if groups_them else ()
        several = at_several_urls(place.catalog, found) if groups_them else ()
        empty = "No change" if about_edits else "Nothing but cosmetic changes" if folded else "Nothing"
        _print_table(
            listed(found, absent, reposted, images, raised, groups, several, by_weight=sort is Sort.WEIGHT),
            empty=f"{empty} was observed {'to be like that' if about_edits else 'to change'} since {since}."
            " An older --since looks further back.",
        )
        _tell_the_rest(place.catalog, asked, folded, about_edits=about_edits)
    elif written is ChangesFormat.CSV:
        print_csv(CSV_COLUMNS, csv_rows(found, absent, reposted, images, raised, alike(place.catalog, found)))
    elif written in (ChangesFormat.ATOM, ChangesFormat.JSONFEED) and not as_json:
        head = FeedHead(entry_id("changes", place.archive.id, outlet or ""), f"{outlet or 'Palimpsest'}: what changed")
        form = atom if written is ChangesFormat.ATOM else json_feed
        told = [] if about_edits else announced_alarms(place.catalog, outlet=outlet, since=start)
        typer.echo(form(head, entries_of(place.catalog, found, absent, reposted, images, alarms=told)), nl=False)
    else:
        groups = alike(place.catalog, found)
        print_json(to_json(found, absent, reposted, images, raised, alike=groups, more=more))
    _tell_what_is_cut_off(place.catalog, meant, more, limit)


def _print_table(lines: list[Listed], *, empty: str) -> None:
    from palimpsest.changes_listed import COLUMNS
    from palimpsest.output import print_entries, print_table, to_terminal

    if lines and to_terminal():
        print_entries(line.entry for line in lines)
    else:
        print_table(COLUMNS, [line.cells for line in lines], empty=empty)


def _tell_what_is_cut_off(catalog: Catalog, meant: ChangeFilter, more: list[str], limit: int) -> None:
    """Say on standard error, whatever the format, of which kinds there are more than the limit let through."""
    from storage.catalog.changes import count_changes

    for kind in more:
        of_all = f"{limit:,} of {count_changes(catalog, meant):,}" if kind == "changes" else f"{limit:,} of more"
        typer.echo(f"{of_all} {_NAMES.get(kind, kind)}; --limit shows more.", err=True)


def _tell_the_rest(catalog: Catalog, asked: ChangeFilter, folded: int, *, about_edits: bool) -> None:
    """Say what is folded, and what could not be compared and is not among what was asked for."""
    from config.words import counted
    from palimpsest.output import to_terminal
    from storage.catalog.changes import ChangeFilter, count_changes

    failed = 0
    if about_edits:
        failed = count_changes(catalog, ChangeFilter(outlet=asked.outlet, since=asked.since, failed=True))
    notes = (
        f"{counted(folded, 'cosmetic change')} folded; --all shows {'it' if folded == 1 else 'them'}."
        if folded
        else "",
        f"{counted(failed, 'change')} could not be compared; `palimpsest changes` without conditions tells why."
        if failed
        else "",
    )
    for note in filter(None, notes):
        typer.echo(note, err=not to_terminal())
