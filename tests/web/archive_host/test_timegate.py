"""The TimeGate, and the redirect of plain timestamps (RFC 7089 §4)."""

from __future__ import annotations

import pytest

from tests.replay.kept import URL, answered, keep, redirected
from tests.web.archive_host.conftest import Host
from tests.web.asked import Got

ARCHIVE = "http://archive.localhost:8766"


@pytest.fixture
def filled(host: Host) -> Host:
    keep(
        host.archive,
        answered("0"),
        answered("1", hours=1),
        answered("busy", hours=2, status="503 Service Unavailable"),
        answered("4", hours=4, status="404 Not Found"),
    )
    host.sync()
    return host


def gate(host: Host, when: str | None, url: str = URL) -> Got:
    return host.get(f"/timegate/{url}", headers=[("Accept-Datetime", when)] if when else [])


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("Fri, 23 Jan 2026 08:00:00 GMT", "20260123080000"),
        ("Fri, 23 Jan 2026 10:00:00 GMT", "20260123090000"),  # not the 503 of that very second
        ("Fri, 23 Jan 2026 11:00:00 GMT", "20260123120000"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "20260123080000"),
        (None, "20260123120000"),
    ],
)
def test_it_leads_to_the_memento_for_a_moment(filled: Host, when: str | None, found: str) -> None:
    got = gate(filled, when)
    assert (got.status, got["location"]) == (302, f"{ARCHIVE}/web/{found}mp_/{URL}")
    assert got["vary"] == "accept-datetime"
    assert got["memento-datetime"] is None
    link = got["link"]
    assert link is not None
    assert f'<{URL}>; rel="original"' in link
    assert f'<{ARCHIVE}/timemap/link/{URL}>; rel="timemap"; type="application/link-format"' in link


def test_a_date_that_is_none_is_refused(filled: Host) -> None:
    got = gate(filled, "yesterday")
    assert got.status == 400
    assert "'yesterday' is no date of HTTP" in got.text


def test_what_was_never_captured_is_not_found(filled: Host) -> None:
    got = gate(filled, None, "http://news.example/never")
    assert got.status == 404
    assert got["vary"] is not None
    assert "accept-datetime" in got["vary"].lower()


@pytest.mark.parametrize(
    ("digits", "found"),
    [
        ("2026", "20260123080000"),
        ("20260123", "20260123080000"),
        ("20260123100000", "20260123100000"),  # a capture's name, whatever it is
        ("20260123100001", "20260123090000"),
        ("2027", "20260123120000"),
        ("1", "20260123080000"),
    ],
)
def test_a_timestamp_leads_to_the_exact_one(filled: Host, digits: str, found: str) -> None:
    got = filled.get(f"/web/{digits}/{URL}")
    assert (got.status, got["location"]) == (302, f"{ARCHIVE}/web/{found}mp_/{URL}")


def test_raw_bytes_can_be_negotiated_too(filled: Host) -> None:
    headers = [("Accept-Datetime", "Fri, 23 Jan 2026 09:10:00 GMT")]
    got = filled.get(f"/web/id_/{URL}", headers=headers)
    assert (got.status, got.text, got["memento-datetime"]) == (200, "1", "Fri, 23 Jan 2026 09:00:00 GMT")
    assert "accept-datetime" in (got["vary"] or "").lower()
    assert got["content-location"] == f"{ARCHIVE}/web/20260123090000id_/{URL}"


def test_no_client_is_sent_in_a_circle_between_http_and_https(host: Host) -> None:
    """Whatever memento a TimeMap names, and however often it is asked for: a redirect ends at something else."""
    secure = URL.replace("http:", "https:")
    keep(
        host.archive,
        redirected(secure),
        redirected(URL, url=secure, hours=0.0001),
        redirected(f"{secure}#top", hours=1),
        answered("page", url=secure, hours=2),
        redirected(URL, url=secure, hours=3),
        redirected(secure, hours=3.001),
    )
    host.sync()
    lines = host.get(f"/cdx?url={URL}&fl=timestamp,url&output=text").text.splitlines()
    assert len(lines) == 6
    for line in lines:
        timestamp, url = line.split()
        path = f"/web/{timestamp}id_/{url}"
        for _ in range(3):
            got = host.get(path)
            if got["location"] is None:
                break
            path = got["location"].removeprefix(ARCHIVE)
        assert got.text == "page", line


@pytest.mark.parametrize(
    "when",
    [
        "23 Jan 2026 08:00:00 GMT",
        "Fri, 23 Jan 2026 08:00 GMT",
        "Fri, 23 Jan 2026 16:00:00 +0800",
        "Friday, 23-Jan-26 08:00:00 GMT",
        "Fri Jan 23 08:00:00 2026",
        "2026-01-23T08:00:00Z",
        "20260123080000",
        "Fri, 31 Feb 2026 08:00:00 GMT",
    ],
)
def test_a_moment_in_another_form_is_refused(filled: Host, when: str) -> None:
    got = gate(filled, when)
    assert got.status == 400
    assert "no date of HTTP" in got.text
    assert "accept-datetime" in (got["vary"] or "").lower()
