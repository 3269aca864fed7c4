"""Texts as tokens and sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.sentences import LONGEST, WINDOW, sentence_texts, sentences
from audit.tokens import TokenKind, token_texts, tokens

FRAGMENTS = st.sampled_from(
    [
        *(
            "twenty",
            "-",
            "two",
            " ",
            "million",
            "dollars",
            "one",
            "hundred",
            "$",
            "US$",
            "1",
            "1.5",
            "12,000",
            "%",
            "percent",
        ),
        *(
            "May",
            "4",
            ",",
            "2026",
            "-",
            "01",
            "/",
            "8",
            "p.m.",
            ":",
            "30",
            "th",
            "km",
            "G",
            "J-20",
            "U.S.",
            ".",
            "'",
            "’",
            "s",
        ),
        *(
            "年",
            "月",
            "日",
            "五",
            "十",
            "百分之",
            "亿",
            "元",
            "人",
            "かな",
            "カ",
            "\u0301",
            "\u200b",
            "\u00a0",
            "\n",
            "ไทย",
            "क्षि",
            "😀",
        ),
        *("mm", "one ", "twof", "tend", "the ", "of, ", "often ", "two ", "ten,", "10 000 "),
    ]
)
TEXTS = st.one_of(st.lists(FRAGMENTS, max_size=25).map("".join), st.text(max_size=80))


@given(TEXTS)
def test_tokens_joined_are_the_text(text: str) -> None:
    found = tokens(text, "en")
    assert "".join(token.text for token in found) == text
    assert [text[token.start : token.end] for token in found] == [token.text for token in found]
    assert token_texts(text) == [token.text for token in found]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12", TokenKind.NUMBER),
        ("1.5 billion", TokenKind.NUMBER),
        ("US$1.5 billion", TokenKind.NUMBER),
        ("7.5 percent", TokenKind.NUMBER),
        ("7.5%", TokenKind.NUMBER),
        ("10 000 рублей", TokenKind.NUMBER),
        ("twenty-two", TokenKind.NUMBER),
        ("two million dollars", TokenKind.NUMBER),
        ("1990s", TokenKind.NUMBER),
        ("20km", TokenKind.NUMBER),
        ("3000亿元", TokenKind.NUMBER),
        ("百分之三点五", TokenKind.NUMBER),
        ("5个百分点", TokenKind.NUMBER),
        ("May 4", TokenKind.DATE),
        ("4 May 2026", TokenKind.DATE),
        ("Jan. 23, 2026", TokenKind.DATE),
        ("2026-01-23", TokenKind.DATE),
        ("23.01.2026", TokenKind.DATE),
        ("8:30 p.m.", TokenKind.DATE),
        ("1月5日", TokenKind.DATE),
        ("二〇二六年一月五日", TokenKind.DATE),
        ("5 мая 2026", TokenKind.DATE),
        ("don’t", TokenKind.WORD),
        ("J-20", TokenKind.WORD),
        ("5G", TokenKind.WORD),
        ("U.S.", TokenKind.WORD),
        ("e\u0301te\u0301", TokenKind.WORD),
        ("co\u00adoperate", TokenKind.WORD),
        ("शक्ति", TokenKind.WORD),
        ("汉", TokenKind.HAN),
        ("カ", TokenKind.KANA),
        ("“", TokenKind.QUOTE),
        ("...", TokenKind.PUNCTUATION),
        (" \u00a0\n", TokenKind.SPACE),
    ],
)
def test_one_token(text: str, kind: TokenKind) -> None:
    assert [(token.text, token.kind) for token in tokens(text)] == [(text, kind)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3 days", ["3", " ", "days"]),
        ("3000人", ["3000", "人"]),
        ("re-armed", ["re", "-", "armed"]),
        ("May have", ["May", " ", "have"]),
        ("in May 3000 men", ["in", " ", "May", " ", "3000", " ", "men"]),
        ("国防部", ["国", "防", "部"]),
        ("5 million.", ["5 million", "."]),
        ("12–15", ["12", "–", "15"]),
        ("?!", ["?", "!"]),
    ],
)
def test_several_tokens(text: str, parts: list[str]) -> None:
    assert token_texts(text) == parts


@given(TEXTS, st.sampled_from(["en", "zh", "ru", "xx", None]))
def test_sentences_cover_the_text(text: str, language: str | None) -> None:
    spans = sentences(text, language)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
    assert [text[start:end] for start, end in spans] == sentence_texts(text, language)


def test_sentences_of_a_lone_surrogate() -> None:
    assert sentence_texts("He left. \ud800 stayed.", "en") == ["He left. ", "\ud800 stayed."]


def test_a_line_feed_ends_a_sentence() -> None:
    assert sentence_texts("Line one\nline two", "en") == ["Line one\n", "line two"]


def test_chinese_sentences_keep_their_quotes() -> None:
    assert sentence_texts("他说：“我们来了。”记者走了！", "zh")[-1] == "记者走了！"


@pytest.mark.parametrize("unit", ["他说“", "「他。", "“a. B ", "word "])
def test_sentencex_sees_no_more_than_a_window(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import sentencex

    seen: list[int] = []
    real = sentencex.segment

    def segment(language: str, text: str) -> list[str]:
        seen.append(len(text))
        found: list[str] = real(language, text)
        return found

    monkeypatch.setattr(sentencex, "segment", segment)
    text = unit * (5 * WINDOW // len(unit))
    assert "".join(sentence_texts(text, "en")) == text
    assert max(seen) <= WINDOW
    assert sum(seen) <= 3 * len(text)
    seen.clear()
    longer = unit * (LONGEST // len(unit) + 1)
    assert "".join(sentence_texts(longer, "en")) == longer
    assert not seen
