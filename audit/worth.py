"""What a number is worth, however it is written: 1.5 billion, $3m, two hundred and five, 一万二千, 3½."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "mln": 10**6, "billion": 10**9, "bn": 10**9,
    "trillion": 10**12, "dozen": 12,
    "十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12,
}  # fmt: skip
_NUMBER = re.compile(
    rf"(?P<sign>[-−])?(?P<digits>\d+(?:[,，\u00a0 ]\d{{3}})*(?:[.．]\d+)?)"
    rf"(?P<scale>[ -]?(?:{'|'.join(scale for scale in _SCALES if scale.isascii())})\b|[十百千万萬亿億兆]+)?"
)
_PERCENT = re.compile(r"percent|per cent|pct|％")
_MONEY = {
    **dict.fromkeys(("us$", "dollars", "dollar", "us dollars", "us dollar", "usd", "美元"), "$"),
    **dict.fromkeys(("u.s. dollars", "u.s. dollar"), "$"),
    "百分之": "%",
    "￥": "¥",
    **dict.fromkeys(("rmb", "renminbi", "cny", "人民币", "元"), "yuan"),
    **dict.fromkeys(("€", "euro", "eur", "欧元"), "euros"),
}
HAN_NUMERALS = "零〇一二三四五六七八九十百千万亿两"
_HAN_NUMBER = re.compile(rf"(?:百分之)?(?P<whole>[{HAN_NUMERALS}]+)(?:点(?P<part>[零〇一二三四五六七八九]+))?")
_HAN_DIGITS = {"〇": 0, "两": 2} | {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NAMED = {name: value for value, name in enumerate(_ONES)} | {name: 10 * value for value, name in enumerate(_TENS, 2)}
_SHORT = re.compile(r"[$€£¥₽₹₩￥＄]\s?[\d.,]+([kKmMB])\Z")
_SHORT_SCALES = {"k": "thousand", "m": "million", "b": "billion"}
_FRACTION = re.compile(r"(\d+)?([½⅓⅔¼¾⅛⅜⅝⅞])")
_LONGEST = 24  # characters of a number that is still calculated with


def number_value(text: str) -> str:
    """Return a number in digits with its unit, or the text where it cannot be calculated.

    >>> number_value("3,000"), number_value("1.5万"), number_value("two hundred and five"), number_value("7 percent")
    ('3000', '15000', '205', '7%')
    """
    if len(text) > _LONGEST:
        return text
    if text.isdecimal() and text.isascii():
        return text.lstrip("0") or "0"
    if short := _SHORT.search(text):  # $3m is no length
        text = f"{text[:-1]} {_SHORT_SCALES[short[1].lower()]}"
    elif fraction := _FRACTION.search(text):
        text = f"{text[: fraction.start()]}{_in_digits(fraction)}{text[fraction.end() :]}"
    match = _NUMBER.search(text)
    if match:
        value = Decimal(re.sub("[,，\u00a0 ]", "", match["digits"]).replace("．", "."))
        scale = (match["scale"] or "").strip(" -")
        for factor in (scale,) if scale in _SCALES else tuple(scale):
            value *= _SCALES[factor]
        number = ("-" if match["sign"] else "") + _plain(value)
    elif match := _HAN_NUMBER.search(text):
        part = "".join(str(_HAN_DIGITS[digit]) for digit in match["part"] or "")
        number = han_whole(match["whole"]) + (f".{part}" if part else "")
        if text.startswith("百分之"):
            return f"{number}%"
    else:
        return _worded(text)
    unit = (text[: match.start()] + text[match.end() :]).lower().strip()
    return number + _MONEY.get(unit, _PERCENT.sub("%", unit))


def _worded(text: str) -> str:
    percent = _PERCENT.search(text)
    total = current = 0
    for word in re.split(r"[ -]", (text[: percent.start()].rstrip() if percent else text).lower()):
        if word in _NAMED:
            current += _NAMED[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total, current = total + (current or 1) * _SCALES[word], 0
        elif word != "and":
            return text.lower()  # dozens, a unit of another language: worth what it says
    return f"{total + current}{'%' if percent else ''}"


def han_whole(characters: str) -> str:
    """
    >>> [han_whole(text) for text in ("三", "十二", "两百五十", "一万二千", "二〇二六")]
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


def _in_digits(found: re.Match[str]) -> str:
    """Return a fraction of one character in digits: 1/2, or behind a whole number 3.5."""
    over, _, under = unicodedata.normalize("NFKC", found[2]).partition("⁄")
    if not found[1]:
        return f"{over}/{under}"
    return f"{Decimal(found[1]) + Decimal(over) / Decimal(under):.4g}"


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
