"""Whether an edit of small words turns what the sentence says: before → after, was attacked by → attacked."""

from __future__ import annotations

from collections.abc import Iterator

from audit.lexicon import Word
from audit.rules.category import Category
from audit.rules.turning import ALONE, BOTH_WAYS, JOINING, NO_AGENTS, OPPOSED, PARTICIPLES, PASSIVE, RELATIVE
from audit.zone import Zone


def turned(old: Zone, new: Zone) -> bool:
    """Tell whether small words came, went or took each other's place so that the sentence says something else."""
    olds, news = [word for _, _, word in old.words], [word for _, _, word in new.words]
    gone, come = set(olds).difference(news), set(news).difference(olds)
    if TURNING.isdisjoint(gone) and TURNING.isdisjoint(come):
        return False
    return _opposed(gone, come, old, new) or _lone(gone, come, old, new) or _lone(come, gone, new, old)


def _opposed(gone: set[str], come: set[str], old: Zone, new: Zone) -> bool:
    for word in gone:
        for other in come.intersection(_OPPOSITES.get(word, ())):
            if "by" not in (word, other):
                return True
            if not _OF_TIME.isdisjoint((word, other)) or not _names_no_agent(old if word == "by" else new):
                return True
    return False


def _lone(gone: set[str], come: set[str], old: Zone, new: Zone) -> bool:
    """Tell whether words that only one side has turn the sentence, with no opposite on the other side."""
    if not come and not gone.isdisjoint(ALONE):
        return True
    if not gone.isdisjoint(_PASSIVE) and come.isdisjoint(_PASSIVE):
        return _is_passive(old) and not _is_passive_still(new)
    return not come and "by" in gone and _has_agent(old)


def _is_passive(zone: Zone) -> bool:
    """Tell whether a form of "be" in the edit makes a verb passive, and is more than the rest of a relative clause."""
    around = zone.words_around()
    for at, (start, _, word) in enumerate(around):
        if zone.start <= start < zone.end and word in _PASSIVE and _is_participle(around, at + 1):
            first, _, before = around[at - 1] if at else (start, start, "")
            return before not in JOINING and not (before in RELATIVE and first >= zone.start)
    return False


def _is_passive_still(zone: Zone) -> bool:
    """Tell whether a verb without its form of "be" is passive all the same: behind another one, or a comma."""
    return _before(zone) in _PASSIVE or "," in zone.side.text[zone.start : zone.end]


def _has_agent(zone: Zone) -> bool:
    """Tell whether a "by" in the edit stands behind a participle and before somebody who acts."""
    around = zone.words_around()
    return not _names_no_agent(zone) and any(_is_participle(around, at - 1) for at in _places_of_by(zone) if at)


def _names_no_agent(zone: Zone) -> bool:
    """Tell whether a "by" in the edit says until when, by how much or by which means: by Friday, by 5 percent."""
    around = zone.words_around()
    for at in _places_of_by(zone):
        if at + 1 == len(around):
            return True
        start, _, word = around[at + 1]
        if word[0].isdigit() or word in NO_AGENTS or word.endswith("ing"):
            return True
        measures = (Category.DAY, Category.COUNT, Category.COUNT_PERHAPS)
        first = start if word not in ("the", "a", "an") or at + 2 == len(around) else around[at + 2][0]
        if any(term.start in (start, first) and term.category in measures for term in zone.terms()):
            return True
    return False


def _places_of_by(zone: Zone) -> Iterator[int]:
    for at, (start, _, word) in enumerate(zone.words_around()):
        if word == "by" and zone.start <= start < zone.end:
            yield at


def _before(zone: Zone) -> str:
    last = ""
    for start, _, word in zone.words_around():
        if start >= zone.start:
            break
        last = word
    return last


def _is_participle(around: list[Word], at: int) -> bool:
    """Tell it of a word, or of the one behind an adverb."""
    for _, _, word in around[at : at + 2]:
        if word in _PARTICIPLES or (word.endswith("ed") and len(word) > 4):
            return word not in BOTH_WAYS
        if not word.endswith("ly"):
            return False
    return False


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in OPPOSED.strip().splitlines():
        left, right = ([word.strip() for word in side.split(",")] for side in line.split("/"))
        for words, others in ((left, right), (right, left)):
            for word in words:
                found[word] = found.get(word, frozenset()).union(others)
    return found


_OPPOSITES = _opposites()
_PARTICIPLES = frozenset(PARTICIPLES.split())
_PASSIVE = frozenset(PASSIVE)
_OF_TIME = frozenset(("after", "since", "until", "till", "from"))
TURNING = _PASSIVE.union(_OPPOSITES, ALONE)
