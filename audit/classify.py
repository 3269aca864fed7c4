"""From the rows of two bodies to edits of words, sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from articles.article import Block, BlockKind
from audit.body_diff import ADDED, EQUAL, JOINT, MERGED, MOVED, REMOVED, SAME, SPLIT, BodyDiff, Row
from audit.differences import Difference, differences
from audit.edit import Edit, EditType, Place, Weight
from audit.hunks import Hunk
from audit.moved_sentences import moved_sentences
from audit.rules.catalogue import RULE
from audit.rules.figures import MOVED_FAR
from audit.sides import Piece, Sides
from audit.signs import says_nothing
from audit.weigh import points
from audit.wording import Typed, sentence_of

MOST_RUNS = 6000
"""Runs of one comparison whose differences are typed one by one. Behind them every paragraph is one edit of words."""

_CAME_OR_WENT = (EditType.PARAGRAPH_ADDED, EditType.PARAGRAPH_REMOVED)

KINDS = {
    BlockKind.PARAGRAPH: "paragraph",
    BlockKind.SUBHEAD: "subhead",
    BlockKind.CAPTION: "caption",
    BlockKind.NOTE: "note of the outlet",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Blocks, by their indices on both sides, whose text is told by edits of other fields (a caption by its image)."""

    old: Collection[int]
    new: Collection[int]


def body_edits(olds: Sequence[Block], news: Sequence[Block], body: BodyDiff, sides: Sides, told: Told) -> list[Edit]:
    """Return the edits of two bodies, in the order of the rows."""
    found: list[Edit] = []
    left = MOST_RUNS
    last_old = last_new = -1  # behind which blocks stands what is only on the other side
    for row in body.rows:
        if row.fate is not SAME:
            left -= len(row.runs)
            old, new = _Joined(olds, row.old, last_old), _Joined(news, row.new, last_new)
            found += _Row(row, old, new, sides, told, coarse=left < 0).edits()
        if row.old and row.fate is not MOVED:
            last_old = row.old[-1]
        if row.new:
            last_new = row.new[-1]
    return moved_sentences(found, sides.language)


class _Row:
    def __init__(self, row: Row, old: _Joined, new: _Joined, sides: Sides, told: Told, *, coarse: bool) -> None:
        self.row, self.old, self.new, self.sides, self.coarse = row, old, new, sides, coarse
        self.told_old = bool(told.old) and all(index in told.old for index in row.old)
        self.told_new = bool(told.new) and all(index in told.new for index in row.new)
        self.kinds = old.kinds + new.kinds

    def edits(self) -> list[Edit]:
        """Return the row's edits: of the paragraph as a whole, then of what changed inside it."""
        fate = self.row.fate
        if fate is ADDED:
            return [] if self.told_new else [self._whole(EditType.PARAGRAPH_ADDED)]
        if fate is REMOVED:
            return [] if self.told_old else [self._whole(EditType.PARAGRAPH_REMOVED)]
        found = []
        if fate is MOVED:
            far = abs(self.row.old[0] - self.row.new[0]) >= MOVED_FAR
            weight = Weight.SUBSTANTIVE if far else None
            found.append(
                self._whole(EditType.PARAGRAPH_MOVED, weight, old=self.row.old[0] + 1, new=self.row.new[0] + 1)
            )
        elif fate is SPLIT:
            found.append(self._whole(EditType.PARAGRAPH_SPLIT, new=len(self.row.new)))
        elif fate is MERGED:
            found.append(self._whole(EditType.PARAGRAPH_MERGED, old=len(self.row.old)))
        if len(self.kinds) == 2 and self.kinds[0] is not self.kinds[1]:
            found.append(self._whole(EditType.PARAGRAPH_KIND, old=KINDS[self.kinds[0]], new=KINDS[self.kinds[1]]))
        told = self.told_old and self.told_new
        if not told and (len(self.row.runs) > 1 or any(run.op is not EQUAL for run in self.row.runs)):
            found += self._inside()
        return found

    def _whole(self, kind: EditType, weight: Weight | None = None, **more: object) -> Edit:
        old, new = self.old.first(), self.new.first()
        before, after = old[1] if old else "", new[1] if new else ""
        if kind in _CAME_OR_WENT and not (before.strip() or after.strip()):
            said = f"An empty {KINDS[self.kinds[0]]} was {'added' if kind is EditType.PARAGRAPH_ADDED else 'removed'}."
            place = old and old[0], new and new[0]
            return Edit(EditType.SPACING, Weight.COSMETIC, 0, said, *place, before, after)
        weight = RULE[kind].weight if weight is None else weight
        if BlockKind.CAPTION in self.kinds and kind in _CAME_OR_WENT:
            kind = EditType.CAPTION
            weight = RULE[kind].weight
        elif kind in _CAME_OR_WENT and says_nothing(before + after):
            kind = EditType.PUNCTUATION
            weight = RULE[kind].weight
        reason = sentence_of(RULE[kind], before, after, kind=KINDS[self.kinds[0]], **more)
        return Edit(
            kind, weight, points(kind, weight, before, after), reason, old and old[0], new and new[0], before, after
        )

    def _inside(self) -> list[Edit]:
        if self.coarse:
            whole = Hunk(0, len(self.old.text), 0, len(self.new.text))
            return self._edits(Difference(whole, Typed(EditType.WORDS, Weight.SUBSTANTIVE, _COARSE)))
        if self.kinds == [BlockKind.CAPTION, BlockKind.CAPTION]:
            return [self.sides.whole(EditType.CAPTION, self.old.first(), self.new.first(), self.row.runs)]
        old, new = self.sides.old(self.old.text), self.sides.new(self.new.text)
        found: list[Edit] = []
        for difference in differences(self.row.runs, old, new):
            found += self._edits(difference)
        return found

    def _edits(self, difference: Difference) -> list[Edit]:
        """Return a difference as one edit, or where it goes over the edge of a block, as one for each block."""
        hunk, typed = difference.hunk, difference.typed
        if len(self.kinds) == 2:
            old, new = self.old.piece(hunk.old_start, hunk.old_end), self.new.piece(hunk.new_start, hunk.new_end)
            return [] if old[1] == new[1] else [_edit(typed, old, new)]
        if self._only_an_edge(hunk):
            return []  # the row says that already
        olds = self.old.pieces(hunk.old_start, hunk.old_end)
        news = self.new.pieces(hunk.new_start, hunk.new_end)
        if [text for _, text in olds] == [text for _, text in news]:
            return []  # but for the edges
        old, new = self.old.spot(hunk.old_end), self.new.spot(hunk.new_end)
        found = [_edit(typed, olds[0] if olds else old, news[0] if news else new)]
        words = RULE[EditType.WORDS]
        found += [_edit(_typed_words(piece[1], "", words.weight), piece, new) for piece in olds[1:]]
        found += [_edit(_typed_words("", piece[1], words.weight), old, piece) for piece in news[1:]]
        return found

    def _only_an_edge(self, hunk: Hunk) -> bool:
        gone, come = self.old.text[hunk.old_start : hunk.old_end], self.new.text[hunk.new_start : hunk.new_end]
        return JOINT in gone + come and not (gone + come).strip()


