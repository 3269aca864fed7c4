from __future__ import annotations

import json
from dataclasses import replace

import pytest

from audit.field_lines import how
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter, Order, changes, count_changes
from storage.catalog.findings import Kept, adopt, count_unaudited, findings_of, keep, unaudited
from storage.catalog.history import history
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, reading

ENGINE = "audit/1"


@pytest.fixture
def four(archive: Archive, catalog: Catalog) -> list[str]:
    """The ids of four changes, the oldest first."""
    rows = [capture(URL, hours) for hours in (0, 24, 48, 72, 96)]
    commit(archive, rows, [reading(row, article(f"Text {number}")) for number, row in enumerate(rows)])
    catalog.sync(archive)
    adopt(catalog, ENGINE)
    return [change.change_id for change in reversed(changes(catalog))]


def kept(change_id: str, weight: int, *types: str, undisclosed: bool = False, score: int = 10) -> Kept:
    return Kept(change_id, weight, score, "none", undisclosed, types, json.dumps({"edits": []}))


def test_changes_without_findings_come_with_both_articles(catalog: Catalog, four: list[str]) -> None:
    assert count_unaudited(catalog, ENGINE) == 4
    (batch,) = unaudited(catalog, ENGINE)
    assert [change.change_id for change in batch] == four
    assert [(json.loads(c.old_json)["headline"], json.loads(c.new_json)["headline"]) for c in batch[:2]] == [
        ("Text 0", "Text 1"),
        ("Text 1", "Text 2"),
    ]
    keep(catalog, ENGINE, [kept(four[0], 2, "number"), Kept(four[1], error="ValueError: no")])
    assert [change.change_id for batch in unaudited(catalog, ENGINE) for change in batch] == four[2:]
    assert count_unaudited(catalog, "audit/3") == 4


def test_a_change_to_and_fro_is_given_once(archive: Archive, catalog: Catalog) -> None:
    rows = [capture(URL, hours) for hours in (0, 24, 48, 72)]
    commit(archive, rows, [reading(row, article(f"Text {number % 2}")) for number, row in enumerate(rows)])
    catalog.sync(archive)
    adopt(catalog, ENGINE)
    (batch,) = unaudited(catalog, ENGINE)
    assert len(changes(catalog)) == 3
    assert len(batch) == 2
    keep(catalog, ENGINE, [kept(change.change_id, 1) for change in batch])
    assert [change.weight for change in changes(catalog)] == [1, 1, 1]


def test_a_change_waits_for_both_articles(archive: Archive, catalog: Catalog) -> None:
    rows = [capture(URL, 0), capture(URL, 24)]
    readings = [reading(rows[0], article("Old")), reading(rows[1], article("New"))]
    commit(archive, rows, [readings[0], reading(rows[1], article("New"), light=True)])
    catalog.sync(archive)
    assert len(changes(catalog)) == 1
    assert count_unaudited(catalog, ENGINE) == 0
    again = capture(OTHER, 48)
    commit(archive, [again], [reading(again, article("New"))])
    catalog.sync(archive)
    assert count_unaudited(catalog, ENGINE) == 1


def test_what_is_kept_is_told_with_the_change(catalog: Catalog, four: list[str]) -> None:
    keep(catalog, ENGINE, [kept(four[0], 2, "number", "date", undisclosed=True, score=40), Kept(four[1], error="no")])
    told = {change.change_id: change for change in changes(catalog)}
    whole, failed, waiting = (told[change_id] for change_id in four[:3])
    assert (whole.weight, whole.score, whole.disclosure, whole.undisclosed) == (2, 40, "none", True)
    assert (whole.types, whole.audit_error) == (("number", "date"), None)
    assert (failed.weight, failed.types, failed.undisclosed, failed.audit_error) == (None, None, None, "no")
    assert (waiting.weight, waiting.types, waiting.audit_error) == (None, None, None)
    found_of = findings_of(catalog, [(change_id, "") for change_id in four])
    assert found_of[four[0], ""] == kept(four[0], 2, "number", "date", undisclosed=True, score=40)
    assert {change_id for change_id, _ in found_of} == set(four[:2])
    found = history(catalog, URL)
    assert found is not None
    assert [change.weight for change in found.urls[0].changes] == [2, None, None, None]


