"""DuckDB and pandas read our Parquet: captures, readings and listings."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

Rows = dict[str, list[dict[str, Any]]]
ARTICLE = "26000103.html"
STATES = ["36 days", "63 days"]
"""What the demo's script has that article say, one after the other."""


def frame_of(made: Path, kind: str) -> pd.DataFrame:
    """Return all tables of a kind as one, in the order of the manifest."""
    return pd.concat([pd.read_parquet(path) for path in sorted(made.glob(f"*.{kind}.parquet"))], ignore_index=True)


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


def test_pandas_reads_the_readings(made: Path, tables: Rows) -> None:
    """Every row is there, with its lists and its bytes: those of an article are what its content id is the hash of."""
    frame = frame_of(made, "readings")
    assert str(frame["captured_at"].dt.tz) == "UTC"
    found = [
        {
            "url": row.url,
            "captures": list(row.captures),
            "captured_at": row.captured_at.isoformat(timespec="microseconds"),
            "outcome": row.outcome,
            "weak": row.weak,
            "content_id": None if pd.isna(row.content_id) else row.content_id,
            "headline": None if pd.isna(row.headline) else row.headline,
            "byline": list(row.byline),
            "fields": len(row.field_hashes),
            "whole": not pd.isna(row.article_json),
        }
        for row in frame.itertuples()
    ]
    assert found == tables["readings"]
    whole = frame.dropna(subset="article_json")
    assert len(whole) >= frame["content_id"].nunique()
    assert [f"sha256:{hashlib.sha256(data).hexdigest()}" for data in whole["article_json"]] == list(whole["content_id"])


def test_pandas_tells_what_articles_said_one_after_the_other(made: Path, tables: Rows) -> None:
    """From first sightings and the bytes: the number that the demo changes is seen to change, and how many did so."""
    frame = frame_of(made, "readings").dropna(subset="content_id").sort_values("captured_at")
    first_seen = frame.drop_duplicates(["url", "content_id"])
    texts = frame.dropna(subset="article_json").drop_duplicates("content_id").set_index("content_id")["article_json"]
    states = first_seen[first_seen["url"].str.endswith(ARTICLE)]["content_id"].map(texts)
    assert [[words for words in STATES if words.encode() in text] for text in states] == [[words] for words in STATES]
    changed = first_seen.groupby("url").size()
    assert set(changed[changed > 1].index) == changed_urls(tables["readings"])


def test_duckdb_tells_what_articles_said_one_after_the_other(made: Path, tables: Rows) -> None:
    """The same in SQL, and what the server answered where it was seen first: a join by record id."""
    with duckdb.connect() as connection:
        connection.read_parquet(str(made / "*.readings.parquet"), union_by_name=True).create_view("readings")
        states = connection.execute(
            """
            SELECT decode(any_value(article_json)) AS article, arg_min(captures[1].record_id, captured_at) AS record_id
            FROM readings WHERE url LIKE ? AND outcome = 'article' GROUP BY content_id ORDER BY min(captured_at)
            """,
            [f"%{ARTICLE}"],
        ).fetchall()
        assert [[words for words in STATES if words in text] for text, _ in states] == [[words] for words in STATES]
        answers = connection.execute(
            "SELECT status, count(*) FROM read_parquet(?) WHERE record_id IN ? GROUP BY status",
            [str(made / "*.captures.parquet"), [record_id for _, record_id in states]],
        ).fetchall()
        assert answers == [(200, len(STATES))]
        changed = connection.execute(
            "SELECT url FROM readings WHERE outcome = 'article' GROUP BY url HAVING count(DISTINCT content_id) > 1"
        ).fetchall()
    assert {url for (url,) in changed} == changed_urls(tables["readings"])


def test_pandas_reads_the_listings(made: Path, tables: Rows) -> None:
    """Every row is there with all that it names; since when each article was named follows."""
    frame = frame_of(made, "listings")
    found = [
        {
            "url": row.url,
            "record_id": row.record_id,
            "captured_at": row.captured_at.isoformat(timespec="microseconds"),
            "outcome": row.outcome,
            "named": list(row.named),
        }
        for row in frame.itertuples()
    ]
    assert found == tables["listings"]
    named = frame.explode("named").dropna(subset="named")
    since = named.groupby(named["named"].str["url"])["captured_at"].min()
    assert {url: at.isoformat(timespec="microseconds") for url, at in since.items()} == named_since(tables["listings"])


def test_duckdb_reads_the_listings(made: Path, tables: Rows) -> None:
    """Since when each article was named, and which were named and never read."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            """
            WITH named AS (SELECT captured_at, unnest(named).url AS url FROM read_parquet($listings)),
                 read AS (SELECT DISTINCT url FROM read_parquet($readings) WHERE outcome = 'article')
            SELECT url, strftime(min(captured_at) AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%f+00:00'), read.url IS NULL
            FROM named LEFT JOIN read USING (url) GROUP BY ALL
            """,
            {"listings": str(made / "*.listings.parquet"), "readings": str(made / "*.readings.parquet")},
        ).fetchall()
    assert {url: since for url, since, _ in rows} == named_since(tables["listings"])
    read = {row["url"] for row in tables["readings"] if row["outcome"] == "article"}
    assert {url for url, _, never_read in rows if never_read} == named_since(tables["listings"]).keys() - read


def changed_urls(readings: Iterable[dict[str, Any]]) -> set[str]:
    """Return the URLs that said more than one thing."""
    said = defaultdict(set)
    for row in readings:
        if row["content_id"] is not None:
            said[row["url"]].add(row["content_id"])
    changed = {url for url, ids in said.items() if len(ids) > 1}
    assert any(url.endswith(ARTICLE) for url in changed)
    return changed


def named_since(listings: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return when each article was named first."""
    since: dict[str, str] = {}
    for row in listings:
        for one in row["named"]:
            since[one["url"]] = min(row["captured_at"], since.get(one["url"], row["captured_at"]))
    assert since
    return since
