"""Minimal pairs, each a blind spot of some tool of the field, forwards and backwards (probes/*.yml)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from articles.article import Agency, Article, Block, BlockKind, Image, Translation
from audit.compare import compare
from audit.edit import EditType, Weight

PROBES = Path(__file__).parent / "probes"
LANGUAGES = {"english": "en", "chinese": "zh"}
BASE = Article(
    "Reservoir watched day and night",
    blocks=(
        Block(BlockKind.PARAGRAPH, "Engineers of the garrison look after the dam."),
        Block(BlockKind.PARAGRAPH, "They have done so since the flood."),
    ),
    published_at=datetime.fromisoformat("2026-01-23T08:00:00+08:00"),
)
MIRRORED = {"added": "removed", "removed": "added", "dropped": "added"}


def probes() -> list[Any]:
    return [
        pytest.param(LANGUAGES[path.stem], probe, id=f"{path.stem}: {probe['name']}")
        for path in sorted(PROBES.glob("*.yml"))
        for probe in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def made(fields: dict[str, Any], language: str) -> Article:
    values: dict[str, Any] = {"language": language}
    for name, value in fields.items():
        if name == "blocks":
            values[name] = tuple(Block(BlockKind.PARAGRAPH, text) for text in value)
        elif name == "images":
            values[name] = tuple(Image(**image) for image in value)
        elif name == "agency":
            values[name] = Agency(value)
        elif name == "translation":
            values[name] = Translation(**value)
        elif name.endswith("_at"):
            values[name] = datetime.fromisoformat(value)
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    return replace(BASE, **values)


def mirrored(kind: str) -> str:
    head, _, last = kind.rpartition(" ")
    return f"{head} {MIRRORED[last]}" if last in MIRRORED else kind


@pytest.mark.parametrize(("language", "probe"), probes())
def test_a_minimal_pair_is_found_and_typed(language: str, probe: dict[str, Any]) -> None:
    findings = compare(made(probe["old"], language), made(probe["new"], language))
    assert sorted(edit.type for edit in findings.edits) == sorted(probe["finds"])
    assert set(map(EditType, probe.get("within", ()))) <= set(findings.types)
    if "weight" in probe:
        assert findings.weight is Weight[probe["weight"].upper()]


@pytest.mark.parametrize(("language", "probe"), probes())
def test_backwards_it_is_found_as_well(language: str, probe: dict[str, Any]) -> None:
    findings = compare(made(probe["new"], language), made(probe["old"], language))
    expected = probe.get("backward") or [mirrored(kind) for kind in probe["finds"]]
    assert sorted(edit.type for edit in findings.edits) == sorted(expected)


def test_there_are_enough_of_them() -> None:
    languages = [probe.values[0] for probe in probes()]
    assert len(languages) >= 60
    assert languages.count("zh") >= 12
