"""What can go wrong while pages are fetched and captured, in words for a person.

PalimpsestError
└── CrawlError
    ├── WireUnavailable       the byte-exact tap cannot work with what is installed or set
    ├── PrivateAddress        a name leads into a private network
    ├── PlanUnreadable        the folder does not say what to crawl
    ├── ResultUnreadable      what a crawl said at its end is not what it should be
    ├── SourceUnreadable      a listing, feed or sitemap is none
    ├── CaptureStopped        something could not be written down, so nothing more is fetched
    └── SpoolError
        ├── SpoolInUse        another process writes it
        ├── SpoolUsed         a writer had it before
        ├── SpoolWriteFailed  the disk took less than a whole group
        └── SpoolNotCommitted it holds what no commit has
"""

from __future__ import annotations

from pathlib import Path

from config.errors import PalimpsestError


class CrawlError(PalimpsestError):
    """The crawl could not do what it was asked to."""


class WireUnavailable(CrawlError):
    """Scrapy or Twisted are not as the byte-exact tap needs them, or the settings would fetch past it.

    Nothing is fetched then: a crawl that cannot be captured is not worth doing.
    """


class PrivateAddress(CrawlError):
    """A host name, or the address in a URL, leads to an address that is not on the public Internet."""


class PlanUnreadable(CrawlError):
    """The folder that the child was given holds no plan that it can follow."""


class ResultUnreadable(CrawlError):
    """A crawl's result.json is there and says nothing that can be understood."""

    def __init__(self, path: Path, why: Exception) -> None:
        super().__init__(
            f"{path.name} of {path.parent.name} can't be understood ({type(why).__name__}: {why}), so nobody knows how "
            "the crawl ended. What it captured is whole and kept; a later crawl looks again at what it may have missed"
        )


class SourceUnreadable(CrawlError):
    """A page that an outlet's file names as a source is no listing, feed or sitemap that can be read."""


class CaptureStopped(CrawlError):
    """An exchange could not be written down; the crawl is being stopped, and no request is sent any more."""


class SpoolError(CrawlError):
    """Something about the folder that a crawl writes into."""


class SpoolInUse(SpoolError):
    """Another process holds the spool's lock: its crawl is still running."""


class SpoolUsed(SpoolError):
    """The spool had a writer before. One crawl, one spool: recover this one and plan a new crawl."""


class SpoolWriteFailed(SpoolError):
    """A group of records could not be written whole; what was written of it has been taken back."""


class SpoolNotCommitted(SpoolError):
    """The spool holds sealed WARCs that the caller did not name as committed, so it is kept."""
