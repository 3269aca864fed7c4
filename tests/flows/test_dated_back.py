"""An article that its outlet puts in late and dates back stands on a page below those that show nothing unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawlers.child import outlet_of
from tests.crawlers.site import Answer, Site, article, listing
from tests.flows.machines import Machine

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

TOP, BELOW, LATE = (f"/2025xb/C/2600001{n}.html" for n in range(3))


def test_it_is_found_within_a_day_while_all_crawls_go_well(tmp_path: Path) -> None:
    pages = {
        "/news/index.html": Answer(listing(TOP, pages=2), headers={"ETag": '"1"'}),
        "/news/index_2.html": lambda before: Answer(listing(BELOW, *([LATE] if before else []), pages=2)),
        **{path: article(path) for path in (TOP, BELOW, LATE)},
    }
    site = Site(pages)
    try:
        outlet = outlet_of(site.url, sources=[{"url": f"{site.url}/news/index.html", "pages": 5}])
        machine = Machine(str(tmp_path / "archive"), tmp_path / "state")
        new = [
            {url.removeprefix(site.url) for url, _ in machine.crawl(outlet, day).new} for day in (0, 0.2, 0.4, 1, 1.2)
        ]
    finally:
        site.close()
    assert new == [{TOP, BELOW}, set(), set(), {LATE}, set()]
    assert site.paths().count("/news/index_2.html") == 2
