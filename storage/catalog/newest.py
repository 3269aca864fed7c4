"""The newest answer and the newest body of every URL, kept up while commits are applied: each crawl asks for all."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, Table, and_, case, func, or_, select

from storage.catalog.many_rows import insert_into
from storage.catalog.schema import answers, bodies, captures, url_state
from storage.exchange import Outcome, Role

_ANNOUNCING: Final = (Role.LISTING, Role.FEED, Role.SITEMAP, Role.REQUISITE)
_REFETCHED: Final = (*_ANNOUNCING, Role.ARTICLE, Role.PART)
_BAD_DAY: Final = (408, 425, 429)

_ROLE: Final = func.coalesce(captures.c.role, "")
"""The role as no index has it: else SQLite asks the index of roles, for all captures instead of the new ones."""

_IS_ANSWER: Final = and_(
    _ROLE.in_([role.value for role in _ANNOUNCING]),
    captures.c.outcome.in_((Outcome.RESPONSE.value, Outcome.REVISIT.value)),
    captures.c.status < 500,
    captures.c.status.not_in(_BAD_DAY),
)
"""The URL need not be asked for again soon: "not found" is an answer, "try later" is none."""

_IS_REVISIT: Final = captures.c.outcome == Outcome.REVISIT.value
_IS_BODY: Final = and_(
    _ROLE.in_([role.value for role in _REFETCHED]),
    captures.c.status.between(200, 299),
    captures.c.truncated.is_(None),
    or_(
        and_(captures.c.outcome == Outcome.RESPONSE.value, captures.c.payload_digest.is_not(None)),
        and_(_IS_REVISIT, captures.c.refers_to_id.is_not(None)),
    ),
)
"""The capture gave a whole body, and its place is known. "Not modified" gives none."""

_WHOLE: Final = captures.alias("whole")
_IS_ORIGINAL: Final = and_(_WHOLE.c.outcome == Outcome.RESPONSE.value, _WHOLE.c.payload_digest.is_not(None))


def _of_original(name: str, own: str) -> ColumnElement[Any]:
    """Return what a body's whole response says: that of a revisit is another capture."""
    return case((_IS_REVISIT, _WHOLE.c[own]), else_=captures.c[own]).label(name)


_ANSWER: Final = (captures.c.url_id, captures.c.role, captures.c.captured_at, captures.c.record_id)
_BODY: Final = (
    *_ANSWER,
    or_(
        captures.c.outcome == Outcome.RESPONSE.value,
        captures.c.refers_to_url.is_(None),
        captures.c.refers_to_url == url_state.c.url,
    ).label("own"),
    captures.c.etag,
    captures.c.last_modified,
    case((_IS_REVISIT, captures.c.refers_to_id), else_=captures.c.record_id).label("whole_record_id"),
    _of_original("whole_url_id", "url_id"),
    _of_original("whole_at", "captured_at"),
    _of_original("payload_digest", "payload_digest"),
    _of_original("chunked", "chunked"),
)


def take_up_newest(connection: Connection, after: int) -> None:
    """Write down which captures with a number greater than `after` are newer than what was known of their URLs."""
    _take_up(connection, answers, _ANSWER, captures, and_(captures.c.id > after, _IS_ANSWER))
    with_original = captures.join(url_state, url_state.c.id == captures.c.url_id).outerjoin(
        _WHOLE, and_(_WHOLE.c.record_id == captures.c.refers_to_id, _IS_ORIGINAL)
    )
    _take_up(connection, bodies, _BODY, with_original, and_(captures.c.id > after, _IS_BODY))
    _take_up_late_originals(connection, after)


def _take_up_late_originals(connection: Connection, after: int) -> None:
    """Write down the originals that came after the revisits of them: a spool that was recovered late, an import."""
    connection.execute(
        bodies.update()
        .where(
            bodies.c.whole_at.is_(None),
            bodies.c.whole_record_id == _WHOLE.c.record_id,
            _WHOLE.c.id > after,
            _IS_ORIGINAL,
        )
        .values(
            whole_url_id=_WHOLE.c.url_id,
            whole_at=_WHOLE.c.captured_at,
            payload_digest=_WHOLE.c.payload_digest,
            chunked=_WHOLE.c.chunked,
        )
    )


def _take_up(
    connection: Connection,
    table: Table,
    columns: tuple[ColumnElement[Any], ...],
    source: FromClause,
    condition: ColumnElement[bool],
) -> None:
    newest_first = (captures.c.captured_at.desc(), captures.c.record_id.desc())
    place = func.row_number().over(partition_by=captures.c.url_id, order_by=newest_first).label("place")
    # Ranked by number alone, and joined again: rows as wide as those of `bodies` are sorted half as fast.
    ranked = select(captures.c.id, place).where(condition).subquery()
    names = [column.name for column in table.columns]
    statement = insert_into(connection.dialect, table).from_select(
        names,
        select(*columns).select_from(source.join(ranked, ranked.c.id == captures.c.id)).where(ranked.c.place == 1),
    )
    new = statement.excluded
    newer = or_(
        new.captured_at > table.c.captured_at,
        and_(new.captured_at == table.c.captured_at, new.record_id > table.c.record_id),
    )
    changed = {name: new[name] for name in names if name != "url_id"}
    connection.execute(statement.on_conflict_do_update(index_elements=["url_id"], set_=changed, where=newer))
