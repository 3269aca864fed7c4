from __future__ import annotations

import random
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import inspect

from storage.archive import Archive
from storage.catalog.catalog import Catalog, SyncProgress
from storage.catalog.index_walk import Range, walk
from storage.catalog.schema import SCHEMA
from storage.catalog.unread import unread
from storage.errors import CatalogForeign, CatalogOutdated, CatalogUnavailable, ObjectDamaged
from storage.exchange import Outcome, Purpose
from storage.folder_store import FolderStore
from tests.storage.catalog.observed import OTHER, URL, article, capture, commit, derived, reading, revisit


def test_an_empty_archive_gives_an_empty_catalog(archive: Archive, catalog: Catalog) -> None:
    assert catalog.sync(archive).commits == 0
    assert set(map(len, derived(catalog).values())) == {0}


def test_a_second_sync_applies_nothing(archive: Archive, catalog: Catalog) -> None:
    row = capture()
    commit(archive, [row])
    commit(archive, readings=[reading(row, article())])
    first = catalog.sync(archive)
    before = derived(catalog)
    second = catalog.sync(archive)
    assert (first.commits, first.captures, first.readings) == (2, 1, 1)
    assert (second.commits, second.captures, second.readings, second.urls) == (0, 0, 0, 0)
    assert derived(catalog) == before
    assert len(before["states"]) == 1


def test_the_same_capture_in_two_commits_counts_once(archive: Archive, catalog: Catalog) -> None:
    row = capture()
    commit(archive, [row])
    commit(archive, [row, capture(OTHER)])
    commit(archive, readings=[reading(row, article())])
    commit(archive, readings=[reading(row, article())])
    catalog.sync(archive)
    (state,) = derived(catalog)["states"]
    assert state["url"] == URL
    assert state["sightings"] == 1
    before = derived(catalog)
    catalog.rebuild(archive)  # has no index to see it by until all commits are in
    assert derived(catalog) == before
    assert [found.url for page in walk(catalog, Range(row.surt)) for found in page] == [row.url]


def test_a_spool_that_came_home_late_gives_the_history_it_would_have_given_in_time(
    tmp_path: Path, catalog: Catalog, another_catalog: Catalog
) -> None:
    first, edited, gone = article("Five ships sail"), article("Six ships sail"), article("A parade")
    day0 = [capture(URL, 0), capture(OTHER, 0.1)]
    day1 = [capture(URL, 24), capture(URL, 24.1, purpose=Purpose.CONFIRM), capture(OTHER, 24.2, status=404)]
    day2 = [revisit(day1[0], 48, not_modified=True), capture(OTHER, 48.3, status=404)]
    day3 = [capture(URL, 72), capture(OTHER, 72.1, outcome=Outcome.DNS)]
    read0 = [reading(day0[0], first), reading(day0[1], gone)]
    read1 = [reading(day1[0], edited), reading(day1[1], edited, light=True)]
    read2 = [reading(day2[0], edited, weak=True, light=True)]
    read3 = [reading(day3[0], first, light=True)]
    crawls = [(day0, read0), (day1, read1), (day2, read2), (day3, read3)]

    in_time = Archive.open(FolderStore(tmp_path / "in time"), create=True, single_writer=True)
    for captures, readings in crawls:
        commit(in_time, captures)
        commit(in_time, readings=readings)
    late = Archive.open(FolderStore(tmp_path / "late"), create=True, single_writer=True)
    for index in (0, 2, 3, 1):
        commit(late, crawls[index][0], recovers=crawls[1][0][0].crawl_id if index == 1 else None)
        commit(late, readings=crawls[index][1])
        another_catalog.sync(late)  # as far as was known at that time, again and again
    catalog.sync(in_time)

    assert derived(another_catalog) == derived(catalog)
    found = derived(catalog)
    assert len(found["states"]) == 4  # of URL: first, edited, first again; of OTHER: one
    assert [change["fields"] for change in found["changes"]] == [["blocks", "headline"]] * 2
    assert [(row["kind"], row["confirmed"]) for row in found["absences"]] == [("gone", True), ("unreachable", False)]


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_commits_gives_the_same_catalog(
    seed: int, tmp_path: Path, catalog: Catalog, another_catalog: Catalog
) -> None:
    chance = random.Random(seed)
    contents = [article(f"Text {number}") for number in range(3)]
    crawls = []
    for day in range(12):
        captures, readings = [], []
        for url in (URL, OTHER):
            shown = chance.choice(["article", "article", "article", "missing", "unreachable", "confirmed"])
            if shown == "missing":
                captures.append(capture(url, day * 24, status=404))
            elif shown == "unreachable":
                captures.append(capture(url, day * 24, outcome=Outcome.REFUSED))
            else:
                row, what = capture(url, day * 24), chance.choice(contents)
                captures.append(row)
                readings.append(reading(row, what))
                if shown == "confirmed":
                    second = capture(url, day * 24 + 0.1, purpose=Purpose.CONFIRM)
                    captures.append(second)
                    readings.append(reading(second, chance.choice([what, *contents])))
        crawls.append((captures, readings))
    straight = Archive.open(FolderStore(tmp_path / "straight"), create=True, single_writer=True)
    mixed = Archive.open(FolderStore(tmp_path / "mixed"), create=True, single_writer=True)
    for captures, readings in crawls:
        commit(straight, captures, readings)
    for captures, readings in chance.sample(crawls, len(crawls)):
        commit(mixed, captures, readings)
        if chance.random() < 0.5:
            another_catalog.sync(mixed)
    catalog.sync(straight)
    another_catalog.sync(mixed)
    assert derived(another_catalog) == derived(catalog)


