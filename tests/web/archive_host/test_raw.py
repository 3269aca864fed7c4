"""`id_`: the stored bytes, whatever URL they are asked by, and nothing archived live."""

from __future__ import annotations

import gzip
import zlib

import pytest

from replay.raw import LARGEST
from storage.exchange import Outcome
from storage.http_message import split_head
from tests.replay.kept import URL, answered, keep, redirected
from tests.storage.exchanges import CUT_OFF, PAGE, RESPONSES, ZIPPED, exchange, odd_exchanges
from tests.web.archive_host.conftest import Host

FIRST = "20260123080000"
RAW = f"/web/{FIRST}id_/{URL}"
ARCHIVE = "http://archive.localhost:8766"
NEVER_LIVE = (
    "Set-Cookie: a=1; Domain=localhost",
    "Content-Security-Policy: script-src *",
    "Strict-Transport-Security: max-age=9",
    'Clear-Site-Data: "*"',
    "Link: </x>; rel=preload",
    "Refresh: 0; url=http://evil.example/",
    "Service-Worker-Allowed: /",
    "Access-Control-Allow-Origin: *",
    "X-Frame-Options: DENY",
    "Alt-Svc: h3=:443",
    "WWW-Authenticate: Basic",
    "Content-Disposition: attachment",
    "Connection: close",
)


