"""What an edit says by signs, neither letters nor digits: ≥ for ≤, ℃ for ℉, another flag, emoji, bidi controls.

Unicode's symbols are no punctuation. What bounds or measures a number goes with it, a flag is a country's name, other
signs are words; what only decorates says nothing (audit.rules.signs).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from articles.folding import FOLDED
from audit.edit import EditType
from audit.rules.signs import ALSO_ORNAMENTS, BEFORE_A_NUMBER, MEASURING, ORNAMENTS, RUNS, SAME, SPOKEN, UNITS
from audit.zone import Zone

_NO_SIGN = r"\w\s.,:;!?'\"()\[\]{}“”‘’「」『』《》〈〉，。、：；！？（）【】…—–\-/*@&\\·•"
_MAY_SAY = re.compile(f"[^{_NO_SIGN}]")
_MAY_MEASURE = re.compile("['’\"”]")
_RUNS = re.compile(RUNS)
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0020-\U000e007f]+")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_REVERSING = re.compile("[\u202b\u202e\u2067]")
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_JOINER = "\u200d"
_SKINS_AND_TAGS = re.compile("[\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
ONE_SIGN = {sign: line.strip()[0] for line in SAME.split() for sign in line.strip()}
_FIGURE_BEHIND = re.compile(r"[^\w\n]{0,4}\d[\d.,]*[ \u00a0]?[%‰°℃℉]?")
_FIGURE_BEFORE = re.compile(r"\d[\d.,]*[^\w\n]{0,3}\Z")
_YEAR = re.compile(r"\d{4}")
_FEET_OR_INCHES = {"'": "′", '"': "″"}
_NUMBER_BEFORE = 24  # characters before an edit in which the figure beside it is looked for
_NUMBER_NEXT = re.compile(r"[ \u00a0]?[+\-−]?\d")
_RATE = re.compile(r"[ \u00a0]?[+\-−]?\d[\d.,]*[ \u00a0]?[%％]")


class Said(NamedTuple):
    """What signs say: of which type, in which words."""

    type: EditType
    before: str
    after: str


def said_by_signs(old: Zone, new: Zone, before: str, after: str) -> Said | None:
    """Return what an edit says otherwise by its signs, None where they say the same."""
    if not (_MAY_SAY.search(before) or _MAY_SAY.search(after)) and not (
        _MAY_MEASURE.search(before) or _MAY_MEASURE.search(after)
    ):
        return None  # a look first
    controls = _BIDI.findall(before) != _BIDI.findall(after) and (_is_seen(old) or _is_seen(new))
    gone, come = _signs(old), _signs(new)
    if not (gone and come) and _letters(before) != _letters(after):  # said in words: 7% and 7 percent, $5 and 5 dollars
        gone, come = ([sign for sign in some if not _measures(sign)] for some in (gone, come))
    if not controls and gone == come:
        return None
    flags = _flags(old), _flags(new)
    if flags[0] != flags[1]:
        return Said(EditType.PLACE, " ".join(flags[0]), " ".join(flags[1]))
    if (controls or any(map(_measures, (*gone, *come)))) and (_counted(old) or _counted(new)):
        return Said(EditType.NUMBER, _with_number(old), _with_number(new))
    return Said(EditType.WORDS, before, after)


def says_nothing(text: str) -> bool:
    """Tell whether a text has neither letters nor figures, nor signs that say something: ***, but not ✗.

    >>> says_nothing("* * *"), says_nothing("✗"), says_nothing("3")
    (True, False, False)
    """
    return not any(each.isalnum() or _says(each) for each in text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _signs(zone: Zone) -> list[str]:
    """Return the signs of an edit that say something."""
    text = zone.side.text
    drawn = {at for run in _RUNS.finditer(text, zone.start, zone.end) for at in range(*run.span())}
    found = []
    for at in range(zone.start, zone.end):
        sign = FOLDED.get(text[at], text[at]) or text[at]
        if sign.isalnum() or sign.isspace() or at in drawn:
            continue
        sign = ONE_SIGN.get(text[at], ONE_SIGN.get(sign, text[at] if text[at] in MEASURING else sign))
        if sign in BEFORE_A_NUMBER:
            says = _stands_before_a_number(text, at, sign)
        elif sign in "′″":
            says = text[at - 1 : at].isdigit()
        elif sign in "'\"":
            sign, says = _FEET_OR_INCHES[sign], _measures_a_length(zone, at)
        elif sign == _JOINER:
            says = (
                at > 0
                and unicodedata.category(text[at - 1]) in ("So", "Sk", "Mn")
                and _is_symbol(text[at + 1 : at + 2])
            )
        else:
            says = _says(sign)
        if says:
            found.append(sign)
    return found


def _measures_a_length(zone: Zone, at: int) -> bool:
    """Tell whether a quote mark stands for feet or inches: behind a figure, and it closes no quotation."""
    text = zone.side.text
    if not text[at - 1 : at].isdigit() or text[at + 1 : at + 2].isalpha() or _YEAR.search(text, max(0, at - 4), at):
        return False  # 2019's, 2019'
    return all(end != at for _, end in zone.side.quotations())


def _stands_before_a_number(text: str, at: int, sign: str) -> bool:
    if not _NUMBER_NEXT.match(text, at + 1):
        return False
    if sign in "#~":
        return not text[at - 1 : at].isalnum()
    return at > 0 or _RATE.match(text, at + 1) is not None  # a bullet before "5 ships"


@cache
def _says(sign: str) -> bool:
    if sign in SPOKEN or _SKINS_AND_TAGS.match(sign):
        return True
    if sign in ALSO_ORNAMENTS or any(first <= sign <= last for first, last in ORNAMENTS):
        return False
    return _is_symbol(sign)


def _is_symbol(sign: str) -> bool:
    return len(sign) == 1 and unicodedata.category(sign) in ("Sm", "Sc", "So")


@cache
def _measures(sign: str) -> bool:
    if sign in MEASURING or sign in BEFORE_A_NUMBER or UNITS[0] <= sign <= UNITS[1]:
        return True
    return unicodedata.category(sign) in ("Sm", "Sc")


def _is_seen(zone: Zone) -> bool:
    """Tell whether controls of direction may change what is seen: one that reverses, or a text of both directions."""
    text = zone.side.text
    return bool(_REVERSING.search(text)) or any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text)


def _flags(zone: Zone) -> list[str]:
    """Return the flags that an edit touches, whole."""
    found = _FLAG.finditer(zone.side.text, max(0, zone.start - 80))
    return [flag[0] for flag in found if flag.start() < zone.end and flag.end() > zone.start]


def _counted(zone: Zone) -> bool:
    """Tell whether an edit has a figure or stands beside one."""
    text = zone.side.text
    if any(map(str.isdigit, text[zone.start : zone.end])) or _FIGURE_BEHIND.match(text, zone.end):
        return True
    return _figure_before(zone) is not None


def _figure_before(zone: Zone) -> re.Match[str] | None:
    return _FIGURE_BEFORE.search(zone.side.text, max(0, zone.start - _NUMBER_BEFORE), zone.start)


def _with_number(zone: Zone) -> str:
    """Return an edit with the figures beside it."""
    text, start, end = zone.side.text, zone.start, zone.end
    if before := _figure_before(zone):
        start = before.start()
    if behind := _FIGURE_BEHIND.match(text, end):
        end = behind.end()
    return text[start:end].strip()
