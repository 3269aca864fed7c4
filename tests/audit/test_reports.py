"""Reports as text, HTML and Markdown: complete, readable without colour, and deaf to what a page would like to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from unicodedata import bidirectional

import pytest
from lxml import html
from markdown_it import MarkdownIt

from articles.article import Article, Block, BlockKind
from audit.body_diff import BodyDiff, Fate, Op, Row, Run
from audit.compare import compare
from audit.edit import Edit, EditType, Place, Weight
from audit.findings import Disclosure, Findings, ScorePart
from audit.report.html import as_html
from audit.report.json_report import as_json
from audit.report.lines import as_text
from audit.report.markdown import as_markdown
from audit.report.model import DiffReport, Side

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b]0;owned\x07\x1b[2J\u202egnp.exe"
    " & \"q\" 'a' [x](javascript:y)"
)


def report(before: str = "12", after: str = "92", headline: str = "Bridge gives way") -> DiffReport:
    def article(number: str) -> Article:
        texts = ("Traffic is led across the dam.", f"At noon {number} people were hurt.", "Rain is expected.")
        return Article(headline, blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts), language="en")

    edit = Edit(
        EditType.NUMBER,
        Weight.MAJOR,
        60,
        f"The number {before} became {after}.",
        Place("blocks", 8, 8 + len(before), 1),
        Place("blocks", 8, 8 + len(after), 2),
        before,
        after,
        (EditType.NAME,),
    )
    body = BodyDiff(
        (
            Row(Fate.MOVED, (2,), (0,), (Run(Op.EQUAL, "Rain is expected."),)),
            Row(Fate.SAME, (0,), (1,), (Run(Op.EQUAL, "Traffic is led across the dam."),)),
            Row(
                Fate.EDITED,
                (1,),
                (2,),
                (
                    Run(Op.EQUAL, "At noon "),
                    Run(Op.DELETE, before),
                    Run(Op.INSERT, after),
                    Run(Op.EQUAL, " people were hurt."),
                ),
            ),
        ),
        coarse=("paragraph 9 was compared as a whole.",),
    )
    findings = Findings((edit,), Weight.MAJOR, 60, (ScorePart(60, "number of people"),), Disclosure.NONE, body)
    seen = [datetime(2026, 1, day, 2, tzinfo=UTC) for day in (24, 25, 26)]
    return DiffReport(
        Side("state 1", article(before), "http://outlet.example/1.html", seen[0], seen[1]),
        Side("state 2", article(after), "http://outlet.example/1.html", seen[2], seen[2]),
        findings,
        change_id="sha256:aa",
        findings_id="sha256:bb",
        first_known=True,
    )


def test_text_is_readable_without_colour() -> None:
    text = as_text(report())
    assert "major (60 of 100), 1 edit, not disclosed on the page as captured" in text
    assert "At noon [-12-]{+92+} people were hurt." in text
    assert (
        "between 2026-01-25 02:00:00 UTC and 2026-01-26 02:00:00 UTC; the older is the first state seen by us" in text
    )
    assert "number (name), paragraph 3" in text
    assert "moved from paragraph 3" in text
    assert "paragraph 9 was compared as a whole." in text
    assert "Traffic is led" not in text
    assert "Traffic is led" in as_text(report(), unchanged=True)


def test_html_says_with_elements_and_words_what_was_removed_and_added() -> None:
    page = html.fromstring(as_html(report()))
    row = page.xpath("//div[@class='row edited']/p")[0]
    assert [element.tag for element in row if element.tag in ("ins", "del")] == ["del", "ins"]
    told = "At noon removed: 12 end of removed textadded: 92 end of added textedit 1 people were hurt."
    assert row.text_content() == told
    moved = page.xpath("//div[@class='row moved']//a")[0]
    assert page.xpath(f"//*[@id='{moved.get('href')[1:]}']")
    assert len(page.xpath("//div[@class='sides']/div")) == 4  # the head, too
    assert page.xpath("//li[@class='major']")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//@href")} <= set(ids)


def first_strong_text(paragraph: html.HtmlElement) -> str:
    """What `dir="auto"` looks at: the text, without what has a direction of its own (HTML, 3.2.6.4)."""
    return "".join(map(str, paragraph.xpath(".//text()[not(ancestor::*[@dir='ltr'])]")))


def test_a_text_from_right_to_left_is_laid_out_so() -> None:
    said = "{} السلطات يوم الاثنين أن السد مغلق وأن 12 شخصا قتلوا في الحادث."
    old, new = (
        Article("السد مغلق", blocks=(Block(BlockKind.PARAGRAPH, said.format(word)),)) for word in ("أعلنت", "نفت")
    )
    page = html.fromstring(as_html(DiffReport(Side("1", old), Side("2", new), compare(old, new))))
    told = page.xpath("//h1 | //div[@class='row edited']/p | //div[@class='pair edited']//p | //p[@class='words']/*")
    assert len(told) == 6
    for one in told:
        assert one.get("dir") == "auto"
        first = next(character for character in first_strong_text(one) if bidirectional(character) in ("L", "R", "AL"))
        assert bidirectional(first) == "AL", html.tostring(one, encoding="unicode")
    assert page.xpath("count(//del | //ins)") == page.xpath("count(//*[self::del or self::ins][.//span[@dir='ltr']])")


@pytest.mark.parametrize("render", [as_text, as_html, as_markdown])
def test_of_two_pages_neither_has_to_tell_of_an_edit(render: Callable[[DiffReport], str]) -> None:
    one = report()
    assert "not disclosed on the page as captured" in render(one)
    two = replace(one, old=replace(one.old, url="http://outlet.example/another.html"))
    written = render(two)
    assert "major (60 of 100), 1 edit" in written
    for words in ("disclosed", "the newer page", "The newer page", "between 2026"):
        assert words not in written
    assert (as_json(one)["findings"]["undisclosed"], as_json(two)["findings"]["undisclosed"]) == (True, False)


def test_html_stands_alone_and_nothing_in_it_may_run_or_be_fetched() -> None:
    written = as_html(report(HOSTILE, HOSTILE, HOSTILE))
    page = html.fromstring(written)
    assert not page.xpath("//script | //img | //link | //iframe | //@src | //@onerror")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert "http-equiv" in written.partition("<title>")[0]  # before anything of the page's


@pytest.mark.parametrize("render", [as_text, as_markdown])
def test_a_page_cannot_write_an_edit_into_a_report(render: Callable[[DiffReport], str]) -> None:
    forged = "He [-admitted-]{+denied+} it, [-] and {+}"
    old, new = (
        Article(f"{forged} on {day}", blocks=tuple(Block(BlockKind.PARAGRAPH, f"{forged}, {word}.") for word in words))
        for day, words in (("May 4", ("he says", "he said")), ("May 9", ("he said", "12 heard [-x-]")))
    )
    text = render(DiffReport(Side(forged, old), Side(forged, new), compare(old, new)))
    assert "admitted" in text
    for mark in ("[-admitted", "admitted-]", "{+denied", "denied+}", "[-x", "[-]", "{+}"):
        assert mark not in text


@pytest.mark.parametrize("render", [as_text, as_html, as_markdown])
def test_nothing_of_a_page_can_steer_a_terminal(render: object) -> None:
    assert callable(render)
    written = render(report(HOSTILE, HOSTILE, HOSTILE))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)
    assert "\\x1b]0;owned" in written.replace("\\\\", "\\").replace("\\]", "]")


def test_markdown_of_a_page_stays_text() -> None:
    written = as_markdown(report(HOSTILE, HOSTILE, HOSTILE))
    assert "<script>" not in written
    assert "](javascript" not in written
    assert "<del>12</del><ins>92</ins>" in as_markdown(report())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("他说，没有问题，大家同意。会后人们离开，会场。", "他说没有问题！大家同意。会后人们离开会场！"),
        ("The boat sank, officials said, and nobody was hurt.", "The boat sank and nobody was hurt."),
        ("It holds *3* men ~ [so] they say.", "It holds *5* men ~~ [so] they say, `perhaps`."),
    ],
)
def test_rendered_as_commonmark_a_text_is_either_kept_or_marked(before: str, after: str) -> None:
    old, new = (Article("One", blocks=(Block(BlockKind.PARAGRAPH, text),)) for text in (before, after))
    written = as_markdown(DiffReport(Side("old", old), Side("new", new), compare(old, new)))
    page = html.fromstring(MarkdownIt("commonmark").render(written))
    paragraph = page.xpath("//p[em='edited:']")[-1]

    def without(element: str) -> str:
        return "".join(paragraph.xpath(f".//text()[not(ancestor::{element}) and not(ancestor::em)]")).strip()

    assert (without("ins"), without("del")) == (before, after)
