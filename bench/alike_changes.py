"""How long it takes to find what changed alike: `python -m bench.alike_changes --changes 60000`.

A catalog is made of nothing but changes of one outlet over three years and what comparing them came to: most have edits
of their own, a third of these one of thirty small edits that come everywhere, too; one in fifty has such a small edit
and no other; and a twentieth the edits of a template of their week, some beside others. A feed asks for the groups of a
hundred changes: the newest, those in the middle, and of a type so rare that they are spread over the years.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from audit.alike import alike
from audit.findings import ENGINE
from bench.machine import machine
from bench.timing import timed
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter
from storage.catalog.changes import changes as changes_of
from storage.catalog.findings import Kept, adopt, keep
from storage.catalog.many_rows import chunks, insert
from storage.catalog.schema import changes, url_state
from storage.digests import sha256

END: Final = datetime(2026, 7, 1, tzinfo=UTC)
YEARS: Final = 3
EACH: Final = 4  # changes of one article
GAPS: Final = (3, 6, 12, 24, 48, 96, 192, 384, 768)  # hours between two looks, as on the ladder
RARE: Final = "correction added"
ASKED: Final = 100


def made(catalog: Catalog, count: int, chance: random.Random) -> None:
    """Fill a catalog with so many changes."""
    adopt(catalog, ENGINE)
    for articles in chunks(range(count // EACH)):
        rows = [one for number in articles for one in _of_article(number, count, chance)]
        with catalog.writing() as connection:
            insert(connection, url_state, [_url(number) for number in articles])
            insert(connection, changes, [change for change, _ in rows])
        keep(catalog, ENGINE, [kept for _, kept in rows])


def _url(number: int) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(column.name for column in url_state.columns)
    place = {"id": number + 1, "outlet": "north", "url": f"http://north.example/{number}.html"}
    told = {"surt": f"example,north)/{number}.html", "tallies": {}, "states": EACH + 1, "changes": EACH}
    return row | place | told | {"needs_confirming": False, "needs_rereading": False}


def _of_article(number: int, count: int, chance: random.Random) -> Iterator[tuple[dict[str, Any], Kept]]:
    at = END - chance.random() * timedelta(days=365 * YEARS)
    for ordinal in range(1, EACH + 1):
        before = at + chance.random() * timedelta(days=2)
        at = before + timedelta(hours=chance.choice(GAPS))
        change_id = sha256(f"{number} {ordinal}".encode())
        hunks = tuple(sorted(sha256(edit.encode())[7:23] for edit in _edits(f"{number} {ordinal}", at, chance)))
        types = (RARE,) if chance.random() < 1.5 * ASKED / count else ("words",)
        content = [sha256(f"{number} {ordinal + step}".encode()) for step in (-1, 0)]
        row = {"url_id": number + 1, "ordinal": ordinal, "change_id": change_id, "fields": ["blocks"], "times": ""}
        row |= {"old_content_id": content[0], "new_content_id": content[1], "confirmed": True, "oscillating": False}
        digest = sha256(" ".join(hunks).encode())
        judged = Kept(change_id, 2, 10, "none", undisclosed=True, types=types, edits_digest=digest, hunks=hunks)
        yield row | {"last_seen_before": before, "first_seen_after": at}, judged


def _edits(name: str, at: datetime, chance: random.Random) -> set[str]:
    if chance.random() < 0.05:
        own = {f"beside {name}"} if chance.random() < 0.2 else set()
        return {f"template {at:%G %V}"} | own
    if chance.random() < 0.02:
        return {f"small {chance.randrange(30)}"}
    edits = {f"{name} {edit}" for edit in range(chance.choice((1, 1, 2, 3, 5, 9)))}
    return edits | ({f"small {chance.randrange(30)}"} if chance.random() < 0.3 else set())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=60_000, help="how many (default: 60000)")
    parser.add_argument("--each", type=int, default=20, help="how often each is asked (default: 20)")
    options = parser.parse_args()
    middle = options.changes // 2
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog.open(f"sqlite:///{Path(folder) / 'catalog.sqlite'}")
        made(catalog, options.changes, random.Random(7))
        for name, types, offset in (("the newest", None, 0), ("in the middle", None, middle), ("rare", [RARE], 0)):
            asked = changes_of(catalog, ChangeFilter(types=types), limit=ASKED, offset=offset)
            groups = alike(catalog, asked)
            took = timed([lambda some=asked: alike(catalog, some)] * options.each)
            print(f"{len(asked)} {name} of {options.changes:,}: {len(groups)} groups; {took}")
    print(machine())


if __name__ == "__main__":
    main()
