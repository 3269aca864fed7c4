from __future__ import annotations

import pytest

from storage.archive import Archive
from storage.catalog.absences import absences
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter, FieldChange, changes
from storage.catalog.history import history
from storage.catalog.looks import Shown
from storage.catalog.reposts import reposts
from storage.exchange import Outcome, Purpose
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, key_of, reading, revisit

SIDEBAR = "http://demo.example/SIDEBAR/16435001.html"  # the same story in another section


@pytest.fixture
def archive_of_edits(archive: Archive, catalog: Catalog) -> Archive:
    """A story in two sections; one copy gets another editor, the other is taken down; and a re-post of its text."""
    before, after = article("Drill ends"), article("Drill ends", editors=("Li Ziyue",))
    days = [
        (capture(URL, 0), before),
        (capture(SIDEBAR, 0.1), before),
        (capture(URL, 24), after),
        (capture(URL, 24.1, purpose=Purpose.CONFIRM), after),
        (capture(SIDEBAR, 24.2, status=404), None),
        (capture(SIDEBAR, 50, status=404), None),
        (capture(OTHER, 50.1), before),
    ]
    for row, what in days:
        commit(archive, [row], [reading(row, what)] if what else [])
    catalog.sync(archive)
    return archive


def test_a_history_has_all_variants_with_their_states_changes_and_absences(
    archive_of_edits: Archive, catalog: Catalog
) -> None:
    found = history(catalog, key_of(URL))
    assert found is not None
    assert (found.outlet, found.article_key) == ("demo", "demo:cbf:16435001")
    url, sidebar = found.urls
    assert (url.url, sidebar.url) == (URL, SIDEBAR)
    assert [(state.first_seen, state.last_seen, state.confirmed) for state in url.states] == [
        (at(0), at(0), False),
        (at(24), at(24.1), True),
    ]
    (change,) = url.changes
    assert change.fields == ("editors",)
    assert change.values == (FieldChange("editors", ["Huang Panyue"], ["Li Ziyue"]),)
    assert change.confirmed
    assert sidebar.changes == ()  # a copy elsewhere is no edit
    (absence,) = sidebar.absences
    assert (absence.kind, absence.last_seen, absence.first_missing, absence.last_missing, absence.confirmed) == (
        Shown.GONE,
        at(0.1),
        at(24.2),
        at(50),
        True,
    )
    assert sidebar.last_shown is Shown.GONE
    assert url.tallies == {"article": 2}
    assert [(repost.earlier_key, repost.later_url) for repost in found.reposts] == [("demo:cbf:16435001", OTHER)]


@pytest.mark.parametrize("asked", [SIDEBAR, SIDEBAR.replace("http:", "https:"), SIDEBAR.replace("demo.", "www.demo.")])
def test_a_history_is_found_by_any_of_its_urls_which_then_comes_first(
    archive_of_edits: Archive, catalog: Catalog, asked: str
) -> None:
    found = history(catalog, asked)
    assert found is not None
    assert [url.url for url in found.urls] == [SIDEBAR, URL]


@pytest.mark.parametrize("asked", ["demo:cbf:999", "http://demo.example/nowhere.html", "", "%%%", "http://[broken"])
def test_what_is_not_known_has_no_history(archive_of_edits: Archive, catalog: Catalog, asked: str) -> None:
    assert history(catalog, asked) is None


def test_the_same_text_under_another_key_is_a_repost_and_under_the_same_key_is_not(
    archive_of_edits: Archive, catalog: Catalog
) -> None:
    (found,) = reposts(catalog)
    assert (found.earlier_url, found.earlier_seen) == (URL, at(0))
    assert (found.later_url, found.later_key, found.later_seen) == (OTHER, key_of(OTHER), at(50.1))
    assert found.headline == "Drill ends"
    assert reposts(catalog, since=at(50)) == [found]
    assert reposts(catalog, since=at(51)) == []
    assert reposts(catalog, outlet="another") == []


def test_a_third_posting_is_paired_with_the_first(archive_of_edits: Archive, catalog: Catalog) -> None:
    third = capture("http://demo.example/CHINA/3.html", 70)
    commit(archive_of_edits, [third], [reading(third, article("“Drill  ends”".strip("“”")))])
    catalog.sync(archive_of_edits)
    found = reposts(catalog)
    assert [(repost.earlier_url, repost.later_url) for repost in found] == [(URL, third.url), (URL, OTHER)]
    assert reposts(catalog, limit=1) == found[:1]


def test_pages_without_a_body_are_no_reposts_of_each_other(archive: Archive, catalog: Catalog) -> None:
    rows = [capture(URL, 0), capture(OTHER, 1)]
    commit(archive, rows, [reading(row, article("Photos", blocks=())) for row in rows])
    catalog.sync(archive)
    assert reposts(catalog) == []


def test_the_same_text_in_another_outlet_is_no_repost(archive: Archive, catalog: Catalog) -> None:
    here, there = capture(URL, 0), capture(OTHER, 1, outlet="other")
    commit(archive, [here], [reading(here, article())])
    commit(archive, [there], [reading(there, article())])
    catalog.sync(archive)
    assert reposts(catalog) == []


def test_changes_are_given_newest_first_and_by_interval(archive: Archive, catalog: Catalog) -> None:
    rows = [capture(URL, day * 24) for day in range(4)]
    commit(archive, rows, [reading(row, article(f"Text {day}")) for day, row in enumerate(rows)])
    catalog.sync(archive)
    found = changes(catalog)
    assert [change.first_seen_after for change in found] == [at(72), at(48), at(24)]
    assert found[0].headline == "Text 3"
    assert found[0].values[-1] == FieldChange("headline", "Text 2", "Text 3")
    assert changes(catalog, ChangeFilter(since=at(48), until=at(72))) == [found[1]]
    assert changes(catalog, limit=2) == found[:2]
    assert changes(catalog, ChangeFilter(outlet="another")) == []


def test_absences_are_given_by_kind_and_by_when_they_were_observed(archive: Archive, catalog: Catalog) -> None:
    seen = [capture(URL, 0), capture(OTHER, 0.1)]
    commit(archive, seen, [reading(row, article("Seen")) for row in seen])
    commit(archive, [capture(URL, 24, status=404), capture(OTHER, 24.1, outcome=Outcome.TIMEOUT)])
    back = revisit(seen[1], 48)
    commit(archive, [back], [reading(back, article("Seen"), light=True)])
    catalog.sync(archive)
    unreachable, gone = absences(catalog)
    assert (gone.kind, gone.headline, gone.status, gone.returned_at) == (Shown.GONE, "Seen", 404, None)
    assert (unreachable.kind, unreachable.status, unreachable.returned_at) == (Shown.UNREACHABLE, None, at(48))
    assert absences(catalog, lasting=True) == [gone]
    assert absences(catalog, kinds={Shown.UNREACHABLE}) == [unreachable]
    assert absences(catalog, since=at(24.1)) == [unreachable]
    assert absences(catalog, outlet="another") == []
