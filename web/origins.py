"""The two origins, which are different hosts: cookies ignore ports, so that a port alone is no wall (RFC 6265 §8.5)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Origins:
    """Scheme, host and port of the window and of the archive's host, with no slash at the end."""

    window: str = "http://127.0.0.1:8765"
    archive: str = "http://archive.localhost:8766"
