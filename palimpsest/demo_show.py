"""The demo in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from palimpsest.output import plain, print_table

if TYPE_CHECKING:
    from palimpsest.demo_run import DemoDay, DemoOutcome


def print_day(day: DemoDay) -> None:
    """Print what a day's crawl found."""
    counts = day.report.counts
    typer.echo(
        f"\nDay {day.day}, {day.date}: {day.report.status.value} · "
        + " · ".join(f"{name} {count:,}" for name, count in counts.items() if count)
    )
    for words in (*day.report.missed, *day.report.warnings):
        typer.echo(f"  ! {plain(words)}")
    shown = [judged for judged in day.judged if judged.event.kind != "new"]
    new = [judged for judged in day.judged if judged.event.kind == "new"]
    found = sum(judged.found for judged in new)
    if new:
        typer.echo(f"  {'found' if found == len(new) else 'MISSED'}  {found} of {len(new)} new articles")
    print_table(
        ("", "what", "how", "article"),
        [
            ("found" if judged.found else "MISSED", judged.event.kind, _how(judged), judged.event.path)
            for judged in (*(j for j in new if not j.found), *shown)
        ],
        empty="  nothing else was scripted",
    )
    for words in day.unexpected:
        typer.echo(f"  UNEXPECTED  {plain(words)}")


def _how(judged: object) -> str:
    from palimpsest.demo_events import Judged

    assert isinstance(judged, Judged)
    event = judged.event
    words = judged.words
    if event.before and event.after:
        words += f': "{event.before[:40]}" became "{event.after[:40]}"'
    return words


def print_end(outcome: DemoOutcome) -> None:
    """Print where everything is, and what to type next."""
    verdict = (
        "Every scripted event was found, and nothing else." if outcome.ok else "NOT as the script says: see above."
    )
    events = sum(len(day.judged) for day in outcome.days)
    typer.echo(f"\n{verdict} {len(outcome.days)} days, {events} events.")
    typer.echo(f"The archive: {outcome.archive}\nThis machine's state for it: {outcome.state}\n\nLook at it:")
    for command in ("changes --since 30d", "articles", "status", "verify"):
        typer.echo(f"  .venv/bin/palimpsest {command} --archive {outcome.archive}")
