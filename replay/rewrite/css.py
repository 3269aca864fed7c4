"""Style sheets and style attributes with their addresses replaced, in one pass over their tokens.

Looked at is what an address can stand in, wherever it is: `url()`, the string of `@import`, and those of `image-set()`,
`image()` and `src()`, however their names are escaped. All else is copied, but in a form that stays the same sheet and
no markup wherever HTML puts it: into a `style` element, or as mere text where a browser takes `<style>` for none (in
`select`, in SVG). tinycss2, with which the crawler reads sheets, takes 2 s for a megabyte: it is the tests' oracle.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from replay.rewrite import css_tokens as tokens
from replay.rewrite.kinds import Kind, Map
from replay.rewrite.urls import Base

_DATA: Final = re.compile(r"[\x00-\x20]*data:", re.IGNORECASE)
_NOTHING: Final = '""'
_GAP: Final = "/**/"  # in place of what goes: what stands on both sides must not grow together
_REFUSED: Final = "-not-replayed"  # a name that no browser knows, so that it passes over what the name belongs to
# What may stand inside image-set() and brings no address of its own, as var() and attr() would.
_HARMLESS: Final = re.compile(r"(?:calc|type|format|[a-z-]*gradient|rgba?|hsla?)?\(", re.IGNORECASE)
_TEXTS: Final = frozenset({"type(", "format("})
_FUNCTIONS: Final = frozenset({"url(", "image-set(", "-webkit-image-set(", "image(", "src("})
_RULES: Final = frozenset({"import", "charset", "namespace"})


def rewrite_css(text: str, base: Base, to: Map) -> str:
    r"""Return a style sheet, or the content of a style attribute, with all that it would fetch mapped.

    What is no http(s) URL leads nowhere afterwards, but for `data:` and for places in the document itself (`#…`).

    >>> base = Base("http://a.example/css/main.css")
    >>> rewrite_css(r"a{b:u\72l( ../i.png )} @import 'x.css' print;", base, lambda url, kind: f"/{kind}/{url}")
    'a{b:url("/media/http://a.example/i.png")} @import url("/style/http://a.example/css/x.css") print;'
    """
    text = tokens.normalized(text)
    return text if tokens.ANYTHING.search(text) is None else _Pass(text, base, to).done()


class _Pass:
    """One pass over one text: what was written so far, and up to where that stands for the text."""

    def __init__(self, text: str, base: Base, to: Map) -> None:
        self._text = text
        self._base = base
        self._to = to
        self._out: list[str] = []
        self._at = 0
        self._inside: list[bool] = []  # brackets that are open in an image-set() or its like: are strings addresses?

    def done(self) -> str:
        """Return the whole text, rewritten."""
        while found := (tokens.SCAN_ADDRESSES if self._inside else tokens.SCAN).search(self._text, self._at):
            assert found.lastgroup is not None  # every way to match is in a group
            if found.lastgroup == "escape":
                self._escaped_name(tokens.name_start(self._text, found.start(), self._at))
            else:
                self._out.append(self._text[self._at : found.start()])
                self._at = found.end()
                _HANDLERS[found.lastgroup](self, found[0])
        self._out.append(self._text[self._at :])
        return "".join(self._out)

    def comment(self, _comment: str) -> None:
        """Leave an empty one."""
        self._out.append(_GAP)

    def string(self, string: str) -> None:
        """Keep a string, or map it where it is an address."""
        is_address = bool(self._inside) and self._inside[-1]
        self._out.append(self._mapped(tokens.value_of(string), Kind.MEDIA) if is_address else tokens.inert(string))

    def open(self, _sign: str) -> None:
        """Write "<" so that no tag begins with it. "<!--" means nothing in a sheet."""
        if self._text.startswith("!--", self._at):
            self._at += 3
            self._out.append(_GAP)
        else:
            self._out.append("<" if self._text.startswith(("=", " "), self._at) else "< ")

    def reference(self, _sign: str) -> None:
        """Write "&" so that no character reference begins with it."""
        after = self._text[self._at : self._at + 1]
        self._out.append("&" + _GAP if after.isalnum() or after in ("#", "\\") else "&")

    def bracket(self, bracket: str) -> None:
        """Keep account of the brackets inside an image-set(), and of which strings are addresses."""
        if bracket == ")":
            self._inside.pop()
            self._out.append(bracket)
        else:
            self._open_bracket(tokens.unescaped(bracket[:-1]).lower() + "(")

    def function(self, name: str) -> None:
        """Map the address of a url(); begin an image-set()."""
        if name.lower() == "url(":
            address, rest = self._url()
            self._out.append(f"{_REFUSED}()" if address is None else f"url({self._mapped(address, Kind.MEDIA)}{rest}")
        else:
            self._out.append(name)
            self._inside.append(True)

    def rule(self, keyword: str) -> None:
        """Map what an @import names, drop @charset (the text has another by now), keep a @namespace that is known."""
        if keyword.lower() == "@import":
            self._import()
            return
        pattern = tokens.CHARSET if keyword.lower() == "@charset" else tokens.KNOWN_NAMESPACE
        if prelude := pattern.match(self._text, self._at):
            self._at = prelude.end()
            self._out.append(_GAP if pattern is tokens.CHARSET else keyword + prelude[0])
        else:
            self._out.append(f"@{_REFUSED}")

    def _escaped_name(self, start: int) -> None:
        """Read a name with an escape in it for what it says."""
        self._out.append(self._text[self._at : start])
        name = tokens.WHOLE_NAME.match(self._text, start)
        if name is None:  # a backslash before the end of a line
            self._out.append("\\")
            self._at = start + 1
            return
        self._at = name.end()
        said = tokens.unescaped(name[1]).lower() + name[2]
        mark = self._out[-1][-1:]
        if mark == "@" and said in _RULES:
            self._out[-1] = self._out[-1][:-1]
            self.rule(f"@{said}")
        elif mark in ("@", "#") or not said.endswith("("):  # a bracket behind such a name is one by itself
            self._out.append(tokens.inert(name[1]))
            self._at = name.end(1)
        elif self._inside or said in _FUNCTIONS:
            self._open_bracket(said)
        else:
            self._out.append(tokens.inert(name[0]))

    def _open_bracket(self, name: str) -> None:
        if name in _FUNCTIONS:
            self.function(name)
        else:
            self._inside.append(self._inside[-1] and name not in _TEXTS)
            self._out.append(name if _HARMLESS.fullmatch(name) else f"{_REFUSED}(")

    def _import(self) -> None:
        gap = tokens.GAP.match(self._text, self._at)
        assert gap is not None  # nothing at all is one, too
        self._at = gap.end()
        address, rest = None, ")"
        if string := tokens.QUOTED.match(self._text, self._at):
            self._at = string.end()
            address = tokens.value_of(string[1])
        elif (url := tokens.WHOLE_NAME.match(self._text, self._at)) and self._is_url(url):
            self._at = url.end()
            address, rest = self._url()
        mapped = _NOTHING if address is None else self._mapped(address, Kind.STYLE)
        self._out.append(f"@{_REFUSED} (" if mapped == _NOTHING else f"@import url({mapped}")
        self._out.append(rest)

    @staticmethod
    def _is_url(name: re.Match[str]) -> bool:
        return bool(name[2]) and tokens.unescaped(name[1]).lower() == "url"

    def _url(self) -> tuple[str | None, str]:
        """Go past what follows "url(". Return its address, None for a bad one, and what still closes it."""
        if string := tokens.QUOTED.match(self._text, self._at):
            if tokens.is_closed(string[1]) or string.end() == len(self._text):
                self._at = string.end()
                if self._inside:  # the bracket is still to come
                    self._inside.append(False)
                return tokens.value_of(string[1]), ""
        elif plain := tokens.UNQUOTED.match(self._text, self._at):
            self._at = plain.end()
            return tokens.unescaped(plain[1]), ")"
        bad = tokens.BAD_URL.match(self._text, self._at)
        assert bad is not None  # nothing at all is one, too
        self._at = bad.end()
        return None, ")"

    def _mapped(self, written: str, kind: Kind) -> str:
        """Return the string token, quotes included, that stands for a written address."""
        if kind is Kind.MEDIA and (written.startswith("#") or _DATA.match(written)):
            return tokens.quoted(written)
        url = self._base.resolve(written) if written.strip() else None
        if url is None:
            return _NOTHING
        fragment = written.partition("#")[2]  # an SVG has its pictures by name
        return tokens.quoted(self._to(url, kind) + (f"#{fragment}" if fragment else ""))


_HANDLERS: Final[dict[str, Callable[[_Pass, str], None]]] = {
    "comment": _Pass.comment,
    "string": _Pass.string,
    "open": _Pass.open,
    "reference": _Pass.reference,
    "function": _Pass.function,
    "rule": _Pass.rule,
    "bracket": _Pass.bracket,
}