_COARSE = "The paragraph was edited; the article has too many differences to tell them one by one."


def _edit(typed: Typed, old: Piece, new: Piece) -> Edit:
    (at_old, before), (at_new, after) = old, new
    total = points(typed.type, typed.weight, before, after)
    return Edit(typed.type, typed.weight, total, typed.reason, at_old, at_new, before, after, typed.within)


def _typed_words(before: str, after: str, weight: Weight) -> Typed:
    return Typed(EditType.WORDS, weight, sentence_of(RULE[EditType.WORDS], before, after))


class _Joined:
    """Texts of blocks joined by `JOINT`, and where in the blocks a stretch of it stands.

    `behind` is the block behind which they would stand if there were any, -1 before the first.
    """

    def __init__(self, blocks: Sequence[Block], indices: Sequence[int], behind: int) -> None:
        self.blocks, self.indices, self.behind = blocks, indices, behind
        self.kinds = [blocks[index].kind for index in indices]
        self.text = blocks[indices[0]].text if len(indices) == 1 else JOINT.join([blocks[i].text for i in indices])

    def first(self) -> Piece | None:
        """Return the whole of the first block; without one the empty place where it would stand, None in no body."""
        if self.indices:
            text = self.blocks[self.indices[0]].text
            return Place("blocks", 0, len(text), self.indices[0]), text
        if not self.blocks:
            return None
        at = len(self.blocks[self.behind].text) if self.behind >= 0 else 0
        return Place("blocks", at, at, max(self.behind, 0)), ""

    def piece(self, start: int, end: int) -> Piece:
        """Return a stretch of the only block; it may be empty."""
        return Place("blocks", start, end, self.indices[0]), self.text[start:end]

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return a stretch as parts of blocks, none of them empty."""
        found = []
        for at, index, text in self._starts():
            first, last = max(start - at, 0), min(end - at, len(text))
            piece = text[first:last]
            if first < last and (piece.strip() or len(self.indices) == 1):
                found.append((Place("blocks", first, last, index), piece))
        return found

    def spot(self, at: int) -> Piece:
        """Return the empty place at a character."""
        start, index = next((first, index) for first, index, text in self._starts() if at <= first + len(text))
        return Place("blocks", at - start, at - start, index), ""

    def _starts(self) -> Iterator[tuple[int, int, str]]:
        at = 0
        for index in self.indices:
            text = self.blocks[index].text
            yield at, index, text
            at += len(text) + len(JOINT)
