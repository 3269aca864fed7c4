"""What a page of any template says of itself for machines: when it was published and modified, and by whom.

Read are the fields that many sites share: `article:published_time` and `article:modified_time` (Open Graph),
`datePublished`, `dateModified` and `author` of an article in JSON-LD or microdata, and `<meta name="author">`. People
do not see them, so readers of known templates do without; two saved pages of an unknown one have nothing better.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml.etree import XPath, _Element

from articles.people import people

_LONGEST_JSON: Final = 500_000
_MOST: Final = 200  # things of JSON-LD, and authors, that are looked at
_LONGEST_NAME: Final = 200

_JSON_LD: Final = XPath("//script[translate(@type, 'ACDIJLNOPST', 'acdijlnopst') = 'application/ld+json']")
_METAS: Final = XPath("//meta[@content][@property or @name or @itemprop] | //time[@datetime][@itemprop]")
_PUBLISHED: Final = ("article:published_time", "og:published_time", "datepublished")
_MODIFIED: Final = ("article:modified_time", "og:modified_time", "og:updated_time", "datemodified")
_AUTHOR: Final = ("author", "article:author")


@dataclass(frozen=True)
class HeadFacts:
    """The page's own words for its times, and the names of its authors; "" and () for what it does not say."""

    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()


def head_facts(root: _Element) -> HeadFacts:
    """Return what a page says of itself for machines. Of several sayers the metas count, then JSON-LD; but of authors
    JSON-LD, which tells one from the next.

    >>> from articles.markup import parse
    >>> root = parse('<meta property="article:modified_time" content="2026-05-04T10:00:00Z">').root
    >>> head_facts(root).modified
    '2026-05-04T10:00:00Z'
    """
    metas = _metas(root)
    article = next(_articles(root), {})
    published, modified = (
        next((metas[name] for name in names if name in metas), "") or _line(article.get(key))
        for names, key in ((_PUBLISHED, "datePublished"), (_MODIFIED, "dateModified"))
    )
    authors = tuple(dict.fromkeys(_names(article.get("author"))))
    return HeadFacts(published, modified, authors or _of_metas(metas))


def _metas(root: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in _METAS(root):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = _line(element.get("datetime") if element.tag == "time" else element.get("content"))
        if value:
            found.setdefault(name.strip().lower(), value)
    return found


def _of_metas(metas: Mapping[str, str]) -> tuple[str, ...]:
    named = next((metas[name] for name in _AUTHOR if name in metas and "://" not in metas[name]), "")
    return people(named) if len(named) <= _LONGEST_NAME else ()


def _articles(root: _Element) -> Iterator[Mapping[str, Any]]:
    """Yield what JSON-LD calls an article, as far as it is the page's own and not one of a list."""
    for script in _JSON_LD(root):
        text = "".join(map(str, script.itertext()))
        if len(text) > _LONGEST_JSON:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):  # what a stranger wrote may be none, or nested without an end
            continue
        things = [value]
        for thing in things:  # grows
            if isinstance(thing, list):
                things += thing[: _MOST - len(things)]
            elif isinstance(thing, dict):
                if _is_article(thing.get("@type")):
                    yield thing
                for key in ("@graph", "mainEntity"):
                    if len(things) < _MOST:
                        things.append(thing.get(key))


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and one.endswith(("Article", "BlogPosting", "Report")) for one in kinds)


def _names(author: object) -> Iterator[str]:
    """Yield the names of a value of `author`: texts, things with a name, or lists of them."""
    for one in (author if isinstance(author, list) else [author])[:_MOST]:
        names = one.get("name") if isinstance(one, dict) else one
        for name in (names if isinstance(names, list) else [names])[:_MOST]:
            line = _line(name)
            if line and "://" not in line and len(line) <= _LONGEST_NAME:
                yield line


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
