"""A report as Markdown, for issue trackers, chats and notes: removed text in `<del>`, added text in `<ins>`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.visible import visible
from audit.body_diff import Fate, Op, Row, Run
from audit.report.model import DiffReport
from audit.report.words import disclosed_on, fate, interval, verdict, when, where

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&$@:^=])")


def escaped(text: str) -> str:
    r"""Return a stranger's text so that no Markdown renderer sees markup, a link or a mention in it.

    >>> escaped("[x](javascript:y) <b>")
    '\\[x\\]\\(javascript\\:y\\) \\<b\\>'
    """
    return _SPECIAL.sub(r"\\\1", visible(text.replace("\n", " ¶ ")))


def as_markdown(report: DiffReport) -> str:
    """Return the report in CommonMark.

    What came and went is marked by inline HTML: `~~` and `**` open or close nothing beside most punctuation, or white
    space, and none can be told from another within a Chinese sentence (CommonMark 0.31, §6.2).
    """
    return "\n".join(_lines(report)) + "\n"


def _lines(report: DiffReport) -> Iterator[str]:
    findings = report.findings
    yield f"# {escaped(report.title)}"
    yield ""
    yield f"**{verdict(report)}**"
    if (told := disclosed_on(report)) is not None:
        yield f"  \n{told}"
    if (seen := interval(report)) is not None:
        yield f"  \nchanged {seen}"
    for note in report.notes:
        yield f"  \n**Note:** {escaped(note)}"
    yield ""
    for name, side in (("older", report.old), ("newer", report.new)):
        seen = f", first seen {when(side.first_seen)}" if side.first_seen else ""
        url = f", {escaped(side.url)}" if side.url else ""
        yield f"- {name}: {escaped(side.name)}{seen}{url}"
    for note in findings.body.coarse:
        yield f"- {escaped(note)}"
    if findings.edits:
        yield ""
        yield "## Edits"
    for edit in findings.edits:
        words = " ".join(filter(None, (_marked("del", edit.before), _marked("ins", edit.after))))
        within = f" ({', '.join(edit.within)})" if edit.within else ""
        yield ""
        yield f"- **{edit.type}**{within}, {edit.weight}, {escaped(where(edit))}: {escaped(edit.reason)}"
        if words:
            yield f"  {words}"
    rows = [row for row in findings.body.rows if row.fate is not Fate.SAME]
    if rows:
        yield ""
        yield "## Text"
    for row in rows:
        yield ""
        yield _row(row)


def _row(row: Row) -> str:
    word = fate(row, row.old[0] if row.old else None)
    return f"*{word}:* {''.join(map(_run, row.runs))}"


def _run(run: Run) -> str:
    if run.op is Op.EQUAL:
        return escaped(run.text)
    return _marked("del" if run.op is Op.DELETE else "ins", run.text)


def _marked(element: str, text: str) -> str:
    return f"<{element}>{escaped(text) if text.strip() else '␣'}</{element}>" if text else ""
