"""The crawl as a process of its own: `python -m crawlers.child FOLDER`.

It is given a folder with a plan, and writes its WARCs, `crawl.log` and at the very end `result.json` into the same
folder; standard output carries its progress. SIGTERM, the deadline and the death of its parent end it in order: what
is under way gets a few seconds, then the WARC is sealed. It needs no credentials and keeps none.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from config.errors import PalimpsestError
from crawlers.parent import end_with_parent
from crawlers.wire_check import require_wire

_SECRETS: Final = ("AWS_", "PREFECT_", "PALIMPSEST_")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the crawl in FOLDER and return the exit code: 0 where a result was written, whatever it says."""
    parser = argparse.ArgumentParser(prog="crawlers.child", description="Run the crawl that is planned in FOLDER.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--parent-pid", type=int, help="end at once unless this process is the parent")
    options = parser.parse_args(arguments)
    forget_secrets()
    if not end_with_parent(options.parent_pid):
        return 1
    try:
        # Before anything imports what it looks for, and here, as Scrapy goes on without a download handler that fails.
        require_wire()
        # Not at the top: the reactor must not be imported before Scrapy has chosen it.
        from crawlers.crawl import run_crawl

        run_crawl(options.folder)
    except PalimpsestError as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return error.exit_code
    return 0


def forget_secrets() -> None:
    """Take what this process has no business to know out of its environment."""
    for name in [name for name in os.environ if name.startswith(_SECRETS)]:
        del os.environ[name]


if __name__ == "__main__":
    sys.exit(main())
