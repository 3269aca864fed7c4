"""The command line: every command registered, every domain error turned into words and an exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from palimpsest.commands.anchor import anchor
from palimpsest.commands.articles import articles
from palimpsest.commands.changes import changes
from palimpsest.commands.crawl import crawl
from palimpsest.commands.demo import demo
from palimpsest.commands.diff import diff
from palimpsest.commands.evidence import evidence
from palimpsest.commands.feed import feed
from palimpsest.commands.history import history
from palimpsest.commands.outlets import outlets
from palimpsest.commands.read import read
from palimpsest.commands.rebuild import rebuild
from palimpsest.commands.schedule import schedule
from palimpsest.commands.search import search
from palimpsest.commands.status import status
from palimpsest.commands.verify import verify
from palimpsest.commands.web import web
from palimpsest.output import plain

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("articles", "audit", "config", "crawlers", "flows", "replay", "storage", "web")

app = typer.Typer(
    name="palimpsest",
    help="Schedule crawls of news outlets, keep what they sent byte for byte, and see what they edited.",
    rich_markup_mode=None,  # Rich's help takes three times as long to appear
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a traceback may show values, and values may be secrets
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for command in (
    demo,
    crawl,
    schedule,
    status,
    outlets,
    articles,
    history,
    changes,
    feed,
    diff,
    search,
    web,
    read,
    verify,
    anchor,
    rebuild,
):
    app.command()(command)
app.add_typer(evidence, name="evidence")


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        from config.software import software

        typer.echo(software())
        raise typer.Exit


@app.callback()
def _of_all(
    is_asked: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_tell_version,
            is_eager=True,
            help="The version, with the commit where it is known, as records in an archive name it.",
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command named on the command line.

    Exit codes: 0 done; 1 done, and something is wrong with what was looked at (a failed crawl, a damaged archive);
    2 not done: the words on the line, a setting or an outlet file are wrong, or the archive, the catalog or the state
    cannot be used; 130 interrupted.
    """
    own_rooms_first()
    from config.errors import PalimpsestError
    from palimpsest.standard_output import standard_output

    try:
        with standard_output():
            app()
    except PalimpsestError as error:
        # Line by line: its own line ends are wanted, and nothing that a stranger's URL or header may have brought.
        typer.echo("\n".join(plain(line) for line in f"palimpsest: {error}".split("\n")), err=True)
        sys.exit(error.exit_code)


def own_rooms_first() -> None:
    """Put this checkout first on the import path, and refuse to run another package's `config` or `storage`.

    An editable install puts the checkout after site-packages, where any wheel may have dropped a package of the same
    name.
    """
    root = str(ROOT)
    if sys.path[:1] != [root]:
        sys.path.insert(0, root)
    for room in ROOMS:
        module = sys.modules.get(room)
        place = getattr(module, "__file__", None)
        if module is not None and (place is None or not Path(place).is_relative_to(ROOT)):
            typer.echo(
                f"palimpsest: the package `{room}` was imported from {place}, not from {ROOT}. "
                "Another installed package has the same name: use a virtual environment of its own (make demo).",
                err=True,
            )
            sys.exit(2)
