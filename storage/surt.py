"""The sort-friendly key of a URL (SURT), as the CDXJ of every other tool has it.

`http://www.Example.com:80/B/?y=2&x=1#f` becomes `com,example)/b?x=1&y=2`: the host reversed, then path and query, with
everything taken away that makes two spellings of one page differ. The rules are those of the IA canonicalizer that the
package `surt` 0.3.1 carries, odd ones included (a leading `www2.` goes, session ids go, all is lower case, `x:80` has
the scheme x): a key that differs from that of pywb or cdxj-indexer would find nothing in their indexes.

Three things are defined here where that package leaves them open:

* A URL that it fails on (a port that is no number or too large, nothing at all but white space), and one of more than
  64 KiB, is its own key, with white space percent-encoded. cdxj-indexer writes the URL as it is.
* A host of digits and dots that is no IPv4 address, such as `1.2.3.256`, is a name. The package asks the DNS.
* Of a host that is not ASCII the bytes that are not UTF-8 go; where it cannot be IDNA it is percent-encoded.
"""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from functools import lru_cache
from typing import Final
from urllib.parse import quote_from_bytes, unquote_to_bytes

# Most URLs of most sites: nothing to decode, to sort or to walk, and a host that is a name. Nothing here goes back on
# what it took (`++`): a stranger asks for any URL, and a host of 10,000 letters would stop the process for seconds.
_SIMPLE: Final = re.compile(r"(https?)://((?=[0-9.-]*+[a-z])[a-z0-9.-]++)((?:/[a-z0-9_~-][a-z0-9_.~-]*+)*+/?)")
_SCHEME: Final = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*:")
_REPEATED: Final = re.compile(rb"(?:https?://)+(?=https?://)")
_PARTS: Final = re.compile(rb"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?")
_NUMERIC: Final = re.compile(rb"(?:[1-9][0-9]*(?:\.[0-9]+){0,3}|0[0-7]*(?:\.[0-7]+){0,3})")
_IPV6: Final = re.compile(r"[^/?#]*//[^/?#\[]*\[([0-9A-Fa-f:.%]*)\]")
_WWW: Final = re.compile(rb"www[0-9]*\.")
_ESCAPED: Final = re.compile(rb"%[0-9A-Fa-f]{2}")
_NOTHING_TO_ESCAPE: Final = re.compile(rb"[A-Za-z0-9!\"$&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]*")
_SAFE: Final = rb"""!"$&'()*+,-./:;<=>?@[\]^_`{|}~"""
_DEFAULT_PORTS: Final = {b"http": 80, b"https": 443}
_PATH_SESSIONS: Final = (
    re.compile(rb"(?<=/)\((?:[a-z]\([0-9a-z]{24}\))++\)/"),
    re.compile(rb"(?<=/)\([0-9a-z]{24}\)/"),
)
_ASPX: Final = re.compile(rb"[^?]+\.aspx")
_QUERY_SESSIONS: Final = tuple(
    re.compile(rb"(.*)(?:" + session + rb")(?:&(.*))?", re.IGNORECASE | re.DOTALL)
    for session in (
        rb"jsessionid=[0-9a-z]{32}",
        rb"phpsessid=[0-9a-z]{32}",
        rb"sid=[0-9a-z]{32}",
        rb"aspsessionid[a-z]{8}=[a-z]{24}",
        rb"cfid=(?:(?!cfid=[^&])[^&])++&cftoken=[^&]+",  # of many in one value the last, as `.*` comes to it first
    )
)
_SESSION: Final = re.compile(rb"sid=|sessionid|cftoken=", re.IGNORECASE)
_PASSES: Final = 4
_LONGEST: Final = 1 << 16
_REMEMBERED: Final = 1 << 11


def surt(url: str) -> str:
    """Return the key of a URL.

    >>> surt("http://www.Example.com:80/B/?y=2&x=1#f")
    'com,example)/b?x=1&y=2'
    >>> surt("http://a.example:port/")
    'http://a.example:port/'
    """
    return _remembered(url) if len(url) <= _REMEMBERED else _key(url)


def same_host(one: str, other: str) -> bool:
    """Return whether two URLs of one SURT are of one host.

    Those of IPv6 addresses need not be: here as in the package a port stands behind the host like a part of it.

    >>> surt("http://[2001:db8::1]:8080/") == surt("http://[2001:db8::1:8080]/")
    True
    >>> same_host("http://[2001:db8::1]:8080/", "http://[2001:db8::1:8080]/")
    False
    """
    if "[" not in one or "[" not in other:
        return True
    hosts = [match[1].lower() for url in (one, other) if (match := _IPV6.match(url))]
    return len(set(hosts)) < 2


def _key(url: str) -> str:
    key = canonical_key(url)
    return "".join(f"%{ord(c):02X}" if c <= " " else c for c in url) if key is None else key


# The row and the CDXJ line of a capture ask for the same. Strangers ask, too, for URLs of any length.
_remembered = lru_cache(maxsize=1 << 13)(_key)


