"""What a bundle tells of its records: README, reports, index, list of pages. Pure, from the bundle's own files alone.

So whoever has a bundle can write them again, and see that they tell nothing else (audit.evidence.reproduction).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from articles.article import Article
from audit.evidence.places import INDEX, PAGES, README, REPORT_HTML, REPORT_TEXT, WARC
from audit.evidence.readme import readme
from audit.findings import Findings
from audit.report.html import as_html
from audit.report.lines import as_text
from audit.report.model import DiffReport, Side
from storage.cdxj import cdxj_line, sorted_lines
from storage.instants import parse_instant
from storage.warc_reader import Record, read_at

_SIDES: Final = {"old": "older", "new": "newer"}


def told(about: Mapping[str, Any], old: Article, new: Article, findings: Findings, warc: bytes) -> dict[str, bytes]:
    """Return what the files say that follow from the others. `about` is what evidence.json says."""
    report = _report(about, old, new, findings)
    return {
        README: readme(about, report).encode(),
        REPORT_HTML: as_html(report).encode(),
        REPORT_TEXT: as_text(report, unchanged=True).encode(),
        INDEX: _index(records_of(warc, about)),
        PAGES: _pages(about, {"old": old, "new": new}),
    }


def package_fields(about: Mapping[str, Any], old: Article, new: Article, *, created: str) -> dict[str, Any]:
    """Return what datapackage.json says beside its list of files. `created` follows from nothing else."""
    first = about["new"]["sightings"][0]
    return {
        "title": f"Evidence of a change: {new.headline or old.headline or '(no headline)'}",
        "description": "Captures, readings and log entries behind two states of a page: see evidence/README.md",
        "created": created,
        "software": about["software"],
        "mainPageUrl": about["url"],
        "mainPageDate": _to_the_second(first["captured_at"]),
    }


def records_of(warc: bytes, about: Mapping[str, Any]) -> list[Record]:
    """Return the records of the bundle's WARC, each with its place in it. Raises WarcInvalid."""
    return [
        read_at(warc[entry["at"] : entry["at"] + entry["length"]], where=WARC, offset=entry["at"])
        for entry in about["records"]
    ]


def _report(about: Mapping[str, Any], old: Article, new: Article, findings: Findings) -> DiffReport:
    """Return the comparison with what the bundle proves of both states, which is less than the archive knows."""
    return DiffReport(
        _side("old", about, old),
        _side("new", about, new),
        findings,
        change_id=about["change_id"],
        findings_id=about["findings_id"],
        first_known=about["first_known"],
    )


def _side(side: str, about: Mapping[str, Any], article: Article) -> Side:
    state = about[side]
    first, last = state["sightings"][0], state["sightings"][-1]
    return Side(
        name=f"{_SIDES[side]} state",
        article=article,
        url=about["url"],
        first_seen=parse_instant(first["captured_at"]),
        last_seen=parse_instant(last["captured_at"]) if side == "old" else None,
        content_id=state["content_id"],
        record_id=first["captures"][0]["record_id"],
        reader_id=last["reader_id"],
    )


def _index(records: list[Record]) -> bytes:
    lines = (cdxj_line(record, filename=WARC.rpartition("/")[2], where=WARC) for record in records)
    return "".join(f"{line}\n" for line in sorted_lines(line for line in lines if line is not None)).encode()


def _pages(about: Mapping[str, Any], articles: Mapping[str, Article]) -> bytes:
    """Return pages.jsonl: a page for each capture, also where it is both the first and the last of its state."""
    lines: list[dict[str, Any]] = [{"format": "json-pages-1.0", "id": "pages", "title": "The states of the page"}]
    for side, article in articles.items():
        seen: dict[str, list[str]] = {}
        for sighting in about[side]["sightings"]:
            seen.setdefault(sighting["captures"][0]["record_id"], []).append(sighting["which"])
        for sighting in about[side]["sightings"]:
            page = sighting["captures"][0]
            which = seen.pop(page["record_id"], None)
            if which is None:
                continue
            lines.append(
                {
                    "id": page["record_id"].removeprefix("urn:uuid:"),
                    "url": page["url"],
                    "ts": _to_the_second(sighting["captured_at"]),
                    "title": f"{article.headline} ({_SIDES[side]} state, {' and '.join(which)} seen)",
                }
            )
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


def _to_the_second(instant: str) -> str:
    return f"{parse_instant(instant):%Y-%m-%dT%H:%M:%SZ}"
