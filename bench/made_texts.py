"""Made texts, in English-like words or Chinese characters, and edits of them; the same for the same seed."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from itertools import accumulate

from articles.article import Block, BlockKind
from audit.stop_words import stop_words

Body = list[Block]
SMALL = sorted(stop_words("en"))
SOUNDS = [first + second for first in "bdfgklmnprstv" for second in ("a", "e", "i", "o", "u", "an", "er", "is")]
HAN = [chr(0x4E00 + index * 7) for index in range(1200)]


@dataclass
class Writer:
    """Writes articles of one language, and edits them."""

    chance: random.Random
    chinese: bool = False

    def __post_init__(self) -> None:
        self.vocabulary = ["".join(self.chance.choices(SOUNDS, k=self.chance.randint(2, 4))) for _ in range(3000)]
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(3000)))

    def word(self) -> str:
        if self.chinese:
            return "".join(self.chance.choices(HAN, k=self.chance.randint(1, 3)))
        kind = self.chance.random()
        if kind < 0.45:
            return self.chance.choice(SMALL)
        if kind < 0.48:
            return str(self.chance.randint(2, 5000))
        word = self.chance.choices(self.vocabulary, cum_weights=self.weights)[0]
        return word.capitalize() if kind > 0.94 else word

    def sentence(self) -> str:
        words = [self.word() for _ in range(self.chance.randint(8, 30))]
        return self.joined(words)

    def joined(self, words: list[str]) -> str:
        if self.chinese:
            return "".join(words) + "。"
        text = " ".join(words)
        return f"{text[:1].upper()}{text[1:]}."

    def body(self, length: int) -> Body:
        paragraphs: list[str] = []
        while sum(len(text) if self.chinese else text.count(" ") + 1 for text in paragraphs) < length:
            paragraphs.append(self.space.join(self.sentence() for _ in range(self.chance.randint(2, 4))))
        return [Block(BlockKind.PARAGRAPH, text) for text in paragraphs]

    @property
    def space(self) -> str:
        return "" if self.chinese else " "

    def edited(self, body: Body, edits: int) -> Body:
        texts = [block.text for block in body]
        for _ in range(edits):
            self.edit(texts)
        return [Block(BlockKind.PARAGRAPH, text) for text in texts]

    def edit(self, texts: list[str]) -> None:
        """Edit one of the texts in place, or add, drop or move one: mostly words, seldom whole paragraphs."""
        at = self.chance.randrange(len(texts))
        kind = self.chance.random()
        if kind < 0.75:
            texts[at] = self._words_edited(texts[at])
        elif kind < 0.85:
            texts[at] = texts[at] + self.space + self.sentence()
        elif kind < 0.92:
            texts[at] = self._without_a_sentence(texts[at])
        elif kind < 0.95:
            texts.insert(at, self.sentence())
        elif kind < 0.97 and len(texts) > 1:
            del texts[at]
        else:
            texts.insert(self.chance.randrange(len(texts)), texts.pop(at))

    def _words_edited(self, text: str) -> str:
        pieces = list(text) if self.chinese else text.split(" ")
        at = self.chance.randrange(len(pieces))
        fresh = [self.word() for _ in range(self.chance.randint(0, 2))]
        pieces[at : at + self.chance.randint(0, 2)] = fresh
        return self.space.join(pieces)

    def _without_a_sentence(self, text: str) -> str:
        sentences = re.findall(r"[^.。]+[.。]\s?", text) or [text]
        del sentences[self.chance.randrange(len(sentences))]
        return "".join(sentences) or self.sentence()
