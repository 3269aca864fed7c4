"""What happens on which day, and what an archive that looks once a day should find.

Between two days nothing about an article changes but what stands here. Around the articles much does: each day other
teasers stand beside them, and the comments that tell when a template was made carry another time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from demo import stories
from demo.stories import NOTE, premieres
from demo.story import Story

DAYS = 5  # days 0 to 4
BASE = date(2026, 1, 24)  # day 0, unless the caller says another

Kind = Literal["new", "changed", "gone", "server error", "withdrawn", "re-posted", "re-made"]


@dataclass(frozen=True)
class Event:
    """Something that an archive should have found on `day`.

    new           the article of `path` appeared
    changed       the article changed in `fields`, as a reader names them, and in no other; where one piece of text
                  became another, `before` and `after` hold both. Comparing both states finds one edit and no other,
                  of the type `edit`, in the words that the audit has for it
    gone          the page answers 404 from this day on
    server error  the page answered 503 on this day only: it was not gone, and it came back unchanged
    withdrawn     its section's listing names it no more from this day on, and older ones still; the page stays
    re-posted     the article has the text of `original`, which is still there (it is `new` too); where it is `similar`,
                  with some edits
    re-made       another template renders the page: no change may be reported
    """

    day: int
    kind: Kind
    path: str
    fields: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    original: str = ""
    edit: str = ""
    similar: bool = False


@dataclass(frozen=True)
class _Move:
    """One line of the script: on `day`, `story` becomes what `become` makes of it."""

    day: int
    story: int
    kind: Kind
    fields: tuple[str, ...] = ()
    become: Callable[[Story], Story] = lambda story: story
    before: str = ""
    after: str = ""
    edit: str = ""


def _recounted(day: int, story: int, before: str, after: str) -> _Move:
    return _Move(day, story, "changed", ("blocks",), lambda s: s.with_text(before, after), before, after, "number")


_FOG = ("Harbor pilots rehearse berthing in fog", "Harbor pilots fail first rehearsal of berthing in fog")
_MOVES = (
    _recounted(1, stories.SUNLESS, "36 days", "63 days"),
    _Move(1, stories.FOG, "changed", ("headline",), lambda s: replace(s, headline=_FOG[1]), *_FOG, "headline"),
    _Move(
        1,
        stories.FERRY,
        "changed",
        ("published_at",),
        lambda s: replace(s, published_at=s.published_at + timedelta(hours=9, minutes=41)),
        edit="published time moved",
    ),
    _Move(
        2,
        stories.RADIO,
        "changed",
        ("editors",),
        lambda s: replace(s, editor="Emil Exemplar"),
        "Dora Muster",
        "Emil Exemplar",
        "editor",
    ),
    _Move(
        2,
        stories.BRIDGE,
        "changed",
        ("blocks", "translation"),
        lambda s: s.with_note(NOTE),
        "",
        NOTE,
        "translation note added",
    ),
    _Move(2, stories.KITCHEN, "gone"),
    _Move(2, stories.MAST, "server error"),
    _Move(
        3,
        stories.LIGHTHOUSES,
        "changed",
        ("blocks", "translation"),
        Story.without_note,
        NOTE,
        "",
        "translation note dropped",
    ),
    _recounted(3, stories.ICE_ROAD, "412 sledges", "214 sledges"),  # on its second page
    _Move(3, stories.DIVERS, "withdrawn"),
    _Move(3, stories.HANDBOOK, "re-made", (), lambda s: replace(s, template="remade")),
)
_POSTED_AGAIN = {20000306: stories.QUARRY, 26000111: stories.DOGS, 20000307: stories.WELLS}  # new id: what it repeats
_WITH_EDITS = 20000307


def _events() -> tuple[Event, ...]:
    shown = premieres(BASE)
    paths = {premiere.story.id: premiere.story.path for premiere in shown}
    events = [Event(premiere.day, "new", premiere.story.path) for premiere in shown]
    events += [
        Event(
            premiere.day,
            "re-posted",
            paths[premiere.story.id],
            original=paths[_POSTED_AGAIN[premiere.story.id]],
            similar=premiere.story.id == _WITH_EDITS,
        )
        for premiere in shown
        if premiere.story.id in _POSTED_AGAIN
    ]
    events += [Event(m.day, m.kind, paths[m.story], m.fields, m.before, m.after, edit=m.edit) for m in _MOVES]
    return tuple(sorted(events, key=lambda event: event.day))


EVENTS: tuple[Event, ...] = _events()


@dataclass(frozen=True)
class Shown:
    """A story as it stands on a day, and the day on which its page last changed by an editor's hand."""

    story: Story
    edited_on: int


@dataclass(frozen=True)
class Newsroom:
    """All that stands on one day, newest first, the stories whose pages fail today, and those that no listing names."""

    day: int
    shown: tuple[Shown, ...]
    failing: frozenset[int]
    unlisted: frozenset[int]


def newsroom(day: int, base: date = BASE) -> Newsroom:
    """Return what stands on `day`, where day 0 is the date `base`. After the script's last day nothing moves."""
    standing = {p.story.id: Shown(p.story, p.day) for p in premieres(base) if p.day <= day}
    failing, unlisted = set(), set()
    for move in _MOVES:
        if move.day > day:
            continue
        if move.kind == "gone":
            standing.pop(move.story)
        elif move.kind == "server error":
            if move.day == day:
                failing.add(move.story)
        elif move.kind == "withdrawn":
            unlisted.add(move.story)
        else:
            standing[move.story] = Shown(move.become(standing[move.story].story), move.day)
    return Newsroom(day, tuple(reversed(standing.values())), frozenset(failing), frozenset(unlisted))
