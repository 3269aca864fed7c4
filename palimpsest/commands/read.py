"""`palimpsest read`: what the readers make of a saved page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from palimpsest.options import JsonOption

if TYPE_CHECKING:
    from articles.article import Article
    from articles.reading import Reading
    from config.outlet import Outlet

SavedPage = Annotated[
    Path, typer.Argument(metavar="FILE", help="The saved page, as it was sent.", exists=True, dir_okay=False)
]
Url = Annotated[str, typer.Option("--url", metavar="URL", help="Where the page was: readers claim pages by it.")]
CapturedAt = Annotated[
    str | None,
    typer.Option("--captured-at", metavar="TIME", help="When, as 2026-01-24T02:00:00Z. Else now.", show_default=False),
]
OutletId = Annotated[
    str | None,
    typer.Option("--outlet", metavar="ID", help="Whose page. Else the outlet whose patterns fit.", show_default=False),
]
Parts = Annotated[
    list[Path] | None,
    typer.Option(
        "--part",
        metavar="FILE",
        help="Page 2, and again for page 3, …",
        exists=True,
        dir_okay=False,
        show_default=False,
    ),
]


def read(
    file: SavedPage,
    url: Url,
    captured_at: CapturedAt = None,
    outlet: OutletId = None,
    part: Parts = None,
    as_json: JsonOption = False,
) -> None:
    """Show what the readers make of a saved page.

    Headline, byline, editors, times, text, notes, and what came of reading.

    With --json the article alone goes to standard output (null where there is none), and what came of reading to
    standard error. Exit code 1: the page is no article, or a doubtful, incomplete or unreadable one; the reason is
    given. Exit code 2: there is no such file, or no outlet claims the URL.

    Example: palimpsest read page.html --url http://eng.chinamil.com.cn/2025xb/V_251452/16438812.html --json
    """
    from articles.page import Page
    from articles.reading import ReadingOutcome, part_urls
    from articles.reading import read as read_pages
    from palimpsest.output import plain, print_json

    at = _moment(captured_at)
    chosen = _outlet(url, outlet)
    first = Page(url, file.read_bytes(), at)
    announced = part_urls(first, chosen) if part else ()
    if part and len(part) > len(announced):
        raise typer.BadParameter(f"{len(part)} were given; the page announces {len(announced)}", param_hint="--part")
    parts = (Page(part_url, path.read_bytes(), at) for part_url, path in zip(announced, part or (), strict=False))
    reading = read_pages([first, *parts], chosen)
    whole = reading.outcome is ReadingOutcome.ARTICLE
    if as_json:
        print_json(None if reading.article is None else reading.article.to_json())
        if not whole:
            typer.echo(plain("; ".join((f"{reading.outcome} ({reading.reader_id})", *reading.warnings))), err=True)
    else:
        for line in (*(_article_lines(reading.article) if reading.article else ()), *_reading_lines(reading)):
            typer.echo(plain(line))
    if not whole:
        raise typer.Exit(1)


def _moment(text: str | None) -> datetime:
    from config.clock import Clock

    if text is None:
        return Clock().now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise typer.BadParameter(
            f"{text!r} is no time with its zone: write 2026-01-24T02:00:00Z", param_hint="--captured-at"
        )
    return moment


def _outlet(url: str, outlet_id: str | None) -> Outlet:
    from articles.errors import UrlUnclaimed
    from articles.outlet_check import against_readers
    from config.outlet_file import load_outlets, pick_outlet
    from config.settings import load_settings

    outlets = load_outlets(load_settings().outlets, against_readers)
    if outlet_id is not None:
        return pick_outlet(outlets, outlet_id)
    for outlet in outlets.values():
        if outlet.match(url):
            return outlet
    raise UrlUnclaimed(
        f"{url}: no outlet has articles at such a URL (there are {', '.join(outlets)}). "
        "Name the outlet with --outlet, or add a pattern to its file."
    )


def _article_lines(article: Article) -> Iterator[str]:
    if article.kicker:
        yield article.kicker
    yield article.headline or "(no headline)"
    if article.subtitle:
        yield article.subtitle
    yield ""
    agency = article.agency
    facts = {
        "byline": ", ".join(article.byline),
        "editors": ", ".join(article.editors),
        "agency": "" if agency is None else " ".join(filter(None, (agency.name, agency.url))),
        "published": _time_line(article.published_at, article.published_raw, article.zone_source),
        "modified": _time_line(article.modified_at, article.modified_raw, article.zone_source),
        "section": " / ".join(article.section),
        "language": article.language or "",
        "keywords": ", ".join(article.keywords),
    }
    yield from (f"{name:<10} {value or '-'}" for name, value in facts.items())
    yield ""
    for block in article.blocks:
        mark = "" if block.kind == "paragraph" else f"[{block.kind}] "
        yield from f"{mark}{block.text}".split("\n")
        yield ""
    for image in article.images:
        yield f"image      {image.url}" + (f"  (credit: {image.credit})" if image.credit else "")
    for link in article.links:
        yield f"link       {link}"
    if article.correction:
        yield f"correction {article.correction}"
    if article.translation:
        said = article.to_json()["translation"]
        yield from (f"{'translation':<11} {name}: {value}" for name, value in said.items() if name != "note")


def _time_line(at: datetime | None, raw: str | None, zone_source: str | None) -> str:
    if at is None:
        return f"printed as {raw!r}" if raw else ""
    zone = "the page's" if zone_source == "page" else "the outlet's zone; the page prints none"
    return f"{at.isoformat(sep=' ')} ({zone})"


def _reading_lines(reading: Reading) -> Iterator[str]:
    yield f"{'reading':<10} {reading.outcome}, by {reading.reader_id}"
    yield f"{'key':<10} {reading.article_key or '- (no pattern of the outlet fits the URL)'}"
    if reading.content_id:
        yield f"{'content id':<10} {reading.content_id}"
        yield f"{'text id':<10} {reading.text_id}"
    for warning in reading.warnings:
        yield f"{'warning':<10} {warning}"
