"""What says another fact is never minor, however few or small the words are in which it differs (other_facts.yml)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from audit.edit import EditType, Weight
from tests.audit.made import edits

_FACTS: dict[str, list[list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "other_facts.yml").read_text(encoding="utf-8")
)
HARMLESS = _FACTS.pop("harmless")
OTHERS = [pytest.param(*pair, id=f"{kind}: {' > '.join(pair)}") for kind, pairs in _FACTS.items() for pair in pairs]


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_another_fact_is_substantive(one: str, other: str) -> None:
    for before, after in ((one, other), (other, one)):
        assert max(edit.weight for edit in edits(before, after)) >= Weight.SUBSTANTIVE


@pytest.mark.parametrize(("one", "other"), HARMLESS, ids=[" > ".join(pair) for pair in HARMLESS])
def test_what_looks_like_it_and_says_the_same_is_minor(one: str, other: str) -> None:
    for before, after in ((one, other), (other, one)):
        assert max(edit.weight for edit in edits(before, after)) < Weight.SUBSTANTIVE


@pytest.mark.parametrize(("one", "other"), _FACTS["a capital where it is a place"])
def test_a_capital_that_became_its_country_is_a_place_and_no_actor(one: str, other: str) -> None:
    for before, after in ((one, other), (other, one)):
        (edit,) = edits(before, after)
        assert (edit.type, edit.weight) == (EditType.PLACE, Weight.SUBSTANTIVE)
