"""Numbers that are dates by what stands round them: 2019, the 1990s, the 5th of May, May 4 to 9."""

from __future__ import annotations

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"(?:\s?[-–—]\s?| (?:to|through|until|till|and|or) )"
_FARTHEST = 24  # characters before a number in which the day stands that it follows

_YEAR_BEFORE = re.compile(
    r"\b(?:in|of|since|until|till|from|after|before|year|summer|autumn|fall|spring|winter|late|early|mid)[ -]$"
    r"|[(（]$|, $"
)
_MAYBE_YEAR_BEFORE = re.compile(r"\b(?:by|and|to|the) $")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DECADE = re.compile(r"(?:1[5-9]|20)\d0s")
_COUNTED = re.compile(r" (?!(?:is|was|has|its|as|this)\b)[a-z]+s\b")

_DAY_OF_MONTH = re.compile(_DAY)
_OF_MONTH = re.compile(rf" of {_MONTH}")
_CENTURY = re.compile(r"[ -]centur(?:y|ies)\b")
_NTH_BEFORE = re.compile(r"\b(?:on|by|from|until|till|since|before|after) the $")
_NTH_BEHIND = re.compile(r"[.,;:)]|$")
_DAY_BEFORE = re.compile(rf"\b{_MONTH}\.? {_DAY}{_TO}$")
_DAY_BEHIND = re.compile(rf"{_TO}{_DAY} {_MONTH}")
_CHINESE_DAY_BEHIND = re.compile(r"[-–—至到]\d{1,2}[日号]")
_CHINESE_AGE = re.compile("世纪|世紀|年代")


def date_of_number(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return where a date ends whose first part is this number, and what it is worth; None if the number is no date.

    >>> text = "in 2019, the 1990s, the 5th of May, from May 4 to 9, 12 of"
    >>> [date_of_number(text, *span) for span in ((3, 7), (13, 18), (24, 27), (50, 51), (53, 55))]
    [(7, '2019--'), (18, '1990s'), (34, '-5-5'), (51, '-5-9'), None]
    """
    written = text[start:end]
    if _DAY_OF_MONTH.fullmatch(written):
        return _day(text, start, end, written)
    if _DECADE.fullmatch(written):
        return end, written
    return (end, f"{written}--") if _is_year(text, start, end) else None


def _day(text: str, start: int, end: int, written: str) -> tuple[int, str] | None:
    day = written.rstrip("dhnrst").lstrip("0")
    if age := _CHINESE_AGE.match(text, end):
        return age.end(), text[start : age.end()]
    if text[start - 1 : start] == "月" and _CHINESE_DAY_BEHIND.match(text, end):
        return end, f"--{day}"
    if (behind := _DAY_BEHIND.match(text, end)) or (
        (behind := _DAY_BEFORE.search(text, max(0, start - _FARTHEST), start)) and not _COUNTED.match(text, end)
    ):
        return end, f"-{_month(behind)}-{day}"
    if written.isdecimal():
        return None
    if behind := _OF_MONTH.match(text, end):
        return behind.end(), f"-{_month(behind)}-{day}"
    if age := _CENTURY.match(text, end):
        return age.end(), f"{written} century"
    if _NTH_BEHIND.match(text, end) and _NTH_BEFORE.search(text, max(0, start - 12), start):
        return end, f"--{day}"
    return None


def _month(found: re.Match[str]) -> int:
    return MONTHS.index(found["month"][:3].lower()) + 1


def _is_year(text: str, start: int, end: int) -> bool:
    if end - start != 4 or not _YEAR.match(text, start):
        return False
    before = text[max(0, start - 8) : start]
    return bool(_YEAR_BEFORE.search(before) or (_MAYBE_YEAR_BEFORE.search(before) and not _COUNTED.match(text, end)))
