"""HTML from strangers into a tree, in bounded time and memory, whatever they send.

Measured with lxml 6.1 on libxml2 2.14: one tag with 100,000 attributes takes 16 s (their names are compared pair by
pair), a million stray end tags below 2,048 open elements 7.6 s. Hence the two limits here: long tags lose their
attributes before parsing, and the parser's own depth limit (256) stays on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.etree import _Element

MOST_CHARACTERS = 8 * 1024 * 1024
"""A longer page is not parsed. The longest article page known to us has 132,000 characters."""

LONGEST_TAG = 4096
_HARMLESS = 48 * 1024
"""In a text this short the worst that one tag can do takes 0.4 s: it is not searched for long tags."""

# Comments, scripts and styles whole (what looks like a tag in them is none), else a tag as the HTML standard's
# tokenizer sees it: quoted values may hold ">". Possessive, and each branch eats what it has looked at: linear.
_TAG = re.compile(
    r"""<(?: !--(?:[^-]++|-(?!->))*+
           | (?i:script|style)\b(?:[^<]++|<(?!/(?i:script|style)))*+
           | (?P<tag>[A-Za-z](?:[^"'>]++|"[^"]*+"|'[^']*+'|["'])*+>?))""",
    re.VERBOSE,
)
# A cheap look first. A long tag has a long stretch without ">", or a ">" in a quoted value in each such stretch. Up to
# eight of those (real pages have some in scripts) are let pass: they make one tag of 36 kB, which takes 0.2 s.
_FEW = 8
_QUOTED_END = re.compile(r"""=\s*+(?:"[^">]*+>|'[^'>]*+>)""")
_LAST_ENDS = re.compile(rb"</(?i:html|body)\b[^>]*+(?:>|\Z)")  # what is not closed is looked through once only
_NAME = re.compile(r"<[A-Za-z][A-Za-z0-9]*")
_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\f\r")
_REPLACED = bytes.maketrans(_CONTROLS, b"\x1a" * len(_CONTROLS))


@dataclass(frozen=True)
class Parsed:
    """A tree, and whether the parser had to stop before the end (`cut_short`). `root` is None for an empty text."""

    root: _Element | None
    cut_short: bool = False
    warnings: tuple[str, ...] = ()


def parse(text: str, *, comments: bool = False) -> Parsed:
    """Parse a whole page or a piece of one, forgiving what browsers forgive.

    No network, no entities of the page's own, no scripts. Control characters become U+FFFD, as NUL does in the HTML
    standard. `comments` keeps comments in the tree; they are dropped where only text is wanted.
    """
    if len(text) > MOST_CHARACTERS:
        return Parsed(None, True, (f"markup: {len(text)} characters, more than the {MOST_CHARACTERS} that are read",))
    warnings = []
    text, bared, swallowed = _without_long_tags(text)
    data = text.encode("utf-8", "replace")
    # Browsers show what comes after these two end tags; libxml2 puts it into a tree of its own.
    data = _LAST_ENDS.sub(b"", data)
    if controls := len(data) - len(data.translate(None, _CONTROLS)):
        data = data.translate(_REPLACED).replace(b"\x1a", b"\xef\xbf\xbd")
        warnings.append(f"markup: {controls} control characters")
    if bared:
        warnings.append(f"markup: {bared} tags of more than {LONGEST_TAG} characters were read without attributes")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=not comments, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # nothing in it that could make a tree
        root = None
    deep = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    if deep:
        warnings.append("markup: nested deeper than 256 elements; the rest was not read")
    second = root is not None and next(root.itersiblings("*"), None) is not None
    if second:
        warnings.append("markup: more than one tree; the first was read")
    return Parsed(root, deep or swallowed or second, tuple(warnings))


def _without_long_tags(text: str) -> tuple[str, int, bool]:
    """Return `text` with the attributes of over-long tags dropped, how many tags that were, and whether one of them
    held a "<": then a quote was left open and the "tag" may have swallowed a part of the page."""
    kept: list[str] = []
    end = count = 0
    swallowed = False
    if len(text) > _HARMLESS and (
        _has_long_stretch(text) or len(list(islice(_QUOTED_END.finditer(text), _FEW + 1))) > _FEW
    ):
        for tag in _TAG.finditer(text):
            if tag.end() - tag.start() > LONGEST_TAG and tag["tag"]:
                name = _NAME.match(text, tag.start(), tag.start() + 32)
                kept += (text[end : tag.start()], name[0] if name else "<p", ">")
                end = tag.end()
                count += 1
                swallowed |= "<" in tag["tag"][1:]
    return ("".join((*kept, text[end:])) if count else text), count, swallowed


def _has_long_stretch(text: str) -> bool:
    """Return whether LONGEST_TAG characters in a row have no ">". Looks at a few characters of each stretch only."""
    end = 0
    while len(text) - end >= LONGEST_TAG:
        last = text.rfind(">", end, end + LONGEST_TAG)
        if last < 0:
            return True
        end = last + 1
    return False
