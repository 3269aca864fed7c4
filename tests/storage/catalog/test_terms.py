from __future__ import annotations

import pytest

from articles.article import Article, Block, BlockKind
from storage.catalog.terms import LONGEST, MOST, Terms
from storage.catalog.tokens import Part, Texts, texts_of
from storage.errors import PhraseInvalid


def said(*paragraphs: str, headline: str = "Drill ends", editors: tuple[str, ...] = ()) -> Texts:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs)
    return texts_of(Article(headline, editors=editors, blocks=blocks).to_json())


@pytest.mark.parametrize(
    ("written", "phrases"),
    [
        ("drill harbor", ["drill", "harbor"]),
        ('"South China Sea" drill', ["South China Sea", "drill"]),
        ("“South China Sea”", ["South China Sea"]),
        ('a "b c" a', ["a", "b c"]),
        ('"never closed', ["never", "closed"]),
        ("— drill, !", ["drill,"]),
        ("军事演习 南海", ["军事演习", "南海"]),
        ("don't", ["don't"]),
    ],
)
def test_words_stand_apart_and_what_is_quoted_stands_together(written: str, phrases: list[str]) -> None:
    assert [phrase.text for phrase in Terms(written).phrases] == phrases


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "no word"),
        ('""', "no word"),
        ("x" * (LONGEST + 1), "too many"),
        (" ".join(map(str, range(MOST + 1))), "13"),
    ],
)
def test_nothing_and_too_much_are_refused(written: str, why: str) -> None:
    with pytest.raises(PhraseInvalid, match=why):
        Terms(written)


def test_all_must_stand_in_the_article_wherever_they_do() -> None:
    standing = Terms("drill pilots").standing(said("Pilots flew. Other pilots did not."))
    assert standing is not None
    assert (standing.field, standing.snippet, standing.occurrences) == ("headline", "Drill ends", 3)
    assert Terms("drill harbor").standing(said("Pilots flew.")) is None


def test_one_part_alone_is_looked_at_where_that_is_asked_for() -> None:
    article = said("Dora Muster was there.", editors=("Emil Exemplar",))
    assert Terms("dora muster", part=Part.BODY).standing(article) is not None
    assert Terms("dora muster", part=Part.EDITORS).standing(article) is None
    assert Terms("exemplar", part=Part.EDITORS).standing(article) is not None
    assert Terms("exemplar", part=Part.HEADLINE).standing(article) is None


def test_added_is_what_all_of_them_gained() -> None:
    terms = Terms("drill pilots")
    neither, one, both = said("Nothing.", headline="News"), said("A drill.", headline="News"), said("A drill. Pilots.")
    assert terms.gain(neither, one) == 0
    assert terms.gain(neither, both) == 1
    assert terms.gain(both, neither) == -1


def test_what_overlaps_is_one_stretch() -> None:
    assert Terms('"South China" "China Sea" drill').spans("A drill in the South China Sea.") == [(2, 7), (15, 30)]


def test_only_words_that_are_tokens_are_plain() -> None:
    assert [Terms(text).plain for text in ("drill harbor", "演习", "F-35", "军事演习", '"a b"', "12")] == [
        *(True, True, False, False, False, False)
    ]
    assert not Terms("Drill", case=True).plain
