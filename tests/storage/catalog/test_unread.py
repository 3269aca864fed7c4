from __future__ import annotations

from dataclasses import replace

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.unread import Unread, count_unread, unread
from storage.exchange import Outcome, Purpose, Role
from tests.storage.catalog.observed import OTHER, READER, URL, article, capture, commit, part, reading, revisit

CURRENT = frozenset({READER, "unclaimed/0badcafe"})


def waiting(catalog: Catalog, readers: frozenset[str] = CURRENT, crawl_id: str | None = None) -> list[Unread]:
    found = list(unread(catalog, "demo", readers, crawl_id=crawl_id))
    assert count_unread(catalog, "demo", readers, crawl_id=crawl_id) >= len(found)
    return found


def test_a_capture_is_unread_until_a_current_reader_has_read_it(archive: Archive, catalog: Catalog) -> None:
    row = capture()
    commit(archive, [row])
    catalog.sync(archive)
    (found,) = waiting(catalog)
    assert found.first == row  # every column survives
    assert (found.pages[0].original, found.known) == (None, None)
    commit(archive, readings=[reading(row, outcome="doubtful", reader="unclaimed/0badcafe")])
    catalog.sync(archive)
    assert waiting(catalog) == []
    assert [item.url for item in waiting(catalog, frozenset({"pla-2022/2"}))] == [URL]


def test_only_pages_with_a_body_are_to_be_read(archive: Archive, catalog: Catalog) -> None:
    commit(
        archive,
        [
            capture(hours=0, status=404),
            capture(hours=1, status=301, location=OTHER),
            capture(hours=2, outcome=Outcome.TRUNCATED),
            capture(hours=3, outcome=Outcome.DNS),
            capture(hours=4, role=Role.LISTING),
            capture(hours=5, role=Role.PART, article_url=URL),
            capture(hours=6),
            capture(hours=7, status=304),  # nobody had asked "if modified": there is no body that it could mean
        ],
    )
    catalog.sync(archive)
    assert [item.first.captured_at.hour for item in waiting(catalog)] == [12]


def test_one_crawl_can_be_asked_for_and_other_outlets_are_left_alone(archive: Archive, catalog: Catalog) -> None:
    first, second = capture(hours=0), capture(hours=24)
    commit(archive, [first])
    commit(archive, [second])
    commit(archive, [capture(hours=24, outlet="other")])
    catalog.sync(archive)
    assert [item.first.record_id for item in waiting(catalog)] == [first.record_id, second.record_id]
    assert [item.first for item in waiting(catalog, crawl_id=second.crawl_id)] == [second]


def test_further_pages_are_those_of_the_same_crawl_nearest_in_time(archive: Archive, catalog: Catalog) -> None:
    first, again = capture(hours=0), capture(hours=0.5, purpose=Purpose.CONFIRM)
    early = [part(URL, number, 0.01 * number) for number in range(2, 12)]
    late = [part(URL, 2, 0.51)]
    commit(archive, [first, again, *reversed(early), *late, part(URL, 3, 0.49, status=404), part(OTHER, 2, 0.01)])
    commit(archive, [part(URL, 2, 24)])
    catalog.sync(archive)
    one, two = waiting(catalog)
    assert [page.row.record_id for page in one.pages] == [first.record_id, *(row.record_id for row in early)]
    assert [page.row.record_id for page in two.pages[:3]] == [again.record_id, late[0].record_id, early[1].record_id]


def test_a_revisit_comes_with_its_original_and_with_what_was_read_of_it(archive: Archive, catalog: Catalog) -> None:
    original = capture(hours=0)
    commit(archive, [original], [reading(original, article("Known", byline=("Li Ziyue",)))])
    rows = [revisit(original, 24, not_modified=True), revisit(original, 48)]
    commit(archive, rows)
    catalog.sync(archive)
    found = waiting(catalog)
    assert [item.pages[0].original for item in found] == [original, original]
    assert [item.pages[0].whole for item in found] == [original, original]
    expected = replace(reading(original, article("Known", byline=("Li Ziyue",))), article_json=None)
    assert [item.known for item in found] == [expected, expected]
    (outdated, _) = waiting(catalog, frozenset({"pla-2022/2"}))[1:]
    assert outdated.known is None


def test_a_revisit_of_pages_of_which_one_is_new_is_read_anew(archive: Archive, catalog: Catalog) -> None:
    original, second = capture(hours=0), part(URL, 2, 0.1)
    commit(archive, [original, second], [reading(original, article(), parts=[second])])
    same = [revisit(original, 24), revisit(second, 24.1)]
    half = [revisit(original, 48), part(URL, 2, 48.1)]
    lost = [revisit(original, 72)]
    commit(archive, same)
    commit(archive, half)
    commit(archive, lost)
    catalog.sync(archive)
    found = waiting(catalog)
    assert [item.known is not None for item in found] == [True, False, False]
    assert [len(item.pages) for item in found] == [2, 2, 1]


def test_a_revisit_whose_original_is_missing_is_counted_and_not_given(archive: Archive, catalog: Catalog) -> None:
    original = capture(hours=0)
    commit(archive, [revisit(original, 24)])
    catalog.sync(archive)
    assert waiting(catalog) == []
    assert count_unread(catalog, "demo", CURRENT) == 1
    commit(archive, [original])
    catalog.sync(archive)
    assert len(waiting(catalog)) == 2


def test_another_tools_revisit_is_resolved_by_url_and_moment_and_through_revisits(
    archive: Archive, catalog: Catalog
) -> None:
    original = capture(hours=0)
    first = replace(revisit(original, 24), refers_to_id=None)
    second = revisit(first, 48)
    circle = revisit(original, 72)
    circle = replace(circle, refers_to_id=circle.record_id)
    commit(archive, [original, first, second, circle])
    catalog.sync(archive)
    found = {item.first.record_id: item.pages[0].whole for item in waiting(catalog)}
    assert found == dict.fromkeys((original.record_id, first.record_id, second.record_id), original)


def test_an_incomplete_article_comes_again_once_when_its_missing_page_is_committed(
    archive: Archive, catalog: Catalog
) -> None:
    first, second = capture(hours=0), part(URL, 2, 0.1)
    commit(archive, [first])
    commit(archive, readings=[reading(first, outcome="incomplete")])
    catalog.sync(archive)
    assert waiting(catalog) == []
    commit(archive, [second])
    catalog.sync(archive)
    assert [[page.row for page in item.pages] for item in waiting(catalog)] == [[first, second]]
    commit(archive, readings=[reading(first, outcome="incomplete", parts=[second])])
    catalog.sync(archive)
    assert waiting(catalog) == []


def test_more_than_are_taken_out_at_a_time_all_come(archive: Archive, catalog: Catalog) -> None:
    rows = [capture(f"http://demo.example/CHINA/{number}.html", number / 1000) for number in range(450)]
    commit(archive, rows)
    catalog.sync(archive)
    assert [item.first.record_id for item in waiting(catalog)] == [row.record_id for row in rows]
