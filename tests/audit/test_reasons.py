"""The sentence of an edit, which a person can check: both sides are in it where they differ."""

from __future__ import annotations

import re

import pytest

from articles.article import Article, Block, BlockKind
from audit.compare import compare
from audit.wording import LONGEST_WORDS

HEADLINE = (
    "Chinese navy conducts test launch of strategic missile by submarine in the western Pacific ocean this week;"
    " not aimed at any"
)
CHINESE = (
    "中国海军近日在南海某海域组织实战化训练，多艘舰艇参加了此次演练活动，参演官兵围绕反潜防空对海打击等课目展开训练，"
    * 3
)


def reason(old: str, new: str) -> str:
    text = (Block(BlockKind.PARAGRAPH, "Nothing else was said."),)
    (edit,) = compare(Article(old, blocks=text), Article(new, blocks=text)).edits
    return edit.reason


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{HEADLINE} specific country", f"{HEADLINE} country at all, says spokesman"),
        (f"{HEADLINE} country", f"{HEADLINE} country, says spokesman"),
        (HEADLINE[:96], f"{HEADLINE[:96]} ocean, says a spokesman of the ministry of national defense"),
        (f"{CHINESE}共有十二人参加", f"{CHINESE}共有九十人参加"),
    ],
)
def test_two_long_texts_are_cut_round_what_differs(before: str, after: str) -> None:
    for old, new in ((before, after), (after, before)):
        shown, became = re.findall("“([^”]+)”", reason(old, new))[:2]
        assert shown != became
        assert max(len(shown), len(became)) <= LONGEST_WORDS + 1
        assert old.endswith(shown[-8:])
        assert new.endswith(became[-8:])


def test_texts_that_differ_at_their_beginning_are_cut_at_their_end() -> None:
    said = reason(f"Japanese {HEADLINE[8:]} country", f"{HEADLINE} country")
    assert said.startswith("The headline “Japanese navy conducts")
    assert "became “Chinese navy conducts" in said
