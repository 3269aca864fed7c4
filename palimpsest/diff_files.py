"""Two files as the two sides of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from articles.article import Article
from articles.document import Document
from articles.errors import ArticleMissing
from articles.outlet_check import against_readers
from articles.page import Page
from articles.plain_page import plain_article
from articles.reading import Reading, ReadingOutcome, read
from articles.unclaimed import UNKNOWN_TEMPLATE, judge
from articles.written_times import UNKNOWN, WrittenTimes
from audit.compare import compare
from audit.report.model import DiffReport, Side
from config.outlet import Outlet
from config.outlet_file import load_outlets
from config.settings import load_settings
from palimpsest.saved_file import SavedFile, as_written, saved_file
from palimpsest.saved_text import codec_of

_PLAIN: Final = "as any page can be"


@dataclass(frozen=True)
class FilesCompared:
    """The report, whose notes say what is odd about the files. `doubtful`: one is likely no article at all."""

    report: DiffReport
    doubtful: bool


@dataclass(frozen=True)
class _Side:
    file: SavedFile
    article: Article
    by: str
    warnings: tuple[str, ...]
    doubt: str = ""
    times: WrittenTimes = UNKNOWN


def compare_files(old: Path, new: Path, url: str | None, encodings: Sequence[str] = ()) -> FilesCompared:
    """Compare two files: saved pages, article JSON as `palimpsest read --json` prints it, or plain texts.

    What a file is, its suffix says: `.txt` is text, whatever tags stand in it, `.json` an article, `.html`, `.htm` and
    `.xhtml` a page. Of any other file its beginning decides. Its encoding is that of `encodings` (one for both, or one
    for each), else what its byte order mark or the page itself says, else UTF-8.

    With the `url` that both pages were at, the readers of the outlet whose patterns fit read them. Where they know only
    one of the two, and without `url`, both are read as any page can be (articles.plain_page).

    Raises:
        ArticleInvalid: a file is JSON, and no article.
        ArticleMissing: the outlet's readers take a page for no article: for a challenge, say, or for "not found".
        EncodingUnknown: nothing says in which encoding a file is, or it is not in the one that was said.
    """
    codecs: list[str | None] = [*map(codec_of, encodings)] or [None]
    files = saved_file(old, url, codecs[0]), saved_file(new, url, codecs[-1])
    outlet = _outlet(url)
    readings = [_reading(file, outlet) for file in files]
    known = all(reading and reading.article for file, reading in zip(files, readings, strict=True) if file.page)
    older, newer = (_side(file, reading if known else None) for file, reading in zip(files, readings, strict=True))
    unread = [] if known else [_unread(file, reading) for file, reading in zip(files, readings, strict=True)]
    report = DiffReport(
        Side(str(old), older.article, url=url),
        Side(str(new), newer.article, url=url),
        compare(older.article, newer.article, old_times=older.times, new_times=newer.times),
        notes=(*_no_outlet(url, outlet, files), *filter(None, unread), *_notes(older, newer)),
    )
    return FilesCompared(report, bool(older.doubt or newer.doubt))


def _outlet(url: str | None) -> Outlet | None:
    if url is None:
        return None
    outlets = load_outlets(load_settings().outlets, against_readers)
    return next((outlet for outlet in outlets.values() if outlet.match(url)), None)


def _reading(file: SavedFile, outlet: Outlet | None) -> Reading | None:
    """Return what the outlet's readers make of a page. Raises ArticleMissing where they are sure that it is none."""
    if outlet is None or file.page is None:
        return None
    reading = read([file.page], outlet)
    judged = reading.outcome in (ReadingOutcome.NOT_AN_ARTICLE, ReadingOutcome.DOUBTFUL) and reading.article is None
    if judged and UNKNOWN_TEMPLATE not in reading.warnings:
        raise ArticleMissing(
            f"{file.path} is no article of {outlet.id}, so there is nothing to compare: {'; '.join(reading.warnings)}."
            " Without --url it is compared as any page can be."
        )
    return reading


def _side(file: SavedFile, reading: Reading | None) -> _Side:
    if file.page is None:
        assert file.article is not None, "what is no page was read as it was opened"
        return _Side(file, file.article, file.by, file.article.warnings, times=file.times)
    if reading is not None and reading.article is not None:
        odd = () if reading.outcome is ReadingOutcome.ARTICLE else (f"{reading.outcome}",)
        by, times = f"by {reading.reader_id}", WrittenTimes.of(reading.article)
        return _Side(file, reading.article, by, (*odd, *reading.warnings), times=times)
    article = plain_article(file.page)
    doubt = _doubt(file.page, article)
    return _Side(file, as_written(article), _PLAIN, article.warnings, doubt, WrittenTimes.of(article))


def _doubt(page: Page, article: Article) -> str:
    """Return why a page that was read as any can be is likely no article; "" where it is likely one."""
    _, reason = judge(Document(page))
    if reason != UNKNOWN_TEMPLATE:
        return reason
    return "" if article.blocks or article.images else "it shows no text"


def _no_outlet(url: str | None, outlet: Outlet | None, files: Sequence[SavedFile]) -> Iterator[str]:
    if url is not None and outlet is None and any(file.page for file in files):
        yield f"no outlet has articles at {url}, so pages were read {_PLAIN}"


def _unread(file: SavedFile, reading: Reading | None) -> str | None:
    if reading is None or reading.article is not None:
        return None
    why = "; ".join((reading.outcome, *reading.warnings))
    return f"{file.path}: the outlet's readers can't read it ({why}), so pages were read {_PLAIN}"


def _notes(old: _Side, new: _Side) -> Iterator[str]:
    for side in (old, new):
        yield from (f"{side.file.path}: {warning}" for warning in side.warnings)
        if side.doubt:
            yield f"{side.file.path} IS LIKELY NO ARTICLE: {side.doubt}"
    if old.by != new.by:
        yield (
            f"NOT READ BY THE SAME READER: {old.file.path} {old.by}, {new.file.path} {new.by}. What differs may be the"
            " readers' doing, and no edit"
        )
    if old.file.codec != new.file.codec:
        yield f"{old.file.path} was read as {old.file.codec}, {new.file.path} as {new.file.codec}"
