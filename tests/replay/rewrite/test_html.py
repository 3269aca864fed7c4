"""HTML rewritten, case by case: what comes out of the smallest page that holds it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.page import Page
from replay.rewrite.html import Onward, rewrite_page
from tests.replay.rewrite.oracle import URL, rewritten, to, unsafe

A = "https://news.example/a/"

CASES = {
    # Links
    "a link": ("<a href=b.html>x</a>", f'<a href="/page/{A}b.html" target="_top">x</a>'),
    "a link to elsewhere": ('<a href="//x.example">', '<a href="/page/https://x.example/" target="_top">'),
    "a link to a place on it": ("<a href='b?c=1&amp;d=2#e'>", f'<a href="/page/{A}b?c=1&amp;d=2#e" target="_top">'),
    "a place on this page": ('<a href="#e">', '<a href="#e">'),
    "this page by name": (f'<a href="{URL}#e">', '<a href="#e">'),
    "an empty link": ('<a href="" id=a>', '<a id="a">'),
    "a new window": (
        '<a target=_BLANK rel="opener nofollow" href=b>',
        f'<a href="/page/{A}b" target="_blank" rel="noopener noreferrer">',
    ),
    "another frame": ("<a target=main href=b>", f'<a href="/page/{A}b" target="_top">'),
    "an area": (
        "<area shape=rect coords=1,2 href=b>",
        f'<area shape="rect" coords="1,2" href="/page/{A}b" target="_top">',
    ),
    "a link in SVG": ('<svg><a xlink:href="b"></a></svg>', f'<svg><a xlink:href="/page/{A}b" target="_top"></a></svg>'),
    "what is no page": ('<a href="mailto:a@b.example" title=t>', '<a title="t">'),
    "a link that counts": ('<a href=b ping="//spy.example">', f'<a href="/page/{A}b" target="_top">'),
    "a download": ("<a href=b download=c>", f'<a href="/page/{A}b" target="_top">'),
    # Images
    "an image": ("<img src=i.png alt=\"a 'b'\">", f'<img alt="a \'b\'" src="/media/{A}i.png">'),
    "an image in itself": ('<img src="data:image/gif;base64,R0=">', '<img src="data:image/gif;base64,R0=">'),
    "a page as an image": ('<img src="data:text/html,x">', "<img>"),
    "a set of images": (
        '<img srcset="a.png 1x, b,c.png 2x" sizes="50vw">',
        f'<img srcset="/media/{A}a.png 1x, /media/{A}b,c.png 2x" sizes="50vw">',
    ),
    "sources of a picture": (
        '<picture><source srcset="a.webp 800w" media="(min-width: 9px)" type=image/webp></picture>',
        f'<picture><source srcset="/media/{A}a.webp 800w" media="(min-width: 9px)" type="image/webp"></picture>',
    ),
    "a lazy image": ("<img data-src=i.png>", f'<img data-src="i.png" src="/media/{A}i.png">'),
    "a lazy image with a stand-in": (
        '<img src="/img/blank.gif?1" data-original=i.png>',
        f'<img data-original="i.png" src="/media/{A}i.png">',
    ),
    "a stand-in at the end of a path": (
        '<img src="/img/lazy/GREY.png" data-src=i.png>',
        f'<img data-src="i.png" src="/media/{A}i.png">',
    ),
    "a folder of lazy images": (
        '<img src="/lazy/s.png#lazy" data-src=i.png>',
        '<img data-src="i.png" src="/media/https://news.example/lazy/s.png#lazy">',
    ),
    "not a lazy image": ("<img src=s.png data-src=i.png>", f'<img data-src="i.png" src="/media/{A}s.png">'),
    "a lazy set": ('<img data-srcset="a 1x">', f'<img data-srcset="a 1x" srcset="/media/{A}a 1x">'),
    "a picture of what stand-ins are named after": (
        '<img src="/i/gray-wolf.jpg" data-url="/share.html"><img src="/i/loading-dock.jpg" data-src=t.jpg>',
        (
            '<img data-url="/share.html" src="/media/https://news.example/i/gray-wolf.jpg">'
            '<img data-src="t.jpg" src="/media/https://news.example/i/loading-dock.jpg">'
        ),
    ),
    "a stand-in for a page": (
        '<img src="data:image/gif;base64,R0=" data-url="/share.html">',
        '<img data-url="/share.html" src="data:image/gif;base64,R0=">',
    ),
    "a set that stands in for another": (
        '<img src=i.png srcset="data:image/gif;base64,R0=" data-srcset="a 1x, b 2x">',
        f'<img srcset="/media/{A}a 1x, /media/{A}b 2x" data-srcset="a 1x, b 2x" src="/media/{A}i.png">',
    ),
    "a set that stands in for an image": (
        '<img srcset="data:image/gif;base64,R0= 1x" data-src=i.png>',
        f'<img data-src="i.png" src="/media/{A}i.png">',
    ),
    "a set and a lazy one": (
        '<img src=i.png srcset="data:image/gif;base64,R0= 1x, a 2x" data-srcset="b">',
        f'<img srcset="data:image/gif;base64,R0= 1x, /media/{A}a 2x" data-srcset="b" src="/media/{A}i.png">',
    ),
    "a lazy source of a picture": (
        '<picture><source srcset="data:image/gif;base64,R0=" data-srcset="a.webp" type=image/webp></picture>',
        f'<picture><source srcset="/media/{A}a.webp" data-srcset="a.webp" type="image/webp"></picture>',
    ),
    "densities as numbers are written": (
        '<img srcset="a .5x, b 2e0x, c 1.X, d 1.5E+1x, e 2X">',
        f'<img srcset="/media/{A}a .5x, /media/{A}b 2e0x, /media/{A}d 1.5E+1x">',
    ),
    "a lazy image and what is there without scripts": (
        "<img data-src=i.png><noscript><img src=i.png></noscript>",
        f'<img data-src="i.png" src="/media/{A}i.png">',
    ),
    "a button with an image": ("<input type=image src=i.png>", f'<input type="image" src="/media/{A}i.png">'),
    "a background": ("<body background=i.png>", f'<body background="/media/{A}i.png">'),
    "an image in SVG": ('<svg><image xlink:href="i.png"/></svg>', f'<svg><image href="/media/{A}i.png" /></svg>'),
    "a part of a picture": ('<svg><use xlink:href="#a"/></svg>', '<svg><use xlink:href="#a" /></svg>'),
    "a part of another picture": ('<svg><use href="i.svg#a"/></svg>', f'<svg><use href="/media/{A}i.svg#a" /></svg>'),
    "the old name of img": ("<image src=i.png>", f'<image src="/media/{A}i.png">'),
    # Film and sound
    "a film": (
        "<video src=v.mp4 poster=p.jpg autoplay muted></video>",
        f'<video poster="/media/{A}p.jpg" muted="" controls="" src="/media/{A}v.mp4"></video>',
    ),
    "sources of a film": (
        "<video><source src=v.webm></video>",
        f'<video controls=""><source src="/media/{A}v.webm"></video>',
    ),
    # Frames and plug-ins
    "a frame": (
        '<iframe src="f.html" allow="camera" sandbox="allow-scripts" name=n width=10>no frames</iframe>',
        f'<iframe width="10" src="/frame/{A}f.html"></iframe>',
    ),
    "a frame that is a script": ('<iframe src="javascript:alert(1)"></iframe>', "<iframe></iframe>"),
    "a frameset": (
        '<frameset cols="1,*"><frame src=f></frameset>',
        f'<frameset cols="1,*"><frame src="/frame/{A}f"></frameset>',
    ),
    "a document in a frame": (
        '<iframe srcdoc="<script>x</script>&lt;a href=&quot;b&quot; onclick=y>z</a>"></iframe>',
        f'<iframe srcdoc="&lt;a href=&quot;/page/{A}b&quot; target=&quot;_top&quot;&gt;z&lt;/a&gt;"></iframe>',
    ),
    "an object": (
        "<object data=o.swf type=application/x id=o>instead</object>",
        f'<object type="application/x" id="o"><a href="/page/{A}o.swf" target="_top">{A}o.swf</a>instead</object>',
    ),
    "an embed": ("<embed src=o.swf>", f'<a href="/page/{A}o.swf" target="_top">{A}o.swf</a>'),
    "an applet": ("<applet code=x archive=y><param name=src value=//x>instead</applet>", "instead</applet>"),
    # Sheets and other relations
    "a style sheet": ("<link rel=StyleSheet href=s.css>", f'<link rel="stylesheet" href="/style/{A}s.css">'),
    "a sheet that is checked": (
        "<link rel=stylesheet href=s.css integrity=sha256-x crossorigin media=print>",
        f'<link media="print" rel="stylesheet" href="/style/{A}s.css">',
    ),
    "a sheet that a script switches on": (
        """<link rel=stylesheet media=print onload="this.media='all'" href=s.css>""",
        f'<link rel="stylesheet" href="/style/{A}s.css">',
    ),
    "a sheet that a script makes one": (
        """<link rel=preload as=style onload="this.rel='stylesheet'" href=s.css>""",
        f'<link rel="stylesheet" href="/style/{A}s.css">',
    ),
    "another sheet": (
        '<link rel="alternate stylesheet" title=big href=s.css>',
        f'<link title="big" rel="alternate stylesheet" href="/style/{A}s.css">',
    ),
    "a sheet of another kind": ("<link rel=stylesheet/less type=text/less href=s.less>", ""),
    "a sheet in its address": (
        "<link rel=stylesheet media=print href='data:text/css;charset=utf-8,a%7Bb:url(//x.example/i.png)}%3C/style>'>",
        '<style media="print">a{b:url("/media/https://x.example/i.png")}< /style></style>',
    ),
    "a sheet in base64": (
        "<link rel=stylesheet href='data:text/css;base64,YXtjb2xvcjpyZWR9'>",
        "<style>a{color:red}</style>",
    ),
    "a sheet that is not base64": ("<link rel=stylesheet href='data:text/css;base64,Y'>", ""),
    "an icon": ('<link rel="shortcut icon" href=/i.ico>', '<link rel="icon" href="/media/https://news.example/i.ico">'),
    "fetching ahead": ('<link rel=preload href=a><link rel="dns-prefetch" href=//b><link rel=preconnect href=//c>', ""),
    "for programs": ("<link rel=manifest href=m><link rel=canonical href=c><link rel=next href=n>", ""),
    "a style element": (
        "<style media=screen>a{background:url(i.png)}</style>",
        f'<style media="screen">a{{background:url("/media/{A}i.png")}}</style>',
    ),
    "an old style element": ("<style><!--\na{color:red}\n--></style>", "<style>/**/\na{color:red}\n--></style>"),
    "a style of XHTML": ("<style><![CDATA[a{color:red}]]></style>", "<style>a{color:red}</style>"),
    "a style attribute": (
        "<p style=\"background: URL('i.png')\">",
        f'<p style="background: url(&quot;/media/{A}i.png&quot;)">',
    ),
    "a plain style": ('<p style="color: red">', '<p style="color: red">'),
    # What steers the browser
    "a script": ("a<script>if (a<b) { '</p>' }</script>b", "ab"),
    "a script in a comment in a script": ("a<script><!-- <script> </script> --></script>b", "ab"),
    "a handler": ('<p onclick="x()" ONLOAD=y class=c>', '<p class="c">'),
    "a link that is a script": ('<a href=" java\tscript:x()">', "<a>"),
    "without scripts": ("<noscript><p>x</p></noscript>", "<p>x</p>"),
    "a base": ('<base href="/b/"><a href=c>', '<a href="/page/https://news.example/b/c" target="_top">'),
    "a base further down": (
        "<a href=c><!--<base href=//no>--><base target=x><base href=/b/><base href=/d/>",
        '<a href="/page/https://news.example/b/c" target="_top">',
    ),
    "a place where the base is another": (
        '<base href="/b/"><a href="#c">',
        '<a href="/page/https://news.example/b/#c" target="_top">',
    ),
    "a base that is a script": ('<base href="javascript:x"><a href=c>', f'<a href="/page/{A}c" target="_top">'),
    "a policy": ("<meta http-equiv=Content-Security-Policy content=\"img-src 'none'\">", ""),
    "an encoding": (
        '<meta charset="gbk"><meta http-equiv=Content-Type content="text/html; charset=gbk">',
        '<meta charset="utf-8">',
    ),
    "a description": (
        '<meta name="description" content="see http://x.example">',
        '<meta name="description" content="see http://x.example">',
    ),
    "a referrer": ('<meta name="referrer" content="unsafe-url">', ""),
    "a form": (
        '<form action=/a method=post target=_top><input name=q autofocus><button formaction="//x">go</button></form>',
        '<form><input name="q"><button>go</button></form>',
    ),
    "a manifest": ('<html manifest="app.cache" lang=zh>', '<html lang="zh">'),
    # Markup as it is
    "a document type": ("\n <!DOCTYPE html><p>", "\n <!DOCTYPE html><p>"),
    "a late document type": ("<p><!DOCTYPE html>", "<p>"),
    "comments": ("a<!-- <b> --><!-->-><!--x--!>c<!d><?e?></>f", "a-&gt;".replace("&gt;", ">") + "cf"),
    "a comment that never ends": ("a<!-- <script>", "a"),
    "signs": ("1 < 2 & 3 > 2 <3 a&lt;b", "1 &lt; 2 & 3 > 2 &lt;3 a&lt;b"),
    "a tag that is cut off": ("a<p class='", "a"),
    "a title": ("<title>a <b> & c</title>", "<title>a &lt;b> & c</title>"),
    "a text area": ("<textarea><img src=x onerror=y></textarea>", "<textarea>&lt;img src=x onerror=y></textarea>"),
    "text as it is": ("<xmp><b>&amp;</xmp>x", "<pre>&lt;b&gt;&amp;amp;</pre>x"),
    "text to the end": ("<plaintext><b></plaintext>", "<pre>&lt;b&gt;&lt;/plaintext&gt;</pre>"),
    "text in SVG": ("<svg><text><![CDATA[a<b]]></text></svg><![CDATA[c]]>", "<svg><text>a&lt;b</text></svg>"),
    "elements of SVG that are closed": (
        "<svg><style/><script/><title/><p>x</p></svg>",
        "<svg><style></style><title></title><p>x</p></svg>",
    ),
    "attributes as they come": ("<p a=1 A=2 b='\"' c=d/e f>", '<p a="1" b="&quot;" c="d/e" f="">'),
    "names that are none": ('<p "x=1 a<b=2><a<b>', "<p>"),
    "nothing known that leads away": (
        '<p itemtype="http://x" foo="//x" bar="\\\\x" baz="/y" data-z="http://x">',
        '<p baz="/y" data-z="http://x">',
    ),
    "an unknown element": ('<x-card src="//x" title=t>y</x-card>', '<x-card title="t">y</x-card>'),
    "an animated link": ('<svg><a><animate attributeName=href values="javascript:x"/></a></svg>', "<svg><a></a></svg>"),
    "an end tag with attributes": ("<p>x</p onclick=y>", "<p>x</p>"),
    "a template": (
        "<template shadowrootmode=open><p onclick=x>y</template>",
        '<template shadowrootmode="open"><p>y</template>',
    ),
}


@pytest.mark.parametrize(("page", "expected"), CASES.values(), ids=CASES.keys())
def test_what_becomes_of(page: str, expected: str) -> None:
    assert rewritten(page) == expected
    assert unsafe(rewritten(page)) == []


@pytest.mark.parametrize("page", [page for page, _ in CASES.values()], ids=CASES.keys())
def test_rewritten_again_nothing_new_is_found_to_rewrite(page: str) -> None:
    """Links then lead to where the first ones led, as paths of the host; nothing else is left to take away."""
    once = rewritten(page)
    again = rewritten(once)
    for kind in ("page", "frame", "style", "media"):
        again = again.replace(f"/{kind}/https://news.example/{kind}/", f"/{kind}/")
    assert again == once


XHTML = {
    "a script that is elsewhere": ('<script src="a.js"/><h1>x</h1>', "<h1>x</h1>"),
    "a script that ends": ("<script>x</script><h1>x</h1>", "<h1>x</h1>"),
    "elements without content": (
        "<title/><style/><textarea/><xmp/><h1>x</h1>",
        "<title></title><style></style><textarea></textarea><pre></pre><h1>x</h1>",
    ),
    "a frame": ('<iframe src="f"/><h1>x</h1>', f'<iframe src="/frame/{A}f"></iframe><h1>x</h1>'),
    "blocks": ('<div class="a"/><p/><a id="b"/><svg/>x', '<div class="a"></div><p></p><a id="b"></a><svg></svg>x'),
    "without scripts": (
        '<noscript/><img src="data:," data-src="i.png"/>',
        f'<img data-src="i.png" src="/media/{A}i.png" />',
    ),
    "elements that have no end tag in HTML": (
        'a<br/>b<br></br>c<hr /><img alt="d"/>',
        'a<br/>b<br>c<hr /><img alt="d" />',
    ),
    "text as it is": ("<p><![CDATA[a<script>]]></p>", "<p>a&lt;script&gt;</p>"),
    "a base after a script": (
        '<script src="a.js"/><base href="/b/"/><a href="c">x</a>',
        '<a href="/page/https://news.example/b/c" target="_top">x</a>',
    ),
    "a picture": ('<svg><path d="M0"/></svg><title/>x', '<svg><path d="M0"></path></svg><title></title>x'),
}


@pytest.mark.parametrize(("page", "expected"), XHTML.values(), ids=XHTML.keys())
def test_in_xhtml_a_tag_may_end_itself(page: str, expected: str) -> None:
    made = rewritten(page, content_type="Application/XHTML+xml; charset=utf-8")
    assert made == expected
    assert unsafe(made) == []


@pytest.mark.parametrize(
    ("content", "onward"),
    [
        ("0;url=b.html", Onward(0, f"{A}b.html")),
        ("5; URL = '//x.example/' ", Onward(5, "https://x.example/")),
        ("0;javascript:x()", None),
        ("300", None),
        (f"0; url={URL}", None),
        ("soon; url=b.html", None),
    ],
)
def test_a_page_that_sends_on_does_not_and_has_no_word_of_ours_in_it(content: str, onward: Onward | None) -> None:
    page = Page(URL, f'<meta http-equiv="refresh" content="{content}"><p>moved'.encode(), datetime.now(UTC))
    found = rewrite_page(page, to)
    assert found.onward == onward
    assert found.body == b"<p>moved"


def test_documents_in_documents_end() -> None:
    page = "<p onclick=x>end</p>"
    for _ in range(8):
        page = f'<iframe srcdoc="{page.replace("&", "&amp;").replace(chr(34), "&quot;")}"></iframe>'
    made = rewritten(page)
    assert made.count("srcdoc") == 4
    assert "onclick" not in made


@pytest.mark.parametrize("url", ["ftp://a.example/", "about:blank", "http://", "http://[/"])
def test_a_page_that_is_of_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="is no http or https URL"):
        rewritten("<p>", url=url)


CHINESE = "<p>解放军报 中国军网 囧𠮷</p>"
META = '<meta charset="{}">'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (META.format("utf-8").encode() + CHINESE.encode(), "text/html"),
        (META.format("gb2312").encode() + CHINESE.encode("gb18030"), "text/html"),
        (META.format("GBK").encode() + CHINESE.encode("gb18030"), "text/html; charset=ISO-8859-1"),
        (CHINESE.encode("gb18030"), "text/html; charset=gb2312"),
        (META.format("gb2312").encode() + CHINESE.encode(), "text/html; charset=utf-8"),
        (META.format("utf-8").encode() + CHINESE.encode("gb18030"), "text/html; charset=gbk"),
        (CHINESE.encode("gb18030"), ""),
        (CHINESE.encode(), ""),
        (CHINESE.encode("utf-8-sig"), "text/html; charset=gbk"),
        (CHINESE.encode("utf-16"), "text/html"),
    ],
)
def test_every_encoding_shows_right(body: bytes, content_type: str) -> None:
    made = rewritten(body, content_type=content_type)
    assert made == ('<meta charset="utf-8">' if b"<meta" in body else "") + CHINESE


def test_a_query_is_in_the_encoding_of_its_page() -> None:
    page = '<meta charset=gbk><a href="s?q=军&p=é𠮷">'.encode("gb18030")
    assert "/a/s?q=%BE%FC&amp;p=" in rewritten(page, content_type="text/html")
    assert "/a/s?q=%E5%86%9B" in rewritten('<a href="s?q=军">')
    assert "/a/s?q=%E5%86%9B" in rewritten('<a href="s?q=军">'.encode("utf-16"), content_type="text/html")
