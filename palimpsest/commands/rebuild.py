"""`palimpsest rebuild`: make the catalog anew from the archive."""

from __future__ import annotations

import typer

from palimpsest.options import ArchiveOption, JsonOption


def rebuild(archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """Make this machine's catalog anew from the archive.

    Nothing is lost: the catalog holds nothing that the archive does not. Good after an upgrade, a copied archive, or a
    doubt.

    Example: palimpsest rebuild --archive ./archive
    """
    import time
    from dataclasses import asdict

    from config.words import counted
    from flows.steps.place import open_place
    from flows.steps.progress import ProgressEvent
    from palimpsest.output import print_json
    from palimpsest.place import settings_with
    from palimpsest.progress import shown_progress
    from storage.catalog.catalog import SyncProgress

    place = open_place(settings_with(archive))
    began = time.monotonic()
    with shown_progress() as progress:

        def show(at: SyncProgress) -> None:
            progress(ProgressEvent("rebuild" if at.outlet else "derive", at.done, at.total, at.outlet or ""))

        report = place.catalog.rebuild(place.archive, progress=show)
    took = time.monotonic() - began
    if as_json:
        print_json({**asdict(report), "seconds": round(took, 3)})
        return
    rate = report.captures / max(took, 1e-9)
    typer.echo(
        f"{place.archive.url}: {counted(report.commits, 'commit')}, {counted(report.captures, 'capture')}, "
        f"{counted(report.readings, 'reading')} in {took:.1f} s ({rate:,.0f} captures a second)"
    )
