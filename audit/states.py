"""Two states of the archive as the two sides of a report. (Not pure: it asks the catalog.)"""

from __future__ import annotations

from dataclasses import dataclass, replace

from articles.article import Article
from articles.canonical import field_hashes
from articles.written_times import told_by_words
from audit.compare import compare
from audit.errors import NoChange, StateUnknown
from audit.findings import ENGINE, findings_id
from audit.report.model import DiffReport, Side
from config.words import counted
from storage.catalog.behind import times_seen
from storage.catalog.catalog import Catalog
from storage.catalog.changes import articles_by_id
from storage.catalog.derive import change_id
from storage.catalog.history import StateFound
from storage.catalog.reposts import reposts_between
from storage.catalog.url_states import NumberedState, UrlOfArticle, places_of_change, states_between, urls_of_article


@dataclass(frozen=True)
class Compared:
    """Two states and what was found between them: of one URL, or of two articles, and then `old_url` is the other's.

    `numbers` are theirs, counted from 1 at each URL. `similarity` is that of a re-post of the one article at the other,
    None where there is none. `others` are URLs of the article keys that were asked for, which may have been meant as
    well, and `again` the numbers of the states to which the change that was asked for led once more, to and fro.
    """

    outlet: str
    url: str
    old: StateFound
    new: StateFound
    report: DiffReport
    old_url: str
    numbers: tuple[int, int]
    similarity: float | None = None
    others: tuple[UrlOfArticle, ...] = ()
    again: tuple[int, ...] = ()


def compare_states(catalog: Catalog, key_or_url: str, a: int | None = None, b: int | None = None) -> Compared:
    """Compare two states of one URL, `a` and `b` counted from 1 as `palimpsest history` does; else the last two.

    With `a` alone the last state is the newer one, with `b` alone the one before it the older.

    `key_or_url` may be a change id: then the states are those that the change leads from and to.

    Raises:
        StateUnknown: no such article, change or state.
        NoChange: `a` is not before `b`.
    """
    if key_or_url.startswith("sha256:"):
        return compared_by_change(catalog, key_or_url)
    found = urls_of_article(catalog, key_or_url)
    if not found:
        raise StateUnknown(
            f"the archive has never looked at {key_or_url} as an article. `palimpsest articles` lists those it knows."
        )
    newer = b if b is not None else found[0].states
    older = a if a is not None else newer - 1
    others = tuple(url for url in found[1:] if url.states > 1) if key_or_url == found[0].article_key else ()
    return replace(compared(catalog, found[0], older, newer), others=others)


def compare_articles(
    catalog: Catalog, key_or_url: str, other: str, a: int | None = None, b: int | None = None
) -> Compared:
    """Compare a state of another article with one of this: `a` of the `other` (the older side), `b` of `key_or_url`.

    Where one re-posts the text of the other, the states that showed it are meant, else the last ones.

    Raises:
        StateUnknown: no such articles or states, or they were read by readers that can't be compared.
        NoChange: both are states of one URL, and that of `other` is not before the other one.
    """
    sides: list[UrlOfArticle] = []
    others: list[UrlOfArticle] = []
    for asked in (other, key_or_url):
        found = [url for url in urls_of_article(catalog, asked) if url.states]
        if not found:
            raise StateUnknown(
                f"the archive has never seen {asked} as an article. `palimpsest articles` lists those it knows."
            )
        sides.append(found[0])
        others += found[1:] if asked == found[0].article_key else ()
    old, new = sides
    reposts = reposts_between(catalog, new.outlet, old.url, new.url)
    for repost in reposts:
        shown = {repost.earlier_url: repost.earlier_content_id, repost.later_url: repost.content_id}
        a = a or _number_of(catalog, old, shown[old.url])
        b = b or _number_of(catalog, new, shown[new.url])
    older, newer = _state(catalog, old, a or old.states), _state(catalog, new, b or new.states)
    between = _compared(catalog, (old, older), (new, newer))
    similarity = max((repost.similarity for repost in reposts), default=None)
    return replace(between, similarity=similarity, others=tuple(others))


def _number_of(catalog: Catalog, url: UrlOfArticle, content_id: str | None) -> int | None:
    known = states_between(catalog, url, 1, url.states)
    return next((state.number for state in known if state.found.content_id == content_id), None)


