"""The compared text as HTML: paragraphs with `ins` and `del`, inline or side by side. A window embeds it, too.

Each edit of running text has its number after its words, which leads to `#edit-<number>`: whoever shows the list of
edits gives its items these ids, and links `#at-<number>` back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Final

from articles.article import Block
from articles.visible import visible
from audit.body_diff import Fate, Op, Run
from audit.edit import Edit
from audit.report.marks import Marked, MarkedRow, marked_rows
from audit.report.model import DiffReport
from audit.report.words import fate
from config.words import counted

_HIDDEN: Final = {Op.DELETE: ("removed: ", " end of removed text"), Op.INSERT: ("added: ", " end of added text")}
_FOLD_FROM: Final = 3
"""So many unchanged paragraphs in a row, besides those next to an edit, are folded where that is asked for."""


def safe(text: str) -> str:
    """Return a stranger's text for HTML: markup escaped, steering characters made visible, line breaks kept.

    >>> safe("<script>\\u202e")
    '&lt;script&gt;\\\\u202e'
    """
    return "<br>".join(escape(visible(line)) for line in text.split("\n"))


def inline(report: DiffReport, *, fold: bool = False) -> str:
    """Return all rows one below the other, removed and added text in the same paragraph."""
    text = _Text(report, ids=True)
    rows = _folded(text.rows, text.inline_row) if fold else map(text.inline_row, text.rows)
    return "\n".join(rows) + text.left_before(None)


def side_by_side(report: DiffReport, *, fold: bool = False, ids: bool = True) -> str:
    """Return the rows as pairs: what was removed is marked on the left, what was added on the right.

    Without `ids` nothing in it has an id, for a page that has the inline text, too.
    """
    text = _Text(report, ids=ids)
    rows = _folded(text.rows, text.pair) if fold else map(text.pair, text.rows)
    head = '<div class="pair head"><div>older</div><div>newer</div></div>'
    return f'<div class="sides">{head}\n' + "\n".join(rows) + f"{text.left_before(None)}\n</div>"


def anchors(report: DiffReport) -> dict[int, str]:
    """Return, by the numbers of edits, the ids under which they stand in the text; edits of other fields have none."""
    told = {number for marked in marked_rows(report) for number in marked.edits}
    told |= {number for marked in marked_rows(report) for run in marked.runs for number in run.edits}
    found = {}
    for number, edit in enumerate(report.findings.edits, 1):
        place = edit.place
        if number in told:
            found[number] = f"at-{number}"
        elif place.field == "blocks" and place.index is not None:
            found[number] = f"p{place.index + 1}" if place is edit.new else f"old-p{place.index + 1}"
    return found


class _Text:
    """The text of one report, and what a row of it has to know of the others."""

    def __init__(self, report: DiffReport, *, ids: bool) -> None:
        self.rows: Final = marked_rows(report)
        self._edits = report.findings.edits
        self._old = report.old.article.blocks
        self._new = report.new.article.blocks
        self._ids = ids
        self._left = _left_places(self.rows)

    def inline_row(self, marked: MarkedRow) -> str:
        row = marked.row
        kind = _kind(self._new, row.new) or _kind(self._old, row.old)
        told = "".join((*self._label(marked), f'<p dir="auto"{kind}>{self._runs(marked.runs)}</p>'))
        return f'{self.left_before(marked)}<div class="row {row.fate}"{self._id(marked)}>{told}</div>'

    def pair(self, marked: MarkedRow) -> str:
        row = marked.row
        label = "".join(self._label(marked))
        sides = (
            self._side("older", _kind(self._old, row.old), marked.runs, Op.INSERT) if row.old else "<div></div>",
            self._side("newer", _kind(self._new, row.new), marked.runs, Op.DELETE) if row.new else "<div></div>",
        )
        return f'{self.left_before(marked)}<div class="pair {row.fate}"{self._id(marked)}>{label}{"".join(sides)}</div>'

    def _side(self, name: str, kind: str, runs: Sequence[Marked], without: Op) -> str:
        told = self._runs(runs, without=without)
        return f'<div class="{name}"><span class="said">{name}: </span><p dir="auto"{kind}>{told}</p></div>'

    def _id(self, marked: MarkedRow) -> str:
        row = marked.row
        if not self._ids:
            return ""
        return f' id="p{row.new[0] + 1}"' if row.new else f' id="old-p{row.old[0] + 1}"'

    def _label(self, marked: MarkedRow) -> Iterator[str]:
        row, notes = marked.row, self._notes(marked.edits)
        if row.fate in (Fate.SAME, Fate.EDITED):
            if notes:
                yield f'<p class="label">{notes}</p>'
            return
        word = fate(row, row.old[0] if row.old else None)
        if row.fate is Fate.MOVED and self._ids:
            word = f'<a href="#left-{row.old[0] + 1}">{word}</a>'
        yield f'<p class="label">{word}{notes}</p>'

    def left_before(self, marked: MarkedRow | None) -> str:
        """Return what stands where paragraphs moved away from, before a row or (None) after all."""
        return "".join(
            f'<p class="left" id="left-{old + 1}">Paragraph {old + 1} of the older text stands'
            f' <a href="#p{new + 1}">elsewhere: paragraph {new + 1}</a></p>'
            for old, new in (self._left.get(id(marked), ()) if self._ids else ())
        )

    def _runs(self, runs: Iterable[Marked], *, without: Op | None = None) -> str:
        # Of an edit that ends in a run of the other side its number stands on that side.
        return "".join(_run(one.run) + self._notes(one.edits) for one in runs if one.run.op is not without)

    def _notes(self, numbers: Iterable[int]) -> str:
        return "".join(note(number, self._edits[number - 1], ids=self._ids) for number in numbers)


def note(number: int, edit: Edit, *, ids: bool) -> str:
    """Return the number that stands after an edit's words, with what the edit is for whoever points at it."""
    name = f' id="at-{number}"' if ids else ""
    told = f"{edit.type}, {edit.weight}: {visible(edit.reason)}"
    return (
        f'<a class="at {edit.weight}" dir="ltr"{name} href="#edit-{number}" title="{escape(told)}">'
        f'<span class="said">edit </span>{number}</a>'
    )


