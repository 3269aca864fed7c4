"""An outlet that speaks http, until it turns to https and redirects all that is asked of it there, path by path."""

from __future__ import annotations

import hashlib
import re
import ssl
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from config.outlet import Outlet
from tests.flows.nonce_outlet import ARTICLE, LISTING

FIRST_ID = 30_000_000
_IMAGE = re.compile(r'<p class="ueditor-paragraph-media.*?</p>', re.DOTALL)  # its URL has the port, which is another


class TurningOutlet:
    """Serves on loopback while the `with` block runs. `stories` are what its articles say, `asked` all URLs asked for,
    `answered` counts the answers. Pages have the same ETag either way.

    `gone` are articles that it answers for no more. Its http and its https have each a port of their own.
    """

    def __init__(self, context: ssl.SSLContext, stories: int) -> None:
        self.stories = [f"Ship {number} sails home" for number in range(stories)]
        self.gone: set[int] = set()
        self.asked: list[str] = []
        self.answered: Counter[str] = Counter()
        self.turned = False
        self.lists = True
        outlet = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                scheme = "https" if isinstance(self.connection, ssl.SSLSocket) else "http"
                outlet.asked.append(f"{scheme} {self.path}")
                status, headers, body = outlet.answer(scheme, self.path)
                if status == 200:
                    headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()}"'
                    if self.headers["If-None-Match"] == headers["ETag"]:
                        status, body = 304, b""
                outlet.answered[f"{scheme} {status}"] += 1
                self.send_response(status)
                for name, value in {**headers, "Content-Type": "text/html", "Content-Length": len(body)}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None: ...

        self._plain = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._secure = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._secure.socket = context.wrap_socket(self._secure.socket, server_side=True)

    def url(self, number: int, scheme: str = "http") -> str:
        return f"{self._home(scheme)}/2025xb/N/{FIRST_ID + number}.html"

    def _home(self, scheme: str) -> str:
        server = self._secure if scheme == "https" else self._plain
        return f"{scheme}://127.0.0.1:{server.server_address[1]}"

    @property
    def facts(self) -> Outlet:
        """What its file would say."""
        return Outlet.model_validate(
            {
                "id": "turning",
                "name": "Turning",
                "home": self._home("http"),
                "language": "en",
                "timezone": "Asia/Shanghai",
                "politeness": {"delay": 0, "jitter": 0, "concurrency": 4, "timeout": "20s", "retries": 0},
                "sources": [{"url": f"{self._home('http')}/2025xb/N/index.html"}],
                "articles": [
                    {
                        "era": "2025xb",
                        "cms": "cbf",
                        "url": r"https?://127\.0\.0\.1:\d+/2025xb/N/(?P<id>\d{8})(?:_(?P<page>\d+))?\.html",
                    }
                ],
                "readers": ["pla-2025xb"],
                "ladder": ["1h", "1d", "2d", "3d"],
                "audit_share": 0,
                "confirm_after": "1s",
                "allow_private": True,
            }
        )

    def answer(self, scheme: str, path: str) -> tuple[int, dict[str, str], bytes]:
        if self.turned and scheme == "http":
            return 301, {"Location": self._home("https") + path}, b""
        if path == "/2025xb/N/index.html":
            ids = range(FIRST_ID, FIRST_ID + len(self.stories)) if self.lists else ()
            items = "".join(f'<li><a href="/2025xb/N/{number}.html"><h3>A story</h3></a></li>' for number in ids)
            return 200, {}, LISTING.format(items=items).encode()
        number = int(found[1]) - FIRST_ID if (found := re.fullmatch(r"/2025xb/N/(\d{8})\.html", path)) else -1
        if 0 <= number < len(self.stories) and number not in self.gone:
            page = _IMAGE.sub("", ARTICLE.format(id=FIRST_ID + number, nonce=""))
            return 200, {}, page.replace(f"Story {FIRST_ID + number}", self.stories[number]).encode()
        return 404, {}, b"<html><body>nothing here</body></html>"

    def __enter__(self) -> Self:
        for server in (self._plain, self._secure):
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in (self._plain, self._secure):
            server.shutdown()
            server.server_close()
