"""The catalog's findings, brought up to date from a real archive."""

from __future__ import annotations

import json
import logging

import pytest

from articles.article import Article, Translation
from audit.compare import compare
from audit.findings import ENGINE
from audit.findings_json import from_json
from audit.upkeep import bring_up_to_date
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter, changes
from storage.catalog.findings import BATCH, findings_of
from storage.catalog.phrase import Phrase
from storage.catalog.phrases import changes_with
from storage.catalog.schema import articles
from tests.storage.catalog.observed import URL, article, capture, commit, reading, show


def test_every_change_is_compared_once(archive: Archive, catalog: Catalog) -> None:
    show(archive, catalog, "Some 12 soldiers were killed", "Some 92 soldiers were killed", "Nothing happened")
    told: list[tuple[str, int, int]] = []
    assert bring_up_to_date(catalog, lambda stage, done, total: told.append((stage, done, total))) == 2
    assert told == [("audit", 2, 2), ("index", 3, 5), ("index", 5, 5), ("compare", 3, 3)]
    first, second = reversed(changes(catalog))
    expected = compare(article("Some 12 soldiers were killed"), article("Some 92 soldiers were killed"))
    assert (first.weight, first.score) == (int(expected.weight), expected.score)
    assert first.types == tuple(kind.value for kind in expected.types)
    assert "number" in (first.types or ())
    assert (first.disclosure, first.undisclosed) == (expected.disclosure.value, True)
    assert second.weight is not None
    kept = findings_of(catalog, [first.compared])[first.compared].findings_json
    assert kept is not None
    assert from_json(json.loads(kept)) == expected
    assert [found.change_id for found in changes_with(catalog, Phrase("92 soldiers"), added=True)] == [first.change_id]
    assert bring_up_to_date(catalog) == 0
    show(archive, catalog, "Nothing more happened", since=96)
    assert bring_up_to_date(catalog) == 1


def test_more_than_a_batch_goes_on_where_it_was_cut_off(archive: Archive, catalog: Catalog) -> None:
    show(archive, catalog, *(f"Day {day} of the exercise" for day in range(BATCH + 3)))

    def cut(stage: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_up_to_date(catalog, cut)
    told: list[tuple[str, int, int]] = []
    assert bring_up_to_date(catalog, lambda *at: told.append(at)) == 2
    assert told[0] == ("audit", 2, 2)
    assert len(changes(catalog, ChangeFilter(min_weight=0))) == BATCH + 2


def test_a_comparison_that_fails_is_kept_with_its_reason_and_the_others_go_on(
    archive: Archive, catalog: Catalog, caplog: pytest.LogCaptureFixture
) -> None:
    show(archive, catalog, "One", "Two", "Three", "Four")
    with catalog.writing() as connection:  # as a damaged disk might: no comparison can be made of it
        broken = articles.update().where(articles.c.headline == "Two")
        connection.execute(broken.values(article_json='{"headline": 7, "blocks": []}'))
    with caplog.at_level(logging.WARNING):
        assert bring_up_to_date(catalog) == 3
    failed = changes(catalog, ChangeFilter(failed=True))
    assert [(change.weight, change.types) for change in failed] == [(None, None)] * 2
    assert all("ArticleInvalid" in (change.audit_error or "") for change in failed)
    assert [change.headline for change in changes(catalog, ChangeFilter(min_weight=0))] == ["Four"]
    assert {change.change_id for change in failed} == {
        change.change_id for change in failed if any(change.change_id in line for line in caplog.messages)
    }
    assert bring_up_to_date(catalog) == 0, "it is not tried again with the same engine"


def test_another_engine_compares_all_anew(archive: Archive, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    show(archive, catalog, "One", "Two")
    assert bring_up_to_date(catalog) == 1
    monkeypatch.setattr("audit.upkeep.ENGINE", f"{ENGINE}+1")
    assert bring_up_to_date(catalog) == 1
    assert bring_up_to_date(catalog) == 0


def test_the_article_that_is_compared_is_the_canonical_one(archive: Archive, catalog: Catalog) -> None:
    """What is no part of an article's identity can make no edit: `warnings` and how a time was read."""
    rows = [capture(URL, 0), capture(URL, 24)]
    old, new = (
        article("One", warnings=("a",), zone_source="page"),
        article("Two", warnings=("b",), zone_source="outlet"),
    )
    commit(archive, rows, [reading(rows[0], old), reading(rows[1], new)])
    catalog.sync(archive)
    bring_up_to_date(catalog)
    (change,) = changes(catalog)
    clean = compare(article("One"), article("Two"))
    assert isinstance(old, Article)
    assert (change.types, change.score) == (tuple(kind.value for kind in clean.types), clean.score)


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        (None, Translation("Translated from China Daily."), "translation note added"),
        (Translation("Translated from China Daily."), None, "translation note dropped"),
        (
            Translation("Edited by China Military.", edited_by="China Military"),
            Translation("Edited by Dora Muster.", edited_by="Dora Muster"),
            "translation note changed",
        ),
    ],
)
def test_what_is_said_of_the_translation_can_change_while_nothing_else_does(
    old: Translation | None, new: Translation | None, label: str, archive: Archive, catalog: Catalog
) -> None:
    rows = [capture(URL, 0), capture(URL, 24)]
    texts = [article(translation=said) for said in (old, new)]
    commit(archive, rows, [reading(row, text) for row, text in zip(rows, texts, strict=True)])
    catalog.sync(archive)
    bring_up_to_date(catalog)
    (change,) = changes(catalog)
    assert change.fields == ("translation",)
    assert label in (change.types or ())  # beside those of the words within it
