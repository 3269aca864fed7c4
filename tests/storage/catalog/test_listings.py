"""What listings named, out of commits: withdrawals of articles that were still there, in whatever order it arrives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from config.outlet_file import load_outlet
from storage.archive import Archive
from storage.catalog.absences import AbsenceFound, absences
from storage.catalog.announced import unannounced_absences
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter
from storage.catalog.due import articles_due
from storage.catalog.happened import Kind, count_urls, found_at, happenings
from storage.catalog.looks import Shown
from storage.catalog.schema import ages, unlisted, url_state, watches
from storage.catalog.unread_listings import unread_listings
from storage.exchange import Outcome, Purpose, Role
from storage.rows import CaptureRow, ListingRow, ReadingRow
from tests.storage.catalog.observed import READER, article, at, capture, commit, crawl_id, derived, reading, revisit

SOURCE = "http://demo.example/news/index.html"
LISTER = "listing/00c0ffee"
DEMO = Path(__file__).parents[3] / "config" / "outlets" / "demo.yml"
ENDED = {"status": "ok", "complete": True}


def url_of(number: int) -> str:
    return f"http://demo.example/CHINA/1643{number:04}.html"


def listing(hours: float, *, url: str = SOURCE, **said: Any) -> CaptureRow:
    return capture(url, hours, role=Role.LISTING, purpose=Purpose.DISCOVER, key=None, **said)


def named(of: CaptureRow, numbers: Sequence[int], reader: str = LISTER) -> ListingRow:
    rows = tuple(("ul", url_of(number)) for number in numbers)
    return ListingRow(of.url, of.record_id, of.captured_at, of.crawl_id, "listing", reader, "listing", rows)


class Crawls:
    """Commits of crawls that saw a listing and some articles, kept so that they can be committed in any order."""

    def __init__(self) -> None:
        self.commits: list[tuple[list[CaptureRow], list[ReadingRow], list[ListingRow], dict[str, Any]]] = []

    def add(self, hours: float, numbers: Sequence[int], *seen: int, gone: int = 0, complete: bool = True) -> None:
        page = listing(hours)
        looks = [capture(url_of(number), hours + 0.01) for number in seen]
        captures = [page, *looks]
        if gone:
            captures.append(capture(url_of(gone), hours + 0.02, status=404))
        readings = [reading(look, article(look.url)) for look in looks]
        self.commits.append((captures, readings, [named(page, numbers)], ENDED | {"complete": complete}))

    def commit(self, archive: Archive, *which: int) -> None:
        for index in which or range(len(self.commits)):
            captures, readings, listings, report = self.commits[index]
            commit(archive, captures, readings, listings, report=report, readers=(READER,))


def withdrawn(catalog: Catalog) -> list[AbsenceFound]:
    return absences(catalog, kinds=[Shown.WITHDRAWN])


def test_withdrawn_but_live_is_an_interval_confirmed_after_a_day(archive: Archive, catalog: Catalog) -> None:
    crawls = Crawls()
    crawls.add(0, (1,), 1)
    crawls.add(3, (3, 2, 1), 2, 3)
    crawls.add(6, (3, 1), 2)
    crawls.commit(archive)
    catalog.sync(archive)
    (found,) = withdrawn(catalog)
    assert (found.url, found.location, found.status) == (url_of(2), SOURCE, None)
    assert (found.last_seen, found.first_missing, found.last_missing) == (at(3), at(6), at(6))
    assert (found.observations, found.confirmed, found.returned_at) == (1, False, None)
    assert not unannounced_absences(catalog, "demo")
    told = happenings(catalog, ChangeFilter(), tuple(Kind), limit=10)
    assert [(one.position.kind, one.position.at) for one in told] == [(Kind.WITHDRAWN, at(6))]
    assert list(found_at(catalog, [one.position for one in told]).values()) == [found]
    assert count_urls(catalog, ChangeFilter(), Kind.WITHDRAWN) == 1
    crawls.add(30.5, (4, 3, 1), 2)
    crawls.commit(archive, 3)
    catalog.sync(archive)
    (found,) = withdrawn(catalog)
    assert (found.observations, found.confirmed, found.last_missing) == (2, True, at(30.5))
    assert [one.kind for one in unannounced_absences(catalog, "demo")] == [Shown.WITHDRAWN]
    crawls.add(33, (4, 3, 2, 1))
    crawls.commit(archive, 4)
    catalog.sync(archive)
    (found,) = withdrawn(catalog)
    assert found.returned_at == at(33)


def test_what_is_gone_is_not_withdrawn_but_live(archive: Archive, catalog: Catalog) -> None:
    crawls = Crawls()
    crawls.add(0, (1,), 1)
    crawls.add(3, (3, 2, 1), 2, 3)
    crawls.add(6, (3, 1), gone=2)
    crawls.add(31, (3, 1), gone=2)
    crawls.commit(archive)
    catalog.sync(archive)
    assert [one.kind for one in absences(catalog)] == [Shown.GONE]


def test_it_is_withdrawn_as_long_as_it_was_seen(archive: Archive, catalog: Catalog) -> None:
    """It went a day and a half later; no listing looked at between says more than that it had been there."""
    crawls = Crawls()
    crawls.add(0, (1,), 1)
    crawls.add(3, (3, 2, 1), 2, 3)
    crawls.add(6, (3, 1), 2)
    crawls.add(20, (3, 1), 2)
    crawls.add(40, (3, 1), gone=2)
    crawls.commit(archive)
    catalog.sync(archive)
    (found,) = withdrawn(catalog)
    assert (found.last_missing, found.confirmed) == (at(6), False)


def test_an_incomplete_crawl_asserts_nothing_and_an_unknown_page_makes_it_so(
    archive: Archive, catalog: Catalog
) -> None:
    crawls = Crawls()
    crawls.add(0, (1,), 1)
    crawls.add(3, (3, 2, 1), 2, 3)
    crawls.add(6, (3, 1), 2, complete=False)
    crawls.commit(archive)
    page, other = listing(31), listing(31, url="http://demo.example/other/index.html")
    commit(archive, [page, other], [], [named(page, (3, 1))], report=ENDED)  # nobody knows what the other one names
    catalog.sync(archive)
    assert not withdrawn(catalog)


def test_an_unchanged_listing_names_what_it_named(archive: Archive, catalog: Catalog) -> None:
    crawls = Crawls()
    crawls.add(0, (1,), 1)
    crawls.add(3, (3, 2, 1), 2, 3)
    crawls.add(6, (3, 1), 2)
    crawls.commit(archive)
    original = crawls.commits[-1][0][0]
    look = capture(url_of(2), 31.01)
    again, later = revisit(original, 31), revisit(original, 55, not_modified=True)
    commit(archive, [again, look], [reading(look, article(look.url))], report=ENDED)
    commit(archive, [later], [], crawl_id=crawl_id(55), report=ENDED)
    end = capture(url_of(1), 56)
    commit(archive, [end], [reading(end, article(end.url))], crawl_id=crawl_id(55), report=ENDED)
    catalog.sync(archive)
    (found,) = withdrawn(catalog)
    assert (found.confirmed, found.last_missing) == (True, at(31))


def test_a_change_of_patterns_asserts_nothing(archive: Archive, catalog: Catalog) -> None:
    """The outlet's file calls fewer pages articles: what its new reader does not name was not withdrawn."""
    crawls = Crawls()
    crawls.add(0, (1,), 1)
    crawls.add(3, (3, 2, 1), 2, 3)
    crawls.commit(archive)
    page, look = listing(6), capture(url_of(2), 6)
    rows = [named(page, (3, 1), "listing/0badcafe")]
    commit(archive, [page, look], [reading(look, article(look.url))], rows, report=ENDED)
    catalog.sync(archive)
    assert not withdrawn(catalog)
    # Read again by the new reader, they never named it either.
    old = [named(row[0][0], (3, 1)[index == 0 :], "listing/0badcafe") for index, row in enumerate(crawls.commits)]
    commit(archive, [], [], old, crawl_id=crawl_id(6))
    catalog.sync(archive)
    assert not withdrawn(catalog)


