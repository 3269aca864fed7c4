"""Which articles the listings of an outlet ceased to name, from what they named at each crawl. Pure.

A *box* is what stands together on the pages of a source: the links in one element. An article is *passed over* where

- it came into a box while that was watched, and was fresh: no source had named it before the last look at the box;
- all that stood above it in the box was no older than it, and for a week nothing had come into the box above others
  that was not fresh: the box goes by age, as far as can be seen;
- a complete crawl saw the box again, and no source named the article any more, while the box still named articles that
  had stood below it and are older.

So what scrolls off the end of a listing is not passed over, nor what moved to another one, nor what left a box that
shows the most read, or old articles in turn. An article's age is when we first saw it named: unknown, and taken for
older than all others, for what a source named when we first saw it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple

CONFIRMED_APART: Final = timedelta(hours=24)
"""Two observations of an absence that are at least this far apart confirm it."""

ORDERLY: Final = timedelta(days=7)
"""For so long a box must not have taken up old articles above others."""

MOST_BELOW: Final = 50
"""So many of those that stood below an article are looked at and remembered."""

NO_BOX: Final = ""
"""Links that stand with no others. They are named, and nothing follows from where they stand."""

Box = tuple[str, str]
"""A source, by the URL of its first page, and a box on its pages."""


class Page(NamedTuple):
    """One page of a source, as one capture showed it: its boxes with the articles that they name, in order."""

    source: str
    at: datetime
    record_id: str
    boxes: Mapping[str, Iterable[int]]


class Listings(NamedTuple):
    """What one crawl saw of an outlet's listings and feeds, pages in the order of their capture.

    `complete` is true where it saw all of all sources: only then does it say anything of what it did not see.
    """

    complete: bool
    pages: tuple[Page, ...]


@dataclass(slots=True)
class Shelf:
    """A box as the last complete crawl that saw it found it, at `at`.

    `last` has its articles in order, with when each was last named; `fresh` are those of them that came as fresh ones.
    `disorder` is when an article that was not fresh last came above others.
    """

    at: datetime
    last: dict[int, datetime]
    fresh: set[int] = field(default_factory=set)
    disorder: datetime | None = None


@dataclass(slots=True)
class Unlisted:
    """An article that was passed over: last named in this box at `last_listed`, first not named at `first_missing`.

    `second` is the first look after CONFIRMED_APART that did not name it, `last_missing` the last one, of `looks` in
    all; only those count that named any of the `older` ones. `record_id` is the capture of the last of them,
    `returned_at` when any source named the article again.
    """

    article: int
    source: str
    box: str
    last_listed: datetime
    first_missing: datetime
    last_missing: datetime
    record_id: str
    older: frozenset[int]
    looks: int = 1
    second: datetime | None = None
    returned_at: datetime | None = None


_Seen = dict[int, tuple[datetime, str]]
"""What a box names, in order, with the moment and the capture of the page that names it."""


@dataclass
class Watch:
    """What is known between two crawls.

    `ages` tell when an article was first named by any source, None where its age is not known; `open` are those that
    were passed over and not named again.
    """

    shelves: dict[Box, Shelf] = field(default_factory=dict)
    ages: dict[int, datetime | None] = field(default_factory=dict)
    open: dict[int, Unlisted] = field(default_factory=dict)

    def see(self, listings: Listings) -> list[Unlisted]:
        """Take up the next crawl by time, and return those that were passed over before and that it named again."""
        named = self._named(listings.pages)
        returned = [self.open.pop(article) for article in sorted(self.open.keys() & named.keys())]
        for one in returned:
            one.returned_at = named[one.article]
        if listings.complete:
            for box, seen in _by_box(listings.pages).items():
                self._compare(box, seen, named, listings.pages[0].at)
        else:
            for shelf in self.shelves.values():
                shelf.last.update((article, named[article]) for article in shelf.last.keys() & named.keys())
        return returned

    def _named(self, pages: Sequence[Page]) -> dict[int, datetime]:
        watched = {source for source, _ in self.shelves}
        named: dict[int, datetime] = {}
        for page in pages:
            for articles in page.boxes.values():
                for article in articles:
                    named.setdefault(article, page.at)
                    # The same for all of a crawl: further pages are seen later, and are no newer.
                    self.ages.setdefault(article, pages[0].at if page.source in watched else None)
        return named

    def _compare(self, box: Box, seen: _Seen, named: Collection[int], at: datetime) -> None:
        for one in self.open.values():
            if (one.source, one.box) == box and (still := one.older & seen.keys()):
                one.last_missing, one.record_id = max(seen[article] for article in still)
                one.looks += 1
                if one.second is None and one.last_missing - one.first_missing >= CONFIRMED_APART:
                    one.second = one.last_missing
        shelf = Shelf(at, {article: when for article, (when, _) in seen.items()})
        before = self.shelves.get(box)
        if before is not None:
            fresh = {article for article in seen if (age := self.ages[article]) is not None and age >= before.at}
            shelf.fresh = before.fresh & seen.keys() | fresh - before.last.keys()
            shelf.disorder = at if _is_disordered(before.last, list(seen), fresh) else before.disorder
            if box[1] != NO_BOX and (shelf.disorder is None or at - shelf.disorder > ORDERLY):
                for one in self._passed_over(box, before, seen):
                    if one.article not in named:
                        self.open.setdefault(one.article, one)
        self.shelves[box] = shelf

    def _passed_over(self, box: Box, before: Shelf, seen: _Seen) -> Iterator[Unlisted]:
        articles = list(before.last)
        oldest_above: datetime | None = None
        for rank, article in enumerate(articles):
            age = self.ages[article]
            if age is None:
                return  # what stands below it is not in the order of age, or is as old
            if article not in seen and article in before.fresh and (oldest_above is None or age <= oldest_above):
                older = [one for one in articles[rank + 1 : rank + 1 + MOST_BELOW] if self._is_older(one, age)]
                if still := [one for one in older if one in seen]:
                    at, record_id = max(seen[one] for one in still)
                    yield Unlisted(article, *box, before.last[article], at, at, record_id, frozenset(older))
            oldest_above = age if oldest_above is None else min(age, oldest_above)

    def _is_older(self, article: int, age: datetime) -> bool:
        its_own = self.ages[article]
        return its_own is None or its_own < age


def _is_disordered(before: Collection[int], now: Sequence[int], fresh: Collection[int]) -> bool:
    """Tell whether an article that is not fresh came above one that stood there before."""
    last = next((rank for rank in range(len(now) - 1, -1, -1) if now[rank] in before), 0)
    return any(article not in before and article not in fresh for article in now[:last])


def _by_box(pages: Iterable[Page]) -> dict[Box, _Seen]:
    found: dict[Box, _Seen] = {}
    for page in pages:
        for box, articles in page.boxes.items():
            seen = found.setdefault((page.source, box), {})
            for article in articles:
                seen.setdefault(article, (page.at, page.record_id))
    return found
