"""The quote marks of an edit: which of its characters are some, and what they stand round."""

from __future__ import annotations

import re

from audit.zone import Zone

DOUBLE = '"“”„«»「」『』〝〞＂'
_SINGLE = "'‘’‚‹›"
QUOTES = re.compile(f"[{DOUBLE}]|(?<![^\\W\\d_])[{_SINGLE}]|[{_SINGLE}](?![^\\W\\d_])")
"""A quote mark as far as its neighbours tell; an apostrophe at the end of a word (sailors') looks like one, too."""
_ANY = re.compile(f"[{DOUBLE}{_SINGLE}]")
_TITLE = "《》〈〉"
_EDGES = " \t\n,.:;!?，。、：；！？()（）"


def without_quote_marks(text: str) -> str:
    """Return a text without its quote marks; an apostrophe between letters is none."""
    return QUOTES.sub("", text)


def quote_marks(text: str) -> int:
    """Return how many quote marks a text seems to have."""
    if text.isascii() and '"' not in text and "'" not in text:
        return 0
    return len(QUOTES.findall(text))


def marked(zone: Zone, also: str = "") -> str:
    """Return an edit's letters and digits in lower case with its quote marks, each as ", and nothing else.

    The characters of `also` count as quote marks, too.
    """
    found, text, kept = _places(zone), zone.side.text, []
    for at in range(zone.start, zone.end):
        if at in found or text[at] in also:
            kept.append('"')
        elif text[at].isalnum():
            kept.append(text[at].lower())
    return "".join(kept)


def come_or_gone(old: Zone, new: Zone) -> bool:
    """Tell whether quote marks came, went or stand round other words; where title marks (《》) stood they say the same.

    A single one in an edit without letters mends or breaks a pair, if the other one stands all the same: that is none.
    """
    if not (_ANY.search(old.side.text, old.start, old.end) or _ANY.search(new.side.text, new.start, new.end)):
        return False  # a look first
    before, after = marked(old), marked(new)
    if before.count('"') == after.count('"'):
        return before.replace('"', "") == after.replace('"', "") and before != after
    if marked(old, _TITLE) == marked(new, _TITLE):
        return False
    if (len(before) + len(after)) % 2 == 0 or before.strip('"') or after.strip('"'):
        return True
    if len(old.side.quotations()) == len(new.side.quotations()):
        return False
    more, less = (zone.side.text for zone in ((old, new) if len(before) > len(after) else (new, old)))
    odd = [quote_marks(text) % 2 == 1 for text in (more, less)]
    return odd != [False, True]


def is_inside_quotes(zone: Zone) -> bool:
    """Tell whether the words of an edit, or the place where none stand, are inside one pair of quote marks."""
    if not zone.words:
        return zone.side.quoted(zone.start, zone.end)
    return zone.side.quoted(zone.words[0][0], zone.words[-1][1])


def stand_round(zone: Zone) -> str:
    """Return the words round which the quote marks of an edit stand, "" where that is not known."""
    found = sorted(_places(zone))
    text = zone.side.text
    if not found:
        return ""
    if (within := text[found[0] + 1 : found[-1]]) and len(found) > 1:
        return without_quote_marks(within).strip(_EDGES)
    pair = next((pair for pair in zone.side.quotations() if found[0] in pair), None)
    return text[pair[0] + 1 : pair[1]].strip(_EDGES) if pair else ""


def round_what(old: Zone, new: Zone) -> tuple[str, str]:
    """Return the words of each side round which the quote marks stand that came or went with other words: "" of the
    side that has none. Where both have some, or it is not known what they stand round, the whole edit."""
    texts = old.side.text[old.start : old.end], new.side.text[new.start : new.end]
    marks = [bool(_places(zone)) for zone in (old, new)]
    if marks[0] != marks[1] and (words := stand_round(old if marks[0] else new)):
        return (words, "") if marks[0] else ("", words)
    return texts


def _places(zone: Zone) -> set[int]:
    """Return where the quote marks of an edit stand. A single one is known by the other one: sailors', ’90s."""
    text, found, opened = zone.side.text, set(), -1
    for match in _ANY.finditer(text, zone.start, zone.end):
        at = match.start()
        if match[0] in DOUBLE:
            found.add(at)
            continue
        behind_letter, before_letter = text[at - 1 : at].isalnum(), text[at + 1 : at + 2].isalnum()
        if opened < 0 and not behind_letter and before_letter:
            opened = at
        elif opened >= 0 and not before_letter:
            found |= {opened, at}
            opened = -1
        elif not before_letter and not behind_letter:
            found.add(at)  # ，’ or “‘
    if opened >= 0 or len(found) == 0:
        ends = {end for pair in zone.side.quotations() for end in pair}
        found |= {at for at in range(zone.start, zone.end) if at in ends and text[at : at + 1] in _SINGLE}
    return found
