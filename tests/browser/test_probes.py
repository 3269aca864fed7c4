"""A page of another site, in Chromium, asks in every way that it has whether a URL is archived, and learns nothing.

What a program can't tell apart: each probe of a captured URL comes to what the same probe of one that is not comes to.
How long an answer takes is not looked at.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from starlette.responses import HTMLResponse

from tests.browser.served import Served, serving_kept
from tests.replay.kept import answered
from tests.web.served import served as served_at

AT = "20260123080000"
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
FRAMES = "<!doctype html><title>Kept</title><h1>Kept</h1>" + "<iframe src='about:blank'></iframe>" * 3
KEPT = {
    "page": answered(FRAMES, url="http://news.example/page"),
    "image": answered(PNG, url="http://news.example/image", head="Content-Type: image/png\r\n"),
    "script": answered("var ran = 1", url="http://news.example/script", head="Content-Type: text/javascript\r\n"),
    "sheet": answered("h1 { color: red }", url="http://news.example/sheet", head="Content-Type: text/css\r\n"),
    "file": answered(b"PK\3\4", url="http://news.example/file", head="Content-Type: application/zip\r\n"),
}
FORMS = ("/view/{at}/{url}", "/view/{url}", "/replay/{at}/{url}", "/web/{url}", "/timegate/{url}", "/cdx?url={url}",
         "/timemap/link/{url}", *(f"/web/{{at}}{mode}_/{{url}}" for mode in ("id", "mp", "if", "im", "cs"))
)  # fmt: skip

EMBEDDED = """async (address) => {
  const loads = (name, set) => new Promise((done) => {
    const element = document.createElement(name);
    element.onload = () => done(`${name} loads`), element.onerror = () => done(`${name} fails`);
    setTimeout(() => done(`${name}: nothing`), 10_000);
    set(element);
    document.body.append(element);
  });
  const fetched = (how) => fetch(address, { mode: "no-cors", ...how }).then(({ type }) => type, () => "refused");
  const came = await Promise.all([
    loads("img", (one) => { one.src = address }),
    loads("script", (one) => { one.src = address }),
    loads("link", (one) => { one.rel = "stylesheet"; one.href = address }),
    loads("object", (one) => { one.data = address }),
    fetched({}),
    fetched({ credentials: "include", headers: { accept: "text/html" } }),
  ]);
  const frame = document.createElement("iframe");
  await new Promise((done) => {
    frame.onload = () => setTimeout(() => done(came.push("frame loads")), 200);
    setTimeout(() => done(came.push("frame: nothing")), 10_000);
    frame.src = address;
    document.body.append(frame);
  });
  const seen = () => { try { return frame.contentWindow.location.href } catch { return "not ours" } };
  came.push(`${frame.contentWindow.length} frames in it`, seen());
  const entries = performance.getEntriesByName(address).map((one) =>
    [one.initiatorType, one.responseStatus, one.transferSize, one.encodedBodySize, one.decodedBodySize,
     one.redirectStart, one.contentType ?? "", one.nextHopProtocol].join(" "));
  frame.remove();
  return [...came, ...entries.sort()];
}"""
OPENED = """async (address) => {
  const opened = window.open(address);
  await new Promise((done) => setTimeout(done, 1500));
  let place;
  try { place = opened.location.href } catch { place = "not ours" }
  const told = [opened.closed, opened.length, place];
  opened.close();
  return told;
}"""
ALL = "async (addresses) => Promise.all(addresses.map(%s))"

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("probed")
    with serving_kept(folder, *KEPT.values()) as served:
        yield served


@pytest.fixture
def evil(page: Page) -> Iterator[Page]:
    """A page of another site."""
    with served_at(lambda _: HTMLResponse("<h1>Of another site</h1>")) as port:
        page.goto(f"http://evil.localhost:{port}/")
        yield page


def asked(evil: Page, served: Served, kind: str, probe: str) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Yield, of each form, what the probe of a capture comes to, and that of what there is none of."""
    url = KEPT[kind].url
    there, other = ([served.origins.archive + form.format(at=AT, url=one) for form in FORMS] for one in (url, url[:-1]))
    yield from zip(there, *(evil.evaluate(ALL % probe, addresses) for addresses in (there, other)), strict=True)


@pytest.mark.parametrize("kind", KEPT)
def test_what_is_embedded_tells_nothing(evil: Page, served: Served, kind: str) -> None:
    for address, there, other in asked(evil, served, kind, EMBEDDED):
        assert there == other, address
        assert "1 frames in it" not in there, address


@pytest.mark.parametrize("kind", ["page", "file"])
def test_what_is_opened_tells_nothing(evil: Page, served: Served, kind: str) -> None:
    for address, there, other in asked(evil, served, kind, OPENED):
        assert there == other, address
        assert there[:2] == [True, 0], address  # it has lost hold of the window


def test_the_same_probes_tell_all_where_nothing_is_refused(evil: Page) -> None:
    """As they would if another site answered so."""

    async def careless(scope: Any, receive: Any, send: Any) -> None:
        there = scope["path"] == "/there"
        await HTMLResponse(FRAMES if there else "", 200 if there else 404)(scope, receive, send)

    with served_at(lambda _: careless) as port:
        there, other = (f"http://127.0.0.1:{port}/{name}" for name in ("there", "other"))
        differ = set(evil.evaluate(EMBEDDED, there)) - set(evil.evaluate(EMBEDDED, other))
        assert {"object loads", "3 frames in it"} <= differ
        assert evil.evaluate(OPENED, there) != evil.evaluate(OPENED, other)


def test_who_follows_a_link_of_another_site_comes_to_what_it_names(evil: Page, served: Served) -> None:
    for form, shown in (("/view/{at}/{url}", "iframe"), ("/web/{at}mp_/{url}", "h1"), ("/web/{at}id_/{url}", "h1")):
        address = served.origins.archive + form.format(at=AT, url=KEPT["page"].url)
        home = evil.url
        evil.evaluate("(to) => { location.href = to }", address)
        evil.wait_for_url(address)
        expect(evil.locator(shown).first).to_be_visible()
        evil.go_back()  # past the step, to where the link was
        evil.wait_for_url(home)


def test_the_windows_own_frames_go_on_working(page: Page, served: Served) -> None:
    page.goto(f"{served.origins.window}/side-by-side?url={KEPT['page'].url}")
    expect(page.frame_locator("iframe").first.locator("h1")).to_have_text("Kept")
