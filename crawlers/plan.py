"""What a crawl is to look at: the folder that `flows` fills and the child works from.

    plan.sqlite    the long lists: what is due, what is known, what revisits may refer to (`crawlers.plan_tables`)
    crawl.json     what the crawl is; written last, so a folder without it was never planned

The child sees nothing else of the archive: no bucket, no catalog, no credentials.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self

from config.clock import Clock
from config.outlet import Outlet
from config.whole_file import write_whole
from crawlers.errors import PlanUnreadable
from crawlers.plan_tables import SCHEMA, KnownRequisite, due_from, due_row, requisite_from
from crawlers.revisits import CommittedOriginals, write_originals
from storage.due import Due
from storage.plan_rows import OriginalRow, RequisiteRow

__all__ = ["CRAWL_JSON", "PLAN_SQLITE", "Crawl", "KnownRequisite", "Plan", "write_plan"]

CRAWL_JSON: Final = "crawl.json"
PLAN_SQLITE: Final = "plan.sqlite"
FORMAT: Final = 1
_IS_ARTICLE: Final = "role NOT IN ('robots', 'listing', 'feed', 'sitemap')"


@dataclass(frozen=True)
class Crawl:
    """What the crawl is.

    `started` is aware. `state` is the machine's folder where crawls share what they know of hosts (`hosts.sqlite`).
    `limit` is the most articles that are looked at, new and due together; sources and requisites do not count.
    After `deadline` the crawl closes by itself, whole groups sealed; it should be shorter than the parent's patience.
    `thorough` follows each listing to its last page and asks for it unconditionally: unknown articles may stand below
    pages that show nothing unknown, where a crawl was not complete, and where an outlet dates an article back.
    `log_tip` is a number that the outlet's log had reached: whoever recovers the crawl need not look before it.
    """

    crawl_id: str
    outlet: Outlet
    archive_id: str
    started: datetime
    user_agent: str
    software: str
    state: Path
    clock_offset: timedelta = timedelta(0)
    limit: int | None = None
    deadline: timedelta | None = None
    thorough: bool = False
    log_tip: int = 0

    @property
    def clock(self) -> Clock:
        """The clock of the crawl, shifted as that of the parent was."""
        return Clock(self.clock_offset)

    def to_json(self) -> dict[str, Any]:
        """Return the content of crawl.json."""
        return {
            "format": FORMAT,
            "crawl_id": self.crawl_id,
            "outlet": self.outlet.model_dump(mode="json"),
            "archive_id": self.archive_id,
            "started": self.started.isoformat(),
            "clock_offset_seconds": self.clock_offset.total_seconds(),
            "limit": self.limit,
            "deadline_seconds": None if self.deadline is None else self.deadline.total_seconds(),
            "thorough": self.thorough,
            "log_tip": self.log_tip,
            "user_agent": self.user_agent,
            "software": self.software,
            "state": str(self.state),
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        """Return the crawl that `to_json` described. Raises ValueError, KeyError or TypeError."""
        if said["format"] != FORMAT:
            raise ValueError(f"it has format {said['format']!r}, this program writes {FORMAT}")
        deadline = said["deadline_seconds"]
        return cls(
            crawl_id=said["crawl_id"],
            outlet=Outlet.model_validate(said["outlet"]),
            archive_id=said["archive_id"],
            started=datetime.fromisoformat(said["started"]),
            user_agent=said["user_agent"],
            software=said["software"],
            state=Path(said["state"]),
            clock_offset=timedelta(seconds=said["clock_offset_seconds"]),
            limit=said["limit"],
            deadline=None if deadline is None else timedelta(seconds=deadline),
            thorough=said["thorough"],
            log_tip=said.get("log_tip", 0),
        )


def write_plan(
    folder: Path,
    crawl: Crawl,
    *,
    due: Iterable[Due] = (),
    seen: Iterable[str] = (),
    originals: Iterable[OriginalRow] = (),
    requisites: Iterable[RequisiteRow] = (),
) -> None:
    """Write the plan of a crawl into `folder`, which is made where it is missing.

    `due` are the articles to look at again, and sources (listing, feed, sitemap) whose validators are known; `seen`
    all article URLs that were ever captured, due or not. The inputs are streamed: none is held in memory.
    An earlier, unfinished plan in the folder is overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{PLAN_SQLITE}.writing"
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as connection:
        # Nobody reads it before the rename, and a plan that a crash cut off is made anew.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(SCHEMA)
        connection.executemany("INSERT OR REPLACE INTO due VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(due_row, due))
        connection.executemany("INSERT OR IGNORE INTO seen VALUES (?)", ((url,) for url in seen))
        connection.executemany("INSERT OR REPLACE INTO requisites VALUES (?, ?, ?, ?)", requisites)
        write_originals(connection, originals)
        connection.commit()
    unfinished.rename(folder / PLAN_SQLITE)
    write_whole(folder / CRAWL_JSON, json.dumps(crawl.to_json(), ensure_ascii=False, indent=1).encode())


class Plan:
    """A written plan, as the child reads it. Read only; for one thread."""

    def __init__(self, crawl: Crawl, path: Path) -> None:
        self.crawl = crawl
        self._path = path
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the plan in `folder`. Raises `PlanUnreadable`."""
        path = folder / CRAWL_JSON
        try:
            crawl = Crawl.from_json(json.loads(path.read_bytes()))
            path = folder / PLAN_SQLITE
            plan = cls(crawl, path)
            for table in ("due", "seen", "requisites", "originals"):
                plan._connection.execute(f"SELECT * FROM {table} LIMIT 1")  # noqa: S608 - the names are ours
        except (OSError, ValueError, KeyError, TypeError, sqlite3.Error) as wrong:
            raise PlanUnreadable(
                f"{path} can't be read as the plan of a crawl ({type(wrong).__name__}: {wrong}). "
                "Nothing was fetched; start the crawl again, which plans anew"
            ) from wrong
        return plan

    def articles(self) -> Iterator[Due]:
        """Yield the articles that are due, in the order in which they were planned."""
        # A cursor of its own: the loop over it may ask the plan other things meanwhile.
        rows = self._connection.cursor().execute(f"SELECT * FROM due WHERE {_IS_ARTICLE} ORDER BY rowid")  # noqa: S608
        yield from map(due_from, rows)

    def article_count(self) -> int:
        """Return how many articles are due."""
        row = self._connection.execute(f"SELECT count(*) FROM due WHERE {_IS_ARTICLE}").fetchone()  # noqa: S608
        return int(row[0])

    def last_look(self, url: str) -> Due | None:
        """Return what is known of a URL that is due, sources included: validators, content id, parts."""
        row = self._connection.execute("SELECT * FROM due WHERE url = ?", (url,)).fetchone()
        return None if row is None else due_from(row)

    def is_known(self, url: str) -> bool:
        """Return whether this article URL was ever captured before this crawl."""
        return self._connection.execute("SELECT 1 FROM seen WHERE url = ?", (url,)).fetchone() is not None

    def requisite(self, url: str) -> KnownRequisite | None:
        """Return when a requisite was last captured, or None."""
        row = self._connection.execute("SELECT * FROM requisites WHERE url = ?", (url,)).fetchone()
        return None if row is None else requisite_from(RequisiteRow(*row))

    def originals(self) -> CommittedOriginals:
        """Open what revisits may refer to. The caller closes it."""
        return CommittedOriginals(self._path)

    def close(self) -> None:
        """Let the plan go."""
        self._connection.close()
