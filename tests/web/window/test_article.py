"""An article's page: its history, any two states against each other, the evidence."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import quote

import pytest

from audit.edit import Weight
from audit.evidence.check import check
from audit.states import compare_states
from storage.catalog.absences import absences
from storage.catalog.changes import changes
from tests.web.visitor import Visitor
from tests.web.window.conftest import Crawled
from tests.web.window.made import CHINESE, EVIL, GONE, HARBOR, HOSTILE, SIDEBAR, TUG
from tests.web.window.reading import Page, page_of, text_of
from web.holdings import Holdings
from web.window import timeline


def of(url: str, **query: object) -> str:
    """The address of an article's page."""
    return f"/article?url={quote(url, safe='')}" + "".join(f"&{name}={value}" for name, value in query.items())


def edits(page: Page) -> dict[str, Page]:
    """The items of the list of edits, by type; of several the last."""
    return {text_of(item.xpath(".//strong")): item for item in page.xpath("//aside//li[@id]")}


def test_every_change_of_the_demo_has_a_page_with_its_one_edit(window: Visitor, crawled: Crawled) -> None:
    found = changes(crawled.holdings.catalog)
    assert len(found) == 7
    for change in found:
        page = page_of(window.get(f"/changes/{change.change_id}"))
        assert text_of(page.xpath("//h1")) == change.headline
        told = edits(page)
        assert set(told) <= set(change.types or ())
        assert len(page.xpath("//aside//li[@id]")) >= 1
        assert change.change_id in page.text_content()
        assert len(page.xpath("//tr[@class='chosen']")) == 2
        links = page.xpath("//table[contains(@class, 'states')]//a/@href")
        for kind in ("/view/2", "id_/http", "/replay/2"):
            assert any(link.startswith("http://archive.localhost:8766/") and kind in link for link in links), kind


def test_edits_lead_to_their_places_and_back(made_window: Visitor) -> None:
    for look in ("inline", "sides"):
        page = page_of(made_window.get(of(HARBOR, a=1, b=2, view=look)))
        told = edits(page)
        assert {"quoted words", "number", "headline", "paragraph moved", "paragraph added", "editor"} <= set(told)
        number = told["number"]
        (place,) = number.xpath(".//p[contains(@class, 'where')]/a/@href")
        (mark,) = page.xpath(f"//*[@id='{place[1:]}']")
        assert mark.xpath("@href") == [f"#{number.get('id')}"]
        assert "The number 36 became 63" in mark.get("title")
        (row,) = mark.xpath("ancestor::div[@id][1]")
        assert "36" in text_of(row)
        assert "63" in text_of(row)
        (moved,) = page.xpath("//p[@class='left']")
        (target,) = moved.xpath("./a/@href")
        assert "Fishing boats" in text_of(page.xpath(f"//*[@id='{target[1:]}']"))
        assert not told["editor"].xpath(".//p[contains(@class, 'where')]/a")
    assert not page.xpath("//details[@class='fold']")  # every paragraph stands near an edit


def test_what_did_not_change_far_from_edits_is_folded_unless_it_is_asked_for(made_window: Visitor) -> None:
    page = page_of(made_window.get(of(HARBOR, a=2, b=3)))
    assert text_of(page.xpath("//details[@class='fold']/summary")).endswith("unchanged paragraphs")
    (whole,) = page.xpath("//a[text()='Show all paragraphs']/@href")
    unfolded = page_of(made_window.get(whole))
    assert not unfolded.xpath("//details[@class='fold']")
    assert unfolded.xpath("//div[@class='compared-text']")[0].text_content().count("tide tables") == 1


