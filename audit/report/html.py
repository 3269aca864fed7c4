"""A report as one HTML file that stands alone: no script, no address to fetch, light and dark, for print too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from audit.edit import Edit
from audit.findings import Findings
from audit.report.html_body import anchors, inline, safe, side_by_side
from audit.report.model import DiffReport, Side
from audit.report.words import disclosed_on, interval, verdict, when, where
from config.words import capital

_STYLE: Final = Path(__file__).with_name("report.css")


def as_html(report: DiffReport) -> str:
    """Return the report as an HTML document.

    Its `Content-Security-Policy` lets nothing run and nothing be fetched, wherever the file is opened.
    """
    findings = report.findings
    language = report.new.article.language or report.old.article.language
    lang = f' lang="{safe(language)}"' if language else ""
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>What changed: {safe(report.title)}</title>",
            f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>",
            "</head>",
            "<body>",
            "<header>",
            f'<h1{lang} dir="auto">{safe(report.title)}</h1>',
            f'<p class="verdict {findings.weight}">{safe(verdict(report))}</p>',
            *([f"<p>{safe(capital(told))}.</p>"] if (told := disclosed_on(report)) else []),
            *([f"<p>Changed {safe(seen)}.</p>"] if (seen := interval(report)) else []),
            *(f'<p class="coarse">{safe(note)}</p>' for note in report.notes),
            _sides(report),
            "</header>",
            "<main>",
            *_edits(report),
            *_notes(findings),
            *_texts(report, lang),
            "</main>",
            f"<footer><p>{_made_by(report)}</p></footer>",
            "</body>",
            "</html>",
            "",
        )
    )


def _sides(report: DiffReport) -> str:
    rows = "".join(
        f'<tr><th scope="row">{name}</th><td dir="auto">{_shown(older)}</td><td dir="auto">{_shown(newer)}</td></tr>'
        for name, older, newer in zip(_FACTS, _facts(report.old), _facts(report.new), strict=True)
        if older or newer
    )
    head = '<tr><td></td><th scope="col">older</th><th scope="col">newer</th></tr>'
    return f'<table class="facts"><thead>{head}</thead><tbody>{rows}</tbody></table>'


_FACTS: Final = (
    "state",
    "page",
    "first seen",
    "last seen",
    "byline",
    "editors",
    "source",
    "published",
    "modified",
    "read by",
    "record",
    "content id",
)


def _facts(side: Side) -> tuple[str, ...]:
    article = side.article
    return (
        side.name,
        side.url or "",
        when(side.first_seen) if side.first_seen else "",
        when(side.last_seen) if side.last_seen else "",
        ", ".join(article.byline),
        ", ".join(article.editors),
        article.agency.name if article.agency else "",
        article.published_at.isoformat(sep=" ") if article.published_at else "",
        article.modified_at.isoformat(sep=" ") if article.modified_at else "",
        side.reader_id or "",
        side.record_id or "",
        side.content_id or "",
    )


def _shown(value: str) -> str:
    return safe(value) if value else '<span class="none">not given</span>'


def _edits(report: DiffReport) -> Iterator[str]:
    findings, places = report.findings, anchors(report)
    if not findings.edits:
        return
    yield "<section><h2>Edits</h2>"
    yield '<ol class="edits">'
    for number, edit in enumerate(findings.edits, 1):
        yield _edit(number, edit, places.get(number))
    yield "</ol>"
    parts = "".join(f"<tr><td>{part.points}</td><td>{safe(part.why)}</td></tr>" for part in findings.parts)
    head = '<tr><th scope="col">points</th><th scope="col">for</th></tr>'
    yield f"<details><summary>Score {findings.score} of 100, in parts</summary>"
    yield f"<table><thead>{head}</thead><tbody>{parts}</tbody></table></details>"
    yield "</section>"


def _edit(number: int, edit: Edit, anchor: str | None) -> str:
    within = f' <span class="within">{safe(", ".join(edit.within))}</span>' if edit.within else ""
    place = safe(where(edit))
    if anchor is not None:
        place = f'<a href="#{anchor}">{place}</a>'
    words = "".join(
        f'<{tag} dir="auto"><span class="said" dir="ltr">{said}: </span>{safe(text)}</{tag}> '
        for tag, said, text in (("del", "removed", edit.before), ("ins", "added", edit.after))
        if text
    )
    return (
        f'<li class="{edit.weight}" id="edit-{number}"><p><strong>{edit.type}</strong>{within} '
        f'<span class="weight">{edit.weight}</span> '
        f'<span class="where">{place}</span></p><p>{safe(edit.reason)}</p><p class="words">{words}</p></li>'
    )


def _notes(findings: Findings) -> Iterator[str]:
    for note in findings.body.coarse:
        yield f'<p class="coarse">{safe(note)}</p>'


def _texts(report: DiffReport, lang: str) -> Iterator[str]:
    if report.findings.body.rows:
        pairs = side_by_side(report, ids=False)
        yield f"<section><h2>Text</h2><div{lang}>\n{inline(report)}\n</div></section>"
        yield f"<section><h2>Text, side by side</h2><div{lang}>\n{pairs}\n</div></section>"


def _made_by(report: DiffReport) -> str:
    ids = "".join(
        f" {name} <code>{safe(value)}</code>."
        for name, value in (("Change", report.change_id), ("Findings", report.findings_id))
        if value
    )
    return f"Compared by Palimpsest, engine <code>{safe(report.findings.engine)}</code>.{ids}"
