"""What articles say beside headline and text, in words: of one, or of two against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from articles.article import Article
from audit.report.model import DiffReport


@dataclass(frozen=True)
class Fact:
    """A field of both articles in words, or a time of theirs; None where a page does not say."""

    name: str
    old: str | datetime | None
    new: str | datetime | None

    @property
    def differs(self) -> bool:
        """Whether the two states say otherwise: the same moment in another zone is another, too."""
        return str(self.old) != str(self.new)


def facts_of(article: Article) -> tuple[Fact, ...]:
    """Return what one article says beside headline and text."""
    return tuple(Fact(name, said, said) for name, said in _facts(article) if said is not None)


def facts(report: DiffReport) -> tuple[Fact, ...]:
    """Return what both articles say beside headline and text, those fields that either has."""
    pairs = zip(_facts(report.old.article), _facts(report.new.article), strict=True)
    return tuple(Fact(name, old, new) for (name, old), (_, new) in pairs if old is not None or new is not None)


def _facts(article: Article) -> Iterator[tuple[str, str | datetime | None]]:
    agency, note = article.agency, article.translation
    yield "kicker", article.kicker
    yield "subtitle", article.subtitle
    yield "byline", _list(article.byline)
    yield "editor", _list(article.editors)
    yield "source", None if agency is None else agency.name
    yield "source's address", None if agency is None else _addresses(agency.url)
    yield "published", article.published_at
    yield "modified", article.modified_at
    yield "section", _list(article.section, " › ")
    yield "language", article.language
    yield "keywords", _list(article.keywords)
    yield "translated from", None if note is None else note.original_outlet
    yield "original", None if note is None else _addresses(note.original_url)
    yield "original language", None if note is None else note.source_language
    yield "translation edited by", None if note is None else note.edited_by
    yield "translation note", None if note is None else note.note
    yield "disclaimer", None if note is None else note.disclaimer
    yield "correction", article.correction
    yield "images", _addresses(*(image.url for image in article.images))
    yield "links", _addresses(*article.links)


def _addresses(*urls: str | None) -> str | None:
    """Return addresses, which an article keeps without scheme, without the slashes that they then begin with."""
    return "\n".join(url.removeprefix("//") for url in urls if url) or None


def _list(items: tuple[str, ...], joint: str = ", ") -> str | None:
    return joint.join(items) or None
