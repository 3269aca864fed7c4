"""What the tests of the readers share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from articles.reading import Reading, read
from config.outlet import Outlet
from config.outlet_file import load_outlet
from tests.articles.pages import FIXTURES, ROOT, chinamil_page


@pytest.fixture(scope="session")
def chinamil() -> Outlet:
    return load_outlet(ROOT / "config" / "outlets" / "chinamil.yml")


@pytest.fixture(scope="session")
def pla_daily() -> Outlet:
    return load_outlet(FIXTURES / "pla-daily" / "pla-daily.yml")


@pytest.fixture
def read_page(chinamil: Outlet) -> Callable[..., Reading]:
    """Make a page of chinamil's from parts, and read it."""
    return lambda **parts: read([chinamil_page(**parts)], chinamil)
