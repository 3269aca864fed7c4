"""A parameter that cannot be meant is told in our words: its name, what was given, what is allowed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from lxml import html

from tests.web.visitor import Crowd, Visitor
from tests.web.window.conftest import Crawled
from tests.web.window.made import HARBOR
from tests.web.window.reading import page_of, text_of
from web.origins import Origins
from web.window.app import window_app

_A = "url=http://a.example/"
_OF_THE_LIBRARY = ("Input should", "String should", "Field required", "Value error", "parse")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/changes?weight=heavy", "weight cannot be “heavy”. Allowed: cosmetic, minor, substantive or major."),
        ("/changes?sort=x", "sort cannot be “x”. Allowed: time or weight."),
        ("/changes?what=edit&what=y", "what cannot be “y”. Allowed: edit, absence, withdrawn, return,"),
        ("/changes?from=yesterday", "from cannot be “yesterday”. Allowed: a day of the calendar, YYYY-MM-DD."),
        ("/changes?to=2026-13-01", "to cannot be “2026-13-01”. Allowed: a day of the calendar, YYYY-MM-DD."),
        ("/changes?outlet=A!", "outlet cannot be “A!”. Allowed: the id of an outlet: small letters, digits, - and _."),
        (f"/changes?older={'7' * 200}", f"older cannot be “{'7' * 60}…”. Allowed: a text of at most 100 characters."),
        (f"/article?{_A}&a=0", "a cannot be “0”. Allowed: a number from 1 on."),
        (f"/article?{_A}&a=x", "a cannot be “x”. Allowed: a whole number."),
        (f"/article?{_A}&b=9999999", "b cannot be “9999999”. Allowed: a number up to 1,000,000."),
        (f"/article?{_A}&view=up", "view cannot be “up”. Allowed: inline or sides."),
        (f"/article?{_A}&whole=maybe", "whole cannot be “maybe”. Allowed: true or false."),
        (
            "/changes/sha256:xyz",
            "change_id cannot be “sha256:xyz”. Allowed: sha256: and 64 digits of 0 to 9 and a to f.",
        ),
        ("/calendar", "url is missing."),
        ("/calendar?url=", "url cannot be empty. Allowed: a text of at least 1 character."),
        (f"/calendar?{_A}&year=0", "year cannot be “0”. Allowed: a number from 1970 on."),
        (
            f"/side-by-side?{_A}&left=soon",
            "left cannot be “soon”. Allowed: a moment, YYYY-MM-DDThh:mm:ss, or YYYYMMDDhhmmss in UTC.",
        ),
        ("/search?q=a&in=8&what=7", "what cannot be “7”. Allowed: states, added or removed."),
        ("/api/v1/outlets/demo/days?days=900", "days cannot be “900”. Allowed: a number up to 366."),
        (f"/api/v1/captures?{_A}", "day is missing."),
        (
            "/changes?nosuch=1",
            "There are: outlet, what, type, weight, disclosure, from, to, sort, older and newer.",
        ),
        ("/changes.atom?older=1", "“older” is no parameter of this address. There are: outlet, what, type,"),
        ("/outlets/demo?Page=1", "“Page” is no parameter of this address. There is: page."),
        (
            "/?utm_source=x&utm_medium=y",
            "“utm_source” and “utm_medium” are no parameters of this address. It takes none.",
        ),
        (f"/?{'&'.join(f'{n}=' for n in range(9))}", "“0”, “1”, “2”, “3”, “4” and 4 more are no parameters of"),
        ("/search?q=fog&type=x", "“type” is no parameter of this address. There are: q, in, what, outlet, from, to,"),
        (
            f"/api/v1/article/compare?{_A}&with_url=x",
            "“with_url” is no parameter of this address. There are: outlet, url,",
        ),
        ("/api/v1/outlets?outlet=demo", "“outlet” is no parameter of this address. It takes none."),
        ("/api/v1/changes?weight=heavy&nosuch=1", "“nosuch” is no parameter of this address."),
    ],
)
def test_it_is_told_in_our_words(made_window: Visitor, path: str, said: str) -> None:
    answer = made_window.get(path)
    if path.startswith("/api/"):
        assert answer.status_code == 400
        told = answer.json()["detail"]
    else:
        told = text_of(page_of(answer, 400).xpath("//*[@class='lead']"))
    assert said in told
    assert not any(words in told for words in _OF_THE_LIBRARY)


def test_a_stranger_s_value_stays_text(made_window: Visitor) -> None:
    answer = made_window.get("/changes?weight=%3Cscript%3E%1b%E2%80%AE")
    page = page_of(answer, 400)
    assert not page.xpath("//script")
    assert "“<script>\\x1b\\u202e”" in text_of(page.xpath("//*[@class='lead']"))


def test_each_of_several_is_told_on_a_line_of_its_own(made_window: Visitor) -> None:
    page = page_of(made_window.get("/changes?weight=heavy&sort=x"), 400)
    lines = [text_of(line) for line in page.xpath("//*[@class='lead']/p")]
    assert [line.split(" ", 1)[0] for line in lines] == ["weight", "sort"]
    assert made_window.get("/api/v1/changes?weight=heavy&sort=x").json()["detail"] == " ".join(lines)
    (line,) = page_of(made_window.get("/changes?older=7.x"), 400).xpath("//*[@class='lead']/p")
    assert text_of(line) == "'7.x' is no place in a list. Begin at the list's first page."


def test_a_page_leads_on_without_what_is_not_known(made_window: Visitor) -> None:
    path = "/changes?what=edit&utm_source=a%26b&what=return&weight=major"
    page = page_of(made_window.get(path), 400)
    (onward,) = page.xpath("//main//a/@href")
    assert onward == "/changes?what=edit&what=return&weight=major"
    assert made_window.get(onward).status_code == 200


_HARBOR = urlencode({"outlet": "demo", "url": HARBOR})
_LISTING = urlencode({"url": "http://demo.example/index.html"})


@pytest.mark.parametrize(
    ("path", "status", "onward"),
    [
        (f"/article?{_HARBOR}&a=1&b=9", 404, f"/article?{_HARBOR}"),
        (f"/article?{_HARBOR}&state=9", 404, f"/article?{_HARBOR}"),
        (f"/article?{_HARBOR}&a=x", 400, f"/article?{_HARBOR}"),
        (f"/two-articles?{_HARBOR}&with=http://demo.example/never", 404, f"/article?{_HARBOR}"),
        (f"/article?{_LISTING}", 404, f"/calendar?{_LISTING}"),
        (f"/side-by-side?{_HARBOR}&left=20269999", 400, f"/calendar?{_HARBOR}"),
        ("/side-by-side?outlet=A!&url=http://a.example/", 400, "/"),
        (f"/article?url={'x' * 5000}", 400, "/"),
        ("/article?key=demo:cbf:never", 404, "/"),
    ],
)
def test_a_page_leads_on_to_what_there_is_of_the_article(
    made_window: Visitor, path: str, status: int, onward: str
) -> None:
    page = page_of(made_window.get(path), status)
    assert page.xpath("//main//p/a/@href") == [onward]
    assert made_window.get(onward).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/changes?",
        "/changes.atom?",
        "/changes.json?",
        "/changes.csv?",
        "/search?q=fog&",
        f"/article?{_A}&",
        f"/calendar?{_A}&",
        f"/side-by-side?{_A}&",
        "/api/v1/changes?",
        "/api/v1/search?q=fog&",
        f"/api/v1/captures/calendar?{_A}&",
    ],
)
def test_an_outlet_that_is_misspelt_does_not_read_like_one_of_which_nothing_is_known(
    crawled: Crawled, path: str
) -> None:
    crowd = Crowd(window_app(crawled.holdings, Origins()), Origins().window)
    answer = crowd.get(f"{path}outlet=demmo")
    assert answer.status_code == 404
    assert "did you mean demo?" in answer.text
    assert "there is no outlet" in answer.text
    assert crowd.get(f"{path}outlet=").status_code == crowd.get(path[:-1]).status_code  # a form's field left empty


def test_one_that_has_a_file_and_no_crawl_yet_is_known(crawled: Crawled) -> None:
    named = crawled.outlet.model_copy(update={"id": "waiting"})
    held = replace(crawled.holdings, outlets={**crawled.holdings.outlets, "waiting": named})
    crowd = Crowd(window_app(held, Origins()), Origins().window)
    assert crowd.get("/changes.atom?outlet=waiting").status_code == 200


def test_all_that_pages_link_to_is_known(crawled: Crawled) -> None:
    """From the overview on, on the window: what our own pages ask for is never refused."""
    crowd = Crowd(window_app(crawled.holdings, Origins()), Origins().window)
    seen, waiting = {"/"}, ["/"]
    for _ in range(150):
        path = waiting.pop(0)
        answer = crowd.get(path)
        assert answer.status_code in (200, 303, 307), f"{path}: {answer.text}"
        if answer.headers["Content-Type"].startswith("text/html"):
            found = html.fromstring(answer.text)
            links = [*found.xpath("//a/@href | //link/@href"), *map(_sent_by, found.xpath("//form[not(@method)]"))]
            new = [link.partition("#")[0] for link in links if link.startswith("/")]
            waiting += [link for link in dict.fromkeys(new) if link not in seen and not link.endswith(".wacz")]
            seen.update(waiting)
    assert {urlsplit(path).path for path in seen} > {"/changes", "/search", "/article", "/calendar", "/side-by-side"}


def _sent_by(form: Any) -> str:
    """The address that a form asks for as it stands."""
    return f"{form.action or '/'}?{urlencode(form.form_values())}"


@pytest.mark.parametrize(
    "path", ["/changes?", "/changes.csv?", "/api/v1/changes?", "/search?q=x&", "/api/v1/search?q=x&"]
)
def test_a_list_that_would_end_before_it_begins_is_refused(made_window: Visitor, path: str) -> None:
    wrong = made_window.get(f"{path}from=2026-01-02&to=2026-01-01")
    assert wrong.status_code == 400
    assert "from= is later than to=" in wrong.text
    assert made_window.get(f"{path}from=2026-01-02&to=2026-01-02").status_code == 200
