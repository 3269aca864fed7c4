"""What the demo outlet does on the wire."""

from __future__ import annotations

import gzip
import http.client
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import zlib
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from demo import assets, stories
from demo.images import HEIGHT, WIDTH
from demo.script import BASE, DAYS, newsroom
from demo.server import DemoServer, PortTaken

ROOT = Path(__file__).resolve().parents[2]
LATEST = f"/{stories.LATEST.folder}"


def test_a_port_that_is_taken_is_told_in_words(site: DemoServer) -> None:
    port = urlsplit(site.url).port
    assert port
    with pytest.raises(PortTaken, match=rf"127\.0\.0\.1:{port} .*end what listens there"), DemoServer(port):
        pass


def test_it_ends_clean_and_frees_its_port() -> None:
    before = threading.active_count()
    with DemoServer() as site:
        port = urlsplit(site.url).port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/robots.txt")
        assert connection.getresponse().read() == b"User-agent: *\nDisallow: /ysym/\n"
    # the connection is still open on our side: it must not hold the server up
    connection.close()
    assert threading.active_count() == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port or 0), timeout=5).close()


def test_an_unknown_path_is_a_404_with_a_meta_refresh(get) -> None:
    got = get("/2025xb/nothing/26999999.html")
    assert got.status == 404
    assert re.search(rb'http-equiv="refresh" content="5;url=http://127', got.body)


def test_the_soft_404_is_the_same_page_and_says_200(get) -> None:
    soft, hard = (get(f"{LATEST}/{number}.html") for number in (stories.SOFT_404, stories.DEAD_LINK))
    assert (soft.status, hard.status) == (200, 404)
    assert soft.body == hard.body


def test_both_dead_links_stand_in_a_listing(get) -> None:
    listing = get(f"{LATEST}/index.html").body + get(f"{LATEST}/index_2.html").body
    for number in (stories.SOFT_404, stories.DEAD_LINK):
        assert f"/{number}.html".encode() in listing


def test_the_server_has_one_listing_page_more_than_the_pager_announces(get) -> None:
    call = re.compile(rb"createPageHTML\(\s*'(\d+)',\s*'(\d+)',\s*'index',\s*'html',\s*'\d+',\s*'fenye'\s*\)")
    first = get(f"{LATEST}/index.html")
    found = call.search(first.body)
    assert found
    announced = int(found[1])
    assert announced == 2
    hidden = get(f"{LATEST}/index_{announced + 1}.html")
    assert hidden.status == 200
    assert f"/{stories.ICE_ROAD}.html".encode() in hidden.body
    assert f"/{stories.ICE_ROAD}.html".encode() not in re.sub(rb'(?s)class="col-md-3-10.*', b"", first.body)
    assert get(f"{LATEST}/index_{announced + 2}.html").status == 404


def test_an_etag_and_a_date_are_answered_with_304(get) -> None:
    first = get(f"{LATEST}/{stories.FOG}.html")
    assert first.status == 200
    by_date = get(f"{LATEST}/{stories.FOG}.html", If_Modified_Since=first.headers["last-modified"])
    assert (by_date.status, by_date.body) == (304, b"")
    picture = get(assets.BACKGROUND)
    assert get(assets.BACKGROUND, If_None_Match=f'"other", W/{picture.headers["etag"]}').status == 304
    assert get(assets.BACKGROUND, If_None_Match='"other"').status == 200


def test_an_etag_that_differs_wins_over_a_date_that_does_not(get) -> None:
    got = get(assets.BACKGROUND)
    fields = {"If_Modified_Since": got.headers["last-modified"], "If_None_Match": '"other"'}
    assert get(assets.BACKGROUND, **fields).status == 200


@pytest.mark.parametrize("when", ["yesterday", "Sat, 32 Jan 2026 00:00:00 GMT", "Sat, 24 Jan 1970 00:00:00 GMT"])
def test_a_date_that_is_none_or_old_gets_the_page(get, when: str) -> None:
    assert get(f"{LATEST}/{stories.FOG}.html", If_Modified_Since=when).status == 200


