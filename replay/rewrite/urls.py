"""References in pages made absolute as browsers do it: the URL Standard, for http and https.

Other schemes have no place in the safe view, but for images within a page (`data:`). What is returned is ASCII without
blanks, quotes, brackets and dot segments: put behind a path of ours, a browser takes it for the same URL again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

_BLANK: Final = "".join(map(chr, range(0x21)))  # C0 controls and the space, which browsers strip from both ends
_IGNORED: Final = str.maketrans("", "", "\t\n\r")
# What most links look like: nothing in them has to be looked at twice. No segment begins with a dot ("%2e" is one).
_PLAIN_REST: Final = r"(?:/(?:[A-Za-z0-9_~-]|%(?!2[eE]))[A-Za-z0-9_~.%-]*)*+/?(?:\?[A-Za-z0-9_~.=&,/:;%+@!-]*)?"
_PLAIN: Final = re.compile(rf"https?://[a-z0-9](?:[a-z0-9.-]*[a-z])?{_PLAIN_REST}")
_PLAIN_PATH: Final = re.compile(rf"(?=/(?:[^/]|$)){_PLAIN_REST}")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SLASHES: Final = re.compile(r"[/\\]*")
_AUTHORITY: Final = re.compile(r"[^/\\?#]*")
_PORT: Final = re.compile(r":([0-9]*)$")
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")
_DOT: Final = frozenset({".", "%2e"})
_DOTS: Final = frozenset({"..", ".%2e", "%2e.", "%2e%2e"})
_DEFAULT: Final = {"http": 80, "https": 443}
_PATH_UNSAFE: Final = re.compile(r"[^A-Za-z0-9!$%&'()*+,/:;=@\[\]^_|~.-]++")
_QUERY_UNSAFE: Final = re.compile(r"[^A-Za-z0-9!$%&()*+,/:;=?@\[\\\]^_`{|}~.-]++")
LONGEST: Final = 65_536
"""A longer reference leads nowhere. Browsers take 2 MB, servers 8 kB."""


class Base:
    """The URL that references of a document are relative to, and the encoding that its queries are in."""

    def __init__(self, url: str, codec: str = "utf-8") -> None:
        """Raises ValueError where `url` is no http(s) URL with a host."""
        absolute = _whole(url, "utf-8")
        if absolute is None:
            raise ValueError(f"{url[:200]!r} is no http or https URL")
        self.url: Final = absolute
        self._codec = "utf-8" if codec.startswith(("utf-16", "utf_16")) else codec  # "output encoding" of the standard
        self._scheme = absolute.partition(":")[0]
        path_at = absolute.index("/", len(self._scheme) + 3)
        self._origin = absolute[:path_at]
        self._path = absolute[path_at:].partition("?")[0]

    def resolve(self, reference: str) -> str | None:
        """Return a reference as an absolute http(s) URL without fragment; None where it is none.

        >>> base = Base("https://news.example/a/b.html?p=1")
        >>> base.resolve(" ../c d.html?x=1#top "), base.resolve("//cdn.example"), base.resolve("?p=2")
        ('https://news.example/c%20d.html?x=1', 'https://cdn.example/', 'https://news.example/a/b.html?p=2')
        >>> base.resolve("java\\nscript:alert(1)"), base.resolve("http:x.html"), base.resolve("https:x.html")
        (None, 'http://x.html/', 'https://news.example/a/x.html')
        """
        if _PLAIN.fullmatch(reference):
            return _with_path(reference)
        if _PLAIN_PATH.fullmatch(reference):
            return self._origin + reference
        if len(reference) > LONGEST:
            return None
        reference = reference.strip(_BLANK).translate(_IGNORED).partition("#")[0]
        if scheme := _SCHEME.match(reference):
            name = scheme[1].lower()
            if name != self._scheme or reference.startswith(("/", "\\"), scheme.end()):
                return _whole(reference, self._codec)
            reference = reference[scheme.end() :]
        slashes = _SLASHES.match(reference)
        assert slashes is not None  # none at all match too
        if slashes.end() >= 2:
            return _whole(f"{self._scheme}:{reference}", self._codec)
        path, mark, query = reference.partition("?")
        if not path:
            return self.url if not mark else self._origin + self._path + "?" + _query(query, self._codec)
        if not slashes.end():
            path = self._path[: self._path.rindex("/") + 1] + path
        return self._origin + _path(path) + (f"?{_query(query, self._codec)}" if mark else "")


def _with_path(url: str) -> str:
    """Return a URL of host and query with the slash between them."""
    after = url.find("/", 8)
    mark = url.find("?", 8)
    if after >= 0 and (mark < 0 or after < mark):
        return url
    return f"{url}/" if mark < 0 else f"{url[:mark]}/{url[mark:]}"


def _whole(url: str, codec: str) -> str | None:
    """Return a URL that has its own scheme in the form of a browser's address bar; None where it is no http(s) URL."""
    url = url.strip(_BLANK).translate(_IGNORED).partition("#")[0]
    scheme = _SCHEME.match(url)
    if scheme is None or (name := scheme[1].lower()) not in _DEFAULT:
        return None
    slashes = _SLASHES.match(url, scheme.end())
    assert slashes is not None
    authority = _AUTHORITY.match(url, slashes.end())
    assert authority is not None
    place = authority[0].rpartition("@")[2]  # a name and password were never part of what is archived
    port = _PORT.search(place)
    if port:
        place = place[: port.start()]
    host = _host(place)
    if host is None or (port and port[1] and (len(port[1]) > 5 or int(port[1]) > 65535)):
        return None
    told = f":{int(port[1])}" if port and port[1] and int(port[1]) != _DEFAULT[name] else ""
    path, mark, query = url[authority.end() :].partition("?")
    return f"{name}://{host}{told}{_path(path)}" + (f"?{_query(query, codec)}" if mark else "")


@lru_cache(maxsize=1 << 10)
def _host(host: str) -> str | None:
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    host = host.lower()
    return host if len(host) <= 255 and _HOST.fullmatch(host) else None


def _path(path: str) -> str:
    path = path.replace("\\", "/")
    if "/." in path or "%2" in path:
        path = _walked(path)
    if not path.startswith("/"):
        path = f"/{path}"
    return _PATH_UNSAFE.sub(_percent, path)


def _walked(path: str) -> str:
    kept: list[str] = []
    segments = path.removeprefix("/").split("/")
    for number, segment in enumerate(segments):
        folded = segment.lower()
        if folded in _DOTS:
            if kept:
                kept.pop()
        elif folded not in _DOT:
            kept.append(segment)
            continue
        if number == len(segments) - 1:
            kept.append("")
    return "/" + "/".join(kept)


def _query(query: str, codec: str) -> str:
    if query.isascii():
        return _QUERY_UNSAFE.sub(_percent, query)
    # A page's encoding is that of its links' queries, too; what it has no bytes for goes as a character reference.
    return _QUERY_UNSAFE.sub(lambda found: quote(found[0].encode(codec, "xmlcharrefreplace"), safe=""), query)


def _percent(found: re.Match[str]) -> str:
    return quote(found[0], safe="")
