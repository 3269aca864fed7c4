"""What networks and servers do to a bucket's writers: no success that is none, nothing stored twice or by halves."""

from __future__ import annotations

import copy
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.commits import Draft
from storage.errors import ObjectDamaged, ObjectMissing, ObjectTaken, StoreRefused, StoreUnavailable
from storage.objects import exists, sha256_of
from storage.s3_client import S3Options
from storage.s3_store import S3Store
from storage.verify import verify
from tests.servers.fault_proxy import Asked, Fault, FaultProxy, fault_proxy, no_fault
from tests.servers.s3 import S3Server

IMPATIENT = S3Options(connect_timeout=2, read_timeout=0.5, attempts=2, pause=0.01)
# moto checks no checksum, so that a body damaged on the way has tests of its own.
WRITE_FAULTS = [fault for fault in Fault if fault not in (Fault.NONE, Fault.CORRUPT_REQUEST, Fault.UNKNOWN)]
COMMIT_FAULTS = [fault for fault in WRITE_FAULTS if fault not in (Fault.HANG, Fault.CUT_BODY, Fault.CORRUPT_BODY)]
READ_FAULTS = [
    Fault.ERROR,
    Fault.HANG,
    Fault.CUT_REQUEST,
    Fault.CUT_REPLY,
    Fault.CUT_BODY,
    Fault.CORRUPT_BODY,
]


@pytest.fixture(scope="module")
def running_proxy(moto_server: S3Server) -> Iterator[FaultProxy]:
    with pytest.MonkeyPatch.context() as monkeypatch, fault_proxy(moto_server.endpoint) as running:
        moto_server.use(monkeypatch)
        yield running


@pytest.fixture
def proxy(running_proxy: FaultProxy) -> FaultProxy:
    """The proxy, which lets everything through until a test says what strikes."""
    running_proxy.plan = no_fault
    running_proxy.seen.clear()
    return running_proxy


@pytest.fixture(scope="module")
def bucket(moto_server: S3Server) -> str:
    return moto_server.new_bucket()


@pytest.fixture(scope="module")
def faulty_client(running_proxy: FaultProxy, bucket: str) -> S3Store:
    return S3Store(bucket, endpoint=running_proxy.endpoint, options=IMPATIENT)


@pytest.fixture(scope="module")
def plain_client(moto_server: S3Server, running_proxy: FaultProxy, bucket: str) -> S3Store:
    return S3Store(bucket, endpoint=moto_server.endpoint)


@pytest.fixture
def faulty(faulty_client: S3Store, request: pytest.FixtureRequest) -> S3Store:
    """A store of the test's own, behind the proxy."""
    return _of_test(faulty_client, request)


@pytest.fixture
def plain(plain_client: S3Store, request: pytest.FixtureRequest) -> S3Store:
    """The same store without the proxy."""
    return _of_test(plain_client, request)


def _of_test(client: S3Store, request: pytest.FixtureRequest) -> S3Store:
    """Return a store with a prefix of its own; it shares the connection, which takes longer to make than most tests."""
    store = copy.copy(client)
    store.prefix = f"{hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:12]}/"
    return store


@pytest.mark.parametrize("fault", WRITE_FAULTS)
def test_a_write_survives_one_fault(proxy: FaultProxy, faulty: S3Store, plain: S3Store, fault: Fault) -> None:
    body = os.urandom(300_000)
    proxy.strike(fault, method="PUT")
    made = faulty.create("demo/object", body)
    assert proxy.struck() == 1
    assert (made.sha256, made.size) == sha256_of(body)
    assert plain.get("demo/object") == body


