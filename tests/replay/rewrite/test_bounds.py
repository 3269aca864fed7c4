"""Time in proportion to what is sent, however it is made."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from replay.rewrite.css import rewrite_css
from replay.rewrite.srcset import rewrite_srcset
from replay.rewrite.urls import Base
from tests.processor_time import at_most
from tests.replay.rewrite.oracle import URL, rewritten, to

SECONDS = 15.0  # of the processor; measured: at most 3 s on the machine that wrote this
MANY = 100_000
ENDLESS: dict[str, str] = {
    "100,000 elements deep": "<div>" * 100_000,
    "100,000 links deep": "<a href=x>" * 100_000,
    "100,000 pictures deep": "<svg>" * 100_000 + "<![CDATA[x" * 1000,
    "an attribute of 5 MB": "<a href='" + "x" * 5_000_000 + "'>",
    "a style of 5 MB": "<p style='" + "a:url(" * MANY + "'>",
    "100,000 attributes": "<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">",
    "a million attributes that are none": "<p " + '"=' * MANY + ">",
    "slashes": "<p" + "/" * 5_000_000 + ">",
    "equals signs": "<p " + "= " * MANY,
    "a quote that never ends": '<p a="' * MANY,
    "comments that never end": "<!--" * MANY,
    "comments of dashes": "<!--" + "-" * 5_000_000,
    "scripts that never end": "<script>" * MANY,
    "scripts in comments in scripts": "<script><!--" + "<script>" * MANY,
    "ends of comments in a script": "<script>" + "<!-->" * MANY,
    "style sheets that never end": "<style>" * MANY,
    "titles that end at once": "<title></title>" * MANY,
    "less-than signs": "<" * 4 * MANY,
    "ampersands": "<p title='" + "&" * 4 * MANY + "'>",
    "references": '<p title="' + "&amp;&#x110000;&#xd800;&#0;&nosuch;&#" + "9" * 100_000 + '">',
    "documents in documents": "<iframe srcdoc='" + "&lt;iframe srcdoc=&quot;" * 100_000 + "'>",
    "document types": " <!doctype a>" * MANY,
    "bases": "<base href=a>" * 100_000,
    "a base at the end": "<p>" * MANY + "<base href=/x>",
    "noscripts": "<noscript><img data-src=a>" * 100_000,
    "a stand-in of many words": '<img src="' + "lazy" * MANY + '/">',
    "a stand-in of many folders": '<img src="' + "lazy/" * MANY + 'lazy?">',
    "a stand-in of many digits": '<img data-src=a src="' + "1" * 2 * MANY + '">',
    "lazy images": "<img data-src=a src=data:,>" * 100_000,
    "100,000 candidates": "<img srcset='" + "a 1x, " * 100_000 + "'>",
    "candidates without descriptors": "<img srcset='" + "a," * MANY + "'>",
    "brackets in candidates": "<img srcset='a " + "(" * MANY + "'>",
    "commas": "<img srcset='" + "," * 4 * MANY + "'>",
    "refreshes": "<meta http-equiv=refresh content='" + "0" * MANY + ";" * MANY + "'>" * 3,
    "sections": "<svg>" + "<![CDATA[" * MANY,
    "steps up": "<a href='" + "../" * 20_000 + "'>" * 50,
}


@pytest.mark.parametrize("page", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_page_takes_time_in_proportion(page: str) -> None:
    with at_most(SECONDS):
        rewritten(page)


SHEETS: dict[str, str] = {
    "comments that never end": "/*" * MANY,
    "strings that never end": "\"'" * MANY,
    "strings over lines": "'\\\n" * MANY,
    "urls that never end": "url(" * MANY,
    "bad urls": "url(a b" * MANY,
    "quoted urls": "url('" * MANY,
    "backslashes": "\\" * 4 * MANY,
    "names with an escape at the end": ("a" * 1000 + "\\72") * 2000,
    "a long name with an escape at the end": "a" * 4 * MANY + "\\72 l(",
    "backslashes before ends of lines": "a\\\n" * MANY,
    "image sets": "image-set(" * MANY,
    "names in an image set": "image-set(" + "a" * 4 * MANY,
    "names and blanks in an image set": "image-set(" + "a " * MANY,
    "brackets in an image set": "image-set(" + "()" * MANY,
    "imports": "@import" * MANY,
    "imports of comments": "@import/**/" * MANY + "/*",
    "namespaces": "@namespace " + "a" * MANY,
    "blanks in an import": ("@import" + " " * 1000) * 1000,
    "signs": "<&" * MANY,
    "comments of HTML": "<!--" * MANY,
}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_a_sheet_takes_time_in_proportion(sheet: str) -> None:
    with at_most(SECONDS):
        rewrite_css(sheet, Base(URL), to)


@pytest.mark.parametrize(
    "work", [lambda text: rewrite_srcset(text, str.upper), Base(URL).resolve], ids=["srcset", "reference"]
)
@pytest.mark.parametrize(
    "text", ["a(" * MANY, ", " * MANY, "/" * MANY, "a 1" + " " * MANY + "x,", "." * 60_000, "/.." * 20_000]
)
def test_addresses_take_time_in_proportion(work: Callable[[str], object], text: str) -> None:
    with at_most(SECONDS):
        work(text)
