"""Real saved pages, fields checked by eye. They lie beside the checkout; where they are missing, these are skipped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.article import Agency, Article, BlockKind
from articles.page import Page
from articles.reading import Reading, ReadingOutcome, read
from config.outlet import Outlet


def read_saved(path: Path, url: str, outlet: Outlet) -> tuple[Reading, Article]:
    reading = read([Page(url, path.read_bytes(), datetime(2026, 10, 1, tzinfo=UTC))], outlet)
    assert reading.article is not None
    return reading, reading.article


@pytest.fixture(scope="module")
def constitution(shared_pages: Path, chinamil: Outlet) -> tuple[Reading, Article]:
    return read_saved(
        shared_pages / "chinamil" / "CHINA_209163_TopStories_209189_10195159.html",
        "http://eng.chinamil.com.cn/CHINA_209163/TopStories_209189/10195159.html",
        chinamil,
    )


def test_the_head_of_a_real_page_of_2022(constitution: tuple[Reading, Article]) -> None:
    reading, article = constitution
    assert (reading.outcome, reading.reader_id.partition("+")[0]) == (ReadingOutcome.ARTICLE, "pla-2022/2")
    assert reading.article_key == "chinamil:cbf:10195159"
    assert article.headline == "Full text of Constitution of Communist Party of China"
    assert article.agency == Agency("Xinhuanet", "http://www.xinhuanet.com/english/home.htm")
    assert article.editors == ("Huang Panyue",)
    assert article.byline == ()  # the meta elements author and reporter hold the editor
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2022-10-27T00:45:46+08:00"
    assert article.section == ("CHINA", "Top Stories")
    assert article.language == "en"
    assert (article.kicker, article.subtitle, article.translation, article.keywords) == (None, None, None, ())
    assert article.warnings == ()


def test_the_body_of_a_real_page_of_2022(constitution: tuple[Reading, Article]) -> None:
    _, article = constitution
    assert len(article.blocks) == 213  # 213 paragraphs with text between the delimiters, counted in the source
    assert {block.kind for block in article.blocks} == {BlockKind.PARAGRAPH}
    assert article.blocks[0].text == (
        "BEIJING - The 20th National Congress of the Communist Party of China (CPC) adopted the revised Constitution "
        "of the CPC on Oct 22."
    )
    assert article.blocks[-1].text.startswith("Article 55: The Party emblem and the Party flag are the symbol")
    assert article.blocks[-1].text.endswith("should be made and used according to regulations.")
    assert article.images == ()


def test_a_real_ordinary_page_of_81_cn(shared_pages: Path, pla_daily: Outlet) -> None:
    reading, article = read_saved(
        shared_pages / "81cn" / "pla_daily_article.html", "http://www.81.cn/yw_208727/16459682.html", pla_daily
    )
    assert (reading.outcome, reading.reader_id.partition("+")[0]) == (ReadingOutcome.ARTICLE, "pla-81cn/2")
    assert article.headline == "八一锐评丨既问计于兵，也问绩于兵"
    assert article.agency == Agency("中国军网-解放军报")
    assert article.byline == ("王永文",)
    assert article.editors == ("孙泽",)
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-05-10T06:30:46+08:00"
    assert article.section == ("要闻",)
    assert article.language == "zh-CN"
    assert [block.kind for block in article.blocks] == [BlockKind.SUBHEAD, *[BlockKind.PARAGRAPH] * 3]
    assert article.blocks[0].text == "既问计于兵，也问绩于兵"
    assert [image.url.rpartition("/")[2] for image in article.images] == [
        "16459682_440d6ec1d3e483f364e700f3b7e39c3b.jpg",
        "16459682_4c1535adb0d260fa2301e22673a67d20.png",
    ]
    assert article.warnings == ()


def test_a_real_page_that_is_cut_off_in_its_body_is_doubtful(shared_pages: Path, pla_daily: Outlet) -> None:
    reading, article = read_saved(
        shared_pages / "81cn" / "hj_208557_16487440_ordinary_trimmed.html",
        "http://www.81.cn/hj_208557/16487440.html",
        pla_daily,
    )
    assert (reading.outcome, reading.content_id) == (ReadingOutcome.DOUBTFUL, None)
    assert article.byline == ("刘任丰", "霍子琪", "田文祺")
    assert article.editors == ("郭妍菲",)
    caption = "气象观测班班长蒋云辉（左一）正在传授气象仪和测云雷达操作规范。吴江洪 摄"
    assert [(image.caption, image.credit) for image in article.images] == [(caption, "吴江洪 摄")]
    assert [block.text for block in article.blocks if block.kind is BlockKind.SUBHEAD] == [
        "“观天哨兵”托举战鹰高飞远航",
        "精度——",
        "云天之上，容不得半分“差不多”",
    ]
    assert not [block for block in article.blocks if block.text.startswith("■")]
