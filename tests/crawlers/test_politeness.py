from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from config.outlet import Politeness as Facts
from crawlers.host_slots import FURTHEST_SLOT, LONGEST_PAUSE, HostSlots
from crawlers.politeness import LONGEST_CRAWL_DELAY, Politeness, retry_after
from storage.due import Due
from storage.exchange import Purpose, Role
from tests.crawlers.child import ROOT, crawled, outlet_of
from tests.crawlers.site import Answer, Site, article, listing

INDEX = "/news/index.html"
PATHS = [f"/2025xb/C/2600000{n}.html" for n in range(1, 6)]
HOST = "127.0.0.1"


@pytest.fixture
def slots(tmp_path: Path) -> Iterator[HostSlots]:
    slots = HostSlots(tmp_path / "state" / "hosts.sqlite")
    yield slots
    slots.close()


class Time:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def facts(**changed: object) -> Facts:
    return Facts.model_validate({"delay": 5, "jitter": 0, "concurrency": 1} | changed)


def test_turns_of_a_host_are_a_delay_apart_and_hosts_do_not_wait_for_each_other(slots: HostSlots) -> None:
    politeness = Politeness(facts(), slots, now=Time())
    assert [politeness.turn("a") for _ in range(3)] == [0, 5, 10]
    assert politeness.turn("b") == 0


def test_two_crawls_of_a_machine_share_the_turns_of_a_host(tmp_path: Path, slots: HostSlots) -> None:
    now = Time()
    other_slots = HostSlots(tmp_path / "state" / "hosts.sqlite")
    one, other = Politeness(facts(), slots, now=now), Politeness(facts(), other_slots, now=now)
    assert [one.turn("a"), other.turn("a"), one.turn("a")] == [0, 5, 10]
    one.pause("a", 100)
    assert other.paused("a") == 100
    other_slots.close()


def test_a_pause_that_another_crawl_was_told_of_meanwhile_is_known_at_the_next_turn(
    tmp_path: Path, slots: HostSlots
) -> None:
    now = Time()
    other_slots = HostSlots(tmp_path / "state" / "hosts.sqlite")
    one, other = Politeness(facts(), slots, now=now), Politeness(facts(), other_slots, now=now)
    assert one.paused("a") == 0
    other.pause("a", 7200)
    assert one.turn("a") == 7200
    assert one.paused("a") == 7200  # so the host is given up, and the crawl does not wait two hours for it
    other_slots.close()


