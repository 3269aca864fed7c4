"""Comparing bodies: pairs a second and the slowest, against engines on the words of whole texts, in one run.

Made texts with a seed: 800 words (or 1,500 Chinese characters) in paragraphs of two to four sentences, 1 to 20 edits of
words, figures, sentences and paragraphs. Goals (issue 3): 1,000 pairs/s a core for diff and classify, p99 below 20 ms,
two unrelated texts of 10,000 words below 200 ms, three times difflib on words; and no input without an end.
"""

from __future__ import annotations

import argparse
import difflib
import gc
import importlib.util
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rapidfuzz.distance import Indel

from articles.article import Article, Block, BlockKind
from audit.body_diff import BodyDiff, Op, Run
from audit.compare import compare
from audit.diffing import diff_bodies, new_texts
from audit.stop_words import stop_words
from bench.machine import machine

Body = list[Block]
Times = dict[str, list[float]]
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
        self.weights = [1 / (rank + 3) for rank in range(3000)]

    def word(self) -> str:
        if self.chinese:
            return "".join(self.chance.choices(HAN, k=self.chance.randint(1, 3)))
        kind = self.chance.random()
        if kind < 0.45:
            return self.chance.choice(SMALL)
        if kind < 0.48:
            return str(self.chance.randint(2, 5000))
        word = self.chance.choices(self.vocabulary, self.weights)[0]
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
            self._edit(texts)
        return [Block(BlockKind.PARAGRAPH, text) for text in texts]

    def _edit(self, texts: list[str]) -> None:
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


def pairs(writer: Writer, count: int, length: int) -> list[tuple[Body, Body]]:
    made = []
    for _ in range(count):
        body = writer.body(length)
        made.append((body, writer.edited(body, writer.chance.randint(1, 20))))
    return made


def words(text: str) -> list[str]:
    """Return words with the space after them, Chinese characters one by one: kinder to difflib than our tokens, since
    it takes quadratic time over what occurs often, as a space does."""
    return re.findall(r"[\u4e00-\u9fff]|[^\s\u4e00-\u9fff]+\s*|\s+", text)


def with_difflib(old: str, new: str) -> int:
    """Return the number of differences, as the other engines below do."""
    ops = difflib.SequenceMatcher(None, words(old), words(new), autojunk=False).get_opcodes()
    return sum(tag != "equal" for tag, *_ in ops)


def with_cydifflib(old: str, new: str) -> int:
    import cydifflib

    ops = cydifflib.SequenceMatcher(None, words(old), words(new), autojunk=False).get_opcodes()
    return sum(tag != "equal" for tag, *_ in ops)


def with_rapidfuzz(old: str, new: str) -> int:
    kept = [block for block in Indel.opcodes(words(old), words(new)).as_matching_blocks() if block.size]
    return len(kept) + 1


ENGINES = {"difflib": with_difflib, "rapidfuzz Indel": with_rapidfuzz}
if importlib.util.find_spec("cydifflib"):  # was on trial; measured again wherever it is installed
    ENGINES["cydifflib"] = with_cydifflib


def measured(work: Callable[..., object], *arguments: object) -> float:
    """Return the seconds of processor time: what else runs on the machine takes none of it."""
    started = time.process_time()
    work(*arguments)
    return time.process_time() - started


def in_one_run(works: dict[str, tuple[Callable[..., object], list[tuple[object, ...]]]], rounds: int) -> Times:
    """Return for each work the seconds for each of its calls, in the fastest of some rounds that take turns."""
    best: Times = {}
    for _ in range(rounds):
        for name, (work, calls) in works.items():
            times = [measured(work, *call) for call in calls]
            if name not in best or sum(times) < sum(best[name]):
                best[name] = times
    return best


