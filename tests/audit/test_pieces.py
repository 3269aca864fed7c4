"""Paragraphs without words, and such as were merged, split or moved and edited at once."""

from __future__ import annotations

import pytest

from audit.compare import compare
from audit.diffing import diff_bodies, new_texts, old_texts
from audit.edit import Edit, EditType, Weight
from tests.audit.made import article

MAJOR, SUBSTANTIVE, MINOR, COSMETIC = Weight.MAJOR, Weight.SUBSTANTIVE, Weight.MINOR, Weight.COSMETIC
T = EditType
BEFORE, BEHIND = "The minister spoke to the press in Tokyo.", "The fleet will sail on Monday at noon."


def found(olds: list[str], news: list[str]) -> tuple[Edit, ...]:
    return compare(article(BEFORE, *olds, BEHIND), article(BEFORE, *news, BEHIND)).edits


def kinds(olds: list[str], news: list[str]) -> set[tuple[EditType, Weight]]:
    return {(edit.type, edit.weight) for edit in found(olds, news)}


@pytest.mark.parametrize(("olds", "news"), [(["***"], ["---"]), (["* * *"], []), ([], ["***"]), (["■"], ["●"])])
def test_a_line_of_signs_that_say_nothing_is_punctuation(olds: list[str], news: list[str]) -> None:
    assert kinds(olds, news) <= {(T.PUNCTUATION, COSMETIC), (T.TYPOGRAPHY, COSMETIC)}
    assert found(olds, news)


def test_a_line_of_a_sign_that_says_something_is_not() -> None:
    assert kinds(["✓"], []) == {(T.PARAGRAPH_REMOVED, SUBSTANTIVE)}
    assert kinds(["✓"], ["✗"]) == {(T.WORDS, SUBSTANTIVE)}


def test_an_empty_paragraph_is_white_space() -> None:
    assert kinds([""], []) == {(T.SPACING, COSMETIC)}


@pytest.mark.parametrize(
    ("olds", "news", "told"),
    [
        (["Ships", "3", "Planes", "12"], ["Ships", "5", "Planes", "12"], ["The number 3 became 5."]),
        (
            ["Ships", "3", "12", "Planes", "7"],
            ["Ships", "5", "13", "Planes", "7"],
            ["The number 3 became 5.", "The number 12 became 13."],
        ),
        (["Share", "7%", "Sum", "$3"], ["Share", "7%", "Sum", "$4"], ["The number $3 became $4."]),
    ],
)
def test_another_figure_in_a_cell_is_a_number(olds: list[str], news: list[str], told: list[str]) -> None:
    assert [edit.reason for edit in found(olds, news)] == told
    assert kinds(olds, news) == kinds(news, olds) == {(T.NUMBER, SUBSTANTIVE)}


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["The ship sank.", "Ten people died."], "The ship sank. Nine people died."),
        (["船沉没了。", "十人死亡。"], "船沉没了。九人死亡。"),
        (["He left at noon.", "Ten people died in the storm."], "He left at noon. Nine people died in a storm."),
    ],
)
def test_merged_or_split_and_edited_at_once(parts: list[str], whole: str) -> None:
    assert (T.NUMBER, MAJOR) in kinds(parts, [whole])
    assert (T.PARAGRAPH_MERGED, MINOR) in kinds(parts, [whole])
    assert kinds([whole], parts) == kinds(parts, [whole]) ^ {(T.PARAGRAPH_MERGED, MINOR), (T.PARAGRAPH_SPLIT, MINOR)}


def test_another_sentence_is_no_merged_paragraph() -> None:
    olds, news = ["The ship sank.", "Ten people died."], ["The ship sank. The weather was fine."]
    assert kinds(olds, news) == {(T.SENTENCE_ADDED, SUBSTANTIVE), (T.PARAGRAPH_REMOVED, SUBSTANTIVE)}


def test_moved_by_one_and_edited() -> None:
    moved = (
        "Prime Minister Elena Ruiz, who is visiting Tokyo, expressed her condolences to the families and ordered an"
        " investigation. She said those responsible would be punished."
    )
    edited = (
        "Prime Minister Elena Ruiz, who is on an official visit to Japan, expressed her condolences to the families of"
        " the victims and ordered an inquiry."
    )
    stayed = (
        "Opposition leaders accused the government of neglecting safety at sea, and called a vote of no confidence in"
        " the parliament, which meets on Friday. They have no majority there, and have failed with two before it."
    )
    told = {edit.type for edit in found([moved, stayed], [stayed, edited])}
    assert T.PARAGRAPH_MOVED in told
    assert not told & {T.PARAGRAPH_ADDED, T.PARAGRAPH_REMOVED}


def test_a_paragraph_with_a_line_feed_is_merged_with_none() -> None:
    old = article("The ship sank\noff Kupa on Monday.", "Ten people died in the cold water.")
    new = article("The ship sank\noff Kupa on Monday. Nine people died in the cold water.")
    rows = diff_bodies(old.blocks, new.blocks, "en")
    assert old_texts(rows) == tuple(block.text for block in old.blocks)
    assert new_texts(rows) == tuple(block.text for block in new.blocks)
