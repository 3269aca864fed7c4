"""Whatever differs between two articles, down to each value of their canonical JSON, is told by an edit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.article import Article, BlockKind
from articles.canonical import as_identified, canonical
from audit.body_diff import Op, Row
from audit.compare import compare
from audit.edit import Edit, Place
from audit.findings import Findings
from audit.report.marks import OF_PARAGRAPHS
from tests.audit.made import illustrations, pairs

often = settings(max_examples=300, deadline=None)
any_pairs = st.one_of(pairs, illustrations)
Leaf = tuple[str, str | None, str]  # a field, the part of it (of a block its kind), and its value
OBJECTS = ("agency", "translation")


class OneSide:
    """One of two articles, and what edits say of it."""

    def __init__(self, article: Article, findings: Findings, side: Op) -> None:
        self.value: dict[str, Any] = json.loads(canonical(article))
        self.article = as_identified(article)
        self.findings = findings
        self.side = side

    def leaves(self) -> Iterator[tuple[Leaf, int | None]]:
        """Yield every value with its place in its list."""
        for field, value in self.value.items():
            items = enumerate(value) if isinstance(value, list) else [(None, value)]
            for index, item in items:
                if field == "blocks":
                    yield (field, item["kind"], item["text"]), index
                elif isinstance(item, dict):
                    for part, said in item.items():
                        yield (field, part, said), index
                elif isinstance(item, str):
                    yield (field, None, item), index

    def place(self, edit: Edit) -> Place | None:
        return edit.old if self.side is Op.DELETE else edit.new

    def words(self, edit: Edit) -> str:
        return edit.before if self.side is Op.DELETE else edit.after

    def told(self, leaf: Leaf, index: int | None) -> bool:
        """Tell whether an edit names a value at its place, or where else it stands."""
        field, part, said = leaf
        if field == "blocks":
            assert index is not None
            return self._row_told(index) or self.told_elsewhere(index)
        for edit in self.findings.edits:
            place = self.place(edit) or edit.old or edit.new
            if place is None or place.field != field:
                continue
            if field in OBJECTS and (edit.old is None or edit.new is None):
                return True  # the whole of it came or went
            if field == "translation" and part and part.replace("_", " ") in edit.reason:
                return True
            if self.place(edit) and place.index == index and place.part in (part, None) and said == self.words(edit):
                return True
            if part == "credit" and place.index == index and place.part == "caption" and said in self.words(edit):
                return True
        return False

    def _row_told(self, index: int) -> bool:
        row = next(row for row in self.findings.body.rows if index in self.indices(row))
        return any(
            place and place.field == "blocks" and place.index in indices
            for edit in self.findings.edits
            for place, indices in ((edit.old, row.old), (edit.new, row.new))
        )

    def indices(self, row: Row) -> Sequence[int]:
        return row.old if self.side is Op.DELETE else row.new

    def told_elsewhere(self, index: int) -> bool:
        """Tell whether the text of a caption or note stands in an edit of the field that has it too."""
        block = self.article.blocks[index]
        fields = {BlockKind.CAPTION: ("images",), BlockKind.NOTE: ("translation", "correction")}.get(block.kind, ())
        return any(
            (place := self.place(edit)) and place.field in fields and block.text in self.words(edit)
            for edit in self.findings.edits
        )

    def lost_words(self) -> Iterator[tuple[int, str]]:
        """Yield the words of paragraphs that are on this side only, and in no edit."""
        for row in self.findings.body.rows:
            texts = {index: self.article.blocks[index].text for index in self.indices(row)}
            places = [(index, at) for index, text in texts.items() for at in range(len(text) + 1)]
            at = 0
            for number, run in enumerate(row.runs):
                if run.op not in (Op.EQUAL, self.side):
                    continue
                around = row.runs[max(number - 1, 0) : number + 2]
                if any(other.text == run.text and other.op is not run.op for other in around):
                    at += len(run.text)
                    continue  # the same stands in its place
                for (index, character), written in zip(places[at:], run.text, strict=False):
                    if run.op is Op.EQUAL or written.isspace() or self._in_an_edit(index, character):
                        continue
                    if not self.told_elsewhere(index):
                        yield index, written
                at += len(run.text)

    def _in_an_edit(self, index: int, at: int) -> bool:
        return any(
            place.field == "blocks" and place.index == index and place.start <= at < place.end
            for edit in self.findings.edits
            if (place := self.place(edit)) and edit.type not in OF_PARAGRAPHS
        )


@often
@given(any_pairs)
def test_every_value_that_differs_is_told(pair: tuple[Article, Article]) -> None:
    findings = compare(*pair)
    old, new = (OneSide(one, findings, side) for one, side in zip(pair, (Op.DELETE, Op.INSERT), strict=True))
    for here, there in ((old, new), (new, old)):
        mine, others = list(here.leaves()), Counter(leaf for leaf, _ in there.leaves())
        more = Counter(leaf for leaf, _ in mine) - others
        for leaf in more:
            at = [index for each, index in mine if each == leaf]
            assert sum(here.told(leaf, index) for index in at) >= more[leaf], leaf


@often
@given(any_pairs)
def test_every_field_that_differs_has_an_edit(pair: tuple[Article, Article]) -> None:
    found = {edit.field for edit in compare(*pair).edits}
    if "blocks" not in found and found & {"images", "translation", "correction"}:
        found.add("blocks")  # told where it stands, too
    old, new = (json.loads(canonical(one)) for one in pair)
    assert {field for field in old if old[field] != new[field]} <= found


@often
@given(any_pairs)
def test_every_word_that_came_or_went_stands_in_an_edit(pair: tuple[Article, Article]) -> None:
    findings = compare(*pair)
    for one, side in zip(pair, (Op.DELETE, Op.INSERT), strict=True):
        assert not list(OneSide(one, findings, side).lost_words())
