"""Two texts as runs: what stayed, what went, what came."""

from __future__ import annotations

from collections.abc import Sequence

from audit.align import align
from audit.body_diff import Op, Run
from audit.equal_ends import SENTENCE_ENDS, WORD_ENDS, differ_within_a_sentence, equal_ends
from audit.islands import readable
from audit.sentences import sentence_texts
from audit.stop_words import stop_words
from audit.tokens import token_texts
from audit.word_diff import hunks

LONGEST = 2_000_000
"""Two linked sentences that together have more characters than this are not cut into tokens: those of 10 MB of Chinese
take 1 GB of memory."""


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
    if not old or not new:
        writer.replace([old], [new])
    elif differ_within_a_sentence(old, new):
        writer.compare(old, new)
    else:
        _by_sentences(old, new, writer)
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
        """Tell what went and what came."""
        if any(olds) or any(news):
            self._tell(Op.EQUAL)
        self._waiting[Op.DELETE] += olds
        self._waiting[Op.INSERT] += news

    def compare(self, old: str, new: str) -> None:
        """Tell two linked texts by their tokens."""
        start, end = equal_ends(old, new, WORD_ENDS)
        middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
        self.keep([old[:start]])
        if len(middle_old) + len(middle_new) > LONGEST:
            self._tell_coarsely(middle_old, middle_new)
        else:
            self._compare_tokens(token_texts(middle_old), token_texts(middle_new))
        self.keep([old[len(old) - end :]])

    def _compare_tokens(self, olds: list[str], news: list[str]) -> None:
        found, too_much = hunks(olds, news)
        if too_much:
            self._note("".join(olds), "".join(news))
        done = 0
        for hunk in readable(found, olds, news, stop_words(self.language)):
            self.keep(olds[done : hunk.old_start])
            self.replace(olds[hunk.old_start : hunk.old_end], news[hunk.new_start : hunk.new_end])
            done = hunk.old_end
        self.keep(olds[done:])

    def _tell_coarsely(self, old: str, new: str) -> None:
        self._note(old, new)
        self.replace([old], [new])

    def _note(self, old: str, new: str) -> None:
        self.coarse.append(
            f"sentences of {len(old):,} and {len(new):,} characters: told as one replacement of all that stands between"
            " their equal ends"
        )

    def keep(self, texts: Sequence[str]) -> None:
        """Tell what stayed."""
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
    start, end = equal_ends(old, new, SENTENCE_ENDS)
    olds = sentence_texts(old[start : len(old) - end], writer.language)
    news = sentence_texts(new[start : len(new) - end], writer.language)
    if len(olds) == len(news) == 1 and not start and not end:
        writer.compare(old, new)
        return
    writer.keep([old[:start]])
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
        before, after = "".join(olds[link.old[0] : at_old]), "".join(news[link.new[0] : at_new])
        if before == after:
            writer.keep([before])
        else:
            writer.compare(before, after)
    writer.replace(olds[at_old:], news[at_new:])
    writer.keep([old[len(old) - end :]])
