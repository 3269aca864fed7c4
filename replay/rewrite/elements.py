"""What becomes of each start tag."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from articles.lazy_images import is_stand_in, lazy_set, lazy_sources
from replay.rewrite.attributes import Addresses, Attributes, written
from replay.rewrite.characters import escape
from replay.rewrite.data_sheet import sheet_in
from replay.rewrite.kinds import Kind
from replay.rewrite.refresh import Refresh, parse_refresh
from replay.rewrite.srcset import urls_of

_NAME: Final = re.compile(r"[a-z][a-z0-9._:-]*", re.ASCII)
# Start tags that go; what they hold, if anything, stays. The base is applied to every address instead.
_DROPPED: Final = frozenset({"applet", "base", "bgsound", "fencedframe", "param", "portal", "track"})
_SAME_WINDOW: Final = ' target="_top"'
_NEW_WINDOW: Final = ' target="_blank" rel="noopener noreferrer"'
_ICONS: Final = frozenset({"icon", "apple-touch-icon", "apple-touch-icon-precomposed"})
_ANIMATIONS: Final = frozenset({"animate", "set"})
_SECRETIVE: Final = frozenset({"referrer", "monetization"})  # names of meta elements that steer the browser

Inner = Callable[[str], str]


class Elements:
    """The start tags of one document, in order, and what they told on the way."""

    def __init__(self, addresses: Addresses, url: str, inner: Inner) -> None:
        """`url` is the document's own, `inner` rewrites the source of a document within it (`srcdoc`)."""
        self._addresses = addresses
        self._url = url
        self._inner = inner
        self._told_charset = False
        self._lazy: set[str | None] = set()
        self._in_noscript = False
        self.refresh: Refresh | None = None

    def start(self, name: str, attributes: Attributes, *, closed: bool) -> str:
        """Return what stands for a start tag: another one, more than one, or nothing."""
        if name in _DROPPED or not _NAME.fullmatch(name):
            return ""
        rule = _RULES.get(name)
        if rule is not None:
            return rule(self, name, attributes, closed)
        kept = self._addresses.kept(attributes)
        for name_of in ("href", "xlink:href"):  # in SVG, where "#…" is another part of the same picture
            if name_of in attributes:
                target = attributes[name_of]
                address = target if target.startswith("#") else self._addresses.mapped(target, Kind.MEDIA)
                if address:
                    kept[name_of] = address
        return _tag(name, kept, closed)

    def end(self, name: str) -> str:
        """Return what stands for an end tag."""
        if name == "noscript":
            self._in_noscript = False
            return ""
        return f"</{name}>" if _NAME.fullmatch(name) else ""

    def link(self, name: str, attributes: Attributes, closed: bool) -> str:
        """A link opens in the whole window, with the page that it leads to framed, or in a new one."""
        kept = self._addresses.kept(attributes)
        for name_of in ("href", "xlink:href"):
            if name_of in attributes:
                target = attributes[name_of].strip()
                place = target.partition("#")[2]
                if place and self._addresses.absolute(target) == self._url:
                    kept[name_of] = f"#{place}"
                elif address := self._addresses.mapped(target, Kind.PAGE):
                    new = attributes.get("target", "").lower() == "_blank"
                    kept |= {name_of: address, "target": "_blank" if new else "_top"}
                    if new:
                        kept["rel"] = "noopener noreferrer"
        return _tag(name, kept, closed)

    def common_link(self, link: re.Match[str]) -> str:
        """Return a link that `link` would treat like most, faster: of what COMMON_LINK found, with its new address."""
        address = self._addresses.mapped(link["href"], Kind.PAGE)
        where = _NEW_WINDOW if link["new"] or link["new_too"] else _SAME_WINDOW
        href = f' href="{escape(address)}"{where}' if address else ""
        return f"<a{link['before']}{href}{link['after']}{link['end']}>"

    def image(self, name: str, attributes: Attributes, closed: bool) -> str:
        """An image is shown at once, also where a script would have waited until it comes into view."""
        source = attributes.get("src", attributes.get("href", attributes.get("xlink:href", "")))
        if self._in_noscript and self._addresses.absolute(source) in self._lazy:
            return ""  # the same image for those without scripts, which is already there
        kept = self._addresses.kept(attributes)
        lazy = next(lazy_sources(attributes), None)
        if lazy is not None and is_stand_in(source, attributes):
            self._lazy.add(self._addresses.absolute(lazy))
            source = lazy
            if _stands_in(attributes):
                kept.pop("srcset", None)  # or browsers would take what it has
        kept |= self._candidates(attributes)
        if address := self._addresses.media(source):
            kept["src" if "src" in attributes or name in ("img", "input") else "href"] = address
        return _tag(name, kept, closed)

    def _candidates(self, attributes: Attributes) -> Attributes:
        """Return the `srcset` that a script would have set in place of one that stands in for it."""
        candidates = lazy_set(attributes)
        if candidates is None or not _stands_in(attributes):
            return {}
        return self._addresses.kept({"srcset": candidates})

    def medium(self, name: str, attributes: Attributes, closed: bool) -> str:
        """Sound and film have the browser's own controls, as those that scripts make are not there."""
        kept = self._addresses.kept(attributes)
        if name == "source":
            kept |= self._candidates(attributes)
        else:
            kept["controls"] = ""
        if address := self._addresses.mapped(attributes.get("src", ""), Kind.MEDIA):
            kept["src"] = address
        return _tag(name, kept, closed)

    def frame(self, name: str, attributes: Attributes, closed: bool) -> str:
        """A frame shows the archived page bare. What stands in an iframe is for browsers that know none."""
        kept = self._addresses.kept(attributes)
        kept.pop("name", None)
        if name == "iframe" and "srcdoc" in attributes:
            kept["srcdoc"] = self._inner(attributes["srcdoc"])
        elif address := self._addresses.mapped(attributes.get("src", ""), Kind.FRAME):
            kept["src"] = address
        return _tag(name, kept, closed and name == "frame") + ("</iframe>" if name == "iframe" else "")

    def plugin(self, name: str, attributes: Attributes, closed: bool) -> str:
        """What a plug-in would have shown becomes a link to it. An object goes on with what it has for want of one."""
        target = attributes.get("data" if name == "object" else "src", "")
        address, url = self._addresses.mapped(target, Kind.PAGE), self._addresses.absolute(target)
        link = f'<a href="{escape(address)}" target="_top">{escape(url)}</a>' if address and url else ""
        return link if name == "embed" else _tag(name, self._addresses.kept(attributes), closed) + link

    def relation(self, name: str, attributes: Attributes, closed: bool) -> str:
        """Of `link` only style sheets and icons stay: all else is for search engines, or would fetch ahead."""
        relations = set(attributes.get("rel", "").lower().split())
        by_script = "onload" in attributes  # fetched ahead or for print, until a script makes it the page's own
        kept = {key: value for key, value in attributes.items() if key in ("id", "class", "media", "sizes", "title")}
        if "stylesheet" in relations or ("preload" in relations and by_script and attributes.get("as") == "style"):
            if by_script:
                kept.pop("media", None)
            is_other = "alternate" in relations
            if not is_other and (css := sheet_in(attributes.get("href", ""))) is not None:
                return f"{_tag('style', kept, closed=False)}{self._addresses.style(css)}</style>"
            rel = "alternate stylesheet" if is_other else "stylesheet"
            kind = attributes.get("type", "").partition(";")[0].strip().lower()
            address = (
                self._addresses.mapped(attributes.get("href", ""), Kind.STYLE) if kind in ("", "text/css") else None
            )
        elif relations & _ICONS:
            rel, address = "icon", self._addresses.media(attributes.get("href", ""))
        else:
            return ""
        return _tag(name, {**kept, "rel": rel, "href": address}, closed) if address else ""

    def meta(self, name: str, attributes: Attributes, closed: bool) -> str:
        """The encoding is ours; a refresh is told, not followed; other orders to the browser go."""
        order = attributes.get("http-equiv", "").strip().lower()
        if "charset" in attributes or order == "content-type":
            first, self._told_charset = not self._told_charset, True
            return '<meta charset="utf-8">' if first else ""
        if order == "refresh" and self.refresh is None:
            self.refresh = parse_refresh(attributes.get("content", ""))
        if "http-equiv" in attributes or attributes.get("name", "").strip().lower() in _SECRETIVE:
            return ""
        return _tag(name, self._addresses.kept(attributes), closed)

    def animation(self, name: str, attributes: Attributes, closed: bool) -> str:
        """An animation of an address goes."""
        if attributes.get("attributename", "").strip().lower().endswith("href"):
            return ""
        return _tag(name, self._addresses.kept(attributes), closed)

    def noscript(self, _name: str, _attributes: Attributes, _closed: bool) -> str:
        """What a page has for those without scripts is shown; the tags go, as browsers disagree on what is in them."""
        self._in_noscript = True
        return ""


def _stands_in(attributes: Attributes) -> bool:
    """Return whether nothing in the `srcset` of an image is one that it shows."""
    return all(is_stand_in(url, attributes) for url in urls_of(attributes.get("srcset", "")))


def _tag(name: str, attributes: Attributes, closed: bool) -> str:
    return f"<{name}{written(attributes)}{' /' if closed else ''}>"


_RULES: Final[dict[str, Callable[[Elements, str, Attributes, bool], str]]] = {
    **dict.fromkeys(("a", "area"), Elements.link),
    **dict.fromkeys(("img", "image", "feimage", "input"), Elements.image),
    **dict.fromkeys(("audio", "video", "source"), Elements.medium),
    **dict.fromkeys(("iframe", "frame"), Elements.frame),
    **dict.fromkeys(("embed", "object"), Elements.plugin),
    **dict.fromkeys(_ANIMATIONS, Elements.animation),
    "link": Elements.relation,
    "meta": Elements.meta,
    "noscript": Elements.noscript,
}
