"""A loopback crawl with full capture, against the same Scrapy crawl without an archive.

    .venv/bin/python -m bench.crawl_capture [--pages 2000] [--runs 5] [--gzip] [--parse] [--stock] [--tls]
    .venv/bin/python -m bench.crawl_capture --memory          peak memory at 1,000 and at 10,000 pages

A server process serves news-like pages of 50-130 kB; crawls alternate (with, without, with …), each in a process of its
own, and the medians of their pages/s are compared. Time is taken in the crawl from its first request to its last
response, so that neither start-up nor the interpreter counts. `--parse` lets the spider parse every page, as a crawl
that looks for requisites does; without it the callback does nothing, the hardest case for us. Both crawls have the
settings of ours that make Scrapy faster; `--stock` compares with a crawl that has Scrapy's own.

The recorder is a process beside the crawl's, and the server needs a fifth of a millisecond a page of what the two leave
of the cores: with two cores, rates mean something on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from bench.machine import machine

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = 64
QUEUED = 64  # requests that wait at any time
GOAL = 0.90


def pages(count: int, seed: int = 7) -> list[bytes]:
    """Make pages like an outlet's: a frame of menus that is the same on all, and an article of its own words.

    Words are used as often as in a language (Zipf's law), so that pages compress as news pages do: about 4 to 1.
    """
    chance = random.Random(seed)
    words = ["".join(chance.choices("etaoinshrdlucmfwypvbgk", k=chance.randint(2, 11))) for _ in range(6000)]
    frequency = [1 / rank for rank in range(3, 6003)]
    menu = "".join(
        f'<li class="menu-{n % 9}"><a href="/section/{n}/index.html">{words[n]}</a></li>\n' for n in range(400)
    )
    made = []
    for number in range(count):
        size = chance.randint(50_000, 130_000)
        text: list[str] = []
        length = len(menu)
        while length < size:
            paragraph = " ".join(chance.choices(words, frequency, k=80))
            text.append(f'<p style="text-indent: 2em">{paragraph}.</p>\n')
            length += len(text[-1])
        body = f"<ul>{menu}</ul>{''.join(text)}"
        made.append(f"<!DOCTYPE html><html><head><title>{number}</title></head><body>{body}</body></html>".encode())
    return made


async def serve(zipped: bool, certificate: str | None) -> None:
    """Answer every GET with a page that carries the path, from one process on a free port, which is printed."""
    templates = pages(TEMPLATES)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: bench\r\n"

    def answer(path: bytes) -> bytes:
        number = int(path.rpartition(b"/")[2] or 0)
        body = templates[number % TEMPLATES] + b"<!-- %s -->" % path
        if zipped:  # a member for the page, one for the mark: a legal gzip body, made without compressing each time
            body = zipped_templates[number % TEMPLATES] + gzip.compress(b"<!-- %s -->" % path, 1)
            return head + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        return head + b"Content-Length: %d\r\n\r\n" % len(body) + body

    zipped_templates = [gzip.compress(page, 6) for page in templates] if zipped else []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while request := await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b"":
            writer.write(answer(request.split(b" ", 2)[1]))
            await writer.drain()

    async def talk_quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    context = None
    if certificate:
        import ssl

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    server = await asyncio.start_server(talk_quietly, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


def crawl(folder: Path, base: str, count: int, *, captured: bool, parse: bool, stock: bool) -> None:
    """Crawl `count` pages in this process and print the figures as JSON."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    from config.clock import Clock
    from crawlers.context import CaptureContext
    from crawlers.handler import capture_settings
    from crawlers.recorder import Recorder
    from crawlers.recording import RecordingProcess
    from crawlers.revisits import NoOriginals
    from crawlers.spool_writer import SpoolWriter
    from storage.exchange import Purpose, Role

    context = CaptureContext(Role.ARTICLE, Purpose.NEW, via=base)

    class Pages(scrapy.Spider):
        name = "pages"
        allow_private = True
        clock = Clock()
        recorder: RecordingProcess | None = None
        asked = 0
        seen = 0
        wrong = 0
        first = last = cpu = 0.0

        async def start(self) -> AsyncIterator[scrapy.Request]:
            self.first, self.cpu = monotonic(), process_time()
            for _ in range(min(count, QUEUED)):
                if self.asked < count:  # callbacks ask, too, before Scrapy has taken all of these
                    yield self.following()

        def following(self) -> scrapy.Request:
            self.asked += 1
            return scrapy.Request(f"{base}/news/{self.asked}", meta={"capture": context}, dont_filter=True)

        def parse(self, response: Any) -> Iterator[scrapy.Request]:
            self.seen += 1
            self.wrong += len(response.body) < 50_000
            if parse:
                response.css("a::attr(href)").getall()
            self.last = monotonic()
            # One for one, as Scrapy takes all of `start` into its queue: a kilobyte a request that is no page's.
            if self.asked < count:
                yield self.following()

    settings = {
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "COOKIES_ENABLED": False,
        "DEFAULT_REQUEST_HEADERS": {"Accept-Encoding": "gzip"},
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "LOG_LEVEL": "WARNING",
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingHostnameResolver",
    }
    if (
        not stock
    ):  # as in crawlers.settings: Scrapy's own values (100 tasks a response, its source parsed) halve its speed
        settings |= {"CONCURRENT_ITEMS": 1, "WARN_ON_GENERATOR_RETURN_VALUE": False}
    if captured:
        (folder / "spool").mkdir()

        def make() -> Recorder:
            writer = SpoolWriter(folder / "spool", "bench", (("software", "bench"),), clock=Clock())
            return Recorder(writer, NoOriginals())

        recorder = RecordingProcess(make)
        Pages.recorder = recorder
        settings |= capture_settings()
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Pages)
    process.crawl(crawler)
    process.start()
    cpu = process_time()
    written = 0
    if captured:
        recorder.close()
        written = sum(path.stat().st_size for path in (folder / "spool").glob("*.warc.gz"))
    recorder_use = resource.getrusage(resource.RUSAGE_CHILDREN)
    spider: Any = crawler.spider
    assert (spider.seen, spider.wrong) == (count, 0), (spider.seen, spider.wrong)
    print(
        json.dumps(
            {
                "rate": count / (spider.last - spider.first),
                "crawl_ms": 1000 * (cpu - spider.cpu) / count,
                "recorder_ms": 1000 * (recorder_use.ru_utime + recorder_use.ru_stime) / count,
                "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "recorder_peak_mib": recorder_use.ru_maxrss / 1024,  # much of it shared: it is forked
                "written": written,
            }
        )
    )


