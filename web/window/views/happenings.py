"""One thing that happened to an article, as lists show it, and a change as the article itself shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class OfArticle:
    """The article that something is told of: at which URL, and what it is known by."""

    outlet: str
    url: str
    article_key: str | None
    headline: str | None


@dataclass(frozen=True)
class LedTo:
    """A change of an article, at a moment between `after` and `at`, with the weight of its edits and what they are.

    What comparing the two states came to is null where nobody has compared them, or (`audit_error`) where that failed.
    """

    after: datetime
    at: datetime
    change_id: str
    confirmed: bool
    oscillating: bool
    weight: str | None
    score: int | None
    types: tuple[str, ...]
    disclosure: str | None
    undisclosed: bool | None
    audit_error: str | None


@dataclass(frozen=True)
class EditInList:
    """One edit. `before` and `after` are cut to 240 characters where they are longer, `…` at the end.

    `words_before` and `words_after` stand around it in the newer text (in the older one, if it was only removed).
    """

    type: str
    weight: str
    where: str
    reason: str
    words_before: str
    before: str
    after: str
    words_after: str


@dataclass(frozen=True)
class EqualInList:
    """The very same edit at the same time, in another article or at another URL of the same one."""

    change_id: str
    url: str
    headline: str | None
    at: datetime


@dataclass(frozen=True)
class EditedInList(LedTo, OfArticle):
    """An article was edited.

    `edits` are the first three, the heaviest first, of `edits_in_all`. `alike` are other articles with the same edits,
    `also_at` other URLs of this article that showed them.
    """

    edits: tuple[EditInList, ...] = ()
    edits_in_all: int = 0
    alike: tuple[EqualInList, ...] = ()
    also_at: tuple[EqualInList, ...] = ()
    kind: Literal["edit"] = "edit"


@dataclass(frozen=True)
class AbsentInList(OfArticle):
    """An article did not show itself: last seen at `after`, first missing at `at`.

    `shown` is what was there instead. Only where `conclusive`, anything follows from it about the article. `moved_to`
    is the URL that it led to, where the same article was seen there; it said otherwise there of `edited_there`.
    """

    after: datetime
    at: datetime
    shown: str
    conclusive: bool
    confirmed: bool
    observations: int
    last_missing: datetime
    returned_at: datetime | None
    status: int | None
    location: str | None
    record_id: str
    moved_to: str | None = None
    edited_there: tuple[str, ...] = ()
    kind: Literal["absence"] = "absence"


@dataclass(frozen=True)
class ReturnedInList(OfArticle):
    """An article that had been missing since `missing_since` was seen again, between `after` and `at`."""

    after: datetime
    at: datetime
    shown: str
    missing_since: datetime
    kind: Literal["return"] = "return"


@dataclass(frozen=True)
class RepostInList(OfArticle):
    """At `at` a text was first seen under this URL that another article had shown since `earlier_seen`, or one like it.

    `similarity` is the part of the words that both have in common, in order: 1 where the text is the same.
    """

    at: datetime
    earlier_url: str
    earlier_key: str
    earlier_seen: datetime
    similarity: float
    kind: Literal["re-post"] = "re-post"


@dataclass(frozen=True)
class ImageInList(OfArticle):
    """An image of an article had other bytes at `at` than at `after`. Whether it looks different is not known."""

    after: datetime
    at: datetime
    image_url: str
    old_digest: str
    new_digest: str
    with_change: bool
    kind: Literal["image replaced"] = "image replaced"


InList = EditedInList | AbsentInList | ReturnedInList | RepostInList | ImageInList
