"""The processes that a test has started, and what those have started."""

from __future__ import annotations

from pathlib import Path


def children(parent: int, words: str) -> list[int]:
    """The processes that `parent` started and whose command line has `words` in it."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().decode()
            ppid = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if ppid == parent and words in command:
            found.append(int(entry.name))
    return found


def crawling_child(parent: int) -> int | None:
    """The Scrapy child of a crawl's process, or None while there is none."""
    return next(iter(children(parent, "crawlers.child")), None)
