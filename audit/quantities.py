"""What numbers and dates are worth, so that "five" and "5" are the same and "12" and "92" are not."""

from __future__ import annotations

import re
from typing import NamedTuple

from audit.dated import MONTHS, date_of_number
from audit.rules.chinese import MEASURES
from audit.rules.units import BOUNDS_BEHIND
from audit.tokens import TokenKind, figures
from audit.units import unit_behind, unit_of_number
from audit.worth import HAN_NUMERALS, han_whole, number_value


class Quantity(NamedTuple):
    """A number or a date in a text. Two of the same `value` say the same; `bare` is it without a unit of measure."""

    start: int
    end: int
    is_date: bool
    value: str
    bare: str

    def says(self, other: Quantity) -> bool:
        """Tell whether both say the same, or may: one leaves out the unit that the other has (5 to 10 km)."""
        return self.value == other.value or self.bare == other.value or self.value == other.bare


_DATE = re.compile(
    r"""
      (?P<y1>\d{4})[-/.](?P<m1>\d\d?)[-/.](?P<d1>\d\d?)
    | (?P<m2>[A-Za-z]{3,9})\.?\s(?P<d2>\d\d?)(?!\d)(?:st|nd|rd|th)?(?:,?\s(?P<y2>\d{4}))?
    | (?P<d3>\d\d?)(?:st|nd|rd|th)?\s(?P<m3>[A-Za-z]{3,9})(?:\.?,?\s(?P<y3>\d{4}))?
    | (?P<m4>[A-Za-z]{3,9})\.?\s(?P<y4>\d{4})
    | (?:(?P<y5>\d{4})年\s?)?(?P<m5>\d\d?)月\s?(?:(?P<d5>\d\d?)[日号])?
    | (?P<y6>\d{4})年
    | (?P<d7>\d\d?)[日号]
    """,
    re.VERBOSE,
)
_ONE_HAN = re.compile(
    rf"[二三四五六七八九十两几数](?=[{MEASURES}])|(?<=第)[一二三四五六七八九]|一(?=[人名架艘枚辆吨])|[一二三四五六七八九十两](?=[死伤傷])|(?<=翻了)一(?=番)|(?<=翻)一(?=番)"
)
_FEW = "十百千万萬亿億"
_SOME_HAN = re.compile(
    rf"""
      (?P<bound>[逾上近超约約])(?P<over>[百千万萬亿億])(?=[{MEASURES}余餘多])(?![{_FEW}度]|(?<=千)[克米瓦吨])
    | (?P<bare>[百千])(?=[名余餘多])
    | [数數几幾](?P<some>[{_FEW}]+)
    | (?P<of>[{HAN_NUMERALS}]+)分之(?P<part>[{HAN_NUMERALS}]+)
    | 半[数數] | 一半
    """,
    re.VERBOSE,
)
_DAY_IN_HAN = re.compile("(?:[一二]?十)?[一二三四五六七八九]|[二三]?十|三十一")
_NUMBER_IN_HAN = re.compile(f"[{HAN_NUMERALS}]+")
_MORE = re.compile("[余餘多]([十百千万萬亿億]*)")
_OF_A_THOUSAND = ("克", "米", "瓦", "吨")
_BELOW_ZERO = re.compile(r"(?:零下|[Mm]inus )$")
_BOUND_OF = {
    spelled.strip(): line.split(",")[0].strip()
    for line in BOUNDS_BEHIND.strip().splitlines()
    for spelled in line.split(",")
}
_BOUND_BEHIND = re.compile(rf"(?:[ {MEASURES}])?({'|'.join(sorted(_BOUND_OF, key=len, reverse=True))})(?![a-z])")
_TENTHS = re.compile("割|成(?![功立员員为為了人果长長本都分熟就])")
_PARTS_OF = {"thirds": 3, "quarters": 4, "fourths": 4, "fifths": 5, "sixths": 6, "eighths": 8, "tenths": 10}
_PARTS = re.compile(rf"[ -]({'|'.join(_PARTS_OF)})\b")
_MANY = frozenset(("thousands", "millions", "billions", "hundreds"))
_MANY_OF = re.compile(r"\b([Tt]ens|[Dd]ozens|[Ss]cores|[Hh]undreds|[Tt]housands|[Mm]illions) of $")