def test_times_and_images_of_edits_are_shown_for_people(made_window: Visitor) -> None:
    """In the outlet's zone, as the page gave it in the markup; an image by its name, which leads to its bytes."""
    moved = edits(page_of(made_window.get(of(HARBOR, a=1, b=2))))["published time moved"]
    assert text_of(moved) == (
        "substantive published time moved 10 points removed: 2026-01-01 13:30 UTC+8 → added: 2026-01-01 15:30 UTC+8"
        " The published time moved from 2026-01-01 13:30 UTC+8 to 2026-01-01 15:30 UTC+8, 2 h later."
    )
    assert moved.xpath(".//p[@class='words']//time/@datetime") == [
        "2026-01-01T13:30:00+08:00",
        "2026-01-01T15:30:00+08:00",
    ]
    for page in (
        page_of(made_window.get(of(HARBOR, a=3, b=4))),
        page_of(made_window.get("/changes?type=image+removed")),
    ):
        ((image, address),) = [(text_of(link), link.get("href")) for link in page.xpath("//del//a")]
        assert image == "tug.jpg"
        assert address == f"http://archive.localhost:8766/web/20260105090000000000id_/{TUG}"


def test_addresses_of_edits_begin_with_their_host(made_window: Visitor) -> None:
    removed = edits(page_of(made_window.get(of(HARBOR, a=3, b=4))))["image removed"]
    assert (
        text_of(removed.xpath(".//p[contains(@class, 'reason')]")) == "The image demo.example/att/tug.jpg was removed."
    )


def test_an_edit_says_where_it_stands_only_if_that_is_a_paragraph(made_window: Visitor) -> None:
    told = edits(page_of(made_window.get(of(HARBOR, a=1, b=2))))
    assert text_of(told["number"].xpath(".//p[contains(@class, 'where')]")).startswith("paragraph 1 · ")
    assert "editors 1" not in text_of(told["editor"])
    assert "published at" not in text_of(page_of(made_window.get("/changes?type=published+time+moved")))


def test_any_two_states_are_compared_the_older_first(made_window: Visitor) -> None:
    page = page_of(made_window.get(of(HARBOR, a=4, b=1)))
    assert text_of(page.xpath("//h2[@id='compared']")) == "State 1 →against state 4"
    assert "2026-01-01 17:00 and 2026-01-08 17:00 UTC+8" in text_of(
        page.xpath("//section[@aria-labelledby='compared']")
    )
    assert not page.xpath("//link[@rel='canonical']")  # no change leads from the one to the other at once
    chosen = page.xpath("//form[contains(@class, 'choose')]//option[@selected]/@value")
    assert chosen == ["1", "4"]
    assert "correction added" in edits(page)


def test_the_last_change_is_shown_unless_others_are_asked_for(made_window: Visitor) -> None:
    page = page_of(made_window.get(of(HARBOR)))
    assert text_of(page.xpath("//h2[@id='compared']")) == "State 3 →against state 4"
    assert text_of(page.xpath("//h2[@id='compared']")) in text_of(page_of(made_window.get(of(HARBOR, a=3))))
    by_key = page_of(made_window.get("/article?key=demo:cbf:16435001"))
    assert text_of(by_key.xpath("//h1")) == "Harbor pilots rehearse again"


def test_the_history_tells_states_absences_returns_and_variants(made_window: Visitor) -> None:
    page = page_of(made_window.get(of(HARBOR)))
    rows = [text_of(row) for row in page.xpath("//table[contains(@class, 'states')]/tbody/tr")]
    assert [row.split()[0] for row in rows] == ["1", "2", "3", "no", "4"]
    assert "The first state seen by us" in rows[0]
    assert "major" in rows[1]
    assert "gone HTTP 404" in rows[3]
    assert "2 looks, confirmed" in rows[3]
    (variants,) = page.xpath("//ul[@class='variants']")
    assert SIDEBAR in text_of(variants)
    picture, narrow = page.xpath("//svg")
    assert max(float(x) for x in narrow.xpath(".//circle/@cx | .//rect/@x")) < timeline.NARROW
    assert len(narrow.xpath(".//circle")) == len(picture.xpath(".//circle"))
    assert len(picture.xpath(".//rect[@class='state']")) == 4
    assert len(picture.xpath(".//rect[@class='absence']")) == 1
    radii = [int(mark) for mark in picture.xpath(".//circle/@r")]
    assert radii[0] > radii[2] > radii[1]  # major, substantive, minor
    sidebar = page_of(made_window.get(of(SIDEBAR)))
    assert "State 1 of 1" in text_of(sidebar)
    assert HARBOR in text_of(sidebar.xpath("//ul[@class='variants']"))