@pytest.mark.parametrize("fault", WRITE_FAULTS)
def test_a_write_from_a_file_survives_one_fault(
    proxy: FaultProxy, faulty: S3Store, plain: S3Store, fault: Fault, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.write_bytes(os.urandom(300_000))
    proxy.strike(fault, method="PUT")
    faulty.create("demo/object", source)
    assert proxy.struck() == 1
    assert plain.get("demo/object") == source.read_bytes()


@pytest.mark.parametrize("fault", [Fault.ERROR_AFTER, Fault.HANG_AFTER, Fault.CUT_REPLY])
def test_a_lost_reply_is_no_loss_even_when_every_reply_is_lost(
    proxy: FaultProxy, faulty: S3Store, plain: S3Store, fault: Fault
) -> None:
    proxy.strike(fault, method="PUT", times=1000)
    faulty.create("demo/object", b"ours")
    assert plain.get("demo/object") == b"ours"


@pytest.mark.parametrize("fault", [Fault.ERROR_AFTER, Fault.HANG_AFTER, Fault.CUT_REPLY])
def test_a_lost_reply_does_not_make_anothers_object_ours(
    proxy: FaultProxy, faulty: S3Store, plain: S3Store, fault: Fault
) -> None:
    plain.create("demo/object", b"theirs")
    proxy.strike(fault, method="PUT", times=1000)
    with pytest.raises(ObjectTaken):
        faulty.create("demo/object", b"ours")
    assert plain.get("demo/object") == b"theirs"


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.CUT_REQUEST, Fault.CONFLICT])
def test_a_write_that_never_comes_through_is_no_success(
    proxy: FaultProxy, faulty: S3Store, plain: S3Store, fault: Fault
) -> None:
    proxy.strike(fault, method="PUT", times=1000)
    with pytest.raises(StoreUnavailable, match=r"demo/object in s3://.*try again"):
        faulty.create("demo/object", b"ours")
    with pytest.raises(ObjectMissing):
        plain.get("demo/object")


def test_a_server_that_knows_no_conditional_writes_is_refused_at_once(
    proxy: FaultProxy, faulty: S3Store, plain: S3Store
) -> None:
    proxy.strike(Fault.UNKNOWN, method="PUT", times=1000)
    with pytest.raises(StoreRefused, match=r"501 NotImplemented .*create-only writes"):
        faulty.create("demo/object", b"ours")
    assert not exists(plain, "demo/object")


def test_bytes_that_are_damaged_on_the_way_are_never_called_stored(
    proxy: FaultProxy, faulty: S3Store, plain: S3Store
) -> None:
    """moto checks no checksum and gives ours back as its own: only the object's bytes or ETag tell.

    A server that checks refuses the write, and it is begun again (the test after this one).
    """
    proxy.strike(Fault.CORRUPT_REQUEST, method="PUT", times=1000)
    with pytest.raises((ObjectDamaged, ObjectTaken)):
        faulty.create("demo/object", b"0123456789" * 1000)


def test_a_server_that_checks_refuses_damaged_bytes_and_they_are_sent_again(
    swift_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    swift_server.use(monkeypatch)
    bucket = swift_server.new_bucket()
    with fault_proxy(swift_server.endpoint) as proxy:
        store = S3Store(bucket, endpoint=proxy.endpoint, options=S3Options(read_timeout=10, attempts=2, pause=0.01))
        proxy.strike(Fault.CORRUPT_REQUEST, method="PUT")
        store.create("demo/object", b"0123456789" * 1000)
        assert proxy.struck() == 1
        assert store.get("demo/object") == b"0123456789" * 1000


@pytest.mark.parametrize("fault", READ_FAULTS)
def test_a_read_survives_one_fault(proxy: FaultProxy, faulty: S3Store, plain: S3Store, fault: Fault) -> None:
    body = os.urandom(300_000)
    plain.create("demo/object", body)
    proxy.strike(fault, method="GET")
    assert faulty.get("demo/object") == body
    assert proxy.struck() == 1


def test_ranges_survive_answers_that_break_off(proxy: FaultProxy, faulty: S3Store, plain: S3Store) -> None:
    body = os.urandom(300_000)
    plain.create("demo/object", body)
    proxy.strike(Fault.CUT_BODY, method="GET")
    with faulty.open("demo/object") as file:
        assert file.read() == body
    assert proxy.struck() == 1


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.HANG, Fault.CUT_BODY, Fault.CUT_REPLY])
def test_a_read_that_never_comes_through_says_so_and_not_that_the_object_is_missing(
    proxy: FaultProxy, faulty: S3Store, plain: S3Store, fault: Fault
) -> None:
    plain.create("demo/object", b"x" * 1000)
    proxy.strike(fault, method="GET", times=1000)
    with pytest.raises(StoreUnavailable):
        faulty.get("demo/object")