def report(language: str, made: list[tuple[Body, Body]], rounds: int) -> None:
    texts = [tuple("\n".join(block.text for block in side) for side in pair) for pair in made]
    articles = [tuple(Article("A", language=language, blocks=tuple(side)) for side in pair) for pair in made]
    works = {f"{name} on all words": (work, texts) for name, work in ENGINES.items()}
    works["diff_bodies"] = (diff_bodies, [(*pair, language) for pair in made])
    works["compare: diff and classify"] = (compare, articles)
    gc.collect()
    gc.freeze()  # the made texts are no part of what is measured
    best = in_one_run(works, rounds)
    base = sum(best["difflib on all words"])
    for name, times in best.items():
        slowest = sorted(times)[int(len(times) * 0.99) - 1] * 1000
        ratio = base / sum(times)
        print(
            f"{language}  {name:28}{len(times) / sum(times):7.0f} pairs/s   p99{slowest:6.1f} ms{ratio:6.1f} x difflib"
        )
    report_hunks(language, made, texts)


def report_hunks(language: str, made: list[tuple[Body, Body]], texts: list[tuple[str, ...]]) -> None:
    """Print how many differences are told: few read better."""
    told = [diff_bodies(*pair, language) for pair in made]
    for diff, (_, new) in zip(told, made, strict=True):
        assert new_texts(diff) == tuple(block.text for block in new)
    ours = sum(differences(row.runs) for diff in told for row in diff.rows)
    theirs = [f"{name} {sum(work(*pair) for pair in texts) / len(texts):.1f}" for name, work in ENGINES.items()]
    print(f"{language}  differences a pair: diff_bodies {ours / len(told):.1f}, {', '.join(theirs)}")


def differences(runs: Sequence[Run]) -> int:
    return sum(not equal for equal, _ in groupby(run.op is Op.EQUAL for run in runs))


def hostile(writer: Writer) -> Iterator[tuple[str, Body, Body]]:
    chance = writer.chance
    words = " ".join(writer.word() for _ in range(830_000))
    lines = [f"line {chance.random()}" for _ in range(100_000)]
    edited = [f"row {chance.random()}" if chance.random() < 0.03 else line for line in lines]
    shuffled = chance.sample(edited, len(edited))
    few = ([chance.choice("abcdefgh") for _ in range(100_000)] for _ in range(2))
    long = " ".join(writer.sentence() for _ in range(42_000))
    yield "10,000 unrelated words", writer.body(10_000), writer.body(10_000)
    yield (
        "10,000 unrelated words, 1 paragraph",
        *(one(" ".join(writer.word() for _ in range(10_000))) for _ in range(2)),
    )
    yield "5 MB, 1 paragraph, no sentences", one(words), one(words.replace(" said ", " told ", 1) + "x")
    yield "5 MB, 1 paragraph, 2 % edited", one(long), one(re.sub(r"\b(\w+)0 ", r"\g<1>1 ", long))
    yield "5 MB of one letter", one("a" * 5_000_000), one("a" * 4_900_000 + "b")
    yield "5 MB of open quotes", one("他说“" * 1_700_000), one("他说“" * 1_600_000 + "x")
    yield "100,000 lines, 3 % edited", body(lines), body(edited)
    yield "100,000 lines, shuffled too", body(lines), body(shuffled)
    yield "100,000 lines, all others", body(lines), body([f"row {chance.random()}" for _ in range(100_000)])
    yield "100,000 times the same", body(["same"] * 100_000), body(["same"] * 90_000)
    yield "100,000 of 8 lines", *(body(list(lines)) for lines in few)


def body(texts: Sequence[str]) -> Body:
    return [Block(BlockKind.PARAGRAPH, text) for text in texts]


def one(text: str) -> Body:
    return body([text])


def report_hostile(writer: Writer) -> None:
    for name, old, new in hostile(writer):
        found: list[BodyDiff] = []
        seconds = measured(lambda: found.append(diff_bodies(old, new, "en")))  # noqa: B023 (called at once)
        assert new_texts(found[0]) == tuple(block.text for block in new)
        print(f"{name:36}{seconds * 1000:8.0f} ms   {found[0].coarse[0] if found[0].coarse else ''}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=4)
    chosen = parser.parse_args()
    print(machine())
    report("en", pairs(Writer(random.Random(5)), chosen.pairs, 800), chosen.rounds)
    report("zh", pairs(Writer(random.Random(5), chinese=True), chosen.pairs, 1500), chosen.rounds)
    report_hostile(Writer(random.Random(6)))


if __name__ == "__main__":
    main()
