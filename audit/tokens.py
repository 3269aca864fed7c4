"""Texts as tokens: the smallest pieces that an edit is told in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from string import ascii_lowercase
from typing import NamedTuple

from audit import numerals


class TokenKind(StrEnum):
    """What a token is. A later kind is tried only where no earlier one fits."""

    SPACE = "space"
    DATE = "date"
    NUMBER = "number"
    HAN = "han"
    KANA = "kana"
    WORD = "word"
    QUOTE = "quote"
    PUNCTUATION = "punctuation"


class Token(NamedTuple):
    """One piece of a text: characters `start` to `end`, the end excluded."""

    text: str
    start: int
    end: int
    kind: TokenKind


def tokens(text: str, language: str | None = None) -> list[Token]:
    """Return the tokens of `text`, in order; their texts joined are `text`.

    A number is one token with its sign, scale, percent or currency, a date or time of day is one, a Chinese or
    Japanese character is one (a run of digits among them stays whole), a letter keeps its combining marks. What is
    counted stands by itself: "12 days" is a number, a space and a word. `language` is the text's BCP 47 tag; the rules
    for English, Russian, Chinese and Japanese stand beside each other, since pages mix them.

    >>> [token.text for token in tokens("US$1.5 billion by May 4, 3000人")]
    ['US$1.5 billion', ' ', 'by', ' ', 'May 4', ',', ' ', '3000', '人']
    """
    del language  # no rule differs by it so far; the contract has it so that one may
    return [_token(found) for found in _NAMED.finditer(text)]


def figures(text: str) -> list[Token]:
    """Return those of the tokens that may say when or how many: dates, numbers and single Chinese characters."""
    return [_token(found) for found in _NAMED.finditer(text) if found.lastgroup in _FIGURES]


def _token(found: re.Match[str]) -> Token:
    return Token(found[0], found.start(), found.end(), _KINDS[found.lastgroup or ""])


def token_texts(text: str) -> list[str]:
    """Return the texts alone, three times as fast."""
    return _PLAIN.findall(text)


HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
QUOTES = "\"'“”„‟‘’‚‛«»‹›「」『』〝〞〟＂＇`´′″"

# Python's \w has no combining marks, and a letter must not lose its own. In the Indic blocks all that is not \w is one,
# but for the danda. Invisible joiners and soft hyphens stand inside words.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u0816-\u082d\u08d3-\u08ff"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51"
    "\u0a70-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bd7\u0c00-\u0c04\u0c3e-\u0c56\u0cbc-\u0cd6"
    "\u0d00-\u0d03\u0d3b-\u0d57\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u0f18\u0f19\u0f35\u0f37\u0f39\u0f71-\u0f84\u102b-\u103e\u1056-\u1059\u105e-\u1060\u17b4-\u17d3\u18a9"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
    "\u00ad\u200b-\u200d\u2060\ufeff"
)
_THAI = "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6\u1000-\u102a\u1780-\u17b3"


def _any(words: Iterable[str]) -> str:
    """Return a pattern for the longest of the words that fits; as a tree of letters, since most texts fit none."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    ends = "" in tails
    branches = [re.escape(first) + _any(rest) for first, rest in tails.items() if first]
    if not branches:
        return ""
    tree = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{tree})?" if ends else tree


def _firsts(words: Iterable[str], upper: bool = False) -> str:
    letters = {word[0] for word in words}
    return "".join(sorted(letters | {letter.upper() for letter in letters if upper}))


def _in_any_case(words: Iterable[str]) -> str:
    return _any([form for word in words for form in (word, word.capitalize(), word.upper())])


_LETTER = rf"[^\W\d_{HAN}{KANA}{_THAI}]"
_RUN = rf"[^\W{HAN}{KANA}{_THAI}]+(?:[{_MARKS}]+[^\W{HAN}{KANA}{_THAI}]*)*"
_NO_WORD = rf"(?!{_LETTER}|[{_MARKS}])"  # \b would hold between "元" and "旦" too
_HALF_DAY = rf"(?:[aApP]\.[mM]\.|[aApP][mM](?!{_LETTER}|[{_MARKS}]))"
_GAP = r"[ \u00a0\u202f\u2009]"

