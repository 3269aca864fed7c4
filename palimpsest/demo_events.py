"""The script of the demo outlet held against a crawl's report: what was found, what was missed, what nobody did."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.field_lines import field_words, lines_of
from audit.findings_json import from_json
from audit.found_words import answered, how_alike, interval
from demo.script import Event
from flows.steps.report import AbsenceLine, ChangeLine, CrawlReport
from palimpsest.reports import when
from storage.catalog.absences import AbsenceFound
from storage.catalog.absences import absences as absences_of
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter, ChangeFound
from storage.catalog.changes import changes as changes_of
from storage.catalog.findings import Kept, findings_of


@dataclass(frozen=True)
class Judged:
    """An event of the script, whether the crawl found it, the article's headline, and what was found in words.

    `edits` are the types of the edits that comparing both states of a change found.
    """

    event: Event
    found: bool
    headline: str
    words: tuple[str, ...]
    edits: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON-able values."""
        return {
            "kind": self.event.kind,
            "path": self.event.path,
            "fields": list(self.event.fields),
            "found": self.found,
            "headline": self.headline,
            "words": list(self.words),
            "edit": self.event.edit or None,
            "edits": list(self.edits),
        }


@dataclass(frozen=True)
class Evidence:
    """What the archive holds behind a report, by URL: values before and after, answers, and headlines seen so far.

    `edits` are the types of the edits between the two states of a change.
    """

    changes: Mapping[str, ChangeFound] = field(default_factory=dict)
    absences: Mapping[str, AbsenceFound] = field(default_factory=dict)
    headlines: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def evidence(catalog: Catalog, report: CrawlReport, headlines: Mapping[str, str]) -> Evidence:
    """Ask the catalog for what is behind a report."""
    outlet, since = report.outlet, report.started
    changed = {change.url: change for change in changes_of(catalog, ChangeFilter(outlet=outlet, since=since))}
    kept = findings_of(catalog, (change.compared for change in changed.values()))
    return Evidence(
        changed,
        {absence.url: absence for absence in absences_of(catalog, outlet=outlet, since=since)},
        headlines,
        {url: _edits(kept.get(change.compared)) for url, change in changed.items()},
    )


def _edits(kept: Kept | None) -> tuple[str, ...]:
    if kept is None or kept.findings_json is None:
        return ()
    return tuple(edit.type.value for edit in from_json(json.loads(kept.findings_json)).edits)


def judge(
    events: Sequence[Event], report: CrawlReport, site: str, behind: Evidence | None = None
) -> tuple[tuple[Judged, ...], tuple[str, ...]]:
    """Return each event with its verdict, and sentences for what the report has and the script has not.

    `events` are those of the report's day. An absence that began on an earlier day is no news of this one. Where the
    `behind` of the report is given, a change must show the script's words before and after too,
    and one edit, of the script's type.
    """
    behind = behind or Evidence()
    left = _Left(report)
    judged = []
    for event in events:
        url = site + event.path
        found, words = left.take(event, url, site, behind)
        edits = behind.edits.get(url, ()) if event.kind == "changed" else ()
        if event.kind == "changed" and url in behind.changes:
            found = found and edits == (event.edit,)
        judged.append(Judged(event, found, behind.headlines.get(url, event.path), words, edits))
    return tuple(judged), left.unexpected()


class _Left:
    """What is in a report and no event has claimed yet."""

    def __init__(self, report: CrawlReport) -> None:
        self._new = dict(report.new)
        self._changed = {change.url: change for change in report.changes}
        self._absent = {absence.url: absence for absence in report.absences if absence.first_missing >= report.started}
        self._reposted = {line.later: line for line in report.reposts}

    def take(self, event: Event, url: str, site: str, behind: Evidence) -> tuple[bool, tuple[str, ...]]:
        """Return whether what the event did was found, and in which words; it is claimed then."""
        if event.kind == "new":
            return self._new.pop(url, None) is not None, ()
        if event.kind == "changed":
            return _changed(event, self._changed.pop(url, None), behind.changes.get(url))
        if event.kind == "re-posted":
            line = self._reposted.pop(url, None)
            if line is None or line.earlier != site + event.original or (line.similarity < 1) != event.similar:
                return False, ()
            return True, (f"a new page: {how_alike(line.similarity)} as {event.original}",)
        if event.kind == "re-made":
            still = url not in self._changed and url not in self._absent
            return still, ("the page was made anew from another template: no change reported, as is right",) * still
        return _absent(event, self._absent.pop(url, None), behind.absences.get(url))

    def unexpected(self) -> tuple[str, ...]:
        """Return a sentence for everything that no event has claimed."""
        return (
            *(f"new, and not in the script: {url}" for url in self._new),
            *(f"changed ({', '.join(c.fields)}), and not in the script: {url}" for url, c in self._changed.items()),
            *(f"{absence.kind}, and not in the script: {url}" for url, absence in self._absent.items()),
            *(f"re-posted, and not in the script: {url}" for url in self._reposted),
        )


def _changed(event: Event, line: ChangeLine | None, behind: ChangeFound | None) -> tuple[bool, tuple[str, ...]]:
    if line is None:
        return False, ()
    found = set(line.fields) == set(event.fields)
    if behind is None:
        return found, tuple(map(field_words, line.fields))
    old = " ".join(str(value.old) for value in behind.values)
    new = " ".join(str(value.new) for value in behind.values)
    shows = event.before in old and event.after in new and (not event.before or event.before not in new)
    return found and shows, tuple(lines_of(behind))


def _absent(event: Event, line: AbsenceLine | None, behind: AbsenceFound | None) -> tuple[bool, tuple[str, ...]]:
    if line is None:
        return False, ()
    found = line.kind == event.kind
    between = f"last seen {when(line.last_seen)}, first missing {when(line.first_missing)}"
    if behind is not None and event.kind == "withdrawn":
        return found, (answered(behind), interval(behind, when))
    answer = f"HTTP {behind.status}" if behind and behind.status else line.kind
    if event.kind == "server error":
        return found, (f"{answer}: unreachable today, which is not gone", between)
    return found, (f"{answer}; {between}",)
