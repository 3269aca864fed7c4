"""Where a redirect leads, told from its two addresses."""

from __future__ import annotations

import pytest

from articles.leads import Leads, leads
from tests.processor_time import at_most

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
        (f"{HOST}/a/1.html", f"{HOST}/a/1.html;jsessionid=0A1B", Leads.SAME),
        (f"{HOST}/a/caf%C3%A9.html", f"{HOST}/a/cafe%CC%81.html", Leads.SAME),
        (f"{HOST}/a/1234567-army-buys-10000-tanks", f"{HOST}/a/1234567-army-buys-20000-tanks", Leads.SAME),
        (f"{HOST}/a/army-buys-tanks-1234567.html", f"{HOST}/a/army-sells-tanks-1234567.html", Leads.SAME),
        (f"{HOST}/a/army-buys-tanks-1234567.html", f"{HOST}/a/1234567", Leads.SAME),
        (f"{HOST}/a/1234567-army-buys-tanks", f"{HOST}/a/1234568-army-buys-tanks", Leads.ELSEWHERE),
        (f"{HOST}/a/1234567-army-buys-tanks", f"{HOST}/b/1234567-army-buys-tanks", Leads.ELSEWHERE),
        (f"{HOST}/a/20260123-army-buys-tanks", f"{HOST}/a/20260123-navy-sails", Leads.ELSEWHERE),  # the day of both
        (f"{HOST}/a/202601-army-buys-tanks", f"{HOST}/a/202601-navy-sails", Leads.ELSEWHERE),
        (f"{HOST}/a/army-buys-tanks", f"{HOST}/a/army-sells-tanks", Leads.ELSEWHERE),  # other words, and no number
        (f"{HOST}/a/1234567_2.html", f"{HOST}/a/1234567.html", Leads.ELSEWHERE),  # another page of it
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


@pytest.mark.parametrize("piece", ["1", "-1", "12345-", "a-12345", "/", "//", "%25", ";sid=", ".", "?a=1&", "&a=1"])
def test_long_addresses_take_no_time_with_their_square(piece: str) -> None:
    with at_most(20):
        leads(f"{HOST}/a/1.html?{'&'.join(f'p{n}=1' for n in range(5000))}", f"{HOST}/a/{piece * 40_000}x")
        leads(f"{HOST}/a/1.html?q=1{piece * 20_000}", f"{HOST}/a/1.html?q=1{piece * 20_000}&z=2")
