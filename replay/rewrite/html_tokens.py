"""The HTML Standard's tokenizer (§13.2.5) as regular expressions that take linear time, whatever they are given.

Texts have no NUL (U+FFFD stands for it, as in the standard).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

_WS: Final = r"\t\n\f\r "
# A quote is one only where a value begins. One that is not closed takes all that follows, and the tag is none.
_VALUE: Final = rf"""[{_WS}]*+=[{_WS}]*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{_WS}>"'][^{_WS}>]*+|(?=>|\Z))"""
_ATTRIBUTE_NAME: Final = rf"[^{_WS}/>][^{_WS}/>=]*+"

_TAG: Final = re.compile(
    rf"<(?P<end>/?)(?P<name>[A-Za-z][^{_WS}/>]*+)(?P<attributes>(?:[{_WS}/]++|{_ATTRIBUTE_NAME}(?:{_VALUE})?+)*+)>"
)
_ATTRIBUTE: Final = re.compile(
    rf"""({_ATTRIBUTE_NAME})(?:[{_WS}]*+=[{_WS}]*+(?:"([^"]*+)"|'([^']*+)'|([^{_WS}>"'][^{_WS}>]*+))?)?+"""
)
_SLASH_AT_END: Final = re.compile(rf"(?:\A|[{_WS}\"'/])/\Z")

# A comment, with the odd ways to end one; and what the standard calls a bogus comment, with the bounds of a DOCTYPE.
_COMMENT: Final = re.compile(r"<!--(?:-?>|(?:[^-]|-(?!-!?>))*+(?:--!?>|\Z))")
_BOGUS: Final = re.compile(r"<(?:[!?]|/(?![A-Za-z]))[^>]*+(?:>|\Z)")
# In SVG and MathML; anywhere else it is a bogus comment.
_CDATA: Final = re.compile(r"<!\[CDATA\[((?:[^\]]|\](?!\]>))*+)(?:\]\]>|\Z)")
_DOCTYPE: Final = re.compile(r"<!doctype[^<>]*+>", re.IGNORECASE | re.ASCII)

# Tags and attributes that bear nothing that could lead anywhere or run, written as most are: they are copied as they
# stand, several at a time. `style` is plain where it has neither brackets nor escapes.
_PLAIN_NAMES: Final = (
    "p|div|span|br|li|ul|ol|dl|dt|dd|td|tr|th|table|tbody|thead|h[1-6]|strong|b|i|em|u|s|font|center|section|article|"
    "header|footer|nav|main|aside|figure|figcaption|hr|small|sup|sub|label|blockquote|pre|code|path|g|wbr|head|html|body"
)
_PLAIN_ATTRIBUTES: Final = (
    "class|id|title|alt|lang|dir|width|height|align|valign|border|cellspacing|cellpadding|colspan|rowspan|role|color|size|face|"
    "d|fill|data-[a-z0-9-]+|aria-[a-z]+"
)
_PLAIN_RUN: Final = rf"(?:[ \n]++(?:(?:{_PLAIN_ATTRIBUTES})=(?:\"[^\"<>]*+\"|'[^'<>]*+')|style=\"[^\"<>(\\&@]*+\"))*+"
_PLAIN: Final = re.compile(
    r"(?:[^<]++|</(?!svg|math|noscript)[A-Za-z][A-Za-z0-9]*+[ \n]*+>"
    rf"|<(?:{_PLAIN_NAMES}){_PLAIN_RUN}[ \n]*+/?>)*+",
    re.IGNORECASE | re.ASCII,
)
_PLAIN_XHTML: Final = re.compile(
    r"(?:[^<]++|</(?!svg|math|noscript|br)[A-Za-z][A-Za-z0-9]*+[ \n]*+>"
    rf"|<(?:{_PLAIN_NAMES}){_PLAIN_RUN}[ \n]*+>|<[bh]r[ \n]*+/>)*+",
    re.IGNORECASE | re.ASCII,
)
COMMON_LINK: Final = re.compile(
    rf"(?P<before>{_PLAIN_RUN})(?P<new>[ \n]++target=\"_blank\")?+[ \n]++href=\"(?P<href>[^\"#&<>]++)\""
    rf"(?P<after>{_PLAIN_RUN})(?P<new_too>[ \n]++target=\"_blank\")?+(?P<end>{_PLAIN_RUN})[ \n]*+",
    re.IGNORECASE | re.ASCII,
)
"""The attributes of most links: an address without a place in it, a new window or none, and plain attributes."""

