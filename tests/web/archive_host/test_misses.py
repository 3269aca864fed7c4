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
    assert f"The archive has no capture of {ASKED}" in got.text
    assert 'href="http://archive.localhost:8766/web/20260123100000mp_/http://news.example/a/91.html"' in got.text
    assert "http://news.example/a/8.html" in got.text
    assert "other.example" not in got.text
    told = json.loads(host.get(f"/web/2026id_/{ASKED}", headers=[("Accept", "application/json")]).body)
    assert [one["url"] for one in told["near"]] == ["http://news.example/a/8.html", "http://news.example/a/91.html"]


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
    for path in ("/", "/web", "/web/", "/x", "/web/2026xx_/http://a/", "//", "/%00"):
        assert host.get(path, headers=HTML).status == 404
