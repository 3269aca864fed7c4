"""What an archived page embeds, in Chromium as it comes: of other moments than the page, and behind redirects."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.served import Served, serving_kept
from tests.replay.kept import PNG, answered, redirected

AT = "20260123080000"
PAGE = "http://news.example/a/1.html"
FRAMESET = "http://news.example/a/frames.html"
STORY = """<h1>story</h1><link rel=stylesheet href=/moved.css><img id=moved src=moved.png><p id=p>p
<iframe id=later src=later.html></iframe> <iframe id=led src=led.html></iframe>
<iframe id=never src=never.html></iframe> <iframe id=circle src=circle.html></iframe>
<iframe id=picture src=moved.png></iframe>
<a id=on href=later.html>on</a> <a id=new href=led.html target=_blank>new</a>"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("embedded")
    site = "http://news.example"
    png, css = "Content-Type: image/png\r\n", "Content-Type: text/css\r\n"
    with serving_kept(
        folder,
        answered(STORY, url=PAGE),
        answered('<frameset cols="50%,50%"><frame src=later.html><frame src=led.html></frameset>', url=FRAMESET),
        answered("<p>later</p><img src=moved.png>", url=f"{site}/a/later.html", hours=1),
        redirected("/b/there.html", url=f"{site}/a/led.html", hours=2),
        answered("<p>there", url=f"{site}/b/there.html", hours=3),
        redirected("/a/2.html", url=f"{site}/a/circle.html"),
        redirected("/a/circle.html", url=f"{site}/a/2.html"),
        redirected("/b/image.png", url=f"{site}/a/moved.png", hours=4),
        answered(PNG, url=f"{site}/b/image.png", hours=5, head=png),
        redirected("/b/real.css", url=f"{site}/moved.css", hours=6),
        answered("h1 { color: rgb(1, 2, 3) } #p { background: url(x.png) }", url=f"{site}/b/real.css", head=css),
        answered(STORY.replace("story", "story again"), url=PAGE, hours=50),
    ) as served:
        yield served


def whole(seen: FrameLocator) -> None:
    """See that all of the story is shown."""
    expect(seen.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    expect(seen.locator("#moved")).to_have_js_property("naturalWidth", 1)
    later = seen.frame_locator("#later")
    expect(later.locator("p")).to_have_text("later")
    expect(later.locator("img")).to_have_js_property("naturalWidth", 1)
    expect(seen.frame_locator("#led").locator("p")).to_have_text("there")
    expect(seen.frame_locator("#picture").locator("img")).to_have_js_property("naturalWidth", 1)


def test_frames_of_another_second_and_what_was_redirected_are_shown(page: Page, served: Served) -> None:
    page.goto(served.view(AT, PAGE))
    whole(page.frame_locator("iframe").first)


def test_frames_without_a_capture_and_those_led_in_a_circle_say_so(page: Page, served: Served) -> None:
    page.goto(served.view(AT, PAGE))
    seen = page.frame_locator("iframe").first
    expect(seen.frame_locator("#never").locator("main")).to_contain_text("The archive has no capture of")
    expect(seen.frame_locator("#circle").locator("body")).to_have_text("moved")
    seen.frame_locator("#never").get_by_role("link").click()  # the only one, and it has the whole window
    expect(page.locator("h1")).to_contain_text("The archive has no capture of")


def test_a_page_of_nothing_but_frames_is_shown(page: Page, served: Served) -> None:
    page.goto(served.view(AT, FRAMESET))
    seen = page.frame_locator("iframe").first
    expect(seen.frame_locator("frame").first.locator("p")).to_have_text("later")
    expect(seen.frame_locator("frame").last.locator("p")).to_have_text("there")


def test_side_by_side_shows_both_whole(page: Page, served: Served) -> None:
    page.goto(f"{served.origins.window}/side-by-side?url={PAGE}")
    for side in (page.frame_locator("iframe").first, page.frame_locator("iframe").last):
        whole(side)


@pytest.mark.parametrize(("link", "to"), [("#on", "20260123090000/http://news.example/a/later.html"),
                                          ("#new", "20260123110000/http://news.example/b/there.html")])  # fmt: skip
def test_links_lead_to_captures_of_another_second_and_by_redirects(
    page: Page, served: Served, link: str, to: str
) -> None:
    failed: list[str] = []
    page.context.on("requestfailed", lambda request: failed.append(f"{request.url}: {request.failure}"))
    page.goto(served.view(AT, PAGE))
    page.frame_locator("iframe").first.locator(link).click()
    for _ in range(100):
        shown = page.context.pages[-1].url
        if shown.endswith(to):
            break
        page.wait_for_timeout(100)
    assert shown == f"{served.origins.archive}/view/{to}"
    assert failed == []  # Chromium asks again for what failed, a second later


@pytest.mark.usefixtures("full_replay")
def test_a_full_replay_of_what_leads_in_a_circle_stays_where_it_is(page: Page, served: Served) -> None:
    """Each step of it was a replay of its own, and the next followed for ever."""
    circle = "http://news.example/a/circle.html"
    served.forget()
    page.goto(served.replay(AT, circle))
    expect(page.frame_locator("#replay").locator("body")).to_have_text("moved")
    page.wait_for_timeout(1000)
    assert page.url == served.replay(AT, circle)
    assert [path for _, path in served.archived.asked if "a/2.html" in path] == []
