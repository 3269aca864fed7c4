"""Where a token is asked for: nothing shows without it, on either host."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from config.clock import Clock
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.stores import open_store
from tests.replay.kept import URL, answered, keep, new_archive
from tests.web.visitor import Visitor
from web.freshness import Freshness
from web.holdings import Holdings
from web.hosts import hosts
from web.security.exposure import exposure
from web.security.gate import SESSION_SECONDS, TICKET_SECONDS, Gate

TOKEN = "a-token-of-enough-characters"
WINDOW, ARCHIVE = "https://window.example", "https://archive.window.example"
PATH = "/web/20260123155934id_/http://outlet.example/a?b=c"


@dataclass(frozen=True)
class Both:
    window: Visitor
    archive: Visitor

    def sign_in(self, to: str = "/") -> str:
        answer = self.window.post("/login", data={"token": TOKEN, "to": to})
        assert answer.status_code == 303
        return answer.headers["Location"]


@pytest.fixture
def both(tmp_path: Path) -> Both:
    return both_over(Archive.open(open_store(str(tmp_path / "archive")), create=True), tmp_path)


def both_over(archive: Archive, folder: Path) -> Both:
    holdings = Holdings(archive, Catalog.open(f"sqlite:///{folder / 'catalog'}"), {}, Clock())
    exposed = exposure("127.0.0.1", 1, 2, url=WINDOW, archive_url=ARCHIVE, token=TOKEN)
    window, archived = hosts(holdings, exposed, Freshness(archive, holdings.catalog, Clock()))
    return Both(Visitor(window, WINDOW), Visitor(archived, ARCHIVE))


@pytest.mark.parametrize("path", ["/", "/outlets?page=2", "/docs", "/handover?to=/web/", "/static/../", "/nothing"])
def test_without_it_every_page_leads_to_the_login(both: Both, path: str) -> None:
    answer = both.window.get(path)
    assert answer.status_code == 303
    to = urlsplit(answer.headers["Location"])
    assert to.path == "/login"
    archive_id = both.window.get(answer.headers["Location"]).text
    assert "<footer>" not in archive_id
    assert "<nav" not in archive_id


@pytest.mark.parametrize("path", ["/api/v1/outlets", "/api/v1/openapi.json", "/api/v1/nothing"])
def test_the_api_asks_for_it_in_a_header(both: Both, path: str) -> None:
    refused = both.window.get(path)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert both.window.get(path, headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 401
    assert both.window.get(path, headers={"Authorization": TOKEN}).status_code == 401
    assert both.window.get(path, headers={"Authorization": f"bearer {TOKEN}"}).status_code in (200, 404)


def basic(password: str, user: str = "feeds") -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"}


@pytest.mark.parametrize("path", ["/changes.atom", "/changes.json", "/changes.csv"])
def test_feed_readers_show_it_in_a_header_too(both: Both, path: str) -> None:
    refused = both.window.get(path)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith('Basic realm="Palimpsest"')
    for shown in ({"Authorization": f"Bearer {TOKEN}"}, basic(TOKEN), basic(TOKEN, user="")):
        answer = both.window.get(path, headers=shown)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    for wrong in (basic("x"), basic("", user=TOKEN), {"Authorization": "Basic //86//8="}, {"Authorization": "Basic"}):
        assert both.window.get(path, headers=wrong).status_code == 401


def test_no_browser_is_asked_for_a_password_or_believed_one(both: Both) -> None:
    browser = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    answer = both.window.get("/changes.atom", headers=browser | basic(TOKEN))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login?to=%2Fchanges.atom")
    assert "WWW-Authenticate" not in answer.headers


FEED_READERS = (
    *("*/*", "application/atom+xml,application/rss+xml,*/*;q=0.1"),
    "application/xml, application/atom+xml, application/rss+xml, application/feed+json, text/html, */*;q=0.9",
)
BROWSERS = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
)


@pytest.mark.parametrize("path", ["/changes.atom?outlet=demo", "/changes.json", "/changes.csv"])
def test_by_plain_http_a_browser_is_led_to_the_login_and_a_feed_reader_is_challenged(both: Both, path: str) -> None:
    """There browsers say nothing of themselves but what they take."""
    for taken in BROWSERS:
        answer = both.window.get(path, headers={"Accept": taken})
        assert answer.status_code == 303
        assert parse_qs(urlsplit(answer.headers["Location"]).query) == {"to": [path]}
        assert "WWW-Authenticate" not in answer.headers
    for taken in FEED_READERS:
        challenged = both.window.get(path, headers={"Accept": taken})
        assert (challenged.status_code, challenged.headers["WWW-Authenticate"][:5]) == (401, "Basic")
    shown = {"Accept": BROWSERS[0]} | basic(TOKEN)
    assert both.window.get("/changes.atom", headers=shown).status_code == 200
    assert both.window.get("/changes.atom", headers={"Accept": BROWSERS[0]} | basic("x")).status_code == 401


def test_wrong_ones_in_headers_count_as_those_in_the_form(both: Both) -> None:
    codes = [both.window.get("/api/v1/outlets", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(8)]
    codes += [both.window.get("/changes.atom", headers=basic(str(n))).status_code for n in range(2)]
    assert codes == [401] * 10
    right = {"Authorization": f"Bearer {TOKEN}"}
    refused = both.window.get("/api/v1/outlets", headers=right)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert both.window.post("/login", data={"token": TOKEN}).status_code == 429


def test_the_right_one_may_be_shown_as_often_as_one_likes(both: Both) -> None:
    codes = {both.window.get("/api/v1/nothing", headers=basic(TOKEN)).status_code for _ in range(40)}
    assert codes == {404}


def test_the_header_opens_no_page(both: Both) -> None:
    assert both.window.get("/", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 303


def test_a_wrong_token_opens_nothing(both: Both) -> None:
    answer = both.window.post("/login", data={"token": "wrong", "to": "/"})
    assert answer.status_code == 403
    assert "That is not the token" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert both.window.get("/").status_code == 303


def test_the_token_opens_a_session_in_a_cookie_with_the_right_flags(both: Both) -> None:
    answer = both.window.post("/login", data={"token": TOKEN, "to": "/outlets?page=2"})
    assert answer.headers["Location"] == "/outlets?page=2"
    name, *flags = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-palimpsest=")
    assert TOKEN not in name
    assert set(flags) == {"Path=/", "HttpOnly", "SameSite=Strict", "Secure"}
    assert both.window.get("/").status_code == 200


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", "/a\r\nb: c"]
)
def test_it_leads_nowhere_else(both: Both, to: str) -> None:
    assert both.sign_in(to) == "/"


def test_signing_out_ends_the_session_for_whoever_has_its_cookie(both: Both) -> None:
    both.sign_in()
    kept = dict(both.window.cookies)
    assert both.window.get("/").headers["Cache-Control"] == "no-store"
    assert both.window.post("/logout").status_code == 303
    both.window.cookies.update(kept)
    assert both.window.get("/").status_code == 303


def test_signing_out_ends_the_archives_session_and_what_would_open_one(both: Both) -> None:
    both.sign_in()
    entered = both.archive.get(both.window.get("/handover", params={"to": PATH}).headers["Location"])
    assert entered.status_code == 303
    assert both.archive.get(PATH).status_code == 404
    ticket = both.window.get("/handover", params={"to": PATH}).headers["Location"]
    both.window.post("/logout")
    assert both.archive.get(PATH).status_code == 401
    assert both.archive.get(ticket).status_code == 401


def test_guessing_is_slowed_down(both: Both) -> None:
    codes = [both.window.post("/login", data={"token": f"guess {n}"}).status_code for n in range(12)]
    assert codes[0] == 403
    assert codes[-1] == 429
    assert int(both.window.post("/login", data={"token": TOKEN}).headers["Retry-After"]) >= 1


def test_a_form_of_many_fields_is_refused(both: Both) -> None:
    answer = both.window.post("/login", data={f"field{n}": "1" for n in range(11)})
    assert answer.status_code == 400
    assert "more fields" in answer.text


def test_a_ticket_among_many_fields_is_turned_away(both: Both) -> None:
    answer = both.archive.get("/enter?" + "&".join(f"field{n}=1" for n in range(11)))
    assert answer.status_code == 401
    assert f'href="{WINDOW}/' in answer.text


def test_a_form_that_does_not_end_is_refused(both: Both) -> None:
    assert both.window.post("/login", content=b"token=" + b"x" * 100_000).status_code == 400


def test_the_archives_host_asks_for_a_session_and_leads_to_the_window(both: Both) -> None:
    answer = both.archive.get(PATH, headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 401
    assert "WWW-Authenticate" not in answer.headers
    assert f'href="{WINDOW}/handover?to=%2Fweb%2F' in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    (style,) = re.findall(r'href="(/static/window\.css[^"]*)"', answer.text)
    assert both.archive.get(style).status_code == 200  # it looks like the window's pages
    for other in ("/", "/view/http://outlet.example/", "/replay/2026/http://outlet.example/"):
        assert both.archive.get(other).status_code == 401


@pytest.mark.parametrize("path", [PATH, "/cdx?url=outlet.example", "/timegate/http://outlet.example/", f"{PATH}?mp_"])
def test_programs_show_the_archives_host_the_token_in_a_header(both: Both, path: str) -> None:
    refused = both.archive.get(path)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith('Basic realm="Palimpsest"')
    for shown in ({"Authorization": f"Bearer {TOKEN}"}, basic(TOKEN)):
        answer = both.archive.get(path, headers=shown)
        assert answer.status_code in (200, 404)
        assert "Set-Cookie" not in answer.headers
    assert both.archive.get(path).status_code == 401
    assert both.archive.get("/view/http://outlet.example/", headers=basic(TOKEN)).status_code == 401
    browser = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert both.archive.get(path, headers=basic(TOKEN) | browser).status_code == 401


def test_where_archived_scripts_run_no_header_counts(both: Both) -> None:
    replay = {"Host": "replay.archive.window.example"}
    for path in ("/boot", "/web/2026ir_/http://outlet.example/"):
        assert both.archive.get(path, headers=replay | basic(TOKEN)).status_code == 401
        assert both.archive.get(path, headers=replay | {"Authorization": f"Bearer {TOKEN}"}).status_code == 401


def test_wrong_ones_count_on_both_hosts_together(both: Both) -> None:
    wrong = basic("wrong")
    codes = [both.archive.get("/cdx?url=a.example", headers=wrong).status_code for _ in range(12)]
    assert codes == [401] * 10 + [429] * 2
    assert both.window.get("/changes.atom", headers=basic(TOKEN)).status_code == 429


def test_a_session_is_handed_over_once(both: Both) -> None:
    both.sign_in()
    handed = both.window.get("/handover", params={"to": PATH})
    assert handed.status_code == 303
    to = urlsplit(handed.headers["Location"])
    assert f"{to.scheme}://{to.netloc}{to.path}" == f"{ARCHIVE}/enter"
    assert TOKEN not in handed.headers["Location"]

    entered = both.archive.get(handed.headers["Location"])
    assert entered.status_code == 303
    assert entered.headers["Location"] == PATH
    flags = entered.headers["Set-Cookie"].split("; ")[1:]
    assert set(flags) == {"Path=/", "HttpOnly", "SameSite=Lax", "Secure", "Domain=archive.window.example"}
    assert both.archive.get(PATH).status_code == 404  # it has no such capture, and says so

    both.archive.cookies.clear()
    again = both.archive.get(handed.headers["Location"])
    assert again.status_code == 401
    assert "Set-Cookie" not in again.headers


def test_browsers_keep_no_archived_page_and_what_it_embeds(tmp_path: Path) -> None:
    """After signing out, going back must show nothing."""
    archive = new_archive(tmp_path / "archive")
    image = "http://news.example/i.png"
    keep(archive, answered("<img src=/i.png>"), answered(b"\x89PNG", url=image, head="Content-Type: image/png\r\n"))
    both = both_over(archive, tmp_path)
    catalog = Catalog.open(f"sqlite:///{tmp_path / 'catalog'}")
    catalog.sync(archive)
    catalog.close()
    both.sign_in()
    both.archive.get(both.window.get("/handover", params={"to": PATH}).headers["Location"])
    for path, caching in (
        (f"/view/20260123080000/{URL}", "no-store"),
        (f"/web/20260123080000mp_/{URL}", "no-store"),
        (f"/web/20260123080000id_/{URL}", "no-store"),
        (f"/web/20260123080000im_/{image}", "private, no-cache"),
    ):
        answer = both.archive.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, caching), path


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_a_ticket_leads_nowhere_else(both: Both, to: str) -> None:
    both.sign_in()
    assert both.window.get("/handover", params={"to": to}).status_code == 400
    ticket = parse_qs(urlsplit(both.window.get("/handover?to=/web/").headers["Location"]).query)["ticket"][0]
    assert both.archive.get("/enter", params={"ticket": ticket, "to": to}).status_code == 401


def test_a_session_of_one_host_is_none_of_the_other(both: Both) -> None:
    both.sign_in()
    session = dict(both.window.cookies)["__Host-palimpsest"]
    both.archive.cookies.set("__Secure-palimpsest-archive", session)
    assert both.archive.get(PATH).status_code == 401


def test_a_second_cookie_of_the_name_shuts_nobody_out(both: Both) -> None:
    both.sign_in()
    session = dict(both.window.cookies)["__Host-palimpsest"]
    both.window.cookies.clear()
    sent = f"__Host-palimpsest=planted; __Host-palimpsest={session}"
    assert both.window.get("/", headers={"Cookie": sent}).status_code == 200


def test_sessions_and_tickets_end() -> None:
    now = 0.0
    gate = Gate(TOKEN, lambda: now)
    session = gate.open_session()
    late, soon = gate.new_ticket([session]), gate.new_ticket(["another", session])
    handed = gate.redeem(soon)
    assert handed
    assert gate.knows([session])
    assert gate.knows_in_archive([handed])
    now = TICKET_SECONDS + 1.0
    assert not gate.redeem(late)
    now = SESSION_SECONDS + 1.0
    assert not gate.knows([session])
    assert not gate.knows_in_archive([handed])


def test_a_ticket_of_nobody_is_good_for_nothing() -> None:
    gate = Gate(TOKEN)
    assert not gate.redeem(gate.new_ticket(["no session"]))


def test_who_comes_by_another_sites_link_is_known_all_the_same(both: Both) -> None:
    """No browser sends a cookie that is SameSite=Strict along: the page that answers leads to itself, with it."""
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    step = both.window.get("/outlets?page=2&q=<b>", headers=visit)
    assert step.status_code == 200
    assert 'http-equiv="refresh" content="0;url=/outlets?page=2&amp;q=' in step.text
    assert step.headers["Cache-Control"] == "no-store"
    itself = both.window.get("/outlets?page=2", headers=visit | {"Sec-Fetch-Site": "same-origin"})
    assert itself.headers["Location"] == "/login?to=%2Foutlets%3Fpage%3D2"
    both.sign_in()
    assert both.window.get("/outlets", headers=visit).status_code == 200


def test_another_sites_page_may_lead_here_and_fetch_nothing(both: Both) -> None:
    both.sign_in()
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert both.window.get("/", headers=visit).status_code == 200
    for change in ({"Sec-Fetch-Mode": "no-cors"}, {"Sec-Fetch-Dest": "iframe"}, {"Sec-Fetch-Dest": "image"}):
        assert both.window.get("/", headers=visit | change).status_code == 403
    assert both.window.post("/logout", headers=visit).status_code == 403
    assert both.window.get("/", headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}).status_code == 200
