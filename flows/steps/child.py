"""Starting the Scrapy child, listening to it, and ending it.

Scrapy never runs inside our process or Prefect's: deadlocks, crawls that fetched nothing and were called Completed, and
tokens in clear text in a log were all seen.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GRACE_SECONDS = 10.0  # more than the child takes (crawlers.crawl.GRACE_SECONDS); Prefect gives a cancelled run 30
# The child needs no credentials and gets none: AWS_*, PREFECT_* and whatever else is in our environment stay here.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")


@asynccontextmanager
async def running_child(folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python -m crawlers.child FOLDER` in a process group of its own; end the whole group on the way out.

    What is left of the group is asked to stop (SIGTERM: Scrapy closes and seals its WARC) and killed after
    `GRACE_SECONDS`. Its standard error goes to `child.err` in the folder, because a pipe nobody reads would block it.
    """
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with (folder / "child.err").open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "crawlers.child",
            str(folder),
            "--parent-pid",
            str(os.getpid()),
            cwd=ROOT,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        await end_group(process)


async def end_group(process: asyncio.subprocess.Process) -> None:
    """End the child's process group: politely, then surely. Cancelled meanwhile, it is surely at once."""
    try:
        if process.returncode is None:
            signal_group(process.pid, signal.SIGTERM)
            with suppress(TimeoutError):
                await asyncio.wait_for(_drained(process), GRACE_SECONDS)
    finally:
        signal_group(process.pid, signal.SIGKILL)
        await process.wait()


async def _drained(process: asyncio.subprocess.Process) -> None:
    """Wait for the end while reading, since a child that fills its pipe could not end."""
    assert process.stdout is not None
    while await process.stdout.read(65536):
        pass
    await process.wait()


def signal_group(group: int, number: signal.Signals) -> None:
    """Send a signal to a process group that may already be gone."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


async def told(process: asyncio.subprocess.Process) -> AsyncIterator[dict[str, Any]]:
    """Yield what the child says of its progress: one JSON object a line. Other lines are left out."""
    assert process.stdout is not None
    async for line in process.stdout:
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict):
            yield said
