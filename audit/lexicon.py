"""Where the terms of our word lists stand in a text. Written for speed: it runs on every word near every edit."""

from __future__ import annotations

import re
from typing import NamedTuple

from audit.rules.category import REWORDINGS, Category
from audit.rules.chinese import FULL, HARM_BEHIND_A_NUMBER
from audit.rules.lists import ASCII_TOKEN, ENTRIES, TOKEN, Entry
from audit.units import WORDS_OF_UNITS

Word = tuple[int, int, str]
"""Start and end of a word, a number, or one character of Chinese or Japanese; and it in lower case."""

_GAPS = frozenset(("", " ", "-", ".", ". ", "'", "’", "\u00a0", "–", "‑"))
_NOT = ("n't", "n’t")
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两几数")
_APART = (Category.SLIGHT, Category.OPPOSITE, Category.SURNAME, *REWORDINGS)  # looked up where they are needed


class Term(NamedTuple):
    """A term found: its place in the text, what it is, and which of the list's senses it has."""

    start: int
    end: int
    category: Category
    sense: str


def words(text: str, start: int, end: int) -> list[Word]:
    """Return the words of a stretch of text, with their places in the whole of it.

    >>> [word for _, _, word in words("Japan's 3,000 men didn’t; 日本", 0, 28)]
    ['japan', 's', '3,000', 'men', 'didn’t', '日', '本']
    """
    pattern = ASCII_TOKEN if text.isascii() else TOKEN
    return [(found.start(), found.end(), found[0].lower()) for found in pattern.finditer(text, start, end)]


def terms(text: str, tokens: list[Word]) -> list[Term]:
    """Return the listed terms among words that follow one another, from left to right, the longest first.

    >>> text = "It no longer may"
    >>> [(term.category.name, text[term.start:term.end]) for term in terms(text, words(text, 0, 16))]
    [('NEGATION', 'no longer'), ('HEDGE', 'may')]
    """
    found: list[Term] = []
    skip = 0
    for at, (start, end, word) in enumerate(tokens):
        if skip:
            skip -= 1
        elif word in _BY_FIRST:
            skip = _take(text, tokens, at, found) - 1
        elif word[-1] == "t" and word.endswith(_NOT):
            found.append(Term(start, end, Category.NEGATION, "not"))
            found += _found(_BY_FIRST.get(word[:-3], ((), {}))[0], text, start, end)  # couldn't may, as could does
    return found


def nearest(category: Category, text: str, low: int, high: int, to: tuple[int, int]) -> str | None:
    """Return the word of HARM, HOSTILE or ATTRIBUTION between two characters that stands nearest to a stretch."""
    best: tuple[int, str] | None = None
    for found in _PATTERNS[category].finditer(text[low:high].lower()):
        start, end = found.start() + low, found.end() + low
        distance = max(start - to[1], to[0] - end, 0)
        if best is None or distance < best[0]:
            best = distance, text[start:end]
    return best and best[1]


def look(text: str, tokens: list[Word]) -> tuple[list[Word], bool, bool]:
    """Return those of some words that carry content alone, nor with a neighbour in Chinese (已经); then whether any of
    them occurs in a term that `terms` finds, and whether any is a number, or a unit that may stand behind one.

    >>> text = "他已经胜利"
    >>> [word for _, _, word in look(text, words(text, 0, 5))[0]]
    ['胜', '利']
    """
    content = []
    listed = counting = False
    apart = text.isascii()
    for token in tokens:
        at, _, word = token
        if word in _SLIGHT:
            carries = not apart and is_of_a_full_word(text, at)
        else:
            carries = apart or (text[at : at + 2] not in _SLIGHT_HAN and text[at - 1 : at + 1] not in _SLIGHT_HAN)
        if carries:
            content.append(token)
        if word in _LISTED or (word[-1] == "t" and word.endswith(_NOT)):
            listed = True
        if word in _COUNTING:
            counting = True
    return content, listed, counting


def may_hold_phrases(tokens: list[Word]) -> bool:
    """Tell whether any of some words occurs in a listed term of several words."""
    return any(word in _PHRASED for _, _, word in tokens)


def is_slight(word: str) -> bool:
    """Tell whether a word (in lower case) carries no content alone."""
    return word in _SLIGHT


def is_of_a_full_word(text: str, at: int) -> bool:
    """Tell whether a Chinese character that says nothing alone is of a word that does: 所有."""
    return text[at : at + 2] in _FULL_HAN or text[at - 1 : at + 1] in _FULL_HAN


def is_listed(word: str) -> bool:
    """Tell whether a word (in lower case) is, or is a part of, a term that `terms` finds."""
    return word in _LISTED


def is_a_word_in_han(text: str) -> bool:
    """Tell whether a text is a listed word of several Chinese or Japanese characters."""
    return text in _WORDS_IN_HAN


def is_surname(character: str) -> bool:
    """Tell whether a Chinese character is a common surname."""
    return character in _SURNAMES


def takes_a_negating_prefix(word: str) -> bool:
    """Tell whether a word (in lower case) becomes its opposite by a prefix."""
    return word in _OPPOSITES


def senses(word: str) -> tuple[str, ...]:
    """Return the first words of the lines of like words in which a word (in lower case) stands.

    >>> set(senses("began")) <= set(senses("started"))
    True
    """
    return _ALIKE.get(word, ())


