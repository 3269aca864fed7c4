"""What a report of two states shows, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from articles.article import Article
from audit.findings import Findings


@dataclass(frozen=True)
class Side:
    """One state. `name` is what a person calls it ("state 2", a file's name).

    All else is None where it is not known: two files have no history. Times are aware, in UTC.
    """

    name: str
    article: Article
    url: str | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    content_id: str | None = None
    record_id: str | None = None
    reader_id: str | None = None


@dataclass(frozen=True)
class DiffReport:
    """Two states and what was found between them.

    `first_known` tells that the older state is the first that the archive saw, which need not be the first there was.
    `notes` are what has to be known of the two sides before the edits are believed.
    """

    old: Side
    new: Side
    findings: Findings
    change_id: str | None = None
    findings_id: str | None = None
    first_known: bool = False
    notes: tuple[str, ...] = ()

    @property
    def one_page(self) -> bool:
        """Whether both sides are states of one page. Of two neither became the other, or has to tell of an edit."""
        return self.old.url == self.new.url

    @property
    def undisclosed(self) -> bool:
        """Whether something in substance changed on one page, and the newer state does not say so."""
        return self.one_page and self.findings.undisclosed

    @property
    def title(self) -> str:
        """The newer headline, or the older where the newer state has none."""
        return self.new.article.headline or self.old.article.headline or "(no headline)"
