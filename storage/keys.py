"""The name of every object of an archive: made here, taken apart here, and nowhere else.

    palimpsest.json                                                         what this is
    <outlet>/log/00000042.json                                              commit 42
    <outlet>/objects/2026/01/23/<crawl id>/<crawl id>-00000.warc.gz         a crawl's objects
    anchors/2026-01-23.json                                                 the heads of all logs (storage.anchors)
    anchors/2026-01-23.tsr                                                  a time-stamp authority's word on it
    probes/<store>/<name>                                                   how a store was tried (storage.race)

A crawl id is `YYYYMMDDTHHMMSSZ-<outlet>-<6 hex digits>`: it sorts by time, and names its own folder.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime

from storage.errors import KeyInvalid

MANIFEST = "palimpsest.json"
ANCHORS = "anchors"
PROBES = "probes"
RESERVED = frozenset({ANCHORS, PROBES})  # names at the top that no outlet may have

# Letters, digits and four signs that mean the same in a bucket, in a folder and in a URL. A segment does not begin with
# a dot: that leaves out "..", and FolderStore's unfinished files.
_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,199}")
_OUTLET = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?")
_CRAWL = re.compile(r"(?P<at>\d{8}T\d{6}Z)-(?P<outlet>.+)-(?P<token>[0-9a-f]{6})")
_ANCHOR = re.compile(r"anchors/(?P<day>\d{4}-\d\d-\d\d)(?:\.(?P<number>[1-9]\d{0,5}))?\.json")
_NUMBERED = re.compile(r"(?P<number>\d{8,})\.json")
_LONGEST = 900  # bytes; S3 allows 1,024, and a bucket's prefix stands before ours


@dataclass(frozen=True)
class CrawlId:
    """The parts of a crawl id. `at` is aware, in UTC, in whole seconds."""

    at: datetime
    outlet: str
    token: str


def check_key(key: str) -> str:
    """Return the key if an object of an archive may have it. Raises KeyInvalid.

    >>> check_key("demo/log/00000001.json")
    'demo/log/00000001.json'
    >>> check_key("demo/../../etc/passwd")
    Traceback (most recent call last):
    ...
    storage.errors.KeyInvalid: 'demo/../../etc/passwd' is no name of an object: its part '..' is not allowed. ...
    """
    if len(key) > _LONGEST:
        raise KeyInvalid(f"{key[:60]!r}… is no name of an object: it has more than {_LONGEST} characters.")
    for segment in key.split("/"):
        if not _SEGMENT.fullmatch(segment):
            raise KeyInvalid(
                f"{key!r} is no name of an object: its part {segment!r} is not allowed. Parts have 1-200 letters,"
                " digits and . _ + -, and do not begin with a dot or a sign."
            )
    return key


def check_prefix(prefix: str) -> str:
    """Return the prefix if names of objects may begin with it; the empty one may. Raises KeyInvalid."""
    whole, _, rest = prefix.rpartition("/")
    if whole:
        check_key(whole)
    if (rest and not _SEGMENT.fullmatch(rest)) or (not whole and prefix.startswith("/")):
        raise KeyInvalid(f"{prefix!r} is no beginning of an object's name.")
    return prefix


def check_outlet(outlet: str) -> str:
    """Return the outlet id if it may stand in a key. Raises KeyInvalid."""
    if not _OUTLET.fullmatch(outlet) or outlet in RESERVED:
        raise KeyInvalid(
            f"{outlet!r} is no outlet id: 1-63 of a-z, 0-9, - and _, beginning and ending with a letter or digit,"
            f" and none of {', '.join(sorted(RESERVED))}."
        )
    return outlet


def is_outlet(outlet: str) -> bool:
    """Tell whether a name at the top of an archive is an outlet's.

    >>> is_outlet("chinamil"), is_outlet("anchors"), is_outlet("Chinamil")
    (True, False, False)
    """
    return _OUTLET.fullmatch(outlet) is not None and outlet not in RESERVED


def log_prefix(outlet: str) -> str:
    """Return what the names of an outlet's commits begin with."""
    return f"{check_outlet(outlet)}/log/"


