"""The outlet files that we ship."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from config.outlet import Outlet
from config.outlet_file import load_outlets
from config.settings import load_settings
from demo.script import EVENTS
from demo.stories import SECTIONS


@pytest.fixture(scope="module")
def outlets() -> dict[str, Outlet]:
    return load_outlets(Path(__file__).resolve().parents[2] / "config" / "outlets")


def test_the_default_settings_find_them(
    outlets: dict[str, Outlet], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_outlets(load_settings().outlets) == outlets
    assert {"chinamil", "demo"} <= set(outlets)


@pytest.mark.parametrize(
    ("url", "era", "key", "page"),
    [
        ("http://eng.chinamil.com.cn/CHINA_209163/TopStories_209189/10195159.html", "2022", "chinamil:cbf:10195159", 1),
        ("http://eng.chinamil.com.cn/MEDIA/Videos/10197710.html", "2022", "chinamil:cbf:10197710", 1),
        ("http://eng.chinamil.com.cn/OPINIONS_209196/10197711_2.html", "2022", "chinamil:cbf:10197711", 2),
        ("http://eng.chinamil.com.cn/BILINGUAL/Photos_209204/16478360.html", "2022", "chinamil:cbf:16478360", 1),
        ("http://eng.chinamil.com.cn/SIDEBAR/WeRecommend/16384981.html", "2022", "chinamil:cbf:16384981", 1),
        ("http://eng.chinamil.com.cn/2025xb/C_251453/TE/16447328.html", "2025xb", "chinamil:cbf:16447328", 1),
        ("http://eng.chinamil.com.cn/2025xb/V_251452/16447328_12.html", "2025xb", "chinamil:cbf:16447328", 12),
        ("https://eng.chinamil.com.cn:80/2025xb/W/N/16447329.html", "2025xb", "chinamil:cbf:16447329", 1),
        (
            "http://english.chinamil.com.cn/view/2021-03/23/content_10009256.htm",
            "content",
            "chinamil:content:10009256",
            1,
        ),
        (
            "http://eng.chinamil.com.cn:80/view/2017-09/19/content_7762174_2.htm",
            "content",
            "chinamil:content:7762174",
            2,
        ),
    ],
)
def test_chinamil_knows_the_articles_of_all_its_eras(
    outlets: dict[str, Outlet], url: str, era: str, key: str, page: int
) -> None:
    found = outlets["chinamil"].match(url)
    assert found is not None
    assert (found.era, found.key, found.page) == (era, key, page)


@pytest.mark.parametrize(
    "url",
    [
        "http://eng.chinamil.com.cn/",
        "http://eng.chinamil.com.cn/2025xb/V_251452/index.html",
        "http://eng.chinamil.com.cn/2025xb/V_251452/index_2.html",
        "http://eng.chinamil.com.cn/CHINA_209163/TopStories_209189/index_2.html",
        "http://eng.chinamil.com.cn/ysym/s/index.html",
        "http://www.81.cn/yw_208727/16459682.html",
        "http://eng.chinamil.com.cn/2025xb/V_251452/_attachment/2026/05/10/16459682_440d6ec1d3e483f364e700f3b7e39c3b.jpg",
    ],
)
def test_chinamil_takes_nothing_else_for_an_article(outlets: dict[str, Outlet], url: str) -> None:
    assert outlets["chinamil"].match(url) is None


def test_chinamil_is_crawled_over_http_every_three_hours_in_its_own_zone(outlets: dict[str, Outlet]) -> None:
    chinamil = outlets["chinamil"]
    assert chinamil.schedule.split()[1] == "*/3"
    assert chinamil.timezone == "Asia/Shanghai"
    assert all(source.url.startswith("http://eng.chinamil.com.cn/") for source in chinamil.sources)
    assert not chinamil.allow_private


def test_the_demo_looks_at_every_article_in_each_daily_run(outlets: dict[str, Outlet]) -> None:
    """A rung lies between any two days of the demo, with hours to spare for a run that comes early."""
    ladder = outlets["demo"].ladder
    for day in range(1, 5):
        spare = timedelta(hours=6)
        assert any((day - 1) * timedelta(days=1) + spare < age < day * timedelta(days=1) - spare for age in ladder)


def test_the_demo_outlet_file_finds_everything_that_the_demo_site_does(outlets: dict[str, Outlet]) -> None:
    demo = outlets["demo"]
    sources = {source.url for source in demo.sources}
    assert sources == {f"{demo.home}{section.folder}/index.html" for section in SECTIONS}
    assert all(source.probe for source in demo.sources)
    for event in EVENTS:
        found = demo.match(demo.home.rstrip("/") + event.path)
        assert found is not None, event
        assert found.key == f"demo:cbf:{event.path.rpartition('/')[2].removesuffix('.html')}"


def test_the_demo_can_run_on_any_port(outlets: dict[str, Outlet]) -> None:
    demo = outlets["demo"].rebased("http://127.0.0.1:4711")
    assert {source.url.split("/")[2] for source in demo.sources} == {"127.0.0.1:4711"}
    assert demo.match("http://127.0.0.1:4711/2025xb/H_1001/L_1002/26000001.html")
    assert demo.allow_private
