"""`palimpsest demo`: the whole job on one machine, in a minute."""

from __future__ import annotations

from typing import Annotated

import typer

from palimpsest.options import JsonOption


def demo(
    days: Annotated[
        int | None,
        typer.Option(
            "--days", metavar="N", min=1, max=31, help="Simulated days; the script has five.", show_default=False
        ),
    ] = None,
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
    """Crawl a small outlet of our own and show what was found.

    Starts the demo outlet on loopback and a Prefect server of its own, runs the real flow once for each simulated day,
    holds what was found against what the outlet's script did, and ends by itself.

    Exit code 1: a scripted event was not found, or something was found that the script did not do.

    Example: palimpsest demo --days 3 --archive ./my-demo
    """
    import os

    # Prefect reads it when it is imported. Its own lines would stand between ours; what goes wrong is still shown.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")

    from palimpsest.demo_run import run_demo
    from palimpsest.demo_show import print_begin, print_day, print_end
    from palimpsest.output import console_of_output, print_json
    from palimpsest.progress import shown_progress

    if as_json:
        outcome = run_demo(days, archive, watch=shown_progress)
        print_json(outcome.to_json())
    else:
        console = console_of_output()
        print_begin(console)
        outcome = run_demo(days, archive, watch=shown_progress, show_day=lambda day: print_day(day, console))
        print_end(outcome, console)
    if not outcome.ok:
        raise typer.Exit(1)