def test_what_is_missing_now_says_so_and_claims_no_more(made_window: Visitor) -> None:
    page = page_of(made_window.get(of(GONE)))
    (notice,) = page.xpath("//header/div[contains(@class, 'notice')]")
    assert text_of(notice.xpath("./p")) == (
        "Gone when last looked at: last seen 2026-01-01 16:00, first missing 2026-01-04 16:00 UTC+8, HTTP 404,"
        " 2 looks, confirmed."
    )
    rows = text_of(page.xpath("//table[contains(@class, 'states')]"))
    assert "moved HTTP 301 to http://demo.example/CHINA/elsewhere.html" in rows
    assert "blocked HTTP 403" in rows


def test_an_absence_leads_to_what_came_instead_and_to_its_record(made_window: Visitor, holdings: Holdings) -> None:
    page = page_of(made_window.get(of(GONE)))
    moved, blocked, gone = page.xpath("//table[contains(@class, 'states')]/tbody/tr[@class='absence']")
    known = {one.kind.value: one for one in absences(holdings.catalog) if one.url == GONE}
    for row, kind, last in ((moved, "moved", "0102"), (blocked, "blocked", "0103"), (gone, "gone", "0105")):
        (instead,) = row.xpath(".//a[starts-with(., 'what came instead at ')]/@href")
        assert instead == f"http://archive.localhost:8766/view/2026{last}080000000000/{GONE}"
        record = text_of(row.xpath(".//details"))
        assert record.startswith("Record, in commit 1")
        assert known[kind].last_record_id in record
        assert "Payloadsha256:" in record
    (lasting,) = page.xpath("//header//a[starts-with(., 'what came instead at ')]/@href")
    assert lasting == gone.xpath(".//a[starts-with(., 'what came instead at ')]/@href")[0]
    told = made_window.get("/changes?what=absence").text
    assert f'/view/20260105080000000000/{GONE}">what came instead<span class="said"> of ' in told


def test_of_one_withdrawn_the_listing_without_it_is_shown(window: Visitor) -> None:
    (one,) = window.get("/api/v1/changes?what=withdrawn").json()["items"]
    page = page_of(window.get(of(one["url"])))
    (row,) = page.xpath("//table[contains(@class, 'states')]/tbody/tr[@class='absence']")
    assert f"withdrawn from {one['location']}" in text_of(row)
    (listing,) = row.xpath(".//a[starts-with(., 'the listing without it at ')]/@href")
    assert listing.endswith(one["location"])
    assert one["record_id"] in text_of(row.xpath(".//details"))
    # The article itself was there: the stretch is drawn below its state, not behind it.
    (state,), (absence,) = (page.xpath(f"//svg[1]/rect[@class='{name}']") for name in ("state", "absence"))
    assert float(absence.get("y")) >= float(state.get("y")) + float(state.get("height"))


def test_an_article_of_one_state_has_its_evidence_listed(window: Visitor, crawled: Crawled) -> None:
    (url,) = {one.url for one in absences(crawled.holdings.catalog) if one.kind == "gone"}
    page = page_of(window.get(of(url)))
    (box,) = page.xpath("//section[@class='evidence']")
    (state,) = window.get(f"/api/v1/article?url={quote(url, safe='')}").json()["shown"]["states"]
    words = text_of(box)
    for named in ("content_id", "first_record_id", "last_record_id", "reader_id"):
        assert state[named] in words
    for label in ("Payloadsha256:", "Blocksha256:", "in commit ", "read in commit "):
        assert label in words
    assert [link for link in box.xpath(".//a/@href") if "/view/2" in link]
    (content,) = [link for link in box.xpath(".//a/@href") if link.startswith("/api/")]
    assert window.get(content).json()["headline"] == state["headline"]
    assert not box.xpath(".//a[@download]")
    assert "Nothing changed here" in words


