"""The script's EVENTS hold for our own readers too, without a crawl in between: pages in, differences out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.page import Page
from articles.reading import Reading, ReadingOutcome, part_urls, read
from config.outlet import Outlet
from config.outlet_file import load_outlet
from demo.script import DAYS, EVENTS
from demo.server import DemoServer

PATHS = [event.path for event in EVENTS if event.kind == "new"]
OUTLET_FILE = Path(__file__).resolve().parents[2] / "config" / "outlets" / "demo.yml"


@pytest.fixture(scope="module")
def readings(asks) -> list[dict[str, Reading]]:
    """Return the reading of every page that answers, by path, for each day."""
    with DemoServer() as site:
        outlet = load_outlet(OUTLET_FILE).rebased(site.url)
        get = asks(site)

        def page(url: str) -> Page:
            got = get(url.removeprefix(site.url))
            return Page(url, got.body, datetime.now(UTC), got.status, tuple(got.headers.items()))

        def reading(path: str, outlet: Outlet) -> Reading:
            first = page(site.url + path)
            return read([first, *map(page, part_urls(first, outlet))], outlet)

        days = []
        for day in range(DAYS):
            site.set_day(day)
            days.append({path: reading(path, outlet) for path in PATHS if get(path, "HEAD").status == 200})
        return days


def test_every_article_is_read_without_a_warning(readings) -> None:
    for day in readings:
        for path, reading in day.items():
            assert (reading.outcome, reading.warnings) == (ReadingOutcome.ARTICLE, ()), path


def test_readers_find_the_scripted_changes_and_no_other(readings) -> None:
    for day in range(1, DAYS):
        for path in readings[day].keys() & readings[day - 1].keys():
            before, after = readings[day - 1][path], readings[day][path]
            old = dict(before.field_hashes)
            found = {name for name, digest in after.field_hashes if digest != old[name]}
            events = [event for event in EVENTS if (event.kind, event.day, event.path) == ("changed", day, path)]
            assert found == {name for event in events for name in event.fields}, (path, day)
            assert (before.content_id != after.content_id) == bool(events)


def test_what_is_posted_again_has_the_text_id_of_its_original(readings) -> None:
    again = [event for event in EVENTS if event.kind == "re-posted"]
    assert again
    for event in again:
        same = readings[event.day][event.path].text_id == readings[event.day][event.original].text_id
        assert same == (not event.similar)
        assert readings[event.day][event.path].article_key != readings[event.day][event.original].article_key
