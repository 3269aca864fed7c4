"""The second part of the check: the pages read and compared again, from the bundle alone, must come out the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from articles.article import Article
from articles.canonical import identify
from articles.errors import ReaderUnknown
from articles.reading import can_read_again, read
from articles.written_times import WrittenTimes
from audit.compare import compare
from audit.evidence.places import ABOUT, ARTICLES, FINDINGS, OUTLET, WARC
from audit.evidence.steps import Step
from audit.evidence.tables import Tables, commits_of, read_tables
from audit.evidence.told import package_fields, told
from audit.evidence.wacz import DATAPACKAGE, DIGEST, described, dumped, json_object
from audit.findings import ENGINE, Findings
from audit.findings_json import to_json
from config.outlet import Outlet
from config.software import software
from storage.errors import MessageInvalid, WarcInvalid
from storage.payload import page_of
from storage.rows import CaptureRow

_READ = "the pages, read again, say the same"
_COMPARED = "the articles, compared again, give the same edits"
_TOLD = "README, reports, index and lists, written again, are the same"


def reproduction(files: Mapping[str, bytes]) -> list[Step]:
    """Return the steps of this part, over the files of a bundle that is whole (audit.evidence.integrity)."""
    about = json_object(files[ABOUT]) or {}
    try:
        outlet = Outlet.model_validate(json_object(files[OUTLET]))
    except ValidationError as error:
        return [
            Step(_READ, None, (f"{OUTLET}: this version can't use it ({error.error_count()} problems)", _use(about)))
        ]
    tables = read_tables(files, commits_of(files))
    return [
        _read_again(files, about, outlet, tables),
        *_compared_and_told_again(files, about, tables),
    ]


def _read_again(files: Mapping[str, bytes], about: Mapping[str, Any], outlet: Outlet, tables: Tables) -> Step:
    wanted = {sighting["reader_id"] for side in ("old", "new") for sighting in about[side]["sightings"]}
    try:
        missing = {reader_id for reader_id in wanted if not can_read_again(reader_id, outlet)}
    except ReaderUnknown:  # the outlet's list names one that this version has not
        missing = wanted
    if missing:
        lacks = f"this version has not the reader {', '.join(sorted(missing))}, given the facts in {OUTLET}"
        return Step(_READ, None, (lacks, _use(about)))
    store = _Records(files[WARC], about)
    rows = tables.by_record
    wrong = []
    for side in ("old", "new"):
        for place, sighting in enumerate(about[side]["sightings"]):
            name = f"{side} state, {sighting['which']} sighting"
            try:
                reading = read([page_of(store, *_rows(rows, one)) for one in sighting["captures"]], outlet)
            except (MessageInvalid, WarcInvalid) as error:
                wrong.append(f"{name}: {error}")
                continue
            if reading.content_id != about[side]["content_id"]:
                wrong.append(
                    f"{name}: content id {reading.content_id} ({reading.outcome}), not {about[side]['content_id']}"
                )
            elif reading.article_json != files[ARTICLES[side]]:
                wrong.append(f"{name}: other bytes than {ARTICLES[side]}")
            elif reading.article is not None and not _agree(
                WrittenTimes.of(reading.article), tables.times_at(about, side, place)
            ):
                wrong.append(f"{name}: the page writes its own times otherwise than the table of readings")
    return Step.of(_READ, wrong)


def _agree(read: WrittenTimes, kept: WrittenTimes) -> bool:
    """Return whether the words are those of the table, as far as it has any: older ones have not."""
    return kept.published in (None, read.published) and kept.modified in (None, read.modified)


def _compared_and_told_again(files: Mapping[str, bytes], about: Mapping[str, Any], tables: Tables) -> list[Step]:
    if about["engine"] != ENGINE:
        lacks = f"this version compares by {ENGINE}, not {about['engine']}", _use(about)
        return [Step(_COMPARED, None, lacks), Step(_TOLD, None, lacks)]
    old, new = (Article.from_json(json_object(files[path]) or {}) for path in ARTICLES.values())
    assert identify(old).content_id == about["old"]["content_id"], "integrity was checked before"
    old_times, new_times = tables.times(about)
    findings = compare(old, new, old_times=old_times, new_times=new_times)
    other = [] if dumped(to_json(findings)) == files[FINDINGS] else [f"{FINDINGS}: other edits come out"]
    return [Step.of(_COMPARED, other), _told_again(files, about, old, new, findings)]


def _told_again(
    files: Mapping[str, bytes], about: Mapping[str, Any], old: Article, new: Article, findings: Findings
) -> Step:
    """Another version may write them otherwise, so what the version that made the bundle writes is decisive."""
    package = json_object(files[DATAPACKAGE]) or {}
    again = told(about, old, new, findings, files[WARC])
    rest = {path: data for path, data in files.items() if path not in (DATAPACKAGE, DIGEST)}
    again[DATAPACKAGE] = described(rest, package_fields(about, old, new, created=str(package.get("created"))))
    wrong = [f"{path}: is not what follows from the other files" for path, data in again.items() if files[path] != data]
    if wrong and about["software"] != software():
        return Step(_TOLD, None, (*wrong, f"this version is {software()}, which may write it otherwise", _use(about)))
    return Step.of(_TOLD, wrong)


def _rows(rows: Mapping[str, CaptureRow], capture: Mapping[str, Any]) -> tuple[CaptureRow, CaptureRow | None]:
    original = capture["original_record_id"]
    return rows[capture["record_id"]], rows[original] if original else None


def _use(about: Mapping[str, Any]) -> str:
    return f"to check this part, use the version that made it: {about['software']} ({about['install']})"


class _Records:
    """The bundle's WARC under the names and places that its records have in the archive."""

    def __init__(self, warc: bytes, about: Mapping[str, Any]) -> None:
        self._warc = warc
        self._at = {(entry["key"], entry["offset"]): entry["at"] for entry in about["records"]}

    def get_range(self, key: str, offset: int, length: int) -> bytes:
        at = self._at.get((key, offset))
        if at is None:
            raise WarcInvalid("the record is not in the bundle", where=key, offset=offset)
        return self._warc[at : at + length]
