"""From what a page writes as an address to a URL that can be asked for."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

LONGEST_URL: Final = 2048
_DROPPED: Final = re.compile(r"[\t\r\n]")  # browsers drop these from the middle of an address (WHATWG URL §4.4)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


def absolute(base: str, written: str) -> str | None:
    """Return the http(s) URL that `written` means on a page at `base`, without its fragment, or None if it is none.

    Other schemes, user names, hosts without a name and URLs of more than 2,048 characters give None. The default port
    goes, an empty path becomes "/", and what may not stand in a URL is percent-encoded as browsers do.

    >>> absolute("http://a.example/x/index.html", " ../img/a b.png?v=1#top ")
    'http://a.example/img/a%20b.png?v=1'
    >>> absolute("http://a.example/", "//B.example:80"), absolute("http://a.example/", "data:image/png;base64,AA==")
    ('http://b.example/', None)
    """
    written = _DROPPED.sub("", written[: 4 * LONGEST_URL]).strip("\x00\x01\x0b\x0c\x1f ")
    try:
        url = safe_url_string(urljoin(base, urldefrag(written).url))
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # such as http://[::1 or a port that is no number
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    url = urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))
    return url if len(url) <= LONGEST_URL else None


def host_of(url: str) -> str:
    """Return the host name of a URL, in small letters, without the port: what politeness is kept towards.

    >>> host_of("http://A.example:8080/x")
    'a.example'
    """
    return urlsplit(url).hostname or ""
