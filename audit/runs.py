"""Two texts as runs: what stayed, what went, what came."""

from __future__ import annotations

from itertools import accumulate

from audit.align import align
from audit.body_diff import DELETE, EQUAL, INSERT, Run
from audit.equal_ends import SENTENCE_ENDS, WORD_ENDS, around, differ_within_a_sentence, equal_ends
from audit.islands import readable
from audit.sentences import sentence_texts
from audit.stop_words import stop_words
from audit.tokens import token_texts
from audit.word_diff import Hunk, hunks

LONGEST = 2_000_000
"""Two linked sentences that together have more characters than this are not cut into tokens: those of 10 MB of Chinese
take 1 GB of memory."""

LAST = 3
"""So many changes before one are looked at for whether it takes them back, so that nothing changed from there on."""


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
        return (Run(EQUAL, old),) if old else ()
    found = _Changes(old, new, language, [] if coarse is None else coarse)
    if not old or not new:
        found.add(0, len(old), 0, len(new))
    else:
        start, end = equal_ends(old, new)
        if differ_within_a_sentence(old, new, start, end):
            found.compare(old, new, 0, 0, start, end)
        else:
            found.compare_sentences(start, end)
    return found.runs()


class _Changes:
    """Characters of two texts that became others, in order. Two that touch are one, so that both directions have the
    same."""

    def __init__(self, old: str, new: str, language: str | None, coarse: list[str]) -> None:
        self._old, self._new = old, new
        self._language = language
        self._coarse = coarse
        self._hunks: list[Hunk] = []

    def runs(self) -> tuple[Run, ...]:
        """Return all that was found, with what stayed."""
        told: list[Run] = []
        done = 0
        for old_start, old_end, new_start, new_end in self._hunks:
            if done < old_start:
                told.append(Run(EQUAL, self._old[done:old_start]))
            if old_start < old_end:
                told.append(Run(DELETE, self._old[old_start:old_end]))
            if new_start < new_end:
                told.append(Run(INSERT, self._new[new_start:new_end]))
            done = old_end
        if done < len(self._old):
            told.append(Run(EQUAL, self._old[done:]))
        return tuple(told)

    def add(self, old_start: int, old_end: int, new_start: int, new_end: int) -> None:
        """Take note of what became of some characters, if there are any on either side."""
        if old_start == old_end and new_start == new_end:
            return
        if self._hunks and self._hunks[-1].old_end == old_start and self._hunks[-1].new_end == new_start:
            last = self._hunks.pop()
            old_start, new_start = last.old_start, last.new_start
        if self._is_same(old_start, old_end, new_start, new_end):
            return
        for at in range(len(self._hunks) - 1, max(len(self._hunks) - LAST, 0) - 1, -1):
            if self._is_same(self._hunks[at].old_start, old_end, self._hunks[at].new_start, new_end):
                del self._hunks[at:]  # a sentence went, and the next one begins with the same words
                return
        self._hunks.append(Hunk(old_start, old_end, new_start, new_end))

    def _is_same(self, old_start: int, old_end: int, new_start: int, new_end: int) -> bool:
        if old_end - old_start != new_end - new_start:
            return False
        return self._old[old_start:old_end] == self._new[new_start:new_end]

    def compare_sentences(self, start: int, end: int) -> None:
        """Compare the texts, which are equal in `start` and `end` characters at their ends."""
        old, new = self._old, self._new
        first, last = around(old, start, end, SENTENCE_ENDS)
        olds = sentence_texts(old[first : len(old) - last], self._language)
        news = sentence_texts(new[first : len(new) - last], self._language)
        if len(olds) == len(news) == 1 and not first and not last:
            self.compare(old, new, 0, 0, start, end)
        else:
            self._align(olds, news, first)

    def _align(self, olds: list[str], news: list[str], first: int) -> None:
        """Compare sentences that follow one another from a character on."""
        found = align([text.strip() for text in olds], [text.strip() for text in news])
        if found.partly:
            self._coarse.append(
                f"{len(olds):,} sentences against {len(news):,}: of those without an equal only some were compared"
            )
        old_places = list(accumulate(map(len, olds), initial=first))
        new_places = list(accumulate(map(len, news), initial=first))
        at_old = at_new = 0
        for link in found.links:
            if link in found.moved:
                continue
            old_start, new_start = old_places[link.old[0]], new_places[link.new[0]]
            self.add(old_places[at_old], old_start, new_places[at_new], new_start)
            at_old, at_new = link.old[-1] + 1, link.new[-1] + 1
            before, after = self._old[old_start : old_places[at_old]], self._new[new_start : new_places[at_new]]
            if before != after:
                self.compare(before, after, old_start, new_start, *equal_ends(before, after))
        self.add(old_places[at_old], old_places[-1], new_places[at_new], new_places[-1])

    def compare(self, old: str, new: str, at_old: int, at_new: int, start: int, end: int) -> None:
        """Compare two linked pieces, which stand at these characters and are equal in `start` and `end` characters at
        their ends, by their tokens."""
        first, last = around(old, start, end, WORD_ENDS)
        middle_old, middle_new = old[first : len(old) - last], new[first : len(new) - last]
        at_old, at_new = at_old + first, at_new + first
        if len(middle_old) + len(middle_new) > LONGEST:
            self._note(middle_old, middle_new)
            self.add(at_old, at_old + len(middle_old), at_new, at_new + len(middle_new))
            return
        olds, news = token_texts(middle_old), token_texts(middle_new)
        found, too_much = hunks(olds, news)
        if too_much:
            self._note(middle_old, middle_new)
        done = 0
        for hunk in readable(found, olds, news, stop_words(self._language)):
            stayed = len("".join(olds[done : hunk.old_start]))
            at_old, at_new = at_old + stayed, at_new + stayed
            went = len("".join(olds[hunk.old_start : hunk.old_end]))
            came = len("".join(news[hunk.new_start : hunk.new_end]))
            self.add(at_old, at_old + went, at_new, at_new + came)
            at_old, at_new = at_old + went, at_new + came
            done = hunk.old_end

    def _note(self, old: str, new: str) -> None:
        self._coarse.append(
            f"sentences of {len(old):,} and {len(new):,} characters: told as one replacement of all that stands between"
            " their equal ends"
        )
