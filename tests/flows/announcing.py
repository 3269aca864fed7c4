"""Articles that change and vanish on machines of one archive, and what is announced of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from articles.article import Article
from config.settings import Settings
from flows.steps.announce import announce
from flows.steps.derived_objects import CrawlFacts
from flows.steps.place import Place, open_place
from tests.storage.catalog.observed import URL, at, capture, commit, crawl_id, reading

Machine = Callable[[str], Place]


def machines_of(folder: Path) -> Machine:
    """Machines of one archive, each with a state of its own."""

    def on(name: str) -> Place:
        settings = Settings(archive=str(folder / "archive"), state=folder / name, single_writer=True)
        return open_place(settings, create=True)

    return on


def seen(place: Place, hours: float, what: Article, url: str = URL, **said: Any) -> None:
    """A crawl of that hour that saw an article."""
    capture_said = {name: said.pop(name) for name in ("crawl_id",) if name in said}
    row = capture(url, hours, **capture_said)
    commit(place.archive, [row], [reading(row, what, **said)])


def told(place: Place, hours: float, into: list[Any] | None = None) -> list[tuple[str, str | None]]:
    """Announce after the crawl of that hour; what is new, as kind and weight or what was shown."""
    facts = CrawlFacts("demo", crawl_id(hours), at(hours))
    rows = announce(place, facts) if into is None else announce(place, facts, into.append)
    return [(row.kind.value, row.weight or row.shown) for row in rows]
