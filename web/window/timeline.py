"""An article's life as numbers: where in a picture its states, changes and absences stand. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from web.window.views.article import UrlShown

WIDTH: Final = 1000
NARROW: Final = 480  # on a phone, where the other would be too small to be read
HEIGHT: Final = 74
_EDGE: Final = 18  # room for half a mark at both ends
_LEAST: Final = 4.0  # how wide what was seen once is
_RADIUS: Final = {"cosmetic": 5, "minor": 7, "substantive": 10, "major": 13}
_NOT_COMPARED: Final = 6


@dataclass(frozen=True)
class Stretch:
    """From a first to a last look that showed the same; `number` is that of the state, None of an absence."""

    x: float
    width: float
    number: int | None
    title: str


@dataclass(frozen=True)
class Mark:
    """A change, in the middle of the interval in which it happened; the heavier, the larger."""

    x: float
    radius: int
    weight: str
    change_id: str
    title: str


@dataclass(frozen=True)
class Tick:
    """A moment on the axis, and where its name is anchored."""

    x: float
    at: datetime
    anchor: str  # of SVG's text-anchor


@dataclass(frozen=True)
class Timeline:
    """A picture of `width` by HEIGHT."""

    width: int
    states: tuple[Stretch, ...]
    absences: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]


def timelines(url: UrlShown) -> list[Timeline]:
    """Return the pictures of one URL's life, as far as its states are shown, a wide and a narrow one; none where it was
    looked at only once, or never with success."""
    return [made for width in (WIDTH, NARROW) if (made := _timeline(url, width)) is not None]


def _timeline(url: UrlShown, width: int) -> Timeline | None:
    if not url.states or url.last_look is None:
        return None
    first, last = url.states[0].first_seen, url.states[-1].last_seen
    first = min(first, url.first_look or first) if url.earlier is None else first
    span = (max(last, url.last_look) if url.later is None else last) - first
    if span <= timedelta(0):
        return None

    def at(moment: datetime) -> float:
        return round(_EDGE + (width - 2 * _EDGE) * min(1, max(0, (moment - first) / span)), 2)

    return Timeline(
        width=width,
        states=tuple(
            Stretch(
                x=at(state.first_seen),
                width=max(_LEAST, at(state.last_seen) - at(state.first_seen)),
                number=state.number,
                title=f"state {state.number}",
            )
            for state in url.states
        ),
        absences=tuple(
            Stretch(
                x=at(absence.at),
                width=max(_LEAST, at(absence.returned_at or absence.last_missing) - at(absence.at)),
                number=None,
                title=absence.shown,
            )
            for absence in url.absences
        ),
        marks=tuple(
            Mark(
                x=round((at(state.change.after) + at(state.change.at)) / 2, 2),
                radius=_RADIUS.get(state.change.weight or "", _NOT_COMPARED),
                weight=state.change.weight or "unknown",
                change_id=state.change.change_id,
                title=f"{state.change.weight or 'not compared'}: {', '.join(state.change.types) or 'no edit'}",
            )
            for state in url.states
            if state.change is not None
        ),
        ticks=(
            Tick(at(first), first, "start"),
            Tick(at(first + span / 2), first + span / 2, "middle"),
            Tick(at(first + span), first + span, "end"),
        ),
    )
