"""Pages, lookups and answers of the window and the archive's host over a big archive: how long, and how much memory.

The archive and its catalog are made in FOLDER where they are not there yet (`bench.prepared`), the servers run in a
process of their own as `palimpsest web` runs them. Exit code 1: a bound is broken. Bounds are on processor time of the
server, since other work on a machine shows in the clock; the clock stands beside it. A stream is bound to begin early,
and to need little memory however long it is; a file that is made to be kept has no bound of time.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.big_archive import add_size, size_of
from bench.catalog_rebuild import moments
from bench.machine import machine
from bench.prepared import prepared
from bench.served_paths import Case, Kind, archive_cases, drawn, window_cases
from bench.timing import Took, timed
from bench.window_server import Answer, Servers, serving
from replay.lookup import Wanted, capture_for
from storage.catalog.catalog import Catalog

LOOKUP_MS: Final = 5.0
PAGE_MS: Final = 300.0
STREAM_MIB: Final = 48.0


@dataclass(frozen=True)
class Measured:
    """What asking for one kind of thing came to: milliseconds, MiB above what the server held before, bytes."""

    what: str
    asked: int
    clock_ms: float
    clock_p99_ms: float
    cpu_ms: float
    cpu_p99_ms: float
    first_byte_ms: float
    size: int
    grown_mib: float
    broken: str = ""


def lookups(catalog: Catalog, count: int, chance: random.Random) -> Measured:
    """Measure the closest capture, asked of the catalog as replay asks it."""

    asked = moments(catalog, count, chance)
    shifted = [(url, at + timedelta(days=chance.uniform(-30, 30))) for url, at in asked]
    took = timed([lambda url=url, at=at: capture_for(catalog, url, Wanted(at)) for url, at in shifted])
    p99 = Took.at(took.cpu, 0.99)
    return Measured(
        what="closest capture, in process",
        asked=len(asked),
        clock_ms=Took.at(took.clock, 0.5),
        clock_p99_ms=Took.at(took.clock, 0.99),
        cpu_ms=Took.at(took.cpu, 0.5),
        cpu_p99_ms=p99,
        first_byte_ms=0,
        size=0,
        grown_mib=0,
        broken=f"p99 {p99:.1f} ms" if p99 >= LOOKUP_MS else "",
    )


def measured(servers: Servers, case: Case) -> Measured:
    """Ask for all paths of a case, one after the other."""
    before = servers.memory()
    answers = list(_answers(servers, case))
    clock, cpu, first = (
        tuple(sorted(getattr(answer, name) for answer in answers)) for name in ("clock_ms", "cpu_ms", "first_ms")
    )
    grown = max(answer.peak_mib for answer in answers) - before
    return Measured(
        what=case.what,
        asked=len(answers),
        clock_ms=Took.at(clock, 0.5),
        clock_p99_ms=Took.at(clock, 0.99),
        cpu_ms=Took.at(cpu, 0.5),
        cpu_p99_ms=Took.at(cpu, 0.99),
        first_byte_ms=Took.at(first, 0.99),
        size=max(answer.size for answer in answers),
        grown_mib=grown,
        broken="; ".join(_broken(case, answers, Took.at(cpu, 0.99), grown)),
    )


def _answers(servers: Servers, case: Case) -> Iterator[Answer]:
    path: str | None = None
    for first in case.paths:
        answer = servers.ask(case.host, path or first, keep=case.further is not None)
        yield answer._replace(body=b"")
        if case.further is not None and (path := case.further(answer.body)) is None:
            return


def _broken(case: Case, answers: Sequence[Answer], cpu_ms: float, grown: float) -> Iterator[str]:
    wrong = sorted({answer.status for answer in answers} - set(case.statuses))
    if wrong:
        yield f"status {', '.join(map(str, wrong))}"
    if case.kind is Kind.STREAM:
        first = min(answer.first_cpu_ms for answer in answers)
        if first >= PAGE_MS and max(answer.size for answer in answers):  # what finds nothing has no beginning
            yield f"begins after {first:.0f} ms"
        if grown >= STREAM_MIB:
            yield f"{grown:.0f} MiB more memory"
    elif case.kind is Kind.PAGE and cpu_ms >= PAGE_MS:
        yield f"p99 {cpu_ms:.0f} ms"


def table(rows: Sequence[Measured]) -> Iterator[str]:
    """Yield the lines of a table for people."""
    heads = ("asked", "median", "p99", "cpu", "cpu p99", "1st byte", "bytes", "+MiB")
    yield f"{'milliseconds':44}" + "".join(f"{head:>10}" for head in heads)
    for row in rows:
        times = (row.clock_ms, row.clock_p99_ms, row.cpu_ms, row.cpu_p99_ms, row.first_byte_ms)
        numbers = "".join(f"{one:10,.1f}" for one in times)
        yield f"{row.what:44}{row.asked:10,}{numbers}{row.size:10,}{row.grown_mib:10.1f}  {row.broken}".rstrip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="where the archive is, or is made; else it is not kept")
    add_size(parser)
    parser.add_argument("--lookups", type=int, default=2000, help="lookups that are timed (default: 2000)")
    parser.add_argument("--each", type=int, default=20, help="how many of each kind of page (default: 20)")
    parser.add_argument("--json", type=Path, help="where the figures are written too")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        catalog = prepared(folder, size_of(options)).catalog
        rows = [lookups(catalog, options.lookups, chance)]
        of = drawn(catalog, options.each, chance)
        cases = [*window_cases(of, options.each), *archive_cases(of, options.each)]
        with serving(folder) as servers:
            for host in ("window", "archive"):
                servers.ask(host, "/")  # templates and modules are loaded once, not for each page
            rows += [measured(servers, case) for case in cases]
    print(machine())
    print("\n".join(table(rows)))
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1))
    return 1 if any(row.broken for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
