"""Any saved page, read without knowing its template: to compare two files. Never for the archive.

The main content is found by the HTML standard's own words (`main`, `role`, `nav`, `footer`, `aside`) and by the names
that sites give to what stands around an article. Times and authors are those that the page gives to machines
(articles.head_facts), authors where no byline is shown; no editor, byline or time is guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urljoin

from lxml.etree import XPath, _Element

from articles.article import Article
from articles.body import BodyRules, read_body
from articles.document import Document
from articles.flow import pieces
from articles.head_facts import head_facts
from articles.moments import read_moment
from articles.page import Page

_MAINS: Final = tuple(
    map(
        XPath,
        (
            "//main",
            "//*[@role='main']",
            "(//article)[1][not(//article[2])]",  # asked of the first alone: each would walk the page
            "//*[@id='main-content' or @id='main' or @id='content' or @id='article']",
            "//body",
            "/*",
        ),
    )
)
_AROUND: Final = XPath(
    "descendant::*[self::nav or self::footer or self::aside or self::form or self::dialog"
    " or @role='navigation' or @role='banner' or @role='contentinfo' or @role='complementary' or @role='search'"
    " or @id or @class]"
)
_AROUND_TAGS: Final = frozenset(("nav", "footer", "aside", "form", "dialog"))
_AROUND_ROLES: Final = frozenset(("navigation", "banner", "contentinfo", "complementary", "search"))
_AROUND_NAMES: Final = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|share|sharing|social|sidebar|related|recommend(?:ed)?|menu|navbar|cookies?|footer|"
    r"pager|pagination|comments?|ads?|advert(?:isement)?s?|newsletter|skip)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TITLE: Final = XPath("string(//meta[@property='og:title']/@content)")
_HEADING: Final = XPath("string(.//h1)")
_HEADINGS: Final = XPath(".//h1")
_DOCUMENT_TITLE: Final = XPath("string(//title)")
_LANGUAGE: Final = XPath("string(/html/@lang)")
_BASE: Final = XPath("string(//base/@href)")


def plain_article(page: Page) -> Article:
    """Return what a page of any template shows as its main content.

    The headline is the main content's first `h1`, else `og:title`, else the title. A page that holds nothing gives an
    article with an empty headline and a warning.
    """
    document = Document(page)
    parsed = document.whole
    warnings = (*document.warnings, *parsed.warnings)
    if parsed.root is None:
        return Article("", warnings=(*warnings, "the page holds nothing that could be read"))
    root = parsed.root
    base = str(_BASE(root)).strip()
    language = str(_LANGUAGE(root)).strip() or None
    document_title, shared_title = _line(_DOCUMENT_TITLE(root)), _line(_TITLE(root))
    facts = head_facts(root)
    published, modified = _moment(facts.published), _moment(facts.modified)
    main = next(element for find in _MAINS for element in _found(find, root))
    _clear(main)
    headline = _line(_HEADING(main))
    for element in _found(_HEADINGS, main):
        if _line("".join(map(str, element.itertext()))) == headline:
            _drop(element)
            break

    def absolute(reference: str) -> str | None:
        try:
            return document.absolute(urljoin(base, reference.strip()) if base else reference)
        except ValueError:  # "http://[": what a browser would not follow either
            return None

    body = read_body(pieces(main), BodyRules(absolute))
    return Article(
        headline or shared_title or document_title,
        byline=body.byline or facts.authors,
        published_at=published,
        modified_at=modified,
        published_raw=facts.published or None,
        modified_raw=facts.modified or None,
        zone_source="page" if published or modified else None,
        blocks=tuple(body.blocks),
        images=tuple(body.images),
        links=tuple(body.links),
        language=language,
        correction="\n".join(body.corrections) or None,
        translation=body.translation,
        warnings=(*warnings, *body.warnings),
    )


def _moment(raw: str) -> datetime | None:
    """Return a time that says in which zone it is. Of others there are only the words."""
    found = read_moment(raw, UTC)
    return found.at if found.zone_source == "page" else None


def _found(find: XPath, root: _Element) -> list[_Element]:
    return [element for element in find(root) if isinstance(element, _Element)]


def _clear(main: _Element) -> None:
    """Take out what stands around the content. A name alone does not tell: what holds half the text is no sidebar."""
    half = _length(main) / 2
    for element in _found(_AROUND, main):
        names = f"{element.get('id', '')} {element.get('class', '')}"
        if (
            element.tag in _AROUND_TAGS
            or element.get("role") in _AROUND_ROLES
            or (_AROUND_NAMES.search(names) and _length(element) < half)
        ):
            _drop(element)


def _length(element: _Element) -> int:
    return len(_line("".join(map(str, element.itertext()))))


def _drop(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        if element.tail:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def _line(value: object) -> str:
    return " ".join(str(value).split())
