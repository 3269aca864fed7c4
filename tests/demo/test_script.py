"""Each day of the script, seen through real HTTP: what it says happens, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest

from demo import stories
from demo.script import DAYS, EVENTS, Event
from demo.server import DemoServer

PATHS = [event.path for event in EVENTS if event.kind == "new"]
Fields = dict[str, object]


def parsed(body: bytes) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(body, parser=lxml.html.HTMLParser(encoding="utf-8"))


def article(get, path: str) -> Fields | int:
    """Return what the page says, named as a reader of ours names it; or the status that it answers."""
    got = get(path)
    if got.status != 200:
        return got.status
    page = parsed(got.body)
    labels = [dt.text_content() for dt in page.xpath("//div[@class='pub-info']/dl/dt")]
    values = [dd.text_content() for dd in page.xpath("//div[@class='pub-info']/dl/dd")]
    info = dict(zip(labels, values, strict=True))
    count = int(page.xpath("//div[@id='hideData']/@page_count")[0])
    pages = [page, *(parsed(get(path.replace(".html", f"_{number}.html")).body) for number in range(2, count + 1))]
    paragraphs: list[str] = []
    images: list[str] = []
    for each in pages:
        body = each.xpath("//div[@id='main-news-list']")[0]
        paragraphs += [text for p in body.xpath("./p") if (text := p.text_content().strip())]
        images += body.xpath(".//img/@src")
    return {
        "headline": page.xpath("//div[@class='article-header']//h1")[0].text_content(),
        "kicker": page.xpath("//div[@class='kicker']/text()"),
        "subtitle": page.xpath("//h2[@class='subtitle']/text()"),
        "editors": info["Editor"],
        "agency": info["Source"],
        "published_at": info["Time"],
        "section": page.xpath("//div[@class='breadcrumb']/a/text()"),
        "blocks": paragraphs,
        "images": images,
        "translation": [text for text in paragraphs if text.startswith("Editor's note")],
        "links": page.xpath("//div[@id='main-news-list']//a/@href"),
    }


@pytest.fixture(scope="module")
def days(asks) -> list[dict[str, Fields | int]]:
    """Return what every article of the script says on every day."""
    with DemoServer() as site:
        get = asks(site)
        found = []
        for day in range(DAYS):
            site.set_day(day)
            found.append({path: article(get, path) for path in PATHS})
        return found


def of_kind(kind: str) -> list[Event]:
    return [event for event in EVENTS if event.kind == kind]


def test_the_script_has_every_kind_of_event() -> None:
    assert {event.kind for event in EVENTS} == {
        "new",
        "changed",
        "gone",
        "server error",
        "withdrawn",
        "re-posted",
        "re-made",
    }
    changed = {event.fields for event in of_kind("changed")}
    assert changed == {("blocks",), ("headline",), ("editors",), ("published_at",), ("blocks", "translation")}
    assert all(any(event.day == day for event in of_kind("new")) for day in range(DAYS))
    assert len([event for event in of_kind("new") if event.day == 0]) >= 12
    assert DAYS <= 5


def test_articles_appear_on_their_day_and_not_before(days) -> None:
    for event in of_kind("new"):
        assert [days[day][event.path] for day in range(event.day)] == [404] * event.day, event
        assert isinstance(days[event.day][event.path], dict), event


def test_every_change_is_there_on_its_day_in_its_fields_and_nothing_else_changes(days) -> None:
    for path in PATHS:
        for day in range(1, DAYS):
            before, after = days[day - 1][path], days[day][path]
            scripted = {
                name for event in of_kind("changed") if (event.day, event.path) == (day, path) for name in event.fields
            }
            if isinstance(before, dict) and isinstance(after, dict):
                assert {name for name in before if before[name] != after[name]} == scripted, (path, day)
            else:
                assert not scripted, (path, day)


def test_what_was_before_and_after_stands_on_the_page(days) -> None:
    for event in of_kind("changed"):
        for day, words in ((event.day - 1, event.before), (event.day, event.after)):
            if words:
                said = days[day][event.path]
                assert isinstance(said, dict)
                assert any(words in text for text in ("\n".join(said["blocks"]), said["headline"], said["editors"])), (
                    event
                )


def test_a_note_is_added_and_one_is_dropped(days) -> None:
    noted = [event for event in of_kind("changed") if "translation" in event.fields]
    counts = [[len(days[day][event.path]["translation"]) for day in (event.day - 1, event.day)] for event in noted]
    assert sorted(counts) == [[0, 1], [1, 0]]


def test_what_is_gone_stays_gone_for_two_days_and_leaves_the_listing(days, asks) -> None:
    for event in of_kind("gone"):
        assert isinstance(days[event.day - 1][event.path], dict)
        assert [days[day][event.path] for day in range(event.day, DAYS)] == [404] * (DAYS - event.day)
        assert DAYS - event.day >= 3  # so that two looks lie at least 24 hours apart
        with DemoServer(day=event.day) as site:
            listing = asks(site)(event.path.rpartition("/")[0] + "/index.html").body
            assert event.path.encode() not in re.sub(rb"(?s)class=\"col-md-3-10.*", b"", listing)


def test_a_server_error_lasts_a_day_and_changes_nothing(days) -> None:
    for event in of_kind("server error"):
        assert [status for status in (day[event.path] for day in days) if isinstance(status, int)] == [503]
        assert days[event.day][event.path] == 503
        assert days[event.day - 1][event.path] == days[event.day + 1][event.path]


def test_what_is_posted_again_has_another_id_and_the_same_text(days) -> None:
    exact, folded = [], []
    for event in of_kind("re-posted"):
        old, new = days[event.day][event.original], days[event.day][event.path]
        assert isinstance(old, dict)
        assert isinstance(new, dict)
        assert event.path != event.original
        assert old["published_at"] != new["published_at"]
        if event.similar:
            assert old["headline"] != new["headline"]
            assert old["blocks"][:-1] == new["blocks"][:-1]
            continue
        assert old["headline"] == new["headline"]
        (exact if old["blocks"] == new["blocks"] else folded).append((old["blocks"], new["blocks"]))
    assert len(exact) == 1
    [(old_blocks, new_blocks)] = folded  # the variant that differs in its punctuation only
    assert [(a, b) for a, b in zip(old_blocks, new_blocks, strict=True) if a != b] == [
        ("(Video Editor: Yang Ben)", "（Video Editor：Yang Ben）")
    ]


def test_a_page_that_is_re_made_has_other_markup_and_says_the_same(days, frozen) -> None:
    site, get = frozen
    for event in of_kind("re-made"):
        bodies = []
        for day in (event.day - 1, event.day):
            site.set_day(day)
            bodies.append(get(event.path).body)
        assert days[event.day - 1][event.path] == days[event.day][event.path]
        assert b"make template id  544 " in bodies[0]
        assert b"make template id  2544 " in bodies[1]
        assert b'ame="publishdate"' in bodies[0]
        assert b'<meta name="publishdate"' in bodies[1]


def test_every_page_changes_its_bytes_each_day_around_an_article_that_stays(asks) -> None:
    path = f"/{stories.VOICE.folder}/{stories.MAPS}.html"
    with DemoServer() as site:
        bodies = []
        for day in range(DAYS):
            site.set_day(day)
            bodies.append(asks(site)(path).body)
    assert len(set(bodies)) == DAYS
    assert (
        len({body.partition(b'class="col-md-3-10')[2].partition(b'data-slot="articleFooter"')[0] for body in bodies})
        == DAYS
    )
    assert len(set(re.findall(rb"make time ([0-9: -]+)", b"".join(bodies)))) >= DAYS


def test_a_frozen_site_changes_only_the_pages_that_the_script_changes(frozen) -> None:
    site, get = frozen
    seen = []
    for day in range(DAYS):
        site.set_day(day)
        seen.append({path: get(path) for path in PATHS})
    for path in PATHS:
        for day in range(1, DAYS):
            if seen[day - 1][path].status == seen[day][path].status == 200:
                touched = any(e.day == day and e.path == path and e.kind != "withdrawn" for e in EVENTS)
                assert (seen[day - 1][path].body != seen[day][path].body) == touched, (path, day)


def test_a_frozen_site_answers_304_all_over_on_the_next_visit(frozen) -> None:
    _, get = frozen
    kept = {path: get(path).headers for path in PATHS if get(path).status == 200}
    answers = [
        get(path, If_None_Match=headers["etag"])
        if "etag" in headers
        else get(path, If_Modified_Since=headers["last-modified"])
        for path, headers in kept.items()
        if "etag" in headers or "last-modified" in headers
    ]
    assert len(answers) >= 12
    assert {answer.status for answer in answers} == {304}


def test_the_number_on_a_second_page_changes_there_only(frozen) -> None:
    site, get = frozen
    event = next(event for event in of_kind("changed") if event.path.endswith(f"/{stories.ICE_ROAD}.html"))
    bodies = {}
    for day in (event.day - 1, event.day):
        site.set_day(day)
        bodies[day] = [get(event.path.replace(".html", f"{suffix}.html")).body for suffix in ("", "_2", "_3")]
        assert get(event.path.replace(".html", "_4.html")).status == 404
    before, after = bodies[event.day - 1], bodies[event.day]
    assert event.before.encode() in before[1]
    assert event.after.encode() in after[1]

    def body_of(page: bytes) -> bytes:
        return page.split(b"<!--HTMLBOX-->")[1]

    assert [body_of(a) == body_of(b) for a, b in zip(before, after, strict=True)] == [True, False, True]


def test_a_page_is_as_hard_to_read_as_a_real_one(get) -> None:
    got = get(f"/{stories.LATEST.folder}/{stories.DOGS}.html")
    page = parsed(got.body)
    assert 80_000 < len(got.body) < 140_000
    assert page.xpath("//h1")[0].get("class").startswith("site-name")
    assert got.body.count(b"<!--HTMLBOX-->") == 2
    assert page.xpath("//meta[@ame='publishdate']")
    assert not page.xpath("//meta[@name='publishdate']")
    assert "Snow closed" in page.xpath("//meta[@name='description']/@content")[0]
    assert page.xpath("//meta[@name='contentid']/@content") == [f"cbf-{stories.DOGS}"]
    assert page.xpath("//meta[@name='catalogs']/@content") == [f"cbf-{stories.LATEST.catalog}"]
    assert page.xpath("//span[@class='imgdesc']")
    own = page.xpath("//div[@id='main-news-list']//img/@src")
    assert own
    assert all(f"/{stories.DOGS}_" in src for src in own)
    others = page.xpath("//div[contains(@class, 'sidebar')]//img/@src")
    assert others
    assert not any(f"/{stories.DOGS}_" in src for src in others)
    assert page.xpath("//div[@id='hide']//span/text()") == ["back"]
    assert re.search(
        rb"createManuscriptPageHTML\(\s*'1',\s*'1',\s*'26000104',\s*'html',\s*'',\s*'fenye',\s*'detail'\s*\)", got.body
    )
    assert got.body.rstrip().endswith(b"name view-2025xb -->")


def test_the_bare_markup_of_2022_ends_in_junk(get) -> None:
    body = get(f"/{stories.TOP.folder}/{stories.WELLS}.html").body.split(b"<!--HTMLBOX-->")[1]
    assert b"ueditor" not in body
    assert body.rstrip().endswith(b"<p> </p>")


def test_one_page_carries_the_text_of_the_real_page(get, shared_pages: Path) -> None:
    real = (shared_pages / "chinamil" / "visible_text_2026-01-23.txt").read_text(encoding="utf-8")
    lines = [line.strip() for line in real.splitlines() if line.strip()]
    said = article(get, f"/{stories.LATEST.folder}/{stories.JAPAN}.html")
    assert isinstance(said, dict)
    assert said["headline"] == lines[0]
    assert [said["agency"], said["editors"], said["published_at"]] == [lines[2], lines[4], lines[6]]
    assert said["blocks"] == lines[7:-1]
    assert lines[-1] == "back"
    page = parsed(get(f"/{stories.LATEST.folder}/{stories.JAPAN}.html").body)
    assert len(page.xpath("//div[@id='main-news-list']/p/strong")) == 3


def test_nothing_on_the_site_leads_to_another_host_but_links_in_the_text(get, site: DemoServer) -> None:
    for path in (
        PATHS[0],
        f"/{stories.TOP.folder}/index.html",
        "/",
        f"/{stories.TRAINING.folder}/{stories.BRIDGE}.html",
    ):
        page = parsed(get(path).body)
        loaded = page.xpath("//img/@src | //script/@src | //link/@href")
        assert loaded
        assert all(url.startswith((site.url + "/", "/")) for url in loaded)


def test_a_withdrawn_article_stays_where_it_was_and_its_listing_names_older_ones(frozen) -> None:
    site, get = frozen
    (event,) = of_kind("withdrawn")
    listing = event.path.rpartition("/")[0] + "/index.html"
    older = [e.path for e in of_kind("new") if e.day == 0 and e.path.startswith(listing.removesuffix("index.html"))]
    for day in range(DAYS):
        site.set_day(day)
        named = get(listing).body.decode()
        assert (event.path in named) == (0 < day < event.day)
        assert (get(event.path).status == 200) == (day > 0)
        assert sum(path in named for path in older) >= 2
