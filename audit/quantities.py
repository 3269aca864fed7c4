"""What numbers and dates are worth, so that "five" and "5" are the same and "12" and "92" are not."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from audit.dated import MONTHS, date_of_number
from audit.rules.chinese import MEASURES
from audit.tokens import TokenKind, figures
from audit.units import unit_behind, unit_of_number


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
_SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "mln": 10**6, "billion": 10**9, "bn": 10**9,
    "trillion": 10**12, "dozen": 12,
    "十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12,
}  # fmt: skip
_NUMBER = re.compile(
    rf"(?P<sign>[-−])?(?P<digits>\d+(?:[,，\u00a0 ]\d{{3}})*(?:[.．]\d+)?)"
    rf"(?P<scale>[ -]?(?:{'|'.join(scale for scale in _SCALES if scale.isascii())})\b|[十百千万萬亿億兆]+)?"
)
_UNITS = re.compile(r"\s*(?:percent|per cent|pct|％)")
_MONEY = {
    **dict.fromkeys(("us$", "dollars", "dollar", "us dollars", "us dollar", "usd", "美元"), "$"),
    "￥": "¥",
    **dict.fromkeys(("rmb", "renminbi", "cny", "人民币", "元"), "yuan"),
    **dict.fromkeys(("€", "euro", "eur", "欧元"), "euros"),
}
_HAN = "零〇一二三四五六七八九十百千万亿两"
_HAN_NUMBER = re.compile(rf"(?:百分之)?(?P<whole>[{_HAN}]+)(?:点(?P<part>[零〇一二三四五六七八九]+))?")
_ONE_HAN = re.compile(rf"[二三四五六七八九十两几数](?=[{MEASURES}])|(?<=第)[一二三四五六七八九]|一(?=[人名架艘枚辆吨])")
_FEW = "十百千万萬亿億"
_SOME_HAN = re.compile(
    rf"""
      (?P<bound>[逾上近超约約])(?P<over>[百千万萬亿億])(?=[{MEASURES}余餘多])(?![{_FEW}度]|(?<=千)[克米瓦吨])
    | (?P<bare>[百千])(?=[名余餘多])
    | [数數几幾](?P<some>[{_FEW}]+)
    | (?P<of>[{_HAN}]+)分之(?P<part>[{_HAN}]+)
    | 半[数數] | 一半
    """,
    re.VERBOSE,
)
_HAN_DIGITS = {"〇": 0, "两": 2} | {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NAMED = {name: value for value, name in enumerate(_ONES)} | {name: 10 * value for value, name in enumerate(_TENS, 2)}
_DAY_IN_HAN = re.compile("(?:[一二]?十)?[一二三四五六七八九]|[二三]?十|三十一")
_NUMBER_IN_HAN = re.compile(f"[{_HAN}]+")
_MORE = re.compile("[余餘多]([十百千万萬亿億]*)")
_OF_A_THOUSAND = ("克", "米", "瓦", "吨")
_BELOW_ZERO = re.compile(r"(?:零下|[Mm]inus )$")
_LONGEST = 24  # characters of a number that is still calculated with


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
        value = f"{_han_whole(found['part'])}/{_han_whole(found['of'])}"
    elif scale := found["over"] or found["bare"]:
        value = _han_whole(scale) + "+" * (found["bound"] == "上")
    elif found["some"]:
        value = f"数{_han_whole(found['some'])}"
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
        text = _NUMBER_IN_HAN.sub(lambda number: _han_whole(number[0]), text)
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


def number_value(text: str) -> str:
    """Return a number in digits with its unit, or the text where it cannot be calculated.

    >>> number_value("3,000"), number_value("1.5万"), number_value("two hundred and five"), number_value("7 percent")
    ('3000', '15000', '205', '7%')
    """
    if len(text) > _LONGEST:
        return text
    if text.isdecimal() and text.isascii():
        return text.lstrip("0") or "0"
    match = _NUMBER.search(text)
    if match:
        value = Decimal(re.sub("[,，\u00a0 ]", "", match["digits"]).replace("．", "."))
        scale = (match["scale"] or "").strip(" -")
        for factor in (scale,) if scale in _SCALES else tuple(scale):
            value *= _SCALES[factor]
        number = ("-" if match["sign"] else "") + _plain(value)
    elif match := _HAN_NUMBER.search(text):
        part = "".join(str(_HAN_DIGITS[digit]) for digit in match["part"] or "")
        number = _han_whole(match["whole"]) + (f".{part}" if part else "")
        if text.startswith("百分之"):
            return f"{number}%"
    else:
        return _worded(text)
    unit = (text[: match.start()] + text[match.end() :]).lower().strip()
    return number + _MONEY.get(unit, _UNITS.sub("%", unit))


def _worded(text: str) -> str:
    percent = _UNITS.search(text)
    total = current = 0
    for word in re.split(r"[ -]", (text[: percent.start()] if percent else text).lower()):
        if word in _NAMED:
            current += _NAMED[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total, current = total + (current or 1) * _SCALES[word], 0
        elif word != "and":
            return text.lower()  # dozens, a unit of another language: worth what it says
    return f"{total + current}{'%' if percent else ''}"


def _han_whole(characters: str) -> str:
    """
    >>> [_han_whole(text) for text in ("三", "十二", "两百五十", "一万二千", "二〇二六")]
    ['3', '12', '250', '12000', '2026']
    """
    if len(characters) > 1 and all(character in _HAN_DIGITS for character in characters):
        return "".join(str(_HAN_DIGITS[character]) for character in characters)
    total = section = digit = 0
    for character in characters:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif (factor := _SCALES[character]) < 10**4:
            section, digit = section + (digit or 1) * factor, 0
        else:
            total, section, digit = total + (section + digit or 1) * factor, 0, 0
    return str(total + section + digit)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
