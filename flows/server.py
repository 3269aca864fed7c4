"""The Prefect server: the one that `PREFECT_API_URL` names, or else one of our own, for as long as we need it.

Our own server is a child process on 127.0.0.1 with its home in this machine's state:

    <state>/prefect/server.lock     held by the server process for its life: one server a state
    <state>/prefect/server.json     where it listens; the port is used again, so that a bookmark keeps working
    <state>/prefect/auth            its user and password (0600)
    <state>/prefect/server.log      what it said
    <state>/prefect/prefect.db      its database, unless PREFECT_SERVER_DATABASE_CONNECTION_URL names another

Prefect's ephemeral server is never used: it writes into the user's home, gives up after 20 seconds (a first start takes
9 s byte-compiled, 17 s not), and does not schedule. Ours asks for a password because a server without one lets every
other user of the machine run code in our name, and with Prefect's default CORS every open web page too.

This module does not import Prefect before the server answers: settings are read from the environment at import.
"""

from __future__ import annotations

import base64
import fcntl
import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from config.whole_file import write_whole
from flows.errors import ServerNotStarted, ServerUnreachable
from flows.pointing import pointed_to
from flows.steps.progress import Progress, ProgressEvent, silent

ROOT = Path(__file__).resolve().parents[1]
LONGEST_START = 180.0  # seconds: a first start creates the database, on a slow disk too
LONGEST_STOP = 15.0
PATIENCE_WITH_GIVEN = 30.0  # a server that starts together with us after a reboot
LONGEST_LOG = 10 * 2**20
NO_ANALYTICS = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
SERVER_SETTINGS = {
    # In memory, Prefect's default, a restart forgets who holds an outlet's slot and frees it never.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # by default runs are kept for ever
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
}


@dataclass(frozen=True)
class PrefectServer:
    """A server that answers. `log` is None and `owned` False where somebody else runs it.

    `environment` is what a child process needs to talk to it; it holds the password and is never shown.
    """

    api_url: str
    owned: bool
    log: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def window(self) -> str:
        """The address of Prefect's own user interface."""
        return self.api_url.removesuffix("/api")


@contextmanager
def prefect_server(state: Path, progress: Progress = silent) -> Iterator[PrefectServer]:
    """Give a Prefect server, and point this process and its children to it until the end of the block.

    `state` is the machine's state for one archive (`Place.state`). Where `PREFECT_API_URL` is set in the environment
    that server is used and nothing is started. Where another process of this machine owns a server for the same state,
    that one is shared. Raises ServerUnreachable, ServerNotStarted.
    """
    with ExitStack() as stack:
        if given := os.environ.get("PREFECT_API_URL"):
            server = _given(given, progress)
        else:
            server = stack.enter_context(_own_or_shared(state / "prefect", progress))
        stack.enter_context(pointed_to(NO_ANALYTICS | dict(server.environment)))
        yield server


def answers(api_url: str, *, auth: str | None = None, timeout: float = 5.0) -> bool:
    """Return whether a Prefect server answers under `api_url`."""
    parts = urlsplit(api_url)
    connection_type = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = connection_type(parts.hostname or "", parts.port, timeout=timeout)
    headers = {"Authorization": "Basic " + base64.b64encode(auth.encode()).decode()} if auth else {}
    try:
        connection.request("GET", parts.path.rstrip("/") + "/health", headers=headers)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _given(api_url: str, progress: Progress) -> PrefectServer:
    progress(ProgressEvent("server", 0, 1, _without_password(api_url)))
    deadline = time.monotonic() + PATIENCE_WITH_GIVEN
    while not answers(api_url, auth=os.environ.get("PREFECT_API_AUTH_STRING")):
        if time.monotonic() > deadline:
            raise ServerUnreachable(_without_password(api_url))
        time.sleep(0.5)
    progress(ProgressEvent("server", 1, 1, "Prefect's server answers"))
    return PrefectServer(api_url, owned=False)


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


