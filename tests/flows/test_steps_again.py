"""A step that is run again after the store was away, at whatever point of its work that was."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from articles.reading import current_reader_ids
from config.outlet_file import load_outlet
from crawlers.spool_writer import SpoolWriter
from flows.steps import capture as capturing
from flows.steps.capture import CaptureReport, capture
from flows.steps.finish import finish
from flows.steps.place import Place
from flows.steps.plan import Planned, plan
from flows.steps.progress import silent
from flows.steps.read import ReadReport
from storage.errors import StoreUnavailable
from storage.folder_store import FolderStore
from storage.objects import StoredObject
from storage.rows import ReadingRow
from storage.verify import verify
from storage.warc import encode_group
from tests.flows.machines import ROOT, Machine
from tests.storage.exchanges import exchange

OUTLET = load_outlet(ROOT / "config" / "outlets" / "demo.yml")


class Away(FolderStore):
    """A folder that does not give or take, once, an object whose name ends like this."""

    missed = ""

    def get(self, key: str) -> bytes:
        """Return an object's bytes."""
        self._answer(key)
        return super().get(key)

    def create(self, key: str, body: bytes | Path) -> StoredObject:
        """Store an object."""
        self._answer(key)
        return super().create(key, body)

    def _answer(self, key: str) -> None:
        if self.missed and key.endswith(self.missed):
            self.missed = ""
            raise StoreUnavailable("it does not answer", store=self.url, key=key)


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
    assert commit.readers == tuple(sorted(current_reader_ids(OUTLET)))
    assert not planned.folder.exists()
    assert verify(place.archive).problems == ()
    assert verify(place.archive).warnings == ()


def test_a_store_that_was_away_is_asked_again_while_the_child_goes_on(
    place: Place, store: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capturing, "SECONDS_BETWEEN_LOOKS", 0.01)
    planned = plan(place, OUTLET)
    writer = SpoolWriter(planned.folder, planned.crawl_id, (("software", "test"),), clock=place.clock)
    writer.write(encode_group(exchange(), warcinfo_id=writer.warcinfo_id).data)
    writer.close()
    store.missed = ".warc.gz"

    async def look() -> int:
        committer = capturing._Committer(place, planned, silent)
        looking = asyncio.create_task(committer.look_until_cancelled())
        async with asyncio.timeout(20):
            while not committer.warcs and not looking.done():
                await asyncio.wait({looking}, timeout=0.01)
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
        return committer.warcs

    assert asyncio.run(look()) == 1
    assert store.missed == ""
    (commit,) = place.archive.log("demo").walk()
    assert commit.counts["captures"] == 1


def test_a_result_that_can_not_be_read_is_what_the_report_says(place: Place) -> None:
    outlet = OUTLET.rebased("http://127.0.0.1:1")  # nobody is there
    planned = plan(place, outlet)
    (planned.folder / "result.json").mkdir()
    captured = asyncio.run(capture(place, planned))
    assert captured.warcs == 1
    report = finish(place, outlet, planned, captured, ReadReport())
    assert report.status == "failed"
    (missed,) = report.missed
    assert missed.startswith(f"result.json of {planned.crawl_id} can't be understood (IsADirectoryError")
    assert "What it captured is whole and kept" in missed