_SCRIPT_ENDS: Final = re.compile(rf"<!--|-->|</?script(?=[{_WS}/>])", re.IGNORECASE | re.ASCII)
_RAW_ENDS: Final = {
    name: re.compile(rf"</{name}(?=[{_WS}/>])[^>]*+(?:>|\Z)", re.IGNORECASE | re.ASCII)
    for name in ("style", "title", "textarea", "iframe", "xmp", "noembed", "noframes")
}
_SIGNS: Final = re.compile(r"(?:<(?![A-Za-z/!?]))++")  # that begin nothing


class Plain(NamedTuple):
    """Text, end tags and start tags that may stand as they are, written so that they mean the same anywhere."""

    text: str


class Text(NamedTuple):
    """Characters, with no markup in them."""

    text: str


class Doctype(NamedTuple):
    """A whole DOCTYPE, as it was written."""

    text: str


class Start(NamedTuple):
    """A start tag: its name in lower case, what stands between that and its end, and whether it is its own end tag.

    `raw` is the content of an element that has no tags in it: text as it is written, references and all.
    """

    name: str
    attributes: str
    closed: bool = False
    raw: str | None = None


class End(NamedTuple):
    """An end tag: its name in lower case."""

    name: str


Token: TypeAlias = Plain | Text | Doctype | Start | End
RAW: Final = frozenset({*_RAW_ENDS, "script", "plaintext"})
_FOREIGN: Final = frozenset({"svg", "math"})


def tokens_of(text: str, *, xhtml: bool = False) -> Iterator[Token]:
    """Yield what a browser's tokenizer would, without comments. What the end of the text cuts off is left out.

    Whether a tag is in SVG or MathML is told by counting their tags, and matters for what is written there alone
    (CDATA sections, `<style/>`). A browser knows better; what is made of the tokens is safe in either case. In `xhtml`
    these may stand anywhere.
    """
    at, foreign = 0, int(xhtml)
    plain_here = _PLAIN_XHTML if xhtml else _PLAIN
    while True:
        plain = plain_here.match(text, at)
        assert plain is not None  # nothing at all is plain, too
        if plain.end() > at:
            yield Plain(plain[0])
            at = plain.end()
        if at == len(text):
            return
        if tag := _TAG.match(text, at):
            at = tag.end()
            name = tag["name"].lower()
            if tag["end"]:
                foreign -= name in _FOREIGN and foreign > xhtml
                yield End(name)
                continue
            attributes = tag["attributes"]
            closed = _closes_itself(attributes)
            if name in RAW:
                raw, at = ("", at) if closed and foreign else _raw_text(text, name, at)
                yield Start(name, attributes, raw=raw)
                continue
            foreign += name in _FOREIGN and not closed
            yield Start(name, attributes, closed)
        elif text.startswith("<!--", at):
            comment = _COMMENT.match(text, at)
            assert comment is not None  # it goes on to the end of the text at most
            at = comment.end()
        elif foreign and (section := _CDATA.match(text, at)):
            at = section.end()
            yield Text(section[1])
        elif bogus := _BOGUS.match(text, at):
            at = bogus.end()
            if _DOCTYPE.fullmatch(bogus[0]):
                yield Doctype(bogus[0])
        elif signs := _SIGNS.match(text, at):
            at = signs.end()
            yield Text(signs[0])
        else:
            return  # the text ends in this tag


def attributes_of(text: str) -> list[tuple[str, str]]:
    """Return the names, in lower case, and the values, as written, in the `attributes` of a start tag.

    >>> attributes_of(''' a=1 B = "2>" 'c/d "e"= =f=g h''')
    [('a', '1'), ('b', '2>'), ("'c", ''), ('d', ''), ('"e"', '=f=g'), ('h', '')]
    """
    return [(name.lower(), double or single or bare) for name, double, single, bare in _ATTRIBUTE.findall(text)]


def _closes_itself(attributes: str) -> bool:
    return attributes.endswith("/") and _SLASH_AT_END.search(attributes) is not None


def _raw_text(text: str, name: str, start: int) -> tuple[str, int]:
    """Return the raw text of an element whose start tag ends at `start`, and where its end tag ends."""
    if name == "script":
        return "", _script_end(text, start)
    found = None if name == "plaintext" else _RAW_ENDS[name].search(text, start)
    return (text[start : found.start()], found.end()) if found else (text[start:], len(text))


def _script_end(text: str, start: int) -> int:
    """Return where a script's end tag ends (§13.2.5.15-31: one inside "<!-- <script>" does not count)."""
    at, escaped, double = start, False, False
    while found := _SCRIPT_ENDS.search(text, at):
        at = found.end()
        what = found[0].lower()
        if what == "<!--":
            escaped = True
            at -= 2  # the same dashes may be those of "-->"
        elif what == "-->":
            escaped = double = False
        elif what == "<script":
            double = escaped
        elif double:
            double = False
        else:
            end = text.find(">", at)
            return end + 1 if end >= 0 else len(text)
    return len(text)
