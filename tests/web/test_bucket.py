"""Both hosts on a bucket that goes away and comes back, on a real S3 server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from config.clock import Clock
from storage import s3_client
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.errors import StoreUnavailable
from storage.s3_client import HURRIED
from storage.stores import open_store
from tests.replay.kept import URL, answered, keep
from tests.servers.fault_proxy import Fault, FaultProxy, fault_proxy, no_fault
from tests.servers.fixtures import moto_server as moto_server
from tests.servers.s3 import S3Server
from tests.web.asked import Got, ask
from web.archive_host.app import archive_app
from web.freshness import Freshness
from web.holdings import Holdings
from web.origins import Origins
from web.window.app import window_app

CAPTURE = f"/web/20260123090000id_/{URL}"
WINDOW = "127.0.0.1:8765"


class Bucket:
    """An archive in a bucket as a window has it, by a way that can fail; `write` goes another way."""

    def __init__(self, proxy: FaultProxy, server: S3Server, folder: Path) -> None:
        self.proxy = proxy
        self.server = server
        self.address = f"s3://{server.new_bucket()}/news"
        with pytest.MonkeyPatch.context() as environment:
            server.use(environment)
            self.writer = Archive.open(open_store(self.address), create=True, single_writer=True)
            keep(self.writer, answered("one"))
            server.behind(proxy.endpoint).use(environment)
            archive = Archive.open(open_store(self.address, hurried=True))
        catalog = Catalog.open(f"sqlite:///{folder / 'catalog.sqlite'}")
        catalog.sync(archive)
        self.holdings = Holdings(archive, catalog, {}, Clock())
        self.freshness = Freshness(archive, catalog, Clock())
        self._window = window_app(self.holdings, Origins(), self.freshness)
        self._archived = archive_app(self.holdings, Origins())

    def window(self, path: str) -> Got:
        return ask(self._window, path, host=WINDOW)

    def capture(self) -> Got:
        return ask(self._archived, CAPTURE)


@pytest.fixture
def bucket(moto_server: S3Server, tmp_path: Path) -> Iterator[Bucket]:
    with fault_proxy(moto_server.endpoint) as proxy:
        bucket = Bucket(proxy, moto_server, tmp_path)
        yield bucket
        bucket.holdings.catalog.close()


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.CUT_REQUEST])
def test_what_needs_the_bucket_is_503_while_it_is_away_and_all_pages_say_so_until_it_is_back(
    bucket: Bucket, fault: Fault
) -> None:
    assert bucket.freshness.look().behind_since is None
    assert bucket.capture().body == b"one"

    bucket.proxy.plan = lambda _: fault
    assert bucket.freshness.look().behind_since is not None
    answer = bucket.capture()
    assert answer.status == 503
    assert "try again when it answers" in answer.text
    calendar = bucket.window(f"/calendar?url={quote(URL, safe='')}")
    assert calendar.status == 200  # the catalog is on this machine
    for page in (calendar, bucket.window("/")):
        assert "The catalog does not follow the archive since" in page.text
    keep(bucket.writer, answered("two", hours=24))

    bucket.proxy.plan = no_fault
    assert bucket.freshness.look().behind_since is None
    assert "does not follow" not in bucket.window("/").text
    assert bucket.capture().body == b"one"
    assert "2 times" in bucket.window(f"/calendar?url={quote(URL, safe='')}").text


def test_one_that_hangs_is_given_up_while_somebody_still_waits(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was after five minutes: by then all that ask at once were waiting, and no page came."""
    pauses = sum(2**attempt for attempt in range(HURRIED.attempts - 1))  # botocore's own, at their longest
    assert HURRIED.attempts * (HURRIED.connect_timeout + HURRIED.read_timeout) + pauses < 30
    bucket.proxy.plan = lambda _: Fault.HANG
    monkeypatch.setattr(s3_client, "HURRIED", replace(HURRIED, read_timeout=0.1))
    bucket.server.behind(bucket.proxy.endpoint).use(monkeypatch)
    hurried = open_store(bucket.address, hurried=True)
    with pytest.raises(StoreUnavailable):
        hurried.get("palimpsest.json")
    assert bucket.proxy.struck() == HURRIED.attempts
