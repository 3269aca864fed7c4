"""How results reach a person or another program."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import typer


def print_json(value: Any) -> None:
    """Write one JSON document to standard output, readable and with its characters as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


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

    Where standard output is no terminal the table is as wide as its content needs, so that `grep` finds whole words.
    """
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    count = 0
    for row in rows:
        table.add_row(*(Text("" if cell is None else plain(str(cell))) for cell in row))
        count += 1
    if not count:
        typer.echo(empty)
        return
    console = Console(file=sys.stdout, highlight=False)
    if not console.is_terminal:
        console.width = 400
    console.print(table)
