"""`palimpsest demo`: the whole job on one machine, in a minute."""

from __future__ import annotations

from typing import Annotated

import typer

from palimpsest.options import JsonOption


def demo(
    days: Annotated[int | None, typer.Option("--days", min=1, help="Simulated days; the script has five.")] = None,
    archive: Annotated[
        str | None,
        typer.Option(
            "--archive",
            metavar="URL",
            help="Where the archive goes; a new folder below ./demo-archive by default.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Crawl a small outlet over simulated days, and show what was found against what its script did.

    Starts the demo outlet on loopback and a Prefect server of its own, runs the real flow once for each day, and ends
    by itself. Exit code 1 means that a scripted event was not found, or something was found that the script did not do.

    Example: palimpsest demo --days 3 --archive ./my-demo
    """
    from palimpsest.demo_run import run_demo
    from palimpsest.demo_show import print_day, print_end
    from palimpsest.output import print_json
    from palimpsest.progress import shown_progress

    with shown_progress() as progress:
        outcome = run_demo(days, archive, progress, show_day=None if as_json else print_day)
    if as_json:
        print_json(outcome.to_json())
    else:
        print_end(outcome)
    if not outcome.ok:
        raise typer.Exit(1)
