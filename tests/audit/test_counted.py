"""Numbers that change places with what they count, whatever the shape of the sentence."""

from __future__ import annotations

import pytest

from audit.edit import EditType, Weight
from tests.audit.made import edits

MAJOR, SUBSTANTIVE, MINOR = Weight.MAJOR, Weight.SUBSTANTIVE, Weight.MINOR
T = EditType


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "The army killed 14 soldiers and wounded 30 in the raid.",
            "The army wounded 14 soldiers and killed 30 in the raid.",
        ),
        ("The raid killed 14 and wounded 30 people.", "The raid wounded 14 and killed 30 people."),
        ("Three officers and ten men were killed.", "Ten officers and three men were killed."),
        ("The blast left 3 killed and 4 wounded.", "The blast left 4 killed and 3 wounded."),
        ("It killed ten people in three villages.", "It killed three people in ten villages."),
        ("军官三人、士兵十人死亡。", "军官十人、士兵三人死亡。"),
        ("事故已致5死3伤，正在调查。", "事故已致3死5伤，正在调查。"),
        ("事故已致五死三伤，正在调查。", "事故已致三死五伤，正在调查。"),
        ("事故已致5人死亡3人受伤。", "事故已致3人死亡5人受伤。"),
        ("死者5人、負傷者3人。", "死者3人、負傷者5人。"),
    ],
)
def test_the_dead_and_the_wounded_who_change_places_are_numbers(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        found = edits(one, other)
        assert {(edit.type, edit.weight) for edit in found} == {(T.NUMBER, MAJOR)}
        assert all(" became " in edit.reason for edit in found)


def test_the_reason_says_that_the_same_numbers_count_something_else() -> None:
    (edit,) = edits("Three ships and ten planes took part.", "Ten ships and three planes took part.")
    assert (edit.type, edit.weight) == (T.NUMBER, SUBSTANTIVE)
    assert edit.reason == (
        "The number Three ships and ten became Ten ships and three: the same numbers count something else."
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("On Monday, 14 soldiers were killed.", "14 soldiers were killed on Monday."),
        ("Three ships and ten planes took part.", "Ten planes and three ships took part."),
        ("The raid killed 14 and wounded 30.", "The raid wounded 30 and killed 14."),
    ],
)
def test_numbers_that_move_with_what_they_count_are_none(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        assert all(edit.weight is MINOR for edit in edits(one, other))
