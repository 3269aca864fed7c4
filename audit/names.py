"""Names, by rule: no model, no list of people. What is found and what is missed stands in docs/audit.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from audit.lexicon import Term, Word, is_slight, is_surname
from audit.rules.category import Category
from audit.rules.chinese import COURTESIES, NAME_FOLLOWERS, OCCUPATIONS
from audit.rules.lists import ENTRIES, HAN_CHARACTER
from audit.side import Side

_DESIGNATION = re.compile(
    r"(?<![A-Za-z\d$€£¥.,'’-])(?:(?:Type|Mk|Mark|Model) \d{1,4}[A-Z]{0,2}|[A-Z][A-Za-z]{0,9}[-‐‑]?\d{1,4}[A-Z]{0,3})"
    r"(?=s?(?![A-Za-z\d]))"
)
_NUMERAL = re.compile(r" I(?![\w'’]| (?:am|was|have|had|will|would|can|could|do|did|think|know|saw|want|said)\b)")
"""Behind a name a numeral (World War I), where no verb makes a pronoun of it."""
_JOINING = frozenset((" ", "-", "", ". "))
NOT_NAMES = (Category.RANK, Category.PLACE, Category.DAY, Category.ORDINARY)
_TITLES = (Category.RANK, Category.OFFICIAL)
_OCCUPATIONS = OCCUPATIONS.split()
_CHINESE = sorted(
    {e.written for e in ENTRIES if e.category in _TITLES and not e.written.isascii()} | {*COURTESIES, *_OCCUPATIONS}
)
_LONGEST_TITLE = max(map(len, _CHINESE))
_OCCUPATION = re.compile("|".join(sorted(_OCCUPATIONS, key=len, reverse=True)))
_CHINESE_TITLE = re.compile("|".join(_CHINESE))


def capital_runs(
    side: Side, around: Sequence[Word], terms: Sequence[Term], touches: Callable[[int, int], bool]
) -> list[tuple[int, int]]:
    """Return start and end of each run of words with capitals that is no rank, place or day, where it touches an edit.

    A capital that only opens a sentence, or stands in a Title Case Line, counts where the same word has one inside a
    sentence elsewhere.
    """
    text = side.text
    taken = [(term.start, term.end) for term in terms if term.category in NOT_NAMES]
    runs: list[list[Word]] = []
    behind = -1  # the last character of a run that may go on
    for word in around:
        start, end, lower = word
        pronoun = lower == "i" and (behind < 0 or not _NUMERAL.match(text, behind))
        if not text[start].isupper() or pronoun or any(first <= start < last for first, last in taken):
            behind = -1
        else:
            if behind >= 0 and text[behind:start] in _JOINING:
                runs[-1].append(word)
            else:
                runs.append([word])
            behind = end
    trimmed = [_trimmed(side, run, terms) for run in runs if touches(run[0][0], run[-1][1])]
    return [(run[0][0], run[-1][1]) for run in trimmed if run]


def designations(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Return start and end of each name with figures that a type of ship, aircraft or weapon has.

    >>> text = "A P-3C, the Type 052D and F-35As of the 7th on $30M"
    >>> [text[start:end] for start, end in designations(text, 0, len(text))]
    ['P-3C', 'Type 052D', 'F-35A']
    """
    return [found.span() for found in _DESIGNATION.finditer(text, low, high)]


def chinese_names(text: str, low: int, high: int, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Return start and end of each name that stands next to a title: 发言人陈远舟, 周敏少将, 李女士."""
    longer = {term.start: term.end for term in terms if term.end - term.start > 1}
    found: list[tuple[int, int]] = []
    for term in terms:
        if term.category in _TITLES and HAN_CHARACTER.match(text, term.start):
            found += _after(text, term.end, longer) or _before(text, term.start, longer)
    for at in (found.end() for found in _OCCUPATION.finditer(text, low, high)):
        found += _after(text, at, longer)
    for courtesy in COURTESIES:
        at = text.find(courtesy, low, high)
        if at >= 0:
            found += _before(text, at, longer)
    return found


def near_a_title(text: str, start: int, end: int) -> bool:
    """Tell whether a Chinese title or courtesy stands in a stretch of text or as near as a name may be."""
    return bool(_CHINESE_TITLE.search(text, max(0, start - _LONGEST_TITLE - 3), end + _LONGEST_TITLE + 3))


def _trimmed(side: Side, run: list[Word], terms: Sequence[Term]) -> list[Word]:
    """Take away the first word of a run where its capital is only that of a sentence, or what a title sets so."""
    if side.titled():
        return [word for word in run if side.known_name(side.text[word[0] : word[1]])]
    if not side.opens_a_sentence(run[0][0]):
        return [word for word in run if not (is_slight(word[2]) and len(run) == 1)]
    common = is_slight(run[0][2]) or any(term.start == run[0][0] for term in terms)
    if (len(run) > 1 and not common) or side.known_name(side.text[run[0][0] : run[0][1]]):
        return run
    return run[1:]


def _after(text: str, at: int, longer: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the name that begins at a character. `longer` are starts and ends of listed words, which are no names."""
    if not is_surname(text[at : at + 1]) or not HAN_CHARACTER.match(text, at + 1) or at in longer or at + 1 in longer:
        return []
    third = at + 2 not in longer and HAN_CHARACTER.match(text, at + 2) and text[at + 2] not in NAME_FOLLOWERS
    return [(at, at + (3 if third else 2))]


def _before(text: str, at: int, longer: Mapping[int, int]) -> list[tuple[int, int]]:
    for length in (3, 2):
        name = text[max(0, at - length) : at]
        if len(name) == length and is_surname(name[0]) and all(map(HAN_CHARACTER.match, name)):
            start = at - length
            if not any(first < at and start < last for first, last in longer.items()):
                return [(start, at)]
    return []
