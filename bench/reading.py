"""Reading articles: our readers against trafilatura's `bare_extraction` with metadata, on the same pages.

Ours is `articles.reading.read`: bytes to an article with its canonical JSON, content id, text id and field hashes.
Trafilatura's is `bare_extraction(bytes, url=…, with_metadata=True)`, which is bytes to text, title, author and date.
Both run in this process, page by page in turn, so that the machine's load weighs on both alike; the ratio is of the
sums of CPU time, and the fields that trafilatura gets right on the pages are counted beside it.

The pages are the golden pages of tests/fixtures/outlets, and the real pages of a folder such as ../shared/pages where
it is given: their frames are far larger than the golden pages', and one body is a book of 90,000 characters.

Needs trafilatura, which is in requirements/bench.txt and not in the product's environment.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.page import Page
from articles.reading import Reading, read
from bench.machine import machine
from config.outlet import Outlet
from tests.articles.pages import golden_pairs

REAL = {
    "chinamil/CHINA_209163_TopStories_209189_10195159.html": (
        "chinamil",
        "http://eng.chinamil.com.cn/CHINA_209163/TopStories_209189/10195159.html",
    ),
    "81cn/pla_daily_article.html": ("pla-daily", "http://www.81.cn/yw_208727/16459682.html"),
}
GOAL = 15.0


@dataclass
class Case:
    """A page, and the CPU seconds that each took for it, best of the rounds."""

    name: str
    page: Page
    outlet: Outlet
    ours: float = float("inf")
    theirs: float = float("inf")


def cases(folder: Path | None) -> list[Case]:
    pairs = golden_pairs()
    outlets = {pair.outlet.id: pair.outlet for pair in pairs}
    found = [
        Case(f"{pair.name}{f' page {number}' if number else ''}", page, pair.outlet)
        for pair in pairs
        for number, page in enumerate(pair.pages)
    ]
    for name, (outlet, url) in REAL.items() if folder else ():
        assert folder is not None
        page = Page(url, (folder / name).read_bytes(), datetime.now(UTC))
        found.append(Case(f"real: {name}", page, outlets[outlet]))
    if folder:
        found.append(typical(found))
    return found


def typical(found: list[Case]) -> Case:
    """The real page of 2022 with the body of the golden page of 2026: a frame and an article of usual size."""
    mark = b"<!--HTMLBOX-->"
    real, golden = (next(case for case in found if text in case.name) for text in ("10195159", "2026-01-23"))
    frame, body = real.page.body.split(mark), golden.page.body.split(mark)
    page = Page(real.page.url, mark.join((frame[0], body[1], frame[2])), real.page.captured_at)
    return Case("real frame, golden body of 2026-01-23", page, real.outlet)


def cpu_seconds(work: Callable[[], object], times: int) -> float:
    started = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - started) / times


def measure(found: list[Case], rounds: int, extract: Callable[..., Any]) -> None:
    gc.collect()
    gc.freeze()  # what is loaded by now is no garbage: the collector need not walk it while either is timed
    for number in range(rounds + 1):
        for case in found:
            page, outlet = case.page, case.outlet
            ours = cpu_seconds(partial(read, [page], outlet), times=20)  # a stretch long enough for the clock
            theirs = cpu_seconds(partial(extract, page.body, url=page.url, with_metadata=True), times=2)
            if number:  # the first round fills caches
                case.ours, case.theirs = min(case.ours, ours), min(case.theirs, theirs)


def fields_right(reading: Reading, theirs: Any) -> tuple[int, int]:
    """Of headline, authors, day and agency where the page has them: how many trafilatura finds, of how many."""
    article = reading.article
    if article is None:
        return 0, 0
    said = theirs.as_dict() if theirs is not None else {}
    checks = [said.get("title") == article.headline]
    if article.byline:
        checks.append({name.strip() for name in (said.get("author") or "").split(";")} == set(article.byline))
    if article.published_at:
        checks.append(said.get("date") == article.published_at.date().isoformat())
    if article.agency:
        checks.append(said.get("sitename") == article.agency.name)
    return sum(checks), len(checks)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=f"The goal is {GOAL:.0f}×."
    )
    parser.add_argument("--rounds", type=int, default=10, help="how often each page is read (default 10)")
    parser.add_argument("--pages", type=Path, help="a folder of real pages, such as ../shared/pages")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    arguments = parser.parse_args()
    try:
        import trafilatura
    except ImportError:
        parser.exit(2, "trafilatura is not installed here: make bench, or install requirements/bench.txt\n")
    found = cases(arguments.pages)
    measure(found, arguments.rounds, trafilatura.bare_extraction)
    right = [
        fields_right(
            read([case.page], case.outlet),
            trafilatura.bare_extraction(case.page.body, url=case.page.url, with_metadata=True),
        )
        for case in found
    ]
    ours, theirs = sum(case.ours for case in found), sum(case.theirs for case in found)
    result = {
        "machine": machine(),
        "trafilatura": trafilatura.__version__,
        "pages": len(found),
        "ours_pages_per_second": round(len(found) / ours, 1),
        "trafilatura_pages_per_second": round(len(found) / theirs, 1),
        "ratio": round(theirs / ours, 1),
        "goal": GOAL,
        "fields_trafilatura_has_right": f"{sum(hit for hit, _ in right)} of {sum(of for _, of in right)}",
    }
    if arguments.json:
        print(json.dumps(result, indent=2))
        return
    print(f"{'page':<62}{'bytes':>9}{'ours ms':>9}{'theirs ms':>11}{'ratio':>7}")
    for case in found:
        print(
            f"{case.name:<62}{len(case.page.body):>9,}{case.ours * 1e3:>9.2f}{case.theirs * 1e3:>11.2f}"
            f"{case.theirs / case.ours:>7.1f}"
        )
    for name, value in result.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
