"""Where a redirect or a refresh from an article's URL leads, as far as its two addresses tell. Pure."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


class Leads(StrEnum):
    """Where a redirect leads. Only ELSEWHERE says that the article may stand at another place."""

    ITSELF = "itself"  # whoever sends one wants a cookie to come back
    SAME = "same"  # the same page by another spelling of its address: what stands behind it is what the URL shows
    GATE = "gate"  # a check, a login, a consent or a notice of maintenance, from where one is sent back
    FRONT = "front"  # a home page, the index of a folder that the article stood in, or an error page
    ELSEWHERE = "elsewhere"


_INDEXES: Final = frozenset({"", "index", "home", "default"})
_ERRORS: Final = frozenset({"404", "410", "error", "notfound", "not-found", "not_found", "page-not-found"})
_GATES: Final = frozenset(
    {"cdn-cgi", "challenge", "waf", "verify", "verification", "validate", "security-check", "sorry"}
    | {"antibot", "anti-bot", "antispider", "login", "signin", "sign-in", "sso", "oauth", "consent", "cookie-consent"}
)
_GATE_HOSTS: Final = _GATES - {"sorry"} | {"passport", "auth", "accounts"}
_STOPS: Final = frozenset(
    {"maintenance", "under-maintenance", "unavailable", "busy", "overload", "queue", "waiting-room", "paywall"}
    | {"geoblock", "geo-block", "geoblocked", "geo-blocked", "gdpr", "cookiewall", "cookie-wall", "age-gate"}
)
"""Gates where the address ends in one of these: in its middle they may be a section's name."""
_CAPTCHA: Final = re.compile("captcha|__cf_chl", re.IGNORECASE)

_EDITION: Final = re.compile(r"^(?:www\d*|m|wap|mobile|3g|h5|touch|amp)\.(?=[^.]+\.)")
_PORTS: Final = {"http": 80, "https": 443}
_SUFFIX: Final = re.compile(r"\.(?:[sx]?html?|php|aspx?|jsp)$")
_INDEX: Final = re.compile(r"/(?:index|default)$")
_SLASHES: Final = re.compile("//+")
_SESSION: Final = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_FIRST: Final = re.compile(r"(\d{5,})[-_.]")
_LAST: Final = re.compile(r"[-_.](\d{5,})\Z")
_LETTER: Final = re.compile(r"[^\W\d_]")
_DATE: Final = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-3]\d)?")  # many articles have the same
_TRACKING: Final = re.compile(
    r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|spm|_ga|ref|ref_src|cmpid|share_\w+|jsessionid|phpsessid|sid",
    re.IGNORECASE,
)


def leads(url: str, location: str) -> Leads:
    """Return where a redirect from `url` to `location` (absolute, as the table of captures has it) leads.

    Where the two addresses leave it open between a gate and the front it is a gate, as from that nothing follows.

    >>> url = "http://a.example/en/2026/1.html"
    >>> [leads(url, to).value for to in (url + "#top", "http://a.example/en/", "http://b.example/2026/1.html")]
    ['itself', 'front', 'elsewhere']
    >>> leads("http://a.example:99999/", "http://a.example/1").value
    'elsewhere'
    >>> leads(url, "https://www.a.example/en/2026/1.html").value
    'same'
    >>> leads(url, "http://a.example/user/login.html?back=http%3A%2F%2Fa.example%2Fen%2F2026%2F1.html").value
    'gate'
    """
    if location.partition("#")[0] == url.partition("#")[0]:
        return Leads.ITSELF
    try:
        return _leads(url, urlsplit(url), urlsplit(location))
    except ValueError:  # a port that is no number, or no address at all
        return Leads.ELSEWHERE


def _leads(url: str, here: SplitResult, there: SplitResult) -> Leads:
    if _is_same(here, there):
        return Leads.SAME
    names = [part.partition(".")[0].lower() for part in there.path.split("/")]
    if names[-1] in _ERRORS or (names[-1] == "" and len(names) > 1 and names[-2] in _ERRORS):
        return Leads.FRONT
    if _carries(there, url, here) or _is_gate(there, names):
        return Leads.GATE
    if _adds_only(here, there):
        return Leads.SAME
    if names[-1] in _INDEXES and (len(names) <= 2 or _stood_in(here, there)):
        return Leads.FRONT
    return Leads.ELSEWHERE


