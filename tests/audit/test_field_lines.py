"""What lists say of a change: where its fields differ, and nothing that did not happen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from audit.field_lines import field_lines
from storage.catalog.changes import FieldChange

NOTE = "Editor's note: Originally published on paper.people.com.cn, this article is translated from Chinese."
TRANSLATION = {
    "original_outlet": "paper.people.com.cn",
    "original_url": None,
    "source_language": "zh",
    "edited_by": "China Military Online",
    "note": NOTE,
}
PARAGRAPHS = [f"Paragraph number {n} speaks at some length of the ship with the number {n * 3}." for n in range(6)]


def told(field: str, old: Any, new: Any) -> list[str]:
    return list(field_lines(FieldChange(field, old, new)))


def blocks(*texts: str, kind: str = "paragraph") -> list[Mapping[str, str]]:
    return [{"kind": kind, "text": text} for text in texts]


@pytest.mark.parametrize(
    ("part", "value", "line"),
    [
        ("original_outlet", "81.cn", "translation original outlet: paper.people.com.cn → 81.cn"),
        ("original_url", "//81.cn/1", "translation original url added: //81.cn/1"),
        ("source_language", "ja", "translation source language: zh → ja"),
        ("edited_by", None, "translation edited by dropped: China Military Online"),
        ("note", NOTE.replace("Chinese", "Japanese"), "translation note: …is translated from [Chinese → Japanese]."),
    ],
)
def test_each_part_of_a_translation_is_told_by_its_name(part: str, value: str | None, line: str) -> None:
    assert told("translation", TRANSLATION, {**TRANSLATION, part: value}) == [line]


def test_a_translation_that_came_is_told_by_its_note() -> None:
    assert told("translation", None, {"source_language": "zh", "note": "Translated."}) == [
        "translation note added: Translated."
    ]


def test_where_only_paragraphs_are_others_nothing_is_told_as_added() -> None:
    first, second, *rest = PARAGRAPHS
    assert told("blocks", blocks(*PARAGRAPHS), [*blocks(first, kind="subhead"), *blocks(second, *rest)]) == [
        "text, paragraph → subhead: Paragraph number 0 speaks at some length of the…"
    ]
    merged = blocks(f"{first} {second}", *rest)
    assert told("blocks", blocks(*PARAGRAPHS), merged) == [
        "text, 2 paragraphs merged into 1: Paragraph number 0 speaks at some length of the…"
    ]
    assert told("blocks", merged, blocks(*PARAGRAPHS)) == [
        "text, 1 paragraph split into 2: Paragraph number 0 speaks at some length of the…"
    ]
    assert told("blocks", blocks(*PARAGRAPHS), blocks(second, *rest, first)) == [
        "text moved: Paragraph number 0 speaks at some length of the…"
    ]
    spaced = blocks(first, second.replace("speaks at", "speaks  at"), *rest)
    assert told("blocks", blocks(*PARAGRAPHS), spaced) == ["text: only white space changed"]


def test_edits_far_from_one_another_are_told_apart() -> None:
    first, *rest, last = PARAGRAPHS
    new = blocks(first.replace("number 0.", "number 9."), *rest, last.replace("15", "51"))
    assert told("blocks", blocks(*PARAGRAPHS), new) == [
        "text: …with the number [0 → 9].",
        "text: …with the number [15 → 51].",
    ]
    assert told("blocks", blocks(" ".join(PARAGRAPHS)), blocks(" ".join(block["text"] for block in new))) == [
        "text: …with the number [0 → 9]. Paragraph number…",
        "text: …with the number [15 → 51].",
    ]


def test_a_paragraph_more_is_told_beside_one_that_changed() -> None:
    first, *rest = PARAGRAPHS
    new = blocks(first.replace("number 0.", "number 9."), *rest[:3], "It sank.", *rest[3:-1])
    assert told("blocks", blocks(*PARAGRAPHS), new) == [
        "text: …with the number [0 → 9].",
        "text added: It sank.",
        "text dropped: Paragraph number 5 speaks at some length of the…",
    ]


def test_chinese_is_cut_round_what_differs_too() -> None:
    old = "中国海军近日在南海某海域组织实战化训练，多艘舰艇参加了此次演练活动。" * 3
    new = old[:70] + "两天后返回港口" + old[70:]
    assert told("blocks", blocks(old + "共有12人参加。" + old), blocks(old + "共有92人参加。" + old)) == [
        "text: …化训练，多艘舰艇参加了此次演练活动。共有[12 → 92]人参加。中国海军近日在南海某海域组织实战…"
    ]
    assert told("blocks", blocks(old), blocks(new)) == ["text added: 两天后返回港口"]
    (line,) = told("blocks", blocks("x"), blocks(old))
    assert "中国海军" in line


def test_a_very_long_text_that_is_another_is_one_line() -> None:
    old = [f"Line {n}." for n in range(5000)]
    assert len(told("blocks", blocks(*old), blocks(*(f"Other {n}!" for n in range(4000))))) == 1
