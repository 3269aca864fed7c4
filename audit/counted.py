"""Numbers that count something else in the same words: killed 14 and wounded 30, wounded 14 and killed 30."""

from __future__ import annotations

from audit.edit import EditType
from audit.hit import Hit, raised
from audit.lexicon import is_slight
from audit.rules.category import Category
from audit.rules.figures import SUBSTANTIVE
from audit.zone import Zone

_LONGEST = 60  # words
_WHY = "the same numbers count something else"


def counted_otherwise(old: Zone, new: Zone) -> Hit | None:
    """Return the two stretches, given an edit with the same words on both sides, where two numbers, or what befell two
    numbers of people, changed places; None where they did not."""
    olds, news = [word for _, _, word in old.words], [word for _, _, word in new.words]
    if not (old.counts and new.counts) or len(olds) != len(news) or len(olds) > _LONGEST:
        return None
    numbers = [(number.start, number.end) for number in old.numbers() if not number.is_date]
    if len(numbers) < 2:
        return None
    harms = [(term.start, term.end) for term in old.terms() if term.category is Category.HARM]
    for first in range(1, len(olds)):
        for last in range(1, len(olds) - first):
            end = len(olds) - last
            if olds[end:] + olds[first:end] + olds[:first] != news:
                continue
            for some in (numbers, harms):
                if _holds(old, some, 0, first) and _holds(old, some, end, len(olds)):
                    return raised(Hit(EditType.NUMBER, SUBSTANTIVE, _whole(old), _whole(new), why=_WHY), old, new)
    return None


def _holds(zone: Zone, stretches: list[tuple[int, int]], first: int, last: int) -> bool:
    """Tell whether words of an edit are some of the stretches of its text, and nothing else that has content."""
    told = [word for word in zone.words[first:last] if not is_slight(word[2])]
    return bool(told) and all(any(low <= word[0] and word[1] <= high for low, high in stretches) for word in told)


def _whole(zone: Zone) -> str:
    """Return the edit with the number that begins right behind it."""
    end = max([zone.end, *(number.end for number in zone.numbers() if number.start <= zone.end + 1)])
    return zone.side.text[zone.start : end].strip()
