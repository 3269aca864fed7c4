"""Each trap of the PLA's CMS, on a page of our own in its markup."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from articles.article import Article, Block, BlockKind
from articles.page import Page
from articles.reading import Reading, ReadingOutcome, part_urls, read
from config.outlet import Outlet
from tests.articles.pages import CAPTURED, FIXTURES, URL, chinamil_page, golden_pair

ReadPage = Callable[..., Reading]
ATTACHMENT = "/CHINA_209163/Exercises/_attachment/2026/01/23/{id}_00112233445566778899aabbccddeeff.jpg"


def article_of(reading: Reading) -> Article:
    assert reading.outcome is ReadingOutcome.ARTICLE, reading.warnings
    assert reading.article is not None
    return reading.article


def test_the_sites_name_is_an_h1_and_not_the_headline(read_page: ReadPage) -> None:
    assert article_of(read_page()).headline == "Drill ends"


def test_stale_description_title_and_keywords_are_never_used(read_page: ReadPage) -> None:
    assert "tale" not in str(article_of(read_page(facts="", time="")).to_json())


def test_meta_author_reporter_and_editor_are_neither_byline_nor_editors(read_page: ReadPage) -> None:
    article = article_of(read_page(facts="<dt>Source</dt><dd>PLA Daily</dd>"))
    assert (article.byline, article.editors) == ((), ())


@pytest.mark.parametrize("spelling", ["ame", "name"])
def test_publishdate_is_found_in_both_spellings_and_is_a_day_only(spelling: str, chinamil: Outlet) -> None:
    page = chinamil_page(time="")
    page = Page(page.url, page.body.replace(b"<meta ame=", f"<meta {spelling}=".encode()), CAPTURED)
    article = article_of(read([page], chinamil))
    assert (article.published_at, article.published_raw) == (None, "2026-01-23")
    assert any("day without a time" in warning for warning in article.warnings)


def test_a_publishdate_that_is_not_the_printed_day_is_a_warning(read_page: ReadPage) -> None:
    article = article_of(read_page(day="2026-01-21"))
    assert article.published_raw == "2026-01-23 15:59:34"
    assert any("publishdate" in warning for warning in article.warnings)


def test_a_time_after_the_capture_is_a_warning(read_page: ReadPage) -> None:
    article = article_of(read_page(time="<dt>Time</dt><dd>2569-01-23 15:59:34</dd>"))
    assert any("later than the capture" in warning for warning in article.warnings)


@pytest.mark.parametrize(
    "line, names",
    [
        ("By Li Ziyue and Chen Ze'an", ("Li Ziyue", "Chen Ze'an")),
        ("By Zhao Lei, Wu Min and Sun Fei", ("Zhao Lei", "Wu Min", "Sun Fei")),
        ("By&nbsp;Zhao Lei", ("Zhao Lei",)),
        ("<strong>By Zhao Lei</strong>", ("Zhao Lei",)),
        ("By PLA Daily reporters Zhao Lei and Wu Min", ("Zhao Lei", "Wu Min")),
    ],
)
def test_the_byline_is_the_opening_line_and_no_block(line: str, names: tuple[str, ...], read_page: ReadPage) -> None:
    article = article_of(read_page(body=f"<p>{line}</p><p>The drill ended on Friday.</p>"))
    assert article.byline == names
    assert article.blocks == (Block(BlockKind.PARAGRAPH, "The drill ended on Friday."),)


def test_bylines_on_two_lines_are_one(read_page: ReadPage) -> None:
    article = article_of(read_page(body="<p>By Zhao Lei</p><p>By Wu Min</p><p>Text.</p>"))
    assert article.byline == ("Zhao Lei", "Wu Min")


@pytest.mark.parametrize(
    "opening",
    [
        "By the end of 2025, the fleet had grown.",
        "By land and by sea",
        "By 2027 it will be ready",
        "Bystanders cheered",
    ],
)
def test_a_sentence_that_opens_with_by_is_no_byline(opening: str, read_page: ReadPage) -> None:
    article = article_of(read_page(body=f"<p>{opening}</p><p>More.</p>"))
    assert article.byline == ()
    assert article.blocks[0].text == opening


def test_a_byline_like_line_after_the_first_paragraph_stays_text(read_page: ReadPage) -> None:
    article = article_of(read_page(body="<p>Text.</p><p>By Zhao Lei</p>"))
    assert article.byline == ()
    assert article.blocks[1].text == "By Zhao Lei"


def test_a_caption_may_stand_before_the_byline(read_page: ReadPage) -> None:
    image = f'<p><img src="{ATTACHMENT.format(id=16320417)}"></p><p>A bridge. (Photo by Wang Qiang)</p>'
    article = article_of(read_page(body=f"{image}<p>By Zhao Lei</p><p>Text.</p>"))
    assert article.byline == ("Zhao Lei",)
    assert [block.kind for block in article.blocks] == [BlockKind.CAPTION, BlockKind.PARAGRAPH]


def test_an_image_named_after_another_article_is_left_out_with_a_warning(read_page: ReadPage) -> None:
    body = "".join(f'<p><img src="{ATTACHMENT.format(id=number)}"></p>' for number in (16320417, 16385318))
    article = article_of(read_page(body=f"{body}<p>Text.</p>"))
    assert [image.url for image in article.images] == [f"http://eng.chinamil.com.cn{ATTACHMENT.format(id=16320417)}"]
    assert any("16385318" in warning for warning in article.warnings)


def test_an_image_without_an_article_in_its_name_belongs(read_page: ReadPage) -> None:
    article = article_of(read_page(body='<p><img src="//img.example.org/a.png?v=2"></p><p>Text.</p>'))
    assert [image.url for image in article.images] == ["http://img.example.org/a.png?v=2"]


def test_a_caption_in_the_cmss_class_goes_to_the_image_before_it(read_page: ReadPage) -> None:
    body = (
        f'<p class="ueditor-paragraph-media"><img src="{ATTACHMENT.format(id=16320417)}"></p>'
        '<p class="ueditor-text-p_display ueditor-text-tushuo"><span class="imgdesc">A bridge.</span></p><p>Text.</p>'
    )
    article = article_of(read_page(body=body))
    assert (article.images[0].caption, article.images[0].credit) == ("A bridge.", None)
    assert article.blocks[0] == Block(BlockKind.CAPTION, "A bridge.")


def test_the_caption_of_a_stranger_image_is_not_put_to_the_image_before(read_page: ReadPage) -> None:
    body = (
        f'<p><img src="{ATTACHMENT.format(id=16320417)}"></p><p><img src="{ATTACHMENT.format(id=16385318)}"></p>'
        '<p class="ueditor-text-tushuo">Of the other one.</p><p>Text.</p>'
    )
    assert article_of(read_page(body=body)).images[0].caption is None


def test_comments_sidebars_and_make_times_change_nothing(read_page: ReadPage) -> None:
    before = read_page()
    after = read_page(
        make_time="2026-06-01 09:00:00",
        sidebar='<h4 class="title"><a href="/SIDEBAR/1.html">Other news</a></h4><img src="/x_attachment/1.png">',
    )
    assert before.content_id == after.content_id


def test_a_cache_buster_on_an_image_changes_no_identity_but_stays_in_the_article(read_page: ReadPage) -> None:
    readings = [
        read_page(body=f'<p><img src="{ATTACHMENT.format(id=16320417)}?v=1.0.{n}"></p><p>Text.</p>') for n in (1, 2)
    ]
    assert readings[0].content_id == readings[1].content_id
    assert readings[0].article != readings[1].article


def test_junk_paragraphs_at_the_end_are_no_blocks(read_page: ReadPage) -> None:
    junk = '<p>\n</p><p align="center">\n\n</p>\n\n<p> </p><p>&nbsp;</p><p><br></p><p>&#8203;</p>'
    assert len(article_of(read_page(body=f"<p>Text.</p>{junk}")).blocks) == 1


def test_a_subhead_is_a_paragraph_that_holds_only_bold(read_page: ReadPage) -> None:
    body = "<p><strong>Only </strong><b>bold</b></p><p><strong>Bold</strong> and plain.</p><h3>Heading</h3>"
    kinds = [block.kind for block in article_of(read_page(body=body)).blocks]
    assert kinds == [BlockKind.SUBHEAD, BlockKind.PARAGRAPH, BlockKind.SUBHEAD]


def test_a_long_bold_paragraph_is_a_paragraph(read_page: ReadPage) -> None:
    article = article_of(read_page(body=f"<p><strong>{'Long words. ' * 30}</strong></p>"))
    assert article.blocks[0].kind is BlockKind.PARAGRAPH


def test_the_hidden_block_and_its_back_are_never_read(read_page: ReadPage) -> None:
    body = '<p>Text.</p><div id="hide"><span>back</span></div><p style="display:none">draft</p><p hidden>old</p>'
    assert [block.text for block in article_of(read_page(body=body)).blocks] == ["Text."]


@pytest.mark.parametrize("ends", ["</body></html>", "</BODY></HTML>", "</Body ></Html>"])
def test_stray_end_tags_in_a_body_close_nothing_around_it(ends: str, read_page: ReadPage) -> None:
    article = article_of(read_page(body=f"<p>One.</div></div>{ends}<p>Two.<div><p>Three.", sidebar="<p>side</p>"))
    assert [block.text for block in article.blocks] == ["One.", "Two.", "Three."]


def test_text_outside_paragraphs_is_kept(read_page: ReadPage) -> None:
    article = article_of(
        read_page(body="Bare.<br><br>After a blank line<br>and a break.<div>In a div.</div><ul><li>Item")
    )
    assert [block.text for block in article.blocks] == [
        "Bare.",
        "After a blank line\nand a break.",
        "In a div.",
        "Item",
    ]


def test_a_label_that_nobody_told_us_of_is_a_warning(read_page: ReadPage) -> None:
    reading = read_page(facts="<dt>Source</dt><dd>PLA Daily</dd><dt>Clicks</dt><dd>1200</dd>")
    assert "label not known: 'Clicks'" in reading.warnings


def test_empty_facts_say_nothing(read_page: ReadPage) -> None:
    article = article_of(read_page(facts="<dt>Source</dt><dd> </dd><dt>Editor</dt><dd></dd>"))
    assert (article.agency, article.editors) == (None, ())


def test_kicker_and_subtitle_stand_around_the_headline(read_page: ReadPage) -> None:
    article = article_of(read_page(kicker="<h4>On the river</h4>", subtitle="<p>One <b>night</b></p>"))
    assert (article.kicker, article.headline, article.subtitle) == ("On the river", "Drill ends", "One night")


def test_links_of_the_body_are_absolute_and_once(read_page: ReadPage) -> None:
    body = (
        '<p><a href="/a.html">a</a> <a href="/a.html#x">b</a> <a href="javascript:;">c</a> <a href="http://[">d</a></p>'
    )
    assert article_of(read_page(body=body)).links == ("http://eng.chinamil.com.cn/a.html",)


def test_a_page_that_only_shows_a_video_is_an_article(read_page: ReadPage) -> None:
    assert article_of(read_page(body='<video src="/a.mp4"></video>')).blocks == ()


def test_a_contentid_that_is_not_the_urls_is_a_warning(chinamil: Outlet) -> None:
    url = URL.replace("16320417", "16320418")
    reading = read([chinamil_page(url=url)], chinamil)
    assert reading.article_key == "chinamil:cbf:16320418"
    assert any("contentid" in warning for warning in reading.warnings)


def test_parts_are_announced_and_capped(chinamil: Outlet) -> None:
    assert part_urls(chinamil_page(), chinamil) == ()
    assert part_urls(chinamil_page(pages="3"), chinamil) == (
        URL.replace(".html", "_2.html"),
        URL.replace(".html", "_3.html"),
    )
    assert len(part_urls(chinamil_page(pages="999999"), chinamil)) == 59


def test_an_absurd_number_of_pages_is_doubtful(read_page: ReadPage) -> None:
    assert read_page(pages="999999").outcome is ReadingOutcome.DOUBTFUL


def test_a_note_split_over_two_paragraphs_is_one_translation_note(read_page: ReadPage) -> None:
    article = article_of(
        read_page(
            body="<p>Text.</p><p>Editor’s note：Originally published on <a href='http://www.81.cn/yw/1.html'>81.cn</a>,"
            " this article is translated from Chinese into English and edited by China Military Online.</p>"
            "<p>The opinions in this article do not necessarily reflect the views of eng.chinamil.com.cn.</p>"
        )
    )
    translation = article.translation
    assert translation is not None
    assert translation.original_outlet == "81.cn"
    assert translation.original_url == "http://www.81.cn/yw/1.html"
    assert translation.edited_by == "China Military Online"
    assert translation.disclaimer == (
        "The opinions in this article do not necessarily reflect the views of eng.chinamil.com.cn."
    )
    assert translation.note == "\n".join(block.text for block in article.blocks if block.kind is BlockKind.NOTE)


def test_a_note_that_speaks_of_no_translation_is_a_note_only(read_page: ReadPage) -> None:
    article = article_of(read_page(body="<p>Text.</p><p>Editor's note: The author is a researcher.</p>"))
    assert article.translation is None
    assert article.blocks[1].kind is BlockKind.NOTE


def test_a_dropped_note_changes_the_translation_and_the_blocks(read_page: ReadPage) -> None:
    note = "<p>Editor's note: Originally published on 81.cn, this article is translated from Chinese into English.</p>"
    with_note, without = read_page(body=f"<p>Text.</p>{note}"), read_page(body="<p>Text.</p>")
    old = dict(with_note.field_hashes)
    assert {name for name, digest in without.field_hashes if old[name] != digest} == {"blocks", "translation"}


def test_a_correction_is_a_note_and_a_field(read_page: ReadPage) -> None:
    article = article_of(read_page(body="<p>Text.</p><p>Correction: It is 130 metres, not 300.</p>"))
    assert article.correction == "Correction: It is 130 metres, not 300."
    assert article.blocks[1].kind is BlockKind.NOTE


def test_a_page_archived_with_its_port_says_the_same(chinamil: Outlet) -> None:
    body = f'<p>By Zhao Lei</p><p>Text.</p><p><img src="{ATTACHMENT.format(id=16320417)}"></p>'
    plain = [chinamil_page(body=body, pages="2"), chinamil_page(url=URL.replace(".html", "_2.html"), pages="2")]
    ported = [Page(page.url.replace(".cn/", ".cn:80/"), page.body, CAPTURED) for page in plain]
    expected = read(plain, chinamil).content_id
    assert expected is not None
    assert read([plain[0], ported[1]], chinamil).content_id == expected
    assert read(ported, chinamil).content_id == expected


def test_81_cn_may_name_the_editor_below_the_body(pla_daily: Outlet) -> None:
    pair = golden_pair(FIXTURES / "pla-daily" / "2026-05-12.json")
    page = pair.pages[0]
    body = page.body.decode().replace("<span >责任编辑：孙悦</span>", "").replace("<!--责任编辑-->", "责任编辑：郭妍菲")
    article = article_of(read([Page(page.url, body.encode(), CAPTURED)], pla_daily))
    assert article.editors == ("郭妍菲",)


def test_the_multimedia_template_has_no_facts_and_its_day_is_no_time(pla_daily: Outlet) -> None:
    page = golden_pair(FIXTURES / "pla-daily" / "2026-09-19.json").pages[0]
    body = page.body.replace(
        b'<meta name="author"', b'<meta name="publishdate" content="2026-09-18"/><meta name="author"'
    )
    article = article_of(read([Page(page.url, body, CAPTURED)], pla_daily))
    assert (article.published_at, article.published_raw, article.byline) == (None, "2026-09-18", ())
