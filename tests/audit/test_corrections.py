"""Corrections in the running text: dropped, changed, kept."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from articles.article import Article
from audit.compare import compare
from audit.edit import Edit, EditType, Weight
from audit.findings import Disclosure
from tests.audit.made import article

T = EditType
WORDS = yaml.safe_load((Path(__file__).parent / "notes.yml").read_text(encoding="utf-8"))
STORY = "The drill had 30 ships."


def said(*texts: str) -> Article:
    return article(*texts, language=None)


def edited(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Edit, ...]:
    return compare(said(*old), said(*new)).edits


@pytest.mark.parametrize("note", WORDS["notes"])
def test_whatever_discloses_an_edit_when_it_comes_is_missed_when_it_goes(note: str) -> None:
    found = compare(said(STORY, note), said(STORY))
    assert [(edit.type, edit.weight) for edit in found.edits] == [(T.CORRECTION_DROPPED, Weight.MAJOR)]
    assert found.edits[0].before == note
    assert found.undisclosed


@pytest.mark.parametrize("text", WORDS["news"])
def test_news_that_goes_is_a_paragraph_removed(text: str) -> None:
    (edit,) = edited((STORY, text), (STORY,))
    assert edit.type is T.PARAGRAPH_REMOVED


def test_a_correction_at_the_end_of_a_paragraph_goes_as_a_sentence() -> None:
    (edit,) = edited((f"{STORY} An earlier version of this article said 13.",), (STORY,))
    assert (edit.type, edit.weight) == (T.CORRECTION_DROPPED, Weight.MAJOR)


@pytest.mark.parametrize(
    ("old", "new", "within"),
    [
        ("Correction: the ships were 13.", "Correction: the ships were 31.", T.NUMBER),
        ("更正：参演舰艇应为13艘。", "更正：参演舰艇应为31艘。", T.NUMBER),
        ("This article was amended on 5 May 2026.", "This article was amended on 6 May 2026.", T.DATE),
    ],
)
def test_a_correction_that_says_otherwise_is_a_correction_changed(old: str, new: str, within: EditType) -> None:
    found = compare(said(STORY, old), said(STORY, new))
    (edit,) = found.edits
    assert (edit.type, edit.weight, edit.within) == (T.CORRECTION_CHANGED, Weight.SUBSTANTIVE, (within,))
    assert found.disclosure is Disclosure.NOTE


def test_a_correction_in_the_place_of_another_is_one_that_changed() -> None:
    old, new = "Correction: the ships sailed in May.", "We regret the error."
    (edit,) = edited((STORY, old), (STORY, new))
    assert (edit.type, edit.before, edit.after) == (T.CORRECTION_CHANGED, old, new)


def test_news_behind_a_note_in_brackets_is_news() -> None:
    note = "(Corrects number in second paragraph) The army killed {} men."
    found = compare(said(note.format(30)), said(note.format(13)))
    assert [edit.type for edit in found.edits] == [T.NUMBER]
    assert found.undisclosed


def test_a_correction_written_otherwise_is_what_it_is() -> None:
    (edit,) = edited((STORY, "Correction: the ships  were 13."), (STORY, "Correction: the ships were 13."))
    assert edit.weight is Weight.COSMETIC
