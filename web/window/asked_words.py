"""What is looked for, as the page and the API take it from an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query

from storage.catalog.phrase_hits import Asked
from storage.catalog.tokens import Part
from web.window.asked import DayAsked, OutletAsked, TextAsked, beginning_of, end_of
from web.window.asked_changes import PlaceAsked
from web.window.asked_order import require_order
from web.window.context import Given
from web.window.views.known_outlets import zone_of
from web.window.views.places import place_of
from web.window.views.search import What


@dataclass(frozen=True)
class WordsAsked:
    """What was asked; `query` is the same as an address holds it, without the place in the list."""

    words: str | None
    part: Part
    what: What
    case: bool
    bounds: Asked
    query: dict[str, Any]
    zone: str


def _words_asked(
    window: Given,
    q: Annotated[TextAsked, Query(description="Words that must all be there; in quotation marks together.")] = None,
    part: Annotated[Part, Query(alias="in", description="Where in an article they are looked for.")] = Part.ANYWHERE,
    what: Annotated[
        What,
        Query(description="States that hold them, or what added or removed them."),
    ] = "states",
    outlet: OutletAsked = None,
    since: Annotated[DayAsked, Query(alias="from", description="Seen from this day on, in the outlet's zone.")] = None,
    until: Annotated[DayAsked, Query(alias="to", description="First seen up to this day, and with it.")] = None,
    case: Annotated[bool, Query(description="Tell upper and lower case apart.")] = False,
    older: PlaceAsked = None,
) -> WordsAsked:
    require_order(since, until)
    zone = zone_of(window.holdings, outlet)
    query = {
        "q": q,
        "in": None if part is Part.ANYWHERE else part.value,
        "what": None if what == "states" else what,
        "outlet": outlet,
        "from": since and since.isoformat(),
        "to": until and until.isoformat(),
        "case": case or None,
    }
    after = None if older is None else place_of(older)
    bounds = Asked(outlet, beginning_of(since, zone), end_of(until, zone), after=after)
    return WordsAsked(q, part, what, case, bounds, query, zone)


AsksWords = Annotated[WordsAsked, Depends(_words_asked)]
"""Put this into an endpoint that looks for words."""
