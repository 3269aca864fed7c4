"""Edits of all that is not the body's running text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from articles.article import Agency, Article, Block, BlockKind, Image, Translation
from audit.compare import compare
from audit.edit import Edit, EditType, Weight
from tests.audit.made import article

T = EditType
NOTE = "Editor's note: This article is translated from Chinese and edited by the China Military Online."


def only(old: Article, new: Article, **images: Any) -> Edit:
    (edit,) = compare(old, new, **images).edits
    return edit


@pytest.mark.parametrize(
    ("old", "new", "weight", "within"),
    [
        ("Fleet returns after drill", "Fleet sinks after drill", Weight.SUBSTANTIVE, (T.WORDS,)),
        ("Quake kills 4 at camp", "Quake kills 14 at camp", Weight.MAJOR, (T.NUMBER,)),
        ("Army denies the leak", "Army confirms the leak", Weight.MAJOR, (T.ATTRIBUTION, T.NEGATION)),
        ("Army knew of leak?", "Army knew of leak", Weight.SUBSTANTIVE, (T.PUNCTUATION,)),
        ("Fleet returns after a drill", "Fleet returns after the drill", Weight.MINOR, (T.WORDS,)),
        ("Fleet “returns” home", 'Fleet "returns" home', Weight.COSMETIC, (T.TYPOGRAPHY,)),
        ("Fleet  returns", "Fleet returns", Weight.COSMETIC, (T.SPACING,)),
    ],
)
def test_a_headline_weighs_what_changed_in_it(old: str, new: str, weight: Weight, within: tuple[EditType, ...]) -> None:
    edit = only(Article(old, language="en"), Article(new, language="en"))
    assert (edit.type, edit.weight, edit.before, edit.after) == (T.HEADLINE, weight, old, new)
    assert set(edit.within) == set(within)


def test_capitals_of_a_title_are_no_names() -> None:
    old = Article("Fleet Praises Young Recruits After Parade", language="en")
    new = Article("Fleet Scolds Young Recruits After Parade", language="en")
    assert only(old, new).within == (T.WORDS,)


def test_each_person_of_a_byline_is_an_edit() -> None:
    old, new = (
        article("A.", byline=("Li Ziyue", "Chen Ze'an")),
        article("A.", byline=("Li Ziyue", "Wang Xinjuan", "Du")),
    )
    first, second = compare(old, new).edits
    assert (first.before, first.after, first.new and first.new.index) == ("Chen Ze'an", "Wang Xinjuan", 1)
    assert (second.before, second.after, second.reason) == ("", "Du", "“Du” was added to the byline.")


@pytest.mark.parametrize(
    ("old", "new", "weight", "within"),
    [
        ("Chen Ze’an", "Chen Ze'an", Weight.COSMETIC, (T.TYPOGRAPHY,)),
        ("张　三", "张三", Weight.COSMETIC, (T.SPACING,)),
        ("Ｌｉ Ｗｅｉ", "Li Wei", Weight.COSMETIC, (T.TYPOGRAPHY,)),
        ("LI WEI", "Li Wei", Weight.MINOR, (T.LETTER_CASE,)),
        ("Li Wei", "Li Wen", Weight.SUBSTANTIVE, ()),
    ],
)
def test_a_name_that_is_only_written_otherwise_is_the_same_name(
    old: str, new: str, weight: Weight, within: tuple[EditType, ...]
) -> None:
    for field, kind in (("byline", T.BYLINE), ("editors", T.EDITOR)):
        one, other = article("A.", **{field: ("Du", old)}), article("A.", **{field: (new, "Du")})
        edit = only(one, other)
        assert (edit.type, edit.weight, edit.within) == (kind, weight, within)
        assert (edit.before, edit.after) == (old, new)
    edit = only(article("A.", agency=Agency(old)), article("A.", agency=Agency(new)))
    assert (edit.type, edit.weight, edit.within) == (T.AGENCY, weight, within)


def test_another_order_of_names_is_minor() -> None:
    edit = only(article("A.", editors=("Huang", "Wang")), article("A.", editors=("Wang", "Huang")))
    assert (edit.type, edit.weight) == (T.EDITOR, Weight.MINOR)
    assert edit.reason == "The order of the editors changed: “Huang” stood where “Wang” stands."


def test_an_agency_has_a_name_and_a_link() -> None:
    old, new = article("A.", agency=Agency("Xinhua", "http://x.cn/a")), article("A.", agency=Agency("Xinhua"))
    assert (only(old, new).type, only(old, new).weight) == (T.AGENCY, Weight.MINOR)
    assert only(old, article("A.")).reason == "The named source of the article “Xinhua” was removed."


@pytest.mark.parametrize(
    ("old", "new", "reason", "weight"),
    [
        ("2026-01-23T08:00:00+08:00", "2026-01-23T17:41:00+08:00", ", 9 h 41 min later.", Weight.SUBSTANTIVE),
        ("2026-01-23T08:00:00+08:00", "2026-01-21T08:00:00+08:00", ", 2 days earlier.", Weight.SUBSTANTIVE),
        ("2026-01-23T08:00:00+08:00", "2026-01-23T00:00:00+00:00", ", the same moment.", Weight.MINOR),
        (None, "2026-01-23T00:00:00+00:00", "00:00+00:00 is given now.", Weight.SUBSTANTIVE),
    ],
)
def test_a_published_time_that_moved(old: str | None, new: str, reason: str, weight: Weight) -> None:
    before, after = (article("A.", published_at=one and datetime.fromisoformat(one)) for one in (old, new))
    edit = only(before, after)
    assert (edit.type, edit.weight, edit.before, edit.after) == (T.PUBLISHED, weight, old or "", new)
    assert edit.reason.endswith(reason)


def test_the_modified_time_moves_alone_or_not() -> None:
    times = [datetime.fromisoformat(f"2026-01-23T0{hour}:00:00+08:00") for hour in (8, 9)]
    old, new = (article("A.", modified_at=time) for time in times)
    assert only(old, new).type is T.MODIFIED_ALONE
    other = article("A.", modified_at=times[1], editors=("Wang",))
    assert [edit.type for edit in compare(old, other).edits] == [T.EDITOR, T.MODIFIED]


def test_another_language_weighs_more_than_another_tag() -> None:
    english = article("A.")
    assert only(english, article("A.", language="en-US")).weight is Weight.MINOR
    assert only(english, article("A.", language="fr")).weight is Weight.SUBSTANTIVE


def noted(note: str, **parts: str) -> Article:
    blocks = (Block(BlockKind.PARAGRAPH, "The dam holds."), Block(BlockKind.NOTE, note))
    return Article("Dam", language="en", blocks=blocks, translation=Translation(note, **parts))


def test_a_translation_note_is_told_once_though_it_stands_in_the_body_too() -> None:
    without = Article("Dam", language="en", blocks=(Block(BlockKind.PARAGRAPH, "The dam holds."),))
    assert only(without, noted(NOTE)).type is T.NOTE_ADDED
    assert only(noted(NOTE), without).type is T.NOTE_DROPPED
    edit = only(noted(NOTE, edited_by="China Military Online"), noted(NOTE.replace("China", "PLA"), edited_by="PLA"))
    assert edit.type is T.NOTE_CHANGED
    assert "(edited by)" in edit.reason


def test_a_part_of_the_translation_that_changed_without_the_note() -> None:
    old, new = (noted(NOTE, original_url=f"http://81.cn/{n}.html") for n in (1, 2))
    edit = only(old, new)
    assert (edit.type, edit.new and edit.new.part, edit.after) == (T.NOTE_CHANGED, "original_url", "//81.cn/2.html")


def test_a_correction_is_told_once_though_it_stands_in_the_body_too() -> None:
    text = "Correction: an earlier version named the wrong port."
    old = article("The dam holds.")
    new = Article(old.headline, language="en", blocks=(*old.blocks, Block(BlockKind.NOTE, text)), correction=text)
    assert only(old, new).type is T.CORRECTION_ADDED
    assert (only(new, old).type, only(new, old).weight) == (T.CORRECTION_DROPPED, Weight.MAJOR)


def pictured(*images: Image) -> Article:
    blocks = [Block(BlockKind.PARAGRAPH, "The dam holds.")]
    blocks += [Block(BlockKind.CAPTION, image.caption) for image in images if image.caption]
    return Article("Dam", language="en", blocks=tuple(blocks), images=images)


def test_a_caption_is_told_once_though_it_stands_in_the_body_too() -> None:
    url = "http://outlet.example/1.jpg"
    edit = only(
        pictured(Image(url, "A sailor of the 4th flotilla.")), pictured(Image(url, "A sailor of the 9th flotilla."))
    )
    assert (edit.type, edit.within) == (T.CAPTION, (T.NUMBER,))
    assert edit.new
    assert (edit.new.field, edit.new.part) == ("images", "caption")
    edit = only(pictured(Image(url, "A sailor at the quay.")), pictured(Image(url, "A soldier at the gate.")))
    assert edit.weight is Weight.MINOR


def test_a_caption_is_told_though_its_image_became_another() -> None:
    old, new = (
        pictured(Image(f"http://outlet.example/{number}.jpg", f"{killed} people were killed here."))
        for number, killed in ((1, 12), (2, 92))
    )
    caption, *images = compare(old, new).edits
    assert (caption.type, caption.weight, caption.within) == (T.CAPTION, Weight.MAJOR, (T.NUMBER,))
    assert {edit.type for edit in images} == {T.IMAGE_ADDED, T.IMAGE_REMOVED}


def test_a_caption_that_came_or_went_with_its_image_is_told_once() -> None:
    shown, words = Image("http://outlet.example/1.jpg", "A sailor at the quay."), "A sailor at the quay."
    *_, came = compare(pictured(), pictured(shown)).edits
    *_, went = compare(pictured(shown), pictured()).edits
    assert [(edit.type, edit.field, edit.before, edit.after) for edit in (came, went)] == [
        (T.CAPTION, "images", "", words),
        (T.CAPTION, "images", words, ""),
    ]
    assert len(compare(pictured(), pictured(shown)).edits) == len(compare(pictured(shown), pictured()).edits) == 2


def test_another_image_under_the_same_words_is_no_edit_of_the_words() -> None:
    old, new = (pictured(Image(f"http://outlet.example/{n}.jpg", "A sailor.", "AP")) for n in (1, 2))
    assert {edit.type for edit in compare(old, new).edits} == {T.IMAGE_ADDED, T.IMAGE_REMOVED}


def test_a_credit_is_told_beside_its_caption_unless_it_is_a_part_of_it() -> None:
    def edits(*sides: tuple[str, str]) -> list[str]:
        old, new = (pictured(Image("http://outlet.example/1.jpg", *side)) for side in sides)
        return sorted(edit.new.part or "" for edit in compare(old, new).edits if edit.new)

    assert edits(("A sailor.", "AP"), ("A soldier.", "Xinhua")) == ["caption", "credit"]
    assert edits(("A sailor.", "AP"), ("A sailor.", "Xinhua")) == ["credit"]
    assert edits(("A sailor. (AP)", "(AP)"), ("A sailor. (Xinhua)", "(Xinhua)")) == ["caption"]


def test_a_caption_that_left_the_body_alone_is_told() -> None:
    whole = pictured(Image("http://outlet.example/1.jpg", "A sailor at the quay."))
    edit = only(whole, Article("Dam", language="en", blocks=whole.blocks[:1], images=whole.images))
    assert (edit.type, edit.field, edit.before) == (T.CAPTION, "blocks", "A sailor at the quay.")


def test_a_caption_block_of_no_image_is_told_as_a_caption() -> None:
    old, new = (
        Article("Dam", language="en", blocks=(Block(BlockKind.CAPTION, f"A {who} looks at the old dam."),))
        for who in ("sailor", "farmer")
    )
    edit = only(old, new)
    assert (edit.type, edit.weight, edit.field) == (T.CAPTION, Weight.MINOR, "blocks")


def test_images_by_their_bytes() -> None:
    here, there = "http://outlet.example/1.jpg", "http://outlet.example/2.jpg"
    one, two = pictured(Image(here)), pictured(Image(there))
    assert {edit.type for edit in compare(one, two).edits} == {T.IMAGE_ADDED, T.IMAGE_REMOVED}
    moved = only(one, two, old_images={here: "sha256:a"}, new_images={there: "sha256:a"})
    assert (moved.type, moved.weight) == (T.IMAGE_REPLACED, Weight.COSMETIC)
    other = only(one, one, old_images={here: "sha256:a"}, new_images={here: "sha256:b"})
    assert (other.type, other.weight) == (T.IMAGE_REPLACED, Weight.SUBSTANTIVE)
    assert compare(one, one, old_images={here: "sha256:a"}).edits == ()


def test_cache_busters_and_schemes_are_no_edits() -> None:
    old = pictured(Image("http://outlet.example/1.jpg?v=1"))
    new = pictured(Image("https://outlet.example/1.jpg?v=2"))
    assert compare(old, new).edits == ()
    digests = {"http://outlet.example/1.jpg?v=1": "sha256:a"}, {"https://outlet.example/1.jpg?v=2": "sha256:b"}
    assert only(old, new, old_images=digests[0], new_images=digests[1]).type is T.IMAGE_REPLACED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("http://a.example/x?utm_source=feed", "http://a.example/x?utm_source=mail&utm_medium=web"),
        ("http://a.example/x?id=5", "http://a.example/x?fbclid=Q&id=5"),
        ("http://a.example/x", "http://a.example/x?gclid=1#top"),
    ],
)
def test_a_link_that_counts_readers_otherwise_is_the_same_link(old: str, new: str) -> None:
    if "#" in new:
        old += "#top"
    edit = only(article("A.", links=(old,)), article("A.", links=(new,)))
    assert (edit.type, edit.weight) == (T.LINK_MOVED, Weight.COSMETIC)
    assert "tracks readers" in edit.reason


def test_a_link_with_another_parameter_is_another_link() -> None:
    old, new = ("http://a.example/x?utm_source=a&id=5", "http://a.example/x?utm_source=a&id=6")
    edits = compare(article("A.", links=(old,)), article("A.", links=(new,))).edits
    assert [edit.type for edit in edits] == [T.LINK_REMOVED, T.LINK_ADDED]


def test_links_come_go_and_move() -> None:
    a, b, c = (f"http://{name}.example/" for name in "abc")
    old = article("A.", links=(a, b))
    assert [edit.type for edit in compare(old, article("A.", links=(a, c))).edits] == [T.LINK_REMOVED, T.LINK_ADDED]
    moved = only(old, article("A.", links=(b, a)))
    assert (moved.type, moved.weight) == (T.LINK_MOVED, Weight.COSMETIC)
