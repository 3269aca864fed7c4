"""Rows for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from articles.visible import visible

_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a formula begins; in full width too, which spreadsheets in East Asian locales take for the same."""


def csv_table(rows: Iterable[Sequence[object]]) -> str:
    r"""Return rows as RFC 4180, those with the names of the columns among them.

    A cell that a spreadsheet would take for a formula has an apostrophe before it, moments are ISO 8601, truths `true`
    and `false`, and None is an empty cell. What could steer a terminal is made visible.

    >>> csv_table([("headline", "score"), ("=1+1", 4), ("Drill, ended", None)])
    'headline,score\r\n\'=1+1,4\r\n"Drill, ended",\r\n'
    """
    written = io.StringIO()
    csv.writer(written).writerows(map(_cell, row) for row in rows)
    return written.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    cell = visible(value.isoformat() if isinstance(value, datetime) else str(value))
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell
