"""The safe view and what it embeds, in its frame: rewritten, inert, and told what it is put together from."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest

from replay.safe_view import LARGEST
from storage.exchange import Exchange
from tests.replay.kept import answered, at, keep, redirected
from tests.storage.catalog import observed
from tests.storage.exchanges import RESPONSES, exchange
from tests.web.archive_host.conftest import Host

PAGE = "http://news.example/a/1.html"
FIRST = "20260123080000"
ARCHIVE = "http://archive.localhost:8766"


def media(body: bytes, url: str, mime: str = "image/png", **said: Any) -> Exchange:
    return answered(body, url=url, head=f"Content-Type: {mime}\r\n", **said)


def safe(url: str = PAGE, at: str = FIRST) -> str:
    return f"/web/{at}mp_/{url}"


def test_a_page_is_rewritten_and_nothing_in_it_runs(host: Host) -> None:
    body = (
        '<p onclick=a()>one<script>b()</script><a href="/2.html">2</a><img src="i.png"><link rel=stylesheet href=c.css>'
    )
    keep(host.archive, answered(body, head="Set-Cookie: a=1\r\nContent-Security-Policy: script-src *\r\n"))
    host.sync()
    got = host.get(safe())
    assert (got.status, got["content-type"]) == (200, "text/html; charset=utf-8")
    assert f'href="/view/{FIRST}/http://news.example/2.html"' in got.text
    assert f'src="/web/{FIRST}im_/http://news.example/a/i.png"' in got.text
    assert f'href="/web/{FIRST}cs_/http://news.example/a/c.css"' in got.text
    assert "onclick" not in got.text
    assert "<script" not in got.text
    policy = (got["content-security-policy"] or "").split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert f"img-src {ARCHIVE} data:" in policy
    assert not any("allow-scripts" in directive for directive in policy)
    assert got["set-cookie"] is None
    assert got["memento-datetime"] == "Fri, 23 Jan 2026 08:00:00 GMT"
    assert 'rel="original"' in (got["link"] or "")


def test_where_a_page_sends_on_stands_in_the_banner_and_not_in_the_page(host: Host) -> None:
    keep(host.archive, answered('<meta http-equiv=refresh content="5; url=2.html"><p>moved'))
    host.sync()
    assert host.get(safe()).text == "<p>moved"
    banner = host.get(f"/view/{FIRST}/{PAGE}").text
    assert "It sent its readers on</strong>, after 5 seconds, to" in banner
    assert f'href="/view/{FIRST}/http://news.example/a/2.html"' in banner


def test_the_banner_of_an_absence_says_since_when_and_leads_to_the_last_whole_page(host: Host) -> None:
    url = observed.URL
    seen, *_ = keep(
        host.archive,
        answered("whole", url=url),
        answered("not here", url=url, hours=30, status="404 Not Found"),
        answered("not here", url=url, hours=60, status="404 Not Found"),
        answered("never an article", status="404 Not Found"),
    )
    observed.commit(host.archive, readings=[observed.reading(seen, observed.article("Drill ends"))])
    host.sync()
    gone = host.get(f"/view/20260125200000/{url}").text
    assert "<strong>Gone when captured:</strong>" in gone
    assert f'last seen <a href="/view/{FIRST}/{url}"' in gone
    assert 'first missing <time datetime="2026-01-24T14:00:00Z"' in gone
    assert "this answer is HTTP 404" in gone
    article = 'href="http://127.0.0.1:8765/article?outlet=demo&amp;url='
    assert article in gone
    whole = host.get(f"/view/{FIRST}/{url}").text
    assert article in whole
    assert "when captured" not in whole
    other = host.get(f"/view/{FIRST}/{PAGE}").text
    assert "The outlet answered HTTP 404." in other
    assert article not in other


def test_a_page_that_declares_gb2312_and_holds_gb18030_shows_right(host: Host) -> None:
    text = "中国军网 㐀 镕"
    body = f'<meta charset="gb2312"><p>{text}</p>'.encode("gb18030")
    keep(host.archive, answered(body, head="Content-Type: text/html\r\n"))
    host.sync()
    got = host.get(safe())
    assert text in got.text
    assert "gb2312" not in got.text.lower()


def test_a_moment_without_a_capture_leads_to_the_name_of_one(host: Host) -> None:
    keep(host.archive, answered("one"))
    host.sync()
    assert host.get(safe(at="2027"))["location"] == f"{ARCHIVE}{safe()}"
    assert host.get(f"/view/2027/{PAGE}")["location"] == f"/view/{FIRST}/{PAGE}"


def test_style_sheets_are_rewritten_with_their_characters(host: Host) -> None:
    url = "http://news.example/a/c.css"
    sheet = '@import "d.css"; p::before{content:"军"; background:url(i.png)}'.encode("gbk")
    keep(host.archive, media(sheet, url, "text/css; charset=gbk"))
    host.sync()
    got = host.get(f"/web/{FIRST}cs_/{url}")
    assert got["content-type"] == "text/css; charset=utf-8"
    assert "军" in got.text
    assert f'url("/web/{FIRST}cs_/http://news.example/a/d.css")' in got.text
    assert f'url("/web/{FIRST}im_/http://news.example/a/i.png")' in got.text
    assert host.get(safe(url))["content-type"] == "text/plain; charset=utf-8"


def test_what_is_embedded_is_sent_as_stored_under_a_type_that_cannot_run(host: Host) -> None:
    base = "http://news.example/"
    keep(
        host.archive,
        media(b"\x89PNG", f"{base}i.png"),
        media(b"<script>a()</script>", f"{base}evil.png", "text/html"),
        media(b"<svg onload='a()'/>", f"{base}s.svg", "image/svg+xml"),
    )
    host.sync()
    image = host.get(f"/web/{FIRST}im_/{base}i.png")
    assert (image.body, image["content-type"], image["accept-ranges"]) == (b"\x89PNG", "image/png", "bytes")
    part = host.get(f"/web/{FIRST}im_/{base}i.png", headers=[("Range", "bytes=1-2")])
    assert (part.status, part.body) == (206, b"PN")
    assert host.get(f"/web/{FIRST}im_/{base}evil.png")["content-type"] == "application/octet-stream"
    svg = host.get(f"/web/{FIRST}im_/{base}s.svg")
    assert svg["content-type"] == "image/svg+xml"
    for got in (image, svg):
        assert got["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        assert got["x-content-type-options"] == "nosniff"
    assert host.get(safe(f"{base}i.png"))["location"] == f"{ARCHIVE}/web/{FIRST}im_/{base}i.png"


def test_a_redirect_stays_in_the_archive_and_does_not_circle(host: Host) -> None:
    old, secure = "http://news.example/old.html", PAGE.replace("http:", "https:")
    keep(host.archive, redirected(PAGE, url=old), redirected(secure), answered("there", url=secure, hours=1))
    host.sync()
    led = host.get(safe(old))
    assert led.status == 302
    assert led["location"] == f"{ARCHIVE}{safe()}"
    assert host.get(f"/view/{FIRST}/{old}")["location"] == f"/view/{FIRST}/{PAGE}"
    assert host.get(safe())["location"] == f"{ARCHIVE}{safe(secure, '20260123090000')}"
    assert host.get(safe(secure, "20260123090000")).text == "there"


def test_an_error_is_shown_with_its_status_and_text_as_text(host: Host) -> None:
    text = "http://news.example/a.json"
    file = "http://news.example/a.pdf"
    keep(
        host.archive,
        answered("<h1>not here</h1>", status="404 Not Found"),
        media(b'{"a": "<b>"}', text, "application/json"),
        media(b"%PDF", file, "application/pdf"),
    )
    host.sync()
    assert host.get(safe()).status == 404
    assert "not here" in host.get(safe()).text
    got = host.get(safe(text))
    assert (got.text, got["content-type"]) == ('{"a": "<b>"}', "text/plain; charset=utf-8")
    kept = host.get(safe(file))
    assert (kept["content-type"], kept["content-disposition"]) == ("application/octet-stream", "attachment")
    assert "can be kept as a file" in host.get(f"/view/{FIRST}/{file}").text


def test_a_file_is_given_in_ranges_however_large_and_in_whatever_coding(host: Host) -> None:
    pdf, large = "http://news.example/a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * (LARGEST // 256)
    coded = gzip.compress(large, 1)
    keep(host.archive, answered(coded, url=pdf, head="Content-Type: application/pdf\r\nContent-Encoding: gzip\r\n"))
    host.sync()
    whole = host.get(safe(pdf))
    assert (whole.status, whole.body) == (200, large)
    assert (whole["content-type"], whole["content-disposition"]) == ("application/octet-stream", "attachment")
    assert [value for name, value in whole.headers if name == "memento-datetime"] == ["Fri, 23 Jan 2026 08:00:00 GMT"]
    for _ in range(2):
        part = host.get(safe(pdf), headers=[("Range", "bytes=8388000-8388003")])
        assert (part.status, part.body) == (206, large[8388000:8388004])


def test_the_banner_tells_what_a_page_is_put_together_from(host: Host) -> None:
    body = (
        '<link rel=stylesheet href=c.css><img src=i.png><img src="http://cdn.example/never.png"><img src=gone.png>one'
    )
    base = "http://news.example/a"
    keep(
        host.archive,
        answered(body),
        media(b"p{background:url(b.png)}", f"{base}/c.css", "text/css"),
        media(b"\x89PNG", f"{base}/i.png", hours=24 * 40),
        media(b"\x89PNG", f"{base}/b.png", hours=0.5),
        answered("no", url=f"{base}/gone.png", status="404 Not Found"),
        answered("two", hours=200),
    )
    host.sync()
    got = host.get(f"/view/{FIRST}/{PAGE}", headers=[("Accept", "text/html")])
    assert f'src="/web/{FIRST}mp_/{PAGE}"' in got.text
    assert "Put together from captures far apart" in got.text
    assert "2026-03-04 08:00 UTC" in got.text
    assert "2 of 5 parts missing" in got.text
    assert "http://cdn.example/never.png</bdi>: never captured" in got.text
    assert f"{base}/gone.png</bdi>: answered 404" in got.text
    assert 'rel="next"' in got.text
    assert f"frame-src {ARCHIVE}" in (got["content-security-policy"] or "")


def test_what_is_damaged_or_missing_is_told(host: Host) -> None:
    missing = host.get(f"/view/{FIRST}/http://news.example/none", headers=[("Accept", "text/html")])
    assert missing.status == 404
    assert "No capture of http://news.example/none" in missing.text
    broken = gzip.compress(b"a" * 1000)[:20]
    keep(host.archive, answered(broken, head="Content-Encoding: gzip\r\n"))
    host.sync()
    got = host.get(safe(), headers=[("Accept", "text/html")])
    assert got.status == 502
    assert "the body ends before its coding does" in got.text


def test_a_status_that_http_does_not_know_is_not_sent_on(host: Host) -> None:
    sheet = "http://news.example/a/c.css"
    keep(
        host.archive,
        answered("<p>no", status="999 Request Denied"),
        answered("a{}", url=sheet, status="999 No", head="Content-Type: text/css\r\n"),
    )
    host.sync()
    assert (host.get(safe()).status, host.get(safe()).text) == (200, "<p>no")
    assert host.get(f"/web/{FIRST}cs_/{sheet}").status == 200


def test_what_is_too_large_to_be_rewritten_is_told_in_whatever_coding_it_is(host: Host) -> None:
    large = b"<p>" + b"a" * LARGEST
    coded = f"{PAGE}?coded"
    keep(
        host.archive,
        answered(large),
        answered(gzip.compress(large, 1), url=coded, head="Content-Encoding: gzip\r\n"),
    )
    host.sync()
    for path in (safe(), safe(coded), f"/view/{FIRST}/{PAGE}", f"/web/{FIRST}cs_/{PAGE}"):
        got = host.get(path)
        assert (got.status, str(LARGEST) in got.text) == (501, True), path
    assert len(host.get(f"/web/{FIRST}id_/{PAGE}").body) == len(large)


@pytest.mark.parametrize("site", ["http://-news.example/", "http://news.example:99999/", "http://news..example%2F/"])
def test_of_what_no_browser_could_have_asked_for_the_bytes_are_there(host: Host, site: str) -> None:
    sheet = "http://news.example/c.css"
    keep(
        host.archive,
        answered("<p>hello", url=site),
        answered("a{}", url=f"{site}c.css", head="Content-Type: text/css\r\n"),
        answered(f'<link rel=stylesheet href="{sheet}">'),
        redirected(f"{site}c.css", url=sheet),
    )
    host.sync()
    for path in (safe(site), f"/view/{FIRST}/{site}", f"/web/{FIRST}cs_/{site}c.css"):
        assert host.get(path).status == 400, path
    assert host.get(f"/web/{FIRST}id_/{site}").body == b"<p>hello"
    assert "1 of 1 part missing" in host.get(f"/view/{FIRST}/{PAGE}").text


def test_no_other_site_learns_from_what_it_embeds_what_is_here(host: Host) -> None:
    image = "http://news.example/i.png"
    keep(host.archive, answered("<p>hello"), media(b"\x89PNG", image))
    host.sync()
    here, not_here = f"/web/{FIRST}im_/{image}", f"/web/{FIRST}im_/{image}?none"
    for path in (here, not_here, f"/web/{FIRST}cs_/{PAGE}", f"/web/{FIRST}id_/{image}", safe(), f"/cdx?url={image}"):
        assert host.get(path)["cross-origin-resource-policy"] == "same-origin", path


def test_of_a_page_without_any_of_its_parts_none_is_said_to_have_been_captured(host: Host) -> None:
    keep(host.archive, answered("<img src=i.png>"))
    host.sync()
    got = host.get(f"/view/{FIRST}/{PAGE}", headers=[("Accept", "text/html")])
    assert "1 of 1 part missing" in got.text
    assert "Its parts were captured" not in got.text


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("mime", "body", "shown", "content_type"),
    [
        ("image/svg+xml", SVG, "im_", "image/svg+xml"),
        ("image/png", b"\x89PNG", "im_", "image/png"),
        ("application/json", b'{"a": 1}', "mp_", "text/plain; charset=utf-8"),
        ("text/html", b"no tag of a page", "mp_", "text/html; charset=utf-8"),
        ("text/css", b"p {}", "cs_", "text/css; charset=utf-8"),
    ],
)
def test_what_was_not_modified_is_shown_as_what_it_was(
    host: Host, mime: str, body: bytes, shown: str, content_type: str
) -> None:
    again = exchange(RESPONSES["not modified"], url=PAGE, started_at=at(3), conditional=True)
    keep(host.archive, media(body, PAGE, mime), again, revisits=True)
    host.sync()
    got = host.get(f"/web/20260123110000{shown}/{PAGE}")
    assert (got.status, got["content-type"]) == (200, content_type)
    assert (got["x-archive-revisit"] or "server-not-modified") == "server-not-modified"
    if shown == "im_":
        assert (host.get(safe(at="20260123110000"))["location"] or "").endswith(f"im_/{PAGE}")
    framed = host.get(f"/view/20260123110000/{PAGE}").text
    assert "No browser shows" not in framed


@pytest.mark.parametrize("head", ["Content-Type: text/plain\r\n", "content-type:\r\n"])
def test_a_page_whose_type_says_nothing_may_begin_with_a_mark_of_its_coding(host: Host, head: str) -> None:
    keep(host.archive, answered(b"\xef\xbb\xbf<!DOCTYPE html><p>here", head=head))
    host.sync()
    assert host.get(safe())["content-type"] == "text/html; charset=utf-8"


def test_what_a_page_embeds_is_answered_in_place_at_the_end_of_its_redirects(host: Host) -> None:
    base = "http://news.example"
    keep(
        host.archive,
        answered("<iframe src=later.html></iframe>"),
        answered("<p>later<a href=1.html>on</a>", url=f"{base}/a/later.html", hours=1),
        redirected("/a/led2.html", url=f"{base}/a/led.html", hours=2),
        redirected("/a/later.html", url=f"{base}/a/led2.html", hours=3),
        redirected("/i.png", url=f"{base}/moved.png", hours=2),
        media(b"\x89PNG", f"{base}/i.png", hours=3),
        redirected("/s.css", url=f"{base}/moved.css", hours=2),
        media(b"p{background:url(i.png)}", f"{base}/s.css", "text/css", hours=3),
        redirected("/never.png", url=f"{base}/lost.png"),
    )
    host.sync()
    assert f'src="/web/{FIRST}if_/{base}/a/later.html"' in host.get(safe()).text

    later = f"{ARCHIVE}/web/20260123090000mp_/{base}/a/later.html"
    for url in ("later.html", "led.html"):
        frame = host.get(f"/web/{FIRST}if_/{base}/a/{url}")
        assert (frame.status, frame["content-location"], frame["location"]) == (200, later, None)
        assert frame["memento-datetime"] == "Fri, 23 Jan 2026 09:00:00 GMT"
        assert f'href="/view/20260123090000/{base}/a/1.html"' in frame.text
        assert "script-src 'none'" in (frame["content-security-policy"] or "")
    assert host.get(f"/web/20260123090000if_/{base}/a/later.html")["content-location"] is None

    image = host.get(f"/web/{FIRST}im_/{base}/moved.png")
    assert (image.status, image.body, image["content-type"]) == (200, b"\x89PNG", "image/png")
    assert image["content-location"] == f"{ARCHIVE}/web/20260123110000im_/{base}/i.png"
    framed = host.get(f"/web/{FIRST}if_/{base}/moved.png")
    assert (framed.status, framed.body, framed["content-type"]) == (200, b"\x89PNG", "image/png")
    sheet = host.get(f"/web/{FIRST}cs_/{base}/moved.css")
    assert f'url("/web/20260123110000im_/{base}/i.png")' in sheet.text
    assert sheet["content-location"] == f"{ARCHIVE}/web/20260123110000cs_/{base}/s.css"

    lost = host.get(f"/web/{FIRST}im_/{base}/lost.png")
    assert (lost.status, f"no capture of {base}/never.png" in lost.text) == (404, True)


def test_what_is_embedded_and_led_in_a_circle_is_shown_as_what_it_says(host: Host) -> None:
    one, other = "http://news.example/one.html", "http://news.example/other.html"
    keep(host.archive, redirected(other, url=one), redirected(one, url=other))
    host.sync()
    for part in ("if_", "im_"):
        got = host.get(f"/web/{FIRST}{part}/{one}")
        assert (got["location"], got.text) == (None, "moved"), part


@pytest.mark.parametrize("form", ["/view/{at}/{url}", "/web/{at}mp_/{url}"])
def test_redirects_that_lead_to_each_other_end_and_are_shown_as_what_they_say(host: Host, form: str) -> None:
    one, other = "http://news.example/q", "http://news.example/q?x=1"
    keep(host.archive, redirected(other, url=one), redirected(one, url=other, hours=24))
    host.sync()
    path = form.format(at="2026", url=one)
    for _ in range(5):
        got = host.get(path, headers=[("Accept", "text/html")])
        if got.status != 302:
            break
        path = (got["location"] or "").removeprefix(ARCHIVE)
    assert got.status == 200


def test_the_banner_says_where_characters_are_guessed(host: Host) -> None:
    plain = "Content-Type: text/html\r\n"
    korean = "http://news.example/korean.html"
    keep(
        host.archive,
        answered("café naïve".encode("cp1252"), head=plain),
        answered('<meta charset="ks_c_5601-1987">국방부'.encode("cp949"), url=korean, head=plain),
    )
    host.sync()
    assert host.get(safe()).text == "café naïve"
    assert "Characters may be wrong:</strong> charset: cp1252 is a guess" in host.get(f"/view/{FIRST}/{PAGE}").text
    assert "국방부" in host.get(safe(korean)).text
    assert "Characters may be wrong" not in host.get(f"/view/{FIRST}/{korean}").text


def test_an_answer_without_a_body_is_said_to_be_one(host: Host) -> None:
    base = "http://news.example"
    keep(
        host.archive,
        answered(url=f"{base}/204", status="204 No Content"),
        answered(url=f"{base}/304", status="304 Not Modified"),
        answered(url=f"{base}/302", status="302 Found"),
        answered("here", url=f"{base}/200"),
    )
    host.sync()
    for status, said in (("204", " without a body."), ("304", "was not modified"), ("302", "and not where it leads.")):
        got = host.get(f"/view/{FIRST}/{base}/{status}").text
        assert f"There is nothing to show: the outlet answered HTTP {status} without a body" in got
        assert said in got
        assert "<iframe" not in got
    whole = host.get(f"/view/{FIRST}/{base}/200").text
    assert "<iframe" in whole
    assert "nothing to show" not in whole


def test_around_a_page_runs_one_script_of_ours_and_nothing_that_was_captured(host: Host) -> None:
    keep(host.archive, answered("<p>1</p>"))
    host.sync()
    around = host.get(f"/view/{FIRST}/{PAGE}")
    assert f"script-src {ARCHIVE}/static/place.js;" in f"{around['content-security-policy']};"
    (script,) = re.findall(r'<script src="([^"]+)" defer></script>', around.text)
    assert host.get(script).status == 200


def test_a_banner_says_nothing_of_parts_where_there_is_nothing_to_say(host: Host) -> None:
    keep(host.archive, answered("<img src=never.png>"))
    host.sync()
    around = host.get(f"/view/{FIRST}/{PAGE}").text
    assert '<p class="parts">' not in around
    assert "<summary>1 of 1 part missing</summary>" in around
