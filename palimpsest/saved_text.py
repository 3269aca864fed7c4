"""The characters of a file that a person saved, in an encoding that is known and never guessed.

An encoding that was guessed makes findings out of nothing: nearly every text in Big5, Shift-JIS or EUC passes for
GB18030 too, and one in UTF-16 for UTF-8 with a NUL beside each letter.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from articles.charset import decode
from articles.errors import EncodingUnknown
from articles.page import Page

_MARKS: Final = (  # that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ANOTHERS: Final = {"\0": "UTF-16 or UTF-32", "\x1b$": "ISO-2022"}
_ADVICE: Final = (
    "Name it with --encoding: utf-16-le, gb18030, big5, shift_jis, euc_jp, euc_kr, cp1252, … (once for both files, or"
    " twice, the older one's first), or save the file as UTF-8."
)


def codec_of(name: str) -> str:
    """Return the name that a text encoding has everywhere. Raises EncodingUnknown where there is none of that name.

    >>> codec_of("UTF8"), codec_of("Shift-JIS")
    ('utf-8', 'shift_jis')
    """
    try:
        "".encode(name)  # "hex" is a codec, and no encoding of text
        return codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        raise EncodingUnknown(f"{name!r} is no encoding that we know. {_ADVICE}") from error


def text_of(path: Path, data: bytes, codec: str | None) -> tuple[str, str]:
    """Return the characters of a text without its byte order mark, and the codec that gave them.

    That is `codec` where it is given, else what the byte order mark says, else UTF-8. Raises EncodingUnknown for a text
    that is none in that codec.
    """
    marked = next(((mark, of_mark) for mark, of_mark in _MARKS if data.startswith(mark)), None)
    found = codec or (marked[1] if marked else "utf-8")
    try:
        text = data.decode(found).removeprefix("\ufeff")
    except UnicodeError as error:
        if codec or marked:
            said = "as you said" if codec else "as it begins"
            raise EncodingUnknown(f"{path} is not in {found}, {said} ({error}). {_ADVICE}") from error
        raise EncodingUnknown(
            f"{path}: we can't tell which encoding the text is in: it is no UTF-8. {_ADVICE}"
        ) from error
    _require_text(path, text, found)
    return text, found


def page_codec(path: Path, page: Page) -> str:
    """Return the codec of a page: that of its byte order mark or its declaration, else UTF-8.

    Raises EncodingUnknown where there is neither and it is no UTF-8, which a browser and our readers would guess.
    """
    decoded = decode(page)
    if not decoded.declared and (decoded.codec != "utf-8" or "\ufffd" in decoded.text):
        raise EncodingUnknown(f"{path}: the page does not say which encoding it is in, and is no UTF-8. {_ADVICE}")
    _require_text(path, decoded.text, decoded.codec)
    return codecs.lookup(decoded.codec).name


def _require_text(path: Path, text: str, codec: str) -> None:
    for mark, name in _ANOTHERS.items():
        if mark in text:
            raise EncodingUnknown(
                f"{path}: read as {codec} it holds what no text does, and {name} read so does. {_ADVICE}"
            )
