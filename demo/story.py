"""What the newsroom knows of an article: its fields and blocks, before any template makes a page of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Literal

BEIJING = timezone(timedelta(hours=8))

Template = Literal["2022", "2025xb", "remade"]
Kind = Literal["paragraph", "subhead", "image", "caption", "note"]


@dataclass(frozen=True)
class Section:
    """A section of the site: its folder, its number in the CMS, and the names in its breadcrumb."""

    folder: str
    catalog: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """One block of a body. In `text`, `[label](url)` is a link; an image has a `picture`, the seed of its pixels."""

    kind: Kind
    text: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Story:
    """One article as it stands on a day. `pages` has the blocks of page 1, of `_2.html`, and so on.

    `filed_at` is when it came into the CMS: attachments are kept under that date even if `published_at` is moved.
    """

    id: int
    section: Section
    template: Template
    headline: str
    editor: str
    published_at: datetime
    filed_at: datetime
    pages: tuple[tuple[Block, ...], ...]
    source: str = "Palimpsest Demo Online"
    source_url: str = ""
    kicker: str = ""
    subtitle: str = ""
    keywords: str = "major"

    @property
    def path(self) -> str:
        """The path of page 1."""
        return self.page_path(1)

    def page_path(self, number: int) -> str:
        """Return the path of page `number`, counted from 1."""
        suffix = "" if number == 1 else f"_{number}"
        return f"/{self.section.folder}/{self.id}{suffix}.html"

    def picture_path(self, block: Block) -> str:
        """Return the path of an image: the CMS writes the article's id into it."""
        digest = hashlib.md5(f"{self.id} {block.picture}".encode(), usedforsecurity=False).hexdigest()
        return f"/{self.section.folder}/_attachment/{self.filed_at:%Y/%m/%d}/{self.id}_{digest}.png"

    @property
    def pictures(self) -> tuple[Block, ...]:
        """The image blocks of all pages."""
        return tuple(block for page in self.pages for block in page if block.kind == "image")

    def with_text(self, old: str, new: str) -> Story:
        """Return the story with `old`, which must stand in it exactly once, replaced in a block. ValueError if not."""
        if sum(block.text.count(old) for page in self.pages for block in page) != 1:
            raise ValueError(f"{old!r} does not stand exactly once in story {self.id}")
        pages = tuple(tuple(replace(b, text=b.text.replace(old, new)) for b in page) for page in self.pages)
        return replace(self, pages=pages)

    def with_note(self, text: str) -> Story:
        """Return the story with an editor's note as its last block."""
        return replace(self, pages=(*self.pages[:-1], (*self.pages[-1], Block("note", text))))

    def without_note(self) -> Story:
        """Return the story without any editor's note."""
        return replace(self, pages=tuple(tuple(b for b in page if b.kind != "note") for page in self.pages))
