"""What was found as entries of a feed: which entries there are, their ids, and that strangers' text stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from articles.article import Article, Block, BlockKind
from audit.announcements import change_entry, entries
from audit.compare import compare
from audit.entry_ids import change_entry_id
from audit.findings import Findings
from storage.catalog.absences import AbsenceFound
from storage.catalog.changes import ChangeFound
from storage.catalog.images import ImageReplaced
from storage.catalog.looks import Shown
from storage.catalog.reposts import RepostFound

NOON = datetime(2026, 1, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def text(words: str, headline: str = "Fleet sails") -> Article:
    return Article(headline, blocks=(Block(BlockKind.PARAGRAPH, words),))


def change(number: int, found: Findings | None, **more: object) -> ChangeFound:
    told = ChangeFound(
        change_id=f"sha256:{number:064x}",
        outlet="demo",
        url=f"http://outlet.example/{number}",
        article_key=f"demo:cbf:{number}",
        headline="Fleet sails",
        fields=("blocks",),
        values=(),
        old_content_id="sha256:a",
        new_content_id="sha256:b",
        last_seen_before=NOON - DAY,
        first_seen_after=NOON,
        confirmed=True,
        oscillating=False,
    )
    if found is not None:
        types = tuple(kind.value for kind in found.types)
        told = replace(told, weight=int(found.weight), types=types, undisclosed=found.undisclosed)
    return replace(told, **more)


def absence(kind: Shown, **more: object) -> AbsenceFound:
    found = AbsenceFound(
        outlet="demo",
        url="http://outlet.example/missing",
        article_key="demo:cbf:9",
        headline="Field kitchen",
        kind=kind,
        last_seen=NOON - DAY,
        first_missing=NOON,
        last_missing=NOON,
        observations=1,
        confirmed=False,
        returned_at=None,
        status=404,
        location=None,
        last_record_id="urn:uuid:1",
    )
    return replace(found, **more)


NUMBER = compare(text("It lasted 36 days."), text("It lasted 63 days."))
SPACING = compare(text("It lasted 36 days."), text("It  lasted 36 days."))


def test_cosmetic_changes_of_a_day_are_one_entry_that_names_each() -> None:
    cosmetic = [change(number, SPACING) for number in (1, 2)]
    later = change(3, SPACING, first_seen_after=NOON + DAY)
    found = entries([*cosmetic, later, change(4, NUMBER)], [], [], {change(4, NUMBER).compared: NUMBER})
    titles = [entry.title for entry in found]
    assert titles[0] == "demo: 1 cosmetic change on 2026-01-25"
    assert sorted(titles[1:]) == ["Fleet sails (substantive: number)", "demo: 2 cosmetic changes on 2026-01-24"]
    folded = next(entry for entry in found if "2 cosmetic" in entry.title)
    assert all(one.url in folded.html for one in cosmetic)
    (grown,) = (e for e in entries([*cosmetic, change(5, SPACING)], [], [], {}) if "3 cosmetic" in e.title)
    assert grown.id == folded.id


def test_an_entry_says_what_was_edited_when_and_that_the_page_does_not_say_so() -> None:
    entry = change_entry(change(1, NUMBER), NUMBER)
    assert entry.summary == (
        "The number 36 days became 63 days. Not disclosed on the page as captured."
        " Changed between 2026-01-23 12:00:00 UTC and 2026-01-24 12:00:00 UTC."
    )
    assert '<del dir="auto">36</del> <ins dir="auto">63</ins>' in entry.html
    assert entry.labels == ("demo", "changed", "substantive", "number", "not disclosed on the page as captured")


def test_ids_are_permanent_and_a_page_that_goes_to_and_fro_has_several() -> None:
    first, uncompared = change(1, NUMBER), change(1, None, confirmed=False, headline=None, oscillating=True)
    assert change_entry_id(first) == "urn:uuid:f21b314a-1052-5695-9032-e612605bc172"
    assert change_entry_id(uncompared) == change_entry_id(first)
    assert change_entry_id(change(1, NUMBER, first_seen_after=NOON + DAY)) != change_entry_id(first)


def test_a_change_that_could_not_be_compared_is_told_as_that() -> None:
    (entry,) = entries([change(1, None, audit_error="ValueError: <b>")], [], [], {})
    assert entry.title == "Fleet sails (changed, not compared)"
    assert "ValueError: &lt;b&gt;" in entry.html


def test_absences_that_say_something_have_entries_and_others_are_folded() -> None:
    back = absence(Shown.GONE, confirmed=True, returned_at=NOON + DAY)
    found = entries([], [back, absence(Shown.SERVER_ERROR), absence(Shown.BLOCKED)], [], {})
    assert [entry.title for entry in found[:1]] == ["Field kitchen (back, was gone)"]
    assert sorted(entry.title for entry in found[1:]) == [
        "Field kitchen (gone)",
        "demo: 2 pages could not be looked at on 2026-01-24",
    ]
    folded = next(entry for entry in found if "could not" in entry.title)
    assert "1 blocked, 1 server error" in folded.summary
    assert "does not say that anything is gone" in folded.summary
    unconfirmed = entries([], [absence(Shown.GONE)], [], {})
    assert [entry.title for entry in unconfirmed] == ["Field kitchen (gone, not yet confirmed)"]
    assert unconfirmed[0].id in {entry.id for entry in found}


def test_a_re_post_names_both_addresses() -> None:
    repost = RepostFound("demo", "sha256:t", "Dogs", "http://a/1", "k1", NOON - DAY, "http://a/2", "k2", NOON)
    (entry,) = entries([], [], [repost], {})
    assert entry.title == "Dogs (re-posted)"
    assert (entry.url, "http://a/1" in entry.summary) == ("http://a/2", True)


def test_what_pages_say_is_escaped_everywhere() -> None:
    hostile = "<script>alert(1)</script>\x1b[2J\u202e"
    found = compare(text(f"It lasted 36 days. {hostile}"), text(f"It lasted 63 days, {hostile} & more."))
    changed = change(1, found, headline=hostile, url=f"http://a/{hostile}")
    spaced = change(2, SPACING, headline=hostile, url=f"http://a/{hostile}2")
    missing = absence(Shown.MOVED, headline=hostile, location=hostile, url=hostile, returned_at=NOON)
    away = absence(Shown.BLOCKED, headline=hostile, url=hostile)
    repost = RepostFound("demo", "sha256:t", hostile, hostile, "k1", NOON, hostile, "k2", NOON)
    for entry in entries([changed, spaced], [missing, away], [repost], {changed.compared: found}):
        assert not re.search("[\x00-\x1f\x7f\u202e]", entry.html)
        assert set(re.findall(r"</?(\w+)", entry.html)) <= {"p", "ul", "li", "br", "del", "ins", "strong", "span"}


def test_of_absences_that_ended_at_once_one_return_is_told() -> None:
    gone = absence(Shown.GONE, confirmed=True, returned_at=NOON + 2 * DAY)
    moved = replace(gone, kind=Shown.MOVED, first_missing=NOON + DAY)
    found = entries([], [moved, gone], [], {})
    assert [entry.title for entry in found] == [
        "Field kitchen (back, was moved)",
        "Field kitchen (moved)",
        "Field kitchen (gone)",
    ]


def test_an_image_that_was_replaced_is_told_without_saying_that_it_looks_different() -> None:
    image = ImageReplaced(
        outlet="demo",
        url="http://outlet.example/1",
        article_key="demo:cbf:1",
        headline="Fleet <sails>",
        image_url="http://outlet.example/1.jpg?<b>",
        old_digest="sha256:a",
        new_digest="sha256:b",
        old_record_id="urn:uuid:1",
        new_record_id="urn:uuid:2",
        last_seen_before=NOON - DAY,
        first_seen_after=NOON,
        with_change=False,
    )
    (entry,) = entries([], [], [], {}, [image])
    assert entry.title == "Fleet <sails> (image replaced)"
    assert "whether it looks different is not known" in entry.summary
    assert "1.jpg?&lt;b&gt;" in entry.html
    assert entry.labels == ("demo", "image replaced")
