"""WARC writing, ours against warcio's `write_record`: records a second, and the size of the file.

Both write a request and a response record for each exchange into memory, gzip a record, digests of block and payload.
Ours is also timed with all that it does for a capture: the third (metadata) record and the digest of the decoded body.
The pages are real ones where a folder of them is given, else made; three mixes show what compression is worth:

  plain   HTML as a server sends it that knows no compression
  coded   the same pages gzipped by the server, as most send them to a client that asks
  mixed   seven pages in ten coded, three images that no compression makes smaller
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from warcio.warcwriter import WARCWriter

from bench.machine import machine
from storage.entity import entity_of
from storage.exchange import Exchange, Outcome, Purpose, Role
from storage.warc import REQUEST, RESPONSE, encode_group, new_record_id, packed_length, warc_record

AT = datetime(2026, 1, 23, 8, 0, tzinfo=UTC)
DATE = "2026-01-23T08:00:00.000000Z"
WARCINFO = new_record_id()
REQUEST_BYTES = b"GET /a/%d.html HTTP/1.1\r\nHost: news.example\r\nAccept-Encoding: gzip\r\n\r\n"


def made_pages(count: int) -> list[bytes]:
    """Pages of 20 to 80 kB that compress about as news pages do (to a fifth)."""
    rng = random.Random(1)
    words = ["".join(rng.choices("abcdefghijklmnoprstuvwy", k=rng.randint(2, 11))) for _ in range(4000)]
    frame = "".join(f'<li class="menu-{n}"><a href="/section/{n}/index.html">{words[n]}</a></li>\n' for n in range(150))
    pages = []
    for _ in range(count):
        text = "".join(f"<p>{' '.join(rng.choices(words, k=60))}</p>\n" for _ in range(rng.randint(20, 150)))
        pages.append(f"<html><head><title>{words[0]}</title></head><body><ul>{frame}</ul>{text}</body></html>".encode())
    return pages


def real_pages(folder: Path, count: int) -> list[bytes]:
    found = [path.read_bytes() for path in sorted(folder.rglob("*.htm*")) if path.stat().st_size > 5_000]
    return (found * (count // len(found) + 1))[:count] if found else []


def exchanges(pages: list[bytes], mix: str) -> list[Exchange]:
    rng = random.Random(2)
    made = []
    for number, page in enumerate(pages):
        if mix == "mixed" and number % 10 >= 7:
            head, body = b"Content-Type: image/jpeg\r\n", rng.randbytes(len(page))
        elif mix == "plain":
            head, body = b"Content-Type: text/html\r\n", page
        else:
            head, body = b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n", gzip.compress(page, 6, mtime=0)
        response = b"HTTP/1.1 200 OK\r\nServer: nginx\r\n%sContent-Length: %d\r\n\r\n%s" % (head, len(body), body)
        made.append(
            Exchange(
                url=f"http://news.example/a/{number}.html",
                started_at=AT,
                request=REQUEST_BYTES % number,
                response=response,
                interim=b"",
                complete=True,
                outcome=Outcome.RESPONSE,
                role=Role.ARTICLE,
                purpose=Purpose.NEW,
                ip="192.0.2.1",
            )
        )
    return made


def by_warcio(work: list[Exchange]) -> int:
    sink = io.BytesIO()
    writer = WARCWriter(sink, gzip=True, warc_version="1.1")
    for one in work:
        for kind, block in (("request", one.request), ("response", one.response)):
            record = writer.create_warc_record(
                one.url,
                kind,
                payload=io.BytesIO(block),
                length=len(block),
                warc_headers_dict={"WARC-Date": DATE, "WARC-IP-Address": "192.0.2.1"},
            )
            writer.write_record(record)
    return sink.tell()


def by_ours(work: list[Exchange]) -> int:
    """The same two records, with the same fields as warcio's."""
    size = 0
    for one in work:
        entity = entity_of(one.response)
        common = (("WARC-Target-URI", one.url), ("WARC-Date", DATE), ("WARC-IP-Address", "192.0.2.1"))
        request = (("WARC-Record-ID", f"<{new_record_id()}>"), *common, ("Content-Type", REQUEST))
        response = (
            ("WARC-Record-ID", f"<{new_record_id()}>"),
            *common,
            ("WARC-Payload-Digest", entity.payload_digest),
            ("Content-Type", RESPONSE),
        )
        size += len(warc_record("request", request, one.request))
        size += len(warc_record("response", response, one.response, packed=packed_length(entity, one.response)))
    return size


def by_ours_whole(work: list[Exchange]) -> int:
    """All that is written for a capture."""
    return sum(len(encode_group(one, warcinfo_id=WARCINFO).data) for one in work)


def timed(write: Callable[[list[Exchange]], int], work: list[Exchange]) -> tuple[float, int]:
    start = time.process_time()
    size = write(work)
    return time.process_time() - start, size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exchanges", type=int, default=300, help="how many a round (default: 300)")
    parser.add_argument("--rounds", type=int, default=5, help="each is timed so often, in turns; the best counts")
    parser.add_argument("--pages", type=Path, help="a folder of saved pages (*.htm*) to use instead of made ones")
    options = parser.parse_args()
    pages = (real_pages(options.pages, options.exchanges) if options.pages else []) or made_pages(options.exchanges)
    print(machine())
    print(f"{len(pages)} exchanges, {sum(map(len, pages)) / len(pages) / 1000:.0f} kB a page, best of {options.rounds}")
    columns = ("mix", "warcio", "ours", "ratio", "size", "whole capture", "ratio", "size")
    print("{:6} {:>14} {:>14} {:>6} {:>7} | {:>14} {:>6} {:>7}".format(*columns))
    for mix in ("plain", "coded", "mixed"):
        work = exchanges(pages, mix)
        best: dict[Callable[[list[Exchange]], int], tuple[float, int]] = {}
        for _ in range(options.rounds):
            for write in (by_warcio, by_ours, by_ours_whole):
                best[write] = min(best.get(write, (9e9, 0)), timed(write, work))
        theirs, ours, whole = best[by_warcio], best[by_ours], best[by_ours_whole]
        rates = [len(work) / seconds for seconds, _ in (theirs, ours, whole)]
        print(
            f"{mix:6} {rates[0]:9,.0f} ex/s {rates[1]:9,.0f} ex/s {rates[1] / rates[0]:5.2f}x"
            f" {ours[1] / theirs[1] - 1:+6.1%} | {rates[2]:9,.0f} ex/s {rates[2] / rates[0]:5.2f}x"
            f" {whole[1] / theirs[1] - 1:+6.1%}"
        )


if __name__ == "__main__":
    main()
