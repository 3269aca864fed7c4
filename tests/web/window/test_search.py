"""Words, phrases and people: where they stand, and where they came and went."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from storage.catalog.phrase_hits import Asked
from tests.web.visitor import Visitor
from tests.web.window.made import CHINESE, EVIL, HARBOR
from tests.web.window.reading import headlines, page_of, text_of
from web.holdings import Holdings
from web.window.views import search as view
from web.window.views.places import place_of


def asked(**query: object) -> str:
    return "?" + urlencode({name.rstrip("_"): value for name, value in query.items()})


def test_the_form_alone_asks_for_nothing(made_window: Visitor) -> None:
    page = page_of(made_window.get("/search"))
    assert page.xpath("//form[@role='search']//input[@name='q']")
    assert not page.xpath("//ul[contains(@class, 'happenings')]")


def test_words_are_found_in_the_demo(window: Visitor) -> None:
    page = page_of(window.get("/search" + asked(q="sunshine 63 days")))
    assert headlines(page) == ["Mountain weather station reports long winter without sun"]
    (snippet,) = page.xpath("//ul[contains(@class, 'happenings')]//p[@class='snippet']")
    assert [text_of(mark) for mark in snippet.xpath(".//mark")] == ["63", "days", "sunshine"]
    removed = page_of(window.get("/search" + asked(q='"36 days"', what="removed")))
    assert headlines(removed) == ["Mountain weather station reports long winter without sun"]
    assert text_of(removed.xpath("//ul[contains(@class, 'happenings')]//p")).startswith("removed text, 1 → 0 times")


@pytest.mark.parametrize(
    ("query", "urls"),
    [
        ({"q": "演练", "outlet": "zh"}, {CHINESE}),
        ({"q": "东海", "what": "added"}, {CHINESE}),
        ({"q": "没有针对", "what": "removed"}, {CHINESE}),
        ({"q": "没有针对", "what": "added"}, set()),
        ({"q": "Huang Panyue", "in": "editors", "what": "removed"}, {HARBOR}),
        ({"q": "dora muster", "in": "editors", "what": "added"}, {HARBOR}),
        ({"q": "ziyue", "in": "headline"}, set()),
        ({"q": "ZIYUE", "in": "byline", "case": "true"}, set()),
        ({"q": "rehearse again", "in": "headline"}, {HARBOR}),
        ({"q": '"rehearse again"', "from": "2026-01-08"}, {HARBOR}),
        ({"q": '"rehearse again"', "to": "2026-01-07"}, set()),
        ({"q": "onerror alert"}, {EVIL}),
        ({"q": "harbor", "outlet": "zh"}, set()),
    ],
)
def test_what_is_found(made_window: Visitor, query: dict[str, str], urls: set[str]) -> None:
    found = made_window.get(f"/api/v1/search?{urlencode(query)}").json()
    assert {one["url"] for one in found["items"]} == urls
    page = page_of(made_window.get(f"/search?{urlencode(query)}"))
    assert len(headlines(page)) == len(found["items"])
    assert page.xpath("//input[@name='q']/@value") == [query["q"]]


def test_first_appearance_and_vanishing_are_told(made_window: Visitor) -> None:
    found = made_window.get("/api/v1/search" + asked(q='"did not lose"')).json()
    assert (found["first_appearance"]["url"], found["first_appearance"]["number"]) == (HARBOR, 1)
    assert found["first_appearance"]["first_seen"] == "2026-01-01T06:00:00Z"
    gone = found["first_vanishing"]
    assert (gone["url"], gone["occurrences_before"], gone["occurrences_after"]) == (HARBOR, 1, 0)
    assert (gone["last_seen_before"], gone["first_seen_after"]) == ("2026-01-01T09:00:00Z", "2026-01-01T12:00:00Z")
    page = page_of(made_window.get("/search" + asked(q='"did not lose"')))
    ends = [text_of(one) for one in page.xpath("//section[@class='ends']//h2")]
    assert ends == ["First appearance", "First vanishing"]
    nothing = page_of(made_window.get("/search" + asked(q="zeppelin")))
    assert not nothing.xpath("//section[@class='ends']")
    assert "No state of an article holds that." in nothing.text_content()


def test_pages_are_the_whole_list(holdings: Holdings, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = view.terms_of("pier story", case=False, part=view.Part.ANYWHERE)
    whole = view.search_page(holdings, terms, "states", Asked())
    assert whole.older is None
    assert len(whole.items) > 6
    monkeypatch.setattr(view, "HITS", 4)
    pages = [view.search_page(holdings, terms, "states", Asked())]
    while (older := pages[-1].older) is not None:
        assert len(pages[-1].items) == 4
        pages.append(view.search_page(holdings, terms, "states", Asked(after=place_of(older))))
    assert [one for page in pages for one in page.items] == list(whole.items)
    assert [page.first_appearance is None for page in pages[1:]] == [True] * (len(pages) - 1)


def test_a_search_that_takes_too_long_says_so_and_goes_on(holdings: Holdings, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = view.terms_of("pier", case=False, part=view.Part.ANYWHERE)
    whole = view.search_page(holdings, terms, "added", Asked())
    assert whole.items == ()
    monkeypatch.setattr(view, "_MOST", 2)
    page = view.search_page(holdings, view.terms_of("send", case=False, part=view.Part.ANYWHERE), "added", Asked())
    assert page.unfinished
    assert len(page.items) == 2
    assert page.older is not None
    rest = view.search_page(
        holdings,
        view.terms_of("send", case=False, part=view.Part.ANYWHERE),
        "added",
        Asked(after=place_of(page.older)),
    )
    assert rest.items[0] not in page.items


@pytest.mark.parametrize("q", ["?!", '""', " ", "a b c d e f g h i j k l m n"])
def test_what_cannot_be_looked_for_is_told_beside_the_form(made_window: Visitor, q: str) -> None:
    answer = made_window.get("/search" + asked(q=q))
    page = page_of(answer, 400)
    assert text_of(page.xpath("//div[@role='alert']"))
    assert page.xpath("//input[@name='q']/@value") == [q]
    assert made_window.get("/api/v1/search" + asked(q=q)).status_code == 400


@pytest.mark.parametrize("query", ["q=x&what=anything", "q=x&in=nowhere", "q=x&older=1", "q=" + "x" * 301, "from=x"])
def test_what_makes_no_sense_is_told(made_window: Visitor, query: str) -> None:
    page_of(made_window.get(f"/search?{query}"), 400)
    assert made_window.get(f"/api/v1/search?{query}").status_code == 400


def test_what_is_asked_and_found_stays_text(made_window: Visitor) -> None:
    for q in (
        '"><script>alert(1)</script>',
        "alert",
        "{{7*7}}",
        "\u202ealert",
        'onerror" OR 1',
        "a* NEAR/2 b",
        "headline:x",
    ):
        answer = made_window.get("/search" + asked(q=q))
        page = page_of(answer, answer.status_code)
        assert answer.status_code in (200, 400)
        assert not page.xpath("//script | //*[@onerror or @onmouseover]")
        assert "\x1b" not in answer.text
        assert "\u202e" not in answer.text


def test_captures_of_an_address_can_be_asked_for_without_knowing_ours(made_window: Visitor) -> None:
    page = page_of(made_window.get("/search"))
    (form,) = page.xpath("//form[@action='/calendar']")
    form.fields["url"] = HARBOR.removeprefix("http://")
    found = page_of(made_window.get(f"{form.action}?{urlencode(form.form_values())}"))
    assert "times asked for" in text_of(found.xpath("//main"))
    assert not page_of(made_window.get("/search?q=harbor")).xpath("//form[@action='/calendar']")
    missing = page_of(made_window.get("/calendar?url=http://nowhere.example/a?b"))
    assert "http://archive.localhost:8766/view/http://nowhere.example/a?b" in missing.xpath("//main//a/@href")


def test_words_that_went_with_their_article_vanished(window: Visitor) -> None:
    words = '"field kitchen serves"'
    gone = window.get("/api/v1/search" + asked(q=words)).json()["first_vanishing"]
    assert (gone["kind"], gone["shown"], gone["status"], gone["number"]) == ("absence", "gone", 404, 1)
    removed = window.get("/api/v1/search" + asked(q=words, what="removed")).json()["items"]
    assert removed == [gone]
    states = window.get("/search" + asked(q=words))
    assert "First vanishing" in states.text
    (hit,) = page_of(states).xpath("//ul[contains(@class, 'happenings')]/li")
    assert "gone since 20" in text_of(hit)
    (hit,) = page_of(window.get("/search" + asked(q=words, what="removed"))).xpath(
        "//ul[contains(@class, 'happenings')]/li"
    )
    assert text_of(hit).startswith("gone with the whole article, HTTP 404; it stood in the headline, 1 time in all")
    assert "what came instead" in text_of(hit)
    assert [text_of(link) for link in hit.xpath(".//h3/a")] == [gone["headline"]]
