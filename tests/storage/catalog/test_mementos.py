from __future__ import annotations

from dataclasses import replace

import pytest

from storage.archive import Archive
from storage.catalog.calendar import captured_between
from storage.catalog.captured import SavedCapture
from storage.catalog.catalog import Catalog
from storage.catalog.mementos import around, captured_in, closest, leads_to_itself, urls_of
from storage.exchange import Outcome
from storage.rows import CaptureRow
from storage.surt import surt
from tests.storage.catalog.observed import OTHER, URL, at, capture, commit, revisit

SECURE = URL.replace("http:", "https:")


@pytest.fixture
def filled(archive: Archive, catalog: Catalog) -> Catalog:
    first = capture(URL, 0)
    commit(
        archive,
        [
            first,
            revisit(first, 10),
            capture(URL, 20, status=503),
            capture(URL, 21, outcome=Outcome.TRUNCATED),
            capture(URL, 22, outcome=Outcome.DNS),
            capture(URL, 40, status=404),
            capture(OTHER, 5, status=403),
        ],
    )
    catalog.sync(archive)
    return catalog


def found(catalog: Catalog, url: str, hours: float) -> SavedCapture | None:
    with catalog.reading() as connection:
        return closest(connection, urls_of(connection, url), at(hours))


def shown(catalog: Catalog, url: str, hours: float) -> CaptureRow:
    saved = found(catalog, url, hours)
    assert saved is not None
    return saved.row


def redirect(url: str, to: str, hours: float) -> CaptureRow:
    return capture(url, hours, status=301, location=to)


@pytest.mark.parametrize(
    ("hours", "expected"), [(-5, 0), (0, 0), (4, 0), (6, 10), (5, 0), (20, 10), (22, 10), (26, 40), (25, 10), (99, 40)]
)
def test_the_closest_whole_answer_is_found(filled: Catalog, hours: float, expected: float) -> None:
    assert shown(filled, URL, hours).captured_at == at(expected)


def test_a_revisit_comes_with_its_original(filled: Catalog) -> None:
    saved = found(filled, URL, 10)
    assert saved is not None
    assert saved.original is not None
    assert saved.original.captured_at == at(0)


def test_an_answer_that_says_little_is_better_than_none(filled: Catalog) -> None:
    assert shown(filled, OTHER, 0).status == 403


def test_what_was_never_captured_has_no_closest(filled: Catalog) -> None:
    assert found(filled, "http://demo.example/never.html", 0) is None


def test_the_scheme_makes_no_difference(filled: Catalog) -> None:
    assert shown(filled, SECURE, 0).url == URL


def test_a_redirect_to_the_same_surt_is_not_shown_for_a_moment(archive: Archive, catalog: Catalog) -> None:
    commit(archive, [redirect(URL, SECURE, 0), capture(SECURE, 30), redirect(URL, SECURE, 60)])
    catalog.sync(archive)
    for hours in (0, 60):
        assert shown(catalog, URL, hours).url == SECURE


def test_a_thousand_such_redirects_hide_nothing(archive: Archive, catalog: Catalog) -> None:
    commit(archive, [*(redirect(URL, f"{SECURE}#{n}", n / 100) for n in range(100)), capture(SECURE, 50, status=403)])
    catalog.sync(archive)
    assert shown(catalog, URL, 0).status == 403
    commit(archive, [capture(SECURE, 500, status=404)])
    catalog.sync(archive)
    assert shown(catalog, URL, 0).status == 404


def test_where_there_is_only_such_a_redirect_it_is_shown(archive: Archive, catalog: Catalog) -> None:
    commit(archive, [redirect(URL, SECURE, 0)])
    catalog.sync(archive)
    row = shown(catalog, URL, 9)
    assert row.url == URL
    assert leads_to_itself(row)


def test_a_redirect_to_another_page_is_what_the_page_said(archive: Archive, catalog: Catalog) -> None:
    commit(archive, [capture(URL, 0), redirect(URL, OTHER, 10)])
    catalog.sync(archive)
    assert shown(catalog, URL, 11).location == OTHER


def test_a_revisit_without_its_original_is_passed_over(archive: Archive, catalog: Catalog) -> None:
    lost = revisit(capture(URL, 0), 10)
    commit(archive, [lost, capture(URL, 50)])
    catalog.sync(archive)
    assert shown(catalog, URL, 10).captured_at == at(50)


def test_a_304_that_nothing_stands_behind_is_passed_over(archive: Archive, catalog: Catalog) -> None:
    commit(archive, [capture(URL, 10, status=304), capture(URL, 50)])
    catalog.sync(archive)
    assert shown(catalog, URL, 10).captured_at == at(50)


def test_a_revisit_without_a_head_is_a_whole_answer(archive: Archive, catalog: Catalog) -> None:
    first = capture(URL, 0)
    commit(archive, [first, replace(revisit(first, 10), status=None)])
    catalog.sync(archive)
    assert shown(catalog, URL, 9).captured_at == at(10)


def test_a_second_names_what_was_captured_in_it(filled: Catalog) -> None:
    with filled.reading() as connection:
        for hours in (0, 10, 20, 21, 40):
            saved = captured_in(connection, urls_of(connection, URL), URL, at(hours).replace(microsecond=5))
            assert saved is not None
            assert saved.row.captured_at == at(hours)
        assert captured_in(connection, urls_of(connection, URL), URL, at(22)) is None
        assert captured_in(connection, urls_of(connection, URL), URL, at(1)) is None


def test_of_one_second_the_capture_of_that_very_url_is_meant(archive: Archive, catalog: Catalog) -> None:
    commit(archive, [redirect(URL, SECURE, 0), capture(SECURE, 0.0001), redirect(URL, SECURE, 5)])
    catalog.sync(archive)
    with catalog.reading() as connection:
        for url in (URL, SECURE):
            saved = captured_in(connection, urls_of(connection, url), url, at(0))
            assert saved is not None
            assert saved.row.url == url
        assert captured_in(connection, urls_of(connection, SECURE), SECURE, at(5)) is None, (
            "the redirect is the other URL's"
        )


def test_what_is_around_a_moment(filled: Catalog) -> None:
    with filled.reading() as connection:
        told = around(connection, urls_of(connection, SECURE), at(20))
        assert (told.first, told.before, told.after, told.last) == tuple((at(n), URL) for n in (0, 10, 21, 40))
        assert around(connection, urls_of(connection, URL), at(0)).before is None
        assert around(connection, urls_of(connection, URL), at(40)).after is None
        assert around(connection, urls_of(connection, "http://demo.example/never.html"), at(0)).first is None


def test_two_hosts_of_one_surt_are_not_one(archive: Archive, catalog: Catalog) -> None:
    """A port stands behind a host like a part of it, and so may be one of an IPv6 address."""
    one, other = "http://[2001:db8::1]:8080/", "http://[2001:db8::1:8080]/"
    key = surt(one)
    assert key == surt(other)
    commit(archive, [capture(one, 0, surt=key), capture(other, 1, surt=key, status=301, location=one)])
    catalog.sync(archive)
    assert shown(catalog, one, 1).url == one
    assert shown(catalog, other, 0).url == other
    assert not leads_to_itself(shown(catalog, other, 1))
    assert shown(catalog, one.replace("http:", "https:"), 1).url == one
    assert [captured_between(catalog, url) for url in (one, other)] == [(at(0), at(0)), (at(1), at(1))]
