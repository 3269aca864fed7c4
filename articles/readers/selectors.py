"""XPath selectors: how they are written, and what they find."""

from __future__ import annotations

import re

from lxml.etree import XPath, _Element

from articles.readers.facts import shown

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


def of_class(name: str) -> str:
    """Return the XPath condition for an element of that CSS class.

    >>> of_class("title")
    "contains(concat(' ', @class, ' '), ' title ')"
    """
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


def elements(selector: XPath, root: _Element) -> list[_Element]:
    """Return the elements that a selector finds."""
    found = selector(root)
    return [node for node in found if isinstance(node, _Element)] if isinstance(found, list) else []


def line(selector: XPath, root: _Element | None) -> str | None:
    """Return the text that a selector finds (elements and bare text) on one line, or None."""
    found = selector(root) if root is not None else []
    parts = [shown(node) if isinstance(node, _Element) else str(node) for node in found if node is not None]
    return " ".join(" ".join(parts).split()) or None


def language_of(root: _Element | None) -> str | None:
    """Return the BCP 47 tag that a page's `html` element declares, in the usual case, or None."""
    tag = "" if root is None else (root.get("lang") or "").strip()
    if not _LANGUAGE_TAG.match(tag):
        return None
    head, *rest = tag.split("-")
    return "-".join((head.lower(), *(part.upper() if len(part) == 2 else part for part in rest)))
