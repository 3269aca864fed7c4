"""A story that moved to another folder: what was edited on the way is told with the move, and is no change."""

from __future__ import annotations

from audit.found_words import answered
from storage.archive import Archive
from storage.catalog.absences import absences
from storage.catalog.catalog import Catalog
from storage.catalog.changes import changes
from storage.catalog.looks import Shown
from tests.storage.catalog.observed import URL, article, capture, commit, reading

NEW = URL.replace("/CHINA/", "/WORLD/")


def moved(archive: Archive, catalog: Catalog, before: str, after: str) -> None:
    here, gone, there, later = (
        capture(URL, 0),
        capture(URL, 24, status=301, location=NEW),
        capture(NEW, 25),
        capture(NEW, 49),
    )
    told = [reading(here, article(before)), reading(there, article(after)), reading(later, article("Something else"))]
    commit(archive, [here, gone, there, later], told)
    catalog.sync(archive)


def test_what_was_edited_on_the_way_is_told_with_the_move(archive: Archive, catalog: Catalog) -> None:
    moved(archive, catalog, "Some 12 killed", "Some 92 killed")
    (absence,) = absences(catalog)
    assert absence.kind is Shown.MOVED
    assert absence.there is not None
    assert (absence.there.url, absence.there.fields) == (NEW, ("blocks", "headline"))
    assert answered(absence).endswith("said otherwise when it was first seen there: text, headline")
    assert [change.url for change in changes(catalog)] == [NEW], "the one that was seen to happen, and not the move"


def test_a_story_that_moved_as_it_was_says_so(archive: Archive, catalog: Catalog) -> None:
    moved(archive, catalog, "Some 12 killed", "Some 12 killed")
    (absence,) = absences(catalog)
    assert answered(absence) == f"HTTP 301 to {NEW}, where the article said the same"


def test_of_a_place_that_was_not_seen_or_shows_another_story_nothing_is_told(
    archive: Archive, catalog: Catalog
) -> None:
    other = URL.replace("16435001", "16435002")
    rows = [capture(URL, 0), capture(URL, 24, status=301, location=other), capture(other, 25)]
    commit(archive, rows, [reading(rows[0], article("One")), reading(rows[2], article("Another"))])
    catalog.sync(archive)
    assert [absence.there for absence in absences(catalog)] == [None]
    assert "said" not in answered(absences(catalog)[0])
