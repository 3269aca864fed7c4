"""Style sheets rewritten, case by case; and tinycss2, which knows nothing of our rules, finds the same addresses."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from replay.rewrite.css import rewrite_css
from replay.rewrite.urls import Base
from tests.replay.rewrite.oracle import css_addresses, leaving, to

BASE = Base("http://a.example/c/s.css")
C = "http://a.example/c/"

CASES = {
    "as it is": ("a { color: red } /* x */", "a { color: red } /* x */"),
    "url": ("a{b:url(i.png)}", f'a{{b:url("/media/{C}i.png")}}'),
    "url in quotes": ("a{b:url( 'i.png' ) c}", f'a{{b:url("/media/{C}i.png" ) c}}'),
    "url in capitals": ('a{b:URL("i.png")}', f'a{{b:url("/media/{C}i.png")}}'),
    "url with escapes": (r"a{b:\75 r\6c(i\2epng)}", f'a{{b:url("/media/{C}i.png")}}'),
    "url with an escaped line end": ("a{b:url('i\\\n.png')}", f'a{{b:url("/media/{C}i.png")}}'),
    "url at the end": ("a{b:url(i.png", f'a{{b:url("/media/{C}i.png")'),
    "url in quotes at the end": ("a{b:url('i.png", f'a{{b:url("/media/{C}i.png"'),
    "url of itself": ("a{b:url(data:image/png;base64,AA==)}", 'a{b:url("data:image/png;base64,AA==")}'),
    "url of a place": ("a{b:url(#g)}", 'a{b:url("#g")}'),
    "url of a place elsewhere": ("a{b:url(i.svg#g)}", f'a{{b:url("/media/{C}i.svg#g")}}'),
    "url of nothing": ("a{b:url()}", 'a{b:url("")}'),
    "url of a script": ("a{b:url(javascript:x)}", 'a{b:url("")}'),
    "bad url": ("a{b:url(i .png)} c{d:url(e.png)}", f'a{{b:-not-replayed()}} c{{d:url("/media/{C}e.png")}}'),
    "bad string in url": ("a{b:url('i\n.png')}", "a{b:-not-replayed()}"),
    "another function": ("a{b:curl(i.png)}", "a{b:curl(i.png)}"),
    "in a comment": ("/* url(i.png) */a{b:url(j.png)}", f'/**/a{{b:url("/media/{C}j.png")}}'),
    "in a string": ("a{content:'url(i.png)'}", "a{content:'url(i.png)'}"),
    "a string with a quote": (r"a{content:'\'url(i.png)'}", r"a{content:'\'url(i.png)'}"),
    "a string that is not closed": (
        "a{content:'x\n} b{c:url(i.png)}",
        f'a{{content:\'x\n}} b{{c:url("/media/{C}i.png")}}',
    ),
    "import": ("@import 'x.css';", f'@import url("/style/{C}x.css");'),
    "import url": ("@import url(x.css) screen;", f'@import url("/style/{C}x.css") screen;'),
    "import after comments": ("@IMPORT/*a*/ /*b*/'x.css' layer(l);", f'@import url("/style/{C}x.css") layer(l);'),
    "import with escapes": (r"@\69mport u\rl('x.css');", f'@import url("/style/{C}x.css");'),
    "import of itself": ("@import url(data:text/css,a{});", "@-not-replayed ();"),
    "import of nothing": ("@import;a{b:url(i.png)}", f'@-not-replayed ();a{{b:url("/media/{C}i.png")}}'),
    "an image set": (
        "a{b:image-set('i.avif' type('image/avif'), url(j) 1x, \"k\" calc(1x + x))}",
        f'a{{b:image-set("/media/{C}i.avif" type(\'image/avif\'), url("/media/{C}j") 1x, "/media/{C}k" calc(1x + x))}}',
    ),
    "after an image set": (
        "a{b:-webkit-image-set(url('j.png') 1x);content:'x'}",
        f"a{{b:-webkit-image-set(url(\"/media/{C}j.png\") 1x);content:'x'}}",
    ),
    "an image set of a variable": (
        "a{--i:'//x';b:image-set(var(--i) 1x)}",
        "a{--i:'//x';b:image-set(-not-replayed(--i) 1x)}",
    ),
    "an encoding": ('@charset "gbk";a{}', "/**/a{}"),
    "a namespace": ("@namespace s url(http://www.w3.org/2000/svg);", "@namespace s url(http://www.w3.org/2000/svg);"),
    "another namespace": ("@namespace 'http://x.example/';", "@-not-replayed 'http://x.example/';"),
    "comments of HTML": ("<!-- a{b:url(i.png)} -->", f'/**/ a{{b:url("/media/{C}i.png")}} -->'),
    "a name behind a comment of HTML": ("<!--url(i.png)", f'/**/url("/media/{C}i.png")'),
    "escapes in an image set": (r"a{b:image-set(u\72l(c) 1x)}", f'a{{b:image-set(url("/media/{C}c") 1x)}}'),
    "an escaped bracket": (r"a{b:u\72l\(x\)}", r"a{b:u\72l\(x\)}"),
    "a name in two parts": (
        r"a{b:\75<!--rl(//x) \75/**/rl(//x) \75@charset 'x';rl(//x)}",
        r"a{b:\75/**/rl(//x) \75/**/rl(//x) \75/**/rl(//x)}",
    ),
    "behind a sign": ("a{b:#url(c 'd') @url(c) #\\75rl(e)}", "a{b:#url(c 'd') @url(c) #\\75rl(e)}"),
    "a range": ("@media (400px<=width<900px){}", "@media (400px<=width< 900px){}"),
    "nesting": ("a{&:hover{} &b{}}", "a{&:hover{} &/**/b{}}"),
    "a tag in a string": ("a{content:'</style>&lt;'}", r"a{content:'\3c /style>\26 lt;'}"),
    "a tag in a name": (r"a\<b{c:\26 d}\<\&{}", r"a\3c b{c:\26 d}\3c \26 {}"),
    "a tag in between": ("a<b/c<script>", "a< b/c< script>"),
    "line ends": ("a{b:'c\\\r\nd'\r}\f", "a{b:'c\\\nd'\n}\n"),
}


@pytest.mark.parametrize(("sheet", "expected"), CASES.values(), ids=CASES.keys())
def test_what_becomes_of(sheet: str, expected: str) -> None:
    made = rewrite_css(sheet, BASE, to)
    assert made == expected
    assert list(leaving(css_addresses(made, sheet=True))) == []


pieces = st.sampled_from(
    [
        *"\"'()[]{};:,@\\/*#<>!-&. \n\tuU",
        *(
            "url(",
            "URL(",
            "\\75rl(",
            "u\\72 l(",
            "x.png",
            "http://x/",
            "//x/",
            "data:image/png,",
            "\\",
            "\\\n",
            "\\A ",
            "\\22",
        ),
        *(
            "@import",
            "@import ",
            "@\\69 mport ",
            "@charset ",
            "@namespace ",
            "image-set(",
            "-webkit-image-set(",
            "src(",
            "var(",
        ),
        *(
            "/*",
            "*/",
            "<!--",
            "-->",
            "</style",
            "<script>",
            "&lt;",
            "a{b:",
            "1x",
            "type(",
            "image(",
            "é",
            "\x00",
            "\r\n",
            "\f",
        ),
    ]
)


@given(st.lists(pieces, max_size=30).map("".join))
def test_of_any_sheet_nothing_leads_away_nor_is_markup(sheet: str) -> None:
    made = rewrite_css(sheet, BASE, to)
    assert list(leaving(css_addresses(made, sheet=True))) == [], made
    assert list(leaving(css_addresses(made))) == [], made
    for place, character in enumerate(made):
        after = made[place + 1 : place + 2]
        assert character != "<" or after in ("=", " "), made
        assert character != "&" or not (after.isalnum() or after in ("#", "\\")), made


@given(st.lists(pieces, max_size=30).map("".join))
def test_every_address_that_another_parser_sees_is_mapped(sheet: str) -> None:
    """What tinycss2 finds in the sheet and can be mapped is found in what was made of it, in order."""
    assume("@charset" not in sheet)  # its string goes, also where it is none of an address's place
    asked: list[str] = []
    sheet += ";"  # of a backslash at the very end tinycss2 has a view of its own

    def noted(url: str, kind: object) -> str:
        asked.append(url)
        return f"/x/{url}"

    rewrite_css(sheet, BASE, noted)  # type: ignore[arg-type]
    wanted = [
        BASE.resolve(address)
        for address in css_addresses(sheet)
        if address.strip() and not address.startswith(("#", "data:"))
    ]
    left = iter(asked)
    assert all(url in left for url in wanted if url is not None), (asked, wanted)


@given(st.lists(pieces, max_size=30).map("".join) | st.text())
def test_what_was_rewritten_stays_as_it_is(sheet: str) -> None:
    once = rewrite_css(sheet, BASE, lambda url, _kind: url)
    assert rewrite_css(once, BASE, lambda url, _kind: url) == once
