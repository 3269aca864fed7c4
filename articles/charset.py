"""From bytes to characters: which encoding a page is in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from webencodings.labels import LABELS

from articles.page import Page

_META = re.compile(rb"""<meta\b[^>]{0,500}?\bcharset\s*+=\s*+["']?\s*+([\w:.-]{1,40})""", re.IGNORECASE)
_SHEET = re.compile(rb"""@charset "([\w:.-]{1,40})";""")  # of a style sheet: its first bytes, in this form alone
_XML = re.compile(rb"""\s{0,100}+<\?xml\b[^>]{0,200}?\bencoding\s{0,20}+=\s{0,20}+["']([\w:.-]{1,40})""")
_HEADER = re.compile(r"""charset\s*+=\s*+["']?\s*+([\w:.-]{1,40})""", re.IGNORECASE)
_BYTES_SEARCHED = 8192  # the standard asks for 1,024; the PLA CMS puts long comments first

# What the encodings of the WHATWG Encoding Standard are for Python. A list, because Python knows "encodings" (punycode,
# idna) whose decoding a hostile page could make slow, and because the standard reads some labels as another encoding
# than they name: pages that declare GB2312 hold characters that only gb18030 has. Not among them is what the standard
# reads as nothing at all ("replacement").
_PYTHON_S: Final = {
    "utf-8": "utf-8",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949",
    "ibm866": "cp866",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859_8",
    **{f"windows-{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"iso-8859-{number}": f"iso8859_{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "utf-16le": "utf-8",  # who can read this label in a page is not reading UTF-16
    "utf-16be": "utf-8",
}
_NOT_IN_THE_STANDARD: Final = {"euc-cn": "gb18030", "cp936": "gb18030", "latin-1": "cp1252"}
_CODECS: Final = _NOT_IN_THE_STANDARD | {label: _PYTHON_S[name] for label, name in LABELS.items() if name in _PYTHON_S}
_UTF_16: Final = {"utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}
# So few characters of two bytes, and none of three, may be Chinese that passes for UTF-8: each does so once in six.
_CHANCE = 3
_OF_TWO_BYTES = "\u07ff"
_MOST_BROKEN = 10  # one in so many of a guess's own characters
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True)
class Decoded:
    """A body's characters, the codec that gave them, and what was odd about it.

    `declared`: the body or its header names an encoding that we know. Else it is UTF-8, or a guess.
    """

    text: str
    codec: str
    warnings: tuple[str, ...] = ()
    declared: bool = True

    @property
    def doubts(self) -> tuple[str, ...]:
        """The warnings, and that the codec is a guess where it is one."""
        guess = f"charset: {self.codec} is a guess, for no encoding that we know is declared"
        return self.warnings if self.declared or self.codec == "utf-8" else (*self.warnings, guess)


def decode(page: Page) -> Decoded:
    """Decode a page's body: byte order mark, else UTF-8, else Content-Type, else meta, else a guess.

    Of a style sheet `@charset` is what a meta element is of a page; so is an XML declaration where there is none. What
    declares nothing is gb18030, or what it has least of that is broken: UTF-8, gb18030, else windows-1252. UTF-16 is
    believed of a header where the body has a NUL, as its markup does.

    What is UTF-8 and more than ASCII is read as UTF-8, whatever is declared: text in another encoding hardly ever
    passes for it, and a page that was saved or moved to another server often keeps a declaration that was true once.
    Where header and meta element differ else, the one that fits the bytes is believed; a header that says ISO-8859-1 (a
    server's default) never wins over a meta element. Bytes that no candidate can read become U+FFFD, with a warning:
    the bytes stay in the archive.
    """
    for mark, codec in _MARKS:
        if page.body.startswith(mark):
            return _lenient(page.body[len(mark) :], codec, (), declared=True)
    header = _HEADER.search(page.header("Content-Type") or "")
    wide = _UTF_16.get(LABELS.get(header[1].lower(), "")) if header else None
    if wide and b"\0" in page.body[:_BYTES_SEARCHED]:
        return _lenient(page.body, wide, (), declared=True)
    declared, warnings = _declared(page, header[1] if header else "")
    candidates = ["utf-8", *declared] if _is_utf_8(page.body, declared) else declared or ["utf-8", "gb18030"]
    for codec in candidates:
        try:
            return Decoded(page.body.decode(codec), codec, warnings, bool(declared))
        except UnicodeDecodeError:
            continue
    codec = candidates[0] if declared else _least_broken(page.body)
    return _lenient(page.body, codec, warnings, declared=bool(declared))


def _least_broken(body: bytes) -> str:
    """Return the codec to guess for a body that is whole in none."""
    broken = {}
    for codec in ("utf-8", "gb18030"):
        text = body.decode(codec, "replace")
        bad = text.count("\ufffd")
        if bad * _MOST_BROKEN <= sum(not character.isascii() for character in text):
            broken[codec] = bad
    return min(broken, key=lambda codec: broken[codec], default="cp1252")


def _is_utf_8(body: bytes, declared: list[str]) -> bool:
    """Tell whether a body is UTF-8 and more than ASCII, and surely not by chance."""
    if body.isascii():
        return False
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if max(text) > _OF_TWO_BYTES or len(body) - len(text) > _CHANCE:
        return True
    return not any(_reads_as_many(body, codec, len(text)) for codec in declared)


def _reads_as_many(body: bytes, codec: str, characters: int) -> bool:
    """Tell whether the declared codec finds as many characters: one of two bytes in the place of each of UTF-8's."""
    try:
        return codec != "utf-8" and len(body.decode(codec)) == characters
    except UnicodeDecodeError:
        return False


def _declared(page: Page, of_header: str) -> tuple[list[str], tuple[str, ...]]:
    meta = _SHEET.match(page.body) or _META.search(page.body, 0, _BYTES_SEARCHED) or _XML.match(page.body)
    labels = [of_header, meta[1].decode("ascii", "replace") if meta else ""]
    declared = [_CODECS.get(label.lower(), "") for label in labels]
    warnings = tuple(
        f"charset: {label!r} is no encoding we know"
        for label, codec in zip(labels, declared, strict=True)
        if label and not codec
    )
    if (declared[0] == "cp1252" and declared[1]) or declared[1] == "utf-8":
        declared.reverse()
    return list(dict.fromkeys(codec for codec in declared if codec)), warnings


def _lenient(body: bytes, codec: str, warnings: tuple[str, ...], *, declared: bool) -> Decoded:
    text = body.decode(codec, "replace")
    bad = text.count("\ufffd")
    told = (*warnings, f"charset: {bad} places are not {codec}") if bad else warnings
    return Decoded(text, codec, told, declared)
