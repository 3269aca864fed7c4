"""A file that a person saved: a page, an article as JSON, or a plain text."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import Final

from articles.article import Article, Block, BlockKind
from articles.errors import ArticleInvalid
from articles.page import Page
from articles.written_times import UNKNOWN, WrittenTimes
from config.clock import Clock
from palimpsest.saved_text import page_codec, text_of

_MARKUP: Final = ("<!doctype", "<html", "<head", "<body", "<!--", "<?xml")
_LOOKED_AT: Final = 4096
_TEXT_SUFFIXES: Final = frozenset((".txt",))
_JSON_SUFFIXES: Final = frozenset((".json",))
_PAGE_SUFFIXES: Final = frozenset((".html", ".htm", ".xhtml"))
_LINE_END: Final = re.compile(r"\r\n|[\r\n]")
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


_NOWHERE: Final = "http://file.invalid/"
"""Where a page is of which nobody said where it was: its own addresses need a beginning to be read at all."""


class _Kind(Enum):
    TEXT = auto()
    JSON = auto()
    PAGE = auto()


@dataclass(frozen=True)
class SavedFile:
    """A file and the codec of its characters: a `page` that is to be read, or the `article` that it holds.

    `by` says how the article was read, `times` how it writes its own times, as far as it says.
    """

    path: Path
    codec: str
    page: Page | None = None
    article: Article | None = None
    by: str = ""
    times: WrittenTimes = UNKNOWN


def saved_file(path: Path, url: str | None, codec: str | None) -> SavedFile:
    """Open a file. `url` is where the page was, `codec` the one that was said.

    Raises:
        ArticleInvalid: the file is JSON, and no article.
        EncodingUnknown: nothing says in which encoding the file is, or it is not in the one that was said.
    """
    data = path.read_bytes()
    match _kind(path, data, codec):
        case _Kind.TEXT:
            text, found = text_of(path, data, codec)
            return SavedFile(path, found, article=_from_text(text), by="as a plain text")
        case _Kind.JSON:
            text, found = text_of(path, data, codec)
            article, times = _from_json(text, path)
            return SavedFile(path, found, article=article, by="as the article that it holds", times=times)
        case _Kind.PAGE:
            if codec is not None:  # what a person says stands above all that the page does
                data = codecs.BOM_UTF8 + text_of(path, data, codec)[0].encode()
            page = Page(url or _NOWHERE, data, Clock().now())
            return SavedFile(path, codec or page_codec(path, page), page)


def as_written(article: Article) -> Article:
    """Return the article of a page with addresses of its own site that begin nowhere as a path: `/ships/1.jpg`."""
    images = tuple(replace(image, url=_path(image.url)) for image in article.images)
    return replace(article, links=tuple(map(_path, article.links)), images=images)


def _path(url: str) -> str:
    return f"/{url.removeprefix(_NOWHERE)}" if url.startswith(_NOWHERE) else url


def _kind(path: Path, data: bytes, codec: str | None) -> _Kind:
    suffix = path.suffix.lower()
    if suffix in _TEXT_SUFFIXES:
        return _Kind.TEXT
    if suffix in _JSON_SUFFIXES:
        return _Kind.JSON
    if suffix in _PAGE_SUFFIXES:
        return _Kind.PAGE
    if codec is None:
        codec = "utf-16" if data.startswith(_UTF_16) else "utf-8"
    head = data[:_LOOKED_AT].decode(codec, "replace").lstrip("\ufeff \t\r\n").lower()
    if head.startswith("{"):
        return _Kind.JSON
    return _Kind.PAGE if head.startswith(_MARKUP) or "<html" in head or "</" in head else _Kind.TEXT


def _from_json(text: str, path: Path) -> tuple[Article, WrittenTimes]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ArticleInvalid(f"{path}: should be JSON and is none ({error}). Save it again.") from error
    if not isinstance(value, dict):
        raise ArticleInvalid(f"{path}: this JSON is no article. `palimpsest read --json` prints one.")
    try:
        return Article.from_json(value), WrittenTimes.in_json(value)
    except ArticleInvalid as error:
        raise ArticleInvalid(f"{path}: {error}") from error


def _from_text(text: str) -> Article:
    """The first line is the headline, the others are paragraphs."""
    headline, *rest = [line for line in _LINE_END.split(text) if line.strip()] or [""]
    return Article(headline, blocks=tuple(Block(BlockKind.PARAGRAPH, line) for line in rest))
