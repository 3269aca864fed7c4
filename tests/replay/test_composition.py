"""What a page is put together from, where parts lead on, lead nowhere, or are those of style sheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from replay import composition
from replay.composition import Composition, composition_of
from replay.lookup import MOST_HOPS
from replay.safe_view import stored_page
from storage.catalog.mementos import closest, urls_of
from storage.errors import StoreUnavailable
from storage.exchange import Exchange
from storage.objects import ObjectStore
from storage.ranged import Ranges
from tests.replay.kept import URL, answered, at, catalog_of, keep, new_archive, redirected

SITE = "http://news.example"
Compose = Callable[..., Composition]


@pytest.fixture
def compose(tmp_path: Path) -> Compose:
    def compose(*exchanges: Exchange, through: Callable[[ObjectStore], Ranges] = lambda store: store) -> Composition:
        archive = new_archive(tmp_path / "archive")
        keep(archive, *exchanges)
        catalog = catalog_of(archive, tmp_path)
        with catalog.reading() as connection:
            saved = closest(connection, urls_of(connection, URL), at(0))
        assert saved is not None
        found = composition_of(through(archive.store), catalog, stored_page(archive.store, saved))
        catalog.close()
        return found

    return compose


def image(path: str, hours: float = 0) -> Exchange:
    return answered(b"\x89PNG", url=SITE + path, hours=hours, head="Content-Type: image/png\r\n")


def test_a_part_that_leads_on_is_what_it_leads_to(compose: Compose) -> None:
    found = compose(
        answered("<img src=/old.png><img src=/older.png>"),
        redirected(f"{SITE}/new.png", url=f"{SITE}/old.png"),
        redirected(f"{SITE}/old.png", url=f"{SITE}/older.png"),
        image("/new.png", hours=800),
    )
    assert [part.captured_at for part in found.parts] == [at(800), at(800)]
    assert found.newest == at(800)
    assert found.far_apart


def test_a_part_that_leads_nowhere_is_missing_and_says_why(compose: Compose) -> None:
    found = compose(
        answered("<img src=/lost.png><img src=/circle.png><img src=/never.png>"),
        redirected("http://cdn.example/x.png", url=f"{SITE}/lost.png"),
        redirected(f"{SITE}/round.png", url=f"{SITE}/circle.png"),
        redirected(f"{SITE}/circle.png", url=f"{SITE}/round.png"),
    )
    assert [part.why for part in found.missing] == [
        "led to http://cdn.example/x.png, which was never captured",
        "led from one place to the next",
        "never captured",
    ]
    assert (found.oldest, found.newest, found.far_apart) == (at(0), at(0), False)


def test_as_many_redirects_are_followed_as_where_the_part_itself_is_shown(compose: Compose) -> None:
    chains = {"a": MOST_HOPS, "b": MOST_HOPS + 1}
    found = compose(
        answered("".join(f"<img src=/{chain}0>" for chain in chains)),
        *(
            redirected(f"{SITE}/{chain}{step + 1}", url=f"{SITE}/{chain}{step}")
            for chain, steps in chains.items()
            for step in range(steps)
        ),
        *(image(f"/{chain}{steps}") for chain, steps in chains.items()),
    )
    assert [part.url for part in found.missing] == [f"{SITE}/b0"]


def test_parts_of_a_sheet_are_relative_to_where_it_was_found(compose: Compose) -> None:
    found = compose(
        answered("<link rel=stylesheet href=/s.css>"),
        redirected(f"{SITE}/v2/s.css", url=f"{SITE}/s.css"),
        answered(
            "@import 'more.css'; p{background:url(i.png)}", url=f"{SITE}/v2/s.css", head="Content-Type: text/css\r\n"
        ),
        image("/v2/i.png"),
    )
    assert [(part.url, part.captured_at is None) for part in found.parts] == [
        (f"{SITE}/s.css", False),
        (f"{SITE}/v2/more.css", True),
        (f"{SITE}/v2/i.png", False),
    ]


def test_sheets_that_are_too_large_or_too_many_are_not_looked_into_and_it_is_said(
    compose: Compose, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composition, "MOST_SHEET_BYTES", 100)
    monkeypatch.setattr(composition, "MOST_SHEETS", 3)
    sheets = {name: f"p{{background:url({name}.png)}}{' ' * spaces}" for name, spaces in SPACES.items()}
    found = compose(
        answered("".join(f"<link rel=stylesheet href=/{name}.css>" for name in sheets)),
        *(answered(text, url=f"{SITE}/{name}.css", head="Content-Type: text/css\r\n") for name, text in sheets.items()),
    )
    assert found.unread_sheets == 2
    assert [part.url.rpartition("/")[2] for part in found.parts] == [
        "a.css", "b.css", "c.css", "d.css", "a.png", "c.png"
    ]  # fmt: skip


class Away:
    """A store that stops answering at a moment of our choosing. No real one does."""

    def __init__(self, store: ObjectStore) -> None:
        self.url = store.url
        self.asked = 0

    def get_range(self, key: str, offset: int, length: int) -> bytes:  # noqa: ARG002
        self.asked += 1
        raise StoreUnavailable("it does not answer", store=self.url, key=key)


def test_a_store_that_does_not_answer_for_one_sheet_is_not_asked_for_the_others(compose: Compose) -> None:
    stores: list[Away] = []

    def away(store: ObjectStore) -> Away:
        stores.append(Away(store))
        return stores[0]

    found = compose(
        answered("".join(f"<link rel=stylesheet href=/{name}.css>" for name in SPACES)),
        *(answered("", url=f"{SITE}/{name}.css", head="Content-Type: text/css\r\n") for name in SPACES),
        through=away,
    )
    assert stores[0].asked == 1
    assert [(part.url, "does not answer" in (part.why or "")) for part in found.missing] == [(f"{SITE}/a.css", True)]
    assert found.unread_sheets == len(SPACES) - 1


SPACES = {"a": 20, "b": 200, "c": 0, "d": 0}
