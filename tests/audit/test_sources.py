"""Who is the source of a claim: named, or not."""

from __future__ import annotations

import pytest

from audit.edit import EditType, Weight
from tests.audit.made import edits

T = EditType
SHIP = "that the ship had left."


@pytest.mark.parametrize(
    ("named", "unnamed"),
    [
        (f"John Miller, a senior official, told reporters {SHIP}", f"A senior official told reporters {SHIP}"),
        ("Analyst Peter Holm said the ship was old.", "An analyst said the ship was old."),
        ("The ship has left, Anna Weiss said.", "The ship has left, a diplomat familiar with the talks said."),
        ("The ship has left, Anna Weiss told the paper.", "The ship has left, a government source told the paper."),
        (
            "On the third day the talks failed, said Minister Ek.",
            "On the third day the talks failed, said an official briefed on the talks.",
        ),
        ("Minister Ek said the ship was old.", "A witness said the ship was old."),
        ("当地警察局局长哈桑告诉记者，他们有三人。", "当地目击者告诉记者，他们有三人。"),
        ("The ship has left, according to the port authority.", "The ship has left."),
        ("According to the port authority, the ship has left.", "The ship has left."),
        ("据海事局消息，军舰已经离开。", "军舰已经离开。"),
        ("防衛省によると、艦艇は北上した。", "艦艇は北上した。"),
        ("国防部发言人说，军舰已经离开。", "了解情况的官员说，军舰已经离开。"),
    ],
)
def test_a_source_that_lost_its_name_is_told(named: str, unnamed: str) -> None:
    for before, after in ((named, unnamed), (unnamed, named)):
        heaviest = edits(before, after)[0]
        assert (heaviest.type, heaviest.weight) == (T.SOURCE, Weight.SUBSTANTIVE)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("An official said Robert Hale left.", "An official said Anna Weiss left.", T.NAME),
        ("Officials said they had met Robert Hale.", "Officials said they had met.", T.NAME),
        ("Robert Hale was seen with an analyst.", "He was seen with an analyst.", T.NAME),
        ("According to reports, the ship has left.", "The ship has left.", T.HEDGE),
        ("The ship has left, the ministry said.", "The ship has left.", T.ATTRIBUTION),
        ("The ship left, according to the port.", "The ship left, the port said.", T.WORD_ORDER),
        ("Colonel Hale said it was old.", "Major Hale said it was old.", T.RANK),
    ],
)
def test_another_name_is_no_other_source(old: str, new: str, kind: EditType) -> None:
    for before, after in ((old, new), (new, old)):
        assert edits(before, after)[0].type is kind
