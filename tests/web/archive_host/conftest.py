"""The archive's host as an ASGI app over an archive in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from config.clock import Clock
from config.outlet import Outlet
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from tests.replay.kept import new_archive
from tests.web.asked import Got, ask
from web.archive_host.app import archive_app
from web.holdings import Holdings
from web.origins import Origins


class Host:
    """The archive's host, asked in-process: what is committed to `archive` is there after `sync`."""

    def __init__(self, folder: Path, outlets: Mapping[str, Outlet] | None = None) -> None:
        self.folder = folder
        self.archive: Archive = new_archive(folder / "archive")
        self.catalog = Catalog.open(f"sqlite:///{folder / 'catalog.sqlite'}")
        self.app = archive_app(Holdings(self.archive, self.catalog, outlets or {}, Clock()), Origins())

    def sync(self) -> None:
        self.catalog.sync(self.archive)

    def get(self, path: str | bytes, **said: Any) -> Got:
        return ask(self.app, path, **said)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    host = Host(tmp_path)
    yield host
    host.catalog.close()
