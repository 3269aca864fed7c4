"""China Military Online: the template of 2022-25 and that of the tree /2025xb/."""

from __future__ import annotations

import re
from typing import ClassVar

from lxml.etree import XPath

from articles.readers.pla_cms import PlaCms
from articles.readers.selectors import of_class

_TITLE = "(descendant::h1)[1]"
_INFO = f"descendant::div[{of_class('pub-info')}]"


class Pla2022(PlaCms):
    """The template of 2022-25 (`view-normal`). Pages of its URLs still appear, so its bodies are of both editors:
    bare paragraphs migrated in 2022, and ueditor's.

    The skeleton is from a saved page. Inferred: that a kicker stands before the `h1` in `div.title` and a subtitle
    behind it (their places are marked by comments, and empty on the page we have).
    """

    name: ClassVar[str] = "pla-2022"
    version: ClassVar[int] = 2
    path: ClassVar[re.Pattern[str]] = re.compile(
        r"^/(?!2025xb/)[A-Z]\w*/(?:\w+/)*(?P<id>\d{5,12})(?:_(?P<page>\d{1,3}))?\.html$"
    )
    head: ClassVar[XPath] = XPath(f"descendant::div[{of_class('article-header')} and descendant::h1]")
    headline: ClassVar[XPath] = XPath(_TITLE)
    kicker: ClassVar[XPath] = XPath(f"{_TITLE}/preceding-sibling::node()[self::* or self::text()]")
    subtitle: ClassVar[XPath] = XPath(f"{_TITLE}/following-sibling::node()[self::* or self::text()]")
    facts: ClassVar[XPath] = XPath(f"{_INFO}/descendant::dt | {_INFO}/descendant::dd")
    section: ClassVar[XPath] = XPath(f"descendant::div[{of_class('breadcrumb')}]/descendant::a")


class Pla2025xb(Pla2022):
    """The template of the tree /2025xb/.

    Inferred: no raw page of it is public. Two other people's crawlers agree that the skeleton is that of 2022
    (`article-header`, `pub-info`, `dt`/`dd`, `main-news-list`), the visible text of one page agrees with it, and its
    bodies are ueditor's. Multi-page articles and the place of the translation note are assumed to be as before.
    """

    name: ClassVar[str] = "pla-2025xb"
    version: ClassVar[int] = 2
    path: ClassVar[re.Pattern[str]] = re.compile(r"^/2025xb/(?:\w+/)+(?P<id>\d{5,12})(?:_(?P<page>\d{1,3}))?\.html$")
