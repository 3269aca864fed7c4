"""Pages that no reader claims: notices that say "not found", and articles that only look like one."""

from __future__ import annotations

import pytest

from articles.not_found import says_not_found
from articles.page import Page
from articles.reading import ReadingOutcome, read
from config.outlet import Outlet
from demo.pages import shell
from tests.articles.pages import CAPTURED, URL

LONG = (
    "<p>The crews came ashore at noon and were welcomed by the mayor, who had waited in the rain.</p>" * 12,
    "<p>当天中午，参加演练的官兵陆续返回港口，当地群众冒雨迎接。演练为期三天，检验了部队的协同能力。</p>" * 8,
)
BRIEF = "<p>The wreck lies at 4,000 metres. The search goes on on Monday.</p>"
FRAME = (
    "<nav><a href='/'>Home</a> <a href='/china/'>China</a></nav>{body}<footer>Copyright 2026. All rights reserved."
    "</footer>"
)


def page(title: str = "", head: str = "", body: str = "", url: str = URL) -> Page:
    html = f"<!doctype html><html><head><meta charset=utf-8>{head}<title>{title}</title></head><body>{body}</body>"
    return Page(url, f"{html}</html>".encode(), CAPTURED, 200)


def refresh(to: str, after: str = "0") -> str:
    return f'<meta http-equiv="Refresh" content="{after}; url={to}">'


def judged(page: Page, outlet: Outlet) -> tuple[ReadingOutcome, str]:
    reading = read([page], outlet)
    return reading.outcome, reading.warnings[0].partition(":")[0]


ARTICLES = {
    "a reload of itself": page("Ship sails home", refresh(URL, "300"), LONG[0]),
    "a reload of itself at once": page("Ship sails home", refresh(URL), BRIEF),
    "a reload by a path": page("Ship sails home", refresh("/" + URL.split("/", 3)[3]), BRIEF),
    "a reload of itself over https": page("Ship sails home", refresh(URL.replace("http:", "https:")), BRIEF),
    "a reload with a parameter": page("Ship sails home", refresh(f"{URL}?reload=1", "30"), BRIEF),
    "a reload without an address": page("Ship sails home", '<meta http-equiv="refresh" content="60">', BRIEF),
    "off to the front page after ten minutes": page("Ship sails home", refresh("/", "600"), BRIEF),
    "a whole article that leaves at once": page("Ship sails home", refresh("/"), LONG[0]),
    "for browsers without scripts": page("Ship", f"<noscript>{refresh('/nojs.html')}</noscript>", BRIEF),
    "in a comment": page("Ship", f"<!--[if lt IE 9]>{refresh('/old.html')}<![endif]-->", BRIEF),
    "in a script": page("Ship", f"<script>var s = '{refresh('/')}'</script>", BRIEF),
    "404 in a headline": page("Unit 404 comes home | China Military", body=LONG[0]),
    "404 in a brief's headline": page("Boeing 404 sold to museum - China Military", body=BRIEF),
    "not found in a headline": page("Wreck not found after a week of search", body=BRIEF),
    "not found behind a colon": page("Weapons in Iraq: not found", body=BRIEF),
    "a page that does not exist, in a headline": page("Leaker says page does not exist in ledger", body=BRIEF),
    "in Chinese": page("战士找不到对手怎么办 - 中国军网", body="<p>班长说，没有对手就没有进步。</p>"),
    "about a page in Chinese": page("网页不存在的背后：一个网站的消失", body="<p>网站去年关闭。</p>"),
    "a long article with a notice for its title": page("Page Not Found", body=LONG[0]),
    "a long article in Chinese with a notice for its title": page("404 页面不存在", body=LONG[1]),
    "maintenance": page("Site maintenance", refresh("/", "30"), "<p>We will be back soon.</p>"),
    "maintenance in Chinese": page("系统维护公告", refresh("/", "30"), "<p>网站正在维护，请稍后访问。</p>"),
    "a consent wall": page("We value your privacy", body="<p>Accept cookies to go on.</p><button>Accept</button>"),
}

NOTICES = {
    "the demo's shell": Page(URL, shell("http://eng.chinamil.com.cn").encode(), CAPTURED, 200),
    "a refresh to the front": page("", refresh("http://eng.chinamil.com.cn/")),
    "in quotes": page("China Military", refresh("'http://eng.chinamil.com.cn/'", "3")),
    "a refresh to the page for errors": page("", refresh("/404.htm")),
    "a refresh elsewhere": page("", refresh("http://www.81.cn/")),
    "nginx": page("404 Not Found", body="<center><h1>404 Not Found</h1></center><hr><center>nginx</center>"),
    "IIS": page("404 - File or directory not found.", body="<h1>Server Error</h1>"),
    "with the site's name": page("Page not found | China Military Online", body=FRAME.format(body="<p>Sorry.</p>")),
    "the name first": page("China Military Online - Error 404", body=FRAME.format(body="")),
    "chatty": page("Oops! That page can’t be found. – A Blog", body="<p>Try a search.</p>"),
    "in Chinese": page("您访问的页面不存在_中国军网", body="<p>5秒后返回首页</p>"),
    "in Chinese, sorry": page("中国军网", body="<h1>抱歉，您要访问的页面不存在或已删除！</h1>"),
    "in its text only": page("China Military", body="<p>The page you requested was not found.</p><p>Go home.</p>"),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_what_may_be_an_article_is_none_that_is_gone(name: str, chinamil: Outlet) -> None:
    outcome, why = judged(ARTICLES[name], chinamil)
    assert outcome is ReadingOutcome.DOUBTFUL
    assert why in ("unknown template", "notice"), why


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_that_says_it_is_no_article(name: str, chinamil: Outlet) -> None:
    assert judged(NOTICES[name], chinamil)[0] is ReadingOutcome.NOT_AN_ARTICLE


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (page("Please log in", refresh("/login?back=" + URL)), "challenge page"),
        (page("", refresh("https://passport.81.cn/start")), "challenge page"),
        (page("Comments", body=LONG[0] + "<div class='g-recaptcha'></div>"), "unknown template"),
        (page("Guests told 'access denied'", body=LONG[0]), "unknown template"),
        (page("Access Denied", body="<p>You don't have permission to access this page.</p>"), "challenge page"),
        (page("安全验证", body="<p>请完成安全验证</p>"), "challenge page"),
    ],
)
def test_a_check_is_told_from_an_article_that_has_its_words(page: Page, why: str, chinamil: Outlet) -> None:
    assert judged(page, chinamil) == (ReadingOutcome.DOUBTFUL, why)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("404", True),
        ("HTTP Error 404 - Not Found", True),
        ("HTTP 404", True),
        ("404 Page Not Found", True),
        ("Sorry, the page you were looking for doesn't exist.", True),
        ("This article is no longer available", True),
        ("The requested URL was not found", True),
        ("页面不存在", True),
        ("找不到网页", True),
        ("對不起，您訪問的頁面不存在", True),
        ("お探しのページは見つかりませんでした", True),
        ("Страница не найдена", True),
        ("", False),
        ("Not found in any textbook", False),
        ("A story that was not found", False),
        ("Search - not found", False),
        ("404 soldiers return", False),
        ("Page 404 of the report was deleted", False),
        ("他找不到回家的路", False),
        ("文件不存在，法院驳回", False),
        ("The page was not found " * 20, False),
    ],
)
def test_a_line_that_says_that_a_page_was_not_found(line: str, says: bool) -> None:
    assert says_not_found(line) is says
