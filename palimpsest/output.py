"""How results reach a person or another program."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typer


def print_json(value: Any) -> None:
    """Write one JSON document to standard output, readable, its characters as they are, its moments as ISO 8601."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_as_json))


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


def plain(text: str) -> str:
    r"""Return `text` with everything that could steer a terminal made visible.

    Article text comes from strangers. Control characters (C0, C1, DEL) and the bidirectional overrides would let a
    page move the cursor, rename the window or show a sentence that is not there.

    >>> plain("a\x1b[31mred\u202e")
    'a\\x1b[31mred\\u202e'
    """
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in "\u200d\u200c\u00ad":
        number = ord(character)
        return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
    return character


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """Print rows as a table as wide as the terminal, or the sentence `empty` where there are none.

    Where standard output is no terminal it is tab-separated lines, for `cut`, `grep` and spreadsheets.
    """
    cells = [tuple("" if cell is None else plain(str(cell)) for cell in row) for row in rows]
    if not cells:
        typer.echo(empty)
    elif sys.stdout.isatty():
        _print_wide(columns, cells)
    else:
        for line in (columns, *cells):
            typer.echo("\t".join(line))


def _print_wide(columns: Sequence[str], cells: Iterable[Sequence[str]]) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)
