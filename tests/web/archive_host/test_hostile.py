"""Whatever a stranger sends: no failure, no way out of the archive, no line or script of theirs in an answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storage.exchange import Outcome
from tests.replay.kept import URL, answered, keep, redirected
from tests.storage.exchanges import CUT_OFF, exchange, failure
from tests.web.archive_host.conftest import Host
from tests.web.asked import Got

SCRIPT = "<script>alert(1)</script>"
FORMS = ["/web/{ts}id_/{url}", "/web/{ts}ir_/{url}", "/web/{ts}/{url}", "/timegate/{url}", "/timemap/link/{url}",
         "/timemap/{ts}json/{url}", "/timemap/cdxj/{url}", "/cdx?url={url}", "/cdx?url={url}&matchType=prefix",
         "/cdx?url={url}&output=link&matchType=domain", "/{url}", "/web/{url}", "/web/*/{url}"]  # fmt: skip
TIMED = ["/web/{ts}mp_/{url}", "/web/{ts}if_/{url}", "/view/{ts}/{url}", "/replay/{ts}/{url}",
         "/cdx?to={ts}&url={url}", "/cdx?from={ts}&url={url}", "/cdx?closest={ts}&url={url}"]  # fmt: skip
PLACES = [
    "../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "file:///etc/passwd", "http://[::1]:80/", "http://[::1",
    "http://[fe80::1%25eth0]/", "http://127.0.0.1:99999/", "http://news.example:port/", "http://xn--fiqs8s.example/",
    "http://中国.example/新闻?q=é", "http://a.example/%0d%0aSet-Cookie:%20a=1", "http://a.example/%00", "%00", "\t",
    f"http://a.example/{SCRIPT}", f"http://a.example/?{SCRIPT}", f"javascript:{SCRIPT}", "data:text/html,<b>",
    "http://" + "a" * 10_000, "http://a.example/" + "b/" * 5_000, "http://a.example/?" + "&x=y" * 3_000,
    "http://user:pass@a.example/", "http:///", "http:", "//", "?", "http://a.example/%", "http://a.example/%zz%",
    "%68ttp%3A%2F%2Fnews.example%2Fa%2F1.html", "http%3A%2F%2Fnews.example%2Fa%2F1.html", "HTTP://NEWS.EXAMPLE/A/1.HTML",
    "http://..", "http://.", "http://a..b/", "http://" + "%25" * 3000 + "41", "http://0x7f.1/", "http://１２７.0.0.1/",
]  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Host:
    host = Host(tmp_path_factory.mktemp("hostile"))
    keep(
        host.archive,
        answered(SCRIPT, head=f"Content-Type: text/html\r\nX-Bad: {SCRIPT}\r\nLocation: javascript:alert(1)\r\n"),
        redirected(f"http://a.example/\x01\xff{SCRIPT}\x0bx", url=f"{URL}?r"),
        redirected("http://[bad", url=f"{URL}?b"),
        exchange(CUT_OFF["in a field"], url=f"{URL}?c", complete=False, outcome=Outcome.TRUNCATED, truncated="length"),
        failure(url=f"{URL}?f"),
    )
    host.sync()
    return host


def check(got: Got, path: str | bytes) -> None:
    """No failure; nothing in the head that ends a line; what is HTML is ours, and has no markup of the stranger's."""
    assert got.status < 500, (path, got.text)
    for name, value in got.headers:
        assert re.fullmatch(r"[!#$%&'*+\-.^_`|~0-9a-z]+", name), (path, name)
        assert not re.search("[\x00-\x08\x0a-\x1f\x7f]", value), (path, name, value)
    assert got["set-cookie"] is None
    assert got["x-content-type-options"] == "nosniff"
    location = got["location"]
    ours = ("http://archive.localhost:8766/web/", "/view/", "http://127.0.0.1:8765/calendar?url=")
    assert location is None or location.startswith(ours), (path, location)
    if got["memento-datetime"] is None and "html" in (got["content-type"] or ""):
        assert "<script" not in got.text.lower()
        assert "root:" not in got.text
    assert re.search("sandbox|default-src 'none'", got["content-security-policy"] or ""), path


