"""What can go wrong while pages are fetched and captured, in words for a person.

PalimpsestError
└── CrawlError
    ├── WireUnavailable       the byte-exact tap cannot work with what is installed or set
    ├── PrivateAddress        a name leads into a private network
    ├── PlanUnreadable        the folder does not say what to crawl
    ├── SourceUnreadable      a listing, feed or sitemap is none
    ├── CaptureStopped        something could not be written down, so nothing more is fetched
    └── SpoolError
        ├── SpoolInUse        another process writes it
        ├── SpoolUsed         a writer had it before
        ├── SpoolWriteFailed  the disk took less than a whole group
        └── SpoolNotCommitted it holds what no commit has
"""

from __future__ import annotations

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
