"""A small site on loopback whose pages a test writes, and which remembers what it was asked, and when."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request that came in."""

    path: str
    at: float  # time.monotonic()
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0  # before the head is sent
    chunked: bool = False

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body.encode()


Page = Answer | str | bytes | Callable[[int], Answer]


class Site:
    """Serves `pages` by path: an answer, an HTML text, or a function of how often the path was asked for before."""

    def __init__(self, pages: Mapping[str, Page] | None = None, address: str = "127.0.0.1") -> None:
        self.pages: dict[str, Page] = dict(pages or {})
        self.asked: list[Asked] = []
        self._guard = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                answer = site._answer(self.path, dict(self.headers.items()))
                if answer.wait:
                    time.sleep(answer.wait)
                self.send_response(answer.status)
                headers = {"Content-Type": "text/html; charset=utf-8", **answer.headers}
                if answer.chunked:
                    headers["Transfer-Encoding"] = "chunked"
                else:
                    headers["Content-Length"] = str(len(answer.content))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(answer.content), answer.content)
                self.wfile.write(chunks if answer.chunked else answer.content)

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: Any) -> None:
                """A crawl that is killed leaves connections behind."""

        self._server = Server((address, 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://{address}:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def paths(self) -> list[str]:
        """What was asked for, in order, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def times(self, path: str) -> int:
        return sum(1 for asked in self.asked if asked.path == path)

    def _answer(self, path: str, headers: dict[str, str]) -> Answer:
        with self._guard:
            before = sum(1 for asked in self.asked if asked.path == path)
            self.asked.append(Asked(path, time.monotonic(), headers))
            page = self.pages.get(path, Answer("not here", 404))
        if callable(page):
            return page(before)
        return page if isinstance(page, Answer) else Answer(page)


def listing(*paths: str, pages: int | None = None) -> str:
    """A listing page of the PLA CMS."""
    items = "".join(
        f'<a href="{path}"><div class="title"><h3>Title of {path}</h3>'
        f'<small class="time">2026-01-23 10:00</small></div></a>'
        for path in paths
    )
    pager = "" if pages is None else f"<script>createPageHTML('{pages}','1','index','html','9','fenye')</script>"
    return f"<html><body><div id='main-news-list'>{items}</div>{pager}</body></html>"


def article(text: str = "The drill ended on Friday.", *, pages: int = 1, more: str = "", head: str = "") -> str:
    """A page in the template of /2025xb/."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Drill ends - China Military</title>
    {head}</head><body><div class="article-header"><div class="title"><h1>Drill ends</h1></div><div class="pub-info">
    <dl><dt>Source</dt><dd>PLA Daily</dd><dt>Editor</dt><dd>Li Wei</dd></dl>
    <dl><dt>Time</dt><dd>2026-01-23 15:59:34</dd></dl></div></div>
    <div id="article-content"><div id="main-news-list"><!--HTMLBOX-->
    <p>{text}</p>{more}
    <!--HTMLBOX--></div></div>
    <script>createManuscriptPageHTML('{pages}', '1', '26000001', 'html', '', 'fenye', 'detail');</script>
    </body></html>"""