def test_a_state_of_several_offers_the_evidence_of_the_change_beside_it(made_window: Visitor) -> None:
    states = made_window.get(f"/api/v1/article?url={quote(HARBOR, safe='')}").json()["shown"]["states"]
    for number, change in ((1, states[1]["change"]), (2, states[1]["change"]), (4, states[3]["change"])):
        (box,) = page_of(made_window.get(of(HARBOR, state=number))).xpath("//section[@class='evidence']")
        assert box.xpath(".//a[@download]/@href") == [f"/changes/{change['change_id']}/evidence.wacz"]
        assert states[number - 1]["content_id"] in text_of(box)


def test_a_state_can_be_read_with_what_it_says_of_itself(made_window: Visitor) -> None:
    page = page_of(made_window.get(of(HARBOR, state=1)))
    (about,) = page.xpath("//section[@class='reading']/dl")
    facts = dict(zip(map(text_of, about.xpath("./dt")), map(text_of, about.xpath("./dd")), strict=True))
    assert facts["Editor"] == "Huang Panyue"
    assert facts["Byline"] == "Chen Ze'an, Li Ziyue"
    assert facts["Source"] == "Harbor Daily"
    assert facts["Published"] == "2026-01-01 13:30 UTC+8"
    reading = page.xpath("//section[@class='reading']//time/@datetime")
    assert "2026-01-01T13:30:00+08:00" in reading
    assert facts["Translation note"] == "Translated from Chinese by the Harbor Daily."
    assert facts["Original language"] == "zh"
    assert facts["Images"] == "demo.example/att/tug.jpg"
    assert len(page.xpath("//div[@class='compared-text']/p")) == 12
    assert len(page.xpath("//div[@class='compared-text']/p[@class='subhead']")) == 1


def test_chinese_stands_in_its_language(made_window: Visitor) -> None:
    page = page_of(made_window.get(of(CHINESE)))
    assert page.xpath("//h1[@dir='auto']/@lang") == ["zh"]
    assert page.xpath("//div[@class='compared-text']/@lang") == ["zh"]
    assert {"negation", "number", "place"} <= set(edits(page))


def test_the_evidence_box_names_what_the_archive_holds(made_window: Visitor, holdings: Holdings) -> None:
    compared = compare_states(holdings.catalog, HARBOR, 1, 2)
    page = page_of(made_window.get(of(HARBOR, a=1, b=2)))
    box = text_of(page.xpath("//section[@class='evidence']"))
    for value in (
        compared.report.change_id,
        compared.report.findings_id,
        compared.old.content_id,
        compared.new.content_id,
        compared.old.first_record_id,
        compared.old.last_record_id,
        compared.new.first_record_id,
    ):
        assert str(value) in box
    assert "in commit 1, read in commit 1" in box


def test_evidence_is_downloaded_and_holds(window: Visitor, crawled: Crawled) -> None:
    change = next(one for one in changes(crawled.holdings.catalog) if "number" in (one.types or ()))
    page = page_of(window.get(f"/changes/{change.change_id}"))
    (address,) = page.xpath("//a[@download]/@href")
    answer = window.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/wacz+zip"
    assert re.fullmatch(r'attachment; filename="evidence-[0-9a-f]{12}\.wacz"', answer.headers["Content-Disposition"])
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert "datapackage.json" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    result = check(answer.content, name="evidence.wacz")
    assert result.holds
    assert result.reproduced


def test_evidence_of_what_the_archive_lacks_says_so(made_window: Visitor) -> None:
    # The made archive has tables and no WARCs.
    page = page_of(made_window.get(f"/article/evidence.wacz?url={quote(HARBOR, safe='')}&a=1&b=3"), 404)
    assert "no commit lists it" in page.text_content()


