from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import timedelta
from pathlib import Path

from crawlers.result import read_result
from crawlers.spool import Spool
from storage.exchange import Purpose
from tests.crawlers.child import ROOT, crawled, due_at, outlet_of, start, wait_for
from tests.crawlers.site import Answer, Site, article, listing

ONE, TWO, THREE = (f"/2025xb/C/2600000{n}.html" for n in (1, 2, 3))
INDEX = "/news/index.html"


def test_the_limit_counts_articles_new_ones_first(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE), **{path: article(more="<img src=/i.png>") for path in (ONE, TWO, THREE)}}
    due = [due_at(site.url + TWO), due_at(site.url + THREE)]
    result = crawled(
        tmp_path / "crawl", outlet_of(site.url), limit=2, due=due, seen=[site.url + TWO, site.url + THREE]
    ).result
    assert set(site.paths()) == {INDEX, ONE, TWO, "/i.png"}
    assert result.looks["new"] == 1
    assert result.looks["due"] == 1
    assert sum(result.left.values()) == 1
    assert not result.complete
    assert result.finish_reason == "finished"


def test_other_hosts_are_asked_for_requisites_under_their_own_robots_txt_or_not_at_all(
    tmp_path: Path, site: Site
) -> None:
    other = Site({"/robots.txt": "User-agent: Palimpsest\nDisallow: /private", "/a.png": "x"}, "127.0.0.2")
    images = f"<img src={other.url}/a.png><img src={other.url}/private/b.png><a href={other.url}/page.html>x</a>"
    try:
        site.pages |= {INDEX: listing(ONE), ONE: article(more=images)}
        child = crawled(tmp_path / "one", outlet_of(site.url))
        assert [asked.path for asked in other.asked] == ["/robots.txt", "/a.png"]
        assert child.facts_of(f"{other.url}/private/b.png")[0]["outcome"] == "robots"
        other.asked.clear()
        crawled(tmp_path / "two", outlet_of(site.url, requisites={"other_hosts": False}))
        assert other.asked == []
    finally:
        other.close()


def test_a_hostile_page_costs_what_the_limit_says_and_a_warning(tmp_path: Path, site: Site) -> None:
    many = "".join(f"<img src=/i{n}.png>" for n in range(310))
    sheet = "".join(f"@import 's.css?{n}';" for n in range(9)) + "".join(f"a{{background:url(b{n})}}" for n in range(9))
    css = Answer(sheet, headers={"Content-Type": "text/css"})
    site.pages |= {
        INDEX: listing(ONE, TWO),
        ONE: article(more=many),
        TWO: article(head="<link rel=stylesheet href=/s.css>"),
    }
    site.pages |= {"/s.css": css, **{f"/s.css?{n}": css for n in range(9)}}
    result = crawled(tmp_path / "crawl", outlet_of(site.url, politeness={"concurrency": 16})).result
    assert result.roles["requisite"] == 300 + 1 + 9 + 9  # each sheet and what they share, once
    assert any("more than 300" in warning for warning in result.warnings)


def test_sigterm_seals_and_says_that_the_crawl_is_incomplete(tmp_path: Path, site: Site) -> None:
    paths = [f"/2025xb/C/{n}.html" for n in range(26000100, 26000200)]
    site.pages |= {INDEX: listing(*paths), **{path: Answer(article(), wait=0.1) for path in paths}}
    child = start(tmp_path / "crawl", outlet_of(site.url))
    wait_for(lambda: site.times(paths[5]))
    child.signal(signal.SIGTERM)
    child.end()
    assert child.result.finish_reason == "shutdown"
    assert not child.result.complete
    assert sum(child.result.left.values()) > 50
    assert [path.suffix for path in child.folder.glob("*.warc.gz*")] == [".gz"]
    assert not Spool(child.folder).in_use()
    captured = {record.url for record in child.records if record.type == "response"}
    assert site.url + paths[5] in captured


def test_a_response_that_drips_does_not_hold_up_the_end(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE, TWO), ONE: Answer(article(), wait=600), TWO: article()}
    child = start(tmp_path / "crawl", outlet_of(site.url, politeness={"timeout": 300}))
    wait_for(lambda: site.times(ONE) and site.times(TWO))
    child.signal(signal.SIGTERM)
    child.end()
    assert child.result.finish_reason == "shutdown"
    assert site.url + INDEX in {record.url for record in child.records}


def test_the_deadline_ends_a_crawl(tmp_path: Path, site: Site) -> None:
    paths = [f"/2025xb/C/{n}.html" for n in range(26000100, 26000200)]
    site.pages |= {INDEX: listing(*paths), **{path: Answer(article(), wait=1) for path in paths}}
    result = crawled(tmp_path / "crawl", outlet_of(site.url), deadline=timedelta(seconds=4)).result
    assert result.finish_reason == "deadline"
    assert not result.complete
    assert result.exchanges > 2


def test_a_kill_leaves_a_spool_that_is_recovered(tmp_path: Path, site: Site) -> None:
    paths = [f"/2025xb/C/{n}.html" for n in range(26000100, 26000300)]
    site.pages |= {INDEX: listing(*paths), **{path: Answer(article(), wait=0.02) for path in paths}}
    child = start(tmp_path / "crawl", outlet_of(site.url))
    wait_for(lambda: site.times(paths[20]))
    child.signal(signal.SIGKILL)
    child.end()
    assert read_result(child.folder) is None
    assert child.told, "the parent was told of nothing"
    acknowledged = child.told[-1]["fetched"]
    assert acknowledged > 0
    sealed = Spool(child.folder).recover()
    assert len(sealed) == 1
    assert sum(1 for record in child.records if record.type == "metadata") >= acknowledged


