"""What can go wrong between the steps of a crawl.

PalimpsestError
└── FlowError
    ├── SpoolUnreadable
    ├── CrawlAlreadyRunning
    └── ServerNotStarted
"""

from __future__ import annotations

from pathlib import Path

from config.errors import PalimpsestError


class FlowError(PalimpsestError):
    """A crawl could not be taken from one step to the next."""


class SpoolUnreadable(FlowError):
    """A crawl's folder does not say whose crawl it is. Its WARCs are whole and are not touched."""

    def __init__(self, path: Path, why: Exception) -> None:
        super().__init__(
            f"{path} can't be read ({type(why).__name__}: {why}). The WARCs beside it are kept. "
            "Restore the file from another spool's shape (docs/operate.md), or move the folder away to go on without it"
        )


class CrawlAlreadyRunning(FlowError):
    """Another process on this machine is crawling the outlet."""

    def __init__(self, outlet_id: str, crawl_ids: tuple[str, ...]) -> None:
        super().__init__(
            f"{outlet_id} is being crawled already ({', '.join(crawl_ids)}). One crawl an outlet at a time: "
            "wait for it, or end its process; the next crawl recovers what it had"
        )
