"""A date, or who says so, that only stands elsewhere in its sentence is word order, minor; what else moved is not."""

from __future__ import annotations

import pytest

from audit.compare import compare
from audit.edit import EditType, Weight
from tests.audit.made import article, edits

T = EditType


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("On Monday the minister met reporters.", "The minister met reporters Monday."),
        (
            "A court on Thursday sentenced the minister to nine years.",
            "A court sentenced the former minister to nine years on Thursday.",
        ),
        (
            "According to the ministry, the pipeline will carry oil.",
            "The pipeline will carry oil, the ministry said.",
        ),
    ],
)
def test_what_moved_inside_its_sentence_is_word_order(old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        moved = [edit for edit in edits(before, after) if edit.type is T.WORD_ORDER]
        assert len(moved) == 2
        assert all(edit.weight is Weight.MINOR and "stands elsewhere" in edit.reason for edit in moved)
        assert not any(edit.type in (T.DATE, T.ATTRIBUTION) for edit in edits(before, after))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("On Monday the minister met reporters.", "The minister met reporters Tuesday."),
        ("On Monday the minister met reporters. He left.", "The minister met reporters. He left Monday."),
        (
            "The army said it had won, the navy claimed it had lost.",
            "The navy claimed it had won, the army said it had lost.",
        ),
        ("On Monday Hale left, on Tuesday Weiss left.", "On Tuesday Hale left, on Monday Weiss left."),
    ],
)
def test_what_says_something_else_is_not(old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        assert max(edit.weight for edit in edits(before, after)) >= Weight.SUBSTANTIVE


@pytest.mark.parametrize(("short", "long"), [("Petrov", "Sergei Petrov"), ("Kim", "Kim Yong Chol")])
def test_a_name_in_full_is_the_same_name(short: str, long: str) -> None:
    for before, after in ((short, long), (long, short)):
        (edit,) = edits(f"Yesterday {before} spoke of the fire.", f"Yesterday {after} spoke of the fire.")
        assert (edit.type, edit.weight) == (T.NAME, Weight.MINOR)
        assert f"“{short}” is a part of “{long}”" in edit.reason


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Yesterday Petrov spoke of it.", "Yesterday Petrov and Orlov spoke of it."),
        ("Yesterday Sergei Petrov spoke of it.", "Yesterday Anna Petrov spoke of it."),
        ("Yesterday Petrov spoke of it.", "Yesterday Colonel Sergei Petrov spoke of it."),
    ],
)
def test_another_name_is_not(old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        assert max(edit.weight for edit in edits(before, after)) >= Weight.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("Joe Biden met his lawyers. Biden left.",), ("Joe Biden met his lawyers. Hunter Biden left.",)),
        (("President Biden met them.", "Then Biden left."), ("President Biden met them.", "Then Hunter Biden left.")),
        (("Bashar al-Assad fled.", "Then Assad left."), ("Bashar al-Assad fled.", "Then Maher Assad left.")),
        (("Kim Jong Un met them.", "Then Kim left."), ("Kim Jong Un met them.", "Then Kim Yo Jong left.")),
    ],
)
def test_a_name_in_full_may_be_that_of_another_whom_the_article_knows(
    old: tuple[str, ...], new: tuple[str, ...]
) -> None:
    for before, after in ((old, new), (new, old)):
        (edit,) = compare(article(*before), article(*after)).edits
        assert (edit.type, edit.weight) == (T.NAME, Weight.SUBSTANTIVE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("Minister Petrov met them. Petrov left.",), ("Minister Sergei Petrov met them. Petrov left.",)),
        (("Kim Jong Un met them.", "On Monday Kim left."), ("Kim Jong Un met them.", "On Monday Kim Jong Un left.")),
    ],
)
def test_a_name_in_full_is_the_same_where_it_comes_first_or_was_told_in_full(
    old: tuple[str, ...], new: tuple[str, ...]
) -> None:
    for before, after in ((old, new), (new, old)):
        (edit,) = compare(article(*before), article(*after)).edits
        assert (edit.type, edit.weight) == (T.NAME, Weight.MINOR)


def test_first_letters_in_brackets_add_nothing() -> None:
    one, other = "He spoke to the United Nations of it.", "He spoke to the United Nations (UN) of it."
    for before, after in ((one, other), (other, one)):
        (edit,) = edits(before, after)
        assert (edit.type, edit.weight) == (T.WORDS, Weight.MINOR)
    assert edits(one, other.replace("UN", "EU"))[0].weight >= Weight.SUBSTANTIVE
