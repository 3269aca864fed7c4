"""Which type an edit of the body has, and the sentence that says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from articles.article import Article, Block, BlockKind
from audit.compare import compare
from audit.edit import EditType, Weight
from tests.audit.made import article, edits

MAJOR, SUBSTANTIVE, MINOR, COSMETIC = Weight.MAJOR, Weight.SUBSTANTIVE, Weight.MINOR, Weight.COSMETIC
T = EditType


CASES = [
    ("The ministry said 12 soldiers fell.", "The ministry said at least 12 soldiers fell.", T.HEDGE, SUBSTANTIVE),
    ("About 500 people attended.", "Around 500 people attended.", T.WORDS, MINOR),
    ("Five ships took part.", "5 ships took part.", T.WORDS, MINOR),
    ("The cost is $1.2 billion.", "The cost is 1.2 billion dollars.", T.WORDS, MINOR),
    ("It has a range of 500 km.", "It has a range of 5,000 km.", T.NUMBER, SUBSTANTIVE),
    ("Its missile reaches 500 km.", "Its missile reaches 5,000 km.", T.NUMBER, MAJOR),
    ("The fleet left in 2019 again.", "The fleet left in May 2020 again.", T.DATE, SUBSTANTIVE),
    ("They met on 4 May at noon.", "They met on May 4 at noon.", T.WORDS, MINOR),
    ("Japan fired rockets at the island.", "China fired rockets at the island.", T.PLACE, MAJOR),
    ("The boats came from Japan.", "The boats came from China.", T.PLACE, SUBSTANTIVE),
    ("Zhou met envoys in Kyiv.", "Zhou met envoys in Kiev.", T.SPELLING, MINOR),
    ("The note was read by Robert Hale.", "The note was read by Anna Weiss.", T.NAME, SUBSTANTIVE),
    ("He came with Minister Dong Ping.", "He came with former Minister Dong Ping.", T.RANK, SUBSTANTIVE),
    ("The major praised them.", "Major Li praised them.", T.NAME, SUBSTANTIVE),
    ("The move is legal there.", "The move is illegal there.", T.NEGATION, MAJOR),
    ("The colonel denied the report.", "The colonel confirmed the report.", T.NEGATION, MAJOR),
    ("They moved in without warning.", "They moved in after a warning.", T.NEGATION, MAJOR),
    ("Officials said it was planned.", "Officials admitted it was planned.", T.ATTRIBUTION, SUBSTANTIVE),
    ("It entered on Tuesday, the guard said.", "It entered on Tuesday.", T.ATTRIBUTION, SUBSTANTIVE),
    ("She said it is a test.", "She stated it is a test.", T.WORDS, MINOR),
    ("The drill started early.", "The drill began early.", T.WORDS, MINOR),
    ("The army attacks at dawn.", "The army attacked at dawn.", T.WORDS, MINOR),
    ("He said the plan was sound.", "He said that the plan was sound.", T.WORDS, MINOR),
    (
        "The deal is dead, said Li Wei.",
        "The deal is dead, said people familiar with the matter.",
        T.SOURCE,
        SUBSTANTIVE,
    ),
    ("“We will never yield,” he said.", "“We will yield,” he said.", T.QUOTED_WORDS, MAJOR),
    ("“We will recieve it,” he said.", "“We will receive it,” he said.", T.SPELLING, MINOR),
    ("She called it a mistake.", 'She called it a "mistake".', T.QUOTE_MARKS, SUBSTANTIVE),
    ("The workers' hall is shut.", "The worker's hall is shut.", T.SPELLING, MINOR),
    ("On Monday, China told Japan to stop.", "China told Japan to stop on Monday.", T.WORD_ORDER, SUBSTANTIVE),
    ("On Monday, China met Japan again.", "China met Japan again on Monday.", T.WORD_ORDER, MINOR),
    ("Ships and planes took part.", "Planes and ships took part.", T.WORD_ORDER, MINOR),
    ("Ukraine said Russia had fired.", "Russia said Ukraine had fired.", T.WORD_ORDER, MAJOR),
    ("Ukraine said Russia had paid.", "Russia said Ukraine had paid.", T.WORD_ORDER, SUBSTANTIVE),
    ("He praised the e-mail system.", "He praised the email system.", T.SPELLING, MINOR),
    ("It happens every day there.", "It happens everyday there.", T.SPELLING, MINOR),
    ("The talks failed.", "The talks failed!", T.PUNCTUATION, MINOR),
    ("They said ≥ 50 men came.", "They said ≤ 50 men came.", T.NUMBER, SUBSTANTIVE),
    ("At noon ≥ 50 died.", "At noon ≤ 50 died.", T.NUMBER, MAJOR),
    ("气温≥50度。", "气温≤50度。", T.NUMBER, SUBSTANTIVE),
    ("死亡人数>50人。", "死亡人数<50人。", T.NUMBER, MAJOR),
    ("The sum was > 50 in May.", "The sum was < 50 in May.", T.NUMBER, SUBSTANTIVE),
    ("The water was 30℃ warm.", "The water was 30℉ warm.", T.NUMBER, SUBSTANTIVE),
    ("Its output is ↑ 5% now.", "Its output is ↓ 5% now.", T.NUMBER, SUBSTANTIVE),
    ("▲ 5% more than then.", "▼ 5% more than then.", T.NUMBER, SUBSTANTIVE),
    ("The plate is 12 × 5 wide.", "The plate is 12 ÷ 5 wide.", T.NUMBER, SUBSTANTIVE),
    ("The gap is 5 ± 1 wide.", "The gap is 5 + 1 wide.", T.NUMBER, SUBSTANTIVE),
    ("The gap is 5 + 1 wide.", "The gap is 5 - 1 wide.", T.NUMBER, SUBSTANTIVE),
    ("It is about § 5 here.", "It is about 5 here.", T.NUMBER, SUBSTANTIVE),
    ("It is dock № 5 here.", "It is dock 5 here.", T.NUMBER, SUBSTANTIVE),
    ("5 °C was the most.", "5 °F was the most.", T.NUMBER, SUBSTANTIVE),
    ("The rod was 5′ long.", "The rod was 5″ long.", T.NUMBER, SUBSTANTIVE),
    ("The rod was 5' long.", 'The rod was 5" long.', T.NUMBER, SUBSTANTIVE),
    ("The rod was 5’6” long.", "The rod was 5’6’ long.", T.NUMBER, SUBSTANTIVE),
    ("The rod was 5' long.", "The rod was 5 long.", T.NUMBER, SUBSTANTIVE),
    ("The rod was 5'6\" long.", "The rod was 5′6″ long.", T.TYPOGRAPHY, COSMETIC),
    ("Its name was 'Pier 5' then.", 'Its name was "Pier 5" then.', T.TYPOGRAPHY, COSMETIC),
    ("It won in 2019' then.", "It won in 2019 then.", T.PUNCTUATION, COSMETIC),
    ("Open on days 5-10 only.", "Open on days 5, 10 only.", T.NUMBER, SUBSTANTIVE),
    ("Open on days 5 to 10 only.", "Open on days 5 and 10 only.", T.NUMBER, SUBSTANTIVE),
    ("第5至10页缺失。", "第5、10页缺失。", T.NUMBER, SUBSTANTIVE),
    ("Open on days 5-10 only.", "Open on days 5–10 only.", T.TYPOGRAPHY, COSMETIC),
    ("Open on days 5-10 only.", "Open on days 5 to 10 only.", T.WORDS, MINOR),
    ("It has between 5 and 10 oars.", "It has between 5-10 oars.", T.WORDS, MINOR),
    ("On day 5, 10 ferries came.", "On day 5 – 10 ferries came.", T.PUNCTUATION, COSMETIC),
    ("Interest of 5% is due.", "Interest of 5‰ is due.", T.NUMBER, SUBSTANTIVE),
    ("It had ~50 rooms.", "It had 50 rooms.", T.NUMBER, SUBSTANTIVE),
    ("It fell “-5” then.", "It fell 5 then.", T.NUMBER, SUBSTANTIVE),
    ("He held that A = B.", "He held that A ≠ B.", T.WORDS, SUBSTANTIVE),
    ("The boat is safe ✓ now.", "The boat is safe ✗ now.", T.WORDS, SUBSTANTIVE),
    ("Rated ★★★★★ by the crew.", "Rated ★ by the crew.", T.WORDS, SUBSTANTIVE),
    ("Rated ★★★☆☆ by the crew.", "Rated ★★★★☆ by the crew.", T.WORDS, SUBSTANTIVE),
    ("He wrote 👍 below it.", "He wrote 👎 below it.", T.WORDS, SUBSTANTIVE),
    ("He wrote 👨\u200d👩\u200d👧 below it.", "He wrote 👨👩👧 below it.", T.WORDS, SUBSTANTIVE),
    ("船员评分★★★★★。", "船员评分★。", T.WORDS, SUBSTANTIVE),
    ("He bore a 🇨🇳 there.", "He bore a 🇹🇼 there.", T.PLACE, SUBSTANTIVE),
    ("He bore a 🇺🇦 there.", "He bore a 🇷🇺 there.", T.PLACE, SUBSTANTIVE),
    ("He bore a 🇨🇳 there.", "He bore a 🇨🇿 there.", T.PLACE, SUBSTANTIVE),
    ("他手持🇨🇳国旗。", "他手持🇨🇿国旗。", T.PLACE, SUBSTANTIVE),
    ("The sum was “5 + 5” then.", "The sum was “5 - 5” then.", T.QUOTED_WORDS, MAJOR),
    ("• The ferry came.", "The ferry came.", T.PUNCTUATION, COSMETIC),
    ("■ The ferry came.", "● The ferry came.", T.PUNCTUATION, COSMETIC),
    ("▲图为渡船。", "图为渡船。", T.PUNCTUATION, COSMETIC),
    ("▲ 5 ferries came.", "5 ferries came.", T.PUNCTUATION, COSMETIC),
    ("The ferry | the pier", "The ferry - the pier", T.PUNCTUATION, COSMETIC),
    ("Read on >> here.", "Read on here.", T.PUNCTUATION, COSMETIC),
    ("The Ferry™ came.", "The Ferry came.", T.PUNCTUATION, COSMETIC),
    ("He wrote ❤ below it.", "He wrote ❤\ufe0f below it.", T.TYPOGRAPHY, COSMETIC),
    ("The boat is safe ✓ now.", "The boat is safe ✔ now.", T.TYPOGRAPHY, COSMETIC),
    ("The \u202aferry\u202c came.", "The ferry came.", T.TYPOGRAPHY, COSMETIC),
    ("It is ＞ 5 here.", "It is > 5 here.", T.TYPOGRAPHY, COSMETIC),
    ("In 20 12 ferries came.", "In 2012 ferries came.", T.NUMBER, SUBSTANTIVE),
    ("They have 5 000 oars.", "They have 50 00 oars.", T.NUMBER, SUBSTANTIVE),
    ("事故死亡5 0人。", "事故死亡50人。", T.NUMBER, MAJOR),
    ("They have 1 500 oars.", "They have 1500 oars.", T.SPACING, COSMETIC),
    ("The way is 50 km long.", "The way is 50km long.", T.SPACING, COSMETIC),
    ("渡船有 12 条。", "渡船有12条。", T.SPACING, COSMETIC),
    ("An old\u00a0ferry came.", "An old ferry came.", T.SPACING, COSMETIC),
    ("An old fer\u00adry came.", "An old ferry came.", T.TYPOGRAPHY, COSMETIC),
    ("国防部发言人陈远舟表示反对。", "国防部发言人宋启明表示反对。", T.NAME, SUBSTANTIVE),
    ("邻国总统贝尔登访问那里。", "邻国总统科兰德访问那里。", T.NAME, SUBSTANTIVE),
    ("台湾军舰参观。", "臺灣軍艦參觀。", T.SPELLING, MINOR),
    ("渡船在台湾停靠。", "渡船在台灣停靠。", T.SPELLING, MINOR),
    ("渡船在湾里停靠。", "渡船在灣裡停靠。", T.SPELLING, MINOR),
    ("中国解放军空军大校说。", "中国解放军空军上校说。", T.RANK, SUBSTANTIVE),
    ("军方已经确认击落敌机。", "军方尚未确认击落敌机。", T.NEGATION, MAJOR),
    ("一架无人机已经坠毁。", "一架直升机已经坠毁。", T.WORDS, SUBSTANTIVE),
    ("演习将在南海举行。", "演习将在东海举行。", T.PLACE, SUBSTANTIVE),
    ("他强调必须坚持下去。", "他指出必须坚持下去。", T.ATTRIBUTION, SUBSTANTIVE),
    ("演习于周一正式开始。", "演习于周二正式开始。", T.DATE, SUBSTANTIVE),
    ("部队开始训练新的课目。", "部队开展训练新的课目。", T.WORDS, MINOR),
    ("部队的训练新的课目。", "部队训练新的课目。", T.WORDS, MINOR),
]


@pytest.mark.parametrize(("old", "new", "kind", "weight"), CASES, ids=[f"{case[0]} > {case[1]}" for case in CASES])
def test_an_edit_has_its_type_in_both_directions(old: str, new: str, kind: EditType, weight: Weight) -> None:
    for before, after in ((old, new), (new, old)):
        assert [(str(edit.type), str(edit.weight)) for edit in edits(before, after)] == [(kind.value, str(weight))]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("It killed 12 people.", "It killed 92 people.", "The number 12 became 92, beside “killed”."),
        ("It has 12 pumps.", "It has pumps.", "The number 12 was removed."),
        ("A general spoke of it.", "Li Wei spoke of it.", "The name “Li Wei” was added."),
        ("It is a mistake.", "It is a “mistake”.", "Quote marks were put round “mistake”."),
        ("It is a “mistake”.", "It is a mistake.", "Quote marks round “mistake” were taken away."),
        ("He may go home.", "He will go home.", "The hedge “may” was removed."),
        ("发言人说不。", "发言人林岳回答说不。", "The name “林岳” was added."),
        ("发言人毛岚强调说不。", "发言人李承远强调说不。", "The name “毛岚” became “李承远”."),
        ("这是合法的行为。", "这是非法的行为。", "The negation changed: “合法” became “非法”."),
        ("Half of the clerks left.", "A third of the clerks left.", "The number Half became A third."),
        ("数十人参加了会议。", "数百人参加了会议。", "The number 数十 became 数百."),
        ("半数代表离开了。", "三分之一代表离开了。", "The number 半数 became 三分之一."),
    ],
)
def test_the_reason_has_the_words(old: str, new: str, reason: str) -> None:
    assert edits(old, new)[0].reason == reason


def test_numbers_that_changed_places_are_two_edits_of_numbers() -> None:
    for signed in ("The rate fell from +5 to -5.", "The rate fell from -5 to +5."):
        other = signed.translate(str.maketrans("+-", "-+"))
        assert [(edit.type, edit.weight) for edit in edits(signed, other)] == [(T.NUMBER, SUBSTANTIVE)] * 2


def test_what_changed_beside_the_script_is_told() -> None:
    found = edits("渡船停靠，没有人受伤，船长说还有12人。", "渡船停靠，有人受傷，船長說還有15人。")
    assert {edit.type for edit in found} == {T.NEGATION, T.SPELLING, T.NUMBER}


def test_what_else_an_edit_meets_stands_within() -> None:
    (edit,) = edits("“We lost 12 men,” he said.", "“We lost 92 men,” he said.")
    assert (edit.type, edit.within) == (T.QUOTED_WORDS, (T.NUMBER,))


def test_a_long_rewriting_is_words_and_its_facts_stand_within() -> None:
    frame = "On the eve of the parade the old wooden bridge over the river, {}, was closed to heavy trucks and carts."
    old = frame.format("which its owner had painted green")
    new = frame.format(
        "where engineers counted 30 deep cracks last week and never received any reply to several angry letters"
        " written to town hall clerks"
    )
    (edit,) = edits(old, new)
    assert edit.type is T.WORDS
    assert {T.NUMBER, T.NEGATION} <= set(edit.within)


def test_a_sentence_that_moved_to_another_paragraph_is_one_edit() -> None:
    one, two = "The dam was closed at noon.", "Traffic is led through the valley."
    old = article(f"{one} The mayor spoke of an outrage.", two)
    new = article(one, f"{two} The mayor spoke of an outrage.")
    (edit,) = compare(old, new).edits
    assert (edit.type, edit.weight) == (T.SENTENCE_MOVED, MINOR)
    assert (edit.old and edit.old.index, edit.new and edit.new.index) == (0, 1)
    assert edit.before.strip() == edit.after.strip() == "The mayor spoke of an outrage."


def test_a_sentence_of_which_nothing_is_left_is_two_edits() -> None:
    old = "The dam was closed at noon. A crane stands on it. Nobody was hurt."
    new = "The dam was closed at noon. Wheat is cheap this year. Nobody was hurt."
    assert sorted(edit.type for edit in edits(old, new)) == [T.SENTENCE_ADDED, T.SENTENCE_REMOVED]


def test_a_paragraph_that_was_split_and_edited_is_both() -> None:
    old = article("The dam was closed at noon on Tuesday. Traffic is led through the valley of the mills.")
    new = article("The dam was closed at noon on Friday.", "Traffic is led through the valley of the mills.")
    found = {edit.type: edit for edit in compare(old, new).edits}
    assert set(found) == {T.PARAGRAPH_SPLIT, T.DATE}
    assert found[T.DATE].after == "Friday"


def test_a_paragraph_that_moved_and_was_edited_is_both() -> None:
    rest = [f"Line {n} speaks about the {word} at length." for n, word in enumerate(("dam", "mill", "oven", "tide"))]
    old = article("The convoy of 12 trucks reached the border in the evening.", *rest)
    new = article(*rest, "The convoy of 92 trucks reached the border in the evening.")
    assert {edit.type for edit in compare(old, new).edits} == {T.PARAGRAPH_MOVED, T.NUMBER}


def test_a_paragraph_that_became_a_subhead_is_told() -> None:
    old = article("The dam was closed at noon.", "What is known so far")
    new = Article(old.headline, language="en", blocks=(old.blocks[0], Block(BlockKind.SUBHEAD, "What is known so far")))
    (edit,) = compare(old, new).edits
    assert (edit.type, edit.reason) == (T.PARAGRAPH_KIND, "A paragraph became a subhead: “What is known so far”")


def test_a_paragraph_that_moved_and_became_a_subhead_is_both() -> None:
    texts = ("The dam holds, the county said.", "The pumps ran all night.", "What is known so far about the dam")
    old, new = article(*texts), article(texts[2], *texts[:2])
    new = replace(new, blocks=(replace(new.blocks[0], kind=BlockKind.SUBHEAD), *new.blocks[1:]))
    assert {edit.type for edit in compare(old, new).edits} == {T.PARAGRAPH_MOVED, T.PARAGRAPH_KIND}


def test_names_at_the_start_of_a_sentence_are_known_by_other_places() -> None:
    other = "He met Zhou and Karim at the mill."
    old = article("Zhou left at noon without a word.", other)
    new = article("Karim left at noon without a word.", other)
    assert compare(old, new).edits[0].type is T.NAME
    old, new = article("Water ran over the dam."), article("Bread ran over the dam.")
    assert compare(old, new).edits[0].type is T.WORDS


def test_an_empty_paragraph_is_white_space_on_either_side() -> None:
    for empty in ("", "  "):
        found = {edit.type: edit for edit in compare(article(empty), article("It sank.")).edits}
        assert found.keys() == {T.SPACING, T.PARAGRAPH_ADDED}
        assert (found[T.SPACING].weight, found[T.SPACING].reason) == (COSMETIC, "An empty paragraph was removed.")
        (back,) = compare(article("It sank."), article("It sank.", empty)).edits
        assert (back.type, back.reason) == (T.SPACING, "An empty paragraph was added.")
