"""What of an article can be searched, and into which tokens it is cut. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from articles.folding import FOLDED

UNSPACED: Final = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Chinese characters and kana, inside ranges of a pattern: scripts that put no spaces between words."""

IN_WORD: Final = rf"[^\W{UNSPACED}]"
_TOKENS: Final = re.compile(rf"(?P<unspaced>[{UNSPACED}]+)|{IN_WORD}+")
FOLDS: Final = re.compile(f"[{re.escape(''.join(FOLDED))}]")
NEEDLESS_SPACES: Final = re.compile(rf"(?<=[{UNSPACED}])\s++|(?<!\s)\s++(?=[{UNSPACED}])")  # from its first on
_BETWEEN_TEXTS: Final = "_between_"


class Part(StrEnum):
    """Where in an article something is looked for. All but ANYWHERE are columns of the index."""

    ANYWHERE = "anywhere"
    HEADLINE = "headline"
    BYLINE = "byline"
    EDITORS = "editors"
    BODY = "body"  # everything else: text, captions, notes, agency, section, keywords


COLUMNS: Final = tuple(part for part in Part if part is not Part.ANYWHERE)
_OFTEN_IN_BODY: Final = frozenset({"images", "translation", "correction"})
_NAMED: Final = {part.value: part for part in (Part.HEADLINE, Part.BYLINE, Part.EDITORS)}


Texts = tuple[tuple[str, str], ...]
"""The searched texts of an article, each with the name of its field."""


def texts_of(article: Mapping[str, Any]) -> Texts:
    """Return the searched texts of an article, given as its JSON values (articles.article).

    What stands both in the body and in a field (a caption, a translation's note) is given once, as the body's. Raises
    KeyError, TypeError or AttributeError for what is no article.

    >>> texts_of({"headline": "Drill ends", "editors": ["Dora Muster"], "blocks": [{"text": "It ended."}]})
    (('headline', 'Drill ends'), ('editors', 'Dora Muster'), ('blocks', 'It ended.'))
    """
    get = article.get
    blocks = [block["text"] for block in article["blocks"]]
    agency, note = get("agency"), get("translation") or {}
    said: list[tuple[str, str | None]] = [
        ("headline", article["headline"]),
        ("kicker", get("kicker")),
        ("subtitle", get("subtitle")),
        *(("byline", name) for name in get("byline") or ()),
        *(("editors", name) for name in get("editors") or ()),
        ("agency", agency["name"] if agency else None),
        *(("blocks", text) for text in blocks),
        *(("images", image.get("caption")) for image in get("images") or ()),
        ("correction", get("correction")),
        *(("keywords", word) for word in get("keywords") or ()),
        *(("section", name) for name in get("section") or ()),
        ("translation", note.get("note")),
        ("translation", note.get("disclaimer")),
    ]
    if not all(text is None or isinstance(text, str) for _, text in said):
        raise TypeError("what should be a text is none")
    elsewhere = set(blocks)
    return tuple((name, text) for name, text in said if text and (name not in _OFTEN_IN_BODY or text not in elsewhere))


def part_of(field: str) -> Part:
    """Return the part that a field belongs to."""
    return _NAMED.get(field, Part.BODY)


def tokens_of(texts: Texts) -> dict[Part, str]:
    """Return the tokens of an article's texts by the columns of the index, joined by spaces."""
    said: dict[Part, list[str]] = {part: [] for part in COLUMNS}
    for field, text in texts:
        said[part_of(field)].append(text)
    return {part: joined_tokens(some) for part, some in said.items()}


def changed_texts(old: Texts, new: Texts) -> tuple[list[str], list[str]]:
    """Return the texts that only the newer article has, and those that only the older one has."""
    before, after = (Counter(text for _, text in texts) for texts in (old, new))
    return list((after - before).elements()), list((before - after).elements())


def joined_tokens(texts: Iterable[str]) -> str:
    """Return the tokens of some texts, joined so that no phrase reaches over two texts."""
    return f" {_BETWEEN_TEXTS} ".join(" ".join(tokens(text)) for text in texts)


def tokens(text: str) -> Iterator[str]:
    """Yield words in lower case, and of Chinese and kana each character with the next one.

    >>> list(tokens("The F\u201335 flew"))
    ['the', 'f', '35', 'flew']
    >>> list(tokens("歼-20战机"))
    ['歼', '20', '战机', '机']
    """
    folded = FOLDS.sub(lambda found: FOLDED[found[0]], text).lower()
    for found in _TOKENS.finditer(NEEDLESS_SPACES.sub("", folded)):
        if found["unspaced"]:
            yield from (found[0][at : at + 2] for at in range(len(found[0])))
        else:
            yield found[0]
