"""A fact of the outlet file is corrected: the history is corrected with it, and no article is said to have changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from articles.reading import current_reader_ids
from demo.script import EVENTS
from demo.server import DemoServer
from flows.steps.place import Place
from flows.steps.report import CrawlReport
from palimpsest.demo_events import evidence, judge
from storage.catalog.changes import ChangeFilter, changes
from storage.catalog.schema import articles, states, url_state
from tests.flows.machines import Machine, demo_outlet, first_day

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def published(place: Place) -> set[str]:
    """The offsets of the times of publication that the history's states have."""
    query = select(articles.c.published_at).join(states, states.c.content_id == articles.c.content_id)
    with place.catalog.reading() as connection:
        return {at[19:] for at in connection.execute(query).scalars() if at}


def finds_the_script(place: Place, report: CrawlReport, site: str, day: int) -> None:
    behind = evidence(place.catalog, report, {})
    judged, unexpected = judge([event for event in EVENTS if event.day == day], report, site, behind)
    assert [event for event in judged if not event.found] == []
    assert unexpected == ()


def test_a_corrected_time_zone_corrects_the_history_and_is_no_change(tmp_path: Path) -> None:
    machine = Machine(str(tmp_path / "archive"), tmp_path / "state")
    with DemoServer(base=first_day()) as site:
        right = demo_outlet(site.url)
        machine.crawl(right.model_copy(update={"timezone": "Asia/Tokyo"}), 0)
        assert published(machine.on(0)) == {"+09:00"}
        for day in (1, 2):
            site.set_day(day)
            report = machine.crawl(right, day)
            place = machine.on(day)
            finds_the_script(place, report, site.url, day)
            assert published(place) == {"+08:00"}
        with place.catalog.reading() as connection:
            readers = set(connection.execute(select(url_state.c.reader_id)).scalars()) - {None}
    assert readers <= current_reader_ids(right)
    found = changes(place.catalog, ChangeFilter(outlet="demo"))
    assert all(change.confirmed for change in found), "what the crawl that read all anew found, the next one confirms"
