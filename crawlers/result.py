"""What a crawl came to, as the child says it: `result.json`, written last and whole.

The parent judges a crawl by this file, never by the exit code. Where it is missing the child did not live to its end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from config.whole_file import write_whole
from crawlers.errors import ResultUnreadable

RESULT_JSON: Final = "result.json"
FORMAT: Final = 1


@dataclass(frozen=True)
class SourceResult:
    """What was seen of one source. `ok` means that all of it that we meant to see was seen ("not modified" too).

    `links` counts the different article URLs on its pages, `new` those of them that were not known before this crawl.
    """

    url: str
    kind: str
    ok: bool
    pages: int = 0
    links: int = 0
    new: int = 0
    error: str | None = None


def unseen_in_words(sources: Iterable[SourceResult]) -> list[str]:
    """Return a line for every reason why sources were not seen to their end: what is down is mostly all of a site.

    >>> unseen_in_words([SourceResult(url, "feed", ok=False, error="answered HTTP 503") for url in ("a", "b")])
    ['2 sources, first a: answered HTTP 503']
    """
    by_reason: dict[str | None, list[str]] = {}
    for source in sources:
        if not source.ok:
            by_reason.setdefault(source.error, []).append(source.url)
    return [
        f"{urls[0]}: {reason}" if len(urls) == 1 else f"{len(urls)} sources, first {urls[0]}: {reason}"
        for reason, urls in by_reason.items()
    ]


@dataclass(frozen=True)
class CrawlResult:
    """What the crawl did.

    `finish_reason` is Scrapy's: "finished" where nothing was left to do, else "shutdown" (a signal), "deadline",
    "memusage_exceeded", "capture_failed", … . `complete` is true where every source was seen and every article that was
    wanted was looked at; `incomplete` says in words why not. An incomplete crawl does not say that any page is absent.
    `roles`, `purposes`, `outcomes` and `statuses` each count all exchanges, failed attempts included.

    `left` counts, by reason, URLs that were not asked for and are due still; requisites among them count in
    `left_requisites`, as a third party's host that is down for good must not keep every crawl of an outlet incomplete.
    `looks` counts articles: "new" and "due" (asked for), "unchanged", "changed" (another content id than the plan's),
    "confirmed", "unstable", "unconfirmed" (the second look failed), "unread".

    `next_thorough` asks the next crawl to be thorough (`crawlers.plan.Crawl`): articles that were named are left, or a
    source was walked in part. A source that gave nothing at all does not ask for it: what is new there is still on top.
    `thorough` says that this one was, and left nothing below: every listing that answers was walked to its last page.
    """

    crawl_id: str
    outlet: str
    started: datetime
    finished: datetime
    finish_reason: str
    complete: bool
    next_thorough: bool = False
    thorough: bool = False
    incomplete: tuple[str, ...] = ()
    exchanges: int = 0
    bytes: int = 0
    roles: Mapping[str, int] = field(default_factory=dict)
    purposes: Mapping[str, int] = field(default_factory=dict)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    statuses: Mapping[str, int] = field(default_factory=dict)
    looks: Mapping[str, int] = field(default_factory=dict)
    left: Mapping[str, int] = field(default_factory=dict)
    left_requisites: Mapping[str, int] = field(default_factory=dict)
    sources: tuple[SourceResult, ...] = ()
    warnings: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the content of result.json."""
        times = {"started": self.started.isoformat(), "finished": self.finished.isoformat()}
        return {"format": FORMAT, **asdict(self), **times}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        """Return the result that `to_json` described. Raises ValueError, KeyError or TypeError."""
        said = dict(said)
        if said.pop("format") != FORMAT:
            raise ValueError(f"it is not of format {FORMAT}")
        said |= {name: datetime.fromisoformat(said[name]) for name in ("started", "finished")}
        said |= {name: tuple(said[name]) for name in ("incomplete", "warnings", "errors")}
        said["sources"] = tuple(SourceResult(**source) for source in said["sources"])
        return cls(**said)


def write_result(folder: Path, result: CrawlResult) -> None:
    """Write result.json whole: it is there with all of its content, or it is not there."""
    write_whole(folder / RESULT_JSON, json.dumps(result.to_json(), ensure_ascii=False, indent=1).encode())


def read_result(folder: Path) -> CrawlResult | None:
    """Return the result in `folder`, or None where the child did not live to write one.

    Raises ResultUnreadable where there is one that can't be understood: it was written whole or not at all, so somebody
    else did that, or the disk.
    """
    path = folder / RESULT_JSON
    try:
        return CrawlResult.from_json(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise ResultUnreadable(path, wrong) from wrong
