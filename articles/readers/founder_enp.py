"""China Military Online until 2022: pages `content_N.htm` of Founder's CMS, which only archives still hold."""

from __future__ import annotations

import re
from html import unescape
from typing import ClassVar

from lxml.etree import XPath

from articles.article import Article
from articles.document import Document
from articles.flow import Text
from articles.moments import Moment, read_moment
from articles.readers.facts import Facts
from articles.readers.outlet_facts import OutletFacts
from articles.readers.selected import SelectedReader
from articles.readers.selectors import of_class

_PROPERTIES = re.compile(r"<!--\s*+enpproperty\s")
_PROPERTIES_END = re.compile(r"/enpproperty\s*+-->")
_MOST_PROPERTIES = 20_000  # characters
_PROPERTY = re.compile(r"<(\w{1,40})>([^<]{0,4000})</\1>")
_HEADER = f"descendant::div[{of_class('article-header')}]"
_HEADLINE = f"({_HEADER}/descendant::h1 | descendant::h1[not({of_class('site-name')})])[1]"
_INFO = f"descendant::div[{of_class('pub-info')} or {of_class('article-info')} or {of_class('info')}]"
_PAGER = re.compile(r"content_(\d+)_(\d{1,3})\.htm")
_PAGER_TEXT = re.compile(  # nothing is read in two ways: "111…1!" would be in more than there is time for
    r"(?:[\d<>«»\s|]|Next|Previous|Prev|Last|First|Page|下一页|上一页|尾页|首页)++\Z", re.IGNORECASE
)


class FounderEnp(SelectedReader):
    """Founder's CMS, as chinamil used it. Inferred throughout: no raw page of chinamil's is public.

    From the CMS's other sites: the comments `enpproperty` (title, date, keyword, nodename, introtitle, subtitle) and
    `enpcontent`, which may open twice. `author` in it is the editor on sites where both are shown, so it is no byline.
    From other people's crawlers of chinamil: an `h1`, and a pager as a paragraph of numbers inside the body. The
    facts are looked for where the template of 2022, its successor, has them.
    """

    name: ClassVar[str] = "founder-enp"
    version: ClassVar[int] = 2
    path: ClassVar[re.Pattern[str]] = re.compile(
        r"/\d{4}-\d{2}/\d{2}/content_(?P<id>\d{4,12})(?:_(?P<page>\d{1,3}))?\.html?$"
    )
    begin: ClassVar[re.Pattern[str]] = re.compile(r"(?:<!--\s*enpcontent\s*-->\s*)+")
    end: ClassVar[re.Pattern[str]] = re.compile(r"<!--\s*/enpcontent\s*-->")
    after: ClassVar[str] = "<!--enp"
    head: ClassVar[XPath] = XPath("/html/body")
    headline: ClassVar[XPath] = XPath(_HEADLINE)
    kicker: ClassVar[XPath] = XPath(f"{_HEADER}/descendant::*[{of_class('kicker')}]")
    subtitle: ClassVar[XPath] = XPath(f"{_HEADER}/descendant::*[{of_class('subtitle')}]")
    facts: ClassVar[XPath] = XPath(f"{_INFO}/descendant::dt | {_INFO}/descendant::dd | {_INFO}/span")
    section: ClassVar[XPath] = XPath(f"descendant::div[{of_class('breadcrumb')}]/descendant::a")
    body: ClassVar[XPath] = XPath("descendant::*[@id='article-content']")
    caption_classes: ClassVar[frozenset[str]] = frozenset({"pictext"})

    def page_count(self, document: Document) -> int:
        """Return the largest page number that the page's pager leads to."""
        found = self.path.search(document.path)
        numbers = [int(page) for number, page in _PAGER.findall(document.text) if found and number == found["id"]]
        return max(numbers, default=1)

    def is_furniture(self, text: Text) -> bool:
        """Tell the pager, which is a paragraph of numbers with links to the article's pages."""
        leads = any(_PAGER.search(link) for link in text.links)
        return bool(_PAGER_TEXT.match(text.text)) and (leads or text.text.split()[:2] == ["1", "2"])

    def headline_of(self, document: Document) -> str:
        """Return the headline as shown, else the property's."""
        return super().headline_of(document) or _properties(document).get("title", "")

    def section_of(self, document: Document) -> tuple[str, ...]:
        """Return the breadcrumb, else the name of the node."""
        node = _properties(document).get("nodename")
        return super().section_of(document) or ((node,) if node else ())

    def keywords_of(self, document: Document) -> tuple[str, ...]:
        """Return the property's keywords: they are the article's own, other than the meta element's."""
        words = re.split(r"[,，;；]", _properties(document).get("keyword", ""))
        return tuple(word.strip() for word in words if word.strip())

    def published(self, document: Document, head: Facts, outlet: OutletFacts) -> Moment:
        """Return the printed time, unless it is missing or a day alone and the property has the time."""
        printed = super().published(document, head, outlet)
        date = _properties(document).get("date", "")
        return printed if printed.at or not date else read_moment(date, outlet.zone)

    def oddities(self, document: Document, article: Article, published: Moment) -> list[str]:
        """Add a title in the properties that is not the headline shown."""
        odd = super().oddities(document, article, published)
        title = _properties(document).get("title", "")
        if title and title != article.headline:
            odd.append(f"headline: the property `title` says {title[:80]!r}")
        return odd


def _properties(document: Document) -> dict[str, str]:
    pairs = _PROPERTY.findall(document.once("properties", lambda: _property_text(document.text)))
    return {name: " ".join(unescape(value).split()) for name, value in pairs if value.strip()}


def _property_text(text: str) -> str:
    """Return what the first comment of properties holds that ends soon enough. Each stretch is looked through once."""
    end = None
    for begin in _PROPERTIES.finditer(text):
        if end is None or end.start() <= begin.end():
            end = _PROPERTIES_END.search(text, begin.end() + 1)
        if end is None:
            break
        if end.start() - begin.end() <= _MOST_PROPERTIES:
            return text[begin.end() : end.start()]
    return ""
