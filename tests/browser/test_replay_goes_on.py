"""A full replay goes on: pages loaded again, new workers, new windows, steps back, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Served, serving_kept
from tests.replay.kept import PNG, answered

pytestmark = pytest.mark.usefixtures("full_replay")

AT = "20260123080000"
SITE = "http://odd.example"

AGAIN = """<p id="said"></p><script>
var cookie = "named as in our prelude", place = cookie;
const said = (text) => document.getElementById("said").append(text);
addEventListener("message", ({ data }) => said(data));
if (!localStorage.times) {
  localStorage.times = 1;
  localStorage.gone = "no";
  sessionStorage.way = "reloaded";
  location.reload();
} else if (localStorage.times === "1") {
  localStorage.times = 2;
  delete localStorage.gone;
  location.href = location.href;
} else {
  said(`${sessionStorage.way}, ${localStorage.times} times, ${localStorage.gone}`);
  postMessage(", heard", "*");
}
</script>"""
EMPTY = """<p id="said"></p><script>
document.getElementById("said").append(`${localStorage.length} and ${sessionStorage.length}`);
</script>"""
WAITS = """<p id="said"></p><script>
sessionStorage.turn = Number(sessionStorage.turn ?? 0) + 1;
if (!document.cookie.includes("of-the-server")) sessionStorage.turn % 2 ? location.reload() : history.go(0);
document.getElementById("said").append("waits");
</script>"""
LATE = """<h1>Late</h1><script>
onclick = () => {
  const image = new Image(), frame = document.createElement("iframe");
  image.src = "/none.png";
  frame.src = "next";
  document.body.append(image, frame);
};
</script>"""
SENDS = """<p id="said"></p><iframe id="gone" src="/gone.html?a=<b>"></iframe><iframe id="wide" src="wide"></iframe>
<form method="post" action="/search"><input name="q" value="1"><button>Send</button></form><script>
fetch("/api", { method: "POST", body: "a=1" }).then(async (answer) => {
  document.getElementById("said").append(`${answer.status} ${await answer.text()}`);
});
</script>"""
STEERS = f"""<p id="said"></p><script>
addEventListener("message", () => document.getElementById("said").append("answered"));
const speak = Array.constructor("message", "self.parent['post' + 'Message'](message, '*')"); // past wombat
const open = (url) => speak({{ open: {{ timestamp: "{AT}", url }} }});
open("{SITE}/../../../../web/{AT}id_/{SITE}/next");
open("{SITE}/%2e%2e/../../../static/place.js");
open("{SITE}/steers");
</script>"""
RETREATS = """<h1>Retreats</h1><script>
const speak = Array.constructor("message", "self.parent['post' + 'Message'](message, '*')");
setInterval(() => { for (let times = 0; times < 5; times++) speak({ back: true }); }, 50);
console.log("retreats");
</script>"""
PAGES = {
    "again": AGAIN,
    "retreats": RETREATS,
    "steers": STEERS,
    "empty": EMPTY,
    "waits": WAITS,
    "late": LATE,
    "sends": SENDS,
    "links": '<h1>Links</h1><a href="next">Next</a>',
    "next": "<h1>Next</h1><button onclick=history.back()>Back</button>",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("goes_on")
    with serving_kept(
        folder,
        *(answered(f"<!doctype html><body>{page}", url=f"{SITE}/{name}") for name, page in PAGES.items()),
        answered("<p>Ü</p>".encode("utf-16"), url=f"{SITE}/wide"),
        answered(PNG, url=f"{SITE}/i.png", head="Content-Type: image/png\r\n"),
    ) as served:
        yield served


def test_a_page_that_loads_itself_again_finds_what_it_kept_and_the_next_replay_nothing(
    page: Page, served: Served
) -> None:
    said = page.frame_locator("#replay").locator("#said")
    page.goto(served.replay(AT, f"{SITE}/again"))
    expect(said).to_have_text("reloaded, 2 times, undefined, heard")
    page.goto(served.replay(AT, f"{SITE}/empty"))
    expect(said).to_have_text("0 and 0")


def test_a_page_that_waits_for_what_is_not_archived_does_not_load_for_ever(page: Page, served: Served) -> None:
    loaded: list[str] = []
    page.on("request", lambda asked: loaded.append(asked.url) if f"if_/{SITE}/waits" in asked.url else None)
    page.goto(served.replay(AT, f"{SITE}/waits"))
    expect(page.frame_locator("#replay").locator("#said")).to_have_text("waits")
    before = 0
    while before < len(loaded) <= 11:
        before = len(loaded)
        page.wait_for_timeout(2000)
    assert 2 < len(loaded) <= 11


def test_a_new_worker_goes_on_counting(page: Page, served: Served) -> None:
    """Chromium ends one that had nothing to do for half a minute."""
    page.goto(served.replay(AT, f"{SITE}/late"))
    expect(page.locator("#parts")).to_contain_text("1 part")
    browser = page.context.new_cdp_session(page)
    browser.send("ServiceWorker.enable")
    browser.send("ServiceWorker.stopAllWorkers")
    late = page.frame_locator("#replay")
    late.locator("h1").click()
    expect(late.frame_locator("iframe").locator("h1")).to_have_text("Next")
    expect(page.locator("#parts")).to_contain_text("2 parts")
    expect(page.locator("#missing li")).to_have_text(f"{SITE}/none.png")
    assert page.url == served.replay(AT, f"{SITE}/late")


def test_a_link_opens_in_a_new_window_and_each_page_is_one_step_back(page: Page, served: Served) -> None:
    page.goto(served.replay(AT, f"{SITE}/empty"))
    page.goto(served.replay(AT, f"{SITE}/links"))
    link = page.frame_locator("#replay").locator("a")
    with page.context.expect_page() as opened:
        link.click(button="middle")
    expect(opened.value.frame_locator("#replay").locator("h1")).to_have_text("Next")
    assert opened.value.url == served.replay(AT, f"{SITE}/next")
    link.click()
    page.frame_locator("#replay").locator("button").click()
    expect(page.frame_locator("#replay").locator("h1")).to_have_text("Links")
    page.go_back()
    page.wait_for_url(served.replay(AT, f"{SITE}/empty"))


def test_a_page_leads_the_page_around_to_no_other_than_a_full_replay(page: Page, served: Served) -> None:
    """By a URL that climbs out of the path to which it is appended."""
    served.forget()
    page.goto(served.replay(AT, f"{SITE}/steers"))
    expect(page.frame_locator("#replay").locator("#said")).to_have_text("answered")
    page.wait_for_timeout(1000)
    assert page.url == served.replay(AT, f"{SITE}/steers")
    assert not [path for _, path in served.archived.asked if "id_/" in path or path.startswith("/static/place")]


def test_a_page_goes_one_step_back_for_a_click_in_it(page: Page, served: Served) -> None:
    """Nothing is evaluated in between: for the browser that would be a click."""
    page.goto(served.replay(AT, f"{SITE}/empty"))
    page.goto(served.replay(AT, f"{SITE}/links"))
    with page.expect_console_message(lambda said: said.text == "retreats"):
        page.goto(served.replay(AT, f"{SITE}/retreats"))
    page.mouse.click(10, 10)  # on the banner
    page.wait_for_timeout(1000)
    assert page.url == served.replay(AT, f"{SITE}/retreats")
    page.mouse.click(400, 500)
    page.wait_for_url(served.replay(AT, f"{SITE}/links"))
    page.wait_for_timeout(1000)
    assert page.url == served.replay(AT, f"{SITE}/links")


def test_what_is_sent_and_what_is_missing_is_said_in_words(page: Page, served: Served) -> None:
    page.goto(served.replay(AT, f"{SITE}/sends"))
    sends = page.frame_locator("#replay")
    expect(sends.frame_locator("#gone").locator("p")).to_have_text(f"Not in this archive: {SITE}/gone.html?a=%3Cb%3E")
    expect(sends.frame_locator("#wide").locator("p")).to_have_text("Ü")
    expect(sends.locator("#said")).to_have_text('404 {"error": "not in this archive"}')
    missing = page.locator("#missing li")
    expect(missing).to_have_count(2)
    assert set(missing.all_text_contents()) == {f"{SITE}/gone.html?a=%3Cb%3E", f"POST {SITE}/api"}
    expect(page.locator("#sent")).to_be_hidden()
    sends.locator("button").click()
    words = "what was sent, and what came back, is not in this archive."
    expect(page.locator("#sent")).to_have_text(f"A form was sent to {SITE}/search: {words}")
    expect(sends.locator("p")).to_have_text(f"A form was sent to {SITE}/search. {words.capitalize()}")
    expect(missing).to_have_count(2)
