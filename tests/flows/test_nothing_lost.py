"""kill -9 at any moment, of the child or its parent: nothing acknowledged is lost, nothing is kept twice."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.commits import ObjectRole
from storage.stores import open_store
from storage.verify import verify
from storage.warc_check import check_warc
from storage.warc_reader import iterate
from tests.flows.machines import ROOT, in_environment, settings_for
from tests.flows.nonce_outlet import ARTICLES_A_LISTING, NonceOutlet
from tests.flows.processes import crawling_child
from tests.servers.fault_proxy import Asked, Fault, FaultProxy, fault_proxy
from tests.servers.fixtures import moto_server as moto_server
from tests.servers.s3 import S3Server

KILLS = 30
MOST_ROUNDS = 60
"""A round in which the crawl ended before it was to be killed counts for nothing."""
EXCHANGES = 2 + 2 * ARTICLES_A_LISTING  # robots.txt, the listing, and each article with its image
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def outlet() -> Iterator[NonceOutlet]:
    with NonceOutlet() as running:
        yield running


@pytest.fixture
def environment(tmp_path: Path, outlet: NonceOutlet) -> dict[str, str]:
    """The environment of a machine of its own, with one outlet file."""
    return os.environ | {"PYTHONPATH": str(ROOT)} | in_environment(settings_for(tmp_path, outlet.facts))


def start_crawl(environment: dict[str, str], where: Path) -> subprocess.Popen[bytes]:
    with (where / "crawl.err").open("ab") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", "palimpsest", "crawl", "nonce"],
            env=environment,
            cwd=where,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )


def kill(number: int) -> bool:
    """Kill a process, and tell whether it was still there."""
    try:
        os.kill(number, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def crawl_to_the_end(environment: dict[str, str], where: Path) -> None:
    done = start_crawl(environment, where)
    assert done.wait(120) == 0, (where / "crawl.err").read_text()[-4000:]


def nonces_in(archive: Archive) -> Counter[str]:
    """Count the nonces of all responses in all committed WARCs."""
    found: Counter[str] = Counter()
    for outlet in archive.outlets():
        for commit in archive.log(outlet).walk():
            for ref in commit.objects:
                if ref.role == ObjectRole.WARC:
                    with archive.store.open(ref.key) as file:
                        for record in iterate(file, where=ref.key):
                            if record.type in ("response", "revisit"):
                                head = record.block.partition(b"\r\n\r\n")[0].decode("latin-1")
                                found.update(re.findall(r"X-Nonce: ([0-9a-f]{32})", head))
    return found


def assert_nothing_lost(archive: Archive, outlet: NonceOutlet, state: Path) -> None:
    found = nonces_in(archive)
    lost = outlet.kept - found.keys()
    assert not lost, f"{len(lost)} acknowledged exchanges are in no committed WARC"
    assert not {nonce: count for nonce, count in found.items() if count > 1}
    assert found.keys() <= outlet.sent
    numbers = [commit.number for commit in archive.log("nonce").walk()]
    assert numbers == list(range(1, len(numbers) + 1))
    report = verify(archive, warc_check=check_warc)
    assert report.problems == ()
    assert not list(state.glob("*/spool/*/crawl.json")), "a spool was left behind"


def test_kill_9_at_random_moments_loses_nothing(
    outlet: NonceOutlet, environment: dict[str, str], tmp_path: Path
) -> None:
    chance = random.Random(20260123)
    killed = Counter[str]()
    for _ in range(MOST_ROUNDS):
        if killed.total() == KILLS:
            break
        # Moments are counted in responses, not in seconds, so that a busy machine does not move them all to the start;
        # past the last response the kill falls into sealing, uploading, committing and reading.
        answers, seconds = chance.randint(0, EXCHANGES), chance.uniform(0, 0.8)
        whom = chance.choice(("child", "parent"))
        before = len(outlet.sent)
        parent = start_crawl(environment, tmp_path)
        while parent.poll() is None and len(outlet.sent) - before < answers:
            time.sleep(0.002)
        time.sleep(seconds if answers > EXCHANGES - 10 else seconds / 20)
        child = crawling_child(parent.pid) if whom == "child" else None
        if child is None:
            parent.kill()
        else:
            killed["child"] += kill(child)
        killed["parent"] += parent.wait(120) == -signal.SIGKILL
    crawl_to_the_end(environment, tmp_path)
    assert killed.total() == KILLS, killed
    assert min(killed["child"], killed["parent"]) >= 5, killed
    assert len(outlet.kept) > 100
    archive = Archive.open(open_store(environment["PALIMPSEST_ARCHIVE"]))
    assert_nothing_lost(archive, outlet, tmp_path / "state")


MOMENTS: dict[str, tuple[str, str, Fault]] = {
    "as the WARC begins to be uploaded": ("PUT", ".warc.gz", Fault.CUT_REQUEST),
    "when the WARC is there and its reply is not": ("PUT", ".warc.gz", Fault.CUT_REPLY),
    "before the index is uploaded": ("PUT", ".cdxj.gz", Fault.CUT_REQUEST),
    "before the table is uploaded": ("PUT", ".captures.parquet", Fault.CUT_REQUEST),
    "between upload and commit": ("PUT", "/log/", Fault.CUT_REQUEST),
    "when the commit is there and its reply is not": ("PUT", "/log/", Fault.CUT_REPLY),
    "before the readings are uploaded": ("PUT", ".readings.parquet", Fault.CUT_REQUEST),
    "when the readings are there and their reply is not": ("PUT", ".readings.parquet", Fault.CUT_REPLY),
}


def test_kill_9_at_every_step_of_a_commit_loses_nothing(
    outlet: NonceOutlet,
    environment: dict[str, str],
    tmp_path: Path,
    moto_server: S3Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One moment after another in one archive: what a crawl leaves behind, the next brings home before its own end."""
    moto_server.use(monkeypatch)
    environment |= {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    environment["PALIMPSEST_ARCHIVE"] = f"s3://{moto_server.new_bucket()}/archive"
    crawl_to_the_end(environment, tmp_path)
    kept: dict[str, frozenset[str]] = {}
    with fault_proxy(moto_server.endpoint) as proxy:
        for moment in MOMENTS:
            before = frozenset(outlet.kept)
            kill_at(moment, proxy, environment, tmp_path)
            kept[moment] = outlet.kept - before
    crawl_to_the_end(environment, tmp_path)
    archive = Archive.open(open_store(environment["PALIMPSEST_ARCHIVE"]))
    found = nonces_in(archive)
    assert {moment: len(nonces) for moment, nonces in kept.items() if nonces - found.keys()} == {}, "these lost some"
    assert {moment for moment, nonces in kept.items() if any(found[nonce] > 1 for nonce in nonces)} == set()
    assert min(len(nonces) for nonces in kept.values()) == ARTICLES_A_LISTING
    assert_nothing_lost(archive, outlet, tmp_path / "state")


def kill_at(moment: str, proxy: FaultProxy, environment: dict[str, str], where: Path) -> None:
    """Kill a crawl at that moment of its own commits, not of those in which it brings an earlier one home."""
    method, part, fault = MOMENTS[moment]
    earlier = [spool.parent.name for spool in (where / "state").glob("*/spool/*/crawl.json")]
    its_own = False
    struck = []
    parent = start_crawl(environment | {"AWS_ENDPOINT_URL": proxy.endpoint}, where)

    def plan(asked: Asked) -> Fault:
        nonlocal its_own
        its_own |= ".warc.gz" in asked.path and not any(crawl in asked.path for crawl in earlier)
        if its_own and not struck and asked.method == method and part in asked.path:
            struck.append(asked)
            parent.kill()
            return fault
        return Fault.NONE

    proxy.plan = plan
    assert parent.wait(120) == -signal.SIGKILL, f"{moment}: the crawl ended without a {method} of {part}"
    assert struck, moment
