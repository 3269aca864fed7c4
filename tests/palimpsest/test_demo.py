"""The main acceptance test: the demo, whole and for real, with a Prefect server of its own."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest

from demo.script import DAYS, EVENTS
from tests.palimpsest.conftest import Call
from tests.palimpsest.documented import example, keys
from tests.palimpsest.doors import Door


@pytest.mark.slow
@pytest.mark.xdist_group("prefect")
@pytest.mark.timeout(300)
def test_the_demo_finds_every_scripted_event_and_nothing_else(empty: Door, call: Call) -> None:
    ran = empty.process("demo", "--json", "--archive", str(empty.archive), timeout=290)
    assert ran.code == 0, ran.err
    outcome = ran.json
    assert outcome["ok"] is True
    reports = [day["report"] for day in outcome["days"]]
    assert [(report["missed"], report["warnings"]) for report in reports if report["status"] != "ok"] == []
    events = [event for day in outcome["days"] for event in day["events"]]
    assert [event for event in events if not event["found"]] == []
    assert [day["unexpected"] for day in outcome["days"]] == [[]] * DAYS
    assert Counter(event["kind"] for event in events) == Counter(event.kind for event in EVENTS)
    assert len(events) == len(EVENTS)
    words = {event["path"].rpartition("/")[2]: event["words"] for event in events if event["kind"] != "new"}
    assert words["26000103.html"] == ["text: …has now recorded [36 → 63] days without an…"]
    assert any(line.startswith("translation note added: ") for line in words["26000202.html"])
    assert any(line.startswith("translation note dropped: ") for line in words["26000105.html"])
    assert "first missing" in words["26000203.html"][0]
    assert "which is not gone" in words["26000204.html"][0]
    assert "no longer named by" in words["26000205.html"][0]
    assert "first not listed" in words["26000205.html"][1]
    assert "no change reported" in words["20000301.html"][0]
    assert not any("later than the capture" in words for day in outcome["days"] for words in day["report"]["warnings"])
    shown = {path.replace(".days[].report.recovered[]", ".days[].report.recovered") for path in keys(outcome)}
    assert shown == keys(example("demo"))
    assert "| INFO" not in ran.err, "Prefect's own lines stand between ours"
    assert "Traceback" not in ran.err
    assert_findings_are_those_of_the_script(empty, call)
    # The archive is whole, and a second demo does not mix into it.
    verified = call(empty, "verify", "--json")
    assert (verified.code, verified.json["commits"]) == (0, outcome["commits"])
    assert verified.json["problems"] == verified.json["warnings"] == []
    again = call(empty, "demo", "--archive", str(empty.archive))
    assert again.code == 2
    assert "holds a demo already" in again.err


def assert_findings_are_those_of_the_script(door: Door, call: Call) -> None:
    """The command line, the feed and the events that Prefect's server got: type by type, no more and no fewer."""
    changed = sorted((event.path, event.edit) for event in EVENTS if event.kind == "changed")
    missing = sorted((event.path, event.kind) for event in EVENTS if event.kind in ("gone", "withdrawn"))
    failed = [event.path for event in EVENTS if event.kind == "server error"]
    reposted = sorted((event.path, event.original) for event in EVENTS if event.kind == "re-posted")
    assert (len(changed), len(missing), len(failed), len(reposted)) == (7, 2, 1, 3)

    said = call(door, "changes", "--since", "60d", "--json").json
    edits = {}
    for change in said["changes"]:
        shown = call(door, "diff", change["change_id"], "--format", "json").json
        edits[change["change_id"]] = [edit["type"] for edit in shown["findings"]["edits"]]
    assert all(len(found) == 1 for found in edits.values())
    assert sorted((path(change["url"]), edits[change["change_id"]][0]) for change in said["changes"]) == changed
    absences = sorted((path(absence["url"]), absence["kind"]) for absence in said["absences"])
    assert absences == sorted([*missing, *((of, "server error") for of in failed)])
    assert all(absence["confirmed"] for absence in said["absences"] if absence["kind"] != "server error")
    assert sorted((path(one["later_url"]), path(one["earlier_url"])) for one in said["reposts"]) == reposted
    edited = [event.path for event in EVENTS if event.similar]
    assert [path(one["later_url"]) for one in said["reposts"] if one["similarity"] < 1] == edited

    feed = call(door, "changes", "--since", "60d", "--format", "jsonfeed").json["items"]
    by_tag = {
        tag: [item for item in feed if item["tags"][1] == tag]
        for tag in ("changed", "absent", "not looked at", "re-posted")
    }
    assert sum(map(len, by_tag.values())) == len(feed)
    titled = [(path(item["url"]), item["title"].rpartition(": ")[2].removesuffix(")")) for item in by_tag["changed"]]
    assert sorted(titled) == changed
    absent = [(path(item["url"]), item["title"].rpartition("(")[2].rstrip(")")) for item in by_tag["absent"]]
    assert sorted(absent) == missing
    assert [path(item["url"]) for item in by_tag["not looked at"]] == failed
    assert sorted(path(item["url"]) for item in by_tag["re-posted"]) == [later for later, _ in reposted]

    events = events_sent(door)
    sent = sorted((path(payload["url"]), edits[payload["change_id"]][0]) for payload in events.pop("change.found"))
    assert sent == changed
    told = {change["change_id"]: (change["types"], change["weight"]) for change in said["changes"]}
    assert {one["change_id"]: (one["types"], one["weight"]) for one in events_sent(door)["change.found"]} == told
    assert sorted((path(one["url"]), one["shown"]) for one in events.pop("absence.found")) == missing
    assert sorted((path(o["url"]), path(o["earlier_url"])) for o in events.pop("repost.found")) == reposted
    assert {name: len(payloads) for name, payloads in events.items()} == {"crawl.finished": DAYS}


def events_sent(door: Door) -> dict[str, list[dict[str, Any]]]:
    """The payloads of our events, by name, as the demo's own server stored them."""
    (database,) = door.state.glob("*/prefect/prefect.db")
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT event, payload FROM events WHERE event LIKE 'palimpsest.%'").fetchall()
    found: dict[str, list[dict[str, Any]]] = {}
    for event, payload in rows:
        found.setdefault(event.removeprefix("palimpsest."), []).append(json.loads(payload))
    return found


def path(url: str) -> str:
    return urlsplit(url).path
