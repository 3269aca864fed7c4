"""Edits of a page's own times: of the moment where both states give one, else of the words that stand there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from articles.folding import fold
from articles.moments import printed_day
from articles.written_times import words_tell
from audit.edit import Edit, EditType, Weight
from audit.pieces import piece, plain_edit
from audit.rules.catalogue import RULE
from audit.wording import sentence_of

Written = tuple[str | None, str | None]
"""The words of a time in both states: "" where the page prints none, None where they are not known."""

_BY_WORDS = "by the words that stand there, which do not both give a moment"


def time_edit(
    kind: EditType, field: str, old: datetime | None, new: datetime | None, written: Written
) -> Iterator[Edit]:
    """Yield the edit of a time, if it is another now: another moment, the same one in another zone, or where a state
    gives no moment, other words. The same time in other words is one that is only written otherwise.

    `field` is the moment's; the words' is that of the raw text.
    """
    before, after = old.isoformat() if old else None, new.isoformat() if new else None
    same = before == after
    if words_tell(*written, old=old is not None, new=new is not None, same=same):
        was, became = (words or "" for words in written)
        yield from _of_words(kind, field, was, became, same=old is not None and same, read=bool(old or new))
        return
    if same:
        return
    by, weight = "", None
    if old and new:
        by = _by(new - old)
        weight = Weight.MINOR if old == new else None
    pieces = piece(field, before), piece(field, after)
    yield plain_edit(kind, *pieces, weight, sentence_of(RULE[kind], before or "", after or "", by=by))


def _of_words(kind: EditType, field: str, before: str, after: str, *, same: bool, read: bool) -> Iterator[Edit]:
    raw = field.replace("_at", "_raw")
    pieces = piece(raw, before or None), piece(raw, after or None)
    days = printed_day(before), printed_day(after)
    of_a_day = days[0] is not None and days[0] == days[1]
    if same or fold(before) == fold(after) or (of_a_day and not read):
        kind = EditType.TIME_WRITTEN
        yield plain_edit(kind, *pieces, None, sentence_of(RULE[kind], before, after, kind=field.partition("_")[0]))
        return
    # The same day with a time of day, or without it: it became more or less exact.
    weight = min(Weight.MINOR, RULE[kind].weight) if of_a_day else None
    yield plain_edit(kind, *pieces, weight, sentence_of(RULE[kind], before, after, by=_BY_WORDS))


def _by(moved: timedelta) -> str:
    """
    >>> _by(timedelta(hours=9, minutes=41)), _by(-timedelta(days=2)), _by(timedelta())
    ('9 h 41 min later', '2 days earlier', 'the same moment')
    """
    if not moved:
        return "the same moment"
    seconds = round(abs(moved).total_seconds())
    days, seconds = divmod(seconds, 86_400)
    said = [f"{days} day{'s' * (days > 1)}"] if days else []
    for size, unit in ((3600, "h"), (60, "min"), (1, "s")):
        count, seconds = divmod(seconds, size)
        if count and len(said) < 2:
            said.append(f"{count} {unit}")
    return f"{' '.join(said)} {'later' if moved > timedelta() else 'earlier'}"
