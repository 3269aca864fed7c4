"""The files of a bundle, from what was collected. Pure: the same parts give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from articles.canonical import canonical
from audit.evidence.collect import Collected, Sighting
from audit.evidence.readme import readme
from audit.evidence.wacz import dumped, write_wacz
from audit.findings import ENGINE, findings_id
from audit.findings_json import to_json
from audit.report.html import as_html
from audit.report.lines import as_text
from config.software import software
from storage.catalog.derive import change_id
from storage.cdxj import cdxj_line, sorted_lines
from storage.commits import chained
from storage.groups import Member
from storage.instants import format_instant
from storage.keys import ANCHORS, MANIFEST, commit_key
from storage.warc_fields import parse_fields
from storage.warc_reader import Record

WARC: Final = "archive/data.warc.gz"
INDEX: Final = "indexes/index.cdx"
PAGES: Final = "pages/pages.jsonl"
README: Final = "evidence/README.md"
ABOUT: Final = "evidence/evidence.json"
FINDINGS: Final = "evidence/findings.json"
OUTLET: Final = "evidence/outlet.json"
ARTICLES: Final = {"old": "evidence/old.article.json", "new": "evidence/new.article.json"}
LOG: Final = "log/"
TABLES: Final = "tables/"
FORMAT: Final = 2
"""1 had objects of the archive under their whole names: py-wacz does not find files deeper than one folder."""
_SIDES: Final = {"old": "older", "new": "newer"}


def bundle(collected: Collected, *, created: datetime) -> bytes:
    """Return the WACZ. `created` (aware) is the one thing in it that does not follow from the archive."""
    warc, places = _joined(collected.members)
    old, new = collected.articles
    about = _about(collected, places)
    report = collected.compared.report
    files = {
        README: readme(about, report).encode(),
        WARC: warc,
        INDEX: _index(collected.members, places),
        PAGES: _pages(collected),
        ABOUT: dumped(about),
        FINDINGS: dumped(to_json(collected.findings)),
        OUTLET: dumped(collected.outlet.model_dump(mode="json")),
        ARTICLES["old"]: canonical(old),
        ARTICLES["new"]: canonical(new),
        "evidence/report.html": as_html(report).encode(),
        "evidence/report.txt": as_text(report, unchanged=True).encode(),
        **{path_of(key): data for key, data in collected.objects.items()},
    }
    first = collected.sightings[-1].behind.pages[0][1].row
    return write_wacz(
        files,
        {
            "title": f"Evidence of a change: {report.title}",
            "description": "Captures, readings and log entries behind two states of a page: see evidence/README.md",
            "created": f"{created:%Y-%m-%dT%H:%M:%SZ}",
            "software": software(),
            "mainPageUrl": collected.compared.url,
            "mainPageDate": f"{first.captured_at:%Y-%m-%dT%H:%M:%SZ}",
        },
    )


def path_of(key: str) -> str:
    """Return where an object of the archive stands in the bundle: no deeper than one folder.

    >>> [path_of(key) for key in ("palimpsest.json", "demo/log/00000042.json", "anchors/2026-01-23.json")]
    ['log/palimpsest.json', 'log/00000042.json', 'anchors/2026-01-23.json']
    >>> path_of("demo/objects/2026/01/23/20260123T080000Z-demo-00c0de/0.captures.parquet")
    'tables/0.captures.parquet'
    """
    folder, _, name = key.rpartition("/")
    if folder == ANCHORS:
        return key
    return f"{LOG if key == MANIFEST or folder.endswith('/log') else TABLES}{name}"


def _joined(members: tuple[Member, ...]) -> tuple[bytes, dict[tuple[str, int], int]]:
    """Return the WARC of all members, and where in it each begins, by its place in the archive."""
    parts: list[bytes] = []
    places, at = {}, 0
    for member in members:
        places[member.key, member.offset] = at
        parts.append(member.data)
        at += len(member.data)
    return b"".join(parts), places


def _about(collected: Collected, places: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    compared, report = collected.compared, collected.compared.report
    change = change_id(compared.url, compared.old.content_id, compared.new.content_id)
    outlet = collected.outlet.id
    head = collected.objects[commit_key(outlet, collected.last_commit)]
    return {
        "format": FORMAT,
        "change_id": change,
        "findings_id": findings_id(change, ENGINE),
        "url": compared.url,
        "archive": collected.archive_id,
        "outlet": outlet,
        "old": _state("old", collected, compared.old.content_id),
        "new": _state("new", collected, compared.new.content_id),
        "last_seen_before": _instant(report.old.last_seen),
        "first_seen_after": _instant(report.new.first_seen),
        "first_known": report.first_known,
        "engine": report.findings.engine,
        "software": software(),
        "install": "pip install of the source at the commit named in `software` (after +g), Python 3.11 or later",
        "log": {"first": collected.first_commit, "last": collected.last_commit, "head": chained(head)},
        "vantage": [_vantage(member.record) for member in collected.members if member.record.type == "warcinfo"],
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


def _state(side: str, collected: Collected, content_id: str) -> dict[str, Any]:
    sightings = [sighting for sighting in collected.sightings if sighting.side == side]
    return {"content_id": content_id, "article": ARTICLES[side], "sightings": [_sighting(one) for one in sightings]}


def _sighting(sighting: Sighting) -> dict[str, Any]:
    behind = sighting.behind
    return {
        "which": sighting.which,
        "captured_at": _instant(behind.pages[0][1].row.captured_at),
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


def _vantage(record: Record) -> dict[str, str]:
    fields = dict(parse_fields(record.block))
    wanted = ("software", "egress", "clock-offset-seconds", "simulated-clock", "http-header-user-agent", "isPartOf")
    return {name: fields[name] for name in wanted if name in fields}


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else format_instant(moment)


def _index(members: tuple[Member, ...], places: Mapping[tuple[str, int], int]) -> bytes:
    lines = []
    for member in members:
        record = member.record
        moved = Record(record.head, record.block, places[member.key, member.offset], len(member.data))
        line = cdxj_line(moved, filename="data.warc.gz", where=WARC)
        if line is not None:
            lines.append(line)
    return "".join(f"{line}\n" for line in sorted_lines(lines)).encode()


def _pages(collected: Collected) -> bytes:
    """Return pages.jsonl: a page for each capture, also where it is both the first and the last of its state."""
    lines: list[dict[str, Any]] = [{"format": "json-pages-1.0", "id": "pages", "title": "The states of the page"}]
    which: dict[str, list[str]] = {}
    for sighting in collected.sightings:
        which.setdefault(sighting.behind.pages[0][1].row.record_id, []).append(sighting.which)
    for sighting in collected.sightings:
        row = sighting.behind.pages[0][1].row
        seen = which.pop(row.record_id, None)
        if seen is None:
            continue
        article = collected.articles[0 if sighting.side == "old" else 1]
        lines.append(
            {
                "id": row.record_id.removeprefix("urn:uuid:"),
                "url": row.url,
                "ts": f"{row.captured_at:%Y-%m-%dT%H:%M:%SZ}",
                "title": f"{article.headline} ({_SIDES[sighting.side]} state, {' and '.join(seen)} seen)",
            }
        )
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()
