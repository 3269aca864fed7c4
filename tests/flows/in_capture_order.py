"""An archive's captures and readings once more in another archive, each crawl in its time."""

from __future__ import annotations

from dataclasses import fields

from flows.steps.place import Place
from storage.commits import Commit, Draft, Kind, ObjectRef, ObjectRole
from storage.keys import listings_key, readings_key
from storage.tables import read_listings, read_readings, write_listings, write_readings


def copy_in_capture_order(one: Place, other: Place, outlet: str) -> list[str]:
    """Append what a log has to an empty one: crawl by crawl its captures, then what was read of them, whoever read it.

    Return the ids of the crawls, the oldest first.
    """
    commits = list(one.archive.log(outlet).walk())
    readings = [row for data in _tables(one, commits, ObjectRole.READINGS) for row in read_readings(data)]
    listings = [row for data in _tables(one, commits, ObjectRole.LISTINGS) for row in read_listings(data)]
    log, crawls = other.archive.log(outlet), sorted({commit.crawl for commit in commits})
    last = [commit for commit in commits if commit.kind is Kind.READING][-1]
    for crawl in crawls:
        mine = {kind: [commit for commit in commits if (commit.crawl, commit.kind) == (crawl, kind)] for kind in Kind}
        for commit in mine[Kind.CAPTURE]:
            log.append(_draft(commit, tuple(_copied(one, other, ref) for ref in commit.objects)))
        read = [row for row in readings if row.crawl_id == crawl]
        named = [row for row in listings if row.crawl_id == crawl]
        objects = []
        if read:
            objects.append(_table(other, readings_key(crawl, 0), write_readings(read), ObjectRole.READINGS))
        if named:
            objects.append(_table(other, listings_key(crawl, 0), write_listings(named), ObjectRole.LISTINGS))
        log.append(_draft((mine[Kind.READING] or [last])[-1], tuple(objects), crawl))
    return crawls


def _tables(place: Place, commits: list[Commit], role: ObjectRole) -> list[bytes]:
    return [place.archive.store.get(ref.key) for commit in commits for ref in commit.objects if ref.role == role]


def _table(place: Place, key: str, data: bytes, role: ObjectRole) -> ObjectRef:
    return ObjectRef.of(place.archive.store.create(key, data), role)


def _copied(one: Place, other: Place, ref: ObjectRef) -> ObjectRef:
    other.archive.store.create(ref.key, one.archive.store.get(ref.key))
    return ref


def _draft(commit: Commit, objects: tuple[ObjectRef, ...], crawl: str | None = None) -> Draft:
    same = {field.name: getattr(commit, field.name) for field in fields(Draft) if hasattr(commit, field.name)}
    others = {} if crawl in (None, commit.crawl) else {"crawl": crawl, "report": {}}
    return Draft(**{**same, "objects": objects, **others})
