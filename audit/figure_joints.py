"""Figures that are the same on both sides and say something else together: 5-10 and 5, 10, or +5 to -5 and -5 to +5."""

from __future__ import annotations

import re

from audit.zone import Zone

_LONGEST = 9  # characters of what joins two figures
_FROM_TO = re.compile(r"[-‐‑–—−~～〜]|\s(?:to|through|until|till)\s|[至到]")
_EACH = re.compile(r"[,，、]\s?|\s?&\s?|,?\s(?:and|or)\s|[和与與及或]")
_BETWEEN = re.compile(r"\bbetween \S{1,12}$", re.IGNORECASE)
_FIGURE = 12  # characters
_FIGURE_BEFORE = re.compile(rf"\d[\d.]{{0,{_FIGURE - 1}}}$")
_FIGURE_BEHIND = re.compile(r"[\d.]*\d")


def joined_otherwise(old: Zone, new: Zone, before: str, after: str) -> tuple[str, str] | None:
    """Return two figures with what joins them on either side, where the one side has all from the one to the other
    (5-10) and the other one has each of them (5, 10); None of any other edit."""
    if len(before) > _LONGEST or len(after) > _LONGEST:
        return None  # a look first
    if not (first := _joint(old)) or not (second := _joint(new)):
        return None
    run = [pattern.fullmatch(joint) is not None for pattern in (_FROM_TO, _EACH) for joint in (first, second)]
    if run not in ([True, False, False, True], [False, True, True, False]):
        return None
    one, other = _with_figures(old, first), _with_figures(new, second)
    return None if one is None or other is None else (one, other)


def changed_places(old: Zone, new: Zone) -> bool:
    """Tell whether the same numbers stand in another order between the same words."""
    olds, news = old.numbers(), new.numbers()
    if len(olds) != len(news) or len(olds) < 2:
        return False
    before, after = [number.value for number in olds], [number.value for number in news]
    return before != after and sorted(before) == sorted(after) and _others(old) == _others(new)


def _edges(zone: Zone) -> tuple[int, int]:
    """Return start and end of an edit with the white space round it."""
    text, start, end = zone.side.text, zone.start, zone.end
    while start > 0 and text[start - 1] == " ":
        start -= 1
    while text[end : end + 1] == " ":
        end += 1
    return start, end


def _joint(zone: Zone) -> str:
    """Return what stands between two digits, "" where it stands elsewhere."""
    text, (start, end) = zone.side.text, _edges(zone)
    return text[start:end] if text[start - 1 : start].isdigit() and text[end : end + 1].isdigit() else ""


def _with_figures(zone: Zone, joint: str) -> str | None:
    text, (start, end) = zone.side.text, _edges(zone)
    before, behind = _FIGURE_BEFORE.search(text, max(0, start - _FIGURE), start), _FIGURE_BEHIND.match(text, end)
    if before is None or behind is None or _BETWEEN.search(text[max(0, before.start() - _FIGURE) : start]):
        return None
    return f"{before[0]}{joint}{behind[0]}"


def _others(zone: Zone) -> list[str]:
    numbers = zone.numbers()
    return [word for start, end, word in zone.words if not any(n.start < end and start < n.end for n in numbers)]
