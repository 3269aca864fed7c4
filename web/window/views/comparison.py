"""Two states of one URL against each other: every edit, the text, when it came about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from articles.article import Article
from audit.edit import Edit, Place
from audit.errors import NoChange
from audit.findings import Findings
from audit.report.html_body import anchors
from audit.report.words import where
from audit.states import Compared, compare_articles, compared
from config.errors import PalimpsestError
from storage.catalog.catalog import Catalog
from storage.catalog.history import StateFound
from storage.catalog.url_states import UrlOfArticle, changes_to, places_of_change

MOST_TIMES: Final = 100


class NotTwo(PalimpsestError):
    """What was to be compared is one thing, and not two, as `title` says. The article has more to choose from."""

    exit_code = 2

    def __init__(self, url: UrlOfArticle, title: str, said: str) -> None:
        super().__init__(said)
        self.outlet = url.outlet
        self.url = url.url
        self.title = title


class SameState(NotTwo):
    """A state was to be compared with itself."""

    def __init__(self, url: UrlOfArticle, number: int) -> None:
        said = f"State {number} does not differ from itself. Choose two states of the article"
        super().__init__(url, "That is one state, not two", said)


class SameArticle(NotTwo):
    """An article was to be compared with itself as if it were two."""

    def __init__(self, url: UrlOfArticle) -> None:
        said = f"{url.url} was named twice. What was edited in one article stands between its states"
        super().__init__(url, "That is one article, not two", said)


@dataclass(frozen=True)
class SideShown:
    """One of two states. The article's own times stand in the zone that its page means."""

    number: int
    first_seen: datetime
    last_seen: datetime
    content_id: str
    record_id: str
    reader_id: str
    article: Article


@dataclass(frozen=True)
class PlaceShown:
    """Where an edit stands in one state: characters `start` to `end` (excluded) of a field, or of an item or part."""

    field: str
    start: int
    end: int
    index: int | None
    part: str | None


@dataclass(frozen=True)
class EditShown:
    """One edit. `number` counts them, the heaviest first; `where` says in words what `old` and `new` say exactly.

    `anchor` is the id of its place on the window's page, null for an edit of another field than the text.
    """

    number: int
    type: str
    within: tuple[str, ...]
    weight: str
    points: int
    reason: str
    where: str
    before: str
    after: str
    old: PlaceShown | None
    new: PlaceShown | None
    anchor: str | None


@dataclass(frozen=True)
class PartShown:
    """One addend of the score."""

    points: int
    why: str


@dataclass(frozen=True)
class StretchShown:
    """Text that is `equal` in both states, or only in the older one (`delete`) or the newer one (`insert`)."""

    op: str
    text: str


@dataclass(frozen=True)
class RowShown:
    """Paragraphs against each other: same, edited, added, removed, moved, split or merged; numbers from 0."""

    fate: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    runs: tuple[StretchShown, ...]


@dataclass(frozen=True)
class CameShown:
    """One time that a page changed in the same way: the number of the state that it led to, and the interval."""

    number: int
    after: datetime
    at: datetime


@dataclass(frozen=True)
class Comparison:
    """What differs between two states of one URL: it came about at a moment between `after` and `at`.

    Or between two articles: `old_url` is that of the older side, and nothing came about between the moments.
    `change_id` and `findings_id` are permanent; null where the states do not follow each other. `first_known`: the
    older state is the first that the archive saw, which need not be the first there was. `came` are the first hundred
    of `came_in_all` times that the page changed so: more than one where it went to and fro.
    """

    outlet: str
    url: str
    old_url: str
    article_key: str | None
    old: SideShown
    new: SideShown
    after: datetime
    at: datetime
    first_known: bool
    change_id: str | None
    findings_id: str | None
    engine: str
    weight: str
    score: int
    parts: tuple[PartShown, ...]
    disclosure: str
    undisclosed: bool
    types: tuple[str, ...]
    edits: tuple[EditShown, ...]
    body: tuple[RowShown, ...]
    coarse: tuple[str, ...]
    came: tuple[CameShown, ...]
    came_in_all: int


