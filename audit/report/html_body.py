"""The compared text as HTML: paragraphs with `ins` and `del`, inline or side by side. A window embeds it, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from articles.visible import visible
from audit.body_diff import BodyDiff, Fate, Op, Row, Run
from audit.report.words import fate

_HIDDEN = {Op.DELETE: ("removed: ", " end of removed text"), Op.INSERT: ("added: ", " end of added text")}


def safe(text: str) -> str:
    """Return a stranger's text for HTML: markup escaped, steering characters made visible, line breaks kept.

    >>> safe("<script>\\u202e")
    '&lt;script&gt;\\\\u202e'
    """
    return "<br>".join(escape(visible(line)) for line in text.split("\n"))


def inline(body: BodyDiff) -> str:
    """Return all rows one below the other, removed and added text in the same paragraph."""
    links = _links(body)
    return "\n".join(_inline_row(row, links) for row in body.rows)


def side_by_side(body: BodyDiff) -> str:
    """Return a table of two columns: what was removed is marked on the left, what was added on the right."""
    head = '<tr><th scope="col">older</th><th scope="col">newer</th></tr>'
    rows = "\n".join(
        f'<tr class="{row.fate}"><td>{runs_of(row.runs, without=Op.INSERT) if row.old else ""}</td>'
        f"<td>{runs_of(row.runs, without=Op.DELETE) if row.new else ''}</td></tr>"
        for row in body.rows
    )
    return f'<table class="sides"><thead>{head}</thead><tbody>\n{rows}\n</tbody></table>'


def runs_of(runs: Iterable[Run], *, without: Op | None = None) -> str:
    """Return runs as text with `ins` and `del`, but for those of the kind `without`.

    What a screen reader would pass over is said in words, which a style sheet hides (class `said`).
    """
    return "".join(_run(run) for run in runs if run.op is not without)


def _run(run: Run) -> str:
    if run.op is Op.EQUAL:
        return safe(run.text)
    tag = "del" if run.op is Op.DELETE else "ins"
    before, after = _HIDDEN[run.op]
    return f'<{tag}><span class="said">{before}</span>{safe(run.text)}<span class="said">{after}</span></{tag}>'


def _inline_row(row: Row, links: dict[int, int]) -> str:
    number = row.new[0] if row.new else None
    name = f' id="p{number + 1}"' if number is not None else ""
    label = "".join(_label(row, links))
    return f'<div class="row {row.fate}"{name}>{label}<p>{runs_of(row.runs)}</p></div>'


def _label(row: Row, links: dict[int, int]) -> Iterator[str]:
    if row.fate is Fate.SAME:
        return
    word = fate(row, row.old[0] if row.old else None)
    after = links.get(row.old[0]) if row.fate is Fate.MOVED else None
    if after is not None:
        yield f'<p class="label"><a href="#p{after + 1}">{word}</a></p>'
    elif row.fate is not Fate.EDITED:
        yield f'<p class="label">{word}</p>'


def _links(body: BodyDiff) -> dict[int, int]:
    """Return for each moved old paragraph the new number of the paragraph it used to follow."""
    new_of_old = {old: row.new[0] for row in body.rows if row.new for old in row.old}
    return {
        row.old[0]: next((new_of_old[old] for old in range(row.old[0] - 1, -1, -1) if old in new_of_old), 0)
        for row in body.rows
        if row.fate is Fate.MOVED
    }
