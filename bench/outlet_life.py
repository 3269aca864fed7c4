"""What a made outlet publishes over years, and what crawls of it meet: exchanges, and what readers make of them. Pure.

Stories are edited, come with other pictures, go away (gone, moved, a page without the article, forbidden, out of order)
and come back, stand under a second URL, or are posted again under a new number. The first story is edited at almost
every crawl. A share of all captures is of the home page, which no day passes without.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import islice
from typing import Final

from articles.article import Article, Block, BlockKind
from bench.made_texts import Writer
from config.outlet import Outlet
from storage.exchange import Exchange, Outcome, Purpose, Role

PARAGRAPHS: Final = 3000  # texts are made of so many, so that a phrase stands in some dozens of stories
LEAST_TEXT: Final = 8  # characters; a paragraph that edits have shortened to less, and its story, are written anew
_NAMES: Final = ("Li Ziyue", "Chen Ze'an", "Huang Panyue", "Ana Reyes", "Tom Okafor", "Mina Sato", "Ole Berg", "Wu Lan")
_MODIFIED: Final = "Thu, 01 Jan 2026 00:00:00 GMT"


@dataclass(slots=True)
class Story:
    """A story as its outlet shows it now. `away` is what stands in its place, None where it is there itself.

    `served` is what we were last given of it whole. What is `withdrawn` is there, and no listing names it any more.
    """

    number: int
    article: Article
    sections: tuple[str, ...]
    picture: int = 0
    away: str | None = None
    served: Article | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """One exchange. `reading` is the outcome of reading it (None: nothing reads it), `article` what it says; `named`
    are the articles that a listing or feed names."""

    exchange: Exchange
    reading: str | None = None
    article: Article | None = None
    named: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Shares:
    """What is asked for, as weights; what is left of a crawl is pictures and style sheets that are known."""

    home: float = 0.05
    feed: float = 0.04
    listing: float = 0.04
    new: float = 0.06
    known: float = 0.26
    live: float = 0.01

    def of(self, drawn: float) -> str:
        """Return which kind a number between 0 and 1 falls to."""
        for name in self.__dataclass_fields__:
            drawn -= getattr(self, name)
            if drawn < 0:
                return name
        return "requisite"


class OutletLife:
    """One outlet and all crawls of it, in order. The same seed gives the same exchanges."""

    def __init__(self, outlet: Outlet, seed: int, shares: Shares) -> None:
        self.outlet: Final = outlet
        self._chance = random.Random(f"{seed} {outlet.id}")
        self._writer = Writer(self._chance, chinese=outlet.language == "zh")
        pool = (self._writer.space.join(self._writer.sentence() for _ in range(2)) for _ in range(PARAGRAPHS))
        self._paragraphs = list(pool)
        self._shares = shares
        self._stories: list[Story] = []
        self._editions: dict[str, tuple[str, ...]] = {}
        self._at = datetime.fromtimestamp(0, UTC)
        self._gap = timedelta(0)

    def crawl(self, started: datetime, length: timedelta, captures: int) -> Iterator[Met]:
        """Yield what one crawl meets: so many captures, spread over its length."""
        self._at, self._gap = started, length / captures
        return islice(self._endless(), captures)

    def _endless(self) -> Iterator[Met]:
        yield self._met("/robots.txt", Role.ROBOTS, self._page(200, "text/plain", b"User-agent: *\nAllow: /\n"))
        looks: dict[str, Callable[[], Iterator[Met]]] = {
            "home": lambda: self._edition("/", Role.LISTING, 0.3),
            "feed": lambda: self._edition("/feed.xml", Role.FEED, 0.1),
            "listing": lambda: self._edition(f"/news/index_{self._chance.randrange(20)}.html", Role.LISTING, 0.2),
            "new": self._new_story,
            "known": lambda: self._story(self._chosen()),
            "live": lambda: self._story(self._edited(self._stories[0])),
            "requisite": self._requisite,
        }
        while True:
            kind = self._shares.of(self._chance.random())
            yield from looks[kind if self._stories else "new"]()

    def _chosen(self) -> Story:
        """Return a known story: mostly a young one, as on a ladder."""
        if self._chance.random() < 0.7:
            back = int(self._chance.expovariate(1 / 200))
            return self._stories[-1 - back % len(self._stories)]
        return self._chance.choice(self._stories)

    def _new_story(self) -> Iterator[Met]:
        number = 16_000_000 + len(self._stories)
        writer, chance = self._writer, self._chance
        if len(self._stories) > 50 and chance.random() < 0.01:
            article = replace(chance.choice(self._stories).article, published_at=self._at)
        else:
            article = Article(
                headline=writer.joined([writer.word() for _ in range(8)]),
                editors=(chance.choice(_NAMES),),
                byline=(chance.choice(_NAMES),),
                published_at=self._at.astimezone(self.outlet.zone),
                language=self.outlet.language,
                blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in chance.sample(self._paragraphs, 4)),
            )
        story = Story(number, article, ("news", "world") if chance.random() < 0.03 else ("news",))
        self._stories.append(story)
        yield from self._story(story, Purpose.NEW)
        yield self._picture(story)

    def _edited(self, story: Story) -> Story:
        """Let the outlet change something."""
        article, chance = story.article, self._chance
        kind = chance.random()
        if kind < 0.7:
            texts = [block.text for block in article.blocks]
            if min(map(len, texts)) < LEAST_TEXT:
                texts = chance.sample(self._paragraphs, 4)
            elif kind < 0.55:
                self._writer.edit(texts)
            else:  # typography alone
                texts[0] = f"{texts[0][:-1]}\u00a0{texts[0][-1]}"
            article = replace(article, blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))
        elif kind < 0.8:
            article = replace(article, headline=self._writer.joined([self._writer.word() for _ in range(8)]))
        elif kind < 0.85:
            article = replace(article, editors=(chance.choice(_NAMES),))
        elif kind < 0.95:
            article = replace(article, modified_at=self._at.astimezone(self.outlet.zone).replace(microsecond=0))
        else:
            article = replace(article, correction="Correction: an earlier version misstated a figure.")
        story.article = article
        return story

    def _story(self, story: Story, purpose: Purpose = Purpose.LADDER) -> Iterator[Met]:
        """Yield a look at a story under one of its URLs, and the one that confirms what was new."""
        chance = self._chance
        path = f"/{chance.choice(story.sections)}/{story.number}.html"
        known = purpose is not Purpose.NEW
        if known and chance.random() < (0.008 if story.away is None else 0.15):
            ways = ("404", "410", "moved", "soft", "403", "503", "timeout")
            story.away = chance.choice(ways) if story.away is None else None
        if story.away is not None:
            yield self._instead(story, path)
            return
        edited = known and chance.random() < 0.08
        if edited:
            self._edited(story)
        page = self._page(200, "text/html; charset=utf-8", self._html(story))
        if known and chance.random() < 0.003:
            yield self._met(path, Role.ARTICLE, page[:-200], outcome=Outcome.TRUNCATED, truncated="disconnect")
        elif story.served is story.article and chance.random() < 0.4:
            met = self._met(path, Role.ARTICLE, self._page(304), purpose, conditional=True)
            yield replace(met, reading="article", article=story.article)
        else:
            story.served = story.article
            for why in (purpose, Purpose.CONFIRM)[: 1 + edited]:
                yield replace(self._met(path, Role.ARTICLE, page, why), reading="article", article=story.article)

    def _instead(self, story: Story, path: str) -> Met:
        """Return what is met where a story was."""
        match story.away:
            case "timeout":
                return self._met(path, Role.ARTICLE, b"", outcome=Outcome.TIMEOUT, error="it did not answer in 60 s")
            case "moved":
                return self._met(path, Role.ARTICLE, self._page(302, location="/index.html"))
            case "soft":
                page = self._page(200, "text/html", b"<html><title>Not here</title><p>This page is gone.</p></html>")
                return replace(self._met(path, Role.ARTICLE, page), reading="not an article")
            case status:
                page = self._page(int(status or 0), "text/html", b"<html><title>Error</title><p>No.</p></html>")
                return self._met(path, Role.ARTICLE, page, Purpose.RETRY)

    def _edition(self, path: str, role: Role, changes: float) -> Iterator[Met]:
        """Yield a look at a page that lists the newest stories, and is another one with a chance of `changes`."""
        if self._chance.random() < changes or path not in self._editions:
            newest = [story for story in self._stories[-12:] if not story.withdrawn]
            if newest and self._chance.random() < 0.02:
                newest.pop(self._chance.randrange(len(newest))).withdrawn = True
            self._editions[path] = tuple(f"/news/{story.number}.html" for story in newest[-8:])
        named = self._editions[path]
        links = "".join(f'<li><a href="{link}">Story {number}</a>' for number, link in enumerate(named))
        page = f'<html><title>{self.outlet.name}</title><link rel="stylesheet" href="/s/0.css"><ul>{links}</ul></html>'
        mime = "application/rss+xml" if role is Role.FEED else "text/html; charset=utf-8"
        met = self._met(path, role, self._page(200, mime, page.encode()), Purpose.DISCOVER)
        yield replace(met, named=tuple(f"{self.outlet.home.rstrip('/')}{link}" for link in named))

    def _requisite(self) -> Iterator[Met]:
        if self._chance.random() < 0.9:
            story = self._chosen()
            story.picture += self._chance.random() < 0.01
            yield self._picture(story)
            return
        sheet = self._chance.randrange(200)
        body = f"body {{ margin: {sheet}px }} h1 {{ color: #00{sheet % 90 + 10} }}".encode()
        yield self._met(f"/s/{sheet}.css", Role.REQUISITE, self._page(200, "text/css", body), Purpose.REQUISITE)

    def _picture(self, story: Story) -> Met:
        body = b"\xff\xd8\xff\xe0" + f"{story.number} {story.picture}".encode() * 4
        article = f"{self.outlet.home.rstrip('/')}/news/{story.number}.html"
        page = self._page(200, "image/jpeg", body)
        return self._met(f"/i/{story.number}.jpg", Role.REQUISITE, page, Purpose.REQUISITE, article_url=article)

    def _html(self, story: Story) -> bytes:
        article = story.article
        texts = "".join(f"<p>{block.text}</p>" for block in article.blocks)
        note = f"<p>{article.correction}</p>" if article.correction else ""
        return (
            f'<!DOCTYPE html><html lang="{article.language}"><meta charset="utf-8"><title>{article.headline}</title>'
            f'<link rel="stylesheet" href="/s/0.css"><h1>{article.headline}</h1><p>{article.byline[0]}'
            f" {article.published_at} {article.modified_at or ''}</p>{texts}{note}"
            f'<p>Editor: {article.editors[0]}</p><img src="/i/{story.number}.jpg" alt=""><a href="/">Home</a></html>'
        ).encode()

    @staticmethod
    def _page(status: int, mime: str | None = None, body: bytes = b"", location: str | None = None) -> bytes:
        head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", "Server: made/1", f"Last-Modified: {_MODIFIED}"]
        head += [f"Content-Type: {mime}"] if mime else []
        head += [f"Location: {location}"] if location else []
        head += [f"Content-Length: {len(body)}", "", ""] if status != 304 else ["", ""]
        return "\r\n".join(head).encode() + body

    def _met(self, path: str, role: Role, response: bytes, purpose: Purpose = Purpose.LADDER, **said: object) -> Met:
        self._at += self._gap * (0.5 + self._chance.random())
        home = self.outlet.home.rstrip("/")
        conditional = f"\r\nIf-Modified-Since: {_MODIFIED}" if said.get("conditional") else ""
        host = home.partition("//")[2]
        request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Palimpsest{conditional}\r\n\r\n"
        match = self.outlet.match(home + path) if role is Role.ARTICLE else None
        values = {
            "url": home + path,
            "started_at": self._at,
            "request": request.encode(),
            "response": response,
            "interim": b"",
            "complete": bool(response) and "truncated" not in said,
            "outcome": Outcome.RESPONSE,
            "role": role,
            "purpose": Purpose.DISCOVER if role is Role.ROBOTS else purpose,
            "ip": "192.0.2.1",
            "key": match.key if match else None,
            **said,
        }
        return Met(Exchange(**values))  # type: ignore[arg-type]
