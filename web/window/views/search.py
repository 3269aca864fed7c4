"""Where words stand or stood: in which states, and which changes brought them or took them away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, Literal

from audit.field_lines import field_words
from storage.catalog.phrase_hits import Budget, PhraseInChange, PhraseInState, Place
from storage.catalog.phrases import changes_by_time, first_vanishing, states_by_time
from storage.catalog.terms import Terms
from storage.catalog.tokens import Part
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

    `not_before` is when the URL was last seen without them, null where that is not known.
    """

    content_id: str
    number: int
    field: str
    snippet: tuple[Piece, ...]
    occurrences: int
    not_before: datetime | None
    first_seen: datetime
    last_seen: datetime
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
class SearchPage:
    """A page of hits, the newest first. `older` is a place to go on from, null at the end.

    `unfinished`: so much had to be looked at for these hits that the page ends here; there may be more behind `older`.
    The first appearance and the first vanishing are of all times, null where there is none, or (`far_off`) where it
    lies behind more candidates than are looked at.
    """

    items: tuple[StateHit | ChangeHit, ...]
    older: str | None
    unfinished: bool
    first_appearance: StateHit | None
    first_vanishing: ChangeHit | None
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
    found: Iterator[tuple[Place, StateHit | ChangeHit]]
    if what == "states":
        states = states_by_time(
            holdings.catalog,
            terms,
            outlet=when.outlet,
            since=when.since,
            until=when.until,
            newest=True,
            after=older_than,
            budget=budget,
        )
        found = ((place, _state(terms, one)) for place, one in states)
    else:
        changed = changes_by_time(
            holdings.catalog,
            terms,
            added=what == "added",
            outlet=when.outlet,
            since=when.since,
            until=when.until,
            newest=True,
            after=older_than,
            budget=budget,
        )
        found = ((place, _change(terms, one)) for place, one in changed)
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


def _ends(holdings: Holdings, terms: Terms, outlet: str | None) -> tuple[StateHit | None, ChangeHit | None, bool]:
    budgets = Budget(_MOST), Budget(_MOST)
    first = next(states_by_time(holdings.catalog, terms, outlet=outlet, budget=budgets[0]), None)
    gone = first_vanishing(holdings.catalog, terms, outlet=outlet, budget=budgets[1])
    return (
        None if first is None else _state(terms, first[1]),
        None if gone is None else _change(terms, gone),
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
