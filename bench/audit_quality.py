"""How often an edit gets the type that a person gave it, on pairs that no rule was made with.

`python -m bench.audit_quality`. The pairs are bench/data/audit_heldout.yml. Types are counted as in a multiset: a type
that was expected and found is a hit, found only is a false alarm, expected only is a miss. `--wrong` prints the pairs
that came out otherwise.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from articles.article import Article, Block, BlockKind
from audit.compare import compare
from audit.edit import EditType

HELDOUT = Path(__file__).parent / "data" / "audit_heldout.yml"


def found_types(language: str, old: str, new: str) -> list[str]:
    """Return the types that `compare` gives the edits of one paragraph."""
    before, after = (
        Article("Untouched", language=language, blocks=(Block(BlockKind.PARAGRAPH, text),)) for text in (old, new)
    )
    return [str(edit.type) for edit in compare(before, after).edits]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--wrong", action="store_true", help="print the pairs that came out otherwise")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    asked = parser.parse_args()
    hits, alarms, misses = Counter[str](), Counter[str](), Counter[str]()
    exact, wrong = Counter[str](), []
    pairs = yaml.safe_load(HELDOUT.read_text(encoding="utf-8"))
    for language, expected, old, new in pairs:
        wanted, found = Counter(map(str, map(EditType, expected))), Counter(found_types(language, old, new))
        hits += wanted & found
        alarms += found - wanted
        misses += wanted - found
        exact[language] += wanted == found
        if wanted != found:
            wrong.append((sorted(wanted.elements()), sorted(found.elements()), old, new))
    languages = Counter(pair[0] for pair in pairs)
    if asked.json:
        print(json.dumps({"hits": hits, "false_alarms": alarms, "misses": misses, "exact": exact, "pairs": languages}))
        return
    table = Table("type", "pairs", "precision", "recall", title=f"{len(pairs)} held-out pairs")
    for kind in sorted({*hits, *misses, *alarms}):
        table.add_row(kind, *_figures(hits[kind], alarms[kind], misses[kind]))
    table.add_section()
    table.add_row("all", *_figures(hits.total(), alarms.total(), misses.total()))
    Console().print(table)
    for language, total in languages.items():
        print(f"{language}: {exact[language]} of {total} pairs have exactly the labelled types")
    if asked.wrong:
        for wanted_types, found_, old, new in wrong:
            print(f"\nwanted {wanted_types}, found {found_}\n- {old}\n+ {new}")


def _figures(hit: int, alarm: int, miss: int) -> tuple[str, str, str]:
    precision = f"{hit / (hit + alarm):.2f}" if hit + alarm else "-"
    recall = f"{hit / (hit + miss):.2f}" if hit + miss else "-"
    return str(hit + miss), precision, recall


if __name__ == "__main__":
    main()
