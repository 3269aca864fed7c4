"""What was found as entries of a feed: a title, a sentence, safe HTML, a permanent id. Pure.

A change has an entry of its own, and so has an absence from which something follows, the return from one, a re-post and
an image that became another. Changes with the same edits in many articles are one entry. Cosmetic changes, and looks
that only say that a page did not answer, are folded: one entry for each day and outlet, with each of them in its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audit.edit import Weight
from audit.entries_of_many import alarm_entry, alike_entry, by_day, cosmetic_entry, inconclusive_entry
from audit.entry_ids import absence_entry_id, change_entry_id, image_entry_id, repost_entry_id, return_entry_id
from audit.entry_parts import address, edits_html, first_reason, name, paragraph, telling, types_in_short
from audit.feeds import FeedEntry
from audit.findings import Findings
from audit.found_words import answered, how_alike, interval, same_text, was_missing
from audit.history import Alike
from audit.report.words import UNDISCLOSED, when
from config.words import capital, counted
from storage.catalog.absences import AbsenceFound
from storage.catalog.announced import ToldAlarm
from storage.catalog.changes import ChangeFound
from storage.catalog.images import ImageReplaced
from storage.catalog.looks import TELLING, Shown
from storage.catalog.reposts import RepostFound


def returns(absences: Iterable[AbsenceFound]) -> list[AbsenceFound]:
    """Return the absences that have ended, of kinds from which something follows; of several of one URL that ended at
    once (gone, then moved, then back) the last that began."""
    ended = {
        (absence.url, absence.returned_at): absence
        for absence in sorted(absences, key=lambda absence: absence.first_missing)
        if absence.returned_at is not None and absence.kind in TELLING
    }
    return list(ended.values())


def entries(
    changes: Iterable[ChangeFound],
    absences: Sequence[AbsenceFound],
    reposts: Iterable[RepostFound],
    findings: Mapping[tuple[str, str], Findings],
    images: Iterable[ImageReplaced] = (),
    returned: Iterable[AbsenceFound] | None = None,
    alike: Iterable[Alike] = (),
    alarms: Iterable[ToldAlarm] = (),
    several: Iterable[Sequence[ChangeFound]] = (),
) -> list[FeedEntry]:
    """Return the entries for all of it, the newest first; of one moment by id.

    `findings` are those of the changes, by `compared`; a change without any is told without its edits. A day of folded
    entries is one in UTC. `returned` are absences whose end is told; where it is None, `returns(absences)`. Changes
    that are `alike` are told by the one entry of their group, those of one article at `several` of its URLs by that of
    the first.
    """
    folded: list[ChangeFound] = []
    inconclusive: list[AbsenceFound] = []
    found: list[FeedEntry] = []
    groups = {change.occurrence: group for group in alike for change in group.changes}
    together: dict[str, Alike] = {}
    of_one = {change.occurrence: group for group in several for change in group}
    told: set[str] = set()
    for change in changes:
        if change.weight == Weight.COSMETIC:
            folded.append(change)
        elif (group := groups.get(change.occurrence)) is not None:
            together[group.id] = group
        else:
            urls = of_one.get(change.occurrence, ())
            first = urls[0] if urls and _says_as_much(urls[0], change) else change
            if (id_ := change_entry_id(first)) not in told:
                told.add(id_)
                found.append(change_entry(first, findings.get(first.compared), urls))
    for absence in absences:
        if absence.kind in TELLING:
            found.append(absence_entry(absence))
        else:
            inconclusive.append(absence)
    found += map(return_entry, returns(absences) if returned is None else returned)
    found += map(repost_entry, reposts)
    found += map(image_entry, images)
    found += (alike_entry(group, findings.get(group.heaviest.compared)) for group in together.values())
    found += map(alarm_entry, alarms)
    found += (cosmetic_entry(some) for some in by_day(folded, lambda change: change.first_seen_after))
    found += (inconclusive_entry(some) for some in by_day(inconclusive, lambda absence: absence.first_missing))
    return sorted(found, key=lambda entry: (-entry.at.timestamp(), entry.id))


def _says_as_much(first: ChangeFound, change: ChangeFound) -> bool:
    """Tell whether a change weighs as much as another one with the same edits, and is no more disclosed."""
    return (first.weight, first.undisclosed) == (change.weight, change.undisclosed)


def change_entry(change: ChangeFound, findings: Findings | None, several: Sequence[ChangeFound] = ()) -> FeedEntry:
    """Return the entry of one change, which `several` URLs of the article show, perhaps. Without findings it says so,
    and which fields differ."""
    seen = f"between {when(change.last_seen_before)} and {when(change.first_seen_after)}"
    once = "" if change.confirmed else " It was seen once so far."
    fro = " The page has gone to and fro between the same states." if change.oscillating else ""
    if findings is None:
        fields = ", ".join(name.replace("_", " ") for name in change.fields) or "unknown fields"
        why = f": {change.audit_error}" if change.audit_error else ""
        title, told = "changed, not compared", f"These fields differ: {fields}. The states were not compared{why}."
        labels: tuple[str, ...] = ()
    else:
        title, told = types_in_short(findings), f"{first_reason(findings)} {telling(findings)}"
        labels = (str(findings.weight), *findings.types, *((UNDISCLOSED,) if findings.undisclosed else ()))
    others = sorted({one.url for one in several} - {change.url})
    too = (
        f" {counted(len(others), 'other URL')} of the article show{'s' * (len(others) == 1)} it, too." if others else ""
    )
    summary = f"{told} Changed {seen}.{once}{fro}{too}"
    return FeedEntry(
        id=change_entry_id(change),
        title=f"{name(change.headline, change.url)} ({title})",
        summary=summary,
        html=paragraph(summary)
        + edits_html(findings.edits if findings else ())
        + address(change.url, change.change_id)
        + "".join(map(address, others)),
        url=change.url,
        at=change.first_seen_after,
        labels=(change.outlet, "changed", *labels),
    )


def absence_entry(absence: AbsenceFound) -> FeedEntry:
    """Return the entry of one absence."""
    kind = absence.kind.value
    sure = "confirmed" if absence.confirmed else "not yet confirmed"
    summary = f"{capital(kind)}, {sure}: {interval(absence, when)}. {capital(answered(absence))}."
    return FeedEntry(
        id=absence_entry_id(absence),
        title=f"{name(absence.headline, absence.url)} ({kind}{'' if absence.confirmed else ', not yet confirmed'})",
        summary=summary,
        html=paragraph(summary) + address(absence.url),
        url=absence.url,
        at=absence.first_missing,
        labels=(absence.outlet, "absent", kind, sure),
    )


def return_entry(absence: AbsenceFound) -> FeedEntry:
    """Return the entry of the return that ended an absence."""
    assert absence.returned_at is not None
    kind = absence.kind.value
    back = "listed again" if absence.kind is Shown.WITHDRAWN else "back"
    summary = f"{capital(was_missing(absence, when))}: {interval(absence, when)}."
    return FeedEntry(
        id=return_entry_id(absence),
        title=f"{name(absence.headline, absence.url)} ({back}, was {kind})",
        summary=summary,
        html=paragraph(summary) + address(absence.url),
        url=absence.url,
        at=absence.returned_at,
        labels=(absence.outlet, "returned", kind),
    )


def repost_entry(repost: RepostFound) -> FeedEntry:
    """Return the entry of one re-post."""
    summary = (
        f"{capital(same_text(repost))}, first seen there {when(repost.earlier_seen)},"
        f" and here {when(repost.later_seen)}."
    )
    edited = "" if repost.similarity == 1 else f", {how_alike(repost.similarity)}"
    return FeedEntry(
        id=repost_entry_id(repost),
        title=f"{name(repost.headline, repost.later_url)} (re-posted{edited})",
        summary=summary,
        html=paragraph(summary) + address(repost.later_url),
        url=repost.later_url,
        at=repost.later_seen,
        labels=(repost.outlet, "re-posted"),
    )


def image_entry(image: ImageReplaced) -> FeedEntry:
    """Return the entry of one image whose bytes became others. Whether the picture looks different is not known."""
    with_change = " The article changed in the same interval." if image.with_change else ""
    summary = (
        f"The image {image.image_url} has other bytes between {when(image.last_seen_before)} and"
        f" {when(image.first_seen_after)}; whether it looks different is not known.{with_change}"
    )
    return FeedEntry(
        id=image_entry_id(image),
        title=f"{name(image.headline, image.url)} (image replaced)",
        summary=summary,
        html=paragraph(summary) + address(image.url),
        url=image.url,
        at=image.first_seen_after,
        labels=(image.outlet, "image replaced"),
    )
