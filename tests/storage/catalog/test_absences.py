"""Absences out of commits: what a page that no longer shows its article comes to, and how it is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from articles.reading import read
from config.outlet_file import load_outlet
from storage.archive import Archive
from storage.catalog.absences import absence_at, absences
from storage.catalog.catalog import Catalog
from storage.catalog.looks import Shown
from tests.articles.pages import chinamil_page
from tests.storage.catalog.observed import article, at, capture, commit, reading

CHINAMIL = Path(__file__).parents[3] / "config" / "outlets" / "chinamil.yml"
REFRESH = b'<html><head><meta http-equiv="refresh" content="0;url=/404.htm"></head><body></body></html>'


@pytest.mark.parametrize("missing", ["emptied", "shell", "challenge"])
def test_a_page_that_lost_its_article_with_status_200(missing: str, archive: Archive, catalog: Catalog) -> None:
    """Read by the real readers, so that catalog and readers agree on what a warning says."""
    page = chinamil_page(body="")
    if missing != "emptied":
        page = replace(page, body=REFRESH if missing == "shell" else b"<title>Just a moment</title>g-recaptcha")
    said = read([page], load_outlet(CHINAMIL))
    seen, lost = capture(hours=0), capture(hours=24)
    judged = replace(reading(lost, outcome=said.outcome.value), warnings=said.warnings)
    commit(archive, [seen, lost], [reading(seen, article()), judged])
    catalog.sync(archive)
    (absence,) = absences(catalog)
    assert absence.kind is (Shown.BLOCKED if missing == "challenge" else Shown.SOFT_404)
    assert (absence.last_seen, absence.first_missing, absence.confirmed) == (at(0), at(24), False)


def test_what_was_not_looked_at_is_not_missing(archive: Archive, catalog: Catalog) -> None:
    seen, other = capture(hours=0), capture("http://demo.example/CHINA/16435002.html", hours=0)
    commit(archive, [seen, other], [reading(seen, article()), reading(other, article("Other"))])
    later = capture(hours=24 * 400)  # the other one is not asked for again
    commit(archive, [later], [reading(later, article())])
    catalog.sync(archive)
    assert absences(catalog) == []


def test_a_capture_belongs_to_the_absence_that_it_is_a_look_of(archive: Archive, catalog: Catalog) -> None:
    seen = capture(hours=0)
    home = {"status": 302, "location": "http://demo.example/"}
    lost = [capture(hours=day * 24, **(home if day % 2 else {"status": 404})) for day in range(1, 6)]
    commit(archive, [seen, *lost], [reading(seen, article())])
    catalog.sync(archive)
    assert {(absence.kind, absence.confirmed) for absence in absences(catalog)} == {
        (Shown.SOFT_404, True),
        (Shown.GONE, True),
    }
    of_days = [absence_at(catalog, "demo", look.url, look.captured_at, look.status) for look in lost]
    assert [absence and absence.kind for absence in of_days] == [
        Shown.SOFT_404 if day % 2 else Shown.GONE for day in range(1, 6)
    ]
