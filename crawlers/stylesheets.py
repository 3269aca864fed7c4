"""What a style sheet needs: its `url()`s and `@import`s, by the CSS Syntax standard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import tinycss2  # type: ignore[import-untyped]

from crawlers.urls import absolute

MOST_BYTES: Final = 4 * 1024 * 1024
DEEPEST: Final = 32
# tinycss2 descends by recursion; a sheet of brackets alone would exhaust the stack before it returns anything.
_OPENING: Final = re.compile(rb"[(\[{]")
_BRACKETS: Final = re.compile(rb"[()\[\]{}]")


@dataclass(frozen=True)
class CssNeeds:
    """The URLs that a style sheet names, each once: other sheets (`imports`), and everything else."""

    imports: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def needs_of_sheet(body: bytes, url: str, charset: str | None = None) -> CssNeeds:
    """Return what a style sheet at `url` needs. `charset` is the one that its Content-Type gave."""
    if why := _unfit(body):
        return CssNeeds(warnings=(f"{url} was not searched: {why}",))
    rules, _ = tinycss2.parse_stylesheet_bytes(
        body, protocol_encoding=charset, skip_comments=True, skip_whitespace=True
    )
    imports: dict[str, None] = {}
    others: dict[str, None] = {}
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            found = next((token for token in rule.prelude if token.type not in ("whitespace", "comment")), None)
            written = next(_written([found]), None) or (
                found.value if found is not None and found.type == "string" else ""
            )
            _add(imports, url, written)
        elif rule.type != "error":
            for written in _written([*(rule.prelude or ()), *(rule.content or ())]):
                _add(others, url, written)
    return CssNeeds(tuple(imports), tuple(name for name in others if name not in imports))


def needs_of_style(text: str, base: str) -> tuple[str, ...]:
    """Return the URLs that the content of a `style` attribute names.

    >>> needs_of_style("background: URL( 'a.png' ) no-repeat", "http://a.example/")
    ('http://a.example/a.png',)
    """
    if _unfit(text.encode("utf-8", "replace")):
        return ()
    found: dict[str, None] = {}
    for written in _written(tinycss2.parse_component_value_list(text, skip_comments=True)):
        _add(found, base, written)
    return tuple(found)


def _unfit(body: bytes) -> str | None:
    if len(body) > MOST_BYTES:
        return f"{len(body)} bytes are more than the {MOST_BYTES} that are searched"
    deep = 0
    for bracket in _BRACKETS.finditer(body):
        deep += 1 if _OPENING.match(bracket[0]) else -1 if deep else 0
        if deep > DEEPEST:
            return f"its brackets are nested deeper than {DEEPEST}"
    return None


def _written(tokens: Iterable[Any]) -> Iterator[str]:
    """Yield the addresses in tokens, in order: url(x), url("x") and the strings of src("x") and image-set("x" 1x)."""
    for token in tokens:
        if token is None:
            continue
        if token.type == "url":
            yield token.value
        elif token.type == "function":
            if token.lower_name in ("url", "src", "image-set", "-webkit-image-set"):
                yield from (inner.value for inner in token.arguments if inner.type == "string")
            if token.lower_name not in ("url", "src"):
                yield from _written(token.arguments)
        elif token.type in ("{} block", "[] block", "() block"):
            yield from _written(token.content)


def _add(found: dict[str, None], base: str, written: str) -> None:
    # An empty url() means the sheet itself and is never fetched by browsers.
    url = absolute(base, written) if written.strip() else None
    if url is not None:
        found[url] = None
