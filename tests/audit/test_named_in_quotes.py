"""Quote marks round the name of a thing quote nobody; round words that somebody said, or doubts, they do."""

from __future__ import annotations

import pytest

from audit.edit import EditType, Weight
from tests.audit.made import edits

MAJOR, SUBSTANTIVE = Weight.MAJOR, Weight.SUBSTANTIVE
T = EditType


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("美国“本福德”号驱逐舰进入南海。", "美国“米利厄斯”号驱逐舰进入南海。", "本福德", "米利厄斯"),
        ("中国の空母「遼寧」が通過した。", "中国の空母「山東」が通過した。", "遼寧", "山東"),
        ("自衛隊は護衛艦「いずも」を派遣した。", "自衛隊は護衛艦「かが」を派遣した。", "いずも", "かが"),
        ("朝鲜试射“火星-17”导弹成功。", "朝鲜试射“火星-18”导弹成功。", "火星-17", "火星-18"),
        (
            'The destroyer "Benfold" entered the strait.',
            'The destroyer "Milius" entered the strait.',
            "Benfold",
            "Milius",
        ),
        ("The film “Wolf Warrior” opened.", "The film “Red Sea” opened.", "Wolf Warrior", "Red Sea"),
    ],
)
def test_another_name_in_quote_marks_is_a_name(old: str, new: str, before: str, after: str) -> None:
    for one, other, first, second in ((old, new, before, after), (new, old, after, before)):
        (edit,) = edits(one, other)
        assert (edit.type, edit.weight) == (T.NAME, SUBSTANTIVE)
        assert edit.reason == f"The name “{first}” became “{second}”."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("他说：“中国是朋友。”", "他说：“日本是朋友。”"),
        ("He called them “rebels” on Monday.", "He called them “terrorists” on Monday."),
        ("所谓“自由航行”行动损害和平。", "所谓“军事挑衅”行动损害和平。"),
        ('The captain of the ship: "Benfold is safe."', 'The captain of the ship: "Milius is safe."'),
    ],
)
def test_other_words_in_quote_marks_are_quoted_words(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        (edit,) = edits(one, other)
        assert (edit.type, edit.weight) == (T.QUOTED_WORDS, MAJOR)
