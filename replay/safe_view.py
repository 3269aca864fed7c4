"""The safe view: what is sent of a capture so that a person can look at it, and nothing in it runs or leaves.

A page is rewritten (replay.rewrite), so is a style sheet; an image, a font, sound and film are sent as they are stored,
under a type that can't run. What is none of these is text, or a file to be kept. The host's policy is a second wall.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from articles.charset import decode
from articles.page import Page
from replay.errors import TargetInvalid
from replay.rewrite.css import rewrite_css
from replay.rewrite.html import Rewritten, rewrite_page
from replay.rewrite.kinds import Kind, Map
from replay.rewrite.urls import Base
from replay.timestamps import format_timestamp
from storage.catalog.captured import SavedCapture
from storage.errors import BodyTooLarge
from storage.payload import page_of
from storage.ranged import Ranges

FRAME: Final = "if_"
STYLE: Final = "cs_"
MEDIA: Final = "im_"
LARGEST: Final = 8 << 20
"""A larger page or sheet is not rewritten: BodyTooLarge says so."""

_MODIFIERS: Final = {Kind.FRAME: FRAME, Kind.STYLE: STYLE, Kind.MEDIA: MEDIA}
_INERT: Final = re.compile(
    r"(?:image|font|audio|video)/[a-z0-9.+-]{1,80}|application/(?:font-[a-z0-9-]{1,40}|x-font-[a-z0-9-]{1,40}|"
    r"vnd\.ms-fontobject|ogg)"
)
_HTML: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_TEXT: Final = re.compile(r"text/[a-z0-9.+-]{1,80}|application/(?:[a-z0-9.+-]{0,80}\+)?(?:json|xml|javascript)")


class Form(StrEnum):
    """What a capture is shown as."""

    PAGE = "page"
    MEDIA = "media"
    TEXT = "text"
    FILE = "file"  # offered to be kept; no browser shows it where nothing may run


@dataclass(frozen=True)
class View:
    """A body to be sent under a type; `rewritten` where it was a page."""

    body: bytes
    content_type: str
    rewritten: Rewritten | None = None


def within(at: datetime) -> Map:
    """Return where the addresses of a page that was captured at a moment lead: to what the archive has for it."""
    timestamp = format_timestamp(at)

    def to(url: str, kind: Kind) -> str:
        if kind is Kind.PAGE:
            return f"/view/{timestamp}/{url}"
        return f"/web/{timestamp}{_MODIFIERS[kind]}/{url}"

    return to


def form_of(mime: str | None, body: bytes = b"") -> Form:
    """Return what is shown of a capture of this type. `body` is looked at where the type says nothing.

    >>> form_of("text/html"), form_of("image/svg+xml"), form_of("application/pdf"), form_of(None, b"<!DOCTYPE html>")
    (<Form.PAGE: 'page'>, <Form.MEDIA: 'media'>, <Form.FILE: 'file'>, <Form.PAGE: 'page'>)
    """
    mime = (mime or "").lower()
    if mime in ("text/html", "application/xhtml+xml") or (mime in ("", "text/plain") and _HTML.match(body)):
        return Form.PAGE
    if _INERT.fullmatch(mime):
        return Form.MEDIA
    return Form.TEXT if _TEXT.fullmatch(mime) else Form.FILE


def inert_type(mime: str | None) -> str:
    """Return the type that media is sent under: its own, where it is one of media. Browsers know images by their bytes.

    >>> inert_type("image/PNG"), inert_type("text/html")
    ('image/png', 'application/octet-stream')
    """
    mime = (mime or "").lower()
    return mime if _INERT.fullmatch(mime) else "application/octet-stream"


def stored_page(store: Ranges, saved: SavedCapture) -> Page:
    """Return a capture out of its content codings. Raises what storage.payload.page_of raises."""
    return page_of(store, saved.row, saved.original, limit=LARGEST)


def page_view(page: Page, to: Map) -> View:
    """Return a page rewritten; see replay.rewrite.html. Raises BodyTooLarge and TargetInvalid, whatever its body is."""
    _require_rewritable(page)
    rewritten = rewrite_page(page, to)
    return View(rewritten.body, "text/html; charset=utf-8", rewritten)


def style_view(page: Page, to: Map) -> View:
    """Return a style sheet rewritten. Raises BodyTooLarge and TargetInvalid."""
    _require_rewritable(page)
    decoded = decode(page)
    text = rewrite_css(decoded.text, Base(page.url, decoded.codec), to)
    return View(text.encode("utf-8", "replace"), "text/css; charset=utf-8")


def text_view(page: Page) -> View:
    """Return a text in UTF-8, to be read and nothing else."""
    return View(decode(page).text.encode("utf-8", "replace"), "text/plain; charset=utf-8")


def _require_rewritable(page: Page) -> None:
    """Refuse what is too large, and what was captured from a place that no browser could have asked.

    A limit on what a content coding brings says nothing of a body that has none.
    """
    if len(page.body) > LARGEST:
        raise BodyTooLarge(
            f"{page.url} has {len(page.body)} bytes, and the safe view is made of {LARGEST} at most: look at its bytes"
        )
    try:
        Base(page.url)
    except ValueError as wrong:
        raise TargetInvalid(f"what is addressed in it leads nowhere: {wrong}. Look at its bytes") from wrong


def policy_of(origin: str, window: str) -> str:
    """Return the policy of every rewritten page (CSP). `origin` is the archive's host; `window` may frame it.

    With its own origin, so that images and fonts are asked for with the session's cookie; of scripts it has none, which
    `sandbox` and `script-src` say once more. Links lead the whole window on, where a person follows one.
    """
    directives = (
        "default-src 'none'",
        "script-src 'none'",
        f"img-src {origin} data:",
        f"style-src {origin} 'unsafe-inline'",
        f"font-src {origin} data:",
        f"media-src {origin}",
        f"frame-src {origin}",
        "form-action 'none'",
        "base-uri 'none'",
        f"frame-ancestors 'self' {window}",
        f"sandbox {SANDBOX}",
    )
    return "; ".join(directives)


SANDBOX: Final = "allow-same-origin allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox"
"""Of a frame around a rewritten page, and of the page itself. A new window that a link opens has a page of ours."""