def compared(catalog: Catalog, url: UrlOfArticle, a: int, b: int) -> Compared:
    """Compare the states `a` and `b`, counted from 1, of a URL.

    Raises NoChange where `a` is not before `b`; StateUnknown where there are no such states, where they were read by
    readers that can't be compared, or where their articles are not there.
    """
    return _compared(catalog, (url, _state(catalog, url, a)), (url, _state(catalog, url, b)))


def _compared(
    catalog: Catalog, older: tuple[UrlOfArticle, NumberedState], newer: tuple[UrlOfArticle, NumberedState]
) -> Compared:
    (old_url, a), (url, b) = older, newer
    if old_url.url == url.url and a.number >= b.number:
        raise NoChange(_not_in_order(url.url, a.number, b.number))
    report = _report(catalog, older, newer)
    return Compared(url.outlet, url.url, a.found, b.found, report, old_url.url, (a.number, b.number))


def _not_in_order(url: str, a: int, b: int) -> str:
    if a == b:
        return (
            f"{url}: state {a} does not differ from itself. Name an older and a newer state: `palimpsest history {url}`"
            " shows them."
        )
    return (
        f"{url}: state {a} came after state {b}, so nothing changed from it to that. Name the older one first: {b} {a}."
    )


def _report(
    catalog: Catalog, older: tuple[UrlOfArticle, NumberedState], newer: tuple[UrlOfArticle, NumberedState]
) -> DiffReport:
    (old_url, a), (new_url, b) = older, newer
    old, new = a.found, b.found
    if old.outdated != new.outdated or (old.outdated and old.reader_id != new.reader_id):
        raise StateUnknown(
            f"{new_url.url}: state {a.number} was read by {old.reader_id} and state {b.number} by {new.reader_id}. What"
            " two readers make of pages is not compared: the next crawl reads the older one again."
        )
    with catalog.reading() as connection:
        known = articles_by_id(connection, (old.content_id, new.content_id))
        times = (
            times_seen(connection, old_url.outlet, old.last_record_id, old.content_id),
            times_seen(connection, new_url.outlet, new.first_record_id, new.content_id),
        )
    articles = []
    for url, state in ((old_url, old), (new_url, new)):
        if state.content_id not in known:
            raise StateUnknown(f"{url.url}: the archive does not hold the article {state.content_id}. Run verify.")
        articles.append(Article.from_json(known[state.content_id]))
    in_a_row = old_url.url == new_url.url and b.number == a.number + 1
    changed = change_id(new_url.url, old.content_id, new.content_id) if in_a_row else None
    told = told_by_words(*times, *map(field_hashes, articles))
    return DiffReport(
        _side(f"state {a.number}", old_url.url, old, articles[0]),
        _side(f"state {b.number}", new_url.url, new, articles[1]),
        compare(*articles, old_times=times[0], new_times=times[1]),
        change_id=changed,
        findings_id=findings_id(changed, ENGINE, told) if changed else None,
        first_known=old_url.url == new_url.url and a.number == 1,
    )


def compared_by_change(catalog: Catalog, id_: str) -> Compared:
    """Compare the states that a change leads from and to, the first time that it did. Raises StateUnknown."""
    (url, newer), *more = _places_of_change(catalog, id_)
    return replace(compared(catalog, url, newer - 1, newer), again=tuple(number for _, number in more))


def state_after_change(catalog: Catalog, id_: str) -> tuple[UrlOfArticle, int]:
    """Return the URL that a change is of, and the number of the state that it leads to. Raises StateUnknown."""
    return _places_of_change(catalog, id_)[0]


def _places_of_change(catalog: Catalog, id_: str) -> list[tuple[UrlOfArticle, int]]:
    found = places_of_change(catalog, id_)
    if not found:
        raise StateUnknown(f"the archive has no change {id_}. `palimpsest changes --json` lists them with their ids.")
    return found


def _state(catalog: Catalog, url: UrlOfArticle, number: int) -> NumberedState:
    found = states_between(catalog, url, number, number) if 1 <= number <= url.states else []
    if found:
        return found[0]
    raise StateUnknown(
        f"{url.url} has {counted(url.states, 'state')}: there is no state {number} to compare."
        f" `palimpsest history {url.url}` shows them."
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
