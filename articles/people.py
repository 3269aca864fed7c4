"""Names: who wrote, who edited."""

from __future__ import annotations

import re

_BY = re.compile(r"By\b[\s:：]*(?P<names>\S.{1,158})\Z")
_ROLES = re.compile(
    r"(?:(?:[A-Z][\w'’]*|our|staff|special|the)\s+){0,4}(?:reporters?|writers?|correspondents?|commentators?)\s+"
)
_BETWEEN = re.compile(r"\s*[,，、;；&/]\s*(?:and\s+)?|\s+and\s+")
_NAME = re.compile(r"(?:(?:de|da|del|van|von|der|al|bin|ibn|el|la|of)\s+)*[^\W\d_a-z][^\d,;:!?()\"“”]*\Z")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff·•]+\Z")
_OPENINGS = frozenset("B■□●◆▲")
_SQUARE = re.compile(r"[■□●◆▲]\s*(?P<names>.{2,80})\Z")
_HAN_ROLES = frozenset(
    (
        *("记者", "本报记者", "特约记者", "本报特约记者", "新华社记者"),
        *("通讯员", "本报通讯员", "特约通讯员", "本报特约通讯员", "本报评论员"),
    )
)
_MOST_WORDS = 6


def byline_of(text: str) -> tuple[str, ...]:
    """Return the authors that an opening line of the body names, or () if it is no byline.

    English lines are `By A`, `By A and B`, `By A, B and C`; a sentence that happens to open with "By" is none.
    Chinese lines open with a square: `■刘任丰 霍子琪`.

    >>> byline_of("By Li Ziyue and Chen Ze'an")
    ('Li Ziyue', "Chen Ze'an")
    >>> byline_of("By Zhao Lei, Wu Min, and Sun Fei")
    ('Zhao Lei', 'Wu Min', 'Sun Fei')
    >>> byline_of("By the end of 2025, the two sides had held ten rounds of talks.")
    ()
    """
    if text[:1] not in _OPENINGS:
        return ()
    if found := _SQUARE.match(text):
        return people(found["names"])
    found = _BY.match(text)
    if not found or text.endswith((".", "!", "?", ":", "。", "：")):
        return ()
    role = _ROLES.match(found["names"])
    names = _BETWEEN.split(found["names"][role.end() if role else 0 :].strip())
    return tuple(names) if all(_is_name(name) for name in names) else ()


def people(text: str) -> tuple[str, ...]:
    """Return the names in a field that holds nothing else.

    >>> people("Huang Panyue, Li Wei")
    ('Huang Panyue', 'Li Wei')
    >>> people("刘任丰 霍子琪 张　三")
    ('刘任丰', '霍子琪', '张三')
    """
    names: list[str] = []
    for part in _BETWEEN.split(text.strip()):
        names += _han_names(part.split()) if _HAN.match("".join(part.split())) else [" ".join(part.split())]
    return tuple(name for name in names if name and name not in _HAN_ROLES)


def _han_names(words: list[str]) -> list[str]:
    """Chinese names are parted by spaces, and a name of two characters is often spread by one."""
    names: list[str] = []
    spread = False
    for word in words:
        if spread and len(word) == 1:
            names[-1] += word
            spread = False
        else:
            names.append(word)
            spread = len(word) == 1
    return names


def _is_name(name: str) -> bool:
    return bool(_NAME.match(name)) and len(name) <= 60 and len(name.split()) <= _MOST_WORDS
