"""Rows for spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from articles.visible import visible

_FORMULA: Final = re.compile(r'(^|;"*)(?=\s*[=+@\uff1d\uff0b\uff0d\uff20-])')
"""Where a formula begins; in full width too, which spreadsheets in East Asian locales take for the same.

In the middle of a cell as well: where commas part decimals, Excel parts cells at semicolons, whatever is quoted, and
then takes quotes at the beginning of one away.
"""

_QUOTED: Final = re.compile(r'[",;]')
"""What has its cell quoted: the semicolon because LibreOffice parts cells there, too. No cell has a line's end."""


def csv_table(rows: Iterable[Sequence[object]]) -> str:
    r"""Return rows as RFC 4180, those with the names of the columns among them.

    What a spreadsheet would take for a formula has an apostrophe before it, moments are ISO 8601, truths `true` and
    `false`, and None is an empty cell. What could steer a terminal is made visible.

    >>> csv_table([("headline", "score"), ("=1+1", 4), ("Drill, ended", None), ("12;-1", True)])
    'headline,score\r\n\'=1+1,4\r\n"Drill, ended",\r\n"12;\'-1",true\r\n'
    """
    return "".join(f"{','.join(map(_cell, row))}\r\n" for row in rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = visible(value.isoformat() if isinstance(value, datetime) else str(value))
    cell = _FORMULA.sub(r"\1'", text)
    return '"{}"'.format(cell.replace('"', '""')) if _QUOTED.search(cell) else cell
