"""What was found as lists show it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from audit.edit import Edit
from audit.field_lines import field_words
from audit.findings import Findings
from audit.findings_json import from_json
from audit.found_words import weight_of
from audit.report.marks import around
from audit.report.words import where
from storage.catalog.absences import AbsenceFound
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound
from storage.catalog.findings import findings_of
from storage.catalog.happened import Found, Kind
from storage.catalog.images import ImageReplaced
from storage.catalog.looks import TELLING
from storage.catalog.reposts import RepostFound
from web.window.views.happenings import (
    AbsentInList,
    EditedInList,
    EditInList,
    EqualInList,
    ImageInList,
    InList,
    LedTo,
    RepostInList,
    ReturnedInList,
)

MOST_EDITS: Final = 3
LONGEST_WORDS: Final = 240
_SHORT: Final = 80  # characters; words around longer ones would only be more words


@dataclass(frozen=True)
class Told:
    """Something to be told: its kind, what was found, other articles that were edited alike, and the same edit at other
    URLs of its own."""

    kind: Kind
    found: Found
    alike: tuple[ChangeFound, ...] = field(default=())
    also_at: tuple[ChangeFound, ...] = field(default=())


def in_list(catalog: Catalog, told: Iterable[Told]) -> tuple[InList, ...]:
    """Return what lists show of these things, in their order, with the edits that the catalog keeps."""
    told = list(told)
    found = _findings(catalog, [one.found.compared for one in told if isinstance(one.found, ChangeFound)])
    return tuple(_shown(one, found) for one in told)


def edits_in_list(findings: Findings, most: int = MOST_EDITS) -> tuple[EditInList, ...]:
    """Return the first edits as lists show them."""
    return tuple(_edit(findings, edit) for edit in findings.edits[:most])


def _edit(findings: Findings, edit: Edit) -> EditInList:
    is_short = len(edit.before) + len(edit.after) <= _SHORT
    words_before, words_after = around(findings.body, edit) if is_short else ("", "")
    return EditInList(
        type=edit.type.value,
        weight=str(edit.weight),
        where=where(edit),
        reason=edit.reason,
        words_before=words_before,
        before=_cut(edit.before),
        after=_cut(edit.after),
        words_after=words_after,
    )


def _findings(catalog: Catalog, compared: list[tuple[str, str]]) -> dict[tuple[str, str], Findings]:
    kept = findings_of(catalog, compared)
    return {key: from_json(json.loads(one.findings_json)) for key, one in kept.items() if one.findings_json is not None}


def _shown(told: Told, findings: Mapping[tuple[str, str], Findings]) -> InList:
    found = told.found
    if isinstance(found, ChangeFound):
        return _edited(found, findings.get(found.compared), told)
    if isinstance(found, RepostFound):
        return repost_in_list(found)
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
    return returned_in_list(found) if told.kind is Kind.RETURN else absent_in_list(found)


def _edited(change: ChangeFound, findings: Findings | None, told: Told) -> EditedInList:
    return EditedInList(
        outlet=change.outlet,
        url=change.url,
        article_key=change.article_key,
        headline=change.headline,
        **vars(led_to(change)),
        edits=edits_in_list(findings) if findings else (),
        edits_in_all=len(findings.edits) if findings else 0,
        alike=tuple(map(_equal, told.alike)),
        also_at=tuple(map(_equal, told.also_at)),
    )


def _equal(change: ChangeFound) -> EqualInList:
    return EqualInList(change.change_id, change.url, change.headline, change.first_seen_after)


def led_to(change: ChangeFound) -> LedTo:
    """Return a change as it is shown with the state that it led to, and in lists."""
    return LedTo(
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
        conclusive=absence.kind in TELLING,
        confirmed=absence.confirmed,
        observations=absence.observations,
        last_missing=absence.last_missing,
        returned_at=absence.returned_at,
        status=absence.status,
        location=absence.location,
        record_id=absence.last_record_id,
        moved_to=absence.there.url if absence.there else None,
        edited_there=tuple(map(field_words, absence.there.fields)) if absence.there else (),
    )


def repost_in_list(repost: RepostFound) -> RepostInList:
    """Return a re-post as lists show it."""
    return RepostInList(
        outlet=repost.outlet,
        url=repost.later_url,
        article_key=repost.later_key,
        headline=repost.headline,
        at=repost.later_seen,
        earlier_url=repost.earlier_url,
        earlier_key=repost.earlier_key,
        earlier_seen=repost.earlier_seen,
        similarity=repost.similarity,
    )


def returned_in_list(absence: AbsenceFound) -> ReturnedInList:
    """Return the end of an absence as lists show it."""
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
