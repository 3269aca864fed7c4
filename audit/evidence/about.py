"""evidence.json: which records, readings, commits and versions a bundle rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from articles.canonical import field_hashes
from articles.written_times import told_by_words
from audit.evidence.collect import Collected, Sighting
from audit.evidence.places import ARTICLES, FORMAT
from audit.findings import ENGINE, findings_id
from config.software import software
from storage.catalog.derive import change_id
from storage.commits import chained
from storage.instants import format_instant
from storage.keys import commit_key
from storage.warc_fields import parse_fields
from storage.warc_reader import Record

SIGHTINGS: Final[Mapping[str, tuple[str, ...]]] = {"old": ("first", "last"), "new": ("first",)}
"""Which sightings of each state a bundle has: those between which the change lies, and the older state's first."""
INSTALL: Final = "pip install of the source at the commit named in `software` (after +g), Python 3.11 or later"
_VANTAGE: Final = (
    "software",
    "egress",
    "clock-offset-seconds",
    "simulated-clock",
    "http-header-user-agent",
    "isPartOf",
)


def about(collected: Collected, places: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    """Return what evidence.json says. `places`: where in the bundle's WARC a record is, by its place in the archive."""
    compared = collected.compared
    change = change_id(compared.url, compared.old.content_id, compared.new.content_id)
    told = told_by_words(*collected.times, *map(field_hashes, collected.articles))
    outlet = collected.outlet.id
    head = collected.objects[commit_key(outlet, collected.last_commit)]
    old = _state("old", collected, compared.old.content_id)
    new = _state("new", collected, compared.new.content_id)
    return {
        "format": FORMAT,
        "change_id": change,
        "findings_id": findings_id(change, ENGINE, told),
        "url": compared.url,
        "archive": collected.archive_id,
        "outlet": outlet,
        "old": old,
        "new": new,
        "last_seen_before": old["sightings"][-1]["captured_at"],
        "first_seen_after": new["sightings"][0]["captured_at"],
        "first_known": compared.report.first_known,
        "engine": collected.findings.engine,
        "software": software(),
        "install": INSTALL,
        "log": {"first": collected.first_commit, "last": collected.last_commit, "head": chained(head)},
        "vantage": [vantage_of(member.record) for member in collected.members if member.record.type == "warcinfo"],
        "records": [
            {
                "record_id": member.record_id,
                "type": member.record.type,
                "key": member.key,
                "offset": member.offset,
                "length": len(member.data),
                "at": places[member.key, member.offset],
            }
            for member in collected.members
        ],
    }


def vantage_of(warcinfo: Record) -> dict[str, str]:
    """Return from where, by what and by which clock the records of a WARC were captured."""
    fields = dict(parse_fields(warcinfo.block))
    return {name: fields[name] for name in _VANTAGE if name in fields}


def _state(side: str, collected: Collected, content_id: str) -> dict[str, Any]:
    sightings = [sighting for sighting in collected.sightings if sighting.side == side]
    return {"content_id": content_id, "article": ARTICLES[side], "sightings": [_sighting(one) for one in sightings]}


def _sighting(sighting: Sighting) -> dict[str, Any]:
    behind = sighting.behind
    return {
        "which": sighting.which,
        "captured_at": format_instant(behind.pages[0][1].row.captured_at),
        "reader_id": behind.reader_id,
        "reading_commit": behind.reading_commit,
        "capture_commits": list(behind.capture_commits),
        "captures": [
            {
                "role": role,
                "record_id": page.row.record_id,
                "original_record_id": page.original.record_id if page.original else None,
                "url": page.row.url,
            }
            for role, page in behind.pages
        ],
    }
