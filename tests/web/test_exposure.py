"""To whom the window is open, and under which names."""

from __future__ import annotations

import pytest

from web.security.exposure import ExposureRefused, exposure

TOKEN = "a-token-of-enough-characters"
WINDOW, ARCHIVE = "https://window.example", "https://archive.window.example"


@pytest.mark.parametrize(("host", "origin"), [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("::1", "[::1]")])
def test_on_this_machine_nobody_shows_a_token(host: str, origin: str) -> None:
    open_to = exposure(host, 8765, 8766)
    assert open_to.token is None
    assert open_to.origins.window == f"http://{origin}:8765"
    assert open_to.origins.archive == "http://archive.localhost:8766"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "window.example"])
def test_on_others_it_does_not_start_without_one(host: str) -> None:
    with pytest.raises(ExposureRefused, match="PALIMPSEST_TOKEN"):
        exposure(host, 8765, 8766, url=WINDOW, archive_url=ARCHIVE)


def test_nor_behind_a_proxy_that_others_reach() -> None:
    with pytest.raises(ExposureRefused, match="PALIMPSEST_TOKEN"):
        exposure("127.0.0.1", 8765, 8766, url=WINDOW, archive_url=ARCHIVE)
    with pytest.raises(ExposureRefused, match=r"can reach https://archive\.window\.example: give"):
        exposure("127.0.0.1", 8765, 8766, archive_url=ARCHIVE)
    open_to = exposure("127.0.0.1", 8765, 8766, url=WINDOW, archive_url=ARCHIVE, token=TOKEN)
    assert (open_to.origins.window, open_to.origins.archive) == (WINDOW, ARCHIVE)
    assert open_to.warning is None


@pytest.mark.parametrize("token", ["short", "", "with blanks in it, which is wrong", "ümlautümlautümlaut", "x" * 201])
def test_a_token_has_to_be_one(token: str) -> None:
    with pytest.raises(ExposureRefused, match="16 to 200"):
        exposure("127.0.0.1", 8765, 8766, token=token)


@pytest.mark.parametrize(
    "archive", [None, "http://192.0.2.7:8766", "http://192.0.2.8:8766", "https://window.example:444"]
)
def test_archived_pages_have_a_host_name_of_their_own(archive: str | None) -> None:
    url = WINDOW if archive and archive.startswith("https") else None
    with pytest.raises(ExposureRefused, match="--archive-url"):
        exposure("192.0.2.7", 8765, 8766, url=url, archive_url=archive, token=TOKEN)


@pytest.mark.parametrize(
    "url",
    [
        "window.example",
        "ftp://window.example",
        "https://window.example/here",
        "https://a:b@window.example",
        "http://x:y",
    ],
)
def test_an_address_has_to_be_that_of_a_host(url: str) -> None:
    with pytest.raises(ExposureRefused, match="--url"):
        exposure("127.0.0.1", 8765, 8766, url=url, archive_url=ARCHIVE, token=TOKEN)


@pytest.mark.parametrize("window", ["https://window.archive.example", "https://a.b.archive.example:444"])
def test_the_window_is_not_below_the_archives_host(window: str) -> None:
    with pytest.raises(ExposureRefused, match="hosts below it"):
        exposure("127.0.0.1", 8765, 8766, url=window, archive_url="https://archive.example", token=TOKEN)
    beside = exposure("127.0.0.1", 8765, 8766, url="https://myarchive.example", archive_url=ARCHIVE, token=TOKEN)
    assert beside.origins.window == "https://myarchive.example"


def test_a_session_is_not_handed_over_in_clear_text() -> None:
    with pytest.raises(ExposureRefused, match="https in --archive-url"):
        exposure("127.0.0.1", 8765, 8766, url=WINDOW, archive_url="http://archive.window.example", token=TOKEN)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_every_address_is_none_to_come_to(host: str) -> None:
    with pytest.raises(ExposureRefused, match="name it with --url"):
        exposure(host, 8765, 8766, archive_url="http://archive.lan:8766", token=TOKEN)


def test_a_token_in_clear_text_is_warned_of() -> None:
    open_to = exposure("192.0.2.7", 8765, 8766, archive_url="http://archive.lan:8766", token=TOKEN)
    assert open_to.origins.window == "http://192.0.2.7:8765"
    assert "clear text" in (open_to.warning or "")
