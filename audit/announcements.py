"""What was found as entries of a feed: a title, a sentence, safe HTML, a permanent id. Pure.

A change has an entry of its own, and so has an absence from which something follows, the return from one, and a
re-post. Cosmetic changes, and looks that only say that a page did not answer, are folded: one entry for each day and
outlet, with each of them in its text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from audit.edit import Edit, Weight
from audit.feeds import FeedEntry, entry_id
from audit.findings import Disclosure, Findings
from audit.found_words import answered, interval, was_missing
from audit.report.html_body import safe
from audit.report.words import UNDISCLOSED, capital, disclosed, when, where
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.images import ImageReplaced
from storage.catalog.looks import TELLING, Shown
from storage.catalog.reposts import RepostFound

_Found = TypeVar("_Found", ChangeFound, AbsenceFound)


def change_entry_id(change: ChangeFound) -> str:
    """Return the id of a change: over its change id and the moment first seen. A page that goes to and fro has several.

    It does not depend on what comparing the states comes to, so that a later engine gives the same entry again.
    """
    return entry_id("change", change.outlet, change.change_id, _exactly(change.first_seen_after))


def absence_entry_id(absence: AbsenceFound) -> str:
    """Return the id of an absence: over its URL, its kind and the moment from which it was missing."""
    return entry_id("absence", absence.outlet, absence.url, absence.kind, _exactly(absence.first_missing))


def return_entry_id(absence: AbsenceFound) -> str:
    """Return the id of the return that ended an absence."""
    return entry_id("return", absence.outlet, absence.url, absence.kind, _exactly(absence.first_missing))


def repost_entry_id(repost: RepostFound) -> str:
    """Return the id of a re-post: over the text and the URL that showed it again."""
    return entry_id("re-post", repost.outlet, repost.text_id, repost.later_url)


def image_entry_id(image: ImageReplaced) -> str:
    """Return the id of a replacement of an image: over its URL, both digests and the moment first seen."""
    about = (image.image_url, image.old_digest, image.new_digest)
    return entry_id("image", image.outlet, *about, _exactly(image.first_seen_after))


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
    findings: Mapping[str, Findings],
    images: Iterable[ImageReplaced] = (),
    returned: Iterable[AbsenceFound] | None = None,
) -> list[FeedEntry]:
    """Return the entries for all of it, the newest first; of one moment by id.

    `findings` are those of the changes, by change id; a change without any is told without its edits. A day of folded
    entries is one in UTC. `returned` are absences whose end is told; where it is None, `returns(absences)`.
    """
    folded: list[ChangeFound] = []
    inconclusive: list[AbsenceFound] = []
    found: list[FeedEntry] = []
    for change in changes:
        if change.weight == Weight.COSMETIC:
            folded.append(change)
        else:
            found.append(change_entry(change, findings.get(change.change_id)))
    for absence in absences:
        if absence.kind in TELLING:
            found.append(absence_entry(absence))
        else:
            inconclusive.append(absence)
    found += map(return_entry, returns(absences) if returned is None else returned)
    found += map(repost_entry, reposts)
    found += map(image_entry, images)
    found += (_cosmetic(some) for some in _by_day(folded, lambda change: change.first_seen_after))
    found += (_inconclusive(some) for some in _by_day(inconclusive, lambda absence: absence.first_missing))
    return sorted(found, key=lambda entry: (-entry.at.timestamp(), entry.id))


def change_entry(change: ChangeFound, findings: Findings | None) -> FeedEntry:
    """Return the entry of one change. Without findings it says so, and which fields differ."""
    seen = f"between {when(change.last_seen_before)} and {when(change.first_seen_after)}"
    once = "" if change.confirmed else " It was seen once so far."
    fro = " The page has gone to and fro between the same states." if change.oscillating else ""
    if findings is None:
        fields = ", ".join(name.replace("_", " ") for name in change.fields) or "unknown fields"
        why = f": {change.audit_error}" if change.audit_error else ""
        title, told = "changed, not compared", f"These fields differ: {fields}. The states were not compared{why}."
        labels: tuple[str, ...] = ()
    else:
        title = f"{findings.weight}: {', '.join(edit.type for edit in findings.edits[:3]) or 'no edit'}"
        told = findings.edits[0].reason if findings.edits else "No difference in what the two pages say."
        if len(findings.edits) > 1:
            told += f" ({len(findings.edits)} edits in all.)"
        told += f" {_telling(findings)}"
        labels = (str(findings.weight), *findings.types, *((UNDISCLOSED,) if findings.undisclosed else ()))
    summary = f"{told} Changed {seen}.{once}{fro}"
    edits = "".join(f"<li>{_edit(edit)}</li>" for edit in findings.edits) if findings else ""
    return FeedEntry(
        id=change_entry_id(change),
        title=f"{_name(change.headline, change.url)} ({title})",
        summary=summary,
        html=_paragraph(summary) + (f"<ul>{edits}</ul>" if edits else "") + _address(change.url, change.change_id),
        url=change.url,
        at=change.first_seen_after,
        labels=(change.outlet, "changed", *labels),
    )


def absence_entry(absence: AbsenceFound) -> FeedEntry:
    """Return the entry of one absence."""
    name, kind = _name(absence.headline, absence.url), absence.kind.value
    sure = "confirmed" if absence.confirmed else "not yet confirmed"
    summary = f"{capital(kind)}, {sure}: {interval(absence, when)}. {capital(answered(absence))}."
    return FeedEntry(
        id=absence_entry_id(absence),
        title=f"{name} ({kind}{'' if absence.confirmed else ', not yet confirmed'})",
        summary=summary,
        html=_paragraph(summary) + _address(absence.url),
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
        title=f"{_name(absence.headline, absence.url)} ({back}, was {kind})",
        summary=summary,
        html=_paragraph(summary) + _address(absence.url),
        url=absence.url,
        at=absence.returned_at,
        labels=(absence.outlet, "returned", kind),
    )


def repost_entry(repost: RepostFound) -> FeedEntry:
    """Return the entry of one re-post."""
    summary = (
        f"The same text as {repost.earlier_url}, first seen there {when(repost.earlier_seen)},"
        f" and here {when(repost.later_seen)}."
    )
    return FeedEntry(
        id=repost_entry_id(repost),
        title=f"{_name(repost.headline, repost.later_url)} (re-posted)",
        summary=summary,
        html=_paragraph(summary) + _address(repost.later_url),
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
        title=f"{_name(image.headline, image.url)} (image replaced)",
        summary=summary,
        html=_paragraph(summary) + _address(image.url),
        url=image.url,
        at=image.first_seen_after,
        labels=(image.outlet, "image replaced"),
    )


def _cosmetic(changes: list[ChangeFound]) -> FeedEntry:
    """Return the entry of all cosmetic changes of one outlet and day."""
    first, count = changes[0], len(changes)
    day = f"{first.first_seen_after.astimezone(UTC):%Y-%m-%d}"
    words = "1 cosmetic change" if count == 1 else f"{count} cosmetic changes"
    lines = (
        f"<li>{safe(_name(change.headline, change.url))}: {safe(', '.join(change.types or ()) or 'no edit')}"
        f"<br>{safe(change.url)}</li>"
        for change in changes
    )
    summary = f"{words} first seen on {day}: spacing, typography and the like, and nothing that a reader would miss."
    return FeedEntry(
        id=entry_id("cosmetic", first.outlet, day),
        title=f"{first.outlet}: {words} on {day}",
        summary=summary,
        html=f"{_paragraph(summary)}<ul>{''.join(lines)}</ul>",
        url=first.url,
        at=max(change.first_seen_after for change in changes),
        labels=(first.outlet, "changed", str(Weight.COSMETIC)),
    )


def _inconclusive(absences: list[AbsenceFound]) -> FeedEntry:
    """Return the entry of all absences of one outlet and day from which nothing follows about the articles."""
    first, count = absences[0], len(absences)
    day = f"{first.first_missing.astimezone(UTC):%Y-%m-%d}"
    pages = "1 page" if count == 1 else f"{count} pages"
    kinds: Counter[Shown] = Counter(absence.kind for absence in absences)
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    lines = (
        f"<li>{safe(_name(absence.headline, absence.url))}: {safe(absence.kind)},"
        f" {'no longer' if absence.returned_at else 'still'}<br>{safe(absence.url)}</li>"
        for absence in absences
    )
    summary = f"{pages} could not be looked at from {day} on: {told}. This does not say that anything is gone."
    return FeedEntry(
        id=entry_id("inconclusive", first.outlet, day),
        title=f"{first.outlet}: {pages} could not be looked at on {day}",
        summary=summary,
        html=f"{_paragraph(summary)}<ul>{''.join(lines)}</ul>",
        url=first.url,
        at=max(absence.first_missing for absence in absences),
        labels=(first.outlet, "not looked at", *sorted(kinds)),
    )


def _by_day(found: Iterable[_Found], moment: Callable[[_Found], datetime]) -> Iterator[list[_Found]]:
    days: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (moment(one), one.url)):
        days[one.outlet, f"{moment(one).astimezone(UTC):%Y-%m-%d}"].append(one)
    yield from days.values()


def _telling(findings: Findings) -> str:
    if findings.undisclosed:
        bears = ", which only bears another time" if findings.disclosure is Disclosure.TIMESTAMP else ""
        return f"{capital(UNDISCLOSED)}{bears}."
    return "" if findings.disclosure is Disclosure.NONE else f"{capital(disclosed(findings))}."


def _edit(edit: Edit) -> str:
    within = f" ({', '.join(edit.within)})" if edit.within else ""
    words = " ".join(
        f"<{tag}>{safe(text)}</{tag}>" for tag, text in (("del", edit.before), ("ins", edit.after)) if text
    )
    told = f"<strong>{safe(edit.type)}</strong>{safe(within)}, {edit.weight}, {safe(where(edit))}: {safe(edit.reason)}"
    return f"{told}<br>{words}" if words else told


def _name(headline: str | None, url: str) -> str:
    return headline or url


def _paragraph(text: str) -> str:
    return f"<p>{safe(' '.join(text.split()))}</p>"


def _address(url: str, change_id: str | None = None) -> str:
    change = f"<br>change {safe(change_id)}" if change_id else ""
    return f"<p>{safe(url)}{change}</p>"


def _exactly(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
