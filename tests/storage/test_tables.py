"""The tables give back the rows that were written, also across versions of their schemas."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import FormatTooNew, TableInvalid
from storage.exchange import Outcome, Purpose, Role
from storage.rows import CaptureRow, ReadingRow
from storage.tables import read_captures, read_readings, write_captures, write_readings

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
moments = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(0, 2**31 - 1),
    bool: st.booleans(),
    bytes: st.binary(max_size=20),
    datetime: moments,
    Role: st.sampled_from(Role),
    Purpose: st.sampled_from(Purpose),
    Outcome: st.sampled_from(Outcome),
    tuple[str, ...]: st.lists(texts, max_size=3).map(tuple),
    tuple[tuple[str, str], ...]: st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
    type(None): st.none(),
}


def rows_of(row_type: type) -> st.SearchStrategy[Any]:
    def strategy(hint: Any) -> st.SearchStrategy[Any]:
        if hint in BY_TYPE:
            return BY_TYPE[hint]
        assert get_origin(hint) is not None, hint
        return st.one_of([strategy(part) for part in get_args(hint)])

    return st.builds(row_type, **{name: strategy(hint) for name, hint in get_type_hints(row_type).items()})


CAPTURE = CaptureRow(
    url="http://a.example/",
    surt="example,a)/",
    captured_at=datetime(2026, 1, 23, 8, 0, 0, 123456, tzinfo=UTC),
    crawl_id="c",
    role=Role.ARTICLE,
    purpose=Purpose.NEW,
    outcome=Outcome.RESPONSE,
    record_id="urn:uuid:1",
    warc_key="k",
    offset=5_000_000_000,
    length=7,
)
READING = ReadingRow(
    url="http://a.example/",
    article_key="demo:pla:1",
    reader_id="chinamil/1",
    captures=(("first", "urn:uuid:1"), ("part", "urn:uuid:2")),
    captured_at=CAPTURE.captured_at,
    crawl_id="c",
    outcome="article",
    article_json=b'{"headline":"\xe2\x80\x9c"}',
)


@settings(max_examples=60)
@given(st.lists(rows_of(CaptureRow), min_size=1, max_size=8))
def test_captures_come_back(rows: list[CaptureRow]) -> None:
    assert read_captures(write_captures(rows)) == rows


@settings(max_examples=60)
@given(st.lists(rows_of(ReadingRow), min_size=1, max_size=8))
def test_readings_come_back(rows: list[ReadingRow]) -> None:
    assert read_readings(write_readings(rows)) == rows


def test_many_rows_come_back_from_a_file(tmp_path: Path) -> None:
    rows = [
        replace(CAPTURE, record_id=f"urn:uuid:{n}", captured_at=CAPTURE.captured_at + timedelta(microseconds=n))
        for n in range(3000)
    ]
    path = tmp_path / "captures.parquet"
    path.write_bytes(write_captures(rows))
    assert read_captures(path) == rows


def test_every_column_of_the_rows_is_in_the_tables() -> None:
    for row, data in ((CAPTURE, write_captures([CAPTURE])), (READING, write_readings([READING]))):
        assert pq.read_schema(pa.BufferReader(data)).names == [field.name for field in fields(row)]


def test_no_empty_table_is_written() -> None:
    for write in (write_captures, write_readings):
        with pytest.raises(ValueError, match="an empty table is not written"):
            write([])


def test_a_moment_without_a_zone_is_refused_and_others_are_kept_in_utc() -> None:
    with pytest.raises(ValueError, match="captured_at has no time zone"):
        write_captures([replace(CAPTURE, captured_at=datetime(2026, 1, 23))])  # noqa: DTZ001
    beijing = CAPTURE.captured_at.astimezone(timezone(timedelta(hours=8)))
    (row,) = read_captures(write_captures([replace(CAPTURE, captured_at=beijing)]))
    assert row.captured_at == CAPTURE.captured_at
    assert row.captured_at.tzinfo is UTC


def test_the_same_rows_give_the_same_bytes() -> None:
    assert write_captures([CAPTURE] * 3) == write_captures([CAPTURE] * 3)


def rewritten(data: bytes, change: Any, **metadata: str) -> bytes:
    table = change(pq.read_table(pa.BufferReader(data)))
    stated = {**(table.schema.metadata or {}), **{f"palimpsest.{k}".encode(): v.encode() for k, v in metadata.items()}}
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata(stated), sink)
    return sink.getvalue().to_pybytes()


def test_a_later_schema_is_read_without_the_columns_that_are_not_known() -> None:
    later = rewritten(write_captures([CAPTURE]), lambda table: table.append_column("colour", [["blue"]]), schema="7")
    assert read_captures(later) == [CAPTURE]
    assert pq.read_table(pa.BufferReader(later))["colour"].to_pylist() == ["blue"]


def test_an_earlier_schema_is_read_with_the_defaults_of_the_columns_that_it_lacks() -> None:
    earlier = rewritten(write_captures([CAPTURE]), lambda table: table.drop_columns(["attempts", "error", "etag"]))
    assert read_captures(earlier) == [CAPTURE]
    shorter = rewritten(write_readings([READING]), lambda table: table.drop_columns(["warnings", "weak"]))
    assert read_readings(shorter) == [READING]


def test_a_column_that_a_row_cannot_be_without_is_missed() -> None:
    with pytest.raises(TableInvalid, match="has no column record_id"):
        read_captures(rewritten(write_captures([CAPTURE]), lambda table: table.drop_columns(["record_id"])))


def replaced(name: str, values: pa.Array[Any]) -> Any:
    return lambda table: table.set_column(table.column_names.index(name), name, values)


def test_a_word_of_a_later_schema_says_that_palimpsest_is_too_old() -> None:
    change = replaced("role", pa.array(["hologram"]))
    with pytest.raises(FormatTooNew, match="hologram"):
        read_captures(rewritten(write_captures([CAPTURE]), change, schema="2"))
    with pytest.raises(TableInvalid, match="role of a captures table is 'hologram'"):
        read_captures(rewritten(write_captures([CAPTURE]), change))


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("offset", pa.array(["five"]), "offset of a captures table is not of type int64"),
        ("captured_at", pa.array([None], pa.timestamp("us", tz="UTC")), "captured_at .* has rows without a value"),
        ("url", pa.array([None], pa.string()), "url .* has rows without a value"),
        ("role", pa.array([None], pa.string()), "role .* has rows without a value"),
    ],
)
def test_a_column_of_another_kind_is_named(name: str, values: pa.Array[Any], words: str) -> None:
    with pytest.raises(TableInvalid, match=words):
        read_captures(rewritten(write_captures([CAPTURE]), replaced(name, values)))


def test_what_is_no_table_of_the_kind_is_refused(tmp_path: Path) -> None:
    good = write_captures([CAPTURE])
    for data in (b"", b"PAR1", good[:-20], good[:200] + bytes(50) + good[250:], write_readings([READING])):
        with pytest.raises(TableInvalid):
            read_captures(data)
    path = tmp_path / "x.parquet"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(TableInvalid, match=r"x\.parquet cannot be read as Parquet"):
        read_captures(path)


def test_duckdb_reads_them(tmp_path: Path) -> None:
    captures, readings = tmp_path / "captures.parquet", tmp_path / "readings.parquet"
    captures.write_bytes(write_captures([CAPTURE]))
    readings.write_bytes(write_readings([READING]))
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = connection.execute(
            "SELECT c.url, role, epoch_us(c.captured_at), len(captures), captures[2].record_id, decode(article_json)"
            " FROM read_parquet(?) c JOIN read_parquet(?) r ON c.record_id = r.captures[1].record_id",
            [str(captures), str(readings)],
        ).fetchall()
    micros = int(CAPTURE.captured_at.timestamp()) * 1_000_000 + 123456
    assert found == [(CAPTURE.url, "article", micros, 2, "urn:uuid:2", '{"headline":"“"}')]
