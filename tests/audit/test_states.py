"""Which states of the archive are compared, and which are no change that anything could be said of."""

from __future__ import annotations

import pytest

from audit.errors import NoChange, StateUnknown
from audit.evidence.collect import collect
from audit.report.words import interval
from audit.states import compare_articles, compare_states
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from tests.storage.catalog.observed import URL, show
from tests.web.window.made import outlet


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (1, 1, "state 1 does not differ from itself"),
        (2, None, "state 2 does not differ from itself"),
        (2, 1, "state 2 came after state 1, so nothing changed from it to that. Name the older one first: 1 2"),
    ],
)
def test_a_state_does_not_become_itself_nor_an_older_one(
    archive: Archive, catalog: Catalog, a: int, b: int | None, said: str
) -> None:
    show(archive, catalog, "12 ships", "21 ships")
    with pytest.raises(NoChange) as caught:
        compare_states(catalog, URL, a, b)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2
    with pytest.raises(NoChange):
        compare_articles(catalog, URL, URL, a, b or 2)


def test_before_the_first_state_there_is_none(archive: Archive, catalog: Catalog) -> None:
    show(archive, catalog, "12 ships", "21 ships")
    with pytest.raises(StateUnknown, match="there is no state 0 to compare"):
        compare_states(catalog, URL, None, 1)


def test_a_page_that_went_to_and_fro_has_no_change_between_the_same_words(archive: Archive, catalog: Catalog) -> None:
    show(archive, catalog, "12 ships", "21 ships", "12 ships")
    there, back, both = (compare_states(catalog, URL, *pair) for pair in ((1, 2), (2, 3), (1, 3)))
    assert all(interval(one.report) for one in (there, back))
    assert (interval(both.report), both.report.findings.edits) == (None, ())
    with pytest.raises(NoChange, match="states 1 and 3 say the same"):
        collect(archive, catalog, outlet("demo", "Harbor Daily", "en"), both)


def test_a_key_of_several_urls_names_those_that_changed_as_well(archive: Archive, catalog: Catalog) -> None:
    side, once = (URL.replace("/CHINA/", f"/{folder}/") for folder in ("side", "once"))
    for url, texts in ((URL, ("12 ships", "21 ships")), (side, ("12 ships", "no ship")), (once, ("12 ships",))):
        show(archive, catalog, *texts, url=url)
    by_key = compare_states(catalog, "demo:cbf:16435001")
    assert (by_key.url, [url.url for url in by_key.others]) == (URL, [side])
    assert compare_states(catalog, side).others == ()
    both = compare_articles(catalog, "demo:cbf:16435001", side)
    assert {both.url, *(url.url for url in both.others)} == {URL, side, once}


def test_a_change_that_came_again_names_the_states_of_all_times(archive: Archive, catalog: Catalog) -> None:
    show(archive, catalog, *("12 ships", "21 ships") * 3)
    there, back = (compare_states(catalog, URL, *pair).report.change_id for pair in ((1, 2), (2, 3)))
    assert there is not None
    assert back is not None
    assert [(found.numbers, found.again) for found in (compare_states(catalog, id_) for id_ in (there, back))] == [
        ((1, 2), (4, 6)),
        ((2, 3), (5,)),
    ]
