"""What is asked of the CDX server: pywb's parameters, and a key to go on with.

`url, matchType exact|prefix|host|domain, from, to, closest, sort (or reverse), limit, filter, fl (or fields), output,
collapse (collapseTime), showResumeKey, resumeKey`. An empty value is none, as pywb sends them. A parameter that nobody
knows is refused: a filter that is misspelt would else bring all lines as those that it lets through.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from replay.cdx_fields import FIELDS, field_named
from replay.cdx_filters import Collapse, Test, collapse_of, collapse_time, filter_test
from replay.errors import QueryInvalid
from replay.targets import target_of
from replay.timestamps import end_of, parse_timestamp
from storage.catalog.index_walk import EARLIEST, LATEST, Place, Range
from storage.instants import microseconds
from storage.surt import surt

OUTPUTS: Final = ("cdxj", "json", "text", "link")
MATCH_TYPES: Final = ("exact", "prefix", "host", "domain")
MOST_FILTERS: Final = 20
MOST_FIELDS: Final = len(FIELDS)
KNOWN: Final = (
    *("url", "matchType", "from", "to", "closest", "sort", "reverse", "limit", "filter", "fl", "fields", "output"),
    *("collapse", "collapseTime", "showResumeKey", "resumeKey"),
)
_PASSED_OVER: Final = frozenset({"allowFuzzy", "fastLatest", "gzip", "nosource", "page", "pageSize", "resolveRevisits"})
"""What clients of pywb and of the Wayback Machine send along, and can do without: the lines are the same.

cdx_toolkit sends `page=0` first, and EDGI's wayback `resolveRevisits=true` with everything.
"""
_PAGED: Final = ("showNumPages", "showPagedIndex")
_YES: Final = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True)
class Resume:
    """Where an answer stopped: after which capture, and the last token of each collapse."""

    place: Place
    tokens: tuple[str | None, ...]


@dataclass(frozen=True)
class CdxQuery:
    """A query, understood. `limit` counts lines, None for all; `closest` is in microseconds since 1970."""

    within: Range
    backwards: bool
    closest: int | None
    limit: int | None
    filters: tuple[Test, ...]
    collapses: tuple[Collapse, ...]
    fields: tuple[str, ...] | None
    output: str
    resume: Resume | None
    shows_resume_key: bool


def parse_query(parameters: Iterable[tuple[str, str]]) -> CdxQuery:
    """Return what the parameters of a query string mean. Raises QueryInvalid, TargetInvalid and TimestampInvalid."""
    given: dict[str, str] = {}
    several: dict[str, list[str]] = {"filter": [], "collapse": []}
    for name, value in parameters:
        if not value:
            continue
        if name not in KNOWN and name not in _PASSED_OVER and name not in _PAGED:
            raise QueryInvalid(f"{name[:40]!r} is no parameter of the CDX server: there are {', '.join(KNOWN)}")
        if name in several:
            several[name].append(value)
        else:
            given.setdefault(name, value)
    if len(several["filter"]) + len(several["collapse"]) > MOST_FILTERS:
        raise QueryInvalid(f"there are more than {MOST_FILTERS} filters")
    if _number(given.get("page", "0"), "page") or any(given.get(name, "").lower() in _YES for name in _PAGED):
        raise QueryInvalid("there are no numbered pages (page=): showResumeKey=true ends an answer with a resumeKey")
    closest = given.get("closest")
    limit = _number(given.get("limit", "0"), "limit") or None
    fields = given.get("fields") or given.get("fl")
    collapses = [collapse_of(text) for text in several["collapse"]]
    if "collapseTime" in given:
        collapses.append(collapse_time(given["collapseTime"]))
    sort = _one_of(given.get("sort", "default"), ("default", "reverse", "closest"), "sort")
    within = _range(given)
    if closest is not None and within.end is not None:
        raise QueryInvalid("closest= is for one URL (matchType=exact): of many there is no closest capture")
    query = CdxQuery(
        within=within,
        backwards=sort == "reverse" or given.get("reverse", "") in _YES,
        closest=None if closest is None else microseconds(parse_timestamp(closest)),
        limit=limit,
        filters=tuple(filter_test(text) for text in several["filter"]),
        collapses=tuple(collapses),
        fields=None if fields is None else _fields(fields),
        output=_one_of(given.get("output", "cdxj"), OUTPUTS, "output"),
        resume=_resume(given["resumeKey"]) if "resumeKey" in given else None,
        shows_resume_key=given.get("showResumeKey", "").lower() in _YES,
    )
    if query.closest is not None and (query.resume or query.shows_resume_key):
        raise QueryInvalid("an answer by distance (closest=) cannot be gone on with: it has no resume key")
    if query.shows_resume_key and query.output == "link":
        raise QueryInvalid("links (output=link) have no place for a resume key: the other forms end with it")
    if query.resume and not _fits(query.resume, query):
        raise QueryInvalid("the resume key is that of another query")
    return query


def _fits(resume: Resume, query: CdxQuery) -> bool:
    within, key = query.within, resume.place.surt
    inside = key == within.begin if within.end is None else within.begin <= key < within.end
    return inside and len(resume.tokens) == len(query.collapses)


def resume_key(resume: Resume) -> str:
    """Return the text that stands for a place: what it says is nobody's business but ours."""
    place = resume.place
    said = json.dumps([place.surt, place.at, place.id, *resume.tokens], separators=(",", ":"))
    return base64.urlsafe_b64encode(said.encode("utf-8")).decode("ascii").rstrip("=")


