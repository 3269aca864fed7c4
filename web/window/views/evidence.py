"""What stands behind states and absences: the captures, their digests, the commits that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from audit.states import Compared
from storage.catalog.behind import Behind, behind, held
from storage.catalog.captured import SavedCapture
from storage.catalog.catalog import Catalog
from storage.rows import CaptureRow
from web.window.views.article import StateShown
from web.window.views.happenings import AbsentInList


@dataclass(frozen=True)
class RecordShown:
    """A WARC record: where it lies in the archive, and the digests that prove it.

    `payload_digest` is that of the body before content decoding. A revisit has the body of another record, `original`.
    """

    role: str
    url: str
    captured_at: datetime
    status: int | None
    record_id: str
    outcome: str
    warc_key: str
    offset: int
    length: int
    block_digest: str | None
    payload_digest: str | None
    original: str | None


@dataclass(frozen=True)
class SightingShown:
    """A sighting that a state rests on: which state and which sighting, the commits that hold it, what was captured."""

    state: int
    which: str
    reader_id: str
    reading_commit: int
    capture_commits: tuple[int, ...]
    records: tuple[RecordShown, ...]


@dataclass(frozen=True)
class CameInstead:
    """The last capture of an absence, and the commit that holds it."""

    record: RecordShown
    commit: int


def evidence_of(catalog: Catalog, compared: Compared) -> tuple[SightingShown, ...]:
    """Return what stands behind two states of one URL, as evidence of their difference needs it.

    Left out is what the archive lacks; making the evidence then says what is missing.
    """
    a, b = compared.numbers
    wanted = (
        (a, "first", compared.old.first_record_id, compared.old.content_id),
        (a, "last", compared.old.last_record_id, compared.old.content_id),
        (b, "first", compared.new.first_record_id, compared.new.content_id),
    )
    return _sightings(catalog, compared.outlet, wanted)


def evidence_of_state(catalog: Catalog, outlet: str, state: StateShown) -> tuple[SightingShown, ...]:
    """Return what stands behind the first and the last sighting of one state, as far as the archive holds it."""
    first, last = state.first_record_id, state.last_record_id
    wanted = [(state.number, "first", first, state.content_id), (state.number, "last", last, state.content_id)]
    if first == last:
        wanted = [(state.number, "only", first, state.content_id)]
    return _sightings(catalog, outlet, wanted)


def came_instead(catalog: Catalog, absences: Iterable[AbsentInList]) -> Mapping[str, CameInstead]:
    """Return, by record id, the captures that absences rest on; of one withdrawn that of a listing."""
    with catalog.reading() as connection:
        found = held(connection, (one.record_id for one in absences))
    return {
        id_: CameInstead(_record("answer", one.capture.row, one.capture.original), one.commit)
        for id_, one in found.items()
    }


def _sightings(catalog: Catalog, outlet: str, wanted: Iterable[tuple[int, str, str, str]]) -> tuple[SightingShown, ...]:
    found = []
    with catalog.reading() as connection:
        for number, which, record_id, content_id in wanted:
            known = behind(connection, outlet, record_id, content_id)
            if known is not None:
                found.append(_sighting(number, which, known))
    return tuple(found)


def _sighting(number: int, which: str, known: Behind) -> SightingShown:
    return SightingShown(
        state=number,
        which=which,
        reader_id=known.reader_id,
        reading_commit=known.reading_commit,
        capture_commits=known.capture_commits,
        records=tuple(record for role, page in known.pages for record in _records(role, page)),
    )


def _records(role: str, page: SavedCapture) -> Iterator[RecordShown]:
    yield _record(role, page.row, page.original)
    if page.original is not None:
        yield _record(f"original of {role}", page.original, None)


def _record(role: str, row: CaptureRow, original: CaptureRow | None) -> RecordShown:
    return RecordShown(
        role=role,
        url=row.url,
        captured_at=row.captured_at,
        status=row.status,
        record_id=row.record_id,
        outcome=row.outcome.value,
        warc_key=row.warc_key,
        offset=row.offset,
        length=row.length,
        block_digest=row.block_digest,
        payload_digest=row.payload_digest,
        original=None if original is None else original.record_id,
    )