def test_processes_that_ask_at_once_get_different_slots(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    script = f"""
from pathlib import Path
from crawlers.host_slots import HostSlots
slots = HostSlots(Path({str(path)!r}))
print(*[slots.reserve("a", 1.0, 1000.0) for _ in range(50)])
"""
    children = [
        subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    got = [float(word) for child in children for word in child.communicate(timeout=60)[0].split()]
    assert sorted(got) == [1000.0 + n for n in range(200)]


def test_jitter_spreads_around_the_delay_and_never_below_a_crawl_delay(slots: HostSlots) -> None:
    now = Time()
    politeness = Politeness(facts(jitter=0.5), slots, now=now, seed=1)
    gaps = [later - earlier for earlier, later in pairwise(politeness.turn("a") for _ in range(200))]
    assert 2.5 <= min(gaps) < 3 < 7 < max(gaps) <= 7.5
    politeness.crawl_delay("b", 5)
    gaps = [later - earlier for earlier, later in pairwise(politeness.turn("b") for _ in range(200))]
    assert min(gaps) >= 4.999


def test_a_crawl_delay_raises_the_delay_up_to_a_cap(slots: HostSlots) -> None:
    politeness = Politeness(facts(), slots, now=Time())
    politeness.crawl_delay("a", 20)
    politeness.crawl_delay("b", 86_400)
    politeness.crawl_delay("c", 1)
    assert [politeness.delay(host) for host in "abc"] == [20, LONGEST_CRAWL_DELAY, 5]


def test_a_slow_host_is_asked_more_slowly_and_errors_do_not_hurry_it(slots: HostSlots) -> None:
    politeness = Politeness(facts(), slots, now=Time())
    politeness.answered("a", 30, well=True)
    assert politeness.delay("a") == 30
    politeness.answered("a", 0.01, well=False)
    assert politeness.delay("a") == 30
    for _ in range(10):
        politeness.answered("a", 0.01, well=True)
    assert politeness.delay("a") == 5


def test_no_delay_means_no_bookkeeping(slots: HostSlots) -> None:
    politeness = Politeness(facts(delay=0), slots, now=Time())
    assert [politeness.turn("a") for _ in range(3)] == [0, 0, 0]
    slots._connection.execute("SELECT 1")
    assert slots._connection.execute("SELECT count(*) FROM hosts").fetchone() == (0,)
    politeness.crawl_delay("a", 2)
    assert [politeness.turn("a") for _ in range(3)] == [0, 2, 4]


def test_a_clock_that_was_set_back_stops_nobody(slots: HostSlots) -> None:
    slots.reserve("a", 5, now=1e9)
    slots.pause("a", 1e9 + 60, now=1e9)
    assert slots.reserve("a", 5, now=1e9 - LONGEST_PAUSE - 1) == 1e9 - LONGEST_PAUSE - 1
    slots.reserve("b", 5, now=1e9)
    assert slots.reserve("b", 5, now=1e9 - FURTHEST_SLOT - 10) == 1e9 - FURTHEST_SLOT - 10


def test_a_pause_of_years_is_a_day(slots: HostSlots) -> None:
    slots.pause("a", 1e12, now=1000.0)
    assert slots.paused_until("a", 1000.0) == 1000.0 + LONGEST_PAUSE


def test_a_broken_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    path.write_bytes(b"this was a database once, before the power went" * 100)
    slots = HostSlots(path)
    assert slots.reserve("a", 5, now=1000.0) == 1000.0
    slots.close()


# In earnest


def gaps(site: Site) -> list[float]:
    return [later.at - earlier.at for earlier, later in pairwise(site.asked)]


def test_the_delay_holds_on_the_wire_between_all_requests(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(*PATHS[:2]), **{path: article(more="<img src=/i.png>") for path in PATHS}}
    outlet = outlet_of(site.url, politeness={"delay": 0.8, "concurrency": 4})
    assert crawled(tmp_path / "crawl", outlet).result.complete
    assert site.asked[0].path == "/robots.txt"
    assert len(site.asked) == 5
    assert min(gaps(site)) > 0.6


def test_robots_txt_is_obeyed_and_what_it_forbids_is_written_down(tmp_path: Path, site: Site) -> None:
    site.pages |= {
        "/robots.txt": "User-agent: *\nDisallow: /\n\nUser-agent: palimpsest\nDisallow: /2025xb/C/26000002",
        INDEX: listing(*PATHS[:3]),
        **{path: article() for path in PATHS},
    }
    child = crawled(tmp_path / "crawl", outlet_of(site.url))
    assert child.result.complete, child.result.incomplete
    assert PATHS[1] not in site.paths()
    assert {PATHS[0], PATHS[2]} < set(site.paths())
    assert site.times("/robots.txt") == 1
    assert child.result.outcomes == {"response": 4, "robots": 1}
    (facts,) = child.facts_of(site.url + PATHS[1])
    assert facts["outcome"] == "robots"
    assert facts["role"] == "article"


def test_many_requests_that_wait_for_one_robots_txt_are_all_judged_by_it(tmp_path: Path, site: Site) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /", wait=0.5)
    sources = [{"url": f"{site.url}/{n}/index.html"} for n in range(8)]
    child = crawled(tmp_path / "crawl", outlet_of(site.url, sources=sources, politeness={"concurrency": 8}))
    assert site.paths() == []
    assert child.result.outcomes == {"response": 1, "robots": 8}
    assert not child.result.complete


def test_robots_txt_that_is_not_there_forbids_nothing_whatever_its_page_says(tmp_path: Path, site: Site) -> None:
    forbids = "User-agent: *\nDisallow: /"
    other = Site({"/robots.txt": Answer(forbids, 403), "/index.html": listing()}, "127.0.0.2")
    site.pages |= {"/robots.txt": Answer(forbids, 404), INDEX: listing()}
    try:
        outlet = outlet_of(site.url, sources=[{"url": site.url + INDEX}, {"url": f"{other.url}/index.html"}])
        assert crawled(tmp_path / "crawl", outlet).result.complete
    finally:
        other.close()


def test_robots_txt_that_cannot_be_had_forbids_everything_for_now(tmp_path: Path, site: Site) -> None:
    site.pages |= {"/robots.txt": Answer("down", 503), INDEX: listing()}
    due = [Due(site.url + path, Role.ARTICLE, Purpose.LADDER) for path in PATHS]
    child = crawled(tmp_path / "crawl", outlet_of(site.url), due=due)
    assert site.paths() == []
    assert not child.result.complete
    assert sum(child.result.left.values()) == 5
    assert child.facts_of(site.url + PATHS[0]) == []


def test_a_crawl_delay_is_kept(tmp_path: Path, site: Site) -> None:
    site.pages |= {
        "/robots.txt": "User-agent: *\nCrawl-delay: 1\n",
        INDEX: listing(*PATHS[:2]),
        **{path: article() for path in PATHS},
    }
    assert crawled(tmp_path / "crawl", outlet_of(site.url)).result.complete
    assert min(gaps(site)[1:]) > 0.9


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "²",
        f"Thu, 01 Jan {'9' * 30} 00:00:00 GMT",
        f"Thu, 01 Jan 2026 00:00:00 +{'9' * 14}",
    ],
)
def test_a_retry_after_that_says_nothing_is_passed_over(value: str) -> None:
    assert retry_after(value, datetime(2026, 1, 1, tzinfo=UTC)) is None


