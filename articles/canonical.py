"""Identity of an article: canonical JSON, and the hashes made from it (docs/formats.md, "Identity").

What is hashed is part of the archive's format. A change of `FIELDS`, of what one of them holds, or of `fold` needs
a new `SCHEMA`, or equal pages get different ids.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from articles.article import Article
from articles.folding import fold

SCHEMA = 1

FIELDS = (
    "headline",
    "kicker",
    "subtitle",
    "byline",
    "editors",
    "agency",
    "published_at",
    "modified_at",
    "section",
    "language",
    "blocks",
    "images",
    "links",
    "correction",
    "keywords",
    "translation",
)
"""What an article *is*. Left out: the page's URL (copies of a story are equal), warnings, `published_raw`,
`modified_raw` and `zone_source` (how we read, not what is said), and whether a URL is http or https (how it was sent;
docs/decisions/0008)."""

NOT_SAID = f"sha256:{hashlib.sha256(b'null').hexdigest()}"
"""The hash of a field, and no list, of which the page says nothing."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_IMAGE_PATH = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|svg|avif)$", re.IGNORECASE)
_WEB_SCHEME = re.compile(r"^https?:(?=//)", re.IGNORECASE)
_CACHE_BUSTER = re.compile(r"^(?:v|t|_|ts|ver|version|timestamp|time|rnd|rand|random)=[\w.:-]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Identity:
    """An article's canonical JSON (the exact bytes that were hashed) and its hashes, each `sha256:<64 hex digits>`."""

    article_json: bytes
    content_id: str
    text_id: str
    field_hashes: tuple[tuple[str, str], ...]  # in the order of FIELDS


def identify(article: Article) -> Identity:
    """Return everything that names what `article` says; the parts agree with the functions below."""
    parts = _canonical_fields(article)
    document = _document(parts)
    return Identity(
        article_json=document,
        content_id=_sha256(document),
        text_id=text_id(article),
        field_hashes=tuple((name, _sha256(parts[name])) for name in FIELDS),
    )


def canonical(article: Article) -> bytes:
    """Return the RFC 8785 JSON of `FIELDS` with the schema number: exact and NFC, but for parts of URLs."""
    return _document(_canonical_fields(article))


def content_id(article: Article) -> str:
    """Return `sha256:` and the digest of `canonical(article)`."""
    return _sha256(canonical(article))


def as_identified(article: Article) -> Article:
    """Return the article as its canonical JSON holds it: texts in NFC, URLs without scheme and cache busters.

    Articles of one content id come out equal in all `FIELDS`.

    >>> as_identified(Article("Drill", links=("https://h/a",))).links
    ('//h/a',)
    """
    if article.images or article.links or article.agency or article.translation:
        article = replace(
            article,
            images=tuple([replace(image, url=_identified(image.url)) for image in article.images]),
            links=tuple([without_scheme(link) for link in article.links]),
            agency=article.agency and replace(article.agency, url=_schemeless(article.agency.url)),
            translation=article.translation
            and replace(article.translation, original_url=_schemeless(article.translation.original_url)),
        )
    return article if _is_nfc(article) else Article.from_json(_nfc(article.to_json()))


def image_as_identified(url: str) -> str:
    """Return an image's URL as `as_identified` has it."""
    return unicodedata.normalize("NFC", _identified(url))


def field_hashes(article: Article) -> dict[str, str]:
    """Return the digest of each field's canonical JSON: which fields differ between two states."""
    return {name: _sha256(part) for name, part in _canonical_fields(article).items()}


def text_id(article: Article) -> str:
    """Return a digest over headline and blocks, typographically folded: the same for a re-post of the same text."""
    texts = (article.headline, *(block.text for block in article.blocks))
    return _sha256("\n".join([fold(text) for text in texts]).encode())


def without_cache_buster(url: str) -> str:
    """Return an image's URL without parameters that only defeat caches.

    Only where the path itself names an image file: elsewhere a parameter may choose the image.

    >>> without_cache_buster("http://h/_attachment/2026/01/23/1_ab.jpg?v=1.0.5")
    'http://h/_attachment/2026/01/23/1_ab.jpg'
    >>> without_cache_buster("http://h/image.php?t=12")
    'http://h/image.php?t=12'
    """
    head, mark, _ = url.partition("?")
    if not mark or not _IMAGE_PATH.search(head):
        return url
    parts = urlsplit(url)
    kept = [parameter for parameter in parts.query.split("&") if not _CACHE_BUSTER.match(parameter)]
    return urlunsplit(parts._replace(query="&".join(kept)))


def without_scheme(url: str) -> str:
    """Return a web address as one that leaves the scheme to the page (RFC 3986 §4.2); any other URL as it is.

    >>> without_scheme("https://h/a?to=http://b"), without_scheme("mailto:a@h")
    ('//h/a?to=http://b', 'mailto:a@h')
    """
    return _WEB_SCHEME.sub("", url)


def _identified(url: str) -> str:
    return without_scheme(without_cache_buster(url))


def _schemeless(url: str | None) -> str | None:
    return None if url is None else without_scheme(url)


def _canonical_fields(article: Article) -> dict[str, bytes]:
    value = article.to_json()
    value["links"] = [without_scheme(link) for link in value["links"]]
    for image in value["images"]:
        image["url"] = _identified(image["url"])
    for part, name in (("agency", "url"), ("translation", "original_url")):
        if value[part] is not None and name in value[part]:
            value[part][name] = without_scheme(value[part][name])
    return {name: _dump(value[name]) for name in FIELDS}


def _is_nfc(article: Article) -> bool:
    """Tell whether every text is normalized, without making JSON of the blocks, which are nearly all of an article.

    Texts are normalized where they are so with a line feed between them: no mark goes over one.
    """
    plain = (article.headline, article.kicker, article.subtitle, article.language, article.correction)
    lists = (*article.byline, *article.editors, *article.section, *article.links, *article.keywords)
    texts = [*filter(None, plain), *lists, *[block.text for block in article.blocks]]
    joined = "\n".join(texts)
    if not (joined.isascii() or unicodedata.is_normalized("NFC", joined)):  # asked of ASCII, it goes over all of it
        return False
    if article.agency is None and not article.images and article.translation is None:
        return True
    rest = Article("", agency=article.agency, images=article.images, translation=article.translation)
    return unicodedata.is_normalized("NFC", _ENCODER.encode(rest.to_json()))


def _dump(value: Any) -> bytes:
    """Return the RFC 8785 JSON of text, lists, objects with ASCII keys, and null; numbers do not occur.

    For these the standard library's encoder, told to sort and to leave characters alone, writes what RFC 8785 asks
    for, ten times as fast as the package rfc8785 (which a property test holds it to).
    """
    if value is None or value == []:  # half of an article's fields, and the encoder takes 3 µs to begin
        return b"null" if value is None else b"[]"
    text = _ENCODER.encode(value)
    if not text.isascii() and not unicodedata.is_normalized(
        "NFC", text
    ):  # every part of a normalized text is normalized
        text = _ENCODER.encode(_nfc(value))
    return text.encode()


def _document(parts: dict[str, bytes]) -> bytes:
    """Join the fields' JSON into one object. RFC 8785 sorts keys by UTF-16 units; ours are ASCII letters and `_`."""
    members = sorted({**parts, "schema": str(SCHEMA).encode()}.items())
    return b"{" + b",".join(b'"%s":%s' % (name.encode(), part) for name, part in members) + b"}"


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_nfc(item) for item in value]
    if isinstance(value, dict):
        return {name: _nfc(item) for name, item in value.items()}
    return value


def _sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
