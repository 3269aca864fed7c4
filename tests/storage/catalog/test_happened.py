"""What happened to articles, page by page."""

from __future__ import annotations

import json

import pytest

from storage.archive import Archive
from storage.catalog.absences import AbsenceFound
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter, ChangeFound, Order, changes
from storage.catalog.findings import Kept, adopt, keep
from storage.catalog.happened import Happening, Kind, count_urls, found_at, happenings
from storage.catalog.images import ImageReplaced
from storage.catalog.reposts import RepostFound
from storage.exchange import Outcome, Role
from storage.rows import CaptureRow, ReadingRow
from tests.storage.catalog.observed import URL, article, at, capture, commit, reading

ENGINE = "audit/1"
PICTURE = "http://demo.example/att/1.jpg"


def page(number: int) -> str:
    return f"http://demo.example/CHINA/{number}.html"


@pytest.fixture
def happened(archive: Archive, catalog: Catalog) -> Catalog:
    """Twelve edits (four of them at one moment), one article gone and back, one blocked, a re-post, another picture."""
    rows: list[CaptureRow] = []
    said: list[ReadingRow] = []

    def seen(number: int, hours: float, text: str) -> None:
        row = capture(page(number), hours)
        rows.append(row)
        said.append(reading(row, article(text)))

    for number in range(1, 5):
        for day in range(4):
            seen(number, 24 * day + (0 if day == 1 else number / 10), f"Text {number} of day {day}")
    seen(5, 0, "An article that goes")
    rows += [
        capture(page(5), 24, status=404),
        capture(page(5), 48, status=301, location="http://demo.example/else/1.html"),
        capture(page(5), 49, status=301, location="http://demo.example/else/1.html"),
    ]
    seen(5, 72, "An article that goes")
    seen(6, 0, "An article that is forbidden")
    rows.append(capture(page(6), 24, outcome=Outcome.RESPONSE, status=403))
    seen(7, 30, "An article that goes")
    for hours, body in ((0.5, "sha256:a"), (30, "sha256:b")):
        about = {"role": Role.REQUISITE, "article_url": URL, "mime": "image/jpeg", "body_digest": body, "key": None}
        rows.append(capture(PICTURE, hours, **about))
    commit(archive, rows, said)
    catalog.sync(archive)
    ids = [change.change_id for change in reversed(changes(catalog))]
    adopt(catalog, ENGINE)
    keep(
        catalog,
        ENGINE,
        [
            Kept(
                id_,
                number % 4,
                10 * (number % 4) + number % 2,
                "timestamp only" if number % 2 else "none",
                number % 4 > 1,
                ("number",) if number % 3 else ("headline",),
                json.dumps({"edits": []}),
                edits_digest=f"sha256:{number % 5}",
            )
            for number, id_ in enumerate(ids[:-1])
        ]
        + [Kept(ids[-1], error="ValueError: no")],
    )
    return catalog


ALL = tuple(Kind)


def paged(
    catalog: Catalog, size: int, wanted: ChangeFilter, order: Order, *, backwards: bool = False
) -> list[Happening]:
    """All of a list, by pages."""
    found: list[Happening] = []
    beyond = None
    while True:
        some = happenings(catalog, wanted, ALL, order=order, beyond=beyond, backwards=backwards, limit=size)
        if not some:
            return found
        found = [*some, *found] if backwards else [*found, *some]
        beyond = (some[0] if backwards else some[-1]).position