def test_the_death_of_the_parent_ends_the_crawl_in_order(tmp_path: Path, site: Site) -> None:
    if not sys.platform.startswith("linux"):
        return
    paths = [f"/2025xb/C/{n}.html" for n in range(26000100, 26000300)]
    site.pages |= {INDEX: listing(*paths), **{path: Answer(article(), wait=0.1) for path in paths}}
    folder = tmp_path / "crawl"
    crawled_for_plan = start(folder, outlet_of(site.url))
    crawled_for_plan.process.kill()
    crawled_for_plan.end()
    (folder / "lock").unlink(missing_ok=True)
    for left in folder.glob("*.warc.gz*"):
        left.unlink()
    site.asked.clear()
    script = f"""
        import subprocess, sys, time
        child = subprocess.Popen([sys.executable, "-m", "crawlers.child", {str(folder)!r}], stdout=subprocess.DEVNULL)
        print(child.pid, flush=True)
        time.sleep(600)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    int(parent.stdout.readline())
    wait_for(lambda: site.times(paths[3]))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_for(lambda: read_result(folder) is not None, 20)
    result = read_result(folder)
    assert result is not None
    assert result.finish_reason == "shutdown"


def test_the_child_keeps_no_secrets(tmp_path: Path) -> None:
    script = "import os; from crawlers.child import forget_secrets; forget_secrets(); print(sorted(os.environ))"
    environment = {
        **os.environ,
        "AWS_SECRET_ACCESS_KEY": "s",
        "PREFECT_API_AUTH_STRING": "s",
        "PALIMPSEST_CATALOG": "s",
    }
    out = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert "PATH" in out
    assert not any(name in out for name in ("AWS_", "PREFECT_", "PALIMPSEST_"))


def test_a_folder_without_a_plan_is_refused_in_words(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-m", "crawlers.child", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert child.returncode == 1
    assert "PlanUnreadable" in child.stderr
    assert "Traceback" not in child.stderr


def test_an_outlet_with_a_reader_that_does_not_exist_is_refused_before_anything_is_fetched(
    tmp_path: Path, site: Site
) -> None:
    child = crawled(tmp_path / "crawl", outlet_of(site.url, readers=["nobody"]))
    assert child.process.returncode != 0
    assert "nobody" in child.err
    assert site.asked == []


def test_a_spool_is_written_once(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing()}
    crawled(tmp_path / "crawl", outlet_of(site.url))
    (tmp_path / "crawl" / "result.json").unlink()
    again = crawled(tmp_path / "crawl", outlet_of(site.url))
    assert "SpoolUsed" in again.err
    assert read_result(again.folder) is None


def test_progress_that_nobody_reads_stops_nothing(tmp_path: Path, site: Site) -> None:
    paths = [f"/2025xb/C/{n}.html" for n in range(26000100, 26000150)]
    site.pages |= {INDEX: listing(*paths), **{path: article() for path in paths}}
    child = start(tmp_path / "crawl", outlet_of(site.url))
    assert child.process.stdout is not None
    child.process.stdout.close()
    child.process.stdout = None
    child.process.wait(60)
    child.err, child.out = "", ""
    result = read_result(child.folder)
    assert result is not None
    assert result.complete
    if child.process.stderr:
        child.process.stderr.close()


def test_memory_does_not_hold_the_urls(tmp_path: Path, site: Site) -> None:
    """What is due and what waits is on disk: 40,000 due URLs cost little more memory than 400."""
    site.pages |= {INDEX: listing()}
    peaks = []
    for count in (400, 40_000):
        due = (due_at(f"{site.url}/2025xb/{'section' * 20}/{n:08}.html", purpose=Purpose.AUDIT) for n in range(count))
        child = start(tmp_path / str(count), outlet_of(site.url), due=due, deadline=timedelta(seconds=90))
        status = Path(f"/proc/{child.process.pid}/status")
        if not status.exists():
            child.process.kill()
            child.end()
            return
        wait_for(lambda: len(site.asked) > 100)
        peaks.append(int(status.read_text().split("VmRSS:")[1].split()[0]))
        child.signal(signal.SIGKILL)
        child.end()
        site.asked.clear()
    assert peaks[1] - peaks[0] < 40 * 1024, f"{peaks} KiB"


def test_a_signal_that_comes_before_the_crawl_has_opened_ends_it_too(tmp_path: Path, site: Site) -> None:
    paths = [f"/2025xb/C/{n}.html" for n in range(26000100, 26000200)]
    site.pages |= {INDEX: listing(*paths), **{path: Answer(article(), wait=0.5) for path in paths}}
    child = start(tmp_path / "crawl", outlet_of(site.url))
    wait_for(lambda: (child.folder / "frontier.sqlite").exists())
    time.sleep(0.05)  # any moment will do: it is opening, or has just opened
    child.signal(signal.SIGTERM)
    child.end()
    result = read_result(child.folder)
    assert result is None or result.finish_reason == "shutdown"
    assert len(site.paths()) < 20
