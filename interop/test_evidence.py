"""A file of evidence is a WACZ to others: py-wacz calls it valid, and ReplayWeb.page opens both states in Chromium."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

REPLAYWEBPAGE = Path(sys.prefix) / "replaywebpage" / "package"
STATES = {"older": "36 days", "newer": "63 days"}
"""What the demo's script has the article say before and after."""


@pytest.fixture(scope="session")
def evidence(made: Path) -> Path:
    """Return the file of evidence that `palimpsest evidence` wrote of the demo's archive."""
    return made / "evidence.wacz"


@pytest.fixture(scope="session")
def pages(evidence: Path) -> list[dict[str, Any]]:
    """Return the pages that the file names."""
    with zipfile.ZipFile(evidence) as file:
        lines = file.read("pages/pages.jsonl").splitlines()
    return [json.loads(line) for line in lines[1:]]


@pytest.fixture(scope="session")
def site(evidence: Path) -> Iterator[str]:
    """Serve ReplayWeb.page and the file on loopback, as a plain web server does: whole files and ranges of them."""

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            file = evidence if path == "/evidence.wacz" else REPLAYWEBPAGE / (path.lstrip("/") or "index.html")
            if not file.is_file():
                self.send_error(404)
                return
            data = file.read_bytes()
            asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
            total = len(data)
            if asked:
                start = int(asked[1]) if asked[1] else total - int(asked[2])
                end = min(int(asked[2]), total - 1) if asked[1] and asked[2] else total - 1
                data = data[start : end + 1]
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {start}-{end}/{total}")
            else:
                self.send_response(200)
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def tab(site: str) -> Iterator[Page]:
    """Open a tab that must ask nobody but `site` for anything."""
    chromium = shutil.which("chromium")
    assert chromium, "there is no chromium here (apt-get install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        asked: list[str] = []
        page.context.on("request", lambda request: asked.append(request.url))
        yield page
        browser.close()
    away = [url for url in asked if not url.startswith((f"{site}/", "data:", "blob:"))]
    assert asked
    assert not away


def validated(file: Path) -> subprocess.CompletedProcess[str]:
    """Return what py-wacz says of a file."""
    wacz = Path(sys.executable).parent / "wacz"
    return subprocess.run([wacz, "validate", "-f", file], capture_output=True, text=True, check=False)


def test_py_wacz_calls_it_valid(evidence: Path) -> None:
    """All of its checks pass: contents, the data package by frictionless, every file's hash."""
    done = validated(evidence)
    assert done.returncode == 0, done.stdout
    assert "the passed WACZ is valid" in done.stdout


def test_and_not_where_a_file_was_altered(evidence: Path, tmp_path: Path) -> None:
    """That the check sees anything at all."""
    altered = tmp_path / "altered.wacz"
    with zipfile.ZipFile(evidence) as old, zipfile.ZipFile(altered, "w") as new:
        for name in old.namelist():
            more = b"\n" if name == "log/00000001.json" else b""
            new.writestr(name, old.read(name) + more)
    done = validated(altered)
    assert done.returncode == 1
    assert re.search(r"'log/00000001\.json': \[\{.*hash", done.stdout, re.DOTALL)


def test_replaywebpage_lists_both_states(tab: Page, site: str, pages: list[dict[str, Any]]) -> None:
    """Its list of pages has a line for each capture of a state, with its title."""
    tab.goto(f"{site}/?source=/evidence.wacz#view=pages")
    for page in pages:
        tab.locator("a", has_text=page["title"]).wait_for()
    assert {state for state in STATES for page in pages if f"({state} state" in page["title"]} == set(STATES)


@pytest.mark.parametrize("state", STATES)
def test_replaywebpage_shows_each_state(tab: Page, site: str, pages: list[dict[str, Any]], state: str) -> None:
    """Replayed by its service worker, the page has the number of that state and not the other."""
    page = next(page for page in pages if f"({state} state" in page["title"])
    stamp = re.sub(r"\D", "", page["ts"])
    tab.goto(f"{site}/?source=/evidence.wacz#view=pages&url={page['url']}&ts={stamp}")
    shown = tab.frame_locator("iframe").get_by_text(STATES[state])
    shown.wait_for()
    (other,) = set(STATES.values()) - {STATES[state]}
    assert not tab.frame_locator("iframe").get_by_text(other).count()