def quantities(text: str, start: int, end: int) -> list[Quantity]:
    """Return the dates and numbers that stand in a stretch of text, in order; a year alone is a date.

    >>> found = quantities("On May 9, since 2019, some 1.5 billion, or twenty-one percent", 0, 61)
    >>> [(quantity.is_date, quantity.value) for quantity in found]
    [(True, '-5-9'), (True, '2019--'), (False, '1500000000'), (False, '21%')]
    """
    found = []
    done = start
    for token in figures(text[start:end]):
        first, last = token.start + start, token.end + start
        if first < done:
            continue
        if token.kind is TokenKind.HAN and (some := _SOME_HAN.match(text, first)):
            found.append(_some(text, some))
            done = found[-1].end
        elif token.kind is TokenKind.DATE:
            value = date_value(token.text)
            found.append(Quantity(first, last, True, value, value))
        elif token.kind is TokenKind.NUMBER:
            found.append(_date(text, first, last) or _measured(text, first, last, token.text))
        elif one := _ONE_HAN.match(text, first):
            found.append(_day_in_han(text, first, last) or _measured(text, first, last, one[0]))
    return found


def _date(text: str, first: int, last: int) -> Quantity | None:
    dated = date_of_number(text, first, last)
    return Quantity(first, dated[0], True, dated[1], dated[1]) if dated else _day_in_han(text, first, last)


def _day_in_han(text: str, first: int, last: int) -> Quantity | None:
    """Return a day of the month in characters (二十日), as the token of one in digits (20日) is a date."""
    if text[last : last + 1] != "日" or text[last : last + 2] == "日本" or not _DAY_IN_HAN.fullmatch(text, first, last):
        return None
    value = date_value(text[first : last + 1])
    return Quantity(first, last + 1, True, value, value)


def _some(text: str, found: re.Match[str]) -> Quantity:
    """Return what is counted in round numbers (逾百人, 数十人) or in parts (三分之一, 半数)."""
    last = found.end()
    if found["part"]:
        value = f"{han_whole(found['part'])}/{han_whole(found['of'])}"
    elif scale := found["over"] or found["bare"]:
        value = han_whole(scale) + "+" * (found["bound"] == "上")
    elif found["some"]:
        value = f"数{han_whole(found['some'])}"
    else:
        value = "1/2"
    if not found["some"] and (more := _MORE.match(text, last)):
        last, value = more.end(), value.rstrip("+") + "+"
    last, unit = unit_behind(text, last)
    return Quantity(found.start(), last, False, value + unit, value)


def _measured(text: str, first: int, last: int, written: str) -> Quantity:
    """Return a number with its unit, with what says that it is more (3000余名), and with its sign in words."""
    if written[-1] == "千" and text[last : last + 1] in _OF_A_THOUSAND:  # 500千克 is not half a ton of grams
        written, last = written[:-1], last - 1
    value, unit = unit_of_number(number_value(written))
    if more := _MORE.match(text, last):
        value = number_value(written + more[1]) + "+"
        last = more.end()
    if not unit:
        last, unit = unit_behind(text, last)
    if parts := _PARTS.match(text, last):
        last, value = parts.end(), f"{value}/{_PARTS_OF[parts[1]]}"
    if text.startswith("-old", last):
        last += len("-old")
    if bound := _BOUND_BEHIND.match(text, last):
        last, value = bound.end(), f"{value}{_BOUND_OF[bound[1]]}"
    elif tenth := _TENTHS.match(text, last):
        last, unit = tenth.end(), "/10"
    if (many := _MANY_OF.search(text, max(0, first - 12), first)) and written.lower() in _MANY:
        first, value = many.start(), f"{many[1].lower()} {value}"
    if sign := _BELOW_ZERO.search(text, max(0, first - 6), first):
        first, value = sign.start(), f"-{value}"
    return Quantity(first, last, False, value + unit, value)


def date_value(text: str) -> str:
    """Return year-month-day as far as said, or the text of a time of day.

    >>> {date_value("2026年1月5日"), date_value("5 January 2026"), date_value("Jan. 5, 2026"), date_value("2026-01-05")}
    {'2026-1-5'}
    >>> date_value("二〇二六年一月五日"), date_value("十月二十日")
    ('2026-1-5', '-10-20')
    """
    if not text.isascii():
        text = _NUMBER_IN_HAN.sub(lambda number: han_whole(number[0]), text)
    match = _DATE.fullmatch(text)
    if match is None:
        return text.lower()
    said = {name[0]: value for name, value in match.groupdict().items() if value}
    month = said.get("m", "")
    if month and not month.isdigit():
        if month[:3].lower() not in MONTHS:
            return text.lower()
        month = str(MONTHS.index(month[:3].lower()) + 1)
    return f"{said.get('y', '')}-{month.lstrip('0')}-{said.get('d', '').lstrip('0')}"
