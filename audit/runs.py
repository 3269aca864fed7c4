"""Two texts as runs: what stayed, what went, what came."""

from __future__ import annotations

from audit.align import align
from audit.body_diff import Op, Run
from audit.equal_ends import SENTENCE_ENDS, WORD_ENDS, around, differ_within_a_sentence, equal_ends
from audit.islands import readable
from audit.sentences import sentence_texts
from audit.stop_words import stop_words
from audit.tokens import token_texts
from audit.word_diff import hunks

LONGEST = 2_000_000
"""Two linked sentences that together have more characters than this are not cut into tokens: those of 10 MB of Chinese
take 1 GB of memory."""

_OPS = (Op.EQUAL, Op.DELETE, Op.INSERT)


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
    teller = _Teller(language, [] if coarse is None else coarse)
    if not old or not new:
        teller.replace(old, new)
    else:
        start, end = equal_ends(old, new)
        if differ_within_a_sentence(old, new, start, end):
            teller.compare(old, new, start, end)
        else:
            teller.compare_sentences(old, new, start, end)
    return teller.runs()


class _Teller:
    """Runs as they come, in segments: what stayed, then what went and what came. A segment has one run of each at most,
    so that both directions have the same runs."""

    def __init__(self, language: str | None, coarse: list[str]) -> None:
        self._language = language
        self._coarse = coarse
        self._segments: list[tuple[list[str], list[str], list[str]]] = [([], [], [])]

    def runs(self) -> tuple[Run, ...]:
        """Return all that was told."""
        return tuple(
            [
                Run(op, "".join(texts))
                for segment in self._segments
                for op, texts in zip(_OPS, segment, strict=True)
                if texts
            ]
        )

    def keep(self, text: str) -> None:
        """Tell what stayed."""
        if not text:
            return
        last = self._segments[-1]
        if last[1] or last[2]:
            last = ([], [], [])
            self._segments.append(last)
        last[0].append(text)

    def replace(self, old: str, new: str) -> None:
        """Tell what went and what came."""
        _, olds, news = self._segments[-1]
        if old:
            olds.append(old)
        if new:
            news.append(new)

    def compare_sentences(self, old: str, new: str, start: int, end: int) -> None:
        """Tell two texts that are equal in `start` and `end` characters at their ends."""
        first, last = around(old, start, end, SENTENCE_ENDS)
        olds = sentence_texts(old[first : len(old) - last], self._language)
        news = sentence_texts(new[first : len(new) - last], self._language)
        if len(olds) == len(news) == 1 and not first and not last:
            self.compare(old, new, start, end)
            return
        self.keep(old[:first])
        self._align(olds, news)
        self.keep(old[len(old) - last :])

    def _align(self, olds: list[str], news: list[str]) -> None:
        found = align([text.strip() for text in olds], [text.strip() for text in news])
        if found.partly:
            self._coarse.append(
                f"{len(olds):,} sentences against {len(news):,}: of those without an equal only some were compared"
            )
        at_old = at_new = 0
        for link in found.links:
            if link in found.moved:
                continue
            self.replace("".join(olds[at_old : link.old[0]]), "".join(news[at_new : link.new[0]]))
            at_old, at_new = link.old[-1] + 1, link.new[-1] + 1
            before, after = "".join(olds[link.old[0] : at_old]), "".join(news[link.new[0] : at_new])
            if before == after:
                self.keep(before)
            else:
                self.compare(before, after, *equal_ends(before, after))
        self.replace("".join(olds[at_old:]), "".join(news[at_new:]))

    def compare(self, old: str, new: str, start: int, end: int) -> None:
        """Tell two linked texts, equal in `start` and `end` characters at their ends, by their tokens."""
        first, last = around(old, start, end, WORD_ENDS)
        middle_old, middle_new = old[first : len(old) - last], new[first : len(new) - last]
        self.keep(old[:first])
        if len(middle_old) + len(middle_new) > LONGEST:
            self._note(middle_old, middle_new)
            self.replace(middle_old, middle_new)
        else:
            self._compare_tokens(token_texts(middle_old), token_texts(middle_new))
        self.keep(old[len(old) - last :])

    def _compare_tokens(self, olds: list[str], news: list[str]) -> None:
        found, too_much = hunks(olds, news)
        if too_much:
            self._note("".join(olds), "".join(news))
        done = 0
        for hunk in readable(found, olds, news, stop_words(self._language)):
            self.keep("".join(olds[done : hunk.old_start]))
            self.replace("".join(olds[hunk.old_start : hunk.old_end]), "".join(news[hunk.new_start : hunk.new_end]))
            done = hunk.old_end
        self.keep("".join(olds[done:]))

    def _note(self, old: str, new: str) -> None:
        self._coarse.append(
            f"sentences of {len(old):,} and {len(new):,} characters: told as one replacement of all that stands between"
            " their equal ends"
        )
