"""What a crawl has to say at its end, beside the counts of its exchanges."""

from __future__ import annotations

import logging
from collections import Counter
from typing import Final

_MOST: Final = 200  # of each kind: a result is read by people

logger = logging.getLogger(__name__)


class Account:
    """Kept by the spider and what serves it, read when the result is written."""

    def __init__(self) -> None:
        self.looks: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.left_requisites: Counter[str] = Counter()
        self.warnings: list[str] = []
        self.errors: list[str] = []

    def leave(self, reason: str, count: int = 1, *, requisites: bool = False) -> None:
        """Count URLs that are left for the next crawl."""
        if count:
            (self.left_requisites if requisites else self.left)[reason] += count

    def warn(self, words: str) -> None:
        """Note something about the outlet that a person should see."""
        logger.warning("%s", words)
        if len(self.warnings) < _MOST:
            self.warnings.append(words)

    def fail(self, where: str, error: BaseException | None) -> None:
        """Note a bug of ours, or what came of one."""
        if len(self.errors) < _MOST:
            self.errors.append(f"{where}: {type(error).__name__}: {error}"[:1000])