def test_retry_after_pauses_the_host(tmp_path: Path, site: Site) -> None:
    busy = Answer("busy", 429, {"Retry-After": "2"})
    site.pages |= {
        INDEX: listing(*PATHS[:3]),
        **{path: article() for path in PATHS},
        PATHS[0]: lambda before: Answer(article()) if before else busy,
    }
    outlet = outlet_of(site.url, politeness={"retries": 1, "concurrency": 1})
    child = crawled(tmp_path / "crawl", outlet)
    assert child.result.complete, child.result.incomplete
    refused = next(asked.at for asked in site.asked if asked.path == PATHS[0])
    assert all(asked.at - refused > 1.9 for asked in site.asked if asked.at > refused)
    assert child.result.statuses["429"] == 1


def test_too_many_requests_without_advice_pause_the_host_for_six_delays(tmp_path: Path, site: Site) -> None:
    site.pages |= {
        INDEX: listing(*PATHS[:2]),
        **{path: article() for path in PATHS},
        PATHS[0]: lambda before: Answer(article()) if before else Answer("busy", 429),
    }
    outlet = outlet_of(site.url, politeness={"retries": 1, "concurrency": 1, "delay": 0.3, "jitter": 0})
    child = crawled(tmp_path / "crawl", outlet)
    assert child.result.complete, child.result.incomplete
    refused = next(asked.at for asked in site.asked if asked.path == PATHS[0])
    assert all(asked.at - refused > 1.7 for asked in site.asked if asked.at > refused)


def test_a_host_that_asks_for_more_than_there_is_time_is_left_for_the_next_crawl_too(
    tmp_path: Path, site: Site
) -> None:
    site.pages |= {
        INDEX: listing(*PATHS),
        **{path: article() for path in PATHS},
        PATHS[0]: Answer("busy", 503, {"Retry-After": "3600"}),
    }
    outlet = outlet_of(site.url, politeness={"retries": 1, "concurrency": 1})
    result = crawled(tmp_path / "one", outlet, deadline=timedelta(seconds=60)).result
    assert not result.complete
    assert result.finish_reason == "finished", "it waited for its deadline"
    assert site.paths() == [INDEX, PATHS[0]]
    assert result.left == {"the host asked to wait: 127.0.0.1": 5}
    assert any("5 URLs are left" in why for why in result.incomplete)

    site.asked.clear()
    again = crawled(tmp_path / "two", outlet, deadline=timedelta(seconds=60)).result
    assert site.asked == []
    assert not again.complete


def test_a_host_that_waits_does_not_hold_up_another(tmp_path: Path, site: Site) -> None:
    slow = Site({"/robots.txt": "User-agent: *\nCrawl-delay: 3\n"}, "127.0.0.2")
    images = "".join(f"<img src={slow.url}/{n}.png>" for n in range(2))
    try:
        site.pages |= {INDEX: listing(*PATHS), **{path: article() for path in PATHS}, PATHS[0]: article(more=images)}
        assert crawled(tmp_path / "crawl", outlet_of(site.url)).result.complete
        assert len(slow.asked) == 3
        assert max(asked.at for asked in site.asked) < slow.asked[-1].at
    finally:
        slow.close()
