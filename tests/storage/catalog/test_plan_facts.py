from __future__ import annotations

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.plan_facts import known_requisites, known_sources, originals, seen_urls
from storage.exchange import Outcome, Role
from storage.instants import microseconds
from storage.plan_rows import OriginalRow, RequisiteRow
from storage.rows import CaptureRow
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, reading, revisit

IMAGE = "http://demo.example/a.jpg"
SAME_IMAGE = "http://img.example/b.jpg"


def original_of(row: CaptureRow, role: Role) -> OriginalRow:
    assert row.payload_digest is not None
    at = microseconds(row.captured_at)
    return OriginalRow(row.payload_digest, row.url, row.record_id, at, row.chunked, role.value)


def test_seen_are_all_urls_that_were_looked_at_as_articles(archive: Archive, catalog: Catalog) -> None:
    commit(
        archive,
        [
            capture(URL, 0),
            capture(OTHER, 0.1, outcome=Outcome.TIMEOUT),
            capture("http://demo.example/index.html", 0.2, role=Role.LISTING),
            capture(IMAGE, 0.3, role=Role.REQUISITE),
        ],
    )
    catalog.sync(archive)
    assert sorted(seen_urls(catalog, "demo")) == [URL, OTHER]
    assert list(seen_urls(catalog, "another")) == []


def test_the_original_is_the_whole_response_of_the_last_body(archive: Archive, catalog: Catalog) -> None:
    first, other = capture(URL, 0, chunked=True), capture(URL, 24)
    back = revisit(first, 48)
    commit(
        archive,
        [
            first,
            other,
            back,
            revisit(first, 72, not_modified=True),
            capture(URL, 96, status=404),
            capture(URL, 97, outcome=Outcome.TRUNCATED, truncated="length"),
        ],
    )
    catalog.sync(archive)
    assert list(originals(catalog, "demo")) == [original_of(first, Role.ARTICLE)]


def test_a_requisite_may_have_its_body_at_another_url(archive: Archive, catalog: Catalog) -> None:
    image = capture(IMAGE, 0, role=Role.REQUISITE, etag='"i"')
    same = capture(
        SAME_IMAGE,
        1,
        role=Role.REQUISITE,
        outcome=Outcome.REVISIT,
        refers_to_id=image.record_id,
        refers_to_url=IMAGE,
        etag='"j"',
    )
    commit(archive, [image, same])
    catalog.sync(archive)
    assert set(originals(catalog, "demo")) == {original_of(image, Role.REQUISITE)}
    assert list(known_requisites(catalog, "demo")) == [
        RequisiteRow(IMAGE, microseconds(at(0)), '"i"', None),
        # No validators: "not modified" could not be resolved to a body of this URL.
        RequisiteRow(SAME_IMAGE, microseconds(at(1)), None, None),
    ]


def test_an_original_that_comes_after_its_revisit_is_known_from_then_on(archive: Archive, catalog: Catalog) -> None:
    first = capture(URL, 0, chunked=True)
    image = capture(IMAGE, 0, role=Role.REQUISITE)
    commit(archive, [revisit(first, 24)])
    commit(archive, [capture(OTHER, 24)])
    catalog.sync(archive)
    assert [original.url for original in originals(catalog, "demo")] == [OTHER]
    commit(archive, [first, image])
    catalog.sync(archive)
    late = {original for original in originals(catalog, "demo") if original.url != OTHER}
    assert late == {original_of(first, Role.ARTICLE), original_of(image, Role.REQUISITE)}
    catalog.rebuild(archive)
    assert {original for original in originals(catalog, "demo") if original.url != OTHER} == late


def test_a_requisite_that_failed_is_not_known_and_one_that_is_not_there_is(archive: Archive, catalog: Catalog) -> None:
    urls = [f"http://demo.example/{number}.jpg" for number in range(5)]
    commit(
        archive,
        [
            capture(urls[0], 0, role=Role.REQUISITE, status=503),
            capture(urls[1], 0.1, role=Role.REQUISITE, outcome=Outcome.DNS),
            capture(urls[2], 0.2, role=Role.REQUISITE, status=429),
            capture(urls[3], 0.3, role=Role.REQUISITE, status=404),
            capture(urls[4], 0.4, role=Role.REQUISITE),
            capture(urls[4], 24, role=Role.REQUISITE, status=500),
        ],
    )
    catalog.sync(archive)
    known = {found.url: found.fetched_at for found in known_requisites(catalog, "demo")}
    assert known == {urls[3]: microseconds(at(0.3)), urls[4]: microseconds(at(0.4))}


def test_sources_come_with_the_validators_of_their_last_body(archive: Archive, catalog: Catalog) -> None:
    listing = "http://demo.example/index.html"
    first = capture(listing, 0, role=Role.LISTING, etag='"1"')
    commit(archive, [first, capture("http://demo.example/feed.xml", 0, role=Role.FEED)])
    commit(archive, [revisit(first, 24, not_modified=True)])
    catalog.sync(archive)
    known = sorted(known_sources(catalog, "demo"), key=lambda known: known.url)
    assert [(found.role, found.etag) for found in known] == [(Role.FEED, None), (Role.LISTING, '"1"')]


def test_a_reading_makes_no_url_a_requisite(archive: Archive, catalog: Catalog) -> None:
    row = capture()
    commit(archive, [row], [reading(row, article())])
    catalog.sync(archive)
    assert list(known_requisites(catalog, "demo")) == []
