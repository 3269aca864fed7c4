"""URLs that are spellings of one: a redirect from one to the other is no absence, and their history is one."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.catalog.absences import absences
from storage.catalog.catalog import Catalog
from storage.catalog.changes import changes
from storage.catalog.disappeared import disappeared
from storage.catalog.due import articles_due
from storage.catalog.history import UrlHistory, history
from storage.catalog.looks import Shown
from storage.catalog.plan_facts import seen_urls
from storage.exchange import Outcome
from storage.folder_store import FolderStore
from storage.rows import CaptureRow, ReadingRow
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, derived, reading
from tests.storage.catalog.test_due import READER, outlet

SECURE = URL.replace("http:", "https:")
OF_WWW = SECURE.replace("demo.", "www.demo.")
HOME, SUNK = article("Ship sails home"), article("Ship sinks at sea, 92 killed")


def redirect(hours: float, url: str = URL, to: str = SECURE) -> CaptureRow:
    return capture(url, hours, status=301, location=to)


def page(hours: float, what: object, url: str = SECURE) -> tuple[CaptureRow, ReadingRow]:
    seen = capture(url, hours)
    return seen, reading(seen, what, reader=READER)  # type: ignore[arg-type]


def told(archive: Archive, catalog: Catalog, *observed: CaptureRow | tuple[CaptureRow, ReadingRow]) -> UrlHistory:
    captures = [one if isinstance(one, CaptureRow) else one[0] for one in observed]
    commit(archive, captures, [one[1] for one in observed if not isinstance(one, CaptureRow)], readers=(READER,))
    catalog.sync(archive)
    found = history(catalog, URL)
    assert found is not None
    (line,) = found.urls
    return line


def test_what_stands_behind_the_redirect_is_the_next_look(archive: Archive, catalog: Catalog) -> None:
    line = told(archive, catalog, page(0, HOME, URL), redirect(48), page(48.01, SUNK), redirect(96), page(96.01, SUNK))
    assert line.url == URL
    assert [state.headline for state in line.states] == [HOME.headline, SUNK.headline]
    assert [(one.url, one.confirmed, one.last_seen_before, one.first_seen_after) for one in changes(catalog)] == [
        (URL, True, at(0), at(48.01))
    ]
    assert (line.last_shown, line.tallies, absences(catalog)) == (Shown.ARTICLE, {"article": 3}, [])


def test_whatever_order_they_come_in(tmp_path: Path) -> None:
    chain = [
        (capture(URL, 0), HOME),
        (redirect(48, URL, SECURE), None),
        (redirect(48.01, SECURE, OF_WWW), None),
        (capture(OF_WWW, 48.02), SUNK),
    ]
    found = []
    for number, order in enumerate(permutations(chain)):
        archive = Archive.open(FolderStore(tmp_path / str(number)), create=True, single_writer=True)
        with closing(Catalog.open(f"sqlite:///{tmp_path / str(number)}.sqlite")) as catalog:
            for one, what in order:
                commit(archive, [one], [reading(one, what, reader=READER)] if what else [], readers=(READER,))
                catalog.sync(archive)
            found.append(history(catalog, URL))
    assert all(one == found[0] for one in found)
    assert found[0] is not None
    assert [state.headline for state in found[0].urls[0].states] == [HOME.headline, SUNK.headline]


@pytest.mark.parametrize("first", [0.0, 0.5])
def test_where_both_were_asked_the_one_that_shows_it_counts(first: float, archive: Archive, catalog: Catalog) -> None:
    gone = capture(URL, 72.5 - first, status=404)
    line = told(archive, catalog, page(0, HOME, URL), redirect(48), page(48.01, HOME), gone, page(72 + first, HOME))
    assert (line.last_shown, absences(catalog)) == (Shown.ARTICLE, [])


def test_what_is_gone_behind_the_redirect_is_gone(archive: Archive, catalog: Catalog) -> None:
    line = told(
        archive,
        catalog,
        page(0, HOME, URL),
        *(redirect(48), capture(SECURE, 48.01, status=404)),
        *(capture(SECURE, 96, status=404), redirect(96.01)),
    )
    assert line.last_shown is Shown.GONE
    assert [(one.url, one.kind, one.confirmed) for one in absences(catalog)] == [(URL, Shown.GONE, True)]


@pytest.mark.parametrize(
    ("behind", "shown"),
    [
        (None, Shown.UNREAD),
        (capture(SECURE, 48.01, outcome=Outcome.TLS), Shown.UNREACHABLE),
        (capture(SECURE, 48.01, status=403), Shown.BLOCKED),
        (redirect(48.01, SECURE, URL), Shown.UNREAD),
        (redirect(48.01, SECURE, "https://demo.example/"), Shown.SOFT_404),
        (redirect(48.01, SECURE, OTHER), Shown.MOVED),
    ],
)
def test_what_comes_of_the_redirect(
    behind: CaptureRow | None, shown: Shown, archive: Archive, catalog: Catalog
) -> None:
    line = told(archive, catalog, page(0, HOME, URL), redirect(48), *([behind] if behind else []))
    assert line.last_shown is shown
    assert line.tallies == {"article": 1, shown.value: 1}


def test_a_chain_of_spellings_is_one_and_each_finds_it(archive: Archive, catalog: Catalog) -> None:
    line = told(
        archive, catalog, page(0, HOME, URL), redirect(48), redirect(48.01, SECURE, OF_WWW), page(48.02, SUNK, OF_WWW)
    )
    assert len(line.states) == 2
    assert history(catalog, SECURE) == history(catalog, OF_WWW) == history(catalog, URL)
    assert set(seen_urls(catalog, "demo")) == {URL, SECURE, OF_WWW}


def test_two_urls_without_a_redirect_are_variants(archive: Archive, catalog: Catalog) -> None:
    commit(archive, *zip(page(0, HOME, URL), page(1, SUNK), strict=True), readers=(READER,))
    catalog.sync(archive)
    found = history(catalog, URL)
    assert found is not None
    assert [len(line.states) for line in found.urls] == [1, 1]
    assert changes(catalog) == []


def test_it_is_asked_for_where_it_stands_and_by_both_when_it_is_not_there(archive: Archive, catalog: Catalog) -> None:
    pattern = r"https?://demo\.example/CHINA/(?P<id>\d+)\.html"
    both = outlet(articles=[{"era": "2022", "cms": "cbf", "url": pattern}])

    def asked(hours: float) -> list[tuple[str, bool]]:
        found = articles_due(catalog, both, at(hours), random.Random(1))
        return [(due.url, due.content_id is not None) for due in found]

    told(archive, catalog, page(0, HOME, URL), redirect(48), page(48.01, HOME))
    assert asked(240) == [(SECURE, True)]
    assert [due.url for due in articles_due(catalog, outlet(), at(240), random.Random(1))] == [URL]
    told(archive, catalog, capture(SECURE, 240, outcome=Outcome.REFUSED))
    assert sorted(asked(241)) == [(URL, True), (SECURE, True)]
    told(archive, catalog, page(241, SUNK, URL), capture(SECURE, 241.01, outcome=Outcome.REFUSED))
    assert [one.url for one in changes(catalog)] == [URL]
    assert asked(480) == [(URL, True)]


def test_a_change_to_https_alone_raises_no_alarm(archive: Archive, catalog: Catalog) -> None:
    urls = [URL.replace("001", f"{number:03}") for number in range(20)]
    before = [page(0, article(f"Ship {number}"), url) for number, url in enumerate(urls)]
    after = [page(48.01, article(f"Ship {number}"), url.replace("http:", "https:")) for number, url in enumerate(urls)]
    ways = [redirect(48, url, url.replace("http:", "https:")) for url in urls]
    told(archive, catalog, *before, *after, *ways)
    found = disappeared(catalog, "demo", at(50))
    assert (found.looked_at, found.missing) == (20, 0)


@pytest.mark.parametrize(("stands", "missing"), [("same key", 0), ("same text", 0), ("another", 20), ("nothing", 20)])
def test_what_moved_and_stands_there_is_moved_and_not_gone(
    stands: str, missing: int, archive: Archive, catalog: Catalog
) -> None:
    """A redirect of many to one article that says something else is a disappearance all the same."""
    urls = [URL.replace("001", f"{number:03}") for number in range(20)]
    to = {url: url.replace("CHINA", "WORLD") if stands == "same key" else f"{url[:-6]}9{url[-6:]}" for url in urls}
    before = [page(0, article(f"Ship {number}"), url) for number, url in enumerate(urls)]
    after = [
        page(48.01, article("Statement" if stands == "another" else f"Ship {number}"), to[url])
        for number, url in enumerate(urls)
        if stands != "nothing"
    ]
    commit(archive, [row for row, _ in (*before, *after)], [read for _, read in (*before, *after)], readers=(READER,))
    commit(archive, [redirect(hours, url, to[url]) for url in urls for hours in (48, 96)])
    catalog.sync(archive)
    assert {(one.kind, one.confirmed, one.location) for one in absences(catalog)} == {
        (Shown.MOVED, True, location) for location in to.values()
    }
    assert disappeared(catalog, "demo", at(97)).missing == missing


def test_rebuilt_it_is_the_same(archive: Archive, catalog: Catalog, another_catalog: Catalog) -> None:
    told(archive, catalog, page(0, HOME, URL), redirect(48), page(48.01, SUNK), page(48.02, HOME, OTHER))
    another_catalog.rebuild(archive)
    assert derived(another_catalog) == derived(catalog)


def test_a_spelling_that_no_pattern_fits_takes_the_key_from_no_line(archive: Archive, catalog: Catalog) -> None:
    behind, read = page(48.01, SUNK, OF_WWW)
    unknown = replace(behind, key=None), replace(read, article_key="example,demo)/china/16435001.html")
    line = told(archive, catalog, page(0, HOME, URL), redirect(48, URL, OF_WWW), unknown)
    assert (line.article_key, len(line.states)) == ("demo:cbf:16435001", 2)
