"""Which encoding a page is in: what is declared, where, and what the bytes say to it."""

from __future__ import annotations

import codecs

import pytest

from articles.charset import decode
from articles.page import Page
from tests.articles.pages import CAPTURED

NAME = "胡喆"  # the second character is in gb18030 and not in gb2312


def page(body: bytes, content_type: str | None = None) -> Page:
    headers = (("Content-Type", content_type),) if content_type else ()
    return Page("http://h/", body, CAPTURED, headers=headers)


def declared(label: str, body: bytes) -> bytes:
    return f'<html><head><meta charset="{label}"></head>'.encode() + body


@pytest.mark.parametrize(
    "body, content_type",
    [
        (declared("utf-8", NAME.encode()), None),
        (declared("utf-8", NAME.encode()), "text/html; charset=ISO-8859-1"),
        (declared("utf-8", NAME.encode()), "text/html; charset=gb2312"),
        (NAME.encode(), None),
        (NAME.encode(), "text/html; charset=utf-8"),
        (declared("gb2312", NAME.encode("gb18030")), None),
        (declared("GBK", NAME.encode("gb18030")), "text/html"),
        (b'<meta http-equiv="Content-Type" content="text/html;charset=GB2312">' + NAME.encode("gb18030"), None),
        (NAME.encode("gb18030"), "text/html; charset=gb2312"),
        (NAME.encode("gb18030"), None),
        (codecs.BOM_UTF8 + declared("gb2312", NAME.encode()), "text/html; charset=gb2312"),
        (codecs.BOM_UTF16_LE + NAME.encode("utf-16-le"), None),
        (declared("no-such-thing", NAME.encode()), None),
        (declared("punycode", NAME.encode()), None),
        (declared("utf-16", NAME.encode()), None),
        (declared("gb2312", NAME.encode()), None),
        (declared("big5", NAME.encode()), "text/html; charset=shift_jis"),
    ],
)
def test_the_characters_are_found(body: bytes, content_type: str | None) -> None:
    assert decode(page(body, content_type)).text.endswith(NAME)


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("ks_c_5601-1987", "cp949", "국방부 똘"),  # the second word is in cp949 and not in EUC-KR
        ("x-sjis", "cp932", "防衛省 ①"),
        ("windows-31j", "cp932", "防衛省"),
        ("windows-1255", "cp1255", "שלום"),
        ("tis-620", "cp874", "กองทัพ"),
        ("windows-1250", "cp1250", "žluťoučký"),
        ("windows-1254", "cp1254", "İstanbul’da"),
        ("iso-8859-9", "cp1254", "İstanbul’da"),
        ("iso-8859-2", "iso8859-2", "žluťoučký"),
        ("latin-9", None, ""),
        ("iso-8859-15", "iso8859-15", "5 €"),
        ("koi8-u", "koi8-u", "Військо"),
        ("big5", "big5hkscs", "國防部"),
    ],
)
def test_a_label_is_read_as_browsers_read_it(label: str, codec: str | None, text: str) -> None:
    if codec is None:
        assert "no encoding we know" in decode(page(declared(label, b"a"))).warnings[0]
        return
    assert decode(page(declared(label, text.encode(codec)))).text.endswith(text)
    assert decode(page(b"<p>" + text.encode(codec), f"text/html; charset={label}")).text == f"<p>{text}"
    in_xml = f'<?xml version="1.0" encoding="{label}"?>'.encode()
    assert decode(page(in_xml + text.encode(codec), "application/xhtml+xml")).text.endswith(text)


@pytest.mark.parametrize("label", ["utf-16le", "UTF-16BE", "utf-16"])
def test_utf_16_is_believed_of_a_header_where_the_body_looks_like_it(label: str) -> None:
    codec = "utf-16-be" if label == "UTF-16BE" else "utf-16-le"
    decoded = decode(page(f"<p>{NAME}".encode(codec), f"text/html; charset={label}"))
    assert (decoded.text, decoded.declared) == (f"<p>{NAME}", True)
    assert decode(page(f"<p>{NAME}".encode(), f"text/html; charset={label}")).text == f"<p>{NAME}"


@pytest.mark.parametrize(
    ("body", "codec", "bad"),
    [
        ("café naïve – “a visit”".encode("cp1252"), "cp1252", 0),
        (f"{NAME * 20}".encode() + b"\xff" + NAME.encode(), "utf-8", 1),
        (f"{NAME * 20}".encode("gb18030") + b"\xff" + NAME.encode("gb18030"), "gb18030", 1),
    ],
)
def test_what_declares_nothing_and_is_broken_is_read_as_what_is_broken_least(body: bytes, codec: str, bad: int) -> None:
    decoded = decode(page(body))
    assert (decoded.codec, decoded.text.count("\ufffd"), decoded.declared) == (codec, bad, False)
    assert len(decoded.doubts) == bool(bad) + (codec != "utf-8")


def test_what_is_utf_8_is_not_read_as_what_the_page_says_of_itself() -> None:
    text = "Japan’s café – “a visit”"
    for label in ("gb2312", "iso-8859-1", "windows-1251", "euc-jp"):
        decoded = decode(page(declared(label, text.encode()), f"text/html; charset={label}"))
        assert decoded.text.endswith(text)
        assert (decoded.codec, decoded.warnings) == ("utf-8", ())
    assert decode(page(declared("iso-8859-1", "café".encode()))).text.endswith("café")


def test_a_word_that_is_utf_8_by_chance_is_read_as_what_is_declared() -> None:
    word = "陆台"  # in GB the bytes of "½" and of a combining mark, in UTF-8
    assert word.encode("gb18030").decode("utf-8") != word
    assert decode(page(declared("gb2312", word.encode("gb18030")))).text.endswith(word)
    assert decode(page(declared("gb2312", word.encode()))).text.endswith(word)


def test_without_a_declaration_western_bytes_are_not_taken_for_utf_8() -> None:
    decoded = decode(page("café".encode("latin-1"), "text/html; charset=ISO-8859-1"))
    assert (decoded.text, decoded.codec) == ("café", "cp1252")


def test_bytes_that_are_in_no_encoding_are_replaced_and_counted() -> None:
    decoded = decode(page(declared("utf-8", b"a\xff\xfeb")))
    assert decoded.text.endswith("a\ufffd\ufffdb")
    assert decoded.warnings == ("charset: 2 places are not utf-8",)


def test_an_unknown_label_is_a_warning() -> None:
    assert decode(page(declared("zlib_codec", b"a"))).warnings == ("charset: 'zlib_codec' is no encoding we know",)


@pytest.mark.parametrize(("label", "codec"), [("shift_jis", "cp932"), ("gbk", "gb18030"), ("utf-8", "utf-8")])
def test_a_style_sheet_declares_its_own(label: str, codec: str) -> None:
    sheet = f'@charset "{label}"; p::before {{ content: "日本" }}'.encode(codec)
    assert "日本" in decode(page(sheet, "text/css")).text
    assert decode(page(b" " + sheet, "text/css")).codec in (
        "utf-8",
        "gb18030",
    )  # not the first bytes: it declares nothing
