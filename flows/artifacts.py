"""What a crawl leaves in Prefect's window: its report as a page, and what changed as a table.

The keys are the same for every crawl of an outlet, so that the window shows the newest and keeps the older ones below.
Titles and URLs are strangers' text: they are escaped, and no link is made of them.
"""

from __future__ import annotations

import re
from typing import Any

from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

from audit.changes_csv import IMAGE_REPLACED
from audit.found_words import how_alike
from audit.report.words import UNDISCLOSED
from flows.steps.report import ChangeLine, CrawlReport, ImageLine
from storage.instants import to_the_minute

MOST_ROWS = 500


async def publish_artifacts(report: CrawlReport) -> None:
    """Publish both under the keys `<outlet>-crawl` and `<outlet>-changes`."""
    await acreate_markdown_artifact(
        markdown=report_markdown(report), key=f"{report.outlet}-crawl", description=f"The crawl {report.crawl_id}"
    )
    await acreate_table_artifact(
        table=change_rows(report), key=f"{report.outlet}-changes", description=f"What {report.crawl_id} found changed"
    )


def report_markdown(report: CrawlReport) -> str:
    """Return a crawl's report as Markdown."""
    took = (report.finished - report.started).total_seconds()
    lines = [
        f"# {report.outlet}: {report.status.value}",
        "",
        f"Crawl `{report.crawl_id}`, {report.started:%Y-%m-%d %H:%M:%S}Z, {took:.1f} s.",
        "",
        "| count | |",
        "|---|---:|",
        *(f"| {escape_markdown(name)} | {count:,} |" for name, count in report.counts.items()),
        f"| changes | {len(report.changes):,} |",
        f"| absences | {len(report.absences):,} |",
        f"| re-posts | {len(report.reposts):,} |",
        f"| images replaced | {len(report.images):,} |",
    ]
    for title, sentences in (
        ("Expected and missed", report.missed),
        ("Warnings", report.warnings),
        ("Recovered", report.recovered),
    ):
        if sentences:
            lines += ["", f"## {title}", "", *(f"- {escape_markdown(words)}" for words in sentences)]
    return "\n".join(lines) + "\n"


def change_rows(report: CrawlReport) -> list[dict[str, Any]]:
    """Return what changed as rows of equal columns, at most `MOST_ROWS`; a last row says how many are left out."""
    rows = [_row("new", url, headline) for url, headline in report.new]
    for change in report.changes:
        between = _between(change)
        fields = ", ".join(change.fields) + ("" if change.confirmed else " (seen once)")
        types = ", ".join(change.types)
        told = UNDISCLOSED if change.undisclosed else change.disclosure or ""
        rows.append(
            _row("changed", change.url, change.headline, fields, between, change.weight or "not compared", types, told)
        )
    for absence in report.absences:
        last = to_the_minute(absence.last_seen) if absence.last_seen else "never"
        between = f"last seen {last}, first missing {to_the_minute(absence.first_missing)}"
        kind = absence.kind if absence.confirmed else f"{absence.kind} (to be confirmed)"
        rows.append(_row(kind, absence.url, absence.article_key, when=between))
    rows += [
        _row("re-posted", line.later, "", when=f"{how_alike(line.similarity)} as {line.earlier}")
        for line in report.reposts
    ]
    rows += [
        _row(
            IMAGE_REPLACED,
            image.url,
            image.headline,
            f"other bytes under {image.image_url}",
            _between(image),
        )
        for image in report.images
    ]
    if len(rows) > MOST_ROWS:
        left_out = f"{len(rows) - MOST_ROWS} more are in the archive (palimpsest changes)"
        rows = [*rows[:MOST_ROWS], _row("…", "", left_out)]
    return rows


def _between(seen: ChangeLine | ImageLine) -> str:
    return f"{to_the_minute(seen.last_seen_before)} to {to_the_minute(seen.first_seen_after)}"


def escape_markdown(text: str) -> str:
    r"""Return `text` so that Markdown shows it as it is: no link, no image, no HTML, no row of a table.

    >>> escape_markdown("![x](http://a) <b>|")
    '\\!\\[x\\]\\(http://a\\) &lt;b&gt;\\|'
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"[\\`*_{}\[\]()#|!~]", r"\\\g<0>", " ".join(text.split()))


def _row(
    what: str, url: str, article: str, how: str = "", when: str = "", weight: str = "", types: str = "", told: str = ""
) -> dict[str, Any]:
    return {
        "what": what,
        "article": article,
        "how": how,
        "weight": weight,
        "types": types,
        "disclosure": told,
        "when": when,
        "url": url,
    }
