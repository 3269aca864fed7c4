"""Permanent ids of what was found: the same in feeds, in the archive's log of announcements and in events. Pure.

docs/formats.md (17) says over what. What they name must be the same for whoever finds it, whenever.
"""

from __future__ import annotations

from datetime import UTC, datetime

from audit.feeds import entry_id
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.images import ImageReplaced
from storage.catalog.reposts import RepostFound


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


def alike_entry_id(outlet: str, edits_digest: str, first_seen: datetime) -> str:
    """Return the id of changes with the same edits: over these, and the moment at which the first of them was seen.

    Those that are found later have been seen later, so that the id stays as the group grows.
    """
    return entry_id("changes alike", outlet, edits_digest, _exactly(first_seen))


def alarm_entry_id(outlet: str, until: datetime) -> str:
    """Return the id of an alarm: over the moment at which the crawl ended that raised it."""
    return entry_id("alarm", outlet, _exactly(until))


def _exactly(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
