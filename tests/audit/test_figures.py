"""Numbers, dates and names with figures: which are the same written otherwise, which are others, and what is said."""

from __future__ import annotations

import pytest

from audit.edit import Edit, EditType, Weight
from tests.audit.made import edits

MAJOR, SUBSTANTIVE, MINOR = Weight.MAJOR, Weight.SUBSTANTIVE, Weight.MINOR
T = EditType


def only(old: str, new: str) -> Edit:
    (edit,) = edits(old, new)
    return edit


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It cost $4.5 million to build.", "It cost US$4.5 million to build."),
        ("The cost was $4.5 million last year.", "The cost was 4.5 million U.S. dollars last year."),
        ("It cost $3m to build.", "It cost $3 million to build."),
        ("It cost $3M to build.", "It cost $3 million to build."),
        ("It cost $3.5B to build.", "It cost $3.5 billion to build."),
        ("It cost $30k to build.", "It cost $30,000 to build."),
        ("It took ½ hour to go.", "It took 1/2 hour to go."),
        ("It took 3½ hours to go.", "It took 3.5 hours to go."),
        ("军费增长7.2%，令人关注。", "军费增长百分之7.2，令人关注。"),
        ("军费增长7.2%，令人关注。", "军费增长百分之七点二，令人关注。"),
        ("一名士兵站岗。", "士兵站岗。"),
    ],
)
def test_a_number_written_otherwise_is_minor(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        edit = only(one, other)
        assert (edit.type, edit.weight) == (T.WORDS, MINOR)


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("It cost $4.5 million to build.", "It cost A$4.5 million to build.", "$4.5 million", "A$4.5 million"),
        ("It cost $3m to build.", "It cost $3bn to build.", "$3m", "$3bn"),
        ("It is 3m long.", "It is 3 million long.", "3m", "3 million"),
        ("It took ½ hour to go.", "It took ¼ hour to go.", "½ hour", "¼ hour"),
        ("军费增长7.2%，令人关注。", "军费增长百分之7.3，令人关注。", "7.2%", "百分之7.3"),
        ("Some 30 others came.", "More than 40 others came.", "Some 30", "More than 40"),
        ("Then 30 others came.", "Then more than 40 others came.", "30", "more than 40"),
        ("A third of the fleet is old.", "Two-thirds of the fleet is old.", "A third", "Two-thirds"),
        ("Half of the fleet is old.", "Most of the fleet is old.", "Half", "Most"),
        ("Thousands of people came.", "Tens of thousands of people came.", "Thousands", "Tens of thousands"),
        ("He is a 34-year-old teacher.", "He is a 35-year-old teacher.", "34-year-old", "35-year-old"),
        ("About 50 or more people came.", "About 50 or fewer people came.", "50 or more", "50 or fewer"),
        ("予算は2倍に増えた。", "予算は2成に増えた。", "2倍", "2成"),
        ("产量翻了一番。", "产量翻了两番。", "一番", "两番"),
        ("The Type 055 destroyer sailed.", "The Type 052D destroyer sailed.", "055", "052D"),
        ("歼-16战机降落。", "歼-15战机降落。", "16", "15"),
    ],
)
def test_another_number_is_told_whole(old: str, new: str, before: str, after: str) -> None:
    for one, other, first, second in ((old, new, before, after), (new, old, after, before)):
        edit = only(one, other)
        assert (edit.type, edit.weight) == (T.NUMBER, SUBSTANTIVE)
        assert edit.reason == f"The number {first} became {second}."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("事故造成50人以上受伤。", "事故造成50人以下受伤。"),
        ("事故造成50人以上受伤。", "事故造成50人受伤。"),
        ("事故で50人以上が負傷した。", "事故で50人以下が負傷した。"),
        ("事故で50人以上が負傷した。", "事故で50人未満が負傷した。"),
        ("一名士兵死亡。", "两名士兵死亡。"),
        ("They wounded 50 or more men.", "They wounded 50 or fewer men."),
    ],
)
def test_what_bounds_a_number_from_behind_is_of_it(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        assert (only(one, other).type, only(one, other).weight) == (T.NUMBER, MAJOR)


def test_half_of_all_that_became_all_is_a_number() -> None:
    assert only("Half the fleet is old.", "The fleet is old.").reason == "The number Half was removed."
    assert only("The fleet is old.", "Half the fleet is old.").reason == "The number Half was added."


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("He wrote a book about World War II.", "He wrote a book about World War I.", "World War II", "World War I"),
        ("Japan sent a P-3C aircraft.", "Japan sent a P-1 aircraft.", "P-3C", "P-1"),
        ("The F-35A landed there.", "The F-35B landed there.", "F-35A", "F-35B"),
        ("The J-16 fighter landed.", "The J-15 fighter landed.", "J-16", "J-15"),
        ("The carrier CVN-68 sailed.", "The carrier CVN-69 sailed.", "CVN-68", "CVN-69"),
        ("P3C哨戒機が飛行した。", "P1哨戒機が飛行した。", "P3C", "P1"),
    ],
)
def test_a_name_with_figures_is_a_name(old: str, new: str, before: str, after: str) -> None:
    for one, other, first, second in ((old, new, before, after), (new, old, after, before)):
        edit = only(one, other)
        assert (edit.type, edit.weight) == (T.NAME, SUBSTANTIVE)
        assert edit.reason == f"The name “{first}” became “{second}”."


def test_a_pronoun_is_no_numeral() -> None:
    assert only("He told Ann I would go.", "He told Ann I could go.").type is not T.NAME


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The train leaves at 5:00 GMT on Monday.", "The train leaves at 5:00 EST on Monday."),
        ("会議は午後3時に始まる。", "会議は午前3時に始まる。"),
        ("会议下午开始。", "会议上午开始。"),
    ],
)
def test_another_time_zone_or_half_of_the_day_is_a_date(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        assert (only(one, other).type, only(one, other).weight) == (T.DATE, SUBSTANTIVE)


@pytest.mark.parametrize(
    ("old", "new"),
    [("俄罗斯指责乌克兰。", "乌克兰指责俄罗斯。"), ("中国批评日本的做法。", "日本批评中国的做法。")],
)
def test_who_blames_whom_turned_round_is_major(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        assert (only(one, other).type, only(one, other).weight) == (T.WORD_ORDER, MAJOR)


@pytest.mark.parametrize("word", ["所有的", "所有", "其他", "过去"])
def test_a_word_of_small_characters_has_content(word: str) -> None:
    for one, other in ((f"今天{word}人质获释。", "今天人质获释。"), ("今天人质获释。", f"今天{word}人质获释。")):
        assert only(one, other).weight >= SUBSTANTIVE