def compared_states(catalog: Catalog, url: UrlOfArticle, a: int | None, b: int | None) -> Compared:
    """Compare two states of a URL: those with the numbers `a` and `b`, counted from 1, or else the last two.

    The one with the smaller number is the older side. Raises SameState, StateUnknown.
    """
    newer = b if b is not None else url.states if a is None else a + 1
    older = a if a is not None else newer - 1
    if older == newer:
        raise SameState(url, older)
    return compared(catalog, url, min(older, newer), max(older, newer))


def compared_articles(catalog: Catalog, url: UrlOfArticle, other: str, a: int | None, b: int | None) -> Compared:
    """Compare a state of the article `other` with one of this, as audit.states. Raises SameArticle, StateUnknown."""
    try:
        pair = compare_articles(catalog, url.url, other, a, b)
    except NoChange:
        raise SameArticle(url) from None
    if pair.old_url == pair.url:
        raise SameArticle(url)
    return pair


def comparison(catalog: Catalog, pair: Compared, article_key: str | None) -> Comparison:
    """Return compared states as they are shown; `article_key` is that of the newer one."""
    a, b = pair.numbers
    report, findings = pair.report, pair.report.findings
    places = anchors(report)
    times = places_of_change(catalog, report.change_id) if report.change_id else []
    return Comparison(
        outlet=pair.outlet,
        url=pair.url,
        old_url=pair.old_url,
        article_key=article_key,
        old=_side(a, pair.old, report.old.article),
        new=_side(b, pair.new, report.new.article),
        after=pair.old.last_seen,
        at=pair.new.first_seen,
        first_known=report.first_known,
        change_id=report.change_id,
        findings_id=report.findings_id,
        engine=findings.engine,
        weight=str(findings.weight),
        score=findings.score,
        parts=tuple(PartShown(part.points, part.why) for part in findings.parts),
        disclosure=findings.disclosure.value,
        undisclosed=report.undisclosed,
        types=tuple(kind.value for kind in findings.types),
        edits=tuple(_edit(number, edit, places.get(number)) for number, edit in enumerate(findings.edits, 1)),
        body=tuple(_rows(findings)),
        coarse=findings.body.coarse,
        came=tuple(_came(catalog, times[:MOST_TIMES])),
        came_in_all=len(times),
    )


def _came(catalog: Catalog, times: list[tuple[UrlOfArticle, int]]) -> Iterator[CameShown]:
    if times:
        url, numbers = times[0][0], [number for _, number in times]
        known = changes_to(catalog, url, numbers)
        for number in numbers:
            if (one := known.get(number)) is not None:  # the catalog may have gone on meanwhile
                yield CameShown(number, one.last_seen_before, one.first_seen_after)


def _side(number: int, state: StateFound, article: Article) -> SideShown:
    return SideShown(
        number=number,
        first_seen=state.first_seen,
        last_seen=state.last_seen,
        content_id=state.content_id,
        record_id=state.first_record_id,
        reader_id=state.reader_id,
        article=article,
    )


def _place(place: Place) -> PlaceShown:
    """Return a place with its names: as the tuple that it is, JSON would have it without them."""
    return PlaceShown(place.field, place.start, place.end, place.index, place.part)


def _edit(number: int, edit: Edit, anchor: str | None) -> EditShown:
    return EditShown(
        number=number,
        type=edit.type.value,
        within=tuple(kind.value for kind in edit.within),
        weight=str(edit.weight),
        points=edit.points,
        reason=edit.reason,
        where=where(edit),
        before=edit.before,
        after=edit.after,
        old=edit.old and _place(edit.old),
        new=edit.new and _place(edit.new),
        anchor=anchor,
    )


def _rows(findings: Findings) -> Iterator[RowShown]:
    for row in findings.body.rows:
        runs = tuple(StretchShown(run.op.value, run.text) for run in row.runs)
        yield RowShown(row.fate.value, row.old, row.new, runs)
