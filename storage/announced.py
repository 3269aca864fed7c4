"""What was announced: lines of JSON in an object of an `announcement` commit, one for each thing that was told.

The archive's own log of it, so that whichever machine crawls next knows what need not be told again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from storage.errors import AnnouncedInvalid
from storage.instants import format_instant
from storage.json_values import instant
from storage.strict_json import Unexpected, canonical_json, count, parse_object, sequence, take, text

_Value = TypeVar("_Value")


class AnnouncedKind(StrEnum):
    """What was told of."""

    CHANGE = "change"
    ALIKE = "changes alike"  # of many articles: the same edits at once
    ABSENCE = "absence"
    RETURN = "return"
    REPOST = "re-post"
    IMAGE = "image replaced"
    ALARM = "alarm"  # many articles are gone


@dataclass(frozen=True)
class AnnouncedRow:
    """One thing that was told. docs/formats.md says what each field means, and of which kind it has a value.

    `weight`, `types` and `disclosure` are words of `audit`, as they were when it was told. `after` and `at` are the
    interval in which it happened, aware. `repeats` is the id of an earlier line that told the reader as much already.
    """

    id: str
    kind: AnnouncedKind
    url: str
    at: datetime
    article_key: str | None = None
    after: datetime | None = None
    change_id: str | None = None
    findings_id: str | None = None
    engine: str | None = None
    weight: str | None = None
    types: tuple[str, ...] = ()
    disclosure: str | None = None
    undisclosed: bool | None = None
    shown: str | None = None
    earlier_url: str | None = None
    similar: int | None = None
    image_url: str | None = None
    old_digest: str | None = None
    new_digest: str | None = None
    articles: int | None = None
    looked_at: int | None = None
    repeats: str | None = None


def write_announced(rows: Iterable[AnnouncedRow]) -> bytes:
    """Return the lines: each the RFC 8785 JSON of a row, ended by a line feed."""
    return b"".join(canonical_json(_to_json(row)) + b"\n" for row in rows)


def read_announced(body: bytes) -> list[AnnouncedRow]:
    """Return the rows of `write_announced`; fields that are not known here are passed over.

    A kind that is not known here is passed over with its line: a later Palimpsest may tell of more. Raises
    AnnouncedInvalid, with the number of the line.
    """
    rows = []
    lines = body.split(b"\n")
    if lines.pop():
        raise AnnouncedInvalid(f"line {len(lines) + 1} of what was announced is cut off: it has no line feed.")
    for number, line in enumerate(lines, 1):
        try:
            found = parse_object(line)
            kind = take(found, "kind", text)
            if kind in set(AnnouncedKind):
                rows.append(_from_json(AnnouncedKind(kind), found))
        except Unexpected as error:
            raise AnnouncedInvalid(f"line {number} of what was announced is none: {str(error).rstrip('.')}.") from error
    return rows


def _to_json(row: AnnouncedRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind.value,
        "url": row.url,
        "at": format_instant(row.at),
        "article_key": row.article_key,
        "after": None if row.after is None else format_instant(row.after),
        "change_id": row.change_id,
        "findings_id": row.findings_id,
        "engine": row.engine,
        "weight": row.weight,
        "types": list(row.types),
        "disclosure": row.disclosure,
        "undisclosed": row.undisclosed,
        "shown": row.shown,
        "earlier_url": row.earlier_url,
        "similar": row.similar,
        "image_url": row.image_url,
        "old_digest": row.old_digest,
        "new_digest": row.new_digest,
        "articles": row.articles,
        "looked_at": row.looked_at,
        "repeats": row.repeats,
    }


def _from_json(kind: AnnouncedKind, found: dict[str, Any]) -> AnnouncedRow:
    return AnnouncedRow(
        id=take(found, "id", text),
        kind=kind,
        url=take(found, "url", text),
        at=take(found, "at", instant),
        article_key=take(found, "article_key", _text_or_none),
        after=take(found, "after", lambda value: None if value is None else instant(value)),
        change_id=take(found, "change_id", _text_or_none),
        findings_id=take(found, "findings_id", _text_or_none),
        engine=take(found, "engine", _text_or_none),
        weight=take(found, "weight", _text_or_none),
        types=take(found, "types", lambda value: tuple(map(text, sequence(value)))),
        disclosure=take(found, "disclosure", _text_or_none),
        undisclosed=take(found, "undisclosed", _truth_or_none),
        shown=take(found, "shown", _text_or_none),
        earlier_url=take(found, "earlier_url", _text_or_none),
        similar=_later(found, "similar", _count_or_none),
        image_url=_later(found, "image_url", _text_or_none),
        old_digest=_later(found, "old_digest", _text_or_none),
        new_digest=_later(found, "new_digest", _text_or_none),
        articles=_later(found, "articles", _count_or_none),
        looked_at=_later(found, "looked_at", _count_or_none),
        repeats=take(found, "repeats", _text_or_none),
    )


def _later(found: dict[str, Any], name: str, parse: Callable[[Any], _Value]) -> _Value | None:
    """Take a field that the first lines were written without."""
    return take(found, name, parse) if name in found else None


def _count_or_none(value: Any) -> int | None:
    return None if value is None else count(value)


def _text_or_none(value: Any) -> str | None:
    return None if value is None else text(value)


def _truth_or_none(value: Any) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise Unexpected(f"{value!r:.80} is neither true, false nor null")
    return value
