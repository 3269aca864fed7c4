"""What counts as telling readers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.compare import compare
from audit.findings import Disclosure
from tests.audit.made import article

EDITED = "The drill lasted 30 days."
WORDS = yaml.safe_load((Path(__file__).parent / "notes.yml").read_text(encoding="utf-8"))


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


@pytest.mark.parametrize("field", ["modified_at", "published_at"])
def test_the_same_moment_in_another_zone_is_nothing(field: str) -> None:
    here, there = (datetime.fromisoformat(time) for time in ("2026-01-23T08:00:00+08:00", "2026-01-23T00:00:00+00:00"))
    for old, new in ((here, there), (there, here)):
        found = compare(article("The drill lasted 3 days.", **{field: old}), article(EDITED, **{field: new}))
        assert (found.disclosure, found.undisclosed) == (Disclosure.NONE, True)


def tagged(texts: dict[str, str]) -> Disclosure:
    fields = {name: text for name, text in texts.items() if name not in ("first", "last")}
    body = [text for text in (texts.get("first"), EDITED, texts.get("last")) if text]
    return disclosed(*body, **fields)


@pytest.mark.parametrize("texts", WORDS["tags"], ids=str)
def test_a_tag_is_a_tag(texts: dict[str, str]) -> None:
    assert tagged(texts) is Disclosure.UPDATED_TAG


@pytest.mark.parametrize("texts", WORDS["no_tags"], ids=str)
def test_what_looks_like_a_tag_is_none(texts: dict[str, str]) -> None:
    assert tagged(texts) is Disclosure.NONE


def test_a_tag_in_the_first_paragraph_counts_and_in_the_last_does_not() -> None:
    assert disclosed(f"(Updated at 16:00) {EDITED}") is Disclosure.UPDATED_TAG
    assert disclosed(EDITED, "The handbook (updated edition) is out.") is Disclosure.NONE


def test_a_tag_that_was_there_before_says_nothing_and_a_newer_one_does() -> None:
    old = article("The drill lasted 3 days.", headline="Dam holds (Updated 14:00)")
    assert compare(old, article(EDITED, headline="Dam holds (Updated 14:00)")).disclosure is Disclosure.NONE
    assert compare(old, article(EDITED, headline="Dam holds (Updated 16:00)")).disclosure is Disclosure.UPDATED_TAG


@pytest.mark.parametrize("note", WORDS["notes"])
def test_a_note_is_a_note(note: str) -> None:
    assert disclosed(EDITED, note) is Disclosure.NOTE
    back = compare(article(EDITED, note), article("The drill lasted 3 days."))
    assert back.disclosure is Disclosure.NONE


@pytest.mark.parametrize("text", WORDS["news"])
def test_news_about_changes_is_no_note(text: str) -> None:
    assert disclosed(EDITED, text) is Disclosure.NONE
    assert disclosed(f"{EDITED} {text}") is Disclosure.NONE


def test_there_are_enough_of_them() -> None:
    assert len(WORDS["notes"]) >= 25
    assert len(WORDS["news"]) >= 25


def test_a_note_is_read_with_what_stands_round_the_edit() -> None:
    old = article(EDITED, "This article was written by the ministry.")
    assert compare(old, article(EDITED, "This article was updated by the editors.")).disclosure is Disclosure.NOTE
    old = article(EDITED, "The chart of the strait was drawn in 1982.")
    assert compare(old, article(EDITED, "The chart of the strait was updated in 1982.")).disclosure is Disclosure.NONE


def test_a_correction_field_is_a_note() -> None:
    assert disclosed(EDITED, correction="The drill lasted 30 days.") is Disclosure.NOTE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("This article was updated on January 5, 2026.", "This article was updated on January 6, 2026."),
        ("本文于1月5日修改。", "本文于1月6日修改。"),
    ],
)
def test_a_note_with_another_date_is_another_note(old: str, new: str) -> None:
    assert compare(article(EDITED, old), article(EDITED, new)).disclosure is Disclosure.NOTE


def test_another_date_elsewhere_is_none() -> None:
    text = "This article was updated on January 5, 2026. The dam was closed to all traffic of the valley on May {}."
    assert compare(article(text.format(5)), article(text.format(9))).disclosure is Disclosure.NONE
