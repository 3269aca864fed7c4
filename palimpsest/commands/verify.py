"""`palimpsest verify`: is the archive whole and unchanged?"""

from __future__ import annotations

from typing import Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption, OutletOption


def verify(
    archive: ArchiveOption = None,
    outlet: OutletOption = None,
    shallow: Annotated[
        bool, typer.Option("--shallow", help="Check hashes of whole objects only, not each WARC record's digests.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check every commit, the chain between them, and every object they list.

    Exit code 1 means that something is missing or altered; each such object is named. What no check from inside can
    show (the newest commits cut off, a chain rewritten from end to end) is in docs/formats.md.

    Example: palimpsest verify --archive s3://my-bucket/news
    """
    from palimpsest.output import plain, print_json
    from palimpsest.place import settings_with
    from palimpsest.progress import shown_progress
    from palimpsest.verifying import verified

    with shown_progress() as progress:
        report = verified(settings_with(archive), outlet=outlet, shallow=shallow, progress=progress)
    if as_json:
        print_json(report.to_json())
    else:
        for problem in report.problems:
            typer.echo(f"DAMAGED  {plain(str(problem))}")
        for warning in report.warnings:
            typer.echo(f"warning  {plain(str(warning))}")
        typer.echo(report.summary())
    if report.problems:
        raise typer.Exit(1)
