"""The newest of a list as entries of a feed. An entry leads to the window, which leads on to the page as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from audit.entry_ids import absence_entry_id, change_entry_id, image_entry_id, repost_entry_id, return_entry_id
from audit.feeds import FeedEntry
from audit.found_entries import entries_of
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.happened import Found, Kind
from storage.catalog.images import ImageReplaced
from storage.catalog.reposts import RepostFound
from web.holdings import Holdings
from web.window.views.changes import Asked, newest


def feed_entries(holdings: Holdings, asked: Asked, limit: int, address: Callable[[Found], str]) -> list[FeedEntry]:
    """Return entries for the first `limit` things of a list; `address` gives where the window shows one.

    Their ids are those that `palimpsest feed` and the announcements give.
    """
    changed: list[ChangeFound] = []
    absent: list[AbsenceFound] = []
    returned: list[AbsenceFound] = []
    reposted: list[RepostFound] = []
    replaced: list[ImageReplaced] = []
    shown_at: dict[str, str] = {}
    for position, found in newest(holdings, asked, limit):
        if isinstance(found, ChangeFound):
            changed.append(found)
            id_ = change_entry_id(found)
        elif isinstance(found, RepostFound):
            reposted.append(found)
            id_ = repost_entry_id(found)
        elif isinstance(found, ImageReplaced):
            replaced.append(found)
            id_ = image_entry_id(found)
        elif position.kind is Kind.RETURN:
            returned.append(found)
            id_ = return_entry_id(found)
        else:
            absent.append(found)
            id_ = absence_entry_id(found)
        shown_at[id_] = address(found)
    entries = entries_of(holdings.catalog, changed, absent, reposted, replaced, returned)
    return [replace(entry, url=shown_at.get(entry.id, entry.url)) for entry in entries]
