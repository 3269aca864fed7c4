"""`palimpsest schedule`: crawl outlets by their schedules, unattended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from palimpsest.options import ArchiveOption

if TYPE_CHECKING:
    from flows.schedule import NextRun


def schedule(
    outlets: Annotated[
        list[str] | None, typer.Argument(metavar="OUTLET", help="Only these outlets.", show_default=False)
    ] = None,
    archive: ArchiveOption = None,
    work_pool: Annotated[
        str | None,
        typer.Option(
            "--work-pool",
            metavar="POOL",
            help="Write the schedules for the workers of this Prefect work pool, and end.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Crawl every outlet on its own schedule, until stopped.

    The schedule is in the outlet's file and means its own time zone; Ctrl-C or SIGTERM stops.

    Uses the Prefect server that PREFECT_API_URL names, or else runs one of its own on loopback. One crawl an outlet
    at a time. However many runs were missed while this did not run, one crawl at the start makes up for them.

    Example: palimpsest schedule chinamil --archive s3://my-bucket/news
    """
    import asyncio
    import os
    from contextlib import ExitStack

    from articles.outlet_check import against_readers
    from config.outlet_file import load_outlets, pick_outlet
    from flows.server import prefect_server
    from flows.state import ROOT, environment_of_runs, only_scheduler
    from flows.steps.place import open_place
    from palimpsest.place import settings_with
    from palimpsest.progress import shown_progress

    settings = settings_with(archive)
    found = load_outlets(settings.outlets, against_readers)
    chosen = [pick_outlet(found, name).id for name in dict.fromkeys(outlets or [])]
    place = open_place(settings, create=True)
    archive_id, state = place.archive.id, place.state.resolve()
    with ExitStack() as stack:
        if work_pool is None:
            stack.enter_context(only_scheduler(state))
        with shown_progress() as progress:
            server = stack.enter_context(prefect_server(state, progress))
        # Only now: Prefect reads the environment when it is imported.
        from flows.crawl_outlet import crawl_outlet
        from flows.schedule import keep_schedules, schedule_on_workers

        if work_pool is not None:
            _show_next(
                asyncio.run(schedule_on_workers(found, crawl_outlet, archive_id, work_pool, chosen=chosen, tell=_tell))
            )
            return
        os.environ.update(environment_of_runs(settings))
        os.chdir(ROOT)
        _tell(
            f"Prefect's window: {server.window}"
            + (f" (user and password in {server.log.parent / 'auth'})" if server.log else "")
        )
        asyncio.run(keep_schedules(server, found, crawl_outlet, archive_id, chosen=chosen, tell=_tell, show=_show_next))


def _tell(words: str) -> None:
    from palimpsest.output import plain

    typer.echo(plain(words))


def _show_next(runs: list[NextRun]) -> None:

    from palimpsest.output import print_table
    from storage.instants import to_the_minute

    print_table(
        ("outlet", "next run, local", "time zone", "UTC", "schedule"),
        [
            (
                run.outlet,
                "paused" if run.paused else f"{run.at:%Y-%m-%d %H:%M}",
                run.timezone,
                "" if run.paused else to_the_minute(run.at),
                run.cron,
            )
            for run in runs
        ],
        empty="No outlets.",
    )
    typer.echo(
        "A run that is due while its outlet is still being crawled is cancelled. Runs missed while this does not run\n"
        "are made up for by one crawl at the next start: it looks at what is due then. Ctrl-C stops."
    )
