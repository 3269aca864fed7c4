"""`palimpsest verify`: is the archive whole and unchanged?"""

from __future__ import annotations

from typing import Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption, OutletOption, TsaCertOption


def verify(
    archive: ArchiveOption = None,
    outlet: OutletOption = None,
    shallow: Annotated[
        bool, typer.Option("--shallow", help="Check hashes of whole objects only, not each WARC record's digests.")
    ] = False,
    anchor: Annotated[
        str | None,
        typer.Option(
            "--anchor",
            metavar="FILE",
            help="Hold the archive against an anchor: a file that was kept, the SHA-256 of one, or a name in anchors/.",
            show_default=False,
        ),
    ] = None,
    tsa_cert: TsaCertOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check that the archive is whole and unchanged.

    Reads every commit, the chain between them, every object that they list, and the archive's anchors.

    What no check from inside can show (the newest commits cut off, a chain rewritten to its end) an anchor shows that
    `palimpsest anchor` made and somebody kept: each newest commit of then must still be there with the same bytes. A
    time-stamp token beside the file (….tsr) or in the archive is checked too; whose signature it has is known only
    with the certificate of the authority's root, --tsa-cert. Where there is no token to hold against it, a warning says
    so.

    Exit code 1: something is missing or altered; each such object is named. Exit code 2: it could not be looked at, or
    --anchor names no anchor.

    Example: palimpsest verify --archive s3://my-bucket/news --anchor 2026-01-23.json
    """
    from dataclasses import asdict

    from config.words import counted
    from flows.steps.progress import ProgressEvent
    from palimpsest.kept_anchors import find_kept
    from palimpsest.output import plain, print_json
    from palimpsest.place import check_outlet_known, settings_with
    from palimpsest.progress import shown_progress
    from storage.archive import Archive
    from storage.keys import is_outlet
    from storage.stores import open_store
    from storage.timestamps import in_words, read_roots
    from storage.verify import VerifyProgress
    from storage.verify import verify as check
    from storage.warc_check import check_warc

    settings = settings_with(archive)
    opened = Archive.open(open_store(settings.archive))
    # Folders, not logs: of an outlet whose log was taken away something may be left, and that is damage.
    check_outlet_known(outlet, filter(is_outlet, opened.store.folders()), settings)
    roots = [certificate for path in tsa_cert or () for certificate in read_roots(path)]
    kept = find_kept(opened, anchor) if anchor else None
    with shown_progress() as progress:

        def show(at: VerifyProgress) -> None:
            progress(ProgressEvent("verify", at.done, at.total, f"{at.outlet}: {at.bytes_read / 1e6:,.1f} MB"))

        report = check(
            opened,
            outlets=None if outlet is None else [outlet],
            kept=kept,
            roots=roots,
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
        if held := report.kept:
            found = counted(held.breaches, "BREACH", "BREACHES") if held.breaches else "all are as they were"
            typer.echo(plain(f"anchor   {held.anchor}, made {held.made_at:%Y-%m-%dT%H:%M:%SZ}, sha256:{held.sha256}"))
            typer.echo(f"         the newest commits of {counted(held.heads, 'log')}: {found}")
            if not held.elsewhere:
                typer.echo("         It lies in the archive: whoever rewrote the one could rewrite the other.")
            if held.token:
                typer.echo(plain(f"         {in_words(held.token)}"))
        typer.echo(
            f"{opened.url}: {'clean' if report.clean else counted(len(report.problems), 'PROBLEM')} · "
            f"{counted(report.outlets, 'outlet')}, {counted(report.commits, 'commit')}, "
            f"{counted(report.objects, 'object')}, {counted(report.anchors, 'anchor')}, "
            f"{report.bytes_read / 1e6:,.1f} MB read"
        )
    if not report.clean:
        raise typer.Exit(1)
