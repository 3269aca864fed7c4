"""The calendar of a URL's captures, and a page at two moments."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from uuid import uuid4

import pytest

from config.clock import Clock
from tests.flows.demo_archive import DAYS
from tests.flows.machines import demo_outlet
from tests.replay.kept import answered, at, catalog_of, keep, keep_warc, new_archive
from tests.web.visitor import Visitor
from tests.web.window.conftest import Crawled, visitor
from tests.web.window.made import EVIL, GONE, HARBOR
from tests.web.window.reading import page_of, text_of
from web.holdings import Holdings


def of(url: str, path: str = "/calendar", **query: object) -> str:
    return f"{path}?url={quote(url, safe='')}" + "".join(f"&{name}={value}" for name, value in query.items())


def test_the_days_of_the_demo_are_marked(window: Visitor, crawled: Crawled) -> None:
    home = crawled.outlet.sources[0].url
    page = page_of(window.get(of(str(home), outlet="demo")))
    marked = page.xpath("//table[@class='month']//a[contains(@class, 'day page')]")
    assert len(marked) == len(DAYS)
    day = page_of(window.get(marked[0].get("href").partition("#")[0]))
    rows = day.xpath("//section[contains(@class, 'of-day')]//tbody/tr")
    assert len(rows) >= 1
    assert "200" in text_of(rows[0])
    (links,) = [row.xpath("./td[2]//a/@href") for row in rows[:1]]
    assert [re.sub("[0-9]{14,20}", "…", link.split("/http", 1)[0].partition(":8766")[2]) for link in links] == [
        "/view/…",
        "/replay/…",
        "/web/…id_",
    ]


def test_a_day_shows_what_came_and_its_worst(made_window: Visitor) -> None:
    page = page_of(made_window.get(of(GONE, outlet="demo")))
    days = {cell.text: cell.get("class") for cell in page.xpath("//table[@class='month']//a")}
    assert days == {
        "1": "day page", "2": "day redirect", "3": "day refused", "4": "day missing", "5": "day missing"
    }  # fmt: skip
    assert "5 times asked for, first 2026-01-01 16:00 UTC+8, last 2026-01-05 16:00 UTC+8" in page.text_content()
    moved = page_of(made_window.get(of(GONE, outlet="demo", day="2026-01-02")))
    assert "301 text/html to http://demo.example/CHINA/elsewhere.html" in text_of(moved.xpath("//tbody/tr"))
    nothing = page_of(made_window.get(of(GONE, outlet="demo", day="2026-01-20")))
    assert "Nobody asked for it on that day." in nothing.text_content()
    assert "Nobody asked for it in 2020." in page_of(made_window.get(of(GONE, year=2020))).text_content()


def test_the_ends_of_the_calendar_are_dates_like_others(tmp_path: Path) -> None:
    """A stranger's WARC may bear any date; in the outlet's zone that of the last hours is beyond the calendar."""
    archive = new_archive(tmp_path / "archive")
    for number, year in enumerate((1, 9999)):
        moment = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC) if year > 1 else datetime(1, 1, 1, tzinfo=UTC)
        response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello"
        keep_warc(archive, of_another(moment, response), f"20260123T08000{number}Z-demo-00c0d{number}")
    catalog = catalog_of(archive, tmp_path)
    for zone in ("Asia/Shanghai", "America/New_York"):
        outlet = demo_outlet("http://demo.example").model_copy(update={"timezone": zone})
        window = visitor(Holdings(archive, catalog, {"demo": outlet}, Clock()))
        for path in ("/calendar", "/side-by-side", "/api/v1/captures/calendar"):
            assert window.get(of(HARBOR, path, outlet="demo")).status_code == 200, (zone, path)
        for day in ("0001-01-01", "9999-12-31"):
            assert window.get(of(HARBOR, outlet="demo", day=day)).status_code == 200, (zone, day)
    catalog.close()


def of_another(moment: datetime, response: bytes) -> bytes:
    """A WARC of one record as another tool writes it."""
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{uuid4()}>\r\n"
        f"WARC-Date: {moment.isoformat()[:19]}Z\r\nWARC-Target-URI: {HARBOR}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + response + b"\r\n\r\n")


def test_a_day_leads_to_the_days_beside_it_with_any_captures(made_window: Visitor) -> None:
    day, led = "2026-01-01", []
    while day:
        page = page_of(made_window.get(of(HARBOR, outlet="demo", day=day)))
        (beside,) = page.xpath("//section[contains(@class, 'of-day')]/nav")
        led.append(text_of(page.xpath("//h2[@id='day']")))
        following = beside.xpath("./a[@rel='next']/@href")
        day = parse_qs(urlsplit(following[0]).query)["day"][0] if following else ""
    assert len(led) == 8
    assert (led[0], led[-1]) == ("Thursday, 1 January 2026", "Thursday, 8 January 2026")
    far = made_window.get(of(HARBOR, "/api/v1/captures", outlet="demo", day="2025-06-01")).json()
    assert (far["before"], far["after"]) == (None, "2026-01-01")
    between = made_window.get(of(GONE, "/api/v1/captures", outlet="demo", day="2026-01-20")).json()
    assert (between["before"], between["after"]) == ("2026-01-05", None)


def test_a_year_leads_to_the_years_beside_it_with_any_captures(tmp_path: Path) -> None:
    archive = new_archive(tmp_path / "archive")
    for number, year in enumerate((2019, 2023, 2026)):
        response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello"
        keep_warc(
            archive,
            of_another(datetime(year, 6, 1, tzinfo=UTC), response),
            f"20260123T08000{number}Z-demo-00c0d{number}",
        )
    catalog = catalog_of(archive, tmp_path)
    window = visitor(Holdings(archive, catalog, {}, Clock()))
    (beside,) = page_of(window.get(of(HARBOR, year=2023))).xpath("//nav[@aria-label='Years beside']")
    assert [text_of(link) for link in beside.xpath("./a")] == ["← 2019", "2026 →"]
    (last,) = page_of(window.get(beside.xpath("./a[@rel='next']/@href")[0])).xpath("//nav[@aria-label='Years beside']")
    assert text_of(last) == "← 2023 none after"
    assert (
        text_of(page_of(window.get(of(HARBOR, year=2021))).xpath("//nav[@aria-label='Years beside']"))
        == "← 2019 2023 →"
    )
    catalog.close()


def test_days_are_those_of_the_outlet_s_zone(made_window: Visitor) -> None:
    in_china = made_window.get(of(HARBOR, "/api/v1/captures/calendar", outlet="demo")).json()
    assert in_china["zone"] == "Asia/Shanghai"
    assert in_china["first"] == "2026-01-01T06:00:00Z"
    assert {one["day"]: one["captures"] for one in in_china["days"]} == {
        "2026-01-01": 3, "2026-01-02": 1, "2026-01-03": 1, "2026-01-04": 1, "2026-01-05": 1, "2026-01-06": 1,
        "2026-01-07": 1, "2026-01-08": 1,
    }  # fmt: skip
    assert in_china["years"] == [{"year": 2026, "captures": 10}]
    day = made_window.get(of(HARBOR, "/api/v1/captures", outlet="demo", day="2026-01-01")).json()
    assert [one["captured_at"] for one in day["items"]] == [
        "2026-01-01T06:00:00Z", "2026-01-01T09:00:00Z", "2026-01-01T12:00:00Z"
    ]  # fmt: skip
    assert {one["came"] for one in day["items"]} == {"page"}


def test_two_moments_stand_in_frames_of_the_archive_s_host(window: Visitor, crawled: Crawled) -> None:
    url = crawled.outlet.sources[0].url
    page = page_of(window.get(of(str(url), "/side-by-side", outlet="demo")))
    frames = page.xpath("//iframe")
    assert len(frames) == 2
    first, last = (frame.get("src") for frame in frames)
    assert first != last
    for frame in frames:
        address = urlsplit(frame.get("src"))
        assert (address.scheme, address.netloc) == ("http", "archive.localhost:8766")
        assert address.path.startswith("/web/2")
        sandbox = (frame.get("sandbox") or "").split()
        assert "allow-top-navigation-by-user-activation" in sandbox  # where a person follows a link, and not without
        assert not {"allow-scripts", "allow-forms", "allow-top-navigation", "allow-downloads"} & set(sandbox)
        assert frame.get("title")
    policy = window.get(of(str(url), "/side-by-side")).headers["Content-Security-Policy"]
    assert "frame-src 'self' http://archive.localhost:8766" in policy


def test_the_nearest_captures_are_shown_and_lead_on(made_window: Visitor) -> None:
    page = page_of(
        made_window.get(
            of(HARBOR, "/side-by-side", outlet="demo", left="2026-01-01T18:30:00", right="2026-01-04T00:00:00Z")
        )
    )
    moments = page.xpath("//section[@class='moment']/h2/time/@datetime")
    assert moments == ["2026-01-01T09:00:00Z", "2026-01-04T09:00:00Z"]
    (left, right) = page.xpath("//section[@class='moment']")
    (before,) = left.xpath(".//a[@rel='prev']/@href")
    (after,) = right.xpath(".//a[@rel='next']/@href")
    asked = parse_qs(urlsplit(before).query)
    assert (asked["left"], asked["right"]) == (["2026-01-01T06:00:00Z"], ["2026-01-04T09:00:00Z"])
    onward = page_of(made_window.get(after))
    assert onward.xpath("//section[@class='moment']/h2/time/@datetime") == [moments[0], "2026-01-05T09:00:00Z"]
    # What the form holds means the same again.
    values = page.xpath("//input[@type='datetime-local']/@value")
    assert values == ["2026-01-01T17:00:00", "2026-01-04T17:00:00"]


@pytest.mark.parametrize("digits", ["20260104000000", "20260104", "20260104000000000000"])
def test_digits_are_the_timestamp_that_replay_takes_them_for(made_window: Visitor, digits: str) -> None:
    page = page_of(
        made_window.get(of(HARBOR, "/side-by-side", outlet="demo", left="2026-01-01T18:30:00", right=digits))
    )
    moments = page.xpath("//section[@class='moment']/h2/time/@datetime")
    assert moments == ["2026-01-01T09:00:00Z", "2026-01-04T09:00:00Z"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/calendar", 400),
        ("/calendar?url=", 400),
        (of(HARBOR, year=0), 400),
        (of(HARBOR, year="x"), 400),
        (of(HARBOR, day="2026-13-01"), 400),
        (of(HARBOR, day="9999-12-31"), 200),
        (of(HARBOR, day="0001-01-01"), 200),
        (of(HARBOR, year=9998), 200),
        (of(HARBOR, "/side-by-side", left="soon"), 400),
        (of(HARBOR, "/side-by-side", left="20261399"), 400),
        (of(HARBOR, "/side-by-side", left="1.5e9"), 400),
        (of(HARBOR, "/side-by-side", left="0001-01-01T00:00:00", right="9999-12-31T23:59:59"), 200),
        (of("http://nowhere.example/"), 200),
        (of("http://nowhere.example/", "/side-by-side"), 200),
        (of("javascript:alert(1)"), 200),
        (of("http://[broken"), 200),
        ("/calendar?url=%00%1b%e2%80%ae", 200),
        ("/calendar?url=" + "x" * 5000, 400),
    ],
)
def test_odd_addresses_are_answered(made_window: Visitor, path: str, status: int) -> None:
    page_of(made_window.get(path), status)


def test_a_url_that_would_like_to_run_does_not(made_window: Visitor) -> None:
    for path, moment in (("/calendar", {"day": "2026-01-01"}), ("/side-by-side", {"left": "2026-01-01T00:00:00"})):
        for query in ({}, moment):
            answer = made_window.get(of(EVIL, path, **query))
            page = page_of(answer)
            assert not page.xpath("//script | //*[@onerror or @onload]")
            assert EVIL in page.text_content()
            assert all(frame.startswith("http://archive.localhost:8766/web/2") for frame in page.xpath("//iframe/@src"))


def test_all_captures_of_a_day_can_be_reached(tmp_path: Path) -> None:
    archive = new_archive(tmp_path / "archive")
    http = [answered("x", url=HARBOR, hours=number / 200) for number in range(1100)]
    https = [answered("y", url=HARBOR.replace("http:", "https:"), hours=number / 200) for number in range(0, 1100, 10)]
    rows = [*keep(archive, *http), *keep(archive, *https)]
    catalog = catalog_of(archive, tmp_path)
    window = visitor(Holdings(archive, catalog, {}, Clock()))
    listed, later = [], ""
    address = of(HARBOR, day="2026-01-23")
    for many in (500, 500, 210):
        found = window.get(of(HARBOR, "/api/v1/captures", day="2026-01-23", later=later)).json()
        assert (found["captures"], len(found["items"])) == (1210, many)
        page = page_of(window.get(address))
        shown = page.xpath("//section[contains(@class, 'of-day')]//tbody/tr/th//time/@datetime")
        assert shown == [one["captured_at"][:19] + "Z" for one in found["items"]]
        listed += [(one["captured_at"], one["record_id"]) for one in found["items"]]
        later = found["later"]
        address = next(iter(page.xpath("//nav[@aria-label='The day goes on']/a[@rel='next']/@href")), "")
    assert (later, address) == (None, "")
    assert listed == sorted(listed)
    assert {record for _, record in listed} == {row.record_id for row in rows}
    assert "← The first of the day" in text_of(page.xpath("//nav[@aria-label='The day goes on']"))
    for wrong in ("urn:uuid:none", listed[0][1]):
        assert window.get(of(HARBOR, day="2026-01-24", later=wrong)).status_code == 400
    catalog.close()


def test_two_moments_of_the_hour_that_comes_twice_are_told_apart(tmp_path: Path) -> None:
    archive = new_archive(tmp_path / "archive")
    begin = at(0)
    hours = [(datetime(2026, 11, 1, hour, 30, tzinfo=UTC) - begin).total_seconds() / 3600 for hour in (4, 5, 6, 7)]
    keep(archive, *(answered("x", url=HARBOR, hours=hour) for hour in hours))
    catalog = catalog_of(archive, tmp_path)
    outlet = demo_outlet("http://demo.example").model_copy(update={"timezone": "America/New_York"})
    window = visitor(Holdings(archive, catalog, {"demo": outlet}, Clock()))
    page = page_of(window.get(of(HARBOR, outlet="demo", day="2026-11-01")))
    told = [text_of(one) for one in page.xpath("//section[contains(@class, 'of-day')]//tbody/tr/th")]
    assert told == [
        "2026-11-01 00:30:00",
        "2026-11-01 01:30:00 UTC−4",
        "2026-11-01 01:30:00 UTC−5",
        "2026-11-01 02:30:00",
    ]
    beside = text_of(page_of(window.get(of(HARBOR, "/side-by-side", outlet="demo", left="20261101053000"))))
    assert "2026-11-01 01:30 UTC−5 →" in beside
    catalog.close()
