"""Active and passive that surely say the same are one minor edit; what may say otherwise is not."""

from __future__ import annotations

import pytest

from audit.edit import EditType, Weight
from tests.audit.made import edits

SAME = [
    ("The storm destroyed the pier.", "The pier was destroyed by the storm."),
    ("A wave damaged the ferry on Sunday.", "The ferry was damaged by a wave on Sunday."),
    ("Masons repaired the dam, the mayor said.", "The dam was repaired by masons, the mayor said."),
    ("He said the court had rejected the appeal.", "He said the appeal had been rejected by the court."),
    ("It rained. The guild has sold the mill. He left.", "It rained. The mill has been sold by the guild. He left."),
]
OTHERWISE = [
    ("The storm destroyed the pier and the mill.", "The pier was destroyed by the storm and the mill."),
    ("The guild sold the mill in the north.", "The mill was sold by the guild in the north."),
    ("Each ship sank a boat.", "A boat was sunk by each ship."),
    ("The guild sold its mill.", "Its mill was sold by the guild."),
    ("The rebels and the army took the town.", "The rebels and the town were taken by the army."),
    ("The army attacked the rebels.", "The army was attacked by the rebels."),
    ("The guild will sell the mill.", "The mill was sold by the guild."),
    ("The guild sold 12 mills.", "13 mills were sold by the guild."),
]


@pytest.mark.parametrize(("active", "passive"), SAME)
def test_the_same_in_the_passive_is_minor_and_says_so(active: str, passive: str) -> None:
    for before, after in ((active, passive), (passive, active)):
        (edit,) = edits(before, after)
        assert (edit.type, edit.weight) == (EditType.WORDS, Weight.MINOR)
        assert edit.reason.endswith(": active and passive, the same did it to the same.")


@pytest.mark.parametrize(("active", "passive"), OTHERWISE)
def test_what_may_say_otherwise_is_substantive(active: str, passive: str) -> None:
    for before, after in ((active, passive), (passive, active)):
        assert max(edit.weight for edit in edits(before, after)) >= Weight.SUBSTANTIVE


def test_quoted_words_are_not_said_otherwise() -> None:
    found = edits("He said: “The storm destroyed the pier.”", "He said: “The pier was destroyed by the storm.”")
    assert {edit.type for edit in found} == {EditType.QUOTED_WORDS}
