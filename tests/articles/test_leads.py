"""Where a redirect leads, told from its two addresses."""

from __future__ import annotations

import pytest

from articles.leads import Leads, leads

URL = "http://www.demo.example/en/2026/04/16436969.html"
HOST = "http://www.demo.example"


@pytest.mark.parametrize(
    ("location", "where"),
    [
        (URL, Leads.ITSELF),
        (f"{URL}#top", Leads.ITSELF),
        (HOST, Leads.FRONT),
        (f"{HOST}/", Leads.FRONT),
        (f"{HOST}/index.html?from=old", Leads.FRONT),
        ("https://elsewhere.example/default.aspx", Leads.FRONT),
        (f"{HOST}/en/", Leads.FRONT),
        (f"{HOST}/en/2026/index.htm", Leads.FRONT),
        (f"{HOST}/cn/", Leads.ELSEWHERE),  # an index, and not of a folder that the article stood in
        ("http://elsewhere.example/en/", Leads.ELSEWHERE),
        (f"{HOST}/404.html?aspxerrorpath=/en/2026/04/16436969.html", Leads.FRONT),
        (f"{HOST}/common/notfound.html", Leads.FRONT),
        (f"{HOST}/errors/404/", Leads.FRONT),
        (f"{HOST}/en/2026/04/404-soldiers-return.html", Leads.ELSEWHERE),
        (f"{HOST}/en/2026/04/16436970.html", Leads.ELSEWHERE),
        (URL.replace("http:", "https:"), Leads.SAME),
        (URL.replace("www.", ""), Leads.SAME),
        (URL.replace("www.", "m."), Leads.SAME),
        (URL.replace("http://www.demo.example", "https://wap.demo.example:443"), Leads.SAME),
        (f"{URL}/", Leads.SAME),
        (f"{HOST}/en/2026/04/16436969/", Leads.SAME),
        (f"{HOST}/EN/2026/04//16436969.shtml", Leads.SAME),
        (f"{HOST}/%65n/2026/04/16436969.html?utm_source=rss&spm=a1", Leads.SAME),
        (f"{URL}?cookie_check=1", Leads.SAME),  # with something added it is no other page
        (f"{URL}?error=404", Leads.ELSEWHERE),
        (f"{HOST}:8080/en/2026/04/16436969.html", Leads.ELSEWHERE),
        (URL.replace("www.", "edition."), Leads.ELSEWHERE),
        (URL.replace("www.demo", "m"), Leads.ELSEWHERE),  # m.example is a site, and not an edition of www.demo.example
        (f"{HOST}/cn/2026/04/16436969.html", Leads.ELSEWHERE),
        (f"{HOST}/user/login.html", Leads.GATE),
        (f"{HOST}/login", Leads.GATE),
        (f"{HOST}/waf/check?t=1", Leads.GATE),
        (f"{HOST}/cdn-cgi/l/chk", Leads.GATE),
        ("https://passport.demo.example/start", Leads.GATE),
        ("https://verify.cdn.example/x?id=7", Leads.GATE),
        (f"{HOST}/geetest-captcha.html", Leads.GATE),
        (f"{URL}?__cf_chl_rt_tk=abc", Leads.GATE),
        ("https://check.example/a?back=http%3A%2F%2Fwww.demo.example%2Fen%2F2026%2F04%2F16436969.html", Leads.GATE),
        (f"{HOST}/?next=/en/2026/04/16436969.html", Leads.GATE),
        (f"{HOST}/en/2026/04/challenge-to-nato.html", Leads.ELSEWHERE),  # words of a headline in a URL
        ("http://login.example/en/1.html", Leads.ELSEWHERE),  # the whole site's name
        ("http://[::1/", Leads.ELSEWHERE),
    ],
)
def test_where_a_redirect_leads(location: str, where: Leads) -> None:
    assert leads(URL, location) is where


@pytest.mark.parametrize(
    ("url", "location", "where"),
    [
        (f"{HOST}/en/", f"{HOST}/en/index.html", Leads.SAME),  # by its longer name
        (f"{HOST}/login/1.html", f"{HOST}/login/1.html".replace("http", "https"), Leads.SAME),  # a section's name
        (f"{HOST}/a/view.php?id=7", f"{HOST}/a/view.php?id=7&nocookie=1", Leads.SAME),
        (f"{HOST}/a/view.php?id=7&id=8", f"{HOST}/a/view.php?id=7", Leads.ELSEWHERE),
        (f"{HOST}/a/view.php?id=7", f"{HOST}/a/view.php?id=7&id=8", Leads.ELSEWHERE),
        (f"{HOST}/a/view.php", f"{HOST}/a/other.php?x=1", Leads.ELSEWHERE),
        (f"{HOST}/a/1.html?utm_source=rss", f"{HOST}/a/1.html", Leads.SAME),
        (f"{HOST}/en/?id=7", f"{HOST}/en/", Leads.FRONT),
        (f"{HOST}/a/index.php?id=7", f"{HOST}/a/index.php", Leads.FRONT),
        (f"{HOST}/a/index.php?id=7", f"{HOST}/a/index.php?id=8", Leads.ELSEWHERE),
        (f"{HOST}/", "http://m.demo.example/?from=/", Leads.FRONT),
    ],
)
def test_indexes_and_queries(url: str, location: str, where: Leads) -> None:
    assert leads(url, location) is where
