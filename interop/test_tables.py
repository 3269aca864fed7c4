"""DuckDB and pandas read our Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd


def test_pandas_reads_the_captures(made: Path, warcs: list[dict[str, Any]]) -> None:
    """Every row is there, moments have their zone and their microseconds."""
    for warc in warcs:
        frame = pd.read_parquet(made / warc["captures_parquet"])
        assert list(frame["record_id"]) == [capture["record_id"] for capture in warc["captures"]]
        assert list(frame["url"]) == [capture["url"] for capture in warc["captures"]]
        assert list(frame["outcome"]) == [capture["outcome"] for capture in warc["captures"]]
        assert str(frame["captured_at"].dt.tz) == "UTC"
        assert [f"{at:%Y%m%d%H%M%S}" for at in frame["captured_at"]] == [c["timestamp"] for c in warc["captures"]]
        status = [None if pd.isna(value) else int(value) for value in frame["status"]]
        assert status == [capture["status"] for capture in warc["captures"]]


def test_duckdb_reads_all_captures_at_once(made: Path, warcs: list[dict[str, Any]]) -> None:
    """One query over all tables counts what the manifest counts."""
    with duckdb.connect() as connection:
        found = dict(
            connection.execute(
                "SELECT outcome, count(*) FROM read_parquet(?, union_by_name = true) GROUP BY outcome",
                [str(made / "*.captures.parquet")],
            ).fetchall()
        )
    expected: dict[str, int] = {}
    for warc in warcs:
        for capture in warc["captures"]:
            expected[capture["outcome"]] = expected.get(capture["outcome"], 0) + 1
    assert found == expected
