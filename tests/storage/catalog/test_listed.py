"""What listings ceased to name: what counts, and all that must not."""

from __future__ import annotations

from datetime import datetime
from random import Random

import pytest

from storage.catalog.listed import NO_BOX, Listings, Page, Watch
from tests.storage.catalog.observed import at

LATEST, TRAINING = "http://demo.example/latest/", "http://demo.example/training/"


def page(hours: float, *named: int, source: str = LATEST, box: str = "ul", number: int = 1) -> Page:
    return Page(source, at(hours), f"{source} {hours} {number}", {box: named})


def crawl(*pages: Page, complete: bool = True) -> Listings:
    return Listings(complete, pages)


def watched(*crawls: Listings) -> Watch:
    watch = Watch()
    for one in crawls:
        watch.see(one)
    return watch


def passed_over(*crawls: Listings) -> dict[int, tuple[datetime, datetime]]:
    return {one.article: (one.last_listed, one.first_missing) for one in watched(*crawls).open.values()}


def test_an_article_is_passed_over_where_older_ones_are_still_named() -> None:
    first, then, later = page(0, 2, 1), page(3, 4, 3, 2, 1), page(6, 5, 4, 2, 1)
    assert passed_over(crawl(first), crawl(then), crawl(later)) == {3: (at(3), at(6))}


def test_the_newest_of_all_is_passed_over_too() -> None:
    assert passed_over(crawl(page(0, 2, 1)), crawl(page(3, 3, 2, 1)), crawl(page(6, 2, 1))) == {3: (at(3), at(6))}


def test_several_neighbours_are_passed_over_together() -> None:
    seen = passed_over(crawl(page(0, 1)), crawl(page(3, 2, 1)), crawl(page(6, 4, 3, 2, 1)), crawl(page(9, 4, 1)))
    assert seen == {3: (at(6), at(9)), 2: (at(6), at(9))}


def test_what_scrolls_off_is_not_passed_over() -> None:
    crawls = [crawl(page(hours, *range(hours + 3, hours, -1))) for hours in range(40)]
    assert passed_over(*crawls) == {}


def test_nor_is_what_scrolls_onto_a_page_that_was_not_looked_at() -> None:
    deep = crawl(page(0, 6, 5, 4), page(0.1, 3, 2, 1, number=2))
    assert passed_over(deep, crawl(page(3, 7, 6, 5)), crawl(page(6, 8, 7, 6))) == {}


def test_a_deeper_page_is_compared_where_it_was_looked_at_both_times() -> None:
    def looked(hours: float, first: tuple[int, ...], second: tuple[int, ...]) -> Listings:
        return crawl(page(hours, *first), page(hours + 0.1, *second, number=2))

    seen = passed_over(looked(0, (2, 1), ()), looked(3, (5, 4), (3, 2, 1)), looked(6, (5, 4), (2, 1)))
    assert set(seen) == {3}


def test_what_stood_there_from_the_start_has_no_known_age() -> None:
    assert passed_over(crawl(page(0, 3, 2, 1)), crawl(page(3, 3, 1)), crawl(page(6, 3))) == {}


def test_what_another_source_names_is_not_passed_over() -> None:
    begin = crawl(page(0, 1), page(0, 1, source=TRAINING))
    then = crawl(page(3, 3, 2, 1), page(3, 1, source=TRAINING))
    moved = crawl(page(6, 3, 1), page(6.1, 2, 1, source=TRAINING))
    assert passed_over(begin, then, moved) == {}


def test_the_end_of_one_box_is_not_followed_by_the_next_one() -> None:
    """A list of three, and below it three that are most read: what scrolls off the first is not passed over."""

    def looked(hours: int) -> Listings:
        newest = tuple(range(hours + 10, hours + 7, -1))
        return crawl(Page(LATEST, at(hours), f"{hours}", {"ul.list": newest, "ul.most": (2, 5, 1)}))

    assert passed_over(*map(looked, range(30))) == {}


@pytest.mark.parametrize("seed", range(20))
def test_a_box_that_shows_old_articles_in_turn_passes_none_over(seed: int) -> None:
    dice = Random(seed)
    crawls = []
    for hours in range(60):
        newest = tuple(range(hours + 10, hours, -1))
        turn = tuple(sorted(dice.sample(range(1, hours + 9), 5), reverse=dice.random() < 0.5))
        crawls.append(crawl(Page(LATEST, at(hours), f"{hours}", {"ul.list": newest, "ul.more": turn})))
    assert passed_over(*crawls) == {}