def test_changes_are_filtered_by_what_was_found(catalog: Catalog, four: list[str]) -> None:
    one, two, three, four_ = four
    keep(
        catalog,
        ENGINE,
        [
            kept(one, 0, "spacing", score=0),
            kept(two, 3, "number", "rank or title", undisclosed=True, score=60),
            kept(three, 2, "quote marks", score=30),
            Kept(four_, error="no"),
        ],
    )

    def ids(**said: object) -> list[str]:
        wanted = ChangeFilter(**said)  # type: ignore[arg-type]
        found = [change.change_id for change in changes(catalog, wanted)]
        assert count_changes(catalog, wanted) == len(found)
        return found

    assert ids(types=["number"]) == [two]
    assert ids(types=["number", "quote marks"]) == [three, two]
    assert ids(types=["quote"]) == []
    assert ids(types=["rank_or title"]) == []
    assert ids(types=[]) == []
    assert ids(min_weight=2) == [three, two]
    assert ids(undisclosed=True) == [two]
    assert ids(undisclosed=False) == [three, one]
    assert ids(cosmetic=True) == [one]
    assert ids(cosmetic=False) == [four_, three, two]
    assert ids(failed=True) == [four_]
    assert ids(failed=False) == [three, two, one]
    assert ids(since=at(48), until=at(96), min_weight=0) == [three, two]
    assert ids(outlet="another") == []
    assert [c.change_id for c in changes(catalog, order=Order.WEIGHT)] == [two, three, one, four_]
    pages = [changes(catalog, order=Order.WEIGHT, limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [[c.change_id for c in page] for page in pages] == [[two, three], [one, four_], []]


def test_deriving_anew_keeps_findings_and_a_rebuild_drops_them(
    archive: Archive, catalog: Catalog, four: list[str]
) -> None:
    keep(catalog, ENGINE, [kept(change_id, 1) for change_id in four])
    late = capture(URL, 12)
    commit(archive, [late], [reading(late, article("Text 0"), light=True)])  # derives all of the URL anew
    catalog.sync(archive)
    assert [change.weight for change in changes(catalog)] == [1, 1, 1, 1]
    catalog.rebuild(archive)
    assert [change.weight for change in changes(catalog)] == [None] * 4
    assert count_unaudited(catalog, ENGINE) == 4


def test_only_the_adopted_engine_counts(catalog: Catalog, four: list[str]) -> None:
    keep(catalog, ENGINE, [kept(four[0], 1)])
    adopt(catalog, "audit/3")
    assert changes(catalog, ChangeFilter(min_weight=0)) == []
    keep(catalog, ENGINE, [kept(four[0], 1)])  # by a process of before the upgrade
    assert changes(catalog, ChangeFilter(min_weight=0)) == []
    keep(catalog, "audit/3", [kept(four[0], 3)])
    assert [change.weight for change in changes(catalog, ChangeFilter(min_weight=0))] == [3]


def test_what_another_process_kept_stays(catalog: Catalog, four: list[str]) -> None:
    keep(catalog, ENGINE, [kept(four[0], 1)])
    keep(catalog, ENGINE, [kept(four[0], 2), kept(four[1], 2)])
    assert [change.weight for change in reversed(changes(catalog))] == [1, 2, None, None]


def test_other_words_of_a_time_are_another_comparison_and_no_other_change(archive: Archive, catalog: Catalog) -> None:
    """To and fro, and the second time the page writes its day otherwise: both are one change, compared by its words."""
    days = "2026-01-23", "2026-01-24", "2026-01-23", "2026-01-25"
    rows = [capture(URL, 24 * number) for number in range(4)]
    said = [article(f"Text {number % 2}", published_raw=day) for number, day in enumerate(days)]
    commit(archive, rows, [reading(row, one) for row, one in zip(rows, said, strict=True)])
    catalog.sync(archive)
    adopt(catalog, ENGINE)
    last, back, first = changes(catalog)
    assert (first.change_id, first.times) == (last.change_id, '{"published":["2026-01-23","2026-01-24"]}')
    assert (back.times, last.times) == (
        '{"published":["2026-01-24","2026-01-23"]}',
        '{"published":["2026-01-23","2026-01-25"]}',
    )
    (batch,) = unaudited(catalog, ENGINE)
    assert [one.times for one in batch] == [first.times, back.times, last.times]
    keep(catalog, ENGINE, [Kept(one.change_id, weight, times=one.times) for weight, one in enumerate(batch)])
    assert [change.weight for change in changes(catalog)] == [2, 1, 0]
    assert findings_of(catalog, [last.compared])[last.compared].weight == 2
    assert how(last).endswith("; published, as written: 2026-01-23 → 2026-01-25")


def test_what_is_learned_late_of_a_time_is_compared_anew(archive: Archive, catalog: Catalog) -> None:
    rows = [capture(URL, 0), capture(URL, 24), capture(URL, 12)]
    dated = [article("Old", published_raw="2026-01-23"), article("New", published_raw="2026-01-23")]
    commit(archive, rows[:2], [reading(row, one) for row, one in zip(rows[:2], dated, strict=True)])
    catalog.sync(archive)
    adopt(catalog, ENGINE)
    (change,) = changes(catalog)
    assert change.times == ""
    keep(catalog, ENGINE, [Kept(change.change_id, 1)])
    commit(archive, rows[2:], [reading(rows[2], article("Old", published_raw="2026-01-20"))])
    catalog.sync(archive)
    (again,) = changes(catalog)
    assert (again.change_id, again.weight) == (change.change_id, None)
    assert [one.times for batch in unaudited(catalog, ENGINE) for one in batch] == [again.times]


def test_readings_from_before_their_words_were_kept_compare_as_they_did(archive: Archive, catalog: Catalog) -> None:
    rows = [capture(URL, 0), capture(URL, 24)]
    said = [reading(row, article(text, published_raw=text)) for row, text in zip(rows, ("Old", "New"), strict=True)]
    said[0] = replace(said[0], published_raw=None, modified_raw=None)
    commit(archive, rows, said)
    catalog.sync(archive)
    assert [change.times for change in changes(catalog)] == [""]


def test_a_time_in_other_words_alone_makes_no_change(archive: Archive, catalog: Catalog) -> None:
    rows = [capture(URL, 0), capture(URL, 24)]
    days = zip(rows, ("2026-01-23", "2026-01-24"), strict=True)
    commit(archive, rows, [reading(row, article("Old", published_raw=day)) for row, day in days])
    catalog.sync(archive)
    assert changes(catalog) == []
