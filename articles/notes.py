"""Where an outlet speaks about its own article: editor's notes, translation notes, corrections, disclaimers.

No real page with a translation note has been found in raw form: the wording comes from one page's
visible text. So notes are read by their words alone, and every part that is not recognised stays in the note's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from articles.article import Translation

_NOTE = re.compile(
    r"[\[(（【*\s]*(?:(?:Editor|Translator|Publisher|Author)s?\s?['’‘´`＇]?s?['’]?\s+notes?|Notes?|"
    r"编者按|编者注|编者的话|译者注|注)\s*+[】\])）]?\s*+[:：]",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"[\[(（【*\s]*(?:Corrections?|Clarifications?|Errat(?:um|a)|更正|勘误|更正说明)\s*+[】\])）]?\s*+[:：]|"
    r"[\[(（*\s]*(?:(?:This|The) (?:article|story|report|text|headline) (?:has been|was) "
    r"(?:updated to correct|corrected|amended)|"
    r"An earlier version of this)",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"(?:The|Any|All|These)\s[^.。]{0,200}?\b(?:information|opinions?|views?)\b[^.。]{0,200}?"
    r"\bnot\b(?:\snecessarily)?\s(?:reflect|represent)\b.{0,300}?(?:[.。](?=\s|\Z)|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ORIGINAL = re.compile(
    r"(?:originally|first|initially)\s+(?:published|appeared|posted|carried)\s+(?:on|in|by|at)\s+(?:the\s+website\s+of\s+)?"
    r"(?P<outlet>.{2,80}?)(?=[,，;；]|[.。](?:\s|\Z)|\s(?:and|on|in)\s|\Z)",
    re.IGNORECASE,
)
_LANGUAGES = re.compile(
    r"translated\s+(?:from\s+(?:the\s+)?(?P<source>\w+))?(?:\s*(?:in)?to\s+(?P<target>\w+))?", re.IGNORECASE
)
_EDITED = re.compile(r"\bedited\s+by\s+(?:the\s+)?(?P<who>.{2,80}?)(?=[,，;；]|[.。](?:\s|\Z)|\Z)", re.IGNORECASE)
_OPENINGS = frozenset("[(（【* EeTtPpAaNnCc编译注更勘")
_CODES = {
    "chinese": "zh",
    "english": "en",
    "russian": "ru",
    "french": "fr",
    "spanish": "es",
    "arabic": "ar",
    "japanese": "ja",
    "korean": "ko",
    "german": "de",
    "portuguese": "pt",
}
LONGEST_NOTE = 2000


def is_note(text: str) -> bool:
    """Tell whether a paragraph opens as a note of the outlet's, or is nothing but a disclaimer.

    >>> is_note("Editor’s Note: This is the second of two parts.")
    True
    >>> is_note("Notebooks were handed to the cadets.")
    False
    """
    if text[:1] not in _OPENINGS:  # a look first: notes are rare
        return False
    opening = text[:40]
    labelled = ":" in opening or "：" in opening
    return (labelled and bool(_NOTE.match(text))) or is_correction(text) or is_disclaimer(text)


def is_correction(text: str) -> bool:
    """Tell whether a paragraph corrects the article."""
    return len(text) <= LONGEST_NOTE and bool(_CORRECTION.match(text[:200]))


def is_disclaimer(text: str) -> bool:
    """Tell whether a paragraph is a disclaimer and nothing else."""
    if len(text) > LONGEST_NOTE or not ("reflect" in text or "represent" in text):
        return False
    found = _DISCLAIMER.match(text)
    return found is not None and found.end() == len(text)


def read_translation(note: str, links: Iterable[str], own_host: str) -> Translation | None:
    """Return what a note says of the article's translation, or None where it speaks of something else.

    `links` are the absolute URLs in the note: one that leads to the named outlet, or else the only one that leads
    elsewhere than `own_host`, is the original.

    >>> read_translation("Editor's note: Originally published on 81.cn, this article is translated from Chinese "
    ...                  "into English and edited by the China Military Online.", (), "eng.chinamil.com.cn")
    ... # doctest: +ELLIPSIS
    Translation(note=..., original_outlet='81.cn', ..., edited_by='China Military Online', disclaimer=None)
    """
    text = note[:LONGEST_NOTE]
    languages = _LANGUAGES.search(text)
    if not languages:
        return None
    original = _ORIGINAL.search(text)
    edited = _EDITED.search(text)
    disclaimer = _DISCLAIMER.search(text)
    outlet = original["outlet"].strip() if original else None
    return Translation(
        note=note,
        original_outlet=outlet,
        original_url=_original_url(outlet, tuple(links), own_host),
        source_language=_code(languages["source"]),
        target_language=_code(languages["target"]),
        edited_by=edited["who"].strip() if edited else None,
        disclaimer=disclaimer[0].strip() if disclaimer else None,
    )


def _original_url(outlet: str | None, links: Sequence[str], own_host: str) -> str | None:
    elsewhere = [link for link in dict.fromkeys(links) if urlsplit(link).hostname != own_host]
    if outlet:
        for link in elsewhere:
            if (urlsplit(link).hostname or "").endswith(outlet.lower()) and len(urlsplit(link).path) > 1:
                return link
    return elsewhere[0] if len(elsewhere) == 1 and len(urlsplit(elsewhere[0]).path) > 1 else None


def _code(language: str | None) -> str | None:
    return _CODES.get(language.lower()) if language else None