def test_a_rebuilt_catalog_is_the_same(archive: Archive, catalog: Catalog, another_catalog: Catalog) -> None:
    for day in range(30):  # more than are derived one by one
        row = capture(URL, day * 24)
        commit(archive, [row], [reading(row, article(f"Text {day // 3}"))])
        if day == 20:
            catalog.sync(archive)
    catalog.sync(archive)
    another_catalog.sync(archive)
    before = derived(catalog)
    assert derived(another_catalog) == before
    report = catalog.rebuild(archive)
    assert report.commits == 30
    assert derived(catalog) == before
    assert len(before["changes"]) == 9


def test_a_light_reading_before_its_article_gets_the_fields_when_the_article_comes(
    archive: Archive, catalog: Catalog
) -> None:
    old, new = capture(URL, 0), capture(URL, 24)
    elsewhere = capture(OTHER, 12)
    commit(archive, [old, new])
    commit(archive, readings=[reading(old, article("One")), reading(new, article("Two"), light=True)])
    catalog.sync(archive)
    assert [change["fields"] for change in derived(catalog)["changes"]] == [[]]
    commit(archive, [elsewhere], [reading(elsewhere, article("Two"))])
    catalog.sync(archive)
    assert [change["fields"] for change in derived(catalog)["changes"]] == [["blocks", "headline"]]


def test_a_new_version_of_a_reader_takes_the_place_of_the_old_one(archive: Archive, catalog: Catalog) -> None:
    before, after = capture(URL, 0), capture(URL, 24)
    commit(archive, [before], [reading(before, article("Byline unread"))])
    commit(archive, [after], [reading(after, article("Byline read"), reader="pla-2022/2")])
    catalog.sync(archive)
    found = derived(catalog)
    assert found["changes"] == []  # the readers differ, which is not the page's doing
    assert found["url_state"][0]["needs_rereading"]
    commit(archive, readings=[reading(before, article("Byline read"), reader="pla-2022/2")])
    catalog.sync(archive)
    found = derived(catalog)
    assert (len(found["states"]), found["changes"]) == (1, [])


