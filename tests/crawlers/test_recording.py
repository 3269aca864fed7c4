"""The recorder in a process of its own: what it acknowledges is written, and either process may be killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.clock import Clock
from crawlers.errors import CaptureStopped, SpoolUsed
from crawlers.recorder import Recorded, Recorder
from crawlers.recording import RecordingProcess
from crawlers.revisits import NoOriginals
from crawlers.spool import Spool
from crawlers.spool_writer import SpoolWriter
from storage.exchange import Exchange, Outcome, Purpose, Role
from storage.warc_reader import iterate
from tests.crawlers.archived import archived

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 8


def exchange(number: int) -> Exchange:
    return Exchange(
        url=f"http://demo.example/{number}",
        started_at=datetime(2026, 1, 23, 8, 0, tzinfo=UTC),
        request=b"GET /%d HTTP/1.1\r\nHost: demo.example\r\n\r\n" % number,
        response=b"HTTP/1.1 200 OK\r\n\r\n<html>%d %s</html>" % (number, os.urandom(20_000)),
        interim=b"",
        complete=True,
        outcome=Outcome.RESPONSE,
        role=Role.ARTICLE,
        purpose=Purpose.NEW,
    )


def recorder_in(folder: Path) -> Recorder:
    return Recorder(SpoolWriter(folder, "20260123T080000Z-demo-abc123", (), clock=Clock()), NoOriginals())


def numbers_in(folder: Path) -> list[int]:
    return [int(str(record.url).rpartition("/")[2]) for record in archived(folder) if record.type == "metadata"]


def ids_in_the_open_warc(folder: Path) -> list[str | None]:
    (warc,) = folder.glob("*.open")
    return [record.get_id("WARC-Record-ID") for record in iterate(warc)]


@pytest.fixture
def counted() -> list[str]:
    return []


@pytest.fixture
def recording(tmp_path: Path, counted: list[str]) -> Iterator[RecordingProcess]:
    def count(exchange: Exchange, _: Recorded) -> None:
        counted.append(exchange.url)

    with closing(RecordingProcess(lambda: recorder_in(tmp_path), count)) as process:
        yield process


def the_process(folder: Path) -> int:
    return int((folder / "lock").read_text())


def test_what_is_acknowledged_is_in_the_open_warc_already(recording: RecordingProcess, tmp_path: Path) -> None:
    async def one_after_the_other() -> None:
        for number in range(5):
            recorded = await recording.record(exchange(number))
            assert recorded.record_id in ids_in_the_open_warc(tmp_path)

    asyncio.run(one_after_the_other())


def test_exchanges_are_written_and_counted_in_the_order_of_the_calls(
    recording: RecordingProcess, tmp_path: Path, counted: list[str]
) -> None:
    async def at_once() -> list[Recorded]:
        return await asyncio.gather(*(recording.record(exchange(number)) for number in range(40)))

    assert len({recorded.record_id for recorded in asyncio.run(at_once())}) == 40
    recording.close()
    assert numbers_in(tmp_path) == list(range(40))
    assert counted == [f"http://demo.example/{number}" for number in range(40)]


def test_what_nobody_waits_for_is_written_before_the_end(
    recording: RecordingProcess, tmp_path: Path, counted: list[str]
) -> None:
    async def leave() -> None:
        for number in range(3):
            recording.record(exchange(number)).cancel()

    asyncio.run(leave())
    recording.close()
    assert numbers_in(tmp_path) == [0, 1, 2]
    assert len(counted) == 3
    assert not Spool(tmp_path).in_use()


def test_a_recorder_that_cannot_be_made_raises_here(recording: RecordingProcess, tmp_path: Path) -> None:
    recording.close()
    with pytest.raises(SpoolUsed):
        RecordingProcess(lambda: recorder_in(tmp_path))


def test_a_killed_recorder_stops_the_capture_and_keeps_what_it_acknowledged(
    recording: RecordingProcess, tmp_path: Path
) -> None:
    async def killed() -> None:
        await recording.record(exchange(0))
        os.kill(the_process(tmp_path), signal.SIGSTOP)
        waiting = recording.record(exchange(1))
        os.kill(the_process(tmp_path), signal.SIGKILL)
        with pytest.raises(CaptureStopped, match="exit code -9"):
            await waiting
        with pytest.raises(CaptureStopped):
            recording.check()
        with pytest.raises(CaptureStopped):
            recording.record(exchange(2))

    asyncio.run(killed())
    with pytest.raises(CaptureStopped):
        recording.close()
    Spool(tmp_path).recover()
    assert numbers_in(tmp_path) == [0]


def test_the_signals_that_end_a_crawl_do_not_end_its_recorder(recording: RecordingProcess, tmp_path: Path) -> None:
    async def interrupted() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            os.kill(the_process(tmp_path), number)
        await recording.record(exchange(0))

    asyncio.run(interrupted())
    recording.close()
    assert numbers_in(tmp_path) == [0]


# Records as fast as it can, several at a time, and says each number once it is acknowledged.
CRAWLING = f"""
import asyncio, sys
from itertools import count
from pathlib import Path
from crawlers.recording import RecordingProcess
from tests.crawlers.test_recording import exchange, recorder_in

recording = RecordingProcess(lambda: recorder_in(Path(sys.argv[1])))
numbers = count()

async def record():
    while True:
        number = next(numbers)
        await recording.record(exchange(number))
        print(number, flush=True)

async def main():
    await asyncio.gather(*(record() for _ in range({AT_ONCE})))

asyncio.run(main())
"""


@pytest.mark.parametrize("wanted", [1, 7, 60])
def test_a_killed_crawl_loses_nothing_acknowledged_and_lets_its_spool_go(tmp_path: Path, wanted: int) -> None:
    acknowledged: list[int] = []
    with subprocess.Popen(
        [sys.executable, "-c", CRAWLING, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            acknowledged.append(int(line))
            if len(acknowledged) == wanted:
                child.kill()
                break
        child.wait()
        warcs = Spool(tmp_path).recover()  # at once: the recorder ends with the crawl
        acknowledged += [int(line) for line in child.stdout if line.endswith("\n")]
    assert warcs
    found = numbers_in(tmp_path)
    assert found == list(range(len(found)))
    assert set(acknowledged) <= set(found)
    assert len(found) <= len(acknowledged) + AT_ONCE
