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


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[Progress]:
    """Give a callable that shows events on standard error: a bar a stage on a terminal, else a line now and then."""
    if quiet:
        from flows.steps.progress import silent

        yield silent
    elif sys.stderr.isatty():
        with _bars() as progress:
            yield progress
    else:
        yield _Lines()


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from palimpsest.output import plain

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<9}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[message]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=False) as bars:
        tasks = {}

        def show(event: ProgressEvent) -> None:
            if event.stage not in tasks:
                tasks[event.stage] = bars.add_task(event.stage, total=event.total, message="")
            bars.update(tasks[event.stage], completed=event.done, total=event.total, message=plain(event.message)[:100])

        yield show


class _Lines:
    """One line when a stage begins or ends, and one every ten seconds between."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def __call__(self, event: ProgressEvent) -> None:
        now = time.monotonic()
        ended = event.total is not None and event.done >= event.total
        if ended or now - self._last.get(event.stage, -SECONDS_BETWEEN_LINES) >= SECONDS_BETWEEN_LINES:
            self._last[event.stage] = now
            of = "" if event.total is None else f"/{event.total}"
            typer.echo(f"{event.stage}: {event.done}{of} {event.message}".rstrip(), err=True)
