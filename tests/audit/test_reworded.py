"""What only says the same otherwise is minor and says why; what turns on the same words is not."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from audit.edit import EditType, Weight
from audit.rules.category import Category
from audit.rules.chinese_rewordings import CHINESE_REWORDINGS
from audit.rules.english_rewordings import ENGLISH_REWORDINGS
from audit.rules.lists import ENTRIES
from tests.audit.made import edits

T = EditType


SAME = [
    ("The guns were moved in order to protect it.", "The guns were moved to protect it.", "in order to", "to"),
    ("The ship was unable to leave.", "The ship could not leave.", "was unable to", "could not"),
    ("The mill is not far from the river.", "The mill is close to the river.", "not far from", "close to"),
    ("He spoke to the United Nations.", "He spoke to the UN.", "United Nations", "UN"),
    (
        "The boats of the People's Liberation Army came.",
        "The boats of the PLA came.",
        "People's Liberation Army",
        "PLA",
    ),
    ("The Ministry of Defense said so.", "The Defense Ministry said so.", "Ministry of Defense", "Defense Ministry"),
    ("No fewer than 50 boats came.", "At least 50 boats came.", "No fewer than", "At least"),
    ("The school was set up in May.", "The school was established in May.", "set up", "established"),
    ("They signed an accord on fish.", "They signed an agreement for fish.", "accord", "agreement"),
    ("Beijing has urged restraint.", "China has urged restraint.", "Beijing", "China"),
    ("The United States has urged restraint.", "Washington has urged restraint.", "United States", "Washington"),
    ("They met in Kyiv in May.", "They met in the Ukrainian capital in May.", "Kyiv", "Ukrainian capital"),
    ("代表团在乌克兰首都参观。", "代表团在基辅参观。", "乌克兰首都", "基辅"),
    ("大约有500人参加。", "约500人参加。", "大约有", "约"),
    ("据了解，演习持续三天。", "据悉，演习持续三天。", "据了解", "据悉"),
    ("船只不断增多。", "船只持续增多。", "不断", "持续"),
    ("两架无人飞机升空。", "两架无人机升空。", "无人飞机", "无人机"),
]


@pytest.mark.parametrize(("old", "new", "one", "other"), SAME)
def test_what_says_the_same_is_minor_and_names_it(old: str, new: str, one: str, other: str) -> None:
    for before, after, first, second in ((old, new, one, other), (new, old, other, one)):
        (edit,) = edits(before, after)
        assert (edit.type, edit.weight) == (T.WORDS, Weight.MINOR)
        assert f": “{first}” and “{second}” are taken to say the same." in edit.reason


@pytest.mark.parametrize(
    ("with_it", "without", "words"),
    [
        ("The ship is currently being repaired.", "The ship is being repaired.", "currently"),
        ("Mr. Hale spoke of it.", "Hale spoke of it.", "Mr"),
        ("It lifted off at 6:12 a.m. local time on Monday.", "It lifted off at 6:12 a.m. on Monday.", "local time"),
        ("The boat was towed to the port of Valletta.", "The boat was towed to Valletta.", "the port of"),
        ("双方继续进行磋商。", "双方继续磋商。", "进行"),
        ("日前，部队赴黄海训练。", "部队赴黄海训练。", "日前"),
    ],
)
def test_what_adds_nothing_may_come_and_go(with_it: str, without: str, words: str) -> None:
    for before, after in ((with_it, without), (without, with_it)):
        (edit,) = edits(before, after)
        assert (edit.type, edit.weight) == (T.WORDS, Weight.MINOR)
        assert edit.reason.endswith(f"“{words}” is taken to add nothing.")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("The ship was unable to leave.", "The ship was able to leave.", T.NEGATION),
        ("The mill is not far from the river.", "The mill is far from the river.", T.NEGATION),
        ("At least 50 boats came.", "At least 60 boats came.", T.NUMBER),
        ("No fewer than 50 boats came.", "No fewer than 60 boats came.", T.NUMBER),
        ("About 50 boats came.", "50 boats came.", T.HEDGE),
        ("Over 50 boats came.", "50 boats came.", T.NUMBER),
        ("“The ship was set up in May,” he said.", "“The ship was established in May,” he said.", T.QUOTED_WORDS),
        ("He said they had reached an accord.", "He claimed they had reached an agreement.", T.ATTRIBUTION),
        ("They met before the vote took place.", "They met after the vote was held.", T.WORDS),
        ("He left in order to meet Karim.", "He left to meet Zhou.", T.NAME),
        ("The United Nations spoke of it.", "The EU spoke of it.", T.PLACE),
        ("Two men died in the cell.", "Two men were killed in the cell.", T.WORDS),
        ("They met in Beijing in May.", "They met in China in May.", T.PLACE),
        ("It could land on the island.", "It couldn't land on the island.", T.NEGATION),
        ("The mayor accepted the paper.", "The mayor rejected the paper.", T.NEGATION),
        ("The crew was able to launch the boats.", "The crew was unable to launch the boats.", T.NEGATION),
        ("双方已经达成协议。", "双方尚未达成协议。", T.NEGATION),
        ("他说可以进入。", "他说不得进入。", T.NEGATION),
    ],
)
def test_what_a_reader_would_weigh_wins(old: str, new: str, kind: EditType) -> None:
    for before, after in ((old, new), (new, old)):
        heaviest = edits(before, after)[0]
        assert heaviest.type is kind
        assert heaviest.weight >= Weight.SUBSTANTIVE


def test_a_star_stands_for_the_regular_forms() -> None:
    written = {entry.written for entry in ENTRIES if entry.category is Category.ALIKE}
    assert {"establish", "establishes", "established", "establishing"} <= written
    assert {"include", "includes", "included", "including"} <= written
    assert not any("*" in each for each in written)


@pytest.mark.parametrize("lists", [ENGLISH_REWORDINGS, CHINESE_REWORDINGS], ids=["English", "Chinese"])
def test_no_two_lines_that_say_the_same_begin_alike(lists: dict[Category, str]) -> None:
    """The first term is the name of a line: two of one name would be one line."""
    for category in (Category.SAME, Category.SPELLED, Category.ALIKE):
        lines = lists.get(category, "").replace(",\n", ", ").strip().splitlines()
        firsts = Counter(re.split(r",\s*", line.strip())[0] for line in lines)
        assert [first for first, count in firsts.items() if count > 1] == []
