"""What the pages need to look like something: style sheets that lead to others, scripts, a font, the site's mark."""

from __future__ import annotations

import hashlib
import struct
from functools import cache

from demo.images import png

BASE_CSS = "/template/tenant207/t544/css/base.css"
STYLES_CSS = "/template/tenant207/t544/css/styles.css"
STYLES_2025_CSS = "/template/tenant207/t1544/css/styles.css"
PAGER_CSS = "/material/css/fenye.css"
PAGER_JS = "/material/js/fenye.js"
MENU_JS = "/material/js/menu2.js"
FONT = "/material/fonts/icomoon.woff"
BACKGROUND = "/template/tenant207/t544/img/bg.png"
BRAND = "/template/tenant207/t543/img/brand.png"
FAVICON = "/material/img/favicon.png"
COUNTER_JS = "/ysym/counter.js"  # robots.txt disallows /ysym/

_STYLES = """@charset "utf-8";
@import url("base.css");
@import "../../../../material/css/fenye.css" screen;
body { background: #f4f4f2 url(../img/bg.png) repeat-x; }
.article-header h1 { font-size: 30px; line-height: 1.25; margin: 12px 0; }
.pub-info { color: #777; overflow: hidden; border-bottom: 1px solid #ddd; padding: 6px 0; }
.pub-info dt, .pub-info dd { display: inline; margin: 0 6px 0 0; }
.float-left { float: left; margin: 0; } .float-right { float: right; margin: 0; }
.nav-main { background: COLOUR; color: #fff; padding: 8px 0; } .nav-main a { color: #fff; margin-right: 14px; }
.nav-bar, .nav-bar ul { list-style: none; display: inline-block; margin: 0; padding: 0; }
.nav-bar li { display: inline; }
.site-name, .visible-md-down, #hide, .hidden { display: none; } .brand img { height: 28px; vertical-align: middle; }
.row::after { content: ""; display: block; clear: both; } #main-news-list { line-height: 1.6; }
.col-md-7-10 { float: left; width: 68%; } .col-md-3-10 { float: right; width: 28%; }
.side-news-list, #main-news-list { list-style: none; padding: 0; } .side-news-list img, li img { width: 140px; }
.ueditor-paragraph-img { text-align: center; } .imgdesc { font-size: 14px; }
"""
_BASE = """html { font-family: 'icomoon', Georgia, serif; }
.container { width: 1080px; margin: 0 auto; } a { color: #14507a; text-decoration: none; }
.footer { background: url('../img/bg.png') #333; color: #ccc; padding: 24px; text-align: center; }
@font-face { font-family: 'icomoon'; src: url('/material/fonts/icomoon.woff?v3lc3l') format('woff'); }
"""
_PAGER = ".more-page a { padding: 2px 8px; border: 1px solid #ccc; }\n"
_PAGER_SCRIPT = """// Fills the pager: a list of links made of the page count that the page calls it with.
function createPageHTML(pages, current, name, extension, records, type, detail) {
  var place = document.getElementById('displaypagenum');
  if (!place || type === 'scroll') { return; }
  for (var i = 1; i <= Number(pages); i++) {
    var link = document.createElement('a');
    link.href = i === 1 ? name + '.' + extension : name + '_' + i + '.' + extension;
    link.textContent = i;
    if (i === Number(current)) { link.className = 'active'; }
    if (Number(pages) > 1) { place.appendChild(link); }
  }
}
"""


@cache
def assets() -> dict[str, tuple[str, bytes]]:
    """Return every fixed file of the site: path, and its content type and bytes."""
    css, script = "text/css", "application/javascript"
    return {
        STYLES_CSS: (css, _STYLES.replace("COLOUR", "#7a1420").encode()),
        STYLES_2025_CSS: (css, _STYLES.replace("COLOUR", "#123a5c").replace("../img", "../../t544/img").replace(
            '"base.css"', '"../../t544/css/base.css"').encode()),
        BASE_CSS: (css, _BASE.encode()),
        PAGER_CSS: (css, _PAGER.encode()),
        PAGER_JS: (script, _PAGER_SCRIPT.encode()),
        MENU_JS: (script, b"// The menu opens where the pointer is.\n" + menu_script().encode()),
        COUNTER_JS: (script, b"// Counts a visit. Robots are asked to stay away.\n"),
        FONT: ("font/woff", _font()),
        BACKGROUND: ("image/png", png("background")),
        BRAND: ("image/png", png("brand")),
        FAVICON: ("image/png", png("favicon")),
    }  # fmt: skip


def _font() -> bytes:
    """Return bytes that begin as a WOFF 1.0 file without tables: enough for an archive, nothing for an eye."""
    body = hashlib.shake_128(b"icomoon").digest(12_000)
    return struct.pack(">4sIIHHIHHIIIII", b"wOFF", 0x00010000, 44 + len(body), 0, 0, 12, 1, 0, 0, 0, 0, 0, 0) + body


@cache
def drawing(seed: str, length: int) -> str:
    """Return `length` characters or a little more of SVG path data: the weight that a real page's inline mark has."""
    numbers = hashlib.shake_128(seed.encode()).digest(length)
    steps = (f"c{a / 10:.1f},{b / 10:.1f},{c / 8:.1f},{d / 8:.1f},{a / 16:.1f},{c / 16:.1f}" for a, b, c, d in
             zip(numbers[::4], numbers[1::4], numbers[2::4], numbers[3::4], strict=False))  # fmt: skip
    path = "M100,100"
    for step in steps:
        path += step
        if len(path) >= length:
            break
    return path + "z"


@cache
def icon_rules(prefix: str, count: int) -> str:
    """Return `count` rules of an icon font, as such sheets stand in the head of real pages."""
    return "\n".join(f".{prefix}-{0xE900 + i:x}:before {{ content: '\\{0xE900 + i:x}'; }}" for i in range(count))


@cache
def menu_script() -> str:
    """Return an inline script of some kilobytes that does nothing but hold the menu's places."""
    entries = ",\n".join(
        f"    {{ key: 'menu-{i}', top: {i * 37 % 211}, left: {i * 91 % 1080}, width: {80 + i * 13 % 160} }}"
        for i in range(200)
    )
    return f"var menuPlaces = [\n{entries}\n];\n"
