"""What is announced of many articles at once: the same edits, and that they are gone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from articles.article import Block, BlockKind
from audit.entry_ids import change_entry_id
from audit.found_entries import newest_entries
from audit.upkeep import bring_up_to_date
from flows.steps.place import Place
from storage.announced import AnnouncedKind, AnnouncedRow
from storage.catalog.announced import announced
from storage.catalog.changes import changes
from storage.catalog.disappeared import disappeared
from storage.catalog.kept import findings
from tests.flows.announcing import Machine, machines_of, seen, told
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, crawl_id, reading


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return machines_of(tmp_path)


def url_of(number: int) -> str:
    return URL.replace("16435001", f"164360{number:02}")


def footers(place: Place, hours: float, numbers: Iterable[int], year: int) -> None:
    """Articles that differ in all but their last line, which is a template's."""
    for number in numbers:
        words = Block(BlockKind.PARAGRAPH, f"Sold in {year} by the office.")
        body = (Block(BlockKind.PARAGRAPH, f"Ship {number} left port {number}."), words)
        seen(place, hours, article(f"Ship {number}", blocks=body), url_of(number))


def test_the_same_edits_in_many_articles_are_announced_together_once(machine: Machine) -> None:
    place = machine("one")
    footers(place, 0, range(9), 2025)
    footers(place, 24, range(4), 2026)
    assert told(place, 24) == [("change", "substantive")] * 4, "four are not many"
    heard: list[tuple[AnnouncedRow, ...]] = []
    footers(place, 30, range(4, 7), 2026)
    kinds = told(place, 30, heard)
    assert sorted(kinds) == [("change", "substantive")] * 3 + [("changes alike", "substantive")]
    (group,) = [row for row in heard[0] if row.kind is AnnouncedKind.ALIKE]
    assert (group.articles, group.url, group.at, group.repeats) == (7, url_of(0), at(24), None)
    assert {row.repeats for row in heard[0] if row.kind is AnnouncedKind.CHANGE} == {group.id}
    assert {row.url for row in heard[0] if row.repeats} == {url_of(number) for number in (4, 5, 6)}

    # One more, found later: nobody need hear of it, and it is told under the same id wherever that is.
    footers(place, 40, [7], 2026)
    assert told(machine("two"), 40, heard) == [("change", "substantive")]
    assert [row.repeats for row in heard[1]] == [group.id]
    assert told(place, 41) == []
    (entry,) = [entry for entry in newest_entries(place.catalog, "demo", at(0), 100) if "same edits" in entry.title]
    assert entry.id == group.id
    assert entry.title.startswith("demo: the same edits in 8 articles (substantive: ")
    assert all(url_of(number) in entry.html for number in range(8))
    # A window of which the first have left shows the same group.
    (late,) = newest_entries(place.catalog, "demo", at(35), 100)
    assert (late.id, late.html) == (entry.id, entry.html)

    # The next year it is another one.
    footers(place, 9000, range(8), 2027)
    assert ("changes alike", "substantive") in told(place, 9000, heard)
    (again,) = [row for row in heard[-1] if row.kind is AnnouncedKind.ALIKE]
    assert again.id != group.id


def test_an_article_with_an_edit_of_its_own_besides_is_of_the_group_and_told_by_itself(machine: Machine) -> None:
    place = machine("one")
    footers(place, 0, range(5), 2025)
    footers(place, 24, range(4), 2026)
    words = Block(BlockKind.PARAGRAPH, "Sold in 2026 by the office.")
    own = (Block(BlockKind.PARAGRAPH, "Ship 4 never left port 4."), words)
    seen(place, 24, article("Ship 4", blocks=own), url_of(4))
    heard: list[tuple[AnnouncedRow, ...]] = []
    kinds = told(place, 24, heard)
    assert sorted(kind for kind, _ in kinds) == ["change"] * 5 + ["changes alike"]
    (group,) = [row for row in heard[0] if row.kind is AnnouncedKind.ALIKE]
    assert group.articles == 5
    assert [row.url for row in heard[0] if row.kind is AnnouncedKind.CHANGE and row.repeats is None] == [url_of(4)]
    entries = newest_entries(place.catalog, "demo", at(0), 100)
    (together,) = [entry for entry in entries if "the same edits in 5 articles" in entry.title]
    assert all(url_of(number) in together.html for number in range(5))
    assert [entry.url for entry in entries if entry.id != together.id and "negation" in entry.title] == [url_of(4)]


def test_the_same_bare_word_in_unrelated_stories_is_an_announcement_of_each(machine: Machine) -> None:
    place = machine("one")
    stories = {
        "Coast guard drills": "{} ships of the coast guard took part in the drill off Hainan.",
        "Lagos market fire": "Fire in a Lagos market killed {} people, police said.",
        "Storm cuts power": "The storm has cut power in {} provinces since Monday.",
        "Lima court": "A court in Lima fined {} former officials.",
        "Museum lends paintings": "The museum lent {} paintings to a school in Doha.",
    }
    for hours, word in ((0, "three"), (24, "thirty")):
        for number, (headline, text) in enumerate(stories.items()):
            body = (Block(BlockKind.PARAGRAPH, text.format(word)), Block(BlockKind.PARAGRAPH, "Nothing else is known."))
            seen(place, hours, article(headline, blocks=body), url_of(number))
    heard: list[tuple[AnnouncedRow, ...]] = []
    kinds = told(place, 24, heard)
    assert sorted(kinds) == [("change", "major")] + [("change", "substantive")] * 4
    assert {row.repeats for row in heard[0]} == {None}
    entries = newest_entries(place.catalog, "demo", at(0), 100)
    assert sorted(entry.title.partition(" (")[0] for entry in entries) == sorted(stories)


