"""Edits that leave the words as they are: white space, style of characters, punctuation, capitals, spelling."""

from __future__ import annotations

import re

from articles.folding import fold
from audit.edit import EditType
from audit.lexicon import senses, takes_a_negating_prefix
from audit.parted import parted
from audit.quote_marks import QUOTES, come_or_gone
from audit.rules.english import CONTRACTIONS, ENDS_OF_CONTRACTIONS, NEGATING_PREFIXES
from audit.scripts import in_another_script
from audit.signs import ONE_SIGN, said_by_signs
from audit.zone import Zone

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_STYLES = str.maketrans({"。": ".", "「": '"', "」": '"', "『": '"', "』": '"', "‹": "'", "›": "'", **_LIGATURES})
_UNSEEN = "\ufe0e\ufe0f\u20e3\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""How an emoji is drawn, in which direction a text runs: where it is seen, audit.signs tells it."""
_DRAWN = str.maketrans({**ONE_SIGN, **dict.fromkeys(_UNSEEN, "")})
_WORD_PARTED = re.compile(r"[^\W\d_]\s+[^\W\d_]")
_HAN = re.compile("[\u3400-\u9fff]")
_STEM = 3  # letters that forms of one word have in common at least
_ENDINGS = "/s /ed /ing /ly s/ed s/ing s/d es/ing ed/ing e/ing e/y y/ies y/ied y/ily y/ying ies/ying ied/ying ed/t"
_FORMS = frozenset(frozenset(pair.split("/")) for pair in _ENDINGS.split(" "))
"""Two endings of words that are forms of one, behind what they have in common: attack, attacks."""
_DOUBLED = frozenset(("ed", "ing"))


def style(text: str) -> str:
    """Return a text without white space and differences of style (quote marks, dashes, full width, invisible)."""
    folded = re.sub("-+", "-", fold(text).translate(_STYLES).translate(_DRAWN))
    return QUOTES.sub('"', folded)


def slight(old: Zone, new: Zone, before: str, after: str) -> EditType | None:
    """Return the type of an edit that leaves the words as they are, None of any other."""
    if before.isascii() and after.isascii():
        first, other = before[:1].lower(), after[:1].lower()
        if first != other and (first.isalnum() or not first) and (other.isalnum() or not other):
            return None  # a look first
        if _letters(before) != _letters(after):
            return None
    elif (olds := _HAN.findall(before)) != (news := _HAN.findall(after)):
        # the same: no style makes another character of one, only the other script
        if len(olds) != len(news) or not in_another_script("".join(olds), "".join(news)):
            return None
        return EditType.SPELLING if in_another_script(style(before), style(after)) else None
    if "".join(before.split()) == "".join(after.split()):
        if parted(old, new, before, after):
            return None
        return EditType.SPELLING if _joined(old, new) else EditType.SPACING
    if said_by_signs(old, new, before, after):
        return None
    old_style, new_style = style(before), style(after)
    if old_style == new_style:
        return EditType.TYPOGRAPHY
    old_letters, new_letters = _letters(old_style), _letters(new_style)
    if old_letters != new_letters:
        return None
    signs = _signs(old) or _signs(new)
    if not signs and come_or_gone(old, new):
        return EditType.QUOTE_MARKS if _worth(old) == _worth(new) else None
    if not old_letters and not signs:
        return EditType.PUNCTUATION
    if old_style.casefold() == new_style.casefold():
        return EditType.LETTER_CASE
    if old_letters.isalpha():  # e-mail, U.S., navys: hyphens, full stops and apostrophes in words
        return EditType.SPELLING if old_letters.isascii() else EditType.PUNCTUATION
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _worth(zone: Zone) -> list[str]:
    return [quantity.value for quantity in zone.numbers()] if zone.counts else []


def asks_or_exclaims(before: str, after: str) -> bool:
    """Tell whether a change of punctuation makes or unmakes a question or an exclamation."""
    return any((mark in style(before)) != (mark in style(after)) for mark in "?!")


def opposite(old: str, new: str) -> bool:
    """Tell whether one of two words, in lower case, is the other with a negating prefix.

    >>> opposite("legal", "illegal"), opposite("form", "inform")
    (True, False)
    """
    short, long = sorted((old, new), key=len)
    return takes_a_negating_prefix(short) and any(long == prefix + short for prefix in NEGATING_PREFIXES)


def alike(old: str, new: str) -> bool:
    """Tell whether two words, in lower case, mean about the same: forms of one word, or words of one line of a list.

    >>> alike("attack", "attacked"), alike("began", "started"), alike("praised", "scolded")
    (True, True, False)
    """
    meant = senses(old)
    if old == new or (meant and not set(meant).isdisjoint(senses(new))):
        return True
    if old[:_STEM] != new[:_STEM]:
        return False
    common = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        common += 1
    return common >= _STEM and _are_endings(old[:common], *sorted((old[common:], new[common:]), key=len))


def in_full(word: str) -> str:
    """Return a contraction, in lower case, as the words that it stands for; another word as it is.

    >>> in_full("didn’t"), in_full("won't"), in_full("cannot"), in_full("o'clock")
    ('did not', 'will not', 'can not', "o'clock")
    """
    word = word.replace("’", "'")
    if word in CONTRACTIONS:
        return CONTRACTIONS[word]
    for end, stands_for in ENDS_OF_CONTRACTIONS.items():
        if word.endswith(end):
            return f"{word.removesuffix(end)} {stands_for}"
    return word


def _are_endings(stem: str, short: str, long: str) -> bool:
    last = stem[-1]
    if short == "" and long == "d":
        return last == "e"
    if short == "" and long == "es":
        return last in "hosxz"
    if short in ("", "s") and long[0] == last:  # stop, stopped
        return last not in "aeiou" and long[1:] in _DOUBLED
    return frozenset((short, long)) in _FORMS


def _joined(old: Zone, new: Zone) -> bool:
    """Tell whether white space was put into a word or taken out of it, in a script that parts words."""
    parted = [
        bool(_WORD_PARTED.search(zone.side.text[max(0, zone.start - 1) : zone.end + 1].translate(_NO_HAN)))
        for zone in (old, new)
    ]
    return parted[0] != parted[1]


def _signs(zone: Zone) -> bool:
    """Tell whether the edit is one of a number's own signs (% - $)."""
    text = zone.side.text
    edges = text[zone.start - 1 : zone.start] + text[zone.end : zone.end + 1]
    inside = text[zone.start : zone.end]
    return any(character in "%％$€£¥-−+." for character in inside) and any(c.isdigit() for c in edges)


_NO_HAN = {
    code: "." for start, end in ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF)) for code in range(start, end + 1)
}
