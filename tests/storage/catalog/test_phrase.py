from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.article import Article, Block, BlockKind, Image, Translation
from storage.catalog.phrase import Phrase
from storage.catalog.tokens import Part, texts_of, tokens, tokens_of
from storage.errors import PhraseInvalid


@pytest.mark.parametrize(
    ("phrase", "text", "count"),
    [
        ("12 soldiers", "Some 12 soldiers and 12  Soldiers.", 2),
        ("12 soldiers", "Some 112 soldiers, or 12 soldiersmen.", 0),
        ("12", "12.5 or 1,212 or 3,12 or 12,000: 12.", 1),
        ("China", "China's fleet, Chinas, INDOCHINA", 1),
        ("don't", "They don’t and don't.", 2),
        ('"peace keeping"', "so-called “peace\nkeeping” force", 1),
        ("F-35", "F–35, f‑35, F35, F-35A", 2),
        ("wait...", "wait… wait...", 2),
        ("cooperation", "co\u00adoperation", 1),
        ("Beijing, China", "Beijing China", 0),
        ("Beijing China", "Beijing, China", 0),
        ("演习", "军事演习在南海举行,演习", 2),
        ("军", "解放军F-35战机", 1),
        ("F-35战机", "解放军F-35 战机", 1),
        ("战机F-35", "战机 F-35", 1),
        ("南海 演习", "南海\n演习", 1),
        ("１２艘", "12艘舰艇", 1),
        ("カタカナ", "これはカタカナです", 1),
        ("a+b (c)", "see A+B (c).", 1),
        ("x" * 300, "y" + "x" * 300, 0),
    ],
)
def test_what_counts_as_the_same_words(phrase: str, text: str, count: int) -> None:
    assert Phrase(phrase).count(text) == count


def test_case_is_told_apart_where_that_is_asked_for() -> None:
    assert Phrase("May").count("may May MAY") == 3
    assert Phrase("May", case=True).count("may May MAY") == 1


@pytest.mark.parametrize("text", ["", "  ", "?!", "——", "\u200b"])
def test_what_holds_no_word_is_refused(text: str) -> None:
    with pytest.raises(PhraseInvalid, match="no word"):
        Phrase(text)


def test_every_text_of_an_article_is_searched_once() -> None:
    article = Article(
        "Headline",
        kicker="Kicker",
        byline=("Ann Exemplar",),
        editors=("Dora Muster",),
        blocks=(Block(BlockKind.PARAGRAPH, "Body"), Block(BlockKind.CAPTION, "Quay"), Block(BlockKind.NOTE, "Note")),
        images=(Image("http://h/1.jpg", caption="Quay"), Image("http://h/2.jpg", caption="Pier")),
        translation=Translation(note="Note", disclaimer="Not ours"),
    )
    texts = texts_of(article.to_json())
    assert list(texts) == [
        ("headline", "Headline"),
        ("kicker", "Kicker"),
        ("byline", "Ann Exemplar"),
        ("editors", "Dora Muster"),
        ("blocks", "Body"),
        ("blocks", "Quay"),
        ("blocks", "Note"),
        ("images", "Pier"),
        ("translation", "Not ours"),
    ]
    standing = Phrase("quay").standing(texts)
    assert standing is not None
    assert (standing.field, standing.snippet, standing.occurrences) == ("blocks", "Quay", 1)


def test_a_snippet_shows_the_words_around_and_cuts_none() -> None:
    long = "The weather station on the ridge has now recorded 36 days without an hour of sunshine, and it counts on."
    standing = Phrase("days without").standing((("blocks", f"At noon. {long} {long} {long}"),))
    assert standing is not None
    assert standing.snippet == (
        "…noon. The weather station on the ridge has now recorded 36 days without an hour of sunshine, and it counts"
        " on. The weather station…"
    )
    assert standing.occurrences == 3


ALPHABET = "ab AB1,.’'-–“\u200b\n" + "军演习カ，。Ａ１"


@settings(max_examples=200, deadline=None)
@given(st.text(ALPHABET, max_size=40), st.text(ALPHABET, max_size=40), st.integers(0, 40), st.integers(1, 12))
def test_whatever_stands_in_a_text_is_found_by_its_tokens(text: str, more: str, start: int, length: int) -> None:
    """The index must give every article in which a phrase stands; one that it gives too much costs only time."""
    wanted = text[start : start + length]
    try:
        phrase = Phrase(wanted)
    except PhraseInvalid:
        return
    texts = texts_of(Article(more, blocks=(Block(BlockKind.PARAGRAPH, text),)).to_json())
    if phrase.standing(texts) is None:
        return  # cut out of the middle of a word
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE i USING fts5(headline, body, content='', tokenize=\"ascii tokenchars '_'\")")
    said = tokens_of(texts)
    index.execute("INSERT INTO i (rowid, headline, body) VALUES (1, ?, ?)", [said[Part.HEADLINE], said[Part.BODY]])
    found = index.execute("SELECT rowid FROM i WHERE i MATCH ?", [phrase.match]).fetchall()
    index.close()
    assert found == [(1,)]


def test_a_whole_word_of_a_text_always_stands_in_it() -> None:
    for word in ("Drill", "南海", "12", "F-35"):
        assert Phrase(word).count(f"The {word}, again") == 1
    assert list(tokens("南海 12 F-35")) == ["南海", "海", "12", "f", "35"]
