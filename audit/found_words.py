"""Changes and absences in words for people, and as JSON: what commands and pages share. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from audit.edit import Weight
from audit.field_lines import field_words
from audit.findings import Disclosure
from audit.history import Alike
from audit.report.words import UNDISCLOSED
from config.words import counted
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.disappeared import Disappeared
from storage.catalog.images import ImageReplaced
from storage.catalog.looks import TELLING, Shown
from storage.catalog.moved import Moved
from storage.catalog.reposts import RepostFound

DISCLOSED = {
    Disclosure.NONE: "",
    Disclosure.TIMESTAMP: "the page only bears another time",
    Disclosure.UPDATED_TAG: "the page says that it was updated",
    Disclosure.NOTE: "the page has a note about an edit",
}


def interval(absence: AbsenceFound, told: Callable[[datetime], str]) -> str:
    """Return an absence as the interval that it is; `told` writes a moment."""
    seen, missing, back = "last seen", "first missing", "back"
    if absence.kind is Shown.WITHDRAWN:
        seen, missing, back = "last listed", "first not listed", "listed again"
    words = f"{seen} {told(absence.last_seen)}, {missing} {told(absence.first_missing)}"
    return words if absence.returned_at is None else f"{words}, {back} {told(absence.returned_at)}"


def was_missing(absence: AbsenceFound, told: Callable[[datetime], str]) -> str:
    """Return what a return from an absence is, in words; `told` writes a moment."""
    again = "listed" if absence.kind is Shown.WITHDRAWN else "seen"
    return f"{again} again after it had been {absence.kind} since {told(absence.first_missing)}"


def other_bytes(image: ImageReplaced) -> str:
    """Return what is known of an image that was replaced."""
    text = "the article changed too" if image.with_change else "the article's text is the same"
    return f"other bytes under {image.image_url}; {text}"


def same_text(repost: RepostFound) -> str:
    """Return what a re-post repeats, and how exactly."""
    return f"{how_alike(repost.similarity)} as {repost.earlier_url}"


def how_alike(similarity: float) -> str:
    """Return whether a re-post has the same text, or how many of its words, in percent.

    >>> how_alike(1.0), how_alike(0.9996)
    ('same text', 'similar text (99 %)')
    """
    return "same text" if similarity == 1 else f"similar text ({int(100 * similarity)} %)"


def standing(absence: AbsenceFound) -> str:
    """Return what was answered, how sure an absence is, and that it says nothing of the article where it does not."""
    looks = counted(absence.observations, "look")
    sure = f"confirmed by {looks}" if absence.confirmed else f"{looks}, not yet confirmed"
    return f"{answered(absence)}, {sure}{'' if absence.kind in TELLING else '; this does not say that it is gone'}"


def answered(absence: AbsenceFound) -> str:
    """Return what was seen in the place of an article, or of one withdrawn in that of its line in a listing."""
    if absence.kind is Shown.WITHDRAWN:
        return f"no longer named by {absence.location}, which names older articles; the article itself was there"
    if absence.kind is Shown.DISALLOWED:
        return "not asked for: robots.txt forbids it"
    answer = f"HTTP {absence.status}" if absence.status else "no answer"
    if not absence.location:
        return answer
    return f"{answer} to {absence.location}{_said_there(absence.there)}"


def _said_there(there: Moved | None) -> str:
    if there is None:
        return ""
    if not there.fields:
        return ", where the article said the same"
    return (
        f", where the article said otherwise when it was first seen there: {', '.join(map(field_words, there.fields))}"
    )


def kind_of(change: ChangeFound) -> str:
    """Return what kind of a change it is, as far as looking tells."""
    return "changed to and fro" if change.oscillating else "changed" if change.confirmed else "changed (seen once)"


def weight_of(change: ChangeFound) -> str | None:
    """Return the weight's word, None where the states were not compared."""
    return None if change.weight is None else str(Weight(change.weight))


def types_of(change: ChangeFound) -> str:
    """Return what was found in a line, and why where nothing could be."""
    if change.audit_error is not None:
        return f"could not be compared: {change.audit_error}"
    return ", ".join(change.types or ())


def disclosed(change: ChangeFound) -> str:
    """Return what the page as captured tells of the change; "" where that is nothing, and nothing was due."""
    if change.disclosure is None:
        return ""
    words = DISCLOSED[Disclosure(change.disclosure)]
    return ", ".join(filter(None, (UNDISCLOSED if change.undisclosed else "", words)))


def weighed(change: ChangeFound) -> str:
    """Return in one line what comparing the two states came to."""
    if change.weight is None:
        return types_of(change) or "not compared: the archive does not hold both articles"
    parts = (f"{weight_of(change)} ({change.score} of 100)", types_of(change), disclosed(change))
    return " · ".join(filter(None, parts))


def change_json(change: ChangeFound) -> dict[str, Any]:
    """Return a change as JSON-able values: its weight as a word, and without what only its findings rest on."""
    values = {**asdict(change), "weight": weight_of(change)}
    del values["times"]
    return values


def alike_json(group: Alike) -> dict[str, Any]:
    """Return changes that are alike as JSON-able values: what they come to together, and which they are."""
    since, until = group.between
    return {
        "id": group.id,
        "outlet": group.outlet,
        "articles": group.articles,
        "weight": weight_of(group.heaviest),
        "score": group.heaviest.score,
        "disclosure": group.disclosure,
        "undisclosed": group.undisclosed,
        "types": group.types,
        "last_seen_before": since,
        "first_seen_after": until,
        "changes": [_member_json(change) for change in group.changes],
        "also": [_member_json(change) for change in group.also],
    }


def _member_json(change: ChangeFound) -> dict[str, Any]:
    named = {name: getattr(change, name) for name in ("change_id", "url", "article_key", "headline")}
    return {**named, "weight": weight_of(change), "first_seen_after": change.first_seen_after}


def to_json(
    changed: Sequence[ChangeFound],
    absent: Sequence[AbsenceFound],
    reposted: Sequence[RepostFound],
    replaced: Sequence[ImageReplaced],
    alarms: Sequence[Disappeared],
    *,
    alike: Sequence[Alike] = (),
    more: Sequence[str] = (),
) -> dict[str, Any]:
    """Return all of them as JSON-able values; docs/json.md has the shape. `more` names the lists that were cut."""
    return {
        "changes": [change_json(change) for change in changed],
        "alike": [alike_json(group) for group in alike],
        "absences": [asdict(absence) for absence in absent],
        "reposts": [asdict(repost) for repost in reposted],
        "images": [asdict(image) for image in replaced],
        "alarms": [{**asdict(alarm), "missing": alarm.missing} for alarm in alarms],
        "more": list(more),
    }