def test_the_api_tells_the_same(made_window: Visitor) -> None:
    told = made_window.get(f"/api/v1/article?url={quote(HARBOR, safe='')}").json()
    assert (told["shown"]["url"], [one["url"] for one in told["variants"]]) == (HARBOR, [SIDEBAR])
    states = told["shown"]["states"]
    assert told["shown"]["states_in_all"] == len(states)
    assert [state["number"] for state in states] == [1, 2, 3, 4]
    assert states[0]["change"] is None
    assert states[1]["change"]["weight"] == "major"
    assert states[0]["first_seen"] == "2026-01-01T06:00:00Z"
    compared = made_window.get(f"/api/v1/article/compare?url={quote(HARBOR, safe='')}&a=1&b=2").json()
    assert compared["change_id"] == states[1]["change"]["change_id"]
    assert made_window.get(f"/api/v1/changes/{compared['change_id']}").json() == compared
    assert compared["old"]["article"]["published_at"] == "2026-01-01T13:30:00+08:00"  # as its page means it
    assert [Weight[edit["weight"].upper()] for edit in compared["edits"]] == sorted(
        (Weight[edit["weight"].upper()] for edit in compared["edits"]), reverse=True
    )
    number = next(edit for edit in compared["edits"] if edit["type"] == "number")
    assert (number["before"], number["after"]) == ("36", "63")
    blocks = compared["new"]["article"]["blocks"]
    place = number["new"]
    assert blocks[place["index"]]["text"][place["start"] : place["end"]] == "63"
    for row in compared["body"]:
        joined = "".join(run["text"] for run in row["runs"] if run["op"] != "delete")
        assert joined == "\n".join(blocks[index]["text"] for index in row["new"])
    article = made_window.get(f"/api/v1/articles/{states[0]['content_id']}").json()
    assert article["headline"] == "Harbor pilots rehearse berthing in fog"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/article", 400),
        ("/article?url=&key=", 400),
        ("/article?url=http://a.example&key=b", 400),
        ("/article?url=http://nowhere.example/", 404),
        ("/article?url=javascript:alert(1)", 404),
        ("/article?key=demo:cbf:999", 404),
        (of(HARBOR, a=1, b=99), 404),
        (of(HARBOR, a=2, b=2), 400),
        (of(HARBOR, state=9), 404),
        (of(HARBOR, a=0), 400),
        (of(HARBOR, view="upside-down"), 400),
        (of(HARBOR) + "&outlet=zh", 404),
        ("/article?url=" + "x" * 5000, 400),
        ("/changes/sha256:" + "0" * 64, 404),
        ("/changes/sha256:xyz", 400),
        ("/changes/" + "0" * 64, 400),
        ("/changes/sha256:" + "0" * 64 + "/evidence.wacz", 404),
    ],
)
def test_what_is_not_there_is_told(made_window: Visitor, path: str, status: int) -> None:
    page_of(made_window.get(path), status)


def test_a_state_compared_with_itself_is_told_and_leads_to_the_states(made_window: Visitor) -> None:
    page = page_of(made_window.get(of(HARBOR, a=2, b=2)), 400)
    assert text_of(page.xpath("//h1")) == "That is one state, not two"
    assert "State 2 does not differ from itself." in text_of(page.xpath("//main"))
    (onward,) = page.xpath("//main//a/@href")
    assert page_of(made_window.get(onward)).xpath("//table[contains(@class, 'states')]")
    problem = made_window.get(f"/api/v1/article/compare?url={quote(HARBOR, safe='')}&a=2&b=2")
    assert (problem.status_code, problem.headers["Content-Type"]) == (400, "application/problem+json")
    assert problem.json()["title"] == "That is one state, not two"


def test_an_article_that_would_like_to_run_does_not(made_window: Visitor) -> None:
    for query in ({}, {"view": "sides"}, {"state": 1}, {"a": 1, "b": 2, "whole": "true"}):
        answer = made_window.get(of(EVIL, **query))
        page = page_of(answer)
        assert not page.xpath("//script | //*[@onerror or @onmouseover or @onload] | //img | //iframe | //object")
        assert "\x1b" not in answer.text
        assert "\u202e" not in answer.text
        assert "{{7*7}}" in page.text_content()
        assert not [link for link in page.xpath("//@href") if link.lower().strip().startswith(("javascript:", "data:"))]
    assert HOSTILE.split("\x1b")[0] in page.text_content()
