"""The main job into a bucket that keeps two writers apart (moto); one that does not (OpenStack Swift) is refused.

What is archived into Swift by its only writer is in `test_crawl_flow`.
"""

from __future__ import annotations

import pytest

from config.settings import load_settings
from demo.server import DemoServer
from flows.steps.place import open_place
from flows.steps.report import CrawlStatus
from storage.catalog.catalog import Catalog
from storage.catalog.status import status
from storage.errors import StoreUnsafe
from storage.verify import verify
from storage.warc_check import check_warc
from tests.flows.machines import Machine, demo_outlet, first_day
from tests.servers.fixtures import moto_server as moto_server
from tests.servers.fixtures import swift_server as swift_server
from tests.servers.s3 import S3Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_two_days_of_the_demo_are_kept_in_a_bucket(
    moto_server: S3Server, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    moto_server.use(monkeypatch)
    machine = Machine(f"s3://{moto_server.new_bucket()}/news", tmp_path_factory.mktemp("state"))
    with DemoServer(base=first_day()) as site:
        outlet = demo_outlet(site.url)
        first = machine.crawl(outlet, 0)
        site.set_day(1)
        second = machine.crawl(outlet, 1)
    assert first.status is second.status is CrawlStatus.OK
    assert {change.fields for change in second.changes} == {("blocks",), ("headline",), ("published_at",)}
    place = machine.on(2)
    report = verify(place.archive, warc_check=check_warc)
    assert report.problems == ()
    assert report.commits == 5  # a WARC and readings each day, and on the second what was announced
    # A machine needs only the bucket: a catalog made from nothing says the same.
    anew = Catalog.open(f"sqlite:///{tmp_path_factory.mktemp('fresh') / 'catalog.sqlite'}")
    anew.sync(place.archive)
    assert status(anew) == status(place.catalog)


def test_swift_is_refused_where_two_machines_may_write(
    swift_server: S3Server, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    swift_server.use(monkeypatch)
    settings = load_settings(
        archive=f"s3://{swift_server.new_bucket()}/news", state=tmp_path_factory.mktemp("state"), single_writer=False
    )
    with pytest.raises(StoreUnsafe, match="single_writer"):
        open_place(settings, create=True)
