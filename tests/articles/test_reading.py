"""What comes of reading: an article, or one of the four outcomes that make no state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from articles.errors import ReaderUnknown
from articles.page import Page
from articles.readers import registry
from articles.readers.reader import Findings
from articles.reading import Reading, ReadingOutcome, can_read_again, current_reader_ids, part_urls, read
from config.outlet import Outlet
from tests.articles.pages import CAPTURED, URL, chinamil_page

SHELL = (
    b'<html><head><meta http-equiv="refresh" content="0;url=http://eng.chinamil.com.cn/"></head><body></body></html>'
)
CHALLENGE = b'<html><head><title>Just a moment...</title><meta http-equiv="refresh" content="390"></head></html>'

WATCHED = (
    b"<html><head><script src='/cdn-cgi/challenge-platform/h/g/scripts/jsd/main.js'></script></head>"
    b"<h1>News</h1></html>"
)
"""Cloudflare puts that script into ordinary pages, to watch who reads them."""


def part(number: int, **parts: str) -> Page:
    return chinamil_page(url=URL.replace(".html", f"_{number}.html"), **{"pages": "3", **parts})  # type: ignore[arg-type]


def makes_no_state(reading: Reading) -> bool:
    return (reading.content_id, reading.text_id, reading.article_json, reading.field_hashes) == (None, None, None, ())


@pytest.mark.parametrize(
    "body, status, outcome, reason",
    [
        (SHELL, 200, ReadingOutcome.NOT_AN_ARTICLE, "shell"),
        (b"<title>404 Not Found</title>", 200, ReadingOutcome.NOT_AN_ARTICLE, "404"),
        (b"gone", 404, ReadingOutcome.NOT_AN_ARTICLE, "answered 404"),
        (b"busy", 503, ReadingOutcome.NOT_AN_ARTICLE, "answered 503"),
        *((CHALLENGE, status, ReadingOutcome.DOUBTFUL, "challenge") for status in (200, 202, 302, 403, 503)),
        (CHALLENGE, 404, ReadingOutcome.NOT_AN_ARTICLE, "answered 404"),
        (WATCHED, 200, ReadingOutcome.DOUBTFUL, "template"),
        (
            b"<html><body><div class=brand-new><h1>News</h1></div></body></html>",
            200,
            ReadingOutcome.DOUBTFUL,
            "template",
        ),
        (b"", 200, ReadingOutcome.DOUBTFUL, "empty"),
        (b"\x00\xff\xfe\x00<<<", 200, ReadingOutcome.DOUBTFUL, "template"),
    ],
)
def test_what_no_reader_claims(
    body: bytes, status: int, outcome: ReadingOutcome, reason: str, chinamil: Outlet
) -> None:
    reading = read([Page(URL, body, CAPTURED, status)], chinamil)
    assert (reading.outcome, makes_no_state(reading)) == (outcome, True)
    assert reason in reading.warnings[0]
    assert reading.reader_id in current_reader_ids(chinamil)
    assert reading.article_key == "chinamil:cbf:16320417"


def test_an_article_served_with_an_error_is_no_article(chinamil: Outlet) -> None:
    reading = read([chinamil_page(status=404)], chinamil)
    assert reading.outcome is ReadingOutcome.NOT_AN_ARTICLE


def test_an_article_that_refreshes_itself_is_an_article(chinamil: Outlet) -> None:
    page = chinamil_page()
    body = page.body.replace(b"<head>", b'<head><meta http-equiv="refresh" content="600;url=/">')
    assert read([Page(URL, body, CAPTURED)], chinamil).outcome is ReadingOutcome.ARTICLE


def test_a_page_says_the_same_over_http_and_https(chinamil: Outlet) -> None:
    over_https = chinamil.model_dump(mode="json")
    for article in over_https["articles"]:
        article["url"] = article["url"].replace("http:", "https?:")
    outlet = Outlet.model_validate(over_https)
    body = '<p>The drill ended.</p><p><img src="/att/1.jpg"></p><p>See <a href="more.html">more</a>.</p>'
    plain, secure = (
        read([chinamil_page(body=body, url=URL.replace("http:", scheme))], outlet) for scheme in ("http:", "https:")
    )
    assert plain.article is not None
    assert secure.article is not None
    assert (plain.article.images[0].url[:7], secure.article.images[0].url[:8]) == ("http://", "https://")
    assert plain.article.links != secure.article.links
    assert plain.content_id == secure.content_id is not None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "emptied body"),
        ("<p> </p><div>&nbsp;<!-- text --></div>", "emptied body"),
        ("<p>&nbsp;</p><script>var text = 1</script>", "collapsed body"),  # the script may draw what we can't see
        ("<svg></svg>", "collapsed body"),
    ],
)
def test_a_body_without_text_is_doubtful_and_says_whether_it_is_empty(
    body: str, why: str, read_page: Callable[..., Reading]
) -> None:
    reading = read_page(body=body)
    assert (reading.outcome, makes_no_state(reading)) == (ReadingOutcome.DOUBTFUL, True)
    assert reading.warnings[0].startswith(why)


def test_an_empty_body_of_a_page_that_may_be_cut_off_is_not_called_emptied(read_page: Callable[..., Reading]) -> None:
    assert not any(warning.startswith("emptied") for warning in read_page(body="", headline=" ").warnings)


def test_a_page_without_a_headline_is_doubtful(read_page: Callable[..., Reading]) -> None:
    assert read_page(headline=" ").outcome is ReadingOutcome.DOUBTFUL


@pytest.mark.parametrize("share", [0.5, 0.6, 0.7, 0.8])
def test_a_page_cut_off_anywhere_makes_no_state(share: float, chinamil: Outlet) -> None:
    page = chinamil_page(body="<p>A sentence of the article.</p>" * 200)
    reading = read([Page(URL, page.body[: int(len(page.body) * share)], CAPTURED)], chinamil)
    assert makes_no_state(reading)


def test_every_cut_of_a_page_either_makes_no_state_or_loses_nothing(chinamil: Outlet) -> None:
    page = chinamil_page()
    whole = read([page], chinamil)
    for end in range(0, len(page.body), 7):
        reading = read([Page(URL, page.body[:end], CAPTURED)], chinamil)
        assert reading.outcome is not ReadingOutcome.FAILED
        assert makes_no_state(reading) or reading.content_id == whole.content_id, end


def test_a_page_whose_template_lost_its_delimiters_is_read_by_structure(chinamil: Outlet) -> None:
    page = chinamil_page()
    reading = read([Page(URL, page.body.replace(b"<!--HTMLBOX-->", b""), CAPTURED)], chinamil)
    assert reading.content_id == read([page], chinamil).content_id
    assert any("no delimiters" in warning for warning in reading.warnings)


def test_all_parts_are_joined_in_order_whatever_the_order_given(chinamil: Outlet) -> None:
    first = chinamil_page(pages="3", body="<p>By Zhao Lei</p><p>One.</p>")
    two, three = part(2, body="<p>Two.</p>"), part(3, body="<p>By Boat</p>")
    reading = read([first, three, two], chinamil)
    assert reading.outcome is ReadingOutcome.ARTICLE
    assert reading.article is not None
    assert [block.text for block in reading.article.blocks] == ["One.", "Two.", "By Boat"]
    assert reading.content_id == read([first, two, three], chinamil).content_id


def test_a_part_fetched_over_https_counts(chinamil: Outlet) -> None:
    parts = [
        Page(page.url.replace("http:", "https:"), page.body, CAPTURED)
        for page in (part(2, body="<p>Two.</p>"), part(3, body="<p>Three.</p>"))
    ]
    assert read([chinamil_page(pages="3"), *parts], chinamil).outcome is ReadingOutcome.ARTICLE


@pytest.mark.parametrize(
    "others",
    [
        [],
        [part(2)],
        [part(3)],
        [part(2), Page(part(3).url, SHELL, CAPTURED)],
        [part(2), Page(part(3).url, part(3).body, CAPTURED, 503)],
    ],
    ids=["none", "the second only", "the third only", "a shell for the third", "a 503 for the third"],
)
def test_a_missing_part_is_incomplete(others: Sequence[Page], chinamil: Outlet) -> None:
    reading = read([chinamil_page(pages="3"), *others], chinamil)
    assert (reading.outcome, makes_no_state(reading)) == (ReadingOutcome.INCOMPLETE, True)
    assert any("_3.html" in warning or "_2.html" in warning for warning in reading.warnings)


def test_a_further_page_alone_is_incomplete(chinamil: Outlet) -> None:
    reading = read([part(2)], chinamil)
    assert reading.outcome is ReadingOutcome.INCOMPLETE
    assert part_urls(part(2), chinamil) == ()


class Broken:
    """A reader with a bug."""

    name: str = "broken"
    version: int = 7

    def claims(self, *_: object) -> bool:
        return True

    def part_urls(self, *_: object) -> tuple[str, ...]:
        return ()

    def read(self, *_: object) -> Findings:
        raise KeyError("a field that was always there")


def test_an_exception_is_a_reading_that_failed_and_names_its_line(
    chinamil: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry._BY_NAME, "broken", Broken())
    outlet = chinamil.model_copy(update={"readers": ("broken",)})
    reading = read([chinamil_page()], outlet)
    assert (reading.outcome, makes_no_state(reading)) == (ReadingOutcome.FAILED, True)
    assert reading.reader_id.startswith("broken/7+")
    assert reading.article_key == "chinamil:cbf:16320417"
    assert "KeyError" in reading.warnings[0]
    assert "test_reading.py" in reading.warnings[0]


def test_no_page_at_all_does_not_raise(chinamil: Outlet) -> None:
    assert read([], chinamil).outcome is ReadingOutcome.FAILED


def test_an_unknown_reader_in_an_outlet_file_is_named(chinamil: Outlet) -> None:
    outlet = chinamil.model_copy(update={"readers": ("pla-2022", "pla-2052")})
    with pytest.raises(ReaderUnknown, match="pla-2052"):
        current_reader_ids(outlet)
    assert read([chinamil_page()], outlet).outcome is ReadingOutcome.FAILED


def test_the_id_of_unclaimed_pages_changes_with_the_outlets_readers(chinamil: Outlet) -> None:
    fewer = chinamil.model_copy(update={"readers": chinamil.readers[:1]})
    unclaimed = [{name for name in current_reader_ids(o) if name.startswith("unclaimed/")} for o in (chinamil, fewer)]
    assert unclaimed[0] != unclaimed[1]


@pytest.mark.parametrize("corrected", [{"timezone": "Asia/Tokyo"}, {"language": "zh"}])
def test_every_id_changes_with_a_fact_that_readers_are_given(chinamil: Outlet, corrected: dict[str, str]) -> None:
    other = chinamil.model_copy(update=corrected)
    before, after = (read([chinamil_page()], outlet) for outlet in (chinamil, other))
    assert not current_reader_ids(chinamil) & current_reader_ids(other)
    assert after.reader_id in current_reader_ids(other)
    assert before.reader_id != after.reader_id
    assert can_read_again(before.reader_id, chinamil)
    assert not can_read_again(before.reader_id, other)
    assert can_read_again("pla-2022/2", other), "an id of the time before they told the facts"
    assert not can_read_again("pla-2022/999", chinamil)


def test_what_readers_are_not_given_changes_no_id(chinamil: Outlet) -> None:
    other = chinamil.model_copy(update={"schedule": "0 0 * * *", "articles": chinamil.articles[:1], "name": "Another"})
    assert current_reader_ids(other) == current_reader_ids(chinamil)


def test_a_url_that_no_pattern_fits_has_no_key(chinamil: Outlet) -> None:
    reading = read([chinamil_page(url="http://mirror.example/CHINA_209163/16320417.html")], chinamil)
    assert (reading.outcome, reading.article_key) == (ReadingOutcome.ARTICLE, None)


def test_the_same_page_reads_the_same_at_another_time(chinamil: Outlet) -> None:
    page = chinamil_page()
    later = Page(page.url, page.body, datetime(2030, 1, 1, tzinfo=UTC), headers=(("Date", "later"),))
    assert read([page], chinamil).content_id == read([later], chinamil).content_id
