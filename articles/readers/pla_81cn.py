"""81.cn, PLA Daily's site: the ordinary and the multimedia template of the PLA's CMS."""

from __future__ import annotations

import re
from typing import ClassVar

from lxml.etree import XPath

from articles.readers.pla_cms import PlaCms
from articles.readers.selectors import of_class

_ORDINARY = f"/descendant::div[{of_class('artichle-info')} and ./h2]"  # sic
_MULTIMEDIA = f"descendant::*[./h1[not({of_class('site-name')})]]"
_TITLE = "(./h2 | ./h1)[1]"
_HEADING = "*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"


class Pla81Cn(PlaCms):
    """81.cn since 2022, from two saved pages (ordinary) and another crawler's description (multimedia, inferred).

    Ordinary: headline and facts in `div.artichle-info`. Multimedia: an `h1`, no facts, and no date but perhaps the
    day in `publishdate`: then `published_at` is None and `published_raw` has the day. The headline holds an empty
    `span#num` that a script fills. Inferred: that kickers and subtitles are headings beside the headline, and the
    label `责任编辑` in `div.editor` below the body.
    """

    name: ClassVar[str] = "pla-81cn"
    version: ClassVar[int] = 2
    path: ClassVar[re.Pattern[str]] = re.compile(
        r"^/[a-z]+(?:_\d+)?/(?:\w+/)*(?P<id>\d{5,12})(?:_(?P<page>\d{1,3}))?\.html$"
    )
    head: ClassVar[XPath] = XPath(f"{_ORDINARY} | {_MULTIMEDIA}[not({_ORDINARY})]")
    headline: ClassVar[XPath] = XPath(f"{_TITLE}//text()[not(ancestor::*[@id='num'])]")
    kicker: ClassVar[XPath] = XPath(f"{_TITLE}/preceding-sibling::{_HEADING}")
    subtitle: ClassVar[XPath] = XPath(f"{_TITLE}/following-sibling::{_HEADING}")
    facts: ClassVar[XPath] = XPath(f"./p/span | /descendant::div[{of_class('editor')}]")
    section: ClassVar[XPath] = XPath(f"descendant::ol[{of_class('breadcrumb')}]/descendant::a")
