"""Paragraphs of invented, harmless news: the same seed gives the same words on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from demo.story import Block

_OPENINGS = (
    "The day began at {hour} in the morning, when {place} lay under {weather}.",
    "By {hour} o'clock the first of {number} groups had left {place}.",
    "In {month}, {place} was chosen because {weather} is common there.",
    "According to the plan, the {number} participants were to meet at {place} before {hour} o'clock.",
    "A notice at {place} asked everybody to expect {weather} until {month}.",
    "After a briefing of {number} minutes, the column turned towards {place}.",
)
_MIDDLES = (
    "Each of the {number} crews carried {thing} and a spare, and had to do without any help from outside.",
    "The instructors changed the task {few} times, and the teams learned of it over the radio only.",
    "It took {few} attempts before {thing} could be set up in {weather}.",
    "Of the {number} exercises on the list, {few} were new, among them the one with {thing}.",
    'One of the instructors said that "the order of the steps matters less than a clear report."',
    "The distance was {number} kilometers, {few} of them without a road.",
    "Observers noted that {thing} worked as it should, and that the maps of {place} did not.",
)
_CLOSINGS = (
    "The results are to be discussed in {month}.",
    "A second round with {number} participants is planned for {month}.",
    "Nobody was hurt, and {thing} was back in its box by the evening.",
    "The report names {few} points that should be done better next time.",
    "The next course at {place} starts in {month}.",
    "What was learned goes into the handbook, whose last edition has {number} pages.",
)
_WORDS = {
    "hour": ("five", "six", "seven", "eight"),
    "place": (
        "the northern pier",
        "the old quarry",
        "the training field by the river",
        "the upper valley",
        "the island's east shore",
        "the depot at kilometer nine",
    ),
    "weather": ("thick fog", "light snow", "a cold north wind", "steady rain", "a clear and frosty sky"),
    "thing": ("a field kitchen", "a folding bridge", "a portable mast", "a water filter", "a small crane", "a drone"),
    "month": ("March", "April", "late May", "early June", "September"),
    "few": ("two", "three", "four", "five"),
}


def _numbers(seed: str) -> Iterator[int]:
    """Yield the bytes of an endless stream: `random` promises no such thing across Python versions."""
    counter = 0
    while True:
        yield from hashlib.sha256(f"{seed} {counter}".encode()).digest()
        counter += 1


def paragraphs(seed: str, count: int) -> tuple[Block, ...]:
    """Return `count` paragraphs of three to five sentences each."""
    stream = _numbers(seed)

    def pick(choices: Sequence[str]) -> str:
        return choices[next(stream) % len(choices)]

    def sentence(forms: Sequence[str]) -> str:
        words = {slot: pick(choices) for slot, choices in _WORDS.items()}
        return pick(forms).format(number=str(next(stream) % 180 + 20), **words)

    def paragraph() -> str:
        middles = [sentence(_MIDDLES) for _ in range(next(stream) % 3 + 1)]
        return " ".join([sentence(_OPENINGS), *dict.fromkeys(middles), sentence(_CLOSINGS)])

    return tuple(Block("paragraph", paragraph()) for _ in range(count))
