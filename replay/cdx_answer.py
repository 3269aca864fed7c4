"""The answer to a CDX query, line by line as the catalog is read: nobody holds more of it than a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final

from replay.cdx_fields import cdxj_line, fields_of, json_line, text_line
from replay.cdx_query import CdxQuery, Resume, resume_key
from replay.memento_links import Links
from storage.catalog.catalog import Catalog
from storage.catalog.index_walk import PAGE, Indexed, Place, by_distance, walk
from storage.instants import from_microseconds

MEDIA_TYPES: Final = {
    "cdxj": "text/x-cdxj",
    "json": "text/x-ndjson",
    "text": "text/plain",
    "link": "application/link-format",
}
"""Those of pywb."""


def answer(catalog: Catalog, query: CdxQuery, links: Links) -> Iterator[bytes]:
    """Yield the lines of an answer, many at a time; nothing (`b""`) where a page of captures has none.

    With `showResumeKey` an answer that its limit cut short ends with an empty line and the key, in JSON with an object
    that has it alone.
    """
    told = _Told(query)
    line = _line(query, links)
    between = ",\n" if query.output == "link" else "\n"
    left = query.limit
    begun = False
    for page in _pages(catalog, query):
        lines = []
        for found in page:
            fields = fields_of(found)
            if not told.takes(fields):
                continue
            lines.append(line(found, fields))
            if left is not None:
                left -= 1
                if left == 0:
                    break
        text = between.join(lines)
        yield (between + text if begun and lines else text).encode("utf-8")
        begun = begun or bool(lines)
        if left == 0:
            if query.shows_resume_key:
                yield _key_line(query, Resume(Place(found.surt, found.at, found.id), told.tokens))
            break
    if begun:
        yield b"\n"


def _key_line(query: CdxQuery, resume: Resume) -> bytes:
    key = resume_key(resume)
    return (f'\n{{"resumeKey": "{key}"}}' if query.output == "json" else f"\n\n{key}").encode("ascii")


class _Told:
    """Which captures are told, by the filters and by what was told before them."""

    def __init__(self, query: CdxQuery) -> None:
        self._filters = query.filters
        self._collapses = query.collapses
        self._last: list[str | None] = [None] * len(query.collapses)
        if query.resume:
            self._last = list(query.resume.tokens)

    @property
    def tokens(self) -> tuple[str | None, ...]:
        """The last token of each collapse."""
        return tuple(self._last)

    def takes(self, fields: Mapping[str, str]) -> bool:
        """Say whether a capture is told; asked of each once and in order."""
        if not all(test(fields) for test in self._filters):
            return False
        for place, collapse in enumerate(self._collapses):
            token = collapse.token(fields)
            if token == self._last[place]:
                return False
            self._last[place] = token
        return True


def _line(query: CdxQuery, links: Links) -> Callable[[Indexed, Mapping[str, str]], str]:
    chosen = query.fields
    match query.output:
        case "json":
            return lambda _, fields: json_line(fields, chosen)
        case "text":
            return lambda _, fields: text_line(fields, chosen)
        case "link":
            return lambda found, _: _link(found, links)
        case _:
            return lambda _, fields: cdxj_line(fields, chosen)


def _link(found: Indexed, links: Links) -> str:
    at = from_microseconds(found.at)
    # To the microsecond where it has any: another of its second has the same 14 digits.
    return links.memento(at, found.url, exact=at.microsecond != 0)


def _pages(catalog: Catalog, query: CdxQuery) -> Iterator[list[Indexed]]:
    page = PAGE if query.limit is None else max(1, min(PAGE, query.limit))
    if query.closest is None:
        after = query.resume.place if query.resume else None
        yield from walk(catalog, query.within, after=after, backwards=query.backwards, page=page)
        return
    nearest = by_distance(catalog, query.within.begin, query.closest, query.within, page=page)
    while some := list(islice(nearest, page)):
        yield some
        page = min(2 * page, PAGE)
