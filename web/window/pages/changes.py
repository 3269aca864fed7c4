"""What happened: the list, its feeds and its table for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from audit.alike import alike
from audit.changes_csv import CSV_COLUMNS, absence_row, change_row, ids_of, image_row, repost_row, return_row
from audit.edit import EditType
from audit.feeds import FeedEntry, FeedHead, atom, entry_id, json_feed
from audit.report.csv_table import csv_table
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.happened import Found, Kind
from storage.catalog.images import ImageReplaced
from storage.catalog.reposts import RepostFound
from web.window.asked_changes import DISCLOSURES, WEIGHTS, AsksChanges, ChangesAsked, PlaceAsked
from web.window.context import Given, Window
from web.window.costs import costs
from web.window.links import article_link, change_link, with_query
from web.window.rendering import page
from web.window.views import changes as view
from web.window.views.feed import feed_entries
from web.window.views.known_outlets import known_outlet, known_outlets

router = APIRouter(include_in_schema=False)

IN_FEED: Final = 100
IN_TABLE: Final = 5000
_ROWS_AT_ONCE: Final = 200

_KINDS: Final = {
    Kind.EDIT: "edited",
    Kind.ABSENCE: "gone, moved, or an error page",
    Kind.WITHDRAWN: "withdrawn from listings",
    Kind.RETURN: "back, or listed again",
    Kind.REPOST: "posted again",
    Kind.IMAGE: "image replaced",
    Kind.UNANSWERED: "could not be looked at",
}
_TOLD: Final = {
    "undisclosed": "not disclosed (substantive or more)",
    "none": "the page says nothing",
    "timestamp only": "it bears another time",
    "updated tag": "it is tagged as updated",
    "explicit note": "it carries a note about an edit",
}


@router.get("/changes")
def changes(
    request: Request, window: Given, asks: AsksChanges, older: PlaceAsked = None, newer: PlaceAsked = None
) -> HTMLResponse:
    """Show a page of what happened."""
    found = view.changes_page(window.holdings, asks.asked, older_than=older, newer_than=newer)
    return page(
        request,
        "changes.html",
        found=found,
        asked=asks,
        outlets=known_outlets(window.holdings),
        outlet_of=partial(known_outlet, window.holdings),
        kinds=tuple(Kind),
        edit_types=tuple(EditType),
        weights=WEIGHTS,
        disclosures=DISCLOSURES,
        kind_words=_KINDS,
        chosen=[*(_KINDS[kind] for kind in asks.query["what"]), *asks.query["type"]],
        told_words=_TOLD,
        most_in_table=IN_TABLE,
    )


@router.get("/changes.atom", dependencies=[costs("feed")])
def changes_atom(window: Given, asks: AsksChanges) -> Response:
    """Give the newest as an Atom feed."""
    head = _head(window, asks, "/changes.atom")
    return Response(atom(head, _entries(window, asks)), media_type="application/atom+xml")


@router.get("/changes.json", dependencies=[costs("feed")])
def changes_json(window: Given, asks: AsksChanges) -> Response:
    """Give the newest as a JSON Feed."""
    head = _head(window, asks, "/changes.json")
    return Response(json_feed(head, _entries(window, asks)), media_type="application/feed+json")


@router.get("/changes.csv", dependencies=[costs("feed")])
def changes_csv(window: Given, asks: AsksChanges) -> Response:
    """Give the newest as a table for spreadsheets, row by row as they are read."""
    disposition = 'attachment; filename="changes.csv"'
    return StreamingResponse(
        _table(window, asks), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )


def _head(window: Window, asks: ChangesAsked, path: str) -> FeedHead:
    home = with_query("/changes", **asks.query)
    origin = window.origins.window
    outlet = asks.query["outlet"]
    title = f"{outlet or 'Palimpsest'}: what changed"
    return FeedHead(
        entry_id("window", window.holdings.archive.id, home),
        title,
        url=origin + with_query(path, **asks.query),
        home=origin + home,
    )


def _entries(window: Window, asks: ChangesAsked) -> list[FeedEntry]:
    def address(found: Found) -> str:
        if isinstance(found, ChangeFound):
            return window.origins.window + change_link(found.change_id)
        url = found.later_url if isinstance(found, RepostFound) else found.url
        return window.origins.window + article_link(found.outlet, url)

    return feed_entries(window.holdings, asks.asked, IN_FEED, address)


def _table(window: Window, asks: ChangesAsked) -> Iterator[str]:
    yield csv_table([CSV_COLUMNS])
    found = view.newest(window.holdings, asks.asked, IN_TABLE, values=True)
    while some := list(islice(found, _ROWS_AT_ONCE)):
        changed = [one for _, one in some if isinstance(one, ChangeFound)]
        groups = ids_of(alike(window.holdings.catalog, changed))
        yield csv_table([_row(position.kind, one, groups) for position, one in some])


def _row(kind: Kind, found: Found, groups: Mapping[tuple[str, datetime], str]) -> tuple[object, ...]:
    if isinstance(found, ChangeFound):
        return change_row(found, groups.get(found.occurrence))
    if isinstance(found, AbsenceFound):
        return return_row(found) if kind is Kind.RETURN else absence_row(found)
    return image_row(found) if isinstance(found, ImageReplaced) else repost_row(found)
