"""Places that no list has are known by the words that stand round them; who does it is not where it is done."""

from __future__ import annotations

import pytest

from audit.edit import EditType, Weight
from tests.audit.made import edits

T = EditType


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The ship was seen off Varna on Sunday.", "The ship was seen off Burgas on Sunday."),
        ("The plane came down near Tarlac at noon.", "The plane came down near Baguio at noon."),
        ("Jets took off from Misawa Air Base at noon.", "Jets took off from Andersen Air Base at noon."),
        ("The convoy crossed the border at Medyka.", "The convoy crossed the border at Korczowa."),
        ("Flights from Gimpo were stopped.", "Flights from Gimhae were stopped."),
        ("The tanker passed through the Great Belt.", "The tanker passed through the Skagerrak."),
        ("He was held in Bielefeld for a week.", "He was held in Paderborn for a week."),
        ("Trucks wait at the Rafah crossing.", "Trucks wait at the Kerem Shalom crossing."),
        ("The ferry left Ystad at noon.", "The ferry left Rostock at noon."),
        ("The frigate called at Gdynia.", "The frigate called at Klaipeda."),
        ("The quake was felt as far away as Bursa.", "The quake was felt as far away as Sivas."),
        ("代表团将于下周访问温州。", "代表团将于下周访问丽水。"),
        ("They met in Kyiv in May.", "They met in Vyshhorod in May."),
        ("事故发生在湖南省衡阳市境内。", "事故发生在湖南省邵阳市境内。"),
        ("坠机地点位于埃塔瓦县一处农田。", "坠机地点位于阿格拉县一处农田。"),
        ("部队在青铜峡基地训练。", "部队在锡林浩特基地训练。"),
        ("三亚凤凰国际机场取消航班。", "海口美兰国际机场取消航班。"),
        ("舰艇编队通过大隅海峡。", "舰艇编队通过宫古海峡。"),
        ("该国首都恩贾梅纳发生爆炸。", "该国首都瓦加杜古发生爆炸。"),
    ],
)
def test_a_place_that_no_list_has_is_one(old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        assert [(edit.type, edit.weight) for edit in edits(before, after)] == [(T.PLACE, Weight.SUBSTANTIVE)]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("He had a letter from Robert Hale.", "He had a letter from Anna Weiss.", T.NAME),
        ("The design came from Naval Group.", "The design came from Fincantieri.", T.NAME),
        ("The carrier Liaoning left port.", "The carrier Shandong left port.", T.NAME),
        ("编队由辽宁舰带领。", "编队由山东舰带领。", T.NAME),
        ("It was written by Robert Hale.", "It was written by Anna Weiss.", T.NAME),
        ("The vote was held in Congress.", "The vote was held in Parliament.", T.NAME),
        ("He holds a stake in Corvex.", "He holds a stake in Tellan.", T.NAME),
        ("They called on Hale to go.", "They called on Weiss to go.", T.NAME),
        ("He sent a letter to Hale.", "He sent a letter to Weiss.", T.NAME),
        ("He was hurt in the attack on Robert Hale.", "He was hurt in the attack on Anna Weiss.", T.NAME),
        ("He told the Manila Times so.", "He told the Bangkok Times so.", T.NAME),
        ("上海电气减少订单。", "广州电气减少订单。", T.NAME),
        ("飞机降落在军用机场。", "飞机降落在民用机场。", T.WORDS),
        ("部队从基地集合。", "部队到基地集合。", T.WORDS),
        ("救援队在山区搜寻。", "救援队在灾区搜寻。", T.WORDS),
    ],
)
def test_what_is_no_place_is_none(old: str, new: str, kind: EditType) -> None:
    for before, after in ((old, new), (new, old)):
        assert [edit.type for edit in edits(before, after)] == [kind]


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("Japan attacked the ship.", "China attacked the ship.", Weight.MAJOR),
        ("Two ships were attacked in Japan.", "Two ships were attacked in China.", Weight.SUBSTANTIVE),
        ("A house was shelled near Orikhiv.", "A house was shelled near Kamianske.", Weight.SUBSTANTIVE),
        ("日本袭击了该船。", "韩国袭击了该船。", Weight.MAJOR),
        ("该船在日本遭袭击。", "该船在韩国遭袭击。", Weight.SUBSTANTIVE),
    ],
)
def test_where_it_was_done_is_not_who_did_it(old: str, new: str, weight: Weight) -> None:
    for before, after in ((old, new), (new, old)):
        assert [(edit.type, edit.weight) for edit in edits(before, after)] == [(T.PLACE, weight)]
