"""Which folders of a machine are spools, while crawls of it are planned, running or cut off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config.outlet_file import load_outlet
from flows.errors import SpoolUnreadable
from flows.steps.place import Place
from flows.steps.plan import plan
from flows.steps.recover import RecoverReport, recover, spools_of
from storage.keys import new_crawl_id
from tests.flows.machines import ROOT, Machine

OUTLET = load_outlet(ROOT / "config" / "outlets" / "demo.yml")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    opened = Machine(str(tmp_path / "archive"), tmp_path / "state").on(0)
    with closing(opened.catalog):
        yield opened


def folder_with(place: Place, file: str, outlet: str = "demo") -> Path:
    folder = place.spool / new_crawl_id(outlet, place.clock.now())
    folder.mkdir(parents=True)
    (folder / file).write_bytes(b"")
    return folder


def test_whoever_asks_for_spools_leaves_a_crawl_that_is_being_planned_alone(place: Place) -> None:
    planning = folder_with(place, "plan.sqlite.writing")
    planned = plan(place, OUTLET).folder
    assert spools_of(place, "demo") == [planned]
    assert [entry.name for entry in planning.iterdir()] == ["plan.sqlite.writing"]


def test_what_was_never_planned_to_the_end_is_swept_by_the_next_crawl(place: Place) -> None:
    cut_off, of_another = folder_with(place, "plan.sqlite.writing"), folder_with(place, "plan.sqlite.writing", "other")
    assert recover(place, OUTLET) == RecoverReport()
    assert not cut_off.exists()
    assert of_another.exists()


def test_captures_whose_crawl_is_not_told_are_named_and_kept(place: Place) -> None:
    folder = folder_with(place, "x-00000.warc.gz")
    assert spools_of(place, "demo") == [folder]
    with pytest.raises(SpoolUnreadable, match=r"crawl\.json can.t be read \(FileNotFoundError"):
        recover(place, OUTLET)
    assert (folder / "x-00000.warc.gz").exists()


def test_a_file_in_the_place_of_a_spool_is_none(place: Place) -> None:
    place.spool.mkdir()
    (place.spool / new_crawl_id("demo", place.clock.now())).write_bytes(b"")
    assert spools_of(place, "demo") == []
    assert recover(place, OUTLET) == RecoverReport()