def test_it_is_asked_whether_a_withdrawn_article_is_there(archive: Archive, catalog: Catalog) -> None:
    crawls = Crawls()
    crawls.add(0, (1,), 1)
    crawls.add(3, (3, 2, 1), 2, 3)
    crawls.add(6, (3, 1))
    crawls.commit(archive)
    catalog.sync(archive)
    pattern = r"http://demo\.example/CHINA/(?P<id>\d{8})\.html"
    loaded = load_outlet(DEMO)
    outlet = loaded.model_copy(
        update={
            "articles": (loaded.articles[0].model_copy(update={"url": pattern}),),
            "ladder": (),
            "audit_share": 0.0,
        }
    )

    def due(hours: float) -> list[str]:
        return [one.url for one in articles_due(catalog, outlet, at(hours), Random(1)) if one.url == url_of(2)]

    assert due(7) == [url_of(2)]  # the other two wait for a second sighting
    crawls.add(9, (3, 1), 2, 2)
    crawls.commit(archive, 3)
    catalog.sync(archive)
    assert (due(10), due(29)) == ([], [])
    assert due(30) == [url_of(2)]


def test_captures_are_read_once_by_each_reader(archive: Archive, catalog: Catalog) -> None:
    page, failed, moved = listing(0), listing(0, status=500), listing(0, status=301)
    feed = capture("http://demo.example/feed.xml", 0, role=Role.FEED)
    sitemap = capture("http://demo.example/sitemap.xml", 0, role=Role.SITEMAP)
    cut = listing(0, outcome=Outcome.TRUNCATED)
    commit(
        archive, [page, failed, moved, feed, sitemap, cut, revisit(page, 0.5)], [], [named(page, (1,))], report=ENDED
    )
    catalog.sync(archive)
    assert [row.record_id for row in unread_listings(catalog, "demo", LISTER)] == [feed.record_id]
    assert len(list(unread_listings(catalog, "demo", "listing/0badcafe"))) == 2
    assert not list(unread_listings(catalog, "other", LISTER))


