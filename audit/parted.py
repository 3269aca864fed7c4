"""Numbers that white space parts otherwise: 20 12 is not 2012, and 5 0 not 50; 1 500 and 1500 are one number."""

from __future__ import annotations

import re

from audit.zone import Zone

_BEFORE = re.compile(r"[\d\s.,]*\Z")
_BEHIND = re.compile(r"[\d\s.,]*")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d])")
_FIGURE = re.compile(r"\d(?:[\d.,]*\d)?")
_LONGEST = 40  # characters on either side


def parted(old: Zone, new: Zone, before: str, after: str) -> tuple[str, str] | None:
    """Return the figures at an edit of white space alone, where they are others on both sides."""
    if before.lstrip()[:1] != after.lstrip()[:1]:
        return None  # a look first
    if before == after or "".join(before.split()) != "".join(after.split()):
        return None
    first, second = _run(old), _run(new)
    return (first, second) if _figures(first) != _figures(second) else None


def _run(zone: Zone) -> str:
    text, low = zone.side.text, max(0, zone.start - _LONGEST)
    before = _BEFORE.search(text, low, zone.start)
    behind = _BEHIND.match(text, zone.end, zone.end + _LONGEST)
    return text[before.start() if before else zone.start : behind.end() if behind else zone.end].strip()


def _figures(run: str) -> list[str]:
    return _FIGURE.findall(_THOUSANDS.sub(lambda found: "".join(found[0].split()), run))
