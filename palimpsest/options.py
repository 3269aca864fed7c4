"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive",
        metavar="URL",
        help="The archive: a folder, or s3://bucket/prefix. Else PALIMPSEST_ARCHIVE, else ./archive.",
        show_default=False,
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON on standard output (docs/json.md has the shapes).")
]
OutletOption = Annotated[
    str | None, typer.Option("--outlet", metavar="ID", help="Only this outlet.", show_default=False)
]
TsaCertOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--tsa-cert",
        metavar="FILE",
        help="Certificates (PEM or DER) that time-stamp tokens have to lead to; may be given again.",
        exists=True,
        dir_okay=False,
        show_default=False,
    ),
]