def _run(run: Run) -> str:
    """Return a run as text, in `ins` or `del` where it is not in both articles.

    What a screen reader would pass over is said in words, which a style sheet hides (class `said`).
    """
    if run.op is Op.EQUAL:
        return safe(run.text)
    tag = "del" if run.op is Op.DELETE else "ins"
    before, after = _HIDDEN[run.op]
    return f"<{tag}>{_unseen(before)}{safe(run.text)}{_unseen(after)}</{tag}>"


def _unseen(words: str) -> str:
    """Return words of ours within a stranger's text, whose direction they do not tell: they have one of their own."""
    return f'<span class="said" dir="ltr">{words}</span>'


def _kind(blocks: Sequence[Block], indices: Sequence[int]) -> str:
    """Return the class of a block that is no plain paragraph."""
    kinds = {blocks[index].kind.value for index in indices} - {"paragraph"}
    return f' class="{min(kinds)}"' if len(kinds) == 1 else ""


def _left_places(rows: Sequence[MarkedRow]) -> dict[int, list[tuple[int, int]]]:
    """Return, by the row before which it stood, each moved paragraph's old and new number (from 0)."""
    row_of_old = {old: marked for marked in rows for old in marked.row.old if marked.row.fate is not Fate.MOVED}
    found: dict[int, list[tuple[int, int]]] = {}
    last = max(row_of_old, default=-1)
    for marked in rows:
        if marked.row.fate is Fate.MOVED:
            old, new = marked.row.old[0], marked.row.new[0]
            following = next((row_of_old[n] for n in range(old + 1, last + 1) if n in row_of_old), None)
            found.setdefault(id(following), []).append((old, new))
    for places in found.values():
        places.sort()
    return found


def _folded(rows: Sequence[MarkedRow], show: Callable[[MarkedRow], str]) -> Iterator[str]:
    """Yield the rows, of many unchanged ones in a row all but the first and the last inside `details`."""
    plain = [marked.row.fate is Fate.SAME and not marked.edits for marked in rows]
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and plain[end] is plain[start]:
            end += 1
        shown = [show(marked) for marked in rows[start:end]]
        first, last = (0 if start == 0 else 1), (len(shown) if end == len(rows) else len(shown) - 1)
        if plain[start] and last - first >= _FOLD_FROM:
            yield from shown[:first]
            count = counted(last - first, "unchanged paragraph")
            yield f'<details class="fold"><summary>{count}</summary>\n' + "\n".join(shown[first:last]) + "\n</details>"
            yield from shown[last:]
        else:
            yield from shown
        start = end
