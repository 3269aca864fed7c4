"""What archived pages do beside being read, in a real browser: sound, sockets, JSON as scripts. And a new worker."""

from __future__ import annotations

import io
import random
import re
import wave
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Response, expect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.browser.chromium import Canary
from tests.browser.served import Served, serving_kept
from tests.replay.kept import answered

pytestmark = pytest.mark.usefixtures("full_replay")

AT = "20260123080000"
SECONDS = 600

LISTENS = """<audio id="talk" src="/talk.wav" preload="auto"></audio><p id="said"></p><script>
const talk = document.getElementById("talk");
talk.addEventListener("loadedmetadata", () => { talk.currentTime = 590; });
talk.addEventListener("seeked", () => {
  document.getElementById("said").textContent = `at ${talk.currentTime} of ${talk.duration}`;
});
</script>"""
TICKS = """<p id="said">waits</p><script>
const ticker = new WebSocket("wss://ticker.outside.example/feed");
ticker.onmessage = () => { document.getElementById("said").textContent = "heard"; };
ticker.send?.("hello");
document.getElementById("said").textContent = "goes on";
</script>"""
CALLS = """<p id="said"></p><script>
function shown(figures) { document.getElementById("said").textContent = `${figures.ships} ships`; }
</script><script src="http://data.example/figures?callback=shown"></script>"""
SOON = """<h1>Soon</h1><script>fetch("/late.json")</script>"""
LATE = """<h1>Late</h1><script>setTimeout(() => fetch("/late.json"), 3000)</script>"""
"""Browsers look for another version of the worker about a second after a page has begun."""


def sound() -> bytes:
    """Noise, which no browser could guess the end of: 16 bits, 8,000 times a second."""
    written = io.BytesIO()
    with wave.open(written, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(8000)
        wav.writeframes(random.Random(1).randbytes(2 * 8000 * SECONDS))
    return written.getvalue()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("parts")
    pages = {"listens": LISTENS, "ticks": TICKS, "calls": CALLS, "soon": SOON, "late": LATE}
    with serving_kept(
        folder,
        *(answered(f"<!doctype html><body>{page}", url=f"http://odd.example/{name}") for name, page in pages.items()),
        answered(sound(), url="http://odd.example/talk.wav", head="Content-Type: audio/wav\r\n"),
        answered("{}", url="http://odd.example/late.json", head="Content-Type: application/json\r\n"),
        answered(
            'shown({"ships": 14})',
            url="http://data.example/figures?callback=shown",
            head="Content-Type: text/javascript\r\n",
        ),
    ) as served:
        yield served


@pytest.mark.parametrize(("name", "said"), [("listens", "at 590 of 600"), ("calls", "14 ships")])
def test_it_works_as_it_did(page: Page, served: Served, name: str, said: str) -> None:
    page.goto(served.replay(AT, f"http://odd.example/{name}"))
    expect(page.frame_locator("#replay").locator("#said")).to_have_text(said, timeout=20_000)


def test_a_socket_leads_nowhere_and_stops_nothing(page: Page, served: Served, bird: Canary) -> None:
    bird.came.clear()
    page.goto(served.replay(AT, "http://odd.example/ticks"))
    said = page.frame_locator("#replay").locator("#said")
    expect(said).to_have_text("goes on")
    page.wait_for_timeout(1000)
    expect(said).to_have_text("goes on")
    assert bird.came == []


def older(app: ASGIApp) -> ASGIApp:
    """The hosts with a worker of another version, whose policy says so."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [header for header in message["headers"] if header[0] != b"content-length"]
            elif scope["path"] == "/policy.js":
                message["body"] = message["body"].replace(b"const POLICY = {", b'const POLICY = {"X-Older": "1", ')
                message["body"] = message["body"].replace(b'const VERSION = "', b'const VERSION = "older')
            else:
                message["body"] = message["body"].replace(b'data-version="', b'data-version="older')
            await send(message)

        await app(scope, receive, sending if scope["path"] in ("/boot", "/policy.js") else send)

    return answer


def test_a_new_version_of_the_worker_begins_the_first_replay(page: Page, served: Served) -> None:
    by: list[bool] = []

    def came(response: Response) -> None:
        if re.search("if_/http://odd.example/(soon|late)$", response.url):
            by.append("x-older" in response.headers)

    page.on("response", came)
    newer, served.archived.app = served.archived.app, older(served.archived.app)
    try:
        page.goto(served.replay(AT, "http://odd.example/soon"))
        expect(page.locator("#parts")).to_contain_text("2 parts", timeout=20_000)
    finally:
        served.archived.app = newer
    served.forget()
    page.goto(served.replay(AT, "http://odd.example/late"))
    expect(page.locator("#parts")).to_contain_text("2 parts", timeout=20_000)  # nothing took over while it was counted
    assert by == [True, False]
    page.goto(served.replay(AT, "http://odd.example/soon"))
    expect(page.locator("#parts")).to_contain_text("2 parts", timeout=20_000)
    assert not [path for _, path in served.archived.asked if path.startswith("/wabac/")]  # 1.2 MB, kept by the browser
