"""Whether an edit of small words turns what the sentence says: before → after, was attacked by → attacked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.lexicon import Word
from audit.rules.category import Category
from audit.rules.turning import (
    ALONE,
    BEFORE_A_NOUN,
    BOTH_WAYS,
    JOINING,
    MADE_SOME_BY_A,
    NEVER_BY,
    NO_AGENTS,
    OPPOSED,
    PARTICIPLES,
    PASSIVE,
    RELATIVE,
    TO_A_FIGURE,
)
from audit.zone import Zone


def turned(old: Zone, new: Zone, explained: frozenset[str] = frozenset()) -> bool:
    """Tell whether small words came, went or took each other's place so that the sentence says something else.

    Those that are `explained` otherwise are not asked.
    """
    olds, news = _small(old), _small(new)
    gone, come = olds.difference(news, explained), news.difference(olds, explained)
    if not (_TURNING.isdisjoint(gone) and _TURNING.isdisjoint(come)) and (
        _opposed(gone, come, old, new) or _lone(gone, come, old, new) or _lone(come, gone, new, old)
    ):
        return True
    if _counts_otherwise(gone, old) or _counts_otherwise(come, new) or _measures_otherwise(old, new):
        return True
    return _acts_otherwise(gone, come, old, new)


def _small(zone: Zone) -> set[str]:
    """Return the words of an edit; in Chinese and Japanese the listed ones of several characters, too."""
    found = {word for _, _, word in zone.words}
    text = zone.side.text
    if not text.isascii():
        low, high = max(0, zone.start - _LONGEST_HAN), zone.last + _LONGEST_HAN
        for item in _IN_HAN.finditer(text, low, high):
            if item.start() <= zone.last and item.end() >= zone.start:
                found.add(item[0])
    return found


def _counts_otherwise(some: set[str], zone: Zone) -> bool:
    """Tell whether one of some words is a "to" before a figure, or the "a" of "a few"."""
    if _BEFORE_COUNTS.isdisjoint(some):
        return False
    around = zone.words_around()
    for at, (start, _, word) in enumerate(around[:-1]):
        if word in some and zone.start <= start < zone.end:
            _, _, behind = around[at + 1]
            if (word == "a" and behind in MADE_SOME_BY_A) or (word in TO_A_FIGURE and _is_figure(around, at, zone)):
                return True
    return False


def _measures_otherwise(old: Zone, new: Zone) -> bool:
    """Tell whether the same figure has the opposite before it: by 45 percent, to 45 percent."""
    if len(old.words) < 2 or len(new.words) < 2:
        return False
    before, after = _before_figures(old), _before_figures(new)
    return any(after.get(figure, "") in _OPPOSITES.get(word, ()) for figure, word in before.items())


def _before_figures(zone: Zone) -> dict[str, str]:
    """Return the word before each figure in an edit or next to it."""
    around = zone.words_around()
    return {
        word: around[at - 1][2]
        for at, (start, _, word) in enumerate(around)
        if at and word[0].isdigit() and zone.start <= around[at - 1][0] < zone.end
    }


def _is_figure(around: list[Word], at: int, zone: Zone) -> bool:
    """Tell whether a "to" stands before a number, and not behind another one: 5 to 10; of "に" it is the other way."""
    if around[at][2] == "に":
        before = around[at - 1][2] if at else ""
        return before[:1].isdigit() or zone.side.text[around[at][0] - 1 : around[at][0]] in ("％", "%")
    start = around[at + 1][0]
    if at and around[at - 1][2][0].isdigit():
        return False
    return around[at + 1][2][0].isdigit() or any(
        term.start == start and term.category is Category.COUNT for term in zone.terms()
    )


def _acts_otherwise(gone: set[str], come: set[str], old: Zone, new: Zone) -> bool:
    """Tell whether who acts became who suffers it: was attacking, was attacked; invading forces, invaded forces."""
    for word in gone:
        for other in come:
            short, long = (word, other) if word.endswith("ed") else (other, word)
            if not (short.endswith("ed") and long.endswith("ing")) or short in BOTH_WAYS:
                continue
            if short[:-2] not in (long[:-3], long[:-3] + long[-4]) or len(short) < _SHORTEST_VERB:
                continue
            if {_stands(word, old), _stands(other, new)} in ({"as a verb"}, {"before a noun"}):
                return True
    return False


def _stands(word: str, zone: Zone) -> str:
    """Return how a form of a verb stands in its sentence: behind a form of "be", or before a noun."""
    around = zone.words_around()
    text = zone.side.text
    for at, (start, end, each) in enumerate(around):
        if each != word or start < zone.start - len(word) or start >= zone.last:
            continue
        before = around[at - 1][2] if at else ""
        if before in _PASSIVE:
            return "as a verb"
        opens = before in _BEFORE_A_NOUN or text[start - 1 : start] == "-" or zone.side.opens_a_sentence(start)
        if opens and at + 1 < len(around) and text[end : around[at + 1][0]] == " ":
            return "before a noun"
    return ""


def _opposed(gone: set[str], come: set[str], old: Zone, new: Zone) -> bool:
    for word in gone:
        for other in come.intersection(_OPPOSITES.get(word, ())):
            if "by" not in (word, other) or not _NEVER_BY.isdisjoint((word, other)):
                return True
            zone = old if word == "by" else new
            if not _names_no_agent(zone) and ("with" not in (word, other) or _is_by_a_name(zone)):
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


def _is_by_a_name(zone: Zone) -> bool:
    """Tell whether a "by" in the edit stands before a capital: trained by Iran, but not hit by missiles."""
    around = zone.words_around()
    behind = [around[at + 1][0] for at in _places_of_by(zone) if at + 1 < len(around)]
    return any(zone.side.text[start].isupper() for start in behind)


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
_BEFORE_A_NOUN = frozenset(BEFORE_A_NOUN.split())
_BEFORE_COUNTS = frozenset(("a", *TO_A_FIGURE))
_NEVER_BY = frozenset(NEVER_BY)
_TURNING = _PASSIVE.union(_OPPOSITES, ALONE)
_LONG_IN_HAN = sorted((word for word in _TURNING if len(word) > 1 and not word.isascii()), key=len, reverse=True)
_LONGEST_HAN = len(_LONG_IN_HAN[0]) - 1
_IN_HAN = re.compile("|".join(_LONG_IN_HAN))
_SHORTEST_VERB = 5
