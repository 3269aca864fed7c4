"""`palimpsest evidence`: a change with everything that proves it in one file, and the check of such a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from palimpsest.options import ArchiveOption, JsonOption, TsaCertOption


class _MakeUnlessNamed(TyperGroup):
    """`evidence CHANGE OUT.wacz` is `evidence make CHANGE OUT.wacz`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["make", *args]
        return super().resolve_command(ctx, args)


evidence = typer.Typer(
    cls=_MakeUnlessNamed,
    help="Put a change and its proof into one file, and check it.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@evidence.command("make")
def make(
    change: Annotated[
        str,
        typer.Argument(metavar="CHANGE", help="A change id, as `palimpsest changes --json` gives it, or KEY-OR-URL."),
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT.wacz", help="The file to write.", show_default=False)],
    a: Annotated[int | None, typer.Option("--from", metavar="A", min=1, help="Of KEY-OR-URL: the older state.")] = None,
    b: Annotated[int | None, typer.Option("--to", metavar="B", min=1, help="The newer one; else the last two.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the evidence of a change into one file.

    The file is a WACZ: the exchanges behind both states byte for byte, what was read of them, every edit, the entries
    of the archive's log that hold them, and a README for people. ReplayWeb.page opens it; `palimpsest evidence verify`
    checks it offline, from the file alone.

    Example: palimpsest evidence make demo:cbf:26000103 change.wacz (the word "make" may be left out)
    """
    from articles.outlet_check import against_readers
    from audit.evidence.bundle import bundle
    from audit.evidence.collect import collect
    from audit.states import compare_states
    from config.outlet_file import load_outlets, pick_outlet
    from config.words import counted
    from flows.steps.progress import ProgressEvent
    from palimpsest.meant_as_well import tell_what_else
    from palimpsest.new_file import require_free, write_new
    from palimpsest.output import plain, print_json
    from palimpsest.place import place_of, settings_with
    from palimpsest.progress import shown_progress

    if change.startswith("sha256:") and not a is b is None:
        raise typer.BadParameter("a change id names both states; numbers go with KEY-OR-URL", param_hint="--from, --to")
    require_free(out, force=force)
    settings = settings_with(archive)
    place = place_of(settings)
    compared = compare_states(place.catalog, change, a, b)
    outlet = pick_outlet(load_outlets(settings.outlets, against_readers), compared.outlet)
    with shown_progress() as progress:
        collected = collect(
            place.archive,
            place.catalog,
            outlet,
            compared,
            lambda stage, done, total: progress(ProgressEvent(stage, done, total)),
        )
    data = bundle(collected, created=place.clock.now())
    sha256 = write_new(out, data, force=force)
    tell_what_else(compared, "palimpsest evidence URL OUT.wacz", "--from {} --to {}")
    if as_json:
        print_json({"file": out, "bytes": len(data), "sha256": sha256, "records": len(collected.members)})
        return
    typer.echo(f"{plain(str(out))}: {len(data):,} bytes, {counted(len(collected.members), 'record')}")
    typer.echo(f"sha256 {sha256}")
    typer.echo("Keep that line elsewhere. Anybody can check the file offline: palimpsest evidence verify FILE")


@evidence.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file.", exists=True, dir_okay=False)],
    tsa_cert: TsaCertOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a file of evidence, offline and from the file alone.

    In two parts. Integrity: no byte is another than when the file was written, and records, tables, log and anchors
    hold each other. Reproduction: the pages are read and compared again, and the same must come out.

    Whose signature a time-stamp token has is checked only with the certificate of the authority's root (--tsa-cert),
    got from the authority; without it the check says that it was not.

    Exit code 1: something is wrong, and named. Exit code 3: whole, but this version of Palimpsest has not the reader
    or the engine that made it; the version that has is named.

    Example: palimpsest evidence verify change.wacz --tsa-cert root.pem
    """
    from dataclasses import asdict

    from audit.evidence.check import check
    from palimpsest.output import plain, print_json
    from storage.timestamps import read_roots

    roots = [certificate for path in tsa_cert or () for certificate in read_roots(path)]
    result = check(file.read_bytes(), name=str(file), roots=roots)
    if as_json:
        print_json(asdict(result))
    else:
        for title, steps in (("integrity", result.integrity), ("reproduction", result.reproduction)):
            typer.echo(title)
            for step in steps:
                mark = {True: "ok     ", False: "WRONG  ", None: "not run"}[step.holds]
                typer.echo(f"  {mark} {plain(step.what)}")
                for line in (*step.wrong, *step.said):
                    typer.echo(f"            {plain(line)}")
    if not result.holds:
        raise typer.Exit(1)
    if not result.reproduced:
        raise typer.Exit(3)
