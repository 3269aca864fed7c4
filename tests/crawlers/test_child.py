from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.plan import Due, KnownRequisite
from crawlers.result import read_result
from crawlers.spool import Spool
from storage.exchange import Original, Purpose, Role
from tests.crawlers.child import ROOT, crawled, outlet_of, start, wait_for
from tests.crawlers.site import Answer, Site, article, listing

ONE, TWO, THREE = (f"/2025xb/C/2600000{n}.html" for n in (1, 2, 3))
INDEX = "/news/index.html"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


def test_a_crawl_goes_from_the_listing_to_its_articles_and_what_they_need(tmp_path: Path, site: Site) -> None:
    site.pages |= {
        INDEX: listing(ONE),
        ONE: article(head="<link rel=stylesheet href=/s.css>", more="<p><img src=/i.png></p>"),
        "/s.css": Answer("@import '/t.css'; b{background:url(/b.png)}", headers={"Content-Type": "text/css"}),
        "/t.css": Answer("@font-face{src:url(/f.woff2)}", headers={"Content-Type": "text/css"}),
    }
    child = crawled(tmp_path / "crawl", outlet_of(site.url))
    result = child.result
    assert result.complete, result.incomplete
    assert result.finish_reason == "finished"
    assert site.paths()[:2] == [INDEX, ONE]
    assert sorted(site.paths()[2:]) == ["/b.png", "/f.woff2", "/i.png", "/s.css", "/t.css"]
    assert result.roles == {"robots": 1, "listing": 1, "article": 1, "requisite": 5}
    assert result.purposes == {"discover": 2, "new": 1, "requisite": 5}
    assert result.statuses == {"404": 4, "200": 4}
    assert result.exchanges == 8
    assert [(source.ok, source.pages, source.links, source.new) for source in result.sources] == [(True, 1, 1, 1)]
    assert child.told[-1]["fetched"] == 8
    assert child.told[-1]["queued"] == 0


def test_every_capture_says_how_it_came_about(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE), ONE: article(more="<p><img src=/i.png></p>"), "/robots.txt": "User-agent: *\n"}
    child = crawled(tmp_path / "crawl", outlet_of(site.url))
    (facts,) = child.facts_of(site.url + ONE)
    assert facts["via"] == site.url + INDEX
    assert facts["role"] == "article"
    assert facts["purpose"] == "new"
    assert facts["article-key"] == "site:cbf:26000001"
    (record,) = [one for one in child.records if one.type == "metadata" and one.url == site.url + ONE]
    assert f"announced: title=Title of {ONE}\r\nannounced: time=2026-01-23 10:00\r\n".encode() in record.block
    (image,) = child.facts_of(site.url + "/i.png")
    assert image["article-url"] == site.url + ONE
    assert child.facts_of(site.url + "/robots.txt")[0]["role"] == "robots"


def test_the_wire_shows_an_honest_modest_client(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE), ONE: Answer(article(), headers={"Set-Cookie": "a=b"}), TWO: article()}
    crawled(tmp_path / "crawl", outlet_of(site.url), seen=[site.url + TWO], due=[_due(site.url + TWO)])
    assert {asked.path for asked in site.asked} == {"/robots.txt", INDEX, ONE, TWO}
    for asked in site.asked:
        assert asked.headers["User-Agent"] == "Palimpsest/0.1 (+mailto:tests@example.org)"
        assert asked.headers["Accept-Encoding"] == "gzip"
        assert not {"Cookie", "Referer"} & set(asked.headers)


def test_a_listing_is_followed_to_one_page_more_than_it_announces(tmp_path: Path, site: Site) -> None:
    site.pages |= {
        INDEX: listing(ONE, pages=2),
        "/news/index_2.html": listing(TWO, pages=2),
        "/news/index_3.html": listing(THREE, pages=2),
        **{path: article() for path in (ONE, TWO, THREE)},
    }
    outlet = outlet_of(site.url, sources=[{"url": site.url + INDEX, "pages": 5, "probe": True}])
    result = crawled(tmp_path / "crawl", outlet).result
    assert result.complete, result.incomplete
    assert result.looks["new"] == 3
    assert "/news/index_4.html" not in site.paths()


