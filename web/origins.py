"""The three origins, each a host of its own: cookies ignore ports, so that a port alone is no wall (RFC 6265 §8.5)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Origins:
    """Scheme, host and port of the window and of the archive's host, with no slash at the end.

    >>> Origins().window_aliases
    ('http://localhost:8765',)
    >>> Origins().replay
    'http://replay.archive.localhost:8766'
    """

    window: str = "http://127.0.0.1:8765"
    archive: str = "http://archive.localhost:8766"

    @property
    def window_aliases(self) -> tuple[str, ...]:
        """Other names that lead to the window: what people type instead of 127.0.0.1."""
        parts = urlsplit(self.window)
        return (f"{parts.scheme}://localhost:{parts.port}",) if parts.hostname == "127.0.0.1" else ()

    @property
    def programs(self) -> str | None:
        """Where programs on this machine ask the archive's host; None where its name is one that every program knows.

        >>> Origins().programs
        'http://127.0.0.1:8766'
        """
        archive = urlsplit(self.archive)
        if not (archive.hostname or "").endswith(".localhost"):
            return None
        return (
            f"{archive.scheme}://{'[::1]' if urlsplit(self.window).hostname == '::1' else '127.0.0.1'}:{archive.port}"
        )

    @property
    def archive_aliases(self) -> tuple[str, ...]:
        """Other names that lead to the archive's host: what people type instead of it."""
        archive = urlsplit(self.archive)
        return (self.programs, f"{archive.scheme}://localhost:{archive.port}") if self.programs else ()

    @property
    def one_site(self) -> bool:
        """Whether browsers take both hosts for one site: a session that was handed over comes along in frames then.

        >>> Origins().one_site, Origins("https://window.a.example", "https://archive.a.example").one_site
        (False, True)
        """
        window, archive = urlsplit(self.window), urlsplit(self.archive)
        ends = [(host.hostname or "").split(".")[-2:] for host in (window, archive)]
        is_name = len(ends[0]) == 2 and not ends[0][-1].isdigit()
        return window.scheme == archive.scheme and ends[0] == ends[1] and is_name

    @property
    def replay(self) -> str:
        """Where archived pages run their scripts (docs/decisions/0010).

        Below the archive's host, so that both are one site: browsers that refuse storage to other sites' frames would
        let no service worker run there.
        """
        parts = urlsplit(self.archive)
        return f"{parts.scheme}://replay.{parts.netloc}"


def host_of(origin: str) -> str:
    """Return what a browser sends as `Host` to an origin.

    >>> host_of("http://archive.localhost:8766"), host_of("https://archive.example")
    ('archive.localhost:8766', 'archive.example')
    """
    return urlsplit(origin).netloc.lower()
