"""Nothing runs and nothing is fetched from elsewhere, whatever a page holds: seen by parsers that are not ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replay.rewrite.urls import Base
from tests.replay.rewrite.oracle import URL, rewritten, tree, unsafe

RUN, EVIL = "fetch(/ran/.source)", "http://evil.example/x"
VECTORS = [
    line.encode("ascii").decode("unicode_escape").replace("$RUN", RUN).replace("$EVIL", EVIL)
    for line in (Path(__file__).parent / "vectors.txt").read_text("ascii").splitlines()
    if not line.startswith("# ")
]
BEFORE = ["", "<svg>", "<select>", "<table>", "<template>", "<math><mtext>", "<svg><p>", "<frameset>", "<noscript>"]


TYPES = ["text/html; charset=utf-8", "application/xhtml+xml; charset=utf-8"]


@pytest.mark.parametrize("vector", VECTORS)
def test_no_trick_comes_through(vector: str) -> None:
    for before in BEFORE:
        made = rewritten(before + vector)
        assert unsafe(made) == [], made
    made = rewritten(vector, content_type=TYPES[1])
    assert unsafe(made) == [], made


tricks = st.sampled_from(
    [
        *"<>\"'/=& -!\n\t;:\x00\x0c",
        *[
            "<p ",
            "<a href=",
            "<img src=",
            "<svg>",
            "</svg>",
            "<math>",
            "<style>",
            "</style>",
            "<title>",
            "</title>",
            "<select>",
            "<table>",
        ],
        *[
            "<script>",
            "</script>",
            "<textarea>",
            "</textarea>",
            "<noscript>",
            "</noscript>",
            "<iframe",
            "</iframe>",
            "<template>",
        ],
        *[
            "<!--",
            "-->",
            "--!>",
            "<![CDATA[",
            "]]>",
            "<!doctype ",
            "<?",
            "</",
            "/>",
            "<mtext>",
            "<mglyph>",
            "<foreignObject>",
            "<desc>",
        ],
        *["<xmp>", "</xmp>", "<plaintext>", "<noembed>", "<frameset>", "<form action=", "<base href=", "<object data="],
        *[
            " onclick=x",
            " onerror='x'",
            " style=",
            " srcset=",
            " srcdoc=",
            " href=",
            " xlink:href=",
            " rel=stylesheet",
            " data-src=",
        ],
        *[
            "javascript:x",
            "http://evil.example/",
            "//evil.example",
            "data:text/html,x",
            "url(",
            "@import ",
            ")",
            "a 1x, b 2x",
        ],
        *[
            "&quot;",
            "&#60;",
            "&lt",
            "&colon;",
            "&Tab;",
            "<link ",
            "<input ",
            "<embed src=",
            "<use",
            "<style/>",
            "<script/>",
            "<title/>",
        ],
        *["<meta http-equiv=refresh content='0;", "<animate attributeName=href to="],
    ]
)


@given(st.lists(tricks, max_size=25).map("".join), st.sampled_from(TYPES))
def test_no_mixture_of_tricks_comes_through(page: str, content_type: str) -> None:
    made = rewritten(page, content_type=content_type)
    assert unsafe(made) == [], made


@given(
    st.binary(max_size=300), st.sampled_from(["", "text/html; charset=gbk", "text/html; charset=utf-8", "text/html"])
)
def test_any_bytes_make_a_page(body: bytes, content_type: str) -> None:
    assert unsafe(rewritten(body, content_type=content_type)) == []


@given(st.lists(tricks, max_size=15).map("".join), st.sampled_from(TYPES))
def test_two_browsers_see_the_same_markup(page: str, content_type: str) -> None:
    """With scripts or without: no element holds what is markup for one and text for the other."""
    made = rewritten(page, content_type=content_type)
    assert [element.tag for element in tree(made).iter()] == [
        element.tag for element in tree(made, scripting=True).iter()
    ]


@settings(max_examples=300)
@given(st.text(max_size=60), st.text(max_size=40))
def test_any_reference_is_an_address_or_none(reference: str, host: str) -> None:
    for text in (reference, f"//{host}/{reference}", f"http:{reference}", f"http://{host}"):
        found = Base(URL, "gb18030").resolve(text)
        if found is not None:
            assert found.isascii()
            assert not set(found) & set(' "<>`\\^\n\t#') - set("\\^`"), found
            assert Base("http://other.example/x").resolve(found) == found, text
