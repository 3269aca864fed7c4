"""What went in one place of a sentence and came in another: when it was, or who says so."""

from __future__ import annotations

from audit.edit import EditType
from audit.hunks import Hunk
from audit.lexicon import is_slight, terms, words
from audit.moving import stays_in_its_clause
from audit.rules.category import Category
from audit.side import Side

MAY_MOVE = (EditType.DATE, EditType.ATTRIBUTION)


def same_elsewhere(one: Hunk, two: Hunk, old: Side, new: Side) -> bool:
    """Tell whether one difference took out of a sentence what the other one put into it: on Thursday, Thursday."""
    if old.sentence(one.old_start) != old.sentence(two.old_start) and (
        new.sentence(one.new_start) != new.sentence(two.new_start)
    ):
        return False
    gone, come = _said(old.text, one.old_start, one.old_end), _said(new.text, one.new_start, one.new_end)
    other_gone, other_come = _said(old.text, two.old_start, two.old_end), _said(new.text, two.new_start, two.new_end)
    if (gone, come) != (other_come, other_gone) or gone == come:
        return False
    # Where both moved past each other, two speakers may have changed places.
    if gone and come and _speaks(old.text, one) == _speaks(old.text, two):
        return False
    speaks = _speaks(old.text, one) or _speaks(old.text, two) or _speaks(new.text, one, new=True)
    return stays_in_its_clause(
        old, (one.old_start, one.old_end), (two.old_start, two.old_end), who_says=speaks
    ) and stays_in_its_clause(new, (one.new_start, one.new_end), (two.new_start, two.new_end), who_says=speaks)


def _speaks(text: str, hunk: Hunk, *, new: bool = False) -> bool:
    found = words(text, *(hunk.new_start, hunk.new_end) if new else (hunk.old_start, hunk.old_end))
    return any(term.category is Category.ATTRIBUTION for term in terms(text, found))


def _said(text: str, start: int, end: int) -> list[str]:
    """Return the words with content of a stretch, a verb of attribution by what it means."""
    found = words(text, start, end)
    verbs = [term for term in terms(text, found) if term.category is Category.ATTRIBUTION]
    left = [word for word in found if not any(verb.start <= word[0] < verb.end for verb in verbs)]
    return sorted([word for _, _, word in left if not is_slight(word)] + [verb.sense for verb in verbs])
