"""The tokens of CSS Syntax Level 3 (§4.3) that an address can stand in, as regular expressions that take linear time.

Texts have line feeds for line ends and no NUL, as §3.3 makes them.
"""

from __future__ import annotations

import re
from typing import Final

_ESCAPE: Final = r"\\(?:[0-9a-fA-F]{1,6}+[ \t\n]?|[^\n0-9a-fA-F])"
_DOUBLE: Final = r'[^"\\\n]|\\(?:.|\Z)'
_SINGLE: Final = r"[^'\\\n]|\\(?:.|\Z)"
# A string that the end of its line ends is a bad one; the end of the text closes it.
_STRING: Final = rf"""(?:"(?:{_DOUBLE})*+(?:"|(?=\n)|\Z)|'(?:{_SINGLE})*+(?:'|(?=\n)|\Z))"""
_COMMENT: Final = r"/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)"
_NAME: Final = rf"(?:[\w-]|[^\x00-\x7f]|{_ESCAPE})"
# Where a function's name begins: not inside another name (but "<!--" is a token of its own), nor behind a sign.
_BEGIN: Final = r"(?:(?<=<!--)|(?<![\w\\#@-])(?<![^\x00-\x7f]))"
_KEYWORDS: Final = "import|charset|namespace"
_FUNCTIONS: Final = "url|-webkit-image-set|image(?:-set)?|src"

_TOKEN: Final = (
    rf"(?P<comment>{_COMMENT})|(?P<string>{_STRING})|(?P<escape>\\)|(?P<open><)|(?P<reference>&)"
    rf"|(?P<function>{_BEGIN}(?i:{_FUNCTIONS})\()|(?P<rule>@(?i:{_KEYWORDS})(?!{_NAME}))"
)
ANYTHING: Final = re.compile(r"url|import|image|src|charset|namespace|[\\<&]", re.IGNORECASE)
"""Without any of these there is nothing in a text that could be an address, or that HTML could take for a tag."""

SCAN: Final = re.compile(_TOKEN, re.DOTALL)
"""Finds the next token that matters; its group is named for what it is. An `escape` is anywhere in a name."""

SCAN_ADDRESSES: Final = re.compile(rf"{_TOKEN}|(?P<bracket>{_BEGIN}{_NAME}++\(|[()])", re.DOTALL)
"""The same inside functions whose strings are addresses: every bracket matters, with the name before it."""

WHOLE_NAME: Final = re.compile(rf"({_NAME}++)(\(?)")
"""A name, and the bracket that makes it a function's."""

GAP: Final = re.compile(rf"(?:[ \t\n]|{_COMMENT})*+")
QUOTED: Final = re.compile(rf"[ \t\n]*+({_STRING})", re.DOTALL)
UNQUOTED: Final = re.compile(
    rf"""[ \t\n]*+((?:[^"'()\\ \t\n\x00-\x08\x0b\x0e-\x1f\x7f]|{_ESCAPE})*+)[ \t\n]*+(?:\)|\Z)"""
)
BAD_URL: Final = re.compile(rf"(?:[^)\\]|{_ESCAPE}|\\)*+\)?")
CHARSET: Final = re.compile(r"""\s*+(?:"[^"\n;{}<&\\]*+"|'[^'\n;{}<&\\]*+')\s*+;?""")
KNOWN_NAMESPACE: Final = re.compile(
    r"""\s++(?:[\w-]++\s++)?(?:url\(\s*+)?["']?http://www\.w3\.org/[\w/]++["']?\s*+\)?\s*+;""", re.IGNORECASE | re.ASCII
)

_CONTENTS: Final = {'"': re.compile(rf"(?:{_DOUBLE})*+", re.DOTALL), "'": re.compile(rf"(?:{_SINGLE})*+", re.DOTALL)}
_UNESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6}+)[ \t\n]?|(\n)|(.)|\Z)", re.DOTALL)
_MARKUP: Final = re.compile(r"\\?[<&]|\\[^<&]", re.DOTALL)
_SPECIAL: Final = re.compile(r'["\\<&\n]')
_ESCAPES: Final = {'"': r"\"", "\\": r"\\", "<": r"\3c ", "&": r"\26 ", "\n": r"\a "}
_NAME_CHARACTER: Final = re.compile(r"[\w-]|[^\x00-\x7f]")


def normalized(text: str) -> str:
    """Return a text as CSS Syntax Level 3 preprocesses it (§3.3)."""
    if "\r" in text or "\f" in text or "\x00" in text:
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\x00", "\ufffd")
    return text


def name_start(text: str, at: int, least: int) -> int:
    """Return where the name begins that goes on at `at`, not before `least`."""
    while at > least and _NAME_CHARACTER.match(text[at - 1]):
        at -= 1
    return at


def is_closed(string: str) -> bool:
    """Return whether a string token has its closing quote."""
    contents = _CONTENTS[string[0]].match(string, 1)
    return contents is not None and contents.end() < len(string)


def value_of(string: str) -> str:
    """Return what a string token says.

    >>> value_of(r"'a\\27 b\\\\c'"), value_of('"open')
    ("a'b\\\\c", 'open')
    """
    contents = _CONTENTS[string[0]].match(string, 1)
    return unescaped(contents[0]) if contents else ""


def unescaped(text: str) -> str:
    """Return text with its escapes undone."""
    return _UNESCAPE.sub(_character, text) if "\\" in text else text


def quoted(value: str) -> str:
    """Return the string token that says `value`, in characters that HTML takes for nothing but text."""
    return '"' + (_SPECIAL.sub(lambda found: _ESCAPES[found[0]], value) if _SPECIAL.search(value) else value) + '"'


def inert(token: str) -> str:
    """Return a string or name that says the same, with escapes for what HTML could take for a tag or a reference."""
    if "<" not in token and "&" not in token:
        return token
    return _MARKUP.sub(lambda found: _ESCAPES[found[0][-1]] if found[0][-1] in "<&" else found[0], token)


def _character(found: re.Match[str]) -> str:
    if found[1]:
        number = int(found[1], 16)
        return chr(number) if 0 < number < 0xD800 or 0xE000 <= number <= 0x10FFFF else "\ufffd"
    return found[3] or ""
