"""gzip, warcio, FastWARC and cdxj-indexer read every record as it was written."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

TOOLS = Path(sys.executable).parent


def test_gzip_finds_every_file_whole(made: Path, warcs: list[dict[str, Any]]) -> None:
    """`gzip -t` is content."""
    for warc in warcs:
        for name in (warc["warc"], warc["cdxj"]):
            subprocess.run(["gzip", "-t", str(made / name)], check=True)


def test_warcio_reads_every_record_with_its_block(made: Path, warcs: list[dict[str, Any]]) -> None:
    """The records, their places and their blocks are the same for warcio, and its block digests hold."""
    for warc in warcs:
        found = []
        with (made / warc["warc"]).open("rb") as file:
            records = ArchiveIterator(file, no_record_parse=True, check_digests=True)
            for record in records:
                block = record.raw_stream.read()
                assert not [problem for problem in record.digest_checker.problems if "block digest" in problem]
                name = record.rec_headers.get_header("WARC-Record-ID")
                found.append((name, record.rec_type, records.get_record_offset(), records.get_record_length(), block))
        assert found == [tuple(r[key] for key in ("id", "type", "offset", "length", "block")) for r in warc["records"]]


def test_warcio_check_is_content_but_for_known_false_alarms(made: Path, warcs: list[dict[str, Any]]) -> None:
    """`warcio check` doubts payload digests only where its reading of the standard is known to differ."""
    for warc in warcs:
        done = subprocess.run(
            [TOOLS / "warcio", "check", "-v", made / warc["warc"]], capture_output=True, text=True, check=False
        )
        doubted: dict[str, list[str]] = {}
        name = ""
        for line in done.stdout.splitlines():
            if match := re.search(r"WARC-Record-ID (<[^>]*>)", line):
                name = match.group(1)
            elif "failed" in line or "unknown" in line:
                doubted.setdefault(name, []).append(line.strip())
        known = {record["id"]: record["false_alarm"] for record in warc["records"] if record["false_alarm"]}
        assert set(doubted) <= set(known), {name: doubted[name] for name in set(doubted) - set(known)}
        for name, lines in doubted.items():
            sys.stdout.write(f"{warc['warc']} {name}: {known[name]}\n")
            assert all(line.startswith("payload digest failed") for line in lines)
        assert len(re.findall("WARC-Record-ID", done.stdout)) == len(warc["records"])


def test_fastwarc_reads_every_record_and_every_block_digest_holds(made: Path, warcs: list[dict[str, Any]]) -> None:
    """The same through a parser that shares no code with warcio."""
    for warc in warcs:
        found = []
        for record in FastIterator((made / warc["warc"]).open("rb"), parse_http=False):
            assert record.verify_block_digest(), record.record_id
            found.append((record.record_id, record.headers["WARC-Type"], record.reader.read()))
        expected = [(record["id"], record["type"], record["block"]) for record in warc["records"]]
        assert [(f"<{name.strip('<>')}>", kind, block) for name, kind, block in found] == expected


def test_fastwarc_check_is_content(made: Path, warcs: list[dict[str, Any]]) -> None:
    """`fastwarc check` exits with 0."""
    for warc in warcs:
        done = subprocess.run(
            [TOOLS / "fastwarc", "check", made / warc["warc"]], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_lines_of_cdxj_indexer_equal_ours(made: Path, warcs: list[dict[str, Any]]) -> None:
    """`cdxj-indexer -s` writes what is in our CDXJ, line for line."""
    for warc in warcs:
        done = subprocess.run(
            [TOOLS / "cdxj-indexer", "-s", made / warc["warc"]], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines() == gzip.decompress((made / warc["cdxj"]).read_bytes()).decode().splitlines()
