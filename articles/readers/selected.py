"""Readers by declaration: where each field stands is an attribute, what every page needs is here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from lxml.etree import XPath, _Element

from articles.article import Article
from articles.body import Body, BodyRules, read_body
from articles.document import Document, Split
from articles.flow import MOST_PIECES, Piece, Text, pieces
from articles.markup import Parsed
from articles.moments import Moment, read_moment
from articles.readers.facts import Facts, facts_in, read_facts, shown
from articles.readers.outlet_facts import OutletFacts
from articles.readers.reader import Findings
from articles.readers.selectors import elements, language_of, line

MOST_PARTS = 60
"""The longest article seen cited has 12 pages. A page that announces more than this is not believed."""

EMPTIED = "emptied body: its delimiters stand there, and nothing between them"
_SHOWS = frozenset(
    {"img", "picture", "svg", "script", "iframe", "frame", "object", "embed", "video", "audio", "canvas"}
)
"""Elements that show something without a text, or may draw one."""


class SelectedReader:
    """A reader whose fields are found by selectors. A subclass names them; hooks are for what a selector can't say."""

    name: ClassVar[str]
    version: ClassVar[int]
    path: ClassVar[re.Pattern[str]]
    """The path of an article's URL, with the group `id`, and `page` for a further page. Coarse: the outlet file holds
    the outlet's exact patterns, and a test server's paths are the same on another host."""

    begin: ClassVar[re.Pattern[str]]
    end: ClassVar[re.Pattern[str]]
    after: ClassVar[str] = ""
    head: ClassVar[XPath]
    """The element around headline and facts. A page without it, or without `after`, is of another template."""

    headline: ClassVar[XPath]
    kicker: ClassVar[XPath]
    subtitle: ClassVar[XPath]
    facts: ClassVar[XPath]
    """These four start at the head; the next two at the frame and at the whole page."""
    section: ClassVar[XPath]
    body: ClassVar[XPath]
    """The body's element, for a page on which a delimiter is missing."""
    caption_classes: ClassVar[frozenset[str]] = frozenset()

    def claims(self, document: Document, outlet: OutletFacts) -> bool:  # noqa: ARG002  other readers ask the outlet
        """Tell by URL and structure whether the page is this reader's."""
        return (
            self.path.search(document.path) is not None
            and self.after in document.text
            and self.head_of(document) is not None
        )

    def part_urls(self, document: Document, outlet: OutletFacts) -> tuple[str, ...]:  # noqa: ARG002
        """Return the URLs of pages 2 to the announced count; none from a page that is itself a further one."""
        found = self.path.search(document.path)
        if not found or found["page"]:
            return ()
        stem, dot, suffix = document.path.rpartition(".")
        count = min(self.page_count(document), MOST_PARTS)
        return tuple(urljoin(document.page.url, f"{stem}_{page}{dot}{suffix}") for page in range(2, count + 1))

    def read(self, documents: Sequence[Document], outlet: OutletFacts) -> Findings:
        """Read the article from its pages, the first page first."""
        first = documents[0]
        expected = self.part_urls(first, outlet)
        given = {_plain(document.page.url): document for document in documents[1:]}
        parts = [first, *(given[_plain(url)] for url in expected if _plain(url) in given)]
        missing = [url for url in expected if _plain(url) not in given]
        missing += [document.page.url for document in parts[1:] if not self._shows_its_part(document, outlet)]
        parts = [document for document in parts if document.page.url not in missing]
        found = self.path.search(first.path)
        if found and found["page"]:
            missing.append(f"{first.page.url} is page {found['page']}: the first page")
        return self._findings(parts, tuple(missing), outlet)

    def _shows_its_part(self, document: Document, outlet: OutletFacts) -> bool:
        return document.page.status == 200 and self.claims(document, outlet)

    def _findings(self, documents: Sequence[Document], missing: tuple[str, ...], outlet: OutletFacts) -> Findings:
        first = documents[0]
        warnings = [warning for document in documents for warning in document.warnings]
        doubts: list[str] = []
        around = self.head_of(first)
        found = [] if around is None else elements(self.facts, around)
        head = read_facts(facts_in(found), first.absolute)
        published = self.published(first, head, outlet)
        flow: list[Piece] = []
        for document in documents:
            flow += self._pieces(document, doubts, warnings)
        body = read_body(flow, self.rules(first, head))
        article = self._article(first, head, published, body, outlet)
        warnings += [f"label not known: {label!r}" for label in head.unknown]
        warnings += [*self.oddities(first, article, published), *body.warnings]
        if published.warning:
            warnings.append(published.warning)
        if (count := self.page_count(first)) > MOST_PARTS:
            doubts.append(f"{count} pages are announced, more than {MOST_PARTS}")
        if len(flow) >= MOST_PIECES:
            doubts.append(f"more than {MOST_PIECES} paragraphs: the body was not read to its end")
        if not article.headline:
            doubts.append("no headline")
        if not (article.blocks or article.images or body.players):
            emptied = not doubts and all(map(self._is_emptied, documents))
            doubts.append(EMPTIED if emptied else "collapsed body: neither text nor picture in it")
        return Findings(_with_warnings(article, (*doubts, *warnings)), missing, tuple(doubts))

    def _is_emptied(self, document: Document) -> bool:
        """Return whether both delimiters of the body stand there, and between them nothing that a browser shows."""
        body = self.split(document).body
        if body is None or body.cut_short:
            return False
        if body.root is None:
            return True
        shows = any(element.tag in _SHOWS for element in body.root.iter())
        return not (shows or "".join(body.root.itertext()).strip())

    def _article(
        self,
        document: Document,
        head: Facts,
        published: Moment,
        body: Body,
        outlet: OutletFacts,
    ) -> Article:
        around = self.head_of(document)
        return Article(
            headline=self.headline_of(document),
            kicker=line(self.kicker, around),
            subtitle=line(self.subtitle, around),
            byline=head.byline or body.byline,
            editors=head.editors,
            agency=head.agency,
            published_at=published.at,
            published_raw=published.raw or None,
            zone_source=published.zone_source,
            section=self.section_of(document),
            language=language_of(self.split(document).frame.root) or outlet.language,
            blocks=tuple(body.blocks),
            images=tuple(body.images),
            links=tuple(body.links),
            correction="\n".join(body.corrections) or None,
            keywords=self.keywords_of(document),
            translation=body.translation,
        )

    def _pieces(self, document: Document, doubts: list[str], warnings: list[str]) -> list[Piece]:
        split = self.split(document)
        body = split.body or self._body_by_structure(document, split.marks, doubts, warnings)
        for parsed in (split.frame, body):
            if parsed.cut_short:
                doubts.append("the page could not be parsed to its end")
            warnings += parsed.warnings
        return pieces(body.root, caption_classes=self.caption_classes)

    def _body_by_structure(self, document: Document, marks: int, doubts: list[str], warnings: list[str]) -> Parsed:
        """Return the body by its element. One delimiter without the other, or a page without its end, is cut off."""
        if marks or "</html" not in document.text.lower():
            doubts.append("a delimiter of the body is missing: the page may be cut off")
        else:
            warnings.append("no delimiters around the body: it was read by its element")
        whole = document.whole
        found = None if whole.root is None else next(iter(elements(self.body, whole.root)), None)
        return Parsed(found, whole.cut_short, whole.warnings)

    # What a subclass may say otherwise.

    def split(self, document: Document) -> Split:
        """Cut the page at its body's delimiters."""
        return document.split(self.begin, self.end, after=self.after)

    def page_count(self, document: Document) -> int:  # noqa: ARG002
        """Return how many pages the article's first page announces."""
        return 1

    def rules(self, document: Document, head: Facts) -> BodyRules:
        """Return what the body's reader must know of the page."""
        return BodyRules(
            absolute=document.absolute,
            own_host=urlsplit(document.page.url).hostname or "",
            furniture=self.is_furniture,
            known_names=head.byline,
        )

    def is_furniture(self, text: Text) -> bool:  # noqa: ARG002
        """Tell whether a text inside the body is the site's and not the article's."""
        return False

    def head_of(self, document: Document) -> _Element | None:
        """Return the element around headline and facts, the first if there are several."""

        def find() -> _Element | None:
            frame = self.split(document).frame.root
            return None if frame is None else next(iter(elements(self.head, frame)), None)

        return document.once(f"{self.name}: head", find)

    def headline_of(self, document: Document) -> str:
        """Return the headline as shown."""
        return line(self.headline, self.head_of(document)) or ""

    def section_of(self, document: Document) -> tuple[str, ...]:
        """Return the path of sections, the widest first."""
        frame = self.split(document).frame.root
        return () if frame is None else tuple(filter(None, map(shown, elements(self.section, frame))))

    def keywords_of(self, document: Document) -> tuple[str, ...]:  # noqa: ARG002
        """Return the article's own keywords."""
        return ()

    def published(self, document: Document, head: Facts, outlet: OutletFacts) -> Moment:
        """Return the time of publication: the printed one, else the day in the head's meta element."""
        if head.published:
            return read_moment(head.published, outlet.zone)
        day = self.publish_day(document)
        return read_moment(day, outlet.zone) if day else Moment("", warning="time: the page shows none")

    def oddities(self, document: Document, article: Article, published: Moment) -> list[str]:  # noqa: ARG002
        """Return warnings about what does not fit together on the page."""
        found = []
        day = self.publish_day(document)
        if day and published.at and not published.at.isoformat().startswith(day):
            found.append(f"time: publishdate says {day[:20]!r}, the page shows {published.raw[:20]!r}")
        if published.at and published.at > document.page.captured_at:
            found.append(f"time: {published.raw[:20]!r} is later than the capture")
        return found

    def publish_day(self, document: Document) -> str:
        """Return the meta element `publishdate`, in either spelling."""
        return self.metas(document).get("publishdate", "")

    def metas(self, document: Document) -> dict[str, str]:
        """Return the frame's named meta elements (`name=`, or misspelt `ame=`, or `id=`); the first of a name."""

        def find() -> dict[str, str]:
            frame = self.split(document).frame.root
            found: dict[str, str] = {}
            for meta in () if frame is None else frame.iter("meta"):
                name = meta.get("name") or meta.get("ame") or meta.get("id")
                if name:
                    found.setdefault(name, (meta.get("content") or "").strip())
            return found

        return document.once(f"{self.name}: metas", find)


def _plain(url: str) -> str:
    """The URL without scheme, its port and fragment: a part fetched over https is the part announced over http."""
    return re.sub(r"^([^/]*):(?:80|443)(?=/)", r"\1", url.partition("#")[0].partition("://")[2])


def _with_warnings(article: Article, warnings: tuple[str, ...]) -> Article:
    return replace(article, warnings=tuple(dict.fromkeys(warnings)))
