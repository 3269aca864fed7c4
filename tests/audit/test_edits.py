"""Edits as somebody labelled them who did not know the rules (edits.yml); the rules were developed on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.audit_quality import found_in
from bench.held_out import Labelled, labelled_pairs

PAIRS = labelled_pairs(Path(__file__).parent / "edits.yml")


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{pair.old[:40]} > {pair.new[:40]}" for pair in PAIRS])
def test_an_edit_comes_out_as_labelled(pair: Labelled) -> None:
    found = found_in(pair)
    assert sorted(edit.type for edit in found.edits) == sorted(pair.types)
    assert found.weight in pair.weights


def test_there_are_many_of_all_weights() -> None:
    assert len(PAIRS) > 200
    assert sum(pair.heavy is False for pair in PAIRS) > 50
