"""One crawl of an outlet that is known: what is due, and everything that can have become of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from articles.page import Page
from articles.reading import read
from crawlers.plan import KnownRequisite
from storage.due import Due
from storage.exchange import Original, Purpose, Role
from tests.crawlers.child import Child, crawled, due_at, outlet_of
from tests.crawlers.plan_rows import original_row, requisite_row
from tests.crawlers.site import Answer, Asked, Site, article, listing

(
    KNOWN,
    NOT_MODIFIED,
    CHANGED,
    UNSTABLE,
    SAME,
    ONCE,
    GONE_1,
    GONE_2,
    MOVED,
    WHOLE,
    SHORTER,
    FADED,
    CHUNKED,
    UNCHUNKED,
    NEW,
) = (f"/2025xb/C/260000{n}.html" for n in range(10, 25))


def part(path: str, number: int) -> str:
    return path.replace(".html", f"_{number}.html")


ETAG = {"ETag": '"1"'}
LONG = article(random.Random(1).randbytes(3000).hex())  # so that a revisit is much smaller
GONE = Answer(status=302, headers={"Location": "/gone.html"})
PAGES = {
    "/news/index.html": Answer(status=304),
    "/known/index.html": listing(KNOWN, pages=3),
    "/known/index_2.html": listing(NEW, pages=3),
    KNOWN: article(),
    NOT_MODIFIED: Answer(status=304, headers=ETAG),
    CHANGED: article(
        "Changed.",
        head="<link rel=stylesheet href=/old.css><link rel=icon href=/fresh.ico>",
        more="<p><img src=/body.png></p>",
    ),
    UNSTABLE: lambda before: Answer(article(f"Version {before}.")),
    SAME: article("The same."),
    ONCE: article("Seen once."),
    GONE_1: GONE,
    GONE_2: GONE,
    MOVED: Answer(status=301, headers={"Location": NEW}),
    NEW: article(),
    WHOLE: article(pages=2),
    part(WHOLE, 2): article("More.", pages=2),
    SHORTER: article(),
    CHUNKED: Answer(LONG, chunked=True),
    UNCHUNKED: lambda before: Answer(LONG, chunked=not before),
    FADED: lambda before: Answer("gone", 404) if before else Answer(article("Fading.")),
}
FRIDAY = "Fri, 23 Jan 2026 00:00:00 GMT"
OTHER_ID = "sha256:" + "0" * 64


@dataclass(frozen=True)
class Seen:
    site: Site
    child: Child

    def asked(self, path: str) -> list[Asked]:
        return [asked for asked in self.site.asked if asked.path == path]

    def purposes(self, path: str) -> list[str]:
        return [facts["purpose"] for facts in self.child.facts_of(self.site.url + path)]


@pytest.fixture(scope="module")
def following(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    site = Site(PAGES)
    sources = [{"url": f"{site.url}/news/index.html"}, {"url": f"{site.url}/known/index.html", "pages": 5}]
    outlet = outlet_of(site.url, sources=sources)
    now = datetime.now(UTC)

    def content_id(path: str, text: str) -> str | None:
        return read([Page(site.url + path, article(text).encode(), now)], outlet).content_id

    validators = {"conditional": True, "etag": '"1"'}
    due = [
        Due(f"{site.url}/news/index.html", Role.LISTING, Purpose.DISCOVER, True, '"l"', FRIDAY),
        due_at(site.url + NOT_MODIFIED, **validators),
        due_at(site.url + CHANGED, content_id=OTHER_ID, **validators),
        due_at(site.url + UNSTABLE, content_id=OTHER_ID),
        due_at(site.url + SAME, content_id=content_id(SAME, "The same."), etag='"1"'),
        due_at(site.url + ONCE, content_id=content_id(ONCE, "Seen once."), purpose=Purpose.CONFIRM),
        *(due_at(site.url + path, content_id=OTHER_ID) for path in (GONE_1, GONE_2, MOVED, FADED, CHUNKED, UNCHUNKED)),
        due_at(site.url + WHOLE, content_id=OTHER_ID, parts=(site.url + part(WHOLE, 2),), **validators),
        due_at(site.url + SHORTER, parts=(site.url + part(SHORTER, 2),)),
    ]
    original = Original("urn:uuid:00000000-0000-0000-0000-000000000001", site.url + NOT_MODIFIED, now, "sha256:1")
    child = crawled(
        tmp_path_factory.mktemp("next") / "crawl",
        outlet,
        due=due,
        seen=[site.url + KNOWN, *(one.url for one in due if one.role is Role.ARTICLE)],
        originals=[original_row(original, Role.ARTICLE)],
        requisites=[
            requisite_row(KnownRequisite(f"{site.url}/old.css", now - timedelta(days=31), '"o"')),
            requisite_row(KnownRequisite(f"{site.url}/fresh.ico", now - timedelta(days=29))),
            requisite_row(KnownRequisite(f"{site.url}/body.png", now - timedelta(hours=1), '"b"')),
        ],
    )
    yield Seen(site, child)
    site.close()


def test_the_crawl_is_complete_and_counts_its_looks(following: Seen) -> None:
    result = following.child.result
    assert result.complete, (result.incomplete, following.child.log)
    assert result.looks == {"new": 1, "due": 13, "unchanged": 2, "changed": 6, "confirmed": 5, "unstable": 2}


def test_what_is_known_is_asked_for_with_what_the_server_gave(following: Seen) -> None:
    listing_asked = following.asked("/news/index.html")[0].headers
    assert listing_asked["If-None-Match"] == '"l"'
    assert listing_asked["If-Modified-Since"] == FRIDAY
    assert following.asked(NOT_MODIFIED)[0].headers["If-None-Match"] == '"1"'
    assert "If-None-Match" not in following.asked(SAME)[0].headers  # its look was to be unconditional


def test_304_is_a_revisit_of_what_the_archive_has(following: Seen) -> None:
    revisits = [record for record in following.child.records if record.type == "revisit"]
    (revisit,) = [record for record in revisits if record.url == following.site.url + NOT_MODIFIED]
    assert revisit.get("WARC-Refers-To") == "<urn:uuid:00000000-0000-0000-0000-000000000001>"


def test_a_new_content_id_is_confirmed_by_a_later_unconditional_look(following: Seen) -> None:
    first, second = following.asked(CHANGED)
    assert first.headers["If-None-Match"] == '"1"'
    assert "If-None-Match" not in second.headers
    assert second.at - first.at >= 0.5
    assert following.purposes(CHANGED) == ["ladder", "confirm"]


def test_two_looks_that_disagree_end_there(following: Seen) -> None:
    assert following.purposes(UNSTABLE) == ["ladder", "confirm"]
    assert following.purposes(FADED) == ["ladder", "confirm"]


def test_an_unchanged_article_is_looked_at_once(following: Seen) -> None:
    assert following.purposes(SAME) == ["ladder"]


def test_a_state_that_was_seen_once_is_confirmed_by_one_more_look(following: Seen) -> None:
    assert following.purposes(ONCE) == ["confirm"]


def test_an_article_of_several_pages_is_looked_at_whole_and_unconditionally_each_time(following: Seen) -> None:
    assert following.purposes(WHOLE) == ["ladder", "confirm"]
    assert following.purposes(part(WHOLE, 2)) == ["ladder", "confirm"]
    assert all("If-None-Match" not in asked.headers for asked in following.asked(WHOLE))


def test_a_part_that_is_no_longer_announced_is_looked_at_all_the_same(following: Seen) -> None:
    assert following.purposes(part(SHORTER, 2)) == ["ladder"]


def test_a_redirect_away_is_an_observation_and_its_target_is_seen_once(following: Seen) -> None:
    assert len(following.asked("/gone.html")) == 1
    assert following.child.facts_of(f"{following.site.url}/gone.html")[0]["role"] == "other"
    assert following.child.result.statuses["302"] == 2


def test_a_redirect_to_another_article_discovers_it(following: Seen) -> None:
    (facts,) = following.child.facts_of(following.site.url + NEW)
    assert facts["purpose"] == "new"
    assert facts["via"] == following.site.url + MOVED


def test_requisites_are_fetched_again_when_they_are_old_and_body_images_with_their_article(following: Seen) -> None:
    assert following.asked("/old.css")[0].headers["If-None-Match"] == '"o"'
    assert following.asked("/body.png")[0].headers["If-None-Match"] == '"b"'
    assert following.asked("/fresh.ico") == []


def test_a_listing_is_left_at_a_page_that_shows_nothing_unknown(following: Seen) -> None:
    assert not following.child.result.thorough
    assert following.asked("/known/index_2.html") == []
    assert following.asked(KNOWN) == []


def test_a_thorough_crawl_trusts_no_listing(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = Site(PAGES)
    try:
        outlet = outlet_of(site.url, sources=[{"url": f"{site.url}/known/index.html", "pages": 5}])
        due = [Due(f"{site.url}/known/index.html", Role.LISTING, Purpose.DISCOVER, True, '"l"')]
        seen = [site.url + KNOWN]
        folder = tmp_path_factory.mktemp("thorough")
        child = crawled(folder / "crawl", outlet, due=due, seen=seen, thorough=True)
        assert child.result.complete, child.result.incomplete
        assert child.result.thorough
        assert {NEW, "/known/index_3.html"} < set(site.paths())
        assert "If-None-Match" not in site.asked[1].headers
    finally:
        site.close()


@pytest.mark.parametrize(("path", "kinds"), [(CHUNKED, ["response", "revisit"]), (UNCHUNKED, ["response", "response"])])
def test_a_page_that_came_in_chunks_is_referred_to_by_one_in_chunks_only(
    following: Seen, path: str, kinds: list[str]
) -> None:
    # pywb undoes the chunks of the page as the head of the revisit says, and would show their sizes.
    answers = [
        record
        for record in following.child.records
        if record.url == following.site.url + path and record.type in ("response", "revisit")
    ]
    assert [record.type for record in answers] == kinds
    assert len({record.get("WARC-Payload-Digest") for record in answers}) == 1
