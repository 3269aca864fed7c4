from __future__ import annotations

from datetime import timedelta

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.crawls import crawls, last_crawl
from storage.catalog.status import status
from storage.exchange import Purpose
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, reading


def test_an_empty_archive_has_no_status(archive: Archive, catalog: Catalog) -> None:
    catalog.sync(archive)
    assert status(catalog) == []
    assert crawls(catalog) == []
    assert last_crawl(catalog, "demo") is None


def test_a_crawl_is_put_together_from_its_commits(archive: Archive, catalog: Catalog) -> None:
    first, second, later = capture(URL, 0), capture(OTHER, 0.5), capture(URL, 24)
    commit(archive, [first])
    commit(archive, [later])
    commit(archive, [second], recovers=second.crawl_id)
    commit(archive, readings=[reading(first, article())], report={"status": "degraded", "missed": ["editors"]})
    catalog.sync(archive)
    latest, earlier = crawls(catalog)
    assert (latest.crawl_id, latest.commits, latest.read, latest.recovered) == (later.crawl_id, (2,), False, False)
    assert (earlier.commits, earlier.last_commit, earlier.captures, earlier.readings) == ((1, 3, 4), 4, 2, 1)
    assert (earlier.read, earlier.recovered) == (True, True)
    assert earlier.counts == {"captures": 2, "readings": 1}
    assert earlier.report == {"status": "degraded", "missed": ["editors"]}
    assert (earlier.started, earlier.finished) == (at(0), at(0.5) + timedelta(minutes=5))
    assert last_crawl(catalog, "demo") == latest
    assert crawls(catalog, "another") == []
    assert crawls(catalog, limit=1) == [latest]


def test_the_status_of_an_outlet_counts_what_is_there_and_what_waits(archive: Archive, catalog: Catalog) -> None:
    days = [
        (capture(URL, 0), article("One"), "pla-2022/1"),
        (capture(URL, 24), article("Two"), "pla-2022/1"),
        (capture(OTHER, 0.1), article("Other"), "pla-2022/1"),
        (capture("http://demo.example/CHINA/3.html", 24.2), article("Old"), "somebody/1"),
        (capture("http://demo.example/CHINA/4.html", 24.3), article("New"), "somebody/2"),
        (capture("http://demo.example/CHINA/5.html", 24.4), article("X"), "pla-2022/1"),
        (capture("http://demo.example/CHINA/5.html", 24.5, purpose=Purpose.CONFIRM), article("Y"), "pla-2022/1"),
    ]
    for row, what, reader in days:
        commit(archive, [row], [reading(row, what, reader=reader)], readers=("pla-2022/1", "somebody/2"))
    commit(archive, [capture(OTHER, 24.6, status=404), capture("http://demo.example/CHINA/6.html", 24.7)])
    commit(archive, [capture(OTHER, 50, status=404)])
    commit(archive, [capture(outlet="other")])
    catalog.sync(archive)
    demo, other = status(catalog)
    assert (demo.outlet, other.outlet) == ("demo", "other")
    assert (demo.captures, demo.article_urls, demo.articles) == (10, 6, 4)
    assert (demo.states, demo.changes, demo.needs_confirming, demo.needs_rereading) == (5, 1, 1, 1)
    assert demo.last_shown == {"article": 3, "gone": 1, "unread": 1, "unstable": 1}
    assert (demo.missing, demo.missing_confirmed) == ({"gone": 1}, 1)
    assert (demo.last_commit, demo.first_crawl, demo.degraded) == (9, at(0), False)
    assert status(catalog, "other") == [other]


def test_an_outlet_is_degraded_where_its_last_crawl_was(archive: Archive, catalog: Catalog) -> None:
    commit(archive, [capture(URL, 0)], report={"status": "failed"})
    catalog.sync(archive)
    assert [found.degraded for found in status(catalog)] == [True]
    commit(archive, [capture(URL, 24)], report={"status": "ok", "missed": []})
    catalog.sync(archive)
    assert [found.degraded for found in status(catalog)] == [False]
