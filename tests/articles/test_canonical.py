"""Identity: the same words always give the same ids, and what is said otherwise never does."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from articles.article import Agency, Article, Block, BlockKind, Image, Translation
from articles.canonical import (
    FIELDS,
    SCHEMA,
    canonical,
    content_id,
    field_hashes,
    identify,
    text_id,
    without_cache_buster,
)
from articles.errors import ArticleInvalid
from articles.folding import fold

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
maybe = st.none() | texts
several = st.lists(texts, max_size=3).map(tuple)
moments = st.none() | st.datetimes(
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
)
articles = st.builds(
    Article,
    headline=texts,
    kicker=maybe,
    subtitle=maybe,
    byline=several,
    editors=several,
    agency=st.none() | st.builds(Agency, texts, maybe),
    published_at=moments,
    modified_at=moments,
    published_raw=maybe,
    modified_raw=maybe,
    zone_source=maybe,
    section=several,
    language=maybe,
    blocks=st.lists(st.builds(Block, st.sampled_from(BlockKind), texts), max_size=4).map(tuple),
    images=st.lists(st.builds(Image, texts.map(lambda name: f"http://h/{name}"), maybe, maybe), max_size=3).map(tuple),
    links=several,
    correction=maybe,
    keywords=several,
    warnings=several,
    translation=st.none() | st.builds(Translation, texts, maybe, maybe, maybe, maybe, maybe, maybe),
)
SAID = Article(
    headline="Drill ends",
    byline=("Zhao Lei",),
    agency=Agency("PLA Daily", "http://www.81.cn/"),
    published_at=datetime(2026, 1, 23, 15, 59, 34, tzinfo=timezone(timedelta(hours=8))),
    blocks=(Block(BlockKind.PARAGRAPH, "It rained."), Block(BlockKind.NOTE, "Editor's note: no.")),
    images=(Image("http://h/a.jpg", "A bridge.", "VCG"),),
    translation=Translation("Editor's note", "81.cn", None, "zh", "en", "CMO", "Not ours."),
)


@given(articles)
def test_json_and_back_gives_the_same_article(article: Article) -> None:
    assert Article.from_json(json.loads(json.dumps(article.to_json()))) == article


@given(articles)
def test_canonical_json_is_rfc_8785_of_the_listed_fields(article: Article) -> None:
    document = canonical(article)
    value = json.loads(document)
    assert set(value) == {*FIELDS, "schema"}
    assert value["schema"] == SCHEMA
    assert rfc8785.dumps(value) == document


@given(articles)
def test_the_parts_of_an_identity_agree(article: Article) -> None:
    identity = identify(article)
    assert identity.article_json == canonical(article)
    assert identity.content_id == content_id(article) == f"sha256:{hashlib.sha256(canonical(article)).hexdigest()}"
    assert identity.text_id == text_id(article)
    assert dict(identity.field_hashes) == field_hashes(article)
    assert tuple(name for name, _ in identity.field_hashes) == FIELDS


@given(articles)
def test_what_the_archive_keeps_reads_back_to_the_same_identity(article: Article) -> None:
    assert identify(Article.from_json(json.loads(canonical(article)))) == identify(article)


@given(articles)
def test_composed_and_decomposed_letters_are_the_same(article: Article) -> None:
    value = json.loads(unicodedata.normalize("NFD", json.dumps(article.to_json(), ensure_ascii=False)))
    assert content_id(Article.from_json(value)) == content_id(article)


@given(articles, texts, several)
def test_raw_texts_zone_source_and_warnings_are_no_part_of_it(article: Article, raw: str, warnings: Any) -> None:
    other = replace(article, published_raw=raw, modified_raw=raw, zone_source=raw, warnings=warnings)
    assert identify(other) == identify(article)


@given(articles, articles)
def test_equal_content_ids_mean_equal_fields(one: Article, two: Article) -> None:
    differ = {name for name, digest in field_hashes(one).items() if field_hashes(two)[name] != digest}
    assert (content_id(one) == content_id(two)) == (not differ)


@pytest.mark.parametrize(
    "field, value",
    [
        ("headline", "Drill ends "),
        ("headline", "drill ends"),
        ("byline", ("Zhao Lei", "Wu Min")),
        ("agency", Agency("PLA Daily")),
        ("published_at", datetime(2026, 1, 23, 7, 59, 34, tzinfo=UTC)),
        ("blocks", (Block(BlockKind.SUBHEAD, "It rained."), SAID.blocks[1])),
        ("blocks", (SAID.blocks[1], SAID.blocks[0])),
        ("blocks", (Block(BlockKind.PARAGRAPH, "It\u00a0rained."), SAID.blocks[1])),
        ("images", (Image("http://h/a.jpg", "A bridge."),)),
        ("images", (Image("http://h/b.jpg", "A bridge.", "VCG"),)),
        ("translation", None),
        ("correction", "Correction: it did not."),
    ],
)
def test_the_smallest_difference_gives_another_id_and_names_its_field(field: str, value: Any) -> None:
    changed = replace(SAID, **{field: value})
    assert content_id(changed) != content_id(SAID)
    before = field_hashes(SAID)
    assert [name for name, digest in field_hashes(changed).items() if digest != before[name]] == [field]


def test_the_identity_of_one_article_never_changes() -> None:
    """Written down once: another value here means that every archive's ids are another format (a new SCHEMA)."""
    assert content_id(SAID) == "sha256:3b167db61f3711d83d4d126d0499b6d37b0ce1bc5fcaa854cf1e9159accff8eb"
    assert text_id(SAID) == "sha256:11e73c600b926225d7adc5c6cb203fae1e8380953bf2aa8896795b4460d88b87"


