"""What a page is put together from: captures of other moments than its own, and parts that the archive lacks."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from articles.page import Page
from replay.errors import TargetInvalid
from replay.lookup import MOST_HOPS
from replay.rewrite.html import Onward, Rewritten
from replay.rewrite.kinds import Kind
from replay.safe_view import page_view, stored_page, style_view
from storage.catalog.captured import SavedCapture
from storage.catalog.catalog import Catalog
from storage.catalog.mementos import closest, urls_of
from storage.errors import ArchiveError, StoreUnavailable
from storage.ranged import Ranges

FAR_APART: Final = timedelta(days=31)
"""Parts that were captured further from the page than this may have changed in between: crawls look at what pages embed
again after 30 days (config.outlet)."""

MOST_PARTS: Final = 400
MOST_SHEETS: Final = 20
MOST_SHEET_BYTES: Final = 2 << 20
"""Of all style sheets of a page that are looked into: a third of a second of work."""


@dataclass(frozen=True)
class Part:
    """Something that a page embeds. `captured_at` is None where there is nothing to show, and `why` says why."""

    url: str
    kind: Kind
    captured_at: datetime | None
    why: str | None = None


@dataclass(frozen=True)
class Composition:
    """The parts of a page that was captured at `at`, each once. `left_out` more of them were not looked up.

    Nor was what `unread_sheets` embed, as they are too many or too large, or the store did not answer for another.
    `onward` is where the page would have sent its reader, if it did; `doubts` is what is odd about its characters.
    """

    at: datetime
    parts: tuple[Part, ...]
    left_out: int = 0
    unread_sheets: int = 0
    onward: Onward | None = None
    doubts: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that there is nothing to show of."""
        return tuple(part for part in self.parts if part.captured_at is None)

    @property
    def oldest(self) -> datetime:
        """When the oldest of what is shown was captured, the page itself included."""
        return min(self._moments())

    @property
    def newest(self) -> datetime:
        """When the newest of what is shown was captured, the page itself included."""
        return max(self._moments())

    @property
    def far_apart(self) -> bool:
        """Whether any of it was captured further than FAR_APART from the page."""
        return any(abs(moment - self.at) > FAR_APART for moment in self._moments())

    def _moments(self) -> list[datetime]:
        return [self.at, *(part.captured_at for part in self.parts if part.captured_at is not None)]


def composition_of(store: Ranges, catalog: Catalog, page: Page) -> Composition:
    """Return what the safe view of a page would be put together from: its parts, and those of its style sheets.

    Each is looked up as a browser's request for it would be: measured, 0.1 ms a part. What is in frames is not looked
    into.
    """
    embedded, rewritten = _embedded(page, Kind.PAGE)
    assert rewritten is not None  # of a page
    waiting = deque(embedded)
    known: dict[str, Part] = {}
    sheets = unread = 0
    is_away = False  # the store: a bucket that hangs would take its time for each sheet
    bytes_left = MOST_SHEET_BYTES
    while waiting and len(known) < MOST_PARTS:
        url, kind = waiting.popleft()
        if url in known:
            continue
        part, saved = _looked_up(catalog, url, kind, page.captured_at)
        if saved is not None and kind is Kind.STYLE:
            sheets += 1
            try:
                sheet = stored_page(store, saved) if sheets <= MOST_SHEETS and not is_away else None
                if sheet is None or len(sheet.body) > bytes_left:
                    unread += 1
                else:
                    bytes_left -= len(sheet.body)
                    waiting.extend(_embedded(sheet, Kind.STYLE)[0])
            except (ArchiveError, TargetInvalid) as damage:
                part = Part(url, kind, None, str(damage))
                is_away = is_away or isinstance(damage, StoreUnavailable)
        known[url] = part
    left_out = len({url for url, _ in waiting} - set(known))
    return Composition(page.captured_at, tuple(known.values()), left_out, unread, rewritten.onward, rewritten.warnings)


def _looked_up(catalog: Catalog, url: str, kind: Kind, at: datetime) -> tuple[Part, SavedCapture | None]:
    """Return a part, and the capture that is shown of it, where there is one: at the end of all redirects."""
    target, moment = url, at
    with catalog.reading() as connection:
        for _ in range(MOST_HOPS + 1):
            saved = closest(connection, urls_of(connection, target), moment)
            if saved is None:
                return Part(
                    url, kind, None, "never captured" if target == url else f"led to {target}, which was never captured"
                ), None
            row = saved.row
            if row.status is not None and row.status >= 400:
                return Part(url, kind, None, f"answered {row.status}"), None
            if row.location is None or row.status is None or row.status < 300:
                return Part(url, kind, row.captured_at), saved
            target, moment = row.location, row.captured_at
    return Part(url, kind, None, "led from one place to the next"), None


def _embedded(page: Page, kind: Kind) -> tuple[list[tuple[str, Kind]], Rewritten | None]:
    """Return what a page or a style sheet would have a browser fetch, in the order of its first mention.

    And a page rewritten.
    """
    found: dict[str, Kind] = {}

    def note(url: str, its_kind: Kind) -> str:
        if its_kind is not Kind.PAGE:
            found.setdefault(url, its_kind)
        return "/"

    view = style_view(page, note) if kind is Kind.STYLE else page_view(page, note)
    return list(found.items()), view.rewritten
