"""The pages: articles and their continuations, listings, and what stands where nothing is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from demo.markup import Surroundings, breadcrumb, footer, head, made, navigation, scripts, sidebar
from demo.story import Block, Section, Story

PER_PAGE = 4  # stories on a listing page: few, so that a small site has listings of several pages
_LINK = re.compile(r"\[([^\]]+)\]\((http[^)]+)\)")
_JUNK = "<p>\n</p><p align=\"center\">\n\n</p>\n\n<p> </p>"  # what migrated texts end with  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What a listing says of a story; `picture` is a path, or empty."""

    path: str
    headline: str
    when: datetime
    picture: str = ""


def article_page(story: Story, number: int, around: Surroundings, made_at: datetime) -> str:
    """Return page `number` of the story, made at `made_at`."""
    pages = len(story.pages)
    is_2022 = story.template == "2022"
    spelling = "name" if story.template == "remade" else "ame"  # a slip of the real template
    metas = f"""    <!-- 统计详情 start-->
    <meta name="filetype" content="0" />
    <meta name="publishedtype" content="1" />
    <meta name="pagetype" content="1" />
    <meta name="catalogs" content="cbf-{story.section.catalog}" id="node-id-path"/>
    <meta name="contentid" content="cbf-{story.id}" />
    <meta {spelling}="publishdate" content="{story.published_at:%Y-%m-%d}"/>
    <meta name="author" content="" />
    <meta name="editor" content="{escape(story.editor)}"/>
    <meta name="reporter" content="{escape(story.editor)}"/>
    <!-- 统计详情 start-->"""
    call = f"""function createManuscriptPageHTML(pageCount, pageno, url, url_file, lmno, _type, isDetail) {{
  createPageHTML(pageCount,pageno,url,url_file,lmno,_type,isDetail);
}};
createManuscriptPageHTML(
  '{pages}',
  '{number}',
  '{story.id}',
  'html',
  '',
  'fenye',
  'detail'
);"""
    tools = "toolbox hidden-xs" if is_2022 else "toolbox toolbox-new"
    document = f"""{head(story.template, story.headline, around, metas)}<body>
<!-- 头部 -->
{navigation(story.template, around)}
<div class="page"><div class="container"><div class="row">
<div class="col-md-7-10">
{breadcrumb(story.section, around.origin)}
<div class="article-header">
<div class="title">
{_title(story)}
</div>
<div class="pub-info">
{_pub_info(story)}
</div>
</div>
<div class="article-content" id="article-content">
<div class="{tools}"><div class="text" id="font-size"><a href="javascript:;" class="reset">A</a>
<a href="javascript:;" class="plus">+</a></div></div>
<div class="content">
<div id="mediaurl"><!--mediaurl-->
</div>
<div id="wxsimgbox"></div>
<!--文章正文-->
<div class="row m-t-list" id="main-news-list">
<!--HTMLBOX-->
<!-- 新闻类型 -->
{_body(story, number)}
<!--HTMLBOX-->
</div>
<!-- 分页dom -->
<div class="more-page" id="displaypagenum"></div>
<div id="loadNextPageBtn" data-CurrentPage="{number}" class="loadNextPageBtn" ></div>
</div>
</div>
<div class="article-content"><div id="ArticleRelation" class="relation"><h2>Related News</h2>
<ul class="relation-list"><!-- AdvRelatedContentLinks --></ul></div></div>
</div>
<!-- 右侧内容 -->
<div class="col-md-3-10 sidebar hidden-md-down">
{sidebar(around)}
</div>
</div></div></div>
{footer(around)}
<div id="hideData" page_count="{pages}" page_pageno="{number}" page_filename='{story.id}'  page_ext="html"></div>
{scripts(around, call)}"""
    trace = {"2022": (544, "view-normal"), "2025xb": (1544, "view-2025xb"), "remade": (2544, "view-remade")}
    return made(*trace[story.template], made_at, document)


def _title(story: Story) -> str:
    kicker = f'<div class="kicker">{escape(story.kicker)}</div>' if story.kicker else ""
    subtitle = f'<h2 class="subtitle">{escape(story.subtitle)}</h2>' if story.subtitle else ""
    return f"""<!--引题-->
{kicker}
<!--标题信息-->
<h1>{escape(story.headline)}</h1>
<!--副标题  -->
{subtitle}"""


def _pub_info(story: Story) -> str:
    source = escape(story.source)
    if story.source_url:
        source = f'<a href="{escape(story.source_url)}">{source}</a>'
    names = f"<dt>Source</dt><dd>{source}</dd>\n<dt>Editor</dt><dd>{escape(story.editor)}</dd>"
    when = f"<dt>Time</dt><dd>{story.published_at:%Y-%m-%d %H:%M:%S}</dd>"
    left, right = (when, names) if story.template == "remade" else (names, when)
    return f'<dl class="float-left">\n{left}\n</dl>\n<dl class="float-right">\n{right}\n</dl>'


def _body(story: Story, number: int) -> str:
    blocks = story.pages[number - 1]
    if story.template == "2022":
        return "\n".join(_plain(story, block) for block in blocks) + "\n" + _JUNK
    style = "text-indent: 2em;" if story.template == "remade" else ""
    return "".join(_edited(story, block, style) for block in blocks)