def canonical_key(url: str) -> str | None:
    """Return the key of a URL, None where the rules give it none."""
    if (
        len(url) < _LONGEST
        and (simple := _SIMPLE.fullmatch(url))
        and (site := _site(simple[1].encode(), simple[2].encode(), None))
    ):
        return site.decode("ascii") + (simple[3].rstrip("/") or "/")
    if not url:
        return "-"
    if url.startswith("filedesc"):
        return url
    raw = url.encode("utf-8", "surrogatepass").strip().translate(None, b"\t\n\r")
    if not raw or len(raw) > _LONGEST:
        return None
    if not _SCHEME.match(raw):
        raw = b"http://" + raw
    elif repeated := _REPEATED.match(raw):
        raw = raw[repeated.end() :]
    match = _PARTS.match(raw)
    assert match is not None  # it has a scheme, and whatever follows one is some part
    scheme, authority, path, query = match.groups()
    try:
        host, port = _host_and_port(authority or b"")
        if not host and path and scheme.startswith(b"http"):  # http:////www.example
            host, _, path = path.lstrip(b"/").partition(b"/")
            path = b"/" + path
        site = _site(scheme, host, port)
    except ValueError:
        return None
    path = _canonical_path(path, hosted=bool(site))
    query = _canonical_query(query) if query else b""
    key = (site or scheme + b":") + (path or (b"/" if query else b"")) + (b"?" + query if query else b"")
    return key.decode("ascii")


def _host_and_port(authority: bytes) -> tuple[bytes, int | None]:
    """Part host and port. Raises ValueError for a port that is none."""
    place = authority.rstrip(b":").rpartition(b"@")[2]
    if b"[" in place:
        host, _, rest = place.partition(b"[")[2].partition(b"]")
        digits = rest.partition(b":")[2]
    else:
        host, _, digits = place.partition(b":")
    if not digits:
        return host, None
    if not digits.isdigit() or int(digits) > 65535:
        raise ValueError("no port")
    return host, int(digits) or None


@lru_cache(maxsize=1 << 10)
def _site(scheme: bytes, host: bytes, port: int | None) -> bytes:
    """Return the key's part for the host, its bracket included; empty where there is no host. Raises ValueError."""
    host = _canonical_host(host)
    if scheme != b"dns" and (www := _WWW.match(host)):
        host = host[www.end() :]
    if not host:
        return b""
    told = b"" if port is None or port == _DEFAULT_PORTS.get(scheme.lower()) else b":%d" % port
    return b",".join(reversed(host.split(b"."))) + told + b")"


def _canonical_host(host: bytes) -> bytes:
    """Return a host in lower-case ASCII, addresses as four numbers. Raises ValueError for a number out of bounds."""
    host = _unescaped(host)
    if not host.isascii():
        with suppress(UnicodeError):
            host = host.decode("utf-8", "ignore").encode("idna")
    host = host.replace(b"..", b".").strip(b".")
    if host.isdigit():
        return socket.inet_ntoa((int(host) & 0xFFFFFFFF).to_bytes(4, "big")).encode("ascii")
    if _NUMERIC.fullmatch(host):
        try:
            return socket.inet_ntoa(socket.inet_aton(host.decode("ascii"))).encode("ascii")
        except OSError:
            return host
    return _escaped(host.lower()).lower()


def _canonical_path(path: bytes, *, hosted: bool) -> bytes:
    path = _unescaped(path)
    path = _escaped(_walked(path) if hosted else path).lower()
    for pattern in _PATH_SESSIONS if b")/" in path else ():
        path = _without_session(path, pattern)
    return path[:-1] if path.endswith(b"/") and len(path) > 1 else path


def _without_session(path: bytes, pattern: re.Pattern[bytes]) -> bytes:
    """Drop the last session of a path that a page of ASP.NET follows."""
    end = len(path)
    for session in reversed(list(pattern.finditer(path))):
        if _ASPX.match(path, session.end(), end):
            return path[: session.start()] + path[session.end() :]
        end = session.end() + len(b".aspx")  # what comes later would follow this session as well
    return path


def _walked(path: bytes) -> bytes:
    """Follow `.` and `..`, and drop empty segments; a `..` above the root stays."""
    kept: list[bytes] = []
    for segment in path.split(b"/")[1:]:
        if segment == b".":
            continue
        if segment == b".." and kept:
            kept.pop()
        else:
            kept.append(segment)
    return b"/" + b"".join(segment + b"/" for segment in kept[:-1] if segment) + b"".join(kept[-1:])


def _canonical_query(query: bytes) -> bytes:
    query = _escaped(_unescaped(query))
    for pattern in _QUERY_SESSIONS if _SESSION.search(query) else ():
        if match := pattern.fullmatch(query):
            query = match.group(1) + (match.group(2) or b"")
    query = query.lower()
    # By name, then value, and a name without "=" before the same name with an empty value.
    return b"&".join(b"=".join(pair) for pair in sorted(item.split(b"=", 1) for item in query.split(b"&")))


def _escaped(raw: bytes) -> bytes:
    if _NOTHING_TO_ESCAPE.fullmatch(raw):
        return raw
    return quote_from_bytes(raw, safe=_SAFE).encode("ascii")


def _unescaped(raw: bytes) -> bytes:
    """Undo percent-encoding until there is none left."""
    if b"%" not in raw:
        return raw
    for _ in range(_PASSES):
        if not _ESCAPED.search(raw):
            return raw
        raw = unquote_to_bytes(raw)
    if not _ESCAPED.search(raw):
        return raw
    # "%25252525…" takes a pass for each 25: once through with a stack instead, which ends at the same bytes, as no two
    # escapes overlap.
    out = bytearray()
    for byte in raw:
        out.append(byte)
        while len(out) > 2 and _ESCAPED.fullmatch(out, len(out) - 3):
            out[-3:] = bytes((int(out[-2:], 16),))
    return bytes(out)
