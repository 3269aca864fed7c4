"""`palimpsest search`: where and when a phrase appeared in articles, or vanished from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption, OutletOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palimpsest.output import Entry
    from storage.catalog.phrase_hits import PhraseInAbsence, PhraseInChange, PhraseInState

    Hit = PhraseInAbsence | PhraseInChange | PhraseInState

COLUMNS = ("what", "article", "words", "when", "url")


def search(
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help="Words as they stand in a row.")],
    added: Annotated[bool, typer.Option("--added", help="Only changes that added it.")] = False,
    removed: Annotated[bool, typer.Option("--removed", help="Only what removed it.")] = False,
    outlet: OutletOption = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="WHEN", help="Seen since: 7d, or a date.", show_default=False)
    ] = None,
    case: Annotated[bool, typer.Option("--case", help="Tell upper and lower case apart.")] = False,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most this many.")] = 50,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find where a phrase appeared or vanished, and when.

    Headlines, texts, captions, notes and the names of people and agencies are searched, in every state that the archive
    holds. Words are found whole, Chinese and Japanese as they stand; spacing, quote styles and full width make no
    difference. The oldest is at the top, in UTC. Its first appearance and its first vanishing are told over all time.

    Without --added or --removed the states that hold it are listed. With one of them, the changes after which it stands
    in the article more often, or less often: a paragraph that only moved adds nothing. With --removed the articles too
    that went while they held it: gone, a soft 404, moved.

    Example: palimpsest search --removed "Indo-Pacific" --since 90d

    Example: palimpsest search --added 军事演习 --outlet chinamil --json
    """
    from dataclasses import asdict
    from itertools import islice

    from palimpsest.output import plain, print_entries, print_json, print_table, to_terminal
    from palimpsest.place import place_of, searchable, settings_with
    from palimpsest.since import moment
    from storage.catalog.phrase import Phrase
    from storage.catalog.phrase_hits import Asked
    from storage.catalog.phrases import changes_with, states_with
    from storage.catalog.vanishing import first_vanishing, removals_by_time

    if added and removed:
        raise typer.BadParameter("it asks for what --added leaves out; give one of both", param_hint="--removed")
    wanted = Phrase(phrase, case=case)
    place = searchable(place_of(settings_with(archive), outlet=outlet))
    asked = Asked(outlet, moment(since, place.clock.now(), "--since"))
    found: Sequence[Hit]
    if added:
        found = changes_with(place.catalog, wanted, asked, added=True, limit=limit + 1)
    elif removed:
        found = [one for _, one in islice(removals_by_time(place.catalog, wanted, asked), limit + 1)]
    else:
        found = states_with(place.catalog, wanted, asked, limit=limit + 1)
    more, found = len(found) > limit, found[:limit]
    appeared = next(iter(states_with(place.catalog, wanted, Asked(outlet), limit=1)), None)
    vanished = first_vanishing(place.catalog, wanted, Asked(outlet))
    if as_json:
        print_json(
            {
                "phrase": phrase,
                "looked_for": "added" if added else "removed" if removed else "states",
                "first_appearance": None if appeared is None else asdict(appeared),
                "first_vanishing": None if vanished is None else asdict(vanished),
                "found": [asdict(one) for one in found],
                "more": more,
            }
        )
        return
    entries = [_entry(one, added=added) for one in found]
    if entries and to_terminal():
        print_entries(entries)
    else:
        print_table(
            COLUMNS,
            [(entry.mark, entry.heading, *entry.lines) for entry in entries],
            empty=_nothing(phrase, added=added, removed=removed, known=appeared is not None),
        )
    notes = [f"{limit} are shown; --limit shows more."] if more else []
    if appeared is not None:
        notes.append(f"First appearance: {_when(appeared)}, {appeared.url}")
    if vanished is not None:
        notes.append(f"First vanishing: {_when(vanished)}, {vanished.url}")
    for note in notes:
        typer.echo(plain(note), err=not to_terminal())


def _entry(found: Hit, *, added: bool) -> Entry:
    from audit.field_lines import text_words
    from config.words import counted
    from palimpsest.output import Entry
    from storage.catalog.phrase_hits import PhraseInAbsence, PhraseInState

    if isinstance(found, PhraseInState):
        mark, often = f"state {found.number}", counted(found.occurrences, "time")
    elif isinstance(found, PhraseInAbsence):
        answer = f"{found.shown}, HTTP {found.status}" if found.status else found.shown
        mark, often = "removed", f"with the whole article: {answer}"
    else:
        mark, often = "added" if added else "removed", f"{found.occurrences_before} → {found.occurrences_after} times"
    return Entry(
        mark,
        found.headline or "(no headline)",
        (f"{text_words(found.field)}: {found.snippet} ({often})", _when(found), found.url),
    )


def _when(found: Hit) -> str:
    from palimpsest.reports import when
    from storage.catalog.phrase_hits import PhraseInAbsence, PhraseInState

    if isinstance(found, PhraseInAbsence):
        back = f", back {when(found.returned_at)}" if found.returned_at else ""
        return f"between {when(found.last_seen)} and {when(found.first_missing)}{back}"
    if not isinstance(found, PhraseInState):
        return f"between {when(found.last_seen_before)} and {when(found.first_seen_after)}"
    until = "" if found.last_seen == found.first_seen else f" to {when(found.last_seen)}"
    came = f", not there yet at {when(found.not_before)}" if found.not_before else ""
    first = ", in the first state seen by us" if found.number == 1 else ""
    gone = f", {found.missing_as} since {when(found.missing_since)}" if found.missing_since else ""
    return f"seen {when(found.first_seen)}{until}{came}{first}{gone}"


def _nothing(phrase: str, *, added: bool, removed: bool, known: bool) -> str:
    from palimpsest.output import plain

    if not known:
        return f"No state of an article holds “{plain(phrase)}”."
    what = (
        "No change added it"
        if added
        else "No change removed it, and no article went that held it"
        if removed
        else "No state since then holds it"
    )
    return f"{what}."
