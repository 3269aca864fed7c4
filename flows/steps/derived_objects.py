"""Objects that were made from others: tables, indexes, logs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.steps.place import Place
from storage.commits import ObjectRef, ObjectRole
from storage.errors import ObjectTaken
from storage.keys import crawl_key

MOST_REMAKES = 99


@dataclass(frozen=True)
class CrawlFacts:
    """What a commit says of the crawl that its objects come from."""

    outlet_id: str
    crawl_id: str
    started: datetime
    after: int = 0  # a number that the outlet's log had reached before the crawl began; 0 where nobody knows


def create_derived(place: Place, facts: CrawlFacts, name: str, body: bytes, role: ObjectRole) -> ObjectRef:
    """Create an object of a crawl, under the next name where something else already has the one it should have.

    A crash between upload and commit leaves an object that no commit lists. Made again, by a newer pyarrow or from more
    captures, its bytes differ. Objects are never overwritten, so the new one becomes `…-r1`; what counts is the name
    that the commit lists.
    """
    stem, dot, rest = name.partition(".")
    for remake in range(MOST_REMAKES):
        key = crawl_key(facts.crawl_id, f"{stem}{f'-r{remake}' if remake else ''}{dot}{rest}")
        try:
            return ObjectRef.of(place.archive.store.create(key, body), role)
        except ObjectTaken:
            if remake == MOST_REMAKES - 1:
                raise
    raise AssertionError("unreachable: the loop returns or raises")
