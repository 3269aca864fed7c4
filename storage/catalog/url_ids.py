"""The numbers under which URLs stand in the catalog's tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, func, select

from storage.catalog.many_rows import chunks, insert, update
from storage.catalog.schema import meta, url_state

MOST_IN_MEMORY: Final = 1_000_000
"""An outlet's URLs are kept in memory, at about 250 bytes each, while many commits are applied; not more than these."""


class UrlIds:
    """Knows the numbers of one outlet's URLs, and gives them to new ones.

    With `in_memory` it reads all of them once, so that no commit after the first has to ask. That is only right while
    nobody else adds URLs: `forget` when somebody did. A catalog that was emptied meanwhile is noticed.
    """

    def __init__(self, outlet: str, *, in_memory: bool = False) -> None:
        self._outlet = outlet
        self._in_memory = in_memory
        self._generation: str | None = None
        self._known: dict[str, int] | None = None
        self._without_surt: set[str] = set()

    def of(self, connection: Connection, surts: Mapping[str, str | None]) -> dict[str, int]:
        """Return the numbers of URLs, which are given with their SURTs where these are known. Writes the new ones."""
        known = self._all(connection) if self._in_memory else self._some(connection, surts)
        new = [url for url in surts if url not in known]
        first = 1 + (connection.execute(select(func.max(url_state.c.id))).scalar() or 0)
        given = dict(zip(new, range(first, first + len(new)), strict=True))
        insert(
            connection,
            url_state,
            [{"id": url_id, "outlet": self._outlet, "url": url, "surt": surts[url]} for url, url_id in given.items()],
        )
        known.update(given)
        told = [url for url in self._without_surt & surts.keys() if surts[url] is not None]
        update(connection, url_state, "id", [{"id": known[url], "surt": surts[url]} for url in told])
        self._without_surt.difference_update(told)
        self._without_surt.update(url for url in new if surts[url] is None)
        return known

    def forget(self) -> None:
        """Ask the database again at the next commit."""
        self._known = None
        self._without_surt = set()

    def _all(self, connection: Connection) -> dict[str, int]:
        generation = connection.execute(select(meta.c.value).where(meta.c.name == "generation")).scalar()
        if self._known is None or generation != self._generation:
            self.forget()
            self._generation = generation
            self._known = {}
            self._learn(connection, self._known)
        if len(self._known) > MOST_IN_MEMORY:
            self._in_memory = False
        return self._known

    def _some(self, connection: Connection, urls: Mapping[str, str | None]) -> dict[str, int]:
        self.forget()
        known: dict[str, int] = {}
        for some in chunks(urls):
            self._learn(connection, known, some)
        return known

    def _learn(self, connection: Connection, known: dict[str, int], urls: list[str] | None = None) -> None:
        query = select(url_state.c.id, url_state.c.url, url_state.c.surt).where(url_state.c.outlet == self._outlet)
        if urls is not None:
            query = query.where(url_state.c.url.in_(urls))
        for url_id, url, surt in connection.execute(query).all():
            known[url] = url_id
            if surt is None:
                self._without_surt.add(url)
