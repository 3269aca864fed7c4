"""Places in lists as they stand in addresses."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from config.errors import PalimpsestError
from storage.catalog.happened import Kind, Position
from storage.catalog.phrase_hits import Place
from storage.instants import from_microseconds, microseconds

_KINDS: Final = {kind.replace(" ", "-"): kind for kind in Kind}
_MOST: Final = 1 << 62  # what a database takes for an integer


class PlaceInvalid(PalimpsestError):
    """A place in a list is none that a list gave out."""

    exit_code = 2

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r:.80} is no place in a list. Begin at the list's first page")


def position_text(position: Position) -> str:
    """Return a position in a list of changes as text.

    >>> from datetime import UTC
    >>> position_text(Position(datetime(2026, 1, 24, 2, tzinfo=UTC), Kind.IMAGE, 7, 1))
    '1769220000000000.image-replaced.7.1.0.0'
    """
    kind = position.kind.replace(" ", "-")
    numbers = (position.url_id, position.ordinal, position.weight, position.score)
    return ".".join((str(microseconds(position.at)), kind, *map(str, numbers)))


def position_of(text: str) -> Position:
    """Return the position that a text means. Raises PlaceInvalid.

    >>> position_of("1769220000000000.image-replaced.7.1.0.0").kind
    <Kind.IMAGE: 'image replaced'>
    """
    at, _, rest = text.partition(".")
    kind, *numbers = rest.split(".")
    if kind not in _KINDS:
        raise PlaceInvalid(text)
    url_id, ordinal, weight, score = _numbers(text, numbers, 4)
    return Position(_moment(text, at), _KINDS[kind], url_id, ordinal, weight, score)


def place_text(place: Place) -> str:
    """Return a place in a list of hits as text.

    >>> from datetime import UTC
    >>> place_text(Place(datetime(2026, 1, 24, 2, tzinfo=UTC), 7, 1))
    '1769220000000000.7.1'
    """
    return f"{microseconds(place.at)}.{place.url_id}.{place.ordinal}"


def place_of(text: str) -> Place:
    """Return the place that a text means. Raises PlaceInvalid.

    >>> place_of("1769220000000000.7.1").at.isoformat()
    '2026-01-24T02:00:00+00:00'
    """
    at, *numbers = text.split(".")
    return Place(_moment(text, at), *_numbers(text, numbers, 2))


def _moment(text: str, at: str) -> datetime:
    (number,) = _numbers(text, [at], 1)
    try:
        return from_microseconds(number)
    except OverflowError as wrong:
        raise PlaceInvalid(text) from wrong


def _numbers(text: str, written: list[str], count: int) -> list[int]:
    digits = [one.removeprefix("-") for one in written]
    if len(written) != count or not all(one.isascii() and one.isdigit() and len(one) < 20 for one in digits):
        raise PlaceInvalid(text)
    numbers = [int(one) for one in written]
    if max(map(abs, numbers)) >= _MOST:
        raise PlaceInvalid(text)
    return numbers
