"""Changes and absences in words for people, and as JSON: what commands and pages share. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from audit.anchors import common_start
from audit.edit import Weight
from audit.findings import Disclosure
from audit.report.words import UNDISCLOSED, counted
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound, FieldChange
from storage.catalog.disappeared import Disappeared
from storage.catalog.images import ImageReplaced
from storage.catalog.looks import TELLING, Shown
from storage.catalog.reposts import RepostFound

LONGEST_VALUE = 70
LONGEST_ADDED = 48
CONTEXT = 20
FIELD_WORDS = {
    "blocks": "text",
    "published_at": "published",
    "modified_at": "modified",
    "translation": "translation note",
}
"""What people call a field; the others are called by their names."""

DISCLOSED = {
    Disclosure.NONE: "",
    Disclosure.TIMESTAMP: "the page only bears another time",
    Disclosure.UPDATED_TAG: "the page says that it was updated",
    Disclosure.NOTE: "the page has a note about it",
}


def how(change: ChangeFound) -> str:
    """Return in one line what differs: short values whole, long ones around what differs."""
    return "; ".join(lines_of(change))


def lines_of(change: ChangeFound) -> Iterator[str]:
    """Yield a line for each field that differs; only its name where the archive does not hold both articles."""
    if change.values:
        yield from map(line_of, change.values)
    else:
        yield from map(field_words, change.fields)


def field_words(name: str) -> str:
    """Return what people call a field of the article."""
    return FIELD_WORDS.get(name, name.replace("_", " "))


def line_of(value: FieldChange) -> str:
    """Return what differs between one field's old and new value, with the field's name.

    >>> line_of(FieldChange("headline", "Harbor pilots rehearse", "Harbor pilots fail"))
    'headline: Harbor pilots rehearse → Harbor pilots fail'
    >>> long = "The weather station on the ridge has now recorded %s without an hour of sunshine, and counts on."
    >>> line_of(FieldChange("blocks", long % "36 days", long % "63 days"))
    'text: …has now recorded [36 → 63] days without an…'
    >>> line_of(FieldChange("blocks", long, long + " It is not alone."))
    'text added: It is not alone.'
    >>> line_of(FieldChange("editors", ["Dora Muster"], []))
    'editors dropped: Dora Muster'
    """
    name, old, new = field_words(value.field), _text(value.old), _text(value.new)
    if old and new and max(len(old), len(new)) <= LONGEST_VALUE:
        return f"{name}: {old} → {new}"
    start, tail = _differing(old, new)
    was, became = old[start : len(old) - tail].strip(" ¶"), new[start : len(new) - tail].strip(" ¶")
    if not was:
        return f"{name} added: {_cut(became, LONGEST_ADDED)}"
    if not became:
        return f"{name} dropped: {_cut(was, LONGEST_ADDED)}"
    before, after = _end(old[:start]), _beginning(old[len(old) - tail :])
    return f"{name}: {before}[{_cut(was)} → {_cut(became)}]{after}"


def _differing(old: str, new: str) -> tuple[int, int]:
    """Return how many characters are the same at both beginnings, and then at both ends, in whole words."""
    start = common_start(old, new)
    if _cuts_word(old, start) or _cuts_word(new, start):
        start = old.rfind(" ", 0, start) + 1
    tail = common_start(old[start:][::-1], new[start:][::-1])
    while tail and (_cuts_word(old, len(old) - tail) or _cuts_word(new, len(new) - tail)):
        tail -= 1
    return start, tail


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace()


def _end(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    return "…" + text[-CONTEXT:].partition(" ")[2]


def _beginning(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    return text[:CONTEXT].rpartition(" ")[0] + "…"


def _cut(text: str, longest: int = LONGEST_VALUE) -> str:
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + "…"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ¶ ".join(_text(item) for item in value)
    if isinstance(value, dict):
        # A block is its text and a translation its note, which holds the rest; of others all that is said.
        said = value.get("text") or value.get("note")
        return str(said) if said else ", ".join(_text(item) for item in value.values() if item)
    return str(value)


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
    answer = f"HTTP {absence.status}" if absence.status else "no answer"
    return f"{answer} to {absence.location}" if absence.location else answer


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
    """Return a change as JSON-able values: its weight as a word."""
    return {**asdict(change), "weight": weight_of(change)}


def to_json(
    changed: Sequence[ChangeFound],
    absent: Sequence[AbsenceFound],
    reposted: Sequence[RepostFound],
    replaced: Sequence[ImageReplaced],
    alarms: Sequence[Disappeared],
    *,
    more: Sequence[str] = (),
) -> dict[str, Any]:
    """Return all of them as JSON-able values; docs/json.md has the shape. `more` names the lists that were cut."""
    return {
        "changes": [change_json(change) for change in changed],
        "absences": [asdict(absence) for absence in absent],
        "reposts": [asdict(repost) for repost in reposted],
        "images": [asdict(image) for image in replaced],
        "alarms": [{**asdict(alarm), "missing": alarm.missing} for alarm in alarms],
        "more": list(more),
    }
