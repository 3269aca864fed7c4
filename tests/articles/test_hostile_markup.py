"""Pages made to break a reader: no crash, no endless work, and nothing of the text dropped in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.markup import LONGEST_TAG, MOST_CHARACTERS, _has_long_stretch, parse
from articles.page import Page
from articles.reading import Reading, ReadingOutcome, read
from config.outlet import Outlet
from tests.articles.pages import CAPTURED, URL, chinamil_page
from tests.processor_time import at_most

ReadPage = Callable[..., Reading]
SECONDS = 20.0  # measured: at most 3 s on the machine that wrote this, of which half is Python's garbage
SENTENCE = "<p>The drill ended on Friday.</p>"

BODIES = {
    "100,000 divs deep": "<div>" * 100_000,
    "100,000 lists deep": "<ul><li>" * 50_000,
    "a tag with a million attributes": "<p " + " ".join(f"a{n}" for n in range(1_000_000)) + ">",
    "a tag with 500,000 quoted ends": "<p " + " ".join(f"a{n}='>'" for n in range(500_000)) + ">",
    "a tag with 500,000 openings": "<p " + " ".join(f"<{n}" for n in range(500_000)) + ">",
    "600 attributes on each of 2,000 tags": ("<p " + " ".join(f"a{n}" for n in range(600)) + ">") * 1500,
    "open quotes": "<p a='" * 500_000,
    "half a million stray end tags under 200 elements": "<b>" * 200 + "</i>" * 500_000,
    "a million comments that do not end": "<!--" * 1_000_000,
    "half a million scripts that do not end": "<script>" * 500_000,
    "two million less-than signs": "<" * 2_000_000,
    "half a million open paragraphs": "<p>a" * 500_000,
    "five megabytes in one paragraph": "<p>" + "word " * 1_000_000,
    "150,000 line breaks": "a<br>" * 150_000,
    "100,000 links": "<a href=/x>a</a>" * 100_000,
    "a byline of a megabyte": "<p>By " + "Zhao Lei, " * 100_000 + "</p>",
    "a note of a megabyte": "<p>Editor's note: " + "originally published on the " * 40_000 + "</p>",
    "a disclaimer that never ends": "<p>" + "The information and views " * 40_000 + "</p>",
    "a caption of a megabyte": "<p class=imgdesc>" + "(Photo " * 150_000 + "</p>",
    "brackets": "<p class=imgdesc>" + "(" * 500_000 + "</p>",
    "100,000 pictures": "<img src=/a.png>" * 100_000,
    "entities": "&amp;&#x110000;&#xd800;&#0;&nosuch;" * 100_000,
    "controls": "\x00\x01\x1b\x7f" * 250_000,
    "a declared entity": '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>' + "&y;" * 100_000,
    "end tags that never end": "</html" * 500_000,
    "a style that hides for ever": f"<p style='{'display' + ' ' * 4000}'>" * 1000,
    "100,000 blanks that HTML keeps": "<p>注" + "\u3000" * 100_000 + "注</p>",
    "20,000 captions of one picture": "<img src=/a.png>" + f"<p class=imgdesc>{'a' * 300}</p>" * 19_000,
    "20,000 disclaimers of one note": "<p>Note: a</p>" + "<p>The views do not reflect.</p>" * 19_000,
    "more than is read": "a" * (MOST_CHARACTERS + 1),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_hostile_body_takes_bounded_time_and_never_fails(body: str, read_page: ReadPage) -> None:
    with at_most(SECONDS):
        reading = read_page(body=SENTENCE + body)
    assert reading.outcome in (ReadingOutcome.ARTICLE, ReadingOutcome.DOUBTFUL), reading.warnings


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{'1' * 60}!</p>",
        f"<p>{'1' * 1_000_000}!</p>",
        "<!--enpproperty a" * 400_000,
        "<!--enpproperty a" * 400_000 + "/enpproperty-->",
        "<!--" + " " * 1_000_000 + "/enpproperty" + " " * 1_000_000,
        "<!--enpcontent-->" * 300_000,
    ],
    ids=lambda body: body[:12],
)
def test_a_hostile_page_of_the_old_system_takes_bounded_time(body: str, chinamil: Outlet) -> None:
    """A paragraph of 60 digits and a sign was once a pager in more ways than could be tried in a lifetime."""
    page = Page(
        "http://eng.chinamil.com.cn/view/2019-05/07/content_9497393.htm", f"<h1>A</h1>{body}".encode(), CAPTURED
    )
    with at_most(SECONDS):
        assert read([page], chinamil).outcome is not ReadingOutcome.FAILED


@pytest.mark.parametrize("times", [1, 200])
def test_the_first_properties_that_end_soon_are_read(times: int, chinamil: Outlet) -> None:
    body = f"<h1>A</h1><!-- enpproperty {'b' * 30_000}<!--enpproperty <keyword>c;d</keyword>/enpproperty -->" * times
    reading = read(
        [Page("http://eng.chinamil.com.cn/view/2019-05/07/content_9497393.htm", body.encode(), CAPTURED)], chinamil
    )
    assert reading.article is not None
    assert reading.article.keywords == ("c", "d")


@pytest.mark.parametrize("name", ["100,000 divs deep", "open quotes", "more than is read"])
def test_what_could_not_be_read_to_its_end_is_doubtful(name: str, read_page: ReadPage) -> None:
    assert read_page(body=BODIES[name] + SENTENCE).outcome is ReadingOutcome.DOUBTFUL


@pytest.mark.parametrize(
    "name", ["five megabytes in one paragraph", "half a million stray end tags under 200 elements"]
)
def test_text_behind_a_hostile_stretch_is_still_read(name: str, read_page: ReadPage) -> None:
    article = read_page(body=BODIES[name] + SENTENCE).article
    assert article is not None
    assert article.blocks[-1].text == "The drill ended on Friday."


@pytest.mark.parametrize("times", [1000, 10_000])
def test_an_image_that_is_its_own_address_is_a_warning_and_no_image(times: int, read_page: ReadPage) -> None:
    reading = read_page(body=f'<p><img src="data:image/png;base64,{"iVBORw0KGgo" * times}"></p>{SENTENCE}')
    assert reading.outcome is ReadingOutcome.ARTICLE
    assert reading.article is not None
    assert reading.article.images == ()
    assert any("no address" in warning for warning in reading.warnings)


def test_control_characters_are_shown_as_lost_and_counted(read_page: ReadPage) -> None:
    reading = read_page(body="<p>a\x00b\x1b[31m</p>")
    assert reading.article is not None
    assert reading.article.blocks[0].text == "a\ufffdb\ufffd[31m"
    assert "markup: 2 control characters" in reading.warnings


def test_a_quote_left_open_in_a_script_swallows_no_text(read_page: ReadPage) -> None:
    script = "<script>if (i<n) { x = 'it\\'s' } // don't</script>"
    filler = "<p>Filler of the article.</p>" * 300
    reading = read_page(body=f"{script}{filler}<p>isn't</p>")
    assert reading.article is not None
    assert len(reading.article.blocks) == 301


@given(st.lists(st.integers(0, 3).map(lambda n: LONGEST_TAG - 2 + n) | st.integers(0, 50), max_size=6))
def test_a_long_stretch_is_seen_wherever_it_is(lengths: list[int]) -> None:
    text = ">".join("x" * length for length in lengths)
    assert _has_long_stretch(text) == (max(map(len, text.split(">"))) >= LONGEST_TAG)


def test_nothing_at_all_is_no_tree() -> None:
    assert parse("").root is None
    assert parse("<!-- only a comment -->").root is None


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 3000), st.integers(0, 200))
def test_a_page_with_bytes_put_anywhere_never_fails(chinamil: Outlet, noise: bytes, place: int, cut: int) -> None:
    body = chinamil_page().body
    reading = read([Page(URL, body[:place] + noise + body[place + cut :], CAPTURED)], chinamil)
    assert reading.outcome is not ReadingOutcome.FAILED, reading.warnings


tags = st.sampled_from(
    [
        "p",
        "div",
        "strong",
        "b",
        "br",
        "img",
        "a",
        "span",
        "table",
        "tr",
        "td",
        "ul",
        "li",
        "h2",
        "em",
        "script",
        "style",
        "!--HTMLBOX--",
        "/p",
        "/div",
        "/strong",
        "/a",
        "/table",
        "/html",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(tags, st.text(max_size=8)), max_size=40))
def test_a_body_of_any_tags_never_fails(chinamil: Outlet, parts: list[tuple[str, str]]) -> None:
    body = "".join(f"<{tag}>{text}" for tag, text in parts)
    reading = read([chinamil_page(body=body)], chinamil)
    assert reading.outcome is not ReadingOutcome.FAILED, reading.warnings


words = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="<>&"), min_size=1, max_size=12)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(words, min_size=1, max_size=6), min_size=1, max_size=6), st.sampled_from(["p", "div", "li", "h3"])
)
def test_every_word_of_a_body_is_in_its_blocks_or_its_byline(
    chinamil: Outlet, paragraphs: list[list[str]], tag: str
) -> None:
    body = "".join(f"<{tag}>{'<i> </i>'.join(paragraph)}</{tag}>" for paragraph in paragraphs)
    reading = read([chinamil_page(body=body)], chinamil)
    assert reading.article is not None
    said = [block.text for block in reading.article.blocks]
    assert len(said) + bool(reading.article.byline) >= len(paragraphs)
    assert [word for paragraph in paragraphs for word in paragraph] == " ".join(said).split() or reading.article.byline
