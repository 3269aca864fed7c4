"""Where words stand or stood: in which states, and which changes brought them or took them away, or what absences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final, Literal

from audit.field_lines import field_words
from storage.catalog.phrase_hits import Budget, PhraseInAbsence, PhraseInChange, PhraseInState, PhraseRemoved, Place
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


@dataclass(frozen=True)
class When:
    """Which outlet's articles, and from when to when; None asks nothing."""

    outlet: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def terms_of(words: str, *, case: bool, part: Part) -> Terms:
    """Return what somebody looks for. Raises PhraseInvalid where it holds no word, or too much."""
    return Terms(words, case=case, part=part)


def search_page(
    holdings: Holdings, terms: Terms, what: What, when: When, *, older_than: Place | None = None
) -> SearchPage:
    """Return a page of hits; the first tells of the first appearance and vanishing, too. Raises CatalogUnavailable."""
    budget = Budget(_MOST)
    catalog = holdings.catalog
    bounds: dict[str, Any] = {"outlet": when.outlet, "since": when.since, "until": when.until}
    bounds |= {"newest": True, "after": older_than, "budget": budget}
    found: Iterator[tuple[Place, StateHit | Removed]]
    if what == "states":
        found = ((place, _state(terms, one)) for place, one in states_by_time(catalog, terms, **bounds))
    elif what == "added":
        found = ((place, _change(terms, one)) for place, one in changes_by_time(catalog, terms, added=True, **bounds))
    else:
        found = ((place, _removed(terms, one)) for place, one in removals_by_time(catalog, terms, **bounds))
    hits = list(islice(found, HITS + 1))
    unfinished = budget.spent and len(hits) <= HITS
    last = hits[HITS - 1][0] if len(hits) > HITS else budget.last if unfinished else None
    first, gone, far_off = (None, None, False) if older_than else _ends(holdings, terms, when.outlet)
    return SearchPage(
        items=tuple(hit for _, hit in hits[:HITS]),
        older=None if last is None else place_text(last),
        unfinished=unfinished,
        first_appearance=first,
        first_vanishing=gone,
        far_off=far_off,
    )


def _ends(holdings: Holdings, terms: Terms, outlet: str | None) -> tuple[StateHit | None, Removed | None, bool]:
    budgets = Budget(_MOST), Budget(_MOST)
    first = next(states_by_time(holdings.catalog, terms, outlet=outlet, budget=budgets[0]), None)
    gone = first_vanishing(holdings.catalog, terms, outlet=outlet, budget=budgets[1])
    return (
        None if first is None else _state(terms, first[1]),
        None if gone is None else _removed(terms, gone),
        (first is None and budgets[0].spent) or (gone is None and budgets[1].spent),
    )


def _field(name: str) -> str:
    return "caption" if name == "images" else field_words(name)


def _state(terms: Terms, found: PhraseInState) -> StateHit:
    return StateHit(
        outlet=found.outlet,
        url=found.url,
        article_key=found.article_key,
        headline=found.headline,
        content_id=found.content_id,
        number=found.number,
        field=_field(found.field),
        snippet=tuple(_pieces(terms, found.snippet)),
        occurrences=found.occurrences,
        not_before=found.not_before,
        first_seen=found.first_seen,
        last_seen=found.last_seen,
        missing_as=found.missing_as,
        missing_since=found.missing_since,
    )


def _removed(terms: Terms, found: PhraseRemoved) -> Removed:
    return _gone(terms, found) if isinstance(found, PhraseInAbsence) else _change(terms, found)


def _gone(terms: Terms, found: PhraseInAbsence) -> GoneHit:
    return GoneHit(
        outlet=found.outlet,
        url=found.url,
        article_key=found.article_key,
        headline=found.headline,
        content_id=found.content_id,
        number=found.number,
        field=_field(found.field),
        snippet=tuple(_pieces(terms, found.snippet)),
        occurrences=found.occurrences,
        shown=found.shown,
        status=found.status,
        last_seen=found.last_seen,
        first_missing=found.first_missing,
        confirmed=found.confirmed,
        returned_at=found.returned_at,
    )


def _change(terms: Terms, found: PhraseInChange) -> ChangeHit:
    return ChangeHit(
        outlet=found.outlet,
        url=found.url,
        article_key=found.article_key,
        headline=found.headline,
        change_id=found.change_id,
        field=_field(found.field),
        snippet=tuple(_pieces(terms, found.snippet)),
        occurrences_before=found.occurrences_before,
        occurrences_after=found.occurrences_after,
        last_seen_before=found.last_seen_before,
        first_seen_after=found.first_seen_after,
        confirmed=found.confirmed,
    )


def _pieces(terms: Terms, snippet: str) -> Iterator[Piece]:
    at = 0
    for start, end in terms.spans(snippet):
        if start > at:
            yield Piece(snippet[at:start], hit=False)
        yield Piece(snippet[start:end], hit=True)
        at = end
    if at < len(snippet):
        yield Piece(snippet[at:], hit=False)