def test_a_listing_is_left_where_it_shows_nothing_unknown_but_not_by_a_thorough_crawl(
    tmp_path: Path, site: Site
) -> None:
    site.pages |= {INDEX: listing(ONE, pages=3), "/news/index_2.html": listing(TWO, pages=3)}
    site.pages |= {"/news/index_3.html": listing(THREE, pages=3), THREE: article()}
    seen = [site.url + ONE, site.url + TWO]
    assert crawled(tmp_path / "one", outlet_of(site.url), seen=seen).result.complete
    assert site.paths() == [INDEX]
    assert crawled(tmp_path / "two", outlet_of(site.url), seen=seen, thorough=True).result.complete
    assert THREE in site.paths()


def test_a_listing_is_followed_no_further_than_the_outlet_says(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE, pages=9), "/news/index_2.html": listing(TWO, pages=9)}
    outlet = outlet_of(site.url, sources=[{"url": site.url + INDEX, "pages": 2, "probe": True}])
    crawled(tmp_path / "crawl", outlet)
    assert "/news/index_3.html" not in site.paths()


def test_a_feed_and_a_sitemap_are_sources_too(tmp_path: Path, site: Site) -> None:
    xml = {"Content-Type": "application/xml"}
    site.pages |= {
        "/rss.xml": Answer(
            f"<rss><channel><item><title>T</title><link>{ONE}</link></item></channel></rss>", headers=xml
        ),
        "/map.xml": Answer("<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>", headers=xml),
        "/a.xml": Answer(f"<urlset><url><loc>{TWO}</loc></url></urlset>", headers=xml),
        ONE: article(),
        TWO: article(),
    }
    sources = [{"kind": "feed", "url": f"{site.url}/rss.xml"}, {"kind": "sitemap", "url": f"{site.url}/map.xml"}]
    result = crawled(tmp_path / "crawl", outlet_of(site.url, sources=sources)).result
    assert result.complete, result.incomplete
    assert result.looks["new"] == 2
    assert result.roles["sitemap"] == 2


def test_a_source_that_fails_makes_the_crawl_incomplete_and_the_others_go_on(tmp_path: Path, site: Site) -> None:
    site.pages |= {
        INDEX: listing(ONE),
        ONE: article(),
        "/b/index.html": Answer("down", 500),
        "/c.xml": "<html>404</html>",
    }
    sources = [
        {"url": site.url + INDEX},
        {"url": f"{site.url}/b/index.html"},
        {"kind": "feed", "url": f"{site.url}/c.xml"},
        {"url": "http://127.0.0.2:9/index.html"},
    ]
    result = crawled(tmp_path / "crawl", outlet_of(site.url, sources=sources)).result
    assert not result.complete
    assert [source.ok for source in result.sources] == [True, False, False, False]
    assert "HTTP 500" in (result.sources[1].error or "")
    assert "is no feed" in (result.sources[2].error or "")
    assert ONE in site.paths()


def _due(url: str, **changed: object) -> Due:
    facts: dict[str, object] = {"url": url, "role": Role.ARTICLE, "purpose": Purpose.LADDER, "conditional": False}
    return Due(**(facts | changed))  # type: ignore[arg-type]


