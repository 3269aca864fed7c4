"""An archived page with its scripts, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Served, serving_kept
from tests.replay.kept import answered, redirected
from tests.web.archive_host.test_misses import DEMO

pytestmark = pytest.mark.usefixtures("full_replay")

STORY = "http://news.example/a/story.html"
AT = "20260123080000"


def story() -> str:
    return """<!doctype html><html><head><meta charset="utf-8"><title>A story</title>
<link rel="stylesheet" href="/look.css"></head>
<body><h1 id="headline">Harbour reopens</h1><p id="figures">no figures yet</p>
<p><a id="next" href="next.html#part">The next story</a></p>
<iframe id="ad" src="http://ads.example/moved.html"></iframe>
<img id="gone" src="http://pictures.example/gone.png" alt="">
<script>
fetch("/data/figures.json?day=1").then((answer) => answer.json()).then((figures) => {
  const text = `${figures.ships} ships, read ${new Date().getFullYear()} at ${location.href}`;
  document.getElementById("figures").textContent = text;
});
</script></body></html>"""


ODD = {
    "http://odd.example/keeps.html": """
        document.cookie = "kept=yes; path=/; max-age=600";
        document.body.append(`it was told ${document.cookie || "nothing"}`);""",
    "http://odd.example/leads.html": 'location.href = "http://ads.example/more.html";',
    "http://odd.example/links.html": 'document.body.innerHTML = "<a href=leads.html>On</a>";',
    "http://odd.example/opens.html": """
        const opened = window.open("http://ads.example/ad.html");
        document.body.append(`opened ${opened}`);""",
    "http://odd.example/waits.html": """
        const asked = new XMLHttpRequest();
        asked.open("GET", "http://news.example/data/figures.json?day=1", false);
        asked.send();
        document.body.append(`it answered ${asked.responseText}`);""",
    "http://odd.example/asks.html": """
        const ask = (url) => fetch(url).catch(() => null);
        (async () => {
          for (let n = 0; n < 5; n++) {
            await ask("http://news.example/data/figures.json?day=1");
            await ask("http://news.example/none.json");
          }
          document.body.append("asked");
        })();""",
}
"""Pages of which the script does what pages of outlets do, and replays stumble over."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("replay")
    json = "Content-Type: application/json\r\n"
    with serving_kept(
        folder,
        answered(story(), url=STORY),
        answered("h1 { color: rgb(1, 2, 3) }", url="http://news.example/look.css", head="Content-Type: text/css\r\n"),
        answered('{"ships": 14}', url="http://news.example/data/figures.json?day=1", head=json, hours=240),
        answered("<h1>The next story</h1>", url="http://news.example/a/next.html", hours=1),
        answered("<p>Buy <a href='more.html'>more</a></p>", url="http://ads.example/ad.html"),
        answered("<p>More of it</p>", url="http://ads.example/more.html"),
        redirected("/ad.html", url="http://ads.example/moved.html"),
        *(answered(f"<!doctype html><body><script>{script}</script>", url=url) for url, script in ODD.items()),
        outlets={"demo": DEMO.model_copy(update={"timezone": "Asia/Shanghai"})},
    ) as served:
        yield served


def test_a_script_fetches_json_and_writes_it_in(page: Page, served: Served) -> None:
    page.goto(served.replay(AT, STORY))
    story = page.frame_locator("#replay")
    expect(story.locator("#figures")).to_have_text(f"14 ships, read 2026 at {STORY}")
    expect(story.locator("#headline")).to_have_css("color", "rgb(1, 2, 3)")
    expect(page.locator(".what")).to_contain_text("captured 2026-01-23 16:00 UTC+8")


def test_the_banner_tells_of_what_the_page_is_put_together(page: Page, served: Served) -> None:
    page.goto(served.replay(AT, STORY))
    expect(page.locator("#parts")).to_have_text("5 parts, captured 2026-01-23 16:00 to 2026-02-02 16:00 UTC+8")
    missing = page.locator("#missing")
    expect(missing.locator("summary")).to_have_text("1 part missing")
    missing.locator("summary").click()
    expect(missing.locator("li")).to_have_text("http://pictures.example/gone.png")


