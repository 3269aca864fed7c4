"""What the recorder writes for an exchange, and what it refers to instead of writing it again."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.clock import Clock
from crawlers.context import CaptureContext, unsent
from crawlers.errors import CaptureStopped
from crawlers.recorder import Recorder
from crawlers.revisits import CommittedOriginals, NoOriginals, Originals, write_originals
from crawlers.spool_writer import SpoolWriter
from crawlers.warcinfo import warcinfo_fields
from storage.digests import sha256
from storage.exchange import Exchange, Original, Outcome, Purpose, Role
from tests.crawlers.archived import Archived, archived
from tests.crawlers.plan_rows import original_row

AT = datetime(2026, 1, 23, 8, 0, tzinfo=UTC)
CRAWL = "20260123T080000Z-demo-abc123"
TEXT = random.Random(1).randbytes(6000).hex().encode()
Open = Callable[..., Recorder]


def exchange(url: str = "http://demo.example/1", body: bytes = TEXT, **changes: object) -> Exchange:
    response = b"HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    whole = Exchange(
        url=url,
        started_at=AT,
        request=b"GET /1 HTTP/1.1\r\nHost: demo.example\r\n\r\n",
        response=response,
        interim=b"",
        complete=True,
        outcome=Outcome.RESPONSE,
        role=Role.ARTICLE,
        purpose=Purpose.LADDER,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def not_modified(url: str = "http://demo.example/1", **changes: object) -> Exchange:
    head = b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n'
    return exchange(url, response=head, conditional=True, started_at=AT + timedelta(hours=3), **changes)


@pytest.fixture
def recorder(tmp_path: Path) -> Open:
    """Return a function that opens a recorder on a new spool in tmp_path/spool."""

    def opened(originals: Originals | None = None, **limits: object) -> Recorder:
        folder = tmp_path / "spool"
        folder.mkdir()
        fields = warcinfo_fields(crawl_id=CRAWL, outlet="demo", software="palimpsest/0", user_agent="palimpsest")
        writer = SpoolWriter(folder, CRAWL, fields, clock=Clock(), **limits)  # type: ignore[arg-type]
        return Recorder(writer, originals or NoOriginals())

    return opened


def written(recorder: Recorder, tmp_path: Path) -> list[Archived]:
    recorder.close()
    return archived(tmp_path / "spool")


def committed(tmp_path: Path, *originals: tuple[Original, Role]) -> CommittedOriginals:
    plan = tmp_path / "plan.sqlite"
    with closing(sqlite3.connect(plan)) as connection:
        write_originals(connection, (original_row(original, role) for original, role in originals))
        connection.commit()
    return CommittedOriginals(plan)


def test_the_warcinfo_comes_first_and_says_what_made_the_file(recorder: Open, tmp_path: Path) -> None:
    open_recorder = recorder()
    open_recorder.record(exchange())
    first, *rest = written(open_recorder, tmp_path)
    assert (first.type, first.get("WARC-Filename")) == ("warcinfo", f"{CRAWL}-00000.warc.gz")
    assert first.facts["outlet"] == "demo"
    assert first.facts["egress"] == "direct"
    assert first.facts["clock-offset-seconds"] == "0.000"
    assert "simulated-clock" not in first.facts
    assert {record.get("WARC-Warcinfo-ID") for record in rest} == {first.get("WARC-Record-ID")}


def test_a_shifted_clock_is_written_into_the_warcinfo() -> None:
    fields = dict(
        warcinfo_fields(
            crawl_id=CRAWL, outlet="demo", software="p", user_agent="p", clock_offset=timedelta(days=2, seconds=0.25)
        )
    )
    assert fields["simulated-clock"] == "true"
    assert fields["clock-offset-seconds"] == "172800.250"


def test_the_same_payload_of_the_same_url_becomes_a_revisit_with_its_own_head(recorder: Open, tmp_path: Path) -> None:
    open_recorder = recorder()
    first = open_recorder.record(exchange())
    again = exchange(started_at=AT + timedelta(minutes=1))
    again = replace(again, response=again.response.replace(b"Date: now", b"Date: later"))
    second = open_recorder.record(again)
    assert (second.is_revisit, second.outcome, second.payload_digest) == (True, "revisit", first.payload_digest)
    assert second.original is not None
    assert second.original.record_id == first.record_id
    (revisit,) = [record for record in written(open_recorder, tmp_path) if record.type == "revisit"]
    assert revisit.block == b"HTTP/1.1 200 OK\r\nDate: later\r\nContent-Length: 12000\r\n\r\n"
    assert revisit.get("WARC-Refers-To") == f"<{first.record_id}>"
    assert revisit.get("WARC-Refers-To-Target-URI") == "http://demo.example/1"
    assert revisit.get("WARC-Refers-To-Date") == "2026-01-23T08:00:00.000000Z"
    assert str(revisit.get("WARC-Profile")).endswith("/revisit/identical-payload-digest")


def test_an_article_never_refers_to_another_url_but_a_requisite_may(recorder: Open) -> None:
    open_recorder = recorder()
    open_recorder.record(exchange("http://demo.example/1"))
    assert not open_recorder.record(exchange("http://demo.example/2")).is_revisit
    style = exchange("http://demo.example/a.css", TEXT[:5000], role=Role.REQUISITE)
    first = open_recorder.record(style)
    other = open_recorder.record(replace(style, url="http://cdn.example/b.css?v=2"))
    assert other.original is not None
    assert other.original.record_id == first.record_id


def test_an_article_does_not_refer_to_a_requisite_nor_a_requisite_to_an_article(recorder: Open) -> None:
    open_recorder = recorder()
    open_recorder.record(exchange("http://demo.example/1", role=Role.REQUISITE))
    assert not open_recorder.record(exchange("http://demo.example/2")).is_revisit
    open_recorder.record(exchange("http://demo.example/3", TEXT[:9000]))
    assert not open_recorder.record(exchange("http://demo.example/4", TEXT[:9000], role=Role.REQUISITE)).is_revisit


def test_not_modified_refers_to_the_newest_whole_response_of_the_url(recorder: Open, tmp_path: Path) -> None:
    open_recorder = recorder()
    open_recorder.record(exchange(body=TEXT[::-1], started_at=AT - timedelta(days=1)))
    newest = open_recorder.record(exchange())
    open_recorder.record(exchange("http://demo.example/2"))
    recorded = open_recorder.record(not_modified())
    assert recorded.original is not None
    assert (recorded.original.record_id, recorded.payload_digest) == (newest.record_id, newest.payload_digest)
    (revisit,) = [record for record in written(open_recorder, tmp_path) if record.type == "revisit"]
    assert str(revisit.get("WARC-Profile")).endswith("/revisit/server-not-modified")
    assert revisit.get("WARC-Refers-To-Target-URI") == "http://demo.example/1"
    assert revisit.get("WARC-Refers-To-Date") == "2026-01-23T08:00:00.000000Z"


def test_not_modified_of_something_unknown_or_never_asked_for_is_a_response(recorder: Open) -> None:
    open_recorder = recorder()
    assert not open_recorder.record(not_modified()).is_revisit
    open_recorder.record(exchange())
    assert not open_recorder.record(replace(not_modified(), conditional=False)).is_revisit


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(exchange(complete=False, outcome=Outcome.TRUNCATED, truncated="disconnect"), id="truncated"),
        pytest.param(exchange(response=exchange().response.replace(b"200 OK", b"404 No")), id="error page"),
    ],
)
def test_what_is_not_a_whole_page_is_never_referred_to(recorder: Open, first: Exchange) -> None:
    open_recorder = recorder()
    open_recorder.record(first)
    assert not open_recorder.record(exchange()).is_revisit
    assert open_recorder.record(exchange()).is_revisit


def test_a_revisit_that_would_not_be_smaller_is_not_written(recorder: Open) -> None:
    open_recorder = recorder()
    for body in (b"hi", b"x" * 2000):  # the second compresses to nothing
        open_recorder.record(exchange(body=body))
        assert not open_recorder.record(exchange(body=body)).is_revisit


def test_the_committed_originals_of_the_plan_are_referred_to(recorder: Open, tmp_path: Path) -> None:
    payload = sha256(TEXT)
    page = Original("urn:uuid:page", "http://demo.example/1", AT - timedelta(days=3), payload)
    style = Original("urn:uuid:style", "http://demo.example/a.css", AT - timedelta(days=4), payload)
    older = Original("urn:uuid:older", "http://demo.example/1", AT - timedelta(days=9), "sha256:00")
    originals = committed(tmp_path, (page, Role.ARTICLE), (style, Role.REQUISITE), (older, Role.ARTICLE))
    open_recorder = recorder(originals)
    assert open_recorder.record(not_modified()).original == page
    assert open_recorder.record(exchange()).original == page
    assert open_recorder.record(exchange("http://cdn.example/x.css", role=Role.REQUISITE)).original == style
    assert open_recorder.record(exchange("http://demo.example/other")).original is None
    open_recorder.close()
    originals.close()


def in_chunks(url: str = "http://demo.example/1", **changes: object) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return exchange(url, response=head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(TEXT), TEXT), **changes)


def test_what_came_in_chunks_is_referred_to_by_what_came_in_chunks(recorder: Open) -> None:
    open_recorder = recorder()
    open_recorder.record(in_chunks())
    assert open_recorder.record(in_chunks()).is_revisit
    whole = open_recorder.record(exchange())
    assert not whole.is_revisit
    again = open_recorder.record(in_chunks())
    assert again.original is not None
    assert again.original.record_id == whole.record_id


def test_a_committed_original_in_chunks_is_referred_to_by_what_came_in_chunks(recorder: Open, tmp_path: Path) -> None:
    page = Original("urn:uuid:page", "http://demo.example/1", AT - timedelta(days=3), sha256(TEXT), chunked=True)
    originals = committed(tmp_path, (page, Role.ARTICLE))
    open_recorder = recorder(originals)
    assert open_recorder.record(in_chunks()).original == page
    assert open_recorder.record(not_modified()).original == page
    assert not open_recorder.record(exchange()).is_revisit
    open_recorder.close()
    originals.close()


def test_of_equal_requisites_one_that_did_not_come_in_chunks_is_referred_to(recorder: Open, tmp_path: Path) -> None:
    chunked = Original("urn:uuid:a", "http://demo.example/a.css", AT, sha256(TEXT), chunked=True)
    long = replace(chunked, record_id="urn:uuid:b", url="http://demo.example/b.css", chunked=False)
    style = {"role": Role.REQUISITE}
    originals = committed(tmp_path, (chunked, Role.REQUISITE), (long, Role.REQUISITE))
    assert originals.same_payload(sha256(TEXT), "http://demo.example/c.css", any_url=True) == long
    originals.close()
    open_recorder = recorder()
    open_recorder.record(in_chunks("http://demo.example/a.css", **style))
    assert not open_recorder.record(exchange("http://demo.example/b.css", **style)).is_revisit
    assert open_recorder.record(exchange("http://demo.example/c.css", **style)).is_revisit
    open_recorder.close()


def test_nothing_refers_to_a_warc_that_is_sealed_but_not_committed(recorder: Open, tmp_path: Path) -> None:
    open_recorder = recorder(max_bytes=20_000)
    open_recorder.record(exchange())
    open_recorder.record(exchange("http://demo.example/2", random.Random(2).randbytes(18_000)))  # seals the first
    again = open_recorder.record(exchange())
    assert not again.is_revisit
    warcs = {record.warc for record in written(open_recorder, tmp_path)}
    assert len(warcs) >= 2
    for path in (tmp_path / "spool").glob("*.warc.gz"):
        assert path.stat().st_size <= 20_000


def test_a_group_is_in_one_warc_with_its_own_warcinfo(recorder: Open, tmp_path: Path) -> None:
    open_recorder = recorder(max_bytes=20_000)
    for number in range(8):
        open_recorder.record(exchange(f"http://demo.example/{number}", random.Random(number).randbytes(7_000)))
    records = written(open_recorder, tmp_path)
    warcinfo = {record.warc: record.get("WARC-Record-ID") for record in records if record.type == "warcinfo"}
    assert len(warcinfo) > 2
    for record in records:
        if record.type != "warcinfo":
            assert record.get("WARC-Warcinfo-ID") == warcinfo[record.warc]


def test_certificates_are_written_once_for_a_host_and_again_when_they_change(recorder: Open, tmp_path: Path) -> None:
    open_recorder = recorder()
    for url, certificate in (
        ("https://a.example/1", b"one"),
        ("https://a.example/2", b"one"),
        ("https://b.example/1", b"one"),
        ("https://a.example/3", b"two"),
    ):
        open_recorder.record(exchange(url, certificates=(certificate,), tls="TLSv1.3"))
    with_certificate = [
        record.url
        for record in written(open_recorder, tmp_path)
        if record.type == "metadata" and "certificate" in record.facts
    ]
    assert with_certificate == ["https://a.example/1", "https://b.example/1", "https://a.example/3"]


def test_an_attempt_that_was_never_sent_is_a_metadata_record(recorder: Open, tmp_path: Path) -> None:
    open_recorder = recorder()
    context = CaptureContext(Role.ARTICLE, Purpose.NEW, via="http://demo.example/")
    attempt = unsent("http://demo.example/no", context, Outcome.ROBOTS, "robots.txt forbids it", AT)
    recorded = open_recorder.record(attempt)
    (_, record) = written(open_recorder, tmp_path)
    assert record.get("WARC-Record-ID") == f"<{recorded.record_id}>"
    assert (record.type, record.facts["outcome"], record.facts["error"]) == (
        "metadata",
        "robots",
        "robots.txt forbids it",
    )


def test_after_a_failed_write_nothing_more_is_recorded(
    recorder: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_recorder = recorder()
    open_recorder.record(exchange())
    monkeypatch.setattr("crawlers.spool_writer.os.write", full_after(100))
    with pytest.raises(CaptureStopped, match="No space left"):
        open_recorder.record(exchange("http://demo.example/2"))
    monkeypatch.undo()
    with pytest.raises(CaptureStopped):
        open_recorder.check()
    with pytest.raises(CaptureStopped):
        open_recorder.record(exchange("http://demo.example/3"))
    records = written(open_recorder, tmp_path)
    assert {record.url for record in records} == {None, "http://demo.example/1"}


def test_a_tick_seals_what_is_due_and_nothing_refers_to_it(recorder: Open, tmp_path: Path) -> None:
    open_recorder = recorder(max_age=timedelta(0))
    open_recorder.record(exchange())
    assert not list((tmp_path / "spool").glob("*.warc.gz"))
    open_recorder.tick()
    assert len(list((tmp_path / "spool").glob("*.warc.gz"))) == 1
    assert not open_recorder.record(exchange()).is_revisit
    open_recorder.close()


def test_a_tick_that_cannot_seal_stops_the_capture(recorder: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    open_recorder = recorder(max_age=timedelta(0))
    open_recorder.record(exchange())

    def broken(file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("crawlers.spool_writer.os.fsync", broken)
    with pytest.raises(CaptureStopped, match=r"could not be sealed: .*Input/output error"):
        open_recorder.tick()
    monkeypatch.undo()
    with pytest.raises(CaptureStopped):
        open_recorder.check()
    open_recorder.close()


def test_an_exchange_that_cannot_be_encoded_stops_the_capture_too(recorder: Open) -> None:
    open_recorder = recorder()
    with pytest.raises(CaptureStopped, match=r"demo\.example/1 could not be recorded"):
        open_recorder.record(exchange(extra=(("role", "forged"),)))
    with pytest.raises(CaptureStopped):
        open_recorder.check()
    open_recorder.close()


def full_after(room: int) -> Callable[[int, bytes], int]:
    """As the kernel does it on a full disk: write what fits, and fail at the next call."""

    real, left = os.write, [room]

    def write(file: int, data: bytes) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = real(file, data[: left[0]])
        left[0] -= taken
        return taken

    return write
