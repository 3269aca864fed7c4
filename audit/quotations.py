"""Where a text quotes."""

from __future__ import annotations

import re

_MARK = re.compile("[\"“”„«»「」『』‘’']")
_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "‘": "’", "'": "'"}
_OPENS = re.compile(r"'(?<![^\W_]')(?=[^\W_])")
_SINGLE = frozenset("‘'")


def quotations(text: str) -> list[tuple[int, int]]:
    """Return start and end of each quotation: the places of its opening and its closing mark.

    One that is never closed goes on to the end of the text, as outlets quote over several paragraphs. A single mark
    opens only before a letter and not behind one, and closes only where no letter follows; else it is an apostrophe.

    >>> quotations("the 'navy's' men said “no")
    [(4, 11), (22, 25)]
    """
    found: list[tuple[int, int]] = []
    if text.isascii() and '"' not in text and ("'" not in text or not _OPENS.search(text)):
        return found  # a look first
    opened, closing, single = -1, "", False
    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        if opened < 0:
            closing = _CLOSING.get(mark, "")
            single = mark in _SINGLE
            if closing and not (single and (text[at - 1 : at].isalnum() or not text[at + 1 : at + 2].isalnum())):
                opened = at
        elif mark in closing and not (single and text[at + 1 : at + 2].isalnum()):
            found.append((opened, at))
            opened = -1
        elif single and mark in '“"':
            opened, closing, single = at, _CLOSING[mark], False  # the single one was an apostrophe: ’90s
    if opened >= 0 and not single:
        found.append((opened, len(text)))
    return found
