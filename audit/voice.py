"""Whether one of two sentences is the other in the passive: the storm destroyed the pier, the pier was destroyed by it.

Only where who did it and who suffered it surely stay: both stand there word for word, what surrounds them is the same,
and nothing could be read as part of another one of them.
"""

from __future__ import annotations

import re

from audit.lexicon import Word, terms, words
from audit.rules.category import Category
from audit.rules.voice import AUXILIARIES, PASTS, SHIFTING

_MOST = 60  # words of a sentence
_APART = re.compile("[\n\"“”„«»‘]|(?<![^\\W_])'")
_NO_WORDS = re.compile(r"[^\w\s]")
_CLAUSE = re.compile(r",\s")


def same_in_passive(old: str, new: str) -> bool:
    """Tell whether one of two sentences says in the passive what the other says in the active.

    >>> same_in_passive("The storm destroyed the pier on Monday.", "The pier was destroyed by the storm on Monday.")
    True
    >>> same_in_passive("The army attacked the town.", "The army was attacked by the town.")
    False
    >>> same_in_passive("The army attacked the town and the port.", "The town was attacked by the army and the port.")
    False
    """
    if _APART.search(old) or _APART.search(new):
        return False  # what somebody is quoted with is not to be said otherwise
    if sorted(_NO_WORDS.findall(old)) != sorted(_NO_WORDS.findall(new)):
        return False
    olds, news = words(old, 0, len(old)), words(new, 0, len(new))
    if max(len(olds), len(news)) > _MOST:
        return False
    return _is_passive_of(old, olds, news) or _is_passive_of(new, news, olds)


def _is_passive_of(passive: str, told: list[Word], other: list[Word]) -> bool:
    said, acted = [word for _, _, word in told], [word for _, _, word in other]
    for at, word in enumerate(said):
        if word != "by":
            continue
        for auxiliary, kept in AUXILIARIES:
            first = at - 1 - len(auxiliary)
            if first > 0 and tuple(said[first : at - 1]) == auxiliary:
                for start in _starts(passive, told, acted, first):
                    if _is_turned(passive, told, acted[start:], (start, first, at), kept):
                        return True
    return False


def _starts(text: str, told: list[Word], acted: list[str], first: int) -> list[int]:
    """Return how many words both may begin with before the clause: none, or those up to a comma or "said (that)"."""
    found = [0]
    for at in range(1, first):
        if [told[at - 1][2]] != acted[at - 1 : at]:
            break
        parted = _CLAUSE.match(text, told[at - 1][1]) is not None
        if parted or told[at - 1][2] == "that" or _speaks(text, told[at - 1 : at]):
            found.append(at)
    return found


def _is_turned(
    text: str, told: list[Word], acted: list[str], places: tuple[int, int, int], kept: tuple[str, ...]
) -> bool:
    """Tell whether the active clause is: who acts, the verb, who suffers it, and the same behind them."""
    start, first, by = places
    said = [word for _, _, word in told]
    sufferer, verb, behind = said[start:first], said[by - 1], said[by + 1 :]
    for length in range(1, len(behind) + 1):
        actor, rest = behind[:length], behind[length:]
        before = [*actor, *kept]
        if acted[: len(before)] != before or acted[len(before) + 1 :] != [*sufferer, *rest]:
            continue
        done = acted[len(before)] if len(acted) > len(before) else ""
        if not (_is_past(done, verb) if not kept else done == verb):
            continue
        if _SHIFTING.isdisjoint((*actor, *sufferer)) and _stands_apart(text, told[by + 1 + length :]):
            return True
    return False


def _is_past(past: str, participle: str) -> bool:
    if past == participle and past.endswith("ed"):
        return True
    return (past, participle) in _PASTS


def _stands_apart(text: str, rest: list[Word]) -> bool:
    """Tell whether what follows belongs to the whole clause: nothing, a day, or who says so behind a comma."""
    if not rest:
        return True
    found = terms(text, rest)
    days = [term for term in found if term.category is Category.DAY]
    if days and days[0].start in [start for start, _, _ in rest[:2]] and rest[0][2] in ("on", "in", "late", "early"):
        return len(rest) <= 3
    if days and days[0].start == rest[0][0]:
        return len(rest) <= 2
    return text[: rest[0][0]].rstrip().endswith(",") and _speaks(text, rest[-1:]) and len(rest) <= 6


def _speaks(text: str, some: list[Word]) -> bool:
    return any(term.category is Category.ATTRIBUTION for term in terms(text, some))


_PASTS = frozenset(tuple(pair.split()) for pair in PASTS.split(","))
_SHIFTING = frozenset(SHIFTING.split())