def objects_prefix(outlet: str) -> str:
    """Return what the names of all objects of an outlet's crawls begin with."""
    return f"{check_outlet(outlet)}/objects/"


def commit_key(outlet: str, number: int) -> str:
    """Return the name of a commit.

    >>> commit_key("chinamil", 42)
    'chinamil/log/00000042.json'
    """
    return f"{log_prefix(outlet)}{_numbered(number)}"


def parse_commit_key(key: str) -> tuple[str, int]:
    """Return the outlet and the number in the name of a commit. Raises KeyInvalid.

    >>> parse_commit_key("chinamil/log/00000042.json")
    ('chinamil', 42)
    """
    outlet, _, name = key.partition("/log/")
    number = parse_number(name)
    if number is None or not is_outlet(outlet):
        raise KeyInvalid(f"{key!r} is not the name of a commit.")
    return outlet, number


def parse_number(name: str) -> int | None:
    """Return the number in `00000042.json`, the last part of a commit's or a copy's name; None if it is none."""
    match = _NUMBERED.fullmatch(name)
    if match is None or not name.isascii():
        return None
    number = int(match["number"])
    return number if number > 0 and _numbered(number) == name else None


def _numbered(number: int) -> str:
    if number < 1:
        raise KeyInvalid(f"{number} is not the number of a commit: the first is 1.")
    return f"{number:08d}.json"


def new_crawl_id(outlet: str, at: datetime, token: str | None = None) -> str:
    """Return the id of a crawl that begins at that moment. `token` is 6 hex digits; random if not given.

    >>> new_crawl_id("chinamil", datetime(2026, 1, 23, 8, 0, tzinfo=UTC), "00c0de")
    '20260123T080000Z-chinamil-00c0de'
    """
    if at.tzinfo is None:
        raise ValueError("the start of a crawl is an aware datetime")
    token = secrets.token_hex(3) if token is None else token
    crawl_id = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{check_outlet(outlet)}-{token}"
    parse_crawl_id(crawl_id)
    return crawl_id


