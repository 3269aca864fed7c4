"""A step that is run again after the store was away, at whatever point of its work that was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from config.outlet_file import load_outlet
from flows.steps.capture import CaptureReport
from flows.steps.finish import finish
from flows.steps.place import Place
from flows.steps.plan import Planned, plan
from flows.steps.read import ReadReport
from storage.errors import StoreUnavailable
from storage.folder_store import FolderStore
from storage.rows import ReadingRow
from storage.verify import verify
from tests.flows.machines import ROOT, Machine

OUTLET = load_outlet(ROOT / "config" / "outlets" / "demo.yml")


class Away(FolderStore):
    """A folder that does not give, once, an object whose name ends like this."""

    missed = ""

    def get(self, key: str) -> bytes:
        """Return an object's bytes."""
        if self.missed and key.endswith(self.missed):
            self.missed = ""
            raise StoreUnavailable("it does not answer", store=self.url, key=key)
        return super().get(key)


@pytest.fixture
def store(tmp_path: Path) -> Away:
    return Away(tmp_path / "archive")


@pytest.fixture
def place(tmp_path: Path, store: Away) -> Iterator[Place]:
    opened = Machine(str(store.root), tmp_path / "state").on(0)
    with closing(opened.catalog):
        yield replace(opened, archive=replace(opened.archive, store=store))


def reading_of(planned: Planned) -> ReadingRow:
    return ReadingRow(
        url="http://demo.example/1.html",
        article_key="demo:cbf:1",
        reader_id="pla-2022/1",
        captures=(("article", "urn:uuid:1"),),
        captured_at=planned.facts.started,
        crawl_id=planned.crawl_id,
        outcome="not an article",
    )


@pytest.mark.parametrize("missed", [".readings.parquet", "/00000001.json"])
def test_a_last_commit_that_went_through_is_not_made_twice(place: Place, store: Away, missed: str) -> None:
    planned = plan(place, OUTLET)
    (planned.folder / "crawl.log").write_text("what the child had to say\n")
    read, captured = ReadReport((reading_of(planned),), {"not an article": 1}), CaptureReport(None, 1, 0)
    store.missed = missed  # by the catalog, or where the commit is read to lay its copy
    with pytest.raises(StoreUnavailable):
        finish(place, OUTLET, planned, captured, read)
    assert store.missed == ""
    report = finish(place, OUTLET, planned, captured, read)
    assert report.crawl_id == planned.crawl_id
    (commit,) = place.archive.log("demo").walk()
    assert (commit.counts["readings"], commit.report["status"]) == (1, "failed")
    assert not planned.folder.exists()
    assert verify(place.archive).problems == ()
    assert verify(place.archive).warnings == ()
