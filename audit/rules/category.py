"""What a word of our lists is to the rules."""

from __future__ import annotations

from enum import IntEnum, auto


class Category(IntEnum):
    """The lists that words are in. How a list is written stands in `audit.rules.lists`."""

    NEGATION = auto()
    HEDGE = auto()
    ATTRIBUTION = auto()  # its first word in a line names the stance: said, claimed, admitted, …
    SPEECH = (
        auto()
    )  # a verb that is more than one of saying (added, praised): counts only where one of saying stood or stands
    RANK = auto()
    PLACE = auto()
    ANONYMOUS = auto()  # a source that says it is one and has no name
    OFFICIAL = auto()  # somebody without a name, who may be a source: counts only where a source is named or speaks
    DAY = auto()  # weekdays, months, yesterday
    COUNT = auto()  # numbers in words
    COUNT_PERHAPS = auto()  # a number or not (one, first): counts only against another number
    HARM = auto()  # beside a number or a negation it makes the edit major
    HOSTILE = auto()  # beside a name it makes the edit major
    SURNAME = auto()  # Chinese
    SLIGHT = auto()  # words that carry no content alone: articles, prepositions, particles
    ALIKE = auto()  # words of one line mean about the same
    SAME = auto()  # words of one line say the same, whatever other lists hold of them: not far from, near
    SPELLED = auto()  # words of one line are one word, spelled otherwise: 布署, 部署
    FILLING = auto()  # words that may come or go: currently, a total of, Mr.
    OPPOSITE = auto()  # adjectives that a prefix turns into their opposite
    CONTRARY = auto()  # the first word of a line against each of the others: one is denied by the other
    ORDINARY = auto()  # longer words in which a word of another list occurs and means nothing of the kind
    BOUND = auto()  # before a number it makes another one of it: more than, under


REWORDINGS = (Category.ALIKE, Category.SAME, Category.SPELLED, Category.FILLING)
"""Lists that tell what says the same otherwise."""
