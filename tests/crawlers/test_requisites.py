from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.page import Page
from crawlers.requisites import MOST_OF_A_PAGE, needs_of_page, parse_srcset
from crawlers.stylesheets import CssNeeds, needs_of_sheet


def page(body: str | bytes, url: str = "http://a.example/news/1.html") -> Page:
    return Page(url, body if isinstance(body, bytes) else body.encode(), datetime.now(UTC))


def others(body: str) -> tuple[str, ...]:
    return needs_of_page(page(body)).others


@pytest.mark.parametrize(
    "markup, expected",
    [
        ("<img src=a.png>", ["news/a.png"]),
        ("<img src='data:image/gif;base64,AA==' data-original=/b.png>", ["b.png"]),
        ("<img data-lazyload=/b.png>", ["b.png"]),
        ("<img srcset='/a.png 1x, /b.png 2x'>", ["a.png", "b.png"]),
        ("<picture><source srcset='/a.webp 1x'><img src=/a.png></picture>", ["a.webp", "a.png"]),
        ("<script src=/a.js></script>", ["a.js"]),
        ("<link rel='shortcut icon' href=/f.ico>", ["f.ico"]),
        ("<link rel=apple-touch-icon href=/t.png>", ["t.png"]),
        ("<link rel=preload as=font href=/f.woff2>", ["f.woff2"]),
        ("<p style='background:url(/bg.png)'>x</p>", ["bg.png"]),
        ("<table background=/old.gif><tr><td>x</table>", ["old.gif"]),
        ("<style>@font-face{src:url('/f.woff2') format('woff2'),url(/f.woff)}</style>", ["f.woff2", "f.woff"]),
        ("<video poster=/p.jpg src=/v.mp4><source src=/w.mp4></video>", ["p.jpg"]),
        ("<input type=image src=/go.png><input type=text src=/no.png>", ["go.png"]),
        ("<svg><image href='/s.png'/></svg>", ["s.png"]),
        ("<iframe src=/frame.html></iframe><a href=/2.html>x</a><object data=/o.swf></object>", []),
        ("<link rel=canonical href=/c><link rel=alternate type=application/rss+xml href=/rss>", []),
        ("<img src=''><img src='#'><img src='javascript:x()'><img src='http://[::1'>", []),
    ],
)
def test_what_a_page_needs_and_no_more(markup: str, expected: list[str]) -> None:
    assert others(f"<!doctype html><html><body>{markup}</body></html>") == tuple(
        f"http://a.example/{path}" for path in expected
    )


def test_style_sheets_are_told_from_the_rest() -> None:
    needs = needs_of_page(
        page(
            "<link rel=stylesheet href=/a.css?v=3><link rel='alternate stylesheet' href=//b.example/b.css>"
            "<style>@import '/c.css'; @import url(/d.css) print;</style>"
        )
    )
    assert needs.sheets == (
        "http://a.example/a.css?v=3",
        "http://b.example/b.css",
        "http://a.example/c.css",
        "http://a.example/d.css",
    )
    assert needs.others == ()


def test_a_sheet_needs_its_imports_and_all_that_it_names() -> None:
    sheet = b"""@charset "utf-8"; /* url(commented.png) */
    @import url("base.css") screen; @import 'x.css'; @import "";
    a { background: url( bg.png ) , URL('q"uoted.png'); cursor: url(c\\75 r.cur), auto }
    @media print { b { background-image: image-set("one.png" 1x, url(two.png) 2x) } }
    @font-face { src: url(../f/f.eot?#iefix) format("embedded-opentype"), local("Arial") }
    i { content: "url(in-a-string.png)"; background: url(data:image/png;base64,AA==) }
    u { background: url() }"""
    assert needs_of_sheet(sheet, "http://a.example/css/main.css") == CssNeeds(
        imports=("http://a.example/css/base.css", "http://a.example/css/x.css"),
        others=(
            "http://a.example/css/bg.png",
            "http://a.example/css/q%22uoted.png",
            "http://a.example/css/cur.cur",
            "http://a.example/css/one.png",
            "http://a.example/css/two.png",
            "http://a.example/f/f.eot",
        ),
    )


@pytest.mark.parametrize(
    "sheet",
    [
        b"{" * 500_000,
        b"a{b:" + b"f(" * 500_000,
        b"@media x {" * 200_000,
        b"a{background:url(" + b"(" * 100_000,
        b"\\" * 300_000,
        b"/*" * 300_000,
        b'"' * 300_001,
        b"url(" * 200_000,
        b"<!--" * 200_000,
        bytes(range(256)) * 1000,
    ],
    ids=lambda sheet: repr(sheet[:12]),
)
def test_a_hostile_sheet_costs_bounded_time(sheet: bytes) -> None:
    began = time.monotonic()
    needs = needs_of_sheet(sheet, "http://a.example/x.css")
    assert time.monotonic() - began < 10
    assert needs.imports == ()


def test_a_sheet_that_is_not_searched_is_warned_about() -> None:
    assert needs_of_sheet(b"{" * 100, "http://a.example/x.css").warnings


def test_a_page_that_needs_too_much_is_cut_and_counted() -> None:
    needs = needs_of_page(page("".join(f"<img src=/{n}.png><img src=/{n}.png>" for n in range(1000))))
    assert len(needs.others) == MOST_OF_A_PAGE
    assert needs.dropped == 1000 - MOST_OF_A_PAGE


def test_a_srcset_of_commas_ends() -> None:
    assert parse_srcset("," * 100_000) == ()
    assert parse_srcset("a.jpg (" + "(" * 100_000) == ("a.jpg",)


def test_a_real_page_of_the_pla_cms(shared_pages: Path) -> None:
    body = (shared_pages / "chinamil" / "CHINA_209163_TopStories_209189_10195159.html").read_bytes()
    url = "http://eng.chinamil.com.cn/CHINA_209163/TopStories_209189/10195159.html"
    needs = needs_of_page(page(body, url))
    assert any(sheet.endswith(".css") or ".css?" in sheet for sheet in needs.sheets)
    assert any(".js" in other for other in needs.others)
    assert any("/_attachment/" in other for other in needs.others)
    assert not needs.dropped
