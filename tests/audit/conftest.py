"""An archive in a folder and a catalog of it, as the catalog's own tests have them."""

from __future__ import annotations

from tests.storage.catalog.conftest import archive, catalog

__all__ = ["archive", "catalog"]
