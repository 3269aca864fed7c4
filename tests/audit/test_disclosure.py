"""What counts as telling readers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from audit.compare import compare
from audit.findings import Disclosure
from tests.audit.made import article

EDITED = "The drill lasted 30 days."


def disclosed(*texts: str, **fields: Any) -> Disclosure:
    return compare(article("The drill lasted 3 days."), article(*texts, **fields)).disclosure


def test_nothing_is_nothing() -> None:
    found = compare(article("The drill lasted 3 days."), article(EDITED))
    assert (found.disclosure, found.undisclosed) == (Disclosure.NONE, True)


@pytest.mark.parametrize("field", ["modified_at", "published_at"])
def test_another_time_is_a_time_stamp_only(field: str) -> None:
    time = datetime.fromisoformat("2026-01-23T08:00:00+08:00")
    found = compare(article("The drill lasted 3 days."), article(EDITED, **{field: time}))
    assert (found.disclosure, found.undisclosed) == (Disclosure.TIMESTAMP, True)
    back = compare(article(EDITED, **{field: time}), article("The drill lasted 3 days."))
    assert back.disclosure is Disclosure.NONE


@pytest.mark.parametrize(
    "fields",
    [
        {"headline": "Reservoir watched (Updated)"},
        {"headline": "UPDATE: Reservoir watched"},
        {"headline": "UPDATE 2-Reservoir watched"},
        {"headline": "水库守望（更新）"},
        {"headline": "【更新】水库守望"},
        {"kicker": "Updated: 14:30"},
    ],
)
def test_a_tag_is_a_tag(fields: dict[str, str]) -> None:
    found = compare(article("The drill lasted 3 days."), article(EDITED, **fields))
    assert (found.disclosure, found.undisclosed) == (Disclosure.UPDATED_TAG, False)


def test_a_tag_in_the_first_paragraph_counts_and_in_the_last_does_not() -> None:
    assert disclosed(f"(Updated at 16:00) {EDITED}") is Disclosure.UPDATED_TAG
    assert disclosed(EDITED, "The handbook (updated edition) is out.") is Disclosure.NONE


def test_a_tag_that_was_there_before_says_nothing_and_a_newer_one_does() -> None:
    old = article("The drill lasted 3 days.", headline="Dam holds (Updated 14:00)")
    assert compare(old, article(EDITED, headline="Dam holds (Updated 14:00)")).disclosure is Disclosure.NONE
    assert compare(old, article(EDITED, headline="Dam holds (Updated 16:00)")).disclosure is Disclosure.UPDATED_TAG


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The drill lasted 30 days, not 3.",
        "This article has been updated to reflect the length of the drill.",
        "An earlier version of this story gave a wrong number.",
        "Editor's note: the story was corrected on Friday.",
        "更正：演习持续了三十天。",
        "本文已更新。",
    ],
)
def test_a_note_is_a_note(note: str) -> None:
    assert disclosed(EDITED, note) is Disclosure.NOTE
    back = compare(article(EDITED, note), article("The drill lasted 3 days."))
    assert back.disclosure is Disclosure.NONE


def test_a_correction_field_is_a_note() -> None:
    assert disclosed(EDITED, correction="The drill lasted 30 days.") is Disclosure.NOTE


@pytest.mark.parametrize(
    "text",
    [
        "The plan was changed to save money.",
        "The radar was updated in 2020 with new parts.",
        "Officers corrected the course of the boat.",
        "此前，该部队已完成训练。",
        "The revised edition has 214 pages.",
    ],
)
def test_news_about_changes_is_no_note(text: str) -> None:
    assert disclosed(EDITED, text) is Disclosure.NONE
