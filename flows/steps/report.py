"""What a crawl comes to: the report that is shown, kept in the archive, and judged."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class CrawlStatus(StrEnum):
    """How a crawl is judged, by what it brought and not by an exit code."""

    OK = "ok"
    DEGRADED = "degraded"  # it is whole, and something the outlet's file expects was missed
    FAILED = "failed"  # it did not end, or it saw no source of the outlet


@dataclass(frozen=True)
class ChangeLine:
    """One change, as a line of a report. `weight` and the rest are words of `audit`; None: not compared."""

    change_id: str
    url: str
    article_key: str
    headline: str
    fields: tuple[str, ...]
    last_seen_before: datetime
    first_seen_after: datetime
    confirmed: bool
    weight: str | None = None
    types: tuple[str, ...] = ()
    disclosure: str | None = None
    undisclosed: bool | None = None


@dataclass(frozen=True)
class AbsenceLine:
    """One article that did not show itself, as a line of a report: an interval, never a date of deletion."""

    url: str
    article_key: str
    kind: str
    last_seen: datetime | None
    first_missing: datetime
    confirmed: bool


@dataclass(frozen=True)
class RepostLine:
    """One article with a text that another one had before, or one like it. `similarity` is 1 where it is the same."""

    later: str
    earlier: str
    similarity: float = 1.0


@dataclass(frozen=True)
class ImageLine:
    """One image with other bytes than before under the same URL, as a line of a report. `url` is the article's."""

    url: str
    headline: str
    image_url: str
    last_seen_before: datetime
    first_seen_after: datetime


@dataclass(frozen=True)
class CrawlReport:
    """The report of one crawl. `to_json` is the shape that docs/json.md describes."""

    outlet: str
    crawl_id: str
    status: CrawlStatus
    started: datetime
    finished: datetime
    counts: dict[str, int]
    missed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    new: tuple[tuple[str, str], ...] = ()  # (url, headline)
    changes: tuple[ChangeLine, ...] = ()
    absences: tuple[AbsenceLine, ...] = ()
    reposts: tuple[RepostLine, ...] = ()
    images: tuple[ImageLine, ...] = ()
    recovered: tuple[str, ...] = field(default=())  # crawl ids of spools that were recovered first

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON-able values; times as ISO 8601 in UTC."""
        return {
            "outlet": self.outlet,
            "crawl_id": self.crawl_id,
            "status": self.status.value,
            "started": self.started.isoformat(),
            "finished": self.finished.isoformat(),
            "counts": self.counts,
            "missed": list(self.missed),
            "warnings": list(self.warnings),
            "new": [{"url": url, "headline": headline} for url, headline in self.new],
            "changes": [
                {
                    "change_id": change.change_id,
                    "url": change.url,
                    "article_key": change.article_key,
                    "headline": change.headline,
                    "fields": list(change.fields),
                    "last_seen_before": change.last_seen_before.isoformat(),
                    "first_seen_after": change.first_seen_after.isoformat(),
                    "confirmed": change.confirmed,
                    "weight": change.weight,
                    "types": list(change.types),
                    "disclosure": change.disclosure,
                    "undisclosed": change.undisclosed,
                }
                for change in self.changes
            ],
            "absences": [
                {
                    "url": absence.url,
                    "article_key": absence.article_key,
                    "kind": absence.kind,
                    "last_seen": absence.last_seen.isoformat() if absence.last_seen else None,
                    "first_missing": absence.first_missing.isoformat(),
                    "confirmed": absence.confirmed,
                }
                for absence in self.absences
            ],
            "reposts": [asdict(line) for line in self.reposts],
            "images": [
                {
                    "url": image.url,
                    "headline": image.headline,
                    "image_url": image.image_url,
                    "last_seen_before": image.last_seen_before.isoformat(),
                    "first_seen_after": image.first_seen_after.isoformat(),
                }
                for image in self.images
            ],
            "recovered": list(self.recovered),
        }
