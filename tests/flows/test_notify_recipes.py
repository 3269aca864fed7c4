"""The recipes of docs/operate.md for mail and chat, with a real Prefect server and sinks on loopback."""

from __future__ import annotations

import json
import logging
import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from storage.announced import AnnouncedKind, AnnouncedRow
from tests.flows.machines import ROOT
from tests.servers.sinks import hook_sink, mail_sink

pytestmark = [
    pytest.mark.xdist_group("prefect"),
    pytest.mark.usefixtures("prefect"),
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated"),  # Apprise imports it where there still is one
]
NOON = datetime(2026, 1, 24, 12, tzinfo=UTC)


def recipe(name: str, block: uuid.UUID) -> dict[str, Any]:
    """An automation as the document has it, with the block's id put in."""
    text = (ROOT / "docs" / "operate.md").read_text()
    written = {found["name"]: found for found in map(yaml.safe_load, re.findall(r"```yaml\n(.*?)```", text, re.DOTALL))}
    found: dict[str, Any] = written[name]
    found["actions"][0]["block_document_id"] = str(block)
    return found


def row(kind: AnnouncedKind, **said: Any) -> AnnouncedRow:
    id_ = str(uuid.uuid4())
    return AnnouncedRow(f"urn:uuid:{id_}", kind, f"http://outlet.example/{id_}", NOON, after=NOON, **said)


