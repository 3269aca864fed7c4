"""One thing that happened to an article, as lists show it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from audit.edit import Edit
from audit.findings import Findings
from audit.findings_json import from_json
from audit.found_words import weight_of
from audit.report.words import where
from storage.catalog.absences import AbsenceFound
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound
from storage.catalog.findings import findings_of
from storage.catalog.happened import Found, Kind
from storage.catalog.images import ImageReplaced
from storage.catalog.looks import CONCLUSIVE
from storage.catalog.reposts import RepostFound

MOST_EDITS: Final = 3
LONGEST_WORDS: Final = 240


@dataclass(frozen=True)
class EditInList:
    """One edit. `before` and `after` are cut to 240 characters where they are longer, `…` at the end."""

    type: str
    weight: str
    where: str
    reason: str
    before: str
    after: str


@dataclass(frozen=True)
class AlikeInList:
    """An article that was edited in the very same way at the same time."""

    change_id: str
    url: str
    headline: str | None
    at: datetime


@dataclass(frozen=True)
class EditedInList:
    """An article was edited, at a moment between `after` and `at`.

    What comparing the two states came to is null where nobody has compared them, or (`audit_error`) where that failed.
    `edits` are the first three, the heaviest first, of `edits_in_all`. `alike` are other articles with the same edits.
    """

    outlet: str
    url: str
    article_key: str | None
    headline: str | None
    after: datetime
    at: datetime
    change_id: str
    confirmed: bool
    oscillating: bool
    weight: str | None
    score: int | None
    types: tuple[str, ...]
    disclosure: str | None
    undisclosed: bool | None
    audit_error: str | None
    edits: tuple[EditInList, ...] = ()
    edits_in_all: int = 0
    alike: tuple[AlikeInList, ...] = ()
    kind: Literal["edit"] = "edit"


@dataclass(frozen=True)
class AbsentInList:
    """An article did not show itself: last seen at `after`, first missing at `at`.

    `shown` is what was there instead. Only where `conclusive`, anything follows from it about the article.
    """

    outlet: str
    url: str
    article_key: str | None
    headline: str | None
    after: datetime
    at: datetime
    shown: str
    conclusive: bool
    confirmed: bool
    observations: int
    last_missing: datetime
    returned_at: datetime | None
    status: int | None
    location: str | None
    record_id: str
    kind: Literal["absence"] = "absence"


@dataclass(frozen=True)
class ReturnedInList:
    """An article that had been missing since `missing_since` was seen again, between `after` and `at`."""

    outlet: str
    url: str
    article_key: str | None
    headline: str | None
    after: datetime
    at: datetime
    shown: str
    missing_since: datetime
    kind: Literal["return"] = "return"


@dataclass(frozen=True)
class RepostInList:
    """At `at` a text was first seen under this URL that another article had shown since `earlier_seen`."""

    outlet: str
    url: str
    article_key: str | None
    headline: str | None
    at: datetime
    earlier_url: str
    earlier_key: str
    earlier_seen: datetime
    kind: Literal["re-post"] = "re-post"


@dataclass(frozen=True)
class ImageInList:
    """An image of an article had other bytes at `at` than at `after`. Whether it looks different is not known."""

    outlet: str
    url: str
    article_key: str | None
    headline: str | None
    after: datetime
    at: datetime
    image_url: str
    old_digest: str
    new_digest: str
    with_change: bool
    kind: Literal["image replaced"] = "image replaced"


InList = EditedInList | AbsentInList | ReturnedInList | RepostInList | ImageInList


@dataclass(frozen=True)
class Told:
    """Something to be told: its kind, what was found, and the articles that were edited alike."""

    kind: Kind
    found: Found
    alike: tuple[ChangeFound, ...] = field(default=())


def in_list(catalog: Catalog, told: Iterable[Told]) -> tuple[InList, ...]:
    """Return what lists show of these things, in their order, with the edits that the catalog keeps."""
    told = list(told)
    found = _findings(catalog, [one.found.change_id for one in told if isinstance(one.found, ChangeFound)])
    return tuple(_shown(one, found) for one in told)


def edits_in_list(edits: Iterable[Edit]) -> tuple[EditInList, ...]:
    """Return edits as lists show them."""
    return tuple(
        EditInList(edit.type.value, str(edit.weight), where(edit), edit.reason, _cut(edit.before), _cut(edit.after))
        for edit in edits
    )


def _findings(catalog: Catalog, change_ids: list[str]) -> dict[str, Findings]:
    kept = findings_of(catalog, change_ids)
    return {id_: from_json(json.loads(one.findings_json)) for id_, one in kept.items() if one.findings_json is not None}


def _shown(told: Told, findings: Mapping[str, Findings]) -> InList:
    found = told.found
    if isinstance(found, ChangeFound):
        return _edited(found, findings.get(found.change_id), told.alike)
    if isinstance(found, RepostFound):
        return RepostInList(
            outlet=found.outlet,
            url=found.later_url,
            article_key=found.later_key,
            headline=found.headline,
            at=found.later_seen,
            earlier_url=found.earlier_url,
            earlier_key=found.earlier_key,
            earlier_seen=found.earlier_seen,
        )
    if isinstance(found, ImageReplaced):
        return ImageInList(
            outlet=found.outlet,
            url=found.url,
            article_key=found.article_key,
            headline=found.headline,
            after=found.last_seen_before,
            at=found.first_seen_after,
            image_url=found.image_url,
            old_digest=found.old_digest,
            new_digest=found.new_digest,
            with_change=found.with_change,
        )
    return _returned(found) if told.kind is Kind.RETURN else absent_in_list(found)


def _edited(change: ChangeFound, findings: Findings | None, alike: tuple[ChangeFound, ...]) -> EditedInList:
    edits = findings.edits if findings else ()
    return EditedInList(
        outlet=change.outlet,
        url=change.url,
        article_key=change.article_key,
        headline=change.headline,
        after=change.last_seen_before,
        at=change.first_seen_after,
        change_id=change.change_id,
        confirmed=change.confirmed,
        oscillating=change.oscillating,
        weight=weight_of(change),
        score=change.score,
        types=change.types or (),
        disclosure=change.disclosure,
        undisclosed=change.undisclosed,
        audit_error=change.audit_error,
        edits=edits_in_list(edits[:MOST_EDITS]),
        edits_in_all=len(edits),
        alike=tuple(AlikeInList(one.change_id, one.url, one.headline, one.first_seen_after) for one in alike),
    )


def absent_in_list(absence: AbsenceFound) -> AbsentInList:
    """Return an absence as lists show it."""
    return AbsentInList(
        outlet=absence.outlet,
        url=absence.url,
        article_key=absence.article_key,
        headline=absence.headline,
        after=absence.last_seen,
        at=absence.first_missing,
        shown=absence.kind.value,
        conclusive=absence.kind in CONCLUSIVE,
        confirmed=absence.confirmed,
        observations=absence.observations,
        last_missing=absence.last_missing,
        returned_at=absence.returned_at,
        status=absence.status,
        location=absence.location,
        record_id=absence.last_record_id,
    )


def _returned(absence: AbsenceFound) -> ReturnedInList:
    assert absence.returned_at is not None
    return ReturnedInList(
        outlet=absence.outlet,
        url=absence.url,
        article_key=absence.article_key,
        headline=absence.headline,
        after=absence.last_missing,
        at=absence.returned_at,
        shown=absence.kind.value,
        missing_since=absence.first_missing,
    )


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS]}…"
