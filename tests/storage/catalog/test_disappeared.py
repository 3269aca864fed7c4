"""Many articles gone at once."""

from __future__ import annotations

import pytest

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.disappeared import LEAST, alarms, disappeared
from storage.exchange import Outcome
from tests.storage.catalog.observed import article, at, capture, commit, reading

DAY = 24
URLS = [f"http://demo.example/CHINA/164360{number:02}.html" for number in range(40)]


@pytest.fixture
def seen(archive: Archive) -> Archive:
    """40 articles that were seen four weeks ago."""
    pages = [capture(url, hours=0) for url in URLS]
    commit(archive, pages, [reading(page, article(page.url)) for page in pages])
    return archive


def test_only_what_was_looked_at_in_the_window_counts(seen: Archive, catalog: Catalog) -> None:
    looks = [capture(url, 28 * DAY) for url in URLS[:8]]
    lost = [capture(url, 28 * DAY, status=404) for url in URLS[8:20]]
    down = [capture(url, 28 * DAY, outcome=Outcome.DNS) for url in URLS[20:30]]  # says nothing
    long_gone = capture(URLS[39], 10 * DAY, status=410)
    back = [capture(URLS[19], 28 * DAY + 1)]
    moved = capture(URLS[8], 28 * DAY + 1, status=301, location="http://demo.example/moved.html")
    commit(
        seen,
        [*looks, *lost, *down, *back, moved, long_gone],
        [reading(page, article(page.url)) for page in looks + back],
    )
    catalog.sync(seen)
    found = disappeared(catalog, "demo", at(29 * DAY))
    assert (found.looked_at, found.missing, found.kinds) == (8 + 12, 11, {"gone": 10, "moved": 1})
    assert found.is_alarming(0.5)
    assert not found.is_alarming(0.6)
    assert str(found) == (
        "mass disappearance: 11 of 20 articles that were looked at since 2026-01-23 06:00Z were no longer found at"
        " 2026-01-30 06:00Z (gone 10, moved 1)"
    )
    assert disappeared(catalog, "demo", at(40 * DAY)).missing == 0, "the window has passed"
    assert disappeared(catalog, "another", at(29 * DAY)).looked_at == 0


def test_a_few_raise_no_alarm_whatever_their_share(seen: Archive, catalog: Catalog) -> None:
    commit(seen, [capture(url, 28 * DAY, status=404) for url in URLS[: LEAST - 1]])
    catalog.sync(seen)
    found = disappeared(catalog, "demo", at(29 * DAY))
    assert (found.missing, found.looked_at) == (LEAST - 1, LEAST - 1)
    assert not found.is_alarming(0.1)


def test_alarms_are_read_back_from_the_reports_of_crawls(seen: Archive, catalog: Catalog) -> None:
    for days, lost in ((27, URLS[:12]), (28, URLS[:30]), (29, URLS[:12])):
        commit(seen, [capture(url, days * DAY, status=404) for url in lost])
        catalog.sync(seen)
        found = disappeared(catalog, "demo", at(days * DAY + 1))
        page = capture(URLS[39], days * DAY + 2)
        commit(seen, [page], [reading(page, article(page.url))], report={"status": "ok", **found.to_json()})
    catalog.sync(seen)
    (alarm,) = alarms(catalog)
    assert (alarm.missing, alarm.outlet) == (30, "demo")
    assert alarms(catalog, outlet="another") == []
    assert alarms(catalog, since=at(30 * DAY)) == []


def test_an_alarm_tells_how_it_was_then_and_how_many_came_back_since(seen: Archive, catalog: Catalog) -> None:
    commit(seen, [capture(url, 28 * DAY, status=404) for url in URLS[:12]])
    catalog.sync(seen)
    page = capture(URLS[39], 28 * DAY + 2)
    report = disappeared(catalog, "demo", at(28 * DAY + 1)).to_json()
    commit(seen, [page], [reading(page, article(page.url))], report={"status": "ok", **report})
    catalog.sync(seen)
    (alarm,) = alarms(catalog)
    assert alarm.returned == 0
    assert str(alarm).endswith("were no longer found at 2026-01-29 07:00Z (gone 12)")
    back = [capture(url, 29 * DAY) for url in URLS[:11]]
    commit(seen, back, [reading(page, article(page.url)) for page in back])
    catalog.sync(seen)
    (alarm,) = alarms(catalog)
    assert (alarm.missing, alarm.returned) == (12, 11)
    assert str(alarm).endswith("(gone 12); 11 of them have been seen again since")
