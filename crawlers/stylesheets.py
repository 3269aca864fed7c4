"""What a style sheet needs: its `url()`s and `@import`s, by the CSS Syntax standard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import tinycss2  # type: ignore[import-untyped]
from tinycss2.bytes import decode_stylesheet_bytes  # type: ignore[import-untyped]

from crawlers.urls import absolute

MOST_OF_A_SHEET: Final = 1024 * 1024  # characters; tinycss2 takes 2 s for them, up to 5 where they are all signs
DEEPEST: Final = 32
# tinycss2 descends by recursion; a sheet of brackets alone would exhaust the stack before it returns anything.
_BRACKETS: Final = re.compile(r"[()\[\]{}]")
# What an address can stand in. A backslash may write any letter of these names.
_NAMES: Final = re.compile(r"(?:url|src|image-set)\(|@import|\\", re.IGNORECASE)

Allowance = Callable[[int], bool]
"""Is asked before so many characters are taken apart, and says whether they may be."""


def _unlimited(_characters: int) -> bool:
    return True


@dataclass(frozen=True)
class CssNeeds:
    """The URLs that a style sheet names, each once: other sheets (`imports`), and everything else.

    `refused` says why it was not searched, if it was not.
    """

    imports: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    refused: str | None = None


def needs_of_sheet(body: bytes, url: str, charset: str | None = None, allowed: Allowance = _unlimited) -> CssNeeds:
    """Return what a style sheet at `url` needs. `charset` is the one that its Content-Type gave."""
    text, _ = decode_stylesheet_bytes(body, protocol_encoding=charset)
    return needs_of_rules(text, url, allowed)


def needs_of_rules(text: str, url: str, allowed: Allowance = _unlimited) -> CssNeeds:
    """Return what a style sheet needs whose addresses are relative to `url`."""
    imports: dict[str, None] = {}
    others: dict[str, None] = {}
    try:
        rules = _taken_apart(tinycss2.parse_stylesheet, text, allowed, skip_whitespace=True)
    except _Refused as refused:
        return CssNeeds(refused=str(refused))
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


def needs_of_style(text: str, base: str, allowed: Allowance = _unlimited) -> CssNeeds:
    """Return what the content of a `style` attribute needs.

    >>> needs_of_style("background: URL( 'a.png' ) no-repeat", "http://a.example/").others
    ('http://a.example/a.png',)
    """
    found: dict[str, None] = {}
    try:
        tokens = _taken_apart(tinycss2.parse_component_value_list, text, allowed)
    except _Refused as refused:
        return CssNeeds(refused=str(refused))
    for written in _written(tokens):
        _add(found, base, written)
    return CssNeeds(others=tuple(found))


class _Refused(Exception):
    """A text is not taken apart, and why."""


def _taken_apart(parse: Callable[..., list[Any]], text: str, allowed: Allowance, **options: bool) -> list[Any]:
    """Return what tinycss2 makes of a text; nothing, at no cost, where no address can be in it. Raises _Refused."""
    if _NAMES.search(text) is None:
        return []
    if len(text) > MOST_OF_A_SHEET:
        raise _Refused(f"{len(text):,} characters are more than the {MOST_OF_A_SHEET:,} that are searched")
    deep = 0
    for bracket in _BRACKETS.finditer(text):
        deep += 1 if bracket[0] in "([{" else -1 if deep else 0
        if deep > DEEPEST:
            raise _Refused(f"its brackets are nested deeper than {DEEPEST}")
    if not allowed(len(text)):
        raise _Refused("its page has more style sheets than are searched")
    try:
        return parse(text, skip_comments=True, **options)
    except ValueError as wrong:  # of int(), which takes no number of more than 4,300 digits
        raise _Refused(f"tinycss2 can't read it ({wrong})") from wrong


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
