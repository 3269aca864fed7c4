"""Two states of the archive as the two sides of a report. (Not pure: it asks the catalog.)"""

from __future__ import annotations

from dataclasses import dataclass

from articles.article import Article
from audit.compare import compare
from audit.errors import StateUnknown
from audit.findings import ENGINE, findings_id
from audit.report.model import DiffReport, Side
from storage.catalog.catalog import Catalog
from storage.catalog.changes import articles_by_id, change_by_id
from storage.catalog.derive import change_id
from storage.catalog.history import History, StateFound, UrlHistory, history


@dataclass(frozen=True)
class Compared:
    """Two states of one URL, and what was found between them."""

    outlet: str
    url: str
    old: StateFound
    new: StateFound
    report: DiffReport


def compare_states(catalog: Catalog, key_or_url: str, a: int | None = None, b: int | None = None) -> Compared:
    """Compare two states of one URL, `a` and `b` counted from 1 as `palimpsest history` does; else the last two.

    `key_or_url` may be a change id: then the states are those that the change leads from and to.

    Raises:
        StateUnknown: no such article, change or state.
    """
    if key_or_url.startswith("sha256:"):
        return compared(catalog, *states_of_change(catalog, key_or_url))
    found = history(catalog, key_or_url, values=False)
    if found is None:
        raise StateUnknown(
            f"the archive has never looked at {key_or_url} as an article. `palimpsest articles` lists those it knows."
        )
    shown = _url(found, key_or_url)
    newer = b if b is not None else len(shown.states)
    older = a if a is not None else newer - 1
    return compared(catalog, found, shown, older, newer)


def compared(catalog: Catalog, found: History, shown: UrlHistory, a: int, b: int) -> Compared:
    """Compare the states `a` and `b`, counted from 1, of a URL of a history.

    Raises StateUnknown where there are no such states, where they were read by readers that can't be compared, or where
    their articles are not there.
    """
    older, newer = _state(shown, a), _state(shown, b)
    old, new = shown.states[older], shown.states[newer]
    if old.outdated != new.outdated or (old.outdated and old.reader_id != new.reader_id):
        raise StateUnknown(
            f"{shown.url}: state {older + 1} was read by {old.reader_id} and state {newer + 1} by {new.reader_id}. What"
            " two readers make of pages is not compared: the next crawl reads the older one again."
        )
    with catalog.reading() as connection:
        known = articles_by_id(connection, (old.content_id, new.content_id))
    articles = []
    for state in (old, new):
        if state.content_id not in known:
            raise StateUnknown(f"{shown.url}: the archive does not hold the article {state.content_id}. Run verify.")
        articles.append(Article.from_json(known[state.content_id]))
    changed = change_id(shown.url, old.content_id, new.content_id) if newer == older + 1 else None
    report = DiffReport(
        _side(f"state {older + 1}", shown.url, old, articles[0]),
        _side(f"state {newer + 1}", shown.url, new, articles[1]),
        compare(*articles),
        change_id=changed,
        findings_id=findings_id(changed, ENGINE) if changed else None,
        first_known=older == 0,
    )
    return Compared(found.outlet, shown.url, old, new, report)


def states_of_change(catalog: Catalog, id_: str) -> tuple[History, UrlHistory, int, int]:
    """Return the history and the URL that a change is of, and the numbers (from 1) of the states it leads from and to.

    Of a page that went to and fro the first time is meant. Raises StateUnknown.
    """
    for change in change_by_id(catalog, id_, values=False):
        found = history(catalog, change.url, outlet=change.outlet, values=False)
        for shown in found.urls if found else ():
            for newer in range(1, len(shown.states)):
                pair = shown.states[newer - 1].content_id, shown.states[newer].content_id
                if found and shown.url == change.url and pair == (change.old_content_id, change.new_content_id):
                    return found, shown, newer, newer + 1
    raise StateUnknown(f"the archive has no change {id_}. `palimpsest changes --json` lists them with their ids.")


def _url(found: History, asked: str) -> UrlHistory:
    """The URL that was asked for; of a key the first URL with two states, else the first."""
    exact = [url for url in found.urls if url.url == asked]
    several = [url for url in found.urls if len(url.states) > 1]
    return (exact or several or list(found.urls))[0]


def _state(shown: UrlHistory, number: int) -> int:
    if 1 <= number <= len(shown.states):
        return number - 1
    count = len(shown.states)
    raise StateUnknown(
        f"{shown.url} has {'1 state' if count == 1 else f'{count} states'}: there is no state {number} to compare."
        f" `palimpsest history {shown.url}` shows them."
    )


def _side(name: str, url: str, state: StateFound, article: Article) -> Side:
    return Side(
        name=name,
        article=article,
        url=url,
        first_seen=state.first_seen,
        last_seen=state.last_seen,
        content_id=state.content_id,
        record_id=state.first_record_id,
        reader_id=state.reader_id,
    )
