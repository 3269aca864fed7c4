"""What is only written otherwise, round a number, in a name, before a headline or in a byline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audit.compare import compare
from audit.disclosure import Disclosure
from audit.edit import Edit, EditType, Weight
from tests.audit.made import article, edits

MAJOR, SUBSTANTIVE, MINOR = Weight.MAJOR, Weight.SUBSTANTIVE, Weight.MINOR
T = EditType
LONG = "1234567890" * 500


def fields(old: dict[str, Any], new: dict[str, Any]) -> tuple[Edit, ...]:
    same = article("Nothing else was said.")
    return compare(replace(same, **old), replace(same, **new)).edits


def both_ways(old: str, new: str) -> list[tuple[EditType, Weight]]:
    (edit,), (back,) = edits(old, new), edits(new, old)
    assert (edit.type, edit.weight) == (back.type, back.weight)
    return [(edit.type, edit.weight)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("约50人参加了活动。", "50人左右参加了活动。"),
        ("They will not return until Friday.", "They will return only on Friday."),
        ("They did not leave until noon.", "They did leave only at noon."),
    ],
)
def test_what_stands_before_on_one_side_and_behind_on_the_other(old: str, new: str) -> None:
    assert both_ways(old, new) == [(T.WORDS, MINOR)]


@pytest.mark.parametrize(
    ("old", "new", "kind", "weight"),
    [
        ("约50人参加了活动。", "60人左右参加了活动。", T.NUMBER, SUBSTANTIVE),
        ("They will not return until Friday.", "They will leave only on Friday.", T.NEGATION, MAJOR),
    ],
)
def test_other_numbers_and_verbs_are_told(old: str, new: str, kind: EditType, weight: Weight) -> None:
    assert both_ways(old, new) == [(kind, weight)]


def test_accents_are_spelling_in_english_alone() -> None:
    assert both_ways("They met at a café in Orléans.", "They met at a cafe in Orleans.") == [(T.SPELLING, MINOR)]
    assert both_ways("彼はパリへ行った。", "彼はバリへ行った。") == [(T.WORDS, SUBSTANTIVE)]
    spanish = [article(f"Dice que {text} a su casa.", language="es") for text in ("sólo verá", "solo vera")]
    assert compare(*spanish).weight is SUBSTANTIVE


@pytest.mark.parametrize("tag", ["UPDATE: ", "BREAKING: ", "UPDATE 2: ", "【更新】", "快讯："])
def test_a_tag_of_news_before_a_headline_is_minor_and_disclosed_all_the_same(tag: str) -> None:
    plain, tagged = {"headline": "Army leaves the town"}, {"headline": f"{tag}Army leaves the town"}
    for old, new in ((plain, tagged), (tagged, plain)):
        assert [(edit.type, edit.weight) for edit in fields(old, new)] == [(T.HEADLINE, MINOR)]
    if "UPDATE" in tag:
        same = article("Nothing else was said.")
        assert compare(replace(same, **plain), replace(same, **tagged)).disclosure is Disclosure.UPDATED_TAG


@pytest.mark.parametrize("headline", ["UPDATE: Army leaves the city", "CORRECTED: Army leaves the town"])
def test_a_headline_with_more_than_a_tag_is_not(headline: str) -> None:
    assert fields({"headline": "Army leaves the town"}, {"headline": headline})[0].weight >= SUBSTANTIVE


def test_by_before_a_name_in_a_byline_adds_nothing() -> None:
    for one, other in (("By Li Wei", "Li Wei"), ("Li Wei", "BY LI WEI")):
        assert [(edit.type, edit.weight) for edit in fields({"byline": (one,)}, {"byline": (other,)})] == [
            (T.BYLINE, MINOR)
        ]
    assert fields({"byline": ("By Li Wei",)}, {"byline": ("Li Wen",)})[0].weight is SUBSTANTIVE


def test_numbers_of_very_many_digits_are_numbers() -> None:
    assert both_ways(f"It killed {LONG}1 people.", f"It killed {LONG}2 people.") == [(T.NUMBER, MAJOR)]
    assert both_ways(f"It has {LONG}1 parts.", f"It has {LONG}2 parts.") == [(T.NUMBER, SUBSTANTIVE)]
    assert both_ways(f"It has {'x' * 3000}a parts.", f"It has {'x' * 3000}b parts.") == [(T.WORDS, SUBSTANTIVE)]