_FRACTIONS = "½⅓⅔¼¾⅛⅜⅝⅞"
_DIGITS = (
    rf"(?>\d{{1,3}}(?:{_GAP}\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[{_FRACTIONS}]|(?:[.,:’'٫٬．，/]\d+)*)"
    rf"|[{_FRACTIONS}])"
)
_NUMBER_WORDS_BEGIN = _firsts((*numerals.SPELLED, *numerals.SCALES, "one"), upper=True)
_NUMBER_WORD = _in_any_case((*numerals.SPELLED, *numerals.SCALES))
_SCALES = _in_any_case(numerals.SCALES)
_SPELLED = (
    rf"(?:[Oo]ne(?=[ -]{_SCALES})|{_NUMBER_WORD}){_NO_WORD}"
    rf"(?:[ -](?:one|{_NUMBER_WORD}){_NO_WORD})*"
)
_HAN_DIGITS = "〇零一二三四五六七八九十"
_HAN_NUMBER = f"[{_HAN_DIGITS}两百千万萬亿億兆]"
_SCALE = rf"(?:{_GAP}?-?{_SCALES}{_NO_WORD}|[十百千万萬亿億兆]+)"
_UNIT = (
    rf"(?:{_GAP}?[%‰％]|[ \u00a0-]{_any(numerals.PERCENT)}{_NO_WORD}|个百分点"
    rf"|{_GAP}{_any(numerals.CURRENCIES)}{_NO_WORD}|{_GAP}?[€£₽₩]|{_any(numerals.CJK_CURRENCIES)})"
)
_GLUED = rf"(?:st|nd|rd|th|s|{_any(numerals.GLUED_UNITS)}){_NO_WORD}"
_CURRENCY = rf"(?:(?:{_any(numerals.BEFORE_SIGN)})?[$€£¥₽₹₩￥＄]{_GAP}?|{_any(numerals.CODES)}{_GAP}?(?=\d))"
# What begins otherwise fails at the first character, which is nearly every token.
_NUMBER = (
    rf"(?=[\d{_FRACTIONS}$€£¥₽₹₩￥＄+\-−±{_firsts((*numerals.CODES, *numerals.BEFORE_SIGN))}])(?:"
    rf"{_CURRENCY}{_DIGITS}[KMB]{_NO_WORD}|"
    rf"{_CURRENCY}?(?:(?<![\w.])[-−+±])?{_DIGITS}(?:{_GLUED}|(?!{_LETTER})){_SCALE}?{_UNIT}?)"
    rf"|百分之(?:{_DIGITS}|{_HAN_NUMBER}+(?:点{_HAN_NUMBER}+)?)"
    rf"|{_HAN_NUMBER}{{2,}}{_UNIT}?"
    rf"|(?=[{_NUMBER_WORDS_BEGIN}]){_SPELLED}{_UNIT}?"
)
_MONTH = _any(form for month in numerals.MONTHS for form in (month, month.upper()))
_ORDINAL = "(?:st|nd|rd|th)?"
_YEAR = r"[12]\d{3}(?!\d)"
_DATE = (
    rf"(?=[{_firsts(numerals.MONTHS)}]){_MONTH}"
    rf"\.?\s(?:\d{{1,2}}{_ORDINAL}(?![\d:%]|[.,]\d|{_LETTER})(?:,?\s{_YEAR})?|{_YEAR})"
    r"|(?=\d)(?:"
    rf"\d{{1,2}}{_ORDINAL}\s{_MONTH}{_NO_WORD}(?:\.?,?\s{_YEAR})?"
    r"|\d{4}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{1,2}(?!\d)"
    r"|\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.)(?:\d{4}|\d{2})(?![\d.])"
    rf"|\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?![\d:])(?:{_GAP}?{_HALF_DAY})?|\d{{1,2}}{_GAP}?{_HALF_DAY}"
    r"|\d{4}[年년](?:\s?\d{1,2}[月월](?:\s?\d{1,2}[日号일])?)?|\d{1,2}[月월](?:\s?\d{1,2}[日号일])?|\d{1,2}[日일]"
    r"|\d{1,2}(?:[时時]|点(?=\d{1,2}分|半|钟))(?:\d{1,2}分)?"
    rf")|(?=[{_HAN_DIGITS}])(?:"
    rf"[{_HAN_DIGITS}]{{4}}年(?:[{_HAN_DIGITS}]{{1,3}}月(?:[{_HAN_DIGITS}]{{1,3}}[日号])?)?"
    rf"|[{_HAN_DIGITS}]{{1,3}}月(?:[{_HAN_DIGITS}]{{1,3}}[日号])?)"
)
_RULES = {
    TokenKind.SPACE: r"\s+",
    TokenKind.DATE: _DATE,
    TokenKind.NUMBER: _NUMBER,
    TokenKind.HAN: rf"[{HAN}][{_MARKS}]*",
    TokenKind.KANA: rf"[{KANA}][{_MARKS}]*",
    TokenKind.WORD: (
        rf"(?:[A-Z]\.){{2,}}|[A-Z]{{1,5}}[-‐‑]\d(?:{_RUN})?|[{_THAI}][{_MARKS}]*"
        rf"|{_RUN}(?:['’ʼ](?=[^\W\d_]){_RUN})*"
    ),
    TokenKind.QUOTE: rf"[{QUOTES}][{_MARKS}]*",
    TokenKind.PUNCTUATION: (
        rf"(?:\.+|…+|-+|—+|=+|\*+|!+|\?+|！+|？+|。+|[\U0001f1e6-\U0001f1ff]{{2}}|(?s:.))[{_MARKS}]*"
    ),
}
# What nearly every token is, found first. Each branch begins with one character or one class, which re looks at before
# it enters a branch: a Chinese character that begins no number, before another (so without marks); small letters that
# are no number in words; spaces.
_SMALL_NUMBERS = [word for word in (*numerals.SPELLED, *numerals.SCALES, "one") if word.isascii()]
_HAN_ALONE = re.sub(_HAN_NUMBER, "", "".join(map(chr, range(0x4E00, 0xA000))))


def _frequent_words() -> Iterator[str]:
    """Yield a pattern for each small letter that a number in words begins with, and one for all others."""
    tails: dict[str, list[str]] = {letter: [] for letter in ascii_lowercase}
    for word in _SMALL_NUMBERS:
        tails[word[0]].append(word[1:])
    ending = r"[a-z]*(?=[ ,.])"
    yield rf"[{''.join(letter for letter, rest in tails.items() if not rest)}]{ending}"
    yield from (rf"{letter}(?!{_any(rest)}(?![a-z])){ending}" for letter, rest in tails.items() if rest)


_FREQUENT = (rf"[{_HAN_ALONE}](?=[\u4e00-\u9fff，。、])", _RULES[TokenKind.SPACE], *_frequent_words())
_PLAIN = re.compile("|".join((*_FREQUENT, *_RULES.values())))
_NAMED = re.compile("|".join(f"(?P<{kind.value}>{rule})" for kind, rule in _RULES.items()))
_KINDS = {kind.value: kind for kind in TokenKind}
_FIGURES = (TokenKind.DATE.value, TokenKind.NUMBER.value, TokenKind.HAN.value)
