"""To whom the hosts are open: what they are called, and whether a token has to be shown. Pure."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from config.errors import ConfigError
from web.origins import Origins

LEAST_TOKEN: Final = 16


class ExposureRefused(ConfigError):
    """The window would be open to more people than it may be, or under a name that does not keep pages apart."""


@dataclass(frozen=True)
class Exposure:
    """The origins that browsers come to, and the token that they have to show; None where only this machine comes.

    `warning` is a sentence for whoever starts it, or None.
    """

    origins: Origins
    token: str | None
    warning: str | None = None


def exposure(
    host: str,
    port: int,
    archive_port: int,
    *,
    url: str | None = None,
    archive_url: str | None = None,
    token: str | None = None,
) -> Exposure:
    """Return how the window is open that listens on `host` and these ports.

    `url` and `archive_url` are what browsers come to where that is another name, such as that of a proxy. Raises
    ExposureRefused where others than this machine could come without a token, or where archived pages would share a
    host with the window.

    >>> exposure("127.0.0.1", 8765, 8766).origins.window
    'http://127.0.0.1:8765'
    """
    window = _origin(url, "--url") if url else f"http://{_in_url(host)}:{port}"
    public = [
        origin for origin in (window, archive_url and _origin(archive_url, "--archive-url")) if _is_public(origin)
    ]
    is_local = is_loopback(host) and not public
    if token is None and not is_local:
        raise ExposureRefused(
            f"others than this machine can reach {public[0] if is_loopback(host) else host}: give a token of at least"
            f" {LEAST_TOKEN} characters in PALIMPSEST_TOKEN, which everybody who comes has to show"
        )
    if token is not None and not re.fullmatch(rf"[\x21-\x7e]{{{LEAST_TOKEN},200}}", token):
        raise ExposureRefused(
            f"the token must have {LEAST_TOKEN} to 200 characters, of ASCII and no blanks:"
            " `python3 -c 'import secrets; print(secrets.token_urlsafe(32))'` makes one"
        )
    if _hostname(window) in _NO_ADDRESS:
        raise ExposureRefused(
            f"{host} is every address of this machine and none to come to, and only requests for the window's own name"
            " are answered: name it with --url, as browsers know it (docs/window.md)"
        )
    archive = _archive(window, archive_port, archive_url, is_local=is_local)
    if token is not None and window.startswith("https:") and archive.startswith("http:"):
        raise ExposureRefused(
            f"--url is {window} and --archive-url {archive}: whoever listens on the network would get the session that"
            " is handed over. Put a server that speaks https before both ports, and name https in --archive-url, too"
        )
    in_clear = token is not None and not is_local and window.startswith("http:")
    return Exposure(Origins(window, archive), token, _IN_CLEAR if in_clear else None)


_NO_ADDRESS: Final = ("0.0.0.0", "::")  # noqa: S104  (which is refused here)

_IN_CLEAR: Final = (
    "The token crosses the network in clear text. Put a server that speaks https before both ports, and name its"
    " addresses with --url and --archive-url (docs/window.md)."
)


def _archive(window: str, port: int, url: str | None, *, is_local: bool) -> str:
    if url is None and not is_local:
        raise ExposureRefused(
            "archived pages need a host name of their own, since cookies ignore ports: name it with --archive-url, and"
            f" the window's with --url where it is not {window} (docs/window.md)"
        )
    archive = _origin(url, "--archive-url") if url else f"http://archive.localhost:{port}"
    host = _hostname(archive)
    if host == _hostname(window) or _is_address(host):
        raise ExposureRefused(
            f"--archive-url is {archive}: archived pages need a host *name* that is not the window's, since cookies"
            " ignore ports, and scripts run on a name below it (docs/window.md)"
        )
    if _hostname(window).endswith(f".{host}"):
        raise ExposureRefused(
            f"the window is {window}, which is below {archive}: what the archive's host sets reaches all hosts below"
            " it. Let --archive-url be a name below the window's, or beside it (docs/window.md)"
        )
    return archive


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach a host: a loopback address, localhost, or a name below it.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "archive.localhost", "0.0.0.0", "example.org")]
    [True, True, True, False, False]
    """
    if _is_address(host):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost" or host.endswith(".localhost")


def _is_public(origin: str | None) -> bool:
    return origin is not None and not is_loopback(_hostname(origin))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _in_url(host: str) -> str:
    """Return a host as it stands in a URL; the window has one name on this machine, and localhost leads to it."""
    return f"[{host}]" if ":" in host else "127.0.0.1" if host == "localhost" else host


def _hostname(origin: str) -> str:
    return urlsplit(origin).hostname or ""


def _origin(url: str, option: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ExposureRefused(f"{option} {url!r} is no address of a host: write https://window.example")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ExposureRefused(f"{option} {url!r} must end after the host: the window is served at the root of its host")
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{_in_url(parts.hostname)}{'' if port in (None, default) else f':{port}'}"
