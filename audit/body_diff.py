"""How two bodies lie against each other: rows of paragraphs, and runs of text inside them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Op(StrEnum):
    """What became of a run of characters."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


EQUAL, DELETE, INSERT = Op
"""By themselves, for what asks every run: in Python 3.11 it takes ten times as long to get a member from its class."""


class Run(NamedTuple):
    """A stretch of text. The old text is the EQUAL and DELETE runs joined, the new one the EQUAL and INSERT runs."""

    op: Op
    text: str


class Fate(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    EDITED = "edited"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # it may also be edited: its runs tell
    SPLIT = "split"  # one old, several new
    MERGED = "merged"  # several old, one new


SAME, EDITED, ADDED, REMOVED, MOVED, SPLIT, MERGED = Fate


class Row(NamedTuple):
    """Old blocks against new ones, as indices into the two tuples of blocks.

    ADDED has no `old`, REMOVED no `new`, SPLIT and MERGED several on one side, all others one of each. `runs` lead
    from the old blocks' texts to the new ones', each side joined by `JOINT`; in a row that is SAME there is one EQUAL
    run (none for an empty text).
    """

    fate: Fate
    old: tuple[int, ...]
    new: tuple[int, ...]
    runs: tuple[Run, ...]


JOINT = "\n"
"""Stands between the blocks of one side of a row that has several."""


@dataclass(frozen=True, slots=True)
class BodyDiff:
    """All blocks of both bodies, each in exactly one row.

    Rows are in the order of the new body; a REMOVED row stands after the row of the old block before it. `coarse`
    says in words where a comparison was cut short to bound its time (too long a text): it is correct there, and not
    as fine as it could be.
    """

    rows: tuple[Row, ...]
    coarse: tuple[str, ...] = ()
