"""What a page is that no reader claims: no article at all, or one that we can't be sure of."""

from __future__ import annotations

import re

from articles.document import Document

_REFRESH = re.compile(r"<meta\b[^>]{0,200}?http-equiv\s*=\s*[\"']?refresh\b[^>]{0,500}", re.IGNORECASE)
_REFRESH_TARGET = re.compile(r"\burl\s*=", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_NOT_FOUND = re.compile(
    r"\b404\b|not found|page (?:does not|doesn['’]t) exist|页面不存在|找不到|无法找到|页面未找到", re.IGNORECASE
)
_CHALLENGE = re.compile(
    r"cf-chl|_cf_chl_|/orchestrate/chl_page|<title>\s*just a moment|g-recaptcha|h-captcha|geetest|acw_sc__v2|"
    r"_guard/|/waf/|aliyun_waf|安全验证|人机验证|滑动验证|访问验证|verify you are (?:a )?human|access denied",
    re.IGNORECASE,
)
_SEARCHED = 200_000
_NO_CHALLENGE = frozenset({404, 410})

VERSION = 2
"""Raised whenever `judge` may judge the same page otherwise: it is part of the id of readings that no reader made."""


def judge(document: Document) -> tuple[bool, str]:
    """Return whether the page may be an article all the same (doubtful), and why.

    False, it is no article: the server said so, or the page is the shell that the PLA's sites send for a missing
    page (a refresh that leads elsewhere), or its title says that nothing was found. True: a challenge page, whatever
    its status (they come with 200, 202, 302, 403 and 503), or a template that no reader of the outlet knows; both may
    hide an article. "Not found" stays that: a form with a captcha stands on many such pages.
    """
    status = document.page.status
    text = document.text[:_SEARCHED] if status not in _NO_CHALLENGE else ""
    if _CHALLENGE.search(text):
        return True, "challenge page: the outlet asked for proof that we are a person"
    if status != 200:
        return False, f"the server answered {status}"
    refresh = _REFRESH.search(text)
    if refresh and _REFRESH_TARGET.search(refresh[0]):
        return False, "shell: a refresh that leads to another page, as the site sends for a missing one"
    title = _TITLE.search(text)
    if title and _NOT_FOUND.search(title[1]):
        return False, f"the title says {' '.join(title[1].split())!r}"
    if not text.strip():
        return True, "empty page"
    return True, "unknown template: no reader of the outlet claims the page"
