"""Where words stand or stood: in which states, and which changes brought them or took them away, or what absences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import islice
from typing import Final, Literal, TypeVar

from audit.field_lines import text_words
from storage.catalog.phrase_hits import Asked, Budget, PhraseInAbsence, PhraseInState, PhraseRemoved, Place
from storage.catalog.phrases import changes_by_time, states_by_time
from storage.catalog.terms import Terms
from storage.catalog.tokens import Part
from storage.catalog.vanishing import first_vanishing, removals_by_time
from web.holdings import Holdings
from web.window.views.happenings import OfArticle
from web.window.views.places import place_text

HITS: Final = 30
_MOST: Final = 1000
"""So many candidates are looked at for one page: the rest is for the next."""

What = Literal["states", "added", "removed"]


@dataclass(frozen=True)
class Piece:
    """A stretch of a snippet, and whether it is what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class StateHit(OfArticle):
    """A state that holds the words: in `field` first, `occurrences` times in all. `number` counts the URL's states.

    `not_before` is when the URL was last seen without them, null where that is not known. Where the article went while
    it said so and is not back, `missing_since` is when it was first missing and `missing_as` what was there instead.
    """

    content_id: str
    number: int
    field: str
    snippet: tuple[Piece, ...]
    occurrences: int
    not_before: datetime | None
    first_seen: datetime
    last_seen: datetime
    missing_as: str | None
    missing_since: datetime | None
    kind: Literal["state"] = "state"


@dataclass(frozen=True)
class ChangeHit(OfArticle):
    """A change after which the words stand in the article more often, or less often.

    It happened at a moment between `last_seen_before` and `first_seen_after`. The snippet is of the state that holds
    them more often.
    """

    change_id: str
    field: str
    snippet: tuple[Piece, ...]
    occurrences_before: int
    occurrences_after: int
    last_seen_before: datetime
    first_seen_after: datetime
    confirmed: bool
    kind: Literal["change"] = "change"


@dataclass(frozen=True)
class GoneHit(OfArticle):
    """An article that went while the words stood in it; `shown` is what was there instead.

    It went between `last_seen` and `first_missing`; `returned_at` is when it was seen again, null where it was not. The
    snippet is of its last state before that, by `number`.
    """

    content_id: str
    number: int
    field: str
    snippet: tuple[Piece, ...]
    occurrences: int
    shown: str
    status: int | None
    last_seen: datetime
    first_missing: datetime
    confirmed: bool
    returned_at: datetime | None
    kind: Literal["absence"] = "absence"


Removed = ChangeHit | GoneHit


@dataclass(frozen=True)
class SearchPage:
    """A page of hits, the newest first. `older` is a place to go on from, null at the end.

    `unfinished`: so much had to be looked at for these hits that the page ends here; there may be more behind `older`.
    The first appearance and the first vanishing are of all times, null where there is none, or (`far_off`) where it
    lies behind more candidates than are looked at.
    """

    items: tuple[StateHit | ChangeHit | GoneHit, ...]
    older: str | None
    unfinished: bool
    first_appearance: StateHit | None
    first_vanishing: ChangeHit | GoneHit | None
    far_off: bool


def terms_of(words: str, *, case: bool, part: Part) -> Terms:
    """Return what somebody looks for. Raises PhraseInvalid where it holds no word, or too much."""
    return Terms(words, case=case, part=part)


def search_page(holdings: Holdings, terms: Terms, what: What, asked: Asked) -> SearchPage:
    """Return a page of hits, the newest first whatever `asked` says of that; one with no `after` tells of the first
    appearance and vanishing, too. Raises CatalogUnavailable."""
    budget = Budget(_MOST)
    catalog, asked = holdings.catalog, replace(asked, newest=True)
    found: Iterator[tuple[Place, PhraseInState | PhraseRemoved]]
    if what == "states":
        found = states_by_time(catalog, terms, asked, budget=budget)
    elif what == "added":
        found = changes_by_time(catalog, terms, asked, added=True, budget=budget)
    else:
        found = removals_by_time(catalog, terms, asked, budget=budget)
    hits = list(islice(found, HITS + 1))
    unfinished = budget.spent and len(hits) <= HITS
    last = hits[HITS - 1][0] if len(hits) > HITS else budget.last if unfinished else None
    first, gone, far_off = (None, None, False) if asked.after else _ends(holdings, terms, Asked(asked.outlet))
    return SearchPage(
        items=tuple(_hit(terms, one) for _, one in hits[:HITS]),
        older=None if last is None else place_text(last),
        unfinished=unfinished,
        first_appearance=first,
        first_vanishing=gone,
        far_off=far_off,
    )


def _ends(holdings: Holdings, terms: Terms, asked: Asked) -> tuple[StateHit | None, Removed | None, bool]:
    budgets = Budget(_MOST), Budget(_MOST)
    first = next(states_by_time(holdings.catalog, terms, asked, budget=budgets[0]), None)
    gone = first_vanishing(holdings.catalog, terms, asked, budget=budgets[1])
    return (
        None if first is None else _told(StateHit, terms, first[1]),
        None if gone is None else _removed(terms, gone),
        (first is None and budgets[0].spent) or (gone is None and budgets[1].spent),
    )


def _hit(terms: Terms, found: PhraseInState | PhraseRemoved) -> StateHit | Removed:
    return _told(StateHit, terms, found) if isinstance(found, PhraseInState) else _removed(terms, found)


def _removed(terms: Terms, found: PhraseRemoved) -> Removed:
    return _told(GoneHit, terms, found) if isinstance(found, PhraseInAbsence) else _told(ChangeHit, terms, found)


_Hit = TypeVar("_Hit", StateHit, ChangeHit, GoneHit)


def _told(form: type[_Hit], terms: Terms, found: PhraseInState | PhraseRemoved) -> _Hit:
    """Return what was found as people read it: the field in words, and the words that were looked for marked."""
    known = {one.name: getattr(found, one.name) for one in fields(form) if hasattr(found, one.name)}
    said = {"field": text_words(found.field), "snippet": tuple(_pieces(terms, found.snippet))}
    return form(**known | said)


def _pieces(terms: Terms, snippet: str) -> Iterator[Piece]:
    at = 0
    for start, end in terms.spans(snippet):
        if start > at:
            yield Piece(snippet[at:start], hit=False)
        yield Piece(snippet[start:end], hit=True)
        at = end
    if at < len(snippet):
        yield Piece(snippet[at:], hit=False)
