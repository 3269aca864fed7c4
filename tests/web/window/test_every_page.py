"""What holds for all that the window answers."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.web.visitor import Visitor
from tests.web.window.conftest import Crawled
from tests.web.window.reading import page_of
from web.freshness import Freshness, Standing
from web.origins import Origins
from web.window.app import window_app

EVERY = (
    *(
        "/changes",
        "/changes.atom",
        "/changes.json",
        "/changes.csv",
        "/search",
        "/search?q=fog",
        "/article?key=demo:cbf:26000102",
        "/calendar?url=http://a.example/",
        "/side-by-side?url=http://a.example/",
    ),
    "/",
    "/nothing-here",
    "/api/v1/outlets",
    "/api/v1/nothing-here",
    "/static/window.css",
)


@pytest.mark.parametrize("path", EVERY)
def test_headers_forbid_scripts_frames_and_reading_by_others(window: Visitor, path: str) -> None:
    headers = window.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not [name for name in headers if name.lower().startswith("access-control")]
    assert "Cache-Control" in headers


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:8766", "127.0.0.1:x", ""]
)
def test_only_its_own_name_is_answered(window: Visitor, host: str) -> None:
    answer = window.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "demo" not in answer.text.lower()


def test_localhost_leads_to_the_one_name(window: Visitor) -> None:
    answer = window.get("/outlets?page=2", headers={"Host": "localhost:8765"})
    assert answer.status_code == 307
    assert answer.headers["Location"] == "http://127.0.0.1:8765/outlets?page=2"


@pytest.mark.parametrize("path", ["/", "/changes", "/changes?what=withdrawn", "/outlets/demo", "/search?q=fog"])
def test_words_are_kept_apart_from_the_dot_between_them(window: Visitor, path: str) -> None:
    assert not re.findall(r".{20}\S·|·\S.{20}", page_of(window.get(path)).text_content())


def test_a_page_that_is_not_there_says_so_in_words(window: Visitor) -> None:
    answer = window.get("/nothing-here")
    assert answer.status_code == 404
    assert "<h1>There is no such page</h1>" in answer.text
    assert 'href="/"' in answer.text


def test_the_api_says_so_as_a_problem(window: Visitor) -> None:
    answer = window.get("/api/v1/nothing-here")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_nothing_is_written(window: Visitor) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert window.request(method, "/api/v1/outlets").status_code == 405


def test_an_empty_field_of_a_form_is_one_that_was_not_filled_in(window: Visitor) -> None:
    for path in ("/changes", "/api/v1/changes"):
        whole = window.get(path)
        empty = window.get(f"{path}?outlet=&weight=&disclosure=&from=&to=&older=&newer=")
        assert (whole.status_code, empty.status_code) == (200, 200)
        assert len(empty.text) == len(whole.text)


def test_an_address_without_end_is_refused(window: Visitor) -> None:
    assert window.get(f"/changes?outlet={'x' * 20_000}").status_code == 414
    assert window.get(f"/{'x' * 20_000}").status_code == 414


def test_what_answers_get_answers_head(window: Visitor) -> None:
    for path in ("/", "/api/v1/outlets", "/static/window.css"):
        assert window.request("HEAD", path).status_code == 200
    assert window.request("HEAD", "/nothing-here").status_code == 404


def test_our_own_files_may_be_kept_for_ever_and_pages_not(window: Visitor) -> None:
    page = window.get("/")
    assert page.headers["Cache-Control"] == "private, no-cache"
    (style,) = re.findall(r'href="(/static/window\.css[^"]*)"', page.text)
    assert "immutable" in window.get(style).headers["Cache-Control"]


def test_a_catalog_that_is_behind_says_so_on_every_page(crawled: Crawled) -> None:
    class Fails(Freshness):
        @property
        def standing(self) -> Standing:
            return Standing(behind_since=datetime(2026, 1, 23, 8, tzinfo=UTC), why="s3://x: it <b>does not</b> answer")

    freshness = Fails(crawled.place.archive, crawled.place.catalog, crawled.place.clock)
    visitor = Visitor(window_app(crawled.holdings, Origins(), freshness), Origins().window)
    for path in ("/", "/outlets", "/docs", "/nothing-here"):
        page = visitor.get(path).text
        assert "The catalog does not follow the archive since" in page
        assert "2026-01-23 08:00 UTC" in page
        assert "it &lt;b&gt;does not&lt;/b&gt; answer" in page
