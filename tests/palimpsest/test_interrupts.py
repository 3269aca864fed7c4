"""Ctrl-C while a site hangs: `palimpsest crawl` ends soon, and nothing that was captured is lost."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.stores import open_store
from tests.crawlers.child import outlet_of, wait_for
from tests.crawlers.site import Answer, Site, article, listing
from tests.flows.machines import in_environment, settings_for
from tests.flows.processes import crawling_child
from tests.palimpsest.doors import Door

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
HANGS, WELL = (f"/2025xb/C/2600000{n}.html" for n in (1, 2))
IMAGE = "/i.png"
"""It is asked for when the article that shows it has been recorded."""
AS_IT_IS = ("-m", "palimpsest")
PATIENT = (
    "-c",
    "from flows.steps import child; from palimpsest.cli import main; child.GRACE_SECONDS = 600; main()",
)
"""It would wait for its child longer than we do for it."""


@pytest.fixture
def site() -> Iterator[Site]:
    pages = {
        "/news/index.html": listing(HANGS, WELL),
        HANGS: Answer(article(), wait=600),
        WELL: article(more=f"<img src={IMAGE}>"),
    }
    site = Site(pages)
    yield site
    site.close()


@pytest.fixture
def door(empty: Door, site: Site, tmp_path: Path) -> Door:
    settings = settings_for(tmp_path, outlet_of(site.url, politeness={"timeout": 300}))
    return empty.given(**in_environment(settings))


@contextmanager
def hanging(door: Door, site: Site, said: Path, how: tuple[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A crawl that has captured what the site gave and waits for what it does not give."""
    with said.open("wb") as out:
        process = subprocess.Popen(
            door.python(*how, "crawl", "site"),
            cwd=door.folder,
            env=door.whole_environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    try:
        wait_for(lambda: site.times(HANGS) and site.times(IMAGE))
        yield process
    finally:
        process.kill()
        process.wait()


def test_the_first_ends_it_and_the_next_crawl_commits_what_was_captured(door: Door, site: Site, tmp_path: Path) -> None:
    with hanging(door, site, tmp_path / "said", AS_IT_IS) as process:
        process.send_signal(signal.SIGINT)
        code = process.wait(60)  # what it waits for comes after minutes
    said = (tmp_path / "said").read_text()
    assert code == 130, said
    assert said.index("Stopping: ") < said.index("Stopped. What was captured is kept in ")
    assert "Traceback" not in said

    site.pages[HANGS] = article()
    site.asked.clear()
    again = door.process("crawl", "site", "--json")
    assert again.code == 0, again.err
    assert len(again.json["recovered"]) == 1
    commits = list(Archive.open(open_store(str(door.archive))).log("site").walk())
    (recovered,) = (commit for commit in commits if commit.recovers)
    assert recovered.counts["captures"] >= 3  # robots.txt, the listing, the article
    assert HANGS in site.paths()


def test_the_second_ends_at_once_whatever_the_child_does(door: Door, site: Site, tmp_path: Path) -> None:
    with hanging(door, site, tmp_path / "said", PATIENT) as process:
        child = crawling_child(process.pid)
        assert child is not None
        os.kill(child, signal.SIGSTOP)  # it does not hear that it is to end
        process.send_signal(signal.SIGINT)
        wait_for(lambda: "Stopping: " in (tmp_path / "said").read_text())
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