def test_known_articles_are_asked_for_with_what_the_server_gave_and_304_is_a_revisit(
    tmp_path: Path, site: Site
) -> None:
    etag = {"ETag": '"1"'}
    site.pages |= {
        INDEX: Answer(status=304),
        ONE: Answer(status=304, headers=etag),
        TWO: Answer(article(), headers=etag),
    }
    original = Original("urn:uuid:00000000-0000-0000-0000-000000000001", site.url + ONE, datetime.now(UTC), "sha256:1")
    child = crawled(
        tmp_path / "crawl",
        outlet_of(site.url),
        due=[
            Due(site.url + INDEX, Role.LISTING, Purpose.DISCOVER, True, '"l"', "Fri, 23 Jan 2026 00:00:00 GMT"),
            _due(site.url + ONE, conditional=True, etag='"1"'),
            _due(site.url + TWO, conditional=False, etag='"1"'),
        ],
        seen=[site.url + ONE, site.url + TWO],
        originals=[(original, Role.ARTICLE)],
    )
    assert child.result.complete, child.result.incomplete
    asked = {one.path: one.headers for one in site.asked}
    assert asked[INDEX]["If-None-Match"] == '"l"'
    assert asked[INDEX]["If-Modified-Since"] == "Fri, 23 Jan 2026 00:00:00 GMT"
    assert asked[ONE]["If-None-Match"] == '"1"'
    assert "If-None-Match" not in asked[TWO]
    (revisit,) = [record for record in child.records if record.type == "revisit"]
    assert revisit.url == site.url + ONE
    assert revisit.get("WARC-Refers-To") == f"<{original.record_id}>"
    assert child.result.looks == {"due": 2, "unchanged": 1}


def test_an_article_of_several_pages_is_fetched_whole(tmp_path: Path, site: Site) -> None:
    parts = [ONE.replace(".html", f"_{n}.html") for n in (2, 3)]
    site.pages |= {INDEX: listing(ONE), ONE: article(pages=3), **{part: article("More.", pages=3) for part in parts}}
    child = crawled(tmp_path / "one", outlet_of(site.url))
    assert site.paths() == [INDEX, ONE, *parts] or sorted(site.paths()) == sorted([INDEX, ONE, *parts])
    assert child.result.roles["part"] == 2
    assert child.facts_of(site.url + parts[0])[0]["article-url"] == site.url + ONE

    site.asked.clear()
    known = _due(site.url + ONE, conditional=True, etag='"1"', parts=tuple(site.url + part for part in parts))
    crawled(tmp_path / "two", outlet_of(site.url), due=[known], seen=[site.url + ONE])
    assert all("If-None-Match" not in asked.headers for asked in site.asked)
    assert set(parts) < set(site.paths())


CONTENT = "sha256:" + "0" * 64


def test_a_new_content_id_is_confirmed_by_a_second_look_in_the_same_crawl(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE), ONE: article("Changed.")}
    due = [_due(site.url + ONE, content_id=CONTENT, conditional=True, etag='"1"')]
    child = crawled(tmp_path / "crawl", outlet_of(site.url), due=due, seen=[site.url + ONE])
    first, second = (asked for asked in site.asked if asked.path == ONE)
    assert "If-None-Match" in first.headers
    assert "If-None-Match" not in second.headers
    assert second.at - first.at >= 0.5
    assert [facts["purpose"] for facts in child.facts_of(site.url + ONE)] == ["ladder", "confirm"]
    assert child.result.looks == {"due": 1, "changed": 1, "confirmed": 1}
    assert child.result.complete


def test_two_looks_that_disagree_are_unstable(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE), ONE: lambda before: Answer(article(f"Version {before}."))}
    due = [_due(site.url + ONE, content_id=CONTENT)]
    result = crawled(tmp_path / "crawl", outlet_of(site.url), due=due, seen=[site.url + ONE]).result
    assert result.looks == {"due": 1, "changed": 1, "unstable": 1}
    assert site.times(ONE) == 2


def test_an_unchanged_article_is_looked_at_once_and_a_state_seen_once_is_confirmed(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE), ONE: article("Changed.")}
    due = [_due(site.url + ONE, content_id=CONTENT)]
    outlet = outlet_of(site.url)
    from articles.page import Page
    from articles.reading import read

    content_id = read([Page(site.url + ONE, article("Changed.").encode(), datetime.now(UTC))], outlet).content_id
    due = [_due(site.url + ONE, content_id=content_id, purpose=Purpose.CONFIRM)]
    result = crawled(tmp_path / "crawl", outlet, due=due, seen=[site.url + ONE]).result
    assert result.looks == {"due": 1, "confirmed": 1}
    assert site.times(ONE) == 1


