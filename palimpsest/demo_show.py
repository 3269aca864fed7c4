"""The demo in the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from config.words import counted
from crawlers.counts import counts_in_words
from palimpsest.output import Entry, plain, print_entries
from palimpsest.reports import when

if TYPE_CHECKING:
    from rich.console import Console

    from palimpsest.demo_events import Judged
    from palimpsest.demo_run import DemoDay, DemoOutcome

MOST_ENTRIES_OF_NEW = 3
WIDTH_OF_MARK = len("found   server error")


def print_begin(console: Console) -> None:
    """Print what is going to happen."""
    from rich.text import Text

    console.print(Text("Palimpsest demo", "bold"))
    console.print(
        "A small outlet on this machine is crawled once for each simulated day. Its pages change by a script;\n"
        "what every crawl finds is held against that script. All moments are in UTC."
    )


def print_day(day: DemoDay, console: Console) -> None:
    """Print what a day's crawl found."""
    from rich.text import Text

    heading = Text(f"\nDay {day.day}", "bold")
    heading.append(f"  crawled {when(day.report.started)}  ", "default")
    heading.append(day.report.status.value, "green" if day.report.status.value == "ok" else "bold red")
    console.print(heading)
    console.print(Text(counts_in_words(day.report.counts), "dim"))
    for words in day.report.missed:
        console.print(Text(f"! {plain(words)}", "red"))
    for words in day.report.warnings:
        console.print(Text(f"! {plain(words)}", "dim"))
    print_entries(_entries(day), console=console, apart=False)


def _entries(day: DemoDay) -> Iterator[Entry]:
    new = [judged for judged in day.judged if judged.event.kind == "new"]
    if len(new) > MOST_ENTRIES_OF_NEW and all(judged.found for judged in new):
        names = " · ".join(judged.headline for judged in new)
        yield Entry(_mark("found", "new"), f"all {len(new)} articles", (names,))
    else:
        yield from map(_entry, new)
    yield from (_entry(judged) for judged in day.judged if judged.event.kind != "new")
    yield from (Entry(_mark("MISSED", "script"), "UNEXPECTED", (words,)) for words in day.unexpected)


def _entry(judged: Judged) -> Entry:
    verdict = "found" if judged.found else "MISSED"
    return Entry(_mark(verdict, judged.event.kind), judged.headline, judged.words)


def _mark(verdict: str, kind: str) -> str:
    return f"{verdict:<8}{kind}".ljust(WIDTH_OF_MARK)


def print_end(outcome: DemoOutcome, console: Console) -> None:
    """Print what it came to, where everything is, and what to type next."""
    from rich.text import Text

    events = sum(len(day.judged) for day in outcome.days)
    found = sum(judged.found for day in outcome.days for judged in day.judged)
    if outcome.ok:
        verdict = Text(
            f"\nAll {events} scripted events of {len(outcome.days)} days were found, and nothing else.", "green"
        )
    else:
        verdict = Text(f"\nNOT as the script says: {found} of {events} events were found; see above.", "bold red")
    console.print(verdict)
    held = (
        f"{counted(outcome.warcs, 'WARC file')} ({outcome.warc_bytes / 1e6:,.1f} MB) with CDXJ and Parquet beside, "
        f"in {counted(outcome.commits, 'commit')}"
    )
    console.print(f"\n{'the archive':<17}{outcome.archive}\n{'':<17}{held}")
    changed = next((j for day in outcome.days for j in day.judged if j.event.kind == "changed" and j.found), None)
    commands = [("what was edited", "changes --since 30d"), ("all articles", "articles")]
    if changed is not None:
        name = changed.event.path.rpartition("/")[2].removesuffix(".html")
        commands.append(("one article", f"history demo:cbf:{name}"))
    commands += [("is it whole?", "verify"), ("in a browser", "web --open")]
    console.print("\nLook at it yourself:")
    for why, command in commands:
        console.print(f"{why:<17}{command_name()} {command} --archive {outcome.archive}", soft_wrap=True)


def command_name() -> str:
    """Return how to call this program again from this folder."""
    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        return "python -m palimpsest"
    if shutil.which(program.name) == str(program):
        return program.name
    near = os.path.relpath(program)
    return near if not near.startswith("..") else str(program)
