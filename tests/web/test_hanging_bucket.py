"""Both hosts on a bucket that takes every question and answers none, on a real S3 server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from storage.s3_client import S3Options
from storage.s3_store import S3Store
from tests.replay.kept import URL, answered, keep
from tests.servers.fault_proxy import Fault, FaultProxy, fault_proxy, no_fault
from tests.servers.fixtures import moto_server as moto_server
from tests.servers.s3 import S3Server
from tests.web.served import served
from tests.web.window.made import HARBOR, made
from web.archive_host.app import archive_app
from web.archive_reads import ArchiveReads
from web.holdings import Holdings
from web.origins import Origins, host_of
from web.replay_host.app import replay_app
from web.window.app import window_app

AT = "20260123080000"
TURNS = 3
ORIGINS = Origins()
WINDOW, ARCHIVE, REPLAY = (host_of(origin) for origin in (ORIGINS.window, ORIGINS.archive, ORIGINS.replay))
READS = [
    (ARCHIVE, f"/view/{AT}/{URL}"),
    (ARCHIVE, f"/web/{AT}id_/{URL}"),
    (ARCHIVE, f"/web/{AT}mp_/{URL}"),
    (ARCHIVE, f"/web/{AT}if_/{URL}"),
    (REPLAY, f"/web/{AT}ir_/{URL}"),
    (WINDOW, f"/article/evidence.wacz?url={quote(HARBOR, safe='')}&a=1&b=2"),
]
CATALOG = [
    (WINDOW, "/", 200),
    (WINDOW, "/changes", 200),
    (WINDOW, "/changes.atom", 200),
    (WINDOW, "/search?q=fog", 200),
    (WINDOW, f"/article?url={quote(HARBOR, safe='')}", 200),
    (WINDOW, f"/calendar?url={quote(URL, safe='')}", 200),
    (WINDOW, "/api/v1/outlets", 200),
    (ARCHIVE, f"/cdx?url={URL}", 200),
    (ARCHIVE, f"/timegate/{URL}", 302),
    (ARCHIVE, f"/timemap/link/{URL}", 200),
    (ARCHIVE, f"/view/2025/{URL}", 302),
    (ARCHIVE, f"/web/2025mp_/{URL}", 302),
    *((ARCHIVE, f"/web/{AT}{kind}_/{URL}.none", 404) for kind in ("id", "mp", "im")),
    (ARCHIVE, f"/view/{AT}/{URL}.none", 404),
    (REPLAY, f"/web/{AT}ir_/{URL}.none", 404),
]


@dataclass(frozen=True)
class Served:
    """Both hosts on one port, as one process has them on two, and the way to their bucket."""

    proxy: FaultProxy
    holdings: Holdings
    port: int

    def get(self, host: str, path: str) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", headers={"Host": host}, timeout=40)

    def hang(self) -> None:
        self.proxy.plan = lambda _: Fault.HANG

    def held(self, number: int) -> None:
        """Wait until so many questions wait for the bucket."""
        deadline = time.monotonic() + 30
        while self.proxy.struck() < number:
            assert time.monotonic() < deadline, "the bucket was not asked"
            time.sleep(0.01)

    def let_go(self) -> None:
        """End the questions that hang, and answer those that come."""
        self.proxy.plan = no_fault
        self.proxy.ended.set()


@contextmanager
def opened(server: S3Server, folder: Path, reads: ArchiveReads) -> Iterator[Served]:
    here = made(folder)
    keep(here.archive, answered("one"))
    here.catalog.sync(here.archive)
    with fault_proxy(server.endpoint) as proxy, pytest.MonkeyPatch.context() as environment:
        server.behind(proxy.endpoint).use(environment)
        bucket = server.new_bucket()
        store = S3Store(bucket, options=S3Options(read_timeout=50, attempts=1))  # longer than any client waits
        for stored in here.archive.store.list():
            store.create(stored.key, here.archive.store.get(stored.key))
        holdings = replace(here, archive=replace(here.archive, store=store), reads=reads)
        with served(lambda _: _both(holdings)) as port:
            yield Served(proxy, holdings, port)
    here.catalog.close()


def _both(holdings: Holdings) -> ASGIApp:
    apps = {WINDOW: window_app(holdings, ORIGINS), ARCHIVE: archive_app(holdings, ORIGINS)}
    apps[REPLAY] = replay_app(holdings, ORIGINS)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        to_thread.current_default_thread_limiter().total_tokens = TURNS - 1  # those that hang would hold all of them
        await apps[Headers(scope=scope)["host"]](scope, receive, send)

    return app


def test_what_the_catalog_knows_is_answered_while_all_turns_to_read_the_archive_hang(
    moto_server: S3Server, tmp_path: Path
) -> None:
    with (
        opened(moto_server, tmp_path, ArchiveReads(TURNS, patience=0.2)) as hosts,
        ThreadPoolExecutor(len(READS)) as clients,
    ):
        assert hosts.get(*READS[1]).content == b"one"

        hosts.hang()
        asked: list[Future[httpx.Response]] = [clients.submit(hosts.get, *read) for read in READS]
        hosts.held(TURNS)
        for host, path, status in CATALOG:
            assert hosts.get(host, path).status_code == status, path
        for one in islice(as_completed(asked, timeout=40), len(READS) - TURNS):
            assert "no turn to read it came within 0.2 s" in one.result().text
        assert [one.done() for one in asked].count(False) == TURNS

        hosts.let_go()
        for one in asked:
            assert (one.result().status_code, one.result().headers["Retry-After"]) == (503, "10")
        for _ in range(TURNS + 1):  # the turns were given back
            assert hosts.get(*READS[1]).content == b"one"


def test_whatever_reads_the_archive_waits_for_its_turn(moto_server: S3Server, tmp_path: Path) -> None:
    with (
        opened(moto_server, tmp_path, ArchiveReads(1, patience=0.05)) as hosts,
        ThreadPoolExecutor(1) as clients,
    ):
        hosts.hang()
        holding = clients.submit(hosts.get, *READS[1])
        hosts.held(1)
        for host, path in READS:
            got = hosts.get(host, path)
            assert got.status_code == 503, path
            assert "no turn to read it came" in got.text, path
            assert hosts.proxy.struck() == 1, path
        hosts.let_go()
        assert holding.result().status_code == 503
