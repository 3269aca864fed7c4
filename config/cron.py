"""Whether a line is a schedule: the five fields of crontab(5), as the scheduler that we hand it to reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class _Field:
    name: str
    low: int
    high: int
    words: tuple[str, ...] = ()  # in order, the first meaning `low`

    def number(self, text: str) -> int:
        """Return the number that one value means; raises ValueError in words."""
        if text.lower() in self.words:
            return self.low + self.words.index(text.lower())
        if not re.fullmatch(r"[0-9]{1,4}", text):
            raise ValueError(f"{text!r} is no value of the {self.name}")
        if not self.low <= int(text) <= self.high:
            raise ValueError(f"{text} is outside {self.low}-{self.high}, the values of the {self.name}")
        return int(text)

    def check(self, text: str) -> None:
        """Raise ValueError in words unless `text` is a list of values, ranges and steps of this field."""
        for part in text.split(","):
            values, slash, step = part.partition("/")
            if slash and not (re.fullmatch(r"[0-9]{1,4}", step) and int(step) > 0):
                raise ValueError(f"{step!r} is no step of the {self.name}")
            first, dash, last = values.partition("-")
            if values == "*":
                continue
            start = self.number(first)
            if dash and self.number(last) < start:
                raise ValueError(f"{values!r} runs backwards in the {self.name}")


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of the week", 0, 7, _DAYS),
)


def check_cron(line: str) -> str:
    """Return `line` with single spaces if it is a schedule of five fields (crontab(5)), else raise ValueError.

    The message says which field is wrong and why. Names of months and days may be used; `@daily` and seconds may not.

    >>> check_cron("0 */3  * * mon-fri")
    '0 */3 * * mon-fri'
    """
    fields = line.split()
    if len(fields) != len(_FIELDS):
        names = ", ".join(field.name for field in _FIELDS)
        raise ValueError(f"a schedule has {len(_FIELDS)} fields ({names}), this one {len(fields)}: {line!r}")
    for field, text in zip(_FIELDS, fields, strict=True):
        field.check(text)
    return " ".join(fields)
