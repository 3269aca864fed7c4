"""Every reader has pages of its template with what they say, and its output can't change in silence.

To add a pair: put `<outlet>/<date>.html.gz` (and `_2` …) and `<date>.json` into tests/fixtures/outlets, written by
hand after the page, and its ids into identities.json. To change a reader's output: raise its `version`, and add the
new id's line to identities.json beside the old one, which stays.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest

from articles.article import Article
from articles.readers.reader import versioned
from articles.readers.registry import READERS
from articles.reading import Reading
from tests.articles.pages import FIXTURES, GoldenPair, golden_pairs

PAIRS = golden_pairs()
FIELDS = [field.name for field in fields(Article)]
IDENTITIES: dict[str, dict[str, dict[str, str]]] = json.loads((FIXTURES / "identities.json").read_text())


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return {pair.name: pair.read() for pair in PAIRS}


@pytest.mark.parametrize("reader", READERS, ids=versioned)
def test_every_reader_has_a_golden_pair(reader: Any) -> None:
    assert [pair.name for pair in PAIRS if pair.expected["reader"] == reader.name]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_golden_page_is_read_by_its_reader(pair: GoldenPair, readings: dict[str, Reading]) -> None:
    reading = readings[pair.name]
    assert reading.reader_id.partition("/")[0] == pair.expected["reader"]
    assert reading.outcome == pair.expected["outcome"]
    assert reading.article_key == pair.expected["article_key"]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
@pytest.mark.parametrize("field", FIELDS)
def test_a_golden_page_says(field: str, pair: GoldenPair, readings: dict[str, Reading]) -> None:
    article = readings[pair.name].article
    assert article is not None
    assert article.to_json()[field] == pair.expected["article"][field]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_golden_file_lists_every_field_and_no_other(pair: GoldenPair) -> None:
    assert set(pair.expected["article"]) == set(FIELDS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_output_changes_only_with_a_new_version(pair: GoldenPair, readings: dict[str, Reading]) -> None:
    reading = readings[pair.name]
    known, reader = IDENTITIES[pair.name], reading.reader_id.partition("+")[0]
    assert reader in known, f"a new version: add its ids of {pair.name} to identities.json, keep the old"
    assert known[reader] == {"content_id": reading.content_id, "text_id": reading.text_id}, (
        f"{reader} reads {pair.name} otherwise than it did: raise the reader's version"
    )
