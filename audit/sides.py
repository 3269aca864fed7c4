"""Both articles of a comparison, as the rules see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from articles.article import Article
from audit.bearers import may_be_another
from audit.body_diff import Run
from audit.differences import Difference, differences
from audit.edit import Edit, EditType, Place, Weight
from audit.rules.catalogue import RULE
from audit.side import Side
from audit.weigh import points
from audit.wording import sentence_of

_SEARCHED = 200_000  # characters of a body in which a name is looked for

Piece = tuple[Place, str]


class Sides:
    """Makes a `Side` of a text of either article. `language` is that of both: the newer page's word counts."""

    def __init__(self, old: Article, new: Article) -> None:
        self.language = new.language or old.language
        self._articles = old, new
        self._known: dict[str, bool] = {}

    def old(self, text: str) -> Side:
        """Return a text of the old article."""
        return Side(text, self.language, self._is_name, partial(self._may_be_another, self._articles[0]))

    def new(self, text: str) -> Side:
        """Return a text of the new article."""
        return Side(text, self.language, self._is_name, partial(self._may_be_another, self._articles[1]))

    def whole(self, kind: EditType, old: Piece | None, new: Piece | None, runs: Sequence[Run], **more: object) -> Edit:
        """Return the edit of a field (or caption) as a whole, with what changed inside it.

        Where it came or went it weighs what its rule says; else what the heaviest difference inside it weighs, and
        where only the wording changed, no more than the rule says.
        """
        before, after = old[1] if old else "", new[1] if new else ""
        rule = RULE[kind]
        weight = rule.weight
        within: tuple[EditType, ...] = ()
        if before and after:
            inside = differences(runs, self.old(before), self.new(after))
            types = {found for one in inside for found in (one.typed.type, *one.typed.within)}
            within = tuple(each for each in EditType if each in types)
            weight = max((_in_field(kind, one) for one in inside), default=Weight.COSMETIC)
        if within == (EditType.SPACING,):
            rule = RULE[EditType.SPACING]  # both would look the same
        reason = sentence_of(rule, before, after, **more)
        total = points(kind, weight, before, after)
        return Edit(kind, weight, total, reason, old and old[0], new and new[0], before, after, within)

    def _is_name(self, word: str) -> bool:
        """Tell whether a word stands with a capital inside a sentence of either body."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = any(_stands_inside(text, word) for text in self._bodies())
        return known

    def _may_be_another(self, article: Article, text: str, at: int, short: str, full: str) -> bool:
        """Tell whether a name in full at a character of a text of an article may be another person's than its part."""
        before: list[str] = []
        for block in article.blocks:
            if block.text == text:
                before.append(text[:at])
                break
            before.append(block.text)
        else:
            before = []  # no block of its own: nobody reads a headline after the text
        known = [each.headline for each in self._articles]
        return may_be_another(short, full, [*known, *self._bodies()], before)

    def _bodies(self) -> Iterator[str]:
        for article in self._articles:
            left = _SEARCHED
            for block in article.blocks:
                left -= len(block.text)
                if left < 0:
                    break
                yield block.text


def _stands_inside(text: str, word: str) -> bool:
    at = text.find(f" {word}", 1)
    while at > 0:
        end = at + 1 + len(word)
        if (text[at - 1].islower() or text[at - 1] in ",;") and not text[end : end + 1].isalnum():
            return True
        at = text.find(f" {word}", end)
    return False


def _in_field(kind: EditType, inside: Difference) -> Weight:
    """Return what a difference inside a field weighs: where only the wording changed, no more than the field does."""
    typed = inside.typed
    if typed.type is EditType.WORD_ORDER and typed.weight is Weight.MAJOR:
        return Weight.MAJOR  # who did it and who suffered it
    if kind is EditType.HEADLINE and typed.type is EditType.NUMBER:
        return Weight.MAJOR
    if kind is EditType.HEADLINE and typed.type is EditType.PUNCTUATION and typed.weight is Weight.MINOR:
        return Weight.SUBSTANTIVE  # a question became a statement
    return min(typed.weight, RULE[kind].weight) if typed.type in _WORDING else typed.weight


_WORDING = (
    EditType.WORDS,
    EditType.WORD_ORDER,
    EditType.SENTENCE_ADDED,
    EditType.SENTENCE_REMOVED,
)
