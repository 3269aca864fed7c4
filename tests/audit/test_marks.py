"""Every edit of running text stands in the text once, under its number, and the list leads to it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from lxml import html

from articles.article import Article, Block, BlockKind
from articles.canonical import identify
from audit.body_diff import Fate, Op
from audit.compare import compare
from audit.edit import EditType
from audit.report.html_body import anchors, inline, side_by_side
from audit.report.marks import OF_PARAGRAPHS, around, marked_rows
from audit.report.model import DiffReport, Side
from tests.audit.made import pairs


def report(old: Article, new: Article) -> DiffReport:
    return DiffReport(Side("state 1", old), Side("state 2", new), compare(old, new))


def said(*texts: str) -> Article:
    return Article("Bridge gives way", blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))


MANY = tuple(
    f"Paragraph number {word} tells of something else."
    for word in ["one", "two", "three", "four", "five", "six", "seven"]
)


@given(pairs)
def test_edits_of_real_findings_are_told_once_and_where_their_words_are(pair: tuple[Article, Article]) -> None:
    # As the archive keeps them: their texts are in NFC.
    old, new = (Article.from_json(json.loads(identify(article).article_json)) for article in pair)
    found = report(old, new)
    rows = marked_rows(found)
    told = [n for marked in rows for n in marked.edits] + [n for m in rows for run in m.runs for n in run.edits]
    assert len(told) == len(set(told))
    for marked in rows:
        for run in marked.runs:
            for number in run.edits:
                edit = found.findings.edits[number - 1]
                assert run.run.op is not Op.EQUAL
                words = edit.before if run.run.op is Op.DELETE else edit.after
                assert set(run.run.text) & set(words) or not words.strip()
    placed = anchors(found)
    for number, edit in enumerate(found.findings.edits, 1):
        place = edit.new or edit.old
        assert (number in placed) == (place is not None and place.field == "blocks")
    for written in (inline(found), inline(found, fold=True), side_by_side(found), side_by_side(found, fold=True)):
        page = html.fromstring(f"<div>{written}</div>")
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert set(placed.values()) <= set(ids)
        assert {link[1:] for link in page.xpath("//@href") if not link.startswith("#edit-")} <= set(ids)


def test_a_number_stands_after_the_words_that_came_in_the_place_of_others() -> None:
    found = report(said("At noon 12 people were hurt."), said("At noon 92 people were hurt."))
    written = re.sub(r' title="[^"]*"', "", inline(found))
    assert re.search(
        r"<del>.*12.*</del><ins>.*92.*</ins><a class=\"at substantive\" dir=\"ltr\" id=\"at-1\" href=\"#edit-1\">",
        written,
    )


def test_a_paragraph_that_moved_leaves_a_word_at_its_old_place() -> None:
    old, new = said(*MANY), said(*MANY[1:], MANY[0])
    found = report(old, new)
    assert [edit.type for edit in found.findings.edits] == [EditType.PARAGRAPH_MOVED]
    for written in (inline(found), side_by_side(found)):
        page = html.fromstring(f"<div>{written}</div>")
        (left,) = page.xpath("//p[@class='left']")
        assert left.xpath("./a/@href") == ["#p7"]
        (label,) = page.xpath("//p[@class='label']")
        assert label.xpath("./a/@href") == ["#left-1", "#edit-1"]
        assert page.xpath("//*[@id]")[0] is left


def test_what_moved_from_the_end_leaves_a_word_at_the_end() -> None:
    found = report(said(*MANY), said(MANY[-1], *MANY[:-1]))
    assert inline(found).rstrip().endswith("</p>")
    assert 'id="left-7"' in inline(found)


def test_unchanged_paragraphs_far_from_any_edit_are_folded() -> None:
    old = said(*MANY, "At noon 12 people were hurt.", *MANY[::-1])
    new = said(*MANY, "At noon 92 people were hurt.", *MANY[::-1])
    page = html.fromstring(f"<div>{inline(report(old, new), fold=True)}</div>")
    before, after = page.xpath("//details")
    assert [one.text_content().split("\n")[0] for one in (before, after)] == ["6 unchanged paragraphs"] * 2
    assert len(page.xpath("//details//div")) == 12
    assert len(page.xpath("//div[@id]")) == 15
    assert not html.fromstring(f"<div>{inline(report(old, new))}</div>").xpath("//details")


def test_kinds_of_blocks_show() -> None:
    def kinds(number: str) -> Article:
        return Article("A", blocks=(Block(BlockKind.SUBHEAD, f"{number} at noon"), Block(BlockKind.CAPTION, "A quay")))

    written = side_by_side(report(kinds("12"), kinds("92")))
    assert written.count('class="subhead">') == written.count('class="caption">') == 2


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It counts 412 sledges.", "It counts 214 sledges.", ("It counts ", " sledges.")),
        (
            f"{MANY[0]} It counts 412 sledges. {MANY[1]}",
            f"{MANY[0]} It counts 214 sledges. {MANY[1]}",
            ("…tells of something else. It counts ", " sledges. Paragraph number two…"),
        ),
    ],
)
def test_the_words_around_an_edit(old: str, new: str, expected: tuple[str, str]) -> None:
    found = compare(said(old), said(new))
    assert around(found.body, found.edits[0]) == expected


def test_edits_of_other_fields_and_of_whole_paragraphs_have_no_words_around() -> None:
    found = compare(said(*MANY), said(*MANY[1:], MANY[0]))
    assert {edit.type for edit in found.edits} <= OF_PARAGRAPHS
    assert around(found.body, found.edits[0]) == ("", "")
    headline = compare(Article("Fleet sails"), Article("Fleet returns"))
    assert around(headline.body, headline.edits[0]) == ("", "")


def test_a_split_paragraph_is_marked_where_its_words_were_edited() -> None:
    old = said("One thing happened at noon. Another thing happened later, and 12 people saw it.")
    new = said("One thing happened at noon.", "Another thing happened later, and 92 people saw it.")
    found = report(old, new)
    (row,) = marked_rows(found)
    assert row.row.fate is Fate.SPLIT
    kinds = {found.findings.edits[number - 1].type for number in row.edits}
    assert kinds == {EditType.PARAGRAPH_SPLIT}
    numbers = [number for run in row.runs for number in run.edits]
    assert EditType.NUMBER in {found.findings.edits[number - 1].type for number in numbers}
