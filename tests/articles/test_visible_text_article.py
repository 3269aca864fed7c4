"""The page whose visible text the project was given reads as was stated, value by value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from articles.canonical import canonical
from articles.reading import ReadingOutcome
from tests.articles.pages import FIXTURES, golden_pair

NOTE = (
    "Editor's note: Originally published on paper.people.com.cn, this article is translated from Chinese into English "
    "and edited by the China Military Online. The information and opinions in this article do not necessarily reflect "
    "the views of eng.chinamil.com.cn."
)


@pytest.fixture(scope="module")
def article() -> dict[str, Any]:
    reading = golden_pair(FIXTURES / "chinamil" / "2026-01-23.json").read()
    assert reading.outcome is ReadingOutcome.ARTICLE
    assert reading.article is not None
    value: dict[str, Any] = json.loads(json.dumps(reading.article.to_json()))
    return value


def test_it_reads_as_the_design_states(article: dict[str, Any]) -> None:
    assert article["headline"] == "Japan steps up diplomacy with subtle maneuvers at beginning of 2026"
    assert article["byline"] == ["Li Ziyue", "Chen Ze'an"]
    assert article["editors"] == ["Huang Panyue"]
    assert article["agency"] == {"name": "China Military Online"}
    assert article["published_at"] == "2026-01-23T15:59:34+08:00"
    assert article["zone_source"] == "outlet"
    assert article["translation"] == {
        "original_outlet": "paper.people.com.cn",
        "source_language": "zh",
        "target_language": "en",
        "edited_by": "China Military Online",
        "note": NOTE,
        "disclaimer": (
            "The information and opinions in this article do not necessarily reflect the views of eng.chinamil.com.cn."
        ),
    }


def test_three_blocks_are_subheads_and_the_pages_back_is_none(article: dict[str, Any]) -> None:
    assert [block["text"] for block in article["blocks"] if block["kind"] == "subhead"] == [
        "Risky calculations behind Japan's diplomatic moves",
        "Indo-Pacific narrative fans bloc confrontation",
        "Japan's military expansion ambitions raise widespread alarm",
    ]
    assert not [block for block in article["blocks"] if "back" in block["text"].lower().split()]
    assert [block["text"] for block in article["blocks"] if block["kind"] == "note"] == [NOTE]


def test_its_blocks_are_the_visible_text_without_head_byline_and_back(
    article: dict[str, Any], shared_pages: Path
) -> None:
    visible = (shared_pages / "chinamil" / "visible_text_2026-01-23.txt").read_text(encoding="utf-8")
    paragraphs = [part.strip() for part in visible.split("\n\n")]
    assert [block["text"] for block in article["blocks"]] == paragraphs[3:-1]


def test_its_canonical_json_has_no_raw_text_no_url_of_the_page_and_no_warning() -> None:
    reading = golden_pair(FIXTURES / "chinamil" / "2026-01-23.json").read()
    assert reading.article is not None
    document = canonical(reading.article)
    assert document == reading.article_json
    assert not {"published_raw", "modified_raw", "zone_source", "warnings", "url"} & set(json.loads(document))
