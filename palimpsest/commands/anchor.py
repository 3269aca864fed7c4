"""`palimpsest anchor`: the heads of all logs in one line, to be kept elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption, TsaCertOption


def anchor(
    tsa: Annotated[
        str | None,
        typer.Option(
            "--tsa",
            metavar="URL",
            help="A time-stamp authority (RFC 3161) to be asked for a token. Else PALIMPSEST_TSA, else none.",
            show_default=False,
        ),
    ] = None,
    tsa_cert: TsaCertOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Copy the anchor, and its token, to a file or into a folder.",
            show_default=False,
        ),
    ] = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note the newest commit of every log, to be kept elsewhere.

    Writes anchors/<day>.json into the archive and prints its SHA-256. Whoever has kept that line, or the file, can show
    with `palimpsest verify --anchor` that nothing up to there was cut off or rewritten since, whoever did it.

    Where nothing was committed since the last anchor, that one is told and nothing is written. A token is
    asked for where one is wanted and the anchor has none.

    Exit code 1: no token was got (the anchor is made all the same, and a later call asks again) or the one that is
    there is of other bytes; or a log does not continue what the last anchor says: then no anchor is made.

    Example: palimpsest anchor --tsa http://tsa.example.org/tsr --out /mnt/elsewhere/
    """
    from dataclasses import asdict

    from config.clock import Clock
    from config.settings import load_settings
    from config.words import counted
    from palimpsest.kept_anchors import copy_anchor
    from palimpsest.output import plain, print_json
    from storage.anchors import make_anchor, read_token, stamp_anchor
    from storage.archive import Archive
    from storage.errors import TimestampError
    from storage.stores import open_store
    from storage.timestamps import Token, in_words, read_roots

    settings = load_settings(archive=archive, tsa=tsa)
    roots = [certificate for path in tsa_cert or () for certificate in read_roots(path)]
    opened = Archive.open(open_store(settings.archive), single_writer=settings.single_writer)
    made, new = make_anchor(opened, Clock())
    token: Token | None = None
    failed: TimestampError | None = None
    try:
        token = stamp_anchor(opened, made, settings.tsa, roots)
    except TimestampError as error:
        failed = error
    copies = copy_anchor(made, read_token(opened, made.key), out) if out else []
    if as_json:
        print_json(
            {
                "archive": opened.url,
                "archive_id": opened.id,
                "anchor": made.key,
                "sha256": made.sha256,
                "new": new,
                "made_at": made.anchor.made_at,
                "previous_key": made.anchor.previous_key,
                "previous": made.anchor.previous,
                "heads": [{"outlet": outlet, **asdict(head)} for outlet, head in made.anchor.heads.items()],
                "token": asdict(token) if token else None,
                "token_problem": str(failed) if failed else None,
                "copies": copies,
            }
        )
    else:
        about = f"follows {made.anchor.previous_key}" if new else "nothing was committed since; nothing was written"
        typer.echo(f"{made.key}: the newest commits of {counted(len(made.anchor.heads), 'log')} · {about}")
        for outlet, head in made.anchor.heads.items():
            typer.echo(f"  {outlet}: commit {head.number}, SHA-256 {head.sha256}")
        if token:
            typer.echo(plain(in_words(token)))
        for path in copies:
            typer.echo(f"copied to {plain(str(path))}")
        typer.echo(f"\nsha256:{made.sha256}  {made.key}\n")
        typer.echo(
            "Keep that line, or a copy of the file, where nobody who can write to this archive can change it: that is\n"
            "what gives the anchor its worth. `palimpsest verify --anchor` takes either."
        )
    if failed:
        raise type(failed)(
            f"{failed} The anchor {made.key} is there without it; a later `palimpsest anchor` asks again."
        )
