"""`id_`: the stored bytes, whatever URL they are asked by, and nothing archived live."""

from __future__ import annotations

from tests.replay.kept import URL, answered, keep, redirected
from tests.web.archive_host.conftest import Host

FIRST = "20260123080000"


def test_the_bytes_come_with_their_head_under_other_names(host: Host) -> None:
    keep(host.archive, answered("<p>one</p>", head="Set-Cookie: a=1\r\nLink: </x>\r\n"))
    host.sync()
    got = host.get(f"/web/{FIRST}id_/{URL}")
    assert (got.status, got.body) == (200, b"<p>one</p>")
    assert got["content-type"] == "text/html; charset=utf-8"
    assert got["memento-datetime"] == "Fri, 23 Jan 2026 08:00:00 GMT"
    assert got["x-archive-orig-set-cookie"] == "a=1"
    assert got["x-archive-orig-link"] == "</x>"
    assert got["set-cookie"] is None
    assert got["content-security-policy"] == "sandbox"
    assert got["x-content-type-options"] == "nosniff"


def test_the_url_is_taken_byte_for_byte_with_its_query(host: Host) -> None:
    urls = ["http://news.example/a%2Fb?x=%26&y=//2", "http://news.example/a/b?x=%26&y=//2", "http://news.example/%E4?q"]
    keep(host.archive, *(answered(f"{n}", url=url) for n, url in enumerate(urls)))
    host.sync()
    for n, url in enumerate(urls):
        assert host.get(f"/web/{FIRST}id_/{url}").text == str(n)
    assert host.get(f"/web/{FIRST}id_/http:/news.example/a%2Fb?x=%26&y=//2").text == "0"


def test_a_redirect_to_https_does_not_hide_the_page_it_leads_to(host: Host) -> None:
    secure = URL.replace("http:", "https:")
    keep(host.archive, redirected(secure), answered("page", url=secure, hours=0.001))
    host.sync()
    assert host.get(f"/web/{FIRST}id_/{URL}").status == 301
    assert host.get(f"/web/{FIRST}id_/{secure}").text == "page"
    assert host.get(f"/web/2026id_/{URL}").text == "page"


def test_what_was_never_captured_is_not_found(host: Host) -> None:
    assert host.get(f"/web/2026id_/{URL}").status == 404


def test_a_timestamp_that_is_none_is_told(host: Host) -> None:
    got = host.get(f"/web/20261399id_/{URL}")
    assert got.status == 400
    assert "20261399 is no timestamp" in got.text
