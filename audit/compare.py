"""The door of comparing: two articles in, findings out. Pure, and the same in every process and on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from articles.article import Article, BlockKind
from articles.canonical import as_identified, image_as_identified
from articles.written_times import UNKNOWN, WrittenTimes
from audit.classify import MOST_RUNS, Told, body_edits
from audit.corrections import told_as_corrections
from audit.diffing import diff_bodies
from audit.disclosure import disclosure
from audit.edit import Edit, EditType
from audit.fields import field_edits
from audit.findings import Findings
from audit.media import captions, image_edits, link_edits
from audit.sides import Sides
from audit.times import time_edit
from audit.weigh import score

_NO_BODIES: Mapping[str, str] = {}


def compare(
    old: Article,
    new: Article,
    *,
    old_images: Mapping[str, str] = _NO_BODIES,
    new_images: Mapping[str, str] = _NO_BODIES,
    old_times: WrittenTimes = UNKNOWN,
    new_times: WrittenTimes = UNKNOWN,
) -> Findings:
    """Return every edit between two states of an article, typed and weighed, the heaviest first.

    Compared is what makes an article's content id (articles.canonical.FIELDS), as it stands there, and beside it, as
    far as known, what is no part of it: `old_images` and `new_images` give a digest of an image's bytes by its URL,
    `old_times` and `new_times` the words of the page's own times. Findings follow from all of this and the engine's
    version alone. Articles of one content id have no edits but those of what is given beside them.

    >>> from articles.article import Block
    >>> old, new = (Article("Quake", blocks=(Block(BlockKind.PARAGRAPH, f"It killed {n} people."),)) for n in (12, 92))
    >>> [(str(edit.type), str(edit.weight), edit.reason) for edit in compare(old, new).edits]
    [('number', 'major', 'The number 12 became 92, beside “killed”.')]
    """
    old, new = as_identified(old), as_identified(new)
    sides = Sides(old, new)
    body = diff_bodies(old.blocks, new.blocks, sides.language)
    told = Told(_told_elsewhere(old, new), _told_elsewhere(new, old))
    edits = [
        *field_edits(old, new, sides, (old_times.published, new_times.published)),
        *told_as_corrections(body_edits(old.blocks, new.blocks, body, sides, told), old.blocks, new.blocks),
        *image_edits(old, new, sides, _cleaned(old_images), _cleaned(new_images)),
        *link_edits(old.links, new.links),
    ]
    alone = all(edit.type is EditType.TIME_WRITTEN for edit in edits)
    modified = EditType.MODIFIED_ALONE if alone else EditType.MODIFIED
    written = old_times.modified, new_times.modified
    edits += time_edit(modified, "modified_at", old.modified_at, new.modified_at, written)
    weight, total, parts = score(edits, body)
    if sum([len(row.runs) for row in body.rows]) > MOST_RUNS:
        said = f"more than {MOST_RUNS:,} runs of text: the edits behind them are told by the paragraph"
        body = replace(body, coarse=(*body.coarse, said))
    return Findings(
        edits=tuple(sorted(edits, key=_rank)),
        weight=weight,
        score=total,
        parts=parts,
        disclosure=disclosure(old, new, edits),
        body=body,
    )


def _rank(edit: Edit) -> tuple[int, int]:
    """The heaviest first; of equally heavy ones those with more points; else as they stand in the article."""
    return -edit.weight, -edit.points


def _told_elsewhere(article: Article, other: Article) -> frozenset[int]:
    """Return the blocks whose text another field has too and the other state's has not: that field's edit tells them.

    They are captions of images, the translation's note, corrections.
    """
    if not (article.images or article.translation or article.correction):
        return frozenset()
    of_images = captions(article) - captions(other)
    notes, others = _notes(article), _notes(other)
    return frozenset(
        index
        for index, block in enumerate(article.blocks)
        if (block.kind is BlockKind.CAPTION and block.text in of_images)
        or (block.kind is BlockKind.NOTE and block.text in notes and block.text not in others)
    )


def _notes(article: Article) -> str:
    return f"{article.translation.note if article.translation else ''}\n{article.correction or ''}"


def _cleaned(bodies: Mapping[str, str]) -> Mapping[str, str]:
    return {image_as_identified(url): digest for url, digest in bodies.items()} if bodies else bodies
