"""Sentences that were removed in one place and added in another: by themselves, in a run, or with their paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from audit.edit import Edit, EditType, Place
from audit.rules.catalogue import RULE
from audit.sentences import sentence_texts
from audit.weigh import points
from audit.wording import sentence_of

_GONE = (EditType.SENTENCE_REMOVED, EditType.PARAGRAPH_REMOVED)
_COME = (EditType.SENTENCE_ADDED, EditType.PARAGRAPH_ADDED)


def moved_sentences(edits: list[Edit], language: str | None) -> list[Edit]:
    """Return the edits of a body with one edit for each run of sentences that was removed here and added there.

    What is left of an edit from which sentences were taken so is told as sentences removed or added. `language` is a
    BCP 47 tag.
    """
    gone = [_Whole(at, edit, language) for at, edit in enumerate(edits) if edit.type in _GONE]
    come = [_Whole(at, edit, language) for at, edit in enumerate(edits) if edit.type in _COME]
    if not gone or not come:
        return edits
    _pair(gone, come)
    told = {whole.at: list(_left(whole)) for whole in gone if whole.sources}
    told |= {whole.at: list(_come(whole, gone)) for whole in come if whole.sources}
    return [one for at, edit in enumerate(edits) for one in told.get(at, (edit,))] if told else edits


@dataclass(slots=True)
class _Whole:
    """An edit of whole sentences. `sources` tell of a sentence, by its index, where it stood: which edit of those that
    are gone, and which sentence of it. Of one that is gone they tell that it stands elsewhere."""

    at: int
    edit: Edit
    language: str | None
    sources: dict[int, tuple[int, int]] = field(default_factory=dict)
    texts: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.texts = sentence_texts(self.edit.before or self.edit.after, self.language)


def _pair(gone: Sequence[_Whole], come: Sequence[_Whole]) -> None:
    """Find for each sentence that came an equal one that went: the next one of a run, else the first that is left."""
    places: dict[str, dict[tuple[int, int], None]] = {}
    for which, whole in enumerate(gone):
        for index, text in enumerate(whole.texts):
            places.setdefault(text.strip(), {})[which, index] = None
    for whole in come:
        last = (-1, -1)
        for index, text in enumerate(whole.texts):
            free = places.get(text.strip())
            if not free or not text.strip():
                continue
            following = last[0], last[1] + 1
            last = following if following in free else next(iter(free))
            del free[last]
            whole.sources[index] = last
            gone[last[0]].sources[last[1]] = last


def _left(whole: _Whole) -> Iterator[Edit]:
    """Yield what of an edit does not stand elsewhere."""
    for stays, indices in groupby(range(len(whole.texts)), whole.sources.__contains__):
        some = list(indices)
        if not stays and "".join(whole.texts[some[0] : some[-1] + 1]).strip():
            yield _part(whole, some[0], some[-1] + 1)


def _come(whole: _Whole, gone: Sequence[_Whole]) -> Iterator[Edit]:
    """Yield an edit for each run of sentences that stood elsewhere in this order, and for what is between."""
    runs: list[list[int]] = []
    for index in range(len(whole.texts)):
        if runs and _goes_on(whole.sources.get(index - 1), whole.sources.get(index)):
            runs[-1].append(index)
        else:
            runs.append([index])
    for run in runs:
        source = whole.sources.get(run[0])
        if source is not None:
            old = _part(gone[source[0]], source[1], source[1] + len(run))
            yield _moved(old, _part(whole, run[0], run[-1] + 1))
        elif "".join(whole.texts[run[0] : run[-1] + 1]).strip():
            yield _part(whole, run[0], run[-1] + 1)


def _goes_on(before: tuple[int, int] | None, source: tuple[int, int] | None) -> bool:
    """Tell whether two neighbours both stood nowhere else, or behind one another."""
    if before is None or source is None:
        return before is source
    return source == (before[0], before[1] + 1)


def _part(whole: _Whole, first: int, last: int) -> Edit:
    """Return the edit for some of its sentences alone."""
    edit = whole.edit
    if (first, last) == (0, len(whole.texts)):
        return edit
    removed = edit.type in _GONE
    text = "".join(whole.texts[first:last])
    start = sum(map(len, whole.texts[:first]))
    kind = EditType.SENTENCE_REMOVED if removed else EditType.SENTENCE_ADDED
    rule = RULE[kind]
    before, after = (text, "") if removed else ("", text)
    return edit._replace(
        type=kind,
        weight=rule.weight,
        points=points(kind, rule.weight, before, after),
        reason=sentence_of(rule, before.strip(), after.strip()),
        old=_within(edit.old, start, len(text)) if removed else edit.old,
        new=edit.new if removed else _within(edit.new, start, len(text)),
        before=before,
        after=after,
    )


def _within(place: Place | None, start: int, length: int) -> Place | None:
    return place and place._replace(start=place.start + start, end=place.start + start + length)


def _moved(gone: Edit, come: Edit) -> Edit:
    rule = RULE[EditType.SENTENCE_MOVED]
    return come._replace(
        type=rule.type, weight=rule.weight, points=points(rule.type, rule.weight, gone.before, come.after),
        reason=sentence_of(rule, gone.before, come.after), old=gone.old, before=gone.before,
    )  # fmt: skip