@contextmanager
def serving(zipped: bool, folder: Path, tls: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """Run the server process; give its address and what the crawls need in their environment."""
    arguments = [*(["--gzip"] if zipped else [])]
    environment = dict(os.environ)
    if tls:
        import trustme

        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "ca.pem"))
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))
        arguments += ["--certificate", str(folder / "server.pem")]
        environment["SSL_CERT_FILE"] = str(folder / "ca.pem")
    command = [sys.executable, "-m", "bench.crawl_capture", "--serve", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        try:
            yield f"{'https' if tls else 'http'}://127.0.0.1:{port}", environment
        finally:
            server.terminate()


def run_once(
    base: str, environment: dict[str, str], count: int, *, captured: bool, parse: bool, stock: bool = False
) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        command = [sys.executable, "-m", "bench.crawl_capture", "--crawl", folder, base, "--pages", str(count)]
        command += [
            *(["--captured"] if captured else []),
            *(["--parse"] if parse else []),
            *(["--stock"] if stock else []),
        ]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description="crawl with capture against the same crawl without")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--gzip", action="store_true", help="the server compresses its pages")
    parser.add_argument("--parse", action="store_true", help="the spider parses each page")
    parser.add_argument("--stock", action="store_true", help="the crawl without runs with Scrapy's own settings")
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--certificate", help=argparse.SUPPRESS)
    parser.add_argument("--crawl", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--captured", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        asyncio.run(serve(given.gzip, given.certificate))
        return
    if given.crawl:
        crawl(
            Path(given.crawl[0]),
            given.crawl[1],
            given.pages,
            captured=given.captured,
            parse=given.parse,
            stock=given.stock,
        )
        return
    print(machine())
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, serving(given.gzip, Path(folder), given.tls) as place:
        if given.memory:
            for count in (1000, 10_000):
                figures = run_once(*place, count, captured=True, parse=given.parse)
                peaks = f"{figures['peak_mib']:.0f} MiB and {figures['recorder_peak_mib']:.0f} MiB in its recorder"
                print(f"{count:6} pages: peak {peaks}, {figures['rate']:.0f} pages/s")
            return
        runs: dict[bool, list[dict[str, float]]] = {True: [], False: []}
        for _ in range(given.runs):
            for captured in (True, False):
                stock = given.stock and not captured
                runs[captured].append(run_once(*place, given.pages, captured=captured, parse=given.parse, stock=stock))
        rates = {captured: statistics.median(run["rate"] for run in done) for captured, done in runs.items()}
        for captured, done in runs.items():
            middle = {name: statistics.median(run[name] for run in done) for name in done[0]}
            print(
                f"{'with capture' if captured else 'without     '}  {middle['rate']:6.0f} pages/s  "
                f"{middle['crawl_ms']:.2f} ms CPU a page, {middle['recorder_ms']:.2f} more in the recorder  "
                f"peak {middle['peak_mib']:.0f} and {middle['recorder_peak_mib']:.0f} MiB  "
                f"{middle['written'] / given.pages / 1000:.1f} kB written a page  "
                f"(rates {', '.join(format(run['rate'], '.0f') for run in done)})"
            )
        own = [statistics.median(run["crawl_ms"] for run in runs[captured]) for captured in (False, True)]
        print(
            f"ratio {rates[True] / rates[False]:.3f} (goal {GOAL:.2f}); {own[0] / own[1]:.3f} by the CPU time of "
            "the crawl's process, which is the ratio where cores are free for the recorder and the server"
        )


if __name__ == "__main__":
    main()