def _inline(text: str) -> str:
    return _LINK.sub(r'<a href="\2" target="_blank">\1</a>', escape(text, quote=False))


def _plain(story: Story, block: Block) -> str:
    """Return the bare markup of texts that were migrated in 2022."""
    if block.kind == "image":
        return f'<p align="center"><img src="{story.picture_path(block)}" border="0"></p>'
    text = _inline(block.text)
    return f"<p><strong>{text}</strong></p>" if block.kind == "subhead" else f"<p>{text}</p>"


def _edited(story: Story, block: Block, style: str) -> str:
    """Return the markup that the CMS's editor writes now."""
    kind = f'class="ueditor-text-p_display" tag="ueditor-text-p_display" style="{style}"'
    text = _inline(block.text)
    match block.kind:
        case "image":
            number = int.from_bytes(block.picture.encode()[:3], "big") % 9_000_000
            return (
                '<p class="ueditor-paragraph-media ueditor-paragraph-img" tag="ueditor-paragraph-media" '
                'style="text-indent: 0em; text-align: center;">'
                f'<img src="{story.picture_path(block)}" data-id="{number}" title=""></p>'
            )
        case "caption":
            return (
                '<p tag="ueditor-text-p_display" class="ueditor-text-p_display ueditor-text-tushuo" style="">'
                '<span tag="ueditor-text-tushuo" class="imgdesc" style="color: rgb(0, 0, 128); ">'
                f"{text}</span></p>"
            )
        case "subhead":
            return f"<p {kind}><strong>{text}</strong></p>"
        case "note":
            return f"<p {kind}><em>{text}</em></p>"
        case "paragraph":
            return (
                f'<p {kind}><span style="font-family: Georgia;">{text}</span></p>' if style else f"<p {kind}>{text}</p>"
            )


def listing_page(section: Section, number: int, pages: int, lines: Sequence[Line], around: Surroundings) -> str:
    """Return page `number` of a section's listing of `pages` pages, with `lines` on it.

    The pager announces one page fewer than there are, as the real one does.
    """
    announced = max(1, pages - 1)
    new = section.folder.startswith("2025xb/")
    items = "\n".join((_item_2025 if new else _item_2022)(around.origin, line) for line in lines)
    call = f"""createPageHTML(
  '{announced}',
  '{number}',
  'index',
  'html',
  '{announced * PER_PAGE}',
  'fenye'
);"""
    template = "2025xb" if new else "2022"
    document = f"""{head("2025xb" if new else "2022", section.names[-1], around)}<body>
{navigation("2025xb" if new else "2022", around)}
<div class="page"><div class="container"><div class="row"><div class="col-md-7-10">
{breadcrumb(section, around.origin)}
<ul class="row m-t-list list-{template}" id="main-news-list">
<!--HTMLBOX-->
{items}
<!--HTMLBOX-->
</ul>
<div class="more-page" id="displaypagenum"></div>
</div>
<div class="col-md-3-10 sidebar hidden-md-down">
{sidebar(around)}
</div></div></div></div>
{footer(around)}
{scripts(around, call)}"""
    return made(541 if not new else 1541, "list-normal", around.made_at, document)


def _item_2025(origin: str, line: Line) -> str:
    image = f'<img src="{line.picture}">' if line.picture else ""
    return (
        f'<li><a href="{origin}{line.path}">{image}<div class="title"><h3>{escape(line.headline)}</h3>'
        f'<small class="time">{line.when:%Y-%m-%d %H:%M}</small></div></a></li>'
    )


def _item_2022(origin: str, line: Line) -> str:
    link = f'<a href="{origin}{line.path}">'
    image = f'<div class="img">{link}<img src="{line.picture}"></a></div>' if line.picture else ""
    return (
        f'<li class="list-box">{image}<h4 class="title">{link}{escape(line.headline)}</a></h4>'
        f'<div class="time">{line.when:%Y-%m-%d %H:%M}</div></li>'
    )


def front_page(sections: tuple[Section, ...], around: Surroundings) -> str:
    """Return the front page: the way to the sections, and the teasers."""
    links = "\n".join(
        f'<h3><a href="{around.origin}/{s.folder}/index.html">{escape(s.names[-1])}</a></h3>' for s in sections
    )
    return f"""{head("2025xb", "Home", around)}<body>
{navigation("2025xb", around)}
<div class="page"><div class="container"><div class="row"><div class="col-md-7-10">{links}</div>
<div class="col-md-3-10 sidebar">{sidebar(around)}</div></div></div></div>
{footer(around)}
{scripts(around, "")}"""


def shell(origin: str) -> str:
    """Return what the site shows where nothing is: a page that leads to the front page after a while."""
    return f"""<!doctype html>
<html><head><meta charset="utf-8"><meta http-equiv="refresh" content="5;url={origin}/">
<title>404</title></head>
<body><div class="error"><p>The page you are looking for can't be found.
You will be taken to the front page.</p></div></body></html>
"""