def test_some_pages_have_no_validators(get) -> None:
    got = get(f"/{stories.BILINGUAL.folder}/{stories.BEES}.html")
    assert "etag" not in got.headers
    assert "last-modified" not in got.headers
    assert got.headers["content-type"] == "text/html"  # and no charset: the meta has to be read
    assert "蜂蜜".encode() in got.body


def test_some_pages_come_as_gzip_in_chunks_and_are_the_same_bytes_each_time(get) -> None:
    path = f"/{stories.TRAINING.folder}/{stories.RADIO}.html"
    plain, coded, again = get(path), get(path, Accept_Encoding="gzip"), get(path, Accept_Encoding="gzip")
    assert coded.headers["content-encoding"] == "gzip"
    assert coded.headers["transfer-encoding"] == "chunked"
    assert coded.body == again.body
    assert gzip.decompress(coded.body) == plain.body
    assert coded.headers["etag"] != plain.headers["etag"]


def test_head_has_the_headers_and_no_body_and_post_is_refused(get) -> None:
    head = get(assets.BACKGROUND, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(get(assets.BACKGROUND).body))
    assert get("/", "POST").status == 405


def test_pictures_are_whole_pngs_of_a_real_weight(get) -> None:
    story = next(shown.story for shown in newsroom(0).shown if shown.story.pictures)
    got = get(story.picture_path(story.pictures[0]))
    assert str(story.id) in story.picture_path(story.pictures[0])
    assert 20_000 < len(got.body) < 60_000
    assert got.body[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", got.body[16:24])
    assert (width, height) == (WIDTH, HEIGHT)
    length = struct.unpack(">I", got.body[33:37])[0]
    assert len(zlib.decompress(got.body[41 : 41 + length])) == HEIGHT * (1 + 3 * WIDTH)


def test_style_sheets_lead_to_everything_they_name(get) -> None:
    seen: set[str] = set()
    waiting = [assets.STYLES_CSS, assets.STYLES_2025_CSS]
    while waiting:
        path = urlsplit(waiting.pop()).path
        if path in seen:
            continue
        seen.add(path)
        got = get(path)
        assert got.status == 200, path
        if got.headers["content-type"] == "text/css":
            found = re.findall(r"url\(['\"]?([^'\")]+)|@import\s+\"([^\"]+)\"", got.body.decode())
            waiting += [urljoin(path, a or b) for a, b in found]
    assert {assets.BASE_CSS, assets.PAGER_CSS, assets.FONT, assets.BACKGROUND} <= seen


def test_requests_are_kept_with_the_day_they_came_on(site: DemoServer, get) -> None:
    site.set_day(2)
    get(f"/{stories.TRAINING.folder}/{stories.MAST}.html", User_Agent="test/1", If_None_Match='"x"')
    last = site.requests[-1]
    assert (last.day, last.method, last.status, last.conditional, last.user_agent) == (2, "GET", 503, True, "test/1")


def test_content_follows_the_base_date() -> None:
    with DemoServer(base=date(2031, 5, 6)) as site:
        connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=10)
        connection.request("GET", f"{LATEST}/{stories.FOG}.html")
        body = connection.getresponse().read().decode()
        connection.close()
    assert "<dd>2031-05-05 09:12:44</dd>" in body
    assert "2026-01" not in re.sub(r"(?s)<div class=\"col-md-3-10.*", "", body)


def test_a_day_before_the_first_is_refused_and_one_after_the_last_stands_still(site: DemoServer) -> None:
    with pytest.raises(ValueError, match="begins on day 0"):
        site.set_day(-1)
    last, later = newsroom(DAYS - 1, BASE), newsroom(DAYS + 3, BASE)
    assert last.shown == later.shown


def test_it_can_be_looked_at_from_the_command_line(site: DemoServer) -> None:
    command = [sys.executable, "-m", "demo", "--day", "1", "--port"]
    with subprocess.Popen([*command, "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        first = running.stdout.readline()
        assert re.fullmatch(r"day 1 at http://127\.0\.0\.1:\d+/ \(Ctrl-C ends it\)\n", first)
        assert any(line.startswith("  changed") and "headline" in line for line in running.stdout)
        running.send_signal(signal.SIGINT)
        assert running.wait(15) == 0
    taken = subprocess.run(
        [*command, site.url.rpartition(":")[2]], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert taken.returncode == 1
    assert "choose another port" in taken.stderr
