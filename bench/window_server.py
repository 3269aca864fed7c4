"""The real servers over a prepared archive, in a process of their own whose time and memory are told."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

_PATIENCE: Final = 600.0  # seconds until the servers answer, and until a request does
_CHUNK: Final = 1 << 16


class Answer(NamedTuple):
    """One answer: milliseconds to its first byte and to its last, by the clock and of the server's processor time; the
    most memory that the server held meanwhile."""

    status: int
    size: int
    first_ms: float
    first_cpu_ms: float
    clock_ms: float
    cpu_ms: float
    peak_mib: float
    body: bytes


class Servers:
    """Both hosts, as `palimpsest web` runs them."""

    def __init__(self, process: subprocess.Popen[bytes], window: int, archive: int) -> None:
        self._process = process
        self.names: Final = {"window": f"127.0.0.1:{window}", "archive": f"archive.localhost:{archive}"}
        self._ports = {"window": window, "archive": archive}
        self._asked = 0

    def ask(self, host: str, path: str, *, keep: bool = False, **headers: str) -> Answer:
        """GET a path and read the answer to its end; `keep` its body. Each request comes from an address of its own,
        so that no rate limit counts them together."""
        self._asked += 1
        source = f"127.1.{self._asked // 250 % 250}.{self._asked % 250 + 1}"
        connection = HTTPConnection("127.0.0.1", self._ports[host], timeout=_PATIENCE, source_address=(source, 0))
        connection.connect()
        self._forget_peak()
        cpu, start = self._cpu_seconds(), time.perf_counter()
        connection.request("GET", path, headers={"Host": self.names[host], **headers})
        response = connection.getresponse()
        body = response.read1(_CHUNK)
        first, cpu_first = time.perf_counter(), self._cpu_seconds()
        size, kept = len(body), [body]
        while piece := response.read1(_CHUNK):
            size += len(piece)
            if keep:
                kept.append(piece)
        end, cpu_end = time.perf_counter(), self._cpu_seconds()
        connection.close()
        return Answer(
            status=response.status,
            size=size,
            first_ms=(first - start) * 1000,
            first_cpu_ms=(cpu_first - cpu) * 1000,
            clock_ms=(end - start) * 1000,
            cpu_ms=(cpu_end - cpu) * 1000,
            peak_mib=self.memory("VmHWM"),
            body=b"".join(kept),
        )

    def memory(self, name: str = "VmRSS") -> float:
        """Return a figure of /proc/PID/status in MiB: what is resident, or the most that was."""
        for line in Path(f"/proc/{self._process.pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) / 1024
        raise LookupError(name)

    def _forget_peak(self) -> None:
        Path(f"/proc/{self._process.pid}/clear_refs").write_text("5")

    def _cpu_seconds(self) -> float:
        """Return what all threads that live have used, to the nanosecond; /proc/PID/stat counts hundredths."""
        threads = Path(f"/proc/{self._process.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


@contextmanager
def serving(folder: Path) -> Iterator[Servers]:
    """Run the servers over what `bench.prepared` made in a folder."""
    command = [sys.executable, "-m", "bench.window_server", str(folder)]
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            ports = json.loads(process.stdout.readline())
            yield Servers(process, **ports)
        finally:
            process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    from bench.big_archive import OUTLETS, Size
    from bench.prepared import prepared
    from web.freshness import Freshness
    from web.holdings import Holdings
    from web.hosts import hosts
    from web.security.exposure import exposure
    from web.serving import Served, listen, serve

    place = prepared(folder, Size())
    listeners = [listen("127.0.0.1", 0) for _ in range(2)]
    ports = [listener.getsockname()[1] for listener in listeners]
    exposed = exposure("127.0.0.1", *ports, url=None, archive_url=None, token=None)
    freshness = Freshness(place.archive, place.catalog, place.clock)
    apps = hosts(Holdings(place.archive, place.catalog, OUTLETS, place.clock), exposed, freshness)
    freshness.start()

    def ready() -> None:
        print(json.dumps(dict(zip(("window", "archive"), ports, strict=True))), flush=True)

    serve([Served(app, listener) for app, listener in zip(apps, listeners, strict=True)], ready)
    freshness.stop()


if __name__ == "__main__":
    main()
