"""The errors of the storage room: named for what happened, and saying to which object and what to do.

PalimpsestError
└── ArchiveError
    ├── KeyInvalid             a name that no object of an archive may have
    ├── StoreError             a bucket or folder did not do what was asked (has .store and .key)
    │   ├── StoreUrlInvalid    it names no store that we know
    │   ├── StoreUnavailable   it did not answer, or answered with a failure of its own: try again later
    │   ├── StoreRefused       it answered, and does not let us: rights, a missing bucket, a read-only disk
    │   ├── StoreFull          no room is left
    │   ├── StoreUnsafe        it lets two writers win one name (see storage.race)
    │   ├── ObjectMissing      there is nothing under this name
    │   ├── ObjectTaken        other bytes are under this name already
    │   └── ObjectDamaged      what came back is not what was stored
    ├── ArchiveMissing         the store holds no palimpsest.json
    ├── ArchiveInvalid         palimpsest.json is not what its specification says
    ├── FormatTooNew           written by a later Palimpsest than this one
    ├── CommitInvalid          a commit, or a draft of one, is not what the specification says
    ├── LogBroken              the log has a gap, or its chain of hashes does not hold
    │   └── CommitGone         a commit that the log had is missing, or another stands in its place
    ├── LogContested           other writers took every number that we tried
    ├── AnchorInvalid          bytes that are no anchor
    ├── AnchorMissing          the archive has no such anchor
    ├── AnchorUnusable         what was named as a kept anchor is none, or cannot be read
    ├── AnchorNotCopied        the copy of an anchor cannot be written where it should go
    ├── NothingToAnchor        no log has a commit
    ├── TimestampError         no time-stamp token was got, or one says nothing of the anchor
    │   ├── TsaUnavailable     the time-stamp authority did not answer
    │   ├── TsaRefused         it answered, and gave no token
    │   ├── TokenInvalid       a token that is none, or is of other bytes, or does not lead to a given root
    │   └── RootsInvalid       a file of certificates that cannot be used
    ├── WarcInvalid            bytes that are no WARC record (has .where and .offset)
    │   └── WarcTruncated      the last record is not whole
    ├── MessageInvalid         bytes that are no HTTP/1.x message
    ├── BodyTooLarge           a body that decodes to more than the limit
    ├── TableInvalid           a Parquet file that is none of our tables
    ├── AnnouncedInvalid       lines that do not say what was announced
    └── CatalogError           the catalog, which can always be rebuilt from the archive
        ├── CatalogForeign     it belongs to another archive
        ├── CatalogOutdated    its tables are those of another version of Palimpsest
        ├── CatalogAhead       it has taken up a commit that the archive does not hold
        ├── CatalogUnavailable its database cannot be opened, read or written
        └── PhraseInvalid      words to be looked for that hold no word
"""

from __future__ import annotations

from typing import ClassVar

from config.errors import PalimpsestError


class ArchiveError(PalimpsestError):
    """Something is wrong with the archive, or with the place it is kept in."""


class KeyInvalid(ArchiveError):
    """A name that no object of an archive may have.

    Archives come from strangers too: names that climb out of their folder, or mean different things in different
    stores, are refused before anything is opened.
    """


class StoreError(ArchiveError):
    """A store did not do what was asked of it.

    `store` is its URL, `key` the name of the object, or None where the store as a whole is meant.
    """

    remedy: ClassVar[str] = ""

    def __init__(self, what: str, *, store: str, key: str | None = None) -> None:
        self.store = store
        self.key = key
        self.what = what
        place = f"{key} in {store}" if key else store
        super().__init__(f"{place}: {what}." + (f" {self.remedy}" if self.remedy else ""))


class StoreUrlInvalid(StoreError):
    """The address of the archive names no store that we know."""

    exit_code = 2


class StoreUnavailable(StoreError):
    """The store did not answer, or answered with a failure of its own. Whether the work was done is not known.

    Asking again is safe: an object that did arrive is recognised by its bytes.
    """

    exit_code = 2
    remedy = "Nothing was lost; try again when it answers."


class StoreRefused(StoreError):
    """The store answered and does not let us."""

    exit_code = 2
    remedy = "Check the address, the credentials and the rights."


class StoreFull(StoreError):
    """No room is left in the store."""

    exit_code = 2
    remedy = "Make room and run again; what was captured is still in the spool."


