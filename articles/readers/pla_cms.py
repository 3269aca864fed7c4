"""The PLA's CMS ("cbf"), which chinamil, 81.cn and mod.gov.cn share since 2022: what its templates have in common.

Seen in saved pages: the two HTMLBOX comments around a body, the ueditor classes, the pager's inline call, attachment
names that begin with the content id. Known traps: the site's name is an earlier `h1`;
`description`, `keywords` and `apple-mobile-web-app-title` are hard-coded in the template and years old; the metas
`author` and `reporter` may hold the editor's name, so no byline is taken from them; `publishdate` is a day, spelt
`ame=` on chinamil. The comments `make template`/`make time` change without an edit and are never looked at.
"""

from __future__ import annotations

import re
from typing import ClassVar

from lxml.etree import XPath

from articles.article import Article
from articles.body import BodyRules
from articles.document import Document
from articles.moments import Moment
from articles.readers.facts import Facts
from articles.readers.selected import SelectedReader

_CALL = "createManuscriptPageHTML("
_CALLED_WITH = re.compile(r"\s*'(\d{1,6})'\s*,\s*'\d{1,6}'")
_HIDDEN = '<div id="hideData"'
_HIDDEN_COUNT = re.compile(r"[^>]{0,200}?\bpage_count\s*=\s*[\"']?(\d{1,6})")


class PlaCms(SelectedReader):
    """What every template of the CMS has."""

    begin: ClassVar[re.Pattern[str]] = re.compile(r"<!--\s*HTMLBOX\s*-->")
    end: ClassVar[re.Pattern[str]] = begin
    after: ClassVar[str] = 'id="main-news-list"'
    body: ClassVar[XPath] = XPath("//*[@id='main-news-list']")
    caption_classes: ClassVar[frozenset[str]] = frozenset({"ueditor-text-tushuo", "imgdesc"})

    def page_count(self, document: Document) -> int:
        """Return how many pages the page announces, in its pager's call or its hidden data: the larger number."""

        def find() -> int:
            text = document.text
            meta = self.metas(document).get("pageCount", "")
            counts = [meta] if re.fullmatch(r"\d{1,6}", meta) else []
            for landmark, count in ((_CALL, _CALLED_WITH), (_HIDDEN, _HIDDEN_COUNT)):
                place = text.rfind(landmark)  # the last: the call comes behind the function of that name
                if place >= 0 and (found := count.match(text, place + len(landmark))):
                    counts.append(found[1])
            return max(map(int, counts), default=1)

        return document.once("page count", find)

    def rules(self, document: Document, head: Facts) -> BodyRules:
        """Add the ids whose attachments are this article's own: the URL's and the meta element's."""
        plain = super().rules(document, head)
        found = self.path.search(document.path)
        own = {found["id"] if found else "", self._content_id(document)} - {""}
        return BodyRules(plain.absolute, plain.own_host, frozenset(own), plain.furniture, plain.known_names)

    def oddities(self, document: Document, article: Article, published: Moment) -> list[str]:
        """Add a content id that is not the URL's."""
        odd = super().oddities(document, article, published)
        found = self.path.search(document.path)
        content_id = self._content_id(document)
        if found and content_id and content_id != found["id"]:
            odd.append(f"contentid {content_id[:20]!r} is not the id of the URL, {found['id']}")
        return odd

    def _content_id(self, document: Document) -> str:
        return self.metas(document).get("contentid", "").removeprefix("cbf-")
