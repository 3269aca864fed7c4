"""What a page is that no reader claims: no article at all, or one that we can't be sure of.

No article is only what says so and holds little else. A template that was changed brings whole articles here, with
everything that pages have: a refresh of themselves, a form with a captcha, a headline with "not found" in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import XPath, _Element

from articles.document import Document
from articles.leads import Leads, leads
from articles.not_found import says_not_found

VERSION = 3
"""Raised whenever `judge` may judge the same page otherwise: it is part of the id of readings that no reader made."""

LITTLE: Final = 800
"""Characters of running text, one of Chinese or Japanese counted as three: a page with more is no notice.

A notice for a missing page is a few sentences. So are short reports (those in tests/fixtures/outlets have 100 to 620,
the site's frame included), so this alone makes nothing a notice."""

SHELL: Final = 400
"""A page with more is not only a refresh."""

UNKNOWN_TEMPLATE: Final = "unknown template: no reader of the outlet claims the page"
"""Why `judge` is in doubt of a page that says nothing against its being an article."""

_SOON: Final = 60.0
"""Seconds. Pages that reload themselves, or leave for the front page when nobody reads on, wait for longer."""

_CHALLENGE = re.compile(
    r"cf-chl|_cf_chl_|/orchestrate/chl_page|<title>\s*just a moment|g-recaptcha|h-captcha|geetest|acw_sc__v2|"
    r"_guard/|/waf/|aliyun_waf|安全验证|人机验证|滑动验证|访问验证|verify you are (?:a )?human|access denied",
    re.IGNORECASE,
)
_BUSY = re.compile(
    r"\bmaintenance\b|temporarily (?:unavailable|down|offline)|service unavailable|too many requests|"
    r"be (?:right )?back (?:soon|shortly)|系统维护|系統維護|升级维护|网站维护|正在维护|"
    r"服务器繁忙|访问过于频繁|暂停服务",
    re.IGNORECASE,
)
_SEARCHED = 200_000
_NO_CHALLENGE = frozenset({404, 410})
_SENTENCES: Final = re.compile(r"[.!?。！？\n]+(?:\s|$)|(?<=[。！？])")
_MOST_SENTENCES: Final = 4

_REFRESHES: Final = XPath(
    "//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh'][not(ancestor::noscript or ancestor::template)]"
)
_REFRESH: Final = re.compile(
    r"\s*+([0-9.]*+)(?:\s*+[;,]|\s)\s*+(?:url\s*+=\s*+)?(['\"]?)(.+)", re.IGNORECASE | re.DOTALL
)
"""As the HTML standard reads it: a delay, then an address that may have quotes around it."""
_TITLE: Final = XPath("string(//title)")
_HEADINGS: Final = XPath("//h1 | //h2")
_MOST_HEADINGS: Final = 5
_APART: Final = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "select", "button", "svg"}
    | {"iframe", "object", "a"}
)
"""Their text is not the page's running text."""


def judge(document: Document) -> tuple[bool, str]:
    """Return whether the page may be an article all the same (doubtful), and why.

    False, it is no article: the server said so, or it holds little text and says that a page was not found, or is
    only a refresh that leads elsewhere, as the shell that the PLA's sites send for a missing page. True: a challenge
    page, whatever its status (they come with 200, 202, 302, 403 and 503), a notice of maintenance, or a template that
    no reader of the outlet knows; each may hide an article. "Not found" stays that: a form with a captcha stands on
    many such pages.
    """
    status = document.page.status
    challenge = status not in _NO_CHALLENGE and _CHALLENGE.search(document.text[:_SEARCHED])
    if status != 200:
        return (True, _ASKED) if challenge else (False, f"the server answered {status}")
    root = document.whole.root
    if root is None:
        return True, _ASKED if challenge else UNKNOWN_TEMPLATE if document.text.strip() else "empty page"
    words = list(_running(root))
    length = sum(map(_length, words))
    if length <= LITTLE:
        said = _notice(document, root, " ".join(words), length)
        if challenge:
            return True, _ASKED
        if said is not None:
            return said
    return True, UNKNOWN_TEMPLATE if document.text.strip() else "empty page"


_ASKED: Final = "challenge page: the outlet asked for proof that we are a person"


def _notice(document: Document, root: _Element, text: str, length: int) -> tuple[bool, str] | None:
    """Return what a page with little text says of itself, None where it says nothing."""
    title = _line(str(_TITLE(root)))
    headings = [_line("".join(map(str, heading.itertext()))) for heading in _found(_HEADINGS, root)]
    for line in (title, *headings[:_MOST_HEADINGS]):
        if says_not_found(line):
            return False, f"the title says {line!r}"
    if _BUSY.search(f"{title}\n{text}"):
        return True, "notice: the outlet says that it is down or busy"
    if length <= SHELL:
        for target in _refreshes(document, root):
            leads_to = leads(document.page.url, target)
            if leads_to is Leads.GATE:
                return True, _ASKED
            if leads_to in (Leads.FRONT, Leads.ELSEWHERE):
                return False, "shell: a refresh that leads to another page, as the site sends for a missing one"
    if any(map(says_not_found, _SENTENCES.split(text)[:_MOST_SENTENCES])):
        return False, f"the page says {text[:200]!r}"
    return None


def _refreshes(document: Document, root: _Element) -> Iterator[str]:
    """Yield where the page leads to within a moment."""
    for meta in _found(_REFRESHES, root):
        written = _REFRESH.match(meta.get("content") or "")
        if written is None or _seconds(written[1]) > _SOON:
            continue
        quote, address = written[2], written[3]
        target = document.absolute(address.partition(quote)[0] if quote else address)
        if target is not None:
            yield target


def _seconds(written: str) -> float:
    try:
        return float(written or 0)
    except ValueError:  # "1.2.3"
        return 0.0


def _running(root: _Element) -> Iterator[str]:
    """Yield the page's running text: what is neither a link nor the site's frame, in its order."""
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, is_done = stack.pop()
        if is_done:
            text = element.tail
        else:
            if element is not root:
                stack.append((element, True))
            if not isinstance(element.tag, str) or element.tag in _APART:
                continue
            text = element.text
            stack += [(child, False) for child in reversed(element)]
        if text and (text := _line(text)):
            yield text


def _length(text: str) -> int:
    return sum(3 if "\u2e80" <= character <= "\ufaff" else 1 for character in text)


def _found(find: XPath, root: _Element) -> list[_Element]:
    return [element for element in find(root) if isinstance(element, _Element)]


def _line(text: str) -> str:
    return " ".join(text.split())