def test_a_link_leads_to_the_replay_of_its_page(page: Page, served: Served) -> None:
    page.goto(served.replay(AT, STORY))
    page.frame_locator("#replay").locator("#next").click()
    page.wait_for_url("**/replay/20260123090000/http://news.example/a/next.html*")
    expect(page.frame_locator("#replay").locator("h1")).to_have_text("The next story")


def test_who_goes_back_is_not_led_on_again(page: Page, served: Served) -> None:
    """Chromium restored the frame to the page by which it was left: about once in twenty times it led there again."""
    replay = page.frame_locator("#replay")
    page.goto(served.replay(AT, STORY))
    replay.locator("#next").click()
    for _ in range(4):
        expect(replay.locator("h1")).to_have_text("The next story")
        page.go_back()
        expect(replay.locator("#figures")).to_contain_text("14 ships")
        page.go_forward()
    expect(replay.locator("h1")).to_have_text("The next story")
    page.go_back()
    page.wait_for_url(served.replay(AT, STORY))


def test_a_frame_inside_the_page_goes_on_by_itself(page: Page, served: Served) -> None:
    page.goto(served.replay(AT, STORY))
    ad = page.frame_locator("#replay").frame_locator("#ad")
    ad.locator("a").click()
    expect(ad.locator("p")).to_have_text("More of it")
    assert page.url == served.replay(AT, STORY)


def test_another_timestamp_leads_to_the_nearest_capture(page: Page, served: Served) -> None:
    page.goto(served.replay("2026", STORY))
    assert page.url == served.replay(AT, STORY)


def test_a_page_of_the_worker_leads_to_where_a_replay_begins(page: Page, served: Served) -> None:
    page.goto(f"{served.origins.replay}/w/{'0' * 32}/{AT}mp_/{STORY}")
    assert page.url == served.replay(AT, STORY)
    expect(page.frame_locator("#replay").locator("#figures")).to_contain_text("14 ships")
    inside = page.frames[1].url
    page.goto(inside)
    assert page.url == served.replay(AT, STORY)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("keeps", "it was told kept=yes"),
        ("opens", "opened null"),
        ("waits", 'it answered {"ships": 14}'),
    ],
)
def test_what_a_page_does_by_itself_begins_no_other_replay(page: Page, served: Served, name: str, said: str) -> None:
    """Each would have empty storage: a page that waits for an answer, which loads it again, would do so for ever."""
    address = served.replay(AT, f"http://odd.example/{name}.html")
    begun: list[str] = []
    page.on("framenavigated", lambda frame: begun.append(frame.url) if frame == page.main_frame else None)
    page.goto(address)
    expect(page.frame_locator("#replay").locator("body")).to_contain_text(said)
    assert begun == [address]


def test_what_is_asked_for_again_and_again_is_one_part(page: Page, served: Served) -> None:
    page.goto(served.replay(AT, "http://odd.example/asks.html"))
    expect(page.frame_locator("#replay").locator("body")).to_contain_text("asked")
    expect(page.locator("#parts")).to_contain_text("2 parts")
    expect(page.locator("#missing summary")).to_have_text("1 part missing")


def test_a_page_that_leads_on_by_itself_is_no_step_to_go_back_to(page: Page, served: Served) -> None:
    page.goto(served.replay(AT, STORY))
    page.goto(served.replay(AT, "http://odd.example/leads.html"))
    page.wait_for_url("**/replay/*/http://ads.example/more.html")
    page.go_back()
    page.wait_for_url(served.replay(AT, STORY))


def test_nor_where_a_click_led_to_it(page: Page, served: Served) -> None:
    """That somebody clicked at all (`hasBeenActive`) Chromium still says of the page that the click led to."""
    page.goto(served.replay(AT, "http://odd.example/links.html"))
    page.frame_locator("#replay").locator("a").click()
    page.wait_for_url("**/replay/*/http://ads.example/more.html")
    page.go_back()
    page.wait_for_url(served.replay(AT, "http://odd.example/links.html"))
