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
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rapidfuzz.distance import Indel

from articles.article import Article, Block, BlockKind
from audit.body_diff import BodyDiff, Op, Run
from audit.compare import compare
from audit.compiled import found
from audit.diffing import diff_bodies, new_texts
from bench.machine import machine
from bench.made_texts import Body, Writer

Times = dict[str, list[float]]


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
    others = [writer.sentence() for _ in range(100)]
    yield "100,000 times a word of 1 in 100", body(["line"] * 100_000), body([*others, "The line of that is this."])


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
    print(machine(), "; compared in", "Python" if found() is None else "C (make compiled)")
    report("en", pairs(Writer(random.Random(5)), chosen.pairs, 800), chosen.rounds)
    report("zh", pairs(Writer(random.Random(5), chinese=True), chosen.pairs, 1500), chosen.rounds)
    report_hostile(Writer(random.Random(6)))


if __name__ == "__main__":
    main()
