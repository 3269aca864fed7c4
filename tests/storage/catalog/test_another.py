"""A catalog beside an archive of another time, and a file that is not the one that was opened."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.schema import SCHEMA
from storage.catalog.unapplied import unapplied
from storage.errors import CatalogAhead, CatalogOutdated
from storage.folder_store import FolderStore
from tests.storage.catalog.observed import OTHER, URL, article, capture, commit, derived, reading
from tests.storage.rights import without_rights


def observed(archive: Archive, hours: float, text: str, outlet: str = "demo") -> None:
    row = capture(OTHER if outlet == "other" else URL, hours, outlet=outlet)
    commit(archive, [row], [reading(row, article(text))])


def copied(archive: Archive, folder: Path) -> Archive:
    """Another copy of an archive, with the same id."""
    shutil.copytree(archive.url, folder)
    return Archive.open(FolderStore(folder), single_writer=True)


def test_a_catalog_that_is_ahead_of_an_archive_put_back_from_a_copy_says_so_until_it_is_made_anew(
    archive: Archive, catalog: Catalog, another_catalog: Catalog, tmp_path: Path
) -> None:
    observed(archive, 0, "One")
    older = copied(archive, tmp_path / "older")
    observed(archive, 24, "Two")
    catalog.sync(archive)
    assert unapplied(catalog, archive) == []

    words = r"has taken up commit \d of demo, .*was there before.*palimpsest rebuild.*PALIMPSEST_STATE"
    with pytest.raises(CatalogAhead, match=words):
        unapplied(catalog, older)
    with pytest.raises(CatalogAhead, match=words):
        catalog.sync(older)
    assert len(derived(catalog)["states"]) == 2

    catalog.rebuild(older)
    assert unapplied(catalog, older) == []
    another_catalog.sync(older)
    assert derived(catalog) == derived(another_catalog)


def test_so_it_does_where_another_commit_has_that_number(archive: Archive, catalog: Catalog, tmp_path: Path) -> None:
    observed(archive, 0, "One")
    fork = copied(archive, tmp_path / "fork")
    observed(archive, 24, "Two")
    observed(fork, 24, "Another two")
    observed(fork, 48, "Three")
    catalog.sync(archive)
    with pytest.raises(CatalogAhead, match="is not the commit that was there before"):
        unapplied(catalog, fork)
    with pytest.raises(CatalogAhead, match="is not the commit that was there before"):
        catalog.sync(fork)
    assert len(derived(catalog)["states"]) == 2


def test_and_where_an_outlet_is_not_there_at_all(archive: Archive, catalog: Catalog, tmp_path: Path) -> None:
    observed(archive, 0, "One")
    older = copied(archive, tmp_path / "older")
    observed(archive, 24, "Two", outlet="other")
    catalog.sync(archive)
    with pytest.raises(CatalogAhead, match="commit 1 of other"):
        unapplied(catalog, older)
    with pytest.raises(CatalogAhead, match="commit 1 of other"):
        catalog.sync(older)


def test_what_is_new_is_found_of_known_outlets_and_of_others(archive: Archive, catalog: Catalog) -> None:
    observed(archive, 0, "One")
    catalog.sync(archive)
    observed(archive, 24, "Two")
    observed(archive, 24, "Elsewhere", outlet="other")
    assert unapplied(catalog, archive) == ["demo", "other"]


@pytest.mark.parametrize("left", ["nothing", "its folder", "another's"])
def test_a_file_that_was_deleted_is_noticed_and_what_is_there_then_is_opened(
    archive: Archive, tmp_path: Path, left: str
) -> None:
    folder = tmp_path / "state"
    catalog = Catalog.open(f"sqlite:///{folder / 'c.sqlite'}")
    observed(archive, 0, "One")
    catalog.sync(archive)
    before = derived(catalog)
    assert not catalog.renew()

    if left == "nothing":
        shutil.rmtree(folder)
    else:
        for file in folder.iterdir():
            file.unlink()
    if left == "another's":
        other = Catalog.open(f"sqlite:///{folder / 'c.sqlite'}")
        other.sync(archive)
        other.close()
    with catalog.reading() as reader:  # whoever reads meanwhile, reads on
        assert catalog.renew()
        reader.exec_driver_sql("SELECT 1")
    assert not catalog.renew()
    assert catalog.sync(archive).commits == (0 if left == "another's" else 1)
    assert derived(catalog) == before
    with sqlite3.connect(folder / "c.sqlite") as file:
        assert file.execute("SELECT count(*) FROM commits").fetchone() == (1,)
    file.close()
    catalog.close()


def test_a_folder_that_may_not_be_looked_into_for_a_while_is_no_file_that_was_deleted(archive: Archive) -> None:
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog.open(f"sqlite:///{folder}/c.sqlite")
        catalog.sync(archive)
        Path(folder).chmod(0)
        with without_rights():
            assert not catalog.renew()
        Path(folder).chmod(0o700)
        assert not catalog.renew()
        catalog.close()


def test_tables_that_a_later_palimpsest_made_meanwhile_are_told(archive: Archive, tmp_path: Path) -> None:
    catalog = Catalog.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    with sqlite3.connect(tmp_path / "c.sqlite") as file:
        file.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (str(SCHEMA + 1),))
    file.close()
    with pytest.raises(CatalogOutdated, match="later Palimpsest"):
        catalog.renew()
    catalog.close()