@pytest.mark.parametrize("form", FORMS)
def test_known_tricks_fail(filled: Host, form: str) -> None:
    for place in PLACES:
        for timestamp in ("20260123080000", "2", ""):
            path = form.format(ts=timestamp, url=place).encode("utf-8")
            for accept in ("text/html", "application/json", ""):
                check(filled.get(path, headers=[("Accept", accept)]), path)


@pytest.mark.parametrize("form", [*FORMS, *TIMED])
@pytest.mark.parametrize("ts", ["99991231235959", "99991231235959999999", "00010101000000", "00000000000000"])
def test_no_second_is_too_far_away(filled: Host, form: str, ts: str) -> None:
    assert filled.get(form.format(ts=ts, url=URL)).status < 500


def test_what_stands_in_other_peoples_encodings_is_found(filled: Host) -> None:
    for place in ("http%3A%2F%2Fnews.example%2Fa%2F1.html", "HTTP://NEWS.EXAMPLE/A/1.HTML", "news.example/a/1.html"):
        assert filled.get(f"/web/2026id_/{place}").status == 200
        assert filled.get(f"/timemap/link/{place}").status == 200


TEXT = b'http:// news.example /a/1.html .. %2e%2e %0d%0a // ? & = [::1] % \0 \xff xn-- * < " # @ :'
PIECES = TEXT.split(b" ")
bytes_of_paths = st.lists(
    st.one_of(
        st.binary(max_size=8),
        st.sampled_from(PIECES),
    ),
    max_size=12,
).map(b"".join)
few = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(form=st.sampled_from(FORMS), place=bytes_of_paths, digits=st.text("0123456789", max_size=22))
@example(form=FORMS[0], place=b"", digits="99999999999999")
@example(form=FORMS[0], place=URL.encode(), digits="00000000000000")
@example(form=FORMS[5], place=URL.encode(), digits="99991231235959999999")
def test_no_path_fails(filled: Host, form: str, place: bytes, digits: str) -> None:
    path = form.encode().replace(b"{ts}", digits.encode()).replace(b"{url}", place)
    check(filled.get(path), path)


@few
@given(
    name=st.sampled_from(["Accept-Datetime", "Range", "If-Range", "If-None-Match", "Accept", "Accept-Encoding"]),
    value=st.one_of(
        st.text(st.characters(max_codepoint=255), max_size=40),
        st.sampled_from(["bytes=0-", "bytes=-", "bytes=99999999999999999999-", "bytes=-0", "*", '"', "gzip;q=",
                         "Fri, 31 Dec 9999 23:59:59 -2359", "Mon, 01 Jan 0001 00:00:00 +2359", "1 Jan 70 25:61"]),
    ),
    form=st.sampled_from(FORMS[:7]),
)  # fmt: skip
def test_no_header_fails(filled: Host, name: str, value: str, form: str) -> None:
    check(filled.get(form.format(ts="", url=URL), headers=[(name, value)]), form)


names = st.sampled_from(["url", "matchType", "from", "to", "closest", "sort", "limit", "filter", "fl", "output",
                         "collapse", "collapseTime", "resumeKey", "showResumeKey", "reverse"])  # fmt: skip
values = st.one_of(
    st.binary(max_size=12).map(lambda raw: "".join(f"%{byte:02x}" for byte in raw)),
    st.text("0123456789", max_size=21),
    st.sampled_from(
        ["prefix", "domain", "json", "link", "~url:(", "~.*", "!=status:200", "timestamp:", ":1", "true", "*"]
    ),
)


@few
@given(
    parameters=st.lists(st.tuples(names, values), max_size=6), url=st.sampled_from([URL, "*.example", "*", "%00", "["])
)
def test_no_query_fails(filled: Host, parameters: list[tuple[str, str]], url: str) -> None:
    query = "&".join(f"{name}={value}" for name, value in [("url", url), *parameters])
    check(filled.get(f"/cdx?{query}"), query)


def test_nothing_of_the_archive_but_captures_is_reached(filled: Host, tmp_path: Path) -> None:
    for path in (
        "/palimpsest.json",
        "/../palimpsest.json",
        "/web/2026id_/../../palimpsest.json",
        "/demo/log/00000001.json",
    ):
        got = filled.get(path)
        assert got.status == 404
        assert filled.archive.id not in got.text