def test_a_reader_that_the_outlet_has_no_more_counts_for_nothing_until_it_is_back(
    archive: Archive, catalog: Catalog, another_catalog: Catalog
) -> None:
    before, kept, meanwhile = capture(URL, 0), capture(OTHER, 0.1), capture(URL, 24)
    both, one = ("other/1", "pla-2022/1", "unclaimed/11111111"), ("other/1", "unclaimed/22222222")
    commit(archive, [before], [reading(before, article("One"))], readers=both)
    commit(archive, [kept], [reading(kept, article("Kept"), reader="other/1")], readers=both)
    catalog.sync(archive)
    with_it = derived(catalog)
    assert [state["url"] for state in with_it["states"]] == [URL, OTHER]

    commit(archive, readings=[reading(kept, article("Kept"), reader="other/1")], readers=one)
    catalog.sync(archive)
    assert [(state["url"], state["outdated_reader"]) for state in derived(catalog)["states"]] == [(OTHER, None)]
    assert [found.url for found in unread(catalog, "demo", frozenset(one))] == [URL]

    commit(archive, [meanwhile], [reading(meanwhile, outcome="doubtful", reader="unclaimed/22222222")], readers=one)
    commit(archive, [], [reading(before, outcome="doubtful", reader="unclaimed/22222222")], readers=one)
    catalog.sync(archive)
    assert [state["url"] for state in derived(catalog)["states"]] == [OTHER]
    assert list(unread(catalog, "demo", frozenset(one))) == []

    # Back again: what it read in its time counts as it did, and what came meanwhile is to be read by it.
    assert [found.first.record_id for found in unread(catalog, "demo", frozenset(both))] == [meanwhile.record_id]
    commit(archive, [], [reading(meanwhile, article("Two"))], readers=both)
    catalog.sync(archive)
    found = derived(catalog)
    assert [state["url"] for state in found["states"]] == [URL, URL, OTHER]
    assert [change["url"] for change in found["changes"]] == [URL]
    another_catalog.rebuild(archive)
    assert derived(another_catalog) == found


def test_pages_that_nobody_claimed_wait_when_the_outlet_has_another_reader(archive: Archive, catalog: Catalog) -> None:
    page, other = capture(URL, 0), capture(OTHER, 1)
    before, after = ("pla-2022/1", "unclaimed/11111111"), ("more/1", "pla-2022/1", "unclaimed/22222222")
    commit(archive, [page], [reading(page, outcome="doubtful", reader="unclaimed/11111111")], readers=before)
    catalog.sync(archive)
    assert not derived(catalog)["url_state"][0]["needs_rereading"]
    commit(archive, [other], [reading(other, article())], readers=after)
    catalog.sync(archive)
    assert [row["needs_rereading"] for row in derived(catalog)["url_state"]] == [True, False]


def test_the_readers_of_the_last_commit_are_current_whenever_its_captures_were(
    archive: Archive, catalog: Catalog
) -> None:
    late, early = capture(URL, 24), capture(URL, 0)
    commit(archive, [late], [reading(late, article("Two"), reader="pla-2022/2")])
    commit(archive, [early], [reading(early, article("One"), reader="pla-2022/1")])  # an older program, brought back
    catalog.sync(archive)
    assert [state["outdated_reader"] for state in derived(catalog)["states"]] == [None, "pla-2022/2"]


