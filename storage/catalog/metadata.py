"""What all tables of the catalog belong to, wherever they are described: they are made and dropped together."""

from __future__ import annotations

from typing import Final

from sqlalchemy import MetaData

metadata: Final = MetaData()