def _take(text: str, tokens: list[Word], at: int, found: list[Term]) -> int:
    """Add what begins at a word; return how many words it takes, at least 1."""
    start, end, word = tokens[at]
    single, by_second = _BY_FIRST[word]
    if by_second and at + 1 < len(tokens):
        second = tokens[at + 1][2]
        phrases = by_second.get(second, ())
        if not phrases and "#" in by_second and _is_number(second):
            phrases = by_second["#"]
        for rest, entries in phrases:
            last = at + len(rest)
            if (
                last < len(tokens)
                and _fits(text, tokens, at, rest)
                and (taken := _found(entries, text, start, tokens[last][1]))
            ):
                found += taken
                return len(rest) + 1
    if single:
        found += _found(single, text, start, end)
    return 1


def _fits(text: str, tokens: list[Word], at: int, rest: tuple[str, ...]) -> bool:
    """Tell whether the words behind a word are these, with nothing but a space or hyphen between them."""
    end = tokens[at][1]
    for place, wanted in enumerate(rest, at + 1):
        start, next_end, word = tokens[place]
        if (word != wanted and not (wanted == "#" and _is_number(word))) or text[end:start] not in _GAPS:
            return False
        end = next_end
    return True


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in _COUNTS


def _found(entries: tuple[Entry, ...], text: str, start: int, end: int) -> list[Term]:
    """Return the terms among entries of the same words: where one asks for the capital that is there, only those."""
    written = text[start:end]
    wanted = [entry for entry in entries if entry.allows(written) and entry.goes_with(text, end)]
    if len(wanted) > 1:
        wanted = [entry for entry in wanted if entry.capital] or wanted
    return [Term(start, end, entry.category, entry.sense) for entry in wanted]


_Phrases = dict[str, tuple[tuple[tuple[str, ...], tuple[Entry, ...]], ...]]


def _index() -> dict[str, tuple[tuple[Entry, ...], _Phrases]]:
    """First word → the terms of that word alone, and by the second word the rest of the longer ones, longest first."""
    by_words: dict[tuple[str, ...], list[Entry]] = {}
    for entry in ENTRIES:
        if entry.category not in _APART:
            by_words.setdefault(entry.tokens, []).append(entry)
    found: dict[str, tuple[tuple[Entry, ...], _Phrases]] = {}
    for written, entries in sorted(by_words.items(), key=lambda item: -len(item[0])):
        single, phrases = found.get(written[0], ((), {}))
        if len(written) == 1:
            single = tuple(entries)
        else:
            phrases[written[1]] = (*phrases.get(written[1], ()), (written[1:], tuple(entries)))
        found[written[0]] = single, phrases
    return found


def _of(category: Category) -> frozenset[str]:
    return frozenset(entry.written.lower() for entry in ENTRIES if entry.category is category)


def _pattern(category: Category) -> re.Pattern[str]:
    listed = [entry.written for entry in ENTRIES if entry.category is category]
    written = sorted(listed, key=lambda each: (-len(each), each))
    others = "|".join(map(re.escape, (each for each in written if not each.isascii())))
    latin: dict[str, list[str]] = {}  # by first letter: three times as fast as one list
    for each in written:
        if each.isascii():
            latin.setdefault(each[0], []).append(re.escape(each[1:]))
    letters = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in latin.items())
    others += HARM_BEHIND_A_NUMBER if category is Category.HARM else ""
    return re.compile(rf"\b(?=[{''.join(latin)}])(?:{letters})\b|{others}")


def _alike() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in ENTRIES:
        if entry.category is Category.ALIKE:
            found[entry.written.lower()] = (*found.get(entry.written.lower(), ()), entry.sense)
    return found


def _telling(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return those words of a longer term by which it is found: with content, or the first, as in `over #`."""
    return tuple(word for word in tokens if word not in _SLIGHT and word != "#") or tokens[:1]


_COUNTS = _NUMERALS | _of(Category.COUNT)
_COUNTING = _COUNTS | WORDS_OF_UNITS
_SLIGHT = _of(Category.SLIGHT)
_SLIGHT_HAN = frozenset(word for word in _SLIGHT if len(word) == 2 and not word.isascii())
_FULL_HAN = frozenset(FULL.split())
_WORDS_IN_HAN = frozenset(each.written for each in ENTRIES if len(each.written) > 1 and not each.written.isascii())
_SURNAMES = _of(Category.SURNAME)
_OPPOSITES = _of(Category.OPPOSITE)
_PATTERNS = {category: _pattern(category) for category in (Category.HARM, Category.HOSTILE, Category.ATTRIBUTION)}
_ALIKE = _alike()
_KEPT = [entry for entry in ENTRIES if entry.category not in _APART]
# A character of Chinese that occurs in ordinary words alone makes and unmakes no term: most characters are such.
_TOLD = [entry for entry in _KEPT if entry.category is not Category.ORDINARY or entry.written.isascii()]
_PHRASED = frozenset(token for entry in _TOLD if len(entry.tokens) > 1 for token in _telling(entry.tokens))
_LISTED = _PHRASED | {entry.tokens[0] for entry in _TOLD if len(entry.tokens) == 1}
_BY_FIRST = _index()
