"""Absences of an article: looks in a row that did not find it, and listings that ceased to name it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from storage.catalog.listed import CONFIRMED_APART, Unlisted
from storage.catalog.looks import ABSENCES, CONCLUSIVE, Look, Shown

SAME_TIME: Final = timedelta(hours=1)
"""So close together a crawl looks at listings and articles: an article seen so much earlier was there all the same."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Looks in a row at which a URL did not show the article that it had shown before.

    `returned_at` is when the article was next seen. Nothing else ends a "gone", "soft-404" or "moved": not a failure of
    ours or of the host (blocked, server error, unreachable, disallowed), which each of these ends, and not another of
    these. So an outlet that answers now with 404 and now with its home page was seen without the article each time. Of
    redirects only those to the same place (but for parameters) are one absence.

    Of a "withdrawn" one all this is of looks at a listing: last named by it, first and last not named while the article
    itself was there, and named again. `location` is then the listing's URL, else where a redirect led.
    """

    kind: Shown
    last_seen: datetime
    first_missing: datetime
    last_missing: datetime
    observations: int
    status: int | None
    location: str | None
    last_record_id: str
    returned_at: datetime | None = None

    @property
    def confirmed(self) -> bool:
        """Whether it was observed twice, at least CONFIRMED_APART apart."""
        return self.last_missing - self.first_missing >= CONFIRMED_APART


def absences_of(looks: Sequence[Look]) -> tuple[tuple[Absence, ...], Absence | None, list[Shown]]:
    """Return the absences by their beginning, the one that lasts, and what each look showed in the light of them."""
    done: list[Absence] = []
    lasting: dict[tuple[Shown, str], Absence] = {}  # may still be extended
    ended: list[Absence] = []  # a failure after which something else was seen; the article has not come back
    seen: datetime | None = None
    shown: list[Shown] = []
    for look in looks:
        if look.sightings or look.shown is Shown.UNSTABLE:
            back = look.sightings[0].at if look.sightings else look.at
            done += [replace(absence, returned_at=back) for absence in (*ended, *lasting.values())]
            lasting, ended = {}, []
            seen = look.sightings[-1].at if look.sightings else look.at
        kind = _in_the_light_of(seen, look.shown)
        shown.append(kind)
        if seen is None or kind not in ABSENCES:
            continue
        for other in [other for other in lasting if other[0] not in CONCLUSIVE and other[0] is not kind]:
            ended.append(lasting.pop(other))
        same = kind, _place(look.location) if kind is Shown.MOVED else ""
        lasting[same] = _extended(lasting.get(same), kind, look, seen)
    missing = max(lasting.values(), key=lambda one: (one.kind in CONCLUSIVE, one.last_missing), default=None)
    done += [*ended, *lasting.values()]
    return tuple(sorted(done, key=lambda absence: (absence.first_missing, absence.kind))), missing, shown


def withdrawn(unlisted: Iterable[Unlisted], looks: Iterable[Look]) -> list[Absence]:
    """Return those withdrawals from listings at which the article itself was still seen, as far as it was seen."""
    found = []
    seen = sorted(sighting.at for look in looks for sighting in look.sightings)
    for one in unlisted:
        until = max(seen, default=None) if one.returned_at is None else _last_before(seen, one.returned_at + SAME_TIME)
        if until is None or until + SAME_TIME < one.first_missing:
            continue
        times = [at for at in (one.first_missing, one.second, one.last_missing) if at and at <= until + SAME_TIME]
        found.append(
            Absence(
                kind=Shown.WITHDRAWN,
                last_seen=one.last_listed,
                first_missing=one.first_missing,
                last_missing=max(times),
                observations=one.looks if max(times) == one.last_missing else len(times),
                status=None,
                location=one.source,
                last_record_id=one.record_id,
                returned_at=one.returned_at,
            )
        )
    return found


def _last_before(moments: Sequence[datetime], end: datetime) -> datetime | None:
    return next((at for at in reversed(moments) if at <= end), None)


def _in_the_light_of(seen: datetime | None, shown: Shown) -> Shown:
    """Return what a look showed, given when the article had last been seen before it, if ever.

    A page without a text may be one that we fail to read, until the same URL has shown that we can.
    """
    if shown in (Shown.NOT_AN_ARTICLE, Shown.EMPTIED) and seen is not None:
        return Shown.SOFT_404
    return Shown.DOUBTFUL if shown is Shown.EMPTIED else shown


def _place(location: str | None) -> str:
    return (location or "").partition("#")[0].partition("?")[0]


def _extended(absence: Absence | None, kind: Shown, look: Look, seen: datetime) -> Absence:
    return Absence(
        kind=kind,
        last_seen=absence.last_seen if absence else seen,
        first_missing=absence.first_missing if absence else look.at,
        last_missing=look.at,
        observations=absence.observations + 1 if absence else 1,
        status=look.status,
        location=look.location,
        last_record_id=look.record_id,
    )
