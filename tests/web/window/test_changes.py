"""The list of what happened: what is on it, in which order, and that its pages hold together."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from lxml import etree

from articles.article import Article, Block, BlockKind
from audit.edit import EditType, Weight
from audit.findings import Disclosure
from audit.upkeep import bring_up_to_date
from config.clock import Clock
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter, count_changes
from storage.catalog.happened import Kind
from storage.catalog.kept import findings
from storage.folder_store import FolderStore
from tests.storage.catalog.observed import capture, commit, reading
from tests.web.visitor import Visitor
from tests.web.window.conftest import Crawled, visitor
from tests.web.window.made import CHINESE, EVIL, FOOTERS, GONE, HOSTILE, OUTLETS, STRAIGHT, made
from tests.web.window.reading import headlines, page_of, text_of
from web.holdings import Holdings
from web.window.asked_changes import DisclosureWord, WeightWord
from web.window.views import changes as view
from web.window.views.happenings import EditedInList

STORY = Article("Drill ends", language="en", blocks=(Block(BlockKind.PARAGRAPH, "The drill took nine days."),))


def test_the_demo_s_days_are_told(window: Visitor, crawled: Crawled) -> None:
    page = page_of(window.get("/changes"))
    told = headlines(page)
    for headline in (
        "Harbor pilots fail first rehearsal of berthing in fog",
        "Mountain weather station reports long winter without sun",
        "Radio operators train without batteries",
        "Field kitchen serves 900 in an hour",
    ):
        assert headline in told
    pilots = page.xpath("//li[contains(@class, 'edit')][.//h3[contains(., 'Harbor pilots fail')]]")[0]
    words = text_of(pilots)
    assert words.startswith("substantive 15 points · Palimpsest Demo Online")
    assert "Not disclosed on the page as captured" in words
    assert [text_of(one) for one in pilots.xpath(".//del")] == ["removed: Harbor pilots rehearse berthing in fog"]
    links = pilots.xpath(".//a/@href")
    assert any(link.startswith("/changes/sha256:") for link in links)
    assert [link for link in links if link.startswith("http://archive.localhost:8766/view/20")]
    # In the outlet's zone, which is named, with the exact moment in UTC in the markup.
    assert "UTC+8" in words
    assert all(moment.endswith("Z") for moment in pilots.xpath(".//time/@datetime"))


def test_everything_of_the_made_archive_is_told_in_order(made_window: Visitor) -> None:
    page = page_of(made_window.get("/changes"))
    moments = page.xpath("//ul[contains(@class, 'happenings')]/li/p[last()]/time[1]/@datetime")
    assert moments
    days = [text_of(one) for one in page.xpath("//section[@class='day']/h2")]
    assert days[0] == "Thursday, 8 January 2026 UTC+8"
    assert days[-1] == "Thursday, 1 January 2026 UTC+8"
    kinds = page.xpath("//ul[contains(@class, 'happenings')]/li/@class")
    assert {kind.split()[0] for kind in kinds} == {"edit", "absence", "return", "re-post", "image-replaced"}
    # The same words at the foot of seven articles are one line.
    (footers,) = page.xpath("//details[@class='alike']")
    assert text_of(footers.xpath("./summary")) == "The same edits in 6 more articles at once"
    assert len(footers.xpath(".//li")) == len(FOOTERS) - 1


def test_of_what_is_alike_the_heaviest_is_told(tmp_path: Path) -> None:
    holdings = made(tmp_path)
    (group,) = (one for one in view.changes_page(holdings, view.Asked()).items if getattr(one, "alike", ()))
    assert isinstance(group, EditedInList)
    third = group.alike[2]
    with holdings.catalog.writing() as connection:
        connection.execute(findings.update().where(findings.c.change_id == third.change_id).values(weight=3))
    (now,) = (one for one in view.changes_page(holdings, view.Asked()).items if getattr(one, "alike", ()))
    assert isinstance(now, EditedInList)
    assert (now.weight, now.url) == ("major", third.url)
    assert {one.url for one in now.alike} == {group.url, *(one.url for one in group.alike)} - {third.url}


def test_one_edit_at_several_urls_of_an_article_is_one_line(tmp_path: Path) -> None:
    archive = Archive.open(FolderStore(tmp_path / "archive"), create=True, single_writer=True)
    urls = [f"http://demo.example/{section}/16435001.html" for section in ("CHINA", "TOP", "WORLD")]
    other = "http://demo.example/CHINA/16435002.html"
    rows = [
        (capture(url, hours + number / 60), replace(STORY, headline=headline))
        for hours, headline in ((0, "Drill ends"), (24, "Drill fails"))
        for number, url in enumerate((*urls, other))
    ]
    commit(archive, [row for row, _ in rows], [reading(row, what) for row, what in rows])
    catalog = Catalog.open(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    catalog.sync(archive)
    bring_up_to_date(catalog)
    holdings = Holdings(archive, catalog, OUTLETS, Clock())
    told = [one for one in view.changes_page(holdings, view.Asked()).items if isinstance(one, EditedInList)]
    assert [(one.url, one.alike) for one in told] == [(other, ()), (urls[2], ())]
    assert {one.url for one in told[1].also_at} == set(urls[:2])
    (line,) = page_of(visitor(holdings).get("/changes")).xpath("//li[.//p[starts-with(., 'The same edit at ')]]")
    assert [one.text for one in line.xpath(".//a[@class='url']")] == [one.url for one in told[1].also_at]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("outlet=zh", {"海军舰艇编队开展实战化演练"}),
        ("type=negation", {"海军舰艇编队开展实战化演练", "Harbor pilots fail first rehearsal of berthing in fog"}),
        ("type=correction+added", {"Harbor pilots rehearse again"}),
        ("weight=major&outlet=zh", {"海军舰艇编队开展实战化演练"}),
        ("disclosure=explicit+note", {"Harbor pilots rehearse again"}),
        ("what=return", {"Harbor pilots rehearse again"}),
        ("what=re-post", {"Pier 3 reopens"}),
        ("what=unanswered", {"Pier 99 reopens"}),
        ("what=absence&from=2026-01-06", {"Harbor pilots rehearse again"}),
        ("from=2026-01-08&to=2026-01-08", {"Harbor pilots rehearse again"}),
        ("to=2025-12-31", set()),
        ("outlet=&weight=&disclosure=&from=&to=&what=image+replaced&sort=time", {"Harbor pilots rehearse again"}),
    ],
)
def test_conditions_choose(made_window: Visitor, query: str, expected: set[str]) -> None:
    page = page_of(made_window.get(f"/changes?{query}"))
    assert set(headlines(page)) == expected
    # The form and the feeds ask for the same.
    chosen = {**dict.fromkeys(page.xpath("//form//option[@selected]/@value"))}
    assert set(page.xpath("//form//input[@checked]/@value")) | set(chosen) >= {
        value.replace("+", " ") for name, _, value in (one.partition("=") for one in query.split("&")) if value
        and name in ("outlet", "type", "weight", "disclosure", "what", "sort")
    }  # fmt: skip
    same = made_window.get(f"/api/v1/changes?{query}").json()
    assert {one["headline"] for one in same["items"]} == expected


def test_the_heaviest_is_first_where_that_is_asked_for(made_window: Visitor) -> None:
    found = made_window.get("/api/v1/changes?sort=weight").json()["items"]
    weights = [(Weight[one["weight"].upper()], one["score"]) for one in found]
    assert weights == sorted(weights, reverse=True)
    assert {one["kind"] for one in found} == {"edit"}


def test_pages_of_few_lines_are_the_whole_list_in_either_direction(
    holdings: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = view.changes_page(holdings, view.Asked())
    assert (whole.newer, whole.older) == (None, None)
    monkeypatch.setattr(view, "LINES", 3)
    forward = [view.changes_page(holdings, view.Asked())]
    while forward[-1].older is not None:
        assert len(forward[-1].items) == 3
        forward.append(view.changes_page(holdings, view.Asked(), older_than=forward[-1].older))
    assert [one for page in forward for one in page.items] == list(whole.items)
    back = [forward[-1]]
    while back[-1].newer is not None:
        back.append(view.changes_page(holdings, view.Asked(), newer_than=back[-1].newer))
    assert back[-1] == forward[0]
    told = [one for page in back[::-1] for one in page.items]
    assert [one for number, one in enumerate(told) if one not in told[:number]] == list(whole.items)


def test_cosmetic_edits_are_folded_and_counted(holdings: Holdings) -> None:
    folded = view.changes_page(holdings, view.Asked())
    every = view.changes_page(holdings, view.Asked(fold=False))
    assert folded.cosmetic == count_changes(holdings.catalog, ChangeFilter(cosmetic=True)) == 1
    assert every.cosmetic == 0
    assert len(every.items) == len(folded.items) + folded.cosmetic
    assert "1 cosmetic edit folded" in text_of(page_of(visitor(holdings).get("/changes")))
    assert STRAIGHT in headlines(page_of(visitor(holdings).get("/changes?weight=cosmetic")))


def test_folded_edits_are_counted_on_the_page_where_they_lie(
    holdings: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "LINES", 2)
    pages = [view.changes_page(holdings, view.Asked())]
    while pages[-1].older is not None:
        pages.append(view.changes_page(holdings, view.Asked(), older_than=pages[-1].older))
    assert sum(page.cosmetic for page in pages) == 1


def test_what_is_unanswered_is_told_only_where_it_is_asked_for(made_window: Visitor) -> None:
    usual = made_window.get("/api/v1/changes").json()["items"]
    assert all(one["kind"] != "absence" or one["conclusive"] for one in usual)
    (blocked,) = made_window.get("/api/v1/changes?what=unanswered").json()["items"]
    assert (blocked["shown"], blocked["conclusive"], blocked["url"]) == ("blocked", False, GONE)
    page = made_window.get("/changes?what=unanswered").text
    assert "This does not say that the article is gone." in page


def test_what_was_withdrawn_is_told_apart_from_what_was_missing(window: Visitor) -> None:
    withdrawn, missing = "Divers map harbor by touch", "Field kitchen serves 900 in an hour"
    for kinds, expected in (("what=withdrawn", {withdrawn}), ("what=absence", {missing})):
        assert set(headlines(page_of(window.get(f"/changes?{kinds}")))) == expected
        assert {one["headline"] for one in window.get(f"/api/v1/changes?{kinds}").json()["items"]} == expected
    usual = set(headlines(page_of(window.get("/changes"))))
    assert {withdrawn, missing} <= usual
    overview = page_of(window.get("/"))
    (told,) = overview.xpath("//h2[.='Disappeared']/following-sibling::p")
    assert text_of(told).startswith("In the last 7 days 1 article was found missing and 1 withdrawn from listings.")
    (address,) = told.xpath("./a/@href")
    assert set(headlines(page_of(window.get(address)))) == {withdrawn, missing}


def test_the_api_tells_moments_in_utc_and_edits_with_the_words_around(made_window: Visitor) -> None:
    found = made_window.get("/api/v1/changes?outlet=zh").json()
    (edited,) = found["items"]
    assert (edited["kind"], edited["url"], edited["weight"]) == ("edit", CHINESE, "major")
    assert edited["at"] == "2026-01-02T06:00:00Z"
    number = next(edit for edit in edited["edits"] if edit["type"] == "number")
    assert (number["before"], number["after"], number["where"]) == ("12", "21", "paragraph 1")
    assert number["words_before"].endswith("共有")
    assert number["words_after"].startswith("艘舰艇")


def test_feeds_are_the_same_list(made_window: Visitor, holdings: Holdings) -> None:
    answer = made_window.get("/changes.atom?outlet=demo&type=headline")
    assert answer.headers["Content-Type"] == "application/atom+xml"
    feed = etree.fromstring(answer.content)
    names = {"a": "http://www.w3.org/2005/Atom"}
    titles = feed.xpath("//a:entry/a:title/text()", namespaces=names)
    assert titles[0].startswith("Harbor pilots rehearse again (substantive: ")
    assert feed.xpath("/a:feed/a:link[@rel='self']/@href", namespaces=names) == [
        "http://127.0.0.1:8765/changes.atom?outlet=demo&type=headline"
    ]
    links = feed.xpath("//a:entry/a:link/@href", namespaces=names)
    assert all(link.startswith("http://127.0.0.1:8765/changes/sha256:") for link in links)
    as_json = made_window.get("/changes.json?outlet=demo&type=headline")
    assert as_json.headers["Content-Type"] == "application/feed+json"
    assert [item["id"] for item in as_json.json()["items"]] == feed.xpath("//a:entry/a:id/text()", namespaces=names)
    every = made_window.get("/changes.json").json()["items"]
    assert len({item["id"] for item in every}) == len(every)
    tags = {tag for item in every for tag in item["tags"]}
    assert {"changed", "absent", "returned", "re-posted", "image replaced"} <= tags


def test_csv_is_the_same_list_row_by_row(made_window: Visitor) -> None:
    answer = made_window.get("/changes.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="changes.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert len(rows) == len(made_window.get("/api/v1/changes").json()["items"]) + len(FOOTERS) - 1
    assert {"changed", "gone", "moved", "returned", "re-posted", "image replaced"} <= {row["what"] for row in rows}
    (group,) = {row["alike"] for row in rows} - {""}
    assert {row["url"] for row in rows if row["alike"] == group} == set(FOOTERS)
    chinese = next(row for row in rows if row["outlet"] == "zh")
    assert "12" in chinese["how"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


@pytest.mark.parametrize(
    "query",
    [
        "outlet=../..", "type=unheard+of", "weight=heavy", "what=nothing", "from=yesterday", "older=x", "newer=1.2.3",
        "older=1769220000000000.edit.1.1.0", "older=99999999999999999999.edit.1.1.0.0", "older=1.gone.1.1.0.0",
        "older=1769220000000000.edit.99999999999999999999.1.0.0", "older=" + "1" * 200, "sort=random",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told(made_window: Visitor, query: str) -> None:
    page_of(made_window.get(f"/changes?{query}"), 400)
    problem = made_window.get(f"/api/v1/changes?{query}")
    assert (problem.status_code, problem.headers["Content-Type"]) == (400, "application/problem+json")


def test_texts_of_strangers_stay_texts(made_window: Visitor) -> None:
    for path in ("/changes", "/changes?sort=weight", "/changes?what=edit&weight=cosmetic"):
        answer = made_window.get(path)
        page = page_of(answer)
        assert HOSTILE.replace("\x1b", r"\x1b").split("\x07")[0] in page.text_content()
        assert not page.xpath("//script | //*[@onerror or @onmouseover or @onload] | //img")
        assert "\u202e" not in answer.text
        assert "\x1b" not in answer.text
        assert not [link for link in page.xpath("//@href") if link.lower().startswith("javascript:")]
    evil = next(one for one in made_window.get("/api/v1/changes").json()["items"] if one["url"] == EVIL)
    assert evil["headline"] == f"{HOSTILE} 92"  # JSON tells it as it is


def test_the_words_of_an_address_are_those_of_the_audit() -> None:
    assert list(get_args(WeightWord)) == [str(weight) for weight in Weight]
    assert set(get_args(DisclosureWord)) == {"undisclosed", *(one.value for one in Disclosure)}


def test_every_type_and_kind_can_be_asked_for(made_window: Visitor) -> None:
    page = page_of(made_window.get("/changes"))
    assert set(page.xpath("//input[@name='type']/@value")) == {kind.value for kind in EditType}
    assert set(page.xpath("//input[@name='what']/@value")) == {kind.value for kind in Kind}


def test_where_nothing_was_observed_that_is_told(made_window: Visitor) -> None:
    page = page_of(made_window.get("/changes?to=2020-01-01"))
    assert "Nothing like that was observed." in page.text_content()
    assert not headlines(page)


def test_feeds_and_the_table_are_asked_for_so_often_and_no_more(holdings: Holdings) -> None:
    for path in ("/changes.atom", "/changes.json", "/changes.csv"):
        somebody = visitor(holdings)
        codes = [somebody.get(f"{path}?to=1990-01-01").status_code for _ in range(25)]
        assert codes[0] != 429, path
        assert codes[-1] == 429, path
