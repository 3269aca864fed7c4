"""Names of objects: made and taken apart without loss, and nothing else accepted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import keys
from storage.errors import KeyInvalid

OUTLETS = st.from_regex(r"[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?", fullmatch=True).filter(keys.is_outlet)
MOMENTS = st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001


@settings(deadline=None)
@given(OUTLETS, MOMENTS)
def test_a_crawl_id_gives_back_what_it_was_made_of(outlet: str, at: datetime) -> None:
    crawl = keys.parse_crawl_id(keys.new_crawl_id(outlet, at, "00c0de"))
    assert (crawl.outlet, crawl.at, crawl.token) == (outlet, at.replace(microsecond=0), "00c0de")


@settings(deadline=None)
@given(OUTLETS, MOMENTS, st.integers(0, 10**6))
def test_every_name_of_a_crawls_object_leads_back_to_the_crawl(outlet: str, at: datetime, number: int) -> None:
    crawl = keys.new_crawl_id(outlet, at)
    made = {
        keys.warc_key(crawl, number),
        keys.cdxj_key(crawl, number),
        keys.captures_key(crawl, number),
        keys.readings_key(crawl, number),
        keys.crawl_log_key(crawl),
        keys.commit_copy_key(crawl, number + 1),
    }
    assert len(made) == 6
    for key in made:
        assert keys.parse_object_key(key)[0] == crawl
        assert key.startswith(f"{outlet}/objects/{at:%Y/%m/%d}/")


@settings(deadline=None)
@given(OUTLETS, st.integers(1, 10**12))
def test_a_commits_name_gives_back_outlet_and_number(outlet: str, number: int) -> None:
    assert keys.parse_commit_key(keys.commit_key(outlet, number)) == (outlet, number)


def test_the_names_are_those_of_the_specification() -> None:
    crawl = "20260123T080000Z-chinamil-00c0de"
    folder = f"chinamil/objects/2026/01/23/{crawl}"
    assert keys.warc_key(crawl, 0) == f"{folder}/{crawl}-00000.warc.gz"
    assert keys.cdxj_key(crawl, 1) == f"{folder}/{crawl}-00001.cdxj.gz"
    assert keys.captures_key(crawl, 2) == f"{folder}/{crawl}-00002.captures.parquet"
    assert keys.readings_key(crawl, 0) == f"{folder}/{crawl}-00000.readings.parquet"
    assert keys.crawl_log_key(crawl) == f"{folder}/crawl.log.gz"
    assert keys.commit_copy_key(crawl, 42) == f"{folder}/00000042.json"
    assert keys.commit_key("chinamil", 123456789) == "chinamil/log/123456789.json"


def test_a_crawl_id_is_in_utc() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert keys.new_crawl_id("demo", datetime(2026, 1, 23, 1, 0, tzinfo=shanghai), "00c0de").startswith(
        "20260122T170000Z"
    )
    with pytest.raises(ValueError, match="aware"):
        keys.new_crawl_id("demo", datetime(2026, 1, 23))  # noqa: DTZ001


def test_commit_names_sort_as_their_numbers_do_for_a_lifetime() -> None:
    numbers = [1, 2, 9, 10, 99, 100, 8760, 99_999_999]
    assert sorted(keys.commit_key("demo", number) for number in numbers) == [
        keys.commit_key("demo", n) for n in numbers
    ]


@pytest.mark.parametrize(
    "name",
    ["0.json", "00000000.json", "1.json", "000000001.json", "00000001.JSON", "00000001.json.gz", "٠٠٠٠٠٠٠١.json", ""],
)
def test_what_is_not_a_commits_name_has_no_number(name: str) -> None:
    assert keys.parse_number(name) is None
    with pytest.raises(KeyInvalid):
        keys.parse_commit_key(f"demo/log/{name}")


@pytest.mark.parametrize(
    "crawl",
    [
        "",
        "20260123T080000Z-demo",
        "20260123T080000Z-demo-00C0DE",
        "20260123T080000Z-../x-00c0de",
        "20261323T080000Z-demo-00c0de",
        "20260123T080000Z-anchors-00c0de",
        "20260123T080000Z-demo-00c0de/..",
        "٢0260123T080000Z-demo-00c0de",
    ],
)
def test_what_is_no_crawl_id_makes_no_name(crawl: str) -> None:
    for make in (keys.parse_crawl_id, keys.crawl_prefix, keys.crawl_log_key):
        with pytest.raises(KeyInvalid):
            make(crawl)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_a_checked_key_stays_inside(key: str) -> None:
    try:
        keys.check_key(key)
    except KeyInvalid:
        return
    parts = key.split("/")
    assert all(part and not part.startswith((".", "-", "+")) and part.isascii() for part in parts)


@pytest.mark.parametrize("prefix", ["/", "/etc", "../", "a//", "a/../", ".incoming", "a b"])
def test_a_prefix_that_climbs_is_refused(prefix: str) -> None:
    with pytest.raises(KeyInvalid):
        keys.check_prefix(prefix)


@pytest.mark.parametrize("prefix", ["", "a", "a/", "a/b", "demo/objects/"])
def test_a_prefix_is_the_beginning_of_a_name(prefix: str) -> None:
    assert keys.check_prefix(prefix) == prefix
