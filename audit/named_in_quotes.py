"""Quote marks round the name of a thing, which quote nobody: “本福德”号驱逐舰, 空母「遼寧」, the film “Hero”."""

from __future__ import annotations

import re

from audit.rules.named_in_quotes import BEFORE, BEFORE_IN_ENGLISH, BEHIND
from audit.zone import Zone

_LONGEST = 40  # characters of a name
_SAID = re.compile(r"[,.;:!?，。；：！？\n]")
_BEHIND = tuple(BEHIND.split())
_BEFORE = tuple(BEFORE.split())
_WORD_BEFORE = re.compile(r"\b([A-Za-z]{2,20}),? $")
_IN_ENGLISH = frozenset(BEFORE_IN_ENGLISH.split())


def named_in_quotes(zone: Zone) -> str:
    """Return the name of a thing, in quote marks, in which an edit stands; "" where they quote, or may do so."""
    text = zone.side.text
    for start, end in zone.side.quotations():
        if not start < zone.start <= zone.end <= end:
            continue
        name = text[start + 1 : end]
        if len(name) > _LONGEST or _SAID.search(name):
            return ""
        if text.startswith(_BEHIND, end + 1) or text.endswith(_BEFORE, 0, start):
            return name
        before = _WORD_BEFORE.search(text, max(0, start - 22), start)
        return name if before and before[1].lower() in _IN_ENGLISH and name[:1].isupper() else ""
    return ""
