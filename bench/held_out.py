"""Pairs of texts with what a person says of the edit between them, as bench/data/audit_heldout*.yml hold them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from audit.edit import EditType, Weight
from audit.findings import Disclosure

TOLD = frozenset({Disclosure.NOTE, Disclosure.UPDATED_TAG})
DATA = Path(__file__).parent / "data"


class BadLabel(Exception):
    """A labelled pair cannot be read: the message says which, what is wrong with it and what may stand there."""


@dataclass(frozen=True)
class Labelled:
    """One pair: `weights` has two where both can be defended; `disclosure` is None where the labeller said nothing,
    which means that the text discloses nothing."""

    language: str
    types: tuple[EditType, ...]
    weights: tuple[Weight, ...]
    old: str
    new: str
    disclosure: Disclosure | None = None

    @property
    def heavy(self) -> bool | None:
        """Whether the edit is substantive or more; None where the two weights lie on both sides of that line."""
        sides = {weight >= Weight.SUBSTANTIVE for weight in self.weights}
        return sides.pop() if len(sides) == 1 else None

    @property
    def disclosed(self) -> bool:
        return self.disclosure in TOLD


def labelled_pairs(path: Path) -> list[Labelled]:
    """Return the pairs of a file, in its order.

    Raises `BadLabel` for a pair that has other parts, a label that is none, or the same text twice.
    """
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [_labelled(row, f"{path.name}, pair {number}") for number, row in enumerate(rows, 1)]


def _labelled(row: list[Any], where: str) -> Labelled:
    try:
        language, types, weights, old, new, *rest = row
        disclosure = Disclosure(*rest) if rest else None
        names = weights if isinstance(weights, list) else [weights]
        pair = Labelled(
            language, tuple(map(EditType, types)), tuple(Weight[name.upper()] for name in names), old, new, disclosure
        )
    except (ValueError, KeyError, TypeError) as wrong:
        raise BadLabel(
            f"{where}: {wrong}. A pair is [language, [types], weight or two, old, new], with the disclosure last if any"
        ) from wrong
    if old == new:
        raise BadLabel(f"{where}: old and new text are the same. Write the edit into the new one")
    return pair
