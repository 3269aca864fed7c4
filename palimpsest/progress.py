"""A progress bar for people, lines for logs."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from flows.steps.progress import Progress, ProgressEvent

SECONDS_BETWEEN_LINES = 10.0
WORDS = {
    "server": "starting Prefect",
    "recover": "recovering",
    "sync": "catching up",
    "plan": "planning",
    "capture": "fetching",
    "commit": "storing",
    "read": "reading",
    "finish": "finishing",
    "verify": "checking",
    "rebuild": "reading the log",
    "derive": "comparing",
    "audit": "weighing edits",
    "index": "indexing texts",
    "compare": "comparing texts",
}
"""What a stage is called where people see it; another is called by its name."""


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Give a callable that shows events on standard error: a bar a stage on a terminal, else a line now and then.

    The bars go when the block ends: what it came to is printed after it, and only then, because bars and standard
    output share one screen.
    """
    if sys.stderr.isatty():
        with _bars() as progress:
            yield progress
    else:
        yield _Lines()


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    from palimpsest.output import plain

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<16}"),
        BarColumn(bar_width=16),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[message]}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")),
    )
    room = max(12, console.width - 58)  # beside the other columns
    # Standard output stays what it is: redirected into a file it must not land on the terminal.
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as bars:
        tasks = {}

        def show(event: ProgressEvent) -> None:
            if event.stage not in tasks:
                description = WORDS.get(event.stage, event.stage)
                tasks[event.stage] = bars.add_task(description, total=event.total, message="")
            bars.update(
                tasks[event.stage], completed=event.done, total=event.total, message=_short(plain(event.message), room)
            )

        yield show


def _short(text: str, room: int) -> str:
    """Shorten a URL at its beginning, because those of one site differ at their ends; other words at their end."""
    if len(text) <= room:
        return text
    return f"…{text[1 - room :]}" if "://" in text else f"{text[: room - 1]}…"


class _Lines:
    """One line when a stage begins or ends, and one every ten seconds between."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def __call__(self, event: ProgressEvent) -> None:
        from palimpsest.output import plain

        now = time.monotonic()
        # Of what is fetched nobody knows the total, which grows with each page: it is at its "end" again and again.
        ended = event.total is not None and event.done >= event.total and event.stage != "capture"
        if ended or now - self._last.get(event.stage, -SECONDS_BETWEEN_LINES) >= SECONDS_BETWEEN_LINES:
            self._last[event.stage] = now
            of = "" if event.total is None else f"/{event.total}"
            typer.echo(
                f"{WORDS.get(event.stage, event.stage)}: {event.done}{of} {plain(event.message)}".rstrip(), err=True
            )
