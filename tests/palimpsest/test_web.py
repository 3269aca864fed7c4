"""`palimpsest web` as a process: it opens, says where, shows what comes, and closes."""

from __future__ import annotations

import re
import select
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from demo.server import DemoServer
from tests.flows.machines import Machine, demo_outlet, first_day
from tests.palimpsest.conftest import Crawled
from tests.palimpsest.doors import Door

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
TOKEN = "a-token-of-enough-characters"


@dataclass
class Opened:
    """The process, its first line, and the address in it."""

    process: subprocess.Popen[str]
    said: str

    @property
    def url(self) -> str:
        found = re.search(r"http://[^ ]+/", self.said)
        assert found, self.said
        return found[0]

    def close(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, self.said + out, err


@contextmanager
def opened(door: Door, *words: str) -> Iterator[Opened]:
    process = subprocess.Popen(
        door.python("-m", "palimpsest", "web", "--port", "0", "--archive-port", "0", *words),
        cwd=door.folder,
        env=door.whole_environment | {"PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], 60)
        assert ready, "it said nothing for a minute"
        yield Opened(process, process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_open_and_closes_though_a_browser_holds_on(
    crawled: Crawled, number: signal.Signals
) -> None:
    with opened(crawled.door) as web:
        assert httpx.get(web.url).status_code == 200
        with httpx.stream("GET", web.url) as held:  # a browser keeps its connection
            assert held.status_code == 200
            code, out, err = web.close(number)
        assert (code, err) == (0, "")
        assert out.splitlines()[-1] == "The window is closed."


def test_a_port_that_is_taken_is_told_in_words(crawled: Crawled) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = crawled.door.process("web", "--port", str(taken.getsockname()[1]))
    assert ran.code == 2
    assert "can't listen on 127.0.0.1 port" in ran.err
    assert "Traceback" not in ran.err


def test_without_a_token_it_does_not_open_to_others(crawled: Crawled) -> None:
    ran = crawled.door.process("web", "--host", "0.0.0.0", "--port", "0", "--archive-port", "0")
    assert ran.code == 2
    assert "PALIMPSEST_TOKEN" in ran.err


def test_with_a_token_it_asks_for_it_and_never_says_it(crawled: Crawled) -> None:
    with opened(crawled.door.given(PALIMPSEST_TOKEN=TOKEN)) as web:
        assert httpx.get(web.url).headers["Location"] == "/login"
        api = f"{web.url}api/v1/outlets"
        assert httpx.get(api).status_code == 401
        shown = httpx.get(api, headers={"Authorization": f"Bearer {TOKEN}"})
        assert [one["outlet"] for one in shown.json()] == ["demo"]
        httpx.post(f"{web.url}login", data={"token": "a wrong one"})
        httpx.post(f"{web.url}login", data={"token": TOKEN})
        code, out, err = web.close()
    assert code == 0
    assert TOKEN not in out + err


def test_where_there_is_no_archive_it_says_so(empty: Door) -> None:
    ran = empty.process("web", "--port", "0", "--archive-port", "0")
    assert ran.code == 2
    assert "holds no archive" in ran.err


def test_what_another_machine_commits_shows_without_a_restart(crawled: Crawled, tmp_path: Path) -> None:
    copy = crawled.door.copy(tmp_path)
    writer = Machine(str(copy.archive), copy.state)
    with DemoServer(base=first_day()) as site, opened(replace(copy, state=tmp_path / "reader")) as web:
        assert httpx.get(web.url).status_code == 200  # it is open before the new crawl begins
        crawl = writer.crawl(demo_outlet(site.url), 4, limit=1).crawl_id
        deadline = time.monotonic() + 60
        while [one["last_crawl"] for one in httpx.get(f"{web.url}api/v1/outlets").json()] != [crawl]:
            assert time.monotonic() < deadline, "the new crawl does not show"
            time.sleep(0.2)
