"""Edits of a page's own times, by their moments and by the words that stand there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.article import Article
from articles.canonical import content_id
from articles.moments import read_moment
from articles.written_times import UNKNOWN, WrittenTimes
from audit.compare import compare
from audit.edit import EditType, Weight
from audit.edit_digests import digests
from audit.findings import Disclosure, Findings
from tests.audit.made import article, pairs

T = EditType
BEIJING = ZoneInfo("Asia/Shanghai")
RAW = (
    "",
    "2026-01-23",
    "2026年1月23日",
    "2026-01-24",
    "2026-01-23 15:59",
    "2026-01-23  15:59:00",
    "yesterday",
    "last May",
)


def printed(raw: str, *texts: str) -> Article:
    """Return an article that prints this time of publication, as a reader reads it."""
    return article(*texts, published_at=read_moment(raw, BEIJING).at, published_raw=raw or None)


def compared(old: Article, new: Article) -> Findings:
    return compare(old, new, old_times=WrittenTimes.of(old), new_times=WrittenTimes.of(new))


@pytest.mark.parametrize(
    ("old", "new", "kind", "weight", "reason"),
    [
        ("2026-01-23", "2026-01-24", T.PUBLISHED, Weight.SUBSTANTIVE, "to 2026-01-24, by the words"),
        ("yesterday", "last May", T.PUBLISHED, Weight.SUBSTANTIVE, "moved from yesterday to last May"),
        ("2026-01-23", "2026-01-24 15:59", T.PUBLISHED, Weight.SUBSTANTIVE, "to 2026-01-24 15:59, by the words"),
        ("2026-01-23 15:59", "2026-01-23", T.PUBLISHED, Weight.MINOR, "from 2026-01-23 15:59 to 2026-01-23"),
        ("", "2026-01-23", T.PUBLISHED, Weight.SUBSTANTIVE, "time 2026-01-23 is given now"),
        ("2026-01-23", "", T.PUBLISHED, Weight.SUBSTANTIVE, "time 2026-01-23 is no longer given"),
        ("", "2026-01-23 15:59", T.PUBLISHED, Weight.SUBSTANTIVE, "2026-01-23T15:59:00+08:00 is given now"),
        ("2026-01-23", "2026年1月23日", T.TIME_WRITTEN, Weight.COSMETIC, "written otherwise: “2026-01-23”"),
        ("2026-01-23 15:59", "2026/1/23 15:59:00", T.TIME_WRITTEN, Weight.COSMETIC, "The published time is the same"),
        ("last May", "last  May", T.TIME_WRITTEN, Weight.COSMETIC, "is the same"),
    ],
)  # fmt: skip
def test_words_tell_what_moments_do_not(old: str, new: str, kind: EditType, weight: Weight, reason: str) -> None:
    before, after = printed(old, "A."), printed(new, "A.")
    (edit,) = compared(before, after).edits
    assert (edit.type, edit.weight) == (kind, weight)
    assert reason in edit.reason
    (back,) = compared(after, before).edits
    assert (back.type, back.weight, back.before, back.after) == (kind, weight, edit.after, edit.before)


def test_the_same_moment_in_other_words_is_form_beside_other_edits_and_hides_none_of_them() -> None:
    old, new = printed("2026-01-23 15:59", "Twelve boats."), printed("2026/1/23 15:59", "Nine boats.")
    edits = compared(old, new).edits
    assert [(edit.type, edit.weight) for edit in edits] == [
        (T.NUMBER, Weight.SUBSTANTIVE),
        (T.TIME_WRITTEN, Weight.COSMETIC),
    ]
    without = compare(old, new)
    assert compared(old, new).score == without.score
    # A template that writes each article's time otherwise does not make the edits that came with it each its own.
    assert digests(edits, old, new) == digests(without.edits, old, new)


def test_a_modified_time_moves_alone_whatever_the_other_one_looks_like() -> None:
    moment = datetime(2026, 1, 23, 8, tzinfo=BEIJING)
    old, new = printed("2026-01-23 15:59", "A."), printed("2026/1/23 15:59", "A.")
    old, new = replace(old, modified_at=moment), replace(new, modified_at=moment + timedelta(hours=1))
    assert [edit.type for edit in compared(old, new).edits] == [T.MODIFIED_ALONE, T.TIME_WRITTEN]
    old, new = (article("A.", modified_raw=day) for day in ("2026-01-23", "2026-01-24"))
    (edit,) = compared(old, new).edits
    assert (edit.type, edit.weight, edit.field) == (T.MODIFIED_ALONE, Weight.MINOR, "modified_raw")


def test_another_time_discloses_as_much_whether_it_can_be_read_or_not() -> None:
    told = [
        compared(printed(old, "Twelve boats."), printed(new, "Nine boats.")).disclosure
        for old, new in (("2026-01-23", "2026-01-24"), ("2026-01-23", "2026年1月23日"), ("2026-01-23", ""))
    ]
    assert told == [Disclosure.TIMESTAMP, Disclosure.NONE, Disclosure.NONE]


@settings(max_examples=200, deadline=None)
@given(pairs, st.tuples(*[st.sampled_from(RAW)] * 4))
def test_where_the_words_of_one_side_are_not_known_nothing_follows_from_them(
    pair: tuple[Article, Article], raw: tuple[str, str, str, str]
) -> None:
    old, new = pair
    times = WrittenTimes(*raw[:2]), WrittenTimes(*raw[2:])
    without = compare(old, new)
    assert compare(old, new, old_times=times[0]) == compare(old, new, new_times=times[1]) == without
    assert compare(old, new, old_times=times[0], new_times=times[0]) == without
    assert compare(old, old, old_times=times[0], new_times=times[0]).edits == ()
    found = compare(old, new, old_times=times[0], new_times=times[1])
    assert {edit.field for edit in found.edits} - {edit.field for edit in without.edits} <= {
        "published_raw",
        "modified_raw",
    }
    for edit in found.edits:
        if edit.field.endswith("_raw"):
            sides = zip((edit.old, edit.new), (edit.before, edit.after), times, strict=True)
            for place, words, of in sides:
                assert words == (getattr(of, edit.field.removesuffix("_raw")) if place else "")


def test_no_words_of_times_are_in_a_content_id() -> None:
    one = printed("2026-01-23", "A.")
    assert content_id(one) == content_id(replace(one, published_raw="2026-01-24"))
    assert WrittenTimes.in_json({"headline": "A."}) == UNKNOWN
