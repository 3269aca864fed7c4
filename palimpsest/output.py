"""How results reach a person or another program."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from articles.visible import visible

if TYPE_CHECKING:
    from rich.console import Console

WIDTH_OF_NO_TERMINAL = 100
plain = visible
"""What every command puts a stranger's text through."""

STYLES = {
    "found": "green",
    "MISSED": "bold red",
    "new": "green",
    "changed": "yellow",
    "re-posted": "cyan",
    "gone": "red",
    "ok": "green",
    "failed": "bold red",
}
"""Of the first word of a mark; other marks are magenta."""

# Beyond C0, in a JSON document only ever inside a string: DEL, C1 (U+009B begins what ESC [ does), line and paragraph
# separators, bidirectional marks and overrides, lone surrogates, which no UTF-8 can hold.
_STEERING = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Entry:
    """One thing that was found: a word or two at the margin, a heading, and lines below the heading."""

    mark: str
    heading: str
    lines: tuple[str, ...] = ()


def print_json(value: Any) -> None:
    """Write one JSON document to standard output, readable, its characters as they are, its moments as ISO 8601.

    What could steer a terminal is escaped, as JSON itself asks for C0 only.
    """
    written = json.dumps(value, ensure_ascii=False, indent=2, default=_as_json)
    typer.echo(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written))


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows for spreadsheets to standard output, in UTF-8 (audit.report.csv_table)."""
    from audit.report.csv_table import csv_table

    typer.echo(csv_table([columns, *rows]).encode(), nl=False)


def _as_json(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, (bytes, set, frozenset)):
        raise TypeError(f"{type(value).__name__} has no place in our JSON")
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def to_terminal() -> bool:
    """Tell whether a person sees standard output as it is written."""
    return sys.stdout.isatty()


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """Print rows as a table as wide as the terminal, or the sentence `empty` where there are none.

    Where standard output is no terminal it is tab-separated lines, for `cut`, `grep` and spreadsheets.
    """
    cells = [tuple("" if cell is None else plain(str(cell)) for cell in row) for row in rows]
    if not cells:
        typer.echo(empty)
    elif to_terminal():
        _print_wide(columns, cells)
    else:
        for line in (columns, *cells):
            typer.echo("\t".join(line))


def _print_wide(columns: Sequence[str], cells: Iterable[Sequence[str]]) -> None:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    console_of_output().print(table)


def print_entries(entries: Iterable[Entry], *, console: Console | None = None, apart: bool = True) -> None:
    """Print entries for people: marks in a column of their own, everything else as wide as there is room.

    A table folds URLs and headlines to slivers on 100 columns; here a URL stays one piece that can be clicked.
    """
    from rich.table import Table
    from rich.text import Text

    entries = tuple(entries)
    width = max((len(entry.mark) for entry in entries), default=0)
    console = console or console_of_output()
    for number, entry in enumerate(entries):
        grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(width=width, no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        style = STYLES.get(entry.mark.partition(" ")[0], "magenta")
        grid.add_row(Text(plain(entry.mark), style), Text(plain(entry.heading), "bold"))
        for line in entry.lines:
            grid.add_row("", Text(plain(line), "dim" if line.startswith(("http://", "https://")) else ""))
        if apart and number:
            console.print()
        console.print(grid)


def console_of_output() -> Console:
    """Return rich's console on standard output. Where that is no terminal it is 100 columns wide and has no colours."""
    from rich.console import Console

    return Console(
        file=sys.stdout, highlight=False, markup=False, width=None if to_terminal() else WIDTH_OF_NO_TERMINAL
    )
