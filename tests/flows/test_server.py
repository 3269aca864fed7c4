"""Our own Prefect server: shared, asked for its password, and refused where it can't be."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from flows.errors import ServerNotStarted, ServerUnreachable
from flows.server import answers, prefect_server

pytestmark = pytest.mark.xdist_group("prefect")
ROOT = Path(__file__).resolve().parents[2]


def test_it_listens_on_loopback_and_asks_for_its_password(prefect: Any) -> None:
    parts = urlsplit(prefect.api_url)
    assert parts.hostname == "127.0.0.1"
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=10)
    connection.request("POST", "/api/flow_runs/filter", body="{}", headers={"Content-Type": "application/json"})
    assert connection.getresponse().status == http.client.UNAUTHORIZED
    connection.close()
    assert os.environ["PREFECT_API_AUTH_STRING"] not in repr(prefect)


def test_two_processes_share_the_server_of_one_state(prefect: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL")
    with prefect_server(prefect.log.parents[1]) as shared:
        assert (shared.api_url, shared.owned) == (prefect.api_url, False)
    assert answers(prefect.api_url), "who shares it does not stop it"


def test_a_given_server_that_does_not_answer_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://me:secret@127.0.0.1:1/api")
    monkeypatch.setattr("flows.server.PATIENCE_WITH_GIVEN", 0.0)
    with pytest.raises(ServerUnreachable, match=r"http://127\.0\.0\.1:1/api") as raised, prefect_server(Path("unused")):
        pass
    assert "secret" not in str(raised.value)


def test_a_server_that_ends_at_once_is_told_with_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", "nonsense://")
    with pytest.raises(ServerNotStarted, match=r"ended with exit code \d+.*server\.log"), prefect_server(tmp_path):
        pass
    assert (tmp_path / "prefect" / "server.log").stat().st_size


def test_prefect_is_not_imported_before_the_server_answers() -> None:
    """It reads the environment when it is imported, and would ask to be allowed to send usage data."""
    code = "import sys, flows.server, flows.state; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
