"""The same words in other surroundings are another edit; the same boilerplate is the same one in every article."""

from __future__ import annotations

import pytest

from audit.compare import compare
from audit.edit_digests import digests
from tests.audit.made import article

SHARE = ("Share this story with friends.", "Send this story to friends.")


def digest(old: tuple[str, ...], new: tuple[str, ...], language: str = "en") -> str | None:
    before, after = (article(*texts, language=language) for texts in (old, new))
    return digests(compare(before, after).edits, before, after).edits


def paragraphs(first: str, second: str) -> str | None:
    """A story that begins with a paragraph of its own, behind which another one follows that was edited."""
    return digest((f"Story of {first}.", second.format("three")), (f"Story of {first}.", second.format("thirty")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{} ships of the coast guard took part in it.", "Fire in a Lagos market killed {} people."),
        ("The court fined {} former officials. It is not alone.", "The court fined {} officials. It is not alone."),
        ("He came. {} died.", "They left. {} died."),  # of a short sentence the paragraph counts
        ("{}", "{}."),
    ],
)
def test_a_bare_word_in_another_sentence_is_another_edit(one: str, other: str) -> None:
    assert paragraphs("Hainan", one) != paragraphs("Hainan", other)
    assert paragraphs("Hainan", one) == paragraphs("Hainan", one)


def test_characters_are_told_from_the_same_ones_in_another_sentence() -> None:
    texts = ("海警出动{}艘舰船参加了在海南附近举行的演练。", "尼日利亚拉各斯一市场发生火灾，造成{}人死亡。")
    found = {digest((text.format("三"),), (text.format("五"),), "zh") for text in texts}
    assert len(found) == len(texts)


def test_a_figure_that_is_all_of_its_paragraph_is_told_by_its_neighbours() -> None:
    of_cells = {digest((name, "3", "ships"), (name, "5", "ships")) for name in ("Navy", "Coast guard")}
    assert len(of_cells) == 2
    added = {digest((name, "ships"), (name, "12", "ships")) for name in ("Navy", "Coast guard")}
    assert len(added) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        SHARE,
        ("Sold in 2025 by the office.", "Sold in 2026 by the office."),
        ("Copyright 2025", "Copyright 2026"),
        ("版权所有2025", "版权所有2026"),
        ("Read on. Follow us on X every day of the week.", "Read on. Follow us on Y every day of the week."),
    ],
)
def test_a_template_is_one_edit_whatever_stands_above_it(old: str, new: str) -> None:
    stories = (("Ships left port 1.",), ("A fire in Lagos.", "Nobody was hurt."))
    found = {digest((*story, old), (*story, new)) for story in stories}
    assert len(found) == 1


@pytest.mark.parametrize("line", ["Advertisement", "Follow us", "更多新闻请下载客户端"])
def test_a_paragraph_of_a_template_that_came_or_went_is_one_edit(line: str) -> None:
    stories = (("Ships left port 1.",), ("A fire in Lagos.", "Nobody was hurt."))
    assert len({digest((*story, line), story) for story in stories}) == 1
    assert len({digest(story, (*story, line)) for story in stories}) == 1


def test_several_words_say_by_themselves_what_they_are_about() -> None:
    added = " under the new rules of the ministry of defense"
    found = set()
    for start in ("Officers were fined", "The drill was held"):
        before, after = article(f"{start} this week."), article(f"{start} this week{added}.")
        found.add(digests(compare(before, after).edits, before, after).hunks)
    assert len(found) == 1


def test_the_value_of_a_field_is_whole() -> None:
    found = set()
    for story in ("Ships left port 1.", "A fire in Lagos."):
        before, after = article(story, editors=("Li",)), article(story, editors=("Wang",))
        found.add(digests(compare(before, after).edits, before, after).edits)
    assert len(found) == 1


def test_what_is_only_written_otherwise_is_one_edit_wherever_it_stands() -> None:
    stories = ("He called it {}a drill{} on Monday.", "The navy spoke of {}a drill{}.")
    found = {digest((text.format('"', '"'), SHARE[0]), (text.format("“", "”"), SHARE[1])) for text in stories}
    assert len(found) == 1