def test_mail_and_chat_get_what_their_recipes_ask_for(room: Any, eventually: Any) -> None:
    from prefect.blocks.notifications import SlackWebhook
    from prefect.blocks.webhook import Webhook
    from prefect.events.schemas.automations import AutomationCore

    from flows.events import emit_found

    major = row(
        AnnouncedKind.CHANGE,
        article_key="demo:cbf:1",
        change_id="sha256:aa",
        weight="major",
        types=("number", "headline"),
        disclosure="none",
        undisclosed=True,
    )
    minor = row(AnnouncedKind.CHANGE, change_id="sha256:bb", weight="substantive", types=("editor",))
    gone = row(AnnouncedKind.ABSENCE, shown="gone", article_key='demo:cbf:"2"')
    image = row(AnnouncedKind.IMAGE, image_url="http://outlet.example/i.png", old_digest="a", new_digest="b")
    alarm = row(AnnouncedKind.ALARM, articles=30, looked_at=60)
    again = row(AnnouncedKind.CHANGE, change_id="sha256:cc", weight="major", repeats=major.id)
    with mail_sink() as mails, hook_sink() as hooks:
        mail = f"mailto://127.0.0.1:{mails.port}?from=archive@example.org&to=desk@example.org&format=text"
        by_mail = SlackWebhook(url=mail).save(f"mail-{uuid.uuid4().hex[:8]}")
        by_hook = Webhook(url=f"http://127.0.0.1:{hooks.port}/hook").save(f"chat-{uuid.uuid4().hex[:8]}")
        wanted = [recipe("mail on major changes", by_mail), recipe("what is found goes to the chat", by_hook)]
        made = [room.ask(lambda client, one=one: client.create_automation(AutomationCore(**one))) for one in wanted]
        try:
            emit_found("demo", [major, minor, gone, again, image, alarm])
            emit_found("demo", [major])  # told again after a crash: the server has it already
            emit_found("other", [row(AnnouncedKind.REPOST, earlier_url="http://outlet.example/0")])
            eventually(lambda: len(hooks.got) >= 5 and mails.got, 60, lambda: f"{mails.got} {hooks.got}")
        finally:
            for automation in made:
                room.ask(lambda client, one=automation: client.delete_automation(one))
    (got,) = mails.got
    assert (got["To"], got["Subject"]) == ("desk@example.org", "demo: major change")
    assert got.get_body(("plain",)).get_content().split() == [
        *(major.url, "number,", "headline;", "disclosure:", "none"),
        *("between", NOON.isoformat(), "and", NOON.isoformat()),
        *("palimpsest", "diff", "sha256:aa"),
    ]
    assert sorted(json.loads(body)["text"] for body in hooks.got) == sorted(
        [
            f"palimpsest.change.found major number, headline {major.url}",
            f"palimpsest.change.found substantive editor {minor.url}",
            f"palimpsest.absence.found gone  {gone.url}",
            f"palimpsest.image.replaced   {image.url}",
            f"palimpsest.alarm.raised 30  {alarm.url}",
        ]
    )
    sent = events_since(room)
    (found,) = [event for event in sent if event["payload"].get("id") == major.id]
    assert found["resource"]["prefect.resource.id"] == "palimpsest.article.demo:cbf:1"
    assert {name: found["resource"][f"palimpsest.{name}"] for name in ("weight", "undisclosed", "type.number")} == {
        "weight": "major",
        "undisclosed": "true",
        "type.number": "true",
    }
    assert not [event for event in sent if event["payload"].get("id") == again.id]


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def test_what_is_alike_is_one_event_and_images_and_alarms_have_one(room: Any, eventually: Any) -> None:
    from flows.events import emit_found

    judged = {"weight": "substantive", "types": ("date",), "disclosure": "none", "undisclosed": True}
    group = row(AnnouncedKind.ALIKE, article_key="demo:cbf:1", change_id="sha256:aa", articles=120, **judged)
    members = [
        row(AnnouncedKind.CHANGE, article_key=f"demo:cbf:{number}", change_id=f"sha256:{number}", **judged)
        for number in range(110)
    ]
    members = [replace(member, repeats=group.id) for member in members]
    image = row(AnnouncedKind.IMAGE, image_url="http://outlet.example/i.png", old_digest="a", new_digest="b")
    alarm = row(AnnouncedKind.ALARM, articles=30, looked_at=60)
    said = _Kept()
    logging.getLogger("EventsWorker").addHandler(said)
    try:
        emit_found("demo", [*members, group, image, alarm])
    finally:
        logging.getLogger("EventsWorker").removeHandler(said)
    assert said.lines == [], "that events are on their way is no warning"
    wanted = {group.id, image.id, alarm.id}

    def sent() -> dict[str, dict[str, Any]]:
        return {event["payload"].get("id"): event for event in events_since(room)}

    eventually(lambda: wanted <= sent().keys(), 60, lambda: str(sent().keys()))
    found = sent()
    assert found.keys() & {member.id for member in members} == set()
    together = found[group.id]
    assert together["event"] == "palimpsest.change.found"
    assert (together["payload"]["articles"], together["payload"]["change_id"]) == (120, "sha256:aa")
    assert together["payload"]["listed"][0] == {"url": members[0].url, "change_id": "sha256:0"}
    assert len(together["payload"]["listed"]) == 100
    assert together["resource"]["palimpsest.articles"] == "120"
    assert together["resource"]["palimpsest.undisclosed"] == "true"
    assert found[image.id]["event"] == "palimpsest.image.replaced"
    assert found[image.id]["payload"]["image_url"] == image.image_url
    raised = found[alarm.id]
    assert (raised["event"], raised["resource"]["prefect.resource.id"]) == (
        "palimpsest.alarm.raised",
        "palimpsest.outlet.demo",
    )
    assert (raised["payload"]["articles"], raised["payload"]["looked_at"]) == (30, 60)


def events_since(room: Any) -> list[dict[str, Any]]:
    """What was found according to the server's events."""
    since = (datetime.now(UTC) - timedelta(minutes=3)).isoformat()
    names = [f"palimpsest.{name}." for name in ("change", "absence", "repost", "image", "alarm")]
    question = {"filter": {"event": {"prefix": names}, "occurred": {"since": since}}, "limit": 50}
    answer: list[dict[str, Any]] = room.ask(lambda client: client._client.post("/events/filter", json=question)).json()[
        "events"
    ]
    return answer