def test_nor_does_one_that_goes_by_how_much_they_are_read() -> None:
    ranks = [(1, 2, 3), (4, 1, 2), (1, 4, 2), (1, 2, 3), (5, 1, 3), (1, 3, 5), (1, 3, 2)]
    crawls = [
        crawl(Page(LATEST, at(hours), f"{hours}", {"ul.list": tuple(range(hours + 4, 0, -1)), "ol.most": most}))
        for hours, most in enumerate(ranks)
    ]
    assert passed_over(*crawls) == {}


def test_links_that_stand_alone_pass_none_over() -> None:
    looks = [(1,), (3, 2, 1), (3, 1)]
    assert passed_over(*(crawl(page(h, *named, box=NO_BOX)) for h, named in enumerate(looks))) == {}


def test_an_older_one_above_says_that_the_box_does_not_go_by_age() -> None:
    pinned = [(1,), (1, 2), (1, 3, 2), (1, 2)]
    assert passed_over(*(crawl(page(h, *named)) for h, named in enumerate(pinned))) == {}


def test_one_that_appears_late_below_newer_ones_hides_nothing() -> None:
    """Outlets date articles back: 9 comes at hour 6 below 3, which came at hour 3."""
    looks = [(1,), (3, 2, 1), (3, 9, 2, 1), (9, 2, 1)]
    assert set(passed_over(*(crawl(page(3 * n, *named)) for n, named in enumerate(looks)))) == {3}


def test_an_incomplete_crawl_asserts_nothing() -> None:
    begin = [crawl(page(0, 1)), crawl(page(3, 3, 2, 1))]
    assert passed_over(*begin, crawl(page(6, 3, 1), complete=False)) == {}
    # What it names is named all the same.
    assert passed_over(*begin, crawl(page(6, 2), complete=False), crawl(page(9, 3, 1))) == {2: (at(6), at(9))}


def test_a_source_that_a_complete_crawl_did_not_have_is_left_out() -> None:
    assert passed_over(crawl(page(0, 1)), crawl(page(3, 2, 1)), crawl(page(6, 7, source=TRAINING))) == {}


def test_looks_that_no_longer_see_older_ones_do_not_count() -> None:
    looks = [crawl(page(0, 1)), crawl(page(3, 3, 2, 1)), crawl(page(6, 3, 1)), crawl(page(20, 4, 3, 1))]
    (one,) = watched(*looks, crawl(page(40, 9, 8, 7, 6))).open.values()
    assert (one.looks, one.last_missing, one.second) == (2, at(20), None)
    (one,) = watched(*looks, crawl(page(40, 8, 4, 3, 1)), crawl(page(90, 9, 8, 4, 3, 1))).open.values()
    assert (one.looks, one.last_missing, one.second) == (4, at(90), at(40))


def test_a_box_that_took_up_an_old_article_says_nothing_for_a_week() -> None:
    """At hour 6 the old 9 of another source comes on top: an editor's hand, or chance, and not age, orders the box."""

    def looks(end: int) -> list[Listings]:
        other = (9,)
        begin = [(1,), (3, 2, 1), (9, 3, 2, 1), *[(9, 3, 2, 1)] * end, (9, 5, 3, 2, 1), (9, 3, 2, 1)]
        return [crawl(page(3 * n, *named), page(3 * n, *other, source=TRAINING)) for n, named in enumerate(begin)]

    assert passed_over(*looks(0)) == {}
    late = [
        crawl(page(24 * 8 + 3 * n, *named)) for n, named in enumerate([(5, 3, 2, 1), (6, 5, 3, 2, 1), (6, 3, 2, 1)])
    ]
    assert set(passed_over(*looks(0)[:2], *late)) == {5}


def test_it_is_listed_again() -> None:
    watch = watched(crawl(page(0, 1)), crawl(page(3, 3, 2, 1)), crawl(page(6, 3, 1)))
    (back,) = watch.see(crawl(page(9, 3, 2, 1)))
    assert (back.article, back.first_missing, back.returned_at) == (2, at(6), at(9))
    assert not watch.open


def test_a_listing_that_names_nothing_costs_no_square() -> None:
    """Fifty thousand articles in a feed, all replaced at once, again and again."""
    many = 50_000
    watch = watched(*(crawl(page(n, *range(n * many, (n + 1) * many), box="feed")) for n in range(3)))
    assert not watch.open