@contextmanager
def _own_or_shared(home: Path, progress: Progress) -> Iterator[PrefectServer]:
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    deadline = time.monotonic() + LONGEST_START
    while True:
        with (home / "server.lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                # Another process owns a server here: it is up, still starting, or going down with a dead owner.
                said = _read_where(home)
                if said and _lives(said.owner) and answers(said.api_url, auth=_auth(home)):
                    yield _server(home, said.api_url, _auth(home), owned=False)
                    return
            else:
                with _running(home, lock.fileno(), _auth(home), progress) as server:
                    yield server
                return
        if time.monotonic() > deadline:
            raise ServerNotStarted(home / "server.log", "another process holds its lock, and no server answers")
        progress(ProgressEvent("server", 0, 1, "waiting for the Prefect server of another process"))
        time.sleep(0.3)


@contextmanager
def _running(home: Path, lock: int, auth: str, progress: Progress) -> Iterator[PrefectServer]:
    """Start our server, wait until it answers, and stop it at the end. The child keeps the lock's file open."""
    with _listening(home) as listener:
        port = listener.getsockname()[1]
        api_url = f"http://127.0.0.1:{port}/api"
        log = home / "server.log"
        if log.exists() and log.stat().st_size > LONGEST_LOG:
            log.replace(home / "server.log.1")
        with log.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "flows.server_process", str(listener.fileno())],
                cwd=ROOT,
                env=_server_environment(home, port, auth),
                stdin=subprocess.PIPE,  # it ends when this end is closed: also when we are killed
                stdout=out,
                stderr=out,
                pass_fds=(listener.fileno(), lock),
                start_new_session=True,  # Ctrl-C is for us: crawls that we stop still have things to tell it
            )
    try:
        _write_where(home, _Where(api_url, os.getpid()))
        _wait(process, api_url, auth, log, progress)
        yield _server(home, api_url, auth, owned=True)
    finally:
        _stop(process)


def _wait(process: subprocess.Popen[bytes], api_url: str, auth: str, log: Path, progress: Progress) -> None:
    start = time.monotonic()
    words = "starting Prefect's server" + ("" if (log.parent / "prefect.db").exists() else " for the first time")
    while True:
        waited = time.monotonic() - start
        if process.poll() is not None:
            raise ServerNotStarted(log, f"it ended with exit code {process.returncode}")
        if waited > LONGEST_START:
            raise ServerNotStarted(log, f"it did not answer for {LONGEST_START:.0f} s")
        # The socket listens already, so a request waits in its queue until the server takes it.
        if answers(api_url, auth=auth, timeout=1.0):
            progress(ProgressEvent("server", 1, 1, f"Prefect's server answers after {waited:.0f} s"))
            return
        progress(ProgressEvent("server", 0, 1, f"{words} ({waited:.0f} s)"))
        time.sleep(0.1)


def _stop(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(LONGEST_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _listening(home: Path) -> socket.socket:
    """Return a socket that listens on loopback: no other process can take the port before the server does."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    said = _read_where(home)
    try:
        listener.bind(("127.0.0.1", urlsplit(said.api_url).port or 0 if said else 0))
    except OSError:
        listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    return listener


def _server(home: Path, api_url: str, auth: str, *, owned: bool) -> PrefectServer:
    environment = {"PREFECT_API_URL": api_url, "PREFECT_API_AUTH_STRING": auth, "PREFECT_HOME": str(home)}
    return PrefectServer(api_url, owned, home / "server.log", environment)


def _server_environment(home: Path, port: int, auth: str) -> dict[str, str]:
    window = f"http://127.0.0.1:{port}"
    given = {name: value for name, value in os.environ.items() if name != "PYTHONSTARTUP"}
    return {
        **SERVER_SETTINGS,
        **given,  # what a person set (a database, a lease storage) wins over our defaults
        **NO_ANALYTICS,
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_UI_API_URL": f"{window}/api",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": window,
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(home / "ui"),  # by default it writes into site-packages
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_API_AUTH_STRING": auth,
    }


def _auth(home: Path) -> str:
    """Return the server's user and password, made at the first start and readable by our user only."""
    path = home / "auth"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123
            file.write(f"palimpsest:{secrets.token_urlsafe(24)}")
    except FileExistsError:
        pass
    return path.read_text()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@dataclass(frozen=True)
class _Where:
    """What server.json says: where a server listens or listened, and the process that owned it."""

    api_url: str
    owner: int


def _read_where(home: Path) -> _Where | None:
    try:
        said = json.loads((home / "server.json").read_text())
        return _Where(str(said["api_url"]), int(said["owner"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_where(home: Path, where: _Where) -> None:
    write_whole(home / "server.json", json.dumps(asdict(where)).encode(), durable=False)