def taken_up(catalog: Catalog) -> dict[str, Any]:
    """What was derived of listings, with URLs instead of numbers."""
    with catalog.reading() as connection:
        urls = dict(connection.execute(select(url_state.c.id, url_state.c.url)).tuples().all())
        rows = connection.execute(select(unlisted)).mappings().all()
        first = connection.execute(select(ages)).tuples().all()
        (watch,) = connection.execute(select(watches)).all()
    told = [{name: row[name] for name in row if name not in ("article", "older")} for row in rows]
    older = [sorted(urls[one] for one in row["older"]) for row in rows]
    return {
        "unlisted": sorted(
            (urls[row["article"]], row["first_missing"], *more)
            for row, *more in zip(rows, map(str, told), older, strict=True)
        ),
        "ages": {urls[number]: age for number, age in first},
        "shelves": [
            [*shelf[:4], [[urls[number], *more] for number, *more in shelf[4]]] for shelf in sorted(watch.shelves)
        ],
    }


def history(seed: int) -> Crawls:
    """Thirty crawls of a listing of ten, from which now and then one is taken, and sometimes put back."""
    dice = Random(seed)
    crawls, shown, newest, taken = Crawls(), [3, 2, 1], 3, []
    for crawl in range(30):
        for _ in range(dice.choice((0, 1, 1, 3))):
            newest += 1
            shown.insert(0, newest)
        if dice.random() < 0.3 and len(shown) > 5:
            taken.append(shown.pop(dice.randrange(4)))
        if taken and dice.random() < 0.1:
            shown.insert(1, taken.pop())
        seen = {*dice.sample(shown[:6], 2), *taken[-3:]} if crawl else set(shown)
        crawls.add(crawl * 3, shown[:10], *sorted(seen), complete=dice.random() > 0.1)
    return crawls


@pytest.mark.parametrize("seed", range(3))
def test_crawl_by_crawl_late_and_all_at_once_come_to_the_same(
    seed: int, archive: Archive, catalog: Catalog, tmp_path: Path
) -> None:
    crawls = history(seed)
    late = Random(seed).sample(range(5, 25), 5)  # spools that came home at the end
    for index in range(30):
        if index not in late:
            crawls.commit(archive, index)
        if index % 7 == 0:
            catalog.sync(archive)
    catalog.sync(archive)
    crawls.commit(archive, *late)
    catalog.sync(archive)
    assert len(withdrawn(catalog)) > 1
    other = Catalog.open(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.rebuild(archive)
    assert taken_up(other) == taken_up(catalog)
    assert derived(other) == derived(catalog)


def test_withdrawals_are_told_in_the_order_of_time(archive: Archive, catalog: Catalog) -> None:
    history(7).commit(archive)
    catalog.sync(archive)
    found: list[datetime] = [one.first_missing for one in withdrawn(catalog)]
    assert len(found) > 1
    assert all(earlier >= later for earlier, later in pairwise(found))


@pytest.mark.parametrize("follows", [True, False])
def test_what_is_listed_by_another_spelling_is_not_withdrawn(follows: bool, archive: Archive, catalog: Catalog) -> None:
    crawls = Crawls()
    crawls.add(0, (1,), 1)
    crawls.add(3, (3, 2, 1), 2, 3)
    crawls.commit(archive)
    secure = url_of(2).replace("http:", "https:")
    redirected = [capture(url_of(2), 6.01, status=301, location=secure)] if follows else []
    page, behind = listing(6), capture(secure, 6.02)
    row = named(page, (2, 3, 1))
    row = replace(row, named=tuple((box, secure if url == url_of(2) else url) for box, url in row.named))
    commit(
        archive,
        [page, *redirected, behind],
        [reading(behind, article(url_of(2)))],
        [row],
        report=ENDED,
        readers=(READER,),
    )
    crawls.add(9, (3, 1), 2)
    crawls.commit(archive, 2)
    catalog.sync(archive)
    # Last named at 6 by its new spelling: that it is in no listing is so since 9.
    assert [(one.url, one.last_seen, one.first_missing) for one in withdrawn(catalog)] == [
        (url_of(2), at(6), at(9)) if follows else (url_of(2), at(3), at(6))
    ]
