"""How much SQLite does for a question, in steps of its virtual machine: the same on every machine, however busy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from storage.catalog.catalog import Catalog

_STEPS_EACH = 10


@dataclass
class Work:
    """Steps that were done so far."""

    steps: int = 0

    def more(self) -> int:
        """Count another few, and let SQLite go on."""
        self.steps += _STEPS_EACH
        return 0


@contextmanager
def work(catalog: Catalog) -> Iterator[Work]:
    """Count what is done for all that is asked of the catalog meanwhile, from any thread."""
    done = Work()
    pool: Any = catalog._database._engine.pool

    def taken(driver: Any, *_: Any) -> None:
        driver.set_progress_handler(done.more, _STEPS_EACH)

    def given_back(driver: Any, *_: Any) -> None:
        driver.set_progress_handler(None, 0)

    event.listen(pool, "checkout", taken)
    event.listen(pool, "checkin", given_back)
    try:
        yield done
    finally:
        event.remove(pool, "checkout", taken)
        event.remove(pool, "checkin", given_back)
