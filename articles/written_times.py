"""How a page writes its own times: what an article has beside the moments that are read out of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from articles.article import Article
from articles.canonical import NOT_SAID


@dataclass(frozen=True, slots=True)
class WrittenTimes:
    """The very words of both times: "" where the page prints none, None where nobody kept them.

    No part of an article's identity (docs/decisions/0019): so they are handed on beside it.
    """

    published: str | None = None
    modified: str | None = None

    @classmethod
    def of(cls, article: Article) -> WrittenTimes:
        """Return those of an article that a reader made, which knows whether the page prints them."""
        return cls(article.published_raw or "", article.modified_raw or "")

    @classmethod
    def in_json(cls, value: Mapping[str, Any]) -> WrittenTimes:
        """Return those of an article's JSON. Canonical JSON has none, so nothing is known of them.

        >>> WrittenTimes.in_json({"headline": "Drill", "published_raw": "2026-01-23", "modified_raw": None})
        WrittenTimes(published='2026-01-23', modified='')
        >>> WrittenTimes.in_json({"headline": "Drill"})
        WrittenTimes(published=None, modified=None)
        """
        return cls(*(value[name] or "" if name in value else None for name in ("published_raw", "modified_raw")))


UNKNOWN: Final = WrittenTimes()
_FIELDS: Final = ("published", "modified")


def words_tell(before: str | None, after: str | None, *, old: bool, new: bool, same: bool) -> bool:
    """Tell whether the words of a time in two states say what their moments do not.

    `old` and `new`: whether a moment was read; `same`: whether it is the same one, or none in both.

    >>> words_tell("2026-01-23", "2026-01-24", old=False, new=False, same=True)
    True
    >>> words_tell("2026-01-23 15:59", "2026-01-24 15:59", old=True, new=True, same=False)
    False
    """
    if before is None or after is None or before == after or (old and new and not same):
        return False
    # Else a moment came or went with its words, or was read where no words are shown.
    return bool(before and after) or not (old or new)


def told_by_words(
    old: WrittenTimes, new: WrittenTimes, old_hashes: Mapping[str, str], new_hashes: Mapping[str, str]
) -> str:
    """Return all that two states' times say by their words alone, as a text that is the same for the same words; "" for
    nothing, which nearly all say.

    The hashes are those of both articles' fields (articles.canonical). What is returned and two content ids name all
    that a comparison of two states rests on.
    """
    told = {}
    for name in _FIELDS:
        hashes = [of.get(f"{name}_at", NOT_SAID) for of in (old_hashes, new_hashes)]
        words = getattr(old, name), getattr(new, name)
        if words_tell(*words, old=hashes[0] != NOT_SAID, new=hashes[1] != NOT_SAID, same=hashes[0] == hashes[1]):
            told[name] = words
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if told else ""


def from_told(told: str) -> tuple[WrittenTimes, WrittenTimes]:
    """Return the words of both states that `told_by_words` wrote down; those that tell nothing are not known.

    >>> from_told('{"published":["2026-01-23","2026-01-24"]}')[1]
    WrittenTimes(published='2026-01-24', modified=None)
    """
    if not told:
        return UNKNOWN, UNKNOWN
    words = json.loads(told)
    old, new = (WrittenTimes(*(words[name][side] if name in words else None for name in _FIELDS)) for side in (0, 1))
    return old, new