def test_the_bytes_come_with_their_head_under_other_names(host: Host) -> None:
    keep(host.archive, answered("<p>one</p>", head="".join(f"{line}\r\n" for line in NEVER_LIVE)))
    host.sync()
    got = host.get(RAW)
    assert (got.status, got.body) == (200, b"<p>one</p>")
    assert got["content-type"] == "text/html; charset=utf-8"
    assert got["memento-datetime"] == "Fri, 23 Jan 2026 08:00:00 GMT"
    assert got["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert got["x-content-type-options"] == "nosniff"
    for line in NEVER_LIVE:
        name, value = line.split(": ", 1)
        assert got[f"x-archive-orig-{name}"] == value
        assert got[name] != value


def test_the_url_is_taken_byte_for_byte_with_its_query(host: Host) -> None:
    urls = ["http://news.example/a%2Fb?x=%26&y=//2", "http://news.example/a/b?x=%26&y=//2", "http://news.example/%E4?q"]
    keep(host.archive, *(answered(f"{n}", url=url) for n, url in enumerate(urls)))
    host.sync()
    for n, url in enumerate(urls):
        assert host.get(f"/web/{FIRST}id_/{url}").text == str(n)
    assert host.get(f"/web/{FIRST}id_/http:/news.example/a%2Fb?x=%26&y=//2").text == "0"
    assert host.get(f"/web/{FIRST}id_/news.example/a%2Fb?x=%26&y=//2").text == "0"


def test_the_links_lead_to_what_is_around(host: Host) -> None:
    keep(host.archive, *(answered(f"{n}", hours=n) for n in range(5)))
    host.sync()
    link = host.get(f"/web/20260123100000id_/{URL}")["link"]
    assert link is not None
    assert link.split(", <") == [
        f'<{URL}>; rel="original"',
        f'{ARCHIVE}/timegate/{URL}>; rel="timegate"',
        f'{ARCHIVE}/timemap/link/{URL}>; rel="timemap"; type="application/link-format"',
        *(
            f'{ARCHIVE}/web/20260123{hour}0000id_/{URL}>; rel="{rel}"; datetime="Fri, 23 Jan 2026 {hour}:00:00 GMT"'
            for hour, rel in (
                ("08", "first memento"),
                ("09", "prev memento"),
                ("10", "memento"),
                ("11", "next memento"),
                ("12", "last memento"),
            )
        ),
    ]


def test_a_redirect_stays_in_the_archive(host: Host) -> None:
    keep(host.archive, redirected("/b?x=\xe9 1"))
    host.sync()
    got = host.get(RAW)
    assert (got.status, got.body) == (301, b"moved")
    assert got["location"] == f"{ARCHIVE}/web/{FIRST}id_/http://news.example/b?x=%C3%A9%201"


def test_a_redirect_to_https_does_not_hide_the_page_it_leads_to(host: Host) -> None:
    secure = URL.replace("http:", "https:")
    keep(host.archive, redirected(secure), answered("page", url=secure, hours=0.01))
    host.sync()
    got = host.get(RAW)
    assert (got.status, got["location"]) == (301, f"{ARCHIVE}/web/20260123080036id_/{secure}")
    assert host.get(f"/web/{FIRST}id_/{secure}").text == "page"
    assert host.get(f"/web/2026id_/{URL}").text == "page"


def test_two_redirects_to_each_other_lead_nowhere(host: Host) -> None:
    secure = URL.replace("http:", "https:")
    keep(host.archive, redirected(secure), redirected(URL, url=secure))
    host.sync()
    for url in (URL, secure):
        got = host.get(f"/web/{FIRST}id_/{url}")
        assert (got.status, got["location"]) == (301, None)


def test_a_content_coding_is_kept_for_whoever_takes_it(host: Host) -> None:
    keep(host.archive, exchange(RESPONSES["gzip"], url=URL), exchange(RESPONSES["deflate"], url=f"{URL}?d"))
    host.sync()
    for accepted in ("gzip", "deflate, GZIP;q=0.5", "*"):
        got = host.get(RAW, headers=[("Accept-Encoding", accepted)])
        assert (got.body, got["content-encoding"], got["vary"]) == (ZIPPED, "gzip", "Accept-Encoding")
    for refused in ("", "identity", "br", "gzip;q=0", "gzip; q=0.000"):
        got = host.get(RAW, headers=[("Accept-Encoding", refused)])
        assert (got.body, got["content-encoding"]) == (PAGE, None)
    assert host.get(f"{RAW}?d", headers=[("Accept-Encoding", "deflate")]).body == zlib.compress(PAGE)
    assert host.get(f"{RAW}?d").body == PAGE


@pytest.mark.parametrize(("accepts", "sent"), [("gzip;q=0, *", None), ("*, gzip;q=0", None), ("*;q=0, gzip", "gzip")])
def test_a_coding_that_is_refused_by_name_is_not_taken_for_any(host: Host, accepts: str, sent: str | None) -> None:
    keep(host.archive, answered(gzip.compress(b"hello"), head="Content-Encoding: gzip\r\n"))
    host.sync()
    assert host.get(RAW, headers=[("Accept-Encoding", accepts)])["content-encoding"] == sent


def test_a_coding_that_is_not_what_it_says_is_not_said(host: Host) -> None:
    for name in ("not the gzip it says", "unknown coding"):
        keep(host.archive, exchange(RESPONSES[name], url=f"{URL}?{name[:3]}"))
        host.sync()
        got = host.get(f"{RAW}?{name[:3]}", headers=[("Accept-Encoding", "gzip, x-rot13")])
        stored = RESPONSES[name]
        assert got.body == stored[split_head(stored).length :]
        assert got["content-encoding"] is None
        assert got["x-archive-coding-problem"]


def test_a_revisit_has_its_own_time_and_the_bytes_of_its_original(host: Host) -> None:
    same = answered(PAGE, hours=3, head="X-Which: second\r\n")
    keep(host.archive, answered(PAGE, head="X-Which: first\r\n"), same, revisits=True)
    host.sync()
    got = host.get(f"/web/20260123110000id_/{URL}")
    assert (got.status, got.body) == (200, PAGE)
    assert got["memento-datetime"] == "Fri, 23 Jan 2026 11:00:00 GMT"
    assert got["x-archive-revisit"] == "identical-payload-digest"
    assert got["x-archive-revisit-of"] == "Fri, 23 Jan 2026 08:00:00 GMT"
    assert got["x-archive-orig-x-which"] == "second"


def test_a_not_modified_shows_its_original_and_says_so(host: Host) -> None:
    again = exchange(RESPONSES["not modified"], url=URL, started_at=answered(hours=3).started_at, conditional=True)
    keep(host.archive, answered(PAGE), again, revisits=True)
    host.sync()
    got = host.get(f"/web/20260123110000id_/{URL}")
    assert (got.status, got.body) == (200, PAGE)
    assert got["x-archive-orig-status"] == "304"
    assert got["x-archive-revisit"] == "server-not-modified"
    assert got["x-archive-orig-etag"] == '"a-1"'


def test_a_truncated_capture_says_so(host: Host) -> None:
    cut = exchange(CUT_OFF["in the body"], url=URL, complete=False, outcome=Outcome.TRUNCATED, truncated="disconnect")
    keep(host.archive, cut)
    host.sync()
    got = host.get(RAW)
    assert (got.status, got.body, got["x-archive-truncated"]) == (200, b"only so much", "disconnect")
    safe = host.get(RAW.replace("id_", "mp_"))
    assert (safe.status, safe["x-archive-truncated"]) == (200, "disconnect")
    assert got["content-length"] == "12"


def test_every_odd_answer_is_sent_as_far_as_it_can_be(host: Host) -> None:
    keep(host.archive, *odd_exchanges())
    host.sync()
    for odd in odd_exchanges():
        got = host.get(f"/web/{FIRST}id_/{odd.url}")
        if odd.response:
            assert 200 <= got.status <= 599, odd.response
            assert got["memento-datetime"]
            assert "\n" not in "".join(name + value for name, value in got.headers)
        else:
            assert got.status == 404


@pytest.mark.parametrize(
    ("asked", "status", "body", "content_range"),
    [
        ("bytes=0-4", 206, PAGE[:5], f"bytes 0-4/{len(PAGE)}"),
        ("bytes=-5", 206, PAGE[-5:], f"bytes {len(PAGE) - 5}-{len(PAGE) - 1}/{len(PAGE)}"),
        ("bytes=10-", 206, PAGE[10:], f"bytes 10-{len(PAGE) - 1}/{len(PAGE)}"),
        (f"bytes={len(PAGE)}-", 416, b"", f"bytes */{len(PAGE)}"),
        ("bytes=0-1,3-4", 200, PAGE, None),
        ("bytes=5-1", 200, PAGE, None),
        ("lines=1-2", 200, PAGE, None),
    ],
)
def test_a_range_is_a_range_of_the_bytes(
    host: Host, asked: str, status: int, body: bytes, content_range: str | None
) -> None:
    keep(host.archive, answered(PAGE))
    host.sync()
    got = host.get(RAW, headers=[("Range", asked)])
    assert (got.status, got.body, got["content-range"]) == (status, body, content_range)
    assert got["content-length"] == str(len(body))


def test_a_range_is_of_what_the_client_had_before(host: Host) -> None:
    keep(host.archive, answered(PAGE))
    host.sync()
    etag = host.get(RAW)["etag"]
    assert etag
    for condition, status in ((etag, 206), ('"another"', 200)):
        assert host.get(RAW, headers=[("Range", "bytes=0-4"), ("If-Range", condition)]).status == status
    assert host.get(RAW, headers=[("Range", "bytes=0-4")], method="HEAD").status == 200


def test_conditions_name_what_is_there(host: Host) -> None:
    keep(host.archive, answered(PAGE))
    host.sync()
    etag = host.get(RAW)["etag"] or ""
    other = '"another"'
    for said, status in (
        ([etag], 304), (["*"], 304), ([f"W/{etag}"], 304), ([other, etag], 304), ([f"{other}, {etag}"], 304),
        ([other], 200), ([etag.strip('"')], 200), ([f'"xx{etag[1:]}'], 200), ([f'{etag[:-1]}yy"'], 200),
    ):  # fmt: skip
        got = host.get(RAW, headers=[("If-None-Match", one) for one in said])
        assert (got.status, got.body) == (status, PAGE if status == 200 else b""), said
    for condition, status in ((etag, 200), ("*", 200), (other, 412)):
        assert host.get(RAW, headers=[("If-Match", condition)]).status == status


@pytest.mark.parametrize("status", ["206 Partial Content", "416 Range Not Satisfiable"])
def test_an_answer_to_the_crawlers_range_is_none_to_ours(host: Host, status: str) -> None:
    keep(host.archive, answered(PAGE, status=status, head="Content-Range: bytes 0-99/1000\r\n"))
    host.sync()
    got = host.get(RAW)
    assert (got.status, got.body, got["content-range"]) == (200, PAGE, None)
    assert (got["x-archive-orig-status"], got["x-archive-orig-content-range"]) == (status[:3], "bytes 0-99/1000")
    assert host.get(RAW, headers=[("Range", "bytes=1-3")])["content-range"] == f"bytes 1-3/{len(PAGE)}"


def test_head_tells_the_same_without_the_bytes(host: Host) -> None:
    keep(host.archive, answered(PAGE))
    host.sync()
    got, head = host.get(RAW), host.get(RAW, method="HEAD")
    assert head.body == b""
    assert (head.status, head.headers) == (got.status, got.headers)
    assert host.get(RAW, method="POST").status == 405


def test_a_head_of_a_thousand_fields_is_cut_to_what_clients_take(host: Host) -> None:
    head = "".join(f"X-{n}: {'y' * 100}\r\n" for n in range(1000))
    keep(host.archive, answered("a", head=head))
    host.sync()
    got = host.get(RAW)
    assert len(got.headers) < 90
    assert int(got["x-archive-fields-left-out"] or 0) > 900


def test_archived_heads_cannot_end_a_line_of_ours(host: Host) -> None:
    response = b"HTTP/1.1 200 OK\nX: a\rSet-Cookie: b=1\nContent-Type: text/html\r\x00\x0bX: y\nN\xc3\xa4me: v\n\nhi"
    keep(host.archive, exchange(response, url=URL))
    host.sync()
    got = host.get(RAW)
    assert got["x-archive-orig-x"] == "a Set-Cookie: b=1"
    assert got["content-type"] == "text/html X: y"
    assert not [name for name, _ in got.headers if not name.isascii() or name == "set-cookie"]


def test_damage_is_told_in_words(host: Host) -> None:
    (row,) = keep(host.archive, answered(PAGE))
    host.sync()
    path = host.folder / "archive" / row.warc_key
    whole = path.read_bytes()
    for damaged, word in (
        (whole[: row.offset] + b"\x00" * 9 + whole[row.offset + 9 :], f"at byte {row.offset}: no WARC record begins"),
        (whole[: row.offset + 40], "it ends before byte"),
        (None, "there is no such object"),
    ):
        path.unlink()
        if damaged is not None:
            path.write_bytes(damaged)
        got = host.get(RAW)
        assert got.status == 502
        assert word in got.text
        assert row.warc_key in got.text
        assert "Traceback" not in got.text
        path.touch()


def test_what_is_gzip_of_gzip_is_undone_once_for_each_time_it_was_said(host: Host) -> None:
    twice = gzip.compress(ZIPPED, mtime=0)
    response = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n" + twice
    keep(host.archive, exchange(response, url=URL))
    host.sync()
    assert host.get(RAW, headers=[("Accept-Encoding", "gzip")]).body == PAGE


def test_a_few_bytes_that_stand_for_too_many_go_out_in_their_coding_whoever_asks(host: Host) -> None:
    packed = gzip.compress(bytes(LARGEST + 1), 9)
    keep(host.archive, answered(packed, head="Content-Type: text/html\r\nContent-Encoding: gzip\r\n"))
    host.sync()
    for accepts in ("", "identity", "gzip"):
        got = host.get(RAW, headers=[("Accept-Encoding", accepts)])
        assert (got.status, got.body, got["content-encoding"]) == (200, packed, "gzip")


def test_one_in_two_codings_that_is_too_many_is_said_to_be(host: Host) -> None:
    packed = gzip.compress(gzip.compress(bytes(LARGEST + 1), 9))
    keep(host.archive, answered(packed, head="Content-Type: text/html\r\nContent-Encoding: gzip, gzip\r\n"))
    host.sync()
    got = host.get(RAW)
    assert got.status == 501
    assert "bytes" in got.text


def test_what_is_not_named_by_its_own_moment_says_which_it_is(host: Host) -> None:
    keep(host.archive, answered(PAGE), answered(PAGE, hours=3))
    host.sync()
    own = f"http://archive.localhost:8766/web/{FIRST}id_/{URL}"
    for asked, told in (("2026", own), (FIRST, None), (f"{FIRST}123456", None), ("20260123090000", own)):
        assert host.get(f"/web/{asked}id_/{URL}")["content-location"] == told, asked
