"""A time-stamp authority on loopback: `openssl ts` behind HTTP, and what a faulty or lying one would answer."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

CONFIG = """\
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
# No `certs`: OpenSSL sends them in an order that is not DER's, and rfc3161-client refuses such a reply.
WITH_CHAIN = "certs = {folder}/root.pem\n"
EXTENSIONS = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"


class OpensslMissing(Exception):
    """The `openssl` command is not on this machine."""


Answer = tuple[int, bytes]  # status and body
Behaviour = Callable[["Tsa", bytes], Answer]


def honest(tsa: Tsa, query: bytes) -> Answer:
    """Answer as RFC 3161 asks."""
    return 200, tsa.reply(query)


@dataclass
class Tsa:
    """A TSA that runs. `behaviour` says how it answers, `asked` is every query that came."""

    folder: Path
    url: str = ""
    behaviour: Behaviour = honest
    asked: list[bytes] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def root(self) -> Path:
        """The certificate that everything leads to."""
        return self.folder / "root.pem"

    @property
    def other_root(self) -> Path:
        """The certificate of somebody else, under the same name."""
        return self.folder / "other.pem"

    def reply(self, query: bytes, *, with_chain: bool = False) -> bytes:
        """Return the reply that `openssl ts` makes."""
        with self.lock:  # its serial number is a file
            (self.folder / "query").write_bytes(query)
            config = "chain.cnf" if with_chain else "tsa.cnf"
            _openssl(self.folder, "ts", "-reply", "-config", config, "-queryfile", "query", "-out", "reply")
            return (self.folder / "reply").read_bytes()

    def verified_by_openssl(self, data: Path, reply: Path) -> bool:
        """Tell whether `openssl ts -verify`, which knows nothing of us, takes a reply for a file."""
        words = ("ts", "-verify", "-data", str(data), "-in", str(reply), "-CAfile", "root.pem")
        return subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, check=False).returncode == 0


@contextmanager
def tsa(folder: Path) -> Iterator[Tsa]:
    """Run a TSA with its keys in `folder`. Raises OpensslMissing."""
    if shutil.which("openssl") is None:
        raise OpensslMissing(
            "NO TIME-STAMP TOKEN IS TESTED: the command `openssl` is missing (apt-get install openssl)"
        )
    _make_keys(folder)
    authority = Tsa(folder)

    class Handler(BaseHTTPRequestHandler):
        server_version: ClassVar[str] = "tsa"

        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            authority.asked.append(query)
            status, body = authority.behaviour(authority, query)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            if 300 <= status < 400:
                self.send_header("Location", authority.url)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return  # the client had enough

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    authority.url = f"http://127.0.0.1:{server.server_address[1]}/tsr"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def _make_keys(folder: Path) -> None:
    for name in ("root", "other"):
        _openssl(folder, "req", "-x509", *_new_key(name), "-out", f"{name}.pem", "-subj", "/CN=Root of the tests")
    _openssl(folder, "req", *_new_key("signer"), "-out", "signer.csr", "-subj", "/CN=TSA of the tests")
    (folder / "extensions").write_text(EXTENSIONS)
    signing = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "extensions", "-days", "30")
    _openssl(folder, "x509", "-req", "-in", "signer.csr", *signing, "-out", "signer.pem")
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "chain.cnf").write_text((CONFIG + WITH_CHAIN).format(folder=folder))


def _new_key(name: str) -> tuple[str, ...]:
    return ("-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key")


def _openssl(folder: Path, *words: str) -> None:
    done = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
