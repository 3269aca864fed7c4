"""What holds for every comparison, whatever the articles."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from articles.article import Article
from articles.canonical import as_identified, canonical, content_id
from audit.body_diff import Fate
from audit.compare import compare
from audit.edit import EditType, Place, Weight
from audit.findings import Disclosure
from audit.findings_json import to_json
from audit.report.marks import OF_PARAGRAPHS
from audit.runs import LONGEST
from tests.audit.made import article, articles, pair_of, pairs

ROOT = Path(__file__).resolve().parents[2]
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
often = settings(max_examples=300, deadline=None)
MIRRORED = {
    EditType.SENTENCE_ADDED: EditType.SENTENCE_REMOVED,
    EditType.PARAGRAPH_ADDED: EditType.PARAGRAPH_REMOVED,
    EditType.PARAGRAPH_SPLIT: EditType.PARAGRAPH_MERGED,
    EditType.IMAGE_ADDED: EditType.IMAGE_REMOVED,
    EditType.LINK_ADDED: EditType.LINK_REMOVED,
    EditType.NOTE_ADDED: EditType.NOTE_DROPPED,
    EditType.CORRECTION_ADDED: EditType.CORRECTION_DROPPED,
}
STAYED = (
    EditType.PARAGRAPH_MOVED,
    EditType.PARAGRAPH_KIND,
    EditType.SENTENCE_MOVED,
    EditType.IMAGE_REPLACED,
    EditType.IMAGE_MOVED,
    EditType.LINK_MOVED,
)
WHOLE = {EditType.PARAGRAPH_ADDED, EditType.PARAGRAPH_REMOVED}
MIRRORED |= {there: here for here, there in MIRRORED.items()}


def at(article: Article, place: Place) -> str:
    """Return the characters of an article at a place."""
    value = as_identified(article).to_json()[place.field]
    if place.index is not None:
        value = value[place.index]
    if place.field == "blocks":
        value = value["text"]
    elif place.part is not None:
        value = value[place.part]
    return value[place.start : place.end]


@often
@given(articles)
def test_an_article_has_no_edits_against_itself(one: Article) -> None:
    found = compare(one, one)
    assert (found.edits, found.weight, found.score, found.disclosure) == ((), Weight.COSMETIC, 0, Disclosure.NONE)
    assert not found.undisclosed


@often
@given(pairs)
def test_every_edit_says_what_stands_at_its_places(pair: tuple[Article, Article]) -> None:
    old, new = pair
    found = compare(old, new)
    for edit in found.edits:
        assert edit.old or edit.new
        assert edit.before == (at(old, edit.old) if edit.old else "")
        assert edit.after == (at(new, edit.new) if edit.new else "")
        assert edit.before != edit.after or edit.type in STAYED or not edit.before
        assert edit.place.field == edit.field
        if edit.field == "blocks":
            assert (edit.old is None, edit.new is None) == (not old.blocks, not new.blocks)
        assert edit.reason.strip()
        assert "{" not in edit.reason.replace(edit.before, "").replace(edit.after, "")
        assert edit.type not in edit.within
    assert [edit.weight for edit in found.edits] == sorted((edit.weight for edit in found.edits), reverse=True)


@often
@given(pairs)
def test_the_places_of_a_paragraph_s_edits_lead_from_its_old_text_to_its_new_one(pair: tuple[Article, Article]) -> None:
    old, new = map(as_identified, pair)
    found = compare(old, new)
    elsewhere = {edit.old.index for edit in found.edits if edit.type is EditType.SENTENCE_MOVED and edit.old}
    elsewhere |= {edit.new.index for edit in found.edits if edit.type is EditType.SENTENCE_MOVED and edit.new}
    for row in found.body.rows:
        if row.fate is not Fate.EDITED or elsewhere & {*row.old, *row.new}:
            continue
        text, became = old.blocks[row.old[0]].text, new.blocks[row.new[0]].text
        inside = [
            (edit.old, edit.new, edit.after)
            for edit in found.edits
            if edit.field == "blocks" and edit.type not in OF_PARAGRAPHS | WHOLE and edit.old and edit.new
            if (edit.old.index, edit.new.index) == (row.old[0], row.new[0])
        ]
        if not inside:
            continue  # a caption or a note, told by the field that has it too
        rebuilt, done = "", 0
        for place, there, words in sorted(inside, key=lambda each: (each[0].start, each[1].start)):
            rebuilt += text[done : place.start]
            assert "".join(rebuilt.split()) == "".join(became[: there.start].split())
            rebuilt, done = rebuilt + words, place.end
        # A sentence that was put in or taken out takes the space beside it with it.
        assert "".join((rebuilt + text[done:]).split()) == "".join(became.split())


def test_what_was_put_in_or_taken_out_has_its_place_in_both_states() -> None:
    with_it, without = article("He was not there.", "The dam holds."), article("He was there.", "The dam holds.")
    (put_in,), (taken_out,) = compare(without, with_it).edits, compare(with_it, without).edits
    assert (put_in.old, put_in.new) == (Place("blocks", 7, 7, 0), Place("blocks", 7, 11, 0))
    assert (taken_out.old, taken_out.new) == (put_in.new, put_in.old)
    longer = article(*(block.text for block in without.blocks), "It rained all night in the hills.")
    first = article("It rained all night in the hills.", *(block.text for block in without.blocks))
    for one, gap in ((longer, Place("blocks", 14, 14, 1)), (first, Place("blocks", 0, 0, 0))):
        (came,), (went,) = compare(without, one).edits, compare(one, without).edits
        assert (came.old, went.new) == (gap, gap)
        assert came.new == went.old == came.place == went.place
    (alone,) = compare(article(), article("It rained all night in the hills.")).edits
    assert (alone.old, alone.place) == (None, alone.new)


@often
@given(pairs)
def test_there_is_an_edit_if_and_only_if_the_content_ids_differ(pair: tuple[Article, Article]) -> None:
    assert bool(compare(*pair).edits) == (content_id(pair[0]) != content_id(pair[1]))


@often
@given(pairs)
def test_findings_follow_from_what_the_content_ids_name(pair: tuple[Article, Article]) -> None:
    kept = [Article.from_json(json.loads(canonical(one))) for one in pair]
    assert to_json(compare(*pair)) == to_json(compare(*kept))


@often
@given(pairs)
def test_the_score_is_the_sum_of_its_parts(pair: tuple[Article, Article]) -> None:
    found = compare(*pair)
    assert found.score == min(100, sum(part.points for part in found.parts))
    assert found.weight >= max((edit.weight for edit in found.edits), default=Weight.COSMETIC)
    substantive = sum(edit.points for edit in found.edits if edit.weight >= Weight.SUBSTANTIVE)
    assert sum(part.points for part in found.parts) >= substantive


def test_backwards_the_types_are_mirrored() -> None:
    old = article(
        "The bridge was closed at noon. Two cranes had been left on it.",
        "Critics say that the money for the repair was never there.",
        "The drill lasted 3 days and ended near the strait.",
        links=("http://data.example/set.csv",),
        correction="Correction: the port was another.",
    )
    new = article(
        "The bridge was closed at noon.",
        "The drill lasted 30 days and reportedly ended near the strait.",
        "An inquiry was opened against the owner of the yard, the mayor announced in the evening.",
    )
    forth, back = compare(old, new).edits, compare(new, old).edits
    assert len(forth) == 7
    assert sorted(MIRRORED.get(edit.type, edit.type) for edit in forth) == sorted(edit.type for edit in back)


def test_backwards_the_types_are_mirrored_nearly_always() -> None:
    """Nearly: where two alignments are equally good, which one is taken may depend on the direction."""
    mirrored = 0
    for seed in range(300):
        old, new = pair_of(seed)
        forth = sorted(MIRRORED.get(edit.type, edit.type) for edit in compare(old, new).edits)
        mirrored += forth == sorted(edit.type for edit in compare(new, old).edits)
    assert mirrored >= 297


def test_the_whole_of_a_replaced_text_is_major() -> None:
    words = ("dam", "flood", "garrison", "engineer", "water", "night", "watch", "pump")
    old = article(*(f"The {word} of the {word} number is here and it is told at length." for word in words))
    new = article("Nothing of that is left: the outlet speaks about bread, ovens, mills and the price of flour.")
    found = compare(old, new)
    assert found.weight is Weight.MAJOR
    assert any("of the old text is left" in part.why for part in found.parts)


def test_what_a_coarse_comparison_tells_as_gone_does_not_count_as_replaced() -> None:
    stayed = "the dam holds and the water falls " * (LONGEST // 60)
    found = compare(article(f"At noon {stayed} today"), article(f"At dusk {stayed} again"))
    assert len(found.body.coarse) == 1
    assert (found.weight, [part.why for part in found.parts]) == (Weight.SUBSTANTIVE, ["words (substantive)"])


def test_many_substantive_edits_at_once_are_major() -> None:
    old = article(
        *(f"In the town of Sample number {chr(65 + n)} they count {n + 3} boats near the quay." for n in range(8))
    )
    new = article(
        *(f"In the town of Sample number {chr(65 + n)} they count {n + 30} boats near the quay." for n in range(8))
    )
    found = compare(old, new)
    assert {edit.weight for edit in found.edits} == {Weight.SUBSTANTIVE}
    assert found.weight is Weight.MAJOR
    assert found.parts[-1].why == "major, because 8 substantive edits came at once"


def test_a_text_with_countless_differences_is_told_by_the_paragraph() -> None:
    lines = [
        f"On day {n} the pump of the dam ran for {n % 7 + 2} hours and was then stopped again." for n in range(4000)
    ]
    other = [line.replace("hours", "days").replace("pump", "gate") for line in lines]
    found = compare(article(*lines), article(*other))
    assert len(found.edits) > 4000
    assert found.edits[-1].reason.startswith("The paragraph was edited")
    assert any("told by the paragraph" in said for said in found.body.coarse)


SCRIPT = """
import hashlib, json, sys
from tests.audit.made import article
from audit.compare import compare
from audit.findings_json import to_json
old = article("The general said 12 soldiers of Japan may have died on May 4, sources said.", "A.", "B is long enough.",
              keywords=("a", "b", "c"), links=("http://a/1", "http://a/2"), byline=("X Y", "Z"))
new = article("The colonel claimed 92 troops of China never died on May 9, Li Wei said.", "B is long enough.", "A.",
              keywords=("d", "c", "e"), links=("http://a/3", "http://a/4"), byline=("Q", "R S"))
print(hashlib.sha256(json.dumps(to_json(compare(old, new))).encode()).hexdigest())
"""


def test_every_process_finds_the_same() -> None:
    found = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, cwd=ROOT, capture_output=True, check=True
        )
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().strip()) == len(hashlib.sha256().hexdigest())


@pytest.mark.parametrize(
    "written",
    [str.upper, lambda text: "\u200b".join(text), lambda text: " ".join(text), lambda text: text.translate(FULL_WIDTH)],
    ids=["capitals", "invisible spaces", "letter-spaced", "full width"],
)
def test_a_text_that_is_only_written_otherwise_is_not_replaced(written: Callable[[str], str]) -> None:
    text = "The navy held a drill in the south on Monday and said it was routine, as it does. " * 4
    found = compare(article(text.strip()), article(written(text.strip())))
    assert found.weight <= Weight.MINOR
    assert not any("is left" in part.why for part in found.parts)
