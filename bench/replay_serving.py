"""Replay, ours against pywb over the same WARCs and the same load: answers a second, and how long each takes.

pywb is asked in both ways, by kept connections and by a new one for each request (its kept ones stall), and its best
counts. Rates are also told by the processor time of the server, which other work on the machine does not change.
Goals: three times pywb's answers a second, and 99 of 100 answers within 50 ms. Needs `.venv-interop`.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.load import Load, cpu_seconds, load
from bench.machine import machine
from bench.warc_writing import made_pages, real_pages
from interop.servers import free_port, indexed_by_itself, running
from storage.exchange import Exchange
from tests.replay.kept import catalog_of, keep, new_archive
from tests.storage.exchanges import START, exchange

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".venv-interop" / "bin"
GZIP = ("Accept-Encoding: gzip, deflate, br",)
CODED = (
    b'HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Fri, 23 Jan 2026 08:00:00 GMT\r\nETag: "a-1"\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nVary: Accept-Encoding\r\nContent-Encoding: gzip\r\n"
    b"Content-Length: %d\r\n\r\n%s"
)


@dataclass(frozen=True)
class Server:
    """A server that runs: its port, the process and the path of its collection."""

    port: int
    pid: int
    where: str
    cdx: str


@dataclass(frozen=True)
class Measured:
    """A load, and answers by second of the server's processor time."""

    load: Load
    by_cpu: float


def captures(pages: list[bytes], times: int) -> list[Exchange]:
    """Each page at a URL of its own, captured several times, as servers send pages to a crawler that takes gzip."""
    made = []
    for hour in range(times):
        for number, page in enumerate(pages):
            packed = gzip.compress(page + b"<!-- %d -->" % hour, 6, mtime=0)
            made.append(
                exchange(
                    CODED % (len(packed), packed),
                    url=f"http://news.example/section/{number % 9}/{number}.html",
                    started_at=START + timedelta(hours=hour, seconds=number),
                )
            )
    return made


@contextmanager
def ours(folder: Path) -> Iterator[Server]:
    """Run the archive's host as it is served."""
    port = free_port()
    command = [sys.executable, ROOT / "interop" / "serve.py", folder / "archive", folder / "catalog.sqlite", port]
    with running(command, port, folder / "ours.log") as process:
        yield Server(port, process.pid, "/web", "/cdx")


@contextmanager
def pywb(folder: Path) -> Iterator[Server]:
    """Run pywb over the same WARCs, indexed by itself."""
    (folder / "pywb").mkdir()
    warcs = sorted((folder / "archive").rglob("*.warc.gz"))
    with indexed_by_itself(warcs, folder / "pywb", TOOLS) as process:
        yield Server(process.port, process.pid, "/all", "/all/cdx")


def measured(server: Server, paths: list[str], connections: int, *, keep_alive: bool) -> Measured:
    """Load a server, and make sure that it answered."""
    before = cpu_seconds(server.pid)
    found = load(server.port, paths, connections=connections, keep_alive=keep_alive, headers=GZIP)
    used = cpu_seconds(server.pid) - before
    assert set(found.statuses) == {200}, found.statuses
    return Measured(found, len(paths) / used if used else 0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, help="a folder of real pages; made ones without it")
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--only", choices=["raw", "safe", "cdx", "timemap"], action="append")
    options = parser.parse_args()
    pages = real_pages(options.pages, 200) if options.pages else made_pages(200)
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = new_archive(folder / "archive")
        exchanges = captures(pages, 10)
        keep(archive, *exchanges)
        catalog_of(archive, folder).close()
        sizes = sum(map(len, pages)) / len(pages)
        print(f"{len(exchanges):,} captures of pages of {sizes / 1000:.0f} kB; {options.connections} connections")
        chance = random.Random(1)
        drawn = [chance.choice(exchanges) for _ in range(options.requests)]
        with ours(folder) as mine, pywb(folder) as other:
            for what in options.only or ["raw", "safe", "cdx", "timemap"]:
                compare(what, mine, other, drawn, options.connections)


def compare(what: str, mine: Server, other: Server, drawn: list[Exchange], connections: int) -> None:
    """Measure one kind of request and print what came of it. They take turns, as other work comes and goes."""
    rounds = 3
    share = len(drawn) // rounds
    results: dict[str, list[Measured]] = {"ours": [], "pywb, kept": [], "pywb, new each": []}
    for turn in range(rounds + 1):
        some = drawn[max(turn - 1, 0) * share :][:share]
        if turn == 0:
            some = some[: share // 4]  # the first round warms up and does not count
        for name, server, kept in (
            ("ours", mine, True), ("pywb, kept", other, True), ("pywb, new each", other, False)
        ):  # fmt: skip
            # A kept connection of pywb's answers 20 requests a second: enough of them is enough.
            few = some[: max(len(some) // 5, 20)] if name == "pywb, kept" else some
            found = measured(server, [path(what, server, one) for one in few], connections, keep_alive=kept)
            if turn:
                results[name].append(found)
    told = {name: summed(found) for name, found in results.items()}
    for name, (rate, by_cpu, median, p99) in told.items():
        print(
            f"{what:8} {name:15} {rate:7,.0f} a second, {by_cpu:7,.0f} a second of its processor;"
            f" median {median:6.1f} ms, p99 {p99:6.1f} ms"
        )
    best, best_by_cpu = (max(told["pywb, kept"][n], told["pywb, new each"][n]) for n in (0, 1))
    by_clock, by_cpu = told["ours"][0] / best, told["ours"][1] / best_by_cpu
    print(f"{what:8} ratio {by_clock:.1f} by the clock, {by_cpu:.1f} by processor time")


def summed(found: list[Measured]) -> tuple[float, float, float, float]:
    """Return the median round's rate by clock and by processor, and the median and 99th percentile of all answers."""
    rates = sorted(one.load.rate for one in found)
    by_cpu = sorted(one.by_cpu for one in found)
    took = sorted(one for each in found for one in each.load.took)
    middle = len(rates) // 2
    return rates[middle], by_cpu[middle], took[len(took) // 2], took[int(len(took) * 0.99)]


def path(what: str, server: Server, one: Exchange) -> str:
    """Return the path of one request."""
    timestamp = f"{one.started_at:%Y%m%d%H%M%S}"
    match what:
        case "raw":
            return f"{server.where}/{timestamp}id_/{one.url}"
        case "safe":
            return f"{server.where}/{timestamp}mp_/{one.url}"
        case "cdx":
            return f"{server.cdx}?url={one.url}&output=json"
        case _:
            prefix = "" if server.where == "/web" else server.where
            return f"{prefix}/timemap/link/{one.url}"


if __name__ == "__main__":
    main()
