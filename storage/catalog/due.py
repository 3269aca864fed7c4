"""What a crawl is to look at again now.

A look is due when the article has reached the next age on the outlet's ladder, counted from when it was first seen or
last changed. What failed is looked at again by the next crawl; after a day of failing it goes by the ladder too,
counted from the first failure, so that a URL that is broken for good costs no request at every crawl for ever.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Final

from sqlalchemy import Connection, select

from articles.reading import current_reader_ids
from config.outlet import Outlet
from storage.catalog.catalog import Catalog
from storage.catalog.database import chunks
from storage.catalog.listed import CONFIRMED_APART
from storage.catalog.looks import CONCLUSIVE, Shown
from storage.catalog.schema import bodies, captures, readings, url_state
from storage.due import Due
from storage.exchange import Purpose, Role

IMPATIENCE: Final = timedelta(days=1)
"""How long a failing URL is tried again by every crawl."""

_FAILURES: Final = frozenset({Shown.BLOCKED, Shown.SERVER_ERROR, Shown.UNREACHABLE, Shown.INCOMPLETE, Shown.UNSTABLE})


_ASKED: Final = tuple(
    url_state.c[name]
    for name in (
        *("id", "url", "first_look", "last_look", "last_shown", "not_shown_since"),
        *("missing", "missing_since", "missing_confirmed", "unlisted_since"),
        *("content_id", "reader_id", "state_since", "needs_confirming"),
    )
)


class _Urgency(IntEnum):
    UNCONFIRMED = 0
    FAILED = 1
    LADDER = 2
    AUDIT = 3


@dataclass(frozen=True)
class _Reason:
    urgency: _Urgency
    anchor: datetime
    purpose: Purpose


@dataclass(frozen=True)
class _Validators:
    etag: str | None = None
    last_modified: str | None = None


def articles_due(catalog: Catalog, outlet: Outlet, now: datetime, rng: random.Random) -> list[Due]:
    """Return the known articles of an outlet that are due, the most urgent first.

    First contents that wait for confirmation, then what failed, then the ladder with the youngest articles first,
    since most edits come in the first hours; last the random share of old articles. `rng` draws that share, and the
    share of looks that are unconditional though validators are known.
    """
    readers = current_reader_ids(outlet)
    with catalog.reading() as connection:
        rows = connection.execute(
            select(*_ASKED)
            .where(url_state.c.outlet == outlet.id, url_state.c.first_look.is_not(None))
            .order_by(url_state.c.url)
        ).all()
        chosen = [
            (row, reason) for row in rows if (reason := _reason(row, outlet, now, rng)) and _is_article(row, outlet)
        ]
        chosen.sort(key=lambda pair: (pair[1].urgency, now - pair[1].anchor, pair[0].url))
        validators = _validators(connection, [row.id for row, _ in chosen])
        parts = _parts(connection, [row.id for row, _ in chosen])
    return [
        _due(
            row,
            reason,
            row.content_id if row.reader_id in readers else None,
            validators.get(row.id) if rng.random() >= outlet.unconditional_share else None,
            parts.get(row.id, ()),
        )
        for row, reason in chosen
    ]


def _is_article(row: Any, outlet: Outlet) -> bool:
    """Return whether the outlet's file still calls it an article's first page: redirects led to other pages too."""
    match = outlet.match(row.url)
    return match is not None and match.first_url == row.url


def _reason(row: Any, outlet: Outlet, now: datetime, rng: random.Random) -> _Reason | None:
    shown = Shown(row.last_shown)
    if shown is Shown.ARTICLE and row.needs_confirming:
        return _Reason(_Urgency.UNCONFIRMED, row.last_look, Purpose.LADDER)
    if shown is Shown.ARTICLE and row.unlisted_since is not None and _asks_if_there(row, now):
        return _Reason(_Urgency.UNCONFIRMED, row.unlisted_since, Purpose.LADDER)
    failing_since: datetime | None = row.not_shown_since
    if shown in _FAILURES and failing_since is not None and now - failing_since <= IMPATIENCE:
        return _Reason(_Urgency.FAILED, failing_since, Purpose.RETRY)
    anchor: datetime = failing_since or row.state_since or row.first_look
    ages: Sequence[timedelta] = outlet.ladder
    if row.missing is not None and Shown(row.missing) in CONCLUSIVE:
        anchor = row.missing_since
        if not row.missing_confirmed:
            ages = sorted({*ages, CONFIRMED_APART})
    if any(row.last_look < anchor + age <= now for age in ages):
        if failing_since is None:
            return _Reason(_Urgency.LADDER, anchor, Purpose.LADDER)
        return _Reason(_Urgency.FAILED, anchor, Purpose.RETRY)
    if now >= anchor + max(ages, default=timedelta(0)) and rng.random() < outlet.audit_share:
        return _Reason(_Urgency.AUDIT, anchor, Purpose.AUDIT)
    return None


def _asks_if_there(row: Any, now: datetime) -> bool:
    """Return whether it is to be seen that an article is still there that listings ceased to name, and a day later."""
    return any(row.last_look < row.unlisted_since + age <= now for age in (timedelta(0), CONFIRMED_APART))


def _due(
    row: Any, reason: _Reason, content_id: str | None, validators: _Validators | None, parts: tuple[str, ...]
) -> Due:
    due = Due(row.url, Role.ARTICLE, reason.purpose, content_id=content_id, parts=parts)
    if (
        validators is None
        or validators == _Validators()
        or row.last_shown != Shown.ARTICLE
        or reason.urgency is _Urgency.UNCONFIRMED
        or content_id is None
        or parts  # "not modified" is said of one page; an article of several is fetched whole
    ):
        return due
    return replace(due, conditional=True, etag=validators.etag, last_modified=validators.last_modified)


def _validators(connection: Connection, url_ids: Iterable[int]) -> dict[int, _Validators]:
    """Return the validators of the newest body of each URL: what `originals` has it refer to."""
    found: dict[int, _Validators] = {}
    for ids in chunks(url_ids):
        query = select(bodies.c.url_id, bodies.c.etag, bodies.c.last_modified)
        for url_id, etag, last_modified in connection.execute(
            query.where(bodies.c.url_id.in_(ids), bodies.c.own)
        ).all():
            found[url_id] = _Validators(etag, last_modified)
    return found


def _parts(connection: Connection, url_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the further pages that each URL's last reading was made from, in its order."""
    last: dict[int, tuple[datetime, int, list[str]]] = {}
    for ids in chunks(url_ids):
        query = select(readings.c.url_id, readings.c.captured_at, readings.c.commit_number, readings.c.captures).where(
            readings.c.url_id.in_(ids), readings.c.outcome.in_(("article", "incomplete"))
        )
        for url_id, at, number, of in connection.execute(query):
            found = (at, number, [record_id for _, record_id in of[1:]])
            last[url_id] = max(last.get(url_id, found), found)
    urls: dict[str, str] = {}
    for ids in chunks(sorted({record_id for _, _, records in last.values() for record_id in records})):
        named = select(captures.c.record_id, url_state.c.url).join(url_state, url_state.c.id == captures.c.url_id)
        urls.update((row.record_id, row.url) for row in connection.execute(named.where(captures.c.record_id.in_(ids))))
    return {
        url_id: tuple(urls[record_id] for record_id in records if record_id in urls)
        for url_id, (_, _, records) in last.items()
    }
