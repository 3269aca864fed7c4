"""Clients of Memento that are not ours find their way through our TimeGate, TimeMaps and mementos."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from memento_client import MementoClient
from pywb.utils.memento import MementoUtils
from servers import ask, configured

AGAIN = "http://again.example/plain/length-first"
HOURS = [datetime(2026, 1, 23, hour, tzinfo=UTC) for hour in (8, 9, 10, 11)]


def uri(ours: int, at: datetime, modifier: str = "mp_") -> str:
    """Return the URL of a memento of AGAIN."""
    return f"http://127.0.0.1:{ours}/web/{at:%Y%m%d%H%M%S}{modifier}/{AGAIN}"


@pytest.mark.parametrize("wanted", range(4))
def test_memento_client_is_led_to_the_memento_and_those_around_it(ours: int, wanted: int) -> None:
    """It asks a raw memento for its original, then our TimeGate for another moment, and reads `Link`."""
    client = MementoClient(timegate_uri=f"http://127.0.0.1:{ours}/timegate/", check_native_timegate=False)
    told = client.get_memento_info(uri(ours, HOURS[0], "id_"), HOURS[wanted].replace(tzinfo=None))
    assert told["original_uri"] == AGAIN
    assert told["timegate_uri"] == f"http://127.0.0.1:{ours}/timegate/{AGAIN}"
    expected = {"first": 0, "prev": wanted - 1, "next": wanted + 1, "last": 3}
    for rel, place in expected.items():
        if 0 <= place <= 3:
            assert uri(ours, HOURS[place]) in told["mementos"][rel]["uri"]
            assert told["mementos"][rel]["datetime"] == HOURS[place].replace(tzinfo=None)
        else:
            assert rel not in told["mementos"]
    closest = told["mementos"]["closest"]
    assert closest["uri"] == [uri(ours, HOURS[wanted])]
    assert (closest["http_status_code"], closest["datetime"]) == (200, HOURS[wanted].replace(tzinfo=None))


def test_memento_client_knows_what_is_a_timegate_and_what_a_memento(ours: int) -> None:
    """By the rules of RFC 7089 that it checks."""
    timegate = f"http://127.0.0.1:{ours}/timegate/{AGAIN}"
    when = MementoClient.convert_to_http_datetime(HOURS[1].replace(tzinfo=None))
    assert MementoClient.is_timegate(timegate, accept_datetime=when)
    assert MementoClient.is_memento(uri(ours, HOURS[1], "id_"))
    assert not MementoClient.is_memento(timegate)


def test_pywb_reads_our_timemaps(ours: int) -> None:
    """In link format, by its own parser; and each memento in them is there and has its time."""
    text = requests.get(f"http://127.0.0.1:{ours}/timemap/link/{AGAIN}", timeout=30).text
    links = MementoUtils.parse_links(text)
    assert links["original"]["url"] == AGAIN
    assert links["timegate"]["url"] == f"http://127.0.0.1:{ours}/timegate/{AGAIN}"
    assert [memento["url"] for memento in links["mementos"]] == [uri(ours, hour) for hour in HOURS]
    for memento in links["mementos"]:
        raw = requests.get(memento["url"].replace("mp_/", "id_/"), timeout=30)
        assert raw.headers["Memento-Datetime"] == memento["datetime"]


def test_the_json_has_the_fields_of_an_aggregators(ours: int) -> None:
    """The same mementos, first and last of them by name."""
    told = requests.get(f"http://127.0.0.1:{ours}/timemap/json/{AGAIN}", timeout=30).json()
    listed = told["mementos"]["list"]
    assert [one["uri"] for one in listed] == [uri(ours, hour) for hour in HOURS]
    assert [datetime.fromisoformat(one["datetime"]) for one in listed] == HOURS
    assert (told["mementos"]["first"], told["mementos"]["last"]) == (listed[0], listed[-1])


@pytest.mark.timeout(300)
def test_a_pywb_that_knows_us_as_a_memento_archive_shows_the_same(
    ours: int, theirs: int, captures: list[dict[str, Any]], tmp_path: Path
) -> None:
    """It asks our TimeGate for the memento and then for its raw bytes: an aggregator before archives."""
    source = {
        "type": "memento",
        "timegate_url": f"http://127.0.0.1:{ours}/timegate/{{url}}",
        "timemap_url": f"http://127.0.0.1:{ours}/timemap/link/{{url}}",
        "replay_url": f"http://127.0.0.1:{ours}/web/{{timestamp}}id_/{{url}}",
    }
    config = json.dumps({"collections": {"all": {"index": source}}})
    wanted = [one for one in captures if one["status"] == 200 and not one["but"]][::20]
    assert len(wanted) > 5
    with configured(config, tmp_path) as port:
        for capture in wanted:
            mine, other = (ask(each, f"/all/{capture['path']}") for each in (port, theirs))
            assert (mine.status, mine.body) == (other.status, other.body), capture["path"]