def test_what_is_told_of_many_is_never_less_than_what_one_of_them_weighs(machine: Machine) -> None:
    place = machine("one")
    footers(place, 0, range(5), 2025)
    footers(place, 24, range(5), 2026)
    place.catalog.sync(place.archive, ["demo"])
    bring_up_to_date(place.catalog)
    third = next(change for change in changes(place.catalog) if change.url == url_of(3))
    with place.catalog.writing() as connection:
        judged = {"weight": 3, "types": ["negation"], "undisclosed": True}
        connection.execute(findings.update().where(findings.c.change_id == third.change_id).values(**judged))
    heard: list[tuple[AnnouncedRow, ...]] = []
    told(place, 24, heard)
    (group,) = [row for row in heard[0] if row.kind is AnnouncedKind.ALIKE]
    assert (group.weight, group.url, group.change_id) == ("major", url_of(3), third.change_id)
    assert "negation" in group.types
    assert len(group.types) > 1
    (entry,) = newest_entries(place.catalog, "demo", at(0), 100)
    assert (entry.id, entry.url) == (group.id, url_of(3))
    assert "major" in entry.labels
    assert "substantive" not in entry.labels


def test_ids_that_were_told_one_by_one_stay_and_are_not_told_again(machine: Machine) -> None:
    place = machine("one")
    footers(place, 0, range(6), 2025)
    for hours, number in enumerate(range(6), 24):  # each told alone, by a crawl of its own, as long as they are few
        footers(place, hours, [number], 2026)
        assert len(told(place, hours)) == (1 if number < 4 else 2 if number == 4 else 1)
    rows = announced(place.catalog, "demo")
    alone = [row for row in rows if row.kind is AnnouncedKind.CHANGE and row.repeats is None]
    assert len(alone) == 4
    assert {row.id for row in alone} == {change_entry_id(change) for change in changes(place.catalog)[2:]}
    assert told(place, 40) == []


def test_an_edit_that_several_urls_of_one_article_show_is_told_once(machine: Machine) -> None:
    place = machine("one")
    others = [URL.replace("CHINA", path) for path in ("TOP", "WORLD")]
    for url in (URL, *others):
        seen(place, 0, article("Drill ends", section=(url,)), url)
    for url in (URL, others[0]):
        seen(place, 24, article("Drill fails", section=(url,)), url)
    heard: list[tuple[AnnouncedRow, ...]] = []
    assert told(place, 24, heard) == [("change", "substantive")] * 2
    first, second = sorted(heard[0], key=lambda row: row.repeats is not None)
    assert (first.repeats, second.repeats) == (None, first.id)
    assert {first.url, second.url} == {URL, others[0]}
    seen(place, 30, article("Drill fails", section=(others[1],)), others[1])
    assert told(place, 30, heard) == [("change", "substantive")]
    assert heard[1][0].repeats == first.id, "a crawl later it is no news either"
    assert told(place, 31) == []
    (entry,) = newest_entries(place.catalog, "demo", at(0), 100)
    assert entry.id == first.id
    assert entry.summary.endswith(" 2 other URLs of the article show it, too.")
    assert all(url in entry.html for url in (URL, *others))
    (late,) = newest_entries(place.catalog, "demo", at(28), 100)
    assert (late.id, late.html) == (entry.id, entry.html), "a window that the first has left shows the same entry"

    # Later, or otherwise, it is another edit.
    seen(place, 48, article("Drill begins", section=(URL,)), URL)
    seen(place, 55, article("Drill fails", section=(others[0],)), others[0])
    seen(place, 60, article("Drill begins", section=(others[0],)), others[0])
    seen(place, 60, article("Drill begins in May", section=(others[1],)), others[1])
    told(place, 60, heard)
    assert [row.repeats for row in heard[2] if row.kind is AnnouncedKind.CHANGE] == [None] * 3


def vanish(place: Place, hours: float, numbers: Iterable[int], found: Iterable[int]) -> None:
    """A crawl that found some articles gone, and raised an alarm for it."""
    looked = [capture(url_of(number), hours, status=404) for number in numbers]
    still = [capture(url_of(number), hours) for number in found]
    report = {"status": "ok", "complete": True}
    commit(place.archive, [*looked, *still], [reading(row, article(row.url)) for row in still])
    place.catalog.sync(place.archive)
    alarm = disappeared(place.catalog, "demo", at(hours))
    last = capture(OTHER, hours, crawl_id=crawl_id(hours))
    commit(place.archive, [last], [reading(last, article("Other"))], report=report | alarm.to_json())


def test_an_alarm_is_announced_once_and_again_when_it_is_twice_as_bad(machine: Machine) -> None:
    place = machine("one")
    for number in range(60):
        seen(place, 0, article(url_of(number)), url_of(number))
    assert told(place, 0) == []
    heard: list[tuple[AnnouncedRow, ...]] = []
    vanish(place, 24, range(12), range(40, 60))
    assert told(place, 24, heard) == [("alarm", None)]
    ((alarm,),) = heard
    assert (alarm.url, alarm.articles, alarm.looked_at) == (url_of(0), 12, 60)
    assert (alarm.after, alarm.at) == (at(24 - 7 * 24), at(24))
    assert told(machine("two"), 24) == []
    vanish(place, 27, range(14), range(40, 60))
    assert told(place, 27) == []
    vanish(place, 30, range(30), range(40, 60))
    assert told(place, 30, heard) == [("alarm", None)]
    entries = newest_entries(place.catalog, "demo", at(0), 100)
    assert [entry.id for entry in entries if "alarm" in entry.labels] == [heard[1][0].id, alarm.id]
