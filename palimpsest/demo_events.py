"""The script of the demo outlet held against a crawl's report: what was found, what was missed, what nobody did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from demo.script import Event
from flows.steps.report import CrawlReport


@dataclass(frozen=True)
class Judged:
    """An event of the script, whether the crawl found it, and what it found in words."""

    event: Event
    found: bool
    words: str

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON-able values."""
        return {
            "kind": self.event.kind,
            "path": self.event.path,
            "fields": list(self.event.fields),
            "found": self.found,
            "words": self.words,
        }


def judge(events: Sequence[Event], report: CrawlReport, site: str) -> tuple[tuple[Judged, ...], tuple[str, ...]]:
    """Return each event with its verdict, and sentences for what the report has and the script has not.

    `events` are those of the report's day. An absence that began on an earlier day is no news of this one.
    """
    new = dict(report.new)
    changed = {change.url: change for change in report.changes}
    absent = {absence.url: absence for absence in report.absences if absence.first_missing >= report.started}
    reposted = dict(report.reposts)
    judged = []
    for event in events:
        url = site + event.path
        if event.kind == "new":
            judged.append(Judged(event, url in new, new.pop(url, "")))
        elif event.kind == "changed":
            change = changed.pop(url, None)
            fields = change.fields if change else ()
            judged.append(Judged(event, set(fields) == set(event.fields), ", ".join(fields)))
        elif event.kind == "re-posted":
            judged.append(
                Judged(event, reposted.pop(url, None) == site + event.original, f"same text as {event.original}")
            )
        elif event.kind == "re-made":
            judged.append(Judged(event, url not in changed and url not in absent, "no change reported, as is right"))
        else:  # gone, server error: absences are named by the same words
            absence = absent.pop(url, None)
            words = (
                f"last seen {absence.last_seen:%m-%d %H:%M}, first missing {absence.first_missing:%m-%d %H:%M}"
                if (absence and absence.last_seen)
                else ""
            )
            judged.append(Judged(event, absence is not None and absence.kind == event.kind, words))
    unexpected = (
        *(f"new, and not in the script: {url}" for url in new),
        *(f"changed ({', '.join(change.fields)}), and not in the script: {url}" for url, change in changed.items()),
        *(f"{absence.kind}, and not in the script: {url}" for url, absence in absent.items()),
        *(f"re-posted, and not in the script: {url}" for url in reposted),
    )
    return tuple(judged), unexpected
