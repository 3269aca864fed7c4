"""Whether a name is that of a place, by what stands round it (audit/rules/whereabouts.py)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.lexicon import words
from audit.rules import whereabouts as rules
from audit.rules.category import Category
from audit.rules.chinese_cities import IN_CHINESE
from audit.rules.lists import HAN, HAN_CHARACTER
from audit.zone import Zone

Span = tuple[int, int]

_BEFORE = 60  # characters before a name that are looked at
_BEHIND = 16
_LONGEST = 8  # Chinese characters of the name of a place
_TAIL = 3  # of them behind the edit, which are the same on both sides
_BEHIND_HAN = 9  # characters behind the edit in which what stands behind the name ends
_CHINESE_IN = ("在", "于", "於", "近", "赴", "抵")
_ARTICLES = ("the", "a", "an")


def are_places(zone: Zone, names: Sequence[Span]) -> bool:
    """Tell whether each of some names of a side is that of a place: near Tarlac, Misawa Air Base."""
    return all(_is_place(zone, start, end) for start, end in names)


def say_where(zone: Zone, places: Sequence[Span]) -> bool:
    """Tell whether each of some places of a side is where something happens, and not who does it: in Kharkiv.

    What comes from a place may be its doing.
    """
    return all(_says_where(zone, start) for start, _ in places)


def name_others(zone: Zone, places: Sequence[Span]) -> bool:
    """Tell whether each of some names of places of a side is that of something else: the carrier Liaoning, 辽宁舰, the
    Manila Times."""
    return all(_names_another(zone, start, end) for start, end in places)


def chinese_places(old: Zone, new: Zone) -> tuple[str, str] | None:
    """Return the names of places of which one became the other, known by what stands beside them: 衡阳市, 邵阳市."""
    before = _chinese_place(old)
    after = _chinese_place(new) if before else ""
    return (before, after) if after and before != after else None


def _says_where(zone: Zone, start: int) -> bool:
    if zone.side.text[max(0, start - 1) : start] in _CHINESE_IN:
        return True
    before = _before(zone, start)
    return _is_behind_preposition(before) or bool(before and before[-1] == "at")


def _names_another(zone: Zone, start: int, end: int) -> bool:
    text = zone.side.text
    if text.startswith(rules.CHINESE_SHIPS, end) or text.startswith(_CHINESE_BEARERS, end):
        return True
    if (behind := _WITH_CAPITAL.match(text, end)) and behind[1].lower() in _BEARERS:
        return True
    before = _before(zone, start)
    return bool(before) and before[-1] in _SHIPS


def _is_place(zone: Zone, start: int, end: int) -> bool:
    text = zone.side.text
    name = [word for _, _, word in words(text, start, end)]
    if not name or name[-1] in _NOT_PLACES:
        return False
    if name[-1] in _NOUNS and (len(name) > 1 or _CAPITAL_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)):
        return True
    behind = words(text, end, min(len(text), end + _BEHIND))
    if behind and text[end : behind[0][0]] == " " and behind[0][2] in _NOUNS:
        return True
    before = _before(zone, start)
    if _is_behind_preposition(before):
        return not (before[-1] == "in" and not _HELD_IN.isdisjoint(before[-3:-1]))
    if not before or before[-1] not in rules.ON_THE_WAY or (len(name) > 1 and name[0] not in _FIRST_OF_TWO):
        return False
    near = before[-6:-1]
    if before[-1] == "at" and not _CALLS.isdisjoint(near):
        return True
    return not _WAYS.isdisjoint(near) and _GIVEN.isdisjoint(near)


def _before(zone: Zone, start: int) -> list[str]:
    """Return the words of the sentence before a place in it, without an article next to it."""
    low = max(0, start - _BEFORE)
    if _MARK.search(zone.side.text, low, start):  # else no sentence begins there
        low = max(zone.side.sentence(start)[0], low)
    found = [word for _, _, word in words(zone.side.text, low, start)]
    return found[:-1] if found and found[-1] in _ARTICLES else found


def _is_behind_preposition(before: list[str]) -> bool:
    return bool(before) and (before[-1] in _PREPOSITIONS or " ".join(before[-2:]) in _PREPOSITIONS)


def _chinese_place(zone: Zone) -> str:
    """Return the Chinese or Japanese name of a place that the edit is, or is in, "" where it is none."""
    if not zone.content or not HAN_CHARACTER.match(zone.content[0][2]):
        return ""
    text = zone.side.text
    start = zone.start
    if zone.last - start <= _LONGEST_CITY and (city := _city_at(text, start, zone.last)):
        return city
    while start < zone.last and text[start] in _LEADING:
        start += 1  # 省衡阳: of 湖南省衡阳市
    found = _SUFFIX.search(text, start + 1, zone.last + _BEHIND_HAN)
    if found and found.start() <= zone.last + _TAIL and _is_chinese_name(zone, start, found.start()):
        name = text[start - (found.start() == start + 1) : found.end()]
        return "" if name.endswith(_GENERIC) else name
    if text.endswith(rules.CHINESE_PREFIXES, 0, start) and _is_chinese_name(zone, start, zone.last):
        return text[start : zone.last]
    return ""


def _city_at(text: str, start: int, end: int) -> str:
    """Return the city or province of which the edit is a part, or all: 温 of 温州."""
    if not _OF_CITIES.issuperset(text[start:end]):
        return ""  # a look first
    for first in range(max(0, start - 2), start + 1):
        for last in range(max(end, first + 2), min(end + 2, first + _LONGEST_CITY, len(text)) + 1):
            if text[first:last] in _CITIES:
                return text[first:last]
    return ""


def _is_chinese_name(zone: Zone, start: int, end: int) -> bool:
    name = zone.side.text[start:end]
    if not _CHINESE_NAME.fullmatch(name) or name[-1] in rules.NO_PLACE_ENDS or name[0] in rules.NO_PLACE_BEGINS:
        return False
    if name in _NO_PLACES or name.endswith(_NO_ENDS):
        return False
    return not any(
        term.category is Category.ORDINARY and term.start < end and start < term.end for term in zone.terms()
    )


_PREPOSITIONS = frozenset(
    " ".join(each.split())
    for line in rules.PREPOSITIONS.strip().splitlines()
    for each in (line.split(",") if "," in line else line.split())
    if each.strip()
)
_WAYS = frozenset(rules.WAYS.split())
_CITIES = frozenset(IN_CHINESE.split())
_OF_CITIES = frozenset("".join(_CITIES))
_LONGEST_CITY = max(map(len, _CITIES))
_CALLS = frozenset(rules.CALLS)
_HELD_IN = frozenset(rules.HELD_IN.split())
_GIVEN = frozenset(rules.GIVEN.split())
_FIRST_OF_TWO = frozenset(rules.FIRST_OF_TWO.split())
_NOUNS = frozenset(rules.NOUNS.split())
_NOT_PLACES = frozenset((*rules.NOT_PLACES.split(), *rules.ORGANISATIONS.split()))
_CAPITAL_BEFORE = re.compile(r"[^\W\d_a-z][^\W\d_]* $")
_LONGEST_WORD = 60  # letters of a word before: a run of letters of any length would be gone over from each of them
_BEARERS = frozenset(rules.BEARERS.split())
_CHINESE_BEARERS = tuple(rules.CHINESE_BEARERS.split())
_WITH_CAPITAL = re.compile(r" ([A-Z]\w+)")
_SHIPS = frozenset(rules.SHIPS.split())
_NO_PLACES = frozenset(rules.NO_PLACES.split())
_NO_ENDS = tuple(_NO_PLACES)
_SUFFIX = re.compile(rules.CHINESE_SUFFIXES)
_CHINESE_NAME = re.compile(f"[{HAN}]{{1,{_LONGEST}}}")
_MARK = re.compile(r"[^\w\s,]|\n")
_GENERIC = tuple(rules.GENERIC.split())
_LEADING = frozenset("省市县州区")
