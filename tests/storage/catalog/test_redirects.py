"""Where a redirect leads, told from its two addresses."""

from __future__ import annotations

import pytest

from storage.catalog.redirects import Leads, leads

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
        (URL.replace("http:", "https:"), Leads.ELSEWHERE),
        (f"{URL}/", Leads.ELSEWHERE),
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
        (f"{HOST}/en/", f"{HOST}/en/index.html", Leads.ELSEWHERE),  # the same page by its longer name
        (f"{HOST}/en/?id=7", f"{HOST}/en/", Leads.FRONT),
        (f"{HOST}/a/index.php?id=7", f"{HOST}/a/index.php", Leads.FRONT),
        (f"{HOST}/a/index.php?id=7", f"{HOST}/a/index.php?id=8", Leads.ELSEWHERE),
        (f"{HOST}/", "http://m.demo.example/?from=/", Leads.FRONT),
    ],
)
def test_indexes_and_queries(url: str, location: str, where: Leads) -> None:
    assert leads(url, location) is where
