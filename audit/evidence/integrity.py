"""The first part of the check: whether the bytes of a bundle hold each other (docs/evidence.md, "Integrity").

It needs hashes, JSON, gzip, the tables and the two ids, which are formats, and nothing of what our versions differ in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cryptography.x509 import Certificate

from articles.article import Article
from articles.canonical import field_hashes
from articles.written_times import told_by_words
from audit.evidence.about import INSTALL, SIGHTINGS
from audit.evidence.anchored import Commits, anchored
from audit.evidence.places import (
    ABOUT,
    ARTICLES,
    FINDINGS,
    FORMAT,
    INDEX,
    LOG,
    OUTLET,
    PAGES,
    README,
    REPORT_HTML,
    REPORT_TEXT,
    TABLES,
    WARC,
    path_of,
)
from audit.evidence.records import wrong_records
from audit.evidence.sightings import wrong_sightings
from audit.evidence.steps import Step
from audit.evidence.tables import Tables, commits_of, read_tables
from audit.evidence.wacz import DATAPACKAGE, DIGEST, dumped, json_object
from audit.findings import findings_id
from storage.catalog.derive import change_id
from storage.digests import sha256
from storage.instants import parse_instant
from storage.keys import ANCHORS, MANIFEST

_COMPARE: Final = "compare it with what you have from another hand"
_FIELDS: Final = (
    *("format", "change_id", "findings_id", "url", "archive", "outlet", "old", "new", "last_seen_before"),
    *("first_seen_after", "first_known", "engine", "software", "install", "log", "vantage", "records"),
)
_ALWAYS: Final = {
    *(ABOUT, DATAPACKAGE, DIGEST, FINDINGS, INDEX, OUTLET, PAGES, README, REPORT_HTML, REPORT_TEXT, WARC),
    *ARTICLES.values(),
}


def integrity(files: Mapping[str, bytes], roots: Sequence[Certificate] = ()) -> list[Step]:
    """Return the steps of this part, over the files of a bundle whose container holds (audit.evidence.wacz).

    `roots` are the certificates that the signatures of time-stamp tokens have to lead to; without them none is checked.
    """
    about = json_object(files.get(ABOUT, b"")) or {}
    if about.get("format") != FORMAT:
        found = about.get("format")
        return [
            Step("evidence.json is one that this version reads", False, (f"{ABOUT}: format {found!r}, not {FORMAT}",))
        ]
    commits = commits_of(files)
    tables = read_tables(files, commits)
    return [
        Step.of("every file is one that a bundle has, and evidence.json is whole", list(_shape(files, commits, about))),
        Step.of(
            "the log's entries follow each other without a gap",
            list(_chain(files, commits, about)),
            [f"the newest is number {about['log']['last']}, {about['log']['head']}: {_COMPARE}"],
        ),
        Step.of("the tables are those that the log lists", list(tables.wrong)),
        Step.of("the records are those that the tables list", list(wrong_records(files, about, tables))),
        Step.of(
            "the readings and their times are those that the tables list",
            list(_readings(about, tables)),
            [f"{about['url']} changed between {about['last_seen_before']} and {about['first_seen_after']}"],
        ),
        Step.of("articles, change and findings have the ids that they are named by", list(_ids(files, about, tables))),
        anchored(files, commits, about, roots),
    ]


def _shape(files: Mapping[str, bytes], commits: Commits, about: Mapping[str, Any]) -> Iterator[str]:
    """Nothing is missing, and nothing stands beside what the other steps look at."""
    known = {*_ALWAYS, *(path for path, _ in commits.values())}
    if about["log"]["first"] == 1:
        known.add(path_of(MANIFEST))
    for path in sorted(known - files.keys()):
        yield f"{path}: is not here"
    for path in sorted(files.keys() - known):
        if not path.startswith((TABLES, f"{ANCHORS}/")):
            yield f"{path}: no bundle has such a file"
    if tuple(about) != _FIELDS or dumped(dict(about)) != files[ABOUT]:
        yield f"{ABOUT}: has not the fields that it has to have"
    if about["install"] != INSTALL or not isinstance(about["first_known"], bool):
        yield f"{ABOUT}: `install` or `first_known` is not what it ever is"
    for side, which in SIGHTINGS.items():
        if tuple(one["which"] for one in about[side]["sightings"]) != which or about[side]["article"] != ARTICLES[side]:
            yield f"{ABOUT}: the {side} state has not the sightings or the article that it has to have"
    if (json_object(files[DATAPACKAGE]) or {}).get("software") != about["software"]:
        yield f"{DATAPACKAGE}: `software` is not what {ABOUT} says"


def _chain(files: Mapping[str, bytes], commits: Commits, about: Mapping[str, Any]) -> Iterator[str]:
    log = about["log"]
    if list(commits) != list(range(log["first"], log["last"] + 1)):
        yield f"{LOG}: the log's entries {log['first']} to {log['last']} are not all here, or others are"
        return
    previous: str | None = sha256(files[path_of(MANIFEST)]) if log["first"] == 1 else None
    for number, (path, commit) in commits.items():
        if (commit.get("number"), commit.get("outlet"), commit.get("archive")) != (
            number,
            about["outlet"],
            about["archive"],
        ):
            yield f"{path}: is another log's entry"
        if previous is not None and commit.get("previous") != previous:
            yield f"{path}: does not follow the entry before it"
        previous = sha256(files[path])
    if previous != log["head"]:
        yield f"{ABOUT}: its head is not the newest entry's"


def _readings(about: Mapping[str, Any], tables: Tables) -> Iterator[str]:
    yield from wrong_sightings(about, tables)
    for name, side, which in (("last_seen_before", "old", -1), ("first_seen_after", "new", 0)):
        if about[name] != about[side]["sightings"][which]["captured_at"]:
            yield f"{ABOUT}: `{name}` is not when that sighting was captured"
    if about["old"]["content_id"] == about["new"]["content_id"]:
        yield f"{ABOUT}: both states are of one content, so this is evidence of no change"
    times = [parse_instant(one["captured_at"]) for side in ("old", "new") for one in about[side]["sightings"]]
    if times != sorted(times):
        yield f"{ABOUT}: its sightings do not follow each other in time, so no state became the other"


def _ids(files: Mapping[str, bytes], about: Mapping[str, Any], tables: Tables) -> Iterator[str]:
    hashes: list[Mapping[str, str]] = []
    for side, path in ARTICLES.items():
        if sha256(files.get(path, b"")) != about[side]["content_id"]:
            yield f"{path}: is not the article that its content id names"
            return
        hashes.append(field_hashes(Article.from_json(json_object(files[path]) or {})))
    change = change_id(about["url"], about["old"]["content_id"], about["new"]["content_id"])
    if change != about["change_id"]:
        yield f"{ABOUT}: its change id is not that of its URL and content ids"
    told = told_by_words(*tables.times(about), hashes[0], hashes[1])
    if findings_id(change, about["engine"], told) != about["findings_id"]:
        yield f"{ABOUT}: its findings id is not that of its change id, its engine and the words of its times"
