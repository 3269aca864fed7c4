"""The main acceptance test: the demo, whole and for real, with a Prefect server of its own."""

from __future__ import annotations

from collections import Counter

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
    assert "no change reported" in words["20000301.html"][0]
    assert not any("later than the capture" in words for day in outcome["days"] for words in day["report"]["warnings"])
    shown = {path.replace(".days[].report.recovered[]", ".days[].report.recovered") for path in keys(outcome)}
    assert shown == keys(example("demo"))
    assert "| INFO" not in ran.err, "Prefect's own lines stand between ours"
    assert "Traceback" not in ran.err
    # The archive is whole, and a second demo does not mix into it.
    verified = call(empty, "verify", "--json")
    assert (verified.code, verified.json["commits"]) == (0, outcome["commits"])
    again = call(empty, "demo", "--archive", str(empty.archive))
    assert again.code == 2
    assert "holds a demo already" in again.err
