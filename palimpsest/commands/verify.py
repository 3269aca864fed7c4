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
    """Check that the archive is whole and unchanged.

    Reads every commit, the chain between them, and every object that they list.

    Exit code 1: something is missing or altered; each such object is named. What no check from inside can
    show (the newest commits cut off, a chain rewritten from end to end) is in docs/formats.md.

    Example: palimpsest verify --archive s3://my-bucket/news
    """
    from dataclasses import asdict

    from flows.steps.progress import ProgressEvent
    from palimpsest.output import counted, plain, print_json
    from palimpsest.place import settings_with
    from palimpsest.progress import shown_progress
    from storage.archive import Archive
    from storage.stores import open_store
    from storage.verify import VerifyProgress
    from storage.verify import verify as check
    from storage.warc_check import check_warc

    opened = Archive.open(open_store(settings_with(archive).archive))
    with shown_progress() as progress:

        def show(at: VerifyProgress) -> None:
            progress(ProgressEvent("verify", at.done, at.total, f"{at.outlet}: {at.bytes_read / 1e6:,.1f} MB"))

        report = check(
            opened,
            outlets=None if outlet is None else [outlet],
            warc_check=None if shallow else check_warc,
            progress=show,
        )
    if as_json:
        print_json({"archive": opened.url, "archive_id": opened.id, "clean": report.clean, **asdict(report)})
    else:
        for problem in report.problems:
            typer.echo(f"DAMAGED  {plain(str(problem))}")
        for warning in report.warnings:
            typer.echo(f"warning  {plain(str(warning))}")
        typer.echo(
            f"{opened.url}: {'clean' if report.clean else counted(len(report.problems), 'PROBLEM')} · "
            f"{counted(report.outlets, 'outlet')}, {counted(report.commits, 'commit')}, "
            f"{counted(report.objects, 'object')}, {report.bytes_read / 1e6:,.1f} MB read"
        )
    if not report.clean:
        raise typer.Exit(1)
