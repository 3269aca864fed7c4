from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import tinycss2  # type: ignore[import-untyped]

from articles.page import Page
from crawlers.requisites import MOST_OF_A_PAGE, MOST_STYLE, needs_of_page, parse_srcset
from crawlers.stylesheets import MOST_OF_A_SHEET, CssNeeds, needs_of_sheet, needs_of_style


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
        ("<img src=/a.png data-url=/share.html><img src='data:,' data-url=/b.png>", ["a.png", "b.png"]),
        ("<img srcset='data:image/gif;base64,AA==' data-srcset='/a.png 1x'>", ["a.png"]),
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
    "text",
    [
        "a{color:red;margin:0 10px}" * 1000,
        "u+1 :;,~|",
        'a{content:"url of"}',
        "@impor t 'x'",
        "@media (min-width:1px){}",
    ],
    ids=lambda text: text[:20],
)
def test_a_style_in_which_no_address_can_be_is_not_taken_apart(text: str, tinycss: list[int]) -> None:
    assert needs_of_sheet(text.encode(), "http://a.example/x.css") == CssNeeds()
    assert needs_of_style(text, "http://a.example/") == CssNeeds()
    assert tinycss == []


@pytest.mark.parametrize(
    "text",
    [
        "a{b:URL(/x)}",
        r"a{b:\75 rl(/x)}",
        r"a{b:u\000052L( '/x' )}",
        "a{b:SRC('/x')}",
        "a{b:-webkit-image-set('/x' 1x)}",
    ],
)
def test_an_address_is_found_however_its_name_is_written(text: str) -> None:
    assert needs_of_sheet(text.encode(), "http://a.example/").others == ("http://a.example/x",)
    assert needs_of_sheet(text.encode("utf-16"), "http://a.example/").others == ("http://a.example/x",)


@pytest.mark.parametrize("text", ["@IMPORT '/x'", r"@\69mport '/x'", "@im\\port '/x'"])
def test_an_import_is_found_however_its_name_is_written(text: str) -> None:
    assert needs_of_sheet(text.encode(), "http://a.example/").imports == ("http://a.example/x",)


@pytest.mark.parametrize(
    "sheet",
    [
        "{" * 100,
        "a{b:" + "f(" * 500_000,
        "@media x {" * 20_000,
        "a{background:url(" + "(" * 100_000,
        "a{b:" + "9" * 5_000 + "}",  # more digits than int() takes
        "url(a)" * (MOST_OF_A_SHEET // 6 + 1),
    ],
    ids=lambda sheet: sheet[:12],
)
def test_a_sheet_that_can_not_be_searched_says_why(sheet: str) -> None:
    sheet += " url(x)"
    assert needs_of_style(sheet, "http://a.example/") == needs_of_sheet(sheet.encode(), "http://a.example/x.css")
    assert needs_of_style(sheet, "http://a.example/").refused


@pytest.mark.parametrize(
    "sheet",
    [
        b"\\" * 300_000,
        b"/*" * 300_000,
        b'"' * 300_001,
        b"url(" * 20,
        bytes(range(256)) * 1000,
    ],
)
def test_a_sheet_of_rubbish_needs_nothing(sheet: bytes) -> None:
    assert needs_of_sheet(sheet + b"\\", "http://a.example/x.css").imports == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<p style='{}'>x".format("--x:url(/i.png);" * 100) * 3_000,
        "<style>{}</style>".format("a{b:url(/i.png)}" * 2_000) * 150,
        "<style>{}</style>".format("a{b:url(/i.png)}" * 300_000),
    ],
    ids=["attributes", "elements", "one element"],
)
def test_a_page_of_styles_costs_what_the_limit_says_and_a_warning(markup: str, tinycss: list[int]) -> None:
    assert len(markup) > 4_500_000
    needs = needs_of_page(page(markup))
    assert sum(tinycss) <= MOST_STYLE
    assert len(tinycss) < 2 or needs.others == ("http://a.example/i.png",)
    (warning,) = needs.warnings
    assert warning.startswith("http://a.example/news/1.html: ")
    assert "were not searched" in warning


def _counted(parse: Callable[..., Any], lengths: list[int], text: str, **options: Any) -> Any:
    lengths.append(len(text))
    return parse(text, **options)


@pytest.fixture
def tinycss(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many characters were taken apart, at each call."""
    lengths: list[int] = []
    for name in ("parse_stylesheet", "parse_component_value_list"):
        monkeypatch.setattr(tinycss2, name, partial(_counted, getattr(tinycss2, name), lengths))
    return lengths


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
