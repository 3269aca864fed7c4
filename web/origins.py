"""The two origins, which are different hosts: cookies ignore ports, so that a port alone is no wall (RFC 6265 §8.5)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Origins:
    """Scheme, host and port of the window and of the archive's host, with no slash at the end.

    >>> Origins().window_aliases
    ('http://localhost:8765',)
    """

    window: str = "http://127.0.0.1:8765"
    archive: str = "http://archive.localhost:8766"

    @property
    def window_aliases(self) -> tuple[str, ...]:
        """Other names that lead to the window: what people type instead of 127.0.0.1."""
        parts = urlsplit(self.window)
        return (f"{parts.scheme}://localhost:{parts.port}",) if parts.hostname == "127.0.0.1" else ()
