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


@pytest.mark.parametrize(
    ("named", "unnamed", "who", "somebody"),
    [
        (
            "Local resident Ahmed Ali said the shop was hit.",
            "A local resident said the shop was hit.",
            "Local resident Ahmed Ali",
            "A local resident",
        ),
        (
            "Spokesman Liu Wei said the plan was sound.",
            "A spokesman said the plan was sound.",
            "Spokesman Liu Wei",
            "A spokesman",
        ),
        (
            "The plan is sound, said Liu Wei, a Pentagon spokesman.",
            "The plan is sound, said a Pentagon spokesman.",
            "Liu Wei",
            "a Pentagon spokesman",
        ),
        (
            "The noise was terrible, said Maria Ortega, a 34-year-old teacher who was on board.",
            "The noise was terrible, said a teacher who was on board.",
            "Maria Ortega, a 34-year-old",
            "a teacher",
        ),
        ("中国有专家李杰认为，此举不妥。", "中国有专家认为，此举不妥。", "李杰", "专家"),
        ("村民王强说，他听到爆炸声。", "村民说，他听到爆炸声。", "王强", "村民"),
    ],
)
def test_somebody_without_a_name_who_speaks_where_one_with_a_name_spoke(
    named: str, unnamed: str, who: str, somebody: str
) -> None:
    for one, other, quoted in ((named, unnamed, (who, somebody)), (unnamed, named, (somebody, who))):
        (edit,) = edits(one, other)
        assert (edit.type, edit.weight) == (T.SOURCE, Weight.SUBSTANTIVE)
        assert edit.reason == "The source changed: “{}” became “{}”.".format(*quoted)


@pytest.mark.parametrize(
    ("named", "unnamed"),
    [
        ("They met Li Wei, a teacher, the ministry said.", "They met a teacher, the ministry said."),
        ("The minister met Ann Brown in Paris, he said.", "The minister met a friend in Paris, he said."),
        ("Ann Brown was arrested, police said.", "A woman was arrested, police said."),
    ],
)
def test_somebody_who_says_nothing_is_no_source(named: str, unnamed: str) -> None:
    for one, other in ((named, unnamed), (unnamed, named)):
        assert [edit.type for edit in edits(one, other)] == [T.NAME]