def test_a_second_look_takes_all_pages_of_an_article(tmp_path: Path, site: Site) -> None:
    part = ONE.replace(".html", "_2.html")
    site.pages |= {INDEX: listing(ONE), ONE: article(pages=2), part: article("More.", pages=2)}
    due = [_due(site.url + ONE, content_id=CONTENT, parts=(site.url + part,))]
    result = crawled(tmp_path / "crawl", outlet_of(site.url), due=due, seen=[site.url + ONE]).result
    assert result.looks == {"due": 1, "changed": 1, "confirmed": 1}
    assert (site.times(ONE), site.times(part)) == (2, 2)


def test_the_limit_counts_articles_new_ones_first(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE), **{path: article(more="<img src=/i.png>") for path in (ONE, TWO, THREE)}}
    due = [_due(site.url + TWO), _due(site.url + THREE)]
    result = crawled(
        tmp_path / "crawl", outlet_of(site.url), limit=2, due=due, seen=[site.url + TWO, site.url + THREE]
    ).result
    assert set(site.paths()) == {INDEX, ONE, TWO, "/i.png"}
    assert result.looks["new"] == 1
    assert result.looks["due"] == 1
    assert sum(result.left.values()) == 1
    assert not result.complete
    assert result.finish_reason == "finished"


def test_requisites_are_fetched_again_when_they_are_old_and_body_images_with_their_article(
    tmp_path: Path, site: Site
) -> None:
    now = datetime.now(UTC)
    body = "<p><img src=/body.png></p>"
    head = "<link rel=stylesheet href=/old.css><link rel=icon href=/fresh.ico>"
    site.pages |= {INDEX: listing(ONE), ONE: article(head=head, more=body)}
    known = [
        KnownRequisite(f"{site.url}/old.css", now - timedelta(days=31), '"o"'),
        KnownRequisite(f"{site.url}/fresh.ico", now - timedelta(days=29)),
        KnownRequisite(f"{site.url}/body.png", now - timedelta(hours=1), '"b"'),
    ]
    crawled(tmp_path / "crawl", outlet_of(site.url), requisites=known)
    asked = {one.path: one.headers for one in site.asked}
    assert set(asked) == {"/robots.txt", INDEX, ONE, "/old.css", "/body.png"}
    assert asked["/old.css"]["If-None-Match"] == '"o"'
    assert asked["/body.png"]["If-None-Match"] == '"b"'


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


def test_a_dead_host_of_a_third_party_leaves_the_crawl_complete(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE), ONE: article(more="<img src=http://127.0.0.2:9/a.png>")}
    child = crawled(tmp_path / "crawl", outlet_of(site.url))
    assert child.result.complete, child.result.incomplete
    assert child.result.left == {}
    assert sum(child.result.left_requisites.values()) == 1
    assert child.facts_of("http://127.0.0.2:9/robots.txt")[0]["outcome"] == "refused"


def test_an_article_that_redirects_is_an_observation_and_its_target_is_seen_once(tmp_path: Path, site: Site) -> None:
    gone = Answer(status=302, headers={"Location": "/gone.html"})
    moved = Answer(status=301, headers={"Location": THREE})
    site.pages |= {INDEX: listing(), ONE: gone, TWO: gone, "/2025xb/C/26000004.html": moved, THREE: article()}
    paths = (ONE, TWO, "/2025xb/C/26000004.html")
    child = crawled(
        tmp_path / "crawl",
        outlet_of(site.url),
        due=[_due(site.url + path) for path in paths],
        seen=[site.url + path for path in paths],
    )
    assert child.result.complete, child.result.incomplete
    assert site.times("/gone.html") == 1
    assert child.facts_of(f"{site.url}/gone.html")[0]["role"] == "other"
    assert child.facts_of(site.url + THREE)[0]["purpose"] == "new"
    assert child.result.statuses["302"] == 2


