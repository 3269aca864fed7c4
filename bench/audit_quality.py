"""How often an edit gets the type, weight and disclosure that a person gave it, on pairs that no rule was made with.

`python -m bench.audit_quality`. The pairs are bench/data/audit_heldout.yml, audit_heldout_2.yml and audit_judged.yml.
Types are counted as in a multiset: a type that was expected and found is a hit, found only is a false alarm, expected
only is a miss.
Of the weights, one figure matters most: whether an edit is told as substantive or more, since that is what feeds and
alarms go by. `--wrong` prints the pairs of the first file whose types came out otherwise; those of the others are not
printed, so that nobody tunes a rule on them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from articles.article import Article, Block, BlockKind
from audit.compare import compare
from audit.edit import Weight
from audit.findings import Findings
from bench.held_out import DATA, TOLD, Labelled, labelled_pairs

OPEN, BLIND, JUDGED = (DATA / f"audit_{name}.yml" for name in ("heldout", "heldout_2", "judged"))


@dataclass
class YesOrNo:
    """A question that a person and the audit both answered: `passed_over` counts where both said no, `left_out` where
    the person left it open."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0
    passed_over: int = 0
    left_out: int = 0

    def count(self, wanted: bool | None, found: bool) -> None:
        self.left_out += wanted is None
        self.hits += wanted is True and found
        self.false_alarms += wanted is False and found
        self.misses += wanted is True and not found
        self.passed_over += wanted is False and not found


@dataclass
class Scores:
    """Counts over some pairs; `labelled` of them have a disclosure."""

    pairs: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    false_alarms: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    exact_types: int = 0
    exact_weights: int = 0
    heavier: int = 0
    lighter: int = 0
    substantive_or_more: YesOrNo = field(default_factory=YesOrNo)
    labelled: int = 0
    exact_disclosures: int = 0
    disclosed: YesOrNo = field(default_factory=YesOrNo)
    undisclosed: YesOrNo = field(default_factory=YesOrNo)

    def count(self, pair: Labelled, found: Findings) -> None:
        wanted, types = Counter(map(str, pair.types)), Counter(str(edit.type) for edit in found.edits)
        self.pairs += 1
        self.hits += wanted & types
        self.false_alarms += types - wanted
        self.misses += wanted - types
        self.exact_types += wanted == types
        self.exact_weights += found.weight in pair.weights
        self.heavier += found.weight > max(pair.weights)
        self.lighter += found.weight < min(pair.weights)
        self.substantive_or_more.count(pair.heavy, found.weight >= Weight.SUBSTANTIVE)
        if pair.disclosure is not None:
            self.labelled += 1
            self.exact_disclosures += found.disclosure == pair.disclosure
        self.disclosed.count(pair.disclosed, found.disclosure in TOLD)
        self.undisclosed.count(False if pair.disclosed else pair.heavy, found.undisclosed)


def found_in(pair: Labelled) -> Findings:
    """Return what the audit finds between the two texts, each line of them a paragraph of an article."""
    before, after = (
        Article(
            "Untouched",
            language=pair.language,
            blocks=tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n")),
        )
        for text in (pair.old, pair.new)
    )
    return compare(before, after)


def scores_of(pairs: Iterable[Labelled]) -> dict[str, Scores]:
    """Return the scores over all pairs, under "all", and those of each language."""
    scores = {"all": Scores()}
    for pair in pairs:
        found = found_in(pair)
        for name in ("all", pair.language):
            scores.setdefault(name, Scores()).count(pair, found)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--wrong", action="store_true", help="print the pairs of the first file that came out otherwise"
    )
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    asked = parser.parse_args()
    scores = {path: scores_of(labelled_pairs(path)) for path in (OPEN, BLIND, JUDGED)}
    if asked.json:
        print(json.dumps({path.stem: _json(by_language) for path, by_language in scores.items()}))
        return
    for path, by_language in scores.items():
        _print(path, by_language)
    if asked.wrong:
        for pair in labelled_pairs(OPEN):
            found = sorted(str(edit.type) for edit in found_in(pair).edits)
            if found != sorted(map(str, pair.types)):
                print(f"\nwanted {sorted(map(str, pair.types))}, found {found}\n- {pair.old}\n+ {pair.new}")


def _json(by_language: dict[str, Scores]) -> dict[str, Any]:
    return {
        language: {
            name: value.__dict__ if isinstance(value, YesOrNo) else value for name, value in scores.__dict__.items()
        }
        for language, scores in by_language.items()
    }


def _print(path: Path, by_language: dict[str, Scores]) -> None:
    every = by_language["all"]
    types = Table("type", "labelled", "precision", "recall", title=f"{path.name}: {every.pairs} held-out pairs")
    for kind in sorted({*every.hits, *every.misses, *every.false_alarms}):
        types.add_row(kind, *_figures(every.hits[kind], every.false_alarms[kind], every.misses[kind]))
    types.add_section()
    types.add_row("all", *_figures(every.hits.total(), every.false_alarms.total(), every.misses.total()))
    Console().print(types)
    columns = ("pairs", "exact types", "exact weight", "too heavy", "too light")
    shares = Table("language", *columns, title=f"{path.name}: whole pairs")
    asked_of = ("question", "labelled yes", "precision", "recall", "false alarms", "left out")
    questions = Table("language", *asked_of, title=f"{path.name}: yes or no")
    for language, scores in by_language.items():
        counts = scores.pairs, scores.exact_types, scores.exact_weights, scores.heavier, scores.lighter
        shares.add_row(language, *map(str, counts))
        for name in ("substantive_or_more", "disclosed", "undisclosed"):
            asked: YesOrNo = getattr(scores, name)
            figures = _figures(asked.hits, asked.false_alarms, asked.misses)
            noes = f"{asked.false_alarms} of {asked.false_alarms + asked.passed_over}"
            questions.add_row(language, name.replace("_", " "), *figures, noes, str(asked.left_out))
    Console().print(shares, questions)
    if every.labelled:
        print(f"{path.name}: {every.exact_disclosures} of {every.labelled} labelled disclosures are exact")


def _figures(hit: int, alarm: int, miss: int) -> tuple[str, str, str]:
    precision = f"{hit / (hit + alarm):.2f}" if hit + alarm else "-"
    recall = f"{hit / (hit + miss):.2f}" if hit + miss else "-"
    return str(hit + miss), precision, recall


if __name__ == "__main__":
    main()