def test_a_body_that_never_has_its_checksum_is_damaged(proxy: FaultProxy, faulty: S3Store, plain: S3Store) -> None:
    plain.create("demo/object", b"x" * 1000)
    proxy.strike(Fault.CORRUPT_BODY, method="GET", times=1000)
    with pytest.raises(ObjectDamaged, match="checksum"):
        faulty.get("demo/object")


def test_a_server_that_is_not_there_is_unavailable(monkeypatch: pytest.MonkeyPatch, moto_server: S3Server) -> None:
    moto_server.use(monkeypatch)
    store = S3Store("bucket", endpoint="http://127.0.0.1:1", options=IMPATIENT)
    for ask in (lambda: store.get("a"), lambda: store.create("a", b""), lambda: list(store.list()), store.folders):
        with pytest.raises(StoreUnavailable):
            ask()


@pytest.mark.parametrize("fault", COMMIT_FAULTS)
def test_a_commit_is_whole_and_never_doubled_whatever_happens_to_it(
    proxy: FaultProxy, faulty: S3Store, plain: S3Store, fault: Fault, capture: Callable[..., Draft]
) -> None:
    """The fault strikes the commit and then every request once; the writer tries again as a restarted one would."""
    archive = Archive.open(plain, create=True, single_writer=True)
    drafts = [capture(archive, token=f"00000{number}") for number in range(2)]
    behind = Archive(archive.id, faulty, archive.manifest, archive.writers)
    for number, draft in enumerate(drafts, start=1):
        proxy.strike(fault, method="PUT", path=f"/demo/log/{number:08d}.json", times=number)
        for _ in range(5):
            try:
                commit = behind.log("demo").append(draft)
            except StoreUnavailable:
                continue
            assert commit.number == number
            break
        else:
            pytest.fail("the commit never came through")
    assert proxy.struck() >= 2
    assert [commit.objects for commit in archive.log("demo").walk()] == [draft.objects for draft in drafts]
    report = verify(archive)
    assert (report.problems, report.warnings, report.commits) == ((), (), 2)


def test_faults_all_over_leave_a_clean_log(
    proxy: FaultProxy, faulty: S3Store, plain: S3Store, capture: Callable[..., Draft]
) -> None:
    """Every fifth request of any kind is struck, by each fault in turn."""
    archive = Archive.open(plain, create=True, single_writer=True)
    faults = [Fault.ERROR, Fault.ERROR_AFTER, Fault.CUT_REQUEST, Fault.CUT_REPLY, Fault.CUT_BODY]
    count = 0

    def plan(asked: Asked) -> Fault:
        nonlocal count
        count += 1
        if count % 5 or (asked.method == "HEAD" and count % 10):
            return Fault.NONE
        return faults[count // 5 % len(faults)]

    proxy.plan = plan
    behind = Archive(archive.id, faulty, archive.manifest, archive.writers)
    for number in range(12):
        for _ in range(20):
            try:
                behind.log("demo").append(capture(behind, number=number))
            except StoreUnavailable:
                continue
            break
        else:
            pytest.fail("the commit never came through")
    assert proxy.struck() > 10
    report = verify(archive)
    assert (report.problems, report.warnings, report.commits, report.objects) == ((), (), 12, 12)
