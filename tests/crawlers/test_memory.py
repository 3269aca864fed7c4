"""What a crawl takes is told of the crawl, whoever started it."""

from __future__ import annotations

import subprocess
import sys

LARGE = 512 << 20
CHILD = """
import resource
from crawlers.memory import OwnMemory
watch = OwnMemory.__new__(OwnMemory)
print(watch.get_virtual_size(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""
PARENT = f"""
import subprocess, sys
held = b"x" * {LARGE}
print(subprocess.run([sys.executable, "-c", {CHILD!r}], check=True, capture_output=True, text=True).stdout)
"""


def test_a_crawl_is_not_as_large_as_who_started_it() -> None:
    told = subprocess.run([sys.executable, "-c", PARENT], check=True, capture_output=True, text=True).stdout
    own, with_the_parent = map(int, told.split())
    assert with_the_parent > LARGE  # what Scrapy would take it for
    assert 10 << 20 < own < LARGE // 2
