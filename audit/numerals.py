"""How numbers and dates are written, as data: what makes several words one token (audit/tokens.py)."""

from __future__ import annotations

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
    *("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"),
    *("января", "февраля", "марта", "апреля", "мая", "июня", "июля"),
    *("августа", "сентября", "октября", "ноября", "декабря"),
)

SPELLED = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty"),
    *("sixty", "seventy", "eighty", "ninety"),
)
"""Numbers in words. "one" is not among them: as a rule it is a pronoun. It counts before a scale and after a ten."""

SCALES = (
    *("hundred", "thousand", "million", "billion", "trillion", "dozen"),
    *("hundreds", "thousands", "millions", "billions", "trillions", "dozens", "mln", "bn"),
    *("тысяча", "тысяч", "тысячи", "тыс", "миллион", "миллиона", "миллионов", "млн"),
    *("миллиард", "миллиарда", "миллиардов", "млрд"),
)

PERCENT = (*("percent", "per cent", "percentage points", "percentage point", "процент", "процента", "процентов"),)

CODES = ("USD", "EUR", "RMB", "CNY", "RUB", "GBP", "JPY")
"""Letters that stand before a sum."""

BEFORE_SIGN = ("US", "A", "C", "HK", "NT")
"""Letters that may stand before a currency sign."""

CURRENCIES = (
    *(
        "U.S. dollars",
        "U.S. dollar",
        "US dollars",
        "US dollar",
        "dollars",
        "dollar",
        "euros",
        "euro",
        "yuan",
        "renminbi",
        "rubles",
        "roubles",
        "pounds",
        "yen",
    ),
    *("rupees", "рубль", "рубля", "рублей", "доллар", "доллара", "долларов", "евро", *CODES),
)

CJK_CURRENCIES = ("美元", "欧元", "歐元", "日元", "英镑", "卢布", "人民币", "元", "円")

GLUED_UNITS = ("km", "cm", "mm", "m", "kg", "g", "t", "kt", "kW", "MW", "GW", "mph", "kph", "bn", "k", "nm")
"""Units that are written onto the number. "5G" and "3D" are words."""
