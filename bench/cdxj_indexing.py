"""CDXJ indexing, ours against cdxj-indexer: records a second, line for line the same.

The WARC is made by our writer: for each page a request, a response and a metadata record. Ours is timed twice: the CDXJ
alone, and all of `index_warc`, which makes the rows of captures.parquet too. cdxj-indexer runs in this process, so that
its start does not count.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cdxj_indexer.main import CDXJIndexer

from bench.machine import machine
from bench.warc_writing import AT, exchanges, made_pages
from storage.cdxj import cdxj_line, sorted_lines
from storage.warc import encode_group, warcinfo
from storage.warc_index import index_warc
from storage.warc_reader import iterate


def by_theirs(path: Path) -> list[str]:
    output = path.with_suffix(".cdxj")
    CDXJIndexer(str(output), [str(path)], sort=True).process_all()
    return output.read_text().splitlines()


def by_ours(path: Path) -> list[str]:
    lines = (cdxj_line(record, filename=path.name, where=path.name) for record in iterate(path))
    return sorted_lines(line for line in lines if line is not None)


def by_ours_whole(path: Path) -> list[str]:
    return index_warc(path, warc_key=path.name, crawl_id="c").cdxj


def timed(index: Callable[[Path], list[str]], path: Path) -> tuple[float, list[str]]:
    start = time.process_time()
    lines = index(path)
    return time.process_time() - start, lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000, help="pages in the WARC (default: 1000)")
    parser.add_argument("--rounds", type=int, default=5, help="each is timed so often, in turns; the best counts")
    options = parser.parse_args()
    print(machine())
    made = made_pages(options.pages)
    with tempfile.TemporaryDirectory() as folder:
        for mix in ("plain", "coded", "mixed"):
            path = Path(folder) / f"{mix}.warc.gz"
            warcinfo_id, data = warcinfo(path.name, AT, ())
            groups = [encode_group(one, warcinfo_id=warcinfo_id).data for one in exchanges(made, mix)]
            path.write_bytes(b"".join((data, *groups)))
            best: dict[Callable[[Path], list[str]], float] = {}
            lines: dict[Callable[[Path], list[str]], list[str]] = {}
            for _ in range(options.rounds):
                for index in (by_theirs, by_ours, by_ours_whole):
                    seconds, lines[index] = timed(index, path)
                    best[index] = min(best.get(index, 9e9), seconds)
            if not lines[by_theirs] == lines[by_ours] == lines[by_ours_whole]:
                raise SystemExit(f"{mix}: the lines differ")
            records = 3 * options.pages + 1
            rate = {index: records / seconds for index, seconds in best.items()}
            print(
                f"{mix:6} {path.stat().st_size / 1e6:5.1f} MB, {len(lines[by_ours])} lines equal:"
                f" cdxj-indexer {rate[by_theirs]:7,.0f} records/s, ours {rate[by_ours]:7,.0f}"
                f" ({rate[by_ours] / rate[by_theirs]:.2f}x), with rows {rate[by_ours_whole]:7,.0f}"
                f" ({rate[by_ours_whole] / rate[by_theirs]:.2f}x)"
            )


if __name__ == "__main__":
    main()
