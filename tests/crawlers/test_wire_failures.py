"""An attempt that fails is recorded once, with what was seen of it; and nothing goes past the capture."""

from __future__ import annotations

import random
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from crawlers import wire_check
from crawlers.errors import WireUnavailable
from crawlers.spool import Spool
from tests.crawlers.archived import archived
from tests.crawlers.conftest import ROOT, Crawled, server_context
from tests.crawlers.odd_answers import CLOSE, PAGE, ok
from tests.crawlers.odd_server import Answer, OddServer

Crawl = Callable[..., Crawled]
HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"


@contextmanager
def odd_server(answers: dict[str, list[Answer]], context: ssl.SSLContext | None = None) -> Iterator[OddServer]:
    server = OddServer(answers, context)
    try:
        yield server
    finally:
        server.close()


def only_group(crawled: Crawled, url: str) -> dict[str, str]:
    """The facts of a URL's one attempt, which left a metadata record and nothing else."""
    (record,) = [record for record in crawled.records if record.url == url]
    assert record.type == "metadata"
    return record.facts


def test_a_refused_connection_and_an_unknown_name_are_recorded(crawl: Crawl) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    refused, unknown = f"http://127.0.0.1:{port}/x", "http://no-such-name.invalid/x"
    crawled = crawl(("refused", refused), ("unknown", unknown))
    assert only_group(crawled, refused)["outcome"] == "refused"
    assert only_group(crawled, unknown)["outcome"] == "dns"
    assert "DownloadConnectionRefusedError" in only_group(crawled, refused)["error"]
    assert crawled.saw["unknown"]["error"] == "CannotResolveHostError"


def test_a_host_name_that_is_none_is_recorded(crawl: Crawl) -> None:
    url = "http://a..b/"
    crawled = crawl(("bad", url), settings={"DOWNLOAD_TIMEOUT": 1})
    # Twisted's resolver never answers where encoding the name fails, so that only the time-out ends it.
    assert only_group(crawled, url)["outcome"] in ("failed", "dns", "timeout")


def test_certificates_are_checked_and_nothing_is_sent_to_who_shows_a_wrong_one(crawl: Crawl, tmp_path: Path) -> None:
    trusted, stranger = trustme.CA(), trustme.CA()
    trusted.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    expired = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    trusted.issue_cert("127.0.0.1", not_after=yesterday).configure_cert(expired)
    wrong = {
        "unknown issuer": server_context(stranger, "127.0.0.1"),
        "another name": server_context(trusted, "other.example"),
        "expired": expired,
    }
    with ExitStack() as stack:
        servers = {name: stack.enter_context(odd_server({"/x": [[ok(b"hi")]]}, wrong[name])) for name in wrong}
        right = stack.enter_context(odd_server({"/x": [[ok(b"hi")]]}, server_context(trusted, "127.0.0.1")))
        crawled = crawl(
            *((name, f"{server.url}/x") for name, server in servers.items()),
            ("right", f"{right.url}/x"),
            environment={"SSL_CERT_FILE": str(tmp_path / "ca.pem")},
        )
    assert crawled.saw["right"]["status"] == 200
    for name, server in servers.items():
        facts = only_group(crawled, f"{server.url}/x")  # no request record: it never left
        assert (name, facts["outcome"]) == (name, "tls")
        assert not server.seen


