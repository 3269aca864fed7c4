from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.outlet import Outlet
from config.outlet_file import load_outlet
from crawlers.errors import PlanUnreadable, ResultUnreadable
from crawlers.plan import CRAWL_JSON, PLAN_SQLITE, Crawl, KnownRequisite, Plan, write_plan
from crawlers.result import CrawlResult, SourceResult, read_result, write_result
from storage.due import Due
from storage.exchange import Original, Purpose, Role
from tests.crawlers.plan_rows import original_row, requisite_row

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 1, 23, 12, tzinfo=UTC)


def demo() -> Outlet:
    return load_outlet(ROOT / "config" / "outlets" / "demo.yml")


def crawl(**changed: object) -> Crawl:
    facts: dict[str, object] = {
        "crawl_id": "20260123T120000Z-demo-0a1b2c",
        "outlet": demo(),
        "archive_id": "a",
        "started": NOON,
        "user_agent": "Palimpsest/0.1 (+mailto:a@example.org)",
        "software": "palimpsest/0.1",
        "state": Path("state"),
    }
    return Crawl(**(facts | changed))  # type: ignore[arg-type]


def test_the_child_reads_what_was_planned(tmp_path: Path) -> None:
    planned = crawl(limit=5, deadline=timedelta(hours=6), clock_offset=timedelta(days=3), thorough=True)
    article = Due("http://a.example/1", Role.ARTICLE, Purpose.LADDER, True, '"é"', None, "sha256:0", ("http://a/2",))
    listing = Due("http://a.example/", Role.LISTING, Purpose.DISCOVER, True, None, "yesterday")
    image = KnownRequisite("http://a.example/i.png", NOON, '"i"')
    original = Original("urn:uuid:1", "http://a.example/1", NOON, "sha256:1", chunked=True)
    write_plan(
        tmp_path,
        planned,
        due=[listing, article],
        seen=["http://a.example/1", "http://a.example/0"],
        originals=[original_row(original, Role.ARTICLE)],
        requisites=[requisite_row(image)],
    )

    plan = Plan.open(tmp_path)

    assert plan.crawl == planned
    assert plan.crawl.clock.offset == timedelta(days=3)
    assert list(plan.articles()) == [article]
    assert plan.last_look(listing.url) == listing
    assert plan.is_known("http://a.example/0")
    assert not plan.is_known("http://a.example/2")
    assert plan.requisite(image.url) == image
    assert plan.requisite("http://a.example/other.png") is None
    originals = plan.originals()
    assert originals.latest("http://a.example/1") == original
    originals.close()
    plan.close()


def test_due_articles_come_in_the_order_in_which_they_were_planned(tmp_path: Path) -> None:
    urls = [f"http://a.example/{name}" for name in "zbqa"]
    write_plan(tmp_path, crawl(), due=[Due(url, Role.ARTICLE, Purpose.LADDER) for url in urls])
    plan = Plan.open(tmp_path)
    assert [due.url for due in plan.articles()] == urls
    plan.close()


def test_a_plan_may_be_asked_while_its_articles_are_gone_through(tmp_path: Path) -> None:
    write_plan(tmp_path, crawl(), due=[Due(f"http://a.example/{n}", Role.ARTICLE, Purpose.LADDER) for n in range(300)])
    plan = Plan.open(tmp_path)
    assert all(plan.last_look(due.url) == due for due in plan.articles())
    plan.close()


def test_an_unfinished_plan_is_planned_anew(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        write_plan(tmp_path, crawl(), seen=(f"http://a.example/{1 // n}" for n in (1, 0)))
    assert not (tmp_path / CRAWL_JSON).exists()
    assert not (tmp_path / PLAN_SQLITE).exists()
    write_plan(tmp_path, crawl(), seen=["http://a.example/1"])
    plan = Plan.open(tmp_path)
    assert plan.is_known("http://a.example/1")
    plan.close()


@pytest.mark.parametrize("broken", ["nothing", "no json", "other format", "an outlet that is none", "no sqlite"])
def test_a_folder_without_a_whole_plan_is_refused_in_words(tmp_path: Path, broken: str) -> None:
    if broken != "nothing":
        write_plan(tmp_path, crawl())
        path = tmp_path / CRAWL_JSON
        said = json.loads(path.read_bytes())
        if broken == "no json":
            path.write_text("{")
        elif broken == "other format":
            path.write_text(json.dumps(said | {"format": 99}))
        elif broken == "an outlet that is none":
            path.write_text(json.dumps(said | {"outlet": {"id": "x"}}))
        else:
            (tmp_path / PLAN_SQLITE).write_bytes(b"not a database, but longer than a header" * 9)
    with pytest.raises(PlanUnreadable, match="start the crawl again"):
        Plan.open(tmp_path)


def test_planning_half_a_million_urls_holds_none_of_them(tmp_path: Path) -> None:
    script = f"""
import sys; sys.path.insert(0, {str(ROOT)!r}); sys.path.insert(0, {str(Path(__file__).parent)!r})
import resource
from pathlib import Path
from test_plan import crawl, write_plan
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write_plan(Path({str(tmp_path)!r}), crawl(), seen=(f"http://a.example/section/{{n:08}}.html" for n in range(500_000)))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    grown = int(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)
    unit = 1024 if sys.platform.startswith("linux") else 1
    assert grown * unit < 16 * 1024 * 1024, f"{grown * unit} bytes more; the URLs themselves are {500_000 * 39}"


def test_a_result_comes_back_as_it_was_written(tmp_path: Path) -> None:
    result = CrawlResult(
        crawl_id="c",
        outlet="demo",
        started=NOON,
        finished=NOON + timedelta(minutes=1),
        finish_reason="deadline",
        complete=False,
        incomplete=("the deadline came",),
        exchanges=2,
        outcomes={"response": 1, "timeout": 1},
        left={"deadline": 3},
        sources=(SourceResult("http://a/", "listing", ok=False, pages=1, error="503"),),
        errors=("é",),
    )
    write_result(tmp_path, result)
    assert read_result(tmp_path) == result


def test_a_crawl_that_did_not_live_to_its_end_has_no_result(tmp_path: Path) -> None:
    assert read_result(tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 2}', '{"format": 1}', "\xff"])
def test_a_torn_result_is_named_with_what_is_kept(tmp_path: Path, content: str) -> None:
    (tmp_path / "result.json").write_text(content, encoding="latin-1")
    with pytest.raises(ResultUnreadable, match=rf"result\.json of {tmp_path.name} can't be understood .* and kept"):
        read_result(tmp_path)