def _resume(key: str) -> Resume:
    try:
        said = json.loads(base64.urlsafe_b64decode(key.encode("ascii") + b"=" * (-len(key) % 4)))
        key_, at, id_, *tokens = said
    except (ValueError, TypeError, binascii.Error, RecursionError) as wrong:
        raise QueryInvalid("the resume key is none that an answer of this server ended with") from wrong
    whole = all(type(number) is int and abs(number) < LATEST for number in (at, id_))
    if not (
        isinstance(key_, str)
        and key_.isascii()
        and whole
        and all(token is None or isinstance(token, str) for token in tokens)
    ):
        raise QueryInvalid("the resume key is none that an answer of this server ended with")
    return Resume(Place(key_, at, id_), tuple(tokens))


def _range(given: dict[str, str]) -> Range:
    url = given.get("url")
    if url is None:
        raise QueryInvalid("url= is missing: it names what is looked for")
    match = given.get("matchType")
    if match is None and url.startswith("*."):
        url, match = url[2:], "domain"
    elif match is None and url.endswith("*"):
        url, match = url[:-1], "prefix"
    key = surt(target_of(url.encode("utf-8", "replace")))
    since = microseconds(parse_timestamp(given["from"])) if "from" in given else EARLIEST
    until = microseconds(end_of(given["to"])) if "to" in given else LATEST
    host = key.partition(")/")[0]
    match _one_of(match or "exact", MATCH_TYPES, "matchType"):
        case "exact":
            return Range(key, None, since, until)
        case "prefix":
            key += url[-1] if url[-1] in "/?" and not key.endswith(url[-1]) else ""
            return Range(key, key[:-1] + chr(ord(key[-1]) + 1), since, until)
        case "host":
            return Range(f"{host})/", f"{host})0", since, until)
        case _:  # a domain: the host and all below it
            return Range(f"{host})/", f"{host}-", since, until)


def _fields(text: str) -> tuple[str, ...]:
    """Return the fields that are chosen, each once: of ten thousand times the URL a page of lines is gigabytes."""
    names = text.split(",", MOST_FIELDS)
    if len(names) > MOST_FIELDS:
        raise QueryInvalid(f"fl= names more than {MOST_FIELDS} fields")
    fields = tuple(map(field_named, names))
    if len(set(fields)) < len(fields):
        raise QueryInvalid("fl= names a field twice")
    return fields


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise QueryInvalid(f"{name}={text[:40]} is no number")
    return int(text)


def _one_of(text: str, known: tuple[str, ...], name: str) -> str:
    if text not in known:
        raise QueryInvalid(f"{name}={text[:40]} is not known: there are {', '.join(known)}")
    return text
