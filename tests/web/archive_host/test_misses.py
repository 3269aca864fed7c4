"""What is told where there is no capture."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from config.outlet import Outlet
from storage.exchange import Outcome
from tests.replay.kept import answered, keep
from tests.storage.catalog import observed
from tests.storage.exchanges import START, failure
from tests.web.archive_host.conftest import Host

ASKED = "http://news.example/a/9.html"
HTML = [("Accept", "text/html,*/*")]


def test_it_names_what_is_nearest(host: Host) -> None:
    keep(
        host.archive,
        answered("1", url="http://news.example/a/8.html"),
        answered("2", url="http://news.example/a/91.html", hours=2),
        answered("3", url="http://other.example/a/9.html"),
    )
    host.sync()
    got = host.get(f"/web/2026id_/{ASKED}", headers=HTML)
    assert got.status == 404
    assert got["content-type"] == "text/html; charset=utf-8"
    assert f"<title>No capture of {ASKED}" in got.text
    assert 'href="/view/20260123100000/http://news.example/a/91.html"' in got.text
    assert "mp_/" not in got.text
    assert "http://news.example/a/8.html" in got.text
    assert "other.example" not in got.text
    told = json.loads(host.get(f"/web/2026id_/{ASKED}", headers=[("Accept", "application/json")]).body)
    assert (
        told["near"][1]["memento"] == "http://archive.localhost:8766/web/20260123080000mp_/http://news.example/a/8.html"
    )
    assert [one["url"] for one in told["near"]] == ["http://news.example/a/91.html", "http://news.example/a/8.html"]
    assert [one["captures"] for one in told["near"]] == [1, 1]


def test_the_same_path_stands_first_then_what_has_more_in_common(tmp_path: Path) -> None:
    host = Host(tmp_path, {"demo": DEMO})
    path = "http://demo.example/HOME/16435001.html"
    keep(
        host.archive,
        *(answered("q", url=f"{path}?a={n:02}") for n in range(60)),
        answered("p", url=path),
        answered("i", url=f"{path}?b.png", head="Content-Type: image/png\r\n"),
    )
    seen = [observed.capture(f"http://demo.example/HOME/{n}.html", 0) for n in (16435002, 16435020, 16434001)]
    observed.commit(host.archive, seen, [observed.reading(one, observed.article("Drill ends")) for one in seen])
    host.sync()

    def near(asked: str) -> list[str]:
        told = json.loads(host.get(f"/web/2026id_/{asked}", headers=[("Accept", "application/json")]).body)
        return [one["url"].rpartition("/")[2] for one in told["near"]]

    found = near(f"{path}?utm_source=x")
    assert found[0] == "16435001.html"
    assert found[1:6] == [*(f"16435001.html?a={n}" for n in range(56, 60)), "16435001.html?b.png"]
    assert found[6:] == ["16435002.html", "16435020.html"]
    assert near("http://demo.example/HOME/16435003.html")[0] == "16435002.html"
    assert near("http://demo.example/HOME/16435020.html?a=b")[0] == "16435020.html"
    host.catalog.close()


def test_of_many_captures_beside_it_only_some_are_counted(host: Host) -> None:
    path = "http://news.example/a/8.html"
    keep(host.archive, *(answered("x", url=path, hours=n / 60) for n in range(1001)))
    host.sync()
    accepts = {"html": HTML, "json": [("Accept", "application/json")], "text": []}
    got = {kind: host.get(f"/web/2026id_/{ASKED}", headers=accept).text for kind, accept in accepts.items()}
    assert "more than 1,000 captures, " in got["html"]
    assert "more than 1,000 captures, 2026-01-23T08:00:00Z to 2026-01-24T00:40:00Z" in got["text"]
    (near,) = json.loads(got["json"])["near"]
    assert (near["captures"], near["more"]) == (1000, True)
    assert (near["first"], near["last"]) == ("2026-01-23T08:00:00Z", "2026-01-24T00:40:00Z")


def test_pages_stand_before_what_pages_embed_and_articles_are_looked_for_among_it(tmp_path: Path) -> None:
    host = Host(tmp_path, {"demo": DEMO})
    keep(
        host.archive,
        *(
            answered(b"i", url=f"http://demo.example/HOME/164350{n:02}.png", head="Content-Type: image/png\r\n")
            for n in range(2, 9)
        ),
        answered("list", url="http://demo.example/HOME/16435001.htm"),
    )
    seen = observed.capture("http://demo.example/HOME/16435020.html", 0)
    observed.commit(host.archive, [seen], [observed.reading(seen, observed.article("Drill ends"))])
    host.sync()
    asked = "http://demo.example/HOME/16435001.html"
    told = json.loads(host.get(f"/web/2026id_/{asked}", headers=[("Accept", "application/json")]).body)
    near = [one["url"].rpartition("/")[2] for one in told["near"]]
    assert near[0] == "16435001.htm"
    assert near[1].endswith(".html")
    assert all(name.endswith(".png") for name in near[2:])
    assert len(near) == 1 + 5
    host.catalog.close()


def test_a_page_says_when_in_the_outlets_zone_and_always_leads_on(tmp_path: Path) -> None:
    outlet = DEMO.model_copy(update={"timezone": "Asia/Shanghai"})
    host = Host(tmp_path, {"demo": outlet})
    seen = observed.capture(observed.URL, 0)
    observed.commit(host.archive, [seen], [observed.reading(seen, observed.article("Drill ends"))])
    host.sync()
    got = host.get("/web/2026id_/http://demo.example/HOME/16435001.html", headers=HTML)
    assert "2026-01-01 14:00 UTC+8</time>" in got.text
    assert "1 capture, " in got.text
    assert f'<a class="headline" href="/view/20260101060000/{observed.URL}"><bdi>Drill ends</bdi></a>' in got.text
    window = "http://127.0.0.1:8765"
    for page in (got, host.get("/view/2026/http://nowhere.example/", headers=HTML)):
        assert page.status == 404
        assert f'href="{window}/search"' in page.text
        assert f'href="{window}/calendar?' in page.text
        assert f'href="{window}/outlets/demo"' in page.text
    host.catalog.close()


def test_a_timemap_from_a_moment_on_that_has_none_says_so(host: Host) -> None:
    keep(host.archive, answered("1", url=ASKED))
    host.sync()
    path = f"/timemap/20280101link/{ASKED}"
    text = host.get(path).text
    assert f"no capture of {ASKED} from 2028-01-01T00:00:00Z on" in text
    assert f"http://archive.localhost:8766/web/20260123080000mp_/{ASKED}" in text
    told = json.loads(host.get(path, headers=[("Accept", "application/json")]).body)
    assert told["last"]["at"] == "2026-01-23T08:00:00Z"
    page = host.get(path, headers=HTML)
    assert page.status == 404
    assert "2028-01-01 00:00 UTC</time> on the archive has no capture of" in page.text
    assert f'href="/view/20260123080000/{ASKED}"' in page.text
    assert "from 2028" not in host.get("/timemap/20280101link/http://none.example/").text


def test_it_tells_of_attempts_without_an_answer(host: Host) -> None:
    keep(host.archive, *(failure(Outcome.TIMEOUT, url=ASKED, started_at=START + timedelta(hours=n)) for n in range(3)))
    host.sync()
    text = host.get(f"/timegate/{ASKED}").text
    assert "asked 3 times without an answer, last at 2026-01-23T10:00:00Z: timeout (it did not answer)" in text


DEMO = Outlet.model_validate(
    {
        "id": "demo",
        "name": "News",
        "home": "http://demo.example/",
        "timezone": "UTC",
        "language": "en",
        "schedule": "0 6 * * *",
        "sources": [{"url": "http://demo.example/"}],
        "articles": [{"era": "now", "cms": "cbf", "url": r"https?://demo\.example/\w+/(?P<id>\d+)\.html"}],
        "readers": ["pla-2022"],
    }
)


def test_it_tells_of_the_same_article_elsewhere_and_since_when_that_is_missing(tmp_path: Path) -> None:
    host = Host(tmp_path, {"demo": DEMO})
    seen = observed.capture(observed.URL, 0)
    gone = [observed.capture(observed.URL, hours, status=404) for hours in (30, 60)]
    observed.commit(host.archive, [seen, *gone], [observed.reading(seen, observed.article("Drill ends"))])
    host.sync()
    got = host.get("/web/2026id_/http://demo.example/HOME/16435001.html")
    assert got.status == 404
    assert f"{observed.URL}: gone, last seen 2026-01-01T06:00:00Z, first missing 2026-01-02T12:00:00Z" in got.text
    assert f"Drill ends · {observed.URL} · 3 captures, 2026-01-01T06:00:00Z to 2026-01-03T18:00:00Z" in got.text
    host.catalog.close()


def test_html_in_a_url_is_text_in_the_page(host: Host) -> None:
    got = host.get("/web/2026id_/http://a.example/%3Cscript%3Ealert(1)%3C/script%3E?<b>\"'&x=<i>", headers=HTML)
    assert got.status == 404
    assert "<script" not in got.text
    assert "<b>" not in got.text
    assert "<i>" not in got.text
    assert "default-src 'none'" in (got["content-security-policy"] or "")


def test_an_address_of_nothing_is_told(host: Host) -> None:
    for path in ("/web", "/web/", "/x", "/web/2026xx_/http://a/", "//", "/%00"):
        assert host.get(path, headers=HTML).status == 404


def test_what_is_elsewhere_leads_to_the_last_capture_that_showed_its_article(tmp_path: Path) -> None:
    host = Host(tmp_path, {"demo": DEMO})
    seen = observed.capture(observed.URL, 0)
    observed.commit(host.archive, [seen], [observed.reading(seen, observed.article("Drill ends"))])
    observed.commit(host.archive, [observed.capture(observed.URL, hours, status=404) for hours in (30, 60)])
    host.sync()
    asked = "/web/2026id_/http://demo.example/HOME/16435001.html"
    assert f'<a class="headline" href="/view/20260101060000/{observed.URL}"' in host.get(asked, headers=HTML).text
    told = json.loads(host.get(asked, headers=[("Accept", "application/json")]).body)
    memento = f"http://archive.localhost:8766/web/20260101060000mp_/{observed.URL}"
    assert told["variants"][0]["memento"] == memento
    assert told["variants"][0]["last"] == "2026-01-03T18:00:00Z"
    assert memento in host.get(asked).text
    host.catalog.close()


def test_in_a_frame_of_a_page_it_is_a_line_that_leads_the_whole_window_on(host: Host) -> None:
    keep(host.archive, answered("<iframe src=/f.html></iframe>", url="http://news.example/a/8.html"))
    host.sync()
    line = f'<a href="/view/20260123080000/{ASKED}" target="_top"><bdi class="url">{ASKED}</bdi></a>'
    for path, more in (("/web/20260123080000if_/", []), ("/web/20260123080000mp_/", [("Sec-Fetch-Dest", "iframe")])):
        got = host.get(f"{path}{ASKED}", headers=[*HTML, *more])
        assert (got.status, got.text.count("<a "), got.text.count(line)) == (404, 1, 1)
    assert "<nav" in host.get(f"/web/20260123080000mp_/{ASKED}", headers=HTML).text


def test_in_a_frame_what_went_wrong_is_a_line_too(host: Host) -> None:
    got = host.get("/web/20269999if_/http://news.example/", headers=HTML)
    assert (got.status, got.text.count("<a "), "20269999" in got.text) == (400, 0, True)
