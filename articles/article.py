"""What a page says, as typed fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from articles.errors import ArticleInvalid


class BlockKind(StrEnum):
    """What a piece of the body is to a reader of the page."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    CAPTION = "caption"
    NOTE = "note"  # the outlet speaks about the article: editor's note, disclaimer, correction


@dataclass(frozen=True)
class Agency:
    """Who the page names as its source."""

    name: str
    url: str | None = None


@dataclass(frozen=True)
class Block:
    """One piece of text of the body, in reading order. A line break inside it is `\\n`."""

    kind: BlockKind
    text: str


@dataclass(frozen=True)
class Image:
    """An image of the body. `url` is absolute and as the page gives it; `credit` is the part of the caption that
    names the photographer or agency, in the page's words."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True)
class Translation:
    """What the page itself says about being a translation. `note` is the whole note, the rest is read out of it."""

    note: str
    original_outlet: str | None = None
    original_url: str | None = None
    source_language: str | None = None  # BCP 47
    target_language: str | None = None
    edited_by: str | None = None
    disclaimer: str | None = None


@dataclass(frozen=True)
class Article:
    """What one page (or the joined pages of one article) says.

    Times are aware and keep the offset of the page's zone; `published_raw` and `modified_raw` are the page's own
    characters, and `zone_source` tells where the offset came from: "page" (printed there) or "outlet" (the page
    prints none and the outlet's zone is assumed). `language` is a BCP 47 tag. None and () mean: the page does not say.
    """

    headline: str
    kicker: str | None = None
    subtitle: str | None = None
    byline: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    agency: Agency | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    published_raw: str | None = None
    modified_raw: str | None = None
    zone_source: str | None = None
    section: tuple[str, ...] = ()
    language: str | None = None
    blocks: tuple[Block, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[str, ...] = ()
    correction: str | None = None
    keywords: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    translation: Translation | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the article as JSON values.

        Every field of the article is there, null or [] where the page does not say. Inside `agency`, an image and
        `translation` a key is left out where the page does not say.

        >>> Article("Drill ends", agency=Agency("China Military Online")).to_json()["agency"]
        {'name': 'China Military Online'}
        """
        return {
            "headline": self.headline,
            "kicker": self.kicker,
            "subtitle": self.subtitle,
            "byline": list(self.byline),
            "editors": list(self.editors),
            "agency": None if self.agency is None else _said(name=self.agency.name, url=self.agency.url),
            "published_at": None if self.published_at is None else self.published_at.isoformat(),
            "modified_at": None if self.modified_at is None else self.modified_at.isoformat(),
            "published_raw": self.published_raw,
            "modified_raw": self.modified_raw,
            "zone_source": self.zone_source,
            "section": list(self.section),
            "language": self.language,
            "blocks": [{"kind": block.kind.value, "text": block.text} for block in self.blocks],
            "images": [_said(url=image.url, caption=image.caption, credit=image.credit) for image in self.images],
            "links": list(self.links),
            "correction": self.correction,
            "keywords": list(self.keywords),
            "warnings": list(self.warnings),
            "translation": None if self.translation is None else self._translation_json(self.translation),
        }

    @staticmethod
    def _translation_json(translation: Translation) -> dict[str, str]:
        return _said(
            original_outlet=translation.original_outlet,
            original_url=translation.original_url,
            source_language=translation.source_language,
            target_language=translation.target_language,
            edited_by=translation.edited_by,
            note=translation.note,
            disclaimer=translation.disclaimer,
        )

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Article:
        """Build an article from `to_json`'s value, or from the canonical JSON that the archive keeps.

        Keys that are missing count as not said, and keys that are not known are passed over: canonical JSON leaves
        the raw texts and the warnings out, and adds `schema`.

        Raises:
            ArticleInvalid: a value has another type than the field.
        """
        try:
            return cls(
                headline=_text(value["headline"]),
                byline=_texts(value.get("byline")),
                editors=_texts(value.get("editors")),
                agency=_part(Agency, value.get("agency")),
                published_at=_moment(value.get("published_at")),
                modified_at=_moment(value.get("modified_at")),
                section=_texts(value.get("section")),
                blocks=tuple(Block(BlockKind(block["kind"]), _text(block["text"])) for block in value["blocks"]),
                images=tuple(_required(Image, image) for image in value.get("images") or ()),
                links=_texts(value.get("links")),
                keywords=_texts(value.get("keywords")),
                warnings=_texts(value.get("warnings")),
                translation=_part(Translation, value.get("translation")),
                **{name: _text_or_none(value.get(name)) for name in _PLAIN},
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            why = f"it has no {error}" if isinstance(error, KeyError) else f"{type(error).__name__}: {error}"
            raise ArticleInvalid(f"this JSON is no article ({why}). Read the page again from its capture.") from error


Part = TypeVar("Part", Agency, Image, Translation)

_PLAIN = (
    "kicker",
    "subtitle",
    "published_raw",
    "modified_raw",
    "zone_source",
    "language",
    "correction",
)


def _said(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text expected, not {value!r:.60}")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _texts(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)):
        raise TypeError(f"a list expected, not {value!r:.60}")
    return tuple(_text(item) for item in value)


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError(f"a time without its offset: {value!r:.60}")
    return moment


def _part(kind: type[Part], value: Mapping[str, Any] | None) -> Part | None:
    return None if value is None else _required(kind, value)


def _required(kind: type[Part], value: Mapping[str, Any]) -> Part:
    known = {field.name for field in fields(kind)}
    return kind(**{name: _text(item) for name, item in value.items() if name in known and item is not None})
