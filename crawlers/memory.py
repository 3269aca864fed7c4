"""How much memory the crawl takes: itself, and not whoever started it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from scrapy.extensions.memusage import MemoryUsage

_STATUS: Final = Path("/proc/self/status")
_PEAK: Final = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


class OwnMemory(MemoryUsage):
    """Scrapy's watch, which closes a crawl that takes too much, over the peak of this program alone.

    Scrapy asks `getrusage`, whose peak on Linux is also that of the process that was forked for this one: under a
    parent of a gigabyte (a Prefect worker, a window) every crawl ended as it began. `VmHWM` begins anew with the
    program (proc(5)). Where there is no /proc, Scrapy's way is left.
    """

    def get_virtual_size(self) -> int:
        """Return the most bytes that were resident so far."""
        try:
            peak = _PEAK.search(_STATUS.read_text("ascii"))
        except OSError:
            peak = None
        return super().get_virtual_size() if peak is None else int(peak[1]) * 1024
