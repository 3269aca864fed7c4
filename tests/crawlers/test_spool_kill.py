"""kill -9 at any moment loses no acknowledged exchange, and doubles none."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from crawlers.spool import Spool
from tests.crawlers.archived import archived

ROOT = Path(__file__).resolve().parents[2]
KILLS = 14

# Records exchanges as fast as it can and says the nonce of each to stdout once it is acknowledged. Small WARCs, so that
# kills fall into seals and openings too.
RECORDING = """
import random, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.clock import Clock
from crawlers.recorder import Recorder
from crawlers.revisits import NoOriginals
from crawlers.spool_writer import SpoolWriter
from storage.exchange import Exchange, Outcome, Purpose, Role

folder = Path(sys.argv[1])
chance = random.Random(int(sys.argv[2]))
writer = SpoolWriter(folder, "20260123T080000Z-demo-abc123", (), clock=Clock(), max_bytes=400_000,
                     sync_every=timedelta(seconds=0.05))
recorder = Recorder(writer, NoOriginals())
for number in range(100_000):
    body = b"<html>%d %s</html>" % (number, chance.randbytes(chance.randint(10, 60_000)))
    exchange = Exchange(
        url=f"http://demo.example/{number}", started_at=datetime.now(UTC),
        request=b"GET /%d HTTP/1.1\\r\\nHost: demo.example\\r\\n\\r\\n" % number,
        response=b"HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body) + body,
        interim=b"", complete=True, outcome=Outcome.RESPONSE, role=Role.ARTICLE, purpose=Purpose.NEW,
    )
    recorder.record(exchange)
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


@pytest.mark.parametrize("seed", range(KILLS))
def test_every_acknowledged_exchange_is_in_the_recovered_spool_once(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    wanted, delay = chance.choice((0, 1, 5, 20, 60, 120)), chance.random() * 0.02
    acknowledged: list[int] = []
    with subprocess.Popen(
        [sys.executable, "-c", RECORDING, str(tmp_path), str(seed)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        # From the count of acknowledgements on, a random moment later: inside a write, a seal, an opening, a sync.
        killer = threading.Timer(delay, child.kill)
        for line in child.stdout:
            if line.endswith("\n"):
                acknowledged.append(int(line))
            if len(acknowledged) == wanted + 1:
                killer.start()
        child.wait()
    assert len(acknowledged) > wanted
    warcs = Spool(tmp_path).recover()
    assert warcs
    assert not list(tmp_path.glob("*.open"))
    found = [int(str(record.url).rpartition("/")[2]) for record in archived(tmp_path) if record.type == "metadata"]
    assert found == list(range(len(found)))  # each once, in order, none missing
    assert set(acknowledged) <= set(found)
    assert len(found) <= len(acknowledged) + 1  # at most the one whose acknowledgement the kill cut off