@pytest.mark.parametrize(
    "url, kept",
    [
        ("http://h/a.jpg?v=1.0.5", "http://h/a.jpg"),
        ("http://h/a.JPG?t=1700000000&w=300", "http://h/a.JPG?w=300"),
        ("http://h/a.png?size=v2", "http://h/a.png?size=v2"),
        ("http://h/show.php?v=77", "http://h/show.php?v=77"),
        ("http://h/a.jpg", "http://h/a.jpg"),
        ("not a url?v=1", "not a url?v=1"),
    ],
)
def test_only_what_defeats_caches_is_dropped_from_an_image(url: str, kept: str) -> None:
    assert without_cache_buster(url) == kept


def test_whether_a_url_is_http_or_https_is_no_part_of_it() -> None:
    plain = replace(
        SAID,
        links=("http://h/more", "mailto:a@h", "https"),
        translation=Translation("Editor's note", original_url="http://www.81.cn/1.htm"),
    )
    secure = Article.from_json(json.loads(json.dumps(plain.to_json()).replace("http://", "https://")))
    assert secure.images != plain.images
    assert identify(secure) == identify(plain)
    kept = json.loads(canonical(secure))
    assert (kept["links"], kept["images"][0]["url"]) == (["//h/more", "mailto:a@h", "https"], "//h/a.jpg")
    assert (kept["agency"]["url"], kept["translation"]["original_url"]) == ("//www.81.cn/", "//www.81.cn/1.htm")
    assert content_id(replace(plain, links=("ftp://h/more", *plain.links[1:]))) != content_id(plain)


def test_the_words_of_an_article_keep_the_scheme_of_a_url() -> None:
    one, other = (replace(SAID, blocks=(Block(BlockKind.PARAGRAPH, f"{s}://h/"),)) for s in ("http", "https"))
    assert content_id(one) != content_id(other)


def test_a_repost_in_other_typography_has_the_same_text_id() -> None:
    """A real pair: 16479180 and 16479435 differ only in full-width punctuation."""
    first = Article("Armored Assault Vehicles", blocks=(Block(BlockKind.PARAGRAPH, "(Video Editor: Zhang Yajie)"),))
    second = Article(
        "Armored  Assault Vehicles",
        agency=Agency("PLA Daily"),
        blocks=(Block(BlockKind.PARAGRAPH, "（Video Editor：Zhang Yajie）"),),
    )
    assert text_id(first) == text_id(second)
    assert content_id(first) != content_id(second)


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("one", "other"), [("9.04", "9,04"), ("US", "us"), ("will", "will not"), ("12", "13")])
def test_folding_keeps_digits_case_and_punctuation_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"headline": 1, "blocks": []},
        {"headline": "a", "blocks": [{"kind": "verse", "text": "b"}]},
        {"headline": "a", "blocks": [], "published_at": "2026-01-23T15:59:34"},
        {"headline": "a", "blocks": [], "byline": "Zhao Lei"},
        {"headline": "a", "blocks": [], "agency": {}},
        {"headline": "a", "blocks": None},
    ],
)
def test_json_that_is_no_article_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(ArticleInvalid):
        Article.from_json(value)