def same_page(one: str, other: str) -> bool:
    """Tell whether two addresses are spellings of one: where one leads to the other, the page has not gone anywhere.

    http and https, `www.` and hosts of editions for other devices (`m.`, `wap.`), small letters and large, a slash or
    an index page's name at the end, the suffix of the file, percent-encoding, a session's id, words of the headline
    beside the article's number, and parameters that only tell where a reader came from.

    >>> same_page("http://a.example/en/1.html", "https://www.a.example:443/en/1/?utm_source=rss")
    True
    >>> same_page("http://a.example/en/1.html", "http://a.example/cn/1.html")
    False
    """
    try:
        return _is_same(urlsplit(one), urlsplit(other))
    except ValueError:  # a port that is no number
        return False


def _is_same(here: SplitResult, there: SplitResult) -> bool:
    return _same_port(here, there) and _spelled(here) == _spelled(there)


def _same_port(here: SplitResult, there: SplitResult) -> bool:
    """Tell whether two ports may be of one site: http and https cannot share one, so theirs are not compared."""
    return here.scheme != there.scheme or (here.port or _PORTS.get(here.scheme)) == (
        there.port or _PORTS.get(there.scheme)
    )


def _spelled(parts: SplitResult) -> tuple[str, str, list[tuple[str, str]]]:
    host = _EDITION.sub("", (parts.hostname or "").rstrip("."))
    path = _SLASHES.sub("/", unicodedata.normalize("NFC", unquote(_SESSION.sub("", parts.path))).lower()).rstrip("/")
    path = _INDEX.sub("", _SUFFIX.sub("", path)).rstrip("/")
    folder, slash, name = path.rpartition("/")
    return host, folder + slash + _without_words(name), sorted(_telling(parts))


def _without_words(name: str) -> str:
    """Return the number that a name begins or ends with, without the words beside it, which follow the headline."""
    found = _FIRST.match(name) or _LAST.search(name)
    if found is None or _DATE.fullmatch(found[1]) or _LETTER.search(name) is None:
        return name
    return found[1]


def _telling(parts: SplitResult) -> list[tuple[str, str]]:
    """Return the parameters of an address that may tell which page is meant."""
    asked = parse_qsl(parts.query, keep_blank_values=True)
    return [(name, value) for name, value in asked if not _TRACKING.fullmatch(name)]


def _adds_only(here: SplitResult, there: SplitResult) -> bool:
    """Tell whether an address is the page's with parameters added, as checks for cookies and editions do."""
    *where, asked = _spelled(here)
    *to, asks = _spelled(there)
    had = set(asked)
    added = [pair for pair in asks if pair not in had]
    if (
        where != to
        or not _same_port(here, there)
        or len(asks) - len(added) < len(asked)
        or not {name for name, _ in asked}.isdisjoint(dict(added))
    ):
        return False
    return bool(asked or where[1]) and _ERRORS.isdisjoint(text.lower() for pair in added for text in pair)


def _carries(there: SplitResult, url: str, here: SplitResult) -> bool:
    """Tell whether an address has the URL that was asked for among its parameters, to send the reader back to it."""
    if len(here.path) < 2:
        return False
    wanted = {url, url.partition("://")[2], here.path, f"{here.path}?{here.query}"}
    return any(value in wanted for _, value in parse_qsl(there.query))


def _is_gate(there: SplitResult, names: list[str]) -> bool:
    host = (there.hostname or "").split(".")
    last = names[-1] or (names[-2] if len(names) > 1 else "")
    return (
        _CAPTCHA.search(f"{there.netloc}{there.path}?{there.query}") is not None
        or not _GATES.isdisjoint(names)
        or last in _STOPS
        or not _GATE_HOSTS.isdisjoint(host[:-2])
    )


def _stood_in(here: SplitResult, there: SplitResult) -> bool:
    """Tell whether an index is that of a folder in which the article's page stood, however deep."""
    folder = f"{there.path.rpartition('/')[0]}/"
    if here.hostname != there.hostname or not here.path.startswith(folder):
        return False
    rest = here.path[len(folder) :]
    return rest.partition(".")[0].lower() not in _INDEXES or (bool(here.query) and not there.query)
