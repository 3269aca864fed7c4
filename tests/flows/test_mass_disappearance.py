"""A crawl after which many articles of the outlet are gone says so, in its report and in what the archive keeps."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from config.outlet_file import load_outlet
from flows.steps.capture import CaptureReport
from flows.steps.finish import finish
from flows.steps.plan import plan
from flows.steps.read import ReadReport
from storage.catalog.disappeared import alarms
from storage.catalog.status import status
from tests.flows.machines import ROOT, Machine
from tests.storage.catalog.observed import article, capture, commit, reading

OUTLET = load_outlet(ROOT / "config" / "outlets" / "demo.yml")
URLS = [f"http://demo.example/CHINA/164360{number:02}.html" for number in range(30)]


@pytest.mark.parametrize(("most", "alarmed"), [(0.1, True), (0.5, False)])
def test_a_crawl_says_that_many_articles_are_gone(most: float, alarmed: bool, tmp_path: Path) -> None:
    expected = OUTLET.expectations.model_copy(update={"max_disappeared_share": most})
    outlet = OUTLET.model_copy(update={"expectations": expected})
    place = Machine(str(tmp_path / "archive"), tmp_path / "state").on(0)
    with closing(place.catalog):
        now = place.clock.now()
        seen = [capture(url, captured_at=now - timedelta(days=2)) for url in URLS]
        looked = [
            capture(url, captured_at=now - timedelta(hours=1), status=404 if number < 12 else 200)
            for number, url in enumerate(URLS)
        ]
        found = [reading(page, article(page.url)) for page in (*seen, *looked) if page.status == 200]
        commit(place.archive, [*seen, *looked], found)
        report = finish(place, outlet, plan(place, outlet), CaptureReport(None, 1, 0, {}), ReadReport())
        said = [warning for warning in report.warnings if warning.startswith("mass disappearance: 12 of 30 articles ")]
        assert len(said) == alarmed
        assert [alarm.missing for alarm in alarms(place.catalog)] == [12] * alarmed
        assert status(place.catalog)[0].last_crawl.report["warnings"][: len(said)] == said
