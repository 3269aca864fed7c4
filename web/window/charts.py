"""Charts as numbers: where each bar stands in a picture that templates draw as SVG. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from web.window.views.days import DayCount

WIDTH: Final = 600
HEIGHT: Final = 60
_GAP: Final = 0.22  # of a bar's room


@dataclass(frozen=True)
class Bar:
    """One bar from the bottom up, and the darker part of it that is counted apart. `title` is told when pointed at."""

    x: float
    width: float
    y: float
    height: float
    part_y: float
    part_height: float
    title: str


@dataclass(frozen=True)
class Bars:
    """A row of bars in a picture of WIDTH by HEIGHT. `most` is what the highest stands for, `total` all together."""

    bars: tuple[Bar, ...]
    most: int
    total: int


@dataclass(frozen=True)
class DaysChart:
    """Three rows of bars over the same days."""

    days: tuple[DayCount, ...]
    captures: Bars
    articles: Bars
    changes: Bars


def days_chart(days: Sequence[DayCount]) -> DaysChart:
    """Return the chart of days."""
    changed = [f"{one.day}: {one.changes:,}, of them {one.substantive:,} substantive or major" for one in days]
    return DaysChart(
        days=tuple(days),
        captures=bars([one.captures for one in days], [f"{one.day}: {one.captures:,}" for one in days]),
        articles=bars([one.articles for one in days], [f"{one.day}: {one.articles:,}" for one in days]),
        changes=bars([one.changes for one in days], changed, [one.substantive for one in days]),
    )


def bars(values: Sequence[int], titles: Sequence[str], parts: Sequence[int] | None = None) -> Bars:
    """Return the bars of `values`, and of `parts` inside them, where given. What is not zero is seen.

    >>> made = bars([0, 1, 4], ["a", "b", "c"], [0, 0, 2])
    >>> [(bar.height, bar.part_height) for bar in made.bars], made.most
    ([(0.0, 0.0), (15.0, 0.0), (60.0, 30.0)], 4)
    """
    most = max(values, default=0)
    room = WIDTH / max(1, len(values))
    found = []
    for place, (value, title) in enumerate(zip(values, titles, strict=True)):
        height, part = _height(value, most), _height(parts[place] if parts else 0, most)
        found.append(
            Bar(
                x=round(place * room + room * _GAP / 2, 2),
                width=round(room * (1 - _GAP), 2),
                y=round(HEIGHT - height, 2),
                height=round(height, 2),
                part_y=round(HEIGHT - part, 2),
                part_height=round(part, 2),
                title=title,
            )
        )
    return Bars(tuple(found), most, sum(values))


def _height(value: int, most: int) -> float:
    return max(1.5, HEIGHT * value / most) if value else 0.0
