"""What the tests of the crawlers share: crawls of the odd server, each in a child process, as a reactor lives once."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.crawlers.archived import Archived, archived
from tests.crawlers.odd_answers import LIMIT, ODD, TIMEOUT, Odd, ok
from tests.crawlers.odd_server import OddServer
from tests.crawlers.site import Site

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback without a page yet."""
    site = Site()
    yield site
    site.close()


@dataclass(frozen=True)
class Crawled:
    """A crawl that has ended: what the spider saw by the request's name, and the records in its spool."""

    folder: Path
    saw: dict[str, dict[str, Any]]
    reason: str
    records: list[Archived]
    log: str

    def of(self, url: str, kind: str) -> list[Archived]:
        return [record for record in self.records if record.url == url and record.type == kind]


def run_crawl(folder: Path, job: dict[str, Any], environment: dict[str, str] | None = None) -> Crawled:
    folder.mkdir(exist_ok=True)
    (folder / "job.json").write_text(json.dumps(job))
    child = subprocess.run(
        [sys.executable, "-m", "tests.crawlers.odd_crawl", str(folder)],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert child.returncode == 0, child.stderr
    told = json.loads((folder / "saw.json").read_text())
    saw = {one["name"]: one for one in told["saw"]}
    return Crawled(folder, saw, told["reason"], archived(folder / "spool"), child.stderr)


@pytest.fixture
def crawl(tmp_path: Path) -> Callable[..., Crawled]:
    """Return a function that crawls (name, URL) pairs, or requests as `odd_crawl` takes them."""

    def run(
        *requests: tuple[str, str] | dict[str, Any], environment: dict[str, str] | None = None, **job: Any
    ) -> Crawled:
        wanted = [one if isinstance(one, dict) else {"name": one[0], "url": one[1]} for one in requests]
        return run_crawl(tmp_path, {"requests": wanted, **job}, environment)

    return run


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


def server_context(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@dataclass(frozen=True)
class OddCrawl:
    """The crawl of all odd exchanges over one scheme, and the server that knows what crossed the wire."""

    server: OddServer
    crawled: Crawled


@pytest.fixture(scope="session")
def odd_crawls(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], OddCrawl]:
    """Return a function that crawls all odd exchanges over a scheme, once in a session."""
    crawls: dict[str, OddCrawl] = {}

    def crawl_over(scheme: str) -> OddCrawl:
        if scheme not in crawls:
            folder = tmp_path_factory.mktemp(scheme)
            authority.cert_pem.write_to_path(str(folder / "ca.pem"))
            answers = {f"/{odd.name}": [*odd.earlier, odd.parts] for odd in ODD} | {"/warm": [[ok(b"warm")]]}
            server = OddServer(answers, server_context(authority, "127.0.0.1") if scheme == "https" else None)
            try:
                crawled = run_crawl(folder, odd_job(server), {"SSL_CERT_FILE": str(folder / "ca.pem")})
            finally:
                server.close()
            crawls[scheme] = OddCrawl(server, crawled)
        return crawls[scheme]

    return crawl_over


@pytest.fixture
def odd_crawl(request: pytest.FixtureRequest, odd_crawls: Callable[[str], OddCrawl]) -> OddCrawl:
    return odd_crawls(request.param)


def odd_job(server: OddServer) -> dict[str, Any]:
    requests = []
    for odd in (odd for odd in ODD if odd.only in (None, server.url.partition(":")[0])):
        if odd.earlier:  # a connection that was kept, to go stale
            requests.append({"name": "warm", "url": f"{server.url}/warm"})
        requests.append(request_for(odd, server.url))
    return {"requests": requests, "settings": {"DOWNLOAD_MAXSIZE": LIMIT, "DOWNLOAD_TIMEOUT": TIMEOUT}}


def request_for(odd: Odd, base: str) -> dict[str, Any]:
    return {
        "name": odd.name,
        "url": f"{base}/{odd.name}",
        "method": odd.method,
        "headers": odd.headers,
        "body": b64encode(odd.body).decode(),
    }
