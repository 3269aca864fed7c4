"""What a browser would make of rewritten HTML, found with parsers that are not ours: html5lib and tinycss2.

`unsafe` knows no rule of the rewriter. It asks of every attribute of every element whether it could run or lead away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import tinycss2

from articles.page import Page
from replay.rewrite.html import rewrite_page
from replay.rewrite.kinds import Kind

URL = "https://news.example/a/page.html"
HTML = "{http://www.w3.org/1999/xhtml}"

# Text that no browser takes for an address, on any element.
TEXTS = {
    "alt",
    "class",
    "content",
    "datetime",
    "for",
    "headers",
    "id",
    "label",
    "name",
    "placeholder",
    "title",
    "value",
}
TEXTS |= {"abbr", "summary", "media", "sizes", "lang", "property", "itemprop"}
FORBIDDEN = {"script", "base", "applet", "embed", "param", "portal", "fencedframe", "xmp", "plaintext", "noembed"}
FORBIDDEN |= {"noframes", "noscript", "handler", "listener"}
SETS = {"image-set", "-webkit-image-set", "image", "src"}


def to(url: str, kind: Kind) -> str:
    """Map a URL so that it shows what it was taken for."""
    assert re.fullmatch(r"https?://[!-~]+", url), url
    return f"/{kind}/{url}"


def rewritten(html: str | bytes, url: str = URL, content_type: str = "text/html; charset=utf-8") -> str:
    body = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
    page = Page(url, body, datetime(2026, 1, 23, tzinfo=UTC), headers=(("Content-Type", content_type),))
    return rewrite_page(page, to).body.decode()


def tree(html: str, *, scripting: bool = False) -> Element:
    parsed: Element = html5lib.parse(html, scripting=scripting)
    return parsed


def unsafe(html: str) -> list[str]:
    """Return what in a page could run or fetch from elsewhere, in a browser with scripts or without."""
    return [found for scripting in (False, True) for found in _unsafe(tree(html, scripting=scripting))]


def _unsafe(root: Element) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield f"a comment: {element.text!r}"
            continue
        name = element.tag.rpartition("}")[2].lower()
        if name in FORBIDDEN:
            yield f"<{name}>"
        if name == "style":
            yield from (
                f"<style> leads to {address!r}" for address in leaving(css_addresses(_text(element), sheet=True))
            )
        for attribute, value in element.attrib.items():
            if isinstance(attribute, str):
                yield from _unsafe_attribute(element, name, attribute.rpartition("}")[2].lower(), value)


def _unsafe_attribute(element: Element, tag: str, name: str, value: str) -> Iterator[str]:
    here = f"<{tag} {name}={value[:200]!r}>"
    if name.startswith("on") or name in {"http-equiv", "ping", "action", "formaction", "manifest", "attributionsrc"}:
        yield here
    elif name == "style":
        yield from (f"{here}: {address!r}" for address in leaving(css_addresses(value)))
    elif name == "srcdoc":
        yield from (f"in srcdoc: {found}" for found in unsafe(value))
    elif name.endswith("srcset"):
        addresses = [part.split()[0] for part in value.split(", ") if part.split()]
        yield from (f"{here}: {address}" for address in leaving(addresses))
    elif name in TEXTS or name.startswith(("data-", "aria-")):
        if name == "content" and element.get("http-equiv"):
            yield here
    elif any(leaving([value])) or (
        tag in ("animate", "set") and name == "attributename" and value.strip().lower().endswith("href")
    ):
        yield here
    elif "url(" in value.lower() or "\\" in value:  # attributes of SVG that are CSS
        yield from (f"{here}: {address!r}" for address in leaving(css_addresses(value)))


def leaving(addresses: Any) -> Iterator[str]:
    """Yield the addresses that lead elsewhere than to where `to` leads, to the document itself or into the address."""
    for address in addresses:
        plain = address.strip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None}).replace("\\", "/")
        if plain.startswith("//") or (
            re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", plain)
            and not re.match(r"data:(?:image/|font/|application/)", plain, re.IGNORECASE)
        ):
            yield address


def css_addresses(text: str, *, sheet: bool = False) -> list[str]:
    """Return every address that tinycss2 finds in a style sheet or in declarations."""
    if sheet:
        return [found for rule in tinycss2.parse_stylesheet(text, True, True) for found in _of_rule(rule)]
    return list(_of_tokens(tinycss2.parse_component_value_list(text, True)))


def _of_rule(rule: Any) -> Iterator[str]:
    if rule.type == "at-rule" and rule.lower_at_keyword == "import":
        yield from (token.value for token in rule.prelude[:2] if token.type == "string")
    if rule.type == "at-rule" and rule.lower_at_keyword == "namespace":
        assert all(
            not token.value or token.value.startswith("http://www.w3.org/")
            for token in rule.prelude
            if token.type in ("string", "url")
        )
        return
    if rule.type != "error":
        yield from _of_tokens([*(rule.prelude or ()), *(rule.content or ())])


def _of_tokens(tokens: Any, *, strings: bool = False) -> Iterator[str]:
    for token in tokens:
        if token.type == "url" or (token.type == "string" and strings):
            yield token.value
        elif token.type == "function":
            if token.lower_name == "url":
                shown = [inner for inner in token.arguments if inner.type != "whitespace"]
                yield from (inner.value for inner in shown[:1] if inner.type == "string")
            else:
                inside = token.lower_name in SETS or (strings and token.lower_name not in ("type", "format"))
                yield from _of_tokens(token.arguments, strings=inside)
        elif token.type.endswith(" block"):
            yield from _of_tokens(token.content, strings=strings)
        elif token.type == "at-rule":
            yield from _of_rule(token)


def _text(element: Element) -> str:
    return "".join(element.itertext())
