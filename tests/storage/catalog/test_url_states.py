"""The states of one URL, some at a time."""

from __future__ import annotations

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.changes import changes
from storage.catalog.history import history
from storage.catalog.url_states import (
    absences_between,
    changes_to,
    lasting_absences,
    places_of_change,
    reposts_of,
    states_between,
    urls_of_article,
)
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, key_of, reading

SIDEBAR = "http://demo.example/side/16435001.html"


def shown(archive: Archive, catalog: Catalog) -> None:
    """Six states of one URL, a variant with one, a re-post, and two absences, of which the last lasts."""
    rows = [capture(URL, 10 * hour) for hour in range(6)]
    side, again = capture(SIDEBAR, 1), capture(OTHER, 30)
    gone = [capture(URL, 25, status=404), capture(URL, 70, status=410)]
    read = [reading(row, article(f"Text {number}")) for number, row in enumerate(rows)]
    commit(
        archive,
        [*rows, side, again, *gone],
        [*read, reading(side, article("Text 1")), reading(again, article("Text 2"))],
    )
    catalog.sync(archive)


def test_a_part_of_a_history_is_that_part_of_the_whole(archive: Archive, catalog: Catalog) -> None:
    shown(archive, catalog)
    whole = history(catalog, URL)
    assert whole is not None
    url, side = urls_of_article(catalog, URL)
    assert (url.url, url.states, side.url, side.states) == (URL, 6, SIDEBAR, 1)
    some = states_between(catalog, url, 2, 4)
    assert [(one.number, one.found) for one in some] == list(enumerate(whole.urls[0].states[1:4], 2))
    assert states_between(catalog, url, 7, 9) == []
    led = changes_to(catalog, url, (1, 2, 3))
    assert sorted(led) == [2, 3]
    assert led[3].new_content_id == whole.urls[0].states[2].content_id
    assert [one.first_missing for one in absences_between(catalog, url, None, None)] == [at(25), at(70)]
    assert [one.first_missing for one in absences_between(catalog, url, at(26), None)] == [at(70)]
    assert [one.first_missing for one in absences_between(catalog, url, None, at(70))] == [at(25)]
    assert [one.first_missing for one in lasting_absences(catalog, url)] == [at(70)]
    assert [one.later_url for one in reposts_of(catalog, [url, side], some)] == [OTHER]
    assert reposts_of(catalog, [url, side], some[:1]) == []


def test_urls_are_found_by_key_surt_and_outlet(archive: Archive, catalog: Catalog) -> None:
    shown(archive, catalog)
    by_key = urls_of_article(catalog, key_of(URL))
    assert [url.url for url in by_key] == [URL, SIDEBAR]
    assert urls_of_article(catalog, URL.replace("http://", "https://www."))[0].url == URL
    assert urls_of_article(catalog, SIDEBAR)[0].url == SIDEBAR
    assert urls_of_article(catalog, URL, outlet="another") == []
    assert urls_of_article(catalog, "http://demo.example/never") == []


def test_a_change_is_found_with_the_state_that_it_leads_to(archive: Archive, catalog: Catalog) -> None:
    shown(archive, catalog)
    newest = changes(catalog)[0]
    assert [(url.url, number) for url, number in places_of_change(catalog, newest.change_id)] == [(URL, 6)]
    assert places_of_change(catalog, "sha256:" + "0" * 64) == []


def test_of_a_page_that_goes_to_and_fro_a_change_is_found_each_time(archive: Archive, catalog: Catalog) -> None:
    rows = [capture(URL, 24 * day) for day in range(5)]
    commit(archive, rows, [reading(row, article("ABABA"[day])) for day, row in enumerate(rows)])
    catalog.sync(archive)
    twice = changes(catalog)[0].change_id
    assert [one.change_id for one in changes(catalog)].count(twice) == 2
    assert [number for _, number in places_of_change(catalog, twice)] == [3, 5]
