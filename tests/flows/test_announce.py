"""What is announced after a crawl, that it is announced once on whichever machine, and what the archive says of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from flows.steps.announce import announce
from flows.steps.derived_objects import CrawlFacts
from flows.steps.place import Place
from storage.announced import AnnouncedKind, AnnouncedRow, read_announced, write_announced
from storage.catalog.announced import announced
from storage.commits import Draft, Kind, ObjectRef, ObjectRole
from storage.exchange import Role
from storage.keys import announced_key
from storage.rows import CaptureRow
from storage.verify import verify
from tests.flows.announcing import Machine, machines_of, seen, told
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, crawl_id, reading


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return machines_of(tmp_path)


def missing(place: Place, hours: float, url: str = URL) -> None:
    commit(place.archive, [capture(url, hours, status=404)])


def commits(place: Place) -> list[str]:
    return [commit.kind.value for commit in place.archive.log("demo").walk()]


def test_a_change_is_announced_once_and_so_on_every_machine(machine: Machine) -> None:
    one = machine("one")
    seen(one, 0, article("It killed 12"))
    assert told(one, 0) == []
    assert commits(one) == ["reading"], "nothing new is no commit"
    seen(one, 24, article("It killed 92"))
    heard: list[tuple[AnnouncedRow, ...]] = []
    assert told(one, 24, heard) == [("change", "major")]
    assert told(one, 24, heard) == []
    assert told(machine("two"), 48, heard) == []
    assert commits(one) == ["reading", "reading", "announcement"]
    ((row,),) = heard
    assert (row.url, row.after, row.at) == (URL, at(0), at(24))
    assert {"number", "headline"} <= set(row.types)
    last = list(one.archive.log("demo").walk())[-1]
    (ref,) = last.objects
    assert last.kind is Kind.ANNOUNCEMENT
    assert ref.key.endswith(f"/{crawl_id(24)}-announced.jsonl")
    assert read_announced(one.archive.store.get(ref.key)) == [row] == announced(one.catalog, "demo")
    assert verify(one.archive).problems == ()


def test_what_is_cosmetic_or_not_confirmed_is_not_announced(machine: Machine) -> None:
    place = machine("one")
    seen(place, 0, article("Drill ends"))
    seen(place, 24, article("Drill  ends"))
    missing(place, 48)
    assert told(place, 48) == []
    missing(place, 73)
    assert told(place, 73) == [("absence", "gone")]
    missing(place, 97)
    assert told(place, 97) == []
    seen(place, 121, article("Drill  ends"))
    assert told(place, 121) == [("return", "gone")]
    assert told(place, 122) == []


def test_an_article_that_was_gone_then_moved_comes_back_once(machine: Machine) -> None:
    place = machine("one")
    seen(place, 0, article("Drill ends"))
    for hours in (24, 49):
        missing(place, hours)
    for hours in (73, 98):
        commit(place.archive, [capture(URL, hours, status=301, location="http://demo.example/index.html")])
    kinds = told(place, 98)
    assert [kind for kind, _ in kinds] == ["absence"] * 2
    seen(place, 122, article("Drill ends"))
    (back,) = told(place, 122)
    assert back == ("return", kinds[1][1])
    assert told(place, 123) == []


def test_a_page_that_goes_to_and_fro_is_announced_each_time(machine: Machine) -> None:
    place = machine("one")
    for hours, number in ((0, 12), (24, 92), (48, 12), (72, 92)):
        seen(place, hours, article(f"It killed {number}"))
    assert told(place, 72) == [("change", "major")] * 3


def test_a_re_post_is_announced_once(machine: Machine) -> None:
    place = machine("one")
    seen(place, 0, article("Drill ends"))
    seen(place, 24, article("Drill ends"), OTHER)
    assert told(place, 24) == [("re-post", None)]
    (row,) = announced(place.catalog, "demo")
    assert (row.url, row.earlier_url) == (OTHER, URL)
    assert told(place, 48) == []


def image(hours: float, digest: str, url: str = "http://demo.example/i.png") -> CaptureRow:
    """A look at the article's image that found these bytes."""
    return capture(
        url,
        hours,
        role=Role.REQUISITE,
        article_url=URL,
        key=None,
        mime="image/png",
        body_digest=f"sha256:{digest}",
    )


