"""Texts that are alike: what is compared of an article, how alike two are, and that sketches find them."""

from __future__ import annotations

import subprocess
import sys
from random import Random

import pytest

from articles.article import Article, Block, BlockKind
from articles.canonical import canonical
from audit.near_texts import FEWEST, NEAR, SHARED, SKETCH, similarity, sketch, text_of
from storage.strict_json import parse_object

ENGLISH = [f"word{number}" for number in range(3000)]
CHINESE = [chr(0x4E00 + number) for number in range(2000)]


def words(dice: Random, count: int, of: list[str]) -> tuple[str, ...]:
    return tuple(dice.choices(of, k=count))


def edited(dice: Random, text: tuple[str, ...], part: float, of: list[str]) -> tuple[str, ...]:
    """The text with a part of its words changed, dropped or added, one by one: what hurts shingles most."""
    found = list(text)
    for at in sorted(dice.sample(range(len(text)), round(part * len(text))), reverse=True):
        found[at : at + 1] = dice.choice(([dice.choice(of)], [], [found[at], dice.choice(of)]))
    return tuple(found)


def test_the_body_counts_without_notes_and_however_it_is_written() -> None:
    blocks = (
        Block(BlockKind.SUBHEAD, "The １st Ｄay"),
        Block(BlockKind.PARAGRAPH, "Fog; over the *Pier*! 九公里处"),
        Block(BlockKind.NOTE, "Editor's note: translated."),
    )
    article = parse_object(canonical(Article("Fog", blocks=blocks)))
    assert text_of(article) == ("the", "1st", "day", "fog", "over", "the", "pier", *"九公里处")


@pytest.mark.parametrize("alphabet", [ENGLISH, CHINESE])
@pytest.mark.parametrize("part", [0.02, 0.1, 0.2])
def test_a_text_with_edits_shares_enough_of_its_sketch(alphabet: list[str], part: float) -> None:
    dice = Random(int(part * 100))
    for _ in range(60):
        text = words(dice, dice.randint(120, 800), alphabet)
        again = edited(dice, text, part, alphabet)
        assert similarity(text, again) >= NEAR
        assert len(set(sketch(text)) & set(sketch(again))) >= SHARED


def test_texts_that_have_nothing_in_common_share_nothing_and_are_not_alike() -> None:
    dice = Random(1)
    texts = [words(dice, 400, ENGLISH) for _ in range(30)]
    for one in texts:
        for other in texts:
            if one is not other:
                assert not set(sketch(one)) & set(sketch(other))
                assert similarity(one, other) == 0


def test_the_order_of_words_counts() -> None:
    text = words(Random(2), 200, ENGLISH)
    assert similarity(text, text[::-1]) == 0
    assert similarity(text, text[20:] + text[:20]) == pytest.approx(0.9)


def test_a_sketch_is_bounded_and_a_short_text_has_none() -> None:
    text = words(Random(3), 10_000, ENGLISH)
    assert len(sketch(text)) == SKETCH
    assert list(sketch(text)) == sorted(sketch(text))
    assert sketch(text[: FEWEST - 1]) == ()
    assert len(sketch(("same",) * 100)) == 1


def test_a_sketch_is_the_same_in_every_process() -> None:
    made = "sketch(tuple(f'w{n}' for n in range(99))), sketch(('\\ud800',) * 60)"
    code = f"from audit.near_texts import sketch; print({made})"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": s}
        ).stdout
        for s in ("1", "2")
    }
    assert len(printed) == 1
    assert printed == {f"{sketch(tuple(f'w{n}' for n in range(99)))} {sketch((chr(0xD800),) * 60)}\n"}
