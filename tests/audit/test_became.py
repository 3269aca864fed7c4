"""The sentence of an edit says what became what, and shows as much of both sides."""

from __future__ import annotations

import re

import pytest

from audit.edit import Edit, EditType
from tests.audit.made import edits

T = EditType


def only(old: str, new: str) -> Edit:
    (edit,) = edits(old, new)
    return edit


def told(edit: Edit) -> list[str]:
    """Return what a reason quotes."""
    found = re.findall("“([^”]+)”|(?:number|became) ([^ “,]+(?: [^ “,.]+)*?)(?= became|, beside|\\.$)", edit.reason)
    return [quoted or bare for quoted, bare in found]


# What changed with its neighbours, which are the same on both sides.
@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("中国绝不允许外国干涉内政。", "中国不允许外国干涉内政。", "绝不", "不"),
        ("他曾任国防部长多年。", "他任国防部长多年。", "曾任", "任"),
        ("美舰擅自闯入中国领海。", "美舰驶入中国领海。", "擅自闯入", "驶入"),
        ("非公開の会合が開かれた。", "公開の会合が開かれた。", "非公開", "公開"),
        ("米軍が攻撃した船は沈んだ。", "米軍が攻撃された船は沈んだ。", "攻撃した", "攻撃された"),
    ],
)
def test_a_character_is_shown_with_the_same_neighbours_on_both_sides(
    old: str, new: str, before: str, after: str
) -> None:
    for one, other, quoted in ((old, new, [before, after]), (new, old, [after, before])):
        assert told(only(one, other)) == quoted
        assert quoted[0] in one
        assert quoted[1] in other


@pytest.mark.parametrize(
    ("old", "new", "before", "after", "kind"),
    [
        ("会议在武汉举行。", "会议在武昌举行。", "武汉", "武昌", T.PLACE),
        ("ウクライナ軍が前進した。", "ロシア軍が前進した。", "ウクライナ", "ロシア", T.PLACE),
        ("田中氏は会見で述べた。", "鈴木氏は会見で述べた。", "田中", "鈴木", T.NAME),
        ("这是中国首次举行演习。", "这是中国第二次举行演习。", "首次", "第二次", T.NUMBER),
        ("Dozens of people came to the port.", "Scores of people came to the port.", "Dozens", "Scores", T.NUMBER),
    ],
)
def test_what_only_one_side_is_known_for_became_what_stands_in_its_place(
    old: str, new: str, before: str, after: str, kind: EditType
) -> None:
    for one, other, quoted in ((old, new, [before, after]), (new, old, [after, before])):
        edit = only(one, other)
        assert edit.type is kind
        assert told(edit) == quoted


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Li Wei spoke of it.", "A general spoke of it.", "The name “Li Wei” was removed."),
        ("It has 12 pumps.", "It has the pumps.", "The number 12 was removed."),
    ],
)
def test_what_is_no_name_or_says_nothing_is_not_said_to_be_one(old: str, new: str, reason: str) -> None:
    assert only(old, new).reason == reason


@pytest.mark.parametrize(
    ("old", "new", "inside"),
    [
        ("美国所谓“自由航行”损害地区和平。", "美国自由航行损害地区和平。", "自由航行"),
        ("The so-called “rebels” left.", "The rebels left.", "rebels"),
    ],
)
def test_words_that_went_with_a_pair_of_quote_marks_are_one_edit_with_it(old: str, new: str, inside: str) -> None:
    gone, come = only(old, new), only(new, old)
    assert gone.reason == f"Quote marks round “{inside}” were taken away."
    assert come.reason == f"Quote marks were put round “{inside}”."
    assert gone.within == come.within == (T.HEDGE,)
