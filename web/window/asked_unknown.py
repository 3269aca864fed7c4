"""What an address asks for that nobody knows, a parameter or an outlet: refused, not passed over.

Whoever writes `undisclosed=true` for `disclosure=undisclosed` would else read all changes as those that he meant, and
whoever misspells an outlet that nothing happened in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from config.errors import OutletUnknown
from storage.catalog.crawls import crawled_outlets
from web.window.asked import OUTLET
from web.window.context import Given
from web.window.errors import Refused
from web.window.links import with_query
from web.window.misasked import said_of_unknown


def nothing_unknown(request: Request) -> None:
    """Raise Refused where the query has a parameter that the endpoint does not know. A dependency of all of them.

    A page that says so leads to the same address without it.
    """
    route = request.scope.get("route")
    if not request.query_params or not isinstance(route, APIRoute):
        return
    known = tuple(dict.fromkeys(_parameters(route.dependant)))
    asked = request.query_params.multi_items()
    unknown = tuple(dict.fromkeys(name for name, _ in asked if name not in known))
    if unknown:
        kept = {name: [value for one, value in asked if one == name] for name, _ in asked if name in known}
        without = with_query(request.url.path, **kept)
        raise Refused(said_of_unknown(unknown, known), onward=(without, "Go on without it"))


def no_unknown_outlet(request: Request, window: Given) -> None:
    """Raise OutletUnknown where the query names an outlet that is neither archived nor has a file.

    A dependency of all endpoints. What is no id of an outlet is left to the endpoint, which says so.
    """
    outlet = request.query_params.get("outlet")
    if outlet is None or not re.fullmatch(OUTLET, outlet) or outlet in window.holdings.outlets:
        return
    archived = crawled_outlets(window.holdings.catalog)
    if outlet not in archived:
        raise OutletUnknown(outlet, archived)


def _parameters(dependant: Dependant) -> Iterator[str]:
    for one in dependant.dependencies:
        yield from _parameters(one)
    yield from (field.alias for field in dependant.query_params)