def test_each_thing_is_told_once_the_newest_first(happened: Catalog) -> None:
    found = happenings(happened, ChangeFilter(), ALL, limit=100)
    moments = [one.position.at for one in found]
    assert moments == sorted(moments, reverse=True)
    kinds = [one.position.kind for one in found]
    assert {kind: kinds.count(kind) for kind in Kind} == {
        Kind.EDIT: 12,
        Kind.ABSENCE: 2,  # gone, then moved
        Kind.WITHDRAWN: 0,  # told in test_listings
        Kind.RETURN: 1,  # both ended with it
        Kind.REPOST: 1,
        Kind.IMAGE: 1,
        Kind.UNANSWERED: 1,
    }
    known = found_at(happened, [one.position for one in found])
    assert len(known) == len(found)
    for one in found:
        what = known[one.position]
        match one.position.kind:
            case Kind.EDIT:
                assert isinstance(what, ChangeFound)
                assert (what.change_id, what.first_seen_after, what.values) == (one.change_id, one.position.at, ())
                assert what.headline is not None
            case Kind.RETURN:
                assert isinstance(what, AbsenceFound)
                assert (what.kind, what.returned_at) == ("moved", one.position.at)
            case Kind.ABSENCE | Kind.WITHDRAWN | Kind.UNANSWERED:
                assert isinstance(what, AbsenceFound)
                assert what.first_missing == one.position.at
            case Kind.REPOST:
                assert isinstance(what, RepostFound)
                assert (what.earlier_url, what.later_url, what.later_seen) == (page(5), page(7), at(30))
            case Kind.IMAGE:
                assert isinstance(what, ImageReplaced)
                assert (what.image_url, what.first_seen_after) == (PICTURE, at(30))


def test_a_url_counts_once_however_often_it_was_missing(happened: Catalog) -> None:
    assert count_urls(happened, ChangeFilter(), Kind.ABSENCE) == 1  # gone, then moved
    assert count_urls(happened, ChangeFilter(), Kind.UNANSWERED) == 1
    assert count_urls(happened, ChangeFilter(since=at(48)), Kind.ABSENCE) == 1
    assert count_urls(happened, ChangeFilter(since=at(49)), Kind.ABSENCE) == 0


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize(
    "wanted",
    [
        ChangeFilter(),
        ChangeFilter(min_weight=1),
        ChangeFilter(since=at(23), until=at(60)),
        ChangeFilter(types=("headline",), undisclosed=True),
        ChangeFilter(types=("headline", "image replaced")),
        ChangeFilter(outlet="another"),
    ],
)
def test_pages_of_any_size_in_either_direction_are_the_whole_list(
    happened: Catalog, size: int, order: Order, wanted: ChangeFilter
) -> None:
    whole = happenings(happened, wanted, ALL, order=order, limit=100)
    assert paged(happened, size, wanted, order) == whole
    assert paged(happened, size, wanted, order, backwards=True) == whole


def test_the_heaviest_is_first_and_what_was_not_compared_last(happened: Catalog) -> None:
    found = happenings(happened, ChangeFilter(), ALL, order=Order.WEIGHT, limit=100)
    heavy = [(one.position.weight, one.position.score) for one in found]
    assert heavy == sorted(heavy, reverse=True)
    assert heavy[-1] == (-1, -1)
    assert len(heavy) == 12


def test_conditions_on_findings_leave_all_but_edits_out(happened: Catalog) -> None:
    by_disclosure = happenings(happened, ChangeFilter(disclosures=("timestamp only",)), ALL, limit=100)
    assert {one.position.kind for one in by_disclosure} == {Kind.EDIT}
    assert len(by_disclosure) == 5
    of_images = happenings(happened, ChangeFilter(types=("image replaced", "headline")), ALL, limit=100)
    assert {one.position.kind for one in of_images} == {Kind.EDIT, Kind.IMAGE}
    judged = happenings(happened, ChangeFilter(types=("image replaced",), min_weight=1), ALL, limit=100)
    assert judged == []
    not_cosmetic = happenings(happened, ChangeFilter(cosmetic=False), ALL, limit=100)
    assert {one.position.kind for one in not_cosmetic} == set(Kind) - {Kind.WITHDRAWN}
    assert len([one for one in not_cosmetic if one.position.kind is Kind.EDIT]) == 9


def test_what_comes_later_does_not_move_what_a_page_begins_with(archive: Archive, happened: Catalog) -> None:
    first = happenings(happened, ChangeFilter(), ALL, limit=5)
    second = happenings(happened, ChangeFilter(), ALL, beyond=first[-1].position, limit=5)
    late = capture(page(1), 200)
    commit(archive, [late], [reading(late, article("Much later"))])
    happened.sync(archive)
    assert happenings(happened, ChangeFilter(), ALL, limit=5) != first
    assert happenings(happened, ChangeFilter(), ALL, beyond=first[-1].position, limit=5) == second
