"""The catalog follows the archive while the window is open: new commits show without a restart."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from articles.visible import visible
from audit.upkeep import bring_up_to_date
from config.clock import Clock
from config.errors import PalimpsestError
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.heads import heads
from storage.catalog.unapplied import unapplied
from storage.log import Head

EVERY_SECONDS: Final = 5.0
REST: Final = 20
"""After questions to the archive that took long, so many times as long pass: many outlets are many, and a bucket bills
each. Not after what taking up took: under load that is long, and more is most likely to come."""

LONGEST_REST: Final = 30.0

_ANEW: Final = (
    "The catalog's file was deleted, or another one put in its place. It is made anew from the archive; until then"
    " less is found than there is"
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standing:
    """How the catalog stands to the archive.

    `as_of` is when it was last known to hold what the archive does, None if not since the start. `catching_up` while
    new commits are being applied. `behind_since` is when looking, or applying, first failed without success since, or
    when the catalog began to be made anew; `why` says how.
    """

    as_of: datetime | None = None
    catching_up: bool = False
    behind_since: datetime | None = None
    why: str | None = None


class Freshness:
    """Looks for new commits now and then, in a thread of its own, and brings the catalog and its findings up to them.

    A look that fails changes nothing that was there; it shows in `standing` until one succeeds.
    """

    def __init__(
        self,
        archive: Archive,
        catalog: Catalog,
        clock: Clock,
        *,
        every: float = EVERY_SECONDS,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._archive = archive
        self._catalog = catalog
        self._clock = clock
        self._every = every
        self._timer = timer
        self._standing = Standing()
        self._compared: tuple[str, dict[str, Head]] | None = None  # the catalog, and its heads, that have findings
        self._asking = 0.0  # seconds that the last questions to the archive took
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def standing(self) -> Standing:
        """How it stands now. May be asked from any thread."""
        return self._standing

    @property
    def rest(self) -> float:
        """How many seconds pass between the last look and the next."""
        return max(self._every, min(REST * self._asking, LONGEST_REST))

    def start(self) -> None:
        """Begin to look, at once and then again and again."""
        self._thread = threading.Thread(target=self._run, name="freshness", daemon=True)
        self._thread.start()

    def stop(self, patience: float = 5.0) -> None:
        """Look no more, and wait up to `patience` seconds for the look that is under way.

        A transaction that is cut off is undone, and the next look does it again.
        """
        self._stop.set()
        if self._thread is not None:
            self._thread.join(patience)

    def look(self) -> Standing:
        """Look once, apply what is new, and return how it stands then."""
        try:
            self._bring_up_to_date()
        except PalimpsestError as error:
            self._fail(str(error))
        except Exception as error:  # noqa: BLE001  (a bug; the thread must not end in silence, and the page says so)
            _log.exception("the catalog could not follow the archive")
            self._fail(f"{type(error).__name__}: {error}")
        else:
            self._standing = Standing(as_of=self._clock.now())
        return self._standing

    def _bring_up_to_date(self) -> None:
        self._asking = 0.0
        if self._catalog.renew():
            self._fail(_ANEW)
        began = self._timer()
        outlets = unapplied(self._catalog, self._archive)
        self._asking = self._timer() - began
        if outlets:
            self._standing = replace(self._standing, catching_up=True)
            self._catalog.sync(self._archive, outlets)
        # Another process may have applied commits and compared nothing, or have made the catalog anew.
        with self._catalog.reading() as connection:
            applied = self._catalog.generation, heads(connection)
        if applied != self._compared:
            self._standing = replace(self._standing, catching_up=True)
            bring_up_to_date(self._catalog)
            self._compared = applied

    def _fail(self, why: str) -> None:
        since = self._standing.behind_since or self._clock.now()
        if why != self._standing.why:
            _log.warning("the catalog does not follow the archive: %s", visible(why))
        self._standing = replace(self._standing, catching_up=False, behind_since=since, why=why)

    def _run(self) -> None:
        while not self._stop.is_set():
            self.look()
            self._stop.wait(self.rest)
