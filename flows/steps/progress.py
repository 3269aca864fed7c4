"""What a step tells of itself while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class ProgressEvent:
    """`done` of `total` things in a stage; `total` is None where nobody knows it yet."""

    stage: str  # recover | sync | plan | capture | upload | read | finish
    done: int
    total: int | None = None
    message: str = ""


Progress = Callable[[ProgressEvent], None]


def silent(event: ProgressEvent) -> None:
    """Tell nobody."""
