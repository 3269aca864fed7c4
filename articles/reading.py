"""The door of this room: pages in, a reading out."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from articles.article import Article
from articles.canonical import identify
from articles.document import Document
from articles.page import Page
from articles.readers.outlet_facts import OutletFacts
from articles.readers.reader import Findings, Reader, reader_id, versioned
from articles.readers.registry import readers_of
from articles.unclaimed import VERSION, judge
from config.outlet import Outlet


class ReadingOutcome(StrEnum):
    """What came of reading. Only `ARTICLE` makes a state."""

    ARTICLE = "article"
    INCOMPLETE = "incomplete"
    DOUBTFUL = "doubtful"
    NOT_AN_ARTICLE = "not an article"
    FAILED = "reading failed"


@dataclass(frozen=True)
class Reading:
    """One article as one reader read it from one set of pages.

    The ids and `article_json` (the exact bytes whose SHA-256 is the content id) are there with `ARTICLE` and with no
    other outcome, so that nothing else can become a state. `article` may also be there with `INCOMPLETE` and
    `DOUBTFUL`: as far as it could be read. `article_key` is None where no pattern of the outlet fits the URL; the
    key is then the URL's SURT, which this room does not know.
    """

    outcome: ReadingOutcome
    reader_id: str
    article_key: str | None
    article: Article | None = None
    article_json: bytes | None = None
    content_id: str | None = None
    text_id: str | None = None
    field_hashes: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


def read(pages: Sequence[Page], outlet: Outlet) -> Reading:
    """Read one article from its pages, the first page first. Never raises: a page's trouble is an outcome.

    The first reader of the outlet's list that claims the first page reads it. No page at all is a bug of the caller's
    and comes out as `FAILED` too.
    """
    made_by, key = "unclaimed/0", None
    try:
        match = outlet.match(pages[0].url)
        key = match.key if match else None
        readers, facts = readers_of(outlet), OutletFacts.of(outlet)
        made_by = _unclaimed_id(readers, facts)
        document = Document(pages[0])
        reader = _claimant(document, readers, facts)
        if reader is None:
            doubtful, reason = judge(document)
            outcome = ReadingOutcome.DOUBTFUL if doubtful else ReadingOutcome.NOT_AN_ARTICLE
            return Reading(outcome, made_by, key, warnings=(reason, *document.warnings))
        made_by = reader_id(reader, facts)
        findings = reader.read([document, *map(Document, pages[1:])], facts)
        return _judged(findings, made_by, key)
    except Exception as error:  # noqa: BLE001  a hostile page must not stop the readings of all others
        return Reading(ReadingOutcome.FAILED, made_by, key, warnings=(_where(error),))


def part_urls(page: Page, outlet: Outlet) -> tuple[str, ...]:
    """Return the absolute URLs of the further pages that an article's first page announces, in order.

    Called while crawling, before the pages are read: an answer that is no article announces none.

    Raises:
        ReaderUnknown: the outlet file names a reader that does not exist.
    """
    readers, facts = readers_of(outlet), OutletFacts.of(outlet)
    document = Document(page)
    reader = _claimant(document, readers, facts)
    return () if reader is None else reader.part_urls(document, facts)


def current_reader_ids(outlet: Outlet) -> frozenset[str]:
    """Return the ids under which readings of the outlet are made today; readings under others are out of date.

    An id changes with its reader's version and with the facts of the outlet that readers are given. Pages that no
    reader claims are read by all of them in vain, so the id of those readings changes with any of them: `unclaimed/`
    and eight hex digits over the outlet's reader ids and the version of `articles.unclaimed`.

    Raises:
        ReaderUnknown: the outlet file names a reader that does not exist.
    """
    readers, facts = readers_of(outlet), OutletFacts.of(outlet)
    return frozenset((_unclaimed_id(readers, facts), *_ids(readers, facts)))


def can_read_again(made_by: str, outlet: Outlet) -> bool:
    """Return whether `read` has the reader with the id `made_by`, of just that version, and gives it the same facts.

    An id of the time before ids told the facts is taken at its word: which facts it had is not known.

    Raises:
        ReaderUnknown: the outlet file names a reader that does not exist.
    """
    readers = readers_of(outlet)
    return made_by in {*map(versioned, readers), *_ids(readers, OutletFacts.of(outlet))}


def _claimant(document: Document, readers: Sequence[Reader], facts: OutletFacts) -> Reader | None:
    if document.page.status != 200:
        return None
    return next((reader for reader in readers if reader.claims(document, facts)), None)


def _judged(findings: Findings, made_by: str, key: str | None) -> Reading:
    article = findings.article
    warnings = (*(f"missing part: {url}" for url in findings.missing), *article.warnings)
    if findings.doubts:
        return Reading(ReadingOutcome.DOUBTFUL, made_by, key, article, warnings=warnings)
    if findings.missing:
        return Reading(ReadingOutcome.INCOMPLETE, made_by, key, article, warnings=warnings)
    identity = identify(article)
    return Reading(
        outcome=ReadingOutcome.ARTICLE,
        reader_id=made_by,
        article_key=key,
        article=article,
        article_json=identity.article_json,
        content_id=identity.content_id,
        text_id=identity.text_id,
        field_hashes=identity.field_hashes,
        warnings=warnings,
    )


def _ids(readers: Sequence[Reader], facts: OutletFacts) -> list[str]:
    return [reader_id(reader, facts) for reader in readers]


def _unclaimed_id(readers: Sequence[Reader], facts: OutletFacts) -> str:
    names = "\n".join((*sorted(_ids(readers, facts)), f"unclaimed/{VERSION}"))
    return f"unclaimed/{hashlib.sha256(names.encode()).hexdigest()[:8]}"


def _where(error: Exception) -> str:
    """Name an error and the line of ours that it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__}: {str(error)[:300]} ({place})"
