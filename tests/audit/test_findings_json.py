"""Findings as JSON and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from articles.article import Article
from audit.compare import compare
from audit.errors import FindingsInvalid
from audit.findings_json import from_json, to_json
from tests.audit.made import article, pairs


@settings(max_examples=150, deadline=None)
@given(pairs)
def test_findings_come_back_the_same(pair: tuple[Article, Article]) -> None:
    found = compare(*pair)
    assert from_json(json.loads(json.dumps(to_json(found)))) == found


def made() -> dict[str, Any]:
    old, new = article("It killed 12 people."), article("It killed 92 people.")
    return to_json(compare(old, new))


def test_the_words_of_an_edit() -> None:
    assert made()["edits"] == [
        {
            "type": "number",
            "weight": "major",
            "points": 32,
            "reason": "The number 12 became 92, beside “killed”.",
            "before": "12",
            "after": "92",
            "within": [],
            "old": {"field": "blocks", "index": 0, "part": None, "start": 10, "end": 12},
            "new": {"field": "blocks", "index": 0, "part": None, "start": 10, "end": 12},
        }
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"weight": "heavy"},
        {"disclosure": "somehow"},
        {"edits": [{}]},
        {"edits": None},
        {"body": {"rows": [{"fate": "lost", "old": [], "new": [], "runs": []}], "coarse": []}},
        {"score": "much"},
    ],
)
def test_what_are_no_findings_is_said(broken: dict[str, Any]) -> None:
    with pytest.raises(FindingsInvalid, match="holds no findings"):
        from_json(made() | broken)


def test_a_missing_key_is_named() -> None:
    value = made()
    del value["parts"]
    with pytest.raises(FindingsInvalid, match="parts"):
        from_json(value)