def test_a_rebuild_that_is_cut_off_is_brought_to_its_end_by_the_next_sync(
    archive: Archive, catalog: Catalog, another_catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.catalog.catalog.AT_ONCE", 4)  # two of these commits
    for day in range(6):
        row = capture(URL, day * 24)
        commit(archive, [row], [reading(row, article(f"Text {day // 2}"), light=day % 2 == 0)])
    another_catalog.sync(archive)

    class Interrupted(Exception):
        pass

    def interrupt(progress: SyncProgress) -> None:
        if progress.done == 3:
            raise Interrupted

    with pytest.raises(Interrupted):
        catalog.rebuild(archive, progress=interrupt)
    assert derived(catalog)["states"] == []
    row = capture(OTHER, 200)
    commit(archive, [row], [reading(row, article("Text 0"))])
    catalog.sync(archive)
    another_catalog.sync(archive)
    assert derived(catalog) == derived(another_catalog)
    with catalog.reading() as connection:
        names = {index["name"] for index in inspect(connection).get_indexes("captures")}
    assert {"captures_of_url", "captures_of_role"} <= names


def test_processes_that_sync_at_once_apply_every_commit_once(archive: Archive, tmp_path: Path) -> None:
    for day in range(30):
        rows = [capture(URL, day * 24), capture(f"http://demo.example/CHINA/{day}.html", day * 24 + 0.1)]
        commit(archive, rows, [reading(row, article(f"Text {day // 2}")) for row in rows])
    catalogs = [Catalog.open(f"sqlite:///{tmp_path / 'c.sqlite'}") for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        reports = [found.result() for found in [pool.submit(each.sync, archive) for each in catalogs]]
    assert sum(report.commits for report in reports) == 30
    assert sum(report.captures for report in reports) == 60
    before = derived(catalogs[0])
    catalogs[0].rebuild(archive)
    assert derived(catalogs[0]) == before
    for each in catalogs:
        each.close()


def test_only_the_outlets_named_are_brought_up_to_date(archive: Archive, catalog: Catalog) -> None:
    commit(archive, [capture(outlet="demo")])
    commit(archive, [capture(outlet="other")])
    assert catalog.sync(archive, ["other"]).captures == 1
    assert catalog.sync(archive).captures == 1


def test_progress_is_told(archive: Archive, catalog: Catalog) -> None:
    row = capture()
    commit(archive, [row])
    commit(archive, readings=[reading(row, article())])
    told: list[SyncProgress] = []
    catalog.sync(archive, progress=told.append)
    assert told == [SyncProgress("demo", 1, 2), SyncProgress("demo", 2, 2)]


def test_the_catalog_of_another_archive_is_refused(archive: Archive, catalog: Catalog, tmp_path: Path) -> None:
    catalog.sync(archive)
    other = Archive.open(FolderStore(tmp_path / "other"), create=True, single_writer=True)
    with pytest.raises(CatalogForeign, match=archive.id):
        catalog.sync(other)
    with pytest.raises(CatalogForeign):
        catalog.rebuild(other)


def test_a_table_that_was_changed_is_not_believed(archive: Archive, catalog: Catalog, tmp_path: Path) -> None:
    commit(archive, [capture()])
    (table,) = tmp_path.glob("archive/**/*.captures.parquet")
    table.chmod(0o644)
    table.write_bytes(table.read_bytes()[:-1] + b"X")
    with pytest.raises(ObjectDamaged, match=r"captures\.parquet"):
        catalog.sync(archive)
    assert catalog_is_empty(catalog)


def catalog_is_empty(catalog: Catalog) -> bool:
    return not any(derived(catalog).values())


def test_an_older_catalog_is_made_anew_and_a_later_one_is_refused(archive: Archive, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'c.sqlite'}"
    commit(archive, [capture()])
    first = Catalog.open(url)
    first.sync(archive)
    first.close()
    for number, expected in ((0, 1), (SCHEMA - 1, 1), (SCHEMA, 0)):
        with sqlite3.connect(tmp_path / "c.sqlite") as connection:
            connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (str(number),))
        connection.close()
        again = Catalog.open(url)
        assert again.sync(archive).commits == expected
        again.close()
    with sqlite3.connect(tmp_path / "c.sqlite") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    connection.close()
    with pytest.raises(CatalogOutdated, match="later Palimpsest"):
        Catalog.open(url)


def test_a_file_that_is_no_database_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite").write_bytes(b"this is no database, and never was one" * 100)
    with pytest.raises(CatalogUnavailable, match="not a database"):
        Catalog.open(f"sqlite:///{tmp_path / 'c.sqlite'}")


def test_an_address_that_is_none_is_told_as_such() -> None:
    with pytest.raises(CatalogUnavailable, match="PALIMPSEST_CATALOG"):
        Catalog.open("nonsense://")
    with pytest.raises(CatalogUnavailable, match="PALIMPSEST_CATALOG"):
        Catalog.open("not a url")
