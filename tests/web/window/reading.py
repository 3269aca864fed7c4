"""Reading pages as a program does."""

from __future__ import annotations

from typing import Any

import httpx
from lxml import html

Page = Any  # an element of lxml


def page_of(answer: httpx.Response, status: int = 200) -> Page:
    """Return the parsed page of an answer, and make sure that it was given and is well put together."""
    assert answer.status_code == status, answer.text[:2000]
    assert answer.headers["Content-Type"].startswith("text/html")
    page = html.fromstring(answer.text)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
    fragments = {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")}
    assert fragments <= set(ids)
    assert len(page.xpath("//h1")) == 1
    return page


def text_of(found: Page) -> str:
    """Return the words of an element, or of the first of several, as a person would read them."""
    element = found[0] if isinstance(found, list) else found
    return " ".join(element.text_content().split())


def headlines(page: Page) -> list[str]:
    """Return the headlines of a list of what was found."""
    return [text_of(element) for element in page.xpath("//ul[contains(@class, 'happenings')]//h3")]
