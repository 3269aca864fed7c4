"""Two files as the two sides of a report."""

from __future__ import annotations

import codecs
import json
from enum import Enum, auto
from pathlib import Path

from articles.article import Article, Block, BlockKind
from articles.errors import ArticleInvalid
from articles.outlet_check import against_readers
from articles.page import Page
from articles.plain_page import plain_article
from articles.reading import read
from audit.compare import compare
from audit.report.model import DiffReport, Side
from config.clock import Clock
from config.outlet import Outlet
from config.outlet_file import load_outlets
from config.settings import load_settings

_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<!--", b"<?xml")
_LOOKED_AT = 4096
_TEXT_SUFFIXES = frozenset((".txt",))
_PAGE_SUFFIXES = frozenset((".html", ".htm", ".xhtml"))
_GUESSED = "charset: the text is no UTF-8; it was read as GB18030"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class _Kind(Enum):
    TEXT = auto()
    JSON = auto()
    PAGE = auto()


def report_of_files(old: Path, new: Path, url: str | None) -> DiffReport:
    """Compare two files: saved pages, article JSON as `palimpsest read --json` prints it, or plain texts.

    What a file is, its suffix says: `.txt` is text, whatever tags stand in it, `.html`, `.htm` and `.xhtml` a page. Of
    any other file its beginning decides.

    With the `url` that both pages were at, the readers of the outlet whose patterns fit read them; a page that they
    make no article of, and every page without `url`, is read as any page can be (articles.plain_page).

    What was odd about a file, such as a guessed encoding, stands in its article's `warnings`.

    Raises:
        ArticleInvalid: a file is JSON, and no article; or a text in no encoding that we can tell.
    """
    outlet = _outlet(url)
    older, newer = (_article(path, url, outlet) for path in (old, new))
    return DiffReport(Side(str(old), older, url=url), Side(str(new), newer, url=url), compare(older, newer))


def _outlet(url: str | None) -> Outlet | None:
    if url is None:
        return None
    outlets = load_outlets(load_settings().outlets, against_readers)
    return next((outlet for outlet in outlets.values() if outlet.match(url)), None)


def _article(path: Path, url: str | None, outlet: Outlet | None) -> Article:
    data = path.read_bytes()
    match _kind(path, data):
        case _Kind.TEXT:
            return _from_text(data, path)
        case _Kind.JSON:
            return _from_json(data, path)
        case _Kind.PAGE:
            return _from_page(Page(url or "http://file.invalid/", data, Clock().now()), outlet)


def _kind(path: Path, data: bytes) -> _Kind:
    suffix = path.suffix.lower()
    if suffix in _TEXT_SUFFIXES:
        return _Kind.TEXT
    if suffix in _PAGE_SUFFIXES:
        return _Kind.PAGE
    head = data[:_LOOKED_AT]
    if head.startswith(_UTF_16):
        head = head.decode("utf-16", "replace").encode()
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{"):
        return _Kind.JSON
    return _Kind.PAGE if head.startswith(_MARKUP) or b"<html" in head or b"</" in head else _Kind.TEXT


def _from_page(page: Page, outlet: Outlet | None) -> Article:
    if outlet is not None:
        reading = read([page], outlet)
        if reading.article is not None:
            return reading.article
    return plain_article(page)


def _from_json(data: bytes, path: Path) -> Article:
    try:
        value = json.loads(data)
    except ValueError as error:
        raise ArticleInvalid(f"{path}: begins as JSON and is none ({error}). Save it again.") from error
    try:
        return Article.from_json(value)
    except ArticleInvalid as error:
        raise ArticleInvalid(f"{path}: {error}") from error


def _from_text(data: bytes, path: Path) -> Article:
    """The first line is the headline, the others are paragraphs."""
    text, warnings = _decoded(data, path)
    lines = [line.strip("\r") for line in text.split("\n")]
    headline, *rest = [line for line in lines if line.strip()] or [""]
    return Article(headline, blocks=tuple(Block(BlockKind.PARAGRAPH, line) for line in rest), warnings=warnings)


def _decoded(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """Return a text, and what had to be guessed. Nothing becomes U+FFFD, of which any two are equal."""
    tried: dict[str, tuple[str, ...]] = (
        {"utf-16": ()} if data.startswith(_UTF_16) else {"utf-8-sig": (), "gb18030": (_GUESSED,)}
    )
    for codec, warnings in tried.items():
        try:
            return data.decode(codec), warnings
        except UnicodeDecodeError:
            continue
    raise ArticleInvalid(
        f"{path}: we can't tell which encoding the text is in (tried: {', '.join(tried)}). Save it as UTF-8."
    )