@contextmanager
def greeting_server(greeting: bytes) -> Iterator[int]:
    """Say something to one client before it has asked; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(greeting)
                connection.shutdown(socket.SHUT_WR)
                connection.settimeout(5)
                with suppress(OSError):
                    while connection.recv(4096):
                        pass

        greeter = threading.Thread(target=greet, daemon=True)
        greeter.start()
        yield listener.getsockname()[1]
        greeter.join(timeout=10)


def test_a_server_that_speaks_no_tls_or_no_http_is_recorded(crawl: Crawl) -> None:
    with greeting_server(b"SSH-2.0-OpenSSH_9.9\r\n") as ssh, greeting_server(b"220 mail.example ESMTP\r\n") as mail:
        no_http, no_tls = f"http://127.0.0.1:{ssh}/", f"https://127.0.0.1:{mail}/"
        crawled = crawl(("no http", no_http), ("no tls", no_tls))
    assert only_group(crawled, no_tls)["outcome"] == "tls"
    group = [record for record in crawled.records if record.url == no_http]
    assert group[-1].facts["outcome"] == "truncated"
    assert [record.block for record in group if record.type == "response"] == [b"SSH-2.0-OpenSSH_9.9\r\n"]


def test_each_retry_and_each_hop_of_a_redirect_is_an_exchange_of_its_own(crawl: Crawl) -> None:
    answers: dict[str, list[Answer]] = {
        "/flaky": [[ok(b"no", b"Connection: close", status=b"500 Oh"), CLOSE], [HALF, CLOSE], [ok(b"yes")]],
        "/old": [[ok(b"", b"Location: /newer", status=b"301 Moved")]],
        "/newer": [[ok(b"", b"Location: /new", status=b"302 Moved")]],
        "/new": [[ok(PAGE)]],
    }
    with odd_server(answers) as server:
        crawled = crawl(
            {"name": "flaky", "url": f"{server.url}/flaky", "follow": True},
            {"name": "old", "url": f"{server.url}/old", "follow": True},
            settings={"RETRY_ENABLED": True, "RETRY_TIMES": 5},
        )
    assert [record.facts["outcome"] for record in crawled.of(f"{server.url}/flaky", "metadata")] == [
        "response",
        "truncated",
        "response",
    ]
    assert [record.block[9:12] for record in crawled.of(f"{server.url}/flaky", "response")] == [b"500", b"200", b"200"]
    assert crawled.saw["old"]["url"] == f"{server.url}/new"
    (last,) = crawled.of(f"{server.url}/new", "metadata")
    assert last.facts["via"] == f"{server.url}/newer"
    assert last.facts["role"] == "article"


def test_robots_txt_that_scrapy_fetches_by_itself_is_recorded_as_such(crawl: Crawl) -> None:
    robots = b"User-agent: *\nDisallow: /private\n"
    with odd_server({"/robots.txt": [[ok(robots)]], "/x": [[ok(PAGE)]]}) as server:
        crawled = crawl(("x", f"{server.url}/x"), settings={"ROBOTSTXT_OBEY": True})
    (record,) = crawled.of(f"{server.url}/robots.txt", "metadata")
    assert record.facts["role"] == "robots"
    assert crawled.of(f"{server.url}/robots.txt", "response")[0].block.endswith(robots)


def test_private_addresses_are_refused_before_anything_is_sent(crawl: Crawl) -> None:
    with odd_server({"/x": [[ok(PAGE)]]}) as server:
        urls = {
            "literal": f"{server.url}/x",
            "name": f"http://localhost:{server.port}/x",
            "number": f"http://2130706433:{server.port}/x",
            "mapped": f"http://[::ffff:127.0.0.1]:{server.port}/x",
        }
        crawled = crawl(*urls.items(), allow_private=False)
        assert not server.seen
    for name, url in urls.items():
        facts = only_group(crawled, url)
        assert (name, facts["outcome"]) == (name, "private")
        assert "allow_private" in facts["error"]
        assert crawled.saw[name]["error"] == "PrivateAddress"


def test_a_redirect_into_the_private_network_is_refused(crawl: Crawl) -> None:
    with odd_server({}) as inner:
        inner_url = f"{inner.url}/admin"
        with odd_server({"/out": [[ok(b"", b"Location: " + inner_url.encode(), status=b"302 Found")]]}) as outer:
            crawled = crawl(
                {"name": "out", "url": f"http://127.0.0.2:{outer.port}/out", "follow": True},
                allow_private=False,
                pretend_public=["127.0.0.2"],
            )
        assert not inner.seen
    assert crawled.of(f"http://127.0.0.2:{outer.port}/out", "response")
    assert only_group(crawled, inner_url)["outcome"] == "private"


def test_a_name_that_turns_private_after_its_first_answer_is_refused(crawl: Crawl) -> None:
    """DNS rebinding: the second question has another answer, and the connection was closed in between."""
    with odd_server({"/1": [[ok(PAGE, b"Connection: close"), CLOSE]], "/2": [[ok(PAGE)]]}) as server:
        first, second = (f"http://rebound.example:{server.port}/{n}" for n in (1, 2))
        crawled = crawl(
            ("1", first),
            ("2", second),
            allow_private=False,
            pretend_public=["127.0.0.2"],
            names={"rebound.example": [["127.0.0.2"], ["127.0.0.1"]]},
            settings={"DNSCACHE_ENABLED": False},
        )
        assert [seen.path for seen in server.seen] == ["/1"]
    assert crawled.saw["1"]["status"] == 200
    assert only_group(crawled, second)["outcome"] == "private"


def test_of_a_name_with_public_and_private_addresses_only_the_public_ones_are_tried(crawl: Crawl) -> None:
    with odd_server({"/x": [[ok(PAGE)]]}) as server:
        url = f"http://both.example:{server.port}/x"
        crawled = crawl(
            ("x", url),
            allow_private=False,
            pretend_public=["127.0.0.2"],
            names={"both.example": [["127.0.0.1", "10.0.0.1", "127.0.0.2"]]},
        )
    assert crawled.of(url, "response")[0].get("WARC-IP-Address") == "127.0.0.2"


def test_a_proxy_is_refused(crawl: Crawl) -> None:
    with odd_server({"/x": [[ok(PAGE)]]}) as server:
        url = f"{server.url}/x"
        crawled = crawl(("x", url), environment={"http_proxy": server.url, "no_proxy": ""})
    assert crawled.saw["x"]["status"] == 200  # the environment's proxy is not used
    assert crawled.of(url, "request")[0].block.startswith(b"GET /x HTTP/1.1\r\n")


def test_a_full_disk_stops_the_crawl_and_leaves_whole_groups_only(crawl: Crawl) -> None:
    noise = [random.Random(n).randbytes(30_000) for n in range(20)]
    with odd_server({f"/{n}": [[ok(body)]] for n, body in enumerate(noise)}) as server:
        crawled = crawl(*((str(n), f"{server.url}/{n}") for n in range(20)), file_limit=100_000)
    assert crawled.reason == "capture_failed"
    assert len(server.seen) < 20
    assert "CRITICAL" in crawled.log
    assert "File too large" in crawled.log
    whole = Spool(crawled.folder / "spool").recover()
    assert whole
    kept = [record for record in archived(crawled.folder / "spool") if record.type == "metadata"]
    seen = [saw for saw in crawled.saw.values() if saw["record_id"]]
    assert len(kept) == len(seen) >= 1
    assert any(saw.get("error") == "CaptureStopped" for saw in crawled.saw.values())


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"DOWNLOAD_HANDLERS": {"https": "scrapy.core.downloader.handlers.http2.H2DownloadHandler"}}, "http2"),
        ({"DOWNLOAD_HANDLERS": {"ftp": "scrapy.core.downloader.handlers.ftp.FTPDownloadHandler"}}, "ftp"),
        ({"DOWNLOAD_VERIFY_CERTIFICATES": False}, "DOWNLOAD_VERIFY_CERTIFICATES"),
        ({"HTTPCACHE_ENABLED": True}, "HTTPCACHE_ENABLED"),
        ({"DOWNLOAD_MAXSIZE": 0}, "DOWNLOAD_MAXSIZE"),
    ],
)
def test_a_crawl_that_could_fetch_past_the_capture_does_not_start(settings: dict[str, object], named: str) -> None:
    from scrapy.settings import Settings

    from crawlers.handler import capture_settings, require_capture

    wanted = capture_settings()
    handlers = {**wanted["DOWNLOAD_HANDLERS"], **settings.pop("DOWNLOAD_HANDLERS", {})}  # type: ignore[dict-item]
    require_capture(Settings(wanted))
    with pytest.raises(WireUnavailable, match=named):
        require_capture(Settings({**wanted, **settings, "DOWNLOAD_HANDLERS": handlers}))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("scrapy.core.downloader.handlers.http11", "_ScrapyAgent"),
        ("twisted.web._newclient", "HTTP11ClientProtocol"),
        ("scrapy.utils._download_handlers", "wrap_twisted_exceptions"),
    ],
)
def test_a_missing_internal_is_named_with_the_pinned_versions(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    from importlib import import_module

    monkeypatch.delattr(import_module(module), name)
    with pytest.raises(WireUnavailable, match=rf"{name}.* is missing.*scrapy 2\.19\.\* and twisted 26\.10"):
        wire_check.require_wire()


def test_a_changed_signature_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from twisted.web import _newclient

    def changed(self: object, request: object, more: object) -> None:
        """As a later Twisted might have it."""

    monkeypatch.setattr(_newclient.HTTP11ClientProtocol, "request", changed)
    with pytest.raises(WireUnavailable, match=r"HTTP11ClientProtocol.request takes \(self.*, more"):
        wire_check.require_wire()


def test_a_tap_that_loses_bytes_is_found_in_the_rehearsal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names are all there, but behave otherwise: here the end of a response is no longer told with what follows."""
    from crawlers import wire

    def silent(self: object, rest: bytes) -> None:
        """Tell nobody."""

    monkeypatch.setattr(wire.TapProtocol, "_finishResponse", silent)
    with pytest.raises(WireUnavailable, match="rehearsed exchange"):
        wire_check.require_wire()


def test_the_child_does_not_start_without_the_wire(tmp_path: Path) -> None:
    """As with a Twisted that lacks what the tap stands on: it ends at once, and says what is missing."""
    code = (
        "import sys, twisted.web._newclient as n; del n.LineReceiver.MAX_LENGTH;"
        "from crawlers.child import main; sys.exit(main([sys.argv[1]]))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "WireUnavailable: the byte-exact tap does not work here" in done.stderr
    assert "HTTPClientParser.MAX_LENGTH is missing" in done.stderr
