"""What strangers write is no formula in a spreadsheet, however it parts cells."""

from __future__ import annotations

import csv
import io
import re

import pytest

from audit.report.csv_table import csv_table

BEGINNINGS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠A",
    " =1",
    "\u3000=1",
    "\t=1",
    "\r=1",
    "\n=1",
    "\ufeff=1",
)
FORMULA = re.compile(r'"*\s*[=+@＝＋－＠-]')
INSIDE = ("", "a;", "a; ", 'a;"', 'a;""', ";")


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("before", INSIDE)
@pytest.mark.parametrize("separators", [",", ";", ",;\t"])
def test_no_cell_is_a_formula(beginning: str, before: str, separators: str) -> None:
    text = f"{before}{beginning};b"
    table = csv_table([("what", text, "rest"), (text, text, None)])
    cells = re.split(f"[{separators}]|\r\n|\n|\r", table)  # as if nothing were quoted
    assert not [cell for cell in cells if FORMULA.match(cell)]


@pytest.mark.parametrize("text", ["a;b", 'he said "no", twice', "words; number", "'tis", ";-", "12", "", "中文；=1"])
def test_all_else_is_read_as_it_was(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_table([("x", text)]), newline=""))
    assert row == ["x", text.replace(";-", ";'-")]