def test_redirects_of_a_listing_are_followed_and_each_hop_is_captured(tmp_path: Path, site: Site) -> None:
    hop = Answer(status=301, headers={"Location": "/new/index.html"})
    site.pages |= {INDEX: hop, "/new/index.html": listing(ONE), ONE: article()}
    child = crawled(tmp_path / "crawl", outlet_of(site.url))
    assert child.result.complete, child.result.incomplete
    assert [record.url for record in child.records if record.type == "response"][1:4] == [
        site.url + INDEX,
        f"{site.url}/new/index.html",
        site.url + ONE,
    ]
    assert child.facts_of(f"{site.url}/new/index.html")[0]["via"] == site.url + INDEX


def test_a_redirect_loop_ends(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: Answer(status=302, headers={"Location": INDEX})}
    result = crawled(tmp_path / "crawl", outlet_of(site.url)).result
    assert not result.sources[0].ok
    assert site.times(INDEX) < 10


def test_each_attempt_is_recorded(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE), ONE: lambda before: Answer("busy", 503) if before < 2 else Answer(article())}
    child = crawled(tmp_path / "crawl", outlet_of(site.url, politeness={"retries": 2}))
    assert child.result.statuses["503"] == 2
    assert len(child.facts_of(site.url + ONE)) == 3


def test_a_hostile_page_costs_what_the_limit_says_and_a_warning(tmp_path: Path, site: Site) -> None:
    many = "".join(f"<img src=/i{n}.png>" for n in range(400))
    sheet = "".join(f"@import 's.css?{n}';" for n in range(50)) + "".join(
        f"a{{background:url(b{n})}}" for n in range(50)
    )
    css = Answer(sheet, headers={"Content-Type": "text/css"})
    site.pages |= {
        INDEX: listing(ONE, TWO),
        ONE: article(more=many),
        TWO: article(head="<link rel=stylesheet href=/s.css>"),
    }
    site.pages |= {"/s.css": css, **{f"/s.css?{n}": css for n in range(50)}}
    result = crawled(tmp_path / "crawl", outlet_of(site.url, politeness={"concurrency": 16})).result
    assert result.roles["requisite"] <= 300 + 102
    assert any("more than 300" in warning for warning in result.warnings)


def test_sigterm_seals_and_says_that_the_crawl_is_incomplete(tmp_path: Path, site: Site) -> None:
    paths = [f"/2025xb/C/{n}.html" for n in range(26000100, 26000200)]
    site.pages |= {INDEX: listing(*paths), **{path: Answer(article(), wait=0.1) for path in paths}}
    child = start(tmp_path / "crawl", outlet_of(site.url))
    wait_for(lambda: site.times(paths[5]))
    asked = time.monotonic()
    child.signal(signal.SIGTERM)
    child.end()
    assert time.monotonic() - asked < 8
    assert child.result.finish_reason == "shutdown"
    assert not child.result.complete
    assert sum(child.result.left.values()) > 50
    assert [path.suffix for path in child.folder.glob("*.warc.gz*")] == [".gz"]
    assert not Spool(child.folder).in_use()
    captured = {record.url for record in child.records if record.type == "response"}
    assert site.url + paths[5] in captured


def test_a_response_that_drips_does_not_hold_up_the_end(tmp_path: Path, site: Site) -> None:
    site.pages |= {INDEX: listing(ONE, TWO), ONE: Answer(article(), wait=40), TWO: article()}
    child = start(tmp_path / "crawl", outlet_of(site.url, politeness={"timeout": 60}))
    wait_for(lambda: site.times(ONE) and site.times(TWO))
    child.signal(signal.SIGTERM)
    child.end(25)
    assert child.result.finish_reason == "shutdown"
    assert site.url + INDEX in {record.url for record in child.records}


def test_the_deadline_ends_a_crawl(tmp_path: Path, site: Site) -> None:
    paths = [f"/2025xb/C/{n}.html" for n in range(26000100, 26000200)]
    site.pages |= {INDEX: listing(*paths), **{path: Answer(article(), wait=1) for path in paths}}
    result = crawled(tmp_path / "crawl", outlet_of(site.url), deadline=timedelta(seconds=8)).result
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
        due = (_due(f"{site.url}/2025xb/{'section' * 20}/{n:08}.html", purpose=Purpose.AUDIT) for n in range(count))
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
