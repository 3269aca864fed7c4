"""Sentences that only stand elsewhere: however they are cut into paragraphs, nothing was removed or added."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.article import Article, Block, BlockKind
from audit.compare import compare
from audit.edit import Edit, EditType, Weight

ENGLISH = (
    "The navy held a drill in the south on Monday.",
    "Twelve ships took part near the islands.",
    "Officials did not say how long it would last.",
    "The region has seen many such exercises.",
    "A spokesman declined to comment on the plan.",
    "Two aircraft flew over the strait in the evening.",
    "The weather was calm, with light winds from the west.",
    "Nobody was hurt, the ministry added later.",
)
CHINESE = (
    "海军近日在南海组织实战化训练。",
    "多艘舰艇参加了此次演练活动。",
    "官员没有说明演习持续多久。",
    "该地区举行过许多类似科目。",
    "发言人拒绝就该计划置评。",
    "渔民被告知周五之前远离该海域。",
    "两架飞机傍晚飞越海峡。",
    "天气平静，有微弱的西风。",
)
STANDS_ELSEWHERE = frozenset((
    EditType.SENTENCE_MOVED, EditType.PARAGRAPH_MOVED, EditType.PARAGRAPH_SPLIT, EditType.PARAGRAPH_MERGED,
    EditType.WORD_ORDER,
))  # fmt: skip


def article(paragraphs: Sequence[Sequence[str]], joint: str) -> Article:
    return Article("H", blocks=tuple(Block(BlockKind.PARAGRAPH, joint.join(some)) for some in paragraphs if some))


def cut(sentences: Sequence[str], at: Sequence[int]) -> list[Sequence[str]]:
    places = [0, *sorted(at), len(sentences)]
    return [sentences[one:two] for one, two in pairwise(places)]


@st.composite
def recut(draw: st.DrawFn) -> tuple[Article, Article]:
    """Draw the same sentences cut into other paragraphs, or one paragraph in another order."""
    listed, joint = draw(st.sampled_from(((ENGLISH, " "), (CHINESE, ""))))
    old = draw(st.permutations(listed))
    if draw(st.booleans()):
        return article([old], joint), article([draw(st.permutations(listed))], joint)
    places = st.lists(st.integers(1, len(listed) - 1), max_size=4, unique=True)
    return article(cut(old, draw(places)), joint), article(cut(old, draw(places)), joint)


@given(recut())
def test_the_same_sentences_cut_or_ordered_otherwise_are_neither_removed_nor_added(
    pair: tuple[Article, Article],
) -> None:
    found = compare(*pair)
    assert {edit.type for edit in found.edits} <= STANDS_ELSEWHERE
    assert found.weight <= Weight.MINOR


def test_a_run_of_sentences_that_changed_their_order_is_each_of_them_moved() -> None:
    one, two, three, four = ENGLISH[:4]
    edits = changed([[one, two, three, four]], [[one, four, three, two]])
    assert {edit.type for edit in edits} == {EditType.SENTENCE_MOVED}
    for edit in edits:
        assert edit.before.strip() == edit.after.strip()


def test_what_did_not_move_of_a_paragraph_that_went_is_sentences_removed_at_their_places() -> None:
    one, two, three, four = ENGLISH[:4]
    edits = changed([[one], [two, three, four]], [[one, three]])
    assert sorted((edit.type, edit.before.strip()) for edit in edits) == [
        (EditType.SENTENCE_MOVED, three),
        (EditType.SENTENCE_REMOVED, four),
        (EditType.SENTENCE_REMOVED, two),
    ]
    text = " ".join((two, three, four))
    for edit in edits:
        assert edit.old is not None
        assert edit.old.index == 1
        assert text[edit.old.start : edit.old.end] == edit.before


def test_a_sentence_that_came_twice_moved_once() -> None:
    one, two, three = ENGLISH[:3]
    edits = changed([[one], [two, three]], [[one, two], [three, two]])
    assert [edit.type for edit in edits if edit.type is EditType.SENTENCE_REMOVED] == []
    assert sum(edit.type is EditType.SENTENCE_ADDED for edit in edits) == 1


@pytest.mark.parametrize("joint", [" ", "  "])
@pytest.mark.parametrize("parts", [2, 3, 4, 5, 8])
def test_a_paragraph_cut_into_any_number_is_the_same_words(parts: int, joint: str) -> None:
    whole = article([ENGLISH], joint)
    pieces = article(cut(ENGLISH, range(1, parts)), " ")
    for pair, fate in (((whole, pieces), EditType.PARAGRAPH_SPLIT), ((pieces, whole), EditType.PARAGRAPH_MERGED)):
        found = compare(*pair)
        assert {edit.type for edit in found.edits} <= {fate, EditType.SPACING}
        assert found.weight is Weight.MINOR


def changed(old: list[list[str]], new: list[list[str]]) -> Sequence[Edit]:
    return compare(article(old, " "), article(new, " ")).edits
