"""An outlet whose every response carries a nonce, and that knows which responses its visitor had kept.

Each article shows an image whose name is the nonce of that very response. The crawl asks for the image only after it
has read the article, and it reads nothing that the recorder has not acknowledged: so a request for the image is the
proof, seen from outside, that the article's exchange was acknowledged.
"""

from __future__ import annotations

import re
import secrets
import struct
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from config.outlet import Outlet

ARTICLES_A_LISTING = 24
FIRST_ID = 30_000_000

LISTING = """<!doctype html><html><head><meta charset="utf-8"><title>News</title></head><body>
<ul id="main-news-list"><!--HTMLBOX-->{items}<!--HTMLBOX--></ul></body></html>"""

PUBLISHED = "2026-01-23 15:59:34"
ARTICLE = """<!doctype html><html><head><meta charset="utf-8"><title>Story {id} - China Military</title>
<meta name="catalogs" content="cbf-1" id="node-id-path"/><meta name="contentid" content="cbf-{id}" />
<meta ame="publishdate" content="2026-01-23"/></head><body><h1 class="site-name">China Military</h1>
<div class="article-header"><div class="title"><h1>Story {id}</h1></div><div class="pub-info">
<dl class="float-left"><dt>Source</dt><dd>Nowhere</dd><dt>Editor</dt><dd>Nobody</dd></dl>
<dl class="float-right"><dt>Time</dt><dd>2026-01-23 15:59:34</dd></dl></div></div>
<div class="article-content" id="article-content"><div class="content"><div id="main-news-list"><!--HTMLBOX-->
<p class="ueditor-text-p_display">Story {id} was written so that a crawl can be cut off while it is being kept, at any
moment, and nothing of it be lost.</p>
<p class="ueditor-paragraph-media ueditor-paragraph-img">
<img src="/2025xb/N/_attachment/2026/01/23/{id}_{nonce}.png"></p>
<!--HTMLBOX--></div></div></div></body></html>"""


class NonceOutlet:
    """Serves on loopback while the `with` block runs. `sent` are the nonces of responses sent whole, `kept` those whose
    exchanges are known to have been acknowledged."""

    def __init__(self, seconds_a_response: float = 0.01) -> None:
        self.sent: set[str] = set()
        self.kept: set[str] = set()
        self._lock = threading.Lock()
        self._next_id = FIRST_ID
        outlet = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                time.sleep(seconds_a_response)
                nonce = secrets.token_hex(16)
                status, kind, body = outlet.answer(self.path, nonce)
                self.send_response(status)
                self.send_header("X-Nonce", nonce)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                outlet.sent.add(nonce)

            def log_message(self, *_: Any) -> None: ...

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                """The visitor was killed in the middle of a response: that is what this outlet is for."""

        self._server = Server(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def facts(self) -> Outlet:
        """What its file would say."""
        pattern = r"http://127\.0\.0\.1:\d+/2025xb/N/(?P<id>\d{8})(?:_(?P<page>\d+))?\.html"
        return Outlet.model_validate(
            {
                "id": "nonce",
                "name": "Nonce",
                "home": self.url,
                "language": "en",
                "timezone": "Asia/Shanghai",
                "politeness": {"delay": 0, "jitter": 0, "concurrency": 4, "timeout": "20s", "retries": 0},
                "sources": [{"url": f"{self.url}/2025xb/N/index.html"}],
                "articles": [{"era": "2025xb", "cms": "cbf", "url": pattern}],
                "readers": ["pla-2025xb"],
                "ladder": ["30d"],
                "audit_share": 0,
                "confirm_after": "1s",
                "allow_private": True,
            }
        )

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, nonce: str) -> tuple[int, str, bytes]:
        if path == "/2025xb/N/index.html":
            with self._lock:
                ids = range(self._next_id, self._next_id + ARTICLES_A_LISTING)
                self._next_id += ARTICLES_A_LISTING
            items = "".join(f'<li><a href="/2025xb/N/{number}.html"><h3>Story {number}</h3></a></li>' for number in ids)
            return 200, "text/html", LISTING.format(items=items).encode()
        if found := re.fullmatch(r"/2025xb/N/(\d{8})\.html", path):
            return 200, "text/html", ARTICLE.format(id=found[1], nonce=nonce).encode()
        if found := re.fullmatch(r".*/\d{8}_([0-9a-f]{32})\.png", path):
            self.kept.add(found[1])
            return 200, "image/png", _png(secrets.token_bytes(600))
        return 404, "text/html", b"<html><body>nothing here</body></html>"


def _png(noise: bytes) -> bytes:
    """A grey picture of 20 rows that no compression makes small, so that WARCs grow."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + noise[row * 30 : row * 30 + 30] for row in range(20))
    header = struct.pack(">IIBBBBB", 30, 20, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