class StoreUnsafe(StoreError):
    """The store lets more than one writer win a name, so that two crawls could overwrite each other's commits."""

    exit_code = 2
    remedy = (
        "Use a store with create-only writes (If-None-Match: *), or, if no other process ever writes to this archive,"
        " set single_writer (PALIMPSEST_SINGLE_WRITER=true)."
    )


class ObjectMissing(StoreError):
    """There is nothing under this name."""


class ObjectTaken(StoreError):
    """Other bytes are under this name already; they were left as they are."""


class ObjectDamaged(StoreError):
    """What came back from the store is not what was stored: cut short, changed, or replaced."""

    remedy = "Do not trust this object; restore it from a copy of the archive. `palimpsest verify` lists all such."


class ArchiveMissing(ArchiveError):
    """The store holds no palimpsest.json, so there is no archive in it."""

    exit_code = 2


class ArchiveInvalid(ArchiveError):
    """palimpsest.json is not what its specification says, or is gone from beside the objects it stood for."""


class FormatTooNew(ArchiveError):
    """Written by a later Palimpsest, in a format that this one does not know: so nothing was looked at."""

    exit_code = 2

    def __init__(self, what: str, *, found: object, known: int) -> None:
        self.found = found
        self.known = known
        super().__init__(
            f"{what} is of format {found}; this version of Palimpsest reads formats up to {known}. Upgrade Palimpsest."
        )


class CommitInvalid(ArchiveError):
    """A commit, or the draft of one, is not what the specification says."""


class LogBroken(ArchiveError):
    """An outlet's log has a gap, or its chain of hashes does not hold."""


class CommitGone(LogBroken):
    """A commit that an outlet's log had is missing, or another one stands in its place."""


class LogContested(ArchiveError):
    """Other writers took every number of the log that we tried."""


class AnchorInvalid(ArchiveError):
    """Bytes that are no anchor."""


class AnchorMissing(ArchiveError):
    """The archive has no such anchor."""


class AnchorUnusable(ArchiveError):
    """What was named as an anchor that somebody kept is none, or cannot be read: nothing was looked at."""

    exit_code = 2


class AnchorNotCopied(ArchiveError):
    """The copy of an anchor cannot be written where it should go, or a file with something else is there."""

    exit_code = 2


class NothingToAnchor(ArchiveError):
    """No log of the archive has a commit."""


class TimestampError(ArchiveError):
    """No time-stamp token was got, or one says nothing of the anchor."""


class TsaUnavailable(TimestampError):
    """The time-stamp authority did not answer, or not with a time-stamp reply."""


class TsaRefused(TimestampError):
    """The time-stamp authority answered that it gives no token."""


class TokenInvalid(TimestampError):
    """A token that cannot be read, is of other bytes or another request, or does not lead to a given root."""


class RootsInvalid(TimestampError):
    """A file of certificates of time-stamp authorities cannot be used."""

    exit_code = 2


class WarcInvalid(ArchiveError):
    """Bytes that are no WARC record. `where` names the file or object, `offset` the place in it."""

    def __init__(self, what: str, *, where: str, offset: int) -> None:
        self.what = what
        self.where = where
        self.offset = offset
        super().__init__(f"{where} at byte {offset}: {what}")


class WarcTruncated(WarcInvalid):
    """The last record of a WARC is not whole."""


class MessageInvalid(ArchiveError):
    """Bytes that are no HTTP/1.x message, or whose coding cannot be undone."""


class BodyTooLarge(MessageInvalid):
    """A body that decodes to more than the limit, as a decompression bomb does."""


class TableInvalid(ArchiveError):
    """A Parquet file that is none of the archive's tables."""


class AnnouncedInvalid(ArchiveError):
    """Bytes that should say what was announced, and do not."""


class CatalogError(ArchiveError):
    """The catalog cannot be used. It holds nothing that the archive does not: `palimpsest rebuild` makes it anew."""

    exit_code = 2


class CatalogForeign(CatalogError):
    """The catalog belongs to another archive."""


class CatalogOutdated(CatalogError):
    """The catalog's tables are those of another version of Palimpsest."""


class CatalogAhead(CatalogError):
    """The catalog has taken up a commit that the archive does not hold: one of them is of another time, or a copy."""


class CatalogUnavailable(CatalogError):
    """The catalog's database cannot be opened, read or written."""


class PhraseInvalid(CatalogError):
    """What is to be looked for holds no word."""
