"""Pages of our own in the CMS's markup: made for a test, or kept as golden pairs."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from articles.page import Page
from articles.reading import Reading, read
from config.outlet import Outlet
from config.outlet_file import load_outlet

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "outlets"
CAPTURED = datetime(2026, 1, 24, 2, 0, tzinfo=UTC)
URL = "http://eng.chinamil.com.cn/CHINA_209163/Exercises/16320417.html"

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="apple-mobile-web-app-title" content="Stale title"/>
<title>{headline} - China Military</title>
<meta name="description" content="Stale description"><meta name="keywords" content="stale">
<meta name="contentid" content="cbf-16320417" />
<meta ame="publishdate" content="{day}"/>
<meta name="author" content="Meta Author" /><meta name="editor" content="Meta Editor"/>
<meta name="reporter" content="Meta Reporter"/>
<!-- make template id  558 name header -->
<!-- make time {make_time} -->
</head><body>
<h1 class="site-name visible-md-down">China Military</h1>
<div class="breadcrumb"><a href="http://eng.chinamil.com.cn/CHINA_209163/index.html">CHINA</a></div>
<div class="article-header"><div class="title">
<!--引题-->{kicker}
<!--标题信息--><h1>{headline}</h1>
<!--副标题  -->{subtitle}</div>
<div class="pub-info">
<dl class="float-left">{facts}</dl><dl class="float-right">{time}</dl></div></div>
<div class="article-content" id="article-content"><div class="content">
<div id="mediaurl"><!--mediaurl-->
</div>
<div class="row m-t-list" id="main-news-list">
<!--HTMLBOX-->
{body}
<!--HTMLBOX-->
</div></div></div>
<div class="sidebar">{sidebar}</div>
<div id="hide"><div class="content"><span>back</span></div>
<div id="hideData" page_count="{pages}" page_pageno="1" page_filename='16320417' page_ext="html"></div>
<script>createManuscriptPageHTML('{pages}', '1', '16320417', 'html', '', 'fenye', 'detail');</script>
</body></html>
<!-- make time {make_time} -->
"""
DEFAULTS = {
    "headline": "Drill ends",
    "day": "2026-01-23",
    "make_time": "2026-01-23 16:00:00",
    "kicker": "",
    "subtitle": "",
    "facts": "<dt>Source</dt><dd>PLA Daily</dd><dt>Editor</dt><dd>Li Wei</dd>",
    "time": "<dt>Time</dt><dd>2026-01-23 15:59:34</dd>",
    "body": "<p>The drill ended on Friday.</p>",
    "sidebar": "",
    "pages": "1",
}


def chinamil_page(*, url: str = URL, status: int = 200, **parts: str) -> Page:
    """A page in the template of 2022-25, of our own making."""
    return Page(url, PAGE.format_map({**DEFAULTS, **parts}).encode(), CAPTURED, status)


@dataclass(frozen=True)
class GoldenPair:
    """A page of our own in an outlet's markup, and what it says, checked by eye."""

    name: str
    outlet: Outlet
    pages: tuple[Page, ...]
    expected: dict[str, Any]

    def read(self) -> Reading:
        return read(self.pages, self.outlet)


def golden_pair(path: Path) -> GoldenPair:
    expected = json.loads(path.read_text(encoding="utf-8"))
    folder = path.parent
    own = folder / f"{expected['outlet']}.yml"
    outlet = load_outlet(own if own.exists() else ROOT / "config" / "outlets" / own.name)
    captured = datetime.fromisoformat(expected["captured_at"])
    pages = tuple(
        Page(part["url"], gzip.decompress((folder / part["file"]).read_bytes()), captured) for part in expected["pages"]
    )
    return GoldenPair(f"{folder.name}/{path.stem}", outlet, pages, expected)


def golden_pairs() -> list[GoldenPair]:
    return [golden_pair(path) for path in sorted(FIXTURES.glob("*/*.json"))]
