"""Phrases: what of an article can be searched, into which tokens it is cut, and where a phrase stands. Pure.

Tokens only choose candidates; whether a phrase stands in a text is decided on the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from articles.article import Article
from articles.folding import FOLDED, INVISIBLE
from storage.errors import PhraseInvalid

_UNSPACED: Final = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Chinese characters and kana, inside ranges of a pattern: scripts that put no spaces between words."""

_IN_WORD: Final = rf"[^\W{_UNSPACED}]"
_TOKENS: Final = re.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|{_IN_WORD}+")
_FOLDS: Final = re.compile(f"[{re.escape(''.join(FOLDED))}]")
_NEEDLESS_SPACES: Final = re.compile(rf"(?<=[{_UNSPACED}])\s+|\s+(?=[{_UNSPACED}])")
_INVISIBLE: Final = dict.fromkeys(map(ord, INVISIBLE))
_POINTS: Final = "[.,．，]"
_CONTEXT: Final = 60
_BETWEEN_TEXTS: Final = "_between_"


def texts_of(article: Article) -> list[tuple[str, str]]:
    """Return the searched texts of an article, each with the name of its field.

    What stands both in the body and in a field (a caption, a translation's note) is given once, as the body's.
    """
    blocks = [block.text for block in article.blocks]
    note = article.translation
    said: list[tuple[str, str | None]] = [
        ("headline", article.headline),
        ("kicker", article.kicker),
        ("subtitle", article.subtitle),
        *(("byline", name) for name in article.byline),
        *(("editors", name) for name in article.editors),
        ("agency", article.agency.name if article.agency else None),
        *(("blocks", text) for text in blocks),
        *(("images", image.caption) for image in article.images),
        ("correction", article.correction),
        *(("keywords", word) for word in article.keywords),
        *(("section", name) for name in article.section),
        *(("translation", text) for text in ((note.note, note.disclaimer) if note else ())),
    ]
    elsewhere = set(blocks)
    return [
        (name, text)
        for name, text in said
        if text and (name not in ("images", "translation", "correction") or text not in elsewhere)
    ]


def tokens_of(article: Article) -> str:
    """Return the tokens of all texts of an article, joined by spaces, so that no phrase reaches over two texts."""
    return f" {_BETWEEN_TEXTS} ".join(" ".join(tokens(text)) for _, text in texts_of(article))


def tokens(text: str) -> Iterator[str]:
    """Yield words in lower case, and of Chinese and kana each character with the next one.

    >>> list(tokens("The F\u201335 flew"))
    ['the', 'f', '35', 'flew']
    >>> list(tokens("歼-20战机"))
    ['歼', '20', '战机', '机']
    """
    folded = _FOLDS.sub(lambda found: FOLDED[found[0]], text).lower()
    for found in _TOKENS.finditer(_NEEDLESS_SPACES.sub("", folded)):
        if found["unspaced"]:
            yield from (found[0][at : at + 2] for at in range(len(found[0])))
        else:
            yield found[0]


@dataclass(frozen=True)
class Standing:
    """Where a phrase stands first in an article, the words around it, and how often it stands there in all."""

    field: str
    snippet: str
    occurrences: int


class Phrase:
    """Words to be looked for as they stand: whole words, in this order, with this punctuation.

    Spacing and typography (quote styles, dashes, full width) make no difference, nor does case unless it is asked for.

    >>> bool(Phrase("sold").count("Soldiers")), Phrase("f-35").count("F–35, F‑35s")
    (False, 1)
    >>> Phrase("战机").count("歼-20战机和直升机"), Phrase("12").count("12.5, 112, 12")
    (1, 1)
    """

    def __init__(self, text: str, *, case: bool = False) -> None:
        """Take a phrase; `case` tells upper and lower case apart. Raises PhraseInvalid where it holds no word."""
        text = unicodedata.normalize("NFC", text)  # as canonical articles are
        words = list(tokens(text))
        if not words:
            raise PhraseInvalid(f"{text!r} holds no word that could be looked for. Give at least one letter or digit")
        self.text: Final = text
        self.match: Final = _match(words)
        self._pattern = re.compile(_pattern(text), 0 if case else re.IGNORECASE)

    def count(self, text: str) -> int:
        """Return how often the phrase stands in a text."""
        return sum(1 for _ in self._pattern.finditer(text.translate(_INVISIBLE)))

    def gain(self, old: Article, new: Article) -> int:
        """Return how much more often the phrase stands in the newer article than in the older one.

        Texts that both have are passed over: most of two states is the same.
        """
        before, after = (Counter(text for _, text in texts_of(article)) for article in (old, new))
        return sum(times * self.count(text) for text, times in (after - before).items()) - sum(
            times * self.count(text) for text, times in (before - after).items()
        )

    def standing(self, article: Article) -> Standing | None:
        """Return where the phrase stands in an article, or None where it does not."""
        first: tuple[str, str, re.Match[str]] | None = None
        occurrences = 0
        for field, whole in texts_of(article):
            text = whole.translate(_INVISIBLE)
            for found in self._pattern.finditer(text):
                first = first or (field, text, found)
                occurrences += 1
        return None if first is None else Standing(first[0], _snippet(first[1], first[2]), occurrences)


def _match(words: list[str]) -> str:
    """Return the full-text query: the tokens in a row. A last lone character may go on where the phrase ends."""
    last = words[-1]
    if not re.fullmatch(f"[{_UNSPACED}]", last):
        return f'"{" ".join(words)}"'
    if len(words) > 1 and re.fullmatch(f"[{_UNSPACED}]{last}", words[-2]):
        return f'"{" ".join(words[:-1])}"'
    return f'"{" ".join(words)}" *'


def _pattern(text: str) -> str:
    folded = _NEEDLESS_SPACES.sub("", " ".join(_FOLDS.sub(lambda found: FOLDED[found[0]], text).split()))
    parts: list[str] = []
    unspaced = False
    for spaces, run in groupby(folded.replace("...", "…"), key=str.isspace):
        if spaces:
            parts.append(r"\s+")
            continue
        for character in run:
            was, unspaced = unspaced, bool(re.match(f"[{_UNSPACED}]", character))
            if parts and (was or unspaced):
                parts.append(r"\s*")
            parts.append(_any_form(character))
    begins = rf"(?<!{_IN_WORD})" * bool(re.match(_IN_WORD, folded)) + rf"(?<!\d{_POINTS})" * folded[0].isdigit()
    ends = rf"(?!{_IN_WORD})" * bool(re.match(_IN_WORD, folded[-1])) + rf"(?!{_POINTS}\d)" * folded[-1].isdigit()
    return begins + "".join(parts) + ends


def _any_form(character: str) -> str:
    if character == "…":
        return r"(?:…|\.\.\.)"
    forms = [character, *(form for form, plain in FOLDED.items() if plain == character)]
    return f"[{re.escape(''.join(forms))}]" if len(forms) > 1 else re.escape(character)


def _snippet(text: str, found: re.Match[str]) -> str:
    start, end = max(found.start() - _CONTEXT, 0), min(found.end() + _CONTEXT, len(text))
    before, after = text[start : found.start()], text[found.end() : end]
    # Not in the middle of a word, where there is a space to begin or end at.
    if start and " " in before:
        before = before.partition(" ")[2]
    if end < len(text) and " " in after:
        after = after.rpartition(" ")[0]
    words = f"{'…' * (start > 0)}{before}{found[0]}{after}{'…' * (end < len(text))}"
    return " ".join(words.split())
