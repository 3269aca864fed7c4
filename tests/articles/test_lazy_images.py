"""Which images wait for a script, and what stands in for them until then."""

from __future__ import annotations

import pytest

from articles.lazy_images import is_stand_in, lazy_set, lazy_sources


@pytest.mark.parametrize(
    "source",
    [
        "",
        " \n",
        "data:image/gif;base64,R0lGODlh",
        "DATA:,",
        "/img/blank.gif",
        "GREY.png#x",
        "https://cdn.example/loading_16x9.gif?v=2",
        "/static/lazy-bg.svg",
        "/static/news-placeholder-logo.jpg",
        "1x1.png",
        "spacer",
        "img/transparent-pixel.png",
    ],
)
def test_what_stands_in(source: str) -> None:
    assert is_stand_in(source, {})


@pytest.mark.parametrize(
    "source",
    [
        "/img/gray-wolf.jpg",
        "loading-dock.jpg",
        "lazy-sunday.png",
        "/blank/photo.jpg",
        "photo.jpg?from=lazy",
        "photo.jpg#/blank.gif",
        "point_blank.webp",
        "uploading.png",
        "20260123.jpg",
        "军舰.jpg",
    ],
)
def test_what_is_a_picture_whatever_words_its_name_has(source: str) -> None:
    assert not is_stand_in(source, {})


def test_a_class_that_says_lazy_lets_one_word_be_enough() -> None:
    assert is_stand_in("/loading-news.gif", {"class": "photo js-LazyLoad"})
    assert not is_stand_in("/photo.jpg", {"class": "lazyload"})


@pytest.mark.parametrize(
    ("attributes", "sources"),
    [
        ({"data-src": "a"}, ["a"]),
        ({"data-original": "a.JPG?w=1", "data-src": " "}, ["a.JPG?w=1"]),
        ({"data-url": "/share"}, []),
        ({"data-url": "/a.png!w300"}, ["/a.png!w300"]),
        ({"data-url": "/share?pic=a.png"}, []),
        ({"data-url": "/image/1", "class": "lazy"}, ["/image/1"]),
        ({"data-src": "/story.html"}, []),
        ({"src": "a.png", "data-caption": "b.png"}, []),
    ],
)
def test_where_the_image_is(attributes: dict[str, str], sources: list[str]) -> None:
    assert list(lazy_sources(attributes)) == sources


def test_a_set_that_is_empty_is_none() -> None:
    assert lazy_set({"data-srcset": " ", "data-lazy-srcset": "a 1x"}) == "a 1x"
    assert lazy_set({"srcset": "a 1x"}) is None
