"""Whether who is told as the source lost or got a name."""

from __future__ import annotations

import re

from audit.edit import EditType
from audit.hit import Hit, of_category, spelled
from audit.lexicon import Term
from audit.rules.category import Category
from audit.rules.chinese import OCCUPATIONS
from audit.rules.figures import SUBSTANTIVE
from audit.rules.lists import ENTRIES, HAN
from audit.zone import Zone

_APART = 3  # characters between a name and what its bearer is: Miller, an official
_EDGES = " ,，、"
_CLAUSE = 80  # characters within which a source speaks

_ACCORDING = re.compile(
    r"[,，]?\s?[Aa]ccording to (?!reports?\b)(?=\S)"
    r"|(?:据|據)[^，,。]{2,16}(?:消息|报道|報道|报导|報導|介绍|介紹|通报|通報|称|稱)[，,]?\Z"
    r"|[^、。]{2,16}によると、?\Z"
)

_SPOKEN = [entry.written for entry in ENTRIES if entry.category in (Category.ATTRIBUTION, Category.SPEECH)]
_SPOKEN_IN_HAN = [*(verb for verb in _SPOKEN if not verb.isascii()), "认为", "認為", "回忆", "讲述", "看来", "話す"]
_SPOKEN = [*(verb for verb in _SPOKEN if verb.isascii()), "recalled", "believes", "recalls"]
_VERBS = "|".join(sorted(map(re.escape, _SPOKEN), key=len, reverse=True))
_VERBS_IN_HAN = "|".join(sorted(_SPOKEN_IN_HAN, key=len, reverse=True))
_SOMEBODY = re.compile(
    r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother)(?: (?!(?:who|that|said)\b)[A-Za-z’'-]+){1,5}?"
    rf"(?= (?:who|at|of|in|from|on|for|with|{_VERBS})\b|[,.;]|$)"
)
_SOMEBODY_IN_HAN = re.compile(
    rf"(?:[一有某][名位个個]?|多[名位])[{HAN}]{{2,12}}?(?={_VERBS_IN_HAN})"
    rf"|(?:{'|'.join(OCCUPATIONS.split())})(?={_VERBS_IN_HAN})"
)
_CALLED = 14  # characters that say who it is
_SPEAKING = re.compile(rf",? (?:who )?(?:{_VERBS})\b")
_SPEAKING_BEFORE = re.compile(rf"\b(?:{_VERBS}) $")
_APART_OF_A_VERB = 16  # characters


def told_by(old: Zone, new: Zone, before: str, after: str) -> tuple[str, str] | None:
    """Return who came or went as the source, where an edit is nothing else: according to the port authority,
    据海事局消息."""
    if old.content and new.content:
        return None
    who = before if old.content else after
    if not _ACCORDING.match(who):
        return None
    who = who.strip(_EDGES)
    return (who, "") if old.content else ("", who)


def source_hits(old: Zone, new: Zone, olds: list[Term], news: list[Term], gone: str, come: str) -> list[Hit]:
    """A source that says it has no name came or went, or somebody without a name stands where one was named."""
    anonymous = of_category(Category.ANONYMOUS, olds), of_category(Category.ANONYMOUS, news)
    if bool(anonymous[0]) != bool(anonymous[1]):
        before = spelled(old, anonymous[0]) or _whole_name(old, gone)
        after = spelled(new, anonymous[1]) or _whole_name(new, come)
        return [Hit(EditType.SOURCE, SUBSTANTIVE, before, after)]
    if bool(gone) != bool(come) and (somebody := _somebody(new if gone else old)):
        named = _whole_name(old if gone else new, gone or come)
        return [Hit(EditType.SOURCE, SUBSTANTIVE, *((named, somebody) if gone else (somebody, named)))]
    who = _unnamed(old, new, olds, news, gone, come)
    if who and old.near(Category.ATTRIBUTION, _CLAUSE) and new.near(Category.ATTRIBUTION, _CLAUSE):
        return [Hit(EditType.SOURCE, SUBSTANTIVE, *who)]
    return []


def _unnamed(old: Zone, new: Zone, olds: list[Term], news: list[Term], gone: str, come: str) -> tuple[str, str] | None:
    """Return who became whom where one side has somebody without a name, the other one with a name or rank."""
    officials = of_category(Category.OFFICIAL, olds), of_category(Category.OFFICIAL, news)
    if bool(officials[0]) != bool(officials[1]):
        if gone and come:
            return None
        if officials[0]:
            who = _whole_name(new, come) or spelled(new, of_category(Category.RANK, news))
            return (spelled(old, officials[0]), who) if who else None
        who = _whole_name(old, gone) or spelled(old, of_category(Category.RANK, olds))
        return (who, spelled(new, officials[1])) if who else None
    if bool(gone) == bool(come):
        return None
    official = _official_at(new if gone else old)
    return ((gone, official) if gone else (official, come)) if official else None


def _somebody(zone: Zone) -> str:
    """Return who speaks where an edit stands and is only said to be somebody: a teacher, 一名村民; "" if nobody is."""
    text = zone.side.text
    if not text.isascii() and (
        found := _SOMEBODY_IN_HAN.search(text, max(0, zone.start - _CALLED), zone.last + _CALLED)
    ):
        return found[0].removeprefix("有") if found.start() <= zone.last + 1 and found.end() >= zone.start else ""
    for found in _SOMEBODY.finditer(text, max(0, zone.start - _APART), zone.last + _CLAUSE):
        if found.start() > zone.last + _APART:
            break
        if _SPEAKING_BEFORE.search(text, max(0, found.start() - _APART_OF_A_VERB), found.start()) or (
            _SPEAKING.match(text, found.end())
        ):
            return found[0].strip()
    return ""


def _official_at(zone: Zone) -> str:
    """Return somebody without a name who stands at an edit: with a name there, it was one of theirs, "" if nobody."""
    near = [term for term in zone.terms() if term.category is Category.OFFICIAL]
    return spelled(
        zone, [term for term in near if zone.start - _APART <= term.end and term.start <= zone.last + _APART]
    )


def _whole_name(zone: Zone, name: str) -> str:
    return zone.whole() if name else ""
