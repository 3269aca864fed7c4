from __future__ import annotations

import hashlib

from storage.catalog.catalog import Catalog
from storage.catalog.schema import SCHEMA

OF_SCHEMA = (20, "5a22ab53ce6fa40b")
_TABLES = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND sql NOT LIKE 'CREATE TABLE ''%' ORDER BY name"


def test_tables_that_differ_have_another_number(catalog: Catalog) -> None:
    """Where this fails: raise SCHEMA above the number that main has, and write it here with the digest. Else a catalog
    that was made before is taken for one of today."""
    with catalog.reading() as connection:
        made = connection.exec_driver_sql(_TABLES).scalars().all()
    digest = hashlib.sha256("\n".join(" ".join(sql.split()) for sql in made).encode()).hexdigest()[:16]
    assert (SCHEMA, digest) == OF_SCHEMA
