"""One word spelled otherwise is spelling, in listed words and in names too; another word or name is not."""

from __future__ import annotations

import pytest

from audit.edit import EditType, Weight
from audit.rules.variants import CONFUSED
from tests.audit.made import edits

T = EditType


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The talks ended on Wendesday.", "The talks ended on Wednesday."),
        ("Two Ukranian boats came.", "Two Ukrainian boats came."),
        ("The boats came to Beijng.", "The boats came to Beijing."),
        ("It was teh first drill.", "It was the first drill."),
        ("The presdient spoke first.", "The president spoke first."),
        ("It was reportedley old.", "It was reportedly old."),
        ("It cost 5 milion yuan.", "It cost 5 million yuan."),
        ("The programme is old.", "The program is old."),
        ("They lost there boats.", "They lost their boats."),
        ("The new rules affect a change.", "The new rules effect a change."),
        ("He met Premier Zhou Enlai.", "He met Premier Zhou Enali."),
        ("He met Khalifa Haftar.", "He met Khalifa Hifter."),
        ("He met Boris Johanson.", "He met Boris Johansson."),
        ("The ship ship left port.", "The ship left port."),
        ("It was the the first drill.", "It was the first drill."),
        ("Talks began in Kyiv on Monday.", "Talks began in Kiev on Monday."),
        ("He met President Zelenskyy.", "He met President Zelensky."),
        ("They met in Zurich on Monday.", "They met in Zürich on Monday."),
        ("It was the forth such accident.", "It was the fourth such accident."),
        ("公司应尽快归还欠帐。", "公司应尽快归还欠账。"),
        ("会议要求做好隐患排察工作。", "会议要求做好隐患排查工作。"),
        ("会议布署了防汛工作。", "会议部署了防汛工作。"),
        ("截止目前已有多家企业参加。", "截至目前已有多家企业参加。"),
        ("コンピュータの不具合だった。", "コンピューターの不具合だった。"),
    ],
)
def test_a_slip_of_the_pen_is_spelling(old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        assert [(edit.type, edit.weight) for edit in edits(before, after)] == [(T.SPELLING, Weight.MINOR)]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("He met Robert Hale.", "He met Robert Hall.", T.NAME),
        ("He met General Li Wei.", "He met General Li Wen.", T.NAME),
        ("He met Anna Martin.", "He met Anna Martinez.", T.NAME),
        ("The boats came to Iran.", "The boats came to Iraq.", T.PLACE),
        ("The boats came to Austria.", "The boats came to Australia.", T.PLACE),
        ("The talks ended on Monday.", "The talks ended on Sunday.", T.DATE),
        ("The crowd attacked them.", "The crowd attached them.", T.WORDS),
        ("The move is legal there.", "The move is illegal there.", T.NEGATION),
        ("The ship left the port.", "The old ship left the port.", T.WORDS),
        ("It cost sixteen yuan.", "It cost sixty yuan.", T.NUMBER),
        ("He called it teh first.", "He called it “the” first.", T.QUOTE_MARKS),
    ],
)
def test_another_word_is_no_slip(old: str, new: str, kind: EditType) -> None:
    for before, after in ((old, new), (new, old)):
        heaviest = edits(before, after)[0]
        assert heaviest.type is kind
        assert heaviest.weight >= Weight.SUBSTANTIVE


def test_words_that_are_confused_stand_once() -> None:
    words = CONFUSED.split()
    assert len(words) == len(set(words))
