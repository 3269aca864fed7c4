from __future__ import annotations

import hashlib

import pytest

from articles.article import Block, BlockKind
from storage.archive import Archive
from storage.catalog.articles import (
    ArticleFilter,
    article_json,
    articles,
    count_articles,
    first_seen_between,
    was_seen_before,
)
from storage.catalog.catalog import Catalog
from storage.catalog.looks import Shown
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, reading

THIRD = "http://demo.example/CHINA/3.html"


@pytest.fixture
def filled(archive: Archive, catalog: Catalog) -> Catalog:
    quoting = article(
        "Minister speaks", byline=("O'Brien",), blocks=(Block(BlockKind.PARAGRAPH, 'He said "100% ready" 演习.'),)
    )
    for row, what in [
        (capture(URL, 0), article("Drill begins")),
        (capture(URL, 24), article("Drill ends")),
        (capture(OTHER, 1), quoting),
        (capture(THIRD, 48), article("Parade", editors=("Li Ziyue",))),
        (capture(THIRD, 50, status=410), None),
    ]:
        commit(archive, [row], [reading(row, what)] if what else [])
    commit(archive, [capture("http://demo.example/CHINA/4.html", 60, status=404)])
    catalog.sync(archive)
    return catalog


def found(catalog: Catalog, **wanted: object) -> list[str]:
    only = ArticleFilter(**wanted)  # type: ignore[arg-type]
    rows = articles(catalog, only)
    assert len(rows) == count_articles(catalog, only)
    return [row.url for row in rows]


def test_all_articles_come_newest_first_as_last_seen(filled: Catalog) -> None:
    assert found(filled) == [THIRD, OTHER, URL]
    parade, _, drill = articles(filled)
    assert (drill.headline, drill.states, drill.changes, drill.missing) == ("Drill ends", 2, 1, None)
    assert (drill.first_seen, drill.last_seen) == (at(0), at(24))
    assert (parade.editors, parade.missing, parade.last_shown, parade.last_look) == (
        ("Li Ziyue",),
        Shown.GONE,
        Shown.GONE,
        at(50),
    )
    assert [row.url for row in articles(filled, limit=1, offset=1)] == [OTHER]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"search": "drill"}, [URL]),
        ({"search": "Drill begins"}, [URL]),  # what a former state said
        ({"search": 'said "100% ready'}, [OTHER]),
        ({"search": "演习"}, [OTHER]),
        ({"search": "1__%"}, []),
        ({"person": "o'brien"}, [OTHER]),
        ({"person": "Ziyue"}, [THIRD]),
        ({"since": at(1)}, [THIRD, OTHER]),
        ({"until": at(1)}, [URL]),
        ({"changed": True}, [URL]),
        ({"changed": False}, [THIRD, OTHER]),
        ({"missing": True}, [THIRD]),
        ({"missing": False}, [OTHER, URL]),
        ({"outlet": "demo"}, [THIRD, OTHER, URL]),
        ({"outlet": "another"}, []),
    ],
)
def test_articles_are_searched(filled: Catalog, wanted: dict[str, object], expected: list[str]) -> None:
    assert found(filled, **wanted) == expected


def test_the_bytes_of_an_article_hash_to_its_content_id(filled: Catalog) -> None:
    for row in articles(filled):
        body = article_json(filled, row.content_id)
        assert body is not None
        assert f"sha256:{hashlib.sha256(body).hexdigest()}" == row.content_id
    assert article_json(filled, "sha256:" + "0" * 64) is None


def test_new_articles_are_counted_by_key(filled: Catalog, archive: Archive) -> None:
    assert first_seen_between(filled, "demo", at(0), at(24)) == 2
    assert first_seen_between(filled, "demo", at(0.5), at(24)) == 1
    assert first_seen_between(filled, "demo", at(24), at(49)) == 1
    copy = capture("http://demo.example/SIDEBAR/3.html", 48.5)
    commit(archive, [copy], [reading(copy, article("Parade"))])
    filled.sync(archive)
    assert first_seen_between(filled, "demo", at(24), at(49)) == 1
    assert first_seen_between(filled, "another", at(0), at(99)) == 0


def test_an_outlet_was_watched_for_as_long_as_articles_of_it_were_seen(filled: Catalog) -> None:
    assert was_seen_before(filled, "demo", at(0.1))
    assert not was_seen_before(filled, "demo", at(0))
    assert not was_seen_before(filled, "another", at(99))
