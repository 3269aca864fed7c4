"""The cookies that hold the names of sessions."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from web.origins import Origins

_MOST = 20  # of one name in a request; a browser sends one


@dataclass(frozen=True)
class SessionCookie:
    """One host's cookie. `domain` makes it one of the host's subdomains too, None of that host alone."""

    name: str
    same_site: str
    secure: bool
    domain: str | None = None

    def set(self, session: str) -> str:
        """Return the value of Set-Cookie that gives a session to a browser until it closes."""
        return f"{self.name}={session}{self._flags}"

    def unset(self) -> str:
        """Return the value of Set-Cookie that takes it away."""
        return f"{self.name}=; Max-Age=0{self._flags}"

    def sent(self, scope: Scope) -> list[str]:
        """Return all values that a request has under this name.

        Another page below the same domain may have set a second one. It is passed over, and shuts nobody out.
        """
        pairs = (
            part.strip().partition("=") for line in Headers(scope=scope).getlist("cookie") for part in line.split(";")
        )
        return [value for name, _, value in pairs if name == self.name][:_MOST]

    @property
    def _flags(self) -> str:
        domain = f"; Domain={self.domain}" if self.domain else ""
        return f"; Path=/; HttpOnly; SameSite={self.same_site}{domain}{'; Secure' if self.secure else ''}"


def window_cookie(origins: Origins) -> SessionCookie:
    """Return the window's: sent with nothing that another site leads to. With https no other host can set it."""
    secure = origins.window.startswith("https:")
    return SessionCookie("__Host-palimpsest" if secure else "palimpsest", "Strict", secure)


def archive_cookie(origins: Origins) -> SessionCookie:
    """Return that of the archive's host and the host below it where scripts run: the window leads to both."""
    secure = origins.archive.startswith("https:")
    name = "__Secure-palimpsest-archive" if secure else "palimpsest-archive"
    return SessionCookie(name, "Lax", secure, urlsplit(origins.archive).hostname)
