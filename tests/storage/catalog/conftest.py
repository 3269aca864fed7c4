"""An archive in a folder and a catalog of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.folder_store import FolderStore


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(FolderStore(tmp_path / "archive"), create=True, single_writer=True)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog.open(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    yield catalog
    catalog.close()


@pytest.fixture
def another_catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog.open(f"sqlite:///{tmp_path / 'another.sqlite'}")
    yield catalog
    catalog.close()
