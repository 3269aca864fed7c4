"""`palimpsest diff`: what changed between two states of an article, or between two saved pages."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from palimpsest.options import ArchiveOption, JsonOption

if TYPE_CHECKING:
    from audit.report.model import DiffReport

_File = {"exists": True, "dir_okay": False, "show_default": False, "metavar": "FILE"}


class DiffFormat(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"


def diff(
    key_or_url: Annotated[
        str | None,
        typer.Argument(
            metavar="KEY-OR-URL", help="An article key, an article's URL, or a change id.", show_default=False
        ),
    ] = None,
    a: Annotated[
        int | None, typer.Argument(metavar="A", min=1, help="The older state's number; else the last but one.")
    ] = None,
    b: Annotated[int | None, typer.Argument(metavar="B", min=1, help="The newer state's; else the last.")] = None,
    old: Annotated[
        Path | None, typer.Option("--old", help="The older page: HTML, article JSON or plain text.", **_File)
    ] = None,
    new: Annotated[Path | None, typer.Option("--new", help="The newer page.", **_File)] = None,
    other: Annotated[
        str | None,
        typer.Option(
            "--with",
            metavar="KEY-OR-URL",
            help="Another article, such as one that this re-posts, as the older side: A is its state.",
            show_default=False,
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url", metavar="URL", help="Where both pages were: an outlet's readers read them.", show_default=False
        ),
    ] = None,
    encodings: Annotated[
        list[str] | None,
        typer.Option(
            "--encoding",
            metavar="NAME",
            help="Of both files, or given twice the older one's and the newer one's; else what a file itself says.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[DiffFormat, typer.Option("--format", help="How to write it.")] = DiffFormat.TEXT,
    unchanged: Annotated[bool, typer.Option("--all", help="Show unchanged paragraphs, too (text).")] = False,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show every edit between two states, typed and weighed.

    Either of an article in the archive (`palimpsest history` numbers its states), or of two files with --old and --new.
    In text, [-this-] was removed and {+this+} was added.

    What a file holds its suffix says: .txt is text, .html a page. Of any other its beginning decides. Its encoding is
    what its byte order mark or the page says, else UTF-8; any other has to be named (--encoding).

    With --with the older side is another article: of a re-post with edits the state that it repeats.

    Exit code 1: the archive knows no such article, or not two such states of it; or a file is a page, and no article
    (a challenge, "not found"). Exit code 2: what was named is no change, or nothing says in which encoding a file is.

    Example: palimpsest diff chinamil:cbf:16438812 1 2

    Example: palimpsest diff --old before.html --new after.html --format html > report.html
    """
    from articles.visible import visible
    from audit.states import compare_articles, compare_states
    from palimpsest.diff_files import compare_files
    from palimpsest.meant_as_well import tell_what_else
    from palimpsest.place import audited, place_of, settings_with

    if as_json and output not in (DiffFormat.TEXT, DiffFormat.JSON):
        raise typer.BadParameter(f"it asks for {output}, and --json for JSON", param_hint="--format")
    if as_json:
        output = DiffFormat.JSON
    if (old is None) != (new is None):
        raise typer.BadParameter("--old and --new go together: give both files")
    if key_or_url is not None and url is not None:
        raise typer.BadParameter(
            "it says where --old and --new were; name an article by its URL alone", param_hint="--url"
        )
    if key_or_url is not None and key_or_url.startswith("sha256:") and not a is b is None:
        raise typer.BadParameter("a change id names both states; numbers go with KEY-OR-URL", param_hint="A, B")
    if encodings and (old is None or len(encodings) > 2):
        raise typer.BadParameter("it is of --old and --new: once for both, or once for each", param_hint="--encoding")
    if (old is None) == (key_or_url is None):
        raise typer.BadParameter("give an article (KEY-OR-URL), or two files (--old and --new)")
    if other is not None and key_or_url is None:
        raise typer.BadParameter("it names another article; give the one to compare it with (KEY-OR-URL), too")
    if old is not None and new is not None:
        of_files = compare_files(old, new, url, encodings or ())
        if output is not DiffFormat.TEXT:  # a person may not look into what is written
            for note in of_files.report.notes:
                typer.echo(visible(f"palimpsest: {note}"), err=True)
        _write(of_files.report, output, unchanged=unchanged)
        if of_files.doubtful:
            raise typer.Exit(1)
    elif key_or_url is not None:
        place = place_of(settings_with(archive))
        catalog = place.catalog if other is None else audited(place).catalog  # which knows what is like what
        found = (
            compare_states(catalog, key_or_url, a, b)
            if other is None
            else compare_articles(catalog, key_or_url, other, a, b)
        )
        tell_what_else(found, "palimpsest diff URL")
        _write(found.report, output, unchanged=unchanged)


def _write(report: DiffReport, output: DiffFormat, *, unchanged: bool) -> None:
    if output is DiffFormat.JSON:
        from audit.report.json_report import as_json
        from palimpsest.output import print_json

        print_json(as_json(report))
    elif output is DiffFormat.HTML:
        from audit.report.html import as_html

        typer.echo(as_html(report), nl=False)
    elif output is DiffFormat.MARKDOWN:
        from audit.report.markdown import as_markdown

        typer.echo(as_markdown(report), nl=False)
    else:
        _print(report, unchanged=unchanged)


def _print(report: DiffReport, *, unchanged: bool) -> None:
    from rich.text import Text

    from audit.report.lines import Style, as_text, lines
    from palimpsest.output import console_of_output, to_terminal

    if not to_terminal():  # a line stays a line, for grep and for files
        typer.echo(as_text(report, unchanged=unchanged), nl=False)
        return

    looks = {
        Style.HEADING: "bold",
        Style.FAINT: "dim",
        Style.DELETED: "red strike",
        Style.INSERTED: "green underline",
        Style.HEAVY: "bold yellow",
    }
    console = console_of_output()
    for line in lines(report, unchanged=unchanged):
        console.print(Text.assemble(*((part.text, looks.get(part.style, "")) for part in line)), soft_wrap=False)
