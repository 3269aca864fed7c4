"""OpenStack Swift as a real S3 server on loopback: proxy, account, container and object server, each a process."""

from __future__ import annotations

import os
import pwd
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.servers.s3 import S3Server

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv-swift" / "bin"
PARTS = ("account", "container", "object")
READY_WITHIN = 60.0

COMMON = """\
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
disable_fallocate = true
workers = 0
user = {user}
log_level = WARNING
"""
SERVER = """
[pipeline:main]
pipeline = {part}-server
[app:{part}-server]
use = egg:swift#{part}
"""
PROXY = """
[pipeline:main]
pipeline = s3api tempauth copy slo dlo symlink versioned_writes proxy-server
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:symlink]
use = egg:swift#symlink
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_versioned_writes = true
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
"""
RINGS = """\
import sys
from swift.common.ring import RingBuilder
for name, port in (pair.split("=") for pair in sys.argv[2:]):
    builder = RingBuilder(2, 1, 0)
    builder.add_dev({"id": 0, "region": 1, "zone": 1, "weight": 1.0, "device": "one", "meta": "", "ip": "127.0.0.1",
                     "port": int(port), "replication_ip": "127.0.0.1", "replication_port": int(port)})
    builder.rebalance()
    builder.get_ring().save(f"{sys.argv[1]}/{name}.ring.gz")
"""


class SwiftMissing(Exception):
    """Swift is not installed, or this machine's file system cannot hold its objects."""


@contextmanager
def swift(folder: Path) -> Iterator[S3Server]:
    """Run Swift with its data and settings in `folder`; end it on the way out. Raises SwiftMissing."""
    if not (BIN / "swift-proxy-server").exists():
        raise SwiftMissing("Swift is not installed: run `make .venv-swift/.done`")
    _require_attributes(folder)
    ports = {part: _free_port() for part in (*PARTS, "proxy")}
    _configure(folder, ports)
    processes: list[subprocess.Popen[bytes]] = []
    log = (folder / "swift.log").open("ab")
    try:
        for part in (*PARTS, "proxy"):
            command = [BIN / f"swift-{part}-server", folder / f"{part}.conf", "-v"]
            processes.append(subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=folder))
        endpoint = f"http://127.0.0.1:{ports['proxy']}"
        _wait_until_ready(endpoint, processes, folder / "swift.log")
        yield S3Server(endpoint=endpoint, access_key="test:tester", secret_key="testing")
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        log.close()


def _configure(folder: Path, ports: dict[str, int]) -> None:
    (folder / "devices" / "one").mkdir(parents=True)
    (folder / "swift.conf").write_text("[swift-hash]\nswift_hash_path_suffix = tests\nswift_hash_path_prefix = tests\n")
    user = pwd.getpwuid(os.getuid()).pw_name
    for part, port in ports.items():
        body = PROXY if part == "proxy" else SERVER.format(part=part)
        (folder / f"{part}.conf").write_text(COMMON.format(port=port, folder=folder, user=user) + body)
    rings = [f"{part}={ports[part]}" for part in PARTS]
    subprocess.run([BIN / "python", "-c", RINGS, folder, *rings], check=True, timeout=60)


def _require_attributes(folder: Path) -> None:
    probe = folder / "attributes"
    probe.write_bytes(b"")
    try:
        os.setxattr(probe, "user.palimpsest", b"1")
    except OSError as error:
        raise SwiftMissing(f"Swift keeps metadata in extended attributes, and {folder} has none: {error}") from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(endpoint: str, processes: list[subprocess.Popen[bytes]], log: Path) -> None:
    """Return when the proxy, and through it the other servers, answer an anonymous question."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes):
            break
        with suppress(OSError):
            try:
                urllib.request.urlopen(endpoint, timeout=5).close()
            except urllib.error.HTTPError as error:
                error.close()  # 403: it is there, and asks who we are
            if all(_listens(port) for port in _ports(log.parent)):
                return
        time.sleep(0.05)
    raise RuntimeError(f"Swift did not start:\n{log.read_text()[-4000:]}")


def _ports(folder: Path) -> list[int]:
    lines = [line for part in PARTS for line in (folder / f"{part}.conf").read_text().splitlines()]
    return [int(line.partition("=")[2]) for line in lines if line.startswith("bind_port")]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
