"""Two texts as runs: what stayed, what went, what came."""

from __future__ import annotations

from collections.abc import Sequence

from audit.align import align
from audit.body_diff import Op, Run
from audit.islands import readable
from audit.sentences import sentence_texts
from audit.stop_words import stop_words
from audit.tokens import token_texts
from audit.word_diff import hunks


def runs(old: str, new: str, language: str | None, coarse: list[str] | None = None) -> tuple[Run, ...]:
    """Return the runs that lead from `old` to `new`.

    Sentences are linked first, then tokens within linked sentences. No two neighbours have the same op; a DELETE stands
    before the INSERT that replaced it; no edit begins or ends within a token. A sentence without a counterpart in
    order is deleted or inserted as a whole. Where a comparison was cut short to bound its time, a sentence that says
    so is appended to `coarse`.

    >>> [f"{run.op}: {run.text}" for run in runs("12 people died.", "92 people died.", "en")]
    ['delete: 12', 'insert: 92', 'equal:  people died.']
    """
    if old == new:
        return (Run(Op.EQUAL, old),) if old else ()
    writer = _Writer(language, [] if coarse is None else coarse)
    if old and new:
        _by_sentences(old, new, writer)
    else:
        writer.replace([old], [new])
    return writer.runs()


class _Writer:
    """Runs as they come. What stands between two EQUAL runs becomes one DELETE and one INSERT, so that both directions
    have the same runs."""

    def __init__(self, language: str | None, coarse: list[str]) -> None:
        self.language = language
        self.coarse = coarse
        self._runs: list[Run] = []
        self._waiting: dict[Op, list[str]] = {Op.EQUAL: [], Op.DELETE: [], Op.INSERT: []}

    def replace(self, olds: Sequence[str], news: Sequence[str]) -> None:
        if any(olds) or any(news):
            self._tell(Op.EQUAL)
        self._waiting[Op.DELETE] += olds
        self._waiting[Op.INSERT] += news

    def compare(self, old: str, new: str) -> None:
        if old == new:
            self._keep([old])
            return
        olds, news = token_texts(old), token_texts(new)
        found, too_much = hunks(olds, news)
        if too_much:
            self.coarse.append(
                f"sentences of {len(olds):,} and {len(news):,} words and signs: told as one replacement of all that"
                " stands between their equal ends"
            )
        done = 0
        for hunk in readable(found, olds, news, stop_words(self.language)):
            self._keep(olds[done : hunk.old_start])
            self.replace(olds[hunk.old_start : hunk.old_end], news[hunk.new_start : hunk.new_end])
            done = hunk.old_end
        self._keep(olds[done:])

    def _keep(self, texts: Sequence[str]) -> None:
        if any(texts):
            self._tell(Op.DELETE, Op.INSERT)
        self._waiting[Op.EQUAL] += texts

    def _tell(self, *ops: Op) -> None:
        for op in ops:
            if text := "".join(self._waiting[op]):
                self._runs.append(Run(op, text))
            self._waiting[op].clear()

    def runs(self) -> tuple[Run, ...]:
        self._tell(Op.EQUAL, Op.DELETE, Op.INSERT)  # either the first or the others wait
        return tuple(self._runs)


def _by_sentences(old: str, new: str, writer: _Writer) -> None:
    olds, news = sentence_texts(old, writer.language), sentence_texts(new, writer.language)
    if len(olds) == len(news) == 1:
        writer.compare(old, new)
        return
    found = align([text.strip() for text in olds], [text.strip() for text in news])
    if found.partly:
        writer.coarse.append(
            f"{len(olds):,} sentences against {len(news):,}: of those without an equal only some pairs were compared"
        )
    at_old = at_new = 0
    for link in found.links:
        if link in found.moved:
            continue
        writer.replace(olds[at_old : link.old[0]], news[at_new : link.new[0]])
        at_old, at_new = link.old[-1] + 1, link.new[-1] + 1
        writer.compare("".join(olds[link.old[0] : at_old]), "".join(news[link.new[0] : at_new]))
    writer.replace(olds[at_old:], news[at_new:])