def parse_crawl_id(crawl_id: str) -> CrawlId:
    """Take a crawl id apart. Raises KeyInvalid.

    >>> parse_crawl_id("20260123T080000Z-people-daily-00c0de").outlet
    'people-daily'
    """
    match = _CRAWL.fullmatch(crawl_id)
    if match is None or not crawl_id.isascii() or not is_outlet(match["outlet"]):
        raise KeyInvalid(f"{crawl_id!r} is no crawl id: those look like 20260123T080000Z-chinamil-00c0de.")
    try:
        at = datetime.strptime(match["at"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise KeyInvalid(f"{crawl_id!r} is no crawl id: its time is not in the calendar.") from error
    return CrawlId(at, match["outlet"], match["token"])


def crawl_prefix(crawl_id: str) -> str:
    """Return what the names of a crawl's objects begin with.

    >>> crawl_prefix("20260123T080000Z-chinamil-00c0de")
    'chinamil/objects/2026/01/23/20260123T080000Z-chinamil-00c0de/'
    """
    parts = parse_crawl_id(crawl_id)
    day = f"{crawl_id[:4]}/{crawl_id[4:6]}/{crawl_id[6:8]}"
    return f"{objects_prefix(parts.outlet)}{day}/{crawl_id}/"


def crawl_key(crawl_id: str, name: str) -> str:
    """Return the name of any object of a crawl from its last part."""
    return check_key(f"{crawl_prefix(crawl_id)}{name}")


def warc_key(crawl_id: str, number: int) -> str:
    """Return the name of a crawl's WARC; the first is 0.

    >>> warc_key("20260123T080000Z-chinamil-00c0de", 0).rpartition("/")[2]
    '20260123T080000Z-chinamil-00c0de-00000.warc.gz'
    """
    return crawl_key(crawl_id, f"{crawl_id}-{number:05d}.warc.gz")


def cdxj_key(crawl_id: str, number: int) -> str:
    """Return the name of the index of a crawl's WARC of that number."""
    return crawl_key(crawl_id, f"{crawl_id}-{number:05d}.cdxj.gz")


def captures_key(crawl_id: str, number: int) -> str:
    """Return the name of the table of captures of a crawl's WARC of that number."""
    return crawl_key(crawl_id, f"{crawl_id}-{number:05d}.captures.parquet")


def readings_key(crawl_id: str, number: int) -> str:
    """Return the name of a crawl's table of readings; the first is 0."""
    return crawl_key(crawl_id, f"{crawl_id}-{number:05d}.readings.parquet")


def listings_key(crawl_id: str, number: int) -> str:
    """Return the name of a crawl's table of what listings named; the first is 0."""
    return crawl_key(crawl_id, f"{crawl_id}-{number:05d}.listings.parquet")


def announced_key(crawl_id: str) -> str:
    """Return the name of what was announced at the end of a crawl."""
    return crawl_key(crawl_id, f"{crawl_id}-announced.jsonl")


def crawl_log_key(crawl_id: str) -> str:
    """Return the name of what the crawl wrote for people to read, compressed."""
    return crawl_key(crawl_id, "crawl.log.gz")


def commit_copy_key(crawl_id: str, number: int) -> str:
    """Return the name of the copy of a commit that lies beside its crawl's objects."""
    return crawl_key(crawl_id, _numbered(number))


def parse_object_key(key: str) -> tuple[str, str]:
    """Return the crawl id and the last part in the name of a crawl's object. Raises KeyInvalid.

    >>> parse_object_key(crawl_log_key("20260123T080000Z-chinamil-00c0de"))
    ('20260123T080000Z-chinamil-00c0de', 'crawl.log.gz')
    """
    folder, _, name = check_key(key).rpartition("/")
    crawl_id = folder.rpartition("/")[2]
    if crawl_prefix(crawl_id) != f"{folder}/":
        raise KeyInvalid(f"{key!r} is not the name of a crawl's object.")
    return crawl_id, name


def anchor_key(day: date, number: int = 1) -> str:
    """Return the name of an anchor: the first of its day in UTC, or a later one.

    >>> anchor_key(date(2026, 1, 23)), anchor_key(date(2026, 1, 23), 2)
    ('anchors/2026-01-23.json', 'anchors/2026-01-23.2.json')
    """
    if number < 1:
        raise KeyInvalid(f"{number} is not the number of an anchor: the first of a day is 1.")
    return f"{ANCHORS}/{day:%Y-%m-%d}{f'.{number}' if number > 1 else ''}.json"


def parse_anchor_key(key: str) -> tuple[date, int]:
    """Return the day and the number in the name of an anchor; they sort as the anchors follow. Raises KeyInvalid.

    >>> parse_anchor_key("anchors/2026-01-23.2.json")
    (datetime.date(2026, 1, 23), 2)
    """
    match = _ANCHOR.fullmatch(key)
    number = int(match["number"] or 1) if match and key.isascii() else 0
    try:
        day = date.fromisoformat(match["day"]) if match else date.min
    except ValueError as error:
        raise KeyInvalid(f"{key!r} is not the name of an anchor: its day is not in the calendar.") from error
    if number == 0 or anchor_key(day, number) != key:
        raise KeyInvalid(f"{key!r} is not the name of an anchor: those look like anchors/2026-01-23.json.")
    return day, number


def token_key(anchor: str) -> str:
    """Return the name of the time-stamp token that belongs to an anchor of that name.

    >>> token_key("anchors/2026-01-23.2.json")
    'anchors/2026-01-23.2.tsr'
    """
    parse_anchor_key(anchor)
    return f"{anchor.removesuffix('.json')}.tsr"


def probe_prefix(fingerprint: str) -> str:
    """Return what the names of the probes of one store begin with; the fingerprint is 16 hex digits."""
    return f"{PROBES}/{fingerprint}/"
