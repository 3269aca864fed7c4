"""The parts that every page shares, in three makes: of 2022, of 2025, and one re-made later that says the same.

Written after the structure of real pages, with what makes them hard to read kept: the site's name in the first h1,
`ame="publishdate"`, a description left over from another story, comments that tell when each part was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from html import escape

from demo import assets
from demo.stories import SECTIONS
from demo.story import Section, Story, Template

_MENU = "".join(f"<li><a href=\"{{origin}}/{section.folder}/index.html\">{escape(section.names[-1])}</a></li>\n"
                for section in SECTIONS)  # fmt: skip
_STALE = "Snow closed the pass on Tuesday afternoon; the road service expects to clear it by the end of the week."


@dataclass(frozen=True)
class Surroundings:
    """What stands around the content of a page: where the site is, when its shared parts were made, the teasers."""

    origin: str
    made_at: datetime
    teasers: tuple[Story, ...]


def made(number: int, name: str, when: datetime, inner: str) -> str:
    """Return a part of a page followed by the trace that the CMS leaves behind it."""
    label = f"<!-- make template id  {number} name {name} -->\n"
    return f"{inner}\n{label}<!-- make time {when:%Y-%m-%d %H:%M:%S} -->\n{label}"


@cache
def _styles(template: Template) -> str:
    prefix = {"2022": "icon", "2025xb": "ico", "remade": "glyph"}[template]
    return f"<style>\n{assets.icon_rules(prefix, 420)}\n</style>"


def head(template: Template, title: str, around: Surroundings, metas: str = "") -> str:
    """Return the document up to the end of its head."""
    sheet = assets.STYLES_CSS if template == "2022" else assets.STYLES_2025_CSS
    common = made(
        558 if template == "2022" else 1558,
        "公共头部引入",
        around.made_at,
        f"""{_styles(template)}
<link rel="icon" type="image/png" href='{around.origin}{assets.FAVICON}'>
<script>
  // old browsers get a page of their own
  if (window.navigator.userAgent.toUpperCase().indexOf('MSIE') > -1) {{ window.location.href = '/ysym/old.html' }}
{assets.menu_script()}</script>""",
    )
    return f""" \n<!doctype html>
<html lang="en">
<head>
    <meta charset="utf-8">
    <meta http-equiv="X-UA-Compatible" content="IE=edge">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <!-- 设置根目录路径 -->
    <meta id="domain" content="{around.origin}/material/">
    <meta name="apple-mobile-web-app-title" content="Snow closes the pass"/>
    <title>{escape(title)} - Palimpsest Demo</title>
    <meta name="description" content="{_STALE}"><meta name="keywords" content="major">
    <link rel="stylesheet" href="{around.origin}{sheet}?v=1.0.5">
    <!--view-{"normal" if template == "2022" else template}-->
{metas}
    <!-- 公共头部引入 -->
{common}
</head>
"""


def navigation(template: Template, around: Surroundings) -> str:
    """Return the head of the body: the mark, the site's name in an h1, the menu."""
    menu = _MENU.format(origin=around.origin)
    mark = f'<svg width="30" height="30" viewBox="0 0 200 200">{_mark(template)}</svg>'
    brand = f'<a href="{around.origin}" class="brand"><img src="{around.origin}{assets.BRAND}" alt="Demo">{mark}</a>'
    name = '<h1 class="site-name visible-md-down">Palimpsest Demo</h1>'
    if template == "2022":
        inner = f"""<div data-slot="articleNavigation"><div class="nav-main"><div class="container clearfix">
{brand}
{name}
<ul class="nav-bar m-l-md hidden-md-down">
{menu}</ul>
</div></div></div>"""
    else:
        inner = f"""<header class="nav-main nav-{template}"><div class="container">
{brand}
{name}
<nav><ul class="nav-bar">
{menu}</ul></nav>
</div></header>"""
    return made(543 if template == "2022" else 1543, "部分二级页-头部", around.made_at, inner)


@cache
def _mark(template: Template) -> str:
    paths = (assets.drawing(f"mark {template} {number}", 1_360) for number in range(40))
    return "\n".join(f'<path fill="#FFF" d="{path}"></path>' for path in paths)


def breadcrumb(section: Section, origin: str) -> str:
    """Return the way from the front page to the section."""
    links = " / ".join(
        f'<a href="{origin}/{section.folder}/index.html" target="_blank" >{escape(name)}</a>' for name in section.names
    )
    return f'<div class="breadcrumb">\n<!-- 面包屑导航 -->\n{links}\n</div>'


def sidebar(around: Surroundings) -> str:
    """Return the column of teasers: other stories, which are not part of the page's own."""
    parts = []
    for place, heading in enumerate(("We Recommend", "Most Viewed", "Photos")):
        items = "\n".join(_teaser(story, around.origin) for story in around.teasers[place * 3 : place * 3 + 3])
        parts.append(f'<div class="side-title"><h2>{heading}</h2></div>')
        parts.append(f'<ul class="side-news-list m-t">\n{items}\n</ul>')
    return made(547, "列表页 - 右侧栏", around.made_at + timedelta(minutes=7), "\n".join(parts))


def _teaser(story: Story, origin: str) -> str:
    title = escape(story.headline)
    picture = next((f'<img src="{story.picture_path(block)}" border="0">' for block in story.pictures), "")
    return f"""<li><div class="pic"><a href="{origin}{story.path}" alt="{title}">{picture}</a></div>
<h4 class="title"><a href="{origin}{story.path}">{title}</a></h4>
<div class="time">{story.published_at:%Y-%m-%d}</div></li>"""


def footer(around: Surroundings) -> str:
    """Return the foot of the page, with the hidden word "back" that real pages end in."""
    foot = """<div data-slot="articleFooter"><div class="footer m-t-lg" id="pageFooter">
<div class="container text-center">
<small>Copyright @Palimpsest Demo. Nothing is reserved.</small>
<div class="hidden-xs"><small>All news on this site is invented.</small></div></div></div></div>"""
    return f"""<!--页脚-->
{made(546, "部分二级页-底部", around.made_at, foot)}
<!--/页脚-->
<!-- 移动端快速看图 -->
<div id="hide"><div class="content"><div class="touchslider" data-scale="0.4"><div id="swiperBox"></div></div>
<span>back</span></div></div>"""


def scripts(around: Surroundings, call: str) -> str:
    """Return the scripts at the end of the body, with the inline call that fills the pager."""
    origin = around.origin
    tail = f'<script src="{origin}{assets.COUNTER_JS}"></script>'
    return f"""<script src="{origin}{assets.MENU_JS}"></script>
<script src='{origin}{assets.PAGER_JS}'></script>
<link rel="stylesheet" href="{origin}{assets.PAGER_CSS}">
<script>
{call}
</script>
{made(824, "公共底部引入", around.made_at, tail)}
</body>
</html>
"""
