"""The conditions on a list of changes, as pages, feeds and the API take them from an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, get_args

from fastapi import Depends, Query
from pydantic import StringConstraints

from audit.edit import EditType, Weight
from storage.catalog.changes import ChangeFilter, Order
from storage.catalog.happened import Kind
from web.window.asked import DayAsked, FilledIn, OutletAsked, beginning_of, end_of
from web.window.asked_order import require_order
from web.window.context import Given
from web.window.views.changes import USUAL, Asked
from web.window.views.known_outlets import zone_of

WeightWord = Literal["cosmetic", "minor", "substantive", "major"]
DisclosureWord = Literal["undisclosed", "none", "timestamp only", "updated tag", "explicit note"]
"""What the page says of an edit; and `undisclosed`: substantive or more, and it says nothing or bears another time."""

WEIGHTS: Final[tuple[WeightWord, ...]] = get_args(WeightWord)
DISCLOSURES: Final[tuple[DisclosureWord, ...]] = get_args(DisclosureWord)


@dataclass(frozen=True)
class ChangesAsked:
    """What was asked; `query` is the same as an address holds it, without the place in the list."""

    asked: Asked
    query: dict[str, Any]
    zone: str


def _changes_asked(
    window: Given,
    outlet: OutletAsked = None,
    what: Annotated[
        list[Kind] | None, Query(description="Only what is of these kinds; else all but `unanswered`.")
    ] = None,
    types: Annotated[list[EditType] | None, Query(alias="type", description="Only edits of these types.")] = None,
    weight: Annotated[
        WeightWord | None, FilledIn, Query(description="Only edits that weigh so much or more; else all not cosmetic.")
    ] = None,
    disclosure: Annotated[
        DisclosureWord | None, FilledIn, Query(description="Only edits of which the page as captured says this.")
    ] = None,
    since: Annotated[DayAsked, Query(alias="from", description="From this day on, in the outlet's zone.")] = None,
    until: Annotated[DayAsked, Query(alias="to", description="Up to this day, and with it.")] = None,
    sort: Annotated[Order, Query(description="The newest or the heaviest first; by weight only edits.")] = Order.TIME,
) -> ChangesAsked:
    require_order(since, until)
    zone = zone_of(window.holdings, outlet)
    wanted = ChangeFilter(
        outlet=outlet,
        since=beginning_of(since, zone),
        until=end_of(until, zone),
        types=tuple(one.value for one in types) if types else None,
        min_weight=None if weight in (None, "cosmetic") else int(Weight[weight.upper()]),
        undisclosed=True if disclosure == "undisclosed" else None,
        disclosures=(disclosure,) if disclosure and disclosure != "undisclosed" else None,
    )
    query = {
        "outlet": outlet,
        "what": [one.value for one in what or ()],
        "type": [one.value for one in types or ()],
        "weight": weight,
        "disclosure": disclosure,
        "from": since and since.isoformat(),
        "to": until and until.isoformat(),
        "sort": None if sort is Order.TIME else sort.value,
    }
    return ChangesAsked(Asked(wanted, tuple(what) if what else USUAL, sort, fold=weight is None), query, zone)


AsksChanges = Annotated[ChangesAsked, Depends(_changes_asked)]
"""Put this into an endpoint that lists changes."""

PlaceAsked = Annotated[
    Annotated[str, StringConstraints(max_length=100)] | None,
    FilledIn,
    Query(description="A place that an earlier page gave."),
]