def test_an_image_replaced_is_announced_once_and_a_server_that_flips_is_not(machine: Machine) -> None:
    place = machine("one")
    seen(place, 0, article("Drill ends"))
    for hours, digest in enumerate("aababbac"):
        commit(place.archive, [image(hours, digest)])
    heard: list[tuple[AnnouncedRow, ...]] = []
    assert told(place, 8, heard) == [("image replaced", None)] * 2
    first, second = heard[0]
    assert (first.url, first.image_url, first.after, first.at) == (URL, "http://demo.example/i.png", at(1), at(2))
    assert (second.old_digest, second.new_digest) == ("sha256:a", "sha256:c")
    assert told(place, 9) == []
    assert announced(place.catalog, "demo") == [first, second]


def test_lines_of_before_there_were_counts_are_read(machine: Machine) -> None:
    row = AnnouncedRow("urn:uuid:1", AnnouncedKind.ABSENCE, URL, at(1), shown="gone")
    line = json.loads(write_announced([row]))
    older = {name: value for name, value in line.items() if name not in ("articles", "looked_at", "image_url")}
    del older["old_digest"], older["new_digest"]
    assert read_announced(json.dumps(older).encode() + b"\n") == [row]
    odd = json.dumps({**older, "kind": "something new"}).encode() + b"\n"
    assert read_announced(odd) == []


def test_a_late_spool_announces_what_is_new_by_id(machine: Machine) -> None:
    place = machine("one")
    seen(place, 0, article("It killed 12"))
    seen(place, 48, article("It killed 92"))
    assert told(place, 48) == [("change", "major")]
    (before,) = announced(place.catalog, "demo")
    seen(place, 24, article("It killed 52"))  # between the two, and comes home after both
    heard: list[tuple[AnnouncedRow, ...]] = []
    assert told(place, 72, heard) == [("change", "major")] * 2
    ((first, second),) = heard
    assert (first.at, first.repeats) == (at(24), None)
    assert (second.at, second.repeats) == (at(48), before.id), "those who heard of that moment hear nothing new"
    assert told(place, 73) == []


def test_a_reading_anew_does_not_tell_old_changes_as_news(machine: Machine) -> None:
    place = machine("one")
    states = [(hours, article(f"It killed {number}")) for hours, number in ((0, 12), (24, 92))]
    captures = [capture(URL, hours) for hours, _ in states]
    readings = [reading(row, what) for row, (_, what) in zip(captures, states, strict=True)]
    commit(place.archive, captures, readings)
    assert told(place, 24) == [("change", "major")]
    again = [
        reading(row, replace(what, section=("China",)), reader="pla-2022/2")
        for row, (_, what) in zip(captures, states, strict=True)
    ]
    commit(place.archive, (), again)
    heard: list[tuple[AnnouncedRow, ...]] = []
    assert told(place, 48, heard) == [("change", "major")]
    assert [row.repeats is not None for row in heard[0]] == [True]


def test_what_dies_between_telling_and_commit_is_told_again_under_the_same_id(machine: Machine) -> None:
    place = machine("one")
    seen(place, 0, article("It killed 12"))
    seen(place, 24, article("It killed 92"))
    heard: list[tuple[AnnouncedRow, ...]] = []

    def die(rows: tuple[AnnouncedRow, ...]) -> None:
        heard.append(rows)
        raise ConnectionError("the machine lost its power")

    with pytest.raises(ConnectionError):
        announce(place, CrawlFacts("demo", crawl_id(24), at(24)), die)
    assert "announcement" not in commits(place)
    assert told(machine("two"), 25, heard) == [("change", "major")]
    assert heard[0] == heard[1]


def test_verify_names_lines_that_are_no_announcement(machine: Machine) -> None:
    place = machine("one")
    seen(place, 0, article("It killed 12"))
    seen(place, 24, article("It killed 92"))
    told(place, 24)
    last = list(place.archive.log("demo").walk())[-1]
    path = Path(place.archive.store.url) / last.objects[0].key
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b'"major"', b'"minor"'))
    assert [problem.key for problem in verify(place.archive).problems] == [last.objects[0].key]


def test_verify_reads_what_was_committed_as_announced(machine: Machine) -> None:
    place = machine("one")
    stored = place.archive.store.create(announced_key(crawl_id(0)), b"{}\n")
    draft = Draft(
        kind=Kind.ANNOUNCEMENT,
        crawl=crawl_id(0),
        started=at(0),
        finished=at(1),
        software="tests/1",
        objects=(ObjectRef.of(stored, ObjectRole.ANNOUNCED),),
    )
    place.archive.log("demo").append(draft)
    (problem,) = verify(place.archive).problems
    assert "line 1 of what was announced is none" in problem.what
