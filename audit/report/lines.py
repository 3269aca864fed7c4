"""A report as lines of styled text: for a terminal, and for plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from articles.visible import visible as steerless
from audit.body_diff import Fate, Op, Row, Run
from audit.edit import Edit, Weight
from audit.report.model import DiffReport, Side
from audit.report.words import disclosed_on, fate, interval, verdict, when, where

LONGEST_EXCERPT = 300
CONTEXT = 90
"""Characters of unchanged text that are shown on each side of an edit."""

_MARK = re.compile(r"(?<=\[)(?=-)|(?<=-)(?=\])|(?<=\{)(?=\+)|(?<=\+)(?=\})")


def visible(text: str) -> str:
    r"""Return a stranger's text with what could steer a terminal or pass for one of our marks made visible.

    >>> visible("He [-admitted-]{+denied+} it")
    'He [\\-admitted-\\]{\\+denied+\\} it'
    """
    return _MARK.sub(r"\\", steerless(text))


class Style(StrEnum):
    """What a stretch of text is; a terminal gives each a look, plain text shows marks alone."""

    PLAIN = "plain"
    HEADING = "heading"
    FAINT = "faint"
    DELETED = "deleted"
    INSERTED = "inserted"
    HEAVY = "heavy"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a line in one style. Its text is safe to print."""

    text: str
    style: Style = Style.PLAIN


Line = tuple[Stretch, ...]


def as_text(report: DiffReport, *, unchanged: bool = False) -> str:
    """Return the report as plain text: `[-removed-]`, `{+added+}`. `unchanged` also shows paragraphs that are the same.

    Every character that could steer a terminal is made visible, and what a page writes like one of our marks has a
    backslash in it.
    """
    return "".join(
        "".join(stretch.text for stretch in line).rstrip() + "\n" for line in lines(report, unchanged=unchanged)
    )


def lines(report: DiffReport, *, unchanged: bool = False) -> Iterator[Line]:
    """Yield the report's lines."""
    findings = report.findings
    yield (Stretch(visible(report.title), Style.HEADING),)
    for mark, side in (("-", report.old), ("+", report.new)):
        yield (Stretch(f"{mark} {visible(_about(side))}", Style.FAINT),)
    if (seen := interval(report)) is not None:
        yield (Stretch(f"changed {seen}", Style.FAINT),)
    yield from ((Stretch(f"! {visible(note)}", Style.HEAVY),) for note in report.notes)
    heavy = Style.HEAVY if findings.weight >= Weight.SUBSTANTIVE else Style.PLAIN
    yield ()
    yield (Stretch(verdict(report), heavy),)
    if (told := disclosed_on(report)) is not None:
        yield (Stretch(told, Style.FAINT),)
    for note in findings.body.coarse:
        yield (Stretch(f"coarse: {visible(note)}", Style.FAINT),)
    yield from _edits(findings.edits)
    rows = [row for row in findings.body.rows if unchanged or row.fate is not Fate.SAME]
    if rows:
        yield ()
        yield (Stretch("text", Style.HEADING),)
        for row in rows:
            yield from _row(row)


def _about(side: Side) -> str:
    seen = ""
    if side.first_seen is not None:
        seen = f", first seen {when(side.first_seen)}"
        if side.last_seen is not None and side.last_seen != side.first_seen:
            seen += f", last seen {when(side.last_seen)}"
    url = f", {side.url}" if side.url else ""
    return f"{side.name}{seen}{url}"


def _edits(edits: Sequence[Edit]) -> Iterator[Line]:
    for edit in edits:
        style = Style.HEAVY if edit.weight >= Weight.SUBSTANTIVE else Style.PLAIN
        within = f" ({', '.join(edit.within)})" if edit.within else ""
        yield ()
        yield (
            Stretch(f"{edit.weight!s:<12}", style),
            Stretch(f"{edit.type}{within}", style),
            Stretch(f", {visible(where(edit))}", Style.FAINT),
        )
        yield (Stretch(f"{'':12}{visible(edit.reason)}"),)
        if edit.before:
            yield (Stretch(" " * 12), Stretch(f"[-{_excerpt(edit.before)}-]", Style.DELETED))
        if edit.after:
            yield (Stretch(" " * 12), Stretch(f"{{+{_excerpt(edit.after)}+}}", Style.INSERTED))


def _row(row: Row) -> Iterator[Line]:
    number = (row.new or row.old)[0] + 1
    word = fate(row, row.old[0] if row.old else None)
    yield ()
    yield (Stretch(f"¶ {number}{f', {word}' if word else ''}", Style.FAINT),)
    stretches: list[Stretch] = []
    for position, run in enumerate(row.runs):
        stretches += _stretches(run, first=position == 0, last=position == len(row.runs) - 1)
    yield tuple(stretches)


def _stretches(run: Run, *, first: bool, last: bool) -> Iterator[Stretch]:
    text = visible(run.text.replace("\n", " ¶ "))
    if run.op is Op.DELETE:
        yield Stretch(f"[-{text}-]", Style.DELETED)
    elif run.op is Op.INSERT:
        yield Stretch(f"{{+{text}+}}", Style.INSERTED)
    else:
        yield Stretch(_shortened(text, first=first, last=last))


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """Return unchanged text cut to what is near an edit."""
    if first and last:
        return text
    head, tail = ("" if first else text[:CONTEXT]), ("" if last else text[-CONTEXT:])
    return text if len(text) <= len(head) + len(tail) + 3 else f"{head}…{tail}"


def _excerpt(text: str) -> str:
    shown = text if len(text) <= LONGEST_EXCERPT else f"{text[: LONGEST_EXCERPT - 1]}…"
    return visible(shown.replace("\n", " ¶ "))
