"""Entries of feeds that tell of many articles at once. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final, TypeVar

from audit.edit import Weight
from audit.entry_parts import edits_html, first_reason, name, paragraph, telling, types_in_short
from audit.feeds import FeedEntry, entry_id
from audit.findings import Findings
from audit.history import Alike
from audit.report.html_body import safe
from audit.report.words import UNDISCLOSED, when
from config.words import counted
from storage.catalog.absences import AbsenceFound
from storage.catalog.announced import ToldAlarm
from storage.catalog.changes import ChangeFound
from storage.catalog.looks import Shown

MOST_LISTED: Final = 100
"""So many articles an entry lists; it says how many there are."""

_Found = TypeVar("_Found", ChangeFound, AbsenceFound)


def alike_entry(group: Alike, findings: Findings | None) -> FeedEntry:
    """Return the one entry of changes with the same edits in many articles, which it lists.

    `findings` are those of the heaviest. It is dated by the last of them: a feed reader sees that it has grown.
    """
    first, count = group.changes[0], f"{group.articles:,} articles"
    told = "" if findings is None else f"{first_reason(findings)} {telling(findings)} "
    short = "" if findings is None else f" ({types_in_short(findings)})"
    summary = (
        f"{told}The same edits in {count} of {group.outlet}, the first of them between {when(first.last_seen_before)}"
        f" and {when(first.first_seen_after)}."
    )
    told_alone = [_line(one, f"{_weighing(one)}, with other edits, told by themselves") for one in group.also]
    listed = [*(_line(one, _weighing(one)) for one in group.changes), *told_alone]
    lines = listed[:MOST_LISTED]
    if len(listed) > MOST_LISTED:
        lines.append(f"<li>and {len(listed) - MOST_LISTED:,} more</li>")
    weight = () if group.weight is None else (str(Weight(group.weight)),)
    undisclosed = (UNDISCLOSED,) if group.undisclosed else ()
    return FeedEntry(
        id=group.id,
        title=f"{group.outlet}: the same edits in {count}{short}",
        summary=summary,
        html=f"{paragraph(summary)}{edits_html(findings.edits if findings else ())}<ul>{''.join(lines)}</ul>",
        url=group.heaviest.url,
        at=max(change.first_seen_after for change in group.changes),
        labels=(group.outlet, "changed", *weight, *group.types, *undisclosed),
    )


def _weighing(change: ChangeFound) -> str:
    return "" if change.weight is None else f", {Weight(change.weight)}"


def alarm_entry(told: ToldAlarm) -> FeedEntry:
    """Return the entry of an alarm that was announced: many articles are gone."""
    row = told.row
    since = when(row.after) if row.after else "the week before"
    summary = (
        f"{row.articles or 0:,} of {row.looked_at or 0:,} articles that were looked at between {since} and"
        f" {when(row.at)} were no longer found then."
    )
    return FeedEntry(
        id=row.id,
        title=f"{told.outlet}: {row.articles or 0:,} articles no longer found",
        summary=summary,
        html=paragraph(summary),
        url=row.url,
        at=row.at,
        labels=(told.outlet, "alarm"),
    )


def cosmetic_entry(changes: list[ChangeFound]) -> FeedEntry:
    """Return the entry of all cosmetic changes of one outlet and day."""
    first, count = changes[0], len(changes)
    day = _day(first.first_seen_after)
    words = counted(count, "cosmetic change")
    lines = (_line(change, f": {', '.join(change.types or ()) or 'no edit'}") for change in changes)
    summary = f"{words} first seen on {day}: spacing, typography and the like, and nothing that a reader would miss."
    return FeedEntry(
        id=entry_id("cosmetic", first.outlet, day),
        title=f"{first.outlet}: {words} on {day}",
        summary=summary,
        html=f"{paragraph(summary)}<ul>{''.join(lines)}</ul>",
        url=first.url,
        at=max(change.first_seen_after for change in changes),
        labels=(first.outlet, "changed", str(Weight.COSMETIC)),
    )


def inconclusive_entry(absences: list[AbsenceFound]) -> FeedEntry:
    """Return the entry of all absences of one outlet and day from which nothing follows about the articles."""
    first, count = absences[0], len(absences)
    day = _day(first.first_missing)
    pages = counted(count, "page")
    kinds: Counter[Shown] = Counter(absence.kind for absence in absences)
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    lines = (_line(one, f": {one.kind}, {'no longer' if one.returned_at else 'still'}") for one in absences)
    summary = f"{pages} could not be looked at from {day} on: {told}. This does not say that anything is gone."
    return FeedEntry(
        id=entry_id("inconclusive", first.outlet, day),
        title=f"{first.outlet}: {pages} could not be looked at on {day}",
        summary=summary,
        html=f"{paragraph(summary)}<ul>{''.join(lines)}</ul>",
        url=first.url,
        at=max(absence.first_missing for absence in absences),
        labels=(first.outlet, "not looked at", *sorted(kinds)),
    )


def by_day(found: Iterable[_Found], moment: Callable[[_Found], datetime]) -> Iterator[list[_Found]]:
    """Yield what happened to one outlet on one day in UTC, by time."""
    days: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (moment(one), one.url)):
        days[one.outlet, _day(moment(one))].append(one)
    yield from days.values()


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d}"


def _line(found: ChangeFound | AbsenceFound, told: str = "") -> str:
    """Return the line of a list that names an article and its URL, with what is told of it."""
    title = f'<span dir="auto">{safe(name(found.headline, found.url))}</span>'
    return f"<li>{title}{safe(told)}<br>{safe(found.url)}</li>"
