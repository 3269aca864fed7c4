"""From bytes to characters: which encoding a page is in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from articles.page import Page

_META = re.compile(rb"""<meta\b[^>]{0,500}?\bcharset\s*+=\s*+["']?\s*+([\w:.-]{1,40})""", re.IGNORECASE)
_SHEET = re.compile(rb"""@charset "([\w:.-]{1,40})";""")  # of a style sheet: its first bytes, in this form alone
_HEADER = re.compile(r"""charset\s*+=\s*+["']?\s*+([\w:.-]{1,40})""", re.IGNORECASE)
_BYTES_SEARCHED = 8192  # the standard asks for 1,024; the PLA CMS puts long comments first

# Labels of the WHATWG Encoding Standard that our outlets' pages may carry. A list, because Python knows "encodings"
# (punycode, idna) whose decoding a hostile page could make slow, and because the standard reads some labels as
# another encoding than they name: pages that declare GB2312 hold characters that only gb18030 has.
_GB = dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "gb_2312", "euc-cn", "cp936"), "gb18030")
_WESTERN = dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"), "cp1252")
_OTHERS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "utf-16": "utf-8",  # who can read this label in a meta element is not reading UTF-16
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949",
    "windows-1251": "cp1251",
    "koi8-r": "koi8_r",
    "windows-1256": "cp1256",
}
# So few characters of two bytes, and none of three, may be Chinese that passes for UTF-8: each does so once in six.
_CHANCE = 3
_OF_TWO_BYTES = "\u07ff"
_CODECS = {**_GB, **_WESTERN, **_OTHERS}
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


def decode(page: Page) -> Decoded:
    """Decode a page's body: byte order mark, else UTF-8, else Content-Type, else meta, else a try at gb18030.

    Of a style sheet `@charset` is what a meta element is of a page.

    What is UTF-8 and more than ASCII is read as UTF-8, whatever is declared: text in another encoding hardly ever
    passes for it, and a page that was saved or moved to another server often keeps a declaration that was true once.
    Where header and meta element differ else, the one that fits the bytes is believed; a header that says ISO-8859-1 (a
    server's default) never wins over a meta element. Bytes that no candidate can read become U+FFFD, with a warning:
    the bytes stay in the archive.
    """
    for mark, codec in _MARKS:
        if page.body.startswith(mark):
            return _lenient(page.body[len(mark) :], codec, (), declared=True)
    declared, warnings = _declared(page)
    candidates = ["utf-8", *declared] if _is_utf_8(page.body, declared) else declared or ["utf-8", "gb18030"]
    for codec in candidates:
        try:
            return Decoded(page.body.decode(codec), codec, warnings, bool(declared))
        except UnicodeDecodeError:
            continue
    return _lenient(page.body, candidates[0], warnings, declared=bool(declared))


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


def _declared(page: Page) -> tuple[list[str], tuple[str, ...]]:
    header = _HEADER.search(page.header("Content-Type") or "")
    meta = _SHEET.match(page.body) or _META.search(page.body, 0, _BYTES_SEARCHED)
    labels = [header[1] if header else "", meta[1].decode("ascii", "replace") if meta else ""]
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
