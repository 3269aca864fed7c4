"""Tags before a headline or text that tell of news that goes on: UPDATE:, BREAKING:, 【更新】, 快讯：, 速報."""

from __future__ import annotations

import re

_WORDS = (
    r"(?:UPDATED?|Updated?|BREAKING(?: NEWS)?|Breaking(?: news)?|最新|更新|快讯|快訊|速报|速報|突发|突發|即时|即時)"
)
_TAG = re.compile(rf"\s*(?:{_WORDS}(?:\s*\d{{1,2}})?\s*[:：|–—-]|[【\[(（]{_WORDS}[】\])）])\s*")


def news_tag(before: str, after: str) -> str:
    """Return the tag that came or went, where it is all that did, or that became another one; "" where more changed.

    A correction or a withdrawal is none: it says that something was wrong.

    >>> news_tag("", "UPDATE 2: "), news_tag("", "UPDATE: Two ")
    ('UPDATE 2:', '')
    """
    if not all(_TAG.fullmatch(text) for text in (before, after) if text):
        return ""
    return (after or before).strip()
