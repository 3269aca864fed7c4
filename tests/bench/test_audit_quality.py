"""The figures stated of the audit are as good as the scorer that counts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.edit import EditType, Weight
from audit.findings import Disclosure
from bench.audit_quality import BLIND, JUDGED, OPEN, Scores, YesOrNo, found_in, scores_of
from bench.held_out import BadLabel, Labelled, labelled_pairs

OLD, NEW = "The council met on Monday.", "The council met on Friday."
DATE = Labelled("en", (EditType.DATE,), (Weight.SUBSTANTIVE,), OLD, NEW)
COSMETIC = Labelled("en", (EditType.NUMBER,), (Weight.COSMETIC, Weight.MINOR), OLD, NEW)


def test_right_labels_are_hits() -> None:
    scores = scores_of([DATE])["en"]
    assert (scores.pairs, scores.exact_types, scores.exact_weights) == (1, 1, 1)
    assert (scores.hits, scores.false_alarms, scores.misses) == ({"date": 1}, {}, {})
    assert scores.substantive_or_more == YesOrNo(hits=1) == scores.undisclosed


def test_other_labels_are_misses_and_false_alarms() -> None:
    scores = scores_of([COSMETIC])["all"]
    assert (scores.exact_types, scores.exact_weights, scores.heavier, scores.lighter) == (0, 0, 1, 0)
    assert (scores.misses, scores.false_alarms) == ({"number": 1}, {"date": 1})
    assert scores.substantive_or_more == YesOrNo(false_alarms=1)


def test_weights_on_both_sides_of_the_line_are_left_out() -> None:
    pair = Labelled("en", (EditType.DATE,), (Weight.MINOR, Weight.SUBSTANTIVE), OLD, NEW)
    scores = scores_of([pair])["all"]
    assert scores.exact_weights == 1
    assert scores.substantive_or_more == YesOrNo(left_out=1) == scores.undisclosed


def test_a_lighter_finding_is_a_miss() -> None:
    scores = Scores()
    scores.count(
        Labelled("en", (EditType.NEGATION,), (Weight.MAJOR,), OLD, NEW),
        found_in(Labelled("en", (), (), "The  council met.", "The council met.")),
    )
    assert scores.lighter == 1
    assert scores.substantive_or_more == YesOrNo(misses=1) == scores.undisclosed


def test_a_note_in_a_paragraph_of_its_own_is_disclosure() -> None:
    note = f"{NEW}\nCorrection: An earlier version of this article gave the wrong day."
    types = (EditType.DATE, EditType.PARAGRAPH_ADDED)
    pair = Labelled("en", types, (Weight.SUBSTANTIVE,), OLD, note, Disclosure.NOTE)
    scores = scores_of([pair])["all"]
    assert (scores.labelled, scores.exact_disclosures, scores.exact_types) == (1, 1, 1)
    assert scores.disclosed == YesOrNo(hits=1)
    assert scores.undisclosed == YesOrNo(passed_over=1)
    plain = Scores()
    plain.count(pair, found_in(DATE))
    assert (plain.exact_disclosures, plain.disclosed) == (0, YesOrNo(misses=1))
    assert plain.undisclosed == YesOrNo(false_alarms=1)


def test_languages_are_counted_apart_and_together() -> None:
    chinese = Labelled("zh", (EditType.DATE,), (Weight.SUBSTANTIVE,), "会议于周一举行。", "会议于周五举行。")
    assert {name: scores.pairs for name, scores in scores_of([DATE, COSMETIC, chinese]).items()} == {
        "all": 3,
        "en": 2,
        "zh": 1,
    }


@pytest.mark.parametrize("path", [OPEN, BLIND, JUDGED], ids=lambda path: path.stem)
def test_every_pair_of_the_files_can_be_read_and_stands_there_once(path: Path) -> None:
    pairs = labelled_pairs(path)
    assert len({(pair.old, pair.new) for pair in pairs}) == len(pairs) > 60


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("[en, [data], minor, a, b]", "data"),
        ("[en, [date], middling, a, b]", "MIDDLING"),
        ("[en, [date], minor, a]", "not enough"),
        ("[en, [date], minor, a, b, told]", "told"),
        ("[en, [date], minor, a, a]", "the same"),
    ],
)
def test_a_bad_label_is_named_with_its_place(tmp_path: Path, row: str, wrong: str) -> None:
    path = tmp_path / "pairs.yml"
    path.write_text(f"- [en, [date], minor, a, b]\n- {row}\n", encoding="utf-8")
    with pytest.raises(BadLabel, match=rf"pairs\.yml, pair 2: .*{wrong}"):
        labelled_pairs(path)
