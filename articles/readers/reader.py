"""What a reader is, and what it hands back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from articles.article import Article
from articles.document import Document
from articles.readers.outlet_facts import OutletFacts


@dataclass(frozen=True)
class Findings:
    """An article as one reader read it, and what speaks against making a state of it.

    `missing` are the announced parts that were not given. `doubts` are reasons to think that the page is not whole or
    not what the reader takes it for; a warning, in contrast, is odd and takes nothing from the reading.
    """

    article: Article
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads one template of one outlet or CMS.

    A new template is a new reader and the old one stays: old templates still get new items. `version` rises whenever
    the output of any page may change; the golden pairs and the corpus in tests/fixtures/outlets hold it to that.
    A reader is pure: the same documents and outlet facts give the same findings.
    """

    @property
    def name(self) -> str:
        """The reader's name, for ever the same template's."""
        ...

    @property
    def version(self) -> int:
        """N of `name/N`."""
        ...

    def claims(self, document: Document, outlet: OutletFacts) -> bool:
        """Tell by URL and structure whether the page is this reader's."""
        ...

    def part_urls(self, document: Document, outlet: OutletFacts) -> tuple[str, ...]:
        """Return the URLs of the further parts that the first page announces, in order."""
        ...

    def read(self, documents: Sequence[Document], outlet: OutletFacts) -> Findings:
        """Read the article from its pages, the first page first."""
        ...


def reader_id(reader: Reader, outlet: OutletFacts) -> str:
    """Return the id under which the reader's readings of an outlet are kept: `name/N+` and the digest of the facts.

    Two readings under one id differ only in what the pages say. N and the facts are behind the slash: what stands
    before it is for ever the same template's.
    """
    return f"{versioned(reader)}+{outlet.digest}"


def versioned(reader: Reader) -> str:
    """Return `name/N`."""
    return f"{reader.name}/{reader.version}"
